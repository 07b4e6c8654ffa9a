"""The measurement of one stage: what :mod:`isa_analysis.measured` reads, one run of it."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.diagnostics import error
from isa_analysis.measured.flags import Flag
from isa_analysis.measured.model import Measurement as MeasuredRow
from isa_analysis.measured.names import same
from isa_analysis.measured.read import read
from isa_analysis.measured.select import select


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured run. ``cycles`` None: it came to no result, and ``failure`` says how; bytes
    None: not reported. ``runs`` counts the results that the file holds under this name; of several
    that follow each other without names the last one counts. ``flags`` say why the run must not be
    compared; ``row`` is the measurement as it was read."""

    path: str
    cycles: int | float | None
    read_bytes: int | None = None
    written_bytes: int | None = None
    runs: int = 1
    failure: str = ""
    flags: tuple[Flag, ...] = ()
    row: MeasuredRow | None = None

    @property
    def judged(self) -> MeasuredRow:
        """The run in the form that :func:`isa_analysis.measured.judge.judge` takes."""
        if self.row is not None:
            return self.row
        total = None if self.cycles is None else round(self.cycles)
        return MeasuredRow(self.path, "", self.path, 0, "", total, flags=self.flags)


def read_measurement(path: str, name: str | None = None) -> Measurement:
    """The measurement in the file ``path``, of any format of :mod:`isa_analysis.measured`.

    Where the file holds several, that called ``name`` is taken, if there is one. Raises
    :class:`InputError`: E230 when the file holds no result, E231 for an impossible value, E621 when
    there are several to choose from.
    """
    found = read(path)
    if not found.runs:
        raise error("E230", "holds footprints and no measured run", path=found.path)
    if found.format == "missing":
        reason = found.runs[0].flags[0].reason
        raise error("E230", f"holds no measured result: {reason}", path=found.path)
    if name is not None and not any(same(r.name, name) for r in found.runs):
        name = None
    m = select(found.runs, name)
    results = [r for r in found.runs if (r.name, r.part) == (m.name, m.part)]
    failed = [f.reason for f in m.flags if f.code in ("CRASHED", "TIMEOUT", "MISSING", "SKIPPED")]
    failure = failed[0] if failed else ""
    if m.cycles is None and not failure:
        failure = "; ".join(m.notes) or "no cycles per call"
    if failure:
        return Measurement(m.path, None, failure=failure, flags=m.flags, row=m)
    return Measurement(
        m.path, m.cycles, m.read_bytes, m.written_bytes, len(results), "", m.flags, m
    )  # fmt: skip
