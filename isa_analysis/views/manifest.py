"""A manifest, and how it was built, as text, markdown and JSON (docs/memory.md has the keys)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.manifest.build import LAYOUTS, SIZES, SIZINGS
from isa_analysis.manifest.model import KINDS, Footprint
from isa_analysis.manifest.regime import regime_of
from isa_analysis.manifest.report import MOST_GAPS, ManifestReport
from isa_analysis.manifest.sizes import size_text
from isa_analysis.table import Column, Table, Value, one_line, render_text, share
from isa_analysis.views.budget_markdown import capped, escape, render_table

FORMAT = "isa-analysis-manifest"
FORMAT_VERSION = 1

#: What each way of sizing is called.
_HOW = {
    "sizes": f"{SIZES}",
    "layout": f"{LAYOUTS}: elements x bytes per element",
    "distance": "distance to the next offset (upper bound)",
}


def render(found: ManifestReport, top: int, regions: bool = False) -> str:
    """Aligned text; ``regions``: with the table of all regions."""
    blocks = [f"isa-analysis {__version__}"]
    blocks.append("\n".join(f"{key:<10}{value}" for key, value in _head(found)))
    blocks += [render_text(_printable(table)) for table in _tables(found, top, regions)]
    return "\n\n".join(blocks) + "\n"


def render_markdown(found: ManifestReport, top: int, regions: bool = False) -> str:
    """Markdown, for a job summary or a comment."""
    blocks = ["### Weight manifest"]
    blocks.append("\n".join(f"- {key}: {escape(value)}" for key, value in _head(found)))
    blocks += [render_table(table) for table in _tables(found, top, regions)]
    return capped("\n\n".join(blocks) + "\n")


def render_json(found: ManifestReport) -> str:
    """The report as one document; the manifest itself is another file."""
    manifest, build = found.manifest, found.build
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "path": manifest.path,
        "capacity_bytes": manifest.capacity_bytes,
        "capacity_source": found.capacity_source,
        "activation_ceiling": manifest.activation_ceiling,
        "regions": len(manifest.regions),
        "footprint": _sums(manifest.footprint()),
        "layers": [
            {"layer": layer, **_sums(sums)} for layer, sums in sorted(_by_layer(found).items())
        ],
        "total_layers": found.total_layers,
        "projected": _sums(found.projected) if found.projected else None,
        "boards": [asdict(fit) for fit in found.fits],
        "gaps": [asdict(gap) for gap in found.gaps],
        "compared_with": found.compared_with or None,
        "differences": None
        if found.differences is None
        else [asdict(d) for d in found.differences],
        "build": None
        if build is None
        else {
            "directory": build.directory,
            "files": dict(build.files),
            "tensors": [
                {
                    "name": t.region.name,
                    "offset": t.region.offset,
                    "size": t.region.size,
                    "kind": t.region.kind,
                    "layer_id": t.region.layer_id,
                    "shared": not t.in_layer,
                    "sized_by": t.sizing,
                }
                for t in build.tensors
            ],
            "dropped": [asdict(d) for d in build.dropped],
            "notes": list(build.notes),
        },
        "diagnostics": [d.to_json() for d in found.diagnostics],
    }
    return json.dumps(document, indent=1) + "\n"


def _sums(footprint: Footprint) -> dict[str, int]:
    return {
        "weight_bytes": footprint.weight,
        "kv_bytes": footprint.kv,
        "activation_bytes": footprint.activation,
        "total_bytes": footprint.total,
    }


def _head(found: ManifestReport) -> Iterable[tuple[str, str]]:
    manifest, build = found.manifest, found.build
    if build is not None:
        files = ", ".join(name for name, there in build.files.items() if there)
        missing = ", ".join(name for name, there in build.files.items() if not there)
        yield (
            "Build",
            f"{printable(build.directory)}: {files}" + (f"; without {missing}" if missing else ""),
        )
    if manifest.path:
        yield "Manifest", printable(manifest.path)
    layers = build.layers() if build else tuple(manifest.layer_bytes())
    plural = "" if len(layers) == 1 else "s"
    yield "Regions", f"{len(manifest.regions):,} in {len(layers):,} layer{plural}"
    capacity = manifest.capacity_bytes
    if capacity is None:
        yield "Capacity", "none named: the board's counts"
    else:
        regime: str = regime_of(manifest, capacity)
        if found.projected:
            whole = regime_of(found.projected, capacity)
            regime += f"; with {found.total_layers} layers: {whole}"
        yield "Capacity", f"{size_text(capacity)} (from {found.capacity_source}): {regime}"
    ceiling = manifest.activation_ceiling
    yield "Ceiling", f"of activations: {ceiling:#x} ({size_text(ceiling)})"


def _tables(found: ManifestReport, top: int, regions: bool) -> Iterable[Table]:
    yield _kind_table(found)
    if len(_by_layer(found)) > 1:
        yield _layer_table(found, top)
    if found.build is not None:
        yield _sizing_table(found)
        if found.build.dropped:
            yield _dropped_table(found, top)
        if found.build.notes:
            rows = tuple((one_line(note, 160),) for note in found.build.notes[:top])
            note = _more(len(found.build.notes), top)
            yield Table("Used with reservations", (Column("note", "entry"),), rows, note)
    overlaps = [d for d in found.diagnostics if d.code == "W708"]
    if overlaps:
        rows = tuple((one_line(d.message, 160),) for d in overlaps)
        yield Table("Overlaps", (Column("overlap", "regions"),), rows)
    if found.gaps:
        yield _gap_table(found, top)
    if found.differences is not None:
        yield _difference_table(found, top)
    yield _board_table(found)
    if regions:
        yield _region_table(found, top)


def _kind_table(found: ManifestReport) -> Table:
    footprint, projected = found.manifest.footprint(), found.projected
    counts = {k: sum(r.kind == k for r in found.manifest.regions) for k in KINDS}
    names = (*KINDS, "total")
    sizes = [getattr(footprint, name) for name in names]
    numbers = [*(counts[kind] for kind in KINDS), len(found.manifest.regions)]
    rows: list[tuple[Value, ...]] = [
        (name, number, size, share(size, footprint.total))
        for name, number, size in zip(names, numbers, sizes, strict=True)
    ]
    if projected:
        rows = [(*row, getattr(projected, str(row[0]))) for row in rows]
    columns = [
        Column("kind", "kind"),
        Column("regions", "regions", "count"),
        Column("bytes", "bytes", "bytes"),
        Column("share", "share", "percent"),
    ]
    note = ""
    if projected and found.build is not None:
        compiled = len(found.build.layers())
        plural = "" if compiled == 1 else "s"
        columns.append(Column("projected", f"at {found.total_layers} layers", "bytes"))
        note = (
            f"Projected from {compiled} compiled layer{plural}: weights and KV of a layer in "
            "proportion; shared tensors and activations stay."
            if compiled
            else "No name mentions a layer: nothing grows with the number of layers."
        )
    return Table("Footprint by kind", tuple(columns), tuple(rows), note)


def _by_layer(found: ManifestReport) -> dict[int, Footprint]:
    per_kind = {kind: found.manifest.layer_bytes(kind) for kind in KINDS}
    layers = found.manifest.layer_bytes()
    return {
        layer: Footprint(
            per_kind["weight"].get(layer, 0),
            per_kind["kv"].get(layer, 0),
            per_kind["activation"].get(layer, 0),
        )
        for layer in layers
    }


def _layer_table(found: ManifestReport, top: int) -> Table:
    by_layer = _by_layer(found)
    rows = tuple(
        (layer, sums.weight, sums.kv, sums.activation, sums.total)
        for layer, sums in list(by_layer.items())[:top]
    )
    columns = (
        Column("layer", "layer", "count"),
        *(Column(kind, kind, "bytes") for kind in KINDS),
        Column("total", "total", "bytes"),
    )
    note = f"Layer 0 has shared tensors, too. {_more(len(by_layer), top)}".strip()
    return Table("Footprint by layer (bytes)", columns, rows, note)


def _sizing_table(found: ManifestReport) -> Table:
    tensors = found.build.tensors if found.build else ()
    rows = []
    for sizing in SIZINGS:
        mine = [t.region.size for t in tensors if t.sizing == sizing]
        rows.append((_HOW[sizing], len(mine), sum(mine)))
    columns = (
        Column("how", "size from"),
        Column("tensors", "tensors", "count"),
        Column("bytes", "bytes", "bytes"),
    )
    return Table("Sized by", columns, tuple(rows))


def _dropped_table(found: ManifestReport, top: int) -> Table:
    dropped = found.build.dropped if found.build else ()
    rows = tuple((one_line(d.name), one_line(d.reason, 120)) for d in dropped[:top])
    columns = (Column("name", "tensor"), Column("reason", "why"))
    return Table("Dropped", columns, rows, _more(len(dropped), top))


def _gap_table(found: ManifestReport, top: int) -> Table:
    shown = found.gaps[: min(top, MOST_GAPS)]
    rows = tuple((f"{gap.offset:#x}", gap.size) for gap in shown)
    columns = (Column("offset", "from"), Column("size", "bytes", "bytes"))
    return Table("Gaps between regions", columns, rows, _more(len(found.gaps), len(shown)))


def _difference_table(found: ManifestReport, top: int) -> Table:
    differences = found.differences or ()
    rows = tuple((d.where, d.field, d.ours, d.theirs, one_line(d.why, 120)) for d in differences)
    columns = (
        Column("where", "where"),
        Column("field", "what"),
        Column("ours", "here"),
        Column("theirs", "there"),
        Column("why", "why"),
    )
    title = f"Differences from {one_line(found.compared_with)}"
    return Table(title, columns, rows[:top], _more(len(rows), top))


def _board_table(found: ManifestReport) -> Table:
    rows = tuple(
        (one_line(fit.board), fit.capacity_bytes, fit.regime, fit.spare_bytes) for fit in found.fits
    )
    columns = (
        Column("board", "board"),
        Column("capacity_bytes", "capacity", "bytes"),
        Column("regime", "regime"),
        Column("spare_bytes", "spare", "bytes"),
    )
    of = f" of {found.total_layers} layers" if found.projected else ""
    return Table(f"Regime{of} on each board, by the board's capacity", columns, rows)


def _region_table(found: ManifestReport, top: int) -> Table:
    regions = found.manifest.regions
    rows = tuple(
        (one_line(r.label, 50), r.kind, r.layer_id, f"{r.offset:#x}", r.size) for r in regions[:top]
    )
    columns = (
        Column("tensor", "tensor"),
        Column("kind", "kind"),
        Column("layer", "layer", "count"),
        Column("offset", "offset"),
        Column("size", "bytes", "bytes"),
    )
    return Table("Regions", columns, rows, _more(len(regions), top))


def _more(count: int, top: int) -> str:
    return f"{count - top:,} more: --top N shows them." if count > top else ""


def _printable(table: Table) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        tuple(printable(v) if isinstance(v, str) else v for v in row) for row in table.rows
    )
    return replace(table, rows=rows)
