"""Arrows that authors write before the letter of a vector or a matrix: `→x`, `⇉W`."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind

ARROWS = {"→": r"\vec", "⇉": r"\mathbf"}
"""What stands for an arrow before a letter in LaTeX."""
_CLOSING = frozenset((")", "]"))
_BEFORE_OPERANDS = frozenset(("(", "[", "{", "|", "+", "-", "=", ","))


def is_accent(tokens: Sequence[Token], index: int) -> bool:
    """Whether the arrow at an index, in one side of a relation, is written on to the letter or
    group behind it, `→x`, and does not stand between two letters, `x→a`."""
    closed = index > 0 and tokens[index - 1].text in _CLOSING
    return _touches(tokens, index) and (closed or _stands_apart(tokens, index))


def relates(tokens: Sequence[Token], index: int) -> bool:
    """Whether the arrow at an index stands between two operands, `X→Y`, and is no accent.

    Behind a bracket it is one if another of the formula is: `∇_{→x} f = (A + B)→x`.
    """
    if not is_accent(tokens, index):
        return True
    return not _stands_apart(tokens, index) and not any(
        tokens[other].text == tokens[index].text and _stands_apart(tokens, other)
        for other in range(len(tokens))
        if _touches(tokens, other)
    )


def _touches(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands at an index is an arrow that a letter or a group follows at once."""
    if tokens[index].text not in ARROWS or index + 1 >= len(tokens):
        return False
    ahead = tokens[index + 1]
    named = ahead.kind in (TokenKind.LETTER, TokenKind.OPEN)
    return named and ahead.span.start == tokens[index].span.end


def _stands_apart(tokens: Sequence[Token], index: int) -> bool:
    behind = tokens[index - 1] if index else None
    if behind is None or behind.text in _BEFORE_OPERANDS:
        return True
    return behind.span.end < tokens[index].span.start
