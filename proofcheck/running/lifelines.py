"""A process that does not outlive the one it works for."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

_WATCH = 0.5
_WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG


def tie(parent: int, *, forked: bool) -> None:
    """Ends this process when its parent is gone; the system does where it can, so that no long call
    puts it off."""
    if forked and _ties():
        if os.getppid() != parent:
            os._exit(1)
    else:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _ties() -> bool:
    """Asks the system to end this process with the thread that started it."""
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        system = ctypes.CDLL(None)
        return bool(system.prctl(_WHEN_PARENT_ENDS, signal.SIGKILL, 0, 0, 0) == 0)
    return False


def _follow(parent: int) -> None:
    """Ends this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
