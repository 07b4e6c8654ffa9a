"""Cost budgets: limits on what programs may cost, a lock of what they cost, and a gate."""
