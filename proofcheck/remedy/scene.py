"""What the slips of a side are made from: its nodes with their tokens, and what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.tokens import TokenKind
from proofcheck.formula.expr import (
    Call,
    Dotted,
    Entry,
    Evaluated,
    Expr,
    Integral,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    free_indices,
    indexing,
    walk,
)
from proofcheck.remedy.written import Piece, Range, Tokens, Written

_LONGEST = 30  # tokens of a quotient that is tried as a factor
_NO_MARKS = frozenset(("-", "*", r"\star", r"\ast"))
"""What a superscript has that is more than a transpose."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree, its tokens without the brackets around it, and the node above it."""

    expr: Expr
    at: Range
    parent: Expr | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A side and its places; the terms of the other side; and what may stand in it.

    `mark` is how the author writes a transpose, `names` are symbols and `factors` quotients and
    those with a script, `letters` the symbols that are indices, `sizes` those that are sizes.
    """

    written: Written
    places: tuple[Place, ...]
    others: tuple[tuple[bool, Tokens], ...]
    mark: Piece
    names: tuple[tuple[str, Piece], ...]
    factors: tuple[tuple[str, Piece], ...]
    letters: tuple[str, ...]
    sizes: tuple[str, ...]

    def show(self, at: Range) -> str:
        """The tokens of a range as text."""
        return joined([token.text for token in self.written.piece(at)])


def scene(
    side: tuple[Tokens, Expr],
    other: tuple[Tokens, Expr],
    around: Sequence[tuple[Tokens, Expr]] = (),
    sizes: Sequence[str] = (),
) -> Scene:
    """The scene of a side: `other` is the side it should equal, `around` the sides near them."""
    written = Written(side[0])
    sides = (side, other, *around)
    letters = sorted(frozenset[str]().union(*(_indices(expr) for _, expr in sides)))
    return Scene(
        written,
        tuple(_places(written, side[1], None)),
        tuple(_terms(Written(other[0]), other[1])),
        next((mark for part in sides for mark in _marks(*part)), "^T"),
        tuple({name: piece for part in reversed(sides) for name, piece in _names(*part)}.items()),
        tuple(
            {text: piece for part in reversed(sides) for text, piece in _scripted(*part)}.items()
        ),
        tuple(letters),
        tuple(sizes),
    )


def joined(texts: Sequence[str]) -> str:
    """Pieces of LaTeX side by side, with a space behind a command that a letter follows."""
    made = ""
    for text in texts:
        bare = made.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        joins = made != bare and bare.endswith("\\") and not bare.endswith("\\\\")
        made += f" {text}" if joins and text[:1].isalpha() else text
    return made


def _places(written: Written, expr: Expr, parent: Expr | None) -> Iterator[Place]:
    at = written.range_of(expr)
    if at is not None:
        yield Place(expr, at, parent)
    if isinstance(expr, Dotted | Evaluated | Integral):
        return
    for child in children(expr):
        yield from _places(written, child, expr)


def _terms(written: Written, expr: Expr) -> Iterator[tuple[bool, Tokens]]:
    """The terms of a side, each with whether it is subtracted."""
    for term in expr.terms if isinstance(expr, Sum) else (expr,):
        inner = term.term if isinstance(term, Negative) else term
        at = written.range_of(inner)
        if at is not None:
            yield isinstance(term, Negative), written.piece(written.enclosed(at))


def _marks(tokens: Tokens, expr: Expr) -> Iterator[Piece]:
    """How a side writes transposes."""
    written = Written(tokens)
    for node in walk(expr):
        if isinstance(node, Call) and node.operator == "transpose":
            at = written.range_of(node)
            script = at and written.script(at)
            if script and not any(t.text in _NO_MARKS for t in written.piece(script)):
                yield written.piece(script)


def _names(tokens: Tokens, expr: Expr) -> Iterator[tuple[str, Piece]]:
    """The symbols of a side, as it writes them."""
    written = Written(tokens)
    for node in walk(expr):
        if isinstance(node, Symbol):
            at = written.range_of(node)
            if at is not None and written.tokens[at[0]].kind is not TokenKind.OPEN:
                yield node.name, written.piece(at)


def _scripted(tokens: Tokens, expr: Expr) -> Iterator[tuple[str, Piece]]:
    """The transposes and powers of symbols and the quotients in a side, as it writes them."""
    written = Written(tokens)
    for node in walk(expr):
        match node:
            case (
                Power(base=Symbol())
                | Call(operator="transpose", arguments=(Symbol(),))
                | Quotient(numerator=Product())
            ):
                at = written.range_of(node)
                if at is not None and at[1] - at[0] <= _LONGEST:
                    piece = written.piece(at)
                    yield joined([token.text for token in piece]), piece
            case _:
                pass


def _indices(expr: Expr) -> frozenset[str]:
    bound = frozenset(i for node in walk(expr) for i in indexing(node))
    entries = any(isinstance(node, Entry) for node in walk(expr))
    return free_indices(expr) | bound if entries else bound
