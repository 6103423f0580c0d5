"""Functions with a subscript that is part of their name, `f_X(x)`, and their inverses."""

from __future__ import annotations

import pytest

from tests.numeric.claims import verdicts


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((r"3 f_X(2x) = 6 f_X(x)",), "fails"),
        ((r"F_X(2x) = 2 F_X(x)",), "fails"),
        ((r"F_X(x) + F_Y(y) = F_Y(y) + F_X(x)",), "holds"),
        ((r"F_1(x) F_2(y) = F_1(y) F_2(x)",), "fails"),
        ((r"f_X(x) f_Y(y) = f_Y(y) f_X(x)",), "holds"),
        ((r"2 f_{X,Y}(x,y) = f_{X,Y}(x,y) + f_{X,Y}(x,y)",), "holds"),
        ((r"2 f_{X,Y}(x,y) = f_{X,Y}(x,y) + f_{X,Y}(y,x)",), "fails"),
        ((r"\sigma_2 (\rho + 1) = \sigma_2 \rho + \sigma_2",), "holds"),
    ],
)
def test_a_subscripted_function_is_applied(rows: tuple[str, ...], expected: str) -> None:
    assert verdicts((rows[0], f"= {rows[0].split('=')[0]}"))[0] == expected


def test_the_derivative_of_a_subscripted_function() -> None:
    rows = verdicts(
        (r"M_X(t) = \exp(\alpha t^2)",), (r"M_X'(t) = \exp(\alpha t^2) \cdot 2 \alpha t",)
    )
    assert rows == ["definition", "holds"]


@pytest.mark.parametrize("name", ["M", "M_X"])
@pytest.mark.parametrize(
    ("law", "expected"), [(r"\alpha t^2", "holds"), (r"\alpha t^T t", "unchecked")]
)
def test_a_derivative_at_zero_is_by_a_number(name: str, law: str, expected: str) -> None:
    rows = verdicts(
        (rf"{name}(t) = \exp({law})",),
        (r"2 \alpha + 1 = 1 + 2 \alpha", rf"= {name}''(0) + 1"),
    )
    assert rows[1:] == ["holds", expected]


def test_a_sum_over_two_sets() -> None:
    body = r"\sum_{x \in S} \sum_{y \in T} %s f_{X,Y}(x,y)"
    row = f"{body % '(x+y)'} = {body % 'x'} + {body % 'y'}"
    assert verdicts((row,)) == ["holds"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (r"= F_T(p) F_T^{-1}(p)", "holds"),
        (r"= F_T(p) F_T^{-1}(2 p)", "unchecked"),
        (r"= 1", "assumed"),
    ],
)
def test_an_inverse_beside_its_function_is_not_accused(row: str, expected: str) -> None:
    assert verdicts((r"F_T^{-1}(p) F_T(p) + 0 = F_T^{-1}(p) F_T(p)", row))[1] == expected


def test_an_inverse_does_not_cancel_itself() -> None:
    known = (r"2p F_T(p) = F_T(p) 2p",)
    assert verdicts(known, (r"F_T^{-1}(F_T^{-1}(p)) = p",)) == ["holds", "fails"]
    assert verdicts(known, (r"F_T(F_T^{-1}(p)) = p",)) == ["holds", "assumed"]


def test_the_inverse_of_a_function_that_is_defined_is_not_accused() -> None:
    rows = verdicts((r"F_T(p) = 1 - p",), (r"F_T^{-1}(F_T^{-1}(p)) = p",))
    assert rows == ["definition", "unchecked"]
