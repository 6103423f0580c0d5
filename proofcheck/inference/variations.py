"""What `\\delta` and `\\Delta` before a letter are: a differential, a factor, part of a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Declaration
from proofcheck.formula.cursor import Cursor
from proofcheck.formula.derivatives import OPERANDS, d_length
from proofcheck.formula.upright import FONTS, set_apart

SIGNS = (r"\delta", r"\Delta")
INCREMENT = re.compile(r"\\[dD]elta\{(.+)\}")
"""The name of an increment, with that of what is incremented."""

_OPENING = frozenset(("(", "[", r"\{", "|", r"\|"))


def factors(sides: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The signs that stand by themselves somewhere, and so are numbers: `1+\\delta`."""
    found = (
        words[index].text
        for words in sides
        for index in _places(words)
        if not _stands_before(words, index + 1) and _follower(words, index) != "_"
    )
    return frozenset(found)


def variations(sides: Sequence[Sequence[Token]]) -> frozenset[str]:
    """`\\delta` where it is a differential: it stands before letters that have a meaning of their
    own, before something that is more than a letter, and never elsewhere; nor does a `d`."""
    if any(d_length(Cursor(words, Span(0, 0)), i) for words in sides for i in range(len(words))):
        return frozenset()
    moved: set[str] = set()
    more = False
    for words in sides:
        for index in _places(words):
            if words[index].text != r"\delta":
                continue
            if not _stands_before(words, index + 1):
                return frozenset()
            follower = words[index + 1]
            if follower.kind is TokenKind.LETTER:
                moved.add(follower.text)
            more |= follower.text in _OPENING or follower.kind in (TokenKind.TEXT, TokenKind.OPEN)
    alone = {letter for words in sides for letter in _by_themselves(words)}
    return frozenset((r"\delta",)) if moved & alone and (more or len(moved) > 1) else frozenset()


def differential_fonts(
    sides: Iterable[Sequence[Token]], told: Iterable[Declaration]
) -> frozenset[str]:
    """The fonts in which a `d` is the differential: there it stands more than once, before what can
    vary and nowhere else, and the text says nothing of it."""
    sides = list(sides)
    counts: Counter[str] = Counter()
    named = {part.text for said in told if said.subject[-1:] for part in said.subject}
    refused: set[str] = set(FONTS & named) if "d" in named else set()
    for words in sides:
        for index in range(len(words)):
            font, behind = set_apart(words, index)
            if not font:
                continue
            counts[font] += 1
            if not _stands_before(words, behind) and _follower(words, behind - 1) not in FONTS:
                refused.add(font)
    return frozenset(font for font, count in counts.items() if count > 1 and font not in refused)


def _places(words: Sequence[Token]) -> Iterator[int]:
    return (index for index, token in enumerate(words) if token.text in SIGNS)


def _follower(words: Sequence[Token], index: int) -> str:
    return words[index + 1].text if index + 1 < len(words) else ""


def _stands_before(words: Sequence[Token], index: int) -> bool:
    """Whether something that can vary stands at an index."""
    if index >= len(words):
        return False
    token = words[index]
    kinds = (TokenKind.LETTER, TokenKind.OPEN, TokenKind.TEXT)
    return token.kind in kinds or token.text in OPERANDS or token.text in _OPENING


def _by_themselves(words: Sequence[Token]) -> Iterator[str]:
    """The letters that stand somewhere without a sign before them."""
    for index, token in enumerate(words):
        if token.kind is TokenKind.LETTER and (not index or words[index - 1].text not in SIGNS):
            yield token.text
