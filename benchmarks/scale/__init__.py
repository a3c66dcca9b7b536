"""How what a run costs grows: with an account's orders, a night's, and runs that were made."""
