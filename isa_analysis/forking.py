"""A second processor for work that pays for it: forked children that send their results back.

Whatever goes wrong in a child, the caller does the work itself instead, so that results and errors
never depend on how many processors there are.
"""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Promise(Generic[T]):
    """A result that a child is working on, or that :meth:`get` works out."""

    work: Callable[[], T]
    codec: Codec[T]
    child: int
    pipe: int

    def get(self) -> T:
        """The result; to be asked for once."""
        sent = None
        if self.pipe >= 0:
            try:
                sent = received(self.pipe, tuple)
            finally:
                end(self.child, self.pipe)
        return self.work() if sent is None else self.codec.unpack(*sent)


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a result travels: as the parts of a tuple that pickle well."""

    pack: Callable[[T], tuple[Any, ...]] = lambda result: (result,)
    unpack: Callable[..., T] = lambda result: result


def promise(work: Callable[[], T], *, large: bool, codec: Codec[T] | None = None) -> Promise[T]:
    """Start ``work`` in a child when it is ``large`` and there is a processor for it. It must have
    no effect but its result."""
    codec = codec or Codec()
    pack = codec.pack
    if large and can_fork():
        with suppress(OSError):
            pipe, child = spawn(lambda writing: send(pack(work()), writing))
            return Promise(work, codec, child, pipe)
    return Promise(work, codec, -1, -1)


def can_fork() -> bool:
    """Whether there are processes to fork and a second processor to run them."""
    if not hasattr(os, "fork"):
        return False
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) > 1
    return (os.cpu_count() or 1) > 1


def spawn(work: Callable[[int], None]) -> tuple[int, int]:
    """A pipe to read from, and the forked child that does ``work`` with its other end.

    Raises :class:`OSError` when there can be no child.
    """
    reading, writing = os.pipe()
    try:
        child = _fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if child == 0:
        # The child ends without any clean-up, which is its parent's.
        status = 1
        with suppress(BaseException):
            os.close(reading)
            work(writing)
            status = 0
        os._exit(status)
    os.close(writing)
    return reading, child


def _fork() -> int:
    with warnings.catch_warnings():
        # NumPy's idle threads make fork() warn; the child calls nothing that uses them.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def send(result: object, writing: int) -> None:
    """``result`` through the pipe ``writing``."""
    with os.fdopen(writing, "wb") as pipe:
        pickle.dump(result, pipe, protocol=5)


def received(reading: int, kind: type[T]) -> T | None:
    """What a child has sent, or None when that is no ``kind``."""
    with suppress(Exception), os.fdopen(os.dup(reading), "rb") as pipe:
        result = pickle.load(pipe)
        if isinstance(result, kind):
            return result
    return None


def end(child: int, pipe: int) -> None:
    """End a child, whatever it is doing."""
    os.close(pipe)
    with suppress(OSError):
        os.kill(child, signal.SIGKILL)
    with suppress(OSError):
        os.waitpid(child, 0)
