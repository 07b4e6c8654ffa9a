"""What the figures of a tokens report say, in sentences that follow from them."""

from __future__ import annotations

from isa_analysis.diagnostics import printable
from isa_analysis.report import words
from isa_analysis.tokens.crossover import FURTHEST, Bound
from isa_analysis.tokens.model import BoardTokens, Step, Tokens
from isa_analysis.tokens.scaling import Bracket
from isa_analysis.views.tokens_tables import rates

_Changes = tuple[tuple[int, Bound], ...]


def answers(tokens: Tokens) -> tuple[str, ...]:
    """Per board: the times at the first context asked for, and where what bounds them changes."""
    out = []
    for board in tokens.boards:
        out.append(_times(board))
        if board.of("decode"):
            out.append(_bounds(board))
        out += _memory(board, tokens)
    return tuple(out)


def left_out(tokens: Tokens) -> str:
    """The caveats of the models, with the board where they differ."""
    where: dict[str, list[str]] = {}
    for board in tokens.boards:
        for caveat in board.caveats:
            where.setdefault(caveat, []).append(printable(board.board))
    parts = [
        caveat if len(names) == len(tokens.boards) else f"{caveat} ({words.listed(names)})"
        for caveat, names in where.items()
    ]
    return (
        "What the numbers leave out: choosing the token, the host, and whatever is in neither "
        f"program; energy is the board's power figure times the time, an upper bound; "
        f"{'; '.join(parts)}."
    )


def _times(board: BoardTokens) -> str:
    name = printable(board.board)
    prefill, decode = board.of("prefill"), board.of("decode")
    parts = []
    if prefill:
        parts.append(f"the first token takes {_span(prefill[0].seconds)}{_at(prefill[0])}")
    if decode:
        then = "each one after it" if prefill else "a token"
        parts.append(
            f"{then} {'' if prefill else 'takes '}{_span(decode[0].seconds)}{_at(decode[0])}: "
            f"{rates(decode[0])} tokens/s, {_side(decode[0])}"
        )
    mark = "" if board.complete else " INCOMPLETE: see below."
    return f"On {name} {', '.join(parts)}.{mark}"


def _at(step: Step) -> str:
    return f" at a context of {step.context:,}"


def _span(bracket: Bracket) -> str:
    low, high = words.time(float(bracket.low)), words.time(float(bracket.high))
    return low if low == high else f"{low} to {high}"


def _side(step: Step) -> str:
    compute, memory = step.compute, step.memory.seconds
    if step.bound == "either":
        return f"bound by compute or memory: {_span(compute)} against {_span(memory)} overlap"
    more, less = (memory, compute) if step.bound == "memory" else (compute, memory)
    if not less.high:
        return f"bound by {step.bound}"
    ratio = float(more.low / less.high)
    other = "compute" if step.bound == "memory" else "memory"
    return f"bound by {step.bound}, {words.times(ratio)} {other} at least"


def _bounds(board: BoardTokens) -> str:
    low, high = board.changes_low, board.changes_high
    name = printable(board.board)
    if low == high:
        return f"On {name} {_story(low)}."
    return (
        f"On {name}, with the least compute of the bracket, {_story(low)}; with the most, "
        f"{_story(high)}."
    )


def _story(changes: _Changes) -> str:
    if not changes:
        return "no context fits"
    first = changes[0][1]
    if len(changes) == 1:
        return f"{first} bounds a token at every context up to {FURTHEST:,}"
    text = f"{first} bounds a token"
    for context, bound in changes[1:]:
        text += f", from a context of {context:,} on {bound} does"
    return text


def _memory(board: BoardTokens, tokens: Tokens) -> list[str]:
    name = printable(board.board)
    fits, capacity = board.resident_up_to, words.size(board.link.capacity)
    if fits is None:
        text = f"Everything fits the {capacity} of {name} at every context"
    elif tokens.model.weight > board.link.capacity:
        text = (
            f"The weights alone ({words.size(tokens.model.weight)}) do not fit the {capacity} of "
            f"{name}: they cross the host link for every token"
        )
    elif fits < 1:
        text = (
            f"Weights fit the {capacity} of {name}, keys, values and activations beside them do "
            "not: they are swapped"
        )
    else:
        text = (
            f"Everything fits the {capacity} of {name} up to a context of {fits:,}; beyond, keys "
            "and values are swapped"
        )
    passes = board.kv_passes_weights
    if passes is not None:
        text += f"; from a context of {passes:,} on they are more bytes than the weights"
    return [text + "."]
