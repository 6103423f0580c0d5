"""The forms of expressions that say what an equation is: a definition, a property, a zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.dots import DOTS
from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Derivative,
    Differential,
    Dotted,
    Entry,
    Expr,
    Grid,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    bound_here,
    children,
    indexing,
    spans,
    symbols,
    walk,
)
from proofcheck.formula.notation import Notation
from proofcheck.formula.scripts import INVERSE


def refuse_applied_indices(expr: Expr) -> None:
    """Raises `Unreadable` for an index that stands before a bracket as a function does."""
    bound = bound_in(expr)
    for node in walk(expr):
        if isinstance(node, Apply) and node.function.name in bound:
            shown = node.function.name
            raise Unreadable(f"`{shown}` is an index and stands before a bracket", node.span)


def refuse_two_variations(expr: Expr) -> None:
    """`dL\\,\\delta R`: with both signs for a variation it isn't clear what moves."""
    if any(isinstance(node, Differential) for node in walk(expr)):
        for node in walk(expr):
            if isinstance(node, Symbol) and node.name.startswith(r"\delta{"):
                raise Unreadable(f"`{node.name}` stands beside a `d`", node.span)


def plain_symbols(expr: Expr) -> set[str]:
    """The symbols that stand without an index."""
    if isinstance(expr, Symbol):
        return {expr.name}
    if isinstance(expr, Entry) and isinstance(expr.base, Symbol):
        return set()
    return {name for child in children(expr) for name in plain_symbols(child)}


def beside_entries(expr: Expr) -> set[str]:
    """The symbols that are added to entries with several indices, `y_{ij} - \\mu`, and so are
    numbers: with an index they mean something else."""
    found: set[str] = set()
    for node in walk(expr):
        if isinstance(node, Sum):
            terms = [term.term if isinstance(term, Negative) else term for term in node.terms]
            if any(isinstance(term, Entry) and len(term.indices) > 1 for term in terms):
                found |= {term.name for term in terms if isinstance(term, Symbol)}
    return found


def detached(exprs: Iterable[Expr]) -> frozenset[str]:
    """The functions that are defined by a letter, `\\sigma(x) = \\ldots`, and only ever applied to
    something else: what the letter means elsewhere says nothing of their argument."""
    defined: dict[str, set[Expr]] = {}
    applied: dict[str, set[Expr]] = {}
    bare: set[str] = set()
    for expr in exprs:
        target = target_of(expr)
        if isinstance(expr, Apply) and expr.primes:  # `f'(x) = ...` goes on with its letter
            target = target_of(replace(expr, primes=0))
            if target is not None:
                continue
        inner = children(expr) if target is not None and isinstance(expr, Apply) else (expr,)
        if isinstance(expr, Apply) and target is not None:
            defined.setdefault(target[0], set()).update(Symbol(name) for name in target[1])
            inner = ()
        for node in (node for part in inner for node in walk(part)):
            match node:
                case Apply(function=Symbol(name=name), arguments=arguments):
                    applied.setdefault(name, set()).update(arguments)
                case (
                    Derivative(operand=Symbol(name=name)) | Differential(operand=Symbol(name=name))
                ):
                    bare.add(name)
                case Derivative(operand=Apply(function=Symbol(name=name))):
                    bare.add(name)
                case _:
                    pass
    return frozenset(
        name
        for name, letters in defined.items()
        if name in applied and name not in bare and not applied[name] & letters
    )


def target_of(left: Expr) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """The symbol, its parameters and its indices, that a left side would introduce."""
    match left:
        case Symbol(name=name):
            return name, (), ()
        case Entry(base=Symbol(name=name), indices=indices):
            letters = tuple(index.name for index in indices if isinstance(index, Symbol))
            return (
                (name, (), letters) if len(letters) == len(indices) == len(set(letters)) else None
            )
        case Apply(function=Symbol(name=name), arguments=arguments, primes=0):
            names = tuple(found for a in arguments if (found := _argument(a)))
            return (name, names, ()) if len(names) == len(arguments) == len(set(names)) else None
        case _:
            return None


def _argument(expr: Expr) -> str:
    """The name of an argument: `x`, or `x_1,\\ldots,x_n` for the whole of `x`."""
    match expr:
        case Symbol(name=name):
            return name
        case Dotted(meaning=Grid(cells=((Entry(base=Symbol(name=name), indices=(Symbol(),)),),))):
            return name
        case _:
            return ""


def head_of(expr: Expr) -> str | None:
    """The symbol that an entry, an application or a transpose is of."""
    match expr:
        case Symbol(name=name):
            return name
        case Entry(base=base):
            return head_of(base)
        case Apply(function=Symbol(name=name)):
            return name
        case Call(operator="transpose" | "conjugate" | "vec", arguments=(argument,)):
            return head_of(argument)
        case _:
            return None


def cancels_itself(left: Expr, right: Expr) -> bool:
    """`F^{-1}(F^{-1}(x)) = x`: an inverse cancels its function, and not itself."""
    match left:
        case Apply(function=outer, arguments=(Apply(function=inner, arguments=(argument,)),)):
            return outer == inner and outer.name.endswith(INVERSE) and argument == right
        case _:
            return False


def bound_in(expr: Expr) -> set[str]:
    """The indices of sums, and letters that only occur as indices."""
    bound = {i for node in walk(expr) for i in bound_here(node)}
    return bound | {letter for node in walk(expr) for letter in indexing(node)}


def mentions(expr: Expr, name: str) -> bool:
    return name in symbols(expr)


def poses_deltas(left: Expr, right: Expr) -> bool:
    """`v_i^Tv_j = \\delta_{ij}`, `T_iT_j = \\delta_{ij}T_i`: what orthonormal families satisfy."""
    factors = right.factors if isinstance(right, Product) else (right,)
    deltas = sum(is_delta(factor) for factor in factors)
    derived = any(isinstance(node, Derivative) for node in walk(left))
    rest = [factor for factor in factors if not is_delta(factor)]
    members = all(isinstance(factor, Entry) and len(factor.indices) == 1 for factor in rest)
    return deltas == 1 and len(rest) < 2 and members and not derived


def is_plain_number(expr: Expr) -> bool:
    """Whether an expression is a number written out: `2`, `-\\frac12`, `90^\\circ`, `2\\pi`."""
    match expr:
        case Number() | Constant(name="pi"):
            return True
        case Negative(term=part):
            return is_plain_number(part)
        case Quotient(numerator=top, denominator=bottom):
            return is_plain_number(top) and is_plain_number(bottom)
        case Product(factors=factors):
            return all(map(is_plain_number, factors))
        case _:
            return False


def is_zero(expr: Expr) -> bool:
    match expr:
        case Number(value=value):
            return value == 0
        case Call(operator="transpose", arguments=(argument,)):
            return is_zero(argument)
        case _:
            return False


def is_index_like(name: str, right: Expr, notation: Notation) -> bool:
    """`i = j`, `k = 0`, `n = 1`: says where an index stands, not what a symbol means."""
    listed = isinstance(right, Dotted) and isinstance(right.meaning, Grid)
    return _is_small(name, notation) and (listed or isinstance(right, Number | Symbol))


def size_letters(*exprs: Expr) -> set[str]:
    """The letters that stand as the ends of ranges and as sizes, and nowhere else."""
    ends: set[str] = set()
    others: set[str] = set()
    stack: list[tuple[Expr, bool]] = [(expr, False) for expr in exprs]
    while stack:
        expr, end = stack.pop()
        if isinstance(expr, Symbol):
            (ends if end else others).add(expr.name)
        outer = {id(e) for _, lower, upper, _ in spans(expr) for e in (lower, upper)}
        sized = end or isinstance(expr, Constant)
        stack += [(child, sized or id(child) in outer) for child in children(expr)]
    return ends - others


def says_range(name: str, right: Sequence[Token], notation: Notation) -> bool:
    """Whether tokens say how far an index runs: `1,\\ldots,n_k`."""
    texts = {token.text for token in right}
    return _is_small(name, notation) and "," in texts and bool(texts & DOTS)


def _is_small(name: str, notation: Notation) -> bool:
    return name in notation.indices or name in tuple("ijklmnrst")


TELLING = frozenset(
    ("orthogonal", "orthonormal", "orthonormal columns", "orthonormal rows", "unitary")
) | {"idempotent", "involutory", "unit", "all-ones"}
"""Properties by which a symbol may vanish from an equation: they are what it is claimed by."""


KEPT_BY_POWERS = frozenset(
    ("symmetric", "hermitian", "diagonal", "positive definite", "positive semidefinite")
)
"""Properties that a matrix has if a power of it has."""


def is_compound(expr: Expr) -> bool:
    """Whether an expression is more than a name or a number, with a sign at most."""
    match expr:
        case Negative(term=term):
            return is_compound(term)
        case Number() | Symbol() | Constant() | Entry() | Apply():
            return False
        case _:
            return True


def is_of_blocks(expr: Expr) -> bool:
    """Whether an expression is a function or a power of a matrix that is written out."""
    match expr:
        case Call(arguments=(Matrix(),)) | Power(base=Matrix()):
            return True
        case _:
            return False


def is_delta(expr: Expr) -> bool:
    """Whether an expression is an entry of the identity: `\\delta_{ij}`."""
    return isinstance(expr, Entry) and isinstance(expr.base, Constant) and len(expr.indices) == 2


def property_stated(left: Expr, right: Expr) -> tuple[str, str] | None:
    """The symbol and the property that an equation of these sides states."""
    match left, right:
        case Symbol(name=name), Call(operator="transpose", arguments=(Symbol(name=other),)):
            return (name, "symmetric") if name == other else None
        case (
            Product(
                factors=(Call(operator="transpose", arguments=(Symbol(name=a),)), Symbol(name=b))
            ),
            Constant(name="identity"),
        ):
            return (a, "orthonormal columns") if a == b else None
        case (
            Product(
                factors=(Symbol(name=a), Call(operator="transpose", arguments=(Symbol(name=b),)))
            ),
            Constant(name="identity"),
        ):
            return (a, "orthonormal rows") if a == b else None
        case (
            Call(operator="transpose", arguments=(Symbol(name=a),)),
            Negative(term=Symbol(name=b)),
        ):
            return (a, "skew-symmetric") if a == b else None
        case (
            Product(
                factors=(Call(operator="transpose", arguments=(Symbol(name=a),)), Symbol(name=b))
            ),
            Number(value=value),
        ):
            return (a, "unit") if a == b and value == 1 else None
        case (
            Entry(base=Symbol(name=a), indices=(Symbol(name=i), Symbol(name=j))),
            Entry(base=Symbol(name=b), indices=(Symbol(name=k), Symbol(name=m))),
        ):
            return (a, "symmetric") if a == b and (i, j) == (m, k) else None
        case Product(factors=(Symbol(name=a), Symbol(name=b))), Symbol(name=c):
            return (a, "idempotent") if a == b == c else None
        case Power(base=Symbol(name=a), exponent=Number(value=value)), Symbol(name=b):
            return (a, "idempotent") if a == b and value == 2 else None
        case Call(operator="norm" | "two norm", arguments=(Symbol(name=a),)), Number(value=value):
            return (a, "unit") if value == 1 else None
        case (
            Power(
                base=Call(operator="norm" | "two norm", arguments=(Symbol(name=a),)),
                exponent=Number(value=order),
            ),
            Number(value=value),
        ):
            return (a, "unit") if order == 2 and value == 1 else None
        case _:
            return None


def stating(name: str, properties: frozenset[str]) -> Iterator[tuple[str, Expr, Expr]]:
    """The equations that state properties of a symbol, each with the word for it."""
    symbol = Symbol(name)
    turned = Call("transpose", (symbol,))
    if properties & {"symmetric", "positive definite", "positive semidefinite", "diagonal"}:
        yield "symmetric", symbol, turned
    if properties & {"orthogonal", "orthonormal", "orthonormal columns"}:
        yield "orthogonal", Product((turned, symbol)), Constant("identity")
    if "unit" in properties:
        yield "a unit vector", Product((turned, symbol)), Number(Fraction(1))
    if "idempotent" in properties:
        yield "idempotent", Product((symbol, symbol)), symbol
