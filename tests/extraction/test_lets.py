"""The directive `let`."""

from __future__ import annotations

import pytest

from proofcheck.pipeline import check_text
from tests.extraction.stepping import declared

Said = tuple[str, str, str, str]


@pytest.mark.parametrize(
    ("told", "name", "said"),
    [
        ("A in R^{n x n}, symmetric", "A", ("matrix", "n", "n", "symmetric")),
        ("A, B in R^{m x n}", "B", ("matrix", "m", "n", "")),
        (r"x in \mathbb{R}^n", "x", ("vector", "n", "", "")),
        ("$W$ p x q", "W", ("matrix", "p", "q", "")),
        ("X invertible", "X", ("", "", "", "invertible")),
        ("X positive definite, constant", "X", ("", "", "", "positive definite constant")),
        ("x vector", "x", ("vector", "", "", "")),
        ("a and orthogonal matrix", "a", ("matrix", "", "", "orthogonal")),
        ("sigma elementwise", r"\sigma", ("elementwise", "", "", "")),
        (r"\mathbf{x}_i a unit vector", r"\mathbf{x}_i", ("vector", "", "", "unit")),
    ],
)
def test_what_is_let_be(told: str, name: str, said: Said) -> None:
    assert declared(f"<!-- proofcheck: let {told} -->")[name] == said


@pytest.mark.parametrize("told", ["A", "A whatever", "A in Narnia", "2 symmetric", "A in R^n, odd"])
def test_what_is_not_understood_is_reported(told: str) -> None:
    report = check_text(f"<!-- proofcheck: let {told} -->\n\n$$A = B$$\n")
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["invalid-directive"]


def test_a_directive_declares_for_what_follows() -> None:
    text = "<!-- proofcheck: let A symmetric -->\n\n$$x^TA^T = x^TA$$\n"
    assert [str(c.judgement.verdict) for c in check_text(text).steps()] == ["holds"]


def test_a_part_that_adds_a_property_keeps_the_size() -> None:
    text = (
        "# One\n\nLet $A$ be an $n\\times n$ matrix.\n\n$$(A^T)^T = A$$\n\n"
        "# Two\n\nLet $A$ be symmetric.\n\n$$(AA)^T = AA$$\n"
    )
    report = check_text(text)
    assert [str(c.judgement.verdict) for c in report.steps()] == ["holds", "holds"]
    assert dict(list(report.steps())[1].judgement.reading)["A"] == "matrix(n,n)"
