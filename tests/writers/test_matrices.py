"""Matrices side by side."""

from __future__ import annotations

from proofcheck.numeric.verdict import Binding
from proofcheck.writers.matrices import lay_out

A = Binding("A", (("1", "-2"), ("10", "0")))
C = Binding("c", (("3",),))


def test_columns_are_aligned() -> None:
    assert lay_out([A], 80) == ["A = [ 1 -2]", "    [10  0]"]


def test_a_number_has_no_brackets() -> None:
    assert lay_out([C], 80) == ["c = 3"]


def test_side_by_side_where_there_is_room() -> None:
    assert lay_out([A, C], 80) == ["A = [ 1 -2]   c = 3", "    [10  0]"]
    assert lay_out([A, C], 14) == ["A = [ 1 -2]", "    [10  0]", "c = 3"]


def test_nothing_is_wider_than_the_room() -> None:
    wide = Binding("w", (tuple(str(i) for i in range(60)),))
    assert all(len(line) <= 40 for line in lay_out([wide], 40))


def test_no_bindings_are_no_lines() -> None:
    assert lay_out([], 80) == []
