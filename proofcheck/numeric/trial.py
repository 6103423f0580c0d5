"""One claim under one reading: tried at random points until it is decided."""

from __future__ import annotations

import operator as operators
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from flint import arb, fmpq

from proofcheck.extraction.derivation import IndexCase
from proofcheck.formula.densities import is_density
from proofcheck.formula.expr import (
    MEMBER,
    Apply,
    Call,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Differential,
    Entry,
    Expr,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Summation,
    Symbol,
    free_indices,
    is_every,
    spans,
    symbols,
    walk,
)
from proofcheck.formula.integrals import is_uncertain
from proofcheck.formula.probabilities import is_probability
from proofcheck.formula.shape import Axis, Dimension
from proofcheck.inference.conventions import BARRED
from proofcheck.inference.implied_sums import free_by_count
from proofcheck.inference.model import Claim, Defined, Free, Model, Opaque, Tangent
from proofcheck.inference.patterns import bound_in
from proofcheck.inference.quantities import taken_for_constant
from proofcheck.inference.randomness import speaks_of_moments
from proofcheck.inference.readings import Place, Reading, all_leaves, free_leaves, said_by
from proofcheck.inference.reason import Reason
from proofcheck.inference.unification import ShapeMismatch, Unifier
from proofcheck.numeric.arithmetic import (
    RATIONALS,
    Field,
    Item,
    NeedsBalls,
    Undefined,
    Unsupported,
    entries_of,
    is_grid,
    shape_of,
    use_precision,
)
from proofcheck.numeric.bench import Bench
from proofcheck.numeric.certificate import certificate
from proofcheck.numeric.chance import chance
from proofcheck.numeric.complexes import BRANCHED, IMAGINARY, joined, unsquared
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.sampling import EQUAL, WIDE, Point
from proofcheck.numeric.solutions import MOST_EQUATIONS, Equation, impose, with_laws
from proofcheck.numeric.structures import DISCRETE
from proofcheck.numeric.verdict import Binding, Counterexample, Tried

POINTS = 3
_MORE_POINTS = 6  # so that a side of zero is missed once in 500 times
_MORE_SIZES = 3
_PIECEWISE = frozenset(
    ("absolute value", "bars", "norm", "two norm", "one norm", "relu", "sign", "maximum", "minimum")
)
_PIECEWISE |= {"entrywise one norm", "greatest entry"}
_PIECEWISE |= {"singular values", "nuclear norm", "spectral norm", "infinity norm", "p-norm"}
COUNTS = frozenset("nmpdkNDKMvq")
ATTEMPTS = 24
PRECISIONS = (128, 256, 512)
_AGREEING_BITS = 60
_LOST_BITS = 96
_FEWEST_INDICES, _MOST_GROUPED = 4, 4
ON_SOLUTIONS = ("where the equations hold that the text poses",)
DISTRIBUTION = "the step may rest on how the random variables are distributed"
_IMPROPER = "an integral over a set or to infinity, or an infinite sum, has no certified value"
_PARAMETERS = "the parameters of a density by name may be meant otherwise"
_CUT = "up to what lies beyond where an integral or a series was cut"
_NUMBERED = re.compile(r"_\{\d+\}$")
_ALTERNATING = (Symbol(r"\epsilon"), Symbol(r"\varepsilon"))
_UNIT_VECTORS = (Symbol("e"), Symbol(r"\mathbf{e}"))


@dataclass(frozen=True, slots=True)
class Agrees:
    """Both sides are equal at every valid point; `evidence` is `exact` or `ball`."""

    evidence: str
    notes: tuple[str, ...] = ()
    tried: Tried | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Differs:
    """Both sides are provably different at a point.

    `kept` says that no other values than those of the counterexample are known to be admissible,
    `with_means` that bars are means there.
    """

    counterexample: Counterexample
    kept: bool = False
    with_means: bool = False


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The sides have different shapes, or one of them has none."""

    message: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """The claim could not be tried."""

    reason: Reason
    message: str


_MOST_JOINED = 6
_MORE = 4
"""How many times as often as other claims one is tried that holds for two values of a symbol."""
Outcome = Agrees | Differs | Mismatch | Undecided


def as_meant(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> Agrees | Differs | None:
    """Whether a claim that differs holds as it is meant without saying so; None where it does not.

    Roots, logarithms and real powers are of positive numbers; a count such as `n` may be the size
    of a matrix in the formula. Where it differs for that size as well, this is what convinces.
    """
    if _needs_positive(claim):
        found = try_claim(model, reading, place, claim, seed, positive=True)
        if isinstance(found, Agrees):
            return Agrees(found.evidence, ("for positive numbers",))
    if (held := _of_two_values(model, reading, place, claim, seed)) is not None:
        return held
    unifier = reading.unifier
    for loose, axis in _joined_sizes(model, reading, claim):
        state = unifier.save()
        if not _unified(unifier, loose, axis):
            continue
        tried = try_claim(model, reading, place, claim, seed, positive=_needs_positive(claim))
        unifier.restore(state)
        if isinstance(tried, Agrees):
            return Agrees(tried.evidence, (*tried.notes, "for ones of the length of another axis"))
    differing: Differs | None = None
    for name, dimension in _counts(model, reading, claim):
        state, known = unifier.save(), unifier.named.get(name)
        if known is None:
            unifier.named[name] = dimension
        elif not _unified(unifier, dimension, known):
            continue
        found = try_claim(model, reading, place, claim, seed, positive=_needs_positive(claim))
        unifier.restore(state)
        if known is None:
            del unifier.named[name]
        if isinstance(found, Agrees):
            return Agrees(found.evidence, (f"`{name}` is a size",))
        if isinstance(found, Differs) and differing is None:
            differing = replace(found, kept=True)
    return differing


def _of_two_values(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str
) -> Agrees | None:
    """Whether a claim that differs holds for symbols of which the text says that they are one of
    two numbers; at more points than others, since two values agree easily."""
    drawn = {
        key: replace(variable, properties=variable.properties | {DISCRETE[word]})
        for key in sorted(all_leaves(model, claim))
        for variable in (model.variables[key],)
        for word in sorted(DISCRETE.keys() & variable.properties)
    }
    if not drawn:
        return None
    told = replace(model, variables={**model.variables, **drawn}, leaves={})
    names = ", ".join(f"`{variable.name}`" for variable in drawn.values())
    evidence = "exact"
    for number in range(_MORE):
        found = try_claim(told, reading, place, claim, f"{seed}/{number}")
        if not isinstance(found, Agrees):
            return None
        evidence = found.evidence
    return Agrees(evidence, (f"for the two values of {names}",))


def _unified(unifier: Unifier, dimension: Dimension, known: Axis) -> bool:
    try:
        unifier.unify(dimension, known)
    except ShapeMismatch:
        return False
    return True


def on_solutions(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str, posed: Sequence[Place]
) -> Agrees | None:
    """Whether a claim holds where the equations hold that the text poses about its symbols.

    One equation suffices or a few do; those with more free indices are solved first. Whatever a
    differential moves elsewhere moves here as well: the text may differentiate what it poses.
    """
    claim = _moving_all(model, claim)
    given = _given(model, reading, claim, posed)[-MOST_EQUATIONS:]
    together = sorted(given, key=lambda equation: -len(equation.ranges))
    for chosen in [*([one] for one in reversed(given)), *([together] if len(given) > 1 else [])]:
        found = try_claim(model, reading, place, claim, seed, given=chosen)
        if isinstance(found, Agrees):
            return Agrees(found.evidence, ON_SOLUTIONS)
    told = with_laws(model, (equation.claim for equation in given))
    if told is not model:
        found = try_claim(told, reading, place, claim, seed)
        if isinstance(found, Agrees):
            return Agrees(found.evidence, ON_SOLUTIONS)
    return None


def differs_on_solutions(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str, posed: Sequence[Place]
) -> bool:
    """Whether the sides differ where the equations hold that the text poses about the symbols of a
    claim, if each says what a symbol is, with roots of either sign.

    An equation that is solved otherwise may be meant together with others.
    """
    claim = _moving_all(model, claim)
    told = [m for other in posed if isinstance(m := model.meaning(other), Claim)]
    if any(with_laws(model, (equation,)) is model for equation in told):
        return False
    return all(
        isinstance(try_claim(with_laws(model, told, sign), reading, place, claim, seed), Differs)
        for sign in (1, -1)
    )


def bound_by_law(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str, posed: Sequence[Place]
) -> Undecided | None:
    """What is said of a claim with derivatives that holds for a free symbol, and does not where an
    equation that the text poses says what it is: `\\partial(v/\\lambda)/\\partial v` with
    `\\lambda^2 = v^Tv`; None where there is no such equation."""
    if not any(isinstance(node, Derivative) for node in claim.nodes()):
        return None
    given = (equation.claim for equation in _given(model, reading, claim, posed))
    laws = [equation for equation in given if with_laws(model, (equation,)) is not model]
    told = [with_laws(model, laws, sign) for sign in (1, -1)] if laws else []
    if not told or not all(
        isinstance(try_claim(one, reading, place, claim, seed), Differs) for one in told
    ):
        return None
    message = "it holds where a symbol is constant of which an equation says what it depends on"
    return Undecided(Reason.AMBIGUOUS_SHAPE, message)


def _moving_all(model: Model, claim: Claim) -> Claim:
    """A claim with differentials in which all moves that a differential moves anywhere."""
    if not claim.varying:
        return claim
    moved = {
        key for row in model.meanings for m in row if isinstance(m, Claim) for key in m.varying
    }
    return replace(claim, varying=claim.varying | (moved & free_leaves(model, claim)))


def _given(model: Model, reading: Reading, claim: Claim, posed: Sequence[Place]) -> list[Equation]:
    """The equations among those that are posed which say something about the symbols of a claim."""
    keys = free_leaves(model, claim)
    found: list[Equation] = []
    for other in posed:
        meaning = model.meaning(other)
        if isinstance(meaning, Claim) and other not in (*reading.ill, *reading.blocked):
            about = free_leaves(model, meaning)
            if about & keys and about <= reading.shapes.keys():
                found.append(Equation(meaning, reading.ranges.get(other, {})))
    return found


def _needs_positive(claim: Claim) -> bool:
    return any(
        (isinstance(node, Call) and node.operator in ("sqrt", "log"))
        or _is_absolute_function(node)
        or (isinstance(node, Power) and not _is_whole(node.exponent))
        for node in claim.nodes()
    )


def _is_absolute_function(node: Expr) -> bool:
    """Whether a node is the absolute value of a function, which may be a density."""
    match node:
        case Call(operator="bars" | "absolute value", arguments=(inside,)):
            return any(isinstance(part, Apply) for part in walk(inside))
        case _:
            return False


def _is_whole(exponent: Expr) -> bool:
    match exponent:
        case Negative(term=Number(value=value)) | Number(value=value):
            return value.denominator == 1
        case _:
            return False


def _counts(model: Model, reading: Reading, claim: Claim) -> list[tuple[str, Dimension]]:
    """Pairs of a scalar letter for counts and a size in the claim that has no name."""
    keys = sorted(free_leaves(model, claim))
    shapes = [reading.shapes.get(key, ()) for key in keys]
    shapes += [reading.sizes.get(id(node), ()) for node in _constants(model, claim)]
    axes = {
        axis
        for shape in shapes
        for axis in reading.unifier.resolve(shape)
        if isinstance(axis, Dimension) and not axis.name
    }
    letters = {model.variables[key].name for key in keys} | set(reading.unifier.named)
    names = sorted(letters & COUNTS)
    return [(name, axis) for name in names for axis in sorted(axes, key=lambda a: a.number)][:6]


def loose_sizes(model: Model, reading: Reading, claim: Claim) -> list[Dimension]:
    """The lengths of vectors of ones that nothing ties to anything else: `1^T1`."""
    resolved = reading.unifier.resolve
    shapes = [resolved(reading.shapes[k]) for k in all_leaves(model, claim) if k in reading.shapes]
    tied = {axis for shape in shapes for axis in shape}
    sizes = [
        axis
        for node in _constants(model, claim)
        if node.size is None and node.name == "ones"
        for axis in resolved(reading.sizes.get(id(node), ()))
    ]
    return sorted(
        {a for a in sizes if isinstance(a, Dimension) and not a.name and a not in tied},
        key=lambda axis: axis.number,
    )


def _joined_sizes(model: Model, reading: Reading, claim: Claim) -> list[tuple[Dimension, Axis]]:
    """Pairs of a length that nothing ties, and one of an axis in the claim."""
    loose = loose_sizes(model, reading, claim)
    if not loose:
        return []
    shapes = [reading.shapes.get(key, ()) for key in sorted(all_leaves(model, claim))]
    axes = dict.fromkeys(axis for shape in shapes for axis in reading.unifier.resolve(shape))
    lengths = [axis for axis in axes if isinstance(axis, Dimension)]
    pairs: list[tuple[Dimension, Axis]] = [(a, b) for a in loose for b in lengths]
    return pairs[:_MOST_JOINED]


def _constants(model: Model, claim: Claim) -> Iterator[Constant]:
    """The identities and the vectors of ones that a claim rests on."""
    for expr in said_by(model, claim):
        yield from (node for node in walk(expr) if isinstance(node, Constant))


def try_claim(
    model: Model,
    reading: Reading,
    place: Place,
    claim: Claim,
    seed: str,
    positive: bool = False,
    bench: Bench | None = None,
    given: Sequence[Equation] = (),
    imaginary: str = "",
    cases: Sequence[IndexCase] = (),
) -> Outcome:
    """Evaluates both sides at several points, of different sizes; stops at the first difference.

    given: equations on whose solutions the points lie. imaginary: whether values are
    complex, as `Field` has it. cases: relations between free indices that the text supposes.
    """
    bench = bench or Bench(model, reading, claim, seed)
    if constant := taken_for_constant(model, claim):
        message = f"nothing says how `{constant}` depends on what varies"
        return Undecided(Reason.UNKNOWN_SYMBOL, message)
    if _conditions_in_part(model, claim):
        message = "what is conditioned on is not evaluated beside what is not"
        return Undecided(Reason.UNREADABLE_NOTATION, message)
    if place in reading.blocked:
        return Undecided(Reason.AMBIGUOUS_SHAPE, reading.blocked[place])
    lonely = "" if any(case.relation == "=" for case in cases) else _lonely_index(claim)
    alone = f"the index `{lonely}` stands on one side only"
    if place in reading.ill:
        return (
            Undecided(Reason.UNREADABLE_NOTATION, alone) if lonely else Mismatch(reading.ill[place])
        )
    exact, undefined = not imaginary, "no point was tried"
    points: list[Point] = []
    attempt = -1
    needed = _needed(claim, bool(imaginary))
    while len(points) < needed and (attempt := _next(attempt, needed - len(points))) < ATTEMPTS:
        point = bench.point(attempt, positive or attempt >= ATTEMPTS // 2)
        try:
            impose(model, point, given, claim)
            for indices in free_places(point, reading.ranges.get(place, {}), cases):
                found, rational = compared(bench, point, claim, indices, exact, imaginary)
                exact = exact and rational
                if found is not None and lonely:
                    return Undecided(Reason.UNREADABLE_NOTATION, alone)
                if found is not None:
                    shown = counterexample_at(model, point, claim, found, indices, given, imaginary)
                    return Differs(shown, kept=bool(cases))
        except Undefined as error:
            undefined = str(error)
            continue
        except Unsupported as error:
            return Undecided(Reason.UNSUPPORTED_FUNCTION, f"{error} is not evaluated")
        except Refused as error:
            return Undecided(error.reason, error.message)
        points.append(point)
    if len(points) < POINTS:
        said = f"too few points where both sides exist: {undefined}"
        return Undecided(Reason.NO_VALID_SAMPLE, said)
    if attempt >= EQUAL and _has_two_sizes(model, reading, claim, points):
        said = "both sides exist only where sizes with different letters are the same"
        return Undecided(Reason.NO_VALID_SAMPLE, said)
    notes: tuple[str, ...] = ("for sizes that are all the same",) * (attempt >= EQUAL)
    if is_uncertain(claim.left) or is_uncertain(claim.right):
        notes += (_CUT,)
    for equation in () if given else _switches(model, claim):
        found_there = try_claim(
            model, reading, place, claim, seed, positive, None, (equation,), imaginary
        )
        if isinstance(found_there, Differs):
            return found_there
    if _stands_still(model, claim):
        return Undecided(Reason.UNKNOWN_SYMBOL, "nothing says what moves in its differentials")
    tried = _tried(model, claim, points, exact, bool(given))
    return Agrees("exact" if exact else "ball", notes, tried)


def _has_two_sizes(model: Model, reading: Reading, claim: Claim, points: Sequence[Point]) -> bool:
    """Whether the text says of a matrix with full rank, with a letter for each size, that it need
    not be square, and it is at all points."""
    for key in free_leaves(model, claim):
        axes = [reading.unifier.find(axis) for axis in reading.shapes.get(key, ())]
        ranked = model.variables[key].properties & {"full column rank", "full row rank"}
        named = all(isinstance(axis, Dimension) and axis.name for axis in axes)
        if ranked and named and len(set(axes)) > 1:
            return all(len({point.length(axis) for axis in axes}) == 1 for point in points)
    return False


def _stands_still(model: Model, claim: Claim) -> bool:
    """Whether all differentials that a claim rests on are zero, since no symbol moves: any sides
    made of them agree. One side may be a zero, which says that it is so."""
    keys = all_leaves(model, claim)
    if claim.varying & keys or claim.unknown or has_zero(claim):
        return False
    if not all(isinstance(model.variables[key].law, Free | Defined) for key in keys):
        return False
    return any(isinstance(n, Differential) for expr in said_by(model, claim) for n in walk(expr))


def doubled(claim: Claim) -> Claim:
    """A claim with twice its right side, which holds beside it where both sides are zero alone."""
    return replace(claim, right=Product((Number(Fraction(2)), claim.right)))


def has_zero(claim: Claim) -> bool:
    """Whether a side is written as a zero."""
    return any(isinstance(s, Number) and not s.value for s in (claim.left, claim.right))


def _conditions_in_part(model: Model, claim: Claim) -> bool:
    """Whether some moments that a claim rests on are conditioned, and others are not: these are
    not moments of one law."""
    if not any(isinstance(node, Moment) and node.given for node in claim.nodes()):
        return False
    found = (node for expr in said_by(model, claim) for node in walk(expr))
    return any(isinstance(node, Moment) and not node.given for node in found)


def _switches(model: Model, claim: Claim) -> Iterator[Equation]:
    """The conditions `[i = j]` in a claim that are not met by chance, as equations."""
    for node in claim.nodes():
        match node:
            case Comparison(relation="=" | r"\ne", left=left, right=right):
                asked = replace(claim, left=left, right=right)
                known = (symbols(left) | symbols(right)) <= claim.names.keys()
                if known and free_leaves(model, asked):
                    yield Equation(asked, {})
            case _:
                pass


def _tried(model: Model, claim: Claim, points: Sequence[Point], exact: bool, posed: bool) -> Tried:
    """What a claim was tried at, and how likely it agrees there by chance."""
    sizes = tuple(tuple(sorted(point.lengths.values())) for point in points)
    free = exact and not posed and not any(point.positive for point in points)
    reading = points[0].reading
    whole = reading.whole | reading.counted.keys() | reading.unifier.named.keys()
    counts = (point.choices for point in points)
    bound = chance(model, claim, counts, whole) if free else None
    return Tried(sizes, 0 if exact else PRECISIONS[0], None if bound is None else float(bound))


def _needed(claim: Claim, imaginary: bool) -> int:
    """At how many points the sides have to agree: at more where a case is one of several, where a
    sign counts, and where it counts whether a size is even."""
    nodes = (node for side in (claim.left, claim.right) for node in unsquared(side))
    if any(_branches(node, imaginary) for node in nodes):
        return POINTS + _MORE_POINTS
    return POINTS + _MORE_SIZES * any(map(_alternates, claim.nodes()))


def _alternates(node: Expr) -> bool:
    """Whether a sign inside a node comes out as often as a size says."""
    match node:
        case Call(operator="determinant"):
            return True
        case Summation(operator="product"):
            return True
        case Power(exponent=exponent):
            return not isinstance(exponent, Number) and not _is_whole(exponent)
        case _:
            return False


def _branches(node: Expr, imaginary: bool) -> bool:
    match node:
        case Cases() | Comparison():
            return True
        case Call(operator="sqrt", arguments=(inside,)):
            return not isinstance(inside, Symbol | Number)
        case Power(base=Power() | Product() as base, exponent=Quotient()):
            return any(isinstance(part, Power) for part in walk(base))
        case Call(operator=operator):
            return operator in _PIECEWISE or (imaginary and operator in BRANCHED)
        case _:
            return False


def _next(attempt: int, left: int) -> int:
    """The number of the next draw; the last point is of wide numbers, equal by no chance."""
    return max(attempt + 1, WIDE) if left == 1 else attempt + 1


_MET: dict[str, Callable[[int, int], bool]] = {
    "=": operators.eq, r"\ne": operators.ne, "<": operators.lt, ">": operators.gt,
}  # fmt: skip


def free_places(
    point: Point, ranges: dict[str, Axis], cases: Sequence[IndexCase] = ()
) -> Iterator[dict[str, int]]:
    """Values for the indices that stand free: every way in which some of them are equal, of those
    that meet what the text supposes of them. A difference may lie on a diagonal alone, as of a
    product of Kronecker symbols; indices that run along different axes are equal as well.
    """
    if not ranges:
        yield {}
        return
    generator = point.generator("indices")
    names = sorted(ranges)
    lengths = [point.length(ranges[name]) for name in names]
    equal = list(_equalities(len(names)))
    for number in range(max(len(equal), _FEWEST_INDICES)):
        groups = equal[number % len(equal)]
        chosen: dict[int, int] = {}
        for group in dict.fromkeys(groups):
            least = min(n for n, other in zip(lengths, groups, strict=True) if other == group)
            left = [k for k in range(1, least + 1) if k not in chosen.values()]
            chosen[group] = generator.choice(left or [least])
        places = {name: chosen[group] for name, group in zip(names, groups, strict=True)}
        if all(_MET[c.relation](places[c.left], places[c.right]) for c in cases):
            yield places


def _equalities(count: int) -> Iterator[tuple[int, ...]]:
    """The ways to group a few things, each as the groups that they are in; of more the first four
    are grouped, and each of the others is alone."""
    if count == 0:
        yield ()
        return
    for before in _equalities(count - 1):
        groups = max(before, default=-1) + 1
        if count > _MOST_GROUPED:
            yield (*before, groups)
        else:
            yield from ((*before, group) for group in range(groups, -1, -1))


def _lonely_index(claim: Claim) -> str:
    """An index that is free on one side and absent on the other, or the empty string."""
    mine, theirs = free_indices(claim.left), free_indices(claim.right)
    zero = any(isinstance(side, Number) for side in (claim.left, claim.right))
    said = (mine - symbols(claim.right)) | (theirs - symbols(claim.left))
    lonely = sorted((mine ^ theirs) & said)
    return lonely[0] if lonely and not zero else ""


def compared(
    bench: Bench, point: Point, claim: Claim, indices: dict[str, int], exact: bool, imaginary: str
) -> tuple[tuple[Item, Item] | None, bool]:
    """The two values if they differ, else None; and whether they are rational."""
    if exact:
        try:
            left, right = _sides(bench, point, claim, indices, RATIONALS)
            return ((left, right) if not _equal(left, right) else None), True
        except NeedsBalls:
            pass
    for bits in PRECISIONS:
        left, right = _sides(bench, point, claim, indices, use_precision(bits, imaginary))
        pairs = _pairs(left, right)
        if any(not a.overlaps(b) for a, b in pairs):
            return (left, right), False
        if _tight(pairs, bits):
            return None, False
    raise Undefined("the precision does not suffice")


def _sides(
    bench: Bench, point: Point, claim: Claim, indices: dict[str, int], numbers: Field
) -> tuple[Item, Item]:
    evaluator = bench.evaluator(point, numbers)
    left = evaluator.value(claim.left, claim.names, indices)
    return left, evaluator.value(claim.right, claim.names, indices)


def _pairs(left: Item, right: Item) -> list[tuple[Item, Item]]:
    """The entries side by side; a single zero stands for the zero of the other's shape."""
    a, b = entries_of(left), entries_of(right)
    if shape_of(left) != shape_of(right):
        if len(a) == 1 and a[0] == 0:
            a = a * len(b)
        elif len(b) == 1 and b[0] == 0:
            b = b * len(a)
        else:
            raise Undefined("the sides have different sizes")
    return list(zip(a, b, strict=True))


def differ(left: Item, right: Item) -> bool:
    """Whether two values are provably different; those of different shapes are."""
    try:
        pairs = _pairs(left, right)
    except Undefined:
        return True
    if isinstance(pairs[0][0], fmpq):
        return any(a != b for a, b in pairs)
    return any(not a.overlaps(b) for a, b in pairs)


def _equal(left: Item, right: Item) -> bool:
    return all(a == b for a, b in _pairs(left, right))


def _tight(pairs: list[tuple[Item, Item]], bits: int) -> bool:
    """Whether overlapping balls are narrow enough for their agreement to mean something.

    Beside the largest entry; if all of them may be zero, to the highest precision.
    """
    differences = [a - b for a, b in pairs]
    if not all(difference.is_finite() for difference in differences):
        raise Undefined("a value is not finite")
    scale = max(arb(abs(side).lower()) for pair in pairs for side in pair)
    if scale > 0:
        bound = scale * arb(2) ** -_AGREEING_BITS
    elif bits == PRECISIONS[-1]:
        bound = arb(2) ** (_LOST_BITS - bits)
    else:
        return False
    return all(difference.rad() < bound for difference in differences)


def counterexample_at(
    model: Model,
    point: Point,
    claim: Claim,
    found: tuple[Item, Item],
    indices: dict[str, int],
    given: Sequence[Equation] = (),
    imaginary: str = "",
) -> Counterexample:
    """The values at a point at which a claim is broken, with their certificate.

    given: the equations that the values solve. imaginary: as for `try_claim`. The certificate is
    written at once, since sizes may be tied for a trial alone.
    """
    keys = all_leaves(model, claim)
    bindings = [
        Binding(model.variables[key].name, show_rows(_value(point, key)))
        for key in sorted(keys)
        if key in point.values and not isinstance(model.variables[key].law, Defined | Tangent)
    ]
    bindings += [
        Binding(f"d{model.variables[key].name}", show_rows(point.values[f"d{key}"]))
        for key in sorted(claim.varying)
        if f"d{key}" in point.values and differentiates(claim)
    ]
    bindings += [Binding(name, ((str(value),),)) for name, value in sorted(indices.items())]
    left, right = found
    seed = f"{point.seed}/{point.attempt}"
    posed = [equation.claim for equation in given]
    return Counterexample(
        tuple(bindings),
        Binding("", show_rows(left)),
        Binding("", show_rows(right)),
        seed,
        certificate(model, point, claim, indices, posed, imaginary),
    )


def _value(point: Point, key: str) -> Item:
    """The value of a variable; complex where an imaginary part was drawn."""
    imaginary = point.values.get(key + IMAGINARY)
    value = point.values[key]
    return value if imaginary is None else joined(value, imaginary)


def differentiates(claim: Claim) -> bool:
    """Whether a differential stands in a claim."""
    return any(isinstance(node, Differential) for node in claim.nodes())


def show_rows(item: Item) -> tuple[tuple[str, ...], ...]:
    """An item as rows of numbers: rationals exactly, balls to six digits; a tensor is one row."""
    shape = shape_of(item)
    texts = [_show(entry) for entry in entries_of(item)]
    if len(shape) != 2:
        return (tuple(texts),)
    return tuple(tuple(texts[i * shape[1] : (i + 1) * shape[1]]) for i in range(shape[0]))


def _show(number: Item) -> str:
    if isinstance(number, fmpq):
        return str(number)
    return str(number.str(6, radius=False)) if not is_grid(number) else str(number)


def rests_on_unread(model: Model, claim: Claim) -> str:
    """Why a difference proves nothing: a symbol's definition was not read; or the empty string."""
    keys = all_leaves(model, claim)
    for key in sorted(keys):
        law = model.variables[key].law
        if isinstance(law, Opaque):
            return law.message
        if isinstance(law, Defined | Tangent) and speaks_of_moments(law.expr):
            return DISTRIBUTION
        if isinstance(law, Defined | Tangent) and is_uncertain(law.expr):
            return _IMPROPER
        if isinstance(law, Defined | Tangent) and any(map(is_density, walk(law.expr))):
            return _PARAMETERS
        if is_probability(model.variables[key].name) and not isinstance(law, Defined):
            return DISTRIBUTION
        if said := _said_otherwise(model, claim, key):
            return said
    if speaks_of_moments(claim.left) or speaks_of_moments(claim.right):
        return DISTRIBUTION
    if is_uncertain(claim.left) or is_uncertain(claim.right):
        return _IMPROPER
    if any(is_density(node) for node in claim.nodes()):
        return _PARAMETERS
    bound = bound_in(claim.left) | bound_in(claim.right)
    products = [node for node in claim.nodes() if isinstance(node, Product)]
    if "i" not in bound and any(Symbol("i") in product.factors for product in products):
        return "`i` may be the imaginary unit"
    once = free_by_count(claim.left) | free_by_count(claim.right)
    for side in (claim.left, claim.right):
        for node in walk(side):
            if isinstance(node, Comparison) and node.relation == MEMBER:
                return "a set may be another than was drawn"
            if isinstance(node, Entry) and any(map(is_every, node.indices)):
                return "a row of a matrix may be meant as a column"
            if isinstance(node, Call) and node.operator == "commutation matrix":
                return "the sizes of a commutation matrix stand in either order"
            if _is_alternating(node):
                return "`\\epsilon` with three indices may be the Levi-Civita symbol"
            if isinstance(node, Call) and node.operator == "rank":
                return "the rank may rest on what is known of the matrix"
            if isinstance(node, Entry) and node.base in _UNIT_VECTORS:
                return "`e` with an index may be a unit vector"
            if isinstance(node, Product) and _repeats_index(node, free_indices(side) - once):
                return "an index that stands twice in a product may be summed over"
    return _total(model, claim, keys) or _numbered_entry(claim) or _numbered_law(model, claim)


def _said_otherwise(model: Model, claim: Claim, key: str) -> str:
    """Why values drawn for a variable may not be those that it has; or the empty string."""
    variable = model.variables[key]
    plain = variable.name.removesuffix("^{*}")
    base = claim.names.get(plain)
    defined = base is not None and isinstance(model.variables[base].law, Defined)
    met = plain in symbols(claim.left) | symbols(claim.right)
    if base is not None and base != key and (defined or met):
        if plain == variable.name:
            return f"`{plain}` has two meanings in what the step rests on"
        other = "what is defined" if defined else f"`{plain}`"
        return f"`{variable.name}` may be the conjugate of {other}"
    if "constrained" in variable.properties and isinstance(variable.law, Free):
        return f"what the text says of `{variable.name}` is not drawn"
    return ""


def _repeats_index(product: Product, free: frozenset[str]) -> bool:
    """Whether an index that no sum binds occurs in two factors: Einstein's convention."""
    counts = Counter(index for factor in product.factors for index in free_indices(factor))
    return any(count > 1 for index, count in counts.items() if index in free)


def unread_mean(model: Model, claim: Claim) -> str:
    """A free `\\bar{x}` beside `x`, which is likely its mean, or the empty string."""
    names = {model.variables[k].name: k for k in sorted(all_leaves(model, claim))}
    for name, key in names.items():
        found = BARRED.match(name)
        law = model.variables[key].law
        if found is not None and found.group(1) in names and isinstance(law, Free):
            return f"`{name}` may be the mean of `{found.group(1)}`"
    return ""


def _is_alternating(node: Expr) -> bool:
    """Whether an epsilon with three indices stands in a product with other entries."""
    if not isinstance(node, Product | Summation):
        return False
    inside = walk(node)
    return sum(isinstance(n, Entry) for n in inside) > 1 and any(
        isinstance(n, Entry) and len(n.indices) == 3 and n.base in _ALTERNATING for n in inside
    )


def _total(model: Model, claim: Claim, keys: frozenset[str]) -> str:
    """A free `n` beside counts `n_{ij}`, of which it likely is the sum, or the empty string."""
    counts = {
        upper.base.name
        for node in claim.nodes()
        for _, _, upper, _ in spans(node)
        if isinstance(upper, Entry) and isinstance(upper.base, Symbol)
    }
    stems = {name.partition("_")[0] for name in counts}
    for key in sorted(keys):
        name, law = model.variables[key].name, model.variables[key].law
        if isinstance(law, Free) and name not in counts and name.partition("_")[0] in stems:
            return f"`{name}` may be a sum of the counts that the sums run up to"
    return ""


def _numbered_law(model: Model, claim: Claim) -> str:
    """An entry by number of what an equation defines entry by entry, or the empty string."""
    for node in claim.nodes():
        match node:
            case Entry(base=Symbol(name=name), indices=indices) if name in claim.names:
                law = model.variables[claim.names[name]].law
                if isinstance(law, Defined) and any(isinstance(i, Number) for i in indices):
                    return f"an entry of `{name}` by its number may be another than was defined"
            case _:
                pass
    return ""


def _numbered_entry(claim: Claim) -> str:
    """A name such as `x_1` beside entries such as `x_i`, or the empty string."""
    nodes = claim.nodes()
    bases = [n.base for n in nodes if isinstance(n, Entry)]
    indexed = {b.name.removesuffix(r"_{\cdot}") for b in bases if isinstance(b, Symbol)}
    for node in nodes:
        if isinstance(node, Symbol) and _NUMBERED.sub("", node.name) in indexed - {node.name}:
            return f"`{node.name}` may be one of the entries"
    return ""
