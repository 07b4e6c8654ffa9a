"""Writes the PLENA programs of this folder, and larger ones for benchmarks.

Standard library only. ``python -m sample_asm.generator --help`` from the repository root.
"""
