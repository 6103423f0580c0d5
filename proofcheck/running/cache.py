"""What documents came to in earlier runs, by all that it depends on.

A key is a digest of the document and the files that it brings in, of the settings, and of the
program itself with the libraries it judges by. What is kept is the JSON of `stored`.
"""

from __future__ import annotations

from collections.abc import Mapping

from proofcheck.running import program, stored
from proofcheck.running.dependence import dependence
from proofcheck.running.store import Store
from proofcheck.running.workers import Outcomes, Task


class Cache:
    """The results in a store. Nothing raises: where it can't be used, nothing is known."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, keys: Mapping[Task, bytes | None]) -> dict[Task, Outcomes]:
        """What tasks with these keys came to before."""
        found = {}
        for task, key in keys.items():
            if key is not None and (outcomes := self._get(key)) is not None:
                found[task] = outcomes
        return found

    def keep(self, key: bytes | None, outcomes: Outcomes) -> None:
        """Keeps a result by the key that its task had before it was begun."""
        if key is not None:
            self._store.put(key, stored.write(outcomes, Outcomes))

    def key(self, task: Task) -> bytes | None:
        """A digest of all that a result depends on; None where that can't be read."""
        try:
            read = dependence(task.path, task.settings.root)
            return program.key((stored.write(task, Task), *read))
        except OSError:
            return None

    def _get(self, key: bytes) -> Outcomes | None:
        """A result, if it is there and whole."""
        content = self._store.get(key)
        try:
            outcomes: Outcomes | None = stored.read(content, Outcomes) if content else None
        except ValueError:
            return None
        return outcomes
