"""The value and the differential of every operator of the vocabulary, one row each.

A primitive takes the jets of its arguments and the field, and gives the jet of its value: the
differential follows from the rule for the infinitesimal parts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from flint import acb, arb, fmpq

from proofcheck.formula.vocabulary import PRIMES
from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Number,
    Undefined,
    Unsupported,
    conjugate,
    entries_of,
    from_entries,
    imaginary_part,
    is_grid,
    multiply,
    real_part,
    shape_of,
    transpose,
)
from proofcheck.numeric.determinants import (
    adjugate,
    cofactors,
    constant,
    determinant,
    inverse,
    pseudoinverse,
    rank,
    trace,
)
from proofcheck.numeric.elementary import (
    Primitive,
    absolute,
    beta,
    binomial,
    double_factorial,
    entries,
    join,
    maximum,
    minimum,
    multinomial,
    of_entries,
    rectified,
    rounded,
    scaled,
    series,
    sign,
)
from proofcheck.numeric.jet import Jet, add, bilinear, linear, negate, product
from proofcheck.numeric.norms import (
    bars,
    greatest_entry,
    greatest_norm,
    inner,
    inner_product,
    least_singular_value,
    norm,
    nuclear_norm,
    one_norm,
    power_norm,
    spectral_norm,
    sum_of_entries,
    weighted_inner,
    weighted_norm,
)
from proofcheck.numeric.spectra import (
    eigenvalues,
    exponential,
    extreme,
    matrix_power,
    principal,
    singular_values,
)

MOST_ENTRIES = 40_000
_log, _exp = series("log"), series("exp")


def _linear(function: Callable[[Item], Item]) -> Primitive:
    return lambda arguments, field: linear(function, arguments[0])


def _bilinear(function: Callable[[Item, Item], Item]) -> Primitive:
    return lambda arguments, field: bilinear(function, arguments[0], arguments[1])


def _entrywise(function: Callable[[Number, Number], Number]) -> Callable[[Item, Item], Item]:
    def apply(left: Item, right: Item) -> Item:
        if shape_of(left) != shape_of(right):
            raise Undefined("the sizes of an elementwise product differ")
        pairs = zip(entries_of(left), entries_of(right), strict=True)
        return from_entries(shape_of(left), [function(x, y) for x, y in pairs])

    return apply


def _kronecker(left: Item, right: Item) -> Item:
    (m, n), (p, q) = shape_of(left), shape_of(right)
    if m * n * p * q > MOST_ENTRIES:
        raise Undefined("a Kronecker product is too large")
    a, b = entries_of(left), entries_of(right)
    found = [
        a[i * n + j] * b[k * q + l]
        for i in range(m)
        for k in range(p)
        for j in range(n)
        for l in range(q)
    ]
    return from_entries((m * p, n * q), found)


def _vec(item: Item) -> Item:
    rows, columns = shape_of(item)
    return from_entries((rows * columns, 1), entries_of(transpose(item)))


def _vech(item: Item) -> Item:
    """The columns of the lower triangle, one below the other (Magnus and Neudecker 2019, 3.8)."""
    size, columns = shape_of(item)
    if size != columns:
        raise Undefined("the half-vectorisation of a matrix that is not square")
    if size == 1:
        return item
    found = [item[i, j] for j in range(size) for i in range(j, size)]
    return from_entries((len(found), 1), found)


def _diag(item: Item) -> Item:
    rows, columns = shape_of(item)
    if columns == 1 and rows > 1:
        zero = item[0, 0] * 0
        return from_entries(
            (rows, rows),
            [item[i, 0] if i == j else zero for i in range(rows) for j in range(rows)],
        )
    return from_entries((rows, 1), [item[i, i] for i in range(rows)]) if rows > 1 else item


def _mat(arguments: list[Jet], field: Field) -> Jet:
    """The matrix of which a column has the columns, one below the other."""
    rows, columns = (shape_of(argument.value)[0] for argument in arguments[:2])

    def shaped(item: Item) -> Item:
        entries = entries_of(item)
        if len(entries) != rows * columns:
            raise Undefined("a column of another length than its matrix")
        return transpose(from_entries((columns, rows), entries))

    return linear(shaped, arguments[2])


def _placed(shape: tuple[int, int], ones: list[tuple[int, int]], field: Field) -> Jet:
    """A constant matrix with ones at some places."""
    if shape[0] * shape[1] > MOST_ENTRIES:
        raise Unsupported("a constant matrix this large")
    found = [field.number(0)] * (shape[0] * shape[1])
    for row, column in ones:
        found[row * shape[1] + column] = field.number(1)
    return constant(from_entries(shape, found))


def _ones(arguments: list[Jet], field: Field) -> Jet:
    """Ones in the shape of the argument."""
    rows, columns = shape_of(arguments[0].value)
    return _placed((rows, columns), [(i, j) for i in range(rows) for j in range(columns)], field)


def _commutation(arguments: list[Jet], field: Field) -> Jet:
    """`K vec(A) = vec(A^T)` for all A of size (m, n)."""
    m, n = (shape_of(argument.value)[0] for argument in arguments)
    ones = [(i * n + j, j * m + i) for i in range(m) for j in range(n)]
    return _placed((m * n, m * n), ones, field)


def _lower_places(n: int) -> list[tuple[int, int]]:
    return [(i, j) for j in range(n) for i in range(j, n)]


def _duplication(arguments: list[Jet], field: Field) -> Jet:
    """`D vech(A) = vec(A)` for all symmetric A of size (n, n)."""
    n = shape_of(arguments[0].value)[0]
    lower = _lower_places(n)
    ones = {(j * n + i, k) for k, (i, j) in enumerate(lower)}
    ones |= {(i * n + j, k) for k, (i, j) in enumerate(lower)}
    return _placed((n * n, len(lower)), sorted(ones), field)


def _elimination(arguments: list[Jet], field: Field) -> Jet:
    """`L vec(A) = vech(A)` for all A of size (n, n)."""
    n = shape_of(arguments[0].value)[0]
    lower = _lower_places(n)
    ones = [(k, j * n + i) for k, (i, j) in enumerate(lower)]
    return _placed((len(lower), n * n), ones, field)


def _half(factor: int) -> Primitive:
    return _linear(lambda item: scaled(item + transpose(item) * factor, 1, 2))


def _of_matrix(function: Callable[[Jet, Field], Jet], name: str) -> Primitive:
    """A function of a square matrix; of a number, a column or a row on its entries."""
    elementwise = of_entries(series(name))

    def apply(arguments: list[Jet], field: Field) -> Jet:
        if is_grid(arguments[0].value) and 1 not in shape_of(arguments[0].value):
            if len(set(shape_of(arguments[0].value))) == 1:
                return function(arguments[0], field)
        return elementwise(arguments, field)

    return apply


def _softmax(arguments: list[Jet], field: Field) -> Jet:
    """Of the rows of a matrix; of a column as a whole."""
    rows, columns = shape_of(arguments[0].value)
    powers = [_exp(entry, field) for entry in entries(arguments[0])]
    width = columns if columns > 1 else rows
    lines = [powers[k : k + width] for k in range(0, len(powers), width)]
    scales = [inverse(reduce(add, line)) for line in lines]
    found = [product(power, scales[k // width]) for k, power in enumerate(powers)]
    return join((rows, columns), found, field)


def _softmax_of_columns(arguments: list[Jet], field: Field) -> Jet:
    if shape_of(arguments[0].value)[1] == 1:
        return _softmax(arguments, field)
    return linear(transpose, _softmax([linear(transpose, arguments[0])], field))


def _log_sum(arguments: list[Jet], field: Field) -> Jet:
    return _log(reduce(add, [_exp(entry, field) for entry in entries(arguments[0])]), field)


def _extremum(choose: Callable[[Jet, Jet], Jet]) -> Primitive:
    """Of all entries of one argument, or of the entries of two side by side."""

    def apply(arguments: list[Jet], field: Field) -> Jet:
        if len(arguments) == 1:
            return reduce(choose, entries(arguments[0]))
        left, right = (entries(argument) for argument in arguments)
        count = max(len(left), len(right))
        pairs = zip(*(side * (count // len(side)) for side in (left, right)), strict=True)
        shape = max((shape_of(argument.value) for argument in arguments), key=sum)
        return join(shape, [choose(a, b) for a, b in pairs], field)

    return apply


def _elementwise_power(arguments: list[Jet], field: Field) -> Jet:
    base, exponent = arguments
    powers = [power(entry, exponent, field) for entry in entries(base)]
    return join(shape_of(base.value), powers, field)


def _elementwise_quotient(arguments: list[Jet], field: Field) -> Jet:
    left, right = (entries(argument) for argument in arguments)
    count = max(len(left), len(right))
    pairs = zip(*(side * (count // len(side)) for side in (left, right)), strict=True)
    shape = max((shape_of(argument.value) for argument in arguments), key=sum)
    return join(shape, [product(a, inverse(b)) for a, b in pairs], field)


def power(base: Jet, exponent: Jet, field: Field) -> Jet:
    """A power of a number or of a square matrix; with an exponent that is not whole, principal."""
    if is_grid(exponent.value):
        raise Unsupported("a power whose exponent is a vector or a matrix")
    whole = _whole(exponent)
    if whole is not None and not (field.exact or base.order or is_grid(base.value)):
        return constant(base.value**whole if whole >= 0 else (1 / base.value) ** -whole)
    if whole is not None:
        return _whole_power(base, whole, field)
    if is_grid(base.value):
        if len(exponent.parts) > 1:
            raise Unsupported("a power of a matrix whose exponent varies")
        return matrix_power(base, exponent.value, field)
    return _exp(product(exponent, _log(base, field)), field)


def _whole(exponent: Jet) -> int | None:
    number = exponent.value
    if len(exponent.parts) > 1 or is_grid(number):
        return None
    if isinstance(number, fmpq):
        return int(number) if number.q == 1 else None
    if isinstance(number, acb):
        number = number.real if number.imag == 0 else number
    unique = number.unique_fmpz() if isinstance(number, arb) and number.is_exact() else None
    return None if unique is None else int(unique)


def _whole_power(base: Jet, exponent: int, field: Field) -> Jet:
    if abs(exponent) > 60:
        raise Unsupported("a power above 60")
    if is_grid(base.value) and len(set(shape_of(base.value))) > 1:
        raise Undefined("a power of a matrix that is not square")
    if exponent < 0:
        return _whole_power(inverse(base), -exponent, field)
    size = shape_of(base.value)[0]
    result = constant(field.identity(size) if is_grid(base.value) else field.number(1))
    for _ in range(exponent):
        result = product(result, base)
    return result


def _log_determinant(arguments: list[Jet], field: Field) -> Jet:
    return _log(determinant(arguments, field), field)


def _commutator(sign_between: int) -> Primitive:
    def apply(arguments: list[Jet], field: Field) -> Jet:
        left, right = arguments
        other = product(right, left)
        return add(product(left, right), other if sign_between > 0 else negate(other))

    return apply


def _direct_sum(arguments: list[Jet], field: Field) -> Jet:
    (m, n), (p, q) = (shape_of(argument.value) for argument in arguments)

    def placed(item: Item, above: int, before: int) -> Item:
        rows, columns = shape_of(item)
        found, parts = [field.number(0)] * ((m + p) * (n + q)), entries_of(item)
        for i in range(rows):
            for j in range(columns):
                found[(i + above) * (n + q) + j + before] = parts[i * columns + j]
        return from_entries((m + p, n + q), found)

    first = linear(lambda item: placed(item, 0, 0), arguments[0])
    return add(first, linear(lambda item: placed(item, m, n), arguments[1]))


def _kronecker_sum(arguments: list[Jet], field: Field) -> Jet:
    left, right = arguments
    ones = [constant(field.identity(shape_of(argument.value)[0])) for argument in arguments]
    return add(bilinear(_kronecker, left, ones[1]), bilinear(_kronecker, ones[0], right))


def _khatri_rao(left: Item, right: Item) -> Item:
    """The Kronecker products of the columns side by side."""
    (m, n), (p, q) = shape_of(left), shape_of(right)
    if n != q:
        raise Undefined("the factors of a Khatri-Rao product differ in their columns")
    a, b = entries_of(left), entries_of(right)
    found = [a[i * n + j] * b[k * n + j] for i in range(m) for k in range(p) for j in range(n)]
    return from_entries((m * p, n), found)


def _cross(left: Item, right: Item) -> Item:
    if (1, 1) in (shape_of(left), shape_of(right)):
        return multiply(left, right)
    a, b = entries_of(left), entries_of(right)
    if len(a) != 3 or len(b) != 3:
        raise Undefined("a cross product of vectors that don't have three entries")
    found = [a[i - 2] * b[i - 1] - a[i - 1] * b[i - 2] for i in range(3)]
    return from_entries(shape_of(left), found)


def _crossing(item: Item) -> Item:
    """The matrix whose product with a column is the cross product with that."""
    if len(entries_of(item)) != 3:
        raise Undefined("the matrix of a cross product with a vector that has not three entries")
    a, b, c = entries_of(item)
    zero = a - a
    return from_entries((3, 3), [zero, -c, b, c, zero, -a, -b, a, zero])


def _dot(left: Item, right: Item) -> Item:
    """The inner product of two columns; else the product."""
    shape = shape_of(left)
    columns = shape == shape_of(right) and shape[1:] == (1,)
    return inner(left, right) if columns else multiply(left, right)


def _singular_values(arguments: list[Jet], field: Field) -> Jet:
    """The singular values of a matrix of full rank, the greatest first."""
    found = singular_values(arguments[0], field)
    return join((len(found), 1), found, field)


PRIMITIVES: dict[str, Primitive] = {
    "trace": _linear(trace),
    "determinant": determinant,
    "log-determinant": _log_determinant,
    "rank": rank,
    "log": _of_matrix(principal("log"), "log"),
    "exp": _of_matrix(exponential, "exp"),
    "sqrt": _of_matrix(principal("sqrt"), "sqrt"),
    "elementwise log": of_entries(series("log")),
    "elementwise exp": of_entries(series("exp")),
    "elementwise sqrt": of_entries(series("sqrt")),
    "matrix log": _of_matrix(principal("log"), "log"),
    "matrix exp": _of_matrix(exponential, "exp"),
    "matrix sqrt": _of_matrix(principal("sqrt"), "sqrt"),
    "sin": _of_matrix(principal("sin"), "sin"),
    "elementwise sin": of_entries(series("sin")),
    "cos": _of_matrix(principal("cos"), "cos"),
    "elementwise cos": of_entries(series("cos")),
    "tan": of_entries(series("tan")),
    "arcsin": of_entries(series("arcsin")),
    "arctan": of_entries(series("arctan")),
    "arccos": of_entries(series("arccos")),
    "sinh": of_entries(series("sinh")),
    "cosh": of_entries(series("cosh")),
    "tanh": of_entries(series("tanh")),
    "artanh": of_entries(series("artanh")),
    "logistic": of_entries(series("logistic")),
    "softplus": of_entries(series("softplus")),
    "error function": of_entries(series("error function")),
    "inverse error function": of_entries(series("inverse error function")),
    "gamma function": of_entries(series("gamma function")),
    "factorial": of_entries(series("factorial")),
    "double factorial": double_factorial,
    "binomial": binomial,
    "multinomial": multinomial,
    "beta function": beta,
    "digamma function": of_entries(series("log gamma prime")),
    **{prime: of_entries(series(prime)) for prime in PRIMES.values()},
    "relu": of_entries(rectified),
    "sign": of_entries(sign),
    "absolute value": of_entries(absolute),
    "floor": of_entries(rounded("floor")),
    "ceiling": of_entries(rounded("ceil")),
    "softmax": _softmax,
    "softmax of columns": _softmax_of_columns,
    "log-sum-exp": _log_sum,
    "maximum": _extremum(maximum),
    "minimum": _extremum(minimum),
    "vec": _linear(_vec),
    "vech": _linear(_vech),
    "mat": _mat,
    "commutation matrix": _commutation,
    "duplication matrix": _duplication,
    "elimination matrix": _elimination,
    "diag": _linear(_diag),
    "ones of a vector": _ones,
    "ones of a matrix": _ones,
    "symmetric part": _half(1),
    "skew part": _half(-1),
    "adjugate": adjugate,
    "cofactors": cofactors,
    "transpose": _linear(transpose),
    "conjugate": _linear(conjugate),
    "conjugate transpose": _linear(lambda item: transpose(conjugate(item))),
    "real part": _linear(real_part),
    "imaginary part": _linear(imaginary_part),
    "pseudoinverse": pseudoinverse,
    "eigenvalues": eigenvalues,
    "singular values": _singular_values,
    "greatest eigenvalue": extreme(True),
    "least eigenvalue": extreme(False),
    "least singular value": least_singular_value,
    "bars": bars,
    "norm": norm,
    "two norm": spectral_norm,
    "spectral norm": spectral_norm,
    "nuclear norm": nuclear_norm,
    "one norm": one_norm,
    "infinity norm": greatest_norm,
    "entrywise one norm": sum_of_entries,
    "greatest entry": greatest_entry,
    "p-norm": power_norm,
    "weighted norm": weighted_norm,
    "frobenius": _bilinear(inner),
    "inner product": inner_product,
    "weighted inner product": weighted_inner,
    "outer product": _bilinear(lambda left, right: multiply(left, transpose(right))),
    "hadamard": _bilinear(_entrywise(lambda x, y: x * y)),
    "elementwise quotient": _elementwise_quotient,
    "elementwise power": _elementwise_power,
    "kronecker": _bilinear(_kronecker),
    "kronecker sum": _kronecker_sum,
    "khatri-rao": _bilinear(_khatri_rao),
    "direct sum": _direct_sum,
    "block diagonal": _direct_sum,
    "dot product": _bilinear(_dot),
    "cross product": _bilinear(_cross),
    "cross-product matrix": _linear(_crossing),
    "commutator": _commutator(-1),
    "anticommutator": _commutator(1),
}
