"""The shape of an expression, found together with the dimensions of its symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

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
    bound_here,
    is_every,
    set_of,
    spans,
)
from proofcheck.formula.linear import ONE, Form, constant, form_of, plus, scaled, single
from proofcheck.formula.printer import to_latex
from proofcheck.formula.shape import SCALAR, STACKED, Axis, Compound, Shape, Tree, grouping, pattern
from proofcheck.formula.vocabulary import BY_NAME
from proofcheck.inference.signature import apply_signature, read_signature
from proofcheck.inference.unification import ShapeMismatch, Unifier, Unsolved


class Ambiguous(Exception):
    """A formula has no shape before more is known; the message says what."""


_LONGEST = 12
_TURNED = BY_NAME["transpose"].signatures
Ends = tuple[Form | None, Form | None]
Known = Shape | None  # None: the zero of any shape


@dataclass(slots=True)
class Shapes:
    """What is known of shapes at one place of a document.

    symbol: the shape of a symbol, by name. apply: the shape of a function's value.
    elementwise: whether a function acts entry by entry on its argument.
    sizes: the shapes of the constants met on the way, by the identity of their nodes.
    axes: what the index of a sum runs along, by the sum's identity and the index.
    zero: the names whose entries count from 0. ends: between what the indices in force run.
    counted: the axes along which an index runs up to an entry (`n_i`), by the name of its symbol.
    """

    unifier: Unifier
    symbol: Callable[[str], Shape]
    apply: Callable[[str, list[Known]], Shape]
    elementwise: Callable[[str, list[Known]], bool]
    layout: str = "mixed"
    ranges: dict[str, Axis] = field(default_factory=dict)
    sizes: dict[int, Shape] = field(default_factory=dict)
    axes: dict[tuple[int, str], Axis] = field(default_factory=dict)
    zero: frozenset[str] = frozenset()
    ends: dict[str, Ends] = field(default_factory=dict)
    counted: dict[str, Axis] = field(default_factory=dict)

    def of(self, expr: Expr) -> Known:
        """The shape of an expression; raises `ShapeMismatch`."""
        match expr:
            case Number(value=value):
                return None if value == 0 else SCALAR
            case Symbol(name=name):
                return SCALAR if name in self.ranges else self.symbol(name)
            case Constant():
                return self._constant(expr)
            case Entry(base=base, indices=indices):
                return self._entry(base, indices)
            case Sum(terms=terms):
                return self._equal([self.of(term) for term in terms])
            case Negative(term=term) | Differential(operand=term):
                return self.of(term)
            case Product(factors=factors):
                return self._product([self.of(factor) for factor in factors])
            case Quotient(numerator=numerator, denominator=denominator):
                self._scalar(denominator, "a denominator")
                return self.of(numerator)
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent)
            case Call(operator=operator, arguments=arguments):
                return self._call(operator, arguments)
            case Apply(function=function, arguments=arguments, primes=primes):
                return self._apply(function, arguments, primes)
            case Derivative(operand=operand, by=by):
                return self._derivative(operand, by)
            case Directional(operand=operand, along=along):
                return self._directional(operand, along)
            case Summation():
                return self._summation(expr)
            case Moment(operator=operator, arguments=arguments):
                self._fit_law(expr)
                return self._call(operator, arguments)
            case Evaluated(operand=body, at=places):
                return self._at(body, places)
            case Expansion(operand=operand):
                return self.of(operand)
            case Integral(variable=variable, lower=lower, upper=upper, body=body):
                ends = [end for end in (lower, upper) if end is not None]
                return self._at(body, [(variable, end) for end in ends])
            case Matrix(rows=rows):
                return self._matrix(rows)
            case Grid():
                return self._grid(expr)
            case Dotted(meaning=meaning):
                return self._ellipsis(meaning)
            case Comparison(left=left, right=right):
                return self._equal([self.of(left), self.of(right)])
            case Cases(branches=branches):
                shape = self._equal([self.of(value) for value, _ in branches])
                for _, condition in branches:
                    self._scalar(condition, "a condition")
                return shape
        assert_never(expr)

    def _at(self, body: Expr, places: Iterable[tuple[Symbol, Expr]]) -> Known:
        """The shape of what has symbols that take values."""
        for variable, place in places:
            self.equate(self.symbol(variable.name), self.of(place))
        return self.of(body)

    def equate(self, left: Known, right: Known) -> None:
        """Makes two shapes equal or raises `ShapeMismatch`."""
        if left is None or right is None:
            return
        if len(left) != len(right):
            raise ShapeMismatch(f"{self.show(left)} is not {self.show(right)}")
        for mine, theirs in zip(left, right, strict=True):
            try:
                self.unifier.unify(mine, theirs)
            except ShapeMismatch:
                raise ShapeMismatch(f"{self.show(left)} is not {self.show(right)}") from None

    def show(self, shape: Known) -> str:
        """A shape in words: `scalar`, `vector(n)`, `row(n)`, `matrix(m,n)`."""
        if shape is None:
            return "zero"
        axes = [self.unifier.show(axis) for axis in shape]
        match pattern(self.unifier.resolve(shape)):
            case "S":
                return "scalar"
            case "C":
                return f"vector({axes[0]})"
            case "R":
                return f"row({axes[1]})"
            case "M":
                return f"matrix({axes[0]},{axes[1]})"
            case _:
                return f"tensor({','.join(axes)})"

    def _constant(self, expr: Constant) -> Shape:
        if expr.name in ("pi", "infinity", "imaginary"):
            return SCALAR
        if expr.name == "size":
            self._size(expr)
            return SCALAR
        size = self._size(expr)
        if expr.name == "identity":
            shape: Shape = (size, size)
        elif expr.name == "basis":
            shape = (size, size, 1)
        elif expr.name == "levi-civita":
            shape = (3, 3, 3)
        else:
            shape = (size, 1)
        self.sizes[id(expr)] = shape
        return shape

    def _size(self, expr: Constant) -> Axis:
        match expr.size:
            case Symbol(name=name):
                return self.unifier.name(name)
            case Number(value=value):
                return self.unifier.name(str(value))
            case _ if id(expr) in self.sizes:  # in the side that two steps share
                return self.sizes[id(expr)][0]
            case _:
                return self.unifier.fresh()

    def _equal(self, shapes: list[Known]) -> Known:
        first: Known = None
        for shape in shapes:
            self.equate(first, shape)
            first = shape if first is None else first
        return first

    def _scalar(self, expr: Expr, what: str) -> None:
        shape = self.of(expr)
        if shape is not None and pattern(self.unifier.resolve(shape)) != "S":
            raise ShapeMismatch(f"{what} is not a scalar but {self.show(shape)}")

    def _product(self, shapes: list[Known]) -> Known:
        known = [shape for shape in shapes if shape is not None]
        if len(known) < len(shapes):
            return None
        patterns = "".join(pattern(self.unifier.resolve(shape)) for shape in known)
        plan = grouping(patterns)
        if plan is None:
            raise ShapeMismatch("the factors of a product don't fit: " + self._listed(known))
        return self._multiply(plan[1], known)

    def _listed(self, shapes: list[Shape]) -> str:
        return ", ".join(self.show(shape) for shape in shapes)

    def _multiply(self, tree: Tree, shapes: list[Shape]) -> Shape:
        if isinstance(tree, int):
            return self.unifier.resolve(shapes[tree])
        left, right = self._multiply(tree[0], shapes), self._multiply(tree[1], shapes)
        if pattern(left) == "S":
            return right
        if pattern(right) == "S":
            return left
        half = len(right) // 2
        try:
            for mine, theirs in zip(left[-half:], right[:half], strict=True):
                self.unifier.unify(mine, theirs)
        except ShapeMismatch:
            message = f"the factors of a product don't fit: {self._listed([left, right])}"
            raise ShapeMismatch(message) from None
        return (*left[:-half], *right[half:])

    def _power(self, base: Expr, exponent: Expr) -> Known:
        shape = self.of(base)
        self._scalar(exponent, "an exponent")
        if shape is not None:
            if len(shape) != 2:
                raise ShapeMismatch("a power of a tensor")
            self.unifier.unify(shape[0], shape[1])
        return shape

    def _call(self, operator: str, arguments: tuple[Expr, ...]) -> Known:
        shapes = [self.of(argument) for argument in arguments]
        row = BY_NAME[operator]
        if operator == "frobenius" and isinstance(arguments[0], Number) and shapes[1] is not None:
            return SCALAR
        if (
            operator == "frobenius"
            and shapes[0]
            and shapes[1]
            and len(shapes[0]) + len(shapes[1]) > 4
        ):
            return self._contract(shapes[0], shapes[1])
        if shapes == [None] and row.signatures[0].endswith("->()"):
            return SCALAR
        if shapes == [None] and row.signatures == _TURNED:
            return None  # a zero, of any shape as well
        failure: ShapeMismatch | None = None
        for text in row.signatures:
            state = self.unifier.save()
            try:
                return apply_signature(read_signature(text), shapes, self.unifier)
            except ShapeMismatch as mismatch:
                self.unifier.restore(state)
                failure = failure or mismatch
        shown = " and ".join(self.show(shape) for shape in shapes)
        raise ShapeMismatch(f"the {operator} of {shown} does not exist") from failure

    def _contract(self, left: Shape, right: Shape) -> Shape:
        if len(left) == 4:
            self.equate(left[2:], right[:2])
            return left[:2] + right[2:]
        self.equate(left, right[:2])
        return right[2:]

    def _apply(self, function: Symbol, arguments: tuple[Expr, ...], primes: int) -> Shape:
        shapes = [self.of(argument) for argument in arguments]
        value = self.apply(function.name, shapes)
        if not primes:
            return value
        if self.elementwise(function.name, shapes):
            return value
        if not shapes or shapes[0] is None:
            raise Ambiguous("it is not clear by what the prime differentiates")
        return self._layout(value, shapes[0]) if primes == 1 else SCALAR

    def _entry(self, base: Expr, indices: tuple[Expr, ...]) -> Shape:
        self.sizes.pop(id(base), None)  # a Kronecker delta has no size but that of its indices
        shape = self.of(base)
        if shape is None:
            raise ShapeMismatch("an entry of zero")
        shape = self.unifier.resolve(shape)
        if len(shape) == 3:
            axes, rest = self._family(shape, len(indices))
        elif len(indices) == 2:
            axes = shape
            rest = tuple(a if is_every(i) else 1 for i, a in zip(indices, axes, strict=True))
        elif pattern(shape) in "CR" and len(indices) == 1:
            axes, rest = (shape[0] if shape[1] == 1 else shape[1],), SCALAR
        else:
            raise Ambiguous(f"{len(indices)} indices on {self.show(shape)}")
        zero = isinstance(base, Symbol) and base.name in self.zero
        for index, axis in zip(indices, axes, strict=True):
            if not is_every(index):
                self._index(index, axis, zero)
        return rest

    def _family(self, shape: Shape, count: int) -> tuple[Shape, Shape]:
        if count == 1:
            return shape[:1], shape[1:]
        if count == 2 and shape[2] == 1:
            return shape[:2], SCALAR
        if count == 3:
            return shape, SCALAR
        raise Ambiguous("the number of indices is not that of the axes")

    def _index(self, index: Expr, axis: Axis, zero: bool) -> None:
        """Takes in that an index runs along an axis, which counts from 1 or from 0."""
        form = form_of(index)
        if form is None:
            raise ShapeMismatch("an index is no whole number")
        number, letter = constant(form), single(form)
        size = self.unifier.find(axis)
        if number is not None:
            if isinstance(size, int) and not 1 <= number + zero <= size:
                raise ShapeMismatch(f"index {number} is out of range")
        elif isinstance(index, Constant) and letter is not None:
            self._ends_at(axis, form, zero)
        elif letter is not None and letter not in self.ends:
            known = self.ranges.setdefault(letter, axis)
            shorter = self._shorter(known, axis)
            if shorter is None:
                self.unifier.unify(known, axis)
            else:
                self.ranges[letter] = shorter
        else:
            self._shifted(form, axis, zero)

    def _shorter(self, one: Axis, other: Axis) -> Axis | None:
        """Of two axes the one that is never longer than the other, if it is known to be."""
        for axis, whole in ((one, other), (other, one)):
            found = self.unifier.find(axis)
            if isinstance(found, Compound) and found.operator == "least":
                if self.unifier.find(whole) in self.unifier.resolve(found.parts):
                    return axis
        return None

    def _shifted(self, form: Form, axis: Axis, zero: bool) -> None:
        """Takes in an index made of letters of which the ends are known: `x_{i+1}`."""
        letters = [name for name in form if name]
        for name in letters:
            self.ranges.setdefault(name, axis)
        bound = [name for name in letters if name in self.ends and form[name] == 1]
        if len(letters) != 1 or not bound:
            return
        lower, upper = self.ends[bound[0]]
        rest = {name: value for name, value in form.items() if name != bound[0]}
        first, last = plus(lower, rest), plus(upper, rest)
        begins = constant(first) == (0 if zero else 1)
        if single(last) is not None or (begins and constant(last) is not None):
            self._ends_at(axis, last or {}, zero)

    def _ends_at(self, axis: Axis, last: Form, zero: bool) -> None:
        """Takes in that the last index along an axis is a letter or a number."""
        letter, number = single(last), constant(last)
        if letter is not None and letter in self.ranges:
            return
        end = self.unifier.name(letter) if letter is not None else self._whole(number or 0)
        if zero:
            end = end + 1 if isinstance(end, int) else Compound("plus", (end, 1))
        self.unifier.unify(axis, end)

    def _derivative(self, operand: Expr, by: tuple[Expr, ...]) -> Known:
        if not by:
            raise Ambiguous("it is not clear by what the nabla differentiates")
        value = self.of(operand)
        if value is None:
            return None
        for variable in reversed(by):
            shape = self.of(variable)
            if shape is None:
                raise ShapeMismatch("a derivative by zero")
            value = self._layout(value, shape)
        return value

    def _directional(self, operand: Apply | Call, along: tuple[Expr, ...]) -> Known:
        value = self.of(operand)
        moved = self.of(operand.arguments[0])
        for direction in along:
            self.equate(moved, self.of(direction))
        return value

    def _layout(self, value: Shape, by: Shape) -> Shape:
        return derivative_shape(self.unifier.resolve(value), self.unifier.resolve(by), self.layout)

    def _fit_law(self, expr: Moment) -> None:
        """Gives the parameters of a measure the shapes that its variable asks for, if they fit."""
        state = self.unifier.save()
        squares = (Product((each, Call("transpose", (each,)))) for each in expr.over)
        for whole, known in zip((*expr.over, *squares), expr.law, strict=False):
            try:
                self.of(Sum((whole, known)))
            except (ShapeMismatch, Ambiguous, Unsolved):
                self.unifier.restore(state)
                return

    def _summation(self, expr: Summation) -> Known:
        outer = self._bind(expr)
        shape = self.of(expr.body)
        for condition in expr.conditions:
            if not (isinstance(condition, Comparison) and condition.relation == MEMBER):
                self.of(condition)
            elif isinstance(condition.left, Entry):
                self.of(condition.left)
        if expr.operator == "product" and shape is not None:
            self.unifier.unify(shape[0], shape[1])
        if expr.operator not in ("sum", "product"):
            self.equate(shape, SCALAR)
        self._release(expr, outer)
        return shape

    def _bind(self, expr: Expr) -> tuple[dict[str, Axis], dict[str, Ends]]:
        """Brings the indices of a node into force; gives what was in force before."""
        outer = dict(self.ranges), dict(self.ends)
        for letter, lower, upper, _ in spans(expr):
            for end in (lower, upper):
                if end is not None:
                    self._scalar(end, "an end of a range")
            form = form_of(upper)
            for name in form or {}:
                if name and name not in self.ranges:
                    self.unifier.name(name)
            self.ends.pop(letter, None)
            self.ranges[letter] = self._up_to(upper)
            chosen = set_of(expr, letter)
            if chosen is not None:
                self.ranges[letter] = self.unifier.name(f"|{to_latex(chosen)}|")
            if form is not None or chosen is not None:
                self.ends[letter] = (ONE if lower is None else form_of(lower)), form
        return outer

    def _up_to(self, upper: Expr | None) -> Axis:
        """What an index runs along up to an end, which may be an entry: `n_i`."""
        match upper:
            case Entry(base=Symbol(name=name)):
                return self.counted.setdefault(name, self.unifier.fresh())
            case _:
                return self._along(form_of(upper))

    def _along(self, upper: Form | None) -> Axis:
        """What an index from 1 to `upper` runs along."""
        letter, number = single(upper), constant(upper)
        if letter is not None and letter not in self.ranges:
            return self.unifier.name(letter)
        return self._whole(number) if number is not None and number > 0 else self.unifier.fresh()

    def _whole(self, number: int) -> Axis:
        """The axis of a length; a longer one is drawn shorter, as the sizes of matrices are."""
        return number if number <= _LONGEST else self.unifier.name(str(number))

    def _release(self, expr: Expr, outer: tuple[dict[str, Axis], dict[str, Ends]]) -> None:
        """Ends the force of the indices of a node; free ones met inside stay."""
        bound = bound_here(expr)
        for letter in bound:
            self.axes[id(expr), letter] = self.ranges[letter]
        ranges, self.ends = outer
        free = {name: axis for name, axis in self.ranges.items() if name not in bound}
        self.ranges = free | {name: axis for name, axis in ranges.items() if name in bound}

    def _ellipsis(self, meaning: Expr) -> Known:
        """The shape of what dots stand for; there are to be dots, so at least three elements."""
        shape = self.of(meaning)
        inner = meaning.term if isinstance(meaning, Negative) else meaning
        for letter, lower, upper, _ in spans(inner):
            last = form_of(upper)
            name = single(plus(last, scaled({"": (last or {}).get("", 0)}, -1)))
            first = constant(form_of(lower)) or 1
            least = max(3, first + 2) - (last or {}).get("", 0)
            if name is not None and name not in self.ranges:
                self.unifier.at_least(self.unifier.name(name), least)
            elif upper is None:
                self.unifier.at_least(self.axes[id(inner), letter], least)
        return shape

    def _grid(self, expr: Grid) -> Shape:
        outer = self._bind(expr)
        shapes = [[self.of(cell) for cell in row] for row in expr.cells]
        heights = [self._common(row, 0) for row in shapes]
        widths = [self._common([row[j] for row in shapes], 1) for j in range(len(expr.columns))]
        for i, row in enumerate(expr.cells):
            for j, cell in enumerate(row):
                self.sizes[id(cell)] = (heights[i], widths[j])
        total = self._stacked(expr.rows, heights), self._stacked(expr.columns, widths)
        self._release(expr, outer)
        return total

    def _stacked(self, parts: tuple[Stretch, ...], sizes: list[Axis]) -> Axis:
        """The length of stretches of blocks of these sizes."""
        counts = [self._count(part) for part in parts]
        if all(self.unifier.find(size) == 1 for size in sizes):
            return self._length(plus(*(form for form, _ in counts)), counts)
        axes = [self._length(form, [(form, axis)]) for form, axis in counts]
        pairs = zip(axes, sizes, strict=True)
        return self._total([_times(c, self.unifier.find(s)) for c, s in pairs])

    def _count(self, part: Stretch) -> tuple[Form | None, Axis]:
        """How many rows or columns a stretch has, as a form if it is one, and as an axis."""
        if not part.index:
            return ONE, 1
        if part.upper is None:
            return None, self.ranges[part.index]
        return plus(form_of(part.upper), scaled(form_of(part.lower), -1), ONE), 1

    def _length(self, form: Form | None, counts: list[tuple[Form | None, Axis]]) -> Axis:
        if form is None:
            return self._total([axis for _, axis in counts])
        number = form.get("", 0)
        if any(value != 1 or name in self.ranges for name, value in form.items() if name):
            raise Unsolved("the number of elements is not the size of anything")
        axes: list[Axis] = [self.unifier.name(name) for name in sorted(form) if name]
        if number or not axes:
            axes.append(number)
        return axes[0] if len(axes) == 1 else Compound("plus", tuple(axes))

    def _matrix(self, rows: tuple[tuple[Expr, ...], ...]) -> Shape:
        shapes = [[self.of(cell) for cell in row] for row in rows]
        heights = self._lengths(shapes, 0)
        widths = self._lengths([list(column) for column in zip(*shapes, strict=True)], 1)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                self.sizes[id(cell)] = (heights[i], widths[j])
        return self._total(heights), self._total(widths)

    def _lengths(self, lines: list[list[Known]], axis: int) -> list[Axis]:
        """The lengths of rows or columns of blocks; one of zeros alone has any beside others."""
        blocks = any(
            shape is not None and self.unifier.find(shape[axis]) != 1
            for line in lines
            for shape in line
        )
        return [
            self.unifier.fresh() if blocks and not any(line) else self._common(line, axis)
            for line in lines
        ]

    def _common(self, shapes: list[Known], axis: int) -> Axis:
        known = [shape[axis] for shape in shapes if shape is not None]
        for other in known[1:]:
            self.unifier.unify(known[0], other)
        return known[0] if known else 1

    def _total(self, parts: list[Axis]) -> Axis:
        lengths = [self.unifier.find(part) for part in parts]
        if all(isinstance(part, int) for part in lengths):
            return sum(part for part in lengths if isinstance(part, int))
        return lengths[0] if len(lengths) == 1 else Compound("plus", tuple(lengths))


def _times(count: Axis, size: Axis) -> Axis:
    if count == 1 or size == 1:
        return size if count == 1 else count
    return Compound("times", (count, size))


def derivative_shape(value: Shape, by: Shape, layout: str) -> Shape:
    """The shape of a derivative.

    A gradient has the shape of what it is taken by and a Jacobian a row for each component, unless
    the layout says otherwise (Magnus and Neudecker 2019, 9.2).
    """
    kinds = pattern(value) + pattern(by)
    if kinds[1] == "S":
        return value
    if kinds[0] == "S":
        return (by[1], by[0]) if layout == "numerator" else by
    if kinds == "CC":
        return (by[0], value[0]) if layout == "denominator" else (value[0], by[0])
    if layout in STACKED and len(value) == len(by) == 2:
        rows, columns = _length(value), _length(by)
        return (columns, rows) if STACKED[layout].turned else (rows, columns)
    if kinds == "RC":
        return (by[0], value[1])
    if kinds == "CR":
        return (value[0], by[1])
    return (*value, *by)


def _length(shape: Shape) -> Axis:
    """How many entries a shape has."""
    axes = tuple(axis for axis in shape if axis != 1)
    return Compound("times", axes) if len(axes) > 1 else axes[0]
