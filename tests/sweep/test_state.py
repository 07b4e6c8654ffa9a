"""The state file: what comes back, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isa_analysis.diagnostics import InputError
from isa_analysis.sweep.model import Outcome, System
from isa_analysis.sweep.state import Recorder, content_key, load_state, save_state

OUTCOMES = {
    content_key("a", 1): Outcome("ok", "", "", 3, 10**30, 5, True, ("a caveat",), (("W1", "x"),)),
    content_key("a", 2): Outcome("failed", "E109", "no <section>\n|", complete=False),
    content_key("b"): Outcome(
        "faults", "L009", "line 5", 1, 2, 3, system=System("kv-swap", 0.1, 1, 2, 3, 4)
    ),
}


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    file = str(tmp_path / "state")
    assert load_state(file) == {}
    save_state(file, OUTCOMES)
    assert load_state(file) == OUTCOMES
    save_state(file, {})
    assert load_state(file) == {}


def test_keys_differ_with_every_fact() -> None:
    keys = {content_key(*facts) for facts in [("a",), ("b",), ("a", 1), ("a", "1"), ("a", None)]}
    assert len(keys) == 5


def lines(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    file = tmp_path / "state.json"
    save_state(str(file), OUTCOMES)
    return file


def refused(file: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_state(str(file))
    (found,) = caught.value.diagnostics
    assert found.path == str(file)
    assert found.code == "E741"
    return found.message


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"nothing", b"{}", b"[]\n", b'{"format": "isa-analysis-profile"}\n', b"\xff\xfe",
     b"[" * 100_000, b"null\n{}"],
)  # fmt: skip
def test_foreign_files_are_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "foreign"
    file.write_bytes(content)
    assert "not the state of a sweep" in refused(file)


def test_every_cut_is_found(state: Path) -> None:
    whole = state.read_bytes()
    first = whole.index(b"\n")
    for end in range(first + 1, len(whole), 7):
        state.write_bytes(whole[:end])
        assert "damaged" in refused(state)
    for end in range(0, first, 11):
        state.write_bytes(whole[:end])
        refused(state)


def test_every_changed_byte_is_found(state: Path) -> None:
    whole = bytearray(state.read_bytes())
    for at in range(whole.index(b"\n") + 1, len(whole), 5):
        changed = bytearray(whole)
        changed[at] ^= 1
        state.write_bytes(changed)
        assert "damaged" in refused(state)


def test_other_versions_are_refused(state: Path) -> None:
    header, *rest = lines(state)
    plain = json.loads(header)
    for key, value in (("tool_version", "9.9"), ("format_version", 2)):
        state.write_bytes(json.dumps({**plain, key: value}).encode() + b"\n" + b"".join(rest))
        assert "was written by" in refused(state)


def rehashed(file: Path, body: bytes, records: int) -> None:
    """``body`` under a header that is right about it."""
    import hashlib

    header = json.loads(lines(file)[0])
    header |= {"sha256": hashlib.sha256(body).hexdigest(), "records": records}
    file.write_bytes(json.dumps(header).encode() + b"\n" + body)


@pytest.mark.parametrize(
    "body",
    [b"{}\n", b"[]\n", b"3\n", b"x\n", b'{"key": "a"}\n', b'{"key": "a", "outcome": {}}\n',
     b'{"key": "a", "outcome": null}\n', b'{"key": "a", "outcome": {"status": "ok"}}\n'],
)  # fmt: skip
def test_records_of_another_shape_are_refused(state: Path, body: bytes) -> None:
    rehashed(state, body, 1)
    assert "damaged" in refused(state)


def test_the_number_of_records_is_checked(state: Path) -> None:
    rehashed(state, b"".join(lines(state)[1:]), 7)
    assert "number of records" in refused(state)


def test_a_folder_is_no_state(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_state(str(tmp_path))


def test_a_recorder_writes_what_was_added(tmp_path: Path) -> None:
    file = str(tmp_path / "state")
    recorder = Recorder(file, {})
    recorder.write()
    assert load_state(file) == {}
    for key, outcome in OUTCOMES.items():
        recorder.add(key, outcome)
    recorder.write()
    assert load_state(file) == OUTCOMES
    silent = Recorder(None, {})
    silent.add("x", Outcome("ok"))
    silent.write()
    assert silent.outcomes == {"x": Outcome("ok")}
