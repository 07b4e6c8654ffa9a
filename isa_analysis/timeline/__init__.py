"""Timelines: what runs when on which engine, at four levels of detail, of programs of any length.

A timeline is built from a schedule's closed form, or read from a file of this or a foreign tool;
everything that shows or sums one works on the same tables.
"""

from isa_analysis.timeline.levels import Level, level_of, parse_level, version_of
from isa_analysis.timeline.model import Timeline
from isa_analysis.timeline.reader import load_timeline, read_timeline
from isa_analysis.timeline.writer import write_timeline

__all__ = [
    "Level",
    "Timeline",
    "level_of",
    "load_timeline",
    "parse_level",
    "read_timeline",
    "version_of",
    "write_timeline",
]
