"""A right side does not hold by letters of another kind than in the rest of the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck import Verdict, check_text

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "correct"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("cookbook-4-complex.md", "$$(Ux)^H(Uy) = x^Hy$$", "$$(Ux)^H(Uy) = yx^H$$"),
        ("meant.md", r"dF &= A\,dX\,B", r"dF &= dX\,A\,B"),
        ("solving.md", "2X^T(Xw - y)", "2X^T(wX - y)"),
    ],
)
def test_a_right_side_alone_does_not_change_what_letters_are(
    name: str, right: str, wrong: str
) -> None:
    text = (_FIXTURES / name).read_text(encoding="utf-8")
    assert right in text
    held = _held(text)
    assert _held(text.replace(right, wrong, 1)) < held


def _held(text: str) -> int:
    """How many steps hold."""
    return check_text(text).tally()[Verdict.HOLDS]
