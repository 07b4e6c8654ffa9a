"""Work in a second process: the same results, whatever happens to it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from isa_analysis import forking
from isa_analysis.forking import promise


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "can_fork", lambda: True)


def test_a_large_task_is_done_by_another_process() -> None:
    assert promise(os.getpid, large=True).get() != os.getpid()


def test_a_small_task_is_not() -> None:
    assert promise(os.getpid, large=False).get() == os.getpid()


def test_nor_is_any_task_where_there_is_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "can_fork", lambda: False)
    assert promise(os.getpid, large=True).get() == os.getpid()


def dies() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def leaves() -> int:
    os._exit(0)


def raises() -> int:
    raise ValueError("no")


@pytest.mark.parametrize("failure", [dies, leaves, raises])
def test_what_a_child_fails_at_is_done_here(failure: Callable[[], int]) -> None:
    parent = os.getpid()

    def work() -> int:
        return failure() if os.getpid() != parent else 7

    assert promise(work, large=True).get() == 7


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    with pytest.raises(ValueError, match="no"):
        promise(raises, large=True).get()


def test_a_codec_carries_what_does_not_pickle() -> None:
    def unpack(*seen: int) -> Callable[[int], int]:
        return lambda x: seen[x] * 10

    codec: forking.Codec[Callable[[int], int]] = forking.Codec(
        lambda f: (f(1), os.getpid()), unpack
    )
    result = promise(lambda: lambda x: x + 3, large=True, codec=codec).get()
    assert result(0) == 40
    assert result(1) != os.getpid() * 10


def test_what_does_not_pickle_is_done_here() -> None:
    assert promise(lambda: lambda: os.getpid(), large=True).get()() == os.getpid()


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError("no more processes")

    monkeypatch.setattr(forking, "_fork", refuse)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
    assert promise(os.getpid, large=True).get() == os.getpid()
    after = len(os.listdir("/proc/self/fd")) if before else 0  # noqa: PTH208
    assert after == before
