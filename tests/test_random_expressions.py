"""Random expressions: what is printed parses back, what keeps the value never fails, and what does
not is never said to hold."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.planting import PLANTED
from proofcheck import Verdict
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Expr, Symbol, symbols
from proofcheck.formula.printer import to_latex
from proofcheck.pipeline import check_text
from proofcheck.remedy.scene import scene
from proofcheck.remedy.slips import slips
from tests.robustness import (
    DECLARED,
    LETTERS,
    Matrix,
    matrices,
    read,
    rewritten,
    tokens,
    value,
)

REPORTED = (Verdict.FAILS, Verdict.CONDITIONAL)
RANDOM = random.Random(7)
SIZE = 5
VALUES: dict[str, Matrix] = {
    name: tuple(tuple(Fraction(RANDOM.randint(-99, 99)) for _ in range(SIZE)) for _ in range(SIZE))
    for name in LETTERS
}


def _verdict(left: str, right: str) -> Verdict:
    report = check_text(f"{DECLARED}\n\n$${left} = {right}$$\n")
    (step,) = report.steps()
    return step.judgement.verdict


@settings(deadline=None, max_examples=150)
@given(matrices)
def test_what_is_printed_parses_to_the_same(expr: Expr) -> None:
    assert read(to_latex(expr)) == expr


@settings(deadline=None, max_examples=60)
@given(matrices, st.integers(0, 5))
def test_what_keeps_the_value_never_fails(expr: Expr, turn: int) -> None:
    other = rewritten(expr, turn)
    assert value(expr, VALUES) == value(other, VALUES)
    assert _verdict(to_latex(expr), to_latex(other)) not in REPORTED


@settings(deadline=None, max_examples=60)
@given(matrices, st.sampled_from(PLANTED), st.integers(0, 1000))
def test_a_slip_is_never_said_to_hold(expr: Expr, kind: str, choice: int) -> None:
    text = to_latex(expr)
    side = tokens(text), read(text)
    made = [slip for slip in slips(scene(side, side)) if slip.kind == kind]
    assume(made)
    slip = made[choice % len(made)]
    changed = scene(side, side).written.spliced(slip.splices)
    assume(changed)
    assert changed is not None
    right = "".join(f"{token.text} " for token in changed)
    try:
        other = value(read(right), VALUES)
    except (Unreadable, ValueError, KeyError, AssertionError):
        return  # an inverse, a number, or nothing that has a value here
    if other != value(expr, VALUES):
        assert _verdict(text, right) is not Verdict.HOLDS


def test_the_values_tell_products_apart() -> None:
    a, b = Symbol("A"), Symbol("B")
    assert symbols(a) == {"A"}
    assert value(read("AB"), VALUES) != value(read("BA"), VALUES)
    assert value(a, VALUES) != value(b, VALUES)


@pytest.mark.parametrize("kind", PLANTED)
def test_every_kind_of_slip_is_made_somewhere(kind: str) -> None:
    text = r"\sum_i a_{ij}x_i + 2(A^TB + C)^{-1}D - B"
    side = tokens(text), read(text)
    assert any(slip.kind == kind for slip in slips(scene(side, side)))
