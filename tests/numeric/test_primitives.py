"""Every operator: its value against numpy, its differential against a difference quotient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flint import arb

from proofcheck.formula.vocabulary import BY_NAME, MOMENTS
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Unsupported,
    entries_of,
    from_entries,
    shape_of,
    use_precision,
)
from proofcheck.numeric.jet import Jet, key_of
from proofcheck.numeric.primitives import PRIMITIVES, constant

S, C, M, N = (1, 1), (3, 1), (3, 3), (2, 3)
Values = list[tuple[int, ...]]

# name: shapes of the arguments, value by numpy
CASES: dict[str, tuple[Values, Callable[..., Any]]] = {
    "trace": ([M], np.trace),
    "determinant": ([M], np.linalg.det),
    "log": ([C], np.log),
    "exp": ([C], np.exp),
    "sqrt": ([S], np.sqrt),
    "sin": ([C], np.sin),
    "cos": ([S], np.cos),
    "tanh": ([N], np.tanh),
    "logistic": ([C], lambda a: 1 / (1 + np.exp(-a))),
    "softmax": ([C], lambda a: np.exp(a) / np.exp(a).sum()),
    "vec": ([N], lambda a: a.T.reshape(-1, 1)),
    "diag": ([C], lambda a: np.diag(a[:, 0])),
    "symmetric part": ([M], lambda a: (a + a.T) / 2),
    "skew part": ([M], lambda a: (a - a.T) / 2),
    "adjugate": ([M], lambda a: np.linalg.det(a) * np.linalg.inv(a)),
    "transpose": ([N], np.transpose),
    "conjugate": ([N], np.conj),
    "conjugate transpose": ([N], lambda a: a.conj().T),
    "bars": ([M], np.linalg.det),
    "norm": ([N], np.linalg.norm),
    "two norm": ([C], np.linalg.norm),
    "one norm": ([C], lambda a: np.abs(a).sum()),
    "frobenius": ([N, N], lambda a, b: (a * b).sum()),
    "inner product": ([N, N], lambda a, b: (a * b).sum()),
    "outer product": ([C, C], lambda a, b: a @ b.T),
    "hadamard": ([N, N], lambda a, b: a * b),
    "elementwise quotient": ([N, N], lambda a, b: a / b),
    "elementwise power": ([N, S], lambda a, b: a**b),
    "kronecker": ([N, C], np.kron),
}
UNSUPPORTED = {"rank", "pseudoinverse", "spectral norm", "nuclear norm"}


def _item(shape: tuple[int, ...], offset: int) -> Item:
    count = shape[0] * shape[1]
    return from_entries(
        shape,
        [arb(((i * i * 7 + i * 5 + offset * 11) % 17) + 2) / (i % 3 + 4) for i in range(count)],
    )


def _numbers(item: Item) -> np.ndarray[Any, Any]:
    found = np.array([float(entry.mid()) for entry in entries_of(item)])
    return found.reshape(shape_of(item))


def _value(name: str, items: list[Item], numbers: Field) -> Item:
    return PRIMITIVES[name]([constant(item) for item in items], numbers).value


def test_every_operator_has_a_case() -> None:
    assert set(CASES) | UNSUPPORTED | MOMENTS == set(BY_NAME) == set(PRIMITIVES) | MOMENTS


@pytest.mark.parametrize("name", sorted(CASES))
def test_value(name: str) -> None:
    shapes, reference = CASES[name]
    items = [_item(shape, i) for i, shape in enumerate(shapes)]
    found = _numbers(_value(name, items, use_precision(128)))
    arguments = [_numbers(item) for item in items]
    expected = np.asarray(reference(*arguments), dtype=float).reshape(found.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("name", sorted(CASES))
def test_differential(name: str) -> None:
    shapes, _ = CASES[name]
    numbers = use_precision(512)
    step = arb(2) ** -120
    items = [_item(shape, i) for i, shape in enumerate(shapes)]
    moves = [_item(shape, i + 5) for i, shape in enumerate(shapes)]
    jets = [Jet({0: item, key_of(0): move}) for item, move in zip(items, moves, strict=True)]
    result = PRIMITIVES[name](jets, numbers)
    ahead = _value(name, [a + b * step for a, b in zip(items, moves, strict=True)], numbers)
    behind = _value(name, [a - b * step for a, b in zip(items, moves, strict=True)], numbers)
    tangent = result.parts[key_of(0)]
    for part, plus, minus in zip(*map(entries_of, (tangent, ahead, behind)), strict=True):
        assert abs(part - (plus - minus) / (2 * step)) < arb(2) ** -200


@pytest.mark.parametrize("name", sorted(UNSUPPORTED))
def test_what_has_no_rule_says_so(name: str) -> None:
    with pytest.raises(Unsupported):
        _value(name, [_item(N, 0)], use_precision(128))
