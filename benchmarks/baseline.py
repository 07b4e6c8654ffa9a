"""The profiler one writes first: read a line, look it up, add it up.

It is the yardstick of ``profile_speed.py``: no validation, no memory model, no kernels, one
dictionary operation per line.

    python benchmarks/baseline.py FILE
"""

from __future__ import annotations

import sys

PREFIXES = ("S_", "C_", "H_", "V_", "M_")

MLEN = 64

#: Cycles per opcode at MLEN = VLEN = 64; everything else costs 1.
COST = {
    **dict.fromkeys(("M_MM", "M_TMM", "M_BMM", "M_BTMM", "M_MV", "M_TMV"), MLEN),
    "V_RECI_V": 2,
    "V_RED_MAX": 4,
    "V_MAX_VF": 4,
    "V_MIN_VF": 4,
    "V_RED_SUM": 8,
    "V_TOPK": 128,
    "S_MAP_V_FP": 2 * MLEN,
    "H_PREFETCH_M": 122,
    "H_PREFETCH_V": 23,
    "H_STORE_V": 116,
}


def profile(path: str) -> tuple[int, dict[str, int], int]:
    """Static instructions, dynamic count per opcode, and total cycles of a file."""
    lines = 0
    cycles = 0
    counts: dict[str, int] = {}
    trips: list[int] = []
    multiplier = 1
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (the plain loop people write)
        for line in file:
            tokens = line.split()
            if not tokens:
                continue
            opcode = tokens[0]
            if not opcode.startswith(PREFIXES):
                continue
            lines += 1
            counts[opcode] = counts.get(opcode, 0) + multiplier
            cycles += COST.get(opcode, 1) * multiplier
            if opcode == "C_LOOP_START":
                trip = int(line.split(";")[0].rsplit(",", 1)[1])
                trips.append(trip)
                multiplier *= trip
            elif opcode == "C_LOOP_END":
                multiplier //= trips.pop()
    return lines, counts, cycles


def main() -> None:
    """Print what a first profiler prints."""
    if len(sys.argv) != 2:
        sys.exit("usage: baseline.py FILE")
    lines, counts, cycles = profile(sys.argv[1])
    for opcode, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{opcode:<16}{count:>16}{count * COST.get(opcode, 1):>18}")
    print(f"static instructions  {lines}")
    print(f"dynamic instructions {sum(counts.values())}")
    print(f"total cycles         {cycles}")


if __name__ == "__main__":
    main()
