"""Whether sides have no common shape, whatever the lengths of their axes are.

The axes of a certificate that nothing fixes get lengths in turn, and the shapes that each side may
have are enumerated: products group in every way. Nothing is solved for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import product as combinations
from typing import Any

from proofcheck.verification.numbers import Unsupported

Shape = tuple[int, ...]
Shapes = frozenset[Shape]
Tree = list[Any]

NUMBER: Shape = (1, 1)
ANY: Shape = ()
"""The shape of a zero."""
_NAMED = (5, 7, 11, 13, 17, 19, 23, 29)
_FEW, _SOME = (2, 3), (2, 3, 4)
_MOST_CHOICES = 3_000
_MOST_STEPS = 2_000_000
_MOST_FACTORS = 30
_NONE: Shapes = frozenset()


def _same(*shapes: Shape) -> Shape | None:
    """The common shape."""
    known = {shape for shape in shapes if shape != ANY}
    if len(known) > 1:
        return None
    return next(iter(known), ANY)


def _square(shape: Shape) -> bool:
    return shape == ANY or (len(shape) == 2 and shape[0] == shape[1])


def _flat(shape: Shape) -> bool:
    return shape == ANY or len(shape) == 2


def _lined(shape: Shape) -> bool:
    return shape == ANY or (len(shape) == 2 and shape[1] == 1)


Rule = Callable[..., Shape | None]


def _entrywise(shape: Shape) -> Shape | None:
    return shape if _flat(shape) else None


def _of_square(shape: Shape) -> Shape | None:
    return NUMBER if _square(shape) else None


def _square_kept(shape: Shape) -> Shape | None:
    return shape if _square(shape) else None


def _to_number(shape: Shape) -> Shape | None:
    return NUMBER if _flat(shape) else None


def _turned(shape: Shape) -> Shape | None:
    return shape[::-1] if _flat(shape) else None


def _analytic(shape: Shape) -> Shape | None:
    """Of a number, of the entries of a vector or of a square matrix; of no other but by entries."""
    return shape if _flat(shape) else None


def _stacked(shape: Shape) -> Shape | None:
    return (shape[0] * shape[1], 1) if len(shape) == 2 else None


def _diagonal(shape: Shape) -> Shape | None:
    if _lined(shape) and shape not in (ANY, NUMBER):
        return (shape[0], shape[0])
    return (shape[0], 1) if _square(shape) and shape not in (ANY, NUMBER) else None


def _paired(left: Shape, right: Shape) -> Shape | None:
    found = _same(left, right)
    return NUMBER if found is not None and _flat(found) else None


def _together(left: Shape, right: Shape) -> Shape | None:
    found = _same(left, right)
    return found if found is not None and _flat(found) else None


def _blocks(left: Shape, right: Shape) -> Shape | None:
    if ANY in (left, right) or not (_flat(left) and _flat(right)):
        return None
    return (left[0] * right[0], left[1] * right[1])


def _summed(left: Shape, right: Shape) -> Shape | None:
    if ANY in (left, right) or not (_flat(left) and _flat(right)):
        return None
    return (left[0] + right[0], left[1] + right[1])


def _crossed(left: Shape, right: Shape) -> Shape | None:
    if not (_lined(left) and _lined(right)) or ANY in (left, right):
        return None
    return (left[0], right[0])


def _squares(left: Shape, right: Shape) -> Shape | None:
    return _same(left, right) if _square(left) and _square(right) else None


def _powered(base: Shape, exponent: Shape) -> Shape | None:
    return base if _flat(base) and exponent in (NUMBER, ANY) else None


def _numbers(*shapes: Shape) -> Shape | None:
    return NUMBER if all(shape in (NUMBER, ANY) for shape in shapes) else None


def _spread(shape: Shape) -> Shape | None:
    if shape in (NUMBER, ANY):
        return shape
    return (shape[0], shape[0]) if _lined(shape) else None


def _half(shape: Shape) -> Shape | None:
    return (shape[0] * (shape[0] + 1) // 2, 1) if _square(shape) and shape != ANY else None


_RULES: dict[str, Rule] = {
    **dict.fromkeys(
        (
            "elementwise log", "elementwise exp", "elementwise sin", "elementwise cos",
            "elementwise sqrt", "tanh", "tanh prime", "logistic", "logistic prime", "softplus",
            "error function", "relu", "sign", "absolute value", "floor", "ceiling", "conjugate",
            "real part", "imaginary part", "expectation",
        ),
        _entrywise,
    ),
    **dict.fromkeys(("log", "exp", "sqrt", "sin", "cos"), _analytic),
    **dict.fromkeys(
        ("trace", "determinant", "log-determinant", "greatest eigenvalue", "least eigenvalue"),
        _of_square,
    ),
    **dict.fromkeys(
        ("matrix log", "matrix exp", "matrix sqrt", "symmetric part", "skew part", "adjugate",
         "cofactors"),
        _square_kept,
    ),
    **dict.fromkeys(
        ("rank", "log-sum-exp", "least singular value", "bars", "norm", "two norm",
         "spectral norm", "nuclear norm", "one norm", "infinity norm", "entrywise one norm",
         "greatest entry"),
        _to_number,
    ),
    **dict.fromkeys(("transpose", "conjugate transpose", "pseudoinverse"), _turned),
    **dict.fromkeys(("frobenius", "inner product"), _paired),
    **dict.fromkeys(("hadamard", "elementwise quotient"), _together),
    **dict.fromkeys(("direct sum", "block diagonal"), _summed),
    **dict.fromkeys(("commutator", "anticommutator"), _squares),
    **dict.fromkeys(
        ("gamma function", "factorial", "double factorial", "digamma function", "binomial",
         "beta function"),
        _numbers,
    ),
    "vec": _stacked,
    "vech": _half,
    "diag": _diagonal,
    "eigenvalues": lambda a: (a[0], 1) if _square(a) and a != ANY else None,
    "kronecker": _blocks,
    "outer product": _crossed,
    "covariance": _crossed,
    "variance": _spread,
    "elementwise power": _powered,
    "p-norm": lambda a, p: NUMBER if _flat(a) and p in (NUMBER, ANY) else None,
}  # fmt: skip


@dataclass(slots=True)
class _Budget:
    left: int = _MOST_STEPS


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The shapes that expressions may have where the axes have some lengths."""

    certificate: Mapping[str, Any]
    lengths: Mapping[str, int]
    budget: _Budget = field(default_factory=_Budget)

    def of(self, tree: Tree) -> Shapes:
        """The shapes that an expression may have; none if its parts don't fit."""
        self.budget.left -= 1
        if self.budget.left < 0:
            raise Unsupported("more steps than are computed")
        kind, *rest = tree
        match kind:
            case "number":
                return frozenset((ANY if rest[0] == "0" else NUMBER,))
            case "index" | "pi" | "imaginary" | "levi-civita":
                return frozenset((NUMBER,))
            case "symbol":
                return frozenset((self._listed(self.certificate["shapes"][rest[0]]),))
            case "identity" | "ones":
                return frozenset((self._listed(rest),))
            case "unit":
                return frozenset((self._listed([rest[0], 1]),))
            case "entry":
                return self._entry(self.of(rest[0]), len(rest) - 1)
            case "sum":
                return reduce(_common, map(self.of, rest))
            case "comparison":
                return reduce(_common, map(self.of, rest[1:]))
            case "negative" | "differential":
                return self.of(rest[0])
            case "product":
                return self._product([self.of(factor) for factor in rest])
            case "quotient":
                below = self.of(rest[1])
                return self.of(rest[0]) if below & {NUMBER, ANY} else _NONE
            case "power":
                exponent = self.of(rest[1]) & {NUMBER, ANY}
                return frozenset(filter(_square, self.of(rest[0]))) if exponent else _NONE
            case "call":
                return self._call(rest[0], [self.of(argument) for argument in rest[1:]])
            case "apply":
                return self._apply(rest[0], [self.of(argument) for argument in rest[1:]])
            case "derivative":
                return reduce(self._derivative, map(self.of, reversed(rest[1:])), self.of(rest[0]))
            case "over":
                found = self.of(rest[3])
                return frozenset(filter(_square, found)) if rest[0] == "product" else found
            case "matrix":
                return self._matrix(rest)
            case "cases":
                return reduce(_common, (self.of(value) for value, _ in rest))
            case _:
                raise Unsupported(f"the shape of a node of the kind `{kind}`")

    def _listed(self, axes: list[Any]) -> Shape:
        return tuple(map(self._length, axes))

    def _length(self, axis: Any) -> int:  # noqa: ANN401
        if isinstance(axis, int):
            return axis
        if isinstance(axis, str):
            return self.lengths[axis]
        operator, *parts = axis
        lengths = [self._length(part) for part in parts]
        match operator:
            case "times":
                return reduce(lambda a, b: a * b, lengths)
            case "plus":
                return sum(lengths)
            case "triangle":
                return lengths[0] * (lengths[0] + 1) // 2
            case _:
                raise Unsupported(f"an axis of the kind `{operator}`")

    def _entry(self, bases: Shapes, count: int) -> Shapes:
        found: set[Shape] = set()
        for base in bases:
            if len(base) == 2 and (count == 2 or (count == 1 and 1 in base)):
                found.add(NUMBER)
            elif len(base) == 3 and count == 1:
                found.add(base[1:])
            elif len(base) == 3 and (count == 3 or (count == 2 and base[2] == 1)):
                found.add(NUMBER)
            else:
                raise Unsupported("the shape of such an entry")
        return frozenset(found)

    def _product(self, factors: list[Shapes]) -> Shapes:
        """What the factors come to in every grouping."""
        if len(factors) > _MOST_FACTORS:
            raise Unsupported("a product of so many factors")
        if any(len(shape) > 2 for shapes in factors for shape in shapes):
            raise Unsupported("a product with more than two axes")
        count = len(factors)
        best = {(i, i + 1): shapes for i, shapes in enumerate(factors)}
        for width in range(2, count + 1):
            for start in range(count - width + 1):
                stop = start + width
                best[start, stop] = frozenset(
                    shape
                    for middle in range(start + 1, stop)
                    for left in best[start, middle]
                    for right in best[middle, stop]
                    for shape in _joined(left, right)
                )
        return best[0, count]

    def _call(self, name: str, arguments: list[Shapes]) -> Shapes:
        rule = _RULES.get(name)
        if rule is None:
            raise Unsupported(f"the shape of the operator `{name}`")
        if any(ANY in shapes for shapes in arguments) and rule not in _FOR_ZEROS:
            raise Unsupported(f"the {name} of zero")
        return frozenset(
            shape for chosen in combinations(*arguments) if (shape := rule(*chosen)) is not None
        )

    def _apply(self, key: str, arguments: list[Shapes]) -> Shapes:
        law = self.certificate["functions"][key]
        if law["entrywise"]:
            return arguments[0]
        value = frozenset((self._listed(self.certificate["shapes"][key]),))
        if not law["parameters"]:
            raise Unsupported("the shape of a function that is not given")
        expected = [frozenset((self._listed(shape),)) for shape in law["parameters"]]
        if len(expected) != len(arguments):
            return _NONE
        if [*expected, value] == [frozenset((NUMBER,))] * 2:
            return arguments[0]
        fits = all(_common(a, b) for a, b in zip(expected, arguments, strict=True))
        return value if fits else _NONE

    def _matrix(self, rows: list[list[Tree]]) -> Shapes:
        """Blocks of one height beside each other, lines of one width one below the other."""
        lines = [[self.of(cell) for cell in row] for row in rows]
        if any(len(shapes) != 1 for line in lines for shapes in line):
            raise Unsupported("a matrix of blocks that may have several shapes")
        cells = [[next(iter(shapes)) for shapes in line] for line in lines]
        if any(len(shape) != 2 for line in cells for shape in line):
            raise Unsupported("a matrix with such blocks")
        widths = {tuple(shape[1] for shape in line) for line in cells}
        fits = len(widths) == 1 and all(len({shape[0] for shape in line}) == 1 for line in cells)
        total = (sum(line[0][0] for line in cells), sum(min(widths)))
        return frozenset((total,)) if fits else _NONE

    def _derivative(self, values: Shapes, by: Shapes) -> Shapes:
        return frozenset(
            _laid_out(value, place, self.certificate["layout"])
            for value in values
            for place in by
            if place != ANY
        )


_FOR_ZEROS = (
    _paired,
    _together,
    _to_number,
    _turned,
    _entrywise,
    _analytic,
    _of_square,
    _square_kept,
)


def _common(left: Shapes, right: Shapes) -> Shapes:
    """The shapes that both may have."""
    found = ((a, b, _same(a, b)) for a in left for b in right)
    return frozenset(shape for _, _, shape in found if shape is not None)


def _joined(left: Shape, right: Shape) -> Iterator[Shape]:
    """The shape of a product of two."""
    if ANY in (left, right):
        yield ANY
    elif NUMBER in (left, right):
        yield right if left == NUMBER else left
    elif left[1] == right[0]:
        yield (left[0], right[1])


def _laid_out(value: Shape, by: Shape, layout: str) -> Shape:
    """The shape of a derivative (Magnus and Neudecker 2019, 9.2)."""
    if value == ANY:
        return ANY
    if len(value) != 2 or len(by) != 2 or layout not in ("mixed", "numerator", "denominator"):
        raise Unsupported("the shape of such a derivative")
    if by == NUMBER:
        return value
    if value == NUMBER:
        return by[::-1] if layout == "numerator" else by
    columns = value[1] == 1 == by[1]
    if columns:
        return (by[0], value[0]) if layout == "denominator" else (value[0], by[0])
    if value[0] == 1 == by[1]:
        return (by[0], value[1])
    return (value[0], by[1]) if value[1] == 1 == by[0] else (*value, *by)


def fitting_lengths(certificate: Mapping[str, Any]) -> Mapping[str, int] | None:
    """Lengths of the axes for which both sides may have one shape; None if there are none.

    Raises `Unsupported` where the shape of something is not known here.
    """
    budget = _Budget()
    for lengths in _choices(certificate):
        sizes = _Sizes(certificate, lengths, budget)
        if _common(sizes.of(certificate["left"]), sizes.of(certificate["right"])):
            return lengths
    return None


def _choices(certificate: Mapping[str, Any]) -> Iterator[Mapping[str, int]]:
    """Lengths of all axes: those that the author names are all different, others are tried."""
    axes = sorted(_axes(certificate))
    named = [axis for axis in axes if not axis.startswith("?")]
    free = [axis for axis in axes if axis.startswith("?")]
    if len(named) > len(_NAMED):
        raise Unsupported("so many axes")
    fixed = dict(zip(named, _NAMED, strict=False))
    options = next(
        (
            values
            for few in (_SOME, _FEW)
            if len(values := (*few, *fixed.values())) ** len(free) <= _MOST_CHOICES
        ),
        None,
    )
    if options is None:
        raise Unsupported("so many axes")
    for chosen in combinations(options, repeat=len(free)):
        yield fixed | dict(zip(free, chosen, strict=True))


def _axes(certificate: Mapping[str, Any]) -> set[str]:
    """The axes without a length that occur in the shapes and the constants of a certificate."""
    found: set[str] = set()
    stack: list[Any] = [*certificate["shapes"].values()]
    stack += [law["parameters"] for law in certificate["functions"].values()]
    trees: list[Any] = [certificate["left"], certificate["right"]]
    while trees:
        tree = trees.pop()
        if isinstance(tree, list) and tree[:1] in (["identity"], ["ones"]):
            stack += tree[1:]
        elif isinstance(tree, list) and tree[:1] == ["unit"]:
            stack.append(tree[1])
            trees += tree[2:]
        elif isinstance(tree, list):
            trees += tree
    operators = ("times", "plus", "triangle", "least")
    while stack:
        axis = stack.pop()
        if isinstance(axis, list):
            stack += axis[1:] if axis[:1] and axis[0] in operators else axis
        elif isinstance(axis, str):
            found.add(axis)
    return found
