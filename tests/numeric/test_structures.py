"""What is drawn has the properties that are said, also where several are said together."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from flint import fmpq, fmpq_mat

from proofcheck.numeric.structures import direction, identity, structured

Test = Callable[[fmpq_mat], bool]


def _square(size: int = 4) -> fmpq_mat:
    generator = random.Random(size)
    entries = [fmpq(generator.randint(-9, 9), generator.randint(1, 3)) for _ in range(size * size)]
    return fmpq_mat(size, size, entries)


def _is_diagonal(a: fmpq_mat) -> bool:
    size = a.nrows()
    return all(a[i, j] == 0 for i in range(size) for j in range(size) if i != j)


CASES: tuple[tuple[str, Test], ...] = (
    ("symmetric, idempotent", lambda a: a * a == a == a.transpose()),
    ("symmetric, orthogonal", lambda a: a * a == identity(4) and a == a.transpose()),
    ("involutory", lambda a: a * a == identity(4) and a != a.transpose()),
    ("diagonal, positive definite", lambda a: _is_diagonal(a) and all(a[i, i] > 0 for i in (0, 3))),
    ("symmetric, Toeplitz", lambda a: a == a.transpose() and a[0, 1] == a[1, 2] == a[2, 3]),
    ("unit, lower triangular", lambda a: a[0, 1] == 0 and a[0, 0] == a[3, 3] == 1 and a[3, 0] != 0),
    ("orthonormal rows", lambda a: a * a.transpose() == identity(4)),
)


@pytest.mark.parametrize(("words", "test"), CASES, ids=[words for words, _ in CASES])
def test_a_value_has_all_that_is_said(words: str, test: Test) -> None:
    value = structured(_square(), frozenset(words.split(", ")))
    assert isinstance(value, fmpq_mat)
    assert test(value)


@pytest.mark.parametrize("words", ["idempotent", "symmetric, idempotent"])
def test_a_projection_moves_among_projections(words: str) -> None:
    properties = frozenset(words.split(", "))
    value = structured(_square(), properties)
    moved = direction(value, _square(), properties)
    assert isinstance(value, fmpq_mat)
    assert isinstance(moved, fmpq_mat)
    assert moved == moved * value + value * moved
    assert any(entry != 0 for entry in moved.entries())


def test_orthogonal_matrices_turn_and_reflect() -> None:
    flipped = _square() * -1
    drawn = [structured(item, frozenset(("orthogonal",))) for item in (_square(), flipped)]
    assert sorted(q.det() for q in drawn if isinstance(q, fmpq_mat)) == [-1, 1]
