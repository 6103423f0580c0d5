"""What is printed of the symbols of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck import Settings
from proofcheck.cli import main
from proofcheck.pipeline import check_text
from proofcheck.rules.report import Report
from proofcheck.writers import reveal

TEXT = r"""# Squares

Let $A$ be a symmetric $n\times n$ matrix. <!-- proofcheck: let b in R^n -->

$$(A + bb^T)^T = A + bb^T$$
"""

SHOWN = """\
note.md:1: Squares
  A  matrix(n,n)  said on line 3
     symmetric    said on line 3
  b  vector(n)    by the directive on line 3

"""


def test_each_fact_stands_with_its_origin() -> None:
    report = check_text(TEXT, "note.md", settings=Settings(reveal=True))
    assert reveal.write(Report((report,))) == SHOWN


def test_nothing_is_revealed_unasked() -> None:
    assert check_text(TEXT, "note.md").revealed == ()


def test_the_directive_comes_before_the_prose() -> None:
    text = "Let $A$ be a matrix.\n<!-- proofcheck: let A in R^n -->\n\n$$A + 0 = A$$\n"
    report = check_text(text, settings=Settings(reveal=True))
    assert [fact.words for fact in report.revealed[0].symbols[0].facts] == ["vector(n)"]


def test_symbols_that_only_the_prose_has_are_shown() -> None:
    text = "Let $A$ be a diagonal matrix and $b$ be a vector.\n\n$$c + c = 2c$$\n"
    report = check_text(text, settings=Settings(reveal=True))
    names = [symbol.name for symbol in report.revealed[0].symbols]
    assert names == ["c", "A", "b"]


def test_the_option_prints_before_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "note.md"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["check", "--reveal", str(path)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(SHOWN.replace("note.md", str(path)))
    assert printed.endswith("(0 definitions)\n")
