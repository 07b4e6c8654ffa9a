"""A merged table as a value."""

from __future__ import annotations

from dataclasses import dataclass

from isa_analysis.measured.averages import Mean, error_percent
from isa_analysis.measured.flags import Flag, usable


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an estimate was made under; texts, so that any difference can be named."""

    board: str = ""
    board_sha256: str = ""
    clock: str = ""
    timing: str = ""
    memory: str = ""
    parameters: tuple[tuple[str, int], ...] = ()

    def items(self) -> tuple[tuple[str, str], ...]:
        """Name and value of everything that is known."""
        pairs = [
            ("board", self.board), ("board file", self.board_sha256[:12]), ("clock", self.clock),
            ("timing model", self.timing), ("memory model", self.memory),
        ]  # fmt: skip
        pairs += [(key, str(value)) for key, value in self.parameters]
        return tuple((key, value) for key, value in pairs if value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a program in one job.

    ``source`` is the JSON file and ``kind`` what it is (``profile``, ``compare``, ``measured``,
    ``check``, ``untiled``; empty for one that is missing). ``part`` is the label of a variant, the
    budget entry, or the measured part. Cycles are per run: ``estimated`` by the model, ``measured``
    on the machine; ``bound`` those of the busiest engine. ``ratio`` is that of a comparison.
    """

    program: str
    part: str
    source: str
    kind: str
    configuration: Configuration = Configuration()
    sha256: str = ""
    estimated: int | None = None
    bound: int | None = None
    engine: str = ""
    measured: int | float | None = None
    bytes_moved: int | None = None
    peak_bytes: int | None = None
    fits: bool | None = None
    ratio: float | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether no flag keeps the row out of averages."""
        return usable(self.flags)

    @property
    def error_percent(self) -> float | None:
        """(estimate - measured) / measured in percent; None where a flag speaks against it."""
        return error_percent(self.estimated, self.measured) if self.usable else None


@dataclass(frozen=True, slots=True)
class Merged:
    """All rows, sorted; ``error`` is the geometric mean of estimate over measurement over the rows
    that have both, ``ratio`` that of the comparisons' ratios."""

    entries: tuple[Entry, ...]
    error: Mean
    ratio: Mean
    notes: tuple[str, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of all rows."""
        return tuple(f for e in self.entries for f in e.flags)
