"""Sums, products, greatest and least values over ranges of indices, and what holds in a case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flint import fmpq

from proofcheck.formula.expr import (
    MEMBER,
    Comparison,
    Entry,
    Expr,
    Spanned,
    Summation,
    Symbol,
    index_letters,
    set_of,
    spans,
    walk,
)
from proofcheck.formula.shape import Axis
from proofcheck.inference.model import Free, Opaque
from proofcheck.inference.reason import Reason
from proofcheck.numeric.arithmetic import Undefined, Unsupported, is_grid
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.elementary import maximum, minimum
from proofcheck.numeric.jet import Jet, add, product
from proofcheck.numeric.refused import Refused

if TYPE_CHECKING:
    from proofcheck.numeric.evaluation import Evaluator, Frame

_COMBINED = {"sum": add, "product": product, "maximum": maximum, "minimum": minimum}
_EMPTY = {"sum": 0, "product": 1}
"""What is taken over a range of indices, and what it is over none."""
_MOST_TERMS = 3000


def summed(evaluator: Evaluator, expr: Summation, frame: Frame) -> Jet:
    """What is taken over the terms of a range."""
    total: Jet | None = None
    combine = _COMBINED[expr.operator]
    for values in _ranges(evaluator, expr, frame):
        indices = {**frame.indices, **values}
        inside = replace(frame, indices=indices)
        if not all(_is_true(evaluator, condition, inside) for condition in expr.conditions):
            continue
        term = evaluator.evaluate(expr.body, inside)
        total = term if total is None else combine(total, term)
    if total is None:
        if expr.operator not in _EMPTY:
            raise Undefined("a maximum or a minimum of nothing")
        return constant(evaluator.field.number(_EMPTY[expr.operator]))
    return total


def _ranges(evaluator: Evaluator, expr: Summation, frame: Frame) -> list[dict[str, int]]:
    combinations: list[dict[str, int]] = [{}]
    for index, lower, upper, inside in spans(expr):
        values = spanned_by(evaluator, expr, (index, lower, upper, inside), frame)
        combinations = [{**c, index: value} for c in combinations for value in values]
        if len(combinations) > _MOST_TERMS:
            raise Refused(Reason.LIMIT_REACHED, "the sum has too many terms")
    return combinations


def _size(evaluator: Evaluator, upper: Expr, frame: Frame) -> Axis | None:
    """The axis of which the end of a range is the length: a letter without a law."""
    if not isinstance(upper, Symbol) or upper.name in frame.indices:
        return None
    key = frame.names.get(upper.name)
    free = key is None or isinstance(evaluator.model.variables[key].law, Free | Opaque)
    named = evaluator.reading.unifier.named
    return named.get(upper.name) if free else None


def spanned_by(evaluator: Evaluator, expr: Expr, spanned: Spanned, frame: Frame) -> range:
    """The values of an index: between the ends that are written, or along an axis."""
    index, lower, upper, inside = spanned
    first = 1 if lower is None else integer(evaluator, lower, frame)
    if upper is not None:
        axis = _size(evaluator, upper, frame)
        last = integer(evaluator, upper, frame) if axis is None else evaluator.point.length(axis)
        if last < first - 1:
            raise Undefined("a range ends before it begins")
        return range(first, last + 1)
    chosen = set_of(expr, index)
    if isinstance(expr, Summation) and chosen is None and not _is_index(index, inside):
        raise Refused(Reason.UNREADABLE_NOTATION, f"nothing says how far `{index}` runs")
    return range(first, evaluator.point.length(evaluator.reading.axes[id(expr), index]) + 1)


def _is_true(evaluator: Evaluator, condition: Expr, frame: Frame) -> bool:
    if isinstance(condition, Comparison) and condition.relation == MEMBER:
        if isinstance(condition.left, Entry):  # a set of pairs is where a matrix is positive
            return bool(evaluator.evaluate(condition.left, frame).value > 0)
        return True  # the values are those of the range
    found = evaluator.evaluate(condition, frame).value
    if is_grid(found) or evaluator.holomorphic:
        raise Unsupported("a condition on more than a number")
    return bool(found != 0)


def in_its_case(evaluator: Evaluator, branches: tuple[tuple[Expr, Expr], ...], frame: Frame) -> Jet:
    """The value of the first branch whose condition is true."""
    for value, condition in branches:
        if _is_true(evaluator, condition, frame):
            return evaluator.evaluate(value, frame)
    raise Undefined("none of the cases is given")


def integer(evaluator: Evaluator, expr: Expr, frame: Frame) -> int:
    """The value of an expression as a whole number."""
    if isinstance(expr, Symbol) and expr.name in frame.indices:
        return frame.indices[expr.name]
    value = evaluator.evaluate(expr, frame).value
    if isinstance(value, fmpq) and value.q == 1 and abs(value) < 1000:
        return int(value)
    whole = None if isinstance(value, fmpq) or is_grid(value) else value.unique_fmpz()
    if whole is None:
        raise Unsupported("an index or the end of a sum that is not whole")
    return int(whole)


def _is_index(letter: str, exprs: tuple[Expr, ...]) -> bool:
    """Whether a letter stands in an index."""
    return any(
        letter in index_letters(index)
        for expr in exprs
        for node in walk(expr)
        if isinstance(node, Entry)
        for index in node.indices
    )
