"""Where formulas are escaped in the file, no correction is written into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck.pipeline import check_path
from proofcheck.rules.report import Report
from proofcheck.writers import diff
from proofcheck.writers.corrections import NotCorrected, correct


def test_a_page_of_html_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>Let $A$ and $B$ be square matrices. $$(AB)^T = A^TB^T$$</p>")
    report = check_path(path)
    assert report.diagnostics[0].fix
    assert diff.write(Report((report,))) == ""
    with pytest.raises(NotCorrected, match="not written as they stand"):
        correct(report)
    assert "A^TB^T" in path.read_text()
