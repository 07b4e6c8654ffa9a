"""From the text of one comment to what it says: a :class:`Marker`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from isa_analysis.kernels.rules import (
    DECORATION,
    LOOKED_AT,
    TRAILING,
    KernelRules,
    Rule,
    TensorFacts,
    compiled,
    fill,
)

# Actions whose rule says nothing unless it yields a kernel name.
_NAMING = frozenset(("kernel", "template", "lead_in", "open"))


@dataclass(frozen=True, slots=True, eq=False)
class Marker:
    """What one comment says under one rule.

    ``fallback_block`` is used when neither the tensor nor an earlier comment gives a block.
    ``declares`` is the tensor that an annotation places at ``address``; for other rules a
    non-empty ``address`` means that the tensor there must be looked up first.
    """

    rule: Rule
    layer: str = ""
    block: str = ""
    fallback_block: str = ""
    kernel: str = ""
    tensor: str = ""
    head: str = ""
    slot: str = ""
    declares: str = ""
    address: int = -1


class MarkerReader:
    """Reads comment texts under a set of rules; equal readings share one object."""

    __slots__ = ("_body", "_facts", "_known", "_rules", "_text")

    def __init__(self, rules: KernelRules) -> None:
        self._rules = rules
        self._known: dict[tuple[str | None, ...], Marker | None] = {}
        self._facts: dict[str, TensorFacts] = {}
        self._text = self._body = ""

    def read(self, rule: Rule, text: str, tensor: str | None = None) -> Marker | None:
        """The marker that ``text`` is under ``rule``, or None when it is none.

        ``tensor`` is the name found at the marker's address; without it a marker that holds an
        address is returned unfinished.
        """
        groups: dict[str, str] = {}
        if rule.pattern:
            # A text is tried under several rules in a row: strip it once.
            if text is not self._text:
                self._text = text
                self._body = text[:LOOKED_AT].lstrip(DECORATION).rstrip(TRAILING)
            match = compiled(rule.pattern).match(self._body)
            if match is None:
                return None
            groups = match.groupdict("")
        return self.marker(rule, groups, tensor)

    def marker(
        self, rule: Rule, groups: dict[str, str], tensor: str | None = None
    ) -> Marker | None:
        """As :meth:`read`, for a text whose pattern's ``groups`` are known."""
        key = (rule.id, *groups.values(), tensor)
        try:
            return self._known[key]
        except KeyError:
            marker = self._known[key] = self._finish(rule, groups, tensor)
            return marker

    def facts(self, tensor: str) -> TensorFacts:
        """What the rules' tables say about ``tensor``; looked up once per name."""
        known = self._facts.get(tensor)
        if known is None:
            known = self._facts[tensor] = self._rules.facts(tensor)
        return known

    def _finish(self, rule: Rule, groups: dict[str, str], tensor: str | None) -> Marker | None:
        address = int(groups["address"]) if groups.get("address", "").isdecimal() else -1
        if address >= 0 and rule.action in ("annotation", "context"):
            return Marker(
                rule,
                head=fill(rule.head, groups),
                slot=fill(rule.slot, groups),
                declares=groups.get("name", ""),
                address=address,
            )
        if address >= 0 and tensor is None:
            return Marker(rule, address=address)
        if tensor is not None:
            groups["tensor"] = tensor
            if rule.accept and not compiled(rule.accept).fullmatch(tensor):
                return None
        tensors = [name for group in rule.name_by if (name := groups.get(group))]
        named = [facts for name in tensors if (facts := self.facts(name)).kernel]
        block = fill(rule.block, groups) or (named[0].block if named else "")
        if named:
            groups.setdefault("kernel", named[0].kernel)
        kernel = fill(rule.kernel, groups)
        if not kernel and rule.action in _NAMING:
            return None
        layer = fill(rule.layer, groups)
        if not layer and rule.action in ("layer_start", "section"):
            return None
        by_head = [groups.get(group, "") for group in rule.head_by] or tensors
        by_slot = [groups.get(group, "") for group in rule.slot_by]
        name = fill(rule.tensor, groups) or (tensors[0] if tensors else "")
        return Marker(
            rule,
            layer=layer or self._first("layer", (name, *by_head)),
            block=block,
            fallback_block=fill(rule.fallback_block, groups) or rule.family,
            kernel=kernel,
            tensor=name,
            head=fill(rule.head, groups) or self._first("head", by_head),
            slot=fill(rule.slot, groups) or self._first("slot", by_slot),
        )

    def _first(self, fact: str, tensors: Sequence[str]) -> str:
        for name in tensors:
            if name and (value := getattr(self.facts(name), fact)):
                return str(value)
        return ""
