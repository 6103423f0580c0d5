r"""What the moments of a document are conditioned on: `\operatorname{Var}(\hat\beta | X)`.

If all that are conditioned have the same condition, what it names is a constant in them, and they
are the moments of one law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import CLOSING, OPENING, Cursor, enclosed

_HEADS = frozenset(("E", "V", "Var", "var", "Cov", "cov", "Variance", "cov", r"\Var", r"\Cov"))
_BAR = frozenset(("|", r"\mid", r"\vert"))


def common_condition(sides: Sequence[Sequence[Token]]) -> str:
    """The condition that all conditioned moments have, spelled out; none if there are several, if
    moments stand within moments, or if others speak of what it names."""
    brackets = [inside for words in sides for inside in _brackets(words)]
    parts = [_parts(inside) for inside in brackets]
    conditions = {spelled(behind) for _, behind in parts if behind}
    if len(conditions) != 1 or any(list(_brackets(inside)) for inside in brackets):
        return ""
    letters = {t.text for _, behind in parts for t in behind if t.kind is not TokenKind.SYMBOL}
    free = [token.text for inside, behind in parts if not behind for token in inside]
    return "" if letters & set(free) else conditions.pop()


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens as one text."""
    return " ".join(token.text for token in tokens)


def _brackets(words: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """What stands in the brackets behind the heads of moments."""
    for index, token in enumerate(words):
        if token.text not in _HEADS or token.kind is TokenKind.SYMBOL:
            continue
        cursor = Cursor(words, Span(0, 0))
        cursor.index = index + 1
        while cursor.peek().kind is TokenKind.CLOSE:
            cursor.index += 1
        if cursor.accept("_"):
            cursor.index += len(enclosed(cursor)) + 2 if cursor.peek().kind is TokenKind.OPEN else 1
        if cursor.peek().text in OPENING:
            yield enclosed(cursor)


def _parts(inside: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """What stands before and behind the one bar in a bracket; nothing behind if there are more."""
    bars, depth = [], 0
    for index, token in enumerate(inside):
        depth += (token.text in OPENING or token.kind is TokenKind.OPEN) - (
            token.text in CLOSING or token.kind is TokenKind.CLOSE
        )
        if not depth and token.text in _BAR:
            bars.append(index)
    return (inside[: bars[0]], inside[bars[0] + 1 :]) if len(bars) == 1 else (inside, ())
