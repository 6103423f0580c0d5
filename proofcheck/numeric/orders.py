"""Inequalities: tried at random points, and at those where an inequality is likely to break.

Points prove no inequality. One that holds at all of them holds on the evidence `sampled`; one that
is violated at some may rest on a domain that the text gives elsewhere, and is left alone. Where the
opposite is true at all of them, no domain helps: that one is false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from proofcheck.formula.expr import Apply
from proofcheck.formula.shape import SCALAR, Axis
from proofcheck.inference.model import Assertion, Claim, Defined, Function, Model
from proofcheck.inference.readings import Place, Reading, free_leaves
from proofcheck.inference.reason import Reason
from proofcheck.numeric.arithmetic import (
    RATIONALS,
    Field,
    Item,
    NeedsBalls,
    Undefined,
    Unsupported,
    entries_of,
    shape_of,
    use_precision,
)
from proofcheck.numeric.comparison import TRUE_FOR
from proofcheck.numeric.evaluation import Evaluator
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.sampling import EXTREMES, WIDE, Point
from proofcheck.numeric.trial import (
    PRECISIONS,
    Agrees,
    Differs,
    Undecided,
    counterexample_at,
    free_places,
    rests_on_unread,
    unread_mean,
)
from proofcheck.numeric.verdict import Tried

_ORDINARY = (0, 1, 2, 3, 4, 5, 6, WIDE, WIDE + 1, WIDE + 2)
_TIMES = (2, 5)
"""The draws whose numbers are made extreme, each in all ways."""
_FEWEST = 12
_NARROW = arb(2) ** -100
_MATRICES = "an order of matrices may be meant entry by entry or by eigenvalues"
_UNKNOWN = "the inequality may rest on what is known of `{}`"
_EQUAL = "both sides are equal at every point tried, where one is said to be greater"
_VIOLATED = "the inequality is violated at some values, and may rest on a domain of its symbols"


def try_order(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> Agrees | Differs | Undecided:
    """Tries an inequality between two scalars at ordinary and at extreme points.

    It holds if it is true at all of them that have values, a dozen at least, and the sides differ
    at one; where balls do not tell them apart in the highest precision, they may be equal. It is
    false if the opposite holds in that way, at all of them and with sides that differ at a dozen.
    """
    if place in reading.blocked or place in reading.ill:
        message = reading.blocked.get(place) or reading.ill[place]
        return Undecided(Reason.AMBIGUOUS_SHAPE, message)
    if name := _without_law(model, claim):
        return Undecided(Reason.UNKNOWN_SYMBOL, _UNKNOWN.format(name))
    if message := rests_on_unread(model, claim) or unread_mean(model, claim):
        return Undecided(Reason.UNKNOWN_SYMBOL, message)
    tried: list[_Compared] = []
    undefined = "no point was tried"
    for point in _points(reading, seed):
        try:
            tried.append(_compared(model, point, claim, reading.ranges.get(place, {})))
        except Undefined as error:
            undefined = str(error)
            continue
        except Unsupported as error:
            return Undecided(Reason.UNSUPPORTED_FUNCTION, f"{error} is not evaluated")
        except Refused as error:
            return Undecided(error.reason, error.message)
        if _disagree(claim, tried):
            return Undecided(Reason.UNKNOWN_SYMBOL, _VIOLATED)
    if len(tried) < _FEWEST:
        said = f"too few points where both sides exist: {undefined}"
        return Undecided(Reason.NO_VALID_SAMPLE, said)
    return _found(model, claim, tried)


def is_broken(claim: Claim, left: Item, right: Item) -> bool:
    """Whether two values that are provably different break what a claim says of its sides.

    Of an order they do where they are real numbers in the wrong one.
    """
    if claim.asserts is Assertion.EQUAL:
        return True
    difference = entries_of(left)[0] - entries_of(right)[0]
    if shape_of(left) != SCALAR != shape_of(right) or not isinstance(difference, arb | fmpq):
        return False
    return _certain(difference) in {-1, 1} - set(TRUE_FOR[claim.asserts])


@dataclass(frozen=True, slots=True)
class _Compared:
    """The signs of left less right at a point, by the values of the free indices."""

    point: Point
    signs: dict[tuple[tuple[str, int], ...], int]


def _wrong(claim: Claim) -> frozenset[int]:
    """The signs, other than 0, that break a claim."""
    return frozenset((-1, 1)) - set(TRUE_FOR[claim.asserts])


def _disagree(claim: Claim, tried: Sequence[_Compared]) -> bool:
    """Whether a claim is broken at one point and not at another.

    Sides that are equal say nothing in favour of an order, and break one that excludes them only
    where they are so beside points at which it is true.
    """
    signs = {sign for compared in tried for sign in compared.signs.values()}
    right = frozenset((-1, 1)) - _wrong(claim)
    return bool(signs & right) and not signs <= set(TRUE_FOR[claim.asserts])


def _found(model: Model, claim: Claim, tried: Sequence[_Compared]) -> Agrees | Differs | Undecided:
    """What points come to that agree: the claim is true at all of them, or broken, or neither."""
    broken = [c for c in tried if _wrong(claim) & set(c.signs.values())]
    if not broken:
        if not any(sign for compared in tried for sign in compared.signs.values()):
            return Undecided(Reason.UNKNOWN_SYMBOL, _EQUAL)
        sizes = tuple(tuple(sorted(c.point.lengths.values())) for c in tried)
        return Agrees("sampled", (), Tried(sizes))
    if len(broken) < _FEWEST:
        return Undecided(Reason.UNKNOWN_SYMBOL, _VIOLATED)
    point, signs = broken[0].point, broken[0].signs
    indices = dict(next(chosen for chosen, sign in signs.items() if sign in _wrong(claim)))
    sides = _sides(model, point, claim, indices, use_precision(PRECISIONS[-1]))
    return Differs(counterexample_at(model, point, claim, sides, indices))


def _without_law(model: Model, claim: Claim) -> str:
    """The name of what has no law of its own in a claim, or the empty string.

    That is a function that is not defined for its argument, or what depends on others in a way that
    the text leaves open.
    """
    applied = {
        claim.names[node.function.name]
        for node in claim.nodes()
        if isinstance(node, Apply) and node.function.name in claim.names
    }
    lawless = [key for key in applied if not _is_defined_map(model, key)]
    free = (key for key in free_leaves(model, claim) if _is_function(model, key))
    unknown = sorted((*lawless, *free, *claim.unknown))
    return model.variables[unknown[0]].name if unknown else ""


def _is_defined_map(model: Model, key: str) -> bool:
    law = model.variables[key].law
    return isinstance(law, Defined) and bool(law.parameters)


def _is_function(model: Model, key: str) -> bool:
    return isinstance(model.variables[key].law, Function)


def _points(reading: Reading, seed: str) -> Iterator[Point]:
    """Where an inequality is tried, also with all numbers positive."""
    for positive in (False, True):
        for attempt in _ORDINARY:
            yield Point(reading, seed, attempt, positive=positive)
        for extreme in EXTREMES:
            for attempt in _TIMES:
                yield Point(reading, seed, attempt, positive=positive, extreme=extreme)


def _compared(model: Model, point: Point, claim: Claim, ranges: Mapping[str, Axis]) -> _Compared:
    """The sides at a point, for several values of the free indices."""
    places = free_places(point, dict(ranges))
    return _Compared(
        point, {tuple(sorted(at.items())): _sign(model, point, claim, at) for at in places}
    )


def _sign(model: Model, point: Point, claim: Claim, indices: Mapping[str, int]) -> int:
    """The sign of left less right; 0 where they may be equal, in the highest precision."""
    try:
        return _certain(_difference(model, point, claim, indices, RATIONALS)) or 0
    except NeedsBalls:
        pass
    for bits in PRECISIONS:
        difference = _difference(model, point, claim, indices, use_precision(bits))
        sign = _certain(difference)
        if sign is not None:
            return sign
    if claim.asserts in (Assertion.LESS, Assertion.GREATER) or difference.rad() > _NARROW:
        raise Undefined("the precision does not decide which side is greater")
    return 0


def _difference(
    model: Model, point: Point, claim: Claim, indices: Mapping[str, int], numbers: Field
) -> Item:
    """Left less right. Raises `Refused` where they are no real numbers."""
    left, right = _sides(model, point, claim, indices, numbers)
    difference = entries_of(left)[0] - entries_of(right)[0]
    if not isinstance(difference, arb | fmpq):
        raise Undefined("complex numbers have no order")
    if isinstance(difference, arb) and not difference.is_finite():
        raise Undefined("a value is not finite")
    return difference


def _sides(
    model: Model, point: Point, claim: Claim, indices: Mapping[str, int], numbers: Field
) -> tuple[Item, Item]:
    evaluator = Evaluator(model, point, numbers, claim)
    left, right = (
        evaluator.value(side, claim.names, dict(indices)) for side in (claim.left, claim.right)
    )
    if shape_of(left) != SCALAR or shape_of(right) != SCALAR:
        raise Refused(Reason.AMBIGUOUS_SHAPE, _MATRICES)
    return left, right


def _certain(difference: arb | fmpq) -> int | None:
    """The sign of a number; None where a ball leaves it open."""
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    return 0 if isinstance(difference, fmpq) or difference.is_zero() else None
