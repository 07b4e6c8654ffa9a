"""From a schedule to a timeline: its closed form cut into spans, in O(code + loop tree)."""

from isa_analysis.timeline.build.run import TimelineOptions, build_timeline

__all__ = ["TimelineOptions", "build_timeline"]
