"""Reads small documents and shows what was found, for the tests beside this file."""

from __future__ import annotations

from proofcheck.document.document import Boundary, Document, Excerpt, MathBlock, Prose
from proofcheck.document.read import read_text
from proofcheck.document.tokens import Token, tokenize


def markdown(text: str) -> Document:
    """A Markdown document."""
    return read_text(text, "page.md", "markdown")


def latex(text: str) -> Document:
    """A LaTeX document."""
    return read_text(text, "page.tex", "latex")


def plain(text: str) -> Document:
    """A document of plain text."""
    return read_text(text, "page.txt", "text")


def formulas(document: Document) -> list[str]:
    """The bodies of the formulas of a document."""
    return [block.body.text for block in blocks(document)]


def blocks(document: Document) -> list[MathBlock]:
    """The formulas of a document."""
    return [part for part in document.parts if isinstance(part, MathBlock)]


def prose(document: Document) -> str:
    """The words of a document, with a bar wherever something else stands between them."""
    return "|".join(part.text for part in document.parts if isinstance(part, Prose))


def boundaries(document: Document) -> list[tuple[str, str]]:
    """Kind and title of the boundaries of a document."""
    return [(part.kind, part.title) for part in document.parts if isinstance(part, Boundary)]


def place(document: Document, index: int) -> tuple[int, int]:
    """Line and column of the first character of the body of a formula."""
    position = document.source.position(blocks(document)[index].body.origin(0))
    return position.line, position.column


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a formula that is a file by itself."""
    return tokenize(Excerpt(text, ((0, 0),)))


def written(found: tuple[Token, ...]) -> list[str]:
    """What tokens read."""
    return [token.text for token in found]
