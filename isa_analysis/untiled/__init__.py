"""What if nothing were tiled: three bounds from one program, each of one effect of tiling.

Nothing is imported here: see bounds.
"""
