"""``isa-analysis tokens --prefill P.asm --decode D.asm --board NAME``: how many tokens a second?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from isa_analysis.cli import options as opt
from isa_analysis.cli.grouping import grouped

if TYPE_CHECKING:
    from fractions import Fraction

    from isa_analysis.tokens import Tokens


class Format(str, Enum):
    """Output formats."""

    text = "text"
    json = "json"
    csv = "csv"
    markdown = "markdown"


_Positions = Optional[int]


@grouped
def tokens(
    *,
    prefill: Annotated[
        Optional[str], typer.Option("--prefill", help="Program that works on the prompt.")
    ] = None,
    decode: Annotated[
        Optional[str], typer.Option("--decode", help="Program that makes one more token.")
    ] = None,
    board: opt.BoardsOption = None,
    manifest: Annotated[
        Optional[str],
        typer.Option("--manifest", help="Weight manifest: bytes of weights, keys and values."),
    ] = None,
    context: Annotated[
        Optional[str],
        typer.Option(
            "--context", help="Contexts (positions) by comma; what the program has when absent."
        ),
    ] = None,
    layers: Annotated[
        Optional[int],
        typer.Option("--layers", min=1, help="Layers of the model; the program's when absent."),
    ] = None,
    capacity: Annotated[
        Optional[str],
        typer.Option("--capacity", help="Capacity of the memory, such as 512M or 1GiB."),
    ] = None,
    host_bandwidth: Annotated[
        Optional[str],
        typer.Option("--host-bandwidth", help="Bandwidth of the host link: 38MB/s or 1.5e9."),
    ] = None,
    prefill_context: Annotated[
        _Positions,
        typer.Option("--prefill-context", min=1, help="Positions that --prefill works on."),
    ] = None,
    decode_context: Annotated[
        _Positions,
        typer.Option("--decode-context", min=1, help="Positions that --decode works on."),
    ] = None,
    manifest_context: Annotated[
        _Positions,
        typer.Option(
            "--manifest-context", min=1, help="Positions that the manifest's kv regions are for."
        ),
    ] = None,
    weight_bytes: Annotated[
        Optional[str],
        typer.Option("--weight-bytes", help="Bytes of all weights of the model, such as 288M."),
    ] = None,
    kv_bytes_per_token: Annotated[
        Optional[int],
        typer.Option(
            "--kv-bytes-per-token", min=0, help="Bytes of keys and values per position, all layers."
        ),
    ] = None,
    sizes: opt.Sizes,
    models: opt.Models,
    kernel_rules: opt.RulesOption = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.text,
    output: opt.Output = None,
    reading: opt.Reading,
) -> None:
    """Time to first token and per output token: what compute takes, what memory takes, who bounds.

    Give --prefill, --decode or both.
    """
    from isa_analysis.diagnostics import Problems
    from isa_analysis.output import write
    from isa_analysis.tokens import TokenOptions, token_times

    opt.standard_input_once([prefill, decode])
    loaded = [sizes.load(name) for name in board or [opt.default_board()]]
    options = TokenOptions(
        contexts=_contexts(context),
        layers=layers,
        prefill_context=prefill_context,
        decode_context=decode_context,
        manifest_context=manifest_context,
        weight_bytes=_size(weight_bytes, "--weight-bytes"),
        kv_bytes_per_token=kv_bytes_per_token,
        capacity=_size(capacity, "--capacity"),
        host_bandwidth=_bandwidth(host_bandwidth),
        timing=models.timing.value,
        memory=models.memory.value,
    )
    rules = opt.load_kernel_rules(kernel_rules)
    weights = None
    if manifest is not None:
        from isa_analysis.manifest import load

        weights = load(manifest)
    programs = []
    problems = Problems()
    for file in (prefill, decode):
        with problems.caught():
            programs.append(reading.read(file) if file is not None else None)
    problems.raise_all()
    made = token_times(programs[0], programs[1], loaded, options, weights, rules)
    warnings = [*(weights.diagnostics if weights else ())]
    reading.warn([*warnings, *(d for program in programs if program for d in program.diagnostics)])
    write(_render(made, format), output)


def _contexts(text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    out = []
    for word in text.split(","):
        number = word.strip()
        if not number.isdecimal() or not 1 <= int(number[:12]) <= 1 << 26 or len(number) > 12:
            raise typer.BadParameter(
                f"{word!r} is not a number of positions: 1 to {1 << 26}", param_hint="--context"
            )
        out.append(int(number))
    return tuple(dict.fromkeys(out))


def _size(text: str | None, flag: str) -> int | None:
    if text is None:
        return None
    from isa_analysis.manifest import parse_size

    return parse_size(text, flag)


def _bandwidth(text: str | None) -> Fraction | None:
    if text is None:
        return None
    from isa_analysis.manifest import parse_bandwidth

    return parse_bandwidth(text, "--host-bandwidth")


def _render(made: Tokens, format: Format) -> str:
    from isa_analysis.views import tokens as view

    render = {
        Format.text: view.render,
        Format.json: view.render_json,
        Format.csv: view.render_csv_text,
        Format.markdown: view.render_markdown,
    }[format]
    return render(made)
