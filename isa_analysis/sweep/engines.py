"""Where tasks run: in this process, in one process per core, or on a Dask cluster.

Every engine yields the same outcomes, in whatever order they are finished.
"""

from __future__ import annotations

import importlib
import io
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from isa_analysis.assembly.source import Source
from isa_analysis.diagnostics import error
from isa_analysis.sweep.model import Outcome
from isa_analysis.sweep.price import Bench, Task, Workload

if TYPE_CHECKING:
    from concurrent.futures import Future

    from isa_analysis.assembly.program import Program
    from isa_analysis.kernels import KernelRules

Finished = Iterator[list[tuple[int, Outcome]]]

#: What installs the optional engine.
DASK_INSTALL = "pip install 'isa-analysis[dask]'"
_CONNECT_SECONDS = 10
#: Tasks handed out per process: enough that none waits, few enough that Ctrl-C is answered soon.
_AHEAD = 4
#: How often Ctrl-C is looked for, at least (seconds).
_LOOK_SECONDS = 0.2

#: The bench of a worker process.
_bench: Bench | None = None


def processors() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def portable(program: Program) -> Program:
    """``program`` without its source, which another process or host may not be able to open."""
    return replace(program, source=Source(program.name, None, io.BytesIO()))


def run_here(
    tasks: Sequence[Task], workloads: Sequence[Workload], rules: KernelRules | None
) -> Finished:
    """One task after the other in this process."""
    bench = Bench(workloads, rules)
    for task in tasks:
        yield bench.run(task)


def run_processes(
    tasks: Sequence[Task], workloads: Sequence[Workload], rules: KernelRules | None, jobs: int
) -> Finished:
    """In ``jobs`` processes, which inherit the parsed programs where the system can fork.

    Raises :class:`InputError` (E744) when a process dies.
    """
    import multiprocessing
    import warnings
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    jobs = min(jobs, len(tasks))
    waiting = deque(tasks)
    with _interrupt_later() as interrupted:
        pool = ProcessPoolExecutor(jobs, context, _adopt, (workloads, rules))
        try:
            left: set[Future[list[tuple[int, Outcome]]]] = set()
            with warnings.catch_warnings():
                # NumPy's idle threads make fork() warn; the children call nothing that uses them.
                warnings.simplefilter("ignore", DeprecationWarning)
                while waiting and len(left) < jobs:
                    left.add(pool.submit(_work, waiting.popleft()))
            while left and not interrupted():
                while waiting and len(left) < _AHEAD * jobs:
                    left.add(pool.submit(_work, waiting.popleft()))
                done, left = wait(left, _LOOK_SECONDS, FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        except BrokenProcessPool:
            raise error(
                "E744", "a worker process died, most likely for lack of memory",
                hint="fewer processes: --jobs 1",
            ) from None  # fmt: skip
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        if interrupted():
            raise KeyboardInterrupt


@contextmanager
def _interrupt_later() -> Iterator[Callable[[], bool]]:
    """Ctrl-C is noted instead of raised, since an exception in the middle of a pool's bookkeeping
    leaves its threads waiting for each other; a second one is raised at once."""
    noted: list[int] = []

    def note(number: int, frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False  # only the main thread hears of Ctrl-C
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(noted)
    finally:
        signal.signal(signal.SIGINT, before)


def _adopt(workloads: Sequence[Workload], rules: KernelRules | None) -> None:
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C for all
    _bench = Bench(workloads, rules)


def _work(task: Task) -> list[tuple[int, Outcome]]:
    assert _bench is not None
    return _bench.run(task)


def run_dask(
    tasks: Sequence[Task],
    workloads: Sequence[Workload],
    rules: KernelRules | None,
    address: str,
) -> Finished:
    """On the cluster of the Dask scheduler at ``address``.

    Raises :class:`InputError`: E742 when Dask is not installed here, E743 when the cluster cannot
    be reached or its workers cannot do the work.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise error(
            "E742", "--scheduler needs Dask, which is not installed", hint=DASK_INSTALL
        ) from None
    try:
        client: Any = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise error(
            "E743", f"no Dask scheduler answers: {problem}", path=address,
            hint="an address such as tcp://host:8786; start one with: dask scheduler",
        ) from None  # fmt: skip
    try:
        # The programs go to every worker once; tasks carry only a reference to them.
        shared = client.scatter([tuple(workloads), rules], broadcast=True, hash=False)
        futures = [client.submit(_remote, task, *shared, pure=False) for task in tasks]
        for _, result in distributed.as_completed(futures, loop=client.loop, with_results=True):
            yield result
    except Exception as problem:
        raise error(
            "E743", f"the Dask cluster failed: {type(problem).__name__}: {problem}", path=address,
            hint="workers need the same version of isa-analysis as this process",
        ) from problem  # fmt: skip
    finally:
        client.close()


def _remote(
    task: Task, workloads: Sequence[Workload], rules: KernelRules | None
) -> list[tuple[int, Outcome]]:
    """A task on a worker, with a bench per set of workloads kept for the next one."""
    global _bench
    if _bench is None or _bench.workloads is not workloads:
        _bench = Bench(workloads, rules)
    return _bench.run(task)
