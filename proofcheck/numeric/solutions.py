"""Points on the solutions of the equations that a text poses.

An equation is solved for a symbol that occurs linearly in it, exactly and over the rationals; the
tangents obey the differential of the equation as well. What has more unknowns than equations keeps
its random part.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod

from flint import fmpq, fmpq_mat

from proofcheck.formula.expr import (
    Differential,
    Expr,
    Negative,
    Number,
    Power,
    Sum,
    Symbol,
    walk,
)
from proofcheck.formula.shape import Axis
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.readings import free_leaves, leaves
from proofcheck.numeric.arithmetic import (
    RATIONALS,
    Item,
    NeedsBalls,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    shape_of,
)
from proofcheck.numeric.evaluation import Evaluator
from proofcheck.numeric.sampling import Point

_SHAPED = frozenset(("symmetric", "diagonal"))
_HARMLESS = _SHAPED | {"square", "real", "constant", "column", "invertible", "nonsingular"}
MOST_EQUATIONS = 3
_MOST_ENTRIES = 200  # of the residual, over all values of the indices that stand free
Column = list[fmpq]


@dataclass(frozen=True, slots=True)
class Equation:
    """A posed equation, and the axes along which its free indices run.

    It is solved for the variable `unknown`, if that is given, which it has to determine.
    """

    claim: Claim
    ranges: Mapping[str, Axis]
    unknown: str = ""


class Solving(enum.Enum):
    """What came of solving an equation for a variable at a point."""

    SOLVED = enum.auto()
    SINGULAR = enum.auto()  # no value solves it here, or more than the one that there should be
    CURVED = enum.auto()  # it is not linear


def impose(model: Model, point: Point, equations: Sequence[Equation], claim: Claim) -> None:
    """Moves a point to a solution of equations; raises `Unsupported` if none is found."""
    taken: set[str] = set()
    for equation in equations:
        keys = free_leaves(model, equation.claim)
        moves = bool(keys & claim.varying)
        system = _System(model, point, equation, claim)
        if equation.unknown:
            keys = frozenset((equation.unknown,))
        ranked = _ranked(model, point, keys - taken, claim, moves)
        tried: list[Solving] = []
        while Solving.SOLVED not in tried and len(tried) < len(ranked):
            tried.append(system.solve(ranked[len(tried)]))
        if equation.unknown and tried == [Solving.SINGULAR]:
            raise Undefined("an equation does not determine what it is solved for")
        if Solving.SOLVED not in tried:
            raise Unsupported("an equation that is linear in none of its symbols")
        taken |= keys


def with_laws(model: Model, claims: Iterable[Claim], sign: int = 1) -> Model:
    """The model with the laws that equations give to symbols; that model itself if they give none.

    A free symbol of which an equation gives a whole power is a root; `sign` is that of the even
    ones. A symbol that is defined as the left side of an equation is the right side as well:
    `y = 1:f = 1:Ax`.
    """
    laws: dict[str, Defined] = {}
    for claim in claims:
        laws |= _roots(model, claim, sign) | _other_sides(model, claim)
    if not laws:
        return model
    variables = {
        key: replace(variable, law=laws.get(key, variable.law))
        for key, variable in model.variables.items()
    }
    return replace(model, variables=variables, leaves={})


def _roots(model: Model, claim: Claim, sign: int) -> dict[str, Defined]:
    """What `\\lambda^2 = f^Tf` says of the letter whose power it gives."""
    found: dict[str, Defined] = {}
    for power, value in ((claim.left, claim.right), (claim.right, claim.left)):
        match power:
            case Power(base=Symbol(name=name), exponent=Number(value=exponent)) if (
                name in claim.names and exponent > 1 and exponent.denominator == 1
            ):
                key = claim.names[name]
                loose = isinstance(model.variables[key].law, Free) and key not in claim.unknown
                if loose and key not in leaves(model, value, claim.names):
                    root = Power(value, Number(Fraction(1) / exponent))
                    below = sign < 0 and exponent % 2 == 0
                    found[key] = Defined(Negative(root) if below else root, (), claim.names)
            case _:
                pass
    return found


def _other_sides(model: Model, claim: Claim) -> dict[str, Defined]:
    """The right side of an equation for every symbol whose definition is its left side."""
    return {
        key: replace(law, expr=claim.right, names=claim.names)
        for key, variable in model.variables.items()
        if isinstance(law := variable.law, Defined)
        and law.expr == claim.left
        and key not in leaves(model, claim.right, claim.names)
    }


def _ranked(
    model: Model, point: Point, keys: frozenset[str], claim: Claim, moves: bool
) -> list[str]:
    """The variables an equation may be solved for, those with most entries first."""

    def admissible(key: str) -> bool:
        variable = model.variables[key]
        drawn = isinstance(variable.law, Free) and key not in claim.unknown
        loose = key not in model.random and variable.name not in point.reading.whole
        moved = key in claim.varying or not moves
        return drawn and loose and moved and variable.properties <= _HARMLESS

    def entries(key: str) -> int:
        return prod(point.shape(point.reading.shapes.get(key, (1, 1))))

    return sorted(filter(admissible, sorted(keys)), key=lambda key: (-entries(key), key))


@dataclass(frozen=True, slots=True)
class _System:
    """The residual of an equation at a point, as a map of one of its variables."""

    model: Model
    point: Point
    equation: Equation
    claim: Claim

    @property
    def residual(self) -> Expr:
        """What vanishes on the solutions."""
        return Sum((self.equation.claim.left, Negative(self.equation.claim.right)))

    def solve(self, key: str) -> Solving:
        """Solves the equation for a variable, whose value is changed if that is possible."""
        variable = self.model.variables[key]
        shape = self.point.reading.shapes.get(key, (1, 1))
        before = self.point.draw(key, shape, variable.properties)
        basis = _basis(shape_of(before), variable.properties)
        found = None
        try:
            found = self._stepped(before, self.residual, key, basis)
            if found is not None and any(entries_of(found)):
                self.point.values[key] = found
                if not any(self._values(self.residual)) and self._move(key, basis):
                    return Solving.SOLVED
        except NeedsBalls:
            found = before
        self.point.values[key] = before
        return Solving.SINGULAR if found is None else Solving.CURVED

    def _move(self, key: str, basis: list[list[int]]) -> bool:
        """Whether the tangents obey the differential of the equation, once that of `key` does."""
        posed = any(isinstance(node, Differential) for node in walk(self.residual))
        if key not in self.claim.varying or posed:
            return True
        variable = self.model.variables[key]
        shape = self.point.reading.shapes.get(key, (1, 1))
        tangent = self.point.tangent(key, shape, variable.properties)
        found = self._stepped(tangent, Differential(self.residual), key, basis)
        if found is not None:
            self.point.values[f"d{key}"] = found
        return found is not None

    def _stepped(self, start: Item, expr: Expr, key: str, basis: list[list[int]]) -> Item | None:
        """`start` moved along the basis so that what the residual does cancels `expr`."""
        columns = _along(self._columns(key), basis)
        return _stepped(start, columns, self._values(expr), basis, bool(self.equation.unknown))

    def _places(self) -> Iterator[dict[str, int]]:
        names = sorted(self.equation.ranges)
        lengths = [self.point.length(self.equation.ranges[name]) for name in names]
        if prod(lengths) > _MOST_ENTRIES:
            raise Unsupported("an equation with so many entries")
        for values in product(*(range(1, length + 1) for length in lengths)):
            yield dict(zip(names, values, strict=True))

    def _values(self, expr: Expr) -> Column:
        evaluator = Evaluator(self.model, self.point, RATIONALS, self.claim)
        names = self.equation.claim.names
        return [
            entry
            for place in self._places()
            for entry in entries_of(evaluator.value(expr, names, place))
        ]

    def _columns(self, key: str) -> list[Column]:
        """The derivatives of the residual by the entries of a variable."""
        evaluator = Evaluator(self.model, self.point, RATIONALS, self.claim)
        names = self.equation.claim.names
        parts = [evaluator.along(self.residual, names, place, key) for place in self._places()]
        return [[e for part in parts for e in part[k]] for k in range(len(parts[0]))]


def _basis(shape: tuple[int, ...], properties: frozenset[str]) -> list[list[int]]:
    """Directions in which a value of a shape may move, each as the entries of an item."""
    count = prod(shape)
    if not properties & _SHAPED:
        return [[int(i == k) for i in range(count)] for k in range(count)]
    size = shape[0]
    last = range(size) if "diagonal" not in properties else range(0)
    pairs = [(i, i) for i in range(size)] + [(i, j) for i in last for j in range(i)]
    return [
        [int((i, j) in (pair, pair[::-1])) for i in range(size) for j in range(size)]
        for pair in pairs
    ]


def _along(columns: list[Column], basis: list[list[int]]) -> list[Column]:
    """The derivatives along basis directions from those along the entries."""
    return [
        [
            sum((column[row] * weight for column, weight in zip(columns, b, strict=True)), fmpq(0))
            for row in range(len(columns[0]))
        ]
        for b in basis
    ]


def _stepped(
    start: Item, columns: list[Column], value: Column, basis: list[list[int]], unique: bool = False
) -> Item | None:
    """`start` moved along the basis so that a linear map with these columns cancels `value`.

    None if that cannot be, or, where it is to be `unique`, in several ways.
    """
    rows = len(value)
    augmented = [
        entry for row in range(rows) for entry in (*(c[row] for c in columns), -value[row])
    ]
    reduced, rank = fmpq_mat(rows, len(columns) + 1, augmented).rref()
    entries = entries_of(start)
    if unique and rank != len(columns):
        return None
    for row in range(rank):
        pivot = next(j for j in range(len(columns) + 1) if reduced[row, j] != 0)
        if pivot == len(columns):
            return None
        weight = reduced[row, len(columns)]
        entries = [e + weight * b for e, b in zip(entries, basis[pivot], strict=True)]
    return from_entries(shape_of(start), entries)
