"""A timeline as one picture for a report: SVG, no scripts, light and dark.

Each lane is drawn by columns of one unit: as high as the lane is busy there.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from isa_analysis.table import one_line
from isa_analysis.timeline.model import Timeline
from isa_analysis.views.timeline_lanes import (
    COUNTERS,
    ISSUE,
    PROCESSES,
    Lane,
    counter_colour,
    lanes,
)

_LABEL, _CHART, _PAD = 190, 1000, 12
_ROW, _HEAD, _GRAPH = 18, 22, 40
#: Lanes that a picture has room for.
_MOST_LANES = 60
_COLOURS = ("#808893", "#2f8f57", "#7a56b3", "#2f6fbf", "#cf7320", "#b8446b", "#2b8c99", "#9a7b1f",
            "#c8434b")  # fmt: skip

_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1c2128}.d{fill:#59636e}.h{font-weight:600}"
    ".g{stroke:#d5dae0}.b{fill:#fff}.s{fill:#f4f6f8}.t{fill:#fff}"
    "@media (prefers-color-scheme:dark){text{fill:#dfe5ec}.d{fill:#98a3b0}.g{stroke:#333b45}"
    ".b{fill:#12161b}.s{fill:#1b2128}.t{fill:#fff}}"
)


def render(timeline: Timeline) -> str:
    """The picture. The issue view is left out: it repeats the engine view."""
    shown = [lane for lane in lanes(timeline) if lane.process != ISSUE]
    left_out = max(len(shown) - _MOST_LANES, 0)
    shown = shown[:_MOST_LANES]
    low, high = timeline.extent.window
    scale = _CHART / max(high - low, 1)
    parts: list[Markup] = []
    y = 44
    process = 0
    for lane in shown:
        if lane.process != process:
            process = lane.process
            parts.append(_heading(PROCESSES[process], y))
            y += _HEAD
        parts.append(_label(lane.name, y))
        parts += _lane(lane, y, low, high, scale)
        y += _ROW
    for number, info in enumerate(timeline.counters or ()):
        if not number:
            parts.append(_heading(PROCESSES[COUNTERS], y))
            y += _HEAD
        parts += _counter(timeline, number, info.name, info.unit, y, scale)
        y += _GRAPH
    bottom = y
    y += 20
    for line in _notes(timeline, left_out):
        parts.append(Markup('<text class="d" x="{}" y="{}">{}</text>').format(_PAD, y, line))
        y += 16
    width = _LABEL + _CHART + _PAD
    name = one_line(timeline.meta.input or timeline.meta.input_sha256[:12], 90)
    title = Markup('<text class="h" x="{}" y="18">{}</text>').format(_PAD, f"Timeline of {name}")
    axis = Markup("").join(_axis(timeline, bottom, scale))
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
            'role="img" aria-label="{}"><style>{}</style><rect class="b" width="100%" '
            'height="100%"/>{}{}{}</svg>\n'
        ).format(
            width, y, width, y, f"Timeline of {name}", Markup(_STYLE), title, axis,
            Markup("").join(parts),
        )
    )  # fmt: skip


def _notes(timeline: Timeline, left_out: int) -> Iterator[str]:
    meta, extent = timeline.meta, timeline.extent
    status = "ESTIMATED" if timeline.estimated else "MEASURED"
    unit = "cycles" if timeline.estimated else "ticks"
    memory = f", memory {meta.memory}" if meta.memory else ""
    board = f", board {one_line(meta.board)}" if meta.board else ""
    yield (
        f"{status}, timing {one_line(meta.model)}{memory}{board}; {unit} {extent.window[0]:,} to "
        f"{extent.window[1]:,} of {extent.cycles:,} at {meta.clock_hz / 1e6:g} MHz"
    )
    a = timeline.accounting
    yield (
        f"{a.spans_total:,} spans: {a.shown:,} shown, {a.summarised:,} summarised, "
        f"{a.dropped:,} dropped; a bar is as high as its lane is busy there"
    )
    if left_out:
        yield f"{left_out:,} more lanes are not in this picture"


def _heading(name: str, y: int) -> Markup:
    return Markup(
        '<rect class="s" x="0" y="{}" width="100%" height="{}"/><text class="h" x="{}" y="{}">{}'
        "</text>"
    ).format(y, _HEAD - 3, _PAD, y + 14, name)


def _label(name: str, y: int) -> Markup:
    return Markup('<text x="{}" y="{}">{}</text>').format(_PAD + 8, y + 13, one_line(name, 26))


def _axis(timeline: Timeline, bottom: int, scale: float) -> Iterator[Markup]:
    low, high = timeline.extent.window
    step = 1
    for factor in (1, 2, 5) * 40:
        if step * factor * scale >= 120:
            step *= factor
            break
        if factor == 5:
            step *= 10
    at = -(-low // step) * step
    while at <= high:
        x = _LABEL + (at - low) * scale
        yield Markup('<line class="g" x1="{0:.1f}" y1="30" x2="{0:.1f}" y2="{1}"/>').format(
            x, bottom
        )
        if x + 8 * len(f"{at:,}") <= _LABEL + _CHART + _PAD:
            yield Markup('<text class="d" x="{:.1f}" y="38">{}</text>').format(x + 3, f"{at:,}")
        at += step


def _lane(lane: Lane, y: int, low: int, high: int, scale: float) -> Iterator[Markup]:
    """Wide bars as rectangles with their names, narrow ones as columns of their density."""
    colour = _COLOURS[lane.colour]
    columns: dict[int, float] = {}
    for bar in lane.bars:
        start, end = max(bar.start, low), min(bar.end, high)
        if end <= start:
            continue
        busy = bar.facts.get("busy%")
        part = min(busy / 100, 1.0) if isinstance(busy, int | float) else 1.0
        x, wide = (start - low) * scale, (end - start) * scale
        if wide >= 2:
            yield _bar(x, wide, part, y, colour, bar.name, f"{bar.end - bar.start:,}")
            continue
        at, left = x, wide
        while left > 0:  # spread over the columns that it touches
            column = int(at)
            piece = min(column + 1 - at, left)
            columns[column] = columns.get(column, 0.0) + piece * part
            at, left = at + max(piece, 1e-9), left - max(piece, 1e-9)
    path = ""
    tall = _ROW - 4
    for column, filled in sorted(columns.items()):
        high_ = max(tall * min(filled, 1.0), 1.0)
        path += f"M{_LABEL + column} {y + tall - high_:.1f}h1v{high_:.1f}h-1z"
    if path:
        yield Markup('<path fill="{}" d="{}"/>').format(colour, path)


def _bar(x: float, wide: float, part: float, y: int, colour: str, name: str, length: str) -> Markup:
    tall = _ROW - 4
    filled = max(tall * part, 1.0)
    out = Markup("")
    if part < 0.99:
        out += Markup(
            '<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" fill="{}" fill-opacity="0.35"/>'
        ).format(_LABEL + x, y, max(wide - 0.4, 0.5), tall, colour)
    out += Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"><title>{}</title>'
        "</rect>"
    ).format(
        _LABEL + x, y + tall - filled, max(wide - 0.4, 0.5), filled, colour, f"{name}: {length}"
    )
    room = int((wide - 6) / 6.6)
    if room >= 5:
        out += Markup('<text class="{}" x="{:.1f}" y="{}" font-size="11">{}</text>').format(
            "t" if part >= 0.6 else "", _LABEL + x + 3, y + 11, one_line(name, room)
        )
    return out


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _counter(
    timeline: Timeline, number: int, name: str, unit: str, y: int, scale: float
) -> Iterator[Markup]:
    low = timeline.extent.window[0]
    values = [
        (s.start, s.end, s.total / max(s.end - s.start, 1))
        for s in timeline.samples or ()
        if s.counter == number
    ]
    most = max((v for _, _, v in values), default=0.0)
    yield Markup(
        '<text x="{0}" y="{1}">{2}</text><text class="d" x="{0}" y="{3}">{4}</text>'
    ).format(_PAD + 8, y + 14, one_line(name, 26), y + 29, f"to {_number(most)} {unit}")
    base, tall = y + _GRAPH - 5, _GRAPH - 12
    path = f"M{_LABEL} {base}"
    for _, end, value in values:
        height = tall * value / most if most else 0.0
        path += f"V{base - height:.1f}H{_LABEL + (end - low) * scale:.1f}"
    path += f"V{base}z"
    yield Markup('<path fill="{}" fill-opacity="0.75" d="{}"/>').format(
        _COLOURS[counter_colour(timeline, number)], path
    )
