"""Which capacity and which host bandwidth count, when several places name one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from isa_analysis.diagnostics import error
from isa_analysis.manifest import Manifest, parse_bandwidth, parse_size

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard

CapacitySource = Literal["flag", "manifest", "board"]
BandwidthSource = Literal["flag", "board"]


def choose_capacity(
    manifest: Manifest, board: LoadedBoard, flag: str | int | None = None
) -> tuple[int, CapacitySource]:
    """Capacity in bytes and where it comes from: the flag, else the manifest, else the board.

    Raises :class:`InputError` (E700) for a flag that is no size.
    """
    if flag is not None:
        return parse_size(str(flag), "--capacity"), "flag"
    if manifest.capacity_bytes is not None:
        return manifest.capacity_bytes, "manifest"
    return board.board.memory.capacity_bytes, "board"


def choose_bandwidth(
    board: LoadedBoard, flag: str | None = None
) -> tuple[Fraction, BandwidthSource]:
    """Bandwidth of the host link in bytes/s, exactly, and where it comes from.

    Raises :class:`InputError`: E701 for a flag that is no bandwidth, E702 when there is no flag and
    the board has no ``host_link``.
    """
    if flag is not None:
        return parse_bandwidth(flag, "--host-bandwidth"), "flag"
    link = board.board.host_link
    if link is None:
        raise error(
            "E702",
            f"board {board.board.name} has no host_link section",
            path=board.path,
            hint="give --host-bandwidth, for example 1.5GB/s",
        )
    return exactly(link.bandwidth_bytes_per_s), "board"


def exactly(number: float) -> Fraction:
    """The decimal number that ``number`` was written as: 1.5e9 is 1,500,000,000."""
    return Fraction(repr(number))
