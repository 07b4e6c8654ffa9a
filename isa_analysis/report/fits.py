"""Section 6: whether the machine fits the part, and the program the memories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isa_analysis.boards import LoadedBoard
from isa_analysis.boards.schema import Board
from isa_analysis.footprint import footprint
from isa_analysis.report import words
from isa_analysis.report.model import ReportTable, Section
from isa_analysis.report.stages import Run, Stage
from isa_analysis.table import Column, Table, Value
from isa_analysis.traffic.summary import TrafficSum

#: Bytes of one 36-Kbit block RAM, and of one UltraRAM.
_BRAM36, _URAM = 36 * 1024 // 8, 288 * 1024 // 8

#: On-chip addresses of longer programs are not followed: it takes longer than all the rest.
_MOST_INSTRUCTIONS = 500_000

_MEMORIES = {
    "msram": "matrix SRAM",
    "vsram": "vector SRAM",
    "fpsram": "FP SRAM",
    "intsram": "INT SRAM",
}

_Row = tuple[Value, ...]
_WORDS = {
    "proven": "built on this part",
    "untested": "untested on this part",
    "exceeds_resources": "exceeds the part's resources",
}


def fits_section(stages: Sequence[Stage], moved_by: Mapping[int, TrafficSum[str]]) -> Section:
    """Machine, on-chip memories and HBM of each board, with a verdict each."""
    rows: list[_Row] = []
    problems: list[str] = []
    for i, run in enumerate(stages[0].runs):
        name, board = run.label, run.board
        found = [_machine(board), *_sram(board)]
        for stage in stages:
            if len(stage.program) <= _MOST_INSTRUCTIONS:
                found += _on_chip(stage, stage.runs[i])
            moved = moved_by.get(id(stage.runs[i].traffic))
            if moved is not None:
                found.append(_hbm(board, stage, moved))
        rows += [(name, *row) for row in found]
        problems += [f"{what} on {name} ({has})" for what, _, has, ok in found if ok == "no"]
    columns = (
        Column("board", "board"),
        Column("what", "what"),
        Column("needs", "needs"),
        Column("has", "has"),
        Column("fits", "fits"),
    )
    sentences = [
        f"Does not fit: {words.listed(problems)}." if problems
        else "Machine and programs fit the boards as far as can be told."
    ]  # fmt: skip
    wide = [f"{what} of {name}" for name, what, _, _, ok in rows if ok == "as declared, no"]
    if wide:
        sentences.append(
            f"The {words.listed(wide)} {'is' if len(wide) == 1 else 'are'} larger than the part's "
            "block RAM: read as an address range, not as a memory that can be built."
        )
    long = [stage.name for stage in stages if len(stage.program) > _MOST_INSTRUCTIONS]
    if long:
        sentences.append(
            f"What {words.listed(long)} keeps on chip was not followed, for its length: "
            "isa-analysis footprint tells."
        )
    if any(row[-1] == "unknown" for row in rows):
        sentences.append("Rows marked unknown cannot be told from the board file or the program.")
    table = Table("Fit", columns, tuple(rows))
    return Section("fits", "Does it fit", tuple(sentences), (ReportTable("fits-table", table),))


def _machine(board: LoadedBoard) -> _Row:
    """MLEN, VLEN and BLEN against the sizes tried on the part."""
    b = board.board
    m = b.machine
    needs = f"MLEN {m.mlen}, VLEN {m.vlen}, BLEN {m.blen}"
    exact = [h for h in b.tile_hints if (h.mlen, h.vlen, h.blen) == (m.mlen, m.vlen, m.blen)]
    if exact:
        best = min(exact, key=lambda h: (list(_WORDS).index(h.status), h.batch))
        batches = ", ".join(f"batch {h.batch} {h.status.replace('_', ' ')}" for h in exact)
        verdict = {"proven": "yes", "untested": "unknown", "exceeds_resources": "no"}[best.status]
        return ("machine", needs, f"{_WORDS[best.status]} ({batches})", verdict)
    if not b.tile_hints:
        return ("machine", needs, "no sizes in the board file", "unknown")
    larger = [
        h for h in b.tile_hints
        if h.status == "proven" and h.mlen >= m.mlen and h.vlen >= m.vlen and h.blen >= m.blen
    ]  # fmt: skip
    if larger:
        h = min(larger, key=lambda h: (h.mlen, h.vlen, h.blen))
        return ("machine", needs, f"larger one built: {h.mlen}/{h.vlen}/{h.blen}", "yes")
    smaller = [
        h for h in b.tile_hints
        if h.status == "exceeds_resources"
        and h.mlen <= m.mlen and h.vlen <= m.vlen and h.blen <= m.blen
    ]  # fmt: skip
    if smaller:
        h = smaller[0]
        return ("machine", needs, f"{h.mlen}/{h.vlen}/{h.blen} already exceeds the part", "no")
    return ("machine", needs, "not among the sizes tried", "unknown")


def _sram(board: LoadedBoard) -> list[_Row]:
    """The on-chip memories of the board file against the block RAM of the part."""
    b = board.board
    matrix = sram_bytes(b, "matrix")
    vector = sram_bytes(b, "vector")
    have = block_ram_bytes(board)
    rows: list[_Row] = []
    for name, need in (("matrix SRAM as declared", matrix), ("vector SRAM as declared", vector)):
        if not have:
            rows.append((name, words.size(need), "block RAM of the part not given", "unknown"))
        else:
            # Depths in board files often state an address range, not a memory that is built.
            has = f"{words.size(have)} block RAM on the part"
            rows.append((name, words.size(need), has, "yes" if need <= have else "as declared, no"))
    return rows


def _on_chip(stage: Stage, run: Run) -> list[_Row]:
    """What the stage touches of each on-chip memory, and all of it against the block RAM."""
    rows: list[_Row] = []
    used = 0
    for o in footprint(run.profile, run.board, ()).whole:
        if o.memory == "hbm" or not o.accesses:
            continue
        name = f"{_MEMORIES[o.memory]} of {stage.name}"
        has = words.size(o.capacity_bytes) if o.capacity_bytes else "size not known"
        used += o.unique_bytes
        if o.high is None:
            rows.append((name, "addresses depend on data", has, "unknown"))
            continue
        need = f"up to {words.size(o.high)} ({words.size(o.unique_bytes)} used)"
        fits = "unknown" if o.fits is None or not o.capacity_bytes else "yes" if o.fits else "no"
        rows.append((name, need, has, "unknown" if fits == "yes" and o.unknown else fits))
    have = block_ram_bytes(run.board)
    if used and have:
        name = f"on-chip use of {stage.name} against the part"
        verdict = "yes" if used <= have else "no"
        rows.append((name, words.size(used), f"{words.size(have)} block RAM", verdict))
    return rows


def block_ram_bytes(board: LoadedBoard) -> int:
    """Bytes of block RAM and UltraRAM on the part; 0 when the board file does not say."""
    resources = board.board.resources
    if resources is None:
        return 0
    return (resources.bram36 or 0) * _BRAM36 + (resources.uram or 0) * _URAM


def sram_bytes(board: Board, which: str) -> int:
    """Bytes of the ``matrix`` or ``vector`` SRAM that a board file declares."""
    m, memory, precision = board.machine, board.memory, board.precision
    if which == "matrix":
        bits = memory.matrix_sram_rows * m.mlen * precision.matrix_sram.bits_per_element
    else:
        bits = memory.vector_sram_depth * m.vlen * precision.vector_sram.bits_per_element
    return int(bits) // 8


def _hbm(board: LoadedBoard, stage: Stage, moved: TrafficSum[str]) -> _Row:
    """The highest byte that the stage touches against the capacity."""
    capacity = board.board.memory.capacity_bytes
    name = f"HBM addresses of {stage.name}"
    if moved.touched.high is None:
        return (name, "addresses depend on data", words.size(capacity), "unknown")
    need = f"up to {words.size(moved.touched.high)} ({words.size(moved.touched.unique_bytes)} used)"
    if moved.touched.high > capacity:
        return (name, need, words.size(capacity), "no")
    partly = moved.touched.unknown or moved.unknown_transfers
    return (name, need, words.size(capacity), "unknown" if partly else "yes")
