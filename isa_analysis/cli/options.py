"""Options shared by commands, and what they mean to the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from isa_analysis.assembly import ParseOptions, Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.kernels import KernelRules

#: Inputs at least this large (bytes) get a progress bar on a terminal.
_LONG = 16 << 20


class Isa(str, Enum):
    """Dialect choice."""

    auto = "auto"
    plena = "plena"
    plena_tvm = "plena-tvm"


class Unknown(str, Enum):
    """What an unknown mnemonic is."""

    error = "error"
    warn = "warn"


Files = Annotated[
    list[str],
    typer.Argument(help="Assembly files; - for standard input; .gz and .xz are unpacked."),
]
BoardOption = Annotated[
    str,
    typer.Option(
        "--board", help="Board name or path of a .yaml file.", envvar="ISA_ANALYSIS_BOARD"
    ),
]
Mlen = Annotated[Optional[int], typer.Option("--mlen", help="MLEN, elements.")]
Vlen = Annotated[Optional[int], typer.Option("--vlen", help="VLEN, elements.")]
Blen = Annotated[Optional[int], typer.Option("--blen", help="BLEN, elements.")]
ClockMhz = Annotated[Optional[float], typer.Option("--clock-mhz", help="Clock, MHz.")]
SetOption = Annotated[
    Optional[list[str]],
    typer.Option("--set", help="Override a board field: section.key=value. Repeatable."),
]
IsaOption = Annotated[Isa, typer.Option("--isa", help="Dialect of the text.")]
Settings = Annotated[
    Optional[str],
    typer.Option("--settings", help="plena_settings.toml that replaces latencies and machine."),
]
DcEn = Annotated[
    Optional[bool],
    typer.Option("--dc-en/--no-dc-en", help="Which latency column of --settings counts."),
]
LatencyProfile = Annotated[
    Optional[str], typer.Option("--latency-profile", help="Named FPGA profile of --settings.")
]
RulesOption = Annotated[
    Optional[str], typer.Option("--kernel-rules", help="YAML file of kernel-naming rules.")
]
Lenient = Annotated[
    bool, typer.Option("--lenient", help="Skip and count malformed lines instead of stopping.")
]
UnknownOption = Annotated[
    Unknown,
    typer.Option("--unknown-opcode", help="Whether an unknown mnemonic stops, or costs 1 cycle."),
]
GroupOption = Annotated[
    Optional[str],
    typer.Option(
        "--group", help="Kernel table by these name parts: layer,block,kernel,tensor,head,slot."
    ),
]
Output = Annotated[
    Optional[str], typer.Option("-o", "--output", help="Write to this file instead of stdout.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No warnings, no progress on stderr.")]


def load_board(
    board: str,
    mlen: int | None,
    vlen: int | None,
    blen: int | None,
    clock_mhz: float | None,
    sets: list[str] | None,
    settings: str | None = None,
    dc_en: bool | None = None,
    latency_profile: str | None = None,
) -> LoadedBoard:
    """The board that the flags describe. Raises :class:`InputError`."""
    from isa_analysis.boards import apply_settings
    from isa_analysis.boards import load_board as load

    flags = {
        "machine.mlen": mlen,
        "machine.vlen": vlen,
        "machine.blen": blen,
        "clock_mhz": clock_mhz,
    }
    overrides = [f"{key}={value}" for key, value in flags.items() if value is not None]
    loaded = load(board, [*overrides, *(sets or [])])
    if settings is None:
        _need_settings(dc_en, latency_profile)
        return loaded
    return apply_settings(loaded, settings, dc_en=dc_en, latency_profile=latency_profile)


def _need_settings(dc_en: bool | None, latency_profile: str | None) -> None:
    if dc_en is not None or latency_profile is not None:
        raise typer.BadParameter("--dc-en and --latency-profile need --settings FILE")


def load_kernel_rules(path: str | None) -> KernelRules:
    """The naming rules: the default ones, with those of the file ``path`` added."""
    from isa_analysis.kernels import load_rules

    if path is None:
        return load_rules()
    from isa_analysis.config import read_bytes

    return load_rules(read_bytes(path), path=path)


def name_parts(group: str | None) -> tuple[str, ...] | None:
    """The parts of kernel names that ``--group`` lists; None for auto."""
    from isa_analysis.profiling.group import PARTS

    if group is None or group == "auto":
        return None
    parts = tuple(word.strip() for word in group.split(","))
    for part in parts:
        if part not in PARTS:
            raise typer.BadParameter(
                f"{part!r} is no part of a kernel's name: {', '.join(PARTS)}", param_hint="--group"
            )
    return parts


def read_program(path: str, options: ParseOptions, quiet: bool) -> Program:
    """The program in ``path``, with a progress bar where one helps. Raises :class:`InputError`."""
    from isa_analysis.assembly import parse

    with _progress(path, quiet) as advance:
        return parse(path, options, advance)


@contextmanager
def _progress(path: str, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    size = Path(path).stat().st_size if path != "-" and Path(path).is_file() else 0
    if quiet or size < _LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    plain = not path.endswith((".gz", ".xz"))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"reading {Path(path).name}", total=size if plain else None)
        yield lambda count: bar.advance(task, count)
