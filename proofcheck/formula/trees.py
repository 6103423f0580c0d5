"""The trees of a document's sides, found once for all notations that leave them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Expr
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse

Tokens = tuple[Token, ...]
_OF_SPELLINGS = ("announced", "signs", "silent")


class Asked(Notation):
    """A notation that notes what is asked of it: fields, and what spellings mean.

    A field is noted when it is first read, and as fast as any other from then on.
    """

    __slots__ = ("behind", "noted", "spellings")

    behind: Notation
    noted: set[str]
    spellings: set[str]

    def __init__(self, behind: Notation, noted: set[str], spellings: set[str]) -> None:
        for name, value in (("behind", behind), ("noted", noted), ("spellings", spellings)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self.behind, name)
        self.noted.add(name)
        object.__setattr__(self, name, value)
        return value

    def says(self, spelling: str) -> bool:
        self.spellings.add(spelling)
        return self.behind.says(spelling)

    def announces(self, spelling: str) -> str:
        self.spellings.add(spelling)
        return self.behind.announces(spelling)

    def with_indices(self, letters: Iterable[str]) -> Notation:
        return Asked(self.behind.with_indices(letters), self.noted, self.spellings)


@dataclass(frozen=True, slots=True)
class _Tree:
    """What tokens say, or why that could not be read, and what was asked of the notation."""

    found: Expr | tuple[str, Span]
    notation: Notation
    noted: frozenset[str]
    spellings: frozenset[str]

    def is_under(self, other: Notation) -> bool:
        """Whether another notation gives the same answers."""
        mine = self.notation
        if mine is other or any(getattr(mine, n) != getattr(other, n) for n in self.noted):
            return mine is other
        return all(getattr(mine, n) == getattr(other, n) for n in _OF_SPELLINGS) or all(
            mine.announces(text) == other.announces(text) and mine.says(text) == other.says(text)
            for text in self.spellings
        )


class Trees:
    """What token sequences parse to. A tree is shared by all notations that answer alike what its
    parser asks."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._known: dict[int, tuple[Tokens, list[_Tree]]] = {}

    def parse(self, tokens: Tokens, notation: Notation) -> Expr:
        """What tokens say; raises `Unreadable`."""
        _, trees = self._known.setdefault(id(tokens), (tokens, []))  # kept: the id stays its own
        tree = next((tree for tree in trees if tree.is_under(notation)), None)
        if tree is None:
            tree = self._parsed(tokens, notation)
            trees.append(tree)
        if isinstance(tree.found, tuple):
            raise Unreadable(*tree.found)
        return tree.found

    def _parsed(self, tokens: Tokens, notation: Notation) -> _Tree:
        asked = Asked(notation, set(), set())
        found: Expr | tuple[str, Span]
        try:
            found = parse(tokens, asked, self.lexicon)
        except Unreadable as error:
            found = error.message, error.span
        return _Tree(found, notation, frozenset(asked.noted), frozenset(asked.spellings))
