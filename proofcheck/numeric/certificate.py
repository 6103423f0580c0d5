"""A counterexample written so that another program can compute it anew.

A certificate is data for JSON: both sides, the laws of the defined symbols and all values, with
every length and every end of a range as a number. Where shapes alone differ, the symbols have axes
and no values. An expression is a list that begins with the kind of its node; `docs/verify.md` has
them all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from flint import fmpq

from proofcheck.formula.expr import (
    MEMBER,
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
    Stretch,
    Sum,
    Summation,
    Symbol,
    set_of,
    spans,
    walk,
)
from proofcheck.formula.shape import SCALAR, Axis, Compound, Dimension, Shape
from proofcheck.inference.model import Claim, Defined, Free, Model, Names, Opaque
from proofcheck.inference.readings import Reading, all_leaves
from proofcheck.numeric.arithmetic import Item, entries_of, shape_of
from proofcheck.numeric.complexes import IMAGINARY
from proofcheck.numeric.sampling import Point

FORMAT = "proofcheck-certificate/1"
SHAPES = "proofcheck-shapes/1"
Tree = list[object]


def certificate(
    model: Model,
    point: Point,
    claim: Claim,
    indices: Mapping[str, int],
    given: Sequence[Claim] = (),
    conjugated: str = "",
) -> str:
    """JSON of what an independent program needs to compute both sides of a claim at a point, and
    those of equations that are `given`.

    conjugated: at complex values, the argument of an inner product that is; else empty.

    Empty where something stands in the claim that certificates have no words for.
    """
    writer = _Writer(model, point, bool(conjugated))
    free = frozenset(indices)
    try:
        left, right = (writer.tree(e, claim.names, free) for e in (claim.left, claim.right))
        posed = [
            [writer.tree(e, other.names) for e in (other.left, other.right)] for other in given
        ]
        keys = all_leaves(model, claim).union(*(all_leaves(model, other) for other in given))
        laws = {key: writer.law(key) for key in sorted(keys) if writer.is_defined(key)}
        values = {
            name: writer.value(name)
            for key in sorted(keys - laws.keys())
            for name in (key, f"d{key}")
            if name in point.values or (name == key and writer.is_whole(key))
        }
    except _Wordless:
        return ""
    found: dict[str, object] = {
        "format": FORMAT,
        "layout": point.reading.layout,
        "relation": claim.asserts.value,
        "left": left,
        "right": right,
        "laws": laws,
        "values": values,
        "moving": sorted(claim.varying & values.keys()),
        "indices": dict(indices),
    }
    if posed:
        found |= {"given": posed}
    if conjugated:
        found |= {"conjugated": conjugated}
    return json.dumps(found, ensure_ascii=False)


def shape_certificate(model: Model, reading: Reading, claim: Claim) -> str:
    """JSON of what an independent program needs to see that the sides of a claim have no common
    shape, in the kinds of a reading. Empty as `certificate` is."""
    writer = _ShapeWriter(model, reading)
    try:
        left = writer.tree(claim.left, claim.names)
        right = writer.tree(claim.right, claim.names)
        keys = sorted(writer.met)
        found = {
            "format": SHAPES,
            "layout": reading.layout,
            "left": left,
            "right": right,
            "shapes": {key: writer.axes(reading.shapes[key]) for key in keys},
            "functions": {key: writer.function(key) for key in sorted(writer.applied)},
        }
    except (_Wordless, KeyError):
        return ""
    return json.dumps(found, ensure_ascii=False)


class _Wordless(Exception):
    """A node has no words in a certificate."""


@dataclass(frozen=True, slots=True)
class _Trees:
    """Writes expressions as lists."""

    model: Model

    def tree(self, expr: Expr, names: Names, bound: frozenset[str] = frozenset()) -> Tree:
        """An expression as lists."""

        def of(inner: Expr) -> Tree:
            return self.tree(inner, names, bound)

        match expr:
            case Number(value=value):
                return ["number", str(value)]
            case Symbol(name=name):
                return self._symbol(name, names, bound)
            case Constant():
                return self.constant(expr)
            case Entry(base=base, indices=indices):
                return self._entry(base, [of(index) for index in indices], of)
            case Sum(terms=parts):
                return ["sum", *map(of, parts)]
            case Negative(term=term):
                return ["negative", of(term)]
            case Product(factors=parts):
                return ["product", *map(of, parts)]
            case Quotient(numerator=top, denominator=bottom):
                return ["quotient", of(top), of(bottom)]
            case Power(base=base, exponent=exponent):
                return ["power", of(base), of(exponent)]
            case Call(operator=operator, arguments=arguments):
                return ["call", operator, *map(of, arguments)]
            case Apply(function=function, arguments=arguments, primes=0):
                return self.apply(names[function.name], [of(argument) for argument in arguments])
            case Differential(operand=operand):
                if expr.timed and any(isinstance(node, Differential) for node in walk(operand)):
                    raise _Wordless
                return ["differential", of(operand)]
            case Derivative(operand=operand, by=by):
                return ["derivative", of(operand), *map(of, by)]
            case Summation():
                return self._summation(expr, names, bound)
            case Matrix(rows=rows):
                return ["matrix", *([self.cell(cell, of(cell)) for cell in row] for row in rows)]
            case Dotted(meaning=meaning):
                return of(meaning)
            case Comparison(relation=relation, left=left, right=right) if relation != MEMBER:
                return ["comparison", relation, of(left), of(right)]
            case Cases(branches=branches):
                return ["cases", *([of(value), of(test)] for value, test in branches)]
            case Moment(operator=operator, arguments=arguments):
                return self.moment(operator, [of(argument) for argument in arguments])
            case Apply() | Directional() | Evaluated() | Expansion() | Integral():
                raise _Wordless
            case Grid(rows=rows, columns=columns, cells=cells):
                return self._grid(rows, columns, cells, names, bound)
            case Comparison():
                raise _Wordless
        assert_never(expr)

    def _entry(self, base: Expr, indices: list[Tree], of: Callable[[Expr], Tree]) -> Tree:
        match base, indices:
            case Symbol(name=name), _ if name in self._from_zero():
                raise _Wordless
            case Constant(name="basis"), [index]:
                return ["unit", self.rows(base), index]
            case Constant(name="levi-civita"), [_, _, _]:
                return ["levi-civita", *indices]
            case _:
                return ["entry", of(base), *indices]

    def _grid(
        self,
        rows: Sequence[Stretch],
        columns: Sequence[Stretch],
        cells: Sequence[Sequence[Expr]],
        names: Names,
        bound: frozenset[str],
    ) -> Tree:
        """`["grid", stretches of rows, stretches of columns, cells]`."""
        inner = bound | {part.index for part in (*rows, *columns) if part.index}

        def run(part: Stretch) -> Tree:
            if not part.index:
                return []
            if part.lower is None or part.upper is None:
                raise _Wordless
            lower = self.tree(part.lower, names, inner)
            return [part.index, lower, self.last(part.upper, part.index, part.upper, names, inner)]

        written = [
            [self.cell(cell, self.tree(cell, names, inner)) for cell in row] for row in cells
        ]
        return ["grid", [run(part) for part in rows], [run(part) for part in columns], written]

    def rows(self, basis: Constant) -> object:
        """How long the vectors of a standard basis are."""
        raise NotImplementedError

    def cell(self, cell: Expr, written: Tree) -> Tree:
        """A cell of a matrix."""
        return written

    def _from_zero(self) -> frozenset[str]:
        """The names whose entries count from 0."""
        return self.model.evidence[0].zero if self.model.evidence else frozenset()

    def _symbol(self, name: str, names: Names, bound: frozenset[str]) -> Tree:
        if name in bound or name not in names:
            return ["index", name]
        return self.symbol(names[name])

    def symbol(self, key: str) -> Tree:
        """A symbol by its key."""
        return ["symbol", key]

    def apply(self, key: str, arguments: list[Tree]) -> Tree:
        """A function's value."""
        return ["apply", key, *arguments]

    def moment(self, operator: str, arguments: list[Tree]) -> Tree:
        """A moment of what is random, which has no value at a point."""
        raise _Wordless

    def constant(self, expr: Constant) -> Tree:
        """A constant."""
        raise NotImplementedError

    def _summation(self, expr: Summation, names: Names, bound: frozenset[str]) -> Tree:
        """`["over", "sum", [[index, first, last], …], [condition, …], body]`."""
        inner = bound | frozenset(expr.indices)
        ranges: list[Tree] = []
        for index, lower, upper, _ in spans(expr):
            if set_of(expr, index) is not None:
                raise _Wordless
            first: Tree = ["number", "1"] if lower is None else self.tree(lower, names, inner)
            ranges.append([index, first, self.last(expr, index, upper, names, inner)])
        tests = [self.tree(condition, names, inner) for condition in expr.conditions]
        return ["over", expr.operator, ranges, tests, self.tree(expr.body, names, inner)]

    def last(
        self, expr: Expr, index: str, upper: Expr | None, names: Names, bound: frozenset[str]
    ) -> Tree:
        """The last value of an index."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Writer(_Trees):
    """Writes the parts of a certificate at one point."""

    point: Point
    complex: bool = False

    def is_defined(self, key: str) -> bool:
        """Whether a symbol is a value of other symbols; raises `_Wordless` if it is unknown."""
        match self.model.variables[key].law:
            case Defined():
                return True
            case Free() | Opaque():
                return False
            case _:
                raise _Wordless

    def is_whole(self, key: str) -> bool:
        """Whether a symbol is a whole number that no draw of the point keeps."""
        name, reading = self.model.variables[key].name, self.point.reading
        if reading.shapes.get(key, SCALAR) != SCALAR:
            return False
        return name in reading.unifier.named or name in reading.whole

    def law(self, key: str) -> dict[str, object]:
        """The expression that a symbol is, its parameters and its indices."""
        law = self.model.variables[key].law
        assert isinstance(law, Defined)
        shape = self.point.shape(self.point.reading.shapes.get(key, SCALAR))
        return {
            "is": self.tree(law.expr, law.names, frozenset(law.indices)),
            "parameters": [law.names[name] for name in law.parameters],
            "indices": list(law.indices),
            "shape": list(shape),
        }

    def value(self, name: str) -> dict[str, object]:
        """The shape and the entries of a value, in row-major order."""
        if name not in self.point.values:
            named = self.point.reading.unifier.named.get(self.model.variables[name].name)
            whole = self.point.whole(name) if named is None else self.point.length(named)
            return {"shape": [1, 1], "entries": [str(whole)]}
        item: Item = self.point.values[name]
        entries = entries_of(item)
        if not all(isinstance(entry, fmpq | int) for entry in entries):
            raise _Wordless
        found: dict[str, object] = {
            "shape": list(shape_of(item)),
            "entries": [str(entry) for entry in entries],
        }
        if self.complex and name + IMAGINARY in self.point.values:
            turned = entries_of(self.point.values[name + IMAGINARY])
            found |= {"imaginary": [str(entry) for entry in turned]}
        return found

    def constant(self, expr: Constant) -> Tree:
        """A constant with its sizes."""
        if expr.name in ("pi", "imaginary"):
            return [expr.name]
        if expr.name == "size" and isinstance(expr.size, Symbol):
            return ["number", str(self._length(expr.size.name))]
        if expr.name in ("identity", "ones"):
            shape = self.point.shape(self.point.reading.sizes.get(id(expr), SCALAR))
            return [expr.name, *shape]
        raise _Wordless

    def cell(self, cell: Expr, written: Tree) -> Tree:
        """A cell of a matrix; a zero is one of the size of its place."""
        if isinstance(cell, Number) and not cell.value and id(cell) in self.point.reading.sizes:
            return ["zeros", *self.point.shape(self.point.reading.sizes[id(cell)])]
        return written

    def rows(self, basis: Constant) -> object:
        """How long the vectors of a standard basis are."""
        return self.point.shape(self.point.reading.sizes.get(id(basis), SCALAR))[0]

    def _length(self, name: str) -> int:
        return self.point.length(self.point.reading.unifier.name(name))

    def last(
        self, expr: Expr, index: str, upper: Expr | None, names: Names, bound: frozenset[str]
    ) -> Tree:
        """The last value of an index, as a number where it is a size."""
        reading = self.point.reading
        if upper is None:
            if (id(expr), index) not in reading.axes:
                raise _Wordless
            return ["number", str(self.point.length(reading.axes[id(expr), index]))]
        if isinstance(upper, Symbol) and upper.name not in bound:
            key = names.get(upper.name)
            free = key is None or isinstance(self.model.variables[key].law, Free | Opaque)
            if free and upper.name in reading.unifier.named:
                return ["number", str(self._length(upper.name))]
        return self.tree(upper, names, bound)


@dataclass(frozen=True, slots=True)
class _ShapeWriter(_Trees):
    """Writes the parts of a certificate of shapes; notes the symbols met and those applied."""

    reading: Reading
    met: set[str] = field(default_factory=set)
    applied: set[str] = field(default_factory=set)

    def symbol(self, key: str) -> Tree:
        """A symbol by its key."""
        self.met.add(key)
        return ["symbol", key]

    def apply(self, key: str, arguments: list[Tree]) -> Tree:
        """A function's value."""
        self.met.add(key)
        self.applied.add(key)
        return ["apply", key, *arguments]

    def moment(self, operator: str, arguments: list[Tree]) -> Tree:
        """A moment, which has a shape."""
        return ["call", operator, *arguments]

    def constant(self, expr: Constant) -> Tree:
        """A constant with its axes."""
        if expr.name == "size":
            return ["number", "1"]  # as every number it has no axes
        if expr.name in ("pi", "imaginary"):
            return [expr.name]
        if expr.name in ("identity", "ones") and id(expr) in self.reading.sizes:
            return [expr.name, *self.axes(self.reading.sizes[id(expr)])]
        raise _Wordless

    def rows(self, basis: Constant) -> object:
        """The axis of the vectors of a standard basis."""
        if id(basis) not in self.reading.sizes:
            raise _Wordless
        return self.axes(self.reading.sizes[id(basis)])[0]

    def last(
        self, expr: Expr, index: str, upper: Expr | None, names: Names, bound: frozenset[str]
    ) -> Tree:
        """Nothing: no shape depends on where a sum ends."""
        return ["number", "1"]

    def function(self, key: str) -> dict[str, object]:
        """Whether a function acts by entries, and the shapes of its parameters, if it has any."""
        law, shapes = self.model.variables[key].law, self.reading.shapes
        if not isinstance(law, Defined):
            return {"entrywise": self.reading.kinds.get(key) == "E", "parameters": []}
        taken = [self.axes(shapes[law.names[name]]) for name in law.parameters]
        return {"entrywise": False, "parameters": taken}

    def axes(self, shape: Shape) -> list[object]:
        """The axes of a shape: lengths, the author's names, and others with a mark before them."""
        return [self._axis(axis) for axis in self.reading.unifier.resolve(shape)]

    def _axis(self, axis: Axis) -> object:
        match self.reading.unifier.find(axis):
            case Dimension(number=number, name=name):
                return name or f"?{number}"
            case Compound(operator=operator, parts=parts):
                return [operator, *map(self._axis, parts)]
            case length:
                return length
