"""``isa-analysis memory FILE...``: what it costs when the model does not fit the local memory."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from isa_analysis.diagnostics import Diagnostic
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


@grouped
def memory(
    files: opt.Files,
    *,
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
    sizes: opt.Sizes,
    models: opt.Models,
    settings: opt.Settings,
    top: opt.Top = 20,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Cycles and time of FILES when weights, KV or activations have to be swapped or streamed."""
    from isa_analysis.manifest import load, parse_bandwidth, parse_size
    from isa_analysis.output import write
    from isa_analysis.profiling import profile
    from isa_analysis.residency import MEMORY_MODELS, choose_bandwidth, choose_capacity, trace
    from isa_analysis.residency.result import evaluate_all
    from isa_analysis.views import memory as view

    regimes = [m.value for m in memory_model or [Model.auto]]
    if Model.all.value in regimes:
        regimes = [m for m in MEMORY_MODELS if m != "auto"]
    regions = load(manifest)
    loaded = settings.apply(sizes.load(board))
    amounts, speeds = _words(capacity), _words(host_bandwidth)
    first, capacity_source = choose_capacity(regions, loaded, amounts[0] if amounts else None)
    capacities = [first, *(parse_size(w, "--capacity") for w in amounts[1:])]
    rate, rate_source = choose_bandwidth(loaded, speeds[0] if speeds else None)
    rates = [
        rate,
        *(parse_bandwidth(w, "--host-bandwidth") for w in speeds[1:]),
    ]
    options = models.options(traffic=True)
    results = []
    for file in files:
        measured = profile(reading.read(file), loaded, options)
        results.append(
            evaluate_all(
                trace(measured, regions, loaded),
                regimes,  # type: ignore[arg-type]
                (capacities, capacity_source),
                (rates, rate_source),
                context=context,
                preloaded=preloaded,
            )
        )
    reading.warn(dict.fromkeys(_warnings(results)))
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


def _warnings(results: list[MemoryResult]) -> list[Diagnostic]:
    """Warnings of programs and cases."""
    return [
        d
        for result in results
        for d in (
            *result.trace.profile.diagnostics,
            *(d for case in result.cases for d in case.run.diagnostics),
        )
        if d.severity == "warning"
    ]
