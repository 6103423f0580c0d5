"""A process that does not outlive the one it works for."""

from __future__ import annotations

import os
import threading
import time

_WATCH = 0.5


def tie(parent: int) -> None:
    """Ends this process when its parent is gone, once the call that it is in lets others run."""
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    """Ends this process when its parent is gone."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
