"""The tree that an author wrote.

Every node is frozen and carries its span, which is not part of equality. Nothing is simplified on
construction. An algorithm over expressions is one file with a `match` over the union `Expr`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from proofcheck.document.source import Span

NOWHERE = Span(0, 0)
PLACEHOLDER = r"\cdot"  # the name of the argument of `\log\circ\det`
PLACE = r"the argument of \nabla"  # of functions of which nothing says what they are applied to
ARGUMENT = "argument of "  # before the name of `g` in `\nabla g(Ax+b)`, what it differentiates by


class _Node:
    """What was found out about a node once, and holds for as long as it lives: it never changes."""

    __slots__ = ("free", "symbols", "walked")

    walked: tuple[Expr, ...]
    symbols: frozenset[str]
    free: frozenset[str]


def _keep(node: _Node, name: str, found: object) -> None:
    object.__setattr__(node, name, found)


@dataclass(frozen=True, slots=True)
class Number(_Node):
    """A decimal or whole number; `0` stands for the zero of any shape."""

    value: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Symbol(_Node):
    """A name with its font, accents and the subscripts that are part of it, as canonical LaTeX."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Constant(_Node):
    """`identity`, `ones`, `pi`, `euler` …; `size` is what a subscript says (`I_n`), or None."""

    name: str
    size: Expr | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Entry(_Node):
    """`X_{ij}`, `(AB)_{ij}`, `x_i`: one entry, or one member of a family."""

    base: Expr
    indices: tuple[Expr, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Sum(_Node):
    """Terms added; a subtracted one is a `Negative`."""

    terms: tuple[Expr, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Negative(_Node):
    """A term with a minus sign in front."""

    term: Expr
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Product(_Node):
    """Factors side by side or joined by a dot; the shapes say how they group."""

    factors: tuple[Expr, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Quotient(_Node):
    """`\\frac{a}{b}`, `a/b`; the denominator is a scalar."""

    numerator: Expr
    denominator: Expr
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Power(_Node):
    """`A^{-1}`, `A^2`, `x^k`, `A^{1/2}`: of a square matrix or of a scalar."""

    base: Expr
    exponent: Expr
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call(_Node):
    """An operator of the vocabulary, by its name there, on its arguments."""

    operator: str
    arguments: tuple[Expr, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Apply(_Node):
    """A function of the document on its arguments: `f(x)`, or `f'(x)` with `primes` one."""

    function: Symbol
    arguments: tuple[Expr, ...]
    primes: int = 0
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Differential(_Node):
    """`dX`: the tangent of its operand along the directions of what varies.

    `timed` is true where it is a derivative by a parameter, `\\dot x`: all that varies moves along
    curves, which have derivatives of every order.
    """

    operand: Expr
    span: Span = field(default=NOWHERE, compare=False)
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Derivative(_Node):
    """The derivative of `operand` by each of `by` in turn; `by` is empty for a bare `\\nabla`.

    `gradient` is true where it was written with `\\nabla`.
    """

    operand: Expr
    by: tuple[Expr, ...]
    gradient: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Directional(_Node):
    """`Df(X)[H]`: the derivative of a function where its first argument moves along `along`.

    `operand` is the application; several directions make a derivative of higher order.
    """

    operand: Apply | Call
    along: tuple[Expr, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Summation(_Node):
    """`\\sum` over indices, or what else `operator` says: `product`, `maximum`, `minimum`.

    `lower` and `upper` are None where the range is that of the axes the indices run along;
    only the terms count at which the `conditions` are true (`i \\ne j`).
    """

    operator: str
    indices: tuple[str, ...]
    lower: Expr | None
    upper: Expr | None
    conditions: tuple[Expr, ...]
    body: Expr
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Moment(_Node):
    """`E[x]`, `\\operatorname{Var}(x)`, `\\operatorname{Cov}(x,y)`: moments of random arguments.

    `over` are the variables a subscript names, empty where all that is random is meant; `given` is
    what a bar conditions on, which is a constant. `measure` is the text of the distribution that is
    meant, where it is not the only one: moments of different ones have nothing in common.
    `law` are the mean and the covariance of that distribution, if these are known.
    """

    operator: str
    arguments: tuple[Expr, ...]
    over: tuple[Expr, ...] = ()
    given: tuple[Expr, ...] = ()
    measure: str = ""
    law: tuple[Expr, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Evaluated(_Node):
    r"""`\left. f \right|_{x=a}`: the operand with the values of `at` for its variables."""

    operand: Expr
    at: tuple[tuple[Symbol, Expr], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Expansion(_Node):
    """The Taylor polynomial of the operand about zero in a variable, up to an order."""

    operand: Expr
    variable: Symbol
    order: int
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Integral(_Node):
    """`\\int_a^b f\\,dx`, by one variable.

    `lower` and `upper` are None where no two ends are written; `domain` is what a subscript says
    of a set then.
    """

    variable: Symbol
    lower: Expr | None
    upper: Expr | None
    body: Expr
    domain: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Matrix(_Node):
    """A matrix written out, row by row; its elements are scalars or blocks."""

    rows: tuple[tuple[Expr, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows or columns of a `Grid`: one, or one for each value of an index.

    `upper` is None where nothing says how many there are.
    """

    index: str = ""
    lower: Expr | None = None
    upper: Expr | None = None


@dataclass(frozen=True, slots=True)
class Grid(_Node):
    """A matrix by stretches of rows and columns; a cell may depend on the indices of both."""

    rows: tuple[Stretch, ...]
    columns: tuple[Stretch, ...]
    cells: tuple[tuple[Expr, ...], ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Dotted(_Node):
    """`x_1+\\cdots+x_n`, `(a,b,c)`, `[x^2]_a^b`: what was written, and what it means."""

    meaning: Expr
    latex: str
    span: Span = field(default=NOWHERE, compare=False)

    def is_matrix(self) -> bool:
        """Whether it is a list, which may be a row or a column, or a matrix with dots."""
        return isinstance(self.meaning, Grid | Matrix)


MEMBER = r"\in"


@dataclass(frozen=True, slots=True)
class Comparison(_Node):
    """`i = j`, `x > 0` as a number: 1 where it is true and 0 where it is not (Iverson).

    With `MEMBER` for its relation it says what set the index of a sum is from. A set of pairs is a
    matrix, with its positive entries for members: its entry stands on the left.
    """

    relation: str
    left: Expr
    right: Expr
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Cases(_Node):
    """The value of the first branch whose condition is true; a branch is a value, a condition."""

    branches: tuple[tuple[Expr, Expr], ...]
    span: Span = field(default=NOWHERE, compare=False)


Expr = (
    Number
    | Symbol
    | Constant
    | Entry
    | Sum
    | Negative
    | Product
    | Quotient
    | Power
    | Call
    | Apply
    | Differential
    | Derivative
    | Directional
    | Summation
    | Evaluated
    | Expansion
    | Integral
    | Moment
    | Matrix
    | Grid
    | Dotted
    | Comparison
    | Cases
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly below a node, in the order of the text."""
    match expr:
        case Number() | Symbol():
            return ()
        case Constant(size=size):
            return () if size is None else (size,)
        case Entry(base=base, indices=indices):
            return (base, *indices)
        case Sum(terms=parts) | Product(factors=parts) | Call(arguments=parts):
            return parts
        case Negative(term=part) | Differential(operand=part) | Dotted(meaning=part):
            return (part,)
        case (
            Quotient(numerator=left, denominator=right)
            | Power(base=left, exponent=right)
            | Comparison(left=left, right=right)
        ):
            return (left, right)
        case Apply(function=function, arguments=arguments):
            return (function, *arguments)
        case Derivative(operand=operand, by=by):
            return (operand, *by)
        case Directional(operand=operand, along=along):
            return (operand, *along)
        case Summation(lower=lower, upper=upper, conditions=conditions, body=body):
            return tuple(p for p in (lower, upper, *conditions, body) if p is not None)
        case Moment(arguments=arguments, over=over, given=given, law=law):
            return (*arguments, *over, *given, *law)
        case Evaluated(operand=operand, at=at):
            return (operand, *(part for pair in at for part in pair))
        case Expansion(operand=operand, variable=variable):
            return (operand, variable)
        case Integral(variable=variable, lower=lower, upper=upper, body=body):
            return tuple(p for p in (variable, lower, upper, body) if p is not None)
        case Matrix(rows=rows):
            return tuple(element for row in rows for element in row)
        case Grid(rows=rows, columns=columns, cells=cells):
            ends = [end for part in (*rows, *columns) for end in (part.lower, part.upper)]
            found = (*ends, *(cell for row in cells for cell in row))
            return tuple(part for part in found if part is not None)
        case Cases(branches=branches):
            return tuple(part for branch in branches for part in branch)


def walk(expr: Expr) -> tuple[Expr, ...]:
    """The node and all below it, parents first.

    Found once for each node: trees are walked for many questions.
    """
    try:
        return expr.walked
    except AttributeError:
        found = tuple(_walk(expr))
        _keep(expr, "walked", found)
        return found


def _walk(expr: Expr) -> Iterator[Expr]:
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def symbols(expr: Expr) -> frozenset[str]:
    """The names of all symbols that occur, indices among them."""
    try:
        return expr.symbols
    except AttributeError:
        found = frozenset(node.name for node in walk(expr) if isinstance(node, Symbol))
        _keep(expr, "symbols", found)
        return found


def evaluated(expr: Expr) -> frozenset[str]:
    """The names of the variables that have a value of their own somewhere inside."""
    nodes = walk(expr)
    places = (node.at for node in nodes if isinstance(node, Evaluated))
    about = {node.variable.name for node in nodes if isinstance(node, Expansion)}
    return frozenset(variable.name for at in places for variable, _ in at) | about


def rebuild(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The node with `change` applied to each expression directly below it."""
    match expr:
        case Number() | Symbol():
            return expr
        case Constant(size=size):
            return expr if size is None else replace(expr, size=change(size))
        case Entry(base=base, indices=indices):
            return replace(expr, base=change(base), indices=tuple(map(change, indices)))
        case Sum(terms=terms):
            return replace(expr, terms=tuple(map(change, terms)))
        case Product(factors=factors):
            return replace(expr, factors=tuple(map(change, factors)))
        case Call(arguments=arguments):
            return replace(expr, arguments=tuple(map(change, arguments)))
        case Negative(term=term):
            return replace(expr, term=change(term))
        case Differential(operand=operand):
            return replace(expr, operand=change(operand))
        case Quotient(numerator=numerator, denominator=denominator):
            return replace(expr, numerator=change(numerator), denominator=change(denominator))
        case Power(base=base, exponent=exponent):
            return replace(expr, base=change(base), exponent=change(exponent))
        case Apply(arguments=arguments):
            return replace(expr, arguments=tuple(map(change, arguments)))
        case Derivative(operand=operand, by=by):
            return replace(expr, operand=change(operand), by=tuple(map(change, by)))
        case Directional(operand=operand, along=along):
            applied = rebuild(operand, change)
            assert isinstance(applied, Apply | Call)
            return replace(expr, operand=applied, along=tuple(map(change, along)))
        case Summation(lower=lower, upper=upper, conditions=conditions, body=body):
            first, last = _maybe(lower, change), _maybe(upper, change)
            tests = tuple(map(change, conditions))
            return replace(expr, lower=first, upper=last, conditions=tests, body=change(body))
        case Moment(arguments=arguments, over=over, given=given, law=law):
            inside, named = tuple(map(change, arguments)), tuple(map(change, over))
            known, told = tuple(map(change, given)), tuple(map(change, law))
            return replace(expr, arguments=inside, over=named, given=known, law=told)
        case Evaluated(operand=operand, at=at):
            places = tuple((variable, change(value)) for variable, value in at)
            return replace(expr, operand=change(operand), at=places)
        case Expansion(operand=operand):
            return replace(expr, operand=change(operand))
        case Integral(lower=lower, upper=upper, body=body):
            first, last = _maybe(lower, change), _maybe(upper, change)
            return replace(expr, lower=first, upper=last, body=change(body))
        case Matrix(rows=rows):
            return replace(expr, rows=tuple(tuple(map(change, row)) for row in rows))
        case Grid(rows=rows, columns=columns, cells=cells):
            return replace(
                expr,
                rows=tuple(_stretched(part, change) for part in rows),
                columns=tuple(_stretched(part, change) for part in columns),
                cells=tuple(tuple(map(change, row)) for row in cells),
            )
        case Dotted(meaning=meaning):
            return replace(expr, meaning=change(meaning))
        case Comparison(left=left, right=right):
            return replace(expr, left=change(left), right=change(right))
        case Cases(branches=branches):
            return replace(expr, branches=tuple((change(v), change(c)) for v, c in branches))


def renamed(expr: Expr, old: str, new: str) -> Expr:
    """The expression with another name for one of its symbols."""
    if isinstance(expr, Symbol):
        return replace(expr, name=new) if expr.name == old else expr
    return rebuild(expr, lambda child: renamed(child, old, new))


def _maybe(expr: Expr | None, change: Callable[[Expr], Expr]) -> Expr | None:
    return None if expr is None else change(expr)


def _stretched(part: Stretch, change: Callable[[Expr], Expr]) -> Stretch:
    return replace(part, lower=_maybe(part.lower, change), upper=_maybe(part.upper, change))


def set_of(expr: Expr, letter: str) -> Expr | None:
    """The set that an index of a sum is from, or None."""
    if isinstance(expr, Summation):
        for condition in expr.conditions:
            if isinstance(condition, Comparison) and condition.relation == MEMBER:
                if condition.left == Symbol(letter):
                    return condition.right
    return None


def index_letters(index: Expr) -> frozenset[str]:
    """The letters that an index is made of: `i` and `j` in `x_{i+j-1}`, none in `x_n`."""
    return frozenset(node.name for node in walk(index) if isinstance(node, Symbol)) - frozenset(
        node.size.name
        for node in walk(index)
        if isinstance(node, Constant) and isinstance(node.size, Symbol)
    )


def is_every(index: Expr) -> bool:
    """Whether an index is the colon of `A_{i:}`: every place along an axis."""
    return isinstance(index, Constant) and index.name == "every"


def bound_here(expr: Expr) -> frozenset[str]:
    """The indices that a node binds in what is below it."""
    match expr:
        case Summation(indices=indices):
            return frozenset(indices)
        case Grid(rows=rows, columns=columns):
            return frozenset(part.index for part in (*rows, *columns) if part.index)
        case _:
            return frozenset()


Spanned = tuple[str, Expr | None, Expr | None, tuple[Expr, ...]]


def spans(expr: Expr) -> tuple[Spanned, ...]:
    """The indices that a node binds, each with its ends and with what stands below it."""
    match expr:
        case Summation(lower=lower, upper=upper, conditions=conditions, body=body):
            return tuple((i, lower, upper, (*conditions, body)) for i in expr.indices)
        case Grid(rows=rows, columns=columns, cells=cells):
            inside = tuple(cell for row in cells for cell in row)
            parts = [part for part in (*rows, *columns) if part.index]
            return tuple((part.index, part.lower, part.upper, inside) for part in parts)
        case _:
            return ()


def indexing(node: Expr) -> frozenset[str]:
    """The letters that are indices by what a node is: those of an entry, or compared with one."""
    match node:
        case Entry(indices=indices):
            return frozenset(letter for index in indices for letter in index_letters(index))
        case Summation(indices=bound, conditions=conditions):
            pairs = [
                {c.left.name, c.right.name}
                for c in conditions
                if isinstance(c, Comparison)
                and c.relation != MEMBER
                and isinstance(c.left, Symbol)
                and isinstance(c.right, Symbol)
            ]
            return frozenset(letter for pair in pairs if pair & set(bound) for letter in pair)
        case _:
            return frozenset()


def free_indices(expr: Expr) -> frozenset[str]:
    """The letters that stand as indices without a sum that binds them."""
    try:
        return expr.free
    except AttributeError:
        inside = (free_indices(child) for child in children(expr))
        found = indexing(expr).union(*inside) - bound_here(expr)
        _keep(expr, "free", found)
        return found
