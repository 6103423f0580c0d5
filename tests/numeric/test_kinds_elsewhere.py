"""A right side does not hold by letters of another kind than in the rest of the document."""

from __future__ import annotations

import pytest

from proofcheck import Verdict, check_text

UNITARY = """
Let $U$ be a unitary $n\\times n$ matrix and $x$, $y$ complex vectors. Then

$$\\|Ux\\|^2 = x^Hx$$

$$(Ux)^H(Uy) = RIGHT$$
"""
PRODUCT = """
Let $F = AXB$ with constant $A$ and $B$, $A$ an $n\\times m$ and $B$ a $p\\times q$ matrix. Then

$$dF = RIGHT$$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [(UNITARY, "x^Hy", "yx^H"), (PRODUCT, r"A\,dX\,B", r"dX\,A\,B")],
)
def test_a_right_side_alone_does_not_change_what_letters_are(
    text: str, right: str, wrong: str
) -> None:
    assert _last(text.replace("RIGHT", right)) is Verdict.HOLDS
    assert _last(text.replace("RIGHT", wrong)) in (Verdict.FAILS, Verdict.UNCHECKED)


def _last(text: str) -> Verdict:
    return [checked.judgement.verdict for checked in check_text(text).steps()][-1]
