"""The MEASUREMENTS file of ``isa-analysis calibrate``, as strict models (docs/calibrate.md).

Two shapes are read: the one documented there (:class:`MeasurementFile`) and the table of measured
samples, program name -> runs (:class:`SampleRun`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_MOST = 10**18
Count = Annotated[int, Field(ge=0, le=_MOST)]
#: Measured cycles: whole ones, or a clock reading with a fraction.
Cycles = Annotated[float, Field(ge=0, le=_MOST)]
Nanoseconds = Annotated[float, Field(ge=0, le=_MOST)]
Dimension = Annotated[int, Field(ge=1, le=1 << 20)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
#: Index among the program's instructions, mnemonic, times executed, total ns.
Transfer = tuple[Count, Text, Count, Nanoseconds]


class _Strict(BaseModel):
    """Strict types, no unknown keys, no NaN or infinity, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Parameters(_Strict):
    """Machine settings of a run; what is absent is the board's."""

    mlen: Dimension | None = None
    vlen: Dimension | None = None
    blen: Dimension | None = None
    hlen: Dimension | None = None
    broadcast_amount: Dimension | None = None
    prefetch_m_rows: Dimension | None = None
    prefetch_v_rows: Dimension | None = None
    writeback_rows: Dimension | None = None
    dc_lib_en: bool | None = None


class OpcodeMeasured(_Strict):
    """One opcode over a run: executions and cycles."""

    count: Count | None = None
    cycles: Cycles | None = None


class Measured(_Strict):
    """What may be measured of a run; every part is optional."""

    parameters: Parameters = Field(default_factory=Parameters)
    executed: Count | None = None
    static: Count | None = None
    total_cycles: Cycles | None = None
    compute_cycles: Cycles | None = None
    hbm_read_bytes: Count | None = None
    hbm_write_bytes: Count | None = None
    opcodes: dict[str, OpcodeMeasured] = Field(default_factory=dict)
    hbm_instructions: tuple[Transfer, ...] | None = None


class Run(Measured):
    """One run of the documented shape."""

    program: Text
    family: Text | None = None
    set: tuple[Text, ...] = ()
    result: Text | None = None
    memory: bool = True
    note: str = ""


class MeasurementFile(_Strict):
    """The documented shape."""

    version: Literal[1]
    description: str = ""
    runs: Annotated[tuple[Run, ...], Field(min_length=1)]


class SampleRun(Measured):
    """One run of the samples' shape."""

    dialect: str = ""
    note: str = ""


class SampleFile(_Strict):
    """The samples' shape below one key, so that locations can be told apart."""

    programs: dict[str, Annotated[tuple[SampleRun, ...], Field(min_length=1)]]
