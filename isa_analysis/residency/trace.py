"""The real order in which a program touches the regions of a manifest, loops in closed form.

An access is a pair of a region and a direction. Neighbouring equal accesses are one: only the first
of them can find its region away. The trace does not depend on capacity, bandwidth or model.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from isa_analysis.manifest import Manifest
from isa_analysis.profiling.model import Profile
from isa_analysis.residency.block_map import block_map
from isa_analysis.residency.nodes import Node
from isa_analysis.residency.order import Order, TooIrregularError
from isa_analysis.residency.placement import Placement
from isa_analysis.residency.tree import build_tree

if TYPE_CHECKING:
    from isa_analysis.boards import LoadedBoard


@dataclass(frozen=True, slots=True)
class RegionRequests:
    """64-byte requests to one region (or to none, or to an unknown address)."""

    read: int = 0
    written: int = 0

    def __add__(self, other: RegionRequests) -> RegionRequests:
        return RegionRequests(self.read + other.read, self.written + other.written)


@dataclass(frozen=True, slots=True)
class AccessTrace:
    """The accesses of ``profile`` to the regions of ``manifest``.

    ``nodes`` is the order, ``requests[r]`` how many requests go to region r, ``outside`` to no
    region, ``unknown`` to addresses that depend on data (or were too irregular to follow:
    ``irregular`` counts those static instructions), taken as aligned to 64 bytes;
    ``unknown_most`` is how many they are at most, at any alignment, and ``unknown_lines`` are
    their lines.
    """

    profile: Profile
    manifest: Manifest
    nodes: tuple[Node, ...]
    requests: tuple[RegionRequests, ...]
    outside: RegionRequests
    unknown: RegionRequests
    unknown_most: RegionRequests
    unknown_lines: tuple[int, ...]
    irregular: int
    local_bytes_per_s: Fraction


def trace(profile: Profile, manifest: Manifest, board: LoadedBoard | None = None) -> AccessTrace:
    """The access trace of a profile made with ``ModelOptions(traffic=True)``.

    ``board`` gives the peak bandwidth of its local memory, for utilisation (0 without it).
    """
    if profile.traffic is None or profile.program is None:
        raise ValueError("the profile was made without ModelOptions(traffic=True)")
    program, traffic = profile.program, profile.traffic
    blocks, tree = block_map(manifest), build_tree(traffic.loop, program.loops)
    given_up: frozenset[int] = frozenset()
    while True:
        placement = Placement(traffic, program.loops, blocks, len(manifest.regions), given_up)
        placement.place_all()
        try:
            nodes = Order(traffic, program.loops, blocks, tree, placement).all()
            break
        except TooIrregularError as problem:
            given_up |= problem.transfers
    known = [RegionRequests(r, w) for r, w in placement.counts[:-1]]
    outside = RegionRequests(*placement.counts[-1])
    total = traffic.requests
    unknown = RegionRequests(
        sum(total.read) - outside.read - sum(k.read for k in known),
        sum(total.written) - outside.written - sum(k.written for k in known),
    )
    lines = sorted({int(program.line[traffic.transfers.pc[i]]) for i in placement.unknown})
    peak = board.board.memory.bandwidth_bytes_per_s if board else 0
    return AccessTrace(
        profile=profile,
        manifest=manifest,
        nodes=nodes,
        requests=tuple(known),
        outside=outside,
        unknown=unknown,
        unknown_most=RegionRequests(*placement.most_unknown()),
        unknown_lines=tuple(lines),
        irregular=len(given_up),
        local_bytes_per_s=Fraction(repr(peak)),
    )
