"""Charts as inline SVG: widths in percent, so that they follow the page; tooltips as titles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from isa_analysis.report.model import (
    BarChart,
    Chart,
    IcicleChart,
    RooflineChart,
    RooflinePoint,
    WaterfallChart,
)

#: How many colours the style sheet has.
_COLOURS = 8
_ROW = 22


def render(chart: Chart) -> Markup:
    """The chart, with its legend."""
    if isinstance(chart, BarChart):
        return _bars(chart)
    if isinstance(chart, IcicleChart):
        return _icicle(chart)
    if isinstance(chart, WaterfallChart):
        from isa_analysis.views import waterfall

        return waterfall.svg(chart)
    return _roofline(chart)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def _svg(kind: str, label: str, height: int, body: Markup) -> Markup:
    return Markup(
        '<div><svg class="{}" role="img" aria-label="{}" width="100%" height="{}">{}</svg></div>'
    ).format(kind, label, height, body)


def _legend(names: Sequence[str]) -> Markup:
    entries = Markup("").join(
        Markup('<li><svg aria-hidden="true"><rect class="s{}" width="10" height="10"/></svg>{}')
        .format(i % _COLOURS, name)
        for i, name in enumerate(names)
    )  # fmt: skip
    return Markup('<ul class="legend">{}</ul>').format(entries)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 1000 else f"{value:,.4g}"


def _bars(chart: BarChart) -> Markup:
    """Label, bar, number per row; with bars side by side, one line per series."""
    most = max(
        (sum(v) if chart.stacked else max(v, default=0.0) for _, v in chart.rows), default=0.0
    )
    parts: list[Markup] = []
    y = 0
    thick = 14 if chart.stacked else 10
    for label, values in chart.rows:
        high = _ROW if chart.stacked else 6 + 12 * len(values)
        marks: list[Markup] = []
        x = 0.0
        for i, value in enumerate(values):
            if not value or not most:
                continue
            top = 4 if chart.stacked else 3 + 12 * i
            marks.append(
                Markup('<rect class="m s{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title>'
                       "</rect>").format(
                    i % _COLOURS, _percent(x if chart.stacked else 0), top, _percent(value / most),
                    thick, f"{label}, {chart.series[i]}: {_number(value)} {chart.unit}",
                )
            )  # fmt: skip
            x += value / most
        ends = [sum(values)] if chart.stacked else list(values)
        numbers = Markup("").join(
            Markup('<text x="100%" y="{}" text-anchor="end">{}</text>').format(
                15 if chart.stacked else 12 + 12 * i, _number(v)
            )
            for i, v in enumerate(ends)
        )
        parts.append(
            Markup(
                '<svg y="{}" width="27%" height="{}"><title>{}</title><text y="15">{}</text></svg>'
                '<svg x="28%" y="{}" width="51%" height="{}">{}</svg>'
                '<svg x="80%" y="{}" width="20%" height="{}" overflow="visible">{}</svg>'
            ).format(y, high, label, label, y, high, Markup("").join(marks), y, high, numbers)
        )
        y += high
    body = _svg("bars", f"{chart.title} ({chart.unit})", max(y, 1), Markup("").join(parts))
    return _legend([f"{name} ({chart.unit})" if not chart.stacked else name
                    for name in chart.series]) + body  # fmt: skip


def _icicle(chart: IcicleChart) -> Markup:
    """Every node a nested svg, which clips its label."""
    whole = chart.nodes[0].value if chart.nodes else 0
    if not whole:
        return _svg("icicle", chart.title, 1, Markup(""))
    left: list[float] = []
    used: list[float] = []
    depth: list[int] = []
    colour: list[int] = []
    parts: list[Markup] = []
    for i, node in enumerate(chart.nodes):
        if node.parent < 0:
            left.append(0.0)
            depth.append(0)
            colour.append(4)
        else:
            left.append(left[node.parent] + used[node.parent])
            depth.append(depth[node.parent] + 1)
            siblings = sum(1 for n in chart.nodes[:i] if n.parent == node.parent)
            colour.append(siblings % _COLOURS if depth[i] == 1 else colour[node.parent])
            used[node.parent] += node.value / whole
        used.append(0.0)
        share = node.value / whole
        text = f"{node.label}: {node.value:,} {chart.unit}, {100 * share:.1f} %"
        parts.append(
            Markup(
                '<svg class="n" tabindex="0" role="button" aria-label="{}" data-x="{:.6f}" '
                'data-w="{:.6f}" x="{}" y="{}" width="{}" height="24"><title>{}</title>'
                '<rect class="s{}" width="100%" height="24" opacity="{}"/>'
                '<text x="4" y="16">{}</text></svg>'
            ).format(
                text, left[i], share, _percent(left[i]), 24 * depth[i], _percent(share), text,
                colour[i], 1 - 0.13 * depth[i], node.label if share > 0.004 else "",
            )
        )  # fmt: skip
    height = 24 * (max(depth) + 1)
    # Parts are buttons: an image would hide them from assistive technology.
    svg = _svg("icicle", chart.title, height, Markup("").join(parts))
    return Markup(svg.replace('role="img"', 'role="group"', 1))


_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 760, 360, 64, 44, 14


def _roofline(chart: RooflineChart) -> Markup:
    """Both axes logarithmic; a circle's area is the kernel's share of the time."""
    if not chart.points:
        return Markup("<div><p>No kernel computes and transfers.</p></div>")
    ridge = 1 / chart.bytes_per_cycle
    xs = [p.intensity for p in chart.points if p.intensity > 0] + [ridge]
    x0, x1 = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)) + 0.01)
    ys = [p.utilisation for p in chart.points if p.utilisation > 0] + [1.0]
    y0, y1 = min(math.floor(math.log10(min(ys))), -1), 0.0

    def px(value: float) -> float:
        return _LEFT + (math.log10(value) - x0) / (x1 - x0) * (_WIDTH - _LEFT - 20)

    def py(value: float) -> float:
        share = (math.log10(value) - y0) / (y1 - y0)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP - 18)

    parts: list[Markup] = []
    for exponent in range(x0, x1 + 1):
        x = px(10.0**exponent)
        parts.append(
            Markup(
                '<path class="axis" d="M{:.1f} {}V{}"/><text class="dim" x="{:.1f}" y="{}" '
                'text-anchor="middle">{:g}</text>'
            ).format(x, _TOP, _HEIGHT - _BOTTOM, x, _HEIGHT - _BOTTOM + 16, 10.0**exponent)
        )
    for exponent in range(y0, 1):
        y = py(10.0**exponent)
        parts.append(
            Markup(
                '<path class="axis" d="M{} {:.1f}H{}"/><text class="dim" x="{}" y="{:.1f}" '
                'text-anchor="end">{:g}</text>'
            ).format(_LEFT, y, _WIDTH - 20, _LEFT - 6, y + 4, 10.0**exponent)
        )
    start = max(10.0**x0, ridge * 10.0**y0)
    parts.append(
        Markup('<path class="roof" d="M{:.1f} {:.1f}L{:.1f} {:.1f}H{}"/>').format(
            px(start), py(min(start / ridge, 1.0)), px(max(ridge, start)), py(1.0), _WIDTH - 20
        )
    )
    parts.append(
        Markup('<text class="dim" x="{}" y="{}" text-anchor="middle">compute cycles per HBM byte '
               "(ridge at {:.3g})</text>").format((_WIDTH + _LEFT) // 2, _HEIGHT - 8, ridge)
    )  # fmt: skip
    parts.append(
        Markup('<text class="dim" transform="translate(14 {}) rotate(-90)" text-anchor="middle">'
               "compute cycles per cycle</text>").format((_HEIGHT - _BOTTOM) // 2)
    )  # fmt: skip
    order = sorted(chart.points, key=lambda p: -p.share)
    # Labels keep clear of all circles, and of each other; what finds no place has its tooltip.
    taken = [(px(p.intensity) - 6, 12.0, py(p.utilisation)) for p in order if p.utilisation > 0]
    for i, p in enumerate(order):
        if p.utilisation > 0 and p.intensity > 0:
            parts.append(_point(p, i, px(p.intensity), py(p.utilisation), taken))
    return Markup(
        '<div class="roofline"><svg class="roof-chart" role="img" aria-label="{}" '
        'viewBox="0 0 {} {}">{}</svg></div>'
    ).format(chart.title, _WIDTH, _HEIGHT, Markup("").join(parts))


def _point(
    p: RooflinePoint, place: int, x: float, y: float, taken: list[tuple[float, float, float]]
) -> Markup:
    """A circle, and its label where none of the ``taken`` places (x, width, y) is in the way."""
    radius = 3 + 1.4 * math.sqrt(max(p.share, 0.0))
    mark = Markup(
        '<circle class="m s{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill-opacity="0.75"><title>{}'
        "</title></circle>"
    ).format(
        place % _COLOURS, x, y, radius,
        f"{p.label}: {p.intensity:.4g} compute cycles per byte, utilisation {p.utilisation:.3f}, "
        f"{p.share:.1f} % of the cycles",
    )  # fmt: skip
    width = 6.4 * len(p.label)
    if x + radius + 4 + width < _WIDTH - 10:
        at, anchor, begin = x + radius + 4, "start", x + radius + 4
    else:
        at, anchor, begin = x - radius - 4, "end", x - radius - 4 - width
    for shift in (4.0, 24.0, -12.0):
        line = y + shift
        clear = all(
            abs(line - 4 - other) > 13 or begin > x0 + w + 4 or begin + width + 4 < x0
            for x0, w, other in taken
        )
        if clear and _TOP < line < _HEIGHT - _BOTTOM - 4 and begin > _LEFT:
            taken.append((begin, width, line - 4))
            label = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
                at, line, anchor, p.label
            )
            return mark + label
    return mark
