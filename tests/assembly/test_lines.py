"""Numbering lines by NumPy agrees with a dictionary, and how a file is cut changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.assembly import interning, lines
from isa_analysis.assembly.interning import LineCache, line_bounds
from isa_analysis.assembly.lines import LineStream, join, read_lines

#: Lengths around which a line moves from one table to the next, newline not counted.
EDGES = (0, 1, 7, 8, 30, 31, 32, 62, 63, 64, 126, 127, 128, 300)

TEXTS = (
    "",
    "; a comment",
    "// another, longer than any instruction is: " + "x" * 40,
    "S_ADDI_INT gp1, gp0, 64",
    "S_ADDI_INT gp1, gp0, 65",
    "S_ADDI_INT gp11, gp0, 4194303 ; with a comment behind it",
    "S_LUI_INT gp2, 0x10",
    "C_LOOP_START gp3, 12345678901234567890",
    "V_ADD_VV gp1, gp2, gp3, 0",
    "M_MM 0, gp1, gp2",
    "FOO bar",
    "lower case",
    "S_ADDI_INT gp1, gp0, 0000000000000012",
    "H_PREFETCH_V gp4, gp3, a0, 1, 0\r",
)


class Numbers(dict[bytes, int]):
    """The mapping behind a cache: every line it has not seen gets the next number."""

    def __missing__(self, line: bytes) -> int:
        number = self[line] = len(self)
        return number


def found(cache: LineCache, block: bytes) -> list[int]:
    return cache.find(block, *line_bounds(block)).tolist()


def decoded(stream: LineStream) -> list[object]:
    """What the stream says about each line, whatever the rows are called."""
    r = stream.rows
    described = [
        (
            r.spellings[op] if op >= 0 else "",
            status,
            form,
            kinds,
            values,
            r.comments.get(row),
        )
        for row, (op, status, form, kinds, values) in enumerate(
            zip(
                r.op.tolist(),
                r.status.tolist(),
                r.form.tolist(),
                r.kinds.tolist(),
                r.values.tolist(),
                strict=True,
            )
        )
    ]
    return [described[row] for row in stream.ids.tolist()]


def block_of(texts: list[str]) -> bytes:
    return "".join(text + "\n" for text in texts).encode()


@pytest.fixture(params=["roomy", "crowded"])
def tables(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tables from the first line on; crowded ones have so few slots that most lines collide."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interning, "_WORTH", 0)
        if request.param == "crowded":
            patch.setattr(interning, "_KEY_BYTES", 256)
        yield


def test_bounds() -> None:
    starts, ends = line_bounds(b"ab\n\nc\n")
    assert starts.tolist() == [0, 3, 4]
    assert ends.tolist() == [3, 4, 6]
    assert [len(column) for column in line_bounds(b"")] == [0, 0]


def test_keys_tell_padding_from_text(tables: None) -> None:
    """A key is filled up with zeros, which a line may hold itself."""
    numbers = Numbers()
    texts = [b"a", b"a\0", b"a\0\0", b"", b"\0", b"a" * 31, b"a" * 32, b"a" * 31 + b"\0"]
    block = b"".join(text + b"\n" for text in texts)
    cache = LineCache(numbers)
    first = found(cache, block)
    assert len(set(first)) == len(texts)
    assert [numbers[text] for text in texts] == first
    assert found(cache, block) == first


@pytest.mark.parametrize("length", EDGES)
def test_lines_that_differ_in_one_byte(tables: None, length: int) -> None:
    cache = LineCache(Numbers())
    texts = [b"x" * length]
    texts += [b"x" * i + b"y" + b"x" * (length - i - 1) for i in range(length)]
    block = b"".join(text + b"\n" for text in texts)
    assert len(set(found(cache, block))) == length + 1
    assert found(cache, block) == found(cache, block)


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.sampled_from([b"x" * n for n in EDGES] + [b"\0" * n for n in EDGES]),
                st.binary(max_size=140).map(lambda text: text.replace(b"\n", b" ")),
            ),
            max_size=30,
        ),
        max_size=4,
    ),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_cache_answers_like_its_mapping(blocks: list[list[bytes]], crowded: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interning, "_WORTH", 0)
        if crowded:
            patch.setattr(interning, "_KEY_BYTES", 256)
        numbers = Numbers()
        cache = LineCache(numbers)
        for block in blocks:
            answers = found(cache, b"".join(text + b"\n" for text in block))
            assert answers == [dict(numbers)[text] for text in block]
    assert set(numbers) == {text for block in blocks for text in block}


def test_known_lines_are_not_asked_for_again() -> None:
    numbers = Numbers()
    cache = LineCache(numbers)
    block = block_of([f"line {i % 50}" for i in range(3000)])
    first = found(cache, block)
    numbers.clear()
    assert found(cache, block) == first
    assert not numbers


def test_few_lines_make_no_table() -> None:
    cache = LineCache(Numbers())
    assert found(cache, b"a\nb\na\n") == [0, 1, 0]
    assert not cache._tables


@given(
    st.lists(st.sampled_from(TEXTS), max_size=60),
    st.lists(st.integers(0, 60), max_size=4),
    st.sampled_from([0, 2000]),
)
@settings(max_examples=40, deadline=None)
def test_how_a_file_is_cut_changes_nothing(texts: list[str], cuts: list[int], worth: int) -> None:
    whole = read_lines([block_of(texts)])
    places = sorted({0, len(texts), *(min(cut, len(texts)) for cut in cuts)})
    pieces = [block_of(texts[a:b]) for a, b in pairwise(places)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interning, "_WORTH", worth)
        stream = read_lines(pieces)
    assert len(stream) == len(texts)
    assert decoded(stream) == decoded(whole)
    parts = [read_lines([piece]) for piece in pieces]
    if parts:
        assert decoded(join(parts)) == decoded(whole)


def test_equal_lines_share_a_row() -> None:
    stream = read_lines([block_of(["S_NOP", "C_BREAK", "S_NOP"]), block_of(["S_NOP"])])
    assert stream.ids.tolist() == [0, 1, 0, 0]
    assert len(stream.rows.status) == 2


@pytest.mark.parametrize("interned", [1 << 19, 100])
def test_files_of_new_lines_are_decoded_without_interning(
    interned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once most lines are new (or too many are known), chunks go to the decoder as they are."""
    texts = [f"S_ADDI_INT gp{i % 16}, gp{i % 7}, {i // 2 * 2}" for i in range(9000)]
    expected = decoded(read_lines([block_of(texts)]))
    blocks = [block_of(texts[i : i + 1500]) for i in range(0, len(texts), 1500)]
    monkeypatch.setattr(lines, "_SKIP", 2)
    monkeypatch.setattr(lines, "_MAX_INTERNED", interned)
    stream = read_lines(blocks + blocks[:1])
    assert decoded(stream) == expected + expected[:1500]
    # The second and third block have a row per line, even where lines are equal.
    assert len(set(stream.ids[1500:4500].tolist())) == 3000


def test_progress_is_told_all_bytes() -> None:
    seen: list[int] = []
    read_lines([b"C_BREAK\n", b"; x\n"], seen.append)
    assert seen == [8, 4]


def test_no_lines() -> None:
    stream = read_lines([])
    assert len(stream) == 0
    assert stream.ids.dtype == np.int32
    assert decoded(join([stream, read_lines([b"C_BREAK\n"])])) == decoded(
        read_lines([b"C_BREAK\n"])
    )


@pytest.mark.parametrize("digits", range(1, 20))
def test_integers_of_any_length(digits: int) -> None:
    """Known answers: leading zeros count for nothing, values saturate at 31 bits."""
    texts = ["S_ADDI_INT gp1, gp0, " + "9" * digits, "S_ADDI_INT gp1, gp0, " + "7".zfill(digits)]
    stream = read_lines([block_of(texts)])
    values = stream.rows.values[stream.ids][:, 2].tolist()
    assert values == [min(10**digits - 1, (1 << 31) - 1), 7]
