"""What inequalities such as `c > 0` and `0 < p < 1` say of the sign of a symbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Declaration, Extraction, RelationKind, Step

_ABOVE = frozenset((RelationKind.GREATER, RelationKind.GREATER_EQUAL))
_BARS = frozenset(("|", r"\|", r"\lVert", r"\rVert", r"\Vert", r"\lvert", r"\rvert", r"\vert", "‖"))
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


def contractions(extraction: Extraction) -> list[Declaration]:
    r"""The symbols whose norm, absolute value or spectral radius is less than 1."""
    return [
        Declaration(name, "", (), (), ("contraction",), step.left.span, derivation.scope)
        for derivation in extraction.derivations
        for step in derivation.steps
        if (name := _below_one(step))
    ]


def _below_one(step: Step) -> tuple[Token, ...]:
    sides = step.left.tokens, step.right.tokens
    if step.relation.kind is RelationKind.GREATER:
        sides = sides[1], sides[0]
    elif step.relation.kind is not RelationKind.LESS:
        return ()
    inside = _measured([token for token in sides[0] if token.text not in (r"\left", r"\right")])
    return tuple(inside) if [token.text for token in sides[1]] == ["1"] else ()


def _measured(tokens: Sequence[Token]) -> Sequence[Token]:
    r"""The letter in `\|A\|`, `|x|` or `\rho(A)`; nothing for anything else."""
    texts = [token.text for token in tokens]
    if texts[:1] == [r"\rho"] and texts[1:2] == ["("]:
        stop, start = len(texts) - 1, 2
    elif texts and texts[0] in _BARS:
        stop, start = next((i for i, t in enumerate(texts[1:], 1) if t in _BARS), 0), 1
    else:
        return ()
    alone = stop == len(texts) - 1 or texts[stop + 1] == "_"
    inside = tokens[start:stop]
    return inside if alone and len(inside) == 1 and _is_letter(inside[0]) else ()


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
