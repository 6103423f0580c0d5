"""The chains of equations of a document: a formula may go on from one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from proofcheck.document.document import MathBlock, Prose
from proofcheck.document.source import Source, Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.announcements import (
    Words,
    announces,
    concludes,
    grounds,
    is_list,
    poses,
)
from proofcheck.extraction.builder import Builder, Chain
from proofcheck.extraction.denoting import denoted
from proofcheck.extraction.derivation import Derivation, Relation, RelationKind, Side
from proofcheck.extraction.equations import Carried, equations
from proofcheck.extraction.flat import flatten
from proofcheck.extraction.groups import ALIGNING
from proofcheck.extraction.items import Flat, Role
from proofcheck.extraction.notes import notes
from proofcheck.extraction.relations import in_prose
from proofcheck.extraction.sides import SideMaker
from proofcheck.extraction.spacing import SPACES
from proofcheck.extraction.stationarity import (
    FORMULA,
    is_derivative,
    set_to_zero,
    sets_to_zero,
)

_FURTHEST = 160
_GLUE = re.compile(r"[\s,.;:/>|-]*(?:(?:<br\s*/?>|\\\\|\\par\b)[\s>]*)*")
INLINE = frozenset(("inline", "math"))
"""The environments of formulas that stand in a line of prose."""


@dataclass(frozen=True, slots=True)
class Bare:
    """An inline formula as a whole, and the words before it."""

    before: str
    side: Side
    span: Span


@dataclass(slots=True)
class ChainReader:
    """Reads the parts of a document in order and builds its derivations.

    `last` and `display` are the derivations of the last formula and of the last displayed one in
    this scope; `prose` are the words since the last formula, `sentence` those since the last
    derivative, with a sign for each formula among them.
    """

    source: Source
    scope: int = 0
    builders: list[Builder] = field(default_factory=list)
    last: Builder | None = None
    display: Builder | None = None
    prose: str = ""
    sentence: str = ""
    derivative: Chain | None = None
    announced: bool = False
    posed: bool = False
    within: bool = False  # whether the last formula stood in a line of words
    bare: Bare | None = None

    def read_prose(self, prose: Prose) -> None:
        """Notes the words before the next formula."""
        self.prose += prose.text

    def enter(self) -> None:
        """Begins a new scope, into which no chain goes on."""
        self.scope += 1
        self.last = self.display = None
        self.prose = self.sentence = ""
        self.derivative = None
        self.announced = self.posed = False
        self.bare = None

    def read_block(self, block: MathBlock, tokens: tuple[Token, ...]) -> None:
        """Reads a formula, of which `tokens` are expanded."""
        inline = block.environment in INLINE
        outer = block.environment.rstrip("*")
        flat = flatten(tokens, outer if outer in ALIGNING else "")
        if not flat.items:
            return
        self.announced = announces(self.prose) or (self.announced and is_list(self.prose))
        concluded = self.within and not inline and self.prose.strip() == ","  # "if $i=j$, $$…$$"
        self.posed = poses(self.prose) or (self.posed and is_list(self.prose) and not concluded)
        self.within = inline
        self._equate(block.span)
        builder, carried = self._predecessor(block.span, flat, inline)
        if builder is None:
            builder = self._new(block, flat, inline)
        builder.span = builder.span.to(block.span)
        maker = SideMaker(flat, self.source, block.body)
        whole = maker.side(range(len(flat.tokens))) if inline else None
        if whole and self.bare and self._denotes(self.bare, whole, block.span):
            self.bare = None
        else:
            self.bare = Bare(self.prose, whole, block.span) if whole else None
        builder.add(notes(flat.tokens), maker, Words())
        words = Words(self.announced, self.posed, concludes(self.prose), grounds(self.prose))
        builder.add(equations(flat, carried), maker, words)
        self.last = builder
        self.display = self.display if inline else builder
        self.prose = ""
        self._await(builder)

    def _equate(self, span: Span) -> None:
        """Takes in the words before a formula, if they set the last derivative to zero."""
        if self.derivative is None:
            return
        self.sentence = f"{self.sentence}{self.prose}"[-_FURTHEST:]
        if sets_to_zero(self.sentence):
            set_to_zero(self.derivative, Span(span.start, span.start))
            self.derivative = None
        self.sentence += FORMULA

    def _await(self, builder: Builder) -> None:
        """Notes a chain with a derivative, which the next words may set to zero."""
        if builder.open and is_derivative(builder.open):
            self.derivative, self.sentence = builder.open, ""

    def read_definition(self, block: MathBlock, tokens: tuple[Token, ...]) -> None:
        """Reads a definition that is no part of the text: what goes on there goes on behind it."""
        kept = self.last, self.display, self.prose, self.announced, self.posed, self.bare
        within = self.within
        self.last = self.display = None
        self.prose = "define "
        self.read_block(block, tokens)
        self.last, self.display, self.prose, self.announced, self.posed, self.bare = kept
        self.within = within

    def _denotes(self, first: Bare, side: Side, span: Span) -> bool:
        """Reads a definition in words by two formulas, if they are one."""
        leads = denoted(first.before, self.prose, first.side.tokens, side.tokens)
        if leads is None:
            return False
        relation = Relation(
            RelationKind.DEFINE, self.prose.strip(), Span(first.span.end, span.start)
        )
        name, value = (first.side, side) if leads else (side, first.side)
        builder = Builder("inline", first.span.to(span), self.scope)
        builder.chains.append(Chain([name, value], [relation], words=Words(announced=True)))
        self.builders.append(builder)
        return True

    def derivations(self) -> tuple[Derivation, ...]:
        """The derivations so far, without those that came to no step."""
        built = (builder.build() for builder in self.builders)
        return tuple(derivation for derivation in built if derivation)

    def _new(self, block: MathBlock, flat: Flat, inline: bool) -> Builder:
        """A new derivation for a formula."""
        outer = block.environment.rstrip("*")
        outer = "inline" if inline else "display" if outer == "displaymath" else outer
        builder = Builder(flat.environment or outer, block.span, self.scope)
        self.builders.append(builder)
        return builder

    def _predecessor(
        self, span: Span, flat: Flat, inline: bool
    ) -> tuple[Builder | None, Carried | None]:
        """The derivation that a formula goes on from, and its last side.

        A formula goes on if it begins with a relation, or the one before ended with one, or one
        stands alone in the words between. A display that begins with a relation also goes on from
        the display before over a few words.
        """
        starts = _first(flat) is Role.RELATION
        for builder in (self.last, self.display):
            if builder is None or builder.open is None:
                continue
            between = Span(builder.span.end, span.start)
            if not 0 <= between.end - between.start <= _FURTHEST:
                continue
            relation = self._relation(builder, between, starts)
            words = not inline and builder is self.display and not builder.open.dangling
            if relation is not None or (starts and (words or self._is_glue(between))):
                carried = builder.open.carry(relation)
                return (builder, carried) if carried else (None, None)
        return None, None

    def _relation(self, builder: Builder, between: Span, starts: bool) -> Relation | None:
        """The relation that ends the formula before, or stands between the two."""
        if builder.open and builder.open.dangling:
            return builder.open.relations[-1] if self._is_glue(between) else None
        return None if starts else in_prose(self.source, between)

    def _is_glue(self, between: Span) -> bool:
        """Whether there are no words between two formulas."""
        return bool(_GLUE.fullmatch(self.source.slice(between)))


def _first(flat: Flat) -> Role:
    """The role of the first item that says something."""
    for item in flat.items:
        if item.role is Role.CELL or flat.tokens[item.start].text in SPACES:
            continue
        return item.role
    return Role.NONE
