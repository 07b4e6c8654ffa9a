"""A report as GitHub-flavoured markdown.

Text from inputs stays text: whatever markdown or HTML would read as markup is escaped. Charts are
bars of block characters in code blocks, which every renderer shows alike.
"""

from __future__ import annotations

import re

from isa_analysis.report.model import (
    BarChart,
    Block,
    IcicleChart,
    Report,
    ReportTable,
    RooflineChart,
    WaterfallChart,
)
from isa_analysis.table import Table, Value, is_number, shown

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PUNCTUATION = re.compile(r"[\\`*\[\]|~#!$]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
_BULLET = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_BAR = 40
_CUT = "*(cut here: the report is larger than it may be; the other formats have all of it)*"
_BLOCKS = "▏▎▍▌▋▊▉█"


def render(report: Report, most: int | None = None) -> str:
    """The whole report, or as many whole blocks of it as fit ``most`` bytes of UTF-8, with a note.

    Headings, sentences, tables and charts are blocks: none is cut in the middle.
    """
    parts = _parts(report)
    text = "\n\n".join(parts) + "\n"
    if most is None or len(text.encode()) <= most:
        return text
    room = most - len(_CUT.encode()) - 2
    kept: list[str] = []
    for part in parts:
        room -= len(part.encode()) + 2
        if room < 0:
            break
        kept.append(part)
    return "\n\n".join([*kept, _CUT]) + "\n"


def _parts(report: Report) -> list[str]:
    parts = [f"# {escape(report.title)}"]
    if report.date:
        parts.append(escape(report.date))
    for number, section in enumerate(report.sections, 1):
        parts.append(f"## {number}. {escape(section.title)}")
        if section.sentences:
            parts.append("\n".join(f"- {escape(sentence)}" for sentence in section.sentences))
        parts += [_block(block) for block in section.blocks]
        parts += [f"<sub>{escape(note)}</sub>" for note in section.notes]
    return parts


def escape(text: str) -> str:
    """``text`` so that markdown shows it as it is, in one line."""
    text = " ".join(text.splitlines())
    text = re.sub("[&<>]", lambda m: _ENTITIES[m[0]], text)
    text = _PUNCTUATION.sub(lambda m: "\\" + m[0], text)
    text = text.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace("@", "&#64;")
    return _BULLET.sub(lambda m: f"{m[1]}\\{m[2]}" if len(m[2]) == 1 else f"{m[1]}{m[2]}", text)


def _block(block: Block) -> str:
    if isinstance(block, ReportTable):
        body = _source(block) if block.is_source else _table(block.table, block.total)
        if block.table.note:
            body += f"\n\n{escape(block.table.note)}"
        if block.folded or block.is_source:
            return _details(block.table.title, body)
        return f"**{escape(block.table.title)}**\n\n{body}"
    if isinstance(block, BarChart):
        return _details(block.title, _code(_bars(block)))
    if isinstance(block, IcicleChart):
        return _details(block.title, _code(_icicle(block)))
    if isinstance(block, WaterfallChart):
        from isa_analysis.views import waterfall

        return f"**{escape(block.title)}**\n\n{_code(waterfall.text(block))}"
    return _details(block.title, _code(_roofline(block)))


def _details(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>\n\n{body}\n\n</details>"


def _table(table: Table, total: tuple[Value, ...] | None) -> str:
    """An aligned table; the sum row is in bold."""
    if not table.rows:
        return "none"
    kinds = [column.kind for column in table.columns]
    rows = [
        [escape(shown(value, kind)) for value, kind in zip(row, kinds, strict=True)]
        for row in table.rows
    ]
    if total is not None:
        rows.append(
            [
                f"**{escape(shown(v, k))}**" if v not in (None, "") else ""
                for v, k in zip(total, kinds, strict=True)
            ]
        )
    head = [escape(column.title) for column in table.columns]
    widths = [max(3, *(len(row[i]) for row in [head, *rows])) for i in range(len(head))]
    lines = [_line(head, widths, kinds)]
    rule = [
        "-" * (width - 1) + (":" if is_number(kind) else "-")
        for width, kind in zip(widths, kinds, strict=True)
    ]
    lines.append(f"| {' | '.join(rule)} |")
    lines += [_line(row, widths, kinds) for row in rows]
    return "\n".join(lines)


def _line(cells: list[str], widths: list[int], kinds: list) -> str:  # type: ignore[type-arg]
    padded = [
        cell.rjust(width) if is_number(kind) else cell.ljust(width)
        for cell, width, kind in zip(cells, widths, kinds, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def _code(text: str) -> str:
    """A code block whose fence is longer than any in ``text``."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _source(block: ReportTable) -> str:
    columns = block.table.columns
    cells = [[shown(v, c.kind) for v, c in zip(row, columns, strict=True)]
             for row in block.table.rows]  # fmt: skip
    head = [column.title for column in columns]
    widths = [max(len(row[i]) for row in [head, *cells]) for i in range(len(head) - 1)]
    lines = [
        "  ".join([*(cell.rjust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in [head, *cells]
    ]
    return _code("\n".join(line.rstrip() for line in lines))


def _bar(share: float) -> str:
    """A bar of ``share`` (0 to 1) of the full width, to an eighth of a character."""
    eighths = round(max(min(share, 1.0), 0.0) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_BLOCKS[rest - 1] if rest else "")


def _bars(chart: BarChart) -> str:
    stacked = chart.stacked
    most = max((sum(v) if stacked else max(v, default=0.0) for _, v in chart.rows), default=0.0)
    width = max((len(label) for label, _ in chart.rows), default=0)
    series = max((len(name) for name in chart.series), default=0)
    lines = []
    for label, values in chart.rows:
        if stacked:
            whole = sum(values)
            parts = [
                f"{name} {100 * v / whole:.0f} %"
                for name, v in sorted(zip(chart.series, values, strict=True), key=lambda p: -p[1])
                if whole and v
            ]
            bar = _bar(whole / most if most else 0)
            lines.append(f"{label:<{width}}  {bar:<{_BAR}}  {whole:>14,.0f}  {', '.join(parts)}")
            continue
        for i, (name, v) in enumerate(zip(chart.series, values, strict=True)):
            bar = _bar(v / most if most else 0)
            row = label if not i else ""
            lines.append(f"{row:<{width}}  {name:<{series}}  {bar:<{_BAR}}  {v:>12,.4g}")
    return "\n".join([f"({chart.unit})", *(line.rstrip() for line in lines)])


def _icicle(chart: IcicleChart) -> str:
    whole = chart.nodes[0].value if chart.nodes else 0
    depth: list[int] = []
    lines = []
    for node in chart.nodes:
        depth.append(depth[node.parent] + 1 if node.parent >= 0 else 0)
        share = node.value / whole if whole else 0.0
        lines.append(f"{100 * share:5.1f} %  {node.value:>16,}  {'  ' * depth[-1]}{node.label}")
    return "\n".join([f"({chart.unit})", *lines])


def _roofline(chart: RooflineChart) -> str:
    width = max((len(p.label) for p in chart.points), default=0)
    lines = [f"roof: min(1, intensity x {chart.bytes_per_cycle:.4g} bytes per cycle)"]
    for p in chart.points:
        roof = min(1.0, p.intensity * chart.bytes_per_cycle)
        lines.append(
            f"{p.label:<{width}}  {p.intensity:>10.4g} compute cycles per byte  "
            f"utilisation {p.utilisation:.3f} of {roof:.3f}"
        )
    return "\n".join(lines)
