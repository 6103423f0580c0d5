r"""How a script that is part of a name reads: `X_{\boldsymbol a}` and `X_{\mathbf{a}}` are one."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind

UPRIGHT = frozenset((r"\mathrm", r"\text", r"\rm"))
"""Fonts of letters that belong to a name as they would without."""
BOLD = frozenset((r"\boldsymbol", r"\mathbf", r"\bm", r"\pmb", r"\mathbold", r"\bf", r"\boldmath"))
_TO_THE_END = frozenset((r"\rm", r"\bf", r"\boldmath"))
"""Fonts of all that follows in a group."""


def label(tokens: Sequence[Token]) -> str:
    r"""The lexemes of a script as one word, in which each font is spelled in one way."""
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.text not in UPRIGHT | BOLD or token.kind is TokenKind.TEXT:
            parts.append(token.text)
            continue
        end = len(tokens) if token.text in _TO_THE_END else _end(tokens, index)
        inner = label(_bare(tokens[index:end]))
        parts.append(inner if token.text in UPRIGHT or not inner else rf"\mathbf{{{inner}}}")
        index = end
    return "".join(parts)


def _end(tokens: Sequence[Token], start: int) -> int:
    """The index behind the group, or the one lexeme, at an index."""
    depth = 0
    for index in range(start, len(tokens)):
        kind = tokens[index].kind
        depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
        if depth <= 0:
            return index + 1
    return len(tokens)


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """What a group holds; lexemes that are none as they are."""
    grouped = len(tokens) > 1 and tokens[0].kind is TokenKind.OPEN
    return tokens[1:-1] if grouped and _end(tokens, 0) == len(tokens) else tokens
