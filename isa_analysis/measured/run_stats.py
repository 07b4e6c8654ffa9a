"""``rust_emulator_run_stats.json``: latency, bytes and the return code of one emulator run."""

from __future__ import annotations

from isa_analysis.diagnostics import Diagnostic, InputError, error
from isa_analysis.measured.emulator_log import cycles
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.json_text import Figures
from isa_analysis.measured.model import Measurement

FORMAT = "run-stats"
WANTED = "an object with the key sim_latency_ns"
#: One of these keys makes an object a run's statistics.
KEYS = ("sim_latency_ns", "return_code")
_SIZES = ("mlen", "vlen", "blen")
#: What ``timeout`` returns.
_STOPPED = 124


def run(figures: Figures) -> Measurement:
    """The run that ``figures`` describe. Raises :class:`InputError`: E230 without a result, E231
    for impossible values."""
    data, path = figures.data, figures.path
    code = data.get("return_code")
    if code is not None and (isinstance(code, bool) or not isinstance(code, int)):
        figures.refuse(("return_code",), "not a whole number")
        code = None
    if "sim_latency_ns" not in data and code in (None, 0):
        raise error("E230", "holds no measured result", path=path, hint=f"expected is {WANTED}")
    read, written = figures.count("hbm_bytes_read"), figures.count("hbm_bytes_written")
    sizes = ((key, figures.count(key)) for key in _SIZES)
    settings = tuple((key, value) for key, value in sizes if value is not None)
    flags: tuple[Flag, ...] = ()
    if code not in (None, 0):
        kind = "TIMEOUT" if code == _STOPPED else "CRASHED"
        flags = (flag(kind, what=f"return code {code}"),)
    total = _latency(figures, failed=bool(flags))
    if figures.problems:
        raise InputError(figures.problems)
    return Measurement(
        path, "", path, 0, FORMAT, total, 1, None, read, written, settings,
        (("return_code", code),) if code is not None else (), flags,
        ("the cycles that a failed run wrote mean nothing",) if flags and total else (),
    )  # fmt: skip


def _latency(figures: Figures, failed: bool) -> int | None:
    """The cycles; a failed run may have none."""
    value = figures.data.get("sim_latency_ns")
    try:
        return cycles(value, figures.path)
    except InputError as problem:
        if not failed:
            line, column = figures.document.locate(("sim_latency_ns",))
            figures.problems.extend(
                Diagnostic(d.path, line, column, d.code, d.severity, d.message)
                for d in problem.diagnostics
            )
        return None
