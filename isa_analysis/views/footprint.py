"""Footprints as text, JSON, and a picture of the address spaces over the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.footprint import Footprint, Occupied
from isa_analysis.profiling.model import Profile
from isa_analysis.table import Column, Table, Value, one_line, render_text

FORMAT = "isa-analysis-footprint"
FORMAT_VERSION = 1

#: What the memories are called in tables.
TITLES = {
    "msram": "matrix SRAM",
    "vsram": "vector SRAM",
    "fpsram": "FP SRAM",
    "intsram": "INT SRAM",
    "hbm": "HBM",
}


def size(count: int) -> str:
    """Bytes in binary units, labelled so."""
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= factor:
            return f"{count / factor:,.4g} {unit}"
    return f"{count:,} B"


def _unique(o: Occupied) -> Value:
    if o.unknown:
        return f">= {size(o.unique_bytes)}" if o.unique_bytes else None
    return size(o.unique_bytes) if o.exact else f"<= {size(o.unique_bytes)}"


def _fits(o: Occupied) -> str:
    if o.fits is None:
        return "unknown"
    return ("yes" if o.fits else "NO") + (" (as far as known)" if o.unknown else "")


def _size(count: int | None) -> str | None:
    return None if count is None else size(count)


def whole_table(found: Footprint) -> Table:
    """One row per memory."""
    rows = tuple(
        (
            TITLES[o.memory], _size(o.low), _size(o.high), _unique(o), _size(o.capacity_bytes),
            o.percent, _fits(o), o.accesses, o.unknown,
        )
        for o in found.whole
    )  # fmt: skip
    columns = (
        Column("memory", "memory"),
        Column("low", "from", "bytes"),
        Column("high", "to", "bytes"),
        Column("unique", "unique bytes", "bytes"),
        Column("capacity", "capacity", "bytes"),
        Column("percent", "% used", "percent"),
        Column("fits", "fits"),
        Column("accesses", "static accesses", "count"),
        Column("unknown", "unknown", "count"),
    )
    return Table("Footprint", columns, rows, _note(found))


def _note(found: Footprint) -> str:
    unknown = sum(o.unknown for o in found.whole)
    return (
        f"{unknown:,} static accesses have addresses that depend on data: they are in no number."
        if unknown
        else ""
    )


def kernel_table(found: Footprint, parts: tuple[str, ...], top: int) -> Table:
    """Unique bytes per kernel and memory, most vector SRAM first."""
    ordered = sorted(found.kernels, key=lambda k: -sum(o.unique_bytes for o in k[1]))
    rows = tuple(
        (
            *(one_line(word, 40) or "-" for word in path),
            *(_unique(o) if o.accesses else None for o in memories),
            ", ".join(TITLES[o.memory] for o in memories if o.fits is False) or "yes",
        )
        for path, memories in ordered[:top]
    )
    columns = (
        *(Column(part, part) for part in parts),
        *(Column(m, title, "bytes") for m, title in TITLES.items()),
        Column("fits", "fits"),
    )
    note = f"{len(ordered) - top:,} more: --top N shows them." if len(ordered) > top else ""
    return Table("Footprint by kernel (unique bytes)", columns, rows, note)


def render(items: Sequence[tuple[Profile, Footprint]], parts: tuple[str, ...], top: int) -> str:
    """Text tables of each program."""
    out = [f"isa-analysis {__version__}"]
    for profile, found in items:
        board = printable(profile.board.name)
        out.append(f"Input    {printable(profile.input.path)}\nBoard    {board}")
        out += [render_text(whole_table(found)), render_text(kernel_table(found, parts, top))]
    return "\n\n".join(out) + "\n"


def render_json(items: Sequence[tuple[Profile, Footprint]], parts: tuple[str, ...]) -> str:
    """Exact bytes of every memory, in all and by kernel."""
    return json.dumps(document(items, parts), indent=1) + "\n"


def document(
    items: Sequence[tuple[Profile, Footprint]], parts: tuple[str, ...]
) -> dict[str, object]:
    """The JSON document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "group": list(parts),
        "programs": [
            {
                "path": p.input.path,
                "sha256": p.input.sha256,
                "board": {"name": p.board.name, "sha256": p.board.sha256},
                "memories": [_json(o) for o in found.whole],
                "kernels": [
                    {"path": list(path), "memories": [_json(o) for o in memories]}
                    for path, memories in found.kernels
                ],
            }
            for p, found in items
        ],
    }


def _json(o: Occupied) -> dict[str, object]:
    return {
        "memory": o.memory,
        "lowest_byte": o.low,
        "end_byte": o.high,
        "unique_bytes": o.unique_bytes,
        "unique_exact": o.exact and not o.unknown,
        "capacity_bytes": o.capacity_bytes,
        "fits": o.fits,
        "static_accesses": o.accesses,
        "unknown_accesses": o.unknown,
    }


def render_svg(profile: Profile, found: Footprint, width: int = 960) -> str:
    """A picture: one band per memory, the kernels in program order from left to right, and for each
    the range of addresses that it touches."""
    band, gap, left, top = 90, 34, 130, 40
    used = [i for i, o in enumerate(found.whole) if o.high]
    height = top + len(used) * (band + gap) + 10
    count = max(len(found.kernels), 1)
    step = (width - left - 16) / count
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" font-family="system-ui, sans-serif" font-size="12">',
        f"<title>Address spaces of {escape(profile.input.path)}</title>",
        "<style>text{fill:#24292f}rect.b{fill:#f3f4f6;stroke:#d0d7de}rect.k{fill:#3b6fb6}"
        "rect.p{fill:#c2410c}@media(prefers-color-scheme:dark){text{fill:#e6edf3}"
        "rect.b{fill:#161b22;stroke:#30363d}rect.k{fill:#79a8e6}rect.p{fill:#f0883e}}</style>",
        f'<text x="{left}" y="20">Kernels in program order; height: addresses touched. '
        "Orange: beyond the capacity.</text>",
    ]
    for row, index in enumerate(used):
        whole = found.whole[index]
        y = top + row * (band + gap)
        reach = whole.high or 1
        out.append(
            f'<rect class="b" x="{left}" y="{y}" width="{width - left - 16}" height="{band}"/>'
        )
        out.append(f'<text x="8" y="{y + 16}">{TITLES[whole.memory]}</text>')
        out.append(f'<text x="8" y="{y + 34}">to {size(reach)}</text>')
        if whole.percent is not None:
            out.append(f'<text x="8" y="{y + 52}">{whole.percent:.3g} % used</text>')
        for k, (path, memories) in enumerate(found.kernels):
            o = memories[index]
            if o.low is None or o.high is None:
                continue
            tall = max(band * (o.high - o.low) / reach, 1.5)
            base = y + band - band * o.low / reach
            name = escape(" / ".join(word for word in path if word) or "-")
            out.append(
                f'<rect class="{"k" if o.fits is not False else "p"}" x="{left + k * step:.1f}" '
                f'y="{base - tall:.1f}" width="{max(step - 1, 1):.1f}" height="{tall:.1f}">'
                f"<title>{name}: {size(o.low)} to {size(o.high)}, {size(o.unique_bytes)} unique"
                "</title></rect>"
            )
    out.append("</svg>")
    return "\n".join(out) + "\n"
