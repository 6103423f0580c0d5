"""How far a check is, on a terminal, where it takes a while."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType

_AFTER, _EVERY = 2.0, 0.5
_CLEAR = "\r\x1b[K"


class Progress:
    """A line on standard error, if that is a terminal, from two seconds on until the end.

    It is told how many documents are done of how many. A clock of the system has it written again,
    so that it moves within a long document too.
    """

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._start = time.monotonic()
        self._state = (0, 0)
        self._written = False

    def __enter__(self) -> Progress:
        if self._shown and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._tick)
            signal.setitimer(signal.ITIMER_REAL, _AFTER, _EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if self._written:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def __call__(self, done: int, of: int) -> None:
        self._state = (done, of)

    def _tick(self, number: int, frame: FrameType | None) -> None:
        """Writes the line."""
        del number, frame
        done, of = self._state
        seconds = time.monotonic() - self._start
        sys.stderr.write(f"{_CLEAR}checked {done} of {of} documents, {seconds:.0f} s")
        sys.stderr.flush()
        self._written = True
