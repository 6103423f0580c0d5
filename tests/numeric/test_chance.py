"""How sure agreement at random points is."""

from __future__ import annotations

import pytest

from tests.numeric.claims import check, declare

VEC = r"\operatorname{vec}(AXB) = (B^T\otimes A)\operatorname{vec}(X)"


def test_the_bound_is_that_of_the_degree_at_every_point() -> None:
    (judged,) = check((VEC,))
    assert judged.tried is not None
    assert judged.tried.bits == 0
    assert len(judged.tried.sizes) == 3
    assert judged.tried.chance == pytest.approx(3 / 6 * 3 / 6 * 3 / 1000)


def test_what_is_no_polynomial_has_no_bound() -> None:
    row = "(A + BC)^{-1} = A^{-1} - A^{-1}B(I + CA^{-1}B)^{-1}CA^{-1}"
    (judged,) = check((row,))
    assert judged.tried is not None
    assert judged.tried.chance is None


def test_values_that_are_not_drawn_freely_have_no_bound() -> None:
    (judged,) = check((VEC,), declarations=(declare("A", "matrix", "orthogonal"),))
    assert judged.tried is not None
    assert judged.tried.chance is None


def test_whole_numbers_have_no_bound() -> None:
    row = r"\sum_{i=1}^n \operatorname{vec}(AXB) = n(B^T\otimes A)\operatorname{vec}(X)"
    (judged,) = check((row,))
    assert judged.tried is not None
    assert judged.tried.chance is None


def test_balls_say_their_precision() -> None:
    (judged,) = check((r"\cos(x)^2 + \sin(x)^2 = 1",))
    assert (judged.evidence, judged.tried.bits if judged.tried else 0) == ("ball", 128)


def test_a_step_that_is_proved_needs_no_points() -> None:
    (judged,) = check(("x^TAy = y^TA^Tx",))
    assert (judged.evidence, judged.tried) == ("proved", None)
