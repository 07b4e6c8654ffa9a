"""What each distinct comment can mean, before it is known where the comments stand.

Thousands of comments differ in their digits only. Which rules fit a comment, and where the parts of
interest lie in it, is found once for all that are equal but for digits, as long as nothing in the
rules concerned tells one digit from another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from isa_analysis.kernels.digits import fold, has_digit, is_even
from isa_analysis.kernels.markers import Marker, MarkerReader
from isa_analysis.kernels.rules import (
    DECORATION,
    LOOKED_AT,
    TRAILING,
    KernelRules,
    Rule,
    compiled,
)
from isa_analysis.kernels.vocabulary import FIRST_WORD

#: Nothing, a marker, or the rules to choose from when the comment is met.
Plan = Marker | tuple[Rule, ...] | None

#: A rule that may fit, and where its named groups are (None: it has no pattern).
_Step = tuple[int, Rule, tuple[tuple[str, int, int], ...] | None]
_UNSEEN: tuple[tuple[Rule, ...], tuple[_Step, ...]] = ((), ())


def plan_texts(texts: Sequence[str], rules: KernelRules) -> tuple[list[Plan], MarkerReader]:
    """For each text what it can mean, and the reader that knows the markers met."""
    reader = MarkerReader(rules)
    plans: list[Plan] = []
    known: dict[bytes, tuple[tuple[Rule, ...], tuple[_Step, ...]] | None] = {}
    for text in texts:
        shape = fold(text)
        entry = known.get(shape, _UNSEEN)
        if entry is _UNSEEN:
            entry = known[shape] = _steps(text, rules)
        if entry is None:  # its digits matter
            found, steps = rules.candidates(text), None
        else:
            found, steps = entry
        plans.append(_plan(reader, found, steps, text) if found else None)
    return plans, reader


def _plan(
    reader: MarkerReader, found: tuple[Rule, ...], steps: tuple[_Step, ...] | None, text: str
) -> Plan:
    """What ``text`` means under the first rule of ``found`` that yields a marker."""
    for number, rule, places in steps if steps is not None else _undecided(found):
        if places is None:
            marker = reader.read(rule, text)
        else:
            marker = reader.marker(rule, {name: text[i:j] for name, i, j in places})
        if marker is not None:
            looks_up = marker.address >= 0 and not marker.declares
            return found[number:] if rule.within or rule.not_within or looks_up else marker
    return None


def _undecided(found: tuple[Rule, ...]) -> Iterator[_Step]:
    return ((number, rule, None) for number, rule in enumerate(found))


def _steps(text: str, rules: KernelRules) -> tuple[tuple[Rule, ...], tuple[_Step, ...]] | None:
    """The rules whose literals fit ``text``, and those of them whose patterns fit too; None when
    that may depend on its digits."""
    words, sound = _even_words(rules)
    stripped = text[:LOOKED_AT].lstrip(DECORATION)
    word = FIRST_WORD.match(stripped)
    if not sound or (word and fold(word[0]) in words):
        return None
    found = rules.candidates(text)
    if not all(is_even(rule.pattern) for rule in found):
        return None
    body = stripped.rstrip(TRAILING)
    begin = min(len(text), LOOKED_AT) - len(stripped)
    steps: list[_Step] = []
    for number, rule in enumerate(found):
        if not rule.pattern:
            steps.append((number, rule, None))
        elif match := compiled(rule.pattern).match(body):
            # A group that takes no part lies nowhere: at (-1, -1).
            spans = ((name, *match.span(name)) for name in match.re.groupindex)
            places = tuple((n, begin + i, begin + j) if i >= 0 else (n, 0, 0)
                           for n, i, j in spans)  # fmt: skip
            steps.append((number, rule, places))
    return found, tuple(steps)


@cache
def _even_words(rules: KernelRules) -> tuple[frozenset[bytes], bool]:
    """First words, digits folded, that lead to rules with literals that hold digits; and whether
    the other rules' literals hold none."""
    words = {
        fold(word)
        for word, known in rules.by_word.items()
        if has_digit(word) or any(has_digit(b) for rule in known for b in rule.begins)
    }
    return frozenset(words), not any(has_digit(rule.contains) for rule in rules.anywhere)
