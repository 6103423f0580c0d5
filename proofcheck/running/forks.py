"""Processes that help one to check a long document: forked, so that they know what it knows.

Questions and answers pass as JSON by the types of their fields.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading

from proofcheck.numeric.hands import Hands, Question, Reply, Serve, helped
from proofcheck.running import stored
from proofcheck.running.lifelines import tie


def hands(processes: int) -> Hands | None:
    """What may help this process, where so many are to work in all and it can be forked."""
    forks = sys.platform == "linux" and threading.active_count() == 1
    return Hands(processes - 1, Fork) if processes > 1 and forks else None


class Fork:
    """A process that answers questions, with all that its parent knew when it began."""

    def __init__(self, serve: Serve) -> None:
        self._connection, its = multiprocessing.Pipe()
        parent = os.getpid()
        self._number = os.fork()
        if not self._number:
            with contextlib.suppress(BaseException):  # what is wrong is wrong in the parent as well
                self._connection.close()
                tie(parent)
                gc.freeze()  # what is there already is not looked through, nor copied for it
                with helped(None):
                    while True:
                        question = stored.read(its.recv_bytes(), Question)
                        its.send_bytes(stored.write(serve(question), Reply))
            os._exit(0)
        its.close()

    def ask(self, question: Question) -> None:
        """Puts a question; a process that is gone is found by `reply`."""
        with contextlib.suppress(OSError):
            self._connection.send_bytes(stored.write(question, Question))

    def reply(self) -> Reply | None:
        """The answer to it; None if the process is lost."""
        try:
            reply: Reply = stored.read(self._connection.recv_bytes(), Reply)
        except (EOFError, OSError, ValueError):
            return None
        return reply

    def end(self) -> None:
        """Ends the process."""
        self._connection.close()
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)
