"""Groups and scripts in a sequence of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind

Tokens = tuple[Token, ...]


def after_argument(tokens: Sequence[Token], start: int) -> int:
    """The index after the group, or else the token, at `start`."""
    if start >= len(tokens) or tokens[start].kind is not TokenKind.OPEN:
        return min(start + 1, len(tokens))
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].kind is TokenKind.OPEN) - (tokens[index].kind is TokenKind.CLOSE)
        if depth == 0:
            return index + 1
    return len(tokens)


def inside(group: Sequence[Token]) -> Tokens:
    """The tokens of an argument without the braces around it."""
    while (
        len(group) > 1
        and group[0].kind is TokenKind.OPEN
        and after_argument(group, 0) == len(group)
    ):
        group = group[1:-1]
    return tuple(group)


def scripts(tokens: Sequence[Token], start: int) -> tuple[Tokens, Tokens, int]:
    """The subscript and the superscript at `start`, empty where there is none, and the index after
    them."""
    found: dict[str, Tokens] = {"_": (), "^": ()}
    while start < len(tokens) - 1 and tokens[start].text in found:
        stop = after_argument(tokens, start + 1)
        found[tokens[start].text] = inside(tokens[start + 1 : stop])
        start = stop
    return found["_"], found["^"], start
