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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from proofcheck.config import Settings
from proofcheck.document.dump import Row
from proofcheck.rules.report import Failure, FileReport
from proofcheck.running import stored
from proofcheck.running.lifelines import tie

Outcome = FileReport | Failure
Outcomes = tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: `seconds` by the clock and `megabytes` of memory."""

    seconds: float = 300.0
    megabytes: int = 4096


@dataclass(frozen=True, slots=True)
class Task:
    """A document to check: a file, or a post of a dump.

    The bytes of a file that is not to be opened are its `content`, as characters of Latin-1.
    """

    path: str
    settings: Settings
    post: Row | None = None
    content: str | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.path}: post {self.post.number}" if self.post else self.path


Check = Callable[[Task], Iterable[Outcome]]


@dataclass(slots=True)
class _Worker:
    """A process with the task it is at, which it must have done by `deadline`."""

    process: BaseProcess
    connection: Connection
    task: Task | None = None
    deadline: float = 0.0


def check_all(
    tasks: Iterable[Task], check: Check, jobs: int, limits: Limits
) -> Iterator[tuple[Task, Outcomes]]:
    """What each task comes to, as soon as it is known; a task is asked for when a process is free.
    No process outlives the iteration."""
    crew = _Crew(check, limits)
    try:
        yield from crew.run(iter(tasks), jobs)
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

    def __init__(self, check: Check, limits: Limits) -> None:
        self.check, self.limits = check, limits
        self.ready: list[tuple[Task, Outcomes]] = []
        self.workers: list[_Worker] = []

    def run(self, tasks: Iterator[Task], jobs: int) -> Iterator[tuple[Task, Outcomes]]:
        """Gives each task to one of so many processes."""
        for task in tasks:
            self._give(self._free() or self._start(), task)
            while self._free() is None and len(self.workers) >= jobs:
                yield from self._collected()
        while any(worker.task for worker in self.workers):
            yield from self._collected()

    def end(self) -> None:
        """Ends every process."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.connection.close()

    def _free(self) -> _Worker | None:
        """A process that has nothing to do."""
        return next((worker for worker in self.workers if worker.task is None), None)

    def _start(self) -> _Worker:
        """One more process."""
        mine, its = multiprocessing.Pipe()
        process = _process(_serve, its, self.check, os.getpid(), self.limits)
        with _uninterrupted():
            process.start()
        its.close()
        worker = _Worker(process, mine)
        self.workers.append(worker)
        return worker

    def _give(self, worker: _Worker, task: Task) -> None:
        """A task for a process. One that is gone is found by `_collected`."""
        worker.task = task
        worker.deadline = time.monotonic() + self.limits.seconds
        with contextlib.suppress(OSError):
            worker.connection.send_bytes(stored.write(task, Task))

    def _collected(self) -> list[tuple[Task, Outcomes]]:
        """Waits until something is done, and takes it."""
        busy = [worker for worker in self.workers if worker.task is not None]
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
        found, self.ready = self.ready, []
        return found

    def _take(self, worker: _Worker) -> None:
        """The result of a process, or what became of it."""
        assert worker.task is not None
        try:
            if not worker.connection.poll():
                raise EOFError
            content = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.process.join()
            self._lose(worker, f"ended its process ({_cause(worker.process.exitcode)})")
            return
        self.ready.append((worker.task, stored.read(content, Outcomes)))
        worker.task = None

    def _lose(self, worker: _Worker, what: str) -> None:
        """Gives up a task with its process."""
        assert worker.task is not None
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        self.workers.remove(worker)
        name = worker.task.name
        said = "this post" if worker.task.post else "this file"
        message = f"the check of `{name}` {what} and was given up; nothing is said of {said}"
        self.ready.append((worker.task, (Failure(name, message),)))


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


def _process(target: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that is not started yet."""
    if _forks():
        return get_context("fork").Process(target=target, args=arguments, daemon=True)
    return get_context("spawn").Process(target=target, args=arguments, daemon=True)


def _forks() -> bool:
    """Whether processes are forked: a fork copies locks that other threads may hold."""
    return sys.platform == "linux" and threading.active_count() == 1


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
    tie(parent)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = stored.read(connection.recv_bytes(), Task)
            connection.send_bytes(_done(task, check))


def _done(task: Task, check: Check) -> bytes:
    """What a task comes to, as JSON."""
    try:
        return stored.write(tuple(check(task)), Outcomes)
    except (MemoryError, RecursionError, TypeError) as error:
        said = f"the check of `{task.name}` was given up: {type(error).__name__}"
        return stored.write((Failure(task.name, said),), Outcomes)


def _bound(megabytes: int) -> None:
    """Makes memory beyond a bound an error, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
