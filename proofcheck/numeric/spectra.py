"""Functions of square matrices, eigenvalues and singular values, as certified balls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from itertools import product as paths
from typing import Any

from flint import acb, acb_mat, arb_mat

from proofcheck.numeric.arithmetic import (
    Field,
    Item,
    NeedsBalls,
    Number,
    Undefined,
    is_grid,
    shape_of,
    transpose,
)
from proofcheck.numeric.determinants import characteristic, constant, inverse
from proofcheck.numeric.elementary import coefficients, entries, join, series
from proofcheck.numeric.jet import (
    LEVELS,
    Jet,
    add,
    infinitesimal,
    linear,
    negate,
    product,
    restricted,
)

Taylor = Callable[[acb, int], list[acb]]
_DEFECTIVE = "the eigenvectors of a matrix may not span its space"
_CUT = "an eigenvalue is not positive and lies where no principal value is"


def exponential(jet: Jet, field: Field) -> Jet:
    """The exponential of a square matrix.

    A tangent is a block of the exponential of a larger, block-triangular matrix, one block a set
    of levels (Mathias 1996; Higham 2008, 3.2).
    """
    _square(jet, field)
    return Jet({key: _exponential_part(jet, key) for key in _reached(jet)})


def _reached(jet: Jet) -> set[int]:
    """The keys of all products of the parts of a jet."""
    found = {0}
    for _ in range(jet.order):
        found |= {a | b for a in found for b in jet.parts if not a & b & LEVELS}
    return found


def _exponential_part(jet: Jet, key: int) -> Item:
    levels = key & LEVELS
    subsets = [mask for mask in range(levels + 1) if mask & levels == mask]
    size = shape_of(jet.value)[0]
    imaginary = any(isinstance(part, acb_mat) for part in jet.parts.values())
    kind: Any = acb_mat if imaginary else arb_mat
    whole = kind(size * len(subsets), size * len(subsets))
    for a, b in paths(range(len(subsets)), repeat=2):
        part = jet.parts.get(restricted(key, subsets[b] & ~subsets[a]))
        if subsets[a] & subsets[b] != subsets[a] or part is None:
            continue
        for i, j in paths(range(size), repeat=2):
            whole[a * size + i, b * size + j] = part[i, j]
    power, at = whole.exp(), (len(subsets) - 1) * size
    return kind(size, size, [power[i, at + j] for i in range(size) for j in range(size)])


def principal(name: str) -> Callable[[Jet, Field], Jet]:
    """A principal logarithm or square root, a sine or cosine, of a square matrix (Higham 2008)."""

    def apply(jet: Jet, field: Field) -> Jet:
        return of_eigenvalues(jet, field, lambda at, order: coefficients(name, at, order))

    return apply


def matrix_power(jet: Jet, exponent: Number, field: Field) -> Jet:
    """The principal power of a square matrix with a real exponent."""
    return of_eigenvalues(jet, field, lambda at, order: _power_coefficients(at, exponent, order))


def _power_coefficients(at: acb, exponent: Number, order: int) -> list[acb]:
    found = [at.pow(acb(exponent))]
    for k in range(order):
        found.append(found[-1] * (exponent - k) / ((k + 1) * at))
    return found


def of_eigenvalues(jet: Jet, field: Field, function: Taylor) -> Jet:
    """`f(A)` for a function that is real on the positive numbers and has its cut on the others.

    A: (n, n), with eigenvalues that balls can isolate. The tangents are sums over paths of divided
    differences (Daleckii and Krein 1965; Higham 2008, 3.2).
    """
    _square(jet, field)
    values, right = _eigenvectors(jet.value)
    if any(value.imag.contains(0) and not value.real > 0 for value in values):
        raise Undefined(_CUT)
    try:
        left = right.inv()
    except ZeroDivisionError as error:  # also where balls don't tell that it is regular
        raise Undefined(_DEFECTIVE) from error
    inner = {key: left * acb_mat(part) * right for key, part in jet.parts.items() if key}
    differences = _Differences(values, function)
    found = {0: differences.along(())}
    words: list[tuple[int, tuple[acb_mat, ...]]] = [(0, ())]
    for _ in range(jet.order):
        words = [
            (mask | key, (*word, part))
            for mask, word in words
            for key, part in inner.items()
            if not mask & key & LEVELS
        ]
        for key, word in words:
            term = differences.along(word)
            found[key] = found[key] + term if key in found else term
    return Jet({key: (right * part * left).real for key, part in found.items()})


class _Differences:
    """The divided differences of a function at the eigenvalues of a matrix."""

    def __init__(self, values: list[acb], function: Taylor) -> None:
        self.values = values
        self.function = function
        self.known: dict[tuple[int, ...], acb] = {}

    def at(self, places: tuple[int, ...]) -> acb:
        """The divided difference at eigenvalues, by their numbers in ascending order."""
        if places not in self.known:
            self.known[places] = self._find(places)
        return self.known[places]

    def _find(self, places: tuple[int, ...]) -> acb:
        first, last = places[0], places[-1]
        if first == last:
            return self.function(self.values[first], len(places) - 1)[-1]
        step = self.values[last] - self.values[first]
        return (self.at(places[1:]) - self.at(places[:-1])) / step

    def along(self, word: Sequence[acb_mat]) -> acb_mat:
        """The term of `f(D + N)` that is linear in each of some `N`, in this order."""
        size = len(self.values)
        total = acb_mat(size, size)
        for path in paths(range(size), repeat=len(word) + 1):
            term = self.at(tuple(sorted(path)))
            for part, i, j in zip(word, path, path[1:], strict=False):
                term = term * part[i, j]
            total[path[0], path[-1]] += term
        return total


def _square(jet: Jet, field: Field) -> None:
    if field.exact:
        raise NeedsBalls("a function of a matrix")
    rows, columns = shape_of(jet.value)
    if rows != columns:
        raise Undefined("a function of a matrix that is not square")


def _eigenvectors(value: Item) -> tuple[list[acb], acb_mat]:
    try:
        values, vectors = acb_mat(value).eig(right=True)
    except ValueError as error:
        raise Undefined("the eigenvalues are not isolated") from error
    return values, vectors


def eigenvalues(arguments: list[Jet], field: Field) -> Jet:
    """The eigenvalues of a square matrix where all are real and simple, the greatest first.

    A: (n, n); the value: (n, 1). A tangent is a root of the differential of the characteristic
    polynomial (Magnus and Neudecker 2019, 8.9).
    """
    jet = arguments[0]
    if not is_grid(jet.value):
        return jet
    _square(jet, field)
    polynomial = characteristic(jet, field)[0] if jet.order else []
    found = [_root(polynomial, value, jet.order) for value in _real_eigenvalues(jet.value)]
    return join((len(found), 1), found, field)


def _real_eigenvalues(value: Item) -> list[Number]:
    try:
        values = acb_mat(value).eig()
    except ValueError as error:
        raise Undefined("the eigenvalues are not isolated") from error
    for i, one in enumerate(values):
        others = values[:i] + values[i + 1 :]
        if not one.imag.contains(0) or any(one.conjugate().overlaps(other) for other in others):
            raise Undefined("the eigenvalues are not real")
    return sorted((one.real for one in values), key=cmp_to_key(_descending))


def _descending(left: Number, right: Number) -> int:
    return -1 if left > right else 1


def _root(polynomial: list[Jet], value: Number, order: int) -> Jet:
    """A simple root of a polynomial with its tangents, by Newton's method on these alone."""
    root = constant(value)
    for _ in range(order):
        rest = infinitesimal(_at(polynomial, root))
        if rest is None:
            return root
        step = product(
            Jet({0: value * 0, **rest.parts}), inverse(constant(_slope(polynomial, value)))
        )
        root = Jet({**add(root, negate(step)).parts, 0: value})
    return root


def _at(polynomial: list[Jet], root: Jet) -> Jet:
    total = polynomial[0]
    for coefficient in polynomial[1:]:
        total = add(product(total, root), coefficient)
    return total


def _slope(polynomial: list[Jet], at: Number) -> Number:
    total, slope = polynomial[0].value, at * 0
    for coefficient in polynomial[1:]:
        slope = slope * at + total
        total = total * at + coefficient.value
    return slope


def singular_values(jet: Jet, field: Field) -> list[Jet]:
    """The singular values of a matrix of full rank, the greatest first, where they are simple."""
    flipped = linear(transpose, jet)
    rows, columns = shape_of(jet.value)
    gram = product(jet, flipped) if rows <= columns else product(flipped, jet)
    squares = eigenvalues([gram], field)
    root = series("sqrt")
    return [root(square, field) for square in entries(squares)]


def extreme(first: bool) -> Callable[[list[Jet], Field], Jet]:
    """The greatest or the least eigenvalue."""

    def apply(arguments: list[Jet], field: Field) -> Jet:
        return entries(eigenvalues(arguments, field))[0 if first else -1]

    return apply
