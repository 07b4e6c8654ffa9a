"""Names on real programs, where they are at hand: nearly all work must be named."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest

from isa_analysis.kernels import UNMARKED, assign_kernels, load_rules

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "asm"

# Families whose comments delimit kernels, by the beginning of the file name.
_FAMILIES = ("at_", "clm60m_", "dcd_", "gptoss_", "moe_", "smollm2_", "smolvlm2_", "tilelang_")
_LARGEST = 3_000_000


def _texts():
    if not SAMPLES.is_dir():
        return []
    paths = (path for path in sorted(SAMPLES.iterdir()) if path.name.startswith(_FAMILIES))
    return [path for path in paths if path.stat().st_size < 250_000]


def _weigh(text):
    """Comments, loops and a rough cost of each instruction, by a reader of its own."""
    comments, loops, begun, cost = [], [], [], []
    times = 1
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith((";", "//")):
            comments.append((len(cost), number, line))
        elif line[:2] in ("S_", "C_", "H_", "V_", "M_"):
            if line.startswith("C_LOOP_END"):
                start, trips = begun.pop()
                times //= trips
                loops.append((start, len(cost)))
            heavy = 64 if line.startswith("M_") else 120 if line.startswith("H_") else 1
            cost.append(heavy * times)
            if line.startswith("C_LOOP_START"):
                trips = int(line.split(";")[0].rsplit(",", 1)[1])
                begun.append((len(cost) - 1, trips))
                times *= trips
    return comments, loops, np.array(cost, dtype=float)


@pytest.mark.skipif(not _texts(), reason="the sample programs are not beside this checkout")
def test_nearly_all_work_has_a_name():
    for path in _texts():
        raw = path.read_bytes()
        text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8")
        if len(text) > _LARGEST:
            continue
        comments, loops, cost = _weigh(text)
        ids = {
            comment: number for number, comment in enumerate(dict.fromkeys(c[2] for c in comments))
        }
        found, warnings = assign_kernels(
            [c[0] for c in comments],
            [c[1] for c in comments],
            [ids[c[2]] for c in comments],
            list(ids),
            len(cost),
            loops,
            load_rules(),
        )
        assert not warnings
        named = [name.block not in (UNMARKED, "setup", "elementwise") for name in found.names]
        share = cost[np.array(named)[found.kernel_of_instruction()]].sum() / cost.sum()
        assert share >= 0.95, path.name
