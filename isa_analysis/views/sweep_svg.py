"""A sweep as a picture: one scatter per file, the first objective over the second."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from isa_analysis.diagnostics import printable
from isa_analysis.sweep.model import Row, Sweep
from isa_analysis.sweep.objectives import OBJECTIVES
from isa_analysis.table import one_line
from isa_analysis.views.sweep_tables import objective_text

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 820, 400, 92, 190, 34, 52
#: Eight colours that colour-blind readers can tell apart.
_COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8c6d00", "#56b4e9", "#444444", "#7b3fbf",
)  # fmt: skip
#: An axis becomes logarithmic when its values span at least this factor.
_LOGARITHMIC = 30

STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#222}.dim{fill:#666}.grid{stroke:#ddd}"
    ".front{fill:none;stroke:#222;stroke-dasharray:4 3}.title{font-weight:600}"
)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """Where ``value`` lies, 0 to 1."""
        if self.log:
            return (math.log10(value) - self.low) / (self.high - self.low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Round values on the axis."""
        if self.log:
            powers = range(math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9) + 1)
            return [10.0**p for p in powers]
        step = 10 ** math.floor(math.log10((self.high - self.low) / 4))
        for factor in (1, 2, 5, 10):
            if (self.high - self.low) / (step * factor) <= 6:
                step *= factor
                break
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [step * i for i in range(first, last + 1)]


def render(sweep: Sweep) -> str:
    """The picture as an SVG file."""
    return str(picture(sweep, standalone=True)) + "\n"


def picture(sweep: Sweep, standalone: bool = False) -> Markup:
    """The picture; ``standalone`` with the name space and style that a file of its own needs."""
    x, y = _dimensions(sweep)
    series = _series(sweep)
    files = list(dict.fromkeys(i.path for i in sweep.inputs))
    # A line through the set means something only for two objectives and points of one model.
    models = {(r.point.timing, r.point.memory, r.point.memory_model) for r in sweep.rows}
    joined = len(sweep.objectives) == 2 and len(models) == 1
    panels = [
        _panel([r for r in sweep.rows if r.point.file == file], file, x, y, series, joined)
        for file in files
    ]
    body = Markup("").join(
        Markup('<g transform="translate(0 {})">{}</g>').format(i * _PANEL, panel)
        for i, panel in enumerate(panels)
    )
    height = _PANEL * len(panels)
    attributes = Markup('xmlns="http://www.w3.org/2000/svg" ') if standalone else Markup("")
    style = Markup("<style>{}</style>").format(Markup(STYLE)) if standalone else Markup("")
    back = Markup('<rect width="100%" height="100%" fill="#fff"/>') if standalone else Markup("")
    return Markup(
        '<svg {}class="sweep" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" '
        'height="{}">{}{}{}</svg>'
    ).format(
        attributes, f"{objective_text(y)} over {objective_text(x)}", _WIDTH, height, _WIDTH,
        height, style, back, body,
    )  # fmt: skip


def _dimensions(sweep: Sweep) -> tuple[str, str]:
    """The objectives on the x and the y axis; a single one is shown over the other obvious one."""
    first, *rest = sweep.objectives
    if rest:
        return rest[0], first
    return ("cycles" if first == "time" else "time"), first


def _series(sweep: Sweep) -> tuple[str, Callable[[Row], str], list[str]]:
    """What colours tell apart: boards, or else the first other axis with few enough values."""
    order = [name for name in ("board", *sweep.varied) if name in sweep.varied and name != "file"]
    axes = dict(sweep.axes)
    for name in order:
        if len(axes[name]) <= len(_COLOURS):
            return name, _value_of(name), list(axes[name])
    return "", (lambda row: ""), [""]


def _value_of(name: str) -> Callable[[Row], str]:
    def value(row: Row) -> str:
        settings = dict(row.point.settings)
        if name in settings:
            return settings[name]
        found = getattr(row.point, name)
        return "" if found is None else str(found)

    return value


def _panel(
    rows: Sequence[Row],
    file: str,
    x: str,
    y: str,
    series: tuple[str, Callable[[Row], str], list[str]],
    joined: bool,
) -> Markup:
    kind, key, names = series
    title = Markup('<text class="title" x="{}" y="18">{}</text>').format(_LEFT, one_line(file, 90))
    placed = [(a, b, row) for row in rows if (a := _number(row, x)) is not None
              and (b := _number(row, y)) is not None]  # fmt: skip
    if not placed:
        why = f"No point has figures for {objective_text(x)} and {objective_text(y)}."
        return title + Markup('<text x="{}" y="60">{}</text>').format(_LEFT, why)
    across, up = _scale([p[0] for p in placed]), _scale([p[1] for p in placed])
    wide, high = _WIDTH - _LEFT - _RIGHT, _PANEL - _TOP - _BOTTOM

    def px(value: float) -> float:
        return _LEFT + across.at(value) * wide

    def py(value: float) -> float:
        return _TOP + (1 - up.at(value)) * high

    parts = [title, _grid(across, up, px, py), _titles(x, y, across.log, up.log)]
    front = sorted({(a, b) for a, b, row in placed if row.pareto})
    if joined and len(front) > 1:
        path = f"M{px(front[0][0]):.1f} {py(front[0][1]):.1f}"
        path += "".join(f"H{px(a):.1f}V{py(b):.1f}" for a, b in front[1:])
        parts.append(Markup('<path class="front" d="{}"/>').format(path))
    # The points of the set are drawn last: nothing hides them.
    for a, b, row in sorted(placed, key=lambda p: (p[2].pareto, p[2].point.number)):
        value = key(row)
        colour = _COLOURS[names.index(value) % len(_COLOURS)] if value in names else _COLOURS[0]
        parts.append(_mark(px(a), py(b), row, colour, x, y))
    parts.append(_legend(kind, names, any(r.outcome.status == "faults" for r in rows)))
    return Markup("").join(parts)


def _number(row: Row, name: str) -> float | None:
    found = OBJECTIVES[name].value(row)
    return None if found is None else float(found)


def _scale(values: Sequence[float]) -> _Scale:
    low, high = min(values), max(values)
    if low > 0 and high / low >= _LOGARITHMIC:
        return _Scale(math.log10(low) - 0.08, math.log10(high) + 0.08, True)
    margin = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return _Scale(low - margin, high + margin, False)


def _grid(
    across: _Scale, up: _Scale, px: Callable[[float], float], py: Callable[[float], float]
) -> Markup:
    parts = []
    for value in across.ticks():
        parts.append(
            Markup(
                '<path class="grid" d="M{:.1f} {}V{}"/><text class="dim" x="{:.1f}" y="{}" '
                'text-anchor="middle">{}</text>'
            ).format(px(value), _TOP, _PANEL - _BOTTOM, px(value), _PANEL - _BOTTOM + 16,
                     _short(value))
        )  # fmt: skip
    for value in up.ticks():
        parts.append(
            Markup(
                '<path class="grid" d="M{} {:.1f}H{}"/><text class="dim" x="{}" y="{:.1f}" '
                'text-anchor="end">{}</text>'
            ).format(_LEFT, py(value), _WIDTH - _RIGHT, _LEFT - 6, py(value) + 4, _short(value))
        )
    return Markup("").join(parts)


def _titles(x: str, y: str, x_log: bool, y_log: bool) -> Markup:
    def text(name: str, log: bool) -> str:
        return objective_text(name) + (", logarithmic" if log else "")

    return Markup(
        '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text transform="translate(16 {}) rotate(-90)" text-anchor="middle">{}</text>'
    ).format(
        (_LEFT + _WIDTH - _RIGHT) // 2, _PANEL - 12, text(x, x_log),
        (_TOP + _PANEL - _BOTTOM) // 2, text(y, y_log),
    )  # fmt: skip


def _mark(x: float, y: float, row: Row, colour: str, x_name: str, y_name: str) -> Markup:
    settings = [row.point.board, *(f"{n} {v}" for n, v in row.point.settings)]
    settings += [] if row.point.capacity is None else [f"capacity {row.point.capacity:,}"]
    settings += [] if row.outcome.system is None else [row.outcome.system.regime]
    text = (
        f"{', '.join(settings)}: {_short(_number(row, y_name) or 0)} {OBJECTIVES[y_name].unit}, "
        f"{_short(_number(row, x_name) or 0)} {OBJECTIVES[x_name].unit}"
    )
    if row.pareto:
        text += ", in the Pareto set"
    if row.outcome.reason:
        text += f"; {row.outcome.reason}"
    hollow = row.outcome.status != "ok"
    return Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" stroke="{}" stroke-width="{}">'
        "<title>{}</title></circle>"
    ).format(
        x, y, 7 if row.pareto else 5, "#fff" if hollow else colour,
        "#111" if row.pareto else colour, 2 if row.pareto or hollow else 1, printable(text),
    )  # fmt: skip


def _legend(kind: str, names: Sequence[str], faults: bool) -> Markup:
    x = _WIDTH - _RIGHT + 18
    colours = [_COLOURS[i % len(_COLOURS)] for i in range(len(names))]
    entries: list[tuple[str, str, str, int]] = [
        (colour, colour, one_line(name, 24), 5)
        for colour, name in zip(colours, names, strict=True)
        if name
    ]
    entries.append(("#bbb", "#111", "Pareto set", 7))
    if faults:
        entries.append(("#fff", "#888", "the machine stops", 5))
    top = Markup('<text class="dim" x="{}" y="{}">{}</text>').format(x - 8, _TOP - 4, kind)
    return top + Markup("").join(
        Markup(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="2"/>'
            '<text x="{}" y="{}">{}</text>'
        ).format(x, _TOP + 14 + 20 * i, radius, fill, stroke, x + 14, _TOP + 18 + 20 * i, text)
        for i, (fill, stroke, text, radius) in enumerate(entries)
    )


def _short(value: float) -> str:
    """A number in few characters, with k, M, G or T (powers of 1000) where it is large."""
    for limit, suffix in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= limit:
            return f"{value / (1e3 if suffix == 'k' else limit):.4g} {suffix}"
    return f"{value:.4g}"
