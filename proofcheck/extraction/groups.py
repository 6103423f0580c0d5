r"""Which braces and environments belong together, and which of them only wrap equations.

`{a=b}`, `\boxed{a=b}`, `\color{red}{a=b}` and `\begin{aligned} … \end{aligned}` say nothing of what
they hold; `\frac{a}{b}`, `x_{i=1}` and `\begin{pmatrix} … \end{pmatrix}` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.arrays import ARRAYS, aligns, stands_alone
from proofcheck.extraction.relations import IMPLICATIONS, STACKED, STARTERS
from proofcheck.extraction.spacing import (
    ALIGNING_COMMANDS,
    COLOURS,
    FRAMES,
    ROW_ENDS,
    SILENT,
    SPACES,
    WIDE,
)

ALIGNING = frozenset(
    "align aligned alignat alignedat xalignat xxalignat flalign split eqnarray IEEEeqnarray gather "
    "gathered multline multlined equation dmath dgroup subequations lgathered "
    "rgathered".split()
)
"""Environments whose rows are equations, without their star."""

_OPENERS = frozenset((TokenKind.OPEN, TokenKind.BEGIN))
_RELATING = STARTERS | IMPLICATIONS
_LOOKED_INTO = FRAMES | SILENT | SPACES | WIDE | ROW_ENDS | (_RELATING - STACKED)
_LONGEST_OPTION = 24


@dataclass(frozen=True, slots=True)
class Groups:
    """`partners` has for every brace, `\\begin` and `\\end` the index of the other one, else -1;
    `clear` has the indices of those that only wrap what is between them."""

    partners: list[int]
    clear: frozenset[int]


def groups(tokens: Sequence[Token]) -> Groups:
    """The groups of a formula; a brace without a partner wraps nothing."""
    partners = _partners(tokens)
    return Groups(partners, frozenset(_clear(tokens, partners)))


def _partners(tokens: Sequence[Token]) -> list[int]:
    partners = [-1] * len(tokens)
    braces: list[int] = []
    begins: list[int] = []
    for index, token in enumerate(tokens):
        kind = token.kind
        if kind is TokenKind.LETTER or kind is TokenKind.COMMAND or kind is TokenKind.SYMBOL:
            continue
        if kind is TokenKind.OPEN:
            braces.append(index)
        elif kind is TokenKind.BEGIN:
            begins.append(index)
        elif kind is TokenKind.CLOSE and braces:
            _pair(partners, braces, begins, index)
        elif kind is TokenKind.END and begins:
            _pair(partners, begins, braces, index)
    return partners


def _pair(partners: list[int], opened: list[int], others: list[int], index: int) -> None:
    """Closes the innermost of `opened`; what `others` opened inside of it stays unclosed."""
    partner = opened.pop()
    partners[index], partners[partner] = partner, index
    while others and others[-1] > partner:
        others.pop()


def _clear(tokens: Sequence[Token], partners: Sequence[int]) -> list[int]:
    """The openers and closers that only wrap, found from the inside out in one pass."""
    clear: list[int] = []
    relating = [False]  # whether each of the open groups has a relation directly in it
    for index, token in enumerate(tokens):
        if partners[index] < 0:
            if token.text in _RELATING and not (index and tokens[index - 1].text in "^_"):
                relating[-1] = True
        elif partners[index] > index:
            relating.append(False)
        else:
            holds = relating.pop()
            if _wraps(tokens, partners, partners[index], holds):
                clear += (partners[index], index)
                relating[-1] = relating[-1] or holds
    return clear


def _wraps(tokens: Sequence[Token], partners: Sequence[int], start: int, relating: bool) -> bool:
    """Whether the group that begins at `start` says nothing of what it holds."""
    if tokens[start].kind is TokenKind.BEGIN:
        return _environment_wraps(tokens, partners, start, relating)
    before = tokens[start - 1] if start else None
    if before is None or before.kind in _OPENERS or before.kind is TokenKind.TEXT:
        return relating
    if before.kind is TokenKind.COMMAND:
        if before.text in ALIGNING_COMMANDS or before.text == r"\mathrel":
            return True
        return relating and before.text in _LOOKED_INTO
    if before.kind is TokenKind.CLOSE:
        return relating and is_coloured(tokens, partners, start)
    if before.text == "]":
        return relating and _after_option(tokens, start)
    return relating and before.kind is TokenKind.SYMBOL and before.text not in ("^", "_", ")", "'")


def is_coloured(tokens: Sequence[Token], partners: Sequence[int], start: int) -> bool:
    r"""Whether the group at `start` is what a `\color{red}` before it is about."""
    if not start or tokens[start - 1].kind is not TokenKind.CLOSE:
        return False
    if tokens[start].kind is not TokenKind.OPEN:
        return False
    name = partners[start - 1]
    return name > 0 and tokens[name - 1].text in COLOURS


def _after_option(tokens: Sequence[Token], start: int) -> bool:
    r"""Whether `\bbox[5px]` stands before the group at `start`."""
    for index in range(start - 2, max(start - _LONGEST_OPTION, 0), -1):
        if tokens[index].text == "[":
            return tokens[index - 1].text in FRAMES
    return False


def _environment_wraps(
    tokens: Sequence[Token], partners: Sequence[int], start: int, relating: bool
) -> bool:
    """Whether the rows of the environment that begins at `start` are equations."""
    name = tokens[start].text.rstrip("*")
    if name in ALIGNING:
        return relating or not _in_bracket(tokens, start)
    if name not in ARRAYS or not relating or not stands_alone(tokens, start):
        return False
    return aligns(tokens, partners, start)


def _in_bracket(tokens: Sequence[Token], start: int) -> bool:
    """Whether a bracket opens right before `start`, so that the rows are one expression."""
    return start > 0 and tokens[start - 1].text in ("(", "[", "|", r"\|")
