"""What is said of the rows and columns of a matrix."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.pipeline import check_text

ROWS = r"$$\sum_i x_ix_i^T = X^TX$$"
COLUMNS = r"$$XX^T = \sum_i x_ix_i^T$$"


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("where $x_i^T$ are the rows of $X$", ROWS),
        ("Let $x_i$ be the $i$-th row of the matrix $X$.", ROWS),
        ("Let the rows of $X$ be $x_i^T$.", ROWS),
        ("$X$ has rows $x_i^T$.", ROWS),
        ("Denote by $x_i$ the columns of $X$. The columns of $X$ are $x_i$.", COLUMNS),
        ("The $i$-th column $x_i$ of $X$ is long.", COLUMNS),
        (r"The columns of $X$ are $x_1,\ldots,x_n$.", COLUMNS),
    ],
)
def test_a_sum_over_the_lines_of_a_matrix(said: str, step: str) -> None:
    report = check_text(f"{said}\n\n{step}\n")
    assert [s.judgement.verdict for s in report.steps()] == [Verdict.HOLDS]


def test_rows_are_no_columns() -> None:
    said = "Let $x_i$ be the $i$-th row of $X$."
    report = check_text(f"{said}\n\n{COLUMNS}\n")
    assert Verdict.HOLDS not in [s.judgement.verdict for s in report.steps()]


def test_what_is_denied_says_nothing() -> None:
    report = check_text(f"The columns of $X$ are not $x_i$.\n\n{COLUMNS}\n")
    assert [s.judgement.verdict for s in report.steps()] == [Verdict.ASSUMED]
