"""Naming rules: what kind of tensor a name means, and which layer it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.manifest.model import Kind
from isa_analysis.resources import package_file

if TYPE_CHECKING:
    from isa_analysis.config import Document
    from isa_analysis.config.documents import Loc
    from isa_analysis.manifest.schema import RuleFile

_NUMBER = re.compile("[0-9]+")
#: Numbers of more digits are no layers.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class KindRule:
    """A name fits when it is one of ``names``, begins with one of ``begins``, or has ``pattern`` in
    it."""

    kind: Kind
    names: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def fits(self, name: str) -> bool:
        """Whether the rule is about ``name``."""
        if name in self.names or (self.begins and name.startswith(self.begins)):
            return True
        return self.pattern is not None and self.pattern.search(name) is not None


@dataclass(frozen=True, slots=True)
class NamingRules:
    """Rules ready for use; the first of ``kinds`` that fits decides."""

    kinds: tuple[KindRule, ...]
    ignore: tuple[re.Pattern[str], ...]
    bytes_per_element: Fraction

    def kind(self, name: str) -> Kind:
        """The kind of the tensor ``name``; an activation when no rule fits."""
        return next((rule.kind for rule in self.kinds if rule.fits(name)), "activation")

    def layer(self, name: str) -> int | None:
        """The layer in ``name``; None for a shared tensor."""
        for pattern in self.ignore:
            name = pattern.sub("", name)
        match = _NUMBER.search(name)
        if match is None or len(match[0]) > _MOST_DIGITS:
            return None
        return int(match[0])


def load_rules(path: str | None = None) -> NamingRules:
    """The default rules, with those of the file ``path`` before them.

    Raises :class:`InputError` with every problem located: E100 to E106 for the file as such, E110
    for something that is not a regular expression.
    """
    if path is None:
        return _default()
    from isa_analysis.config import read_bytes, read_yaml, validate
    from isa_analysis.manifest.schema import RuleFile

    document = read_yaml(read_bytes(path), path)
    file = validate(document, RuleFile)
    own = _build(file, document)
    default = _default()
    if file.extends == "none":
        return own
    per_element = default if file.bytes_per_element is None else own
    return NamingRules(
        own.kinds + default.kinds, own.ignore + default.ignore, per_element.bytes_per_element
    )


@cache
def _default() -> NamingRules:
    from isa_analysis.config import read_yaml, validate
    from isa_analysis.manifest.schema import RuleFile

    path = "manifest/default_rules.yaml"
    document = read_yaml(package_file(path).read_bytes(), path)
    return _build(validate(document, RuleFile), document)


def _build(file: RuleFile, document: Document) -> NamingRules:
    problems: list[Diagnostic] = []

    def compiled(pattern: str, loc: Loc) -> re.Pattern[str] | None:
        try:
            return re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as problem:
            message = f"not a regular expression: {problem}"
            problems.append(document.diagnostic(loc, "E110", message))
            return None

    kinds = [
        KindRule(
            entry.kind,
            frozenset(entry.names),
            entry.begins,
            None
            if entry.pattern is None
            else compiled(entry.pattern, ("kinds", number, "pattern")),
        )
        for number, entry in enumerate(file.kinds)
    ]
    ignore = [compiled(p, ("layer", "ignore", k)) for k, p in enumerate(file.layer.ignore)]
    if problems:
        raise InputError(problems)
    per_element = file.bytes_per_element if file.bytes_per_element is not None else 1.125
    return NamingRules(
        tuple(kinds), tuple(p for p in ignore if p is not None), Fraction(repr(per_element))
    )
