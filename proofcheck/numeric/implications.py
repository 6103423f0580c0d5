"""Equations that follow from one before them without being solved: it was multiplied by something.

The residual of an equation is its left side minus its right one. Where the residual of one is a
multiple of that of another at random points, `2Su - 2\\lambda u = 0` and `Su = \\lambda u`, it
vanishes with it, whether or not the other can be solved for a symbol.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from flint import fmpq

from proofcheck.formula.expr import symbols
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.readings import Place, Reading, free_leaves
from proofcheck.numeric.arithmetic import (
    RATIONALS,
    Item,
    NeedsBalls,
    Number,
    Undefined,
    Unsupported,
    entries_of,
    multiply,
    shape_of,
    transpose,
    use_precision,
)
from proofcheck.numeric.bench import Bench
from proofcheck.numeric.evaluation import Evaluator
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.sampling import Point
from proofcheck.numeric.trial import ON_SOLUTIONS, PRECISIONS, Agrees

_MOST_EQUATIONS = 6
_POINTS = 3
_MOST_POINTS = 8
Factors = dict[str, Item]
"""What an equation may have been multiplied by, by a name."""


def implied(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str, posed: Sequence[Place]
) -> Agrees | None:
    """Whether a claim is a multiple of one of the equations that the text poses.

    The multiple is by a number, or by a symbol of either equation or its transpose on one side.
    """
    if reading.ranges.get(place):
        return None
    bench = Bench(model, reading, claim, seed)
    others = islice(_about(model, reading, claim, posed), _MOST_EQUATIONS)
    found = any(_is_multiple(bench, claim, other) for other in others)
    return Agrees("ball", ON_SOLUTIONS) if found else None


def _about(model: Model, reading: Reading, claim: Claim, posed: Sequence[Place]) -> Iterator[Claim]:
    """The equations that have a shape here and all symbols of which a claim has, last one first."""
    keys = free_leaves(model, claim)
    for other in reversed(posed):
        meaning = model.meaning(other)
        if not isinstance(meaning, Claim) or other in (*reading.ill, *reading.blocked):
            continue
        about = free_leaves(model, meaning)
        same = (meaning.left, meaning.right) == (claim.left, claim.right)
        if about and about <= keys and not same and not reading.ranges.get(other):
            yield meaning


def _is_multiple(bench: Bench, claim: Claim, posed: Claim) -> bool:
    """Whether a residual is the same multiple of another at a few points."""
    ways: dict[tuple[str, str], list[Number]] = {}
    residuals: list[Item] = []
    count = 0
    for attempt in range(_MOST_POINTS):
        found = _at(bench, bench.point(attempt, positive=False), claim, posed)
        if found is None:
            continue
        mine, theirs, factors = found
        residuals.append(theirs)
        here = dict(_multiples(mine, theirs, factors))
        ways = {w: [*ways.get(w, []), here[w]] for w in here if not count or w in ways}
        count += 1
        if not ways or count == _POINTS:
            break
    if all(_is_same(theirs, residuals[0]) for theirs in residuals):
        return False  # it holds nowhere, and anything would follow from it
    return count == _POINTS and any(_is_constant(scales) for scales in ways.values())


def _at(
    bench: Bench, point: Point, claim: Claim, posed: Claim
) -> tuple[Item, Item, Factors] | None:
    """Both residuals and the values of the symbols at a point; None where one has no value."""
    for numbers in (RATIONALS, use_precision(PRECISIONS[0])):
        evaluator = bench.evaluator(point, numbers)
        try:
            mine, theirs = (
                _residual(*(evaluator.value(side, c.names, {}) for side in (c.left, c.right)))
                for c in (claim, posed)
            )
            return mine, theirs, dict(_factors(evaluator, bench, (claim, posed)))
        except NeedsBalls:
            continue
        except (Undefined, Unsupported, Refused):
            return None
    return None


def _factors(
    evaluator: Evaluator, bench: Bench, claims: tuple[Claim, Claim]
) -> Iterator[tuple[str, Item]]:
    """The values of the symbols that stand in two claims."""
    for claim in claims:
        for name in sorted(symbols(claim.left) | symbols(claim.right)):
            key = claim.names.get(name, "")
            law = bench.model.variables[key].law if key in bench.reading.shapes else None
            if isinstance(law, Free) or (isinstance(law, Defined) and not law.parameters):
                yield name, evaluator.lookup(key, evaluator.root).value


def _residual(left: Item, right: Item) -> Item:
    """The difference of two sides, of which one may be the zero of any shape."""
    if shape_of(left) == shape_of(right):
        return left + (-right)
    for side, other in ((left, right), (right, left)):
        if shape_of(other) == (1, 1) and other == 0:
            return side
    raise Undefined("the sides have different sizes")


def _multiples(
    mine: Item, theirs: Item, factors: Factors
) -> Iterator[tuple[tuple[str, str], Number]]:
    """The ways in which one residual is a multiple of another here, each with the number left."""
    for name, product in _products(theirs, factors):
        scale = _scale(mine, product)
        if scale is not None:
            yield name, scale


def _products(item: Item, factors: Factors) -> Iterator[tuple[tuple[str, str], Item]]:
    """An item and its products with factors, as they are and transposed, on either side."""
    yield ("", ""), item
    yield ("", "transposed"), transpose(item)
    for name, factor in factors.items():
        if len(shape_of(factor)) > 2 or len(shape_of(item)) > 2:
            continue
        for way, other in (("", factor), ("transposed", transpose(factor))):
            if shape_of(other)[1:] == shape_of(item)[:1]:
                yield (name, f"{way} before"), multiply(other, item)
            if shape_of(item)[1:] == shape_of(other)[:1]:
                yield (name, f"{way} behind"), multiply(item, other)


def _scale(mine: Item, other: Item) -> Number | None:
    """The number that one item is times another; None if there is none, or both are zero."""
    if shape_of(mine) != shape_of(other):
        return None
    pairs = list(zip(entries_of(mine), entries_of(other), strict=True))
    pivot = next(((a, b) for a, b in pairs if not _may_vanish(a) and not _may_vanish(b)), None)
    if pivot is None or not all(_meet(a * pivot[1], b * pivot[0]) for a, b in pairs):
        return None
    return pivot[0] / pivot[1]


def _is_same(item: Item, other: Item) -> bool:
    """Whether two residuals may be equal."""
    if shape_of(item) != shape_of(other):
        return False
    return all(_meet(a, b) for a, b in zip(entries_of(item), entries_of(other), strict=True))


def _is_constant(scales: Sequence[Number]) -> bool:
    return all(_meet(scale, scales[0]) for scale in scales)


def _may_vanish(number: Number) -> bool:
    return bool(number == 0) if isinstance(number, fmpq) else bool(number.contains(0))


def _meet(left: Number, right: Number) -> bool:
    return bool(left == right) if isinstance(left, fmpq) else bool(left.overlaps(right))
