"""The normal form of an expression under a reading, and what equal normal forms prove.

Two sides with the same normal form are equal for every size and all values at which both exist. A
symbol that is defined is what it is defined as; a function of the vocabulary that has no rule here
is a letter with its arguments inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Derivative,
    Differential,
    Dotted,
    Entry,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    is_every,
    spans,
    walk,
)
from proofcheck.formula.shape import SCALAR, Axis, Compound, Dimension, Tree, grouping
from proofcheck.inference.model import (
    Assertion,
    Claim,
    Defined,
    Free,
    Function,
    Model,
    Names,
    Opaque,
    Tangent,
)
from proofcheck.inference.readings import Place, Reading
from proofcheck.numeric import polynomials as forms
from proofcheck.numeric import words
from proofcheck.numeric.operator_forms import operator_form
from proofcheck.numeric.polynomials import Misfit, Polynomial
from proofcheck.numeric.product_rule import NoRule, differential, gradient
from proofcheck.numeric.words import ONE, Letter, TooLarge

_MOST_NODES = 1500
_TRAITS = {
    "symmetric": "symmetric",
    "hermitian": "symmetric",
    "positive definite": "symmetric",
    "positive semidefinite": "symmetric",
    "diagonal": "symmetric",
    "skew-symmetric": "skew-symmetric",
    "orthogonal": "orthogonal",
    "orthonormal": "orthogonal",
    "orthonormal columns": "orthonormal columns",
    "unitary": "orthogonal",
    "idempotent": "idempotent",
    "involutory": "involutory",
    "unit": "unit",
    "unit vector": "unit",
}
"""What the declared properties mean for letters."""
_MOVES_FREELY = frozenset(("symmetric", "skew-symmetric"))


def _is_repeated(expr: Differential) -> bool:
    """Whether a differential stands within a differential."""
    return any(isinstance(node, Differential) for node in walk(expr.operand))


class _NoForm(Exception):
    """An expression has no normal form."""


def proves(model: Model, reading: Reading, place: Place, claim: Claim) -> bool:
    """Whether both sides of a claim have equal normal forms. False says nothing."""
    if place in reading.ill or place in reading.blocked or claim.optimum:
        return False
    if claim.asserts is not Assertion.EQUAL:
        return False
    former = _Former(model, reading, claim)
    indices = {name: name for name in reading.ranges.get(place, {})}
    frame = _Frame(claim.names, {}, indices)
    try:
        with forms.bounded():
            left, right = former.of(claim.left, frame), former.of(claim.right, frame)
            return not forms.cleared(forms.subtract(left, right)).terms
    except (_NoForm, NoRule, Misfit, TooLarge, RecursionError):
        return False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an expression stands: names, the arguments of a function, and indices by letter."""

    names: Names
    local: Mapping[str, Polynomial]
    indices: Mapping[str, str]


@dataclass(slots=True)
class _Former:
    """Finds the normal forms of one claim."""

    model: Model
    reading: Reading
    claim: Claim
    nodes: int = 0
    open: set[str] = field(default_factory=set)

    def of(self, expr: Expr, frame: _Frame) -> Polynomial:
        """The normal form of an expression; raises `_NoForm` and what the rules raise."""
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise _NoForm
        match expr:
            case Number(value=value):
                return forms.number(value)
            case Symbol(name=name):
                return self._symbol(name, frame)
            case Constant():
                return self._constant(expr, frame)
            case Entry(base=base, indices=indices):
                return self._entry(base, indices, frame)
            case Sum(terms=terms):
                total = forms.ZERO
                for term in terms:
                    total = forms.add(total, self.of(term, frame))
                return total
            case Negative(term=term):
                return forms.scale(self.of(term, frame), -1)
            case Product(factors=factors):
                return self._product([self.of(factor, frame) for factor in factors])
            case Quotient(numerator=numerator, denominator=denominator):
                bottom = forms.invert(self.of(denominator, frame))
                return forms.multiply(self.of(numerator, frame), bottom)
            case Power(base=base, exponent=exponent):
                return self._power(self.of(base, frame), self.of(exponent, frame))
            case Call(operator=operator, arguments=arguments):
                return self._call(operator, [self.of(one, frame) for one in arguments])
            case Apply(function=function, arguments=arguments, primes=0):
                return self._apply(function.name, arguments, frame)
            case Differential(timed=True) if _is_repeated(expr):
                raise _NoForm
            case Differential(operand=operand):
                return differential(self.of(operand, frame), self._differential)
            case Derivative(operand=operand, by=by):
                return self._derivative(operand, by, frame)
            case Summation():
                return self._summation(expr, frame)
            case Dotted(meaning=meaning):
                return self.of(meaning, frame)
            case _:
                raise _NoForm

    def axis(self, axis: Axis) -> str:
        """The name of an axis."""
        found = self.reading.unifier.find(axis)
        match found:
            case int():
                return str(found)
            case Dimension(number=number):
                return f"n{number}"
            case Compound():
                raise _NoForm

    def _shape(self, key: str) -> tuple[str, ...]:
        return tuple(self.axis(axis) for axis in self.reading.shapes.get(key, SCALAR))

    def _symbol(self, name: str, frame: _Frame) -> Polynomial:
        if name in frame.local:
            return frame.local[name]
        if name in frame.indices:
            return forms.of_letter(Letter("index", "", indices=(frame.indices[name],)))
        if name not in frame.names:
            raise _NoForm
        return self._variable(frame.names[name])

    def _variable(self, key: str) -> Polynomial:
        variable = self.model.variables[key]
        law = variable.law
        if isinstance(law, Defined) and key not in self.claim.unknown and not law.parameters:
            if not law.indices:
                return self._defined(key, law)
        shape = self._shape(key)
        named = self.reading.unifier.named.get(variable.name)
        if shape == (ONE, ONE) and named is not None and isinstance(law, Free | Opaque):
            return forms.length(self.axis(named))
        return forms.of_letter(self._letter(key, shape, ()))

    def _defined(self, key: str, law: Defined) -> Polynomial:
        if key in self.open:
            raise _NoForm
        self.open.add(key)
        try:
            return self.of(law.expr, _Frame(law.names, {}, {}))
        finally:
            self.open.discard(key)

    def _letter(self, key: str, shape: tuple[str, ...], indices: tuple[str, ...]) -> Letter:
        if len(shape) != 2:
            raise _NoForm
        variable = self.model.variables[key]
        free = isinstance(variable.law, Free) and key not in self.claim.unknown
        words_ = variable.properties if free else frozenset[str]()
        traits = {_TRAITS[word] for word in words_ if word in _TRAITS}
        rows, columns = shape
        if rows != columns:
            traits &= {"orthonormal columns", "unit"}
        elif "orthonormal columns" in traits:
            traits = traits - {"orthonormal columns"} | {"orthogonal"}
        if columns != ONE:
            traits -= {"unit"}
        if rows == ONE:
            traits = set()
        return Letter("symbol", key, rows, columns, tuple(sorted(traits)), indices=indices)

    def _constant(self, expr: Constant, frame: _Frame) -> Polynomial:
        if expr.name == "pi":
            return forms.of_letter(Letter("constant", "pi"))
        if expr.name == "size":
            return self._size(expr.size, frame)
        if id(expr) not in self.reading.sizes:
            raise _NoForm
        axis = self.axis(self.reading.sizes[id(expr)][0])
        if axis == ONE:
            return forms.number(1)
        match expr.name:
            case "identity":
                return forms.identity(axis)
            case "ones":
                return forms.of_letter(words.ones(axis))
            case _:
                raise _NoForm

    def _size(self, expr: Expr | None, frame: _Frame) -> Polynomial:
        if not isinstance(expr, Symbol) or expr.name in frame.indices:
            raise _NoForm
        key = frame.names.get(expr.name)
        if key is not None and isinstance(self.model.variables[key].law, Defined):
            return self.of(expr, frame)
        return forms.length(self.axis(self.reading.unifier.name(expr.name)))

    def _entry(self, base: Expr, indices: tuple[Expr, ...], frame: _Frame) -> Polynomial:
        if any(map(is_every, indices)):
            raise _NoForm
        zero = self.model.evidence[0].zero if self.model.evidence else frozenset[str]()
        if isinstance(base, Symbol) and base.name in zero:
            raise _NoForm
        at = tuple(self._index(index, frame) for index in indices)
        if isinstance(base, Symbol) and base.name in frame.names and base.name not in frame.local:
            key = frame.names[base.name]
            shape = self._shape(key)
            if len(shape) == 3 and isinstance(self.model.variables[key].law, Free | Opaque):
                member = forms.of_letter(self._letter(key, shape[1:], at[:1]))
                return self._picked(member, at[1:])
        return self._picked(self.of(base, frame), at)

    def _picked(self, poly: Polynomial, at: tuple[str, ...]) -> Polynomial:
        """An entry of a matrix, a column or a row, as a product with unit vectors."""
        if not at:
            return poly
        if len(at) == 1 and ONE in (poly.rows, poly.columns) and not poly.is_scalar:
            at = (at[0], ONE) if poly.columns == ONE else (ONE, at[0])
        elif len(at) != 2 or ONE in (poly.rows, poly.columns):
            raise _NoForm
        if poly.rows != ONE:
            row = forms.transpose(forms.of_letter(words.unit(at[0], poly.rows)))
            poly = forms.multiply(row, poly)
        if poly.columns != ONE:
            poly = forms.multiply(poly, forms.of_letter(words.unit(at[1], poly.columns)))
        return poly

    def _index(self, index: Expr, frame: _Frame) -> str:
        match index:
            case Symbol(name=name) if name in frame.indices:
                return frame.indices[name]
            case Number(value=value) if value.denominator == 1:
                return str(value)
            case Constant(name="size", size=Symbol(name=name)):
                return f"#{self.axis(self.reading.unifier.name(name))}"
            case _:
                raise _NoForm

    def _product(self, parts: list[Polynomial]) -> Polynomial:
        patterns = "".join(map(_pattern, parts))
        plan = grouping(patterns)
        if plan is None:
            raise _NoForm
        return _multiplied(plan[1], parts)

    def _power(self, base: Polynomial, exponent: Polynomial) -> Polynomial:
        whole = exponent.constant
        if base.is_scalar:
            return forms.real_power(base, exponent)
        if whole is None or whole.denominator != 1:
            raise _NoForm
        return forms.power(base, int(whole))

    def _call(self, operator: str, parts: list[Polynomial]) -> Polynomial:
        found = operator_form(operator, parts)
        if found is None:
            raise _NoForm
        return found

    def _apply(self, name: str, arguments: tuple[Expr, ...], frame: _Frame) -> Polynomial:
        if name not in frame.names:
            raise _NoForm
        key = frame.names[name]
        law = self.model.variables[key].law
        parts = [self.of(argument, frame) for argument in arguments]
        if isinstance(law, Defined) and law.parameters:
            expected = [self._shape(law.names[parameter]) for parameter in law.parameters]
            if len(expected) != len(parts) or key in self.open:
                raise _NoForm
            shapes = [(poly.rows, poly.columns) for poly in parts]
            if any(p.terms and s != e for p, s, e in zip(parts, shapes, expected, strict=True)):
                raise _NoForm
            local = dict(zip(law.parameters, parts, strict=True))
            self.open.add(key)
            try:
                return self.of(law.expr, _Frame(law.names, local, {}))
            finally:
                self.open.discard(key)
        if not isinstance(law, Function | Opaque):
            return self._variable(key)
        elementwise = self.reading.kinds.get(key) == "E"
        shape = (parts[0].rows, parts[0].columns) if elementwise else self._shape(key)
        if len(shape) != 2:
            raise _NoForm
        inside = tuple(map(forms.freeze, parts))
        return forms.of_letter(Letter("function", key, shape[0], shape[1], inside=inside))

    def _differential(self, letter: Letter) -> Polynomial:
        return self._moved(letter, self.claim.varying)

    def _moved(self, letter: Letter, varying: frozenset[str]) -> Polynomial:
        """The differential of a symbol where some move."""
        key, law = letter.name, self.model.variables[letter.name].law
        if key in self.claim.unknown:
            raise _NoForm
        if isinstance(law, Tangent) and not letter.order and not letter.indices:
            return self.of(law.expr, _Frame(law.names, {}, {}))
        if not isinstance(law, Free):
            raise _NoForm
        if key not in varying or letter.order:
            return forms.ZERO
        kept = tuple(t for t in letter.traits if set(letter.traits) <= _MOVES_FREELY)
        return forms.of_letter(letter._replace(order=1, traits=kept))

    def _derivative(self, operand: Expr, by: tuple[Expr, ...], frame: _Frame) -> Polynomial:
        if not by:
            raise _NoForm
        poly = self.of(Derivative(operand, by[1:]) if by[1:] else operand, frame)
        match by[0]:
            case Symbol(name=name) if name in frame.names and name not in frame.local:
                letter = self._parameter(frame.names[name])
                return gradient(poly, letter, self._along(letter), self.reading.layout)
            case Entry(base=Symbol(name=name), indices=indices) if (
                name in frame.names and name not in frame.local
            ):
                letter = self._parameter(frame.names[name])
                at = tuple(self._index(index, frame) for index in indices)
                place = self._direction(letter, at)
                along = self._along(letter)
                return differential(poly, lambda moved: along(moved, place))
            case _:
                raise _NoForm

    def _parameter(self, key: str) -> Letter:
        """The letter that a derivative is taken by; it has to move freely."""
        letter = self._letter(key, self._shape(key), ())
        variable = self.model.variables[key]
        named = self.reading.unifier.named.get(variable.name)
        if letter.traits or not isinstance(variable.law, Free) or key in self.claim.unknown:
            raise _NoForm
        if self.reading.tied and variable.properties:
            raise _NoForm
        if (letter.rows, letter.columns) == (ONE, ONE) and named is not None:
            raise _NoForm
        return letter

    def _direction(self, letter: Letter, at: tuple[str, ...]) -> Polynomial:
        """The direction in which one entry moves."""
        if len(at) == 1 and letter.columns == ONE != letter.rows:
            return forms.of_letter(words.unit(at[0], letter.rows))
        if len(at) != 2 or ONE in (letter.rows, letter.columns):
            raise _NoForm
        row = forms.transpose(forms.of_letter(words.unit(at[1], letter.columns)))
        return forms.multiply(forms.of_letter(words.unit(at[0], letter.rows)), row)

    def _along(self, by: Letter) -> _Along:
        return _Along(self, by)

    def _summation(self, expr: Summation, frame: _Frame) -> Polynomial:
        if expr.operator != "sum" or expr.conditions:
            raise _NoForm
        axes: list[tuple[str, str, str]] = []
        inner = dict(frame.indices)
        for number, (index, lower, upper, _) in enumerate(spans(expr)):
            name = f"{index}/{self.nodes}/{number}"
            axes.append((index, name, self._range(expr, index, lower, upper, frame)))
            inner[index] = name
        poly = self.of(expr.body, replace(frame, indices=inner))
        for _, name, axis in reversed(axes):
            poly = forms.summed(poly, name, axis)
        return poly

    def _range(
        self, expr: Expr, index: str, lower: Expr | None, upper: Expr | None, frame: _Frame
    ) -> str:
        """The axis that an index runs along from end to end."""
        if lower is not None and lower != Number(Fraction(1)):
            raise _NoForm
        if upper is None:
            if (id(expr), index) not in self.reading.axes:
                raise _NoForm
            return self.axis(self.reading.axes[id(expr), index])
        match upper:
            case Symbol(name=name) if name not in frame.indices:
                key = frame.names.get(name)
                free = key is None or isinstance(self.model.variables[key].law, Free | Opaque)
                if free and name in self.reading.unifier.named:
                    return self.axis(self.reading.unifier.named[name])
            case Number(value=value) if value.denominator == 1 and value >= 1:
                return str(value)
            case _:
                pass
        raise _NoForm


@dataclass(frozen=True, slots=True)
class _Along:
    """How symbols move where one of them moves along a direction."""

    former: _Former
    by: Letter

    def __call__(self, letter: Letter, step: Polynomial) -> Polynomial:
        if letter.name == self.by.name and letter.indices == self.by.indices:
            return forms.ZERO if letter.order else step
        return self.former._moved(letter, frozenset())


def _pattern(poly: Polynomial) -> str:
    if poly.columns == ONE:
        return "S" if poly.rows == ONE else "C"
    return "R" if poly.rows == ONE else "M"


def _multiplied(tree: Tree, parts: list[Polynomial]) -> Polynomial:
    if isinstance(tree, int):
        return parts[tree]
    return forms.multiply(_multiplied(tree[0], parts), _multiplied(tree[1], parts))
