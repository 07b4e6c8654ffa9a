"""Rule files: schema, extension, replacement, errors, and the shipped rules themselves."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from isa_analysis.diagnostics import InputError
from isa_analysis.kernels import load_rules
from isa_analysis.kernels.rules import GROUPS, compiled, fill
from isa_analysis.resources import package_file

DEFAULT = package_file("kernels/default_rules.yaml")

V1 = "version: 1\n"
RULE = V1 + "rules:\n- "

USER = """
version: 1
rules:
- id: stage
  action: kernel
  begins: ["STAGE "]
  pattern: 'STAGE (?P<name>\\w+)( of (?P<weight>\\w+))?'
  name_by: [weight]
  block: my block
  kernel: 'stage {name}'
  tensor: '{weight}'
"""


def test_a_users_rule_adds_to_the_default_ones(spans):
    rules = load_rules(USER)
    listing = "// STAGE one\nV_ADD_VV\n; SILU Generation\nV_EXP_V\n; STAGE two of W_q_0\nM_MM"
    assert spans(listing, rules) == [
        (0, "", "my block", "stage one"),
        (1, "", "ffn", "silu"),
        (2, "layer 0", "my block", "stage two"),
    ]


def test_a_fallback_block_yields_to_the_tensor(spans):
    rules = load_rules(USER.replace("block: my", "fallback_block: my"))
    listing = "; STAGE one\nM_MM\n; STAGE two of W_q\nM_MM"
    assert [span[2] for span in spans(listing, rules)] == ["my block", "attention"]


def test_extends_none_keeps_only_the_explicit_markers(spans):
    listing = "; SILU Generation\nV_EXP_V\n; STAGE x\nM_MM\n; @kernel k\nM_MM\n; @end"
    for rules in (load_rules(USER + "extends: none"), load_rules(USER, replace=True)):
        assert [span[3] for span in spans(listing, rules)] == ["unmarked", "stage x", "k"]


def test_a_rule_with_a_default_id_takes_its_place(spans):
    rules = load_rules(
        "version: 1\nrules:\n"
        "- {id: silu, action: kernel, begins: [SILU], block: mine, kernel: swish}\n"
    )
    assert spans("; SILU Generation\nV_EXP_V", rules) == [(0, "", "mine", "swish")]
    assert [rule.id for rule in rules.rules].count("silu") == 1


def test_a_users_rule_comes_before_the_default_ones(spans):
    rules = load_rules(
        "version: 1\nrules:\n"
        "- {id: mine, action: kernel, begins: [FFN Gate Projection], block: b, kernel: k}\n"
    )
    assert spans("; FFN Gate Projection Generation\nM_MM", rules) == [(0, "", "b", "k")]


def test_a_users_tensor_names(spans):
    rules = load_rules(
        "version: 1\ntensors:\n- {pattern: 'W_moon\\w*', block: moon, kernel: moon projection}\n"
        "indices:\n- {pattern: 'moon(?P<layer>\\d+)', layer: 'orbit {layer}'}\n"
    )
    listing = "; VRAM Sub Projection To: X[0][:] @ W_moon7[:][0] -> Y[0][0]\nM_MM"
    assert spans(listing, rules) == [(0, "orbit 7", "moon", "moon projection")]


def test_a_literal_anywhere_in_the_comment(spans):
    rules = load_rules(
        RULE + "{id: m, action: kernel, contains: '<<', block: b, kernel: '{op}',"
        " pattern: '.*<< (?P<op>\\w+)'}\n"
    )
    assert spans("; at some point << here\nM_MM", rules) == [(0, "", "b", "here")]


def test_conditions_look_at_the_running_kernel(spans):
    rules = load_rules(
        "version: 1\nextends: none\nrules:\n"
        "- {id: a, action: kernel, begins: [A], block: b, kernel: a}\n"
        "- {id: in, action: kernel, begins: [X], within: [a], block: b, kernel: inner}\n"
        "- {id: out, action: kernel, begins: [X], not_within: [in], block: b, kernel: outer}\n"
    )
    kernels = [span[3] for span in spans("; X\nM_MM\n; A\nM_MM\n; X\nM_MM\n; X\nM_MM", rules)]
    assert kernels == ["outer", "a", "inner"]


@pytest.mark.parametrize(
    ("text", "code", "where", "words"),
    [
        # `where` is the text that the reported position points at.
        ("version: 2", "E104", "2", "version"),
        ("rules: []", "E102", "", "version"),
        (V1 + "rulez: []", "E101", "rulez", "rulez"),
        (V1 + "extends: some", "E104", "some", "extends"),
        (RULE + "{id: a, action: kernel, begins: [A], kernal: k}", "E101", "kernal", "kernal"),
        (RULE + "{id: a, action: jump, begins: [A]}", "E104", "jump", "action"),
        (RULE + "{id: a, action: kernel, begins: [A]}", "E104", "", "needs 'kernel'"),
        (RULE + "{id: a, action: section, begins: [A]}", "E104", "", "needs 'layer'"),
        (RULE + "{id: a, action: end}", "E104", "", "begins"),
        (RULE + "{id: a, action: end, begins: [A], contains: b}", "E104", "", "begins"),
        (RULE + "{id: a, action: end, begins: ['(c']}", "E104", "", "word"),
        (RULE + "{id: a, action: end, begins: ['']}", "E104", "''", "begins"),
        (RULE + "{id: a, action: end, begins: Q}", "E103", "Q", "list"),
        (
            RULE + "{id: a, action: end, begins: [A], pattern: 'x('}",
            "E110",
            "'x('",
            "regular expression",
        ),
        (RULE + "{id: a, action: end, begins: [A], pattern: '(?P<nme>x)'}", "E111", "'(?P", "nme"),
        (RULE + "{id: a, action: kernel, begins: [A], kernel: 'k {nme}'}", "E111", "'k {", "nme"),
        (RULE + "{id: a, action: end, begins: [A], within: [b]}", "E111", "[b]", "'b'"),
        (
            RULE + "{id: a, action: end, begins: [A]}\n- {action: end, id: a, begins: [B]}",
            "E111",
            "a, begins: [B]",
            "two rules",
        ),
        (RULE + "{id: a, action: end, begins: [A], name_by: [nme]}", "E104", "nme]", "name_by"),
        (RULE + "{id: a, action: end, begins: [A], remember: [line]}", "E104", "line]", "remember"),
        (
            V1 + "tensors:\n- {pattern: '[', block: b, kernel: k}",
            "E110",
            "'['",
            "regular expression",
        ),
        (V1 + "tensors:\n- {pattern: 'a', kernel: k}", "E102", "{", "block"),
        (V1 + "indices:\n- {pattern: '(?P<layer>\\d)', layer: '{lyer}'}", "E111", "'{lyer", "lyer"),
        (V1 + "rules: 3", "E103", "3", "list"),
        ("- 1", "E103", "-", "mapping"),
        ("version: [", "E100", "", ""),
    ],
)
def test_mistakes_are_located(text, code, where, words):
    with pytest.raises(InputError) as caught:
        load_rules(text, path="my.yaml")
    found = caught.value.diagnostics[0]
    assert (found.path, found.code) == ("my.yaml", code)
    assert words in found.message
    assert found.line > 0 or "version" in found.message
    if where:
        assert text.splitlines()[found.line - 1][found.column - 1 :].startswith(where)


def test_all_mistakes_are_reported_at_once():
    text = (
        "version: 1\nrules:\n- {id: a, action: end, begins: [A], pattern: '('}\n"
        "- {id: b, action: end, begins: [B], pattern: ')'}\n"
    )
    with pytest.raises(InputError) as caught:
        load_rules(text)
    assert [problem.line for problem in caught.value.diagnostics] == [3, 4]


def test_the_shipped_rules_follow_the_schema():
    rules = load_rules(DEFAULT.read_text(encoding="utf-8"), path="default_rules.yaml")
    assert [rule.id for rule in rules.rules] == [rule.id for rule in load_rules().rules]


def test_the_shipped_rules_say_what_they_use():
    ids = set()
    for rule in load_rules().rules:
        assert rule.id not in ids
        ids.add(rule.id)
        groups = set(compiled(rule.pattern).groupindex) if rule.pattern else set()
        assert groups <= GROUPS
        given = groups | {"kernel", "tensor"}
        used = {*rule.name_by, *rule.head_by, *rule.slot_by}
        for template in (
            rule.layer,
            rule.block,
            rule.fallback_block,
            rule.kernel,
            rule.tensor,
            rule.head,
            rule.slot,
        ):
            used |= set(re.findall(r"\{(\w+)\}", template))
        assert used <= given, rule.id


def test_the_documented_example_works(spans):
    text = (Path(__file__).resolve().parents[2] / "docs" / "kernels.md").read_text("utf-8")
    example = text.split("```yaml")[1].split("```")[0]
    assert spans("; CONV same of W_x_layer4\nM_MM", load_rules(example)) == [
        (0, "layer 4", "convolution", "conv same")
    ]
    listed = re.search(r"limited to `([^`]*)`", text)
    assert listed is not None
    assert set(listed[1].split()) == GROUPS


def test_the_shipped_rules_load_quickly():
    # A generous bound: the budget is 40 ms, and machines under test are busy.
    from isa_analysis.kernels.rules import _default_rules

    best = min(_timed(_default_rules.__wrapped__) for _ in range(3))
    assert best < 0.2


def _timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def test_templates_are_filled_without_evaluating_anything():
    assert fill("a {layer} b {head}", {"layer": "1"}) == "a 1 b"
    assert fill("{layer}", {}) == ""
    assert fill("{layer.__class__} {}", {"layer": "1"}) == "{layer.__class__} {}"
    assert fill("{layer}{0}", {"layer": "1"}) == "1"
    assert fill("plain", {}) == "plain"


def test_the_default_rules_are_loaded_once():
    assert load_rules() is load_rules()
