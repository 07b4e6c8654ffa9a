"""Logs of the PLENA emulator: anywhere in a line, behind timestamps and colours.

    INFO run: machine mlen=64 vlen=64 blen=4
    INFO run: Simulation completed. Latency 4711.000ns
    INFO run: HBM Statistics - Bytes read: 128 | Bytes written: 64 | Utilization: 1.5e8 bytes/sec

The emulator's clock period is 1 ns: its nanoseconds are cycles. Where the line ends with the number
of cycles (``ns cycles 4711``), that number counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from isa_analysis.diagnostics import error
from isa_analysis.measured import checks
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.model import Measurement
from isa_analysis.measured.sections import Section
from isa_analysis.measured.text import Line

FORMAT = "emulator-log"
WANTED = "a line with Simulation completed. Latency ...ns"
SIGN = "Simulation completed. Latency"
TOKENS = rb"Simulation completed|HBM Statistics|mlen"

_LATENCY = re.compile(
    r"Simulation completed\. Latency:?\s+(?P<ns>[0-9.eE+-]{1,60})\s*ns"
    r"(?:\s+cycles\s+(?P<cycles>\d{1,60}))?"
)
_BYTES = re.compile(r"HBM Statistics.{0,200}?Bytes read:\s*(?P<read>\d{1,30})")
_WRITTEN = re.compile(r"Bytes written:\s*(?P<written>\d{1,30})")
_SIZES = re.compile(r"\b(?P<key>[a-z]len)\s?=\s?(?P<value>\d{1,9})\b", re.IGNORECASE)
_HINTS = re.compile(r"Simulation completed|HBM Statistics|mlen", re.IGNORECASE)
_MOST = 10**18


@dataclass(slots=True)
class _Run:
    line: int = 0
    latency: str | None = None
    counted: str | None = None
    sizes: dict[str, int | str] = field(default_factory=dict)
    moved: tuple[int, int | None] | None = None


def runs(section: Section) -> list[Measurement]:
    """One measurement per completed simulation, and one for a run that began and did not complete.

    Of several, the last counts; those before it are STALE. Raises :class:`InputError` (E231) for a
    latency that no run can have.
    """
    found = _runs([n for n in section.lines if _HINTS.search(n.text)])
    done = [r for r in found if r.latency is not None]
    after = [c for c in section.crash if not done or c.number > done[-1].line]
    bare = len(found) == 1 and not done and found[0].moved is None and not _is_start(found[0])
    if bare and not (after or section.timeout):
        return []  # a mention of sizes is no run
    return [_measurement(section, r, found[i + 1 :], after) for i, r in enumerate(found)]


def _is_start(run: _Run) -> bool:
    """Whether the sizes are those that the emulator prints when it starts."""
    return {"mlen", "vlen", "blen"} <= run.sizes.keys()


def _runs(lines: Sequence[Line]) -> list[_Run]:
    out: list[_Run] = []
    statistics_first = _statistics_first(lines)
    current: _Run | None = None
    for line in lines:
        text = line.text
        sizes = {m["key"].lower(): int(m["value"]) for m in _SIZES.finditer(text)}
        if sizes and "mlen" in sizes:
            if current is None and out and not out[-1].sizes and not statistics_first:
                out[-1].sizes.update(sizes)
            else:
                current = current or _Run(line.number)
                current.sizes.update(sizes)
        if moved := _BYTES.search(text):
            written = _WRITTEN.search(text, moved.end())
            target = current
            if target is None and not statistics_first and out and out[-1].moved is None:
                target = out[-1]
            if target is None:
                target = current = _Run(line.number)
            target.moved = (int(moved["read"]), int(written["written"]) if written else None)
        if latency := _LATENCY.search(text):
            current = current or _Run()
            current.line, current.latency = line.number, latency["ns"]
            current.counted = latency["cycles"]
            out.append(current)
            current = None
    if current is not None:
        out.append(current)
    return out


def _statistics_first(lines: Sequence[Line]) -> bool:
    """Whether this log prints the statistics of a run before its completion."""
    order = [
        "done" if _LATENCY.search(line.text) else "bytes"
        for line in lines
        if _LATENCY.search(line.text) or _BYTES.search(line.text)
    ]
    return order[:1] == ["bytes"] and order[-1:] == ["done"]


def _measurement(
    section: Section, run: _Run, later: Sequence[_Run], crash: Sequence[Line]
) -> Measurement:
    flags: list[Flag] = []
    notes: list[str] = []
    total = None
    if run.latency is not None:
        total = cycles(run.latency, section.path, run.line)
        if run.counted is not None:
            counted = cycles(run.counted, section.path, run.line)
            if counted != total:
                notes.append(f"{counted:,} cycles in {total:,} ns: the clock period is not 1 ns")
            total = counted
    elif later:
        what = f"the run from line {run.line} on did not complete"
        flags.append(flag("CRASHED", what=what))
    elif crash:
        what = f"{checks.shortened(crash[0].text)} (line {crash[0].number})"
        flags.append(flag("CRASHED", what=what))
    elif section.timeout:
        end = section.timeout[-1]
        flags.append(flag("TIMEOUT", what=f"{checks.shortened(end.text)} (line {end.number})"))
    else:
        what = f"the run from line {run.line} on did not complete"
        flags.append(flag("CRASHED", what=what))
    if total is not None and crash and not later:
        what = f"{checks.shortened(crash[0].text)} (line {crash[0].number}), after its latency"
        flags.append(flag("CRASHED", what=what))
    if total is not None and later:
        what = f"a later run (line {later[-1].line}) in the same file replaces it"
        flags.append(flag("STALE", what=what))
    read, written = run.moved if run.moved else (None, None)
    return Measurement(
        section.name, "", section.path, run.line, FORMAT, total, 1, None, read, written,
        settings=tuple(run.sizes.items()), flags=tuple(flags),
        notes=tuple(notes),
    )  # fmt: skip


def cycles(value: object, path: str, line: int = 0) -> int:
    """Nanoseconds of a 1 GHz clock as whole cycles. Raises :class:`InputError` (E231)."""
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    whole = int(number.to_integral_value()) if number.is_finite() and abs(number) < _MOST else 0
    if whole < 1:
        shown = str(value)[:40]
        raise error("E231", f"latency {shown} ns is not a possible time", path=path, line=line)
    return whole
