"""Neighbouring steps of the path, and neighbouring phases of a lane, as one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

from isa_analysis.timeline.build.draft import Draft
from isa_analysis.timeline.model import PathStep, Phase


def fuse(draft: Draft, window: tuple[int, int], stretches: int) -> None:
    """Tell what begins in the same of ``stretches`` equal parts of ``window`` as one: a step of the
    path by the longest of its parts, phases by the longest and their summed cycles."""
    width = max(-(-(window[1] - window[0]) // stretches), 1)
    draft.pairs = set(pairwise(step.span for step in draft.path))
    by_stretch = groupby(draft.path, key=lambda step: (step.start - window[0]) // width)
    draft.path = tuple(_step(list(steps)) for _, steps in by_stretch)
    lanes: dict[tuple[str, int], list[Phase]] = {}
    for phase in draft.phases:
        lanes.setdefault((phase.lane, (phase.start - window[0]) // width), []).append(phase)
    order = {lane: i for i, lane in enumerate(dict.fromkeys(p.lane for p in draft.phases))}
    fused = (_phase(phases) for phases in lanes.values())
    draft.phases = sorted(fused, key=lambda p: (order[p.lane], p.start))


def joined(steps: Iterable[PathStep]) -> tuple[PathStep, ...]:
    """``steps``, neighbours of one span and kind as one."""
    out: list[PathStep] = []
    for step in steps:
        last = out[-1] if out else None
        if last is not None and (last.span, last.kind) == (step.span, step.kind):
            out[-1] = last._replace(end=step.end)
        else:
            out.append(step)
    return tuple(out)


def _step(steps: list[PathStep]) -> PathStep:
    longest = max(steps, key=lambda step: step.end - step.start)
    return longest._replace(start=steps[0].start, end=steps[-1].end)


def _phase(phases: list[Phase]) -> Phase:
    longest = max(phases, key=lambda phase: phase.cycles)
    names = {phase.phase for phase in phases}
    name = longest.phase if len(names) == 1 else f"{longest.phase} and {len(names) - 1} more"
    start, end = min(p.start for p in phases), max(p.end for p in phases)
    return Phase(longest.lane, name, start, end, sum(p.cycles for p in phases))
