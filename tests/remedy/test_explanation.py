"""What a failing step is told: the terms that differ, and the plainest values at which it fails."""

from __future__ import annotations

import pytest

from proofcheck import Verdict
from proofcheck.numeric.verdict import Judgement
from proofcheck.pipeline import check_text

SQUARE = "(A+B)(A-B) = A^2 - AB + BA - B^2 = "


def _judged(formula: str, before: str = "") -> Judgement:
    *_, step = check_text(f"{before}\n\n$${formula}$$\n").steps()
    assert step.judgement.verdict is Verdict.FAILS
    return step.judgement


@pytest.mark.parametrize(
    ("formula", "note"),
    [
        (
            "(A+B)C + D = D + AC - BC",
            None,  # the left side has `D` and a product, the right side the two terms of that
        ),
        ("AB + C - D = BA + C - D", "the right side has `BA` where the left side has `AB`"),
        (SQUARE + "A^2 - AB - BA - B^2", "the right side has `-BA` where the left side has `BA`"),
        (SQUARE + "A^2 - AB - B^2", "`BA` stands on the left side only"),
        (SQUARE + "A^2 - AB + BA - B^2 + AA", "`AA` stands on the right side only"),
    ],
)
def test_names_the_terms_that_differ(formula: str, note: str | None) -> None:
    notes = " ".join(_judged(formula).notes)
    if note is None:
        assert "where the left side has `(A+B)C`" in notes
    else:
        assert note in notes
        assert "the other terms agree" in notes


def test_the_counterexample_is_as_plain_as_can_be() -> None:
    shown = _judged("(ABC)^T = A^TB^TC^T").counterexample
    assert shown is not None
    assert all(len(symbol.rows) == len(symbol.rows[0]) == 2 for symbol in shown.symbols)
    entries = [entry for symbol in shown.symbols for row in symbol.rows for entry in row]
    assert set(entries) <= {"0", "1"}
    assert shown.left is not None
    assert shown.right is not None
    assert shown.left.rows != shown.right.rows


def test_a_matrix_of_which_something_is_assumed_keeps_it() -> None:
    shown = _judged("AB = BA", "Let $A$ be orthogonal and $B$ diagonal.").counterexample
    assert shown is not None
    values = {symbol.name: symbol.rows for symbol in shown.symbols}
    (a, b), (c, d) = values["B"]
    assert b == c == "0"
    assert a != d


def test_values_stay_where_the_sides_exist() -> None:
    shown = _judged(r"\log\det(AB) = \log\det A - \log\det B").counterexample
    assert shown is not None
    assert all(symbol.rows != (("0", "0"), ("0", "0")) for symbol in shown.symbols)


def test_two_draws_are_the_same() -> None:
    assert _judged("AB = BA").counterexample == _judged("AB = BA").counterexample


SIZES = r"""Let $X\in\mathbb R^{n\times p}$, $\beta\in\mathbb R^p$, $y\in\mathbb R^n$,
and let $\lambda$ be a number. """
HINTS = [  # steps that no edit of the right side corrects
    (r"$$0 = -2X^Ty + 2X^TX\beta + 2\lambda I$$", r"the shapes fit: `\beta` for `I`"),
    (
        r"$$0^T = -2(y - X\beta)^TX + 2\lambda I$$",
        r"the shapes fit: the transpose of `\beta` for `I`",
    ),
    (
        r"$$\operatorname{tr}(BC) = B^TC$$ Further $$B^TC = \operatorname{tr}(B^TC)$$",
        "an edit of the left side, which is wrong in the line before as well: the trace",
    ),
]


@pytest.mark.parametrize(("text", "note"), HINTS, ids=[text for text, _ in HINTS])
def test_says_what_else_may_be_wrong(text: str, note: str) -> None:
    *_, last = check_text(SIZES + text).steps()
    assert last.judgement.verdict is Verdict.FAILS
    assert any(said.endswith(note) for said in last.judgement.notes), last.judgement.notes
