"""What `x_1,\\ldots,x_n` says: `x` has entries by number, and `n` is how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.dots import DIAGONAL, DOTS, VERTICAL
from proofcheck.formula.expr import (
    Dotted,
    Entry,
    Expr,
    Negative,
    Symbol,
    index_letters,
    spans,
    walk,
)
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.inference.conventions import counted_from_zero
from proofcheck.inference.patterns import head_of

_DOTS = DOTS | VERTICAL | DIAGONAL
_SUMS = frozenset((r"\sum", r"\prod"))
_MOST_TOKENS = 1_000


def with_numbers(
    notation: Notation, sides: Iterable[tuple[Token, ...]], lexicon: Lexicon
) -> Notation:
    """The notation with what the dots of a document say of numbered names."""
    numbered: set[tuple[str, int]] = set()
    sizes: set[str] = set()
    zero: set[str] = set()
    sides = [side for side in sides if len(side) <= _MOST_TOKENS]
    if not any(_has(lexicon(side), _DOTS) for side in sides):
        return notation
    for side in sides:
        if not _has(lexicon(side), _DOTS | _SUMS):
            continue
        try:
            expr = parse(side, notation, lexicon)
        except Unreadable:
            continue
        for node in walk(expr):
            zero |= counted_from_zero(node)
            if isinstance(node, Dotted):
                numbered |= _numbered(node.meaning)
                sizes |= _ends(node.meaning)
    return replace(
        notation,
        numbered=frozenset(numbered),
        zero=frozenset(zero),
        sizes=frozenset(sizes) - notation.indices,
    )


def _has(words: Sequence[Token], texts: frozenset[str]) -> bool:
    return any(word.text in texts for word in words)


def _numbered(meaning: Expr) -> set[tuple[str, int]]:
    """The names whose entries the dots run over."""
    return {
        (name, len(node.indices))
        for node in walk(meaning)
        if isinstance(node, Entry) and (name := head_of(node.base)) is not None
        if any(letter[0] == "#" for i in node.indices for letter in index_letters(i))
    }


def _ends(meaning: Expr) -> set[str]:
    match meaning:
        case Negative(term=term):
            return _ends(term)
        case _:
            ends = [upper for _, _, upper, _ in spans(meaning)]
    return {n.name for end in ends if end is not None for n in walk(end) if isinstance(n, Symbol)}
