"""A check for each document in one of several processes, any of which can be lost.

Tasks and reports pass between them as JSON. A document that takes too long, or ends its process,
costs that document alone: the process is killed and replaced. Processes are forked where that is
safe, so that what is imported is not imported again.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from proofcheck.config import Settings
from proofcheck.rules.report import Failure, FileReport
from proofcheck.running import stored

Outcome = FileReport | Failure
Outcomes = tuple[Outcome, ...]
Check = Callable[[Path, Settings], Iterable[Outcome]]
_WATCH = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: `seconds` by the clock and `megabytes` of memory."""

    seconds: float = 300.0
    megabytes: int = 4096


@dataclass(frozen=True, slots=True)
class Task:
    """A document to check."""

    path: str
    settings: Settings


@dataclass(slots=True)
class _Worker:
    """A process with the task it is at, which it must have done by `deadline`."""

    process: BaseProcess
    connection: Connection
    index: int | None = None
    deadline: float = 0.0


def check_all(
    tasks: Sequence[Task], check: Check, jobs: int, limits: Limits
) -> Iterator[tuple[Task, Outcomes]]:
    """What each task comes to, as soon as it is known. No process outlives the iteration."""
    crew = _Crew(tasks, check, limits)
    try:
        yield from crew.run(min(jobs, len(tasks)))
    finally:
        crew.end()


def cores() -> int:
    """How many processes can work at once."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Crew:
    """The processes at work on some tasks."""

    def __init__(self, tasks: Sequence[Task], check: Check, limits: Limits) -> None:
        self.tasks, self.check, self.limits = tasks, check, limits
        self.done = 0
        self.ready: list[tuple[Task, Outcomes]] = []
        self.waiting = sorted(range(len(tasks)), key=lambda index: _size(tasks[index].path))
        self.workers: list[_Worker] = []

    def run(self, jobs: int) -> Iterator[tuple[Task, Outcomes]]:
        """Large documents first, so that none is left to one process at the end."""
        while self.done < len(self.tasks):
            while self.waiting and len(self.workers) < jobs:
                self._start()
            for worker in self.workers:
                if worker.index is None and self.waiting:
                    self._give(worker)
            self._collect()
            self.done += len(self.ready)
            yield from self.ready
            self.ready.clear()

    def end(self) -> None:
        """Ends every process."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.connection.close()

    def _start(self) -> None:
        """One more process."""
        mine, its = multiprocessing.Pipe()
        process = _process(_serve, (its, self.check, os.getpid(), self.limits))
        with _uninterrupted():
            process.start()
        its.close()
        self.workers.append(_Worker(process, mine))

    def _give(self, worker: _Worker) -> None:
        """The next task for a process. One that is gone is found by `_collect`."""
        worker.index = self.waiting.pop()
        worker.deadline = time.monotonic() + self.limits.seconds
        with contextlib.suppress(OSError):
            worker.connection.send_bytes(stored.write(self.tasks[worker.index], Task))

    def _collect(self) -> None:
        """Waits until something is done, and takes it."""
        busy = [worker for worker in self.workers if worker.index is not None]
        first = min(worker.deadline for worker in busy)
        ready = wait(
            [thing for worker in busy for thing in (worker.connection, worker.process.sentinel)],
            max(0.0, first - time.monotonic()),
        )
        for worker in busy:
            if worker.connection in ready or worker.process.sentinel in ready:
                self._take(worker)
            elif time.monotonic() >= worker.deadline:
                self._lose(worker, f"took more than {self.limits.seconds:g} seconds")

    def _take(self, worker: _Worker) -> None:
        """The result of a process, or what became of it."""
        assert worker.index is not None
        try:
            if not worker.connection.poll():
                raise EOFError
            content = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.process.join()
            self._lose(worker, f"ended its process ({_cause(worker.process.exitcode)})")
            return
        self.ready.append((self.tasks[worker.index], stored.read(content, Outcomes)))
        worker.index = None

    def _lose(self, worker: _Worker, what: str) -> None:
        """Gives up a task with its process."""
        assert worker.index is not None
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self.workers.remove(worker)
        task = self.tasks[worker.index]
        message = (
            f"the check of `{task.path}` {what} and was given up; nothing is said of this file"
        )
        self.ready.append((task, (Failure(task.path, message),)))


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Puts off Ctrl-C, also in a process that starts meanwhile, until that ignores it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _process(target: Callable[..., None], arguments: tuple[Any, ...]) -> BaseProcess:
    """A process that is not started yet."""
    if _forks():
        return get_context("fork").Process(target=target, args=arguments, daemon=True)
    return get_context("spawn").Process(target=target, args=arguments, daemon=True)


def _forks() -> bool:
    """Whether processes are forked: a fork copies locks that other threads may hold."""
    return sys.platform == "linux" and threading.active_count() == 1


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _cause(status: int | None) -> str:
    """The end of a process in words."""
    if status is not None and status < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-status).name
    return f"status {status}"


def _serve(connection: Connection, check: Check, parent: int, limits: Limits) -> None:
    """The work of a process, until nobody asks for more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
    _bound(limits.megabytes)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = stored.read(connection.recv_bytes(), Task)
            connection.send_bytes(_done(task, check))


def _done(task: Task, check: Check) -> bytes:
    """What a task comes to, as JSON."""
    try:
        return stored.write(tuple(check(Path(task.path), task.settings)), Outcomes)
    except (MemoryError, RecursionError, TypeError) as error:
        said = f"the check of `{task.path}` was given up: {type(error).__name__}"
        return stored.write((Failure(task.path, said),), Outcomes)


def _bound(megabytes: int) -> None:
    """Makes memory beyond a bound an error, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _follow(parent: int) -> None:
    """Ends this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
