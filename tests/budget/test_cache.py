"""The cache never fails a run and never answers with what it was not given."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from budget_project import GROWN, PROGRAM, snapshot_of_text
from hypothesis import given, settings
from hypothesis import strategies as st

from isa_analysis.budget.cache import Cache, cache_key

KEY, OTHER = cache_key("a"), cache_key("b")


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    assert cache.get(KEY) is None
    snapshot = snapshot_of_text(PROGRAM)
    cache.put(KEY, snapshot)
    stored = cache.get(KEY)
    assert stored == snapshot
    # Lines are no part of equality, and must survive too.
    assert stored is not None
    for old, new in zip(snapshot.kernels, stored.kernels, strict=True):
        assert [p.lines for p in old.pieces] == [p.lines for p in new.pieces]
    assert cache.get(OTHER) is None
    assert (tmp_path / "c" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("data", [b"", b"\n", b"x", b"\xff\n{}", b"[]\n[]", b"{}"])
def test_foreign_content_is_ignored(tmp_path: Path, data: bytes) -> None:
    (tmp_path / f"{KEY}.json").write_bytes(data)
    assert Cache(tmp_path).get(KEY) is None


def test_a_file_of_another_key_is_ignored(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(OTHER, snapshot_of_text(GROWN))
    (tmp_path / f"{OTHER}.json").rename(tmp_path / f"{KEY}.json")
    assert cache.get(KEY) is None


def test_a_folder_or_a_link_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / f"{KEY}.json").mkdir()
    (tmp_path / f"{OTHER}.json").symlink_to(tmp_path / "nowhere")
    cache = Cache(tmp_path)
    assert cache.get(KEY) is None
    assert cache.get(OTHER) is None
    cache.put(KEY, snapshot_of_text(PROGRAM))


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 3000), byte=st.integers(0, 255))
def test_any_changed_byte_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    cache = Cache(tmp_path_factory.mktemp("c"))
    snapshot = snapshot_of_text(PROGRAM)
    cache.put(KEY, snapshot)
    file = cache.folder / f"{KEY}.json"
    data = bytearray(file.read_bytes())
    before = data[place % len(data)]
    data[place % len(data)] = byte
    file.write_bytes(data)
    assert cache.get(KEY) == (snapshot if byte == before else None)


def test_the_size_is_bounded_oldest_first(tmp_path: Path) -> None:
    snapshot = snapshot_of_text(PROGRAM)
    big = Cache(tmp_path)
    keys = [cache_key(i) for i in range(6)]
    for age, key in enumerate(keys):
        big.put(key, snapshot)
        os.utime(tmp_path / f"{key}.json", (1000 + age, 1000 + age))
    size = (tmp_path / f"{keys[0]}.json").stat().st_size
    assert big.get(keys[0]) == snapshot  # used now, so the youngest
    (tmp_path / "notes.txt").write_text("x" * 10_000)
    Cache(tmp_path, max_bytes=3 * size).prune()
    assert [key for key in keys if (tmp_path / f"{key}.json").exists()] == [keys[0], *keys[4:]]
    assert (tmp_path / "notes.txt").exists()


def test_too_large_a_snapshot_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c", max_bytes=100)
    cache.put(KEY, snapshot_of_text(PROGRAM))
    assert not (tmp_path / "c").exists()


def test_stale_temporary_files_go(tmp_path: Path) -> None:
    stale, fresh = tmp_path / f".{KEY}.json.old", tmp_path / f".{KEY}.json.new"
    for file in (stale, fresh):
        file.write_text("")
    os.utime(stale, (time.time() - 7200,) * 2)
    Cache(tmp_path).prune()
    assert (stale.exists(), fresh.exists()) == (False, True)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file")
    cache = Cache(tmp_path / "c")
    cache.put(KEY, snapshot_of_text(PROGRAM))
    cache.prune()
    assert cache.get(KEY) is None
