"""``isa-analysis calibrate MEASUREMENTS...``: board parameters from measured runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt

if TYPE_CHECKING:
    from isa_analysis.calibrate import Calibration

#: A difference of up to so many cycles never fails: of a short program it is many percent.
SLACK_CYCLES = 100


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    markdown = "markdown"


def calibrate(
    measurements: Annotated[
        list[str],
        typer.Argument(
            help="Measurement files (.json or .yaml, .gz, .xz); records of one run are joined."
        ),
    ],
    board: opt.BoardOption = "emulator",
    output: Annotated[
        Optional[str], typer.Option("-o", "--output", help="Write the calibrated board file here.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report only; write no board file.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Allow -o to name the input board's own file.")
    ] = False,
    name: Annotated[
        Optional[str], typer.Option("--name", help="Name of the new board; default: the board's.")
    ] = None,
    programs: Annotated[
        Optional[str],
        typer.Option("--programs", help="Folder of the programs; default: beside each file."),
    ] = None,
    set_: opt.SetOption = None,
    max_error: Annotated[
        Optional[float],
        typer.Option(
            "--max-error",
            min=0,
            help="Exit 1 when a run is still off by more than this many percent and "
            f"{SLACK_CYCLES} cycles.",
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table.")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Report format.")] = Format.text,
    quiet: opt.Quiet = False,
) -> None:
    """Fit a board's latencies and memory times to MEASUREMENTS and write the new board file.

    The report goes to standard output. Exit codes: 0 done, 1 --max-error is exceeded (the board
    file is not written), 2 bad usage or input.
    """
    from isa_analysis.calibrate import calibrate as fit
    from isa_analysis.calibrate import new_board, read_measurements
    from isa_analysis.calibrate.board_file import is_same_file
    from isa_analysis.diagnostics import error
    from isa_analysis.output import write
    from isa_analysis.views import calibrate as view

    if output is None and not dry_run:
        raise typer.BadParameter("give -o NEW_BOARD.yaml, or --dry-run")
    if output is not None and not dry_run:
        if not output.endswith((".yaml", ".yml")):
            raise typer.BadParameter("a board file ends in .yaml or .yml", param_hint="-o")
        if is_same_file(board, output) and not overwrite:
            raise error(
                "E647", "is the board that is calibrated", path=output,
                hint="name another file, or give --overwrite",
            )  # fmt: skip
    with _progress(quiet) as progress:
        found = fit(read_measurements(measurements, programs), board, set_ or (), progress)
    text = new_board(found, board, name)
    code = 1 if max_error is not None and exceeds(found, max_error) else 0
    if dry_run or output is None:
        written = "Dry run: no board file was written."
    elif code:
        written = f"A run is off by more than {max_error:g} %: no board file was written."
    else:
        write(text, output)
        written = f"Board file written to {output}"
    if format is Format.json:
        write(view.render_json(found, max_error, code), None)
    elif format is Format.markdown:
        write(view.render_markdown(found, top, written), None)
    else:
        write(view.render(found, top, written), None)
    raise typer.Exit(code)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Shows the program that is being read, on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("calibrating") as status:
        yield lambda name: status.update(f"reading {escape(name)}")


def exceeds(found: Calibration, percent: float) -> bool:
    """Whether a run, an outlier or not, is off by more than ``percent`` and than the slack."""
    return any(
        abs(entry.after - entry.measured) > SLACK_CYCLES
        and 100 * abs(entry.after - entry.measured) > percent * entry.measured
        for entry in (*found.compute, *found.total)
    )
