r"""A probability space on which random variables have the means and covariances of the text.

Every symmetric matrix is a sum of `\lambda uu^T` with vectors `u` of zeros and ones. For each, two
points beside the mean, along `u`, with weights that make their share of the covariance `\lambda
uu^T` and that of the mean zero, are a space with this mean and this covariance. The weights may be
negative: all that matters is that moments up to the second are those of every distribution with
these two, as they are linear in them (Stroud 1971, 1.4). Those of higher order are arbitrary, so
that what rests on them does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from proofcheck.formula.expr import Expr, symbols
from proofcheck.formula.shape import SCALAR
from proofcheck.inference.model import Spread
from proofcheck.numeric.arithmetic import (
    Undefined,
    Unsupported,
    from_entries,
    is_grid,
    shape_of,
    transpose,
)
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.elementary import entries, join
from proofcheck.numeric.jet import Jet, add, linear, negate, product
from proofcheck.numeric.moments import Atom

if TYPE_CHECKING:
    from proofcheck.numeric.evaluation import Evaluator, Scope

_MOST_ENTRIES = 24
_STEPS = ((1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2))
"""How far the two points along a vector lie from the mean: never as far as one another, so that no
law is symmetric."""
Table = dict[tuple[int, int], Jet]  # the covariances that are known, by pairs of entries


@dataclass(frozen=True, slots=True)
class Evaluating:
    """What evaluates the parameters of laws, and in which scope."""

    evaluator: Evaluator
    scope: Scope


@dataclass(frozen=True, slots=True)
class Block:
    """The entries of one random variable among those of all."""

    key: str
    shape: tuple[int, ...]
    first: int
    mean: Jet

    @property
    def length(self) -> int:
        return prod(self.shape)


def spread_out(
    evaluator: Evaluator, random: frozenset[str], scope: Scope, imposed: Mapping[str, Spread]
) -> list[Atom]:
    """The space of some random variables; empty where nothing is imposed on them."""
    keys = [key for key in sorted(random) if key in imposed]
    if not keys:
        return []
    if evaluator.field.imaginary:
        raise Unsupported("moments that the text gives, of complex variables")
    blocks, known = blocks_of(Evaluating(evaluator, scope), keys, imposed)
    others = sorted(random - set(keys))
    return list(_atoms(evaluator, blocks, known, others))


def blocks_of(
    at: Evaluating, keys: Sequence[str], imposed: Mapping[str, Spread]
) -> tuple[list[Block], Table]:
    """Some random variables with their means, and the covariances that are known."""
    blocks: list[Block] = []
    known: Table = {}
    for key in keys:
        first = blocks[-1].first + blocks[-1].length if blocks else 0
        shape = at.evaluator.point.shape(at.evaluator.reading.shapes.get(key, SCALAR))
        block = Block(key, shape, first, _mean(at, imposed[key], shape))
        if first + block.length > _MOST_ENTRIES:
            raise Unsupported("a random variable of that many entries")
        blocks.append(block)
        said = _covariances(at, imposed[key], block)
        if imposed[key].strict and len(said) < block.length**2:
            raise Undefined("the covariance of a law has another shape")
        known |= said
        for other in blocks[:-1]:
            if imposed[key].apart & imposed[other.key].apart:
                known |= _apart(at.evaluator, block, other)
    return blocks, known


def _apart(evaluator: Evaluator, one: Block, other: Block) -> Table:
    """The covariances of two variables that are independent."""
    zero = constant(evaluator.field.number(0))
    pairs = [
        (one.first + i, other.first + j) for i in range(one.length) for j in range(other.length)
    ]
    return {pair: zero for i, j in pairs for pair in ((i, j), (j, i))}


def _atoms(
    evaluator: Evaluator, blocks: Sequence[Block], known: Table, others: Sequence[str]
) -> Iterator[Atom]:
    total = blocks[-1].first + blocks[-1].length
    generator = evaluator.point.generator("covariances of " + " ".join(b.key for b in blocks))
    table: Table = {}
    for i in range(total):
        for j in range(i + 1):
            drawn = constant(evaluator.field.number(generator.randint(-3, 5)))
            table[i, j] = table[j, i] = known.get((i, j), drawn)
    rest = constant(evaluator.field.number(1))
    number = 0
    for vector, share in _directions(table, total):
        if all(part == 0 for part in share.parts.values()):
            continue
        near, far = _STEPS[generator.randrange(len(_STEPS))]
        for step, other in ((near, far), (-far, near)):
            part = evaluator.field.number(1) / (abs(step) * (abs(step) + other))
            weight = product(constant(part), share)
            rest = add(rest, negate(weight))
            moved = dict.fromkeys(vector, step)
            yield Atom(weight, _values(evaluator, blocks, moved, others, number))
            number += 1
    yield Atom(rest, _values(evaluator, blocks, {}, others, number))


def _directions(table: Table, total: int) -> Iterator[tuple[tuple[int, ...], Jet]]:
    """The vectors of zeros and ones whose squares make up a matrix, with their factors."""
    for i in range(total):
        share = table[i, i]
        for j in range(total):
            if j != i:
                share = add(share, negate(table[i, j]))
        yield (i,), share
        for j in range(i):
            yield (i, j), table[i, j]


def _values(
    evaluator: Evaluator,
    blocks: Sequence[Block],
    moved: Mapping[int, int],
    others: Sequence[str],
    number: int,
) -> dict[str, Jet]:
    """The values of all random variables where some of their entries have moved."""
    found = {key: constant(evaluator.atom(key, number)) for key in others}
    for block in blocks:
        steps = [moved.get(block.first + k, 0) for k in range(block.length)]
        numbers = [evaluator.field.number(step) for step in steps]
        offset = numbers[0] if block.length == 1 else from_entries(block.shape, numbers)
        found[block.key] = add(block.mean, constant(offset))
    return found


def _mean(at: Evaluating, spread: Spread, shape: tuple[int, ...]) -> Jet:
    """The mean of a variable, drawn where the text does not give it."""
    found = [evaluated(at, spread.mean, spread, place) for place in places_of(spread, shape)]
    field = at.evaluator.field
    if len(found) == 1 and found[0] is not None and shape_of(found[0].value) == shape:
        return found[0]
    numbers = [jet for jet in found if jet is not None and not is_grid(jet.value)]
    if len(numbers) == prod(shape):
        return join(shape, numbers, field)
    if len(found) == 1 and found[0] is not None and found[0].value == 0:
        return constant(field.zeros(shape))
    known = spread.mean is None or symbols(spread.mean) <= {*spread.names, *spread.indices}
    if spread.strict and known:  # a letter that stands in no formula is any number
        raise Undefined("the mean of a law has another shape")
    generator = at.evaluator.point.generator(f"mean {spread.places}")
    drawn = [field.number(generator.randint(-4, 5)) for _ in range(prod(shape))]
    if spread.indices and spread.mean is not None and not symbols(spread.mean) & {*spread.indices}:
        drawn = drawn[:1] * len(drawn)  # all entries have the one that is named
    return constant(from_entries(shape, drawn))


def _covariances(at: Evaluating, spread: Spread, block: Block) -> Table:
    """The covariances of the entries of a variable, as far as the text gives them."""
    rows = range(block.first, block.first + block.length)
    if spread.indices:
        return _of_members(at, spread, block)
    found = evaluated(at, spread.covariance, spread, {})
    if found is None:
        return {}
    if spread.across is not None:
        other = evaluated(at, spread.across, spread, {})
        return {} if other is None else _of_matrix(found, other, block)
    if shape_of(found.value) != ((block.length, block.length) if block.length > 1 else SCALAR):
        return {}
    numbers = entries(found)
    if spread.second:
        square = entries(product(block.mean, linear(transpose, block.mean)))
        numbers = [add(n, negate(m)) for n, m in zip(numbers, square, strict=True)]
    return {
        (i, j): numbers[a * block.length + b]
        for a, i in enumerate(rows)
        for b, j in enumerate(rows)
    }


def _of_members(at: Evaluating, spread: Spread, block: Block) -> Table:
    """The covariances of entries that have a law each, and none if they are independent."""
    found: Table = {}
    places = places_of(spread, block.shape)
    if len(places) != block.length:
        return found
    for k, place in enumerate(places):
        share = evaluated(at, spread.covariance, spread, place)
        if share is not None and not is_grid(share.value):
            found[block.first + k, block.first + k] = share
        for other in range(k) if spread.apart else ():
            zero = constant(at.evaluator.field.number(0))
            found[block.first + k, block.first + other] = zero
            found[block.first + other, block.first + k] = zero
    return found


def _of_matrix(rows: Jet, columns: Jet, block: Block) -> Table:
    """The covariances of the entries of a matrix: products of those of rows and of columns."""
    high, wide = block.shape
    if shape_of(rows.value) != (high, high) or shape_of(columns.value) != (wide, wide):
        return {}
    down, along = entries(rows), entries(columns)
    return {
        (block.first + i * wide + j, block.first + k * wide + m): product(
            down[i * high + k], along[j * wide + m]
        )
        for i in range(high)
        for j in range(wide)
        for k in range(high)
        for m in range(wide)
    }


def places_of(spread: Spread, shape: tuple[int, ...]) -> list[dict[str, int]]:
    """The values of the indices of a symbol of which every entry has a law, in its order."""
    places: list[dict[str, int]] = [{}]
    for index, length in zip(spread.indices, shape, strict=False):
        places = [{**at, index: value} for at in places for value in range(1, length + 1)]
    return places


def evaluated(
    at: Evaluating, expr: Expr | None, spread: Spread, place: dict[str, int]
) -> Jet | None:
    """The value of a parameter; None where it has none that is known."""
    if expr is None or not symbols(expr) <= spread.names.keys() | place.keys():
        return None
    evaluator = at.evaluator
    try:
        return evaluator.evaluate(expr, evaluator.frame(spread.names, at.scope, place))
    except (Undefined, Unsupported):
        return None
