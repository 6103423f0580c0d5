r"""The words that stand in a display: `… \quad\text{where } H \text{ is symmetric}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofcheck.document.document import Excerpt
from proofcheck.document.tokens import Token, TokenKind, tokenize
from proofcheck.extraction.spacing import ROW_ENDS, SPACES, WIDE

Tokens = tuple[Token, ...]

_LETTERS = re.compile(r"[A-Za-z]{2}")
_MATH = re.compile(r"\$([^$]*)\$")
_BREAKS = frozenset((",", ";", "&", *WIDE, *ROW_ENDS))


def remarks(tokens: Tokens) -> Iterator[tuple[str, Tokens]]:
    """The words in a display and the formulas beside them, in order.

    Words come as text with the token they are from, formulas as tokens with no text. What stands
    in braces or in `cases` belongs to the formulas. Nothing if there are no words.
    """
    if not any(_says(token) for token in tokens):
        return
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.kind in (TokenKind.OPEN, TokenKind.BEGIN) and _encloses(token)
        depth -= token.kind in (TokenKind.CLOSE, TokenKind.END) and _encloses(token)
        if depth > 0 or not (token.text in _BREAKS or token.kind is TokenKind.TEXT):
            part.append(token)
            continue
        yield from _formula(part)
        part = []
        if token.kind is TokenKind.TEXT:
            yield from _words(token)
        else:
            yield _break(token), (token,)
    yield from _formula(part)


def _break(token: Token) -> str:
    """What a sign that parts formulas is between words."""
    return " " if token.text == "&" else "; " if token.text in ROW_ENDS else ", "


def _says(token: Token) -> bool:
    return token.kind is TokenKind.TEXT and bool(_LETTERS.search(token.text))


def _encloses(token: Token) -> bool:
    """Whether a token opens or closes what is one formula; environments that align do not."""
    return token.kind in (TokenKind.OPEN, TokenKind.CLOSE) or "cases" in token.text


def _formula(part: list[Token]) -> Iterator[tuple[str, Tokens]]:
    """A formula without the spaces, brackets and environments around it."""
    kinds = (TokenKind.BEGIN, TokenKind.END)
    inner = tuple(t for t in part if t.kind not in kinds and t.text not in SPACES)
    while inner and (inner[0].text in "()" or inner[-1].text in "()."):
        inner = inner[1:] if inner[0].text in "()" else inner[:-1]
    if inner:
        yield "", inner


def _words(token: Token) -> Iterator[tuple[str, Tokens]]:
    """The words of a text, with the formulas that stand between dollars in it."""
    for number, piece in enumerate(_MATH.split(token.text)):
        if number % 2:
            yield from _formula(list(tokenize(Excerpt(piece, ((0, token.span.start),)))))
        elif piece:
            yield f" {piece} ", (token,)
