"""What holds in every test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the results of another, nor a user those of a test."""
    monkeypatch.setenv("PROOFCHECK_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
