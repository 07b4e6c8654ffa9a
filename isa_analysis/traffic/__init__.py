"""Address-accurate HBM traffic, without executing: see analyse, summary and touched.

Nothing is imported here: a profile that follows no addresses loads none of the dataflow.
"""
