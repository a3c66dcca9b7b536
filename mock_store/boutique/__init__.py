"""A second store, quite unlike the first: a small shop whose pages take every shape on request.

It has the same rules, the same database and the same truth. Only what a shopper meets differs.
"""
