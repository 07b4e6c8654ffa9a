"""A check as markdown: a pull-request comment, a CI job summary."""

from __future__ import annotations

import re

from isa_analysis.budget.check import CheckResult
from isa_analysis.table import Table, is_number, shown
from isa_analysis.views import budget_sentences as sentences
from isa_analysis.views import budget_tables as tables

#: A CI job summary may hold this many bytes.
MOST_BYTES = 1 << 20

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#@&])")


def render(result: CheckResult, top: int = tables.TOP) -> str:
    """The markdown report of a check, at most :data:`MOST_BYTES` long."""
    parts = [f"### Cost budgets: {escape(sentences.summary(result))}"]
    for f, causes in sentences.explained(result.findings):
        mark = "**EXCEEDED**" if f.limit.severity == "error" else "**warning**"
        lines = [
            f"{mark} {escape(sentences.finding_title(f))}",
            "",
            escape(sentences.finding_sentence(f)),
        ]
        if causes:
            lines += ["", "```text", *(line.replace("```", "'''") for line in causes), "```"]
        if f.limit.message:
            lines += ["", f"> {escape(' '.join(f.limit.message.split()))}"]
        parts.append("\n".join(lines))
    if result.incomparable:
        reasons = [line for i in result.incomparable for line in sentences.incomparable_lines(i)]
        parts.append(
            "**NOT COMPARABLE** with the lock\n\n"
            + "\n".join(f"- {escape(reason)}" for reason in reasons)
            + f"\n\n> {escape(sentences.incomparable_hint(result))}"
        )
    parts.append(render_table(tables.program_table(result, top)))
    several = len({p.entry for p in result.programs}) > 1
    deltas = [
        (sentences.where(p.entry, p.path, several), p.delta) for p in result.programs if p.delta
    ]
    parts += [render_table(table) for table in tables.delta_tables(deltas, top)]
    return capped("\n\n".join(parts) + "\n")


def render_table(table: Table) -> str:
    """A table with its title and note."""
    head = "| " + " | ".join(escape(c.title) for c in table.columns) + " |"
    rule = "|" + "|".join("--:" if is_number(c.kind) else "---" for c in table.columns) + "|"
    rows = [
        "| "
        + " | ".join(escape(shown(v, c.kind)) for v, c in zip(row, table.columns, strict=True))
        + " |"
        for row in table.rows
    ]
    lines = [f"**{escape(table.title)}**", "", head, rule, *rows]
    if table.note:
        lines += ["", escape(table.note)]
    return "\n".join(lines)


def escape(text: str) -> str:
    """``text`` without meaning to markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def capped(text: str, most: int = MOST_BYTES) -> str:
    """``text`` cut at a line end so that it takes at most ``most`` bytes of UTF-8."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return text
    note = "\n\n(cut: the report is larger than a job summary may be)\n"
    kept = data[: most - len(note)].decode("utf-8", "ignore")
    return kept[: kept.rfind("\n")] + note
