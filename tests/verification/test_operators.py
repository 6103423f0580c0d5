"""Each operator of the verifier against the program's own: two codes that share nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat, fmpq, fmpq_mat

from proofcheck.numeric.arithmetic import entries_of, shape_of, use_precision
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.primitives import PRIMITIVES
from proofcheck.verification import numbers
from proofcheck.verification.evaluation import Scene
from proofcheck.verification.matrices import Family, Grid, number
from proofcheck.verification.operators import OPERATORS

SYMMETRIC = [[4, 1, 0], [1, 3, 1], [0, 1, 6]]
GENERAL = [[1, 2, -3], [0, 2, 4], [5, 1, 1]]
WIDE = [[1, 2, 3], [2, 0, 1]]
COLUMN, OTHER = [[1], [2], [-3]], [[3], [1], [2]]
POSITIVE = [["1/2"], ["2/3"], ["3/5"]]
SMALL = [["1/2", "1/3"], ["1/5", "1/4"]]
NUMBER, ANOTHER = [["3/4"]], [["5/2"]]
TWO = ("hadamard", "elementwise quotient", "frobenius", "inner product", "maximum", "minimum",
       "kronecker", "kronecker sum", "khatri-rao", "direct sum", "block diagonal", "commutator",
       "anticommutator")  # fmt: skip
ARGUMENTS: dict[str, tuple[Any, ...]] = dict.fromkeys(TWO, (SYMMETRIC, GENERAL)) | {
    "exp": (SMALL,),
    "matrix exp": (SMALL,),
    "sin": (SMALL,),
    "cos": (SMALL,),
    "log": (POSITIVE,),
    "sqrt": (POSITIVE,),
    "elementwise log": (POSITIVE,),
    "elementwise sqrt": (POSITIVE,),
    "gamma function": (POSITIVE,),
    "factorial": (POSITIVE,),
    "beta function": (NUMBER, ANOTHER),
    "weighted inner product": (COLUMN, OTHER, SYMMETRIC),
    "weighted norm": (COLUMN, SYMMETRIC),
    "elementwise power": (POSITIVE, ANOTHER),
    "elementwise quotient": (WIDE, [[1, 2, 4], [3, 1, 2]]),
    "outer product": (COLUMN, OTHER),
    "dot product": (COLUMN, OTHER),
    "cross product": (COLUMN, OTHER),
    "cross-product matrix": (COLUMN,),
    "commutation matrix": (WIDE, COLUMN),
    "mat": (WIDE, COLUMN, [[1], [2], [3], [4], [5], [6]]),
    "pseudoinverse": (WIDE,),
    "singular values": (WIDE,),
    "nuclear norm": (WIDE,),
    "spectral norm": (WIDE,),
    "two norm": (WIDE,),
    "least singular value": (WIDE,),
    "softmax": (WIDE,),
    "softmax of columns": (WIDE,),
    "diag": (COLUMN,),
}


def _rational(rows: Any) -> fmpq_mat:  # noqa: ANN401
    flat = [Fraction(entry) for row in rows for entry in row]
    return fmpq_mat(
        len(rows), len(rows[0]), [fmpq(entry.numerator, entry.denominator) for entry in flat]
    )


def _grid(rows: Any) -> Grid:  # noqa: ANN401
    flat = tuple(Fraction(entry) for row in rows for entry in row)
    return Grid(len(rows), len(rows[0]), flat)


def _ends(entry: Any) -> tuple[float, float]:  # noqa: ANN401
    found = numbers.ends(entry)
    return float(found.a), float(found.b)


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_an_operator_agrees_with_the_program(name: str) -> None:
    given = ARGUMENTS.get(name, (SYMMETRIC,))
    found = OPERATORS[name](*map(_grid, given))
    field = use_precision(200)
    items = [
        constant(arb(item[0, 0]) if len(rows) == len(rows[0]) == 1 else arb_mat(item))
        for rows in given
        for item in (_rational(rows),)
    ]
    value = PRIMITIVES[name](items, field).value
    assert found.shape == shape_of(value)
    for mine, theirs in zip(found.entries, entries_of(value), strict=True):
        low, high = _ends(mine)
        ball = arb(theirs)
        middle = float(ball.mid())
        assert low - 1e-12 <= middle <= high + 1e-12, name


def test_the_pseudoinverse_of_a_matrix_that_lacks_rank() -> None:
    rows = [[1, 2, 3], [2, 4, 6], [1, 0, 1]]
    found = OPERATORS["pseudoinverse"](_grid(rows))
    values = np.array([float(entry) for entry in found.entries]).reshape(3, 3)
    np.testing.assert_allclose(values, np.linalg.pinv(np.array(rows, float)), atol=1e-12)


def test_the_determinant_of_a_singular_matrix_has_a_slope() -> None:
    x = ["symbol", "x"]
    tree = ["call", "determinant", ["matrix", [x, ["number", "1"]], [["number", "0"], x]]]
    scene = Scene({"x": number(Fraction(0))}, {}, (), "mixed")
    assert scene.value(["derivative", tree, x]).entries == (Fraction(0),)
    assert scene.value(["derivative", tree, x, x]).entries == (Fraction(2),)


def _complex(real: int, imaginary: int) -> numbers.Complex:
    return numbers.Complex(Fraction(real), Fraction(imaginary))


def test_complex_numbers() -> None:
    a, b = _complex(1, 2), _complex(3, -1)
    assert a * b == _complex(5, 5)
    assert a / b * b == a
    assert a - a == _complex(0, 0)
    assert 2 * a + Fraction(1) == _complex(3, 4)
    assert numbers.conjugate(a) == _complex(1, -2)
    assert numbers.apart(a, b)
    assert not numbers.apart(a, a)
    turned = numbers.exp(_complex(0, 1))
    assert not numbers.apart(turned, numbers.Complex(numbers.cos(1), numbers.sin(1)))
    assert not numbers.apart(numbers.absolute(_complex(3, 4)), Fraction(5))


def test_wirtinger_derivatives() -> None:
    """Of `|z|^2` by `z` it is the conjugate of `z`, and by that `z`."""
    z = ["symbol", "z"]
    conjugate = ["call", "conjugate", z]
    scene = Scene(
        {"z": number(_complex(2, 5))}, {}, (), "mixed", "left", complexes=frozenset(("z",))
    )
    square = ["product", z, conjugate]
    assert scene.value(["derivative", square, z]).entries == (_complex(2, -5),)
    assert scene.value(["derivative", square, conjugate]).entries == (_complex(2, 5),)


def test_a_family_is_a_matrix_for_each_index() -> None:
    members = tuple(Grid(2, 1, (Fraction(k), Fraction(k * k))) for k in (1, 2, 3))
    scene = Scene({"x": Family(members)}, {}, (), "mixed")
    member = ["entry", ["symbol", "x"], ["index", "i"]]
    limits = [["i", ["number", "1"], ["number", "3"]]]
    squares = ["over", "sum", limits, [], ["call", "inner product", member, member]]
    assert scene.value(squares).entries == (Fraction(1 + 1 + 4 + 16 + 9 + 81),)
    second = ["entry", ["symbol", "x"], ["number", "2"]]
    assert scene.value(["derivative", squares, second]).entries == (Fraction(4), Fraction(8))
    largest = [
        "over",
        "maximum",
        limits,
        [],
        ["entry", ["symbol", "x"], ["index", "i"], ["number", "2"]],
    ]
    assert scene.value(largest).entries == (Fraction(9),)


def test_constants_and_stretches() -> None:
    scene = Scene({}, {}, (), "mixed")
    assert scene.value(["unit", 3, ["number", "2"]]).entries == (0, 1, 0)
    one = [["number", str(k)] for k in (2, 1, 3)]
    assert scene.value(["levi-civita", *one]).entries == (-1,)
    run = ["i", ["number", "1"], ["number", "2"]]
    grid = ["grid", [run, []], [[]], [[["index", "i"]], [["number", "7"]]]]
    assert scene.value(grid).entries == (1, 2, 7)
    blocks = ["matrix", [["identity", 2, 2], ["zeros", 2, 1]], [["ones", 1, 2], ["number", "5"]]]
    assert scene.value(blocks).entries == (1, 0, 0, 0, 1, 0, 1, 1, 5)
