"""Rows to steps: relations found, sides cleaned, chains carried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from proofcheck.document.source import Source
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Relation, RelationKind, Side, Step
from proofcheck.extraction.relations import ARROWS, relation_at, span_of
from proofcheck.extraction.rows import Row

_SPACES = frozenset((r"\quad", r"\qquad", r"\hspace", r"\hskip"))
_THIN = frozenset((r"\,", r"\;", r"\:", r"\!", r"\ ", r"\>", "~", r"\enspace", *_SPACES))
_PUNCTUATION = frozenset((",", ".", ";"))
_OPENING = frozenset(("(", "[", r"\{", r"\langle", r"\lbrace"))
_CLOSING = frozenset((")", "]", r"\}", r"\rangle", r"\rbrace"))
_BINARY = frozenset(
    ("+", "-", r"\times", r"\cdot", r"\pm", "−", ":", r"\otimes", r"\odot", r"\circ")
)
_SILENT = (RelationKind.MEMBER, RelationKind.MAP)


@dataclass(slots=True)
class Chain:
    """Steps in the making: the last side, and a relation that waits for its right side."""

    source: Source
    steps: list[Step] = field(default_factory=list)
    number: int = -1
    last: Side | None = None
    waiting: Relation | None = None

    def await_equality(self) -> None:
        """An equals sign stands in the prose: the next side is the right side."""
        if self.last is not None:
            self.waiting = Relation(RelationKind.EQUAL, "=", self.last.span)

    def add(self, row: Row, announced: bool) -> None:
        """Takes in a row."""
        for index, segment in enumerate(_segments(row.tokens)):
            self._segment(segment, row.aligned and index == 0, announced, index == 0)

    def _segment(self, tokens: list[Token], aligned: bool, announced: bool, first: bool) -> None:
        sides, relations = _sides(tokens)
        cleaned = [self._side(side) for side in sides]
        head = cleaned[0]
        if head is not None and self._continues(head, aligned, first, bool(relations)):
            self._extend(head)
        elif head is not None and self.waiting is not None:
            self._step(self.waiting, head, announced)
        elif head is not None:
            self.number += 1
            self.last = head
        elif self.last is None and relations:
            cleaned, relations = cleaned[1:], relations[1:]
            if cleaned and cleaned[0] is not None:
                self.number += 1
                self.last = cleaned[0]
        self.waiting = None if head is not None else self.waiting
        for relation, side in zip(relations, cleaned[1:], strict=False):
            if side is None:
                self.waiting = relation
                break
            self._step(relation, side, announced)

    def _continues(self, head: Side, aligned: bool, first: bool, relations: bool) -> bool:
        if self.last is None or self.waiting is not None or not first:
            return False
        if head.tokens[0].text not in _BINARY:
            return False
        return not relations or aligned or head.tokens[0].text not in ("-", "−")

    def _step(self, relation: Relation, side: Side, announced: bool) -> None:
        self.waiting = None
        if self.last is not None and relation.kind not in _SILENT:
            number = max(self.number, 0)
            self.steps.append(Step(self.last, relation, side, number, announced))
        self.last = side

    def _extend(self, more: Side) -> None:
        """Joins a row that goes on with the expression of the row before."""
        assert self.last is not None
        whole = Side(
            self.last.tokens + more.tokens,
            f"{self.last.text} {more.text}",
            self.last.span.to(more.span),
        )
        if self.steps and self.steps[-1].right is self.last:
            self.steps[-1] = replace(self.steps[-1], right=whole)
        self.last = whole

    def _side(self, tokens: Sequence[Token]) -> Side | None:
        kept = _trimmed(list(tokens))
        if not kept:
            return None
        span = span_of(kept)
        return Side(tuple(kept), self.source.slice(span).strip(), span)


def _segments(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The equations of a row that stand side by side."""
    pieces = _pieces(tokens)
    current: list[Token] = []
    for separator, piece in pieces:
        if not current:
            current = piece
        elif separator == "arrow" or (_has_relation(current) and _has_relation(piece)):
            yield current
            current = piece
        elif separator == "space":
            if _has_relation(piece) or not _has_relation(current):
                current = [*current, *piece]
        else:
            current = [*current, *piece]
    if current:
        yield current


def _pieces(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """The row cut at arrows, wide spaces and commas; a comma stays with what follows it."""
    pieces: list[tuple[str, list[Token]]] = [("", [])]
    balanced = _balanced(tokens)
    depth = 0
    for token in tokens:
        depth = max(0, depth + _change(token, balanced))
        if depth == 0 and token.text in ARROWS:
            pieces.append(("arrow", []))
        elif depth == 0 and token.text in _SPACES:
            pieces.append(("space", []))
        elif depth == 0 and token.text in (",", ";"):
            pieces.append(("comma", [token]))
        elif depth == 0 and token.kind is TokenKind.TEXT and not token.text.strip().isalpha():
            pieces.append(("space", [token]))
        elif depth == 0 and token.kind is TokenKind.TEXT and token.text.strip() in _CONNECTIVES:
            pieces.append(("arrow", []))
        else:
            pieces[-1][1].append(token)
    return pieces


_CONNECTIVES = frozenset(
    ("and", "where", "with", "so", "or", "then", "if", "for", "hence", "thus", "since")
)


def _change(token: Token, brackets: bool) -> int:
    if token.kind in (TokenKind.OPEN, TokenKind.BEGIN):
        return 1
    if token.kind in (TokenKind.CLOSE, TokenKind.END):
        return -1
    if not brackets or token.kind is TokenKind.TEXT:
        return 0
    return (token.text in _OPENING) - (token.text in _CLOSING)


def _balanced(tokens: Sequence[Token]) -> bool:
    return (
        sum(
            (t.text in _OPENING) - (t.text in _CLOSING)
            for t in tokens
            if t.kind is not TokenKind.TEXT
        )
        == 0
    )


def _has_relation(tokens: Sequence[Token]) -> bool:
    return len(_sides(tokens)[1]) > 0


def _sides(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[Relation]]:
    """The sides between the relations at depth zero."""
    sides: list[list[Token]] = [[]]
    relations: list[Relation] = []
    brackets = _balanced(tokens)
    depth = index = 0
    while index < len(tokens):
        token = tokens[index]
        found = relation_at(tokens, index) if depth == 0 else None
        if found is not None:
            relations.append(found[0])
            sides.append([])
            index = found[1]
            continue
        depth = max(0, depth + _change(token, brackets))
        sides[-1].append(token)
        index += 1
    return sides, relations


def _trimmed(tokens: list[Token]) -> list[Token]:
    """A side without punctuation, spacing and remarks at its ends."""
    while tokens and _says_nothing(tokens[-1]):
        tokens.pop()
    while tokens and (_says_nothing(tokens[0]) and not _is_word(tokens)):
        tokens.pop(0)
    return tokens


def _is_word(tokens: list[Token]) -> bool:
    """Whether a text at the start is the name of a function."""
    if tokens[0].kind is not TokenKind.TEXT or not tokens[0].text.strip().isalpha():
        return False
    return len(tokens) > 1


def _says_nothing(token: Token) -> bool:
    if token.kind is TokenKind.TEXT:
        return True
    return token.text in _PUNCTUATION or token.text in _THIN
