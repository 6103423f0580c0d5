"""How characters of a document look on a terminal: their widths, and stand-ins for harmful ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_TAB = 4
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_COMBINING = frozenset(("Mn", "Me"))


def visible(text: str) -> str:
    """The text with characters that steer a terminal, or show nothing, replaced by their number.

    Escape sequences and marks that reorder a line would let a document forge a report.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_glyph, text))


def columns(text: str) -> int:
    """How many columns of a terminal a visible text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def cells(line: str) -> tuple[str, ...]:
    """What to show for each character of a line; a tab becomes the spaces to the next tab stop."""
    shown: list[str] = []
    column = 0
    for character in line:
        cell = " " * (_TAB - column % _TAB) if character == "\t" else _glyph(character)
        shown.append(cell)
        column += columns(cell)
    return tuple(shown)


def shorten(text: str, width: int) -> str:
    """The visible text, cut with an ellipsis where it takes more than `width` columns."""
    if columns(text) <= width:
        return text
    return fit(text, width - 1) + "…"


def fit(characters: Iterable[str], width: int) -> str:
    """As many of the characters, or cells, from the first on as take up to `width` columns."""
    kept: list[str] = []
    for character in characters:
        width -= columns(character)
        if width < 0:
            break
        kept.append(character)
    return "".join(kept)


def _glyph(character: str) -> str:
    """The character itself, or its number where it must not reach a terminal."""
    if unicodedata.category(character) in _UNSEEN:
        return f"<U+{ord(character):04X}>"
    return character


def _columns(character: str) -> int:
    if unicodedata.category(character) in _COMBINING:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
