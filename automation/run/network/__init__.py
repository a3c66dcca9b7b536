"""What leaves the browser: which requests may, and which a run holds back."""
