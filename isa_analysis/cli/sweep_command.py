"""``isa-analysis sweep FILE... --board a,b --mlen 64,128``: many machines, one table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.manifest import Manifest
    from isa_analysis.sweep import Axis, Grid, Sweep

_T = TypeVar("_T")

#: What an axis of models may be.
_TIMINGS = tuple(timing.value for timing in opt.Timing)
_MEMORIES = ("board", "charge", "service", "none")
_MODELS = ("auto", "resident", "kv-swap", "weight-stream", "layer-swap", "host-stream")


class Format(str, Enum):
    """Output formats."""

    text = "text"
    csv = "csv"
    json = "json"
    markdown = "markdown"
    html = "html"
    svg = "svg"


def _axis(flag: str, help_: str) -> Any:
    return typer.Option(flag, help=f"{help_} Values by comma; repeatable.")


Values = Optional[list[str]]


@grouped
def sweep(
    files: opt.Files,
    *,
    board: Annotated[Values, _axis("--board", "Board names or paths of .yaml files.")] = None,
    mlen: Annotated[Values, _axis("--mlen", "MLEN, elements.")] = None,
    vlen: Annotated[Values, _axis("--vlen", "VLEN, elements; mlen: whatever MLEN is.")] = None,
    blen: Annotated[Values, _axis("--blen", "BLEN, elements.")] = None,
    clock_mhz: Annotated[Values, _axis("--clock-mhz", "Clock, MHz.")] = None,
    set_: Annotated[
        Values,
        typer.Option("--set", help="A board field: section.key=v1,v2. Repeatable."),
    ] = None,
    timing: Annotated[Values, _axis("--timing", f"Timing models: {', '.join(_TIMINGS)}.")] = None,
    memory: Annotated[Values, _axis("--memory", f"Memory models: {', '.join(_MEMORIES)}.")] = None,
    manifest: Annotated[
        Values,
        typer.Option(
            "--manifest",
            help="Weight manifest: evaluates the memory system. One for all files, or one per "
            "file in their order.",
        ),
    ] = None,
    memory_model: Annotated[
        Values, _axis("--memory-model", f"Memory systems: {', '.join(_MODELS)} (needs --manifest).")
    ] = None,
    capacity: Annotated[
        Values, _axis("--capacity", "Capacity of the memory, such as 512M or 1GiB.")
    ] = None,
    host_bandwidth: Annotated[
        Values, _axis("--host-bandwidth", "Bandwidth of the host link, such as 38MB/s or 1.5e9.")
    ] = None,
    objectives: Annotated[
        Optional[str],
        typer.Option(
            "--objectives",
            help="What the Pareto set is about, by comma; time and what differs when absent.",
        ),
    ] = None,
    jobs: Annotated[
        Optional[int], typer.Option("--jobs", min=1, help="Processes; one per core when absent.")
    ] = None,
    scheduler: Annotated[
        Optional[str],
        typer.Option("--scheduler", help="Address of a Dask scheduler that does the work."),
    ] = None,
    resume: Annotated[
        Optional[str],
        typer.Option("--resume", help="File that keeps finished points from one run to the next."),
    ] = None,
    fault_check: Annotated[
        bool,
        typer.Option(
            "--fault-check/--no-fault-check",
            help="Look whether the program runs on each machine.",
        ),
    ] = True,
    kernel_rules: opt.RulesOption = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Cost of FILES at every combination of boards, machines and models, Pareto set marked.

    Exit code: 0 when some point has figures for a program that runs, 1 when none has, 2 for bad
    input.
    """
    from isa_analysis.output import write
    from isa_analysis.sweep import SweepOptions, run_sweep

    opt.standard_input_once(files)
    if jobs is not None and scheduler is not None:
        raise typer.BadParameter("--jobs and --scheduler are two ways to do the work: give one")
    files = list(dict.fromkeys(files))
    manifests = _manifests(files, manifest or [])
    if memory_model and not manifests:
        raise typer.BadParameter("--memory-model needs --manifest FILE")
    machine, fixed = _machine(mlen, vlen, blen, clock_mhz, set_)
    grid = _grid(files, board, machine, fixed, timing, memory, capacity, host_bandwidth,
                 memory_model, bool(manifests))  # fmt: skip
    rules = opt.load_kernel_rules(kernel_rules)
    wanted = tuple(_split(objectives, "--objectives")) if objectives else ()
    options = SweepOptions(
        jobs, scheduler, resume, fault_check, wanted, (reading.options, _hash(kernel_rules))
    )
    with _progress(reading.quiet, resume) as progress:
        made = run_sweep(
            grid, reading.read, options, manifests, rules,
            progress,
        )  # fmt: skip
    warned = [d for m in dict.fromkeys(manifests.values()) for d in m.diagnostics]
    reading.warn(warned)
    write(_render(made, format), output)
    if not made.count("ok"):
        if not reading.quiet:
            print("no point of the grid has figures for a program that runs", file=sys.stderr)
        raise typer.Exit(1)


def _split(text: str, flag: str) -> tuple[str, ...]:
    from isa_analysis.sweep.grid import split_values

    try:
        return split_values(text)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint=flag) from None


def _values(given: list[str] | None, flag: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for text in given or () for value in _split(text, flag)))


def _choices(
    given: list[str] | None, flag: str, known: tuple[str, ...], default: tuple[str, ...]
) -> tuple[str, ...]:
    values = _values(given, flag)
    for value in values:
        if value not in known:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}", param_hint=flag)
    return values or default


def _machine(
    mlen: Values, vlen: Values, blen: Values, clock_mhz: Values, sets: Values
) -> tuple[tuple[Axis, ...], tuple[str, ...]]:
    """The axes of the machine, and the overrides that have one value."""
    from isa_analysis.diagnostics import error
    from isa_analysis.sweep import Axis

    axes = [
        Axis(name, values)
        for name, given in (("mlen", mlen), ("vlen", vlen), ("blen", blen),
                            ("clock_mhz", clock_mhz))
        if (values := _values(given, "--" + name.replace("_", "-")))
    ]  # fmt: skip
    fixed = []
    for text in sets or ():
        key, equals, rest = text.partition("=")
        if not equals:
            raise error(
                "E108", "an override is written section.key=value", path=f"--set {text}",
                hint="for example latency.vector_exp_cycles=1,6,15",
            )  # fmt: skip
        values = _split(rest, "--set") if rest.strip() else (rest,)
        if len(values) > 1:
            axes.append(Axis(key.strip(), values))
        else:
            fixed.append(f"{key}={values[0]}")
    return tuple(axes), tuple(fixed)


def _grid(
    files: list[str],
    board: Values,
    machine: tuple[Axis, ...],
    fixed: tuple[str, ...],
    timing: Values,
    memory: Values,
    capacity: Values,
    host_bandwidth: Values,
    memory_model: Values,
    has_manifest: bool,
) -> Grid:
    from isa_analysis.sweep import Grid

    sizes: tuple[int | None, ...] = (None,)
    if capacity:
        from isa_analysis.manifest import parse_size

        sizes = _parsed(capacity, "--capacity", parse_size)
    rates: tuple[Any, ...] = (None,)
    if host_bandwidth:
        from isa_analysis.manifest import parse_bandwidth

        rates = _parsed(host_bandwidth, "--host-bandwidth", parse_bandwidth)
    return Grid(
        tuple(files),
        _boards(board) or (opt.default_board(),),
        machine,
        _choices(timing, "--timing", _TIMINGS, ("serial",)),
        _choices(memory, "--memory", _MEMORIES, ("board",)),
        sizes,
        rates,
        _choices(memory_model, "--memory-model", _MODELS, ("auto",) if has_manifest else ("",)),
        fixed,
    )


def _parsed(given: list[str], flag: str, parse: Callable[[str, str], _T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(parse(text, flag) for text in _values(given, flag)))


def _boards(given: list[str] | None) -> tuple[str, ...]:
    """Boards by comma; a path of a file is taken as it is."""
    from pathlib import Path

    out: list[str] = []
    for text in given or ():
        out += [text] if Path(text).is_file() else _split(text, "--board")
    return tuple(dict.fromkeys(out))


def _manifests(files: list[str], paths: list[str]) -> dict[str, Manifest]:
    if not paths:
        return {}
    if len(paths) not in (1, len(files)):
        raise typer.BadParameter(
            f"{len(paths)} manifests for {len(files)} files: give one for all, or one per file",
            param_hint="--manifest",
        )
    from isa_analysis.manifest import load

    loaded = {path: load(path) for path in dict.fromkeys(paths)}
    each = paths if len(paths) == len(files) else paths * len(files)
    return {file: loaded[path] for file, path in zip(files, each, strict=True)}


def _hash(path: str | None) -> str:
    if path is None:
        return ""
    import hashlib

    from isa_analysis.config import read_bytes

    return hashlib.sha256(read_bytes(path)).hexdigest()


@contextmanager
def _progress(quiet: bool, state: str | None) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal; after Ctrl-C a line that says what is kept."""
    seen = [0, 0]

    def count(done: int, total: int) -> None:
        seen[:] = done, total

    try:
        if quiet or not sys.stderr.isatty():
            yield count
            return
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress

        # No thread of its own: worker processes are forked while the bar is shown.
        with Progress(
            *Progress.get_default_columns(), MofNCompleteColumn(),
            console=Console(stderr=True), transient=True, auto_refresh=False,
        ) as bar:  # fmt: skip
            task = bar.add_task("sweeping", total=None)

            def show(done: int, total: int) -> None:
                count(done, total)
                bar.update(task, completed=done, total=total, refresh=True)

            yield show
    except KeyboardInterrupt:
        done, total = seen
        if state is not None and total:
            print(f"{done} of {total} points are in {state}", file=sys.stderr)
        raise


def _render(made: Sweep, format: Format) -> str:
    if format is Format.svg:
        from isa_analysis.views import sweep_svg

        return sweep_svg.render(made)
    if format is Format.html:
        from isa_analysis.views import sweep_html

        return sweep_html.render(made)
    from isa_analysis.views import sweep as view

    render = {
        Format.text: view.render,
        Format.csv: view.render_csv_text,
        Format.json: view.render_json,
        Format.markdown: view.render_markdown,
    }[format]
    return render(made)
