"""Inverses, determinants and what the characteristic polynomial gives, of jets."""

from __future__ import annotations

from flint import fmpq

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Number,
    Undefined,
    Unsupported,
    entries_of,
    from_entries,
    is_grid,
    shape_of,
    transpose,
)
from proofcheck.numeric.elementary import scale
from proofcheck.numeric.jet import Jet, add, infinitesimal, linear, negate, product


def constant(number: Item) -> Jet:
    """A jet without tangents."""
    return Jet({0: number})


def trace(item: Item) -> Number:
    """The sum of the diagonal of a square matrix; a number is its own."""
    if not is_grid(item):
        return item
    size, columns = shape_of(item)
    if size != columns:
        raise Undefined("the trace of a matrix that is not square")
    return sum((item[i, i] for i in range(1, size)), item[0, 0])


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


def characteristic(jet: Jet, field: Field) -> tuple[list[Jet], Jet]:
    """The coefficients of `det(x I - A)`, the highest first, and the adjugate of `A`.

    A: (n, n). By the method of Faddeev and LeVerrier (Householder 1964, 6.7), which divides by
    whole numbers only, so that it holds for singular matrices and for tangents.
    """
    size, columns = shape_of(jet.value)
    if size != columns:
        raise Undefined("the characteristic polynomial of a matrix that is not square")
    identity = constant(field.identity(size))
    found = [constant(field.number(1))]
    power = identity
    for k in range(1, size + 1):
        moved = product(jet, power)
        found.append(scale(linear(trace, moved), -1, k))
        if k < size:
            power = add(moved, product(found[-1], identity))
    return found, power if size % 2 else negate(power)


def determinant(arguments: list[Jet], field: Field) -> Jet:
    """The determinant of a square matrix; a number is its own."""
    jet = arguments[0]
    if not is_grid(jet.value):
        return jet
    if len(jet.parts) == 1:
        return constant(jet.value.det())
    last = characteristic(jet, field)[0][-1]
    return negate(last) if jet.value.nrows() % 2 else last


def adjugate(arguments: list[Jet], field: Field) -> Jet:
    """The matrix with `A adj(A) = det(A) I`."""
    if not is_grid(arguments[0].value):
        return constant(field.number(1))
    return characteristic(arguments[0], field)[1]


def cofactors(arguments: list[Jet], field: Field) -> Jet:
    """The transpose of the adjugate."""
    return linear(transpose, adjugate(arguments, field))


def rank(arguments: list[Jet], field: Field) -> Jet:
    """The rank; exact for rationals, and for balls only where it is certainly full."""
    value = arguments[0].value
    if not is_grid(value):
        value = from_entries((1, 2), [value, value * 0])
    most = min(shape_of(value))
    found = int(value.rank()) if field.exact else _full_rank(value)
    if found < most and len(arguments[0].parts) > 1:
        raise Undefined("the rank is not constant around a matrix that lacks some")
    return constant(field.number(found))


def _full_rank(value: Item) -> int:
    gram = value * transpose(value) if value.nrows() <= value.ncols() else transpose(value) * value
    if gram.det().contains(0):
        raise Undefined("balls don't tell the rank of a matrix that lacks some")
    return min(shape_of(value))


def pseudoinverse(arguments: list[Jet], field: Field) -> Jet:
    """The Moore-Penrose inverse (Magnus and Neudecker 2019, 2.7).

    Of a matrix that lacks rank only its value over the rationals, by a factorisation of full rank.
    """
    jet = arguments[0]
    if not is_grid(jet.value):
        return inverse(jet) if jet.value != 0 or len(jet.parts) > 1 else jet
    flipped = linear(transpose, jet)
    rows, columns = shape_of(jet.value)
    try:
        if rows >= columns:
            return product(inverse(product(flipped, jet)), flipped)
        return product(flipped, inverse(product(jet, flipped)))
    except Undefined:
        return _deficient(jet, field)


def _deficient(jet: Jet, field: Field) -> Jet:
    if not field.exact:
        raise Undefined("balls don't tell the rank of a matrix that lacks some")
    if len(jet.parts) > 1:
        raise Unsupported("the differential of the pseudoinverse of a matrix that lacks rank")
    reduced, found = jet.value.rref()
    left, right = _factors(jet.value, reduced, found)
    inner = (transpose(left) * left).inv(), (right * transpose(right)).inv()
    return constant(transpose(right) * inner[1] * inner[0] * transpose(left))


def _factors(value: Item, reduced: Item, count: int) -> tuple[Item, Item]:
    """`C` and `R` with `A = C R`, of full rank: the pivot columns, the rows of the echelon form."""
    rows, columns = shape_of(value)
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(count)]
    make = type(value)
    left = make(rows, count, [value[i, j] for i in range(rows) for j in pivots])
    return left, make(count, columns, [reduced[i, j] for i in range(count) for j in range(columns)])
