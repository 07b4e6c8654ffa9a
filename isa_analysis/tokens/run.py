"""Programs, boards and a model's bytes to times per token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from isa_analysis.assembly.program import Program
from isa_analysis.boards import LoadedBoard
from isa_analysis.diagnostics import error
from isa_analysis.kernels import KernelRules
from isa_analysis.pricing import MemoryChoice
from isa_analysis.profiling import ModelOptions, Profile, profile
from isa_analysis.timing.model import TimingName
from isa_analysis.tokens import model_bytes
from isa_analysis.tokens.cache_reads import CacheReads, cache_reads
from isa_analysis.tokens.crossover import FURTHEST, Piece, changes
from isa_analysis.tokens.memory_bound import (
    Model,
    Paths,
    kv_passes_weights,
    largest_resident,
    memory_time,
    straight_lines,
)
from isa_analysis.tokens.model import BoardTokens, Link, Phase, Source, Step, Tokens
from isa_analysis.tokens.parts import Parts, split
from isa_analysis.tokens.scaling import (
    UNCHANGED,
    Bracket,
    Growth,
    Whole,
    blocks,
    decode_growth,
    prefill_growth,
    with_layers,
)
from isa_analysis.tokens.sentences import assumptions

if TYPE_CHECKING:
    from isa_analysis.manifest import Manifest


@dataclass(frozen=True, slots=True)
class TokenOptions:
    """What is asked, and what is stated rather than derived.

    ``contexts`` empty: those that the programs were compiled for. ``layers`` None: as
    the programs are. ``prefill_context`` and ``decode_context`` are positions that the programs
    work on, ``manifest_context`` those that the manifest's keys and values are for.
    ``weight_bytes`` and ``kv_bytes_per_token`` are for the whole model.
    """

    contexts: tuple[int, ...] = ()
    layers: int | None = None
    prefill_context: int | None = None
    decode_context: int | None = None
    manifest_context: int | None = None
    weight_bytes: int | None = None
    kv_bytes_per_token: int | None = None
    capacity: int | None = None
    host_bandwidth: Fraction | None = None
    timing: TimingName = "serial"
    memory: MemoryChoice = "board"


@dataclass(frozen=True, slots=True)
class _Stage:
    """A program on the first board: its shape, which no board changes."""

    phase: Phase
    program: Program
    profile: Profile
    parts: Parts
    reads: CacheReads | None
    source: Source


def token_times(
    prefill: Program | None,
    decode: Program | None,
    boards: Sequence[LoadedBoard],
    options: TokenOptions | None = None,
    manifest: Manifest | None = None,
    rules: KernelRules | None = None,
) -> Tokens:
    """Time to first token and per output token on every board.

    Raises :class:`InputError`: E750 without a program, E751 when a context is not known, E752 for
    layers that nothing names, E753 and E754 when weights or keys and values are not known, E755
    when a board's memory needs a host link that it does not have.
    """
    options = options or TokenOptions()
    given: list[tuple[Phase, Program | None]] = [("prefill", prefill), ("decode", decode)]
    stages = [
        _stage(phase, program, boards[0], options, rules)
        for phase, program in given
        if program is not None
    ]
    if not stages:
        raise error(
            "E750", "there is no program", hint="give --prefill FILE, --decode FILE or both"
        )
    if options.layers is not None:
        for stage in stages:
            if not stage.parts.layers:
                raise model_bytes.no_layers(stage.source.path)
    last = stages[-1]
    weights, kv = _bytes(last, options, manifest)
    activation = manifest.footprint().activation if manifest else 0
    model = Model(round(weights.size), kv.size, activation)
    for stage in stages:
        _known_context(stage.source)
    done = tuple(
        _board(board, stages, model, options, manifest, rules, first=number == 0)
        for number, board in enumerate(boards)
    )
    sources = tuple(stage.source for stage in stages)
    parts = {stage.phase: stage.parts for stage in stages}
    return Tokens(
        sources, manifest.path if manifest else "", model, weights.source, kv.source,
        options.layers, done, assumptions(sources, parts, options.contexts, options.layers),
    )  # fmt: skip


def _stage(
    phase: Phase,
    program: Program,
    board: LoadedBoard,
    options: TokenOptions,
    rules: KernelRules | None,
) -> _Stage:
    models = ModelOptions(options.timing, options.memory, traffic=True)
    priced = profile(program, board, models, rules)
    parts = split(priced)
    reads = cache_reads(priced)
    stated = options.prefill_context if phase == "prefill" else options.decode_context
    block = reads.block if reads else board.board.machine.mlen
    if stated is not None:
        context, how = stated, "as given"
    elif reads is not None:
        context, how = reads.positions, "the rows of keys and values that it reads"
    else:
        context, how = None, ""
    source = Source(
        phase, program.name, program.sha256, len(parts.layers), parts.family, context, block, how,
        reads.row_bytes if reads else None,
    )  # fmt: skip
    return _Stage(phase, program, priced, parts, reads, source)


def _known_context(source: Source) -> int:
    if source.context is None:
        raise error(
            "E751", f"the context that this {source.phase} program works on cannot be derived from "
            "the rows of keys and values that it reads", path=source.path,
            hint=f"state it: --{source.phase}-context POSITIONS",
        )  # fmt: skip
    return source.context


def _bytes(
    stage: _Stage, options: TokenOptions, manifest: Manifest | None
) -> tuple[model_bytes.Sized, model_bytes.Sized]:
    """Bytes of the weights, and of keys and values per position."""
    layers = options.layers
    if options.weight_bytes is not None:
        weights = model_bytes.Sized(Fraction(options.weight_bytes), "as given")
    elif manifest is not None:
        weights = model_bytes.weights_of_manifest(manifest, layers)
    else:
        weights = model_bytes.weights_of_program(stage.profile, stage.parts, layers)
    kv: model_bytes.Sized | None = None
    if options.kv_bytes_per_token is not None:
        kv = model_bytes.Sized(Fraction(options.kv_bytes_per_token), "as given")
    elif manifest is not None:
        kv = model_bytes.kv_of_manifest(manifest, stage.reads, options.manifest_context, layers)
    if kv is None:
        if stage.reads is None:
            raise error(
                "E754", "the bytes of keys and values per position are not known: the program's "
                "reads do not tell", path=stage.source.path,
                hint="give --kv-bytes-per-token BYTES, or a --manifest with kv regions",
            )  # fmt: skip
        own = len(stage.parts.layers)
        kv = model_bytes.kv_of_program(stage.reads, own, layers, stage.source.path)
    return weights, kv


def _board(
    board: LoadedBoard,
    stages: Sequence[_Stage],
    model: Model,
    options: TokenOptions,
    manifest: Manifest | None,
    rules: KernelRules | None,
    first: bool,
) -> BoardTokens:
    link = _link(board, options, manifest)
    paths = Paths(link.local, link.host, link.capacity)
    power = board.board.power.tdp_w if board.board.power else None
    steps: list[Step] = []
    caveats: dict[str, None] = {}
    complete = True
    wholes: dict[Phase, Whole] = {}
    for stage in stages:
        priced = stage.profile
        if not first:
            priced = profile(
                stage.program, board, ModelOptions(options.timing, options.memory), rules
            )
        complete &= priced.complete
        caveats |= dict.fromkeys(priced.model.caveats)
        wholes[stage.phase] = whole = with_layers(split(priced), options.layers)
        for context in options.contexts or (_known_context(stage.source),):
            growth = _growth(stage.source, context)
            steps.append(_step(stage.phase, context, whole, growth, board, model, paths, power))
    low, high = _changes(stages[-1], wholes, board, model, paths)
    return BoardTokens(
        board.board.name, board.clock_hz, link, tuple(steps), low, high,
        largest_resident(model, paths.capacity), kv_passes_weights(model), complete, tuple(caveats),
    )  # fmt: skip


def _link(board: LoadedBoard, options: TokenOptions, manifest: Manifest | None) -> Link:
    from isa_analysis.residency.choices import exactly

    memory = board.board.memory
    given = memory.effective_bandwidth_bytes_per_s
    host, host_from = options.host_bandwidth, "flag"
    if host is None:
        section = board.board.host_link
        host = exactly(section.bandwidth_bytes_per_s) if section else None
        host_from = "board" if section else "none"
    if options.capacity is not None:
        capacity, capacity_from = options.capacity, "flag"
    elif manifest is not None and manifest.capacity_bytes is not None:
        capacity, capacity_from = manifest.capacity_bytes, "manifest"
    else:
        capacity, capacity_from = memory.capacity_bytes, "board"
    return Link(
        exactly(memory.sustained_bytes_per_s), "sustained" if given else "peak", host, host_from,
        capacity, capacity_from,
    )  # fmt: skip


def _growth(source: Source, context: int) -> Growth:
    compiled = blocks(_known_context(source), source.block)
    wanted = blocks(context, source.block)
    if compiled == wanted:
        return UNCHANGED
    if source.phase == "prefill":
        return prefill_growth(compiled, wanted)
    return decode_growth(compiled, wanted)


def _step(
    phase: Phase,
    context: int,
    whole: Whole,
    growth: Growth,
    board: LoadedBoard,
    model: Model,
    paths: Paths,
    power: float | None,
) -> Step:
    compute, charged = whole.cost(growth)
    second = Fraction(1, board.clock_hz)
    compute, charged = compute.times(second), charged.times(second)
    try:
        memory = memory_time(model, paths, context)
    except ValueError as problem:
        raise error(
            "E755", f"at a context of {context:,} board {board.board.name} is short of memory: "
            f"{problem}", path=board.path, hint="give --host-bandwidth, for example 1.5GB/s",
        ) from None  # fmt: skip
    seconds = Bracket(
        max(compute.low, memory.seconds.low),
        compute.high + max(memory.seconds.high, charged.high),
    )
    return Step(phase, context, compute, charged, memory, seconds, power)


def _changes(
    stage: _Stage, wholes: dict[Phase, Whole], board: LoadedBoard, model: Model, paths: Paths
) -> tuple[tuple, tuple]:  # type: ignore[type-arg]
    """Which side bounds a token from which context on, with the least and the most compute."""
    if stage.phase != "decode":
        return (), ()
    whole, block = wholes["decode"], stage.source.block
    compiled = blocks(_known_context(stage.source), block)
    kink = compiled * block
    lines = straight_lines(model, paths, FURTHEST)
    out = []
    for part, core_grows_below in ((whole.low, True), (whole.high, False)):
        pieces = []
        for first, last, a, b in lines:
            for start, end, grows in (
                (first, min(last, kink), core_grows_below),
                (max(first, kink + 1), last, not core_grows_below),
            ):
                if start > end:
                    continue
                steady = part.rest.compute + (0 if grows else part.core.compute)
                rising = part.readers.compute + (part.core.compute if grows else 0)
                pieces.append(
                    Piece(
                        start, end, a, b, Fraction(steady, board.clock_hz),
                        Fraction(rising, board.clock_hz * compiled), block,
                    )
                )  # fmt: skip
        out.append(changes(pieces))
    return out[0], out[1]
