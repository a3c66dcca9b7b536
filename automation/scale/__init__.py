"""Beyond one machine: accounts' shares of a plan as durable workflows on PostgreSQL."""
