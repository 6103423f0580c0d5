"""Derivations in the making: equations become chains, and chains of several formulas one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, replace
from itertools import pairwise

from proofcheck.document.source import Span
from proofcheck.extraction.announcements import Words, announces
from proofcheck.extraction.derivation import Derivation, Relation, Side, Step
from proofcheck.extraction.equations import Carried, Equation
from proofcheck.extraction.relations import claims
from proofcheck.extraction.sides import SideMaker

_DOTS = frozenset((r"\cdots", r"\ldots", r"\dots", "…", "⋯", ".", r"\dotsb", r"\dotsc"))
_LEAST = 8  # tokens of an expression that is more than a name with its scripts
Related = tuple[Side, Relation, Side]
"""Two sides and the relation between them."""


@dataclass(slots=True)
class Chain:
    """Sides and the relations between them: one fewer, or as many if the last has no right side
    yet. A side of which nothing remains is None."""

    sides: list[Side | None]
    relations: list[Relation] = field(default_factory=list)
    words: Words = field(default_factory=Words)

    @property
    def dangling(self) -> bool:
        """Whether it ends with a relation."""
        return len(self.relations) == len(self.sides)

    def carry(self, relation: Relation | None) -> Carried | None:
        """What the next formula goes on from, over `relation` if that stands between the two."""
        side = self.sides[-1]
        if side is None:
            return None
        return Carried(side, self.relations.pop() if self.dangling else relation)

    def extend(self, equation: Equation, maker: SideMaker) -> None:
        """Adds all sides of an equation but its first."""
        for link in equation.links[1:]:
            if link.relation is None:
                continue
            if self.dangling:
                self.sides.append(None)
            self.relations.append(link.relation)
            if link.tokens:
                self.sides.append(maker.side(link.tokens))

    def pairs(self) -> Iterator[Related]:
        """All neighbours of which something remains, with the relation between them.

        Dots between two expressions stand for steps left out: those two are neighbours. Between
        names (`x_1 = \\cdots = x_n`) they stand for a list.
        """
        sides, relations = list(self.sides), list(self.relations)
        for index in range(len(sides) - 2, 0, -1):
            before, dots, after = sides[index - 1 : index + 2]
            if before and after and dots and _leaves_out(before, dots, after):
                del sides[index], relations[index - 1]
        for (left, right), relation in zip(pairwise(sides), relations, strict=False):
            if left and right:
                yield left, relation, right


def _leaves_out(before: Side, dots: Side, after: Side) -> bool:
    """Whether a side of nothing but dots stands between two expressions."""
    only = all(token.text in _DOTS for token in dots.tokens)
    return only and min(len(before.tokens), len(after.tokens)) >= _LEAST


@dataclass(slots=True)
class Builder:
    """A derivation that may still grow; the next formula can go on from the chain `open`."""

    environment: str
    span: Span
    scope: int
    chains: list[Chain] = field(default_factory=list)
    open: Chain | None = None

    def add(self, equations: list[Equation], maker: SideMaker, words: Words) -> None:
        """Adds the equations of a formula behind some words."""
        single = all(len(equation.links) == 2 for equation in equations)
        for equation in equations:
            if equation.carried and self.open:
                chain = self.open
            else:
                first = words if equation is equations[0] else Words()
                announced = words.announced and (single or equation.row == equations[0].row)
                said = replace(
                    first,
                    announced=announced or announces(equation.remark),
                    concluded=first.concluded or equation.concluded,
                )
                left = maker.side(equation.links[0].tokens)
                chain = Chain([left], words=said)
                self.chains.append(chain)
            chain.extend(equation, maker)
            if not equation.aside:
                self.open = chain

    def build(self) -> Derivation | None:
        """The derivation, if there is a step in it."""
        found: list[Step] = []
        number = 0
        for chain in self.chains:
            before = len(found)
            for left, relation, right in chain.pairs():
                if claims(relation):
                    said = chain.words if len(found) == before else Words(posed=chain.words.posed)
                    found.append(Step(left, relation, right, number, *astuple(said)))
            number += len(found) > before
        if not found:
            return None
        return Derivation(tuple(found), self.environment, self.span, self.scope)
