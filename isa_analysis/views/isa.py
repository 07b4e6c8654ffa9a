"""The instruction table for a reader."""

from __future__ import annotations

from isa_analysis.isa import canonical, forms_of, instruction
from isa_analysis.isa.model import DIALECTS, Instruction
from isa_analysis.isa.table import ALIASES, TABLE
from isa_analysis.table import Column, Table


def instruction_list() -> Table:
    """One row per instruction."""
    rows = tuple(
        (
            row.mnemonic,
            "-" if row.code is None else f"0x{row.code:02X}",
            "both" if len(row.dialects) == len(DIALECTS) else row.dialects[0],
            row.engine,
            cost_text(row),
            " | ".join(str(form) for form in forms_of(row.mnemonic)),
        )
        for row in TABLE
    )
    columns = (
        Column("mnemonic", "mnemonic"),
        Column("code", "code"),
        Column("dialect", "dialect"),
        Column("engine", "engine"),
        Column("cost", "cycles"),
        Column("operands", "operands"),
    )
    aliases = ", ".join(f"{old} = {new}" for old, (new, _) in ALIASES.items())
    return Table("Instructions", columns, rows, f"Old spellings: {aliases}.")


def cost_text(row: Instruction) -> str:
    """The cost formula in words."""
    if row.cost_by:
        return "; ".join(f"{row.cost_by} {i}: {c}" for i, c in enumerate(row.cost_variants))
    return row.cost or "memory model"


def render_instruction(name: str) -> str:
    """Everything the table says about ``name``."""
    row = instruction(name)
    old = f" (old spelling of {canonical(name)})" if canonical(name) != name else ""
    code = "no number known" if row.code is None else f"0x{row.code:02X} (dialect plena)"
    lines = [
        f"{name}{old}: {row.meaning}",
        f"  code      {code}",
        f"  dialects  {', '.join(row.dialects)}",
        f"  engine    {row.engine}, category {row.category}",
        *(f"  operands  {name} {form}".rstrip() for form in forms_of(name)),
        f"  cycles    {cost_text(row)}",
    ]
    if row.f0_free:
        lines.append("            destination f0: skipped, 0 cycles")
    if not row.emulated:
        lines.append("            the emulator does not time it; the value is the RTL's")
    lines.append(f"  reads     {', '.join(_touched(row, 'read')) or '-'}")
    lines.append(f"  writes    {', '.join(_touched(row, 'written')) or '-'}")
    return "\n".join(lines) + "\n"


def _touched(row: Instruction, how: str) -> list[str]:
    registers = [
        o.name
        for o in forms_of(row.mnemonic)[0].operands
        if getattr(o, how) and o.kind.split("|")[0] in ("gp", "f", "a")
    ]
    return registers + list(row.reads if how == "read" else row.writes)
