"""How far the things reach that a formula says nothing by, or that are one thing at depth zero."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.groups import Groups
from proofcheck.extraction.items import ROLES
from proofcheck.extraction.remarks import WORDS
from proofcheck.extraction.spacing import SPACES, after_dimension

_LONGEST_OPTION = 24
_LONGEST_WORD = 14
_ARGUMENTS = frozenset((TokenKind.CLOSE, TokenKind.COMMAND))


def after_argument(tokens: Sequence[Token], partners: Sequence[int], index: int) -> int:
    """The index after the group or token at `index`, where a closing brace is neither."""
    if index >= len(tokens) or tokens[index].kind is TokenKind.CLOSE:
        return index
    return max(partners[index], index) + 1


def after_sized(tokens: tuple[Token, ...], partners: Sequence[int], index: int) -> int:
    """The index after a group, perhaps starred, or a dimension without braces."""
    if index < len(tokens) and tokens[index].text == "*":
        index += 1
    if index < len(tokens) and tokens[index].kind is TokenKind.OPEN:
        return max(partners[index], index) + 1
    return after_dimension(tokens, index)


def framed(tokens: Sequence[Token], groups: Groups, index: int) -> int:
    r"""The index of the group behind a command at `index` that only frames it, as `\boxed{a=b}`
    does; else 0."""
    stop = index + 1
    if stop < len(tokens) and tokens[stop].text == "[":
        last = min(index + _LONGEST_OPTION, len(tokens))
        while stop < last and tokens[stop].text != "]":
            stop += 1
        stop += 1
    wraps = stop in groups.clear and tokens[stop].kind is TokenKind.OPEN
    return stop if wraps and tokens[index].text not in SPACES else 0


def is_empty_group(tokens: Sequence[Token], index: int, partner: int, attached: bool) -> bool:
    """Whether a `{}` is there for spacing: it is no argument of what it is `attached` to, if it is,
    and has no script."""
    if partner != index + 1:
        return False
    before = tokens[index - 1] if index else None
    if attached and before and before.kind in _ARGUMENTS and before.text not in ROLES:
        return False
    return partner + 1 >= len(tokens) or tokens[partner + 1].text not in ("^", "_")


def roman_word(tokens: Sequence[Token], start: int, stop: int) -> str:
    r"""The word of English that the letters between two indices spell, as in `\mathrm{and}`."""
    if not 0 < stop - start <= _LONGEST_WORD:
        return ""
    word = "".join(token.text for token in tokens[start:stop] if token.text not in SPACES)
    return word if word.lower() in WORDS else ""
