"""The ranges of the published overlap accounting: what prefetches fill, and what M_ and V_
instructions count as reading."""

from __future__ import annotations

import numpy as np

from isa_analysis.dataflow.accesses import MSRAM, VSRAM, Accesses, Site
from isa_analysis.dataflow.machine import Sizes
from isa_analysis.schedule.ranges import LARGE, Part, from_accesses

_ROWS = ("M_BMM", "M_BTMM")
_COLUMNS = ("M_MM", "M_TMM", "M_TMM_A")


def published_ranges(accesses: Accesses, sizes: Sizes) -> Part:
    """Destinations of prefetches as writes; read ranges of M_ and V_ instructions as reads.

    M_MM and M_TMM read a tile of MLEN x MLEN and MLEN x BLEN of vector SRAM, M_BMM and M_BTMM a
    tile and MLEN x MLEN, the other products a tile and VLEN; write-outs VLEN at their destination;
    V_ instructions a row per source. Each begins at the address that the instruction gives.
    """
    of_site = [min(_length(site, sizes), LARGE) for site in accesses.sites]
    length = np.array(of_site or [0], np.int32)[accesses.site]
    prefetch = np.array([s.mnemonic.startswith("H_") for s in accesses.sites] or [False])
    return from_accesses(accesses, length > 0, prefetch, length)


def _length(site: Site, sizes: Sizes) -> int:
    """Elements that the access counts for; 0: not at all."""
    name, mlen = site.mnemonic, sizes.mlen
    if site.memory == MSRAM:
        return mlen * (sizes.prefetch_m_rows if name == "H_PREFETCH_M" else mlen)
    if site.memory != VSRAM:
        return 0
    if name == "H_PREFETCH_V":
        return sizes.vlen * sizes.prefetch_v_rows
    if name in _COLUMNS and not site.write:
        return mlen * sizes.blen
    if name in _ROWS:
        return mlen * mlen
    if name.startswith("M_"):
        return sizes.vlen
    return sizes.vlen if name.startswith("V_") and not site.write else 0
