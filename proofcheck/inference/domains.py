"""What inequalities such as `c > 0` and `0 < p < 1` say of the sign of a symbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Declaration, Extraction, RelationKind, Step

_ABOVE = frozenset((RelationKind.GREATER, RelationKind.GREATER_EQUAL))
_BELOW = frozenset((RelationKind.LESS, RelationKind.LESS_EQUAL))


def positives(extraction: Extraction) -> list[Declaration]:
    """The symbols that the text says are positive, and of which it says nowhere the opposite.

    That a bound may be reached makes no difference to what is drawn.
    """
    found = _bounded(extraction)
    negative = negatives(extraction)
    return [said for said, sign in found if sign > 0 and said.subject[0].text not in negative]


def negatives(extraction: Extraction) -> frozenset[str]:
    """The letters that are negative somewhere, if only in a case of the text."""
    return frozenset(said.subject[0].text for said, sign in _bounded(extraction) if sign < 0)


def _bounded(extraction: Extraction) -> list[tuple[Declaration, int]]:
    return [
        (Declaration((name,), "", (), (), ("positive",), step.left.span, derivation.scope), sign)
        for derivation in extraction.derivations
        for step in derivation.steps
        for name, sign in _signs(step)
    ]


def _signs(step: Step) -> Iterator[tuple[Token, int]]:
    """The symbols that a step bounds by a number, each with its sign if that follows."""
    if step.relation.kind in _ABOVE:
        greater, less = step.left.tokens, step.right.tokens
    elif step.relation.kind in _BELOW:
        greater, less = step.right.tokens, step.left.tokens
    else:
        return
    if _is_number(less):
        yield from ((name, 1) for name in _names(greater))
    elif _is_zero(greater) or (greater and greater[0].text == "-" and _is_number(greater[1:])):
        yield from ((name, -1) for name in _names(less))


def _is_number(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and all(t.kind is TokenKind.DIGIT or t.text == "." for t in tokens)


def _is_zero(tokens: Sequence[Token]) -> bool:
    return [token.text for token in tokens] == ["0"]


def _names(tokens: Sequence[Token]) -> Iterator[Token]:
    """The single letters between commas."""
    if all(token.text == "," for token in tokens[1::2]):
        yield from filter(_is_letter, tokens[::2])


def _is_letter(token: Token) -> bool:
    return token.kind is TokenKind.LETTER or token.text.removeprefix("\\").isalpha()
