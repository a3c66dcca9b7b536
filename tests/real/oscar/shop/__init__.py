"""A shop on django-oscar as it comes, with the one view that it leaves to each shop: cancelling."""
