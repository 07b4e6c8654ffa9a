"""``isa-analysis measured LOG...``: what was measured, beside what was estimated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import failing
from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.kernels import KernelRules
    from isa_analysis.measured.collect import Collection
    from isa_analysis.measured.estimates import Estimate
    from isa_analysis.measured.join import Joined
    from isa_analysis.measured.manifest import Manifest
    from isa_analysis.measured.result import MeasuredResult, OurFootprint
    from isa_analysis.profiling import ModelOptions


class Format(str, Enum):
    """Output formats."""

    text = "text"
    markdown = "markdown"
    json = "json"
    csv = "csv"


class CsvTable(str, Enum):
    """What a CSV file holds."""

    runs = "runs"
    flags = "flags"
    facts = "facts"
    arenas = "arenas"
    footprint = "footprint"
    tilings = "tilings"
    tiles = "tiles"


@grouped
def measured(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="LOG...",
            help="Logs, statistics, stage profiles, generated C, or folders of them; - for stdin; "
            ".gz and .xz are unpacked.",
        ),
    ],
    *,
    estimate: Annotated[
        Optional[list[str]],
        typer.Option(
            "--estimate",
            help="Assembly file or JSON of a profile to compare with: FILE or NAME=FILE, NAME as "
            "in the log. Repeatable.",
        ),
    ] = None,
    manifest: Annotated[
        Optional[str],
        typer.Option("--manifest", help="YAML or JSON file that joins measured names to programs."),
    ] = None,
    program: Annotated[
        Optional[list[str]],
        typer.Option(
            "--program", help="Assembly file whose footprint stands beside a build's. Repeatable."
        ),
    ] = None,
    capacity: Annotated[
        Optional[list[str]],
        typer.Option(
            "--capacity", help="Bytes of a build's memory: L1=64000, L2=2MiB. Repeatable."
        ),
    ] = None,
    board: opt.BoardOption = "v80",
    sizes: opt.Sizes,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    too_high: Annotated[
        float,
        typer.Option(
            "--too-high", min=1, help="TOO-HIGH is more than this many times the estimate."
        ),
    ] = 10,
    fail_on: failing.FailOn = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    table: Annotated[
        CsvTable, typer.Option("--table", help="What --format csv holds.")
    ] = CsvTable.runs,
    github_summary: opt.GithubSummary = False,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Runs, footprints and tiles that LOG... report, with flags, beside estimates.

    Exit code 1 when --fail-on says so; a missing log is a row, not an error.
    """
    from isa_analysis.measured.collect import collect
    from isa_analysis.measured.fail_on import reasons
    from isa_analysis.measured.result import result
    from isa_analysis.output import write

    if estimate and manifest:
        raise typer.BadParameter("--estimate and --manifest both join: give one")
    opt.standard_input_once([*files, *(estimate or [])])
    if len(set(files)) < len(files):
        raise typer.BadParameter("a log is named twice")
    condition = failing.condition_of(fail_on)
    joins = _manifest(manifest)
    capacities = {**(joins.capacities if joins else {}), **_capacities(capacity or [])}
    wired = _Wiring(
        board, sizes, opt.load_kernel_rules(kernel_rules), reading, models.options(traffic=True), {}
    )
    collection = collect(files)
    joined = _join(collection, estimate or [], joins, wired, too_high)
    ours = [wired.footprint(file) for file in program or []]
    found = result(collection, joined, capacities, ours)
    reading.warn(joined.diagnostics)
    if github_summary:
        from isa_analysis.cli.check_command import append_summary
        from isa_analysis.views import measured as view

        append_summary(view.render_markdown(found))
    if output is not None or not github_summary:
        write(_render(found, format, table), output)
    if failing.told(reasons(condition, joined.rows, found.other_flags)):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Wiring:
    """Makes estimates and footprints of assembly files as the flags say, each file once."""

    board: str
    sizes: opt.Sizes
    rules: KernelRules
    reading: opt.Reading
    model: ModelOptions
    made: dict[tuple[object, ...], Estimate]

    def estimate(
        self, path: str, name: str = "", board: str | None = None, sets: tuple[str, ...] = ()
    ) -> Estimate:
        """The estimate of an assembly file."""
        from isa_analysis.measured.estimates import estimate_of
        from isa_analysis.profiling import profile

        key = (path, name, board, sets)
        if key not in self.made:
            loaded = self.sizes.load(board or self.board, sets)
            program = self.reading.read(path)
            made = profile(program, loaded, self.model, self.rules)
            self.made[key] = estimate_of(made, loaded, name)
        return self.made[key]

    def footprint(self, path: str) -> OurFootprint:
        """The footprint of an assembly file on the board of the flags."""
        from isa_analysis.footprint import footprint
        from isa_analysis.measured.result import OurFootprint
        from isa_analysis.profiling import ModelOptions, profile

        loaded = self.sizes.load(self.board)
        program = self.reading.read(path)
        made = profile(program, loaded, ModelOptions(memory="none", traffic=True), self.rules)
        return OurFootprint(made.input.path, made.board.name, footprint(made, loaded))


def _manifest(path: str | None) -> Manifest | None:
    if path is None:
        return None
    from isa_analysis.measured.manifest import load_manifest

    return load_manifest(path)


def _capacities(texts: list[str]) -> dict[str, int]:
    import re

    units = {"": 1, "B": 1, "kB": 1000, "MB": 10**6, "KiB": 1 << 10, "MiB": 1 << 20}
    out: dict[str, int] = {}
    for text in texts:
        found = re.fullmatch(r"(L[123])=(\d{1,15})\s*(B|kB|MB|KiB|MiB)?", text.strip())
        if not found or not int(found[2]):
            raise typer.BadParameter(
                f"{text!r} is not LEVEL=BYTES: L1, L2 or L3; units are B, kB, MB, KiB, MiB",
                param_hint="--capacity",
            )
        out[found[1]] = int(found[2]) * units[found[3] or ""]
    return out


def _join(
    collection: Collection,
    estimates: list[str],
    joins: Manifest | None,
    wired: _Wiring,
    factor: float,
) -> Joined:
    from isa_analysis.measured import sources
    from isa_analysis.measured.join import join_by_manifest, join_by_name

    if joins is None:
        found = sources.named(estimates, wired.estimate)
        return join_by_name(collection.files, found, factor)
    return join_by_manifest(
        collection.files, joins, sources.of_manifest(joins, wired.estimate), factor
    )


def _render(found: MeasuredResult, format: Format, table: CsvTable) -> str:
    from isa_analysis.views import measured as view

    if format is Format.json:
        return view.render_json(found)
    if format is Format.csv:
        return view.render_csv_table(found, table.value)
    if format is Format.markdown:
        return view.render_markdown(found)
    return view.render(found)
