"""Logs and generated sources in the syntax of the tools that write them."""

from __future__ import annotations

from isa_analysis.measured.model import MeasuredFile, Measurement
from isa_analysis.measured.read import read_text
from isa_analysis.measured.text import Content, cleaned

DONE = "Simulation completed. Latency {}ns\n"
MOVED = "HBM Statistics - Bytes read: {} | Bytes written: {} | Utilization: 2.5e7 bytes/sec\n"
ACCESS = "Invalid access (pc: 0x1c00beef, offset: 0xfeed0001, size: 0x4, is_write: 1)\n"


def banner(name: str, platform: str = "Siracusa") -> str:
    """The line that begins a test."""
    return f"{'#' * 18} Testing {name} on {platform} Platform {'#' * 18}\n"


def steps(train: int = 2, accumulate: int = 3, inputs: int = 1) -> str:
    """The settings line of a training run."""
    return f"N_TRAIN_STEPS={train}  N_ACCUM_STEPS={accumulate}  DATA_INPUTS={inputs}\n"


def loss(index: int, computed: str = "1.500000", ref: str = "1.500000") -> str:
    """One compared loss."""
    return f"  [loss {index}] computed={computed}  ref={ref}  diff=0.000000  TOL=0.010000\n"


def errors(count: int = 0, of: int = 6) -> str:
    """The count of errors."""
    return f"Errors: {count} out of {of}\n"


def bench(train: int = 6_000, opt: int = 80, weights: int = 1_024) -> str:
    """The result of a training run."""
    return f"BENCH train_cycles={train} opt_cycles={opt} weight_sram={weights}\n"


def training(name: str, train: int = 6_000, opt: int = 80, n: int = 2, accumulate: int = 3) -> str:
    """A whole training run."""
    return banner(name) + steps(n, accumulate) + errors() + bench(train, opt)


def tile(
    node: str, number: int, pre: int, kernel: int, post: int, total: int | None = None, ops: int = 8
) -> str:
    """The four lines of a profiled tile."""
    head = f"[{node}][SB][{ops} ops][Tile {number}] "
    whole = pre + kernel + post if total is None else total
    return (
        f"{head}Pre-Kernel : {pre:5} cycles \n{head}Kernel     : {kernel:5} cycles \n"
        f"{head}Post-Kernel: {post:5} cycles \n{head}Total      : {whole:5} cycles "
        f"(90.0% Kernel + 10.0% Overhead, {kernel} + {pre + post})\n"
    )


def read_log(text: str | bytes, path: str = "m.txt") -> MeasuredFile:
    """What ``text`` says, as if it were the file ``path``."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return read_text(Content(path, "0" * 64, cleaned(data)))


def only(text: str | bytes) -> Measurement:
    """The single row of ``text``."""
    [row] = read_log(text).runs
    return row


def codes(row: Measurement) -> list[str]:
    """The codes of a row's flags."""
    return [f.code for f in row.flags]
