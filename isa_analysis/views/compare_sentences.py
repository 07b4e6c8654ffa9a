"""The sentences of a comparison, the same in every format; each is made from its numbers."""

from __future__ import annotations

from fractions import Fraction

from isa_analysis.compare.changes import Change, Changes
from isa_analysis.compare.model import Comparison
from isa_analysis.compare.preserve import Preserved
from isa_analysis.compare.tradeoff import WORD_BYTES, TradeOff
from isa_analysis.diagnostics import printable
from isa_analysis.measured.averages import Mean
from isa_analysis.report import words
from isa_analysis.views.budget_sentences import signed

#: Opcodes and kernels named in a sentence.
_NAMED = 4


def verdicts(c: Comparison) -> list[str]:
    """One sentence per variant against the first, and one on the means."""
    first = c.variants[0]
    out = []
    for i, variant in enumerate(c.variants[1:], 1):
        cell = c.whole.cells[i]
        codes = [f.code for f in cell.flags]
        before, after = first.whole.cycles, variant.whole.cycles
        if "IDENTICAL" in codes:
            out.append(
                f"{name(variant.label)} is the same program as {name(first.label)} on the same "
                f"board, {after:,} cycles: there is nothing to compare (ratio n/a)."
            )
            continue
        text = (
            f"{name(variant.label)} takes {after:,} cycles, {name(first.label)} {before:,}: "
            f"{growth(before, after)}"
        )
        if cell.ratio is not None:
            text += f", ratio {cell.ratio:.4f}"
        if variant.board.clock_hz != first.board.clock_hz and before:
            times = variant.milliseconds(after) / first.milliseconds(before)
            text += f"; in time {times:.4f}, their clocks differ"
        if "REORDERED" in codes:
            text += "; the instructions are the same in another order"
        out.append(f"{text}.")
        out.append(_mean(c.means[i].ratio, f"kernels of {name(variant.label)}"))
    for i, variant in enumerate(c.variants):
        cell = c.whole.cells[i]
        if cell.measured is not None and cell.error_percent is not None:
            out.append(
                f"{name(variant.label)} was measured at {number(cell.measured)} cycles: the "
                f"estimate is off by {cell.error_percent:+.2f} %."
            )
    return out


def _mean(mean: Mean, what: str) -> str:
    if mean.value is None:
        return f"None of the {mean.of} {what} can be averaged: see the flags."
    return f"Geometric mean of the ratios: {mean.value:.4f} over {mean.n_of_m} {what}."


def growth(before: int, after: int) -> str:
    """``34,938 fewer (2.8 %)``."""
    if before == after:
        return "no difference"
    word = "fewer" if after < before else "more"
    return f"{abs(after - before):,} {word} ({words.percent(abs(after - before), before)})"


def change_sentences(c: Comparison, changes: Changes) -> list[str]:
    """Where a difference comes from: categories, opcodes, kernels."""
    if not changes.delta and all(k.status == "same" for k in changes.kernels):
        return ["Every kernel is the same, instruction for instruction, and costs the same."]
    first, other = c.variants[0], c.variants[changes.to]
    out = []
    moved = sorted((g for g in changes.categories if g.delta), key=lambda g: -abs(g.delta))
    if moved:
        parts = [f"{signed(g.delta)} in {g.name}{_share(changes, g)}" for g in moved]
        text = f"Of the {signed(changes.delta)} cycles, {words.listed(parts)}"
        still = [g.name for g in changes.categories if not g.delta and g.after.dynamic]
        if still:
            text += f"; {words.listed(still)} {'costs' if len(still) == 1 else 'cost'} the same"
        out.append(f"{text}.")
        parts = [f"{o.name} {signed(o.delta)}" for o in changes.opcodes if o.delta]
        more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
        out.append(f"By opcode: {', '.join(parts[:_NAMED])}{more}.")
    if not (first.per_kernel and other.per_kernel):
        out.append("A stored profile does not tell what changed inside kernels.")
    out.append(_kernels(changes))
    counts = f"{len(changes.kernels)} kernels, {len(changes.opcodes)} opcodes and 5 categories"
    out.append(f"The deltas of the {counts} each sum to {signed(changes.delta)}.")
    return out


def _share(changes: Changes, change: Change) -> str:
    share = changes.share(change)
    return "" if share is None else f" ({share:.1f} %)"


def _kernels(changes: Changes) -> str:
    counts = {
        status: sum(k.status == status for k in changes.kernels)
        for status in ("changed", "added", "removed", "renamed", "same")
    }
    text = (
        f"Kernels: {counts['changed']} changed, {counts['added']} added, {counts['removed']} "
        f"removed, {counts['renamed']} renamed, {counts['same']} the same"
    )
    moved = [k for k in changes.kernels if k.delta]
    if moved:
        named = [f"{name(k.name)} {signed(k.delta)}{_share(changes, k)}" for k in moved[:_NAMED]]
        text += f"; the largest: {', '.join(named)}"
    return f"{text}."


def trade_off_sentences(c: Comparison, t: TradeOff) -> list[str]:
    """Whether the larger code is worth it, and from when."""
    large, small = name(c.variants[t.large].label), name(c.variants[t.small].label)
    p = t.whole
    size = (
        f"{large} has {p.large_static:,} instructions and {small} {p.small_static:,}: "
        f"{p.words:,} more ({words.size(WORD_BYTES * p.words)} of instruction words"
    )
    size += f", {p.large_static / p.small_static:.2f} times as many)" if p.small_static else ")"
    if p.saved <= 0:
        cost = "costs the same" if not p.saved else f"costs {-p.saved:,} cycles more per run"
        return [f"{size}. The larger code {cost}: it never pays."]
    each = p.saved_per_word
    assert each is not None
    out = [
        f"{size}. It saves {p.saved:,} cycles per run ({words.percent(p.saved, p.small_cycles)}), "
        f"{float(each):.3g} per further instruction."
    ]
    runs = p.runs(Fraction(1))
    text = (
        f"Break-even: for a single run, bringing a further instruction to the machine may cost up "
        f"to {float(each):.3g} cycles; at 1 cycle each the larger code has paid after "
        f"{words.count(runs or 0, 'run')}"
    )
    if t.cycles_per_word is not None:
        word = float(t.cycles_per_word)
        text += (
            f", and read from HBM at the sustained bandwidth ({word:.2g} cycles each) after "
            f"{words.count(p.runs(t.cycles_per_word) or 0, 'run')}"
        )
    out.append(f"{text}. Fetching instructions is in neither total.")
    gains = [k for k in t.kernels if k.saved > 0]
    some, saved, further = t.enough()
    if 0 < some < len(gains):
        out.append(
            f"{some} of the {len(gains)} kernels that gain save {saved:,} of the cycles for "
            f"{further:,} of the further instructions "
            f"({words.percent(further, p.words)} of them): they are worth it first."
        )
    losses = [k for k in t.kernels if k.saved < 0]
    if losses:
        out.append(
            f"{words.count(len(losses), 'kernel')} of {large} "
            f"{'costs' if len(losses) == 1 else 'cost'} more cycles than in {small}."
        )
    return out


def preserve_sentences(c: Comparison, preserved: Preserved) -> list[str]:
    """Whether the demanded counts are equal, and every count that is not."""
    asked = ", ".join(preserved.asked)
    if not preserved.mnemonics:
        return [f"Nothing in any variant is meant by {asked}: nothing was compared."]
    if not preserved.violations:
        return [
            f"Preserved: {asked}, {words.count(len(preserved.mnemonics), 'opcode')} executed "
            "equally often in every variant."
        ]
    out = []
    for v in preserved.violations:
        text = (
            f"NOT PRESERVED: {v.mnemonic} is executed {v.before:,} times in "
            f"{name(c.variants[0].label)} and {v.after:,} times in "
            f"{name(c.variants[v.variant].label)} ({signed(v.after - v.before)})"
        )
        if v.kernels:
            parts = [f"{name(k)} {b:,} -> {a:,}" for k, b, a in v.kernels[:_NAMED]]
            more = len(v.kernels) - _NAMED
            parts += [f"{more} more"] if more > 0 else []
            text += f": {words.listed(parts)}"
        else:
            text += "; a stored profile does not tell in which kernels"
        out.append(f"{text}.")
    return out


def number(value: int | float) -> str:
    """Cycles per run: exact where whole."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def name(text: str) -> str:
    """A label from the outside, on one line."""
    return printable(text)
