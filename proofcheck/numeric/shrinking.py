"""A counterexample in the smallest matrices and the plainest numbers, still certified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flint import fmpq

from proofcheck.formula.expr import walk
from proofcheck.inference.model import Claim, Defined, Free, Model, Tangent
from proofcheck.inference.readings import Place, Reading, all_leaves, free_leaves
from proofcheck.numeric.arithmetic import (
    Item,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
)
from proofcheck.numeric.bench import Bench
from proofcheck.numeric.orders import is_broken
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.sampling import Point
from proofcheck.numeric.solutions import Equation, impose
from proofcheck.numeric.trial import compared, counterexample_at, free_places
from proofcheck.numeric.verdict import Counterexample

MOST_TRIALS = 150
_MOST_NODES = 12_000
_SMALL_DRAWS = (0, 1, 2, 4)
_PLAIN = (fmpq(0), fmpq(1), fmpq(-1), fmpq(2))

_Found = tuple[Point, dict[str, int], tuple[Item, Item]]


def smaller(
    model: Model,
    reading: Reading,
    place: Place,
    claim: Claim,
    found: Counterexample,
    given: Sequence[Equation] = (),
) -> Counterexample:
    """The counterexample at the least sizes, with zeros and ones wherever the sides still differ.

    Matrices of which something is assumed are left as they were drawn, and all that solves
    equations that are `given`.
    """
    seed = found.seed.rpartition("/")[0]
    start = _smallest(model, reading, place, claim, seed, given)
    if start is None:
        return found
    trials = 0 if given else min(MOST_TRIALS, _MOST_NODES // _nodes(model, claim))
    point, indices, sides = _plain(model, claim, start, trials)
    return counterexample_at(model, point, claim, sides, indices, given)


def _nodes(model: Model, claim: Claim) -> int:
    """How many nodes are evaluated for a claim, at least."""
    keys = all_leaves(model, claim)
    laws = (model.variables[key].law for key in keys)
    defined = sum(len(walk(law.expr)) for law in laws if isinstance(law, Defined | Tangent))
    return len(claim.nodes()) + defined


def _smallest(
    model: Model,
    reading: Reading,
    place: Place,
    claim: Claim,
    seed: str,
    given: Sequence[Equation],
) -> _Found | None:
    """A point of the least sizes at which the sides differ."""
    for attempt in _SMALL_DRAWS:
        point = Point(reading, seed, attempt, small=True)
        try:
            impose(model, point, given, claim)
            places = list(free_places(point, reading.ranges.get(place, {})))
        except (Undefined, Unsupported, Refused):
            continue
        for indices in places:
            sides = _differ(model, claim, point, indices)
            if sides is not None:
                return point, indices, sides
    return None


def _plain(model: Model, claim: Claim, found: _Found, trials: int) -> _Found:
    """The point with one entry after the other made plain."""
    point, indices, sides = found
    for key in list(_changeable(model, claim, point)):
        for number in range(len(entries_of(point.values[key]))):
            for value in _PLAIN:
                now = entries_of(point.values[key])[number]
                if trials <= 0 or now == value or abs(now) < abs(value):
                    break
                trials -= 1
                other = _with_entry(point, key, number, value)
                differing = _differ(model, claim, other, indices)
                if differing is not None:
                    point, sides = other, differing
                    break
    return point, indices, sides


def _changeable(model: Model, claim: Claim, point: Point) -> Iterator[str]:
    """The free variables of which nothing is assumed, and their tangents."""
    for key in sorted(free_leaves(model, claim)):
        if not model.variables[key].properties and isinstance(model.variables[key].law, Free):
            yield from (name for name in (key, f"d{key}") if name in point.values)


def _with_entry(point: Point, key: str, number: int, value: fmpq) -> Point:
    item = point.values[key]
    entries = list(entries_of(item))
    entries[number] = value
    new = from_entries(shape_of(item), entries) if is_grid(item) else value
    return replace(
        point,
        values={**point.values, key: new},
        lengths=dict(point.lengths),
        coefficients=dict(point.coefficients),
    )


def _differ(
    model: Model, claim: Claim, point: Point, indices: dict[str, int]
) -> tuple[Item, Item] | None:
    """The sides at a point, if they are provably not as the claim says."""
    bench = Bench(model, point.reading, claim, point.seed)
    try:
        sides = compared(bench, point, claim, indices, exact=True, imaginary="")[0]
        return sides if sides is not None and is_broken(claim, *sides) else None
    except (Undefined, Unsupported, Refused):
        return None
