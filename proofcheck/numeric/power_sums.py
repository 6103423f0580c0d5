"""What a sum over all powers of a number or of a square matrix comes to."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from proofcheck.formula.expr import Summation
from proofcheck.formula.power_series import power_series
from proofcheck.numeric.arithmetic import (
    Item,
    Undefined,
    entries_of,
    is_grid,
    shape_of,
)
from proofcheck.numeric.determinants import constant, inverse
from proofcheck.numeric.jet import Jet, add, negate, product
from proofcheck.numeric.primitives import PRIMITIVES, power
from proofcheck.numeric.ranges import integer

if TYPE_CHECKING:
    from proofcheck.numeric.arithmetic import Field
    from proofcheck.numeric.evaluation import Evaluator, Frame

_LATEST = 12  # terms that a series may leave out


def power_sum(evaluator: Evaluator, expr: Summation, frame: Frame) -> Jet | None:
    """The value of a sum over all powers; None for a sum of another kind, or one over the powers of
    two matrices.

    A geometric series has a value where a norm is seen to be less than 1.
    """
    series = power_series(expr)
    first = 1 if expr.lower is None else integer(evaluator, expr.lower, frame)
    if series is None or not 0 <= first <= _LATEST:
        return None
    numbers = evaluator.field
    before: list[Jet] = []
    behind: list[Jet] = []
    raised: list[tuple[Jet, int]] = []  # numbers to the power of the index and more
    matrix: tuple[Jet, int] | None = None
    for factor in series.factors:
        jet = evaluator.evaluate(factor.expr, frame)
        if factor.offset is None:
            (behind if matrix else before).append(inverse(jet) if factor.below else jet)
        elif not is_grid(jet.value):
            raised.append((inverse(jet) if factor.below else jet, factor.offset))
        elif matrix is None and not factor.below:
            matrix = jet, factor.offset
        else:
            return None
    bases = [*raised, *([matrix] if matrix else [])]
    base = reduce(product, [jet for jet, _ in bases])
    total = (_exponential if series.exponential else _geometric)(base, first, numbers)
    offsets = [power(jet, constant(numbers.number(offset)), numbers) for jet, offset in bases]
    return reduce(product, [*before, *offsets, total, *behind])


def _one(value: Item, numbers: Field) -> Jet:
    """What is neutral beside a value."""
    if not is_grid(value):
        return constant(numbers.number(1))
    rows, columns = shape_of(value)
    if rows != columns:
        raise Undefined("a power of a matrix that is not square")
    return constant(numbers.identity(rows))


def _geometric(base: Jet, first: int, numbers: Field) -> Jet:
    found = inverse(add(_one(base.value, numbers), negate(base)))
    rows, entries = shape_of(base.value)[0], entries_of(base.value)
    lines = [entries[k : k + rows] for k in range(0, len(entries), rows)]
    if not all(sum((abs(entry) for entry in line[1:]), abs(line[0])) < 1 for line in lines):
        raise Undefined("a geometric series of what is not seen to be less than 1")
    return reduce(product, [found, *[base] * first])


def _exponential(base: Jet, first: int, numbers: Field) -> Jet:
    name = "matrix exp" if is_grid(base.value) else "exp"
    total = PRIMITIVES[name]([base], numbers)
    term = _one(base.value, numbers)
    for k in range(first):
        total = add(total, negate(term))
        term = product(product(term, base), inverse(constant(numbers.number(k + 1))))
    return total
