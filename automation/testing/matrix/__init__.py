"""The matrix: every cell of every case, followed several times, and what that comes to."""
