"""Axes made equal, and kept apart."""

from __future__ import annotations

import pytest

from proofcheck.formula.shape import Compound, grouping, pattern
from proofcheck.inference.unification import ShapeMismatch, Unifier, Unsolved


def test_two_unknown_axes_become_one() -> None:
    unifier = Unifier()
    a, b = unifier.fresh(), unifier.fresh()
    unifier.unify(a, b)
    assert unifier.find(a) == unifier.find(b)


def test_names_stay_apart() -> None:
    unifier = Unifier()
    with pytest.raises(ShapeMismatch, match="`m` is not `n`"):
        unifier.unify(unifier.name("m"), unifier.name("n"))


def test_an_unknown_axis_is_not_one() -> None:
    unifier = Unifier()
    with pytest.raises(ShapeMismatch):
        unifier.unify(unifier.fresh(), 1)


def test_lengths_must_agree() -> None:
    unifier = Unifier()
    axis = unifier.fresh()
    unifier.unify(axis, 3)
    unifier.unify(axis, 3)
    with pytest.raises(ShapeMismatch):
        unifier.unify(axis, 2)


def test_a_state_is_restored() -> None:
    unifier = Unifier()
    axis, state = unifier.fresh(), unifier.save()
    unifier.unify(axis, 3)
    unifier.restore(state)
    assert unifier.find(axis) == axis


def test_products_of_axes_commute_or_are_left_open() -> None:
    unifier = Unifier()
    m, n, p = unifier.name("m"), unifier.name("n"), unifier.name("p")
    unifier.unify(Compound("times", (m, n)), Compound("times", (n, m)))
    with pytest.raises(Unsolved):
        unifier.unify(Compound("times", (m, n)), Compound("times", (p, p)))


def test_products_of_axes_that_differ_in_one_are_different() -> None:
    unifier = Unifier()
    m, n = unifier.name("m"), unifier.name("n")
    with pytest.raises(ShapeMismatch):
        unifier.unify(Compound("times", (m, n)), Compound("times", (m, m)))
    free = unifier.fresh()
    unifier.unify(Compound("times", (m, n)), Compound("times", (free, m)))
    assert unifier.find(free) == n


@pytest.mark.parametrize(
    ("patterns", "value"),
    [
        ("MM", "M"),
        ("RC", "S"),
        ("CR", "M"),
        ("RMC", "S"),
        ("MRC", "M"),
        ("CRC", "C"),
        ("SRMCS", "S"),
    ],
)
def test_factors_group_by_their_patterns(patterns: str, value: str) -> None:
    plan = grouping(patterns)
    assert plan is not None
    assert plan[0] == value


@pytest.mark.parametrize("patterns", ["CC", "RR", "CM", "MR", "CMC"])
def test_factors_that_do_not_multiply(patterns: str) -> None:
    assert grouping(patterns) is None


def test_patterns() -> None:
    assert [pattern(s) for s in ((1, 1), (2, 1), (1, 2), (2, 3), (2, 3, 4))] == list("SCRM3")
