"""``python -m isa_analysis`` is ``isa-analysis``."""

from isa_analysis.cli import run

run()
