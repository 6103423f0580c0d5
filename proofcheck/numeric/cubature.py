r"""A probability space with the moments up to the fourth of random variables that are independent.

Their values are sums `m + \sum_k z_kv_k` with numbers `z_k` that are independent of each other and
have the mean zero. Beside `E z_i^2z_j^2`, of all mixed moments up to the fourth only those vanish
not that are moments of one `z_k`; so four points for each pair, a product of two measures on two
points, and four on each axis make up a measure with these moments (Stroud 1971, 8.3). Its weights
may be negative, as moments are linear in them. Moments of higher order are arbitrary there, so that
what rests on them does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.formula.shape import SCALAR
from proofcheck.inference.model import Spread
from proofcheck.numeric.arithmetic import Undefined, Unsupported, from_entries, shape_of
from proofcheck.numeric.determinants import constant, inverse
from proofcheck.numeric.elementary import join, scale
from proofcheck.numeric.jet import Jet, add, negate, product
from proofcheck.numeric.moments import Atom
from proofcheck.numeric.spreads import (
    Block,
    Evaluating,
    Table,
    blocks_of,
    evaluated,
    places_of,
)

ORDER = 4
"""Up to which order the moments are those of the laws."""
_MOST_DIRECTIONS = 12
_PAIRS = ((1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2))
_NODES = ((-2, -1, 1, 3), (-3, -1, 1, 2), (-3, -2, 1, 2), (-2, -1, 2, 3), (-1, 1, 2, 3))


@dataclass(frozen=True, slots=True)
class _Direction:
    """Along what a random variable moves, and the moments of how far, from the second on."""

    block: Block
    vector: Jet
    moments: tuple[Jet, Jet, Jet]


def independent_space(
    at: Evaluating, random: frozenset[str], imposed: Mapping[str, Spread]
) -> list[Atom]:
    """The space of random variables of which all are independent of each other."""
    if not random <= imposed.keys():
        raise Unsupported("moments of what nothing is known of")
    blocks, known = blocks_of(at, sorted(random), imposed)
    for number, block in enumerate(blocks):
        for other in blocks[:number]:
            if not imposed[block.key].apart & imposed[other.key].apart:
                raise Unsupported("moments of variables that may depend on each other")
    directions = [
        found for block in blocks for found in _directions(at, imposed[block.key], block, known)
    ]
    if len(directions) > _MOST_DIRECTIONS:
        raise Unsupported("random variables of that many entries")
    return list(_atoms(at, blocks, directions))


def _directions(at: Evaluating, spread: Spread, block: Block, known: Table) -> Iterator[_Direction]:
    """The independent parts of one random variable."""
    if spread.normal and not spread.indices and block.length > 1:
        yield from _of_normal(at, block, known)
        return
    if block.length > 1 and not (spread.indices and spread.apart):
        raise Unsupported("moments of a vector of which more than its covariance counts")
    drawn: list[int] = []
    for k, place in enumerate(places_of(spread, block.shape)):
        generator = at.evaluator.point.generator(f"moments {block.key} {k if drawn else 0}")
        drawn = [generator.randint(*ends) for ends in ((1, 5), (-4, 5), (6, 30))]
        found = [evaluated(at, expr, spread, place) for expr in (spread.third, spread.fourth)]
        second = known.get((block.first + k, block.first + k)) or _number(at, drawn[0])
        third, fourth = (
            jet if jet is not None else _number(at, value)
            for jet, value in zip(found, drawn[1:], strict=True)
        )
        if any(shape_of(jet.value) != SCALAR for jet in (second, third, fourth)):
            raise Undefined("the moments of a number are numbers")
        yield _Direction(block, _unit(at, block, k), (second, third, fourth))


def _of_normal(at: Evaluating, block: Block, known: Table) -> Iterator[_Direction]:
    """The directions along which a normal vector moves independently: the columns of `L` in
    `\\Sigma = LDL^T` (Golub and Van Loan 2013, 4.1)."""
    size = block.length
    rest = {
        (i, j): known.get((block.first + i, block.first + j))
        for i in range(size)
        for j in range(size)
    }
    if any(jet is None for jet in rest.values()):
        raise Unsupported("a normal law of which the covariance is not known")
    left = {place: jet for place, jet in rest.items() if jet is not None}
    for k in range(size):
        pivot = left[k, k]
        if pivot.value == 0:
            raise Undefined("a covariance that is singular")
        share = inverse(pivot)
        column = [product(left[i, k], share) if i >= k else _number(at, 0) for i in range(size)]
        for i in range(k, size):
            for j in range(k, size):
                taken = product(column[i], product(column[j], pivot))
                left[i, j] = add(left[i, j], negate(taken))
        vector = join(block.shape, column, at.evaluator.field)
        yield _Direction(block, vector, (pivot, _number(at, 0), scale(product(pivot, pivot), 3)))


def _unit(at: Evaluating, block: Block, index: int) -> Jet:
    if block.length == 1:
        return _number(at, 1)
    field = at.evaluator.field
    numbers = [field.number(int(k == index)) for k in range(block.length)]
    return constant(from_entries(block.shape, numbers))


def _number(at: Evaluating, value: int) -> Jet:
    return constant(at.evaluator.field.number(value))


def _atoms(
    at: Evaluating, blocks: Sequence[Block], directions: Sequence[_Direction]
) -> Iterator[Atom]:
    generator = at.evaluator.point.generator("cubature " + " ".join(b.key for b in blocks))
    left = [list(direction.moments) for direction in directions]
    rest = _number(at, 1)
    points: list[tuple[Jet, dict[int, int]]] = []
    for i, one in enumerate(directions):
        for j in range(i):
            share = product(one.moments[0], directions[j].moments[0])
            mine, theirs = (_PAIRS[generator.randrange(len(_PAIRS))] for _ in range(2))
            share = scale(share, 1, mine[0] * mine[1] * theirs[0] * theirs[1])
            for (step, part), (other, second) in _product(mine, theirs):
                weight = part * second
                points.append(
                    (scale(share, weight.numerator, weight.denominator), {i: step, j: other})
                )
            for number, pair in ((i, mine), (j, theirs)):
                for order in (2, 3, 4):
                    moment = sum(part * step**order for step, part in _two(pair))
                    taken = scale(share, moment.numerator, moment.denominator)
                    left[number][order - 2] = add(left[number][order - 2], negate(taken))
    for number, moments in enumerate(left):
        nodes = _NODES[generator.randrange(len(_NODES))]
        for node, jet in zip(nodes, _weights(at, nodes, moments), strict=True):
            points.append((jet, {number: node}))
    for jet, _ in points:
        rest = add(rest, negate(jet))
    for jet, steps in (*points, (rest, {})):
        yield Atom(jet, _values(blocks, directions, steps))


def _two(pair: tuple[int, int]) -> tuple[tuple[int, Fraction], tuple[int, Fraction]]:
    """A measure on two points whose mean is zero, and whose variance is their product."""
    near, far = pair
    return (near, Fraction(far, near + far)), (-far, Fraction(near, near + far))


def _product(
    mine: tuple[int, int], theirs: tuple[int, int]
) -> Iterator[tuple[tuple[int, Fraction], tuple[int, Fraction]]]:
    for one in _two(mine):
        for other in _two(theirs):
            yield one, other


def _weights(at: Evaluating, nodes: Sequence[int], moments: Sequence[Jet]) -> list[Jet]:
    """The weights on some points by which the first moment is zero and the next ones are given."""
    size = len(nodes)
    found: list[Jet] = []
    for k in range(size):
        # the polynomial that is 1 at this point, and 0 at the others and in the middle
        coefficients = [Fraction(1)]
        for other in (*nodes[:k], *nodes[k + 1 :], 0):
            shifted = [Fraction(0), *coefficients]
            scaled = [c * other for c in coefficients] + [Fraction(0)]
            coefficients = [a - b for a, b in zip(shifted, scaled, strict=True)]
        at_node = sum(c * nodes[k] ** power for power, c in enumerate(coefficients))
        weight = _number(at, 0)
        for power in range(2, size + 1):
            share = coefficients[power] / at_node
            weight = add(weight, scale(moments[power - 2], share.numerator, share.denominator))
        found.append(weight)
    return found


def _values(
    blocks: Sequence[Block], directions: Sequence[_Direction], steps: Mapping[int, int]
) -> dict[str, Jet]:
    found = {block.key: block.mean for block in blocks}
    for number, step in steps.items():
        direction = directions[number]
        moved = scale(direction.vector, step)
        found[direction.block.key] = add(found[direction.block.key], moved)
    return found
