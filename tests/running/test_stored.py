"""Reports as JSON and back: exactly what was written, and no class but the package's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from proofcheck.config import Settings
from proofcheck.document.source import Source
from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_path, check_text
from proofcheck.rules.report import Failure, FileReport
from proofcheck.running import stored

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTS = sorted(FIXTURES.glob("mutated/*"), key=lambda path: path.stat().st_size)[:4]


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_a_report_comes_back_as_it_was(path: Path) -> None:
    report = check_path(path, Settings(reveal=True))
    assert stored.read(stored.write(report, FileReport), FileReport) == report


def test_the_source_of_a_notebook_comes_back() -> None:
    text = '{"cells": [{"cell_type": "markdown", "source": "$$(AB)^T = A^TB^T$$"}]}'
    report = check_text(text, "a.ipynb", "notebook")
    assert report.diagnostics
    back = stored.read(stored.write(report, FileReport), FileReport)
    assert back == report
    assert type(back.source) is type(report.source)
    assert back.source.section(3) == report.source.section(3)


def test_counts_come_back() -> None:
    report = FileReport("a", Source("a", ""), (), (), others=Counter({Verdict.HOLDS: 3}))
    assert stored.read(stored.write(report, FileReport), FileReport) == report


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"3",
        b'["a"]',
        b'{"os:stat_result": [1, 2]}',
        b'{"proofcheck.config:Settings": []}',
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own is one
        stored.read(content, FileReport | Failure)
