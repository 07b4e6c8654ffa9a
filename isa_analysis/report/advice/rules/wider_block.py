"""A larger BLEN that was already built on the part.

M_MM costs the same for every BLEN and forms BLEN x BLEN results, so going from b to B needs
``(b / B)^2`` as many of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from isa_analysis.report.advice.model import Context, Finding, Rule, per_kernel


def find(context: Context) -> Iterable[Finding]:
    """One finding per kernel with M_MM or M_TMM, when the board lists a proven larger BLEN."""
    b = context.board.board
    m = b.machine
    larger = [
        h.blen for h in b.tile_hints
        if h.status == "proven" and (h.mlen, h.vlen) == (m.mlen, m.vlen) and h.blen > m.blen
    ]  # fmt: skip
    if not larger:
        return []
    blen = max(larger)
    pc = context.sites.of("M_MM", "M_TMM", "M_TMM_A")
    cycles = context.cycles(pc)
    saved = cycles - (cycles * m.blen**2) // blen**2
    return per_kernel(
        context, pc, saved,
        lambda _, times: f"{times:,} block products of BLEN {m.blen}; BLEN {blen} is proven on "
        "this board",
    )  # fmt: skip


RULE = Rule(
    "wider-block",
    "use the larger BLEN that the board is known to carry",
    "Compile for the larger BLEN: one M_MM then covers more results in the same cycles.",
    "rows and columns of every product divide by the larger BLEN",
    find,
)
