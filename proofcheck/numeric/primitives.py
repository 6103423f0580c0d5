"""The value and the differential of every operator of the vocabulary, one row each.

A primitive takes the jets of its arguments and the field, and gives the jet of its value: the
differential follows from the rule for the infinitesimal parts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from flint import acb, arb, arb_series, fmpq

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    NeedsBalls,
    Number,
    Undefined,
    Unsupported,
    conjugate,
    contract,
    entries_of,
    from_entries,
    is_grid,
    multiply,
    settle,
    shape_of,
    transpose,
)
from proofcheck.numeric.jet import (
    Jet,
    add,
    bilinear,
    infinitesimal,
    linear,
    negate,
    product,
    taylor,
)

MOST_ENTRIES = 40_000
Primitive = Callable[[list[Jet], Field], Jet]


def constant(number: Number) -> Jet:
    """A jet without tangents."""
    return Jet({0: number})


def _linear(function: Callable[[Item], Item]) -> Primitive:
    return lambda arguments, field: linear(function, arguments[0])


def _bilinear(function: Callable[[Item, Item], Item]) -> Primitive:
    return lambda arguments, field: bilinear(function, arguments[0], arguments[1])


def _trace(item: Item) -> Number:
    if not is_grid(item):
        return item
    size, columns = shape_of(item)
    if size != columns:
        raise Undefined("the trace of a matrix that is not square")
    return sum((item[i, i] for i in range(1, size)), item[0, 0])


def _inner(left: Item, right: Item) -> Item:
    if is_grid(left) and is_grid(right):
        if shape_of(left) != shape_of(right):
            raise Undefined("the sizes of a Frobenius product differ")
        return _trace(settle(left.transpose() * right))
    if len(shape_of(left)) > 2 or len(shape_of(right)) > 2:
        return contract(left, right, 2)
    if is_grid(left) or is_grid(right):  # the number 1 stands for a vector of ones
        entries, factor = (entries_of(left), right) if is_grid(left) else (entries_of(right), left)
        return sum(entries[1:], entries[0]) * factor
    return left * right


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
        raise Unsupported("a Kronecker product this large")
    a, b = entries_of(left), entries_of(right)
    entries = [
        a[i * n + j] * b[k * q + l]
        for i in range(m)
        for k in range(p)
        for j in range(n)
        for l in range(q)
    ]
    return from_entries((m * p, n * q), entries)


def _vec(item: Item) -> Item:
    rows, columns = shape_of(item)
    return from_entries((rows * columns, 1), entries_of(transpose(item)))


def _diag(item: Item) -> Item:
    rows, columns = shape_of(item)
    if columns == 1 and rows > 1:
        zero = item[0, 0] * 0
        return from_entries(
            (rows, rows),
            [item[i, 0] if i == j else zero for i in range(rows) for j in range(rows)],
        )
    return from_entries((rows, 1), [item[i, i] for i in range(rows)]) if rows > 1 else item


def _half(sign: int) -> Primitive:
    def part(item: Item) -> Item:
        other = transpose(item)
        return (item + other * sign) * fmpq(1, 2) if _rational(item) else (item + other * sign) / 2

    return lambda arguments, field: linear(part, arguments[0])


def _rational(item: Item) -> bool:
    return isinstance(entries_of(item)[0], fmpq)


def inverse(jet: Jet) -> Jet:
    """The inverse of a scalar or of a square matrix (Magnus and Neudecker 2019, 8.4)."""
    value = jet.value
    try:
        first = value.inv() if is_grid(value) else 1 / value
    except (ZeroDivisionError, ValueError) as error:
        raise Undefined("an inverse does not exist") from error
    if not _finite(first):
        raise Undefined("an inverse does not exist")
    rest = infinitesimal(jet)
    result = constant(first)
    if rest is None:
        return result
    step = negate(product(constant(first), rest))
    term = result
    for _ in range(jet.order):
        term = product(step, term)
        result = add(result, term)
    return result


def _finite(item: Item) -> bool:
    return all(isinstance(entry, fmpq) or entry.is_finite() for entry in entries_of(item))


def determinant(arguments: list[Jet], field: Field) -> Jet:
    """The determinant; the differential is Jacobi's formula, continued to higher order."""
    jet = arguments[0]
    value = jet.value
    if not is_grid(value):
        return jet
    whole = value.det()
    rest = infinitesimal(jet)
    if rest is None:
        return constant(whole)
    ratio = product(inverse(constant(value)), rest)
    power, series = ratio, linear(_trace, ratio)
    for k in range(2, jet.order + 1):
        power = product(power, ratio)
        factor = constant(field.number(Fraction((-1) ** (k + 1), k)))
        series = add(series, product(linear(_trace, power), factor))
    total = Jet({0: field.number(0), **series.parts})
    coefficients = [field.number(1)]
    for k in range(1, jet.order + 1):
        coefficients.append(coefficients[-1] * field.number(Fraction(1, k)))
    return product(constant(whole), taylor(coefficients, total))


def _adjugate(arguments: list[Jet], field: Field) -> Jet:
    return product(determinant(arguments, field), inverse(arguments[0]))


def _series(name: str) -> Callable[[Jet, Field], Jet]:
    """A function of one number, with its derivatives from its power series."""

    def apply(jet: Jet, field: Field) -> Jet:
        if field.exact:
            raise NeedsBalls(name)
        order = jet.order
        if order == 0:
            found = [getattr(jet.value, name)()]
        else:
            series = getattr(arb_series([jet.value, 1], order + 1), name)()
            found = [series[k] for k in range(order + 1)]
        if not all(number.is_finite() for number in found):
            raise Undefined(f"`{name}` is not defined here")
        return taylor(found, jet)

    return apply


def _of_entries(function: Callable[[Jet, Field], Jet]) -> Primitive:
    def apply(arguments: list[Jet], field: Field) -> Jet:
        jet = arguments[0]
        if not is_grid(jet.value):
            return function(jet, field)
        return join(shape_of(jet.value), [function(entry, field) for entry in entries(jet)], field)

    return apply


def entries(jet: Jet) -> list[Jet]:
    """The jets of the entries, in row-major order."""
    lists = {key: entries_of(part) for key, part in jet.parts.items()}
    count = len(lists[0])
    return [Jet({key: items[i] for key, items in lists.items()}) for i in range(count)]


def join(shape: tuple[int, ...], jets: list[Jet], field: Field) -> Jet:
    """One jet from those of its entries."""
    keys = {key for jet in jets for key in jet.parts} | {0}
    zero = field.number(0)
    return Jet(
        {key: from_entries(shape, [jet.parts.get(key, zero) for jet in jets]) for key in keys}
    )


_log, _exp, _sqrt = _series("log"), _series("exp"), _series("sqrt")


def _of_matrix(function: Callable[[Jet, Field], Jet], name: str) -> Primitive:
    elementwise = _of_entries(function)

    def apply(arguments: list[Jet], field: Field) -> Jet:
        if is_grid(arguments[0].value) and 1 not in shape_of(arguments[0].value):
            raise Unsupported(f"the {name} of a matrix")
        return elementwise(arguments, field)

    return apply


def _tanh(jet: Jet, field: Field) -> Jet:
    double = _exp(linear(lambda part: part * 2, jet), field)
    one = constant(field.number(1))
    return product(add(double, negate(one)), inverse(add(double, one)))


def _logistic(jet: Jet, field: Field) -> Jet:
    return inverse(add(constant(field.number(1)), _exp(negate(jet), field)))


def _softmax(arguments: list[Jet], field: Field) -> Jet:
    powers = [_exp(entry, field) for entry in entries(arguments[0])]
    scale = inverse(reduce(add, powers))
    shape = shape_of(arguments[0].value)
    return join(shape, [product(power, scale) for power in powers], field)


def squared_norm(jet: Jet) -> Jet:
    """The sum of the squares of all entries."""
    return bilinear(_inner, linear(conjugate, jet), jet)


def _norm(arguments: list[Jet], field: Field) -> Jet:
    if not is_grid(arguments[0].value):
        return absolute(arguments[0], field)
    return _sqrt(squared_norm(arguments[0]), field)


def absolute(jet: Jet, field: Field) -> Jet:
    """The absolute value of a number."""
    value = jet.value
    if value > 0:
        return jet
    if value < 0:
        return negate(jet)
    raise Undefined("the absolute value is not differentiable at zero")


def _one_norm(arguments: list[Jet], field: Field) -> Jet:
    if is_grid(arguments[0].value) and 1 not in shape_of(arguments[0].value):
        raise Unsupported("the one norm of a matrix")
    return reduce(add, [absolute(entry, field) for entry in entries(arguments[0])])


def _bars(arguments: list[Jet], field: Field) -> Jet:
    value = arguments[0].value
    if not is_grid(value):
        return absolute(arguments[0], field)
    rows, columns = shape_of(value)
    if rows == columns:
        return determinant(arguments, field)
    if 1 in (rows, columns):
        return _norm(arguments, field)
    raise Undefined("bars around a matrix that is not square")


def _two_norm(arguments: list[Jet], field: Field) -> Jet:
    if is_grid(arguments[0].value) and 1 not in shape_of(arguments[0].value):
        raise Unsupported("the spectral norm")
    return _norm(arguments, field)


def _elementwise_power(arguments: list[Jet], field: Field) -> Jet:
    base, exponent = arguments
    powers = [power(entry, exponent, field) for entry in entries(base)]
    return join(shape_of(base.value), powers, field)


def _elementwise_quotient(arguments: list[Jet], field: Field) -> Jet:
    left, right = (entries(argument) for argument in arguments)
    quotients = [product(a, inverse(b)) for a, b in zip(left, right, strict=True)]
    return join(shape_of(arguments[0].value), quotients, field)


def power(base: Jet, exponent: Jet, field: Field) -> Jet:
    """A power of a number or of a square matrix."""
    whole = _whole(exponent)
    if whole is not None:
        return _whole_power(base, whole, field)
    if is_grid(base.value):
        raise Unsupported("a fractional power of a matrix")
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


def _unsupported(what: str) -> Primitive:
    def apply(arguments: list[Jet], field: Field) -> Jet:
        raise Unsupported(what)

    return apply


PRIMITIVES: dict[str, Primitive] = {
    "trace": _linear(_trace),
    "determinant": determinant,
    "rank": _unsupported("the rank"),
    "log": _of_matrix(_log, "logarithm"),
    "exp": _of_matrix(_exp, "exponential"),
    "sqrt": _of_matrix(_sqrt, "square root"),
    "sin": _of_entries(_series("sin")),
    "cos": _of_entries(_series("cos")),
    "tanh": _of_entries(_tanh),
    "logistic": _of_entries(_logistic),
    "softmax": _softmax,
    "vec": _linear(_vec),
    "diag": _linear(_diag),
    "symmetric part": _half(1),
    "skew part": _half(-1),
    "adjugate": _adjugate,
    "transpose": _linear(transpose),
    "conjugate": _linear(conjugate),
    "conjugate transpose": _linear(lambda item: transpose(conjugate(item))),
    "pseudoinverse": _unsupported("the pseudoinverse"),
    "bars": _bars,
    "norm": _norm,
    "two norm": _two_norm,
    "spectral norm": _unsupported("the spectral norm"),
    "nuclear norm": _unsupported("the nuclear norm"),
    "one norm": _one_norm,
    "frobenius": _bilinear(_inner),
    "inner product": _bilinear(_inner),
    "outer product": _bilinear(lambda left, right: multiply(left, transpose(right))),
    "hadamard": _bilinear(_entrywise(lambda x, y: x * y)),
    "elementwise quotient": _elementwise_quotient,
    "elementwise power": _elementwise_power,
    "kronecker": _bilinear(_kronecker),
}
