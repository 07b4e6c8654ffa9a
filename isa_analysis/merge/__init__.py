"""The JSON of several jobs as one table.

Nothing is imported here: see documents (reading) and join (flags and averages).
"""
