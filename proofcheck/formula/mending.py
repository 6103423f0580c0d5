"""A formula in which one bracket has no partner: with it left out, or closed at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from proofcheck.document.tokens import Token, TokenKind

_PARTNERS = {"(": ")", "[": "]", r"\{": r"\}"}
_OPENED_BY = {closing: opening for opening, closing in _PARTNERS.items()}
_SIZED = frozenset((r"\left", r"\right"))


@dataclass(frozen=True, slots=True)
class Mended:
    """The tokens of a formula whose brackets match, and the sentence on the one that did not."""

    tokens: tuple[Token, ...]
    message: str


def mended(tokens: Sequence[Token]) -> Mended | None:
    """A formula with its one bracket without a partner mended; None if it is not just one.

    An interval, which has a comma, may be open at one end.
    """
    if "," in {token.text for token in tokens}:
        return None
    lone = list(_lone(tokens))
    if len(lone) != 1:
        return None
    at, stop = lone[0]
    if at and tokens[at - 1].text in _SIZED:
        return None
    text = tokens[at].text
    if text in _OPENED_BY:
        message = f"a bracket `{text}` closes nothing"
        return Mended((*tokens[:at], *tokens[at + 1 :]), message)
    closing = replace(tokens[stop - 1], kind=tokens[at].kind, text=_PARTNERS[text])
    whole = (*tokens[:stop], closing, *tokens[stop:])
    return Mended(whole, f"a bracket `{text}` is never closed")


def _lone(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The brackets without a partner, each with the index at which its group ends."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN or token.text in _PARTNERS:
            opened.append(at)
        elif token.kind is TokenKind.CLOSE:
            while opened and tokens[opened[-1]].kind is not TokenKind.OPEN:
                found.append((opened.pop(), at))
            opened = opened[:-1]
        elif token.text in _OPENED_BY:
            if opened and tokens[opened[-1]].text == _OPENED_BY[token.text]:
                opened.pop()
            else:
                found.append((at, at))
    left = [at for at in opened if tokens[at].kind is not TokenKind.OPEN]
    return found + [(at, len(tokens)) for at in left]
