"""Naming rules: how comments turn into layers and kernels. The rules themselves are YAML data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from isa_analysis.diagnostics import Diagnostic, InputError
from isa_analysis.kernels.vocabulary import FIRST_WORD, GROUPS, Action
from isa_analysis.resources import package_file

if TYPE_CHECKING:
    from isa_analysis.config import Document, Loc

#: What may stand before and after the text of a comment, and how much of it is looked at.
DECORATION = ";/=#*- \t"
TRAILING = "=- \t"
LOOKED_AT = 400
#: Longer tensor names are noise and are not looked up.
LONGEST_NAME = 120
_REFERENCE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; docs/kernels.md describes every field."""

    id: str
    action: Action
    family: str = ""
    begins: tuple[str, ...] = ()
    contains: str = ""
    pattern: str = ""
    accept: str = ""
    layer: str = ""
    block: str = ""
    fallback_block: str = ""
    kernel: str = ""
    tensor: str = ""
    head: str = ""
    slot: str = ""
    name_by: tuple[str, ...] = ()
    head_by: tuple[str, ...] = ()
    slot_by: tuple[str, ...] = ()
    within: frozenset[str] = frozenset()
    not_within: frozenset[str] = frozenset()
    inherit: tuple[str, ...] = ()
    remember: tuple[str, ...] = ()
    repeats_layer: bool = False
    opens_layer: bool = False


@dataclass(frozen=True, slots=True)
class TensorRule:
    """What a tensor whose whole name matches ``pattern`` takes part in."""

    pattern: str
    block: str
    kernel: str


@dataclass(frozen=True, slots=True)
class IndexRule:
    """Where a tensor name holds a layer, a head or a slot."""

    pattern: str
    layer: str = ""
    head: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class TensorFacts:
    """Everything the tables say about one tensor name."""

    block: str = ""
    kernel: str = ""
    layer: str = ""
    head: str = ""
    slot: str = ""


_NOTHING = TensorFacts()


@dataclass(frozen=True, slots=True, eq=False)
class KernelRules:
    """Rules ready for use: ``by_word`` finds candidates by a comment's first word."""

    rules: tuple[Rule, ...]
    tensors: tuple[TensorRule, ...]
    indices: tuple[IndexRule, ...]
    by_word: Mapping[str, tuple[Rule, ...]]
    anywhere: tuple[Rule, ...]

    def candidates(self, text: str) -> tuple[Rule, ...]:
        """The rules whose literals fit the comment ``text``, in order; mostly none."""
        body = text[:LOOKED_AT].lstrip(DECORATION)
        word = FIRST_WORD.match(body)
        if word and (known := self.by_word.get(word[0])):
            starts = body.startswith
            if found := tuple([rule for rule in known if starts(rule.begins)]):
                return found
        if not self.anywhere:
            return ()
        return tuple([rule for rule in self.anywhere if rule.contains in body])

    def facts(self, tensor: str) -> TensorFacts:
        """What the tables say about ``tensor``."""
        if not tensor or len(tensor) > LONGEST_NAME:
            return _NOTHING
        block = kernel = ""
        tensors, indices = _matchers(self)
        for fits, entry in tensors:
            if fits(tensor):
                block, kernel = entry.block, entry.kernel
                break
        found: dict[str, str] = {}
        for search, index in indices:
            if match := search(tensor):
                groups = match.groupdict("")
                for name in ("layer", "head", "slot"):
                    found[name] = found.get(name) or fill(getattr(index, name), groups)
        return TensorFacts(block, kernel, **found)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` compiled, once per pattern and only when it is needed."""
    return re.compile(pattern)


_Matcher = Callable[[str], re.Match[str] | None]


@cache
def _matchers(
    rules: KernelRules,
) -> tuple[list[tuple[_Matcher, TensorRule]], list[tuple[_Matcher, IndexRule]]]:
    """The tables of ``rules`` with the matching of each pattern looked up once."""
    return (
        [(compiled(entry.pattern).fullmatch, entry) for entry in rules.tensors],
        [(compiled(entry.pattern).search, entry) for entry in rules.indices],
    )


def fill(template: str, values: Mapping[str, str]) -> str:
    """``template`` with every ``{word}`` replaced; empty when it names only words without value."""
    if "{" not in template:
        return template
    # Odd places are words, even ones the text between them.
    parts = list(_split(template))
    for i in range(1, len(parts), 2):
        parts[i] = values.get(parts[i], "")
    if len(parts) > 1 and not any(parts[1::2]):
        return ""
    return "".join(parts).strip()


@cache
def _split(template: str) -> tuple[str, ...]:
    """``template`` cut at its references, each template once."""
    return tuple(_REFERENCE.split(template))


def load_rules(
    extra: str | bytes | None = None, *, path: str = "", replace: bool = False
) -> KernelRules:
    """The default rules, or those with the YAML text ``extra`` (from file ``path``) added.

    Rules of ``extra`` come first, and one with the id of a default rule takes its place. With
    ``extends: none`` in the file, or ``replace``, the defaults are left out, except for the
    explicit markers ``@kernel`` and ``@layer``. Raises InputError with every problem located.
    """
    if extra is None:
        return _default_rules()
    from isa_analysis.config import read_yaml, validate
    from isa_analysis.kernels.schema import RuleFile

    document = read_yaml(extra, path)
    file = validate(document, RuleFile)
    data = file.model_dump()
    default = _default_rules()
    if problems := _check(data, document, {rule.id for rule in default.rules}):
        raise InputError(problems)
    alone = replace or file.extends == "none"
    own = _build(data)
    ids = {rule.id for rule in own.rules}
    kept = [
        rule
        for rule in default.rules
        if rule.id not in ids and (not alone or rule.family == "generic")
    ]
    return _assemble(
        (*own.rules, *kept),
        own.tensors + (() if alone else default.tensors),
        own.indices + (() if alone else default.indices),
    )


@cache
def _default_rules() -> KernelRules:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = package_file("kernels/default_rules.yaml").read_text(encoding="utf-8")
    # The shipped file is checked against the schema by the tests, not on every start.
    return _build(yaml.load(text, Loader=loader))


def _build(data: Mapping[str, Any]) -> KernelRules:
    rules = []
    for entry in data.get("rules") or ():
        values = dict(entry)
        for name in ("begins", "name_by", "head_by", "slot_by", "inherit", "remember"):
            values[name] = tuple(values.get(name) or ())
        for name in ("within", "not_within"):
            values[name] = frozenset(values.get(name) or ())
        rules.append(Rule(**values))
    return _assemble(
        tuple(rules),
        tuple(TensorRule(**entry) for entry in data.get("tensors") or ()),
        tuple(IndexRule(**entry) for entry in data.get("indices") or ()),
    )


def _assemble(
    rules: tuple[Rule, ...], tensors: tuple[TensorRule, ...], indices: tuple[IndexRule, ...]
) -> KernelRules:
    by_word: dict[str, list[Rule]] = {}
    for rule in rules:
        for literal in rule.begins:
            word = FIRST_WORD.match(literal)
            assert word is not None, f"rule {rule.id}: {literal!r} has no first word"
            known = by_word.setdefault(word[0], [])
            if rule not in known:
                known.append(rule)
    return KernelRules(
        rules,
        tensors,
        indices,
        {word: tuple(known) for word, known in by_word.items()},
        tuple(rule for rule in rules if rule.contains and not rule.begins),
    )


def _check(data: Mapping[str, Any], document: Document, default_ids: set[str]) -> list[Diagnostic]:
    """Problems of a schema-conforming file: unusable patterns, unknown words and unknown ids."""
    problems: list[Diagnostic] = []
    ids = default_ids | {entry["id"] for entry in data["rules"]}
    first: dict[str, int] = {}
    for number, entry in enumerate(data["rules"]):
        if first.setdefault(entry["id"], number) != number:
            message = f"two rules have the id {entry['id']!r}"
            problems.append(document.diagnostic(("rules", number, "id"), "E111", message))
        problems += [
            document.diagnostic(("rules", number, name), "E111", f"there is no rule {unknown!r}")
            for name in ("within", "not_within")
            for unknown in entry[name]
            if unknown not in ids
        ]
    for part in ("rules", "tensors", "indices"):
        for number, entry in enumerate(data[part]):
            for name, value in entry.items():
                loc: Loc = (part, number, name)
                if name in ("pattern", "accept") and value:
                    problems += _check_pattern(value, document, loc)
                elif isinstance(value, str) and "{" in value:
                    unknown = sorted(set(_REFERENCE.findall(value)) - GROUPS)
                    problems += [
                        document.diagnostic(
                            loc,
                            "E111",
                            f"{{{word}}} stands for nothing",
                            hint=f"known: {', '.join(sorted(GROUPS))}",
                        )
                        for word in unknown
                    ]
    return problems


def _check_pattern(pattern: str, document: Document, loc: Loc) -> list[Diagnostic]:
    try:
        groups = re.compile(pattern).groupindex
    except (re.error, OverflowError, RecursionError) as problem:
        return [document.diagnostic(loc, "E110", f"not a regular expression: {problem}")]
    return [
        document.diagnostic(
            loc,
            "E111",
            f"group {name!r} is not one a rule can use",
            hint=f"known: {', '.join(sorted(GROUPS))}",
        )
        for name in groups
        if name not in GROUPS
    ]
