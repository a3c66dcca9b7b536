"""How fast an order is cancelled, and what that costs, by unorder and by other ways.

Each way is a process of its own. What runs in another environment than ours (`by_robot`,
`by_selenium`, and `turns`, which they share) imports nothing that is not Python's own or theirs.
"""
