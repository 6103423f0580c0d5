"""Norms and inner products of jets."""

from __future__ import annotations

from functools import reduce

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    Undefined,
    Unsupported,
    conjugate,
    contract,
    entries_of,
    is_grid,
    settle,
    shape_of,
    transpose,
)
from proofcheck.numeric.determinants import determinant, inverse, trace
from proofcheck.numeric.elementary import absolute, entries, maximum, series
from proofcheck.numeric.jet import Jet, add, bilinear, linear, product
from proofcheck.numeric.spectra import singular_values

_sqrt, _log, _exp = series("sqrt"), series("log"), series("exp")


def inner(left: Item, right: Item) -> Item:
    """`tr(A^T B)`, also of tensors; the number 1 may stand for a vector of ones."""
    if is_grid(left) and is_grid(right):
        if shape_of(left) != shape_of(right):
            raise Undefined("the sizes of a Frobenius product differ")
        return trace(settle(left.transpose() * right))
    if len(shape_of(left)) > 2 or len(shape_of(right)) > 2:
        return contract(left, right, 2)
    if is_grid(left) or is_grid(right):
        parts, factor = (entries_of(left), right) if is_grid(left) else (entries_of(right), left)
        return sum(parts[1:], parts[0]) * factor
    return left * right


def inner_product(arguments: list[Jet], field: Field) -> Jet:
    """`tr(A^T B)`; of complex matrices one of them conjugated, as the field has it."""
    left, right = arguments
    if field.imaginary == "left":
        left = linear(conjugate, left)
    elif field.imaginary == "right":
        right = linear(conjugate, right)
    return bilinear(inner, left, right)


def weighted_inner(arguments: list[Jet], field: Field) -> Jet:
    """`x^T A y`; x, y: (n, 1), A: (n, n)."""
    left, right, weight = arguments
    return product(linear(transpose, left), product(weight, right))


def squared(operator: str, arguments: list[Jet], field: Field) -> Jet | None:
    """The square of a norm where it needs no root, else None."""
    value = arguments[0].value
    if operator == "norm" or (operator in ("two norm", "bars") and is_vector(value)):
        return _square(arguments[0])
    if operator == "weighted norm":
        return weighted_inner([arguments[0], *arguments], field)
    return None


def _square(jet: Jet) -> Jet:
    """The sum of the squared absolute values of all entries."""
    return bilinear(inner, linear(conjugate, jet), jet)


def is_vector(item: Item) -> bool:
    """Whether an item is a number, a column or a row."""
    return not is_grid(item) or 1 in shape_of(item)


def norm(arguments: list[Jet], field: Field) -> Jet:
    """The Frobenius norm, of a vector the Euclidean one."""
    if not is_grid(arguments[0].value):
        return absolute(arguments[0], field)
    return _sqrt(_square(arguments[0]), field)


def weighted_norm(arguments: list[Jet], field: Field) -> Jet:
    """The root of `x^T A x`; x: (n, 1), A: (n, n)."""
    return _sqrt(weighted_inner([arguments[0], *arguments], field), field)


def bars(arguments: list[Jet], field: Field) -> Jet:
    """The determinant, the absolute value or the Euclidean length, by shape."""
    value = arguments[0].value
    if is_vector(value):
        return norm(arguments, field)
    rows, columns = shape_of(value)
    if rows == columns:
        return determinant(arguments, field)
    raise Undefined("bars around a matrix that is not square")


def spectral_norm(arguments: list[Jet], field: Field) -> Jet:
    """The greatest singular value."""
    if is_vector(arguments[0].value):
        return norm(arguments, field)
    if field.imaginary:
        raise Unsupported("the spectral norm of a complex matrix")
    return singular_values(arguments[0], field)[0]


def least_singular_value(arguments: list[Jet], field: Field) -> Jet:
    """The least singular value of a matrix of full rank."""
    if is_vector(arguments[0].value):
        return norm(arguments, field)
    return singular_values(arguments[0], field)[-1]


def nuclear_norm(arguments: list[Jet], field: Field) -> Jet:
    """The sum of the singular values of a matrix of full rank."""
    if is_vector(arguments[0].value):
        return norm(arguments, field)
    return reduce(add, singular_values(arguments[0], field))


def one_norm(arguments: list[Jet], field: Field) -> Jet:
    """The sum of the absolute values of entries; of a matrix the greatest such sum of the
    columns."""
    if is_vector(arguments[0].value):
        return sum_of_entries(arguments, field)
    return greatest_row([linear(transpose, arguments[0])], field)


def sum_of_entries(arguments: list[Jet], field: Field) -> Jet:
    """The sum of the absolute values of all entries."""
    return reduce(add, [absolute(entry, field) for entry in entries(arguments[0])])


def greatest_row(arguments: list[Jet], field: Field) -> Jet:
    """The greatest of the sums of the absolute values in the rows of a matrix."""
    columns = shape_of(arguments[0].value)[1]
    found = [absolute(entry, field) for entry in entries(arguments[0])]
    rows = [found[i : i + columns] for i in range(0, len(found), columns)]
    return reduce(maximum, [reduce(add, row) for row in rows])


def greatest_norm(arguments: list[Jet], field: Field) -> Jet:
    """The greatest absolute value of a vector's entries; of a matrix the greatest sum of a row."""
    if not is_vector(arguments[0].value):
        return greatest_row(arguments, field)
    return greatest_entry(arguments, field)


def greatest_entry(arguments: list[Jet], field: Field) -> Jet:
    """The greatest absolute value of all entries."""
    return reduce(maximum, [absolute(entry, field) for entry in entries(arguments[0])])


def power_norm(arguments: list[Jet], field: Field) -> Jet:
    """The p-norm of a vector."""
    vector, exponent = arguments
    if not is_vector(vector.value):
        raise Unsupported("the p-norm of a matrix, of which there are two,")
    if not exponent.value >= 1:
        raise Undefined("a p-norm with p below 1")
    logarithms = [_log(absolute(entry, field), field) for entry in entries(vector)]
    total = reduce(add, [_exp(product(exponent, one), field) for one in logarithms])
    return _exp(product(inverse(exponent), _log(total, field)), field)
