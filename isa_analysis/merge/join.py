"""Rows of several jobs -> :class:`Merged`: what belongs together, and what may not be compared.

The result depends on the set of files alone, not on the order in which they are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from isa_analysis.diagnostics import InputError, Problems
from isa_analysis.measured import names
from isa_analysis.measured.averages import geometric_mean
from isa_analysis.measured.estimates import Estimate
from isa_analysis.measured.flags import Flag, flag
from isa_analysis.measured.judge import judge
from isa_analysis.measured.model import Measurement
from isa_analysis.merge.documents import read_document
from isa_analysis.merge.model import Configuration, Entry, Merged


def merge(paths: Sequence[str], *, per_board: bool = False, expected: Iterable[str] = ()) -> Merged:
    """The rows of the JSON files ``paths``.

    All estimates of a table must be made under one configuration, that of most rows (``per_board``:
    one for each board); others are flagged. ``expected`` names programs that must be there. Raises
    :class:`InputError` with the problems of all files.
    """
    entries: list[Entry] = []
    tools: Counter[str] = Counter()
    problems = Problems()
    for path in sorted(paths):
        with problems.caught():
            found, tool = read_document(path)
            entries += found
            tools[tool] += 1
    if problems.found:
        raise InputError(dict.fromkeys(problems.found), problems.omitted)
    for name in sorted(set(expected)):
        if not any(names.same(e.program, name) for e in entries):
            what = f"no job has a result of {name}"
            entries.append(Entry(name, "", "", "", flags=(flag("MISSING", what=what),)))
    entries = _with_estimates(entries)
    entries = _flagged(entries, "DUPLICATE", _duplicates(entries))
    entries = _flagged(entries, "INPUT-CHANGED", _changed_inputs(entries))
    entries = _flagged(entries, "CONFIG-DIFFERS", _other_configurations(entries, per_board))
    entries.sort(
        key=lambda e: (
            e.program, e.part, e.configuration.board, e.kind, e.source, e.estimated or 0,
            e.measured or 0, e.sha256,
        )
    )  # fmt: skip
    notes = []
    versions = sorted(v for v in tools if v)
    if len(versions) > 1:
        notes.append(f"made by versions {', '.join(versions)} of isa-analysis")
    return Merged(
        tuple(entries),
        geometric_mean(
            None if e.error_percent is None else 1 + e.error_percent / 100
            for e in entries
            if e.measured is not None or e.kind == "measured"
        ),
        geometric_mean(e.ratio if e.usable else None for e in entries if e.kind == "compare"
                       and (e.ratio is not None or e.flags)),
        tuple(notes),
    )  # fmt: skip


def _with_estimates(entries: Sequence[Entry]) -> list[Entry]:
    """Measurements without an estimate get that of the one profile of the same name, and are judged
    by it; the profile keeps its row."""
    profiles = [e for e in entries if e.kind == "profile" and e.estimated is not None]
    titles = [e.program for e in profiles]
    out = []
    for e in entries:
        index = None
        if e.kind == "measured" and e.estimated is None and not e.part:
            index = names.best(e.program, titles)
        if index is None:
            out.append(e)
            continue
        p = profiles[index]
        flags = _judged(e, p)
        out.append(
            replace(
                e, configuration=p.configuration, sha256=p.sha256, estimated=p.estimated,
                bound=p.bound, engine=p.engine, flags=tuple(dict.fromkeys((*p.flags, *flags))),
            )
        )  # fmt: skip
    return out


def _judged(e: Entry, p: Entry) -> tuple[Flag, ...]:
    if not isinstance(e.measured, int) or p.estimated is None:
        return e.flags
    m = Measurement(e.program, e.part, e.source, 0, "merged", e.measured, flags=e.flags)
    return judge(m, Estimate(p.program, p.source, p.estimated, p.bound, p.engine))


def _flagged(entries: Sequence[Entry], code: str, reasons: dict[int, Flag]) -> list[Entry]:
    return [
        replace(e, flags=(*e.flags, reasons[i]))
        if i in reasons and code not in {f.code for f in e.flags}
        else e
        for i, e in enumerate(entries)
    ]


def _groups(entries: Sequence[Entry], key: Callable[[Entry], object]) -> dict[object, list[int]]:
    out: dict[object, list[int]] = {}
    for i, e in enumerate(entries):
        out.setdefault(key(e), []).append(i)
    return out


def _duplicates(entries: Sequence[Entry]) -> dict[int, Flag]:
    """Rows of one program, part, board and kind of result: all of them, none is used."""
    out = {}
    groups = _groups(entries, lambda e: (e.program, e.part, e.configuration.board, e.kind))
    for members in groups.values():
        if len(members) > 1 and entries[members[0]].kind:
            e = entries[members[0]]
            what = f"{e.program} ({e.part})" if e.part else e.program
            places = ", ".join(sorted(entries[i].source for i in members))
            for i in members:
                out[i] = flag("DUPLICATE", what=what, count=len(members), places=places)
    return out


def _changed_inputs(entries: Sequence[Entry]) -> dict[int, Flag]:
    """Rows of one program name with unlike texts of the program: all of them."""
    out = {}
    for name, members in _groups(entries, lambda e: e.program).items():
        hashes = sorted({entries[i].sha256 for i in members if entries[i].sha256})
        if len(hashes) < 2:
            continue
        for i in members:
            mine = entries[i].sha256
            if mine:
                others = next(h for h in hashes if h != mine)
                source = min(e.source for e in entries if e.sha256 == others and e.program == name)
                out[i] = flag(
                    "INPUT-CHANGED", what=f"the input of {name}",
                    other=f"sha256 {others[:12]} in {source}",
                    value=f"sha256 {mine[:12]} in {entries[i].source}",
                )  # fmt: skip
    return out


def _other_configurations(entries: Sequence[Entry], per_board: bool) -> dict[int, Flag]:
    """Rows whose configuration is not that of most rows (of their board, when ``per_board``).

    The variants of a comparison are meant to differ and are left out.
    """
    out = {}
    votes: dict[str, Counter[Configuration]] = {}
    asked = [
        i for i, e in enumerate(entries)
        if e.kind in ("profile", "measured", "untiled") and e.configuration.board
    ]  # fmt: skip
    for i in asked:
        c = entries[i].configuration
        votes.setdefault(c.board if per_board else "", Counter())[c] += 1
    for i in asked:
        c = entries[i].configuration
        of_board = votes[c.board if per_board else ""]
        usual = min(of_board, key=lambda c: (-of_board[c], c.items()))
        known = dict(usual.items())
        for what, value in c.items():
            if what in known and known[what] != value:
                out[i] = flag("CONFIG-DIFFERS", what=f"{what} of {entries[i].program}", value=value,
                              other=known[what])  # fmt: skip
                break
    return out
