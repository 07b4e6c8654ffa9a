"""Tokens per second as text, markdown, CSV and JSON.

Time per output token
board        context  regime    compute (ms)  memory (ms)  bound    ms per token   tokens/s
-----------  -------  --------  ------------  -----------  -------  -------------  ------------
nexys_video      192  resident         14.35        4.095  compute  14.35 to 18.6  53.8 to 69.7
"""

from __future__ import annotations

import json

from isa_analysis._version import __version__
from isa_analysis.diagnostics import printable
from isa_analysis.report.model import Report, ReportTable, Section
from isa_analysis.table import Table, render_csv, render_text
from isa_analysis.tokens.model import BoardTokens, Source, Step, Tokens
from isa_analysis.tokens.scaling import Bracket
from isa_analysis.tokens.sentences import about
from isa_analysis.views import report_markdown
from isa_analysis.views.tokens_sentences import answers, left_out
from isa_analysis.views.tokens_tables import full_table, memory_table, step_table

FORMAT = "isa-analysis-tokens"
#: Grows when a key changes its meaning or goes; new keys alone do not raise it.
FORMAT_VERSION = 1


def render(tokens: Tokens) -> str:
    """The text for a terminal."""
    parts = [f"isa-analysis {__version__}", "\n".join(f"{n:<8} {t}" for n, t in facts(tokens))]
    parts += [render_text(table) for table in tables(tokens)]
    parts.append("\n".join(f"- {sentence}" for sentence in answers(tokens)))
    parts.append("\n".join([*tokens.assumptions, left_out(tokens)]))
    return "\n\n".join(parts) + "\n"


def facts(tokens: Tokens) -> list[tuple[str, str]]:
    """Name and text of what every figure goes by."""
    out = [(s.phase.capitalize(), about(s)) for s in tokens.sources]
    if tokens.manifest:
        out.append(("Manifest", printable(tokens.manifest)))
    out.append(("Weights", f"{tokens.model.weight:,} bytes, {tokens.weights_from}"))
    per_token = tokens.model.kv_per_token
    text = f"{int(per_token):,}" if per_token.denominator == 1 else f"{float(per_token):,.3f}"
    out.append(("KV", f"{text} bytes per position, {tokens.kv_from}"))
    return out


def tables(tokens: Tokens) -> list[Table]:
    """The tables of the text and markdown formats."""
    phases = [source.phase for source in tokens.sources]
    return [*(step_table(tokens, phase) for phase in phases), memory_table(tokens)]


def render_markdown(tokens: Tokens) -> str:
    """A page for a pull request or a wiki."""
    sentences = (*answers(tokens), *(f"{name}: {text}" for name, text in facts(tokens)))
    blocks = tuple(ReportTable(f"tokens-{i}", table) for i, table in enumerate(tables(tokens), 1))
    notes = (*tokens.assumptions, left_out(tokens))
    section = Section("tokens", "Tokens", sentences, blocks, notes)
    return report_markdown.render(Report("Time per token", __version__, "", "", (section,)))


def render_csv_text(tokens: Tokens) -> str:
    """One row per board, phase and context, exact values."""
    return render_csv([full_table(tokens)])


def render_json(tokens: Tokens) -> str:
    """One JSON document, keys in a fixed order."""
    return json.dumps(document(tokens), indent=1) + "\n"


def document(tokens: Tokens) -> dict[str, object]:
    """The document as plain values."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "inputs": [_source(source) for source in tokens.sources],
        "manifest": tokens.manifest or None,
        "layers": tokens.layers,
        "weight_bytes": tokens.model.weight,
        "weights_from": tokens.weights_from,
        "kv_bytes_per_token": _number(tokens.model.kv_per_token),
        "kv_from": tokens.kv_from,
        "activation_bytes": tokens.model.activation,
        "boards": [_board(board) for board in tokens.boards],
        "answers": list(answers(tokens)),
        "assumptions": list(tokens.assumptions),
    }


def _number(value: object) -> int | float:
    exact = float(value)  # type: ignore[arg-type]
    return int(exact) if exact.is_integer() else exact


def _source(source: Source) -> dict[str, object]:
    return {
        "phase": source.phase,
        "path": source.path,
        "sha256": source.sha256,
        "layers": source.layers,
        "context": source.context,
        "block": source.block,
        "context_from": source.context_from or None,
    }


def _board(board: BoardTokens) -> dict[str, object]:
    link = board.link
    return {
        "board": board.board,
        "clock_hz": board.clock_hz,
        "capacity_bytes": link.capacity,
        "capacity_from": link.capacity_from,
        "memory_bandwidth_bytes_per_s": _number(link.local),
        "memory_bandwidth_from": link.local_from,
        "host_bandwidth_bytes_per_s": None if link.host is None else _number(link.host),
        "host_bandwidth_from": link.host_from,
        "resident_up_to": board.resident_up_to,
        "kv_passes_weights_at": board.kv_passes_weights,
        "bound_by_least_compute": [
            {"from_context": context, "bound": bound} for context, bound in board.changes_low
        ],
        "bound_by_most_compute": [
            {"from_context": context, "bound": bound} for context, bound in board.changes_high
        ],
        "complete": board.complete,
        "caveats": list(board.caveats),
        "steps": [_step(step) for step in board.steps],
    }


def _step(step: Step) -> dict[str, object]:
    energy = step.energy_j
    rate = Bracket(1 / step.seconds.high, 1 / step.seconds.low) if step.seconds.low else None
    return {
        "phase": step.phase,
        "context": step.context,
        "regime": step.memory.regime,
        "bound": step.bound,
        "compute_seconds": _bracket(step.compute),
        "charged_seconds": _bracket(step.charged),
        "memory_seconds": _bracket(step.memory.seconds),
        "local_bytes": step.memory.local_bytes,
        "link_bytes": [_number(step.memory.link_bytes.low), _number(step.memory.link_bytes.high)],
        "seconds": _bracket(step.seconds),
        "tokens_per_second": _bracket(rate) if rate and step.phase == "decode" else None,
        "energy_joules_at_most": None if energy is None else _bracket(energy),
    }


def _bracket(bracket: Bracket) -> list[float]:
    return [float(bracket.low), float(bracket.high)]
