"""The value of an expression at a point, with the tangents that derivatives need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import factorial, prod
from typing import assert_never

from flint import acb, arb, arb_mat, fmpq

from proofcheck.formula.expr import (
    Apply,
    Call,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Differential,
    Directional,
    Dotted,
    Entry,
    Evaluated,
    Expansion,
    Expr,
    Grid,
    Integral,
    Matrix,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    is_every,
    symbols,
    walk,
)
from proofcheck.formula.integrals import is_infinite
from proofcheck.formula.shape import SCALAR, Shape, Tree, grouping, pattern
from proofcheck.inference.model import (
    Claim,
    Defined,
    Free,
    Function,
    Model,
    Names,
    Opaque,
    Spread,
    Tangent,
)
from proofcheck.inference.readings import leaves
from proofcheck.inference.reason import Reason
from proofcheck.numeric import derivative as assembly
from proofcheck.numeric import integrals, limits, ranges, written
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    NeedsBalls,
    Tensor,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
)
from proofcheck.numeric.comparison import compare
from proofcheck.numeric.complexes import (
    IMAGINARY,
    complex_tangent,
    complex_value,
    halves,
    is_conjugate,
    joined,
    real_value,
    reals,
)
from proofcheck.numeric.cubature import independent_space
from proofcheck.numeric.determinants import constant, inverse
from proofcheck.numeric.directions import (
    alternating_signs,
    directions,
    only,
    pick,
    picked_places,
    stacked,
    turned,
    vec_or_transpose,
)
from proofcheck.numeric.elementary import entries, join
from proofcheck.numeric.jet import (
    Jet,
    add,
    has_level,
    index_of,
    key_of,
    linear,
    negate,
    product,
    without_level,
)
from proofcheck.numeric.moments import MOMENTS, Atom, weights
from proofcheck.numeric.norms import squared
from proofcheck.numeric.primitives import PRIMITIVES, power
from proofcheck.numeric.refused import Refused
from proofcheck.numeric.restating import restated
from proofcheck.numeric.sampling import Point
from proofcheck.numeric.spreads import Evaluating, spread_out
from proofcheck.numeric.structures import of_function
from proofcheck.numeric.ties import tied

MOST_NODES = 60_000


@dataclass(slots=True)
class Scope:
    """Values of variables where some of them move along infinitesimals.

    `timed` is the level of those in a derivative by a parameter, or -1.
    """

    level: int = 0
    changed: frozenset[str] = frozenset()
    memo: dict[str, Jet] = field(default_factory=dict)
    parent: Scope | None = None
    moving: dict[str, Scope] = field(default_factory=dict)
    timed: int = -1

    def times(self) -> int:
        """The levels of all derivatives by a parameter that are being taken, as bits."""
        scope: Scope | None = self
        found = 0
        while scope is not None:
            found |= 1 << scope.timed if scope.timed >= 0 else 0
            scope = scope.parent
        return found


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an expression is evaluated: names, the variables, local arguments and indices.

    Within the law `dL = …` a differential keeps the part of level `along`.
    """

    names: Names
    scope: Scope
    local: Mapping[str, Jet]
    indices: Mapping[str, int]
    along: int | None = None


class Evaluator:
    """Evaluates the expressions of one reading at one point in one field."""

    def __init__(self, model: Model, point: Point, numbers: Field, claim: Claim) -> None:
        self.model = model
        self.point = point
        self.reading = point.reading
        self.field = numbers
        self.varying = claim.varying
        self.unknown = claim.unknown
        self.unit = differentiates_once(claim)
        self.sides: dict[int, tuple[Expr, Names, Item]] = {}
        self.reals = reals(model, claim) if numbers.imaginary else frozenset[str]()
        self.root = Scope()
        self.nodes = 0
        self.most = MOST_NODES
        self.rests: dict[str, frozenset[str]] = {}
        self.restated: dict[tuple[int, str], tuple[Expr, tuple[Expr, Names] | None]] = {}
        self.applied: set[str] = set()  # functions whose arguments are being looked up
        self.claim = claim
        self.holomorphic = False  # whether an integrand is evaluated, at complex numbers
        self.analytic = False  # whether it has to be holomorphic on the ball at hand
        self.twin: Evaluator | None = None  # that evaluates integrands
        self.zero = model.evidence[0].zero if model.evidence else frozenset[str]()

    def value(self, expr: Expr, names: Names, indices: Mapping[str, int]) -> Item:
        """The value of a side; kept, since the next step of a chain asks for it again."""
        self.nodes = 0
        if self.twin is not None:
            self.twin.nodes = 0
        known = self.sides.get(id(expr))
        if known is not None and known[1] == names and not indices:
            return known[2]
        found = self.evaluate(expr, Frame(names, self.root, {}, indices)).value
        if not indices:
            self.sides[id(expr)] = expr, names, found
        return found

    def along(
        self, expr: Expr, names: Names, indices: Mapping[str, int], key: str
    ) -> list[list[Item]]:
        """The derivatives of an expression by each entry of a variable, as lists of entries."""
        base = self.lookup(key, self.root)
        jet = self.evaluate(expr, Frame(names, self._moving(key, base, self.root), {}, indices))
        zero = self.field.zeros(shape_of(jet.value))
        count = prod(shape_of(base.value))
        return [entries_of(jet.parts.get(key_of(0, k), zero)) for k in range(count)]

    def evaluate(self, expr: Expr, frame: Frame) -> Jet:
        """The jet of an expression; raises `Undefined`, `Unsupported` or `Refused`."""
        self.nodes += 1
        if self.nodes > self.most:
            large = "the integral takes" if self.most != MOST_NODES else "the step takes"
            raise Refused(Reason.LIMIT_REACHED, f"{large} more evaluations than are made")
        match expr:
            case Number() | Symbol() | Constant():
                return self._leaf(expr, frame)
            case Entry(base=base, indices=indices):
                at = self._places(base, indices, frame)
                return linear(lambda part: pick(part, at), self.evaluate(base, frame))
            case Sum(terms=terms):
                return self._sum(terms, frame)
            case Negative(term=term):
                return negate(self.evaluate(term, frame))
            case Product(factors=factors):
                return self._product([self.evaluate(factor, frame) for factor in factors])
            case Quotient(numerator=numerator, denominator=denominator):
                bottom = inverse(self.evaluate(denominator, frame))
                return product(self.evaluate(numerator, frame), bottom)
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent, frame)
            case Call(operator=operator, arguments=arguments):
                if self.holomorphic:
                    return integrals.call(self, expr, frame)
                jets = [self.evaluate(argument, frame) for argument in arguments]
                return PRIMITIVES[operator](jets, self.field)
            case Apply(function=function, arguments=arguments, primes=primes):
                return self._apply(function.name, arguments, primes, frame)
            case Differential():
                return self._differential(expr, frame)
            case Derivative(operand=operand, by=by):
                return self._derivative(operand, by, frame)
            case Directional(operand=operand, along=along):
                return self._directional(operand, along, frame)
            case Summation():
                if is_infinite(expr.upper):
                    return integrals.infinite_sum(self, expr, frame)
                return ranges.summed(self, expr, frame)
            case Integral():
                return integrals.integral(self, expr, frame)
            case Moment():
                return self._moment(expr, frame)
            case Evaluated():
                return self._there(expr, frame)
            case Expansion():
                return self._expansion(expr, frame)
            case Matrix(rows=rows):
                return written.by_cells(self, rows, frame)
            case Grid():
                return written.by_stretches(self, expr, frame)
            case Dotted(meaning=meaning):
                return self.evaluate(meaning, frame)
            case Comparison(relation=relation, left=left, right=right):
                sides = self.evaluate(left, frame), self.evaluate(right, frame)
                return compare(relation, *sides, self.field)
            case Cases(branches=branches):
                return ranges.in_its_case(self, branches, frame)
        assert_never(expr)

    def _leaf(self, expr: Number | Symbol | Constant, frame: Frame) -> Jet:
        match expr:
            case Number(value=value):
                return constant(self.field.number(value))
            case Symbol(name=name):
                return self._symbol(name, frame)
            case Constant():
                return constant(self._constant(expr, frame))
        assert_never(expr)

    def _symbol(self, name: str, frame: Frame) -> Jet:
        if name in frame.local:
            return frame.local[name]
        if name in frame.indices:
            return constant(self.field.number(frame.indices[name]))
        if name not in frame.names:
            message = f"`{name}` is an index and something else"
            raise Refused(Reason.UNREADABLE_NOTATION, message)
        return self.lookup(frame.names[name], frame.scope)

    def _constant(self, expr: Constant, frame: Frame) -> Item:
        if expr.name == "pi":
            return self._pi()
        if expr.name == "imaginary":
            if not self.field.imaginary:
                raise Unsupported("the imaginary unit among real numbers")
            return acb(0, 1)
        if expr.name == "size":
            return self._length(expr.size, frame)
        shape = self.point.shape(self.reading.sizes.get(id(expr), SCALAR))
        if expr.name == "identity":
            return self.field.identity(shape[0])
        if expr.name == "basis":
            return from_entries(shape, entries_of(self.field.identity(shape[0])))
        if expr.name == "levi-civita":
            return from_entries(shape, [self.field.number(sign) for sign in alternating_signs()])
        count = shape[0] * shape[1]
        return self.field.grid(shape[0], shape[1], [self.field.number(1)] * count)

    def _length(self, size: Expr | None, frame: Frame) -> Item:
        """The number drawn for a size; that of a letter which the text defines is its value."""
        assert isinstance(size, Symbol)
        key = frame.names.get(size.name)
        known = key is not None and isinstance(self.model.variables[key].law, Defined)
        if known or size.name in frame.indices:
            return self.evaluate(size, frame).value
        return self.field.number(self.point.length(self.reading.unifier.name(size.name)))

    def _pi(self) -> Item:
        if self.field.exact:
            raise NeedsBalls("pi")
        return arb.pi()

    def _sum(self, terms: tuple[Expr, ...], frame: Frame) -> Jet:
        jets = [self.evaluate(term, frame) for term in terms]
        shaped = [jet for jet in jets if not _is_plain_zero(jet)] or jets[:1]
        total = shaped[0]
        for jet in shaped[1:]:
            if shape_of(jet.value) != shape_of(total.value):
                raise Undefined("the sizes of a sum differ")
            total = add(total, jet)
        return total

    def _product(self, jets: list[Jet]) -> Jet:
        patterns = "".join(pattern(shape_of(jet.value)) for jet in jets)
        plan = grouping(patterns)
        if plan is None:
            raise Undefined("the factors of a product don't fit")
        return _multiply(plan[1], jets)

    def _power(self, base: Expr, exponent: Expr, frame: Frame) -> Jet:
        index = self.evaluate(exponent, frame)
        if self.holomorphic:
            return integrals.principal_power(self, self.evaluate(base, frame), index)
        if isinstance(base, Call):
            inside = [self.evaluate(argument, frame) for argument in base.arguments]
            square = squared(base.operator, inside, self.field)
            half = index.value * (fmpq(1, 2) if self.field.exact else self.field.number(1) / 2)
            if square is not None and len(index.parts) == 1 and _is_whole(half):
                return power(square, constant(half), self.field)
            return power(PRIMITIVES[base.operator](inside, self.field), index, self.field)
        return power(self.evaluate(base, frame), index, self.field)

    def lookup(self, key: str, scope: Scope) -> Jet:
        """The jet of a variable in a scope."""
        found = scope.memo.get(key)
        if found is None:
            if scope.parent is not None and not self._moves(key, scope):
                found = self.lookup(key, scope.parent)
            else:
                found = self._by_law(key, scope)
            scope.memo[key] = found
        return found

    def _moves(self, key: str, scope: Scope) -> bool:
        if key not in self.rests:
            self.rests[key] = frozenset(self._rests_on(key))
        return bool(self.rests[key] & scope.changed)

    def _rests_on(self, key: str) -> set[str]:
        """The variable and all that it rests on, by laws or as an unknown function."""
        found: set[str] = set()
        stack = [key]
        while stack:
            other = stack.pop()
            if other not in found:
                found.add(other)
                stack.extend(self._below(other))
        return found

    def _below(self, key: str) -> Iterable[str]:
        match self.model.variables[key].law:
            case Defined(expr=expr, names=names) | Tangent(expr=expr, names=names):
                return leaves(self.model, expr, names)
            case Function(usual=usual):
                return [k for k in usual if k in self.model.variables]
            case _:
                return self.unknown.get(key, ())

    def rests_on(self, expr: Expr, names: Names) -> frozenset[str]:
        """The keys of all variables that an expression rests on."""
        found: set[str] = set()
        for key in leaves(self.model, expr, names):
            if key not in self.rests:
                self.rests[key] = frozenset(self._rests_on(key))
            found |= self.rests[key]
        return frozenset(found)

    def _is_unsaid(self, operand: Expr, key: str, frame: Frame) -> bool:
        """Whether an operand depends on a variable by the parameter of a function that its
        definition does not mention: `K(\\theta) = K_f + \\sigma^2I` says not how."""
        for other in self.rests_on(operand, frame.names):
            law = self.model.variables[other].law
            if isinstance(law, Defined) and key in {
                law.names.get(n) for n in self._unmentioned(law)
            }:
                return True
        return any(
            key in self.rests_on(argument, frame.names)
            for node in walk(operand)
            if isinstance(node, Apply)
            for argument in self._lost(node, frame.names)
        )

    def _lost(self, node: Apply, names: Names) -> list[Expr]:
        """The arguments of a function that its definition does not mention."""
        key = names.get(node.function.name)
        law = self.model.variables[key].law if key is not None else None
        if not isinstance(law, Defined):
            return []
        lost, given = self._unmentioned(law), zip(law.parameters, node.arguments, strict=False)
        return [argument for parameter, argument in given if parameter in lost]

    def _unmentioned(self, law: Defined) -> frozenset[str]:
        """The parameters that a definition does not lead to, unless it is that of a constant."""
        lost = frozenset(law.parameters) - symbols(law.expr)
        if not lost or not symbols(law.expr):
            return frozenset()
        reached: set[str] = set()
        stack = [law.names[name] for name in symbols(law.expr) if name in law.names]
        while stack:
            key = stack.pop()
            if key not in reached:
                reached.add(key)
                below = self.model.variables[key].law
                stack += self.unknown.get(key, ())
                if isinstance(below, Defined | Tangent):
                    stack += [below.names[n] for n in symbols(below.expr) if n in below.names]
        return frozenset(name for name in lost if law.names.get(name) not in reached)

    def _by_law(self, key: str, scope: Scope) -> Jet:
        law = self.model.variables[key].law
        if key in self.unknown:
            return self._random_map(key, [self.lookup(k, scope) for k in self.unknown[key]])
        match law:
            case Free() | Opaque():
                return constant(self._drawn(key))
            case Defined(expr=expr, names=names, indices=indices):
                if indices:
                    return self._by_entries(key, law, scope)
                return self.evaluate(expr, Frame(names, scope, {}, {}))
            case Function(usual=usual):
                if not usual:
                    raise Refused(Reason.UNKNOWN_SYMBOL, f"nothing says what `{key}` is applied to")
                return self._random_map(key, self._usual(key, usual, scope))
            case Tangent():
                return self._by_tangent(key, law, scope)
        assert_never(law)

    def _usual(self, key: str, usual: tuple[str, ...], scope: Scope) -> list[Jet]:
        """What a function is mostly applied to, which may not rest on the function."""
        if key in self.applied:
            raise Refused(Reason.UNKNOWN_SYMBOL, f"`{key}` is applied to itself")
        self.applied.add(key)
        try:
            return [self.lookup(name, scope) for name in usual if name in self.model.variables]
        finally:
            self.applied.discard(key)

    def _by_entries(self, key: str, law: Defined, scope: Scope) -> Jet:
        """A symbol that is defined entry by entry, or member by member."""
        shape = self.point.shape(self.reading.shapes[key])
        places: list[dict[str, int]] = [{}]
        for index, length in zip(law.indices, shape, strict=False):
            begin = 0 if self.model.variables[key].name in self.zero else 1
            values = range(begin, length + begin)
            places = [{**p, index: value} for p in places for value in values]
        jets = [self.evaluate(law.expr, Frame(law.names, scope, {}, place)) for place in places]
        keys = {k for jet in jets for k in jet.parts}
        member = shape_of(jets[0].value)
        zero = self.field.zeros(member)
        if prod(member) * len(jets) != prod(shape):
            raise Undefined("the members of a family have another shape than the text says")
        return Jet(
            {
                k: from_entries(shape, [e for j in jets for e in entries_of(j.parts.get(k, zero))])
                for k in keys
            }
        )

    def _by_tangent(self, key: str, law: Tangent, scope: Scope) -> Jet:
        levels = range(scope.level)
        if scope.level > 1:
            raise Refused(Reason.UNKNOWN_SYMBOL, f"only the first differential of `{key}` is known")
        total = constant(self._drawn(key))
        for level in levels:
            frame = Frame(law.names, scope, {}, {}, along=level)
            moved = self.evaluate(law.expr, frame)
            parts = {k: part for k, part in moved.parts.items() if has_level(k, level)}
            total = Jet({**total.parts, **parts})
        return total

    def _drawn(self, key: str) -> Item:
        variable = self.model.variables[key]
        shape = self.reading.shapes.get(key, SCALAR)
        unifier = self.reading.unifier
        if shape == SCALAR and variable.name in unifier.named:
            return self.field.number(self.point.length(unifier.named[variable.name]))
        if variable.name in self.reading.whole and shape == SCALAR:
            return self.field.number(self.point.whole(key))
        if variable.name in self.reading.counted:
            longest = self.reading.counted[variable.name]
            return self._convert(self.point.counts(key, shape, longest))
        if self.field.imaginary and key in self.reals:
            return real_value(self.point, key, shape, variable.properties)
        if self.field.imaginary and not self.holomorphic:
            return complex_value(self.point, key, shape, variable.properties)
        return self._convert(self.point.draw(key, shape, variable.properties))

    def _step(self, key: str, shape: Shape, properties: frozenset[str], real: bool) -> Item:
        """A random direction of a free variable."""
        if self.field.imaginary and real:
            step = self.point.tangent(key, shape, properties)
            return joined(step, step * 0)
        if self.field.imaginary:
            return complex_tangent(self.point, key, shape, properties)
        return self._convert(self.point.tangent(key, shape, properties))

    def _convert(self, item: Item) -> Item:
        if self.field.exact:
            return item
        if self.holomorphic:
            return integrals.complexified(item)
        if is_grid(item):
            return arb_mat(item)
        if isinstance(item, Tensor):
            return Tensor(item.shape, tuple(arb(entry) for entry in item.entries))
        return arb(item)

    def _random_map(self, key: str, jets: list[Jet]) -> Jet:
        """A polynomial map of the third degree with random coefficients.

        Each entry of the value is `c + a(x) + b(x)^2 + d(x)^3` with linear forms `a`, `b` and `d`.
        """
        if self.reading.kinds.get(key) == "E":
            return self._elementwise(key, jets)
        shape = self.point.shape(self.reading.shapes.get(key, SCALAR))
        found = self._random_polynomials(key, stacked(jets, self.field), shape)
        properties = self.model.variables[key].properties
        return linear(lambda part: of_function(part, properties), found)

    def _random_polynomials(self, key: str, argument: Jet, shape: tuple[int, ...]) -> Jet:
        rows, columns = prod(shape), shape_of(argument.value)[0]
        total = constant(self._convert(self.point.weights(f"{key}/0", (rows, 1))))
        for degree in (1, 2, 3):
            weights = self._convert(self.point.weights(f"{key}/{degree}", (rows, columns)))
            form = product(constant(weights), argument)
            term = form
            for _ in range(degree - 1):
                term = PRIMITIVES["hadamard"]([term, form], self.field)
            total = add(total, term)
        return linear(lambda part: from_entries(shape, entries_of(part)), total)

    def _elementwise(self, key: str, jets: list[Jet]) -> Jet:
        found = [self._random_polynomials(key, entry, (1, 1)) for entry in entries(jets[0])]
        return join(shape_of(jets[0].value), found, self.field)

    def _apply(self, name: str, arguments: tuple[Expr, ...], primes: int, frame: Frame) -> Jet:
        key = frame.names[name]
        if primes:
            return self._primed(key, arguments, primes, frame)
        jets = [self.evaluate(argument, frame) for argument in arguments]
        return self._applied(key, jets, frame.scope)

    def _applied(self, key: str, jets: list[Jet], scope: Scope) -> Jet:
        law = self.model.variables[key].law
        if isinstance(law, Defined):
            if not law.parameters:
                return self.lookup(key, scope)
            if len(jets) == 1 and is_grid(jets[0].value) and self._takes_scalar(law):
                return self._each(law, jets[0], scope)
            local = dict(zip(law.parameters, jets, strict=True))
            return self.evaluate(law.expr, Frame(law.names, scope, local, {}))
        if isinstance(law, Tangent) or not jets:
            return self.lookup(key, scope)
        return self._random_map(key, jets)

    def _takes_scalar(self, law: Defined) -> bool:
        shape = self.reading.shapes.get(law.names[law.parameters[0]], SCALAR)
        return pattern(self.reading.unifier.resolve(shape)) == "S"

    def _each(self, law: Defined, jet: Jet, scope: Scope) -> Jet:
        found = [
            self.evaluate(law.expr, Frame(law.names, scope, {law.parameters[0]: entry}, {}))
            for entry in entries(jet)
        ]
        return join(shape_of(jet.value), found, self.field)

    def _primed(self, key: str, arguments: tuple[Expr, ...], primes: int, frame: Frame) -> Jet:
        jets = [self.evaluate(argument, frame) for argument in arguments]
        if not jets:
            law = self.model.variables[key].law
            usual = law.parameters if isinstance(law, Defined) else ()
            if not usual:
                raise Refused(Reason.UNKNOWN_SYMBOL, f"nothing says what `{key}` is applied to")
            jets = [self.evaluate(Symbol(name), frame) for name in usual]

        def function(moved: Jet, scope: Scope) -> Jet:
            return self._applied(key, [moved, *jets[1:]], scope)

        law = self.model.variables[key].law
        scalar = isinstance(law, Defined) and len(jets) == 1 and self._takes_scalar(law)
        if is_grid(jets[0].value) and (scalar or self.reading.kinds.get(key) == "E"):
            found = [
                self._along_argument(function, entry, primes, frame.scope)
                for entry in entries(jets[0])
            ]
            return join(shape_of(jets[0].value), found, self.field)
        return self._along_argument(function, jets[0], primes, frame.scope)

    def _along_argument(
        self, function: Callable[[Jet, Scope], Jet], argument: Jet, order: int, scope: Scope
    ) -> Jet:
        if order == 0:
            return function(argument, scope)
        level = scope.level
        inner = Scope(level + 1, frozenset(), {}, scope)
        shape = shape_of(argument.value)
        moved = Jet({**argument.parts, **directions(level, shape, self.field)})
        value = self._along_argument(function, moved, order - 1, inner)
        return assembly.assemble(value, level, shape, self.reading.layout, self.field)

    def _differential(self, expr: Differential, frame: Frame) -> Jet:
        operand = expr.operand
        if frame.along is not None:
            whole = self.evaluate(operand, frame)
            parts = {k: p for k, p in whole.parts.items() if has_level(k, frame.along)}
            return Jet({0: self.field.zeros(shape_of(whole.value)), **parts})
        level = frame.scope.level
        inner = Scope(level + 1, self.varying, {}, frame.scope)
        inner.timed = level if expr.timed else -1
        times = frame.scope.times()
        for key in self.varying:
            variable = self.model.variables[key]
            if not isinstance(variable.law, Free) or key in self.unknown:
                continue
            shape = self.reading.shapes.get(key, SCALAR)
            step = self._step(key, shape, variable.properties, key in self.reals)
            if self.unit and not is_grid(step):
                step = self.field.number(1)
            base = self.lookup(key, frame.scope)
            steps = {key_of(level): step}
            for part in base.parts if expr.timed else ():
                if part and not part & ~times:
                    name = f"{key}^({part.bit_count()})"
                    further = self._step(name, shape, variable.properties, key in self.reals)
                    steps[part | key_of(level)] = further
            inner.memo[key] = Jet({**base.parts, **steps})
        moved = self.evaluate(
            operand, Frame(frame.names, inner, frame.local, frame.indices, frame.along)
        )
        return self._extract(moved, level)

    def _extract(self, jet: Jet, level: int) -> Jet:
        parts = {
            without_level(k, level): part for k, part in jet.parts.items() if has_level(k, level)
        }
        return Jet({0: self.field.zeros(shape_of(jet.value)), **parts})

    def _derivative(self, operand: Expr, by: tuple[Expr, ...], frame: Frame) -> Jet:
        variable, rest = by[0], by[1:]
        if is_compound(variable):
            return self._by_expression(operand, variable, rest, frame)
        key, base, chosen, along = self._moved_variable(variable, frame)
        if key not in self.rests_on(operand, frame.names) or self._is_unsaid(operand, key, frame):
            if isinstance(variable, Symbol) and not rest:
                place = id(operand), key
                if place not in self.restated:  # the operand is kept, so that the id stays its own
                    self.restated[place] = operand, restated(self.model, operand, frame.names, key)
                if (written := self.restated[place][1]) is not None:
                    expr, names = written
                    return self._derivative(expr, by, replace(frame, names=names))
            if len(self._stood_for(variable, frame.names)) == 1 and isinstance(variable, Symbol):
                return self._by_expression(operand, variable, rest, frame)
            shown = self.model.variables[key].name
            raise Refused(
                Reason.UNKNOWN_SYMBOL, f"nothing says how the left part depends on `{shown}`"
            )
        level = frame.scope.level
        inside = Frame(
            frame.names,
            self._moving(key, base, frame.scope),
            frame.local,
            frame.indices,
            frame.along,
        )
        value = self._derivative(operand, rest, inside) if rest else self.evaluate(operand, inside)
        if self._is_complex(key):
            value = halves(value, level, prod(shape_of(base.value)), is_conjugate(variable))
        elif is_conjugate(variable):
            raise Unsupported("a derivative by the conjugate of what is real")
        if chosen is not None:
            value = only(value, level, chosen)
        return assembly.assemble(value, level, along, self.reading.layout, self.field)

    def _stood_for(self, variable: Expr, names: Names) -> list[str]:
        """The keys of the symbols in what a derivative is by: `X` for `x` with `x = vec(X)`."""
        if isinstance(variable, Symbol):
            law = self.model.variables[names[variable.name]].law
            if not isinstance(law, Defined) or law.parameters or law.indices:
                return []
            variable, names = law.expr, law.names
        return sorted(leaves(self.model, variable, names))

    def _is_complex(self, key: str) -> bool:
        """Whether a variable moves along real and along imaginary directions."""
        drawn = bool(self.field.imaginary) and not self.holomorphic and key not in self.reals
        return drawn and key + IMAGINARY in self.point.values

    def _by_expression(
        self, operand: Expr, variable: Expr, rest: tuple[Expr, ...], frame: Frame
    ) -> Jet:
        """The derivative by an expression of one symbol, such as `\\sigma^2` or `X^{-1}`.

        The symbol moves so that the expression moves along the unit directions: the inverse of its
        Jacobian (inverse function theorem).
        """
        keys = self._stood_for(variable, frame.names)
        if len(keys) != 1 or keys[0] not in self.rests_on(operand, frame.names):
            raise Unsupported("a derivative by something that is no symbol")
        (key,) = keys
        level, base = frame.scope.level, self.lookup(key, frame.scope)
        shape = shape_of(base.value)
        count = prod(shape)

        def moving(steps: Mapping[int, Item]) -> Frame:
            inner = Scope(level + 1, frozenset((key,)), {}, frame.scope)
            inner.memo[key] = Jet({**base.parts, **steps})
            return replace(frame, scope=inner)

        jet = self.evaluate(variable, moving(directions(level, shape, self.field)))
        along = shape_of(jet.value)
        if prod(along) != count:
            raise Unsupported("a derivative by something that does not settle its symbol")
        steps = inverse(assembly.jacobian(jet, level, count, self.field))
        moved = {
            part | key_of(level, number): from_entries(shape, entries_of(item)[number::count])
            for part, item in steps.parts.items()
            for number in range(count)
        }
        inside = moving(moved)
        value = self._derivative(operand, rest, inside) if rest else self.evaluate(operand, inside)
        return assembly.assemble(value, level, along, self.reading.layout, self.field)

    def _directional(self, operand: Apply | Call, along: tuple[Expr, ...], frame: Frame) -> Jet:
        """The part of a function's value along the directions in which its argument moves."""
        level = frame.scope.level
        inner = Scope(level + len(along), frozenset(), {}, frame.scope)
        jets = [self.evaluate(argument, frame) for argument in operand.arguments]
        parts = dict(jets[0].parts)
        for number, direction in enumerate(along):
            for key, part in self.evaluate(direction, frame).parts.items():
                parts[key | key_of(level + number)] = part
        moved = [Jet(parts), *jets[1:]]
        if isinstance(operand, Call):
            value = PRIMITIVES[operand.operator](moved, self.field)
        else:
            value = self._applied(frame.names[operand.function.name], moved, inner)
        for number in range(len(along)):
            value = self._extract(value, level + number)
        return value

    def _expansion(self, expr: Expansion, frame: Frame) -> Jet:
        """A Taylor polynomial: where the variable is `h` times a sum of infinitesimals, the part of
        the first `k` of them is the `k`-th derivative along `h`."""
        base, level = self.evaluate(expr.variable, frame), frame.scope.level
        steps = {
            key | key_of(level + number): part
            for number in range(expr.order)
            for key, part in base.parts.items()
        }
        start = {key: part * 0 for key, part in base.parts.items()}
        moved = self.moved(frame, expr.variable, Jet({**start, **steps}))
        moved.scope.level = level + expr.order
        value = self.evaluate(expr.operand, moved)
        total: Jet | None = None
        for count in range(expr.order + 1):
            share = value
            for number in range(expr.order):
                share = (self._extract if number < count else self._still)(share, level + number)
            weight = constant(self.field.number(Fraction(1, factorial(count))))
            share = product(weight, share)
            total = share if total is None else add(total, share)
        assert total is not None
        return total

    @staticmethod
    def _still(jet: Jet, level: int) -> Jet:
        """The jet where the infinitesimals of a level are zero."""
        return Jet({key: part for key, part in jet.parts.items() if not has_level(key, level)})

    def _moving(self, key: str, base: Jet, scope: Scope) -> Scope:
        """The scope in which every entry of a variable moves; made once for each variable."""
        if key not in scope.moving:
            moved = self._directions(key, scope.level, shape_of(base.value))
            inner = Scope(scope.level + 1, frozenset((key,)), {}, scope)
            inner.memo[key] = Jet({**base.parts, **moved})
            scope.moving[key] = inner
        return scope.moving[key]

    def _there(self, expr: Evaluated, frame: Frame) -> Jet:
        if limits.is_far(expr):
            return limits.at_infinity(self, expr, frame)
        return self.evaluate(expr.operand, self._placed(expr.at, frame))

    def _placed(self, at: tuple[tuple[Symbol, Expr], ...], frame: Frame) -> Frame:
        """The frame in which variables have other values; a 0 is that of the variable's shape."""
        local = dict(frame.local)
        memo: dict[str, Jet] = {}
        for variable, place in at:
            jet = self.evaluate(place, frame)
            if variable.name in local:
                local[variable.name] = jet
                continue
            key = frame.names[variable.name]
            if isinstance(place, Number) and place.value == 0:
                shape = self.point.shape(self.reading.shapes.get(key, SCALAR))
                jet = constant(self.field.zeros(shape))
            memo[key] = jet
        scope = Scope(frame.scope.level, frozenset(memo), memo, frame.scope)
        return Frame(frame.names, scope, local, frame.indices, frame.along)

    def moved(self, frame: Frame, variable: Symbol, jet: Jet) -> Frame:
        """The frame in which a variable has another value."""
        if variable.name in frame.local:
            return replace(frame, local={**frame.local, variable.name: jet})
        memo = {frame.names[variable.name]: jet}
        scope = Scope(frame.scope.level, frozenset(memo), memo, frame.scope)
        return replace(frame, scope=scope)

    def _directions(self, key: str, level: int, shape: tuple[int, ...]) -> dict[int, Item]:
        """An infinitesimal for every entry; those of entries that are tied move together."""
        free = directions(level, shape, self.field)
        if self._is_complex(key):
            turned_ = [(index_of(k, level), item) for k, item in free.items()]
            count = prod(shape)
            free |= {key_of(level, n + count): item * acb(0, 1) for n, item in turned_}
        properties = self.model.variables[key].properties
        return tied(free, level, shape, properties) if self.reading.tied else free

    def _moved_variable(
        self, variable: Expr, frame: Frame
    ) -> tuple[str, Jet, list[int] | None, tuple[int, ...]]:
        """What a derivative is taken by: its variable with the value of that, which of its entries
        move, in their order, if not all do, and the shape that these have."""
        match variable:
            case Symbol(name=name) if name in frame.names:
                key = frame.names[name]
                base = self.lookup(key, frame.scope)
                return key, base, None, shape_of(base.value)
            case Call(operator="conjugate", arguments=(inner,)):
                return self._moved_variable(inner, frame)
            case Call(operator="vec" | "transpose" as operator, arguments=(inner,)):
                key, base, chosen, shape = self._moved_variable(inner, frame)
                return key, base, turned(chosen, shape), vec_or_transpose(operator, shape)
            case Entry(base=Symbol(name=name) as base, indices=indices) if not any(
                map(is_every, indices)
            ):
                key = frame.names[name]
                jet = self.lookup(key, frame.scope)
                places = self._places(base, indices, frame)
                return key, jet, *picked_places(shape_of(jet.value), places)
            case _:
                raise Unsupported("a derivative by something that is no symbol")

    def _places(self, base: Expr, indices: tuple[Expr, ...], frame: Frame) -> tuple[int, ...]:
        """The places that indices name, counted from 1 whatever the author counts from.

        0 stands for every place along an axis.
        """
        shift = isinstance(base, Symbol) and base.name in self.zero
        return tuple(
            0 if is_every(index) else ranges.integer(self, index, frame) + shift
            for index in indices
        )

    def _moment(self, expr: Moment, frame: Frame) -> Jet:
        """The moment of what its arguments are at every point of a finite probability space."""
        random = self.model.random
        if expr.over:
            random = frozenset(frame.names[o.name] for o in expr.over if isinstance(o, Symbol))
        if not any(random & self.rests_on(argument, frame.names) for argument in expr.arguments):
            raise Refused(Reason.UNKNOWN_SYMBOL, f"nothing says what the {expr.operator} is over")
        measure = self._measured(expr.measure, frame.scope)
        imposed = {} if measure else self.model.imposed
        if self.model.measured and expr.law:
            spread = Spread(expr.law[0], expr.law[1], frame.names, (), strict=True)
            imposed = dict.fromkeys(random, spread)
        if imposed and self.model.independent:
            random &= frozenset().union(*(self.rests_on(a, frame.names) for a in expr.arguments))
            atoms = independent_space(Evaluating(self, frame.scope), random, imposed)
        else:
            atoms = spread_out(self, random, frame.scope, imposed)
        atoms = atoms or self._unknown_atoms(random, measure)
        values = []
        for atom in atoms:
            scope = Scope(frame.scope.level, random, dict(atom.values), frame.scope)
            inside = replace(frame, scope=scope)
            values.append([self.evaluate(argument, inside) for argument in expr.arguments])
        return MOMENTS[expr.operator](values, [atom.weight for atom in atoms])

    def frame(self, names: Names, scope: Scope, indices: Mapping[str, int]) -> Frame:
        """Where an expression of other names is evaluated."""
        return Frame(names, scope, {}, indices)

    def _measured(self, measure: str, scope: Scope) -> str:
        """What sets the draws of a measure apart; one that is conditioned is another one wherever
        the random variables around it have other values."""
        if "|" not in measure:
            return measure
        around: list[str] = []
        outer: Scope | None = scope
        while outer is not None:
            known = sorted(outer.memo.keys() & outer.changed)
            around += [f"{k}={outer.memo[k].value}" for k in known if self._is_free(k)]
            outer = outer.parent
        return f"{measure} {around}"

    def _is_free(self, key: str) -> bool:
        return isinstance(self.model.variables[key].law, Free)

    def _unknown_atoms(self, random: frozenset[str], measure: str) -> list[Atom]:
        """The space of random variables of whose law nothing is known."""
        return [
            Atom(weight, {key: constant(self.atom(key, number, measure)) for key in random})
            for number, weight in enumerate(weights(self.field))
        ]

    def atom(self, key: str, number: int, measure: str = "") -> Item:
        """The value of a random variable of which nothing is known, at a point of the space."""
        variable = self.model.variables[key]
        shape = self.reading.shapes.get(key, SCALAR)
        name, properties = f"{key}{measure}#{number}", variable.properties
        if self.field.imaginary and key not in self.reals and not self.holomorphic:
            return complex_value(self.point, name, shape, properties)
        return self._convert(self.point.draw(name, shape, properties))


def is_compound(variable: Expr) -> bool:
    """Whether a derivative is by more than a symbol, its transpose or its entries."""
    match variable:
        case Call(operator="vec" | "transpose" | "conjugate", arguments=(inner,)):
            return is_compound(inner)
        case Symbol() | Entry():
            return False
        case _:
            return True


def differentiates_once(claim: Claim) -> bool:
    """Whether one side has a derivative where the other has a differential: `d` is by the same."""
    left, right = ({type(node) for node in walk(side)} for side in (claim.left, claim.right))
    return (Derivative in left) != (Derivative in right) and (
        (Differential in left) != (Differential in right)
    )


def _multiply(tree: Tree, jets: list[Jet]) -> Jet:
    if isinstance(tree, int):
        return jets[tree]
    return product(_multiply(tree[0], jets), _multiply(tree[1], jets))


def _is_plain_zero(jet: Jet) -> bool:
    value = jet.value
    return len(jet.parts) == 1 and not is_grid(value) and isinstance(value, fmpq) and value == 0


def _is_whole(number: Item) -> bool:
    if isinstance(number, fmpq):
        return bool(number.q == 1)
    if isinstance(number, acb):
        return bool(number.imag == 0 and number.real.is_integer())
    return bool(number.is_integer())
