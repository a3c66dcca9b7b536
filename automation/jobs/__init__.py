"""Many orders, several accounts, nobody watching: rules, plans, and applying them."""
