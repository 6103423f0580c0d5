"""The trees of a document's sides, found once for all notations that leave them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Expr
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.notation import Ends, Notation
from proofcheck.formula.parser import parse

Tokens = tuple[Token, ...]
_OF_SPELLINGS = ("announced", "signs", "silent")


@dataclass(frozen=True, slots=True)
class Record:
    """What was asked of a notation: fields, and what spellings mean; and the trees that were asked
    for in it, by the tokens, each with its own notation."""

    notation: Notation
    noted: set[str] = field(default_factory=set)
    spellings: set[str] = field(default_factory=set)
    parsed: dict[tuple[int, int], tuple[Tokens, Notation]] = field(default_factory=dict)

    def answers(self, other: Notation) -> bool:
        """Whether another notation gives the same answers, whatever its trees are."""
        mine = self.notation
        if mine is other or any(getattr(mine, n) != getattr(other, n) for n in self.noted):
            return mine is other
        return all(getattr(mine, n) == getattr(other, n) for n in _OF_SPELLINGS) or all(
            mine.announces(text) == other.announces(text) and mine.says(text) == other.says(text)
            for text in self.spellings
        )


class Asked(Notation):
    """A notation that records what is asked of it.

    A field is noted when it is first read, and as fast as any other from then on.
    """

    __slots__ = ("behind", "record")

    behind: Notation
    record: Record

    def __init__(self, behind: Notation, record: Record) -> None:
        object.__setattr__(self, "behind", behind)
        object.__setattr__(self, "record", record)

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self.behind, name)
        self.record.noted.add(name)
        object.__setattr__(self, name, value)
        return value

    def says(self, spelling: str) -> bool:
        self.record.spellings.add(spelling)
        return self.behind.says(spelling)

    def speaks_of(self, spelling: str) -> bool:
        self.record.spellings.add(spelling)
        return self.behind.speaks_of(spelling)

    def announces(self, spelling: str) -> str:
        self.record.spellings.add(spelling)
        return self.behind.announces(spelling)

    def with_indices(self, letters: Iterable[str]) -> Notation:
        return Asked(self.behind.with_indices(letters), self.record)

    def within(self, ends: Ends, units: frozenset[str], variable: bool) -> Asked:
        return Asked(self.behind.within(ends, units, variable), self.record)


def recorded(notation: Notation) -> Asked:
    """The notation, with a record of its own."""
    return Asked(notation, Record(notation))


@dataclass(frozen=True, slots=True)
class _Tree:
    """What tokens say, or why that could not be read, and what was asked of the notation."""

    found: Expr | tuple[str, Span]
    record: Record


class Trees:
    """What token sequences parse to. A tree is shared by all notations that answer alike what its
    parser asks."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._known: dict[int, tuple[Tokens, list[_Tree]]] = {}

    def parse(self, tokens: Tokens, notation: Notation) -> Expr:
        """What tokens say; raises `Unreadable`."""
        if isinstance(notation, Asked):
            behind = notation.behind
            notation.record.parsed[id(tokens), id(behind)] = tokens, behind
            notation = behind
        found = self._found(tokens, notation)
        if isinstance(found, tuple):
            raise Unreadable(*found)
        return found

    def alike(self, record: Record, change: Notation) -> bool:
        """Whether all that was asked of a notation has the same answer with the choices of another
        one, so that nothing that was read in it reads otherwise."""
        return record.answers(record.notation.changed(change)) and all(
            self._found(tokens, notation) == self._found(tokens, notation.changed(change))
            for tokens, notation in record.parsed.values()
        )

    def _found(self, tokens: Tokens, notation: Notation) -> Expr | tuple[str, Span]:
        _, trees = self._known.setdefault(id(tokens), (tokens, []))  # kept: the id stays its own
        tree = next((tree for tree in trees if tree.record.answers(notation)), None)
        if tree is None:
            tree = self._parsed(tokens, notation)
            trees.append(tree)
        return tree.found

    def _parsed(self, tokens: Tokens, notation: Notation) -> _Tree:
        asked = recorded(notation)
        found: Expr | tuple[str, Span]
        try:
            found = parse(tokens, asked, self.lexicon)
        except Unreadable as error:
            found = error.message, error.span
        return _Tree(found, asked.record)
