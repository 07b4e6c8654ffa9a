"""Service time that needs no addresses: ``--memory service`` on a board without an address map.

The time of a transfer then depends on its number of requests alone, which is taken to be that of a
transfer aligned to 64 bytes. With a map, :mod:`isa_analysis.traffic.service` follows the addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isa_analysis.timing.model import cycles
from isa_analysis.traffic import requests
from isa_analysis.traffic.requests import NAMES, STORE_V, Machine

if TYPE_CHECKING:
    from isa_analysis.boards.schema import Service


def needs_addresses(service: Service) -> bool:
    """Whether the model depends on where transfers go."""
    return service.address_map is not None


def aligned_charges(service: Service, machine: Machine, clock_hz: int) -> dict[str, int]:
    """Cycles of one execution per H_ mnemonic, for a model that needs no addresses."""
    out = {}
    zero = np.zeros(1, np.int64)
    for kind, name in enumerate(NAMES):
        row = np.array([machine.kinds[kind].element_bytes], np.int64)
        read, _ = requests.count(machine, kind, zero, zero, row)
        if kind == STORE_V:
            ns = service.store_block_ns * int(read[0])
        else:
            # One queue without a map: two slots per request.
            ns = service.prefetch_base_ns + service.prefetch_slot_ns * 2 * int(read[0])
        out[name] = cycles(ns, clock_hz)
    return out
