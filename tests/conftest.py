"""What holds in every test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from proofcheck.running import workers
from proofcheck.running.workers import Check, Limits, Outcomes, Task


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the results of another, nor a user those of a test."""
    monkeypatch.setenv("PROOFCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that a test calls checks in the process of the test, in which it replaces parts."""
    monkeypatch.setattr(workers, "check_all", _check_all)


def _check_all(
    tasks: Iterable[Task], check: Check, jobs: int, limits: Limits
) -> Iterator[tuple[Task, Outcomes]]:
    del jobs, limits
    for task in tasks:
        yield task, tuple(check(task))
