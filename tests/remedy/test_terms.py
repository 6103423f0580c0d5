"""The terms that are named are those in which sides differ, at a point where they do."""

from __future__ import annotations

from proofcheck import Verdict
from tests.numeric.claims import check


def test_a_point_where_the_sides_are_equal_names_no_term() -> None:
    (judged,) = check((r"\prod_{i=1}^n (-a_i) = \prod_{i=1}^n a_i + 0",))
    assert judged.verdict is Verdict.FAILS
    assert not any("`0` stands" in note for note in judged.notes)
