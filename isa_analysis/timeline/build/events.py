"""How many events the trace of a draft will have, before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isa_analysis.timeline.bars import Bar, lanes_needed, loop_bars
from isa_analysis.timeline.build.draft import Draft
from isa_analysis.timeline.model import Phase, Span


def events_of(
    draft: Draft, parents: Mapping[int, int], lifecycle: bool, partial: bool, most: int
) -> int:
    """Events of the trace of ``draft``: a span has one, with its ``lifecycle`` two; an arrow two; a
    loop bar, a step of the path, a phase and a sample one; each counter one more at its end, and
    where that is not the program's (``partial``) another there; every lane two of its name and
    place, every process three. Above ``most``, where nobody asks how much, the names are left out.
    """
    bars = loop_bars(draft.spans, parents)
    found = (
        len(draft.spans) * (2 if lifecycle else 1)
        + 2 * len(draft.edges)
        + sum(bar.end > bar.start for row in bars.values() for bar in row)
        + len(draft.path)
        + len(draft.phases)
        + len(draft.samples)
        + (2 if partial else 1) * len({sample.counter for sample in draft.samples})
    )
    return found + names_of(draft, bars, lifecycle) if found <= most else found


def names_of(draft: Draft, bars: Mapping[int, list[Bar]], lifecycle: bool) -> int:
    """Events that name and sort the processes and lanes of ``draft``, whose loops have ``bars``."""
    processes = [
        lanes_of_phases(draft.phases),
        sum(map(lanes_needed, _by_engine(draft.spans, True))) if lifecycle else 0,
        sum(map(lanes_needed, _by_engine(draft.spans, False))),
        sum(
            lanes_needed((bar.start, bar.end) for bar in row if bar.end > bar.start)
            for row in bars.values()
        ),
        min(len(draft.path), 1),
    ]
    shown = sum(lanes > 0 for lanes in processes) + bool(draft.samples)
    return 2 * sum(processes) + 3 * shown


def lanes_of_phases(phases: list[Phase]) -> int:
    """Lanes of the control process."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for phase in phases:
        groups.setdefault(phase.lane, []).append((phase.start, phase.end))
    return sum(map(lanes_needed, groups.values()))


def _by_engine(spans: list[Span], issue: bool) -> Iterator[list[tuple[int, int]]]:
    groups: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        bar = span.start, span.end
        if issue and span.dispatch is not None and span.finish is not None:
            bar = span.dispatch, max(span.finish, span.dispatch)
        groups.setdefault(span.engine, []).append(bar)
    yield from groups.values()
