"""``isa-analysis manifest build|validate|show``."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.manifest.report import ManifestReport

app = typer.Typer(
    no_args_is_help=True, help="Weight manifests: build from a compile, validate, show."
)


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    markdown = "markdown"


Top = Annotated[int, typer.Option("--top", min=1, help="Rows per table.")]
FormatOption = Annotated[Format, typer.Option("--format", help="Format of the report.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No warnings on stderr.")]


@app.command()
def build(
    directory: Annotated[
        str, typer.Argument(metavar="BUILD_DIR", help="Directory with hbm_addrs.json.")
    ],
    board: Annotated[
        Optional[str],
        typer.Option("--board", help="Board whose memory the manifest is for: its capacity."),
    ] = None,
    capacity: Annotated[
        Optional[str],
        typer.Option("--capacity", help="Capacity instead: 512M, 512MiB, 1G or bytes."),
    ] = None,
    total_layers: Annotated[
        Optional[int],
        typer.Option("--total-layers", min=1, help="Project to a model of this many layers."),
    ] = None,
    rules: Annotated[
        Optional[str],
        typer.Option("--rules", help="YAML file of naming rules that come before the shipped ones"),
    ] = None,
    compare: Annotated[
        Optional[str],
        typer.Option("--compare", help="List the differences from this manifest."),
    ] = None,
    output: Annotated[
        Optional[str],
        typer.Option(
            "-o",
            "--output",
            help="Write the manifest here and the report to stdout; without it "
            "the manifest goes to stdout and the report to stderr.",
        ),
    ] = None,
    top: Top = 20,
    format: FormatOption = Format.text,
    quiet: Quiet = False,
) -> None:
    """Build a weight manifest from hbm_addrs.json, hbm_sizes.json and tensor_layouts.json."""
    from isa_analysis.boards import load_board
    from isa_analysis.manifest import load, parse_size
    from isa_analysis.manifest.build import DEFAULT_CAPACITY
    from isa_analysis.manifest.build import build as run
    from isa_analysis.manifest.report import report
    from isa_analysis.manifest.rules import load_rules
    from isa_analysis.manifest.writer import to_json
    from isa_analysis.output import write

    size, source = DEFAULT_CAPACITY, "the default: no --board, no --capacity"
    if board is not None:
        loaded = load_board(board)
        size, source = loaded.board.memory.capacity_bytes, f"board {loaded.board.name}"
    if capacity is not None:
        size, source = parse_size(capacity, "--capacity"), "--capacity"
    built = run(directory, load_rules(rules), size)
    found = report(
        built.manifest, _boards(board), build=built, capacity_source=source,
        total_layers=total_layers, compared=load(compare) if compare is not None else None,
    )  # fmt: skip
    _warn(found, quiet)
    write(to_json(built.manifest), output)
    text = _rendered(found, format, top)
    if output is None or output == "-":
        if not quiet:
            print(text, file=sys.stderr, end="")
    else:
        write(text, None)


@app.command()
def validate(
    manifests: Annotated[list[str], typer.Argument(help="Weight manifests.")],
    quiet: Quiet = False,
) -> None:
    """Check manifests; exit 2 with located errors when one cannot be read."""
    from isa_analysis.diagnostics import Problems, render_all
    from isa_analysis.manifest import load
    from isa_analysis.manifest.layout import check
    from isa_analysis.manifest.sizes import size_text
    from isa_analysis.output import write

    problems = Problems()
    for path in manifests:
        with problems.caught():
            manifest = load(path)
            if not quiet and (warnings := check(manifest)):
                print(render_all(warnings), file=sys.stderr)
            total = manifest.footprint().total
            write(f"{path}: ok ({len(manifest.regions):,} regions, {size_text(total)})\n", None)
    problems.raise_all()


@app.command()
def show(
    manifest: Annotated[str, typer.Argument(help="Weight manifest.")],
    top: Top = 20,
    format: FormatOption = Format.text,
    quiet: Quiet = False,
) -> None:
    """Sums by kind and layer, gaps, overlaps, regions, and the regime on every shipped board."""
    from isa_analysis.manifest import load
    from isa_analysis.manifest.report import report
    from isa_analysis.output import write

    found = report(load(manifest), _boards(None))
    _warn(found, quiet)
    write(_rendered(found, format, top, regions=True), None)


def _boards(also: str | None) -> list[LoadedBoard]:
    """The shipped boards, and the one that was named if it is another."""
    from isa_analysis.boards import load_board, shipped_boards

    names = list(shipped_boards())
    if also is not None and also not in names:
        names.append(also)
    return [load_board(name) for name in names]


def _rendered(found: ManifestReport, format: Format, top: int, regions: bool = False) -> str:
    from isa_analysis.views import manifest as view

    if format is Format.json:
        return view.render_json(found)
    if format is Format.markdown:
        return view.render_markdown(found, top, regions)
    return view.render(found, top, regions)


def _warn(found: ManifestReport, quiet: bool) -> None:
    from isa_analysis.diagnostics import render_all

    if found.diagnostics and not quiet:
        print(render_all(found.diagnostics), file=sys.stderr)
