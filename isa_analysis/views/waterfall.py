"""A waterfall: how a total becomes another one, step by step.

rolled         ███████████████████████   1,235,996
q projection                     ███        -5,409
unrolled       ████████████████████      1,201,058
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from isa_analysis.report.model import WaterfallChart

_ROW, _THICK = 22, 14
#: Width of a bar in characters.
_WIDTH = 40
#: The part of the picture that lies left of the smallest value when the axis does not begin at 0.
_MARGIN = 0.3

#: Label, from, to (fractions of the axis), number, kind: total, more or less.
_Bar = tuple[str, float, float, str, str]


def axis(chart: WaterfallChart) -> tuple[int, int]:
    """The first and the last value of the axis. It begins at 0 unless that would make the steps too
    short to see."""
    running = [chart.start[1]]
    for _, step in chart.steps:
        running.append(running[-1] + step)
    low, high = min(running), max(running)
    start = low - round((high - low) * _MARGIN / (1 - _MARGIN))
    return (start if start > low // 4 and high > low else 0), high


def svg(chart: WaterfallChart) -> Markup:
    """The picture as inline SVG: widths in percent, so that it follows the page."""
    colours = {"total": 0, "more": 1, "less": 3}
    parts = []
    for i, (label, begin, end, number, kind) in enumerate(_bars(chart)):
        y = _ROW * i
        parts.append(
            Markup(
                '<svg y="{}" width="27%" height="{}"><title>{}</title><text y="15">{}</text></svg>'
                '<svg x="28%" y="{}" width="51%" height="{}"><rect class="m s{}" x="{}%" y="4" '
                'width="{}%" height="{}"><title>{}</title></rect></svg>'
                '<svg x="80%" y="{}" width="20%" height="{}" overflow="visible">'
                '<text x="100%" y="15" text-anchor="end">{}</text></svg>'
            ).format(
                y, _ROW, label, label, y, _ROW, colours[kind], f"{100 * begin:.2f}",
                f"{max(100 * (end - begin), 0.3):.2f}", _THICK,
                f"{label}: {number} {chart.unit}", y, _ROW, number,
            )
        )  # fmt: skip
    return Markup(
        '<div><svg class="waterfall" role="img" aria-label="{}" width="100%" height="{}">{}</svg>'
        "</div>"
    ).format(f"{chart.title} ({chart.unit})", _ROW * len(parts), Markup("").join(parts))


def text(chart: WaterfallChart) -> str:
    """The picture in block characters."""
    bars = list(_bars(chart))
    wide = max(len(bar[0]) for bar in bars)
    longest = max(len(bar[3]) for bar in bars)
    lines = []
    for label, begin, end, number, _ in bars:
        first = round(begin * _WIDTH)
        length = max(round(end * _WIDTH) - first, 1)
        first = min(first, _WIDTH - length)
        drawn = " " * first + "█" * length
        lines.append(f"{label:<{wide}}  {drawn:<{_WIDTH}}  {number:>{longest}}")
    low, high = axis(chart)
    return "\n".join([f"({chart.unit}, from {low:,} to {high:,})", *lines])


def _bars(chart: WaterfallChart) -> Iterator[_Bar]:
    low, high = axis(chart)
    span = (high - low) or 1
    yield chart.start[0], 0.0, (chart.start[1] - low) / span, f"{chart.start[1]:,}", "total"
    at = chart.start[1]
    for label, step in chart.steps:
        ends = sorted((at, at + step))
        number = f"{step:+,}" if step else "0"
        kind = "more" if step > 0 else "less"
        yield label, (ends[0] - low) / span, (ends[1] - low) / span, number, kind
        at += step
    yield chart.end[0], 0.0, (chart.end[1] - low) / span, f"{chart.end[1]:,}", "total"
