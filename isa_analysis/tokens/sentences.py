"""What was derived, what was extrapolated, and how: in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isa_analysis.diagnostics import printable
from isa_analysis.report import words
from isa_analysis.tokens.model import Phase, Source
from isa_analysis.tokens.parts import Parts
from isa_analysis.tokens.scaling import blocks


def assumptions(
    sources: Sequence[Source],
    shares: Mapping[Phase, Parts],
    contexts: Sequence[int],
    layers: int | None,
) -> tuple[str, ...]:
    """The sentences, programs in order."""
    out = []
    for source in sources:
        parts = shares[source.phase]
        if layers is not None:
            out.append(_layers(source, parts, layers))
        elif not parts.layers:
            out.append(
                f"The {source.phase} program names no layers: times are for it as it is, not for a "
                "model of many layers."
            )
        extrapolated = [c for c in contexts if _blocks(source, c) != _own(source)]
        if extrapolated:
            out.append(_context(source, parts, extrapolated))
    return tuple(out)


def about(source: Source) -> str:
    """A program in one line: context, blocks, layers."""
    if source.context is None:
        return printable(source.path)
    own = _own(source)
    return (
        f"{printable(source.path)} (sha256 {source.sha256[:12]}): "
        f"{words.count(source.context, 'position')} in {words.count(own, 'block')} of "
        f"{source.block} ({source.context_from}), {words.count(source.layers, 'layer')}"
    )


def _own(source: Source) -> int:
    return blocks(source.context or 0, source.block)


def _blocks(source: Source, context: int) -> int:
    return blocks(context, source.block)


def _layers(source: Source, parts: Parts, layers: int) -> str:
    own = len(parts.layers)
    totals = [part.total for part in parts.layers]
    outside = f"{parts.outside.total:,} cycles in no {parts.family} are counted once"
    if layers == own:
        return f"The {source.phase} program has all {words.count(own, 'layer')}."
    each = (
        f"{min(totals):,} cycles"
        if min(totals) == max(totals)
        else f"{min(totals):,} to {max(totals):,} cycles"
    )
    verb = "are extrapolated" if layers > own else "are kept"
    amount = layers - own if layers > own else layers
    return (
        f"Of the {source.phase} program's {words.count(layers, 'layer')} "
        f"{amount:,} {verb} from {words.count(own, 'layer')} that it has, at {each} each on the "
        f"first board; {outside}."
    )


def _context(source: Source, parts: Parts, contexts: Sequence[int]) -> str:
    everything = sum((p.total for p in (*parts.layers, parts.outside)), 0)
    readers = sum((p.readers.total for p in (*parts.layers, parts.outside)), 0)
    core = sum((p.core.total for p in (*parts.layers, parts.outside)), 0)
    listed = words.listed([f"{c:,}" for c in contexts])
    if source.phase == "prefill":
        return (
            f"Prefill at a context of {listed} is extrapolated from "
            f"{words.count(_own(source), 'row block')} of {source.block}: everything grows with "
            f"the row blocks; kernels that read keys and values "
            f"({words.percent(readers, everything)} of the cycles) grow with all pairs of blocks, "
            "or half of them (causal); the rest of attention "
            f"({words.percent(core, everything)}) between row blocks and pairs; transfers of "
            "weights are repeated for each row block, or made once. The figures are that bracket."
        )
    return (
        f"Decode at a context of {listed} is extrapolated from "
        f"{words.count(_own(source), 'block')} of {source.block}: kernels that read keys and "
        f"values ({words.percent(readers, everything)} of the cycles) grow with the blocks; the "
        f"rest of attention ({words.percent(core, everything)}) grows with them or not at all, "
        "which is the bracket; everything else stays."
    )
