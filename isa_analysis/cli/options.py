"""Options shared by commands, and what they mean to the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from isa_analysis.assembly import ParseOptions, Program
    from isa_analysis.boards import LoadedBoard
    from isa_analysis.diagnostics import Diagnostic
    from isa_analysis.kernels import KernelRules
    from isa_analysis.profiling import ModelOptions
    from isa_analysis.traffic.regions import RegionMap

#: Inputs at least this large (bytes) get a progress bar on a terminal.
_LONG = 16 << 20


class Isa(str, Enum):
    """Dialect choice."""

    auto = "auto"
    plena = "plena"
    plena_tvm = "plena-tvm"


class Timing(str, Enum):
    """Timing models."""

    serial = "serial"
    legacy = "legacy"
    overlap = "overlap"
    async_slots = "async-slots"
    in_order = "in-order"
    rtl_v1 = "rtl-v1"


class Memory(str, Enum):
    """Memory models; ``board`` is what the board file says."""

    board = "board"
    charge = "charge"
    service = "service"
    none = "none"


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
SetOption = Annotated[
    Optional[list[str]],
    typer.Option("--set", help="Override a board field: section.key=value. Repeatable."),
]
BoardsOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--board", help="Board name or path of a .yaml file. Repeatable; v80 when absent."
    ),
]
TimingOption = Annotated[Timing, typer.Option("--timing", help="Timing model.")]
MemoryOption = Annotated[Memory, typer.Option("--memory", help="Memory model.")]
Top = Annotated[int, typer.Option("--top", min=1, help="Rows per table.")]
IsaOption = Annotated[Isa, typer.Option("--isa", help="Dialect of the text.")]
RulesOption = Annotated[
    Optional[str], typer.Option("--kernel-rules", help="YAML file of kernel-naming rules.")
]
GithubSummary = Annotated[
    bool,
    typer.Option("--github-summary", help="Append markdown to the file $GITHUB_STEP_SUMMARY."),
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


@dataclass(frozen=True, slots=True)
class Sizes:
    """What flags change of every board."""

    mlen: Annotated[Optional[int], typer.Option("--mlen", help="MLEN, elements.")] = None
    vlen: Annotated[Optional[int], typer.Option("--vlen", help="VLEN, elements.")] = None
    blen: Annotated[Optional[int], typer.Option("--blen", help="BLEN, elements.")] = None
    clock_mhz: Annotated[Optional[float], typer.Option("--clock-mhz", help="Clock, MHz.")] = None
    set_: SetOption = None

    def load(self, board: str, sets: Sequence[str] = ()) -> LoadedBoard:
        """The board named or at the path ``board``, with the flags and then ``sets`` applied.

        Raises :class:`InputError`.
        """
        from isa_analysis.boards import load_board

        flags = {
            "machine.mlen": self.mlen,
            "machine.vlen": self.vlen,
            "machine.blen": self.blen,
            "clock_mhz": self.clock_mhz,
        }
        overrides = [f"{key}={value}" for key, value in flags.items() if value is not None]
        return load_board(board, [*overrides, *(self.set_ or ()), *sets])


@dataclass(frozen=True, slots=True)
class Settings:
    """Latencies and machine from a simulator's settings file."""

    settings: Annotated[
        Optional[str],
        typer.Option("--settings", help="plena_settings.toml that replaces latencies and machine."),
    ] = None
    dc_en: Annotated[
        Optional[bool],
        typer.Option("--dc-en/--no-dc-en", help="Which latency column of --settings counts."),
    ] = None
    latency_profile: Annotated[
        Optional[str],
        typer.Option("--latency-profile", help="Named FPGA profile of --settings."),
    ] = None

    def apply(self, board: LoadedBoard) -> LoadedBoard:
        """``board`` as the settings change it. Raises :class:`InputError`."""
        if self.settings is None:
            if self.dc_en is not None or self.latency_profile is not None:
                raise typer.BadParameter("--dc-en and --latency-profile need --settings FILE")
            return board
        from isa_analysis.boards import apply_settings

        return apply_settings(
            board, self.settings, dc_en=self.dc_en, latency_profile=self.latency_profile
        )


@dataclass(frozen=True, slots=True)
class Models:
    """The timing and the memory model."""

    timing: TimingOption = Timing.serial
    memory: MemoryOption = Memory.board

    def options(self, traffic: bool = False) -> ModelOptions:
        """As the library takes them; ``traffic`` follows the addresses too."""
        from isa_analysis.profiling import ModelOptions

        return ModelOptions(self.timing.value, self.memory.value, traffic)


@dataclass(frozen=True, slots=True)
class Reading:
    """How programs are read."""

    isa: IsaOption = Isa.auto
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Skip and count malformed lines instead of stopping.")
    ] = False
    unknown_opcode: Annotated[
        Unknown,
        typer.Option(
            "--unknown-opcode", help="Whether an unknown mnemonic stops, or costs 1 cycle."
        ),
    ] = Unknown.error
    quiet: Quiet = False

    @property
    def options(self) -> ParseOptions:
        """As the library takes them."""
        from isa_analysis.assembly import ParseOptions

        return ParseOptions(self.isa.value, self.lenient, self.unknown_opcode.value)

    def read(self, path: str) -> Program:
        """The program in ``path``, with a progress bar where one helps. Raises
        :class:`InputError`."""
        return self.read_as(path, self.options)

    def read_as(self, path: str, options: ParseOptions) -> Program:
        """Like :meth:`read`, with other options."""
        from isa_analysis.assembly import parse

        with _progress(path, self.quiet) as advance:
            return parse(path, options, advance)

    def warn(self, diagnostics: Iterable[Diagnostic], omitted: int = 0) -> None:
        """Print warnings on standard error, unless asked to be quiet."""
        from isa_analysis.diagnostics import render_all

        found = list(diagnostics)
        if found and not self.quiet:
            print(render_all(found, omitted), file=sys.stderr)


@dataclass(frozen=True, slots=True)
class HbmRegions:
    """Files that name regions of HBM."""

    hbm_map: Annotated[
        Optional[str], typer.Option("--hbm-map", help="hbm_addrs.json: tensor name -> byte offset.")
    ] = None
    hbm_sizes: Annotated[
        Optional[str], typer.Option("--hbm-sizes", help="hbm_sizes.json: tensor name -> bytes.")
    ] = None
    manifest: Annotated[
        Optional[str], typer.Option("--manifest", help="Weight manifest that names regions.")
    ] = None

    def load(self) -> RegionMap | None:
        """The regions; None when no file was given. Raises :class:`InputError`."""
        from isa_analysis.traffic.regions import load_addresses, load_manifest

        if self.hbm_sizes and not self.hbm_map:
            raise typer.BadParameter("--hbm-sizes needs --hbm-map FILE")
        if self.hbm_map and self.manifest:
            raise typer.BadParameter("--hbm-map and --manifest both name regions: give one")
        if self.manifest:
            return load_manifest(self.manifest)
        return load_addresses(self.hbm_map, self.hbm_sizes) if self.hbm_map else None


def default_board() -> str:
    """The board when none is given: the environment's, or v80."""
    return os.environ.get("ISA_ANALYSIS_BOARD") or "v80"


def standard_input_once(files: Sequence[str | None]) -> None:
    """Refuses several ``-``: standard input can be read once only."""
    if sum(file == "-" for file in files) > 1:
        raise typer.BadParameter("standard input can be read once only")


def load_kernel_rules(path: str | None) -> KernelRules:
    """The naming rules: the default ones, with those of the file ``path`` added."""
    from isa_analysis.kernels import load_rules

    if path is None:
        return load_rules()
    from isa_analysis.config import read_bytes

    return load_rules(read_bytes(path), path=path)


def name_parts(group: str | None) -> tuple[str, ...] | None:
    """The parts of kernel names that ``--group`` lists; None for auto."""
    from isa_analysis.kernels.spans import PARTS

    if group is None or group == "auto":
        return None
    parts = tuple(word.strip() for word in group.split(","))
    for part in parts:
        if part not in PARTS:
            raise typer.BadParameter(
                f"{part!r} is no part of a kernel's name: {', '.join(PARTS)}", param_hint="--group"
            )
    return parts


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
