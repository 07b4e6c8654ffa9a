"""Programs, boards and measurements side by side: what differs, by how much, and why.

Nothing is imported here: see variant (one side), run (the comparison), changes, preserve, tradeoff.
"""
