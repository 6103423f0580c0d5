"""Claims with conjugates at complex values: what can be tried, and what is drawn."""

from __future__ import annotations

from flint import acb, acb_mat, arb, arb_mat, fmpq_mat

from proofcheck.formula.expr import (
    Call,
    Constant,
    Derivative,
    Expr,
    Negative,
    Number,
    Power,
    symbols,
    walk,
)
from proofcheck.formula.shape import Shape
from proofcheck.inference.model import Claim, Defined, Free, Model, Variable
from proofcheck.inference.readings import all_leaves, said_by
from proofcheck.numeric.arithmetic import Item, Tensor, Unsupported, is_grid
from proofcheck.numeric.jet import Jet, has_level, index_of, key_of, without_level
from proofcheck.numeric.sampling import Point

IMAGINARY = "/imaginary"
"""Behind the key of a variable, that of its imaginary part."""
CONJUGATES = frozenset(("conjugate", "conjugate transpose", "real part", "imaginary part"))
_ANALYTIC = frozenset(
    ("trace", "determinant", "transpose", "adjugate", "vec", "diag", "hadamard", "kronecker")
) | {"frobenius"}
_ANALYTIC |= {"bars", "norm", "two norm", "sign", "inner product", "sqrt", "exp", "log"}
_ANALYTIC |= {"sin", "cos", "tan", "sinh", "cosh", "tanh", "absolute value"}
_ANALYTIC |= {f"elementwise {name}" for name in ("exp", "log", "sqrt", "sin", "cos")}
_ANALYTIC |= {"commutator", "anticommutator", "direct sum", "block diagonal"}
_NORMS = frozenset(("norm", "two norm", "bars"))
_LINEAR = frozenset(
    ("symmetric", "skew-symmetric", "diagonal", "Toeplitz", "lower triangular", "upper triangular")
)
_GENERAL = _LINEAR | {"complex", "invertible", "square", "constant", "full column rank"}
_HERMITIAN = frozenset(("hermitian",))
_UNITARY = frozenset(("unitary",))
_ABSOLUTE = frozenset(("norm", "two norm", "bars", "one norm", "inner product", "frobenius"))
BRANCHED = frozenset(("sqrt", "log"))
"""Operators whose identities for positive numbers fail on other branches."""
_DEFINITE = frozenset(("positive definite", "positive semidefinite"))


def needs_complex(model: Model, claim: Claim) -> bool:
    """Whether real values say too little of a claim.

    An identity of analytic functions that holds for real matrices does so for complex ones; where
    a conjugate or an absolute value stands, or a matrix is Hermitian or unitary, it need not.
    """
    calls = {node.operator for node in claim.nodes() if isinstance(node, Call)}
    said = [variable.properties for variable in _free(model, claim)]
    if calls & CONJUGATES or any(properties & (_HERMITIAN | _UNITARY) for properties in said):
        return True
    return bool(calls & (_ABSOLUTE | BRANCHED)) and any(
        "complex" in properties for properties in said
    )


def only_complex(model: Model, claim: Claim) -> bool:
    """Whether a claim has no meaning for real values: it has the imaginary unit, or differentiates
    what is not analytic by complex variables (Wirtinger derivatives)."""
    exprs = said_by(model, claim)
    nodes = [node for expr in exprs for node in walk(expr)]
    if any(isinstance(node, Constant) and node.name == "imaginary" for node in nodes):
        return can_be_complex(model, claim)
    by = [variable for node in nodes if isinstance(node, Derivative) for variable in node.by]
    if not by or not can_be_complex(model, claim):
        return False
    calls = {node.operator for node in nodes if isinstance(node, Call)}
    conjugated = any(is_conjugate(variable) for variable in by)
    return conjugated or (bool(calls & (CONJUGATES | _ABSOLUTE)) and has_complex(model, claim))


def is_conjugate(variable: Expr) -> bool:
    """Whether a derivative is by the conjugate of a variable."""
    match variable:
        case Call(operator="conjugate" | "conjugate transpose", arguments=(inner,)):
            return not is_conjugate(inner)
        case Call(arguments=(inner,)):
            return is_conjugate(inner)
        case _:
            return False


def has_complex(model: Model, claim: Claim) -> bool:
    """Whether something that a claim is about is said to be complex."""
    return any("complex" in variable.properties for variable in _free(model, claim))


def reals(model: Model, claim: Claim) -> frozenset[str]:
    """The keys of the variables that are real beside the imaginary unit.

    The text calls them so; or it does not say that they are complex, and takes no conjugate, real
    part or imaginary part of them.
    """
    exprs = said_by(model, claim)
    nodes = [node for expr in exprs for node in walk(expr)]
    if not any(isinstance(node, Constant) and node.name == "imaginary" for node in nodes):
        return frozenset()
    names = {
        name
        for node in nodes
        if isinstance(node, Call) and node.operator in CONJUGATES
        for name in symbols(node)
    }
    complexes = _HERMITIAN | _UNITARY | {"complex"}
    return frozenset(
        variable.key
        for variable in _free(model, claim)
        if "real" in variable.properties
        or (variable.name not in names and not variable.properties & complexes)
    )


def is_complex(model: Model, claim: Claim) -> bool:
    """Whether all that a claim is about is said to be complex."""
    complexes = _HERMITIAN | _UNITARY | {"complex"}
    return all(variable.properties & complexes for variable in _free(model, claim))


def _free(model: Model, claim: Claim) -> list[Variable]:
    keys = all_leaves(model, claim)
    found = [model.variables[key] for key in keys]
    return [variable for variable in found if isinstance(variable.law, Free)]


def can_be_complex(model: Model, claim: Claim) -> bool:
    """Whether everything that a claim rests on has a value at complex numbers.

    `A:B` is `tr(A^TB)` there as well, without a conjugate.
    """
    laws = (model.variables[key].law for key in all_leaves(model, claim))
    if claim.unknown or not all(isinstance(law, Defined | Free) for law in laws):
        return False
    return all(_is_analytic(node) for expr in said_by(model, claim) for node in unsquared(expr))


def unsquared(expr: Expr) -> list[Expr]:
    """All nodes but the norms that are squared, which are traces of products."""
    squared = {id(n.base) for n in walk(expr) if isinstance(n, Power) and _is_two(n.exponent)}
    return [n for n in walk(expr) if not (id(n) in squared and _is_norm(n))]


def _is_two(expr: Expr) -> bool:
    return isinstance(expr, Number) and expr.value == 2


def _is_norm(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.operator in _NORMS


def _is_analytic(node: Expr) -> bool:
    match node:
        case Call(operator=operator):
            return operator in _ANALYTIC | CONJUGATES
        case Power(exponent=exponent):
            return all(isinstance(inner, Number | Negative) for inner in walk(exponent))
        case Derivative(gradient=True, by=by):
            return all(map(is_conjugate, by))  # without a conjugate it is defined in two ways
        case _:
            return True


def complex_value(point: Point, key: str, shape: Shape, properties: frozenset[str]) -> Item:
    """The value of a free variable; exact parts, in balls of the precision in force."""
    real = point.draw(key, shape, properties)
    if properties <= _GENERAL:
        return joined(real, point.draw(key + IMAGINARY, shape, properties & _LINEAR))
    if properties & _HERMITIAN and _is_square(real):
        return joined(real, point.draw(key + IMAGINARY, shape, frozenset(("skew-symmetric",))))
    if properties & _DEFINITE and _is_square(real):
        return joined(*_definite(point, key, shape))
    if properties & _UNITARY and _is_square(real):
        return joined(*_unitary(point, key, shape))
    return joined(real, real * 0)


def real_value(point: Point, key: str, shape: Shape, properties: frozenset[str]) -> Item:
    """The value of a free variable that is real, as a complex item."""
    real = point.draw(key, shape, properties)
    return joined(real, real * 0)


def halves(jet: Jet, level: int, count: int, conjugated: bool) -> Jet:
    """Wirtinger's derivatives along the directions of a level, from those along the real ones, of
    which there are `count`, and the imaginary ones behind them (Remmert 1991, 1.4)."""
    parts: dict[int, Item] = {}
    for key, part in jet.parts.items():
        if not has_level(key, level):
            parts[key] = part
            continue
        turn, index = divmod(index_of(key, level), count)
        half = acb(1) / 2 if not turn else acb(0, 1 if conjugated else -1) / 2
        place = without_level(key, level) | key_of(level, index)
        parts[place] = parts[place] + part * half if place in parts else part * half
    return Jet(parts)


def complex_tangent(point: Point, key: str, shape: Shape, properties: frozenset[str]) -> Item:
    """A direction in which a free variable may move."""
    real = point.tangent(key, shape, properties)
    if properties <= _GENERAL:
        return joined(real, point.tangent(key + IMAGINARY, shape, properties & _LINEAR))
    if properties & (_HERMITIAN | _DEFINITE) and _is_square(real):
        return joined(real, point.tangent(key + IMAGINARY, shape, frozenset(("skew-symmetric",))))
    return joined(real, real * 0)


def _is_square(item: Item) -> bool:
    return is_grid(item) and item.nrows() == item.ncols()


def joined(real: Item, imaginary: Item) -> Item:
    """A complex item from rational parts; raises `Unsupported` for more axes than two."""
    if isinstance(real, Tensor):
        raise Unsupported("complex entries with three indices")
    if not is_grid(real):
        return acb(arb(real), arb(imaginary))
    parts = zip(arb_mat(real).entries(), arb_mat(imaginary).entries(), strict=True)
    return acb_mat(real.nrows(), real.ncols(), [acb(a, b) for a, b in parts])


def _definite(point: Point, key: str, shape: Shape) -> tuple[fmpq_mat, fmpq_mat]:
    """`M M^H + I` with a general `M`."""
    first, second = (point.draw(f"{key}/{part}", shape, frozenset()) for part in "pq")
    point.values[key] = first * first.transpose() + second * second.transpose() + _one(first)
    imaginary = second * first.transpose() - first * second.transpose()
    point.values[key + IMAGINARY] = imaginary
    return point.values[key], imaginary


def _unitary(point: Point, key: str, shape: Shape) -> tuple[fmpq_mat, fmpq_mat]:
    """The Cayley transform of a skew-Hermitian matrix, as real matrices of twice the size."""
    skew = point.draw(f"{key}/skew", shape, frozenset(("skew-symmetric",)))
    symmetric = point.draw(f"{key}/symmetric", shape, frozenset(("symmetric",)))
    size = skew.nrows()
    rows = [[*skew.table()[i], *(-symmetric).table()[i]] for i in range(size)]
    rows += [[*symmetric.table()[i], *skew.table()[i]] for i in range(size)]
    whole = fmpq_mat(2 * size, 2 * size, [entry for row in rows for entry in row])
    one = _one(whole)
    table = ((one - whole) * (one + whole).inv()).table()
    real = fmpq_mat(size, size, [table[i][j] for i in range(size) for j in range(size)])
    lower = [table[size + i][j] for i in range(size) for j in range(size)]
    point.values[key], point.values[key + IMAGINARY] = real, fmpq_mat(size, size, lower)
    return point.values[key], point.values[key + IMAGINARY]


def _one(like: fmpq_mat) -> fmpq_mat:
    size = like.nrows()
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
