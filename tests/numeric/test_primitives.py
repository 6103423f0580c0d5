"""Every operator: its value against numpy, its differential against a difference quotient."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from flint import acb, acb_mat, arb

from proofcheck.formula.vocabulary import BY_NAME, MOMENTS
from proofcheck.numeric import spectra
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    shape_of,
    use_precision,
)
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.jet import Jet, key_of
from proofcheck.numeric.primitives import PRIMITIVES, power

S, C, M, N, P = (1, 1), (3, 1), (3, 3), (2, 3), (-3, 3)  # P: symmetric positive definite
Array = np.ndarray[Any, Any]
Values = list[tuple[int, ...]]


def _spectral(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """A function of a symmetric matrix, by its eigenvalues."""

    def apply(a: Array) -> Array:
        values, vectors = np.linalg.eigh(a)
        return np.asarray(vectors @ np.diag(function(values)) @ vectors.T)

    return apply


WHOLE = {"double factorial"}  # of whole numbers alone: its test is below
_gamma = np.vectorize(math.gamma)


def _singular(a: Array) -> Array:
    return np.asarray(np.linalg.svd(a, compute_uv=False))


def _vech(a: Array) -> Array:
    return np.concatenate([a[j:, j] for j in range(len(a))])


def _units(m: int, n: int) -> list[Array]:
    """The matrices with a single one, column by column."""
    return [np.eye(m)[:, [i]] @ np.eye(n)[[j]] for j in range(n) for i in range(m)]


def _commutation(m: Array, n: Array) -> Array:
    return np.array([unit.reshape(-1) for unit in _units(len(m), len(n))]).T


def _elimination(n: Array) -> Array:
    return np.array([_vech(unit) for unit in _units(len(n), len(n))]).T


def _duplication(n: Array) -> Array:
    vech = np.array([_vech(u + u.T - np.diag(np.diag(u))) for u in _units(len(n), len(n))])
    return (vech > 0).astype(float)


def _cofactor(a: Array, i: int, j: int) -> Array:
    minor = np.delete(np.delete(a, i, axis=0), j, axis=1)
    return np.asarray((-1) ** (i + j) * np.linalg.det(minor))


def _cofactors(a: Array) -> Array:
    return np.array([[_cofactor(a, i, j) for j in range(len(a))] for i in range(len(a))])


def _direct_sum(a: Array, b: Array) -> Array:
    zeros = np.zeros((a.shape[0], b.shape[1])), np.zeros((b.shape[0], a.shape[1]))
    return np.block([[a, zeros[0]], [zeros[1], b]])


def _kronecker_sum(a: Array, b: Array) -> Array:
    return np.kron(a, np.eye(len(b))) + np.kron(np.eye(len(a)), b)


def _khatri_rao(a: Array, b: Array) -> Array:
    return np.stack([np.kron(a[:, j], b[:, j]) for j in range(a.shape[1])], axis=1)


# name: shapes of the arguments, value by numpy
CASES: dict[str, tuple[Values, Callable[..., Any]]] = {
    "trace": ([M], np.trace),
    "determinant": ([M], np.linalg.det),
    "log-determinant": ([P], lambda a: np.linalg.slogdet(a)[1]),
    "rank": ([N], np.linalg.matrix_rank),
    "log": ([P], _spectral(np.log)),
    "exp": ([P], _spectral(np.exp)),
    "sqrt": ([P], _spectral(np.sqrt)),
    "matrix log": ([P], _spectral(np.log)),
    "matrix exp": ([P], _spectral(np.exp)),
    "matrix sqrt": ([P], _spectral(np.sqrt)),
    "elementwise sin": ([M], np.sin),
    "elementwise cos": ([M], np.cos),
    "elementwise log": ([M], np.log),
    "elementwise exp": ([M], np.exp),
    "elementwise sqrt": ([M], np.sqrt),
    "sin": ([C], np.sin),
    "cos": ([S], np.cos),
    "tan": ([C], np.tan),
    "arcsin": ([S], np.arcsin),
    "arctan": ([C], np.arctan),
    "arccos": ([S], np.arccos),
    "sinh": ([C], np.sinh),
    "cosh": ([C], np.cosh),
    "tanh": ([N], np.tanh),
    "artanh": ([S], np.arctanh),
    "logistic": ([C], lambda a: 1 / (1 + np.exp(-a))),
    "softplus": ([C], lambda a: np.log1p(np.exp(a))),
    "error function": ([S], np.vectorize(math.erf)),
    "inverse error function": (
        [S],
        np.vectorize(lambda a: NormalDist().inv_cdf((a + 1) / 2) / math.sqrt(2)),
    ),
    "log prime": ([C], lambda a: 1 / a),
    "exp prime": ([C], np.exp),
    "sin prime": ([C], np.cos),
    "cos prime": ([C], lambda a: -np.sin(a)),
    "tan prime": ([C], lambda a: np.cos(a) ** -2),
    "tanh prime": ([C], lambda a: np.cosh(a) ** -2),
    "arctan prime": ([C], lambda a: 1 / (1 + a**2)),
    "logistic prime": ([C], lambda a: 1 / (2 + np.exp(a) + np.exp(-a))),
    "gamma function": ([S], _gamma),
    "factorial": ([S], lambda n: _gamma(n + 1)),
    "binomial": ([S, S], lambda n, k: _gamma(n + 1) / _gamma(k + 1) / _gamma(n - k + 1)),
    "multinomial": (
        [S, C],
        lambda n, k: _gamma(n + 1) / np.prod([_gamma(part + 1) for part in k.ravel()]),
    ),
    "beta function": ([S, S], lambda a, b: _gamma(a) * _gamma(b) / _gamma(a + b)),
    "digamma function": ([S], lambda x: _slope(math.lgamma, float(x[0, 0]))),
    "relu": ([N], lambda a: np.maximum(a, 0)),
    "sign": ([N], np.sign),
    "absolute value": ([N], np.abs),
    "floor": ([N], np.floor),
    "ceiling": ([N], np.ceil),
    "softmax": ([N], lambda a: np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)),
    "softmax of columns": ([N], lambda a: np.exp(a) / np.exp(a).sum(axis=0)),
    "log-sum-exp": ([C], lambda a: np.log(np.exp(a).sum())),
    "maximum": ([N, N], np.maximum),
    "minimum": ([N, S], np.minimum),
    "vec": ([N], lambda a: a.T.reshape(-1, 1)),
    "vech": ([M], _vech),
    "mat": ([(2, 1), C, (6, 1)], lambda m, n, x: x.reshape(3, 2).T),
    "commutation matrix": ([(2, 1), C], _commutation),
    "duplication matrix": ([C], _duplication),
    "elimination matrix": ([C], _elimination),
    "diag": ([C], lambda a: np.diag(a[:, 0])),
    "ones of a vector": ([C], np.ones_like),
    "ones of a matrix": ([N], np.ones_like),
    "symmetric part": ([M], lambda a: (a + a.T) / 2),
    "skew part": ([M], lambda a: (a - a.T) / 2),
    "adjugate": ([M], lambda a: _cofactors(a).T),
    "cofactors": ([M], _cofactors),
    "transpose": ([N], np.transpose),
    "conjugate": ([N], np.conj),
    "conjugate transpose": ([N], lambda a: a.conj().T),
    "pseudoinverse": ([N], np.linalg.pinv),
    "eigenvalues": ([P], lambda a: np.linalg.eigvalsh(a)[::-1]),
    "singular values": ([N], _singular),
    "greatest eigenvalue": ([P], lambda a: np.linalg.eigvalsh(a)[-1]),
    "least eigenvalue": ([P], lambda a: np.linalg.eigvalsh(a)[0]),
    "least singular value": ([N], lambda a: _singular(a)[-1]),
    "bars": ([M], np.linalg.det),
    "norm": ([N], np.linalg.norm),
    "two norm": ([N], lambda a: np.linalg.norm(a, 2)),
    "spectral norm": ([N], lambda a: np.linalg.norm(a, 2)),
    "nuclear norm": ([N], lambda a: np.linalg.norm(a, "nuc")),
    "one norm": ([M], lambda a: np.linalg.norm(a, 1)),
    "infinity norm": ([M], lambda a: np.linalg.norm(a, np.inf)),
    "entrywise one norm": ([N], lambda a: np.abs(a).sum()),
    "greatest entry": ([C], lambda a: np.abs(a).max()),
    "p-norm": ([C, S], lambda a, p: (np.abs(a) ** p).sum() ** (1 / p)),
    "weighted norm": ([C, P], lambda x, a: np.sqrt(x.T @ a @ x)),
    "frobenius": ([N, N], lambda a, b: (a * b).sum()),
    "inner product": ([N, N], lambda a, b: (a * b).sum()),
    "weighted inner product": ([C, C, M], lambda x, y, a: x.T @ a @ y),
    "outer product": ([C, C], lambda a, b: a @ b.T),
    "hadamard": ([N, N], lambda a, b: a * b),
    "elementwise quotient": ([N, N], lambda a, b: a / b),
    "elementwise power": ([N, S], lambda a, b: a**b),
    "kronecker": ([N, C], np.kron),
    "kronecker sum": ([M, M], _kronecker_sum),
    "khatri-rao": ([N, M], _khatri_rao),
    "direct sum": ([M, N], _direct_sum),
    "block diagonal": ([M, N], _direct_sum),
    "dot product": ([C, C], lambda a, b: (a * b).sum()),
    "cross product": ([C, C], lambda a, b: np.cross(a[:, 0], b[:, 0])),
    "cross-product matrix": ([C], lambda a: np.cross(np.eye(3), a[:, 0])),
    "commutator": ([M, M], lambda a, b: a @ b - b @ a),
    "real part": ([M], lambda a: a),
    "imaginary part": ([M], lambda a: 0 * a),
    "anticommutator": ([M, M], lambda a, b: a @ b + b @ a),
}
SMALL = {
    "arcsin",
    "arccos",
    "artanh",
    "inverse error function",
    "floor",
    "ceiling",
}  # not at 1, and some not beyond


def _item(shape: tuple[int, ...], offset: int, factor: arb | int = 1) -> Item:
    count = abs(shape[0]) * shape[1]
    sign = -1 if offset % 2 else 1
    numbers = [
        sign * (arb(((i * i * 7 + i * 5 + offset * 11) % 17) + 2) / (i % 3 + 4)) * factor
        for i in range(count)
    ]
    if shape[0] > 0:
        return from_entries(shape, [abs(number) for number in numbers] if offset < 2 else numbers)
    item = from_entries((-shape[0], shape[1]), numbers)
    return item * item.transpose() / 16 + Field(1).identity(shape[1])


def _items(name: str, offset: int = 0) -> list[Item]:
    factor = arb(1) / 7 if name in SMALL else 1
    return [_item(shape, i + offset, factor) for i, shape in enumerate(CASES[name][0])]


def _numbers(item: Item) -> np.ndarray[Any, Any]:
    found = np.array([float(entry.mid()) for entry in entries_of(item)])
    return found.reshape(shape_of(item))


def _value(name: str, items: list[Item], numbers: Field) -> Item:
    return PRIMITIVES[name]([constant(item) for item in items], numbers).value


def test_every_operator_has_a_case() -> None:
    assert set(CASES) | MOMENTS | WHOLE == set(BY_NAME) == set(PRIMITIVES) | MOMENTS


def _slope(function: Callable[[float], float], at: float, step: float = 2e-4) -> float:
    """A derivative to about twelve digits (Abramowitz and Stegun 1964, 25.3.6)."""
    near, far = (function(at + k * step) - function(at - k * step) for k in (1, 2))
    return (8 * near - far) / (12 * step)


@pytest.mark.parametrize(("number", "expected"), [(-1, 1), (0, 1), (1, 1), (6, 48), (7, 105)])
def test_double_factorial(number: int, expected: int) -> None:
    numbers = use_precision(128)
    assert _value("double factorial", [numbers.number(number)], numbers) == expected
    with pytest.raises(Undefined):
        _value("double factorial", [arb(1) / 2], numbers)


def test_eigenvectors_that_may_be_dependent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Balls may isolate the eigenvalues and not tell that the eigenvectors span the space."""
    wide = acb_mat([[1, 1], [1, acb(arb(1, 1))]])
    monkeypatch.setattr(spectra, "_eigenvectors", lambda value: ([acb(1), acb(2)], wide))
    matrix = from_entries((2, 2), [arb(n) for n in (1, 0, 0, 2)])
    with pytest.raises(Undefined, match="eigenvectors"):
        spectra.matrix_power(constant(matrix), arb(1) / 2, use_precision(128))


@pytest.mark.parametrize("name", sorted(CASES))
def test_value(name: str) -> None:
    reference = CASES[name][1]
    numbers = use_precision(128)
    items = _items(name)
    found = _numbers(_value(name, items, numbers))
    arguments = [_numbers(item) for item in items]
    expected = np.asarray(reference(*arguments), dtype=float).reshape(found.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("name", sorted(CASES))
def test_differential(name: str) -> None:
    numbers = use_precision(512)
    step = arb(2) ** -120
    items, moves = _items(name), _items(name, 4)
    jets = [Jet({0: item, key_of(0): move}) for item, move in zip(items, moves, strict=True)]
    result = PRIMITIVES[name](jets, numbers)
    ahead = _value(name, [a + b * step for a, b in zip(items, moves, strict=True)], numbers)
    behind = _value(name, [a - b * step for a, b in zip(items, moves, strict=True)], numbers)
    tangent = result.parts.get(key_of(0), result.value * 0)
    for part, plus, minus in zip(*map(entries_of, (tangent, ahead, behind)), strict=True):
        assert abs(part - (plus - minus) / (2 * step)) < arb(2) ** -200


@pytest.mark.parametrize("name", sorted(CASES))
def test_second_differential(name: str) -> None:
    """Along two directions of two levels, the first of which has two: against the first ones."""
    numbers = use_precision(512)
    step = arb(2) ** -120
    items, first, second = _items(name), _items(name, 4), _items(name, 3)

    def tangent(at: list[Item]) -> Item:
        jets = [
            Jet({0: a, key_of(0, 1): b, key_of(0, 0): c})
            for a, b, c in zip(at, first, second, strict=True)
        ]
        result = PRIMITIVES[name](jets, numbers)
        return result.parts.get(key_of(0, 1), result.value * 0)

    jets = [
        Jet({0: a, key_of(0, 1): b, key_of(0, 0): c, key_of(1): c})
        for a, b, c in zip(items, first, second, strict=True)
    ]
    result = PRIMITIVES[name](jets, numbers)
    mixed = result.parts.get(key_of(0, 1) | key_of(1), result.value * 0)
    ahead = tangent([a + b * step for a, b in zip(items, second, strict=True)])
    behind = tangent([a - b * step for a, b in zip(items, second, strict=True)])
    for part, plus, minus in zip(*map(entries_of, (mixed, ahead, behind)), strict=True):
        assert abs(part - (plus - minus) / (2 * step)) < arb(2) ** -180


@pytest.mark.parametrize(("name", "order"), [("one norm", 1), ("infinity norm", np.inf)])
def test_norms_of_vectors(name: str, order: float) -> None:
    item = _item(C, 0)
    found = _value(name, [item], use_precision(128))
    assert math.isclose(float(found.mid()), float(np.linalg.norm(_numbers(item), order)))


def test_the_parts_of_complex_values() -> None:
    numbers = [1 + 2j, -3 + 0.5j, 0.25j, 4 - 1j]
    field = use_precision(128, imaginary="left")
    item = from_entries((2, 2), [acb(number) for number in numbers])
    for name, expected in {
        "real part": np.real(numbers),
        "imaginary part": np.imag(numbers),
        "conjugate": np.conj(numbers),
    }.items():
        found = PRIMITIVES[name]([Jet({0: item})], field).value.entries()
        assert [complex(entry) for entry in found] == list(expected)


def test_a_matrix_without_elements_has_no_value() -> None:
    with pytest.raises(Undefined, match="without elements"):
        Field().identity(0)


def test_a_power_with_a_vector_above_has_no_value() -> None:
    exponent = constant(from_entries((2, 1), [arb(1) / 2, arb(1) / 3]))
    with pytest.raises(Unsupported, match="exponent is a vector"):
        power(constant(arb(2)), exponent, use_precision(128))
