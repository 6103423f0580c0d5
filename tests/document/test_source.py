"""Positions, whatever ends a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proofcheck.document.document import Document
from proofcheck.document.source import Position, Source, Span
from tests.document.reading import latex, markdown, place, plain


def test_line_ends_of_every_kind_start_a_line() -> None:
    source = Source("x", "a\r\nb\nc\rd")
    assert [source.position(offset).line for offset in range(8)] == [1, 1, 1, 2, 2, 3, 3, 4]
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["a", "b", "c", "d"]


def test_columns_count_characters_not_bytes_or_cells() -> None:
    assert Source("x", "𝔸界\té=1").position(4) == Position(1, 5)


def test_the_end_of_the_text_has_a_position() -> None:
    assert Source("x", "ab\n").position(3) == Position(2, 1)
    assert Source("x", "").position(0) == Position(1, 1)


def test_a_span_reaches_to_another() -> None:
    assert Span(3, 5).to(Span(1, 2)) == Span(1, 5)


@pytest.mark.parametrize("read", [markdown, latex, plain])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb $x$", (1, 6)),
        ("a\r\n\r\nb $x$\r\n", (3, 4)),
        ("a\rb $x$", (2, 4)),
        ("\ufeffb $x$", (1, 4)),
        ("界𝔸é $x$", (1, 6)),
        ("a\n$$\nx\n$$", (2, 3)),
    ],
)
def test_a_formula_is_where_it_is(
    read: Callable[[str], Document], text: str, expected: tuple[int, int]
) -> None:
    assert place(read(text), 0) == expected


def test_several_blocks_on_a_line() -> None:
    document = markdown("Let $a$ be $$b=c$$ and $$d=e$$ so \\(f\\).")
    assert [place(document, index)[1] for index in range(4)] == [6, 14, 26, 37]
