"""The value of an expression of a certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import product as combinations
from typing import Any

from proofcheck.verification import matrices, numbers
from proofcheck.verification.matrices import Grid, number
from proofcheck.verification.numbers import Dual, Number, Unsupported

MOST_STEPS = 200_000
MOST_TERMS = 5_000
Tree = list[Any]

_ENTRYWISE: dict[str, Callable[[Number], Number]] = {
    "tanh": numbers.tanh,
    "logistic": numbers.logistic,
    "absolute value": numbers.absolute,
    "sign": numbers.sign,
    "elementwise exp": numbers.exp,
    "elementwise log": numbers.log,
    "elementwise sqrt": numbers.sqrt,
    "elementwise sin": numbers.sin,
    "elementwise cos": numbers.cos,
}
_OF_VECTORS: dict[str, Callable[[Number], Number]] = {
    "exp": numbers.exp,
    "log": numbers.log,
    "sqrt": numbers.sqrt,
    "sin": numbers.sin,
    "cos": numbers.cos,
}  # of a matrix they are something else
_TO_NUMBER: dict[str, Callable[..., Number]] = {
    "trace": matrices.trace,
    "determinant": matrices.determinant,
    "log-determinant": lambda a: numbers.log(matrices.determinant(a)),
    "frobenius": matrices.inner,
    "inner product": matrices.inner,
    "one norm": lambda a: matrices.total(list(map(numbers.absolute, a.entries))),
}
_TO_GRID: dict[str, Callable[..., Grid]] = {
    "transpose": matrices.transpose,
    "conjugate transpose": matrices.transpose,  # the values of a certificate are real
    "conjugate": lambda a: a,
    "real part": lambda a: a,
    "vec": matrices.vec,
    "diag": matrices.diag,
    "hadamard": lambda a, b: matrices.pairs(lambda x, y: x * y, a, b),
    "elementwise quotient": lambda a, b: matrices.pairs(lambda x, y: x / y, a, b),
    "kronecker": matrices.kronecker,
    "outer product": lambda a, b: matrices.product(a, matrices.transpose(b)),
    "adjugate": lambda a: matrices.product(number(matrices.determinant(a)), matrices.inverse(a)),
    "symmetric part": lambda a: _half(a, 1),
    "skew part": lambda a: _half(a, -1),
    "commutator": lambda a, b: _bracket(a, b, -1),
    "anticommutator": lambda a, b: _bracket(a, b, 1),
}


def _norm(grid: Grid) -> Number:
    if grid.is_number:
        return numbers.absolute(grid.entries[0])
    return numbers.sqrt(matrices.inner(grid, grid))


def _half(grid: Grid, sign: int) -> Grid:
    other = matrices.transpose(grid)
    return matrices.pairs(lambda a, b: (a + b * sign) * Fraction(1, 2), grid, other)


def _bracket(left: Grid, right: Grid, sign: int) -> Grid:
    products = matrices.product(left, right), matrices.product(right, left)
    return matrices.pairs(lambda a, b: a + b * sign, *products)


@dataclass(slots=True)
class Budget:
    """How many nodes may still be evaluated."""

    left: int = MOST_STEPS

    def spend(self) -> None:
        """Takes one node off; raises `Unsupported` where none is left."""
        self.left -= 1
        if self.left < 0:
            raise Unsupported("more steps than are computed")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the symbols of a certificate are at one place of an expression.

    `moving` are the symbols that a differential moves, along the values of the same name with a `d`
    before it.
    """

    values: Mapping[str, Grid]
    laws: Mapping[str, Mapping[str, Any]]
    moving: tuple[str, ...]
    layout: str
    indices: Mapping[str, int] = field(default_factory=dict)
    level: int = 0
    budget: Budget = field(default_factory=Budget)

    def value(self, tree: Tree) -> Grid:
        """The value of an expression; raises `Unsupported`."""
        self.budget.spend()
        kind, *rest = tree
        match kind:
            case "number":
                return number(Fraction(rest[0]))
            case "index":
                return number(Fraction(self._index(rest[0])))
            case "symbol":
                return self._symbol(rest[0])
            case "pi":
                return number(numbers.PI)
            case "identity":
                return matrices.identity(rest[0])
            case "ones":
                return matrices.build(rest[0], rest[1], lambda i, j: Fraction(1))
            case "entry":
                return self._entry(rest[0], rest[1:])
            case "sum":
                return reduce(_add, map(self.value, rest))
            case "negative":
                return matrices.each(lambda entry: -entry, self.value(rest[0]))
            case "product":
                return reduce(matrices.product, map(self.value, rest))
            case "quotient":
                below = self.value(rest[1])
                if not below.is_number:
                    raise Unsupported("a quotient by a matrix")
                one = numbers.reciprocal(below.entries[0])
                return matrices.each(lambda entry: entry * one, self.value(rest[0]))
            case "power":
                return self._power(self.value(rest[0]), self.value(rest[1]))
            case "call":
                return self._call(rest[0], [self.value(argument) for argument in rest[1:]])
            case "matrix":
                return self._matrix(rest)
            case "over":
                return self._over(*rest)
            case "apply":
                return self._apply(rest[0], rest[1:])
            case "differential":
                return self._differential(rest[0])
            case "derivative":
                return self._derivative(rest[0], rest[1:])
            case "comparison":
                return number(Fraction(int(self._holds(*rest))))
            case "cases":
                return self._cases(rest)
            case _:
                raise Unsupported(f"a node of the kind `{kind}`")

    def _index(self, name: str) -> int:
        if name not in self.indices:
            raise Unsupported(f"the index `{name}`, which has no value,")
        return self.indices[name]

    def _symbol(self, key: str) -> Grid:
        if key in self.values:
            return self.values[key]
        law = self.laws.get(key)
        if law is None:
            raise Unsupported(f"the symbol `{key}`, which has no value,")
        if not law["indices"]:
            return replace(self, indices={}).value(law["is"])
        rows, columns = law["shape"] if len(law["shape"]) == 2 else (0, 0)
        return self._by_entries(law, rows, columns)

    def _by_entries(self, law: Mapping[str, Any], rows: int, columns: int) -> Grid:
        """A symbol whose law gives its entries."""
        names = law["indices"]
        if len(names) > 2 or not rows or (len(names) == 1 and columns != 1):
            raise Unsupported("a family of matrices")

        def entry(i: int, j: int) -> Number:
            at = dict(zip(names, (i + 1, j + 1), strict=False))
            return _one(replace(self, indices=at).value(law["is"]))

        return matrices.build(rows, columns, entry)

    def _entry(self, base: Tree, indices: list[Tree]) -> Grid:
        places = [numbers.whole(_one(self.value(index))) - 1 for index in indices]
        if base[0] == "symbol" and base[1] not in self.values and base[1] in self.laws:
            law = self.laws[base[1]]
            if len(law["indices"]) == len(places) and law["indices"]:
                at = {n: p + 1 for n, p in zip(law["indices"], places, strict=True)}
                return replace(self, indices=at).value(law["is"])
        grid = self.value(base)
        if len(places) == 1 and 1 in (grid.rows, grid.columns):
            return number(grid.at(places[0], 0) if grid.columns == 1 else grid.at(0, places[0]))
        if len(places) != 2:
            raise Unsupported("an entry with so many indices")
        return number(grid.at(*places))

    def _power(self, base: Grid, exponent: Grid) -> Grid:
        index = _one(exponent)
        if base.is_number:
            return number(numbers.power(base.entries[0], index))
        times = numbers.whole(index)
        factor = matrices.inverse(base) if times < 0 else base
        return reduce(matrices.product, [factor] * abs(times), matrices.identity(base.rows))

    def _call(self, name: str, arguments: list[Grid]) -> Grid:
        first = arguments[0]
        if name in _ENTRYWISE:
            return matrices.each(_ENTRYWISE[name], first)
        if name in _OF_VECTORS and 1 in (first.rows, first.columns):
            return matrices.each(_OF_VECTORS[name], first)
        if name == "norm":
            return number(_norm(first))
        if name in _TO_NUMBER:
            return number(_TO_NUMBER[name](*arguments))
        if name in _TO_GRID:
            return _TO_GRID[name](*arguments)
        if name in ("two norm", "bars") and 1 in (first.rows, first.columns):
            return number(_norm(first))
        if name == "bars" and first.rows == first.columns:
            return number(matrices.determinant(first))
        raise Unsupported(f"the operator `{name}`")

    def _matrix(self, rows: list[list[Tree]]) -> Grid:
        """Numbers, rows, columns or blocks side by side and one below the other."""
        blocks = [[self.value(cell) for cell in row] for row in rows]
        lines: list[list[Number]] = []
        for row in blocks:
            if len({block.rows for block in row}) != 1:
                raise Unsupported("blocks of different heights")
            lines += [
                [block.at(i, j) for block in row for j in range(block.columns)]
                for i in range(row[0].rows)
            ]
        if len({len(line) for line in lines}) != 1:
            raise Unsupported("rows of different lengths")
        return matrices.build(len(lines), len(lines[0]), lambda i, j: lines[i][j])

    def _over(self, operator: str, ranges: list[Tree], tests: list[Tree], body: Tree) -> Grid:
        """A sum or a product over indices, whose ends may depend on those before them."""
        places: list[dict[str, int]] = [{}]
        for index, first, last in ranges:
            longer: list[dict[str, int]] = []
            for at in places:
                scene = replace(self, indices={**self.indices, **at})
                begin, end = (numbers.whole(_one(scene.value(tree))) for tree in (first, last))
                if len(longer) + end - begin > MOST_TERMS:
                    raise Unsupported("a sum of so many terms")
                longer += [{**at, index: k} for k in range(begin, end + 1)]
            places = longer
        terms: list[Grid] = []
        for at in places:
            scene = replace(self, indices={**self.indices, **at})
            if all(_one(scene.value(test)) != 0 for test in tests):
                terms.append(scene.value(body))
        if operator == "sum":
            return reduce(_add, terms) if terms else number(Fraction(0))
        if operator != "product":
            raise Unsupported(f"a {operator} over a range")
        return reduce(matrices.product, terms) if terms else number(Fraction(1))

    def _apply(self, key: str, arguments: list[Tree]) -> Grid:
        law = self.laws.get(key)
        if law is None or len(law["parameters"]) != len(arguments):
            raise Unsupported("a function without a definition")
        found = dict(zip(law["parameters"], map(self.value, arguments), strict=True))
        return replace(self, values={**self.values, **found}, indices={}).value(law["is"])

    def _differential(self, operand: Tree) -> Grid:
        """The slope along the tangents of the symbols that move."""
        level = self.level
        moved = {
            key: _dual(level, self.values[key], self.values[f"d{key}"])
            for key in self.moving
            if key in self.values and f"d{key}" in self.values
        }
        if not moved:
            raise Unsupported("a differential of which nothing moves")
        inner = replace(self, values={**self.values, **moved}, level=level + 1)
        return matrices.each(lambda entry: _slope(entry, level), inner.value(operand))

    def _derivative(self, operand: Tree, by: list[Tree]) -> Grid:
        """The derivative by one symbol after the other, laid out as the certificate says."""
        *outer, last = by
        if outer:
            return self._derivative(["derivative", operand, last], outer)
        places, shape = self._variable(last)
        slopes = [self._slope_at(operand, last, place) for place in places]
        value = slopes[0]
        if value.is_number:
            gradient = Grid(*shape, tuple(_one(slope) for slope in slopes))
            return matrices.transpose(gradient) if self.layout == "numerator" else gradient
        if shape == (1, 1):
            return value
        if value.columns == 1 and shape[1] == 1:
            jacobian = matrices.build(value.rows, len(slopes), lambda i, j: slopes[j].at(i, 0))
            return matrices.transpose(jacobian) if self.layout == "denominator" else jacobian
        raise Unsupported("a derivative with more than two axes")

    def _variable(self, by: Tree) -> tuple[list[tuple[int, int]], tuple[int, int]]:
        """The entries that a derivative is taken by, counted from 0, and their shape."""
        if by[0] == "entry" and by[1][0] == "symbol" and by[1][1] in self.values:
            grid = self.values[by[1][1]]
            at = [numbers.whole(_one(self.value(index))) - 1 for index in by[2:]]
            if len(at) == 1:
                at = [at[0], 0] if grid.columns == 1 else [0, at[0]]
            return [(at[0], at[1])], (1, 1)
        if by[0] != "symbol" or by[1] not in self.values:
            raise Unsupported("a derivative by something that is no free symbol")
        grid = self.values[by[1]]
        shape = grid.rows, grid.columns
        return list(combinations(range(shape[0]), range(shape[1]))), shape

    def _slope_at(self, operand: Tree, by: Tree, place: tuple[int, int]) -> Grid:
        level, key = self.level, by[1] if by[0] == "symbol" else by[1][1]
        grid = self.values[key]
        unit = matrices.build(grid.rows, grid.columns, lambda i, j: Fraction(int((i, j) == place)))
        moved = {key: _dual(level, grid, unit)}
        inner = replace(self, values={**self.values, **moved}, level=level + 1)
        return matrices.each(lambda entry: _slope(entry, level), inner.value(operand))

    def _holds(self, relation: str, left: Tree, right: Tree) -> bool:
        a, b = numbers.base(_one(self.value(left))), numbers.base(_one(self.value(right)))
        tests: dict[str, Callable[[Any, Any], bool]] = {
            "=": lambda x, y: x == y,
            r"\ne": lambda x, y: x != y,
            "<": lambda x, y: x < y,
            ">": lambda x, y: x > y,
            r"\le": lambda x, y: x <= y,
            r"\ge": lambda x, y: x >= y,
        }
        if relation not in tests or not (isinstance(a, Fraction) and isinstance(b, Fraction)):
            raise Unsupported(f"the relation `{relation}`")
        return tests[relation](a, b)

    def _cases(self, branches: list[Tree]) -> Grid:
        for value, test in branches:
            if _one(self.value(test)) != 0:
                return self.value(value)
        raise Unsupported("cases none of which is given")


def _add(left: Grid, right: Grid) -> Grid:
    return matrices.pairs(lambda a, b: a + b, left, right)


def _one(grid: Grid) -> Number:
    if not grid.is_number:
        raise Unsupported("a matrix where a number is to stand")
    return grid.entries[0]


def _dual(level: int, value: Grid, slope: Grid) -> Grid:
    return matrices.pairs(lambda a, b: Dual(level, a, b), value, slope)


def _slope(entry: Number, level: int) -> Number:
    return entry.slope if isinstance(entry, Dual) and entry.level == level else Fraction(0)
