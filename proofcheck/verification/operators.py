"""The operators of certificates, one row each, by the names that `docs/reads.md` has for them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from proofcheck.verification import matrices, numbers, spectra
from proofcheck.verification.matrices import Grid, build, each, number, pairs
from proofcheck.verification.numbers import Number, Unsupported

Operator = Callable[..., Grid]


def _entrywise(function: Callable[[Number], Number]) -> Operator:
    return lambda grid: each(function, grid)


def _to_number(function: Callable[..., Number]) -> Operator:
    return lambda *grids: number(function(*grids))


def _of_square(function: Callable[[Number], Number], name: str) -> Operator:
    """A power series of a square matrix; of a number, a column or a row on its entries."""

    def apply(grid: Grid) -> Grid:
        return each(function, grid) if _is_line(grid) else spectra.series(name, grid)

    return apply


def _is_line(grid: Grid) -> bool:
    return 1 in (grid.rows, grid.columns)


def _norm(grid: Grid) -> Number:
    """The root of the sum of the squares."""
    if grid.is_number:
        return numbers.absolute(grid.entries[0])
    squares = [numbers.real(entry * numbers.conjugate(entry)) for entry in grid.entries]
    return numbers.sqrt(matrices.total(squares))


def _spectral_norm(grid: Grid) -> Number:
    return _norm(grid) if _is_line(grid) else spectra.singular_values(grid)[0]


def _bars(grid: Grid) -> Number:
    return _norm(grid) if _is_line(grid) else matrices.determinant(grid)


def _greatest(found: list[Number]) -> Number:
    return reduce(numbers.maximum, found)


def _sums(grid: Grid) -> list[Number]:
    """The sums of the absolute values in the rows."""
    lengths = each(numbers.absolute, grid)
    rows = range(grid.rows)
    return [matrices.total([lengths.at(i, j) for j in range(grid.columns)]) for i in rows]


def _one_norm(grid: Grid) -> Number:
    """The sum of the absolute values; of a matrix the greatest of a column."""
    if _is_line(grid):
        return matrices.total(list(map(numbers.absolute, grid.entries)))
    return _greatest(_sums(matrices.transpose(grid)))


def _infinity_norm(grid: Grid) -> Number:
    """The greatest absolute value; of a matrix the greatest sum of a row."""
    return _greatest(list(map(numbers.absolute, grid.entries)) if _is_line(grid) else _sums(grid))


def _extremum(choose: Callable[[Number, Number], Number]) -> Operator:
    """Of all entries of one argument, or of the entries of two side by side."""

    def apply(*grids: Grid) -> Grid:
        if len(grids) == 1:
            return number(reduce(choose, grids[0].entries))
        return _stretched(choose, *grids)

    return apply


def _stretched(function: Callable[[Number, Number], Number], left: Grid, right: Grid) -> Grid:
    """A function of entries side by side; a number stands beside each entry."""
    if left.is_number:
        return each(lambda entry: function(left.entries[0], entry), right)
    if right.is_number:
        return each(lambda entry: function(entry, right.entries[0]), left)
    return pairs(function, left, right)


def _softmax(grid: Grid) -> Grid:
    """Of the rows of a matrix; of a column as a whole."""
    powers = each(numbers.exp, grid)
    if grid.columns == 1:
        one = numbers.reciprocal(matrices.total(powers.entries))
        return each(lambda entry: entry * one, powers)
    rows = [
        matrices.total([powers.at(i, j) for j in range(grid.columns)]) for i in range(grid.rows)
    ]
    return build(
        grid.rows, grid.columns, lambda i, j: powers.at(i, j) * numbers.reciprocal(rows[i])
    )


def _softmax_of_columns(grid: Grid) -> Grid:
    return _softmax(grid) if grid.columns == 1 else _turned(_softmax(_turned(grid)))


def _turned(grid: Grid) -> Grid:
    return matrices.transpose(grid)


def _adjoint(grid: Grid) -> Grid:
    return each(numbers.conjugate, matrices.transpose(grid))


def _half(sign: int) -> Operator:
    def apply(grid: Grid) -> Grid:
        return pairs(lambda a, b: (a + b * sign) * Fraction(1, 2), grid, matrices.transpose(grid))

    return apply


def _bracket(sign: int) -> Operator:
    def apply(left: Grid, right: Grid) -> Grid:
        products = matrices.product(left, right), matrices.product(right, left)
        return pairs(lambda a, b: a + b * sign, *products)

    return apply


def _dot(left: Grid, right: Grid) -> Grid:
    if (left.rows, left.columns) == (right.rows, right.columns) and left.columns == 1:
        return number(matrices.inner(left, right))
    return matrices.product(left, right)


def _weighted(left: Grid, right: Grid, weight: Grid) -> Number:
    return matrices.inner(left, matrices.product(weight, right))


def _lower(size: int) -> list[tuple[int, int]]:
    """The places of the lower triangle, column by column."""
    return [(i, j) for j in range(size) for i in range(j, size)]


def _vech(grid: Grid) -> Grid:
    found = tuple(grid.at(i, j) for i, j in _lower(grid.rows))
    return Grid(len(found), 1, found)


def _duplication(grid: Grid) -> Grid:
    n, lower = grid.rows, _lower(grid.rows)

    def entry(row: int, column: int) -> Number:
        i, j = lower[column]
        return Fraction(int(row in (j * n + i, i * n + j)))

    return build(n * n, len(lower), entry)


def _elimination(grid: Grid) -> Grid:
    n, lower = grid.rows, _lower(grid.rows)
    return build(
        len(lower), n * n, lambda k, at: Fraction(int(at == lower[k][1] * n + lower[k][0]))
    )


def _commutation(first: Grid, second: Grid) -> Grid:
    m, n = first.rows, second.rows
    return build(
        m * n, m * n, lambda row, column: Fraction(int(column == (row % n) * m + row // n))
    )


def _mat(rows: Grid, columns: Grid, stacked: Grid) -> Grid:
    height, width = rows.rows, columns.rows
    if len(stacked.entries) != height * width:
        raise Unsupported("a column of another length than its matrix")
    return build(height, width, lambda i, j: stacked.entries[j * height + i])


def _direct_sum(left: Grid, right: Grid) -> Grid:
    def entry(i: int, j: int) -> Number:
        if i < left.rows and j < left.columns:
            return left.at(i, j)
        if i >= left.rows and j >= left.columns:
            return right.at(i - left.rows, j - left.columns)
        return Fraction(0)

    return build(left.rows + right.rows, left.columns + right.columns, entry)


def _kronecker_sum(left: Grid, right: Grid) -> Grid:
    first = matrices.kronecker(left, matrices.identity(right.rows))
    second = matrices.kronecker(matrices.identity(left.rows), right)
    return pairs(lambda a, b: a + b, first, second)


def _khatri_rao(left: Grid, right: Grid) -> Grid:
    if left.columns != right.columns:
        raise Unsupported("factors of a Khatri-Rao product whose columns differ")
    p = right.rows
    return build(left.rows * p, left.columns, lambda i, j: left.at(i // p, j) * right.at(i % p, j))


def _ones(grid: Grid) -> Grid:
    return each(lambda entry: Fraction(1), grid)


ENTRYWISE: dict[str, Callable[[Number], Number]] = {
    "tanh": numbers.tanh,
    "sinh": numbers.sinh,
    "cosh": numbers.cosh,
    "tan": numbers.tan,
    "logistic": numbers.logistic,
    "softplus": lambda x: numbers.log(numbers.exp(x) + 1),
    "relu": lambda x: numbers.maximum(x, Fraction(0)),
    "absolute value": numbers.absolute,
    "sign": numbers.sign,
    "elementwise exp": numbers.exp,
    "elementwise log": numbers.log,
    "elementwise sqrt": numbers.sqrt,
    "elementwise sin": numbers.sin,
    "elementwise cos": numbers.cos,
    "gamma function": numbers.gamma,
    "factorial": lambda x: numbers.gamma(x + 1),
    "conjugate": numbers.conjugate,
    "real part": numbers.real,
    "imaginary part": numbers.imaginary,
}
OPERATORS: dict[str, Operator] = {name: _entrywise(f) for name, f in ENTRYWISE.items()} | {
    "exp": _of_square(numbers.exp, "exp"),
    "log": _of_square(numbers.log, "log"),
    "sqrt": _of_square(numbers.sqrt, "sqrt"),
    "sin": _of_square(numbers.sin, "sin"),
    "cos": _of_square(numbers.cos, "cos"),
    "matrix exp": _of_square(numbers.exp, "exp"),
    "beta function": lambda a, b: number(numbers.beta(a.entries[0], b.entries[0])),
    "trace": _to_number(matrices.trace),
    "determinant": _to_number(matrices.determinant),
    "log-determinant": _to_number(lambda a: numbers.log(matrices.determinant(a))),
    "log-sum-exp": _to_number(
        lambda a: numbers.log(matrices.total(list(map(numbers.exp, a.entries))))
    ),
    "frobenius": _to_number(matrices.inner),
    "weighted inner product": _to_number(_weighted),
    "weighted norm": _to_number(lambda x, a: numbers.sqrt(_weighted(x, x, a))),
    "norm": _to_number(_norm),
    "two norm": _to_number(_spectral_norm),
    "spectral norm": _to_number(_spectral_norm),
    "nuclear norm": _to_number(lambda a: matrices.total(spectra.singular_values(a))),
    "bars": _to_number(_bars),
    "one norm": _to_number(_one_norm),
    "infinity norm": _to_number(_infinity_norm),
    "entrywise one norm": _to_number(
        lambda a: matrices.total(list(map(numbers.absolute, a.entries)))
    ),
    "greatest entry": _to_number(lambda a: _greatest(list(map(numbers.absolute, a.entries)))),
    "greatest eigenvalue": _to_number(lambda a: spectra.eigenvalues(a)[0]),
    "least eigenvalue": _to_number(lambda a: spectra.eigenvalues(a)[-1]),
    "least singular value": _to_number(lambda a: spectra.singular_values(a)[-1]),
    "eigenvalues": lambda a: Grid(a.rows, 1, tuple(spectra.eigenvalues(a))),
    "singular values": lambda a: Grid(min(a.rows, a.columns), 1, tuple(spectra.singular_values(a))),
    "maximum": _extremum(numbers.maximum),
    "minimum": _extremum(numbers.minimum),
    "softmax": _softmax,
    "softmax of columns": _softmax_of_columns,
    "transpose": matrices.transpose,
    "conjugate transpose": _adjoint,
    "vec": matrices.vec,
    "vech": _vech,
    "mat": _mat,
    "diag": matrices.diag,
    "commutation matrix": _commutation,
    "duplication matrix": _duplication,
    "elimination matrix": _elimination,
    "ones of a vector": _ones,
    "ones of a matrix": _ones,
    "symmetric part": _half(1),
    "skew part": _half(-1),
    "adjugate": lambda a: matrices.transpose(matrices.cofactors(a)),
    "cofactors": matrices.cofactors,
    "pseudoinverse": matrices.pseudoinverse,
    "hadamard": lambda a, b: pairs(lambda x, y: x * y, a, b),
    "elementwise quotient": lambda a, b: _stretched(lambda x, y: x * numbers.reciprocal(y), a, b),
    "elementwise power": lambda a, b: _stretched(numbers.power, a, b),
    "kronecker": matrices.kronecker,
    "kronecker sum": _kronecker_sum,
    "khatri-rao": _khatri_rao,
    "direct sum": _direct_sum,
    "block diagonal": _direct_sum,
    "outer product": lambda a, b: matrices.product(a, matrices.transpose(b)),
    "dot product": _dot,
    "cross product": matrices.cross,
    "cross-product matrix": matrices.crossing,
    "commutator": _bracket(-1),
    "anticommutator": _bracket(1),
}
