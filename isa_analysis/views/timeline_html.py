"""A timeline as one offline HTML page: zoom, pan, search; no network, no libraries.

The bars travel as compressed columns and are drawn on a canvas, so that a hundred thousand of them
make a page of one or two megabytes.
"""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache

from markupsafe import Markup

from isa_analysis._version import __version__
from isa_analysis.resources import package_file
from isa_analysis.timeline.model import Timeline
from isa_analysis.views.timeline_lanes import ENGINES, PROCESSES, Lane, counter_colour, lanes
from isa_analysis.views.timeline_stats import head


def render(timeline: Timeline) -> str:
    """The whole page."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_template("timeline.html.j2"))
    text = json.dumps(data(timeline), separators=(",", ":"), allow_nan=False)
    status = "ESTIMATED" if timeline.estimated else "MEASURED"
    packed = gzip.compress(text.encode("ascii"), 9, mtime=0)
    return (
        template.render(
            title=f"Timeline of {timeline.meta.input or timeline.meta.input_sha256[:12]}",
            version=__version__,
            head="\n".join(head(timeline)),
            head_line=f"{status}, model {timeline.meta.model}",
            css=Markup(_template("timeline.css").rstrip()),
            js=Markup(_template("timeline.js").rstrip()),
            data=base64.b64encode(packed).decode("ascii"),
        ).rstrip()
        + "\n"
    )


@cache
def _template(name: str) -> str:
    return package_file(f"views/templates/{name}").read_text(encoding="utf-8")


def data(timeline: Timeline) -> dict[str, object]:
    """What the page draws, as plain values.

    Per lane, columns of equal length: starts (as differences), lengths, name numbers, span ids, and
    one column per fact of the tooltips.
    """
    names: dict[str, int] = {}
    low, high = timeline.extent.window
    return {
        "unit": "cycles" if timeline.estimated else "ticks",
        "clock": timeline.meta.clock_hz,
        "cycles": timeline.extent.cycles,
        "window": [low, high],
        "processes": PROCESSES,
        "lanes": [_lane(lane, names) for lane in lanes(timeline)],
        "engines": ENGINES,
        "names": list(names),
        "edges": [[e.src, e.dst, e.kind] for e in timeline.edges or ()],
        "counters": [
            {
                "name": info.name,
                "unit": info.unit,
                "colour": counter_colour(timeline, i),
                "t": [s.start for s in timeline.samples or () if s.counter == i],
                "v": [
                    round(s.total / max(s.end - s.start, 1), 4)
                    for s in timeline.samples or ()
                    if s.counter == i
                ],
            }
            for i, info in enumerate(timeline.counters or ())
        ],
    }


def _lane(lane: Lane, names: dict[str, int]) -> dict[str, object]:
    keys: dict[str, None] = {}
    for bar in lane.bars:
        keys.update(dict.fromkeys(bar.facts))
    starts = [bar.start for bar in lane.bars]
    return {
        "process": lane.process,
        "name": lane.name,
        "colour": lane.colour,
        "s": [b - a for a, b in zip([0, *starts], starts, strict=False)],
        "d": [bar.end - bar.start for bar in lane.bars],
        "n": [names.setdefault(bar.name, len(names)) for bar in lane.bars],
        "i": [bar.span for bar in lane.bars],
        "facts": {key: [bar.facts.get(key) for bar in lane.bars] for key in keys},
    }
