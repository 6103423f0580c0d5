"""The rows of a formula put together to equations: what goes on, and what begins anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Relation, Side
from proofcheck.extraction.items import SIGNS, Flat, Role
from proofcheck.extraction.parts import Link, Part, rows
from proofcheck.extraction.remarks import is_aside

_JOINING = frozenset(("multline", "multlined", "dmath"))
_LONGEST_LABEL = 6
_LABELLING = frozenset(("(", "[", r"\bullet"))


@dataclass(slots=True)
class Carried:
    """The end of a formula before this one, which it may go on from; with a relation if that one
    ended with it."""

    side: Side
    relation: Relation | None = None


@dataclass(slots=True)
class Equation:
    """Sides and the relations between them. `carried` is the side before the first link where the
    equation goes on from another formula. An `aside` is a condition or a reason."""

    links: list[Link]
    cell: int = 0
    aside: bool = False
    remark: str = ""
    row: int = 0
    carried: Carried | None = None
    concluded: bool = False

    @property
    def related(self) -> bool:
        """Whether there is a relation in it."""
        return len(self.links) > 1

    @property
    def dangling(self) -> bool:
        """Whether it ends with a relation or an operator, and so wants to go on."""
        last = self.links[-1]
        return last.last is Role.OPERATOR or (last.relation is not None and not last.tokens)

    def go_on(self, part: Part) -> None:
        """Adds a part at the end."""
        last, first = self.links[-1], part.links[0]
        if not first.tokens and part.related and last.relation is not None and not last.tokens:
            self.links.pop()  # the relation is repeated where the row breaks
        elif part.separator is Role.COMMA and first.tokens and last.tokens:
            last.tokens.extend(part.commas)
        self.links[-1].tokens.extend(first.tokens)
        if first.tokens:
            self.links[-1].last = first.last
        if part.related and not self.related:
            self.cell = part.cell
        self.links.extend(part.links[1:])


def equations(flat: Flat, carried: Carried | None = None) -> list[Equation]:
    """The equations of a formula in order; the first may go on from what is `carried`."""
    reader = _Reader(flat)
    if carried:
        link = Link(carried.relation) if carried.relation else Link()
        links = [Link(), link] if carried.relation else [link]
        reader.found.append(Equation(links, carried=carried))
        reader.row = list(reader.found)
    for number, parts in enumerate(rows(flat), 1):
        reader.read_row(number, parts)
    related = [equation for equation in reader.found if equation.related]
    return related or reader.found[-1:]


@dataclass(slots=True)
class _Reader:
    """Reads rows; `found` are the equations so far, `before` and `row` those of the row before
    and of this one."""

    flat: Flat
    found: list[Equation] = field(default_factory=list)
    before: list[Equation] = field(default_factory=list)
    row: list[Equation] = field(default_factory=list)
    columns: dict[int, Equation] = field(default_factory=dict)  # those of the row before

    def read_row(self, number: int, parts: list[Part]) -> None:
        """Reads a row that is not empty."""
        self.before, self.row = self.row, []
        self.columns = {equation.cell: equation for equation in self.before}
        aside = False
        related = any(part.related for part in parts)
        for index, part in enumerate(parts):
            previous = parts[index - 1] if index else None
            aside = aside or _is_aside(part, previous)
            following = parts[index + 1] if index + 1 < len(parts) else None
            equation = self._goes_on(part, following) if index else self._previous(part, related)
            if equation is None:
                equation = Equation(part.links, part.cell, aside, part.remark, number)
                equation.concluded = part.concluded
                self.found.append(equation)
            else:
                equation.go_on(part)
            if not self.row or self.row[-1] is not equation:
                self.row.append(equation)

    def _previous(self, part: Part, related: bool) -> Equation | None:
        """The equation of the row before that a row goes on with, given its first part."""
        previous = self._open(part)
        if previous is None or part.separator is Role.IMPLICATION:
            return None
        if part.continues or previous.dangling:
            return previous
        if part.operator:
            anew = part.signed and related and not part.led
            return None if anew else previous
        joins = part.led or self.flat.environment in _JOINING
        return previous if joins and not related and not part.remark else None

    def _open(self, part: Part) -> Equation | None:
        """The equation that the row before leaves open; of several, that of the same column."""
        related = [equation for equation in self.before if equation.related] or self.before
        main = [equation for equation in related if not equation.aside] or related
        same = [equation for equation in main if equation.cell == part.cell]
        return (same or main)[-1] if main else None

    def _goes_on(self, part: Part, following: Part | None) -> Equation | None:
        """The equation of the same row that a part goes on with."""
        current = self.row[-1]
        if part.separator is Role.IMPLICATION or self._numbers(part, current):
            return None
        if part.continues:
            return self._beside(part, current)
        anew = part.commas or (part.signed and part.related and current.related)
        if current.dangling or (part.operator and not anew):
            return current
        if current.related:
            apart = part.related or part.separator >= Role.SEMICOLON
            return None if apart or (following is not None and following.continues) else current
        if part.separator in (Role.COMMA, Role.CELL):
            return current
        named = part.separator is Role.WIDE and not self._is_label(current)
        return current if named else None

    def _beside(self, part: Part, current: Equation) -> Equation:
        """The equation that a relation goes on with: in a column of its own that of the row before
        in the same column."""
        above = self.columns.get(part.cell)
        return above if above and part.cell > current.cell + 1 else current

    def _numbers(self, part: Part, current: Equation) -> bool:
        """Whether a part is the number of the equation, `&(1)`, in a column behind it."""
        if part.separator is not Role.CELL or part.related or not current.related:
            return False
        tokens = [self.flat.tokens[index] for index in part.links[0].tokens]
        bracketed = len(tokens) > 2 and tokens[0].text == "(" and tokens[-1].text == ")"
        return bracketed and len(tokens) <= _LONGEST_LABEL and not current.dangling

    def _is_label(self, equation: Equation) -> bool:
        """Whether what stands before a wide space only numbers the equation behind it: `(1)`."""
        tokens = [self.flat.tokens[index] for index in equation.links[0].tokens]
        return len(tokens) <= _LONGEST_LABEL and _bracketed(tokens)


def _is_aside(part: Part, previous: Part | None) -> bool:
    """Whether a remark says that a part is a condition or a reason; so it does in a column that
    comes after those of the equation."""
    if not part.remark:
        return False
    own = part.column > previous.cell if previous else part.column > 1
    return is_aside(part.remark, own) and (own or previous is not None)


def _bracketed(tokens: Sequence[Token]) -> bool:
    return not tokens or (tokens[0].text in _LABELLING and tokens[-1].text not in SIGNS)
