"""The PLENA instruction set: one table, and look-ups on it."""

from isa_analysis.isa.lookup import (
    canonical,
    forms_of,
    instruction,
    is_known,
    kind_of,
    nearest,
    spellings,
    table_hash,
)
from isa_analysis.isa.model import (
    CATEGORIES,
    DIALECTS,
    ENGINES,
    Dialect,
    Form,
    Formula,
    Instruction,
    Operand,
)

__all__ = [
    "CATEGORIES",
    "DIALECTS",
    "ENGINES",
    "Dialect",
    "Form",
    "Formula",
    "Instruction",
    "Operand",
    "canonical",
    "forms_of",
    "instruction",
    "is_known",
    "kind_of",
    "nearest",
    "spellings",
    "table_hash",
]
