"""The mark stands below what it marks, however wide the characters before it are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.document.source import Source, Span
from proofcheck.writers.glyphs import columns
from proofcheck.writers.underline import Underlined, underline


def _underline(text: str, marked: str, width: int = 80) -> Underlined:
    start = text.index(marked)
    found = underline(Source("", text), Span(start, start + len(marked)), width)
    assert found is not None
    return found


def _below(found: Underlined) -> str:
    """The part of the line that the mark is below, for text one column wide throughout."""
    return found.text[found.mark.index("^") : len(found.mark)]


def test_the_right_side_is_underlined() -> None:
    found = _underline("first\n  dL &= 2Y:dY \\cr", "2Y:dY")
    assert found == Underlined(2, "  dL &= 2Y:dY \\cr", "        ^~~~~")


def test_one_character_has_a_mark_of_one() -> None:
    assert _underline("a = b", "b").mark == "    ^"


def test_tabs_become_spaces() -> None:
    found = _underline("\ta\t= b c", "b c")
    assert found.text == "    a   = b c"
    assert _below(found) == "b c"


@pytest.mark.parametrize(("before", "wide"), [("行列 = ", 7), ("e\u0301 = ", 4), ("Ａ= ", 4)])
def test_wide_and_combining_characters(before: str, wide: int) -> None:
    assert _underline(before + "XY", "XY").mark == " " * wide + "^~"


def test_wide_characters_are_marked_in_full() -> None:
    assert _underline("a = 行列", "行列").mark == "    ^~~~"


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert _underline("a = b  \n + c", "b  \n + c").mark == "    ^"


@pytest.mark.parametrize("place", [0, 30, 500, 990])
@pytest.mark.parametrize("length", [1, 12, 70])
def test_long_lines_are_cut_to_a_window(place: int, length: int) -> None:
    marked = "X" * length
    text = "a" * place + marked + "b" * 1000
    found = _underline(text, marked, 80)
    assert columns(found.text) <= 80
    assert len(found.mark) <= 80
    assert _below(found) == marked


def test_what_is_longer_than_the_window_is_marked_as_far_as_it_shows() -> None:
    found = _underline("a = " + "X" * 300, "X" * 300, 60)
    assert columns(found.text) == 60
    assert len(found.mark) == 60
    assert found.text.endswith("…")


@given(st.text(), st.integers(0, 40), st.integers(0, 40), st.integers(40, 60))
def test_any_text_fits_and_cannot_steer_a_terminal(
    text: str, start: int, length: int, width: int
) -> None:
    first = min(start, len(text))
    found = underline(Source("", text), Span(first, min(first + length, len(text))), width)
    if found is not None:
        assert columns(found.text) <= width
        assert columns(found.mark) <= width + 1
        assert found.text.isprintable() or not found.text.isascii()
        assert "\x1b" not in found.text


def test_a_blank_line_is_not_shown() -> None:
    assert underline(Source("", ""), Span(0, 0), 80) is None
