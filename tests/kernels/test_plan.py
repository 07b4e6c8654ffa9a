"""Comments that are equal but for their digits share what is worked out, and nothing else."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.kernels import load_rules
from isa_analysis.kernels.digits import fold, is_even
from isa_analysis.kernels.markers import Marker, MarkerReader
from isa_analysis.kernels.plan import plan_texts
from isa_analysis.kernels.rules import KernelRules

EXAMPLES = int(os.environ.get("ISA_ANALYSIS_EXAMPLES", "200"))

#: The defaults, and rules whose meaning hangs on a digit in a literal, in a pattern, in a repeat.
ODD_RULES = load_rules(
    """
version: 1
rules:
  - id: odd-word
    action: kernel
    begins: ["im2col"]
    pattern: 'im2col (?P<out>\\w+)'
    kernel: unfold
  - id: odd-literal
    action: kernel
    begins: ["Load 1"]
    pattern: 'Load (?P<out>\\w+)'
    kernel: first
  - id: odd-pattern
    action: kernel
    begins: ["Step"]
    pattern: 'Step [13579] (?P<out>\\w+)'
    kernel: odd
  - id: twice
    action: kernel
    begins: ["Pair"]
    pattern: 'Pair (?P<lhs>\\d+) (?P=lhs)'
    kernel: twins
  - id: even
    action: kernel
    begins: ["Tile"]
    pattern: 'Tile \\d{1,2}(?: (?P<tensor>[a-z0-9]+))?'
    tensor: '{tensor}'
    kernel: tile
"""
)
WORDS = st.sampled_from(
    [
        "im2col",
        "im3col",
        "Load",
        "Step",
        "Pair",
        "Tile",
        "W_q_0_h1",
        "W_fc1_2",
        "1",
        "13",
        "2",
        "22",
    ]
)
TEXTS = st.lists(
    st.lists(WORDS, min_size=1, max_size=5).map(lambda words: "; " + " ".join(words)), max_size=8
)


def one_by_one(texts: list[str], rules: KernelRules) -> list[object]:
    """What each text means, without anything shared."""
    out: list[object] = []
    for text in texts:
        reader = MarkerReader(rules)
        plan: object = None
        found = rules.candidates(text)
        for number, rule in enumerate(found):
            marker = reader.read(rule, text)
            if marker is not None:
                looks_up = marker.address >= 0 and not marker.declares
                later = rule.within or rule.not_within or looks_up
                plan = tuple(r.id for r in found[number:]) if later else said(marker)
                break
        out.append(plan)
    return out


def said(plan: object) -> object:
    """A plan as something to compare."""
    if isinstance(plan, Marker):
        fields = [f for f in Marker.__slots__ if f != "rule"]
        return (plan.rule.id, *(getattr(plan, field) for field in fields))
    return tuple(rule.id for rule in plan) if isinstance(plan, tuple) else plan


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
def test_sharing_changes_nothing(texts: list[str]) -> None:
    plans, _ = plan_texts(texts, ODD_RULES)
    assert [said(plan) for plan in plans] == one_by_one(texts, ODD_RULES)


def test_digits_of_a_literal_and_of_a_pattern_count() -> None:
    texts = ["; Load 1", "; Load 2", "; Step 1 a", "; Step 2 a", "; Pair 7 7", "; Pair 7 8"]
    plans, _ = plan_texts(texts, ODD_RULES)
    kernels = [plan.kernel if isinstance(plan, Marker) else None for plan in plans]
    assert kernels == ["first", None, "odd", None, "twins", None]


def test_texts_with_equal_folds_keep_their_own_names() -> None:
    plans, _ = plan_texts(["; Tile 3 w12", "; Tile 4 w95", "; Tile 5"], ODD_RULES)
    tensors = [plan.tensor for plan in plans if isinstance(plan, Marker)]
    assert tensors == ["w12", "w95", ""]


@pytest.mark.parametrize(
    ("pattern", "even"),
    [
        (r"a\d+b", True),
        (r"[0-9]{1,3}x", True),
        (r"\w+ [a-z0-9]*", True),
        (r"layer 1", False),
        (r"[0-3]+", False),
        (r"(\d)\1", False),
        (r"(?P<a>\d)(?P=a)", False),
        (r"a\{3\}", False),
        (r"\x31", False),
    ],
)
def test_is_even(pattern: str, even: bool) -> None:
    assert is_even(pattern) is even


def test_fold_keeps_everything_but_digits() -> None:
    assert fold("W_q_17 [3]") == b"W_q_00 [0]"
    assert fold("\udc80٣1") == "\udc80٣0".encode("utf-8", "surrogatepass")
