"""A formula as the items that stand in it at depth zero: what relates, what parts, what is said."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NamedTuple

from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import RelationKind
from proofcheck.extraction.relations import IMPLICATIONS
from proofcheck.extraction.spacing import ROW_ENDS, WIDE


class Role(enum.IntEnum):
    """What an item is to a chain of equations. Those that part formulas come first, weak to strong:
    of several in a row the strongest counts."""

    NONE = 0
    CELL = 1  # &
    COMMA = 2
    SEMICOLON = 3
    WIDE = 4  # \quad
    REMARK = 5  # \text{where}
    IMPLICATION = 6  # \implies
    ROW = 7  # \\
    ATOM = 8
    OPERATOR = 9  # + \cdot, between two operands
    RELATION = 10
    OPENING = 11  # ( \left[
    CLOSING = 12


class Item(NamedTuple):
    """The tokens from `start` to before `stop`, which are one thing at depth zero.

    `kind` is that of a relation; `remark` holds the words of a remark.
    """

    role: Role
    start: int
    stop: int
    kind: RelationKind | None = None
    remark: str = ""


@dataclass(slots=True)
class Flat:
    """The items of a formula. `environment` is the innermost one around its first relation;
    `coloured` are the groups that a colour, now dropped, is about."""

    tokens: tuple[Token, ...]
    items: list[Item] = field(default_factory=list)
    environment: str = ""
    coloured: set[int] = field(default_factory=set)


SIGNS = frozenset(("-", "−", "–", r"\pm", r"\mp"))
"""Operators that often stand before their only operand."""

_OPERATORS = (
    r"+ - − – \pm \mp \times \cdot ⋅ · × * / ÷ \div \circ ∘ \otimes ⊗ \odot ⊙ \oslash ⊘ \oplus ⊕ "
    r"\ominus \star \ast \wedge \vee \cap \cup \setminus : \bullet"
)
_OPENING = r"( [ ⟨ \{ \langle \lbrace \lbrack \lfloor \lceil \left \mleft"
_CLOSING = r") ] ⟩ \} \rangle \rbrace \rbrack \rfloor \rceil \right \mright"
ROLES: dict[str, Role] = {
    "&": Role.CELL,
    ",": Role.COMMA,
    "，": Role.COMMA,
    ";": Role.SEMICOLON,
    **dict.fromkeys(WIDE, Role.WIDE),
    **dict.fromkeys(IMPLICATIONS, Role.IMPLICATION),
    **dict.fromkeys(ROW_ENDS, Role.ROW),
    **dict.fromkeys(_OPERATORS.split(), Role.OPERATOR),
    **dict.fromkeys(_OPENING.split(), Role.OPENING),
    **dict.fromkeys(_CLOSING.split(), Role.CLOSING),
}
"""The roles of single tokens; any other is an atom, or begins something longer."""

_LEFT = frozenset((r"\left", r"\mleft"))
_RIGHT = frozenset((r"\right", r"\mright"))
SIZED = _LEFT | _RIGHT
"""Commands whose bracket is the token behind them."""


def shallow(items: list[Item], tokens_text: list[str]) -> list[Item]:
    """The items of a row, where those inside brackets are atoms.

    A bracket without a partner in its row is an atom itself and encloses nothing, since authors
    break long brackets over rows. `[0, 1)` is a pair; `\\right` closes only `\\left`.
    """
    brackets = _Brackets()
    for index, item in enumerate(items):
        if item.role is Role.OPENING:
            brackets.open(index, tokens_text[item.start])
        elif item.role is Role.CLOSING:
            brackets.close(index, tokens_text[item.start])
    return _flattened(items, brackets.pairs)


@dataclass(slots=True)
class _Brackets:
    r"""The brackets that are open, `lefts` being the places of `\left` among them, and the pairs so
    far."""

    opened: list[int] = field(default_factory=list)
    lefts: list[int] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)

    def open(self, index: int, text: str) -> None:
        """Notes an opening bracket."""
        if text in _LEFT:
            self.lefts.append(len(self.opened))
        self.opened.append(index)

    def close(self, index: int, text: str) -> None:
        """Pairs a closing bracket, if there is one that it can close."""
        if text in _RIGHT and self.lefts:
            place = self.lefts.pop()
            self.pairs.append((self.opened[place], index))
            del self.opened[place:]
        elif text not in _RIGHT and self.opened and self.lefts[-1:] != [len(self.opened) - 1]:
            self.pairs.append((self.opened.pop(), index))


def _flattened(items: list[Item], ranges: list[tuple[int, int]]) -> list[Item]:
    depths = [0] * (len(items) + 1)
    for start, stop in ranges:
        depths[start] += 1
        depths[stop + 1] -= 1
    found: list[Item] = []
    depth = 0
    for change, item in zip(depths, items, strict=False):
        depth += change
        inside = depth or item.role is Role.OPENING or item.role is Role.CLOSING
        found.append(_atom(item) if inside else item)
    return found


def _atom(item: Item) -> Item:
    return Item(Role.ATOM, item.start, item.stop) if item.role is not Role.ATOM else item
