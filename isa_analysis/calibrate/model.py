"""Measured runs, as the fit takes them."""

from __future__ import annotations

from dataclasses import dataclass

#: Cycles or ns as measured: whole numbers stay integers.
Number = int | float


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A measurement file: its path as given, and the sha256 of its bytes as stored."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OpcodeMeasurement:
    """One opcode over a run: executions and cycles; None where not measured."""

    mnemonic: str
    count: int | None
    cycles: Number | None


@dataclass(frozen=True, slots=True)
class TransferMeasurement:
    """One H_ instruction: its index among the program's instructions, executions, total ns."""

    index: int
    mnemonic: str
    count: int
    ns: Number


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """One program on one machine setting, with whatever was measured of it (cycles, bytes).

    ``program`` is the path that is read, ``name`` what reports print. ``overrides`` are board
    settings in the form ``section.key=value``, sorted; ``dc_lib_en`` the arithmetic library of the
    run (None: the board's). ``label`` is the name with the settings that tell its runs apart.
    ``memory`` False: its memory is not the board's, so that its transfers
    and totals say nothing. ``files`` are indices of the measurement files it was read from.
    """

    name: str
    program: str
    overrides: tuple[str, ...]
    dc_lib_en: bool | None = None
    family: str | None = None
    memory: bool = True
    executed: int | None = None
    static: int | None = None
    total_cycles: Number | None = None
    compute_cycles: Number | None = None
    hbm_read_bytes: int | None = None
    hbm_write_bytes: int | None = None
    opcodes: tuple[OpcodeMeasurement, ...] = ()
    transfers: tuple[TransferMeasurement, ...] | None = None
    files: tuple[int, ...] = ()
    label: str = ""

    @property
    def settings(self) -> tuple[str, ...]:
        """``key=value`` of each setting, without the section of the board."""
        out = tuple(o.partition(".")[2] for o in self.overrides)
        if self.dc_lib_en is not None:
            out += (f"dc_lib_en={str(self.dc_lib_en).lower()}",)
        return out


@dataclass(frozen=True, slots=True)
class Measurements:
    """All runs of all files, one per program and setting."""

    files: tuple[SourceFile, ...]
    runs: tuple[MeasuredRun, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Evidence that the fit does not use: a code, whose it is, what of it, and why.

    ``measured`` and ``modelled`` are given where two numbers disagree (in ``unit``).
    """

    code: str
    run: str
    what: str
    reason: str
    measured: Number | None = None
    modelled: Number | None = None
    unit: str = ""
