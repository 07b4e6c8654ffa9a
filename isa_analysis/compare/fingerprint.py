"""Normalised instructions: whether two stretches of code are the same, or the same reordered.

Normalised means: canonical mnemonics, values instead of spellings, optional operands that are
written as their default left out. Comments, blanks, line ends and alias spellings do not count.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isa_analysis.assembly.program import Program
from isa_analysis.assembly.shapes import INSTRUCTION, KINDS, UNKNOWN, Rows
from isa_analysis.isa import canonical, forms_of, is_known
from isa_analysis.isa.model import MAX_OPERANDS
from isa_analysis.kernels.regions import Regions

_Words = NDArray[np.uint64]
_GP, _INT = KINDS.index("gp"), KINDS.index("int")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``ordered`` is equal for equal instructions in equal order, each executed equally often;
    ``unordered`` whatever their order. ``count`` is the number of static instructions."""

    ordered: str
    unordered: str
    count: int


def fingerprints(
    program: Program, regions: Regions, group_of_kernel: NDArray[np.integer[Any]], groups: int
) -> tuple[Fingerprint, list[Fingerprint]]:
    """The fingerprint of ``program``, and of each group of kernels (``group_of_kernel[k]`` is the
    group of kernel k, below ``groups``)."""
    if not len(program):
        nothing = _of(np.zeros(0, np.uint64))
        return nothing, [nothing] * groups
    times = np.array(
        [_word(str(n)) for n in regions.multiplicities], np.uint64
    )[regions.times]  # fmt: skip
    keys = _mixed(row_words(program.rows)[program.row] ^ np.repeat(times, regions.size))
    group = np.repeat(np.asarray(group_of_kernel, np.int64)[regions.kernel], regions.size)
    executed = np.isin(program.rows.status, (INSTRUCTION, UNKNOWN))[program.row]
    keys, group = keys[executed], group[executed]
    order = np.argsort(group, kind="stable")
    cuts = np.searchsorted(group[order], np.arange(groups + 1))
    parts = [_of(keys[order[a:b]]) for a, b in itertools.pairwise(cuts.tolist())]
    return _of(keys), parts


def row_words(rows: Rows) -> _Words:
    """64 bits for each distinct line; equal exactly for equal normalised instructions."""
    kinds, values = rows.kinds.copy(), rows.values
    for op, spelling in enumerate(rows.spellings):
        if is_known(spelling):
            _normalise(rows, op, spelling, kinds)
    names = np.array([_word(canonical(s)) for s in rows.spellings] or [0], np.uint64)
    words = names[rows.op]
    for slot in range(MAX_OPERANDS):
        operand = kinds[:, slot].astype(np.uint64) << np.uint64(32)
        operand |= values[:, slot].view(np.uint32).astype(np.uint64)
        words = _mixed(words + np.where(kinds[:, slot] > 0, operand, np.uint64(0)))
    return words


def _normalise(rows: Rows, op: int, spelling: str, kinds: NDArray[np.uint8]) -> None:
    """Literal zeros for registers become gp0; optional operands that are 0 are left out."""
    mine = (rows.op == op) & (rows.status == INSTRUCTION)
    for number, form in enumerate(forms_of(spelling)):
        here = mine & (rows.form == number)
        if not here.any():
            continue
        required = len(form.operands) - form.optional
        for slot, operand in enumerate(form.operands):
            zero = here & (kinds[:, slot] == _INT) & (rows.values[:, slot] == 0)
            if operand.kind == "gp|zero":
                kinds[zero, slot] = _GP
            elif slot >= required:
                kinds[zero, slot] = 0


def _word(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _mixed(words: _Words) -> _Words:
    """Each word spread over all its bits (the finaliser of SplitMix64)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)
    return words


def _of(keys: _Words) -> Fingerprint:
    ordered = hashlib.sha256(np.ascontiguousarray(keys, "<u8").tobytes()).hexdigest()
    unordered = hashlib.sha256(np.sort(keys).astype("<u8").tobytes()).hexdigest()
    return Fingerprint(ordered, unordered, len(keys))
