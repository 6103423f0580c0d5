"""The terms in which the sides of a failing step differ."""

from __future__ import annotations

from collections.abc import Callable

from proofcheck.extraction.derivation import Step
from proofcheck.formula.expr import Expr, Negative, Sum
from proofcheck.inference.model import Claim, Model
from proofcheck.inference.readings import Place, Reading
from proofcheck.numeric.arithmetic import (
    RATIONALS,
    Item,
    NeedsBalls,
    Undefined,
    Unsupported,
    use_precision,
)
from proofcheck.numeric.bench import Bench
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.trial import PRECISIONS, differ, free_places
from proofcheck.remedy.scene import joined
from proofcheck.remedy.written import Tokens, Written

_MOST_TERMS = 12
_ATTEMPTS = (2, 4, 5)
_NAMED = 2


def differing(model: Model, reading: Reading, place: Place, claim: Claim, step: Step) -> str | None:
    """A sentence on the terms that differ, None where the sides have no terms in common."""
    left, right = _terms(claim.left), _terms(claim.right)
    if max(len(left), len(right)) > _MOST_TERMS or len(left) + len(right) < 3:
        return None
    same = _same(model, reading, place, claim, left, right)
    if same is None:
        return None
    mine, theirs = list(range(len(left))), list(range(len(right)))
    for i in range(len(left)):
        for j in theirs:
            if same(i, j):
                mine.remove(i)
                theirs.remove(j)
                break
    if len(mine) == len(left) or max(len(mine), len(theirs)) > _NAMED:
        return None
    return _sentence(
        [_shown(step.left.tokens, left[i]) for i in mine],
        [_shown(step.right.tokens, right[j]) for j in theirs],
    )


def _same(
    model: Model,
    reading: Reading,
    place: Place,
    claim: Claim,
    left: tuple[Expr, ...],
    right: tuple[Expr, ...],
) -> Callable[[int, int], bool] | None:
    """Whether two terms agree: as they are written where a side has no shape, else in values."""
    if place in reading.ill:
        return lambda i, j: left[i] == right[j]
    values = _values(model, reading, place, claim, (*left, *right))
    if values is None:
        return None
    return lambda i, j: not differ(values[i], values[len(left) + j])


def _terms(expr: Expr) -> tuple[Expr, ...]:
    """The terms of a side, with their signs."""
    return expr.terms if isinstance(expr, Sum) else (expr,)


def _values(
    model: Model, reading: Reading, place: Place, claim: Claim, terms: tuple[Expr, ...]
) -> list[Item] | None:
    """The values of some terms at a point where the sides differ.

    None if there is none at which all of them exist.
    """
    bench = Bench(model, reading, claim, "terms")
    for attempt in _ATTEMPTS:
        point = bench.point(attempt, positive=False)
        for numbers in (RATIONALS, use_precision(PRECISIONS[0])):
            try:
                indices = next(free_places(point, reading.ranges.get(place, {})))
                evaluator = bench.evaluator(point, numbers)
                sides = [
                    evaluator.value(e, claim.names, indices) for e in (claim.left, claim.right)
                ]
                if not differ(*sides):
                    break
                return [evaluator.value(term, claim.names, indices) for term in terms]
            except NeedsBalls:
                continue
            except Undefined:
                break
            except (Unsupported, Refused):
                return None
    return None


def _shown(tokens: Tokens, term: Expr) -> str:
    """A term as the author wrote it, with its sign if that is a minus."""
    written = Written(tokens)
    inner = term.term if isinstance(term, Negative) else term
    at = written.range_of(inner)
    text = joined([t.text for t in written.piece(written.enclosed(at))]) if at else "…"
    return f"`-{text}`" if isinstance(term, Negative) else f"`{text}`"


def _sentence(mine: list[str], theirs: list[str]) -> str:
    here, there = " and ".join(theirs), " and ".join(mine)
    if not mine:
        return f"{here} stands on the right side only; the other terms agree"
    if not theirs:
        return f"{there} stands on the left side only; the other terms agree"
    return f"the right side has {here} where the left side has {there}; the other terms agree"
