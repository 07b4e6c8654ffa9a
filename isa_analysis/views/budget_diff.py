"""A diff of costs, and the list of what an update accepts: text, markdown, JSON.

decoder.asm: 590,336 -> 590,400 cycles (+64, +0.01 %, ratio 1.000)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from isa_analysis._version import __version__
from isa_analysis.budget.lines import Hunk
from isa_analysis.budget.update import ProgramChange, Update
from isa_analysis.diagnostics import printable
from isa_analysis.table import render_text
from isa_analysis.views import budget_json, budget_markdown
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views import budget_tables as tables

#: Kernels explained down to their loops, and lines shown per difference.
_EXPLAINED = 5
_LINES = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """A diff ready to be shown; ``notes`` say what makes the two sides unlike."""

    old: str
    new: str
    changes: tuple[ProgramChange, ...]
    hunks: tuple[Hunk, ...] = ()
    notes: tuple[str, ...] = ()


def render_diff_text(comparison: Comparison, top: int = tables.TOP) -> str:
    """The diff for the terminal."""
    parts = _heads(comparison)
    for change in _differing(comparison.changes):
        if len(comparison.changes) > 1:
            parts.append(f"== {_name(change)}")
        parts += [render_text(t) for t in tables.delta_tables([("", change.delta)], top)]
        if change.delta.opcodes:
            parts.append(render_text(tables.opcode_table(change.delta, top)))
        causes = _causes(change)
        if causes:
            parts.append("\n".join(["Where", *(f"  {line}" for line in causes)]))
    if comparison.hunks:
        parts.append("\n".join(["First differing lines", *_hunk_lines(comparison.hunks)]))
    return "\n\n".join(parts) + "\n"


def render_diff_markdown(comparison: Comparison, top: int = tables.TOP) -> str:
    """The diff as markdown."""
    parts = [budget_markdown.escape(head) for head in _heads(comparison)]
    for change in _differing(comparison.changes):
        if len(comparison.changes) > 1:
            parts.append(f"#### {budget_markdown.escape(_name(change))}")
        render = budget_markdown.render_table
        parts += [render(t) for t in tables.delta_tables([("", change.delta)], top)]
        if change.delta.opcodes:
            parts.append(render(tables.opcode_table(change.delta, top)))
        parts += _fenced("text", _causes(change))
    parts += _fenced("diff", _hunk_lines(comparison.hunks))
    return budget_markdown.capped("\n\n".join(parts) + "\n")


def render_diff_json(comparison: Comparison) -> str:
    """The diff as JSON."""
    document = {
        "format": "isa-analysis-diff",
        "format_version": 1,
        "tool_version": __version__,
        "old": comparison.old,
        "new": comparison.new,
        "notes": list(comparison.notes),
        "programs": [
            {
                "entry": c.entry,
                "path": c.path,
                "status": c.status,
                **budget_json.delta(c.delta),
            }
            for c in comparison.changes
        ],
        "first_differing_lines": [
            {
                "old_line": h.old_line,
                "new_line": h.new_line,
                "old": list(h.old),
                "new": list(h.new),
            }
            for h in comparison.hunks
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def render_update(update: Update, path: str, dry_run: bool, unchanged: bool) -> str:
    """What an update accepted, or with ``dry_run`` would accept."""
    parts = []
    for name, reasons in update.conditions.items():
        parts.append("\n".join([f"[{name}] costed for other conditions:", *_bullets(reasons)]))
    changed = [c for c in update.changes if c.status != "same"]
    several = len({c.entry for c in update.changes}) > 1
    heads = []
    for change in changed:
        name = sentences.where(change.entry, change.path, several)
        heads.append(f"{name}: {_figures(change)}")
    if heads:
        parts.append("\n".join(heads))
    deltas = [
        (sentences.where(c.entry, c.path, several), c.delta)
        for c in changed
        if c.status == "changed"
    ]
    parts += [render_text(t) for t in tables.delta_tables(deltas)]
    same = len(update.changes) - len(changed)
    verb = "would accept" if dry_run else "accepted"
    if unchanged:
        closing = f"{path} is up to date: {same} programs unchanged"
    else:
        closing = f"{verb} {len(changed)} changed, {same} unchanged programs: {path}"
        closing += "" if not dry_run else " (not written)"
    return "\n\n".join([*parts, printable(closing)]) + "\n"


def _bullets(texts: Sequence[str]) -> list[str]:
    return [f"  {printable(text)}" for text in texts]


def _heads(comparison: Comparison) -> list[str]:
    heads = [f"{printable(comparison.old)} -> {printable(comparison.new)}"]
    heads += [f"note: {printable(note)}" for note in comparison.notes]
    for change in comparison.changes:
        name = f"{_name(change)}: " if len(comparison.changes) > 1 else "total "
        if len(comparison.changes) == 1 or change.status != "same":
            heads.append(f"{name}{_figures(change)}")
    if not _differing(comparison.changes):
        heads.append("no difference in cost")
    return ["\n".join(heads)]


def _differing(changes: Sequence[ProgramChange]) -> list[ProgramChange]:
    return [c for c in changes if c.status == "changed"]


def _name(change: ProgramChange) -> str:
    return printable(f"{change.path} [{change.entry}]" if change.path else "program")


def _figures(change: ProgramChange) -> str:
    old, new = change.delta.old, change.delta.new
    if change.status == "added":
        return f"new, {new.total_cycles:,} cycles, {new.dynamic:,} instructions"
    if change.status == "removed":
        return f"removed, was {old.total_cycles:,} cycles"
    if change.status == "same":
        return f"{new.total_cycles:,} cycles, unchanged"
    before, after = old.total_cycles, new.total_cycles
    times = tables.ratio(before, after)
    rate = f", ratio {times:.4f}" if times is not None else ""
    text = (
        f"{before:,} -> {after:,} cycles ({sentences.signed(after - before)}, "
        f"{sentences.percent(before, after)}{rate}), "
        f"{old.dynamic:,} -> {new.dynamic:,} instructions "
        f"({sentences.signed(new.dynamic - old.dynamic)})"
    )
    memory = {**change.delta.old_memory, **change.delta.new_memory}
    for name in sorted(memory):
        a, b = change.delta.old_memory.get(name), change.delta.new_memory.get(name)
        if a is not None and b is not None and a != b:
            text += f", {name} {a:,} -> {b:,} ({sentences.signed(b - a)})"
    return text


def _causes(change: ProgramChange) -> list[str]:
    """The kernels that changed most, down to their loops."""
    kernels = sorted(
        (k for k in change.delta.kernels if k.loops),
        key=lambda k: (-abs(k.cycles), -abs(k.dynamic), k.label),
    )
    return [line for k in kernels[:_EXPLAINED] for line in sentences.kernel_lines(k)]


def _hunk_lines(hunks: Sequence[Hunk]) -> list[str]:
    out = []
    for h in hunks:
        out.append(f"@@ -{h.old_line} +{h.new_line} @@")
        for sign, lines in (("-", h.old), ("+", h.new)):
            out += [f"{sign}{printable(line)}" for line in lines[:_LINES]]
            if len(lines) > _LINES:
                out.append(f"{sign}... {len(lines) - _LINES} more lines")
    return out


def _fenced(language: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    safe = [line.replace("```", "'''") for line in lines]
    return ["\n".join([f"```{language}", *safe, "```"])]
