"""``isa-analysis memory FILE...``: what it costs when the model does not fit the local memory."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.profile_command import Memory, Timing

if TYPE_CHECKING:
    from isa_analysis.residency.result import MemoryResult


class Model(str, Enum):
    """Memory models; ``all`` is every one but ``auto``."""

    auto = "auto"
    resident = "resident"
    kv_swap = "kv-swap"
    weight_stream = "weight-stream"
    layer_swap = "layer-swap"
    host_stream = "host-stream"
    all = "all"


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    markdown = "markdown"
    csv = "csv"


def memory(
    files: opt.Files,
    manifest: Annotated[
        str, typer.Option("--manifest", help="Weight manifest (isa-analysis manifest build).")
    ],
    board: opt.BoardOption = "v80",
    memory_model: Annotated[
        Optional[list[Model]],
        typer.Option("--memory-model", help="Memory model; default auto. Repeatable."),
    ] = None,
    capacity: Annotated[
        Optional[list[str]],
        typer.Option(
            "--capacity",
            help="Local memory: 512M, 1G, bytes; several with commas. Default: the manifest's, "
            "else the board's.",
        ),
    ] = None,
    host_bandwidth: Annotated[
        Optional[list[str]],
        typer.Option(
            "--host-bandwidth",
            help="Host link: 38MB/s, 1.5GB/s, 38e6 (bytes/s); several with commas. Default: the "
            "board's host_link.",
        ),
    ] = None,
    context: Annotated[
        Optional[int],
        typer.Option("--context", min=1, help="Tokens that the manifest's KV regions hold."),
    ] = None,
    preloaded: Annotated[
        bool,
        typer.Option(
            "--preloaded", help="Swapped memory starts filled as far as it goes, not empty."
        ),
    ] = False,
    mlen: opt.Mlen = None,
    vlen: opt.Vlen = None,
    blen: opt.Blen = None,
    clock_mhz: opt.ClockMhz = None,
    set_: opt.SetOption = None,
    isa: opt.IsaOption = opt.Isa.auto,
    timing: Annotated[Timing, typer.Option("--timing", help="Timing model.")] = Timing.serial,
    memory: Annotated[
        Memory, typer.Option("--memory", help="How the local memory is timed.")
    ] = Memory.board,
    settings: opt.Settings = None,
    dc_en: opt.DcEn = None,
    latency_profile: opt.LatencyProfile = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows per table.")] = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    lenient: opt.Lenient = False,
    unknown_opcode: opt.UnknownOption = opt.Unknown.error,
    quiet: opt.Quiet = False,
) -> None:
    """Cycles and time of FILES when weights, KV or activations have to be swapped or streamed."""
    from isa_analysis.assembly import ParseOptions
    from isa_analysis.manifest import load, parse_bandwidth, parse_size
    from isa_analysis.output import write
    from isa_analysis.profiling import ModelOptions, profile
    from isa_analysis.residency import MEMORY_MODELS, choose_bandwidth, choose_capacity, trace
    from isa_analysis.residency.result import evaluate_all
    from isa_analysis.views import memory as view

    models = [m.value for m in memory_model or [Model.auto]]
    if Model.all.value in models:
        models = [m for m in MEMORY_MODELS if m != "auto"]
    regions = load(manifest)
    loaded = opt.load_board(
        board, mlen, vlen, blen, clock_mhz, set_, settings, dc_en, latency_profile
    )
    sizes, speeds = _words(capacity), _words(host_bandwidth)
    first, capacity_source = choose_capacity(regions, loaded, sizes[0] if sizes else None)
    capacities = [first, *(parse_size(w, "--capacity") for w in sizes[1:])]
    rate, rate_source = choose_bandwidth(loaded, speeds[0] if speeds else None)
    rates = [
        rate,
        *(parse_bandwidth(w, "--host-bandwidth") for w in speeds[1:]),
    ]
    how = ParseOptions(isa.value, lenient, unknown_opcode.value)
    options = ModelOptions(timing.value, memory.value, traffic=True)
    results = []
    for file in files:
        measured = profile(opt.read_program(file, how, quiet), loaded, options)
        results.append(
            evaluate_all(
                trace(measured, regions, loaded),
                models,  # type: ignore[arg-type]
                (capacities, capacity_source),
                (rates, rate_source),
                context=context,
                preloaded=preloaded,
            )
        )
    if not quiet:
        _warn(results)
    if format is Format.json:
        write(view.render_json(results), output)
    elif format is Format.csv:
        write(view.render_csv_cases(results), output)
    elif format is Format.markdown:
        write(view.render_markdown(results, top), output)
    else:
        write(view.render(results, top), output)


def _words(texts: list[str] | None) -> list[str]:
    """The values of a repeatable option that also takes commas."""
    return [word.strip() for text in texts or () for word in text.split(",")]


def _warn(results: list[MemoryResult]) -> None:
    """Warnings of programs and cases on standard error, each once."""
    from isa_analysis.diagnostics import render_all

    found = [
        d
        for result in results
        for d in (
            *result.trace.profile.diagnostics,
            *(d for case in result.cases for d in case.run.diagnostics),
        )
        if d.severity == "warning"
    ]
    if found:
        print(render_all(dict.fromkeys(found)), file=sys.stderr)
