"""Kernels of a snapshot as plain JSON values and back.

A kernel is one object of integers and short texts::

    {"kernel": ["layer 0", "ffn", "up"], "calls": 1,
     "opcodes": {"V_ADD_VV": [static, dynamic, compute cycles, memory cycles]},
     "loops": [[[16, 4], count, {"V_ADD_VV": [static, cycles of one pass]}]]}

``loops`` are the pieces; the first list holds their trip counts. The cache adds line numbers, which
a lock must not have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from isa_analysis.budget.snapshot import (
    KernelSnapshot,
    Piece,
    PieceOpcode,
    Snapshot,
    snapshot_of,
)
from isa_analysis.profiling.model import Cost, total

#: Longest text and list accepted from a file.
_MOST = 10_000_000


class Malformed(Exception):
    """The values do not have the form of a kernel."""


def kernel_to_plain(kernel: KernelSnapshot, lines: bool) -> dict[str, object]:
    """``kernel`` as plain values; ``lines`` adds line numbers."""
    return {
        "kernel": list(kernel.path),
        "calls": kernel.calls,
        "opcodes": {
            mnemonic: [c.static, c.dynamic, c.compute_cycles, c.memory_cycles]
            for mnemonic, c in sorted(kernel.opcodes.items())
        },
        "loops": [_piece_to_plain(piece, lines) for piece in kernel.pieces],
    }


def _piece_to_plain(piece: Piece, lines: bool) -> list[object]:
    opcodes = {
        o.mnemonic: [o.static, o.cycles, *([list(o.lines)] if lines else [])] for o in piece.opcodes
    }
    at = [[list(span) for span in piece.lines]] if lines else []
    return [list(piece.trips), piece.count, opcodes, *at]


def kernel_from_plain(value: object) -> KernelSnapshot:
    """The kernel that :func:`kernel_to_plain` wrote. Raises :class:`Malformed`."""
    entry = mapping(value, {"kernel", "calls", "opcodes", "loops"})
    path = tuple(text(part) for part in sequence(entry["kernel"]))
    opcodes = {
        text(mnemonic): Cost(*_integers(numbers, 4))
        for mnemonic, numbers in sorted(mapping(entry["opcodes"]).items())
    }
    pieces = tuple(_piece_from_plain(piece) for piece in sequence(entry["loops"]))
    return KernelSnapshot(path, count(entry["calls"]), total(opcodes.values()), opcodes, pieces)


def _piece_from_plain(value: object) -> Piece:
    items = sequence(value)
    if len(items) not in (3, 4):
        raise Malformed("a loop has 3 or 4 parts")
    trips = tuple(count(n) for n in sequence(items[0]))
    opcodes = []
    for mnemonic, numbers in sorted(mapping(items[2]).items()):
        parts = sequence(numbers)
        if len(parts) not in (2, 3):
            raise Malformed("an opcode of a loop has 2 or 3 parts")
        lines = tuple(count(n) for n in sequence(parts[2])) if len(parts) == 3 else ()
        opcodes.append(PieceOpcode(text(mnemonic), count(parts[0]), count(parts[1]), lines))
    spans = []
    for span in sequence(items[3]) if len(items) == 4 else ():
        first, last = _integers(span, 2)
        spans.append((first, last))
    return Piece(trips, count(items[1]), tuple(opcodes), tuple(spans))


def snapshot_to_plain(snapshot: Snapshot) -> dict[str, object]:
    """A whole snapshot with line numbers, for the cache."""
    return {
        "clock_hz": snapshot.clock_hz,
        "memory": dict(snapshot.memory),
        "kernels": [kernel_to_plain(k, lines=True) for k in snapshot.kernels],
    }


def snapshot_from_plain(value: object) -> Snapshot:
    """The snapshot that :func:`snapshot_to_plain` wrote. Raises :class:`Malformed`."""
    entry = mapping(value, {"clock_hz", "memory", "kernels"})
    clock = count(entry["clock_hz"])
    if clock == 0:
        raise Malformed("a clock of 0 Hz")
    kernels = [kernel_from_plain(k) for k in sequence(entry["kernels"])]
    return snapshot_of(clock, kernels, integers_by_name(entry["memory"]))


def compact(value: object) -> str:
    """JSON on one line, keys as given."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def load(data: bytes) -> object:
    """The JSON value in ``data``. Raises :class:`Malformed` for anything else."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as problem:
        raise Malformed(f"no valid JSON: {problem}") from None


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON number")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) != len(pairs):
        names = [key for key, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} occurs twice")
    return out


def mapping(value: object, keys: set[str] | None = None) -> Mapping[str, object]:
    """``value`` as an object, with exactly ``keys`` if given. Raises :class:`Malformed`."""
    if not isinstance(value, dict):
        raise Malformed(f"expected an object, found {type(value).__name__}")
    if keys is not None and value.keys() != keys:
        wrong = sorted(value.keys() ^ keys)
        raise Malformed(f"missing or unknown keys: {', '.join(map(repr, wrong))}")
    return value


def sequence(value: object) -> list[object]:
    """``value`` as a list. Raises :class:`Malformed`."""
    if not isinstance(value, list) or len(value) > _MOST:
        raise Malformed(f"expected a list, found {type(value).__name__}")
    return value


def text(value: object) -> str:
    """``value`` as a text. Raises :class:`Malformed`."""
    if not isinstance(value, str):
        raise Malformed(f"expected a text, found {type(value).__name__}")
    return value


def count(value: object) -> int:
    """``value`` as an integer of at least 0. Raises :class:`Malformed`."""
    if type(value) is not int or value < 0:
        raise Malformed(f"expected a whole number, found {value!r:.40}")
    return value


def integers_by_name(value: object) -> dict[str, int]:
    """``value`` as an object of integers, sorted. Raises :class:`Malformed`."""
    return {text(k): count(n) for k, n in sorted(mapping(value).items())}


def _integers(value: object, length: int) -> list[int]:
    items = sequence(value)
    if len(items) != length:
        raise Malformed(f"expected {length} numbers, found {len(items)}")
    return [count(item) for item in items]
