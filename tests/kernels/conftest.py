"""A reader of little listings, so that the tests need no assembler."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isa_analysis.diagnostics import Diagnostic
from isa_analysis.kernels import KernelRules, KernelSpans, assign_kernels, load_rules

Assign = Callable[..., tuple[KernelSpans, list[Diagnostic]]]


def assign_listing(
    listing: str, rules: KernelRules | None = None
) -> tuple[KernelSpans, list[Diagnostic]]:
    """Kernels of a listing: comment lines, and one instruction on every other line.

    ``3 V_ADD_VV`` stands for three instructions.
    """
    texts: dict[str, int] = {}
    pcs, lines, ids, loops, open_loops = [], [], [], [], []
    pc = 0
    for number, raw in enumerate(listing.strip().splitlines(), 1):
        text = raw.strip()
        if text.startswith((";", "//")):
            pcs.append(pc)
            lines.append(number)
            ids.append(texts.setdefault(text, len(texts)))
            continue
        count = int(text.split()[0]) if text[0].isdigit() else 1
        if "C_LOOP_START" in text:
            open_loops.append(pc)
        if "C_LOOP_END" in text:
            loops.append((open_loops.pop(), pc))
        pc += count
    return assign_kernels(pcs, lines, ids, list(texts), pc, loops, rules or load_rules(), path="x")


@pytest.fixture
def assign() -> Assign:
    return assign_listing


@pytest.fixture
def spans() -> Callable[..., list[tuple[int, str, str, str]]]:
    """(start, layer, block, kernel) of each span of a listing."""

    def run(listing: str, rules: KernelRules | None = None) -> list[tuple[int, str, str, str]]:
        found, warnings = assign_listing(listing, rules)
        assert not warnings
        names = [found.names[span.kernel] for span in found]
        return [
            (span.start_pc, name.layer, name.block, name.kernel)
            for span, name in zip(found, names, strict=True)
        ]

    return run
