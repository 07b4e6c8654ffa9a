"""The sections of a board file, as strict models.

Every number is checked for type and range, unknown keys are refused, and nothing is converted:
``"64"`` is not 64 and ``true`` is not 1. Units are in the names or in the descriptions.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

#: Above every plausible count; keeps products of two counts and a clock exact in a double.
_MOST = 10**15

Count = Annotated[int, Field(ge=0, le=_MOST)]
Positive = Annotated[int, Field(ge=1, le=_MOST)]
#: One dimension of the machine in elements, or a row count of one transfer.
Dimension = Annotated[int, Field(ge=1, le=1 << 20)]
Rate = Annotated[float, Field(gt=0, le=1e18)]
Nanoseconds = Annotated[float, Field(ge=0, le=1e12)]
Bits = Annotated[int, Field(ge=1, le=64)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Note = Annotated[str, Field(max_length=2000)]


class Section(BaseModel):
    """What all sections share: strict types, no unknown keys, no NaN or infinity, immutable."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True
    )


class Machine(Section):
    """Dimensions of the accelerator built on the board."""

    mlen: Dimension = Field(default=64, description="Matrix unit length (elements)")
    vlen: Dimension = Field(default=64, description="Vector unit length (elements)")
    blen: Dimension = Field(
        default=4, description="Block length of the matrix unit (rows per M_MM)"
    )
    hlen: Dimension = Field(default=16, description="Attention head length (elements)")
    broadcast_amount: Dimension = Field(
        default=4, description="Heads per broadcast matrix instruction"
    )
    max_loop_instructions: Positive = Field(
        default=100000,
        description="Executed instructions between two loop marks before the guard trips",
    )


Bit = Annotated[int, Field(ge=6, le=62)]
#: One bit of a queue or bank number: the exclusive or of these bits of the byte address.
BitSum = Annotated[tuple[Bit, ...], Field(min_length=1, max_length=8)]


class AddressMap(Section):
    """Where the memory puts a 64-byte request (``memory.service.address_map``)."""

    queue_bits: Annotated[tuple[BitSum, ...], Field(min_length=1, max_length=8)] = Field(
        description="Queue number, high bit first; each bit an exclusive or of address bits"
    )
    bank_bits: Annotated[tuple[BitSum, ...], Field(max_length=8)] = Field(
        description="Bank number in a queue, each bit an exclusive or of address bits"
    )
    row_shift: Bit = Field(description="Lowest address bit of the row number")
    controller_bits: Annotated[int, Field(ge=0, le=8)] = Field(
        default=0, description="How many of the first queue bits select the controller"
    )
    window: Dimension = Field(
        default=32, description="Requests among which one controller can choose"
    )

    @model_validator(mode="after")
    def _controllers(self) -> Self:
        if self.controller_bits > len(self.queue_bits):
            raise ValueError("controller_bits is larger than the number of queue_bits")
        return self


class Service(Section):
    """Parameters of the HBM service-time model (``memory.timing: service``), in ns.

    A prefetch takes base + slot x (cycles of the busiest controller) + row_open x (share of banks
    with another row open) + bank_chain x (further openings in one bank); a store block x (blocks
    read and written) + row_open x (openings) + turnaround x (blocks in a run of one queue).
    Details: ``isa_analysis/timing/service.py``; calibration: ``calibration/``.
    """

    prefetch_base_ns: Nanoseconds = Field(
        description="Latency of one prefetch whose rows are open (ns)"
    )
    prefetch_slot_ns: Nanoseconds = Field(
        description="One cycle of the busiest controller; a 64-byte request of a queue takes 2 (ns)"
    )
    row_open_ns: Nanoseconds = Field(
        default=0.0, description="Closing a DRAM row and opening another (ns)"
    )
    bank_chain_ns: Nanoseconds = Field(
        default=0.0, description="Added per further opening in the same bank (ns)"
    )
    store_block_ns: Nanoseconds = Field(
        description="Time per 64-byte block read, changed and written (ns)"
    )
    store_turnaround_ns: Nanoseconds = Field(
        default=0.0, description="Added per block that follows two others in its queue (ns)"
    )
    address_map: AddressMap | None = Field(
        default=None, description="Queues, banks and rows; one queue, never a miss, when absent"
    )
    assumption: bool = Field(
        default=False, description="True when the parameters were not measured on this memory"
    )
    source: Note = Field(default="", description="Where the parameters come from")


class Memory(Section):
    """Off-chip memory, its timing, and the on-chip memories that it fills."""

    type: Name = Field(description="Memory kind, e.g. hbm2e or ddr3")
    capacity_bytes: Positive = Field(description="Capacity (bytes)")
    bandwidth_bytes_per_s: Rate = Field(description="Peak bandwidth (bytes/s)")
    effective_bandwidth_bytes_per_s: Rate | None = Field(
        default=None, description="Sustained bandwidth (bytes/s); the peak when absent"
    )
    timing: Literal["charge", "service", "none"] | None = Field(
        default=None,
        description="How transfers are timed: fixed charges, the service model, or not at all; "
        "when absent: charge if any charge is given, else none",
    )
    prefetch_v_cycles: Count | None = Field(
        default=None, description="Charge of H_PREFETCH_V (cycles)"
    )
    prefetch_m_cycles: Count | None = Field(
        default=None, description="Charge of H_PREFETCH_M (cycles)"
    )
    store_v_cycles: Count | None = Field(default=None, description="Charge of H_STORE_V (cycles)")
    prefetch_m_rows: Dimension = Field(default=64, description="Rows of one H_PREFETCH_M")
    prefetch_v_rows: Dimension = Field(default=4, description="Rows of one H_PREFETCH_V")
    writeback_rows: Dimension = Field(default=4, description="Rows of one H_STORE_V")
    matrix_sram_tiles: Positive | None = Field(
        default=None, description="Matrix SRAM depth (rows of MLEN; the name is historical)"
    )
    matrix_sram_depth: Positive | None = Field(
        default=None, description="Matrix SRAM depth (rows of MLEN), the newer spelling"
    )
    vector_sram_depth: Positive = Field(
        default=4194304, description="Vector SRAM depth (rows of VLEN)"
    )
    fp_sram_depth: Positive = Field(default=1024, description="FP SRAM depth (scalars)")
    int_sram_depth: Positive = Field(default=1024, description="INT SRAM depth (scalars)")
    burst_cycles: Count | None = Field(default=None, description="One 64-byte burst (cycles)")
    row_miss_cycles: Count | None = Field(
        default=None, description="Added by a DRAM row miss (cycles)"
    )
    service: Service | None = Field(
        default=None, description="Parameters of the service-time model"
    )
    note: Note = Field(default="", description="Free text")

    @property
    def matrix_sram_rows(self) -> int:
        """Matrix SRAM depth in rows of MLEN elements, under either spelling (default 4096)."""
        return self.matrix_sram_tiles or self.matrix_sram_depth or 4096

    @property
    def sustained_bytes_per_s(self) -> float:
        """The effective bandwidth when given, else the peak (bytes/s)."""
        return self.effective_bandwidth_bytes_per_s or self.bandwidth_bytes_per_s

    @property
    def has_charges(self) -> bool:
        """Whether any transfer has a fixed charge."""
        charges = (self.prefetch_v_cycles, self.prefetch_m_cycles, self.store_v_cycles)
        return any(charge is not None for charge in charges)

    @property
    def timing_model(self) -> Literal["charge", "service", "none"]:
        """The timing in force: ``timing``, or what follows from the charges when absent."""
        return self.timing or ("charge" if self.has_charges else "none")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.timing == "service" and self.service is None:
            raise ValueError("timing is service, but there is no service section")
        if self.timing == "charge" and not self.has_charges:
            raise ValueError(
                "timing is charge, but none of prefetch_v_cycles, prefetch_m_cycles and "
                "store_v_cycles is given"
            )
        both = {self.matrix_sram_tiles, self.matrix_sram_depth} - {None}
        if len(both) > 1:
            raise ValueError(
                "matrix_sram_tiles and matrix_sram_depth are two names of one thing; give one"
            )
        if self.sustained_bytes_per_s > self.bandwidth_bytes_per_s:
            raise ValueError(
                "effective_bandwidth_bytes_per_s is above the peak bandwidth_bytes_per_s"
            )
        return self


class HostLink(Section):
    """The connection to the host, over which weights are loaded or streamed."""

    type: Name = Field(description="Link kind, e.g. PCIe Gen2 x4")
    bandwidth_bytes_per_s: Rate = Field(description="Sustained bandwidth (bytes/s)")
    note: Note = Field(default="", description="Free text")


class Precision(Section):
    """One number format: elements, and for block formats a shared scale per block."""

    format: Name = Field(description="Name of the format, e.g. bf16 or mxfp8_e4m3")
    element_bits: Bits = Field(description="Bits of one element")
    scale_bits: Annotated[int, Field(ge=0, le=64)] = Field(
        default=0, description="Bits of one block's scale; 0 = no scale"
    )
    block: Dimension = Field(default=1, description="Elements that share one scale")

    @property
    def bits_per_element(self) -> float:
        """Bits of one element with its share of the scale (MXFP8 with blocks of 8: 9.0)."""
        return self.element_bits + self.scale_bits / self.block

    @property
    def bytes_per_element(self) -> float:
        """Bytes of one element with its share of the scale (MXFP8 with blocks of 8: 1.125)."""
        return self.bits_per_element / 8


_BF16 = Precision.model_construct(format="bf16", element_bits=16, scale_bits=0, block=1)
_MXFP8 = Precision.model_construct(format="mxfp8_e4m3", element_bits=8, scale_bits=8, block=8)


class Precisions(Section):
    """The formats in each memory."""

    matrix_sram: Precision = Field(default=_BF16, description="Elements in matrix SRAM")
    vector_sram: Precision = Field(default=_BF16, description="Elements in vector SRAM")
    hbm_activation: Precision = Field(default=_MXFP8, description="Activations off chip")
    hbm_weight: Precision = Field(default=_MXFP8, description="Weights off chip")
    hbm_kv: Precision = Field(default=_MXFP8, description="Keys and values off chip")


class Latency(Section):
    """Cycles of each operation; every key is required, since a default would be a guess."""

    dc_lib_en: bool = Field(description="Built with the vendor's arithmetic library")
    systolic_processing_overhead: Count = Field(description="Added to MLEN by M_MM and its kin")
    vector_add_cycles: Count = Field(description="V_ADD, V_SUB (cycles)")
    vector_mul_cycles: Count = Field(description="V_MUL (cycles)")
    vector_exp_cycles: Count = Field(description="V_EXP (cycles)")
    vector_reci_cycles: Count = Field(description="V_RECI (cycles)")
    vector_max_cycles: Count = Field(description="V_RED_MAX, V_MAX, V_MIN (cycles)")
    vector_sum_cycles: Count = Field(description="V_RED_SUM (cycles)")
    vector_shift_cycles: Count = Field(description="Vector shift (cycles)")
    vector_prefix_scan_cycles: Count = Field(description="Vector prefix scan (cycles)")
    scalar_fp_basic_cycles: Count = Field(description="Scalar FP add, sub, mul, max (cycles)")
    scalar_fp_exp_cycles: Count = Field(description="S_EXP_FP (cycles)")
    scalar_fp_sqrt_cycles: Count = Field(description="S_SQRT_FP (cycles)")
    scalar_fp_reci_cycles: Count = Field(description="S_RECI_FP (cycles)")
    scalar_int_basic_cycles: Count = Field(description="Scalar integer operations (cycles)")


Few = Annotated[int, Field(ge=1, le=16)]


class Scoreboard(Section):
    """The machine behind the timing models ``in-order`` and ``rtl-v1``; no other model looks here.

    The defaults are the simplest machine of its kind, not measured on a board.
    """

    vector_units: Few = Field(default=1, description="Vector instructions at one time")
    matrix_units: Few = Field(default=1, description="Matrix instructions at one time")
    scalar_pipelined: bool = Field(
        default=False, description="A scalar instruction can start each cycle"
    )
    vector_pipelined: bool = Field(
        default=False, description="A vector instruction can start each cycle in each unit"
    )
    matrix_pipelined: bool = Field(
        default=False, description="A matrix instruction can start each cycle in each unit"
    )
    write_back_ports: Few = Field(
        default=1, description="Register results that are written per cycle"
    )
    transfer_queue: Annotated[int, Field(ge=1, le=64)] = Field(
        default=8, description="Prefetches under way or waiting; as many stores"
    )
    hold_registers: bool = Field(
        default=False,
        description="Operands are held until their reader has finished, not read at issue",
    )


class Power(Section):
    """Power figures; they are shown, and change no number."""

    tdp_w: Annotated[float, Field(gt=0, le=1e6)] | None = Field(
        default=None, description="Thermal design power (W)"
    )
    note: Note = Field(default="", description="Free text")


class Resources(Section):
    """Logic resources of the part; they are shown, and change no number."""

    lut: Count | None = Field(default=None, description="Look-up tables")
    ff: Count | None = Field(default=None, description="Flip-flops")
    bram36: Count | None = Field(default=None, description="Block RAMs of 36 Kbit")
    uram: Count | None = Field(default=None, description="UltraRAM blocks")
    dsp: Count | None = Field(default=None, description="DSP slices")
    note: Note = Field(default="", description="Free text")


class TileHint(Section):
    """Whether a machine of these dimensions was built for the part."""

    mlen: Dimension = Field(description="Matrix unit length (elements)")
    vlen: Dimension = Field(description="Vector unit length (elements)")
    blen: Dimension = Field(description="Block length (rows)")
    batch: Dimension = Field(default=1, description="Batch size")
    status: Literal["proven", "untested", "exceeds_resources"] = Field(
        description="What is known about it"
    )


class Board(Section):
    """A board file."""

    name: Name = Field(description="Name in reports")
    description: Note = Field(default="", description="One or two sentences")
    vendor: Note = Field(default="", description="Maker of the board")
    family: Note = Field(default="", description="Device family")
    part: Note = Field(default="", description="Device part number")
    clock_mhz: Annotated[float, Field(gt=0, le=1e6)] = Field(
        description="Clock of the accelerator (MHz); must be a whole number of Hz"
    )
    machine: Machine = Field(default_factory=Machine, description="Dimensions")
    memory: Memory = Field(description="Off-chip memory and SRAM sizes")
    host_link: HostLink | None = Field(default=None, description="Connection to the host")
    precision: Precisions = Field(default_factory=Precisions, description="Number formats")
    latency: Latency = Field(description="Cycles per operation")
    scoreboard: Scoreboard = Field(
        default_factory=Scoreboard, description="Engines of the overlapping timing models"
    )
    power: Power | None = Field(default=None, description="Power figures (shown only)")
    resources: Resources | None = Field(default=None, description="Logic resources (shown only)")
    tile_hints: tuple[TileHint, ...] = Field(
        default=(), description="Machine sizes tried on the part"
    )

    @property
    def clock_hz(self) -> int:
        """The clock in Hz, exactly."""
        return int(_hertz(self.clock_mhz))

    @model_validator(mode="after")
    def _whole_clock(self) -> Self:
        if _hertz(self.clock_mhz) % 1:
            raise ValueError(f"clock_mhz {self.clock_mhz} is not a whole number of Hz")
        return self


def _hertz(clock_mhz: float) -> Decimal:
    # Through the shortest decimal text: 0.1 MHz is 100000 Hz, not 100000.00000000000555.
    return Decimal(repr(clock_mhz)) * 1_000_000
