"""The value of an expression of a certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from itertools import product as combinations
from typing import Any

from proofcheck.verification import matrices, numbers
from proofcheck.verification.matrices import Family, Grid, number
from proofcheck.verification.numbers import Dual, Number, Unsupported
from proofcheck.verification.operators import OPERATORS

MOST_STEPS = 200_000
MOST_TERMS = 5_000
Tree = list[Any]
_NORMS = (["call", "norm"], ["call", "two norm"], ["call", "bars"])


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
class _Variable:
    """What a derivative is by: entries of a symbol, or of a member of a family, counted from 0, and
    their shape."""

    key: str
    places: list[tuple[int, int]]
    shape: tuple[int, int]
    member: int = 0
    conjugated: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What the symbols of a certificate are at one place of an expression.

    `moving` are the symbols that a differential moves, along the values of the same name with a `d`
    before it. `conjugated` is the argument of an inner product that is conjugated, `left` or
    `right`; `complexes` are the symbols that move along imaginary directions as well.
    """

    values: Mapping[str, Grid | Family]
    laws: Mapping[str, Mapping[str, Any]]
    moving: tuple[str, ...]
    layout: str
    conjugated: str = ""
    complexes: frozenset[str] = frozenset()
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
            case "pi" | "imaginary" | "unit" | "levi-civita" | "identity" | "zeros" | "ones":
                return self._constant(kind, rest)
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
                return self._power(*rest)
            case "call":
                return self._call(rest[0], [self.value(argument) for argument in rest[1:]])
            case "matrix":
                return self._matrix([[self.value(cell) for cell in row] for row in rest])
            case "grid":
                return self._by_stretches(*rest)
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

    def _constant(self, kind: str, rest: list[Any]) -> Grid:
        match kind, rest:
            case "pi", _:
                return number(numbers.PI)
            case "imaginary", _:
                return number(numbers.I)
            case "unit", [size, index]:
                place = numbers.whole(_one(self.value(index))) - 1
                return matrices.build(size, 1, lambda i, j: Fraction(int(i == place)))
            case "levi-civita", _:
                i, j, k = (numbers.whole(_one(self.value(index))) for index in rest)
                return number(Fraction((j - i) * (k - i) * (k - j), 2))
            case "identity", [size, *_]:
                return matrices.identity(size)
            case _, [rows, columns]:
                entry = Fraction(int(kind == "ones"))
                return matrices.build(rows, columns, lambda i, j: entry)
            case _:
                raise ValueError(f"a constant `{kind}` with {len(rest)} sizes")

    def _index(self, name: str) -> int:
        if name not in self.indices:
            raise Unsupported(f"the index `{name}`, which has no value,")
        return self.indices[name]

    def _symbol(self, key: str) -> Grid:
        if key in self.values:
            return self._known(key)
        law = self.laws.get(key)
        if law is None:
            raise Unsupported(f"the symbol `{key}`, which has no value,")
        if not law["indices"]:
            return replace(self, indices={}).value(law["is"])
        rows, columns = law["shape"] if len(law["shape"]) == 2 else (0, 0)
        return self._by_entries(law, rows, columns)

    def _known(self, key: str) -> Grid:
        """A value that is no family."""
        value = self.values[key]
        if isinstance(value, Family):
            raise Unsupported("a family as a whole")
        return value

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
        family = self.values.get(base[1]) if base[0] == "symbol" else None
        if isinstance(family, Family):
            grid, places = family.at(places[0]), places[1:]
            if not places:
                return grid
        else:
            grid = self.value(base)
        if len(places) == 1 and 1 in (grid.rows, grid.columns):
            return number(grid.at(places[0], 0) if grid.columns == 1 else grid.at(0, places[0]))
        if len(places) != 2:
            raise Unsupported("an entry with so many indices")
        return number(grid.at(*places))

    def _power(self, below: Tree, exponent: Tree) -> Grid:
        index, base = _one(self.value(exponent)), self.value(below)
        if below[:2] in _NORMS and index == 2 and 1 in self.value(below[2]).shape:
            return self._call("inner product", [self.value(below[2])] * 2)  # has a slope at zero
        if base.is_number:
            return number(numbers.power(base.entries[0], index))
        times = numbers.whole(index)
        factor = matrices.inverse(base) if times < 0 else base
        return reduce(matrices.product, [factor] * abs(times), matrices.identity(base.rows))

    def _call(self, name: str, arguments: list[Grid]) -> Grid:
        if name == "inner product":
            left, right = arguments
            if self.conjugated == "left":
                left = matrices.each(numbers.conjugate, left)
            elif self.conjugated == "right":
                right = matrices.each(numbers.conjugate, right)
            return number(matrices.inner(left, right))
        if name not in OPERATORS:
            raise Unsupported(f"the operator `{name}`")
        return OPERATORS[name](*arguments)

    def _matrix(self, blocks: list[list[Grid]]) -> Grid:
        """Numbers, rows, columns or blocks side by side and one below the other; a number among
        blocks is a block of zeros."""
        heights = [max(block.rows for block in row) for row in blocks]
        if len({len(row) for row in blocks}) != 1:
            raise Unsupported("rows of different lengths")
        widths = [max(block.columns for block in column) for column in zip(*blocks, strict=True)]
        lines: list[list[Number]] = []
        for row, height in zip(blocks, heights, strict=True):
            whole = [_filled(b, height, width) for b, width in zip(row, widths, strict=True)]
            lines += [
                [block.at(i, j) for block in whole for j in range(block.columns)]
                for i in range(height)
            ]
        return matrices.build(len(lines), sum(widths), lambda i, j: lines[i][j])

    def _by_stretches(self, rows: list[Tree], columns: list[Tree], cells: list[list[Tree]]) -> Grid:
        """A matrix by stretches of rows and of columns, each of one or of an index that runs."""
        down, across = (
            [(k, at) for k, part in enumerate(parts) for at in self._run(part)]
            for parts in (rows, columns)
        )
        if len(down) * len(across) > MOST_TERMS:
            raise Unsupported("a matrix this large")
        return self._matrix(
            [
                [
                    replace(self, indices={**self.indices, **mine, **theirs}).value(cells[r][c])
                    for c, theirs in across
                ]
                for r, mine in down
            ]
        )

    def _run(self, stretch: Tree) -> list[dict[str, int]]:
        if not stretch:
            return [{}]
        index, first, last = stretch
        begin, end = (numbers.whole(_one(self.value(tree))) for tree in (first, last))
        return [{index: value} for value in range(begin, min(end, begin + MOST_TERMS) + 1)]

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
        if operator in ("maximum", "minimum") and terms:
            return OPERATORS[operator](Grid(len(terms), 1, tuple(map(_one, terms))))
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
            key: _along(level, self.values[key], self.values[f"d{key}"])
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
        variable = self._variable(last)
        slopes = [self._slope_at(operand, variable, place) for place in variable.places]
        value = slopes[0]
        if value.is_number:
            gradient = Grid(*variable.shape, tuple(_one(slope) for slope in slopes))
            return matrices.transpose(gradient) if self.layout == "numerator" else gradient
        if variable.shape == (1, 1):
            return value
        if value.columns == 1 and 1 in variable.shape:
            jacobian = matrices.build(value.rows, len(slopes), lambda i, j: slopes[j].at(i, 0))
            upright = self.layout == "denominator" and variable.shape[1] == 1
            return matrices.transpose(jacobian) if upright else jacobian
        raise Unsupported("a derivative with more than two axes")

    def _variable(self, by: Tree) -> _Variable:
        """What a derivative is taken by."""
        if by[0] == "call" and by[1] == "conjugate":
            variable = self._variable(by[2])
            if variable.key not in self.complexes:
                raise Unsupported("a derivative by the conjugate of what is real")
            return replace(variable, conjugated=not variable.conjugated)
        if by[0] == "call" and by[1] in ("transpose", "vec"):
            variable = self._variable(by[2])
            rows, columns = variable.shape
            turned = [variable.places[i * columns + j] for j in range(columns) for i in range(rows)]
            shape = (columns, rows) if by[1] == "transpose" else (rows * columns, 1)
            return replace(variable, places=turned, shape=shape)
        symbol, indices = (by[1], by[2:]) if by[0] == "entry" else (by, [])
        if symbol[0] != "symbol" or symbol[1] not in self.values:
            raise Unsupported("a derivative by something that is no free symbol")
        at = [numbers.whole(_one(self.value(index))) - 1 for index in indices]
        grid, member = self.values[symbol[1]], 0
        if isinstance(grid, Family):
            if not at:
                raise Unsupported("a derivative by a family")
            member = at.pop(0)
            grid = grid.at(member)
        if len(at) == 1:
            at = [at[0], 0] if grid.columns == 1 else [0, at[0]]
        if at:
            return _Variable(symbol[1], [(at[0], at[1])], (1, 1), member)
        places = list(combinations(range(grid.rows), range(grid.columns)))
        return _Variable(symbol[1], places, grid.shape, member)

    def _slope_at(self, operand: Tree, variable: _Variable, place: tuple[int, int]) -> Grid:
        """The slope along one entry; Wirtinger's by a complex one (Remmert 1991, 1.4)."""
        along = self._slope_along(operand, variable, place, Fraction(1))
        if variable.key not in self.complexes:
            return along
        turn = numbers.I if variable.conjugated else -numbers.I
        other = self._slope_along(operand, variable, place, numbers.I)
        return matrices.pairs(lambda a, b: (a + b * turn) * Fraction(1, 2), along, other)

    def _slope_along(
        self, operand: Tree, variable: _Variable, place: tuple[int, int], step: Number
    ) -> Grid:
        level, whole = self.level, self.values[variable.key]

        def moved(grid: Grid) -> Grid:
            unit = matrices.build(
                *grid.shape, lambda i, j: step if (i, j) == place else Fraction(0)
            )
            return _dual(level, grid, unit)

        if isinstance(whole, Family):
            number = variable.member
            before, after = whole.members[:number], whole.members[number + 1 :]
            new: Grid | Family = Family((*before, moved(whole.members[number]), *after))
        else:
            new = moved(whole)
        inner = replace(self, values={**self.values, variable.key: new}, level=level + 1)
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


def _filled(block: Grid, height: int, width: int) -> Grid:
    """A block of the size of its place; a zero fills it."""
    if (block.rows, block.columns) == (height, width):
        return block
    if block.is_number and block.entries[0] == 0:
        return Grid(height, width, block.entries * (height * width))
    raise Unsupported("blocks of different sizes")


def _one(grid: Grid) -> Number:
    if not grid.is_number:
        raise Unsupported("a matrix where a number is to stand")
    return grid.entries[0]


def _dual(level: int, value: Grid, slope: Grid) -> Grid:
    return matrices.pairs(lambda a, b: Dual(level, a, b), value, slope)


def _along(level: int, value: Grid | Family, slope: Grid | Family) -> Grid | Family:
    """A value with a slope, member by member."""
    if isinstance(value, Family) and isinstance(slope, Family):
        pairs = zip(value.members, slope.members, strict=True)
        return Family(tuple(_dual(level, a, b) for a, b in pairs))
    if isinstance(value, Family) or isinstance(slope, Family):
        raise Unsupported("a family beside what is none")
    return _dual(level, value, slope)


def _slope(entry: Number, level: int) -> Number:
    return entry.slope if isinstance(entry, Dual) and entry.level == level else Fraction(0)
