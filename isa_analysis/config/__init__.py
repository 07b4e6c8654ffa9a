"""Strict reading of configuration files: one loader for boards, kernel rules and budgets.

``read_yaml`` and ``read_toml`` turn text into a :class:`Document` (plain data plus the position of
every key and value); ``validate`` turns a document into a pydantic model. All three raise
:class:`~isa_analysis.diagnostics.InputError` with every problem found, located.
"""

from isa_analysis.config.documents import Document, Loc, Place, read_bytes
from isa_analysis.config.toml_reader import read_toml
from isa_analysis.config.validation import validate
from isa_analysis.config.yaml_reader import read_scalar, read_yaml

__all__ = [
    "Document",
    "Loc",
    "Place",
    "read_bytes",
    "read_scalar",
    "read_toml",
    "read_yaml",
    "validate",
]
