"""The normal forms of the operators of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from proofcheck.formula.vocabulary import BY_NAME, MOMENTS
from proofcheck.inference.signature import Signature, read_signature
from proofcheck.numeric import polynomials as forms
from proofcheck.numeric.polynomials import Misfit, Polynomial
from proofcheck.numeric.product_rule import EULER, logarithm
from proofcheck.numeric.words import ONE, Letter, Term

_Rule = Callable[[list[Polynomial]], Polynomial | None]


def operator_form(operator: str, parts: list[Polynomial]) -> Polynomial | None:
    """The normal form of an operator on its arguments; None if it has none.

    An operator without a rule is a letter with its arguments inside.
    """
    rule = _RULES.get(operator)
    found = rule(parts) if rule is not None else None
    return found if found is not None else _letter(operator, parts)


def _letter(operator: str, parts: list[Polynomial]) -> Polynomial | None:
    row = BY_NAME[operator]
    if row.blanks or operator in MOMENTS:
        return None
    inside = tuple(map(forms.freeze, parts))
    for text in row.signatures:
        shape = _shape(read_signature(text), parts)
        if shape is not None:
            return forms.of_letter(Letter("call", operator, *shape, inside=inside))
    return None


def _shape(signature: Signature, parts: list[Polynomial]) -> tuple[str, str] | None:
    """The axes of a value, or None where the arguments don't fit or an axis is composed."""
    known = {"1": ONE}
    for part, axes in zip(parts, signature.arguments, strict=False):
        for axis, name in zip((part.rows, part.columns), axes, strict=True):
            if (name.isupper() and axis == ONE) or known.setdefault(name, axis) != axis:
                return None
    rows, columns = signature.value
    fits = len(parts) == len(signature.arguments) and rows in known and columns in known
    return (known[rows], known[columns]) if fits else None


def _hadamard(parts: list[Polynomial]) -> Polynomial | None:
    """The product entry by entry: bilinear, and the same in either order."""
    left, right = parts
    if left.is_scalar and right.is_scalar:
        return forms.multiply(left, right)
    if (left.rows, left.columns) != (right.rows, right.columns):
        raise Misfit
    total = forms.ZERO
    for mine, a in left.terms.items():
        for theirs, b in right.terms.items():
            if mine.bounds or theirs.bounds:
                return None
            scalar = forms.multiply(
                forms.of_factors(*mine.factors), forms.of_factors(*theirs.factors)
            )
            pair = sorted(
                forms.freeze(
                    Polynomial(left.rows, left.columns, {Term((), term.word): Fraction(1)})
                )
                for term in (mine, theirs)
            )
            letter = Letter("call", "hadamard", left.rows, left.columns, inside=tuple(pair))
            both = forms.multiply(scalar, forms.of_letter(letter))
            total = forms.add(total, forms.scale(both, a * b))
    return total


def _trace(parts: list[Polynomial]) -> Polynomial:
    return forms.trace(parts[0])


def _transpose(parts: list[Polynomial]) -> Polynomial:
    return forms.transpose(parts[0])


def _inner(parts: list[Polynomial]) -> Polynomial | None:
    """`tr(A^T B)`."""
    left, right = parts
    if left.terms and right.terms and (left.rows, left.columns) != (right.rows, right.columns):
        raise Misfit
    return forms.trace(forms.multiply(forms.transpose(left), right))


def _length(parts: list[Polynomial]) -> Polynomial:
    """The Frobenius norm, of a column or a number its length."""
    return forms.real_power(_squared(parts), forms.number(Fraction(1, 2)))


def _squared(parts: list[Polynomial]) -> Polynomial:
    found = _inner([parts[0], parts[0]])
    assert found is not None
    return found


def _vector_norm(parts: list[Polynomial]) -> Polynomial | None:
    return _length(parts) if ONE in (parts[0].rows, parts[0].columns) else None


def _bars(parts: list[Polynomial]) -> Polynomial | None:
    return _vector_norm(parts) or _determinant(parts)


def _determinant(parts: list[Polynomial]) -> Polynomial | None:
    """The determinant: of a product of square matrices, that of each."""
    (poly,) = parts
    if poly.is_scalar:
        return poly
    if poly.rows != poly.columns:
        raise Misfit
    if len(poly.terms) != 1:
        first = min(forms.freeze(poly), forms.freeze(forms.transpose(poly)))
        return forms.letter_of("call", "determinant", (forms.thaw(first),))
    ((term, value),) = poly.terms.items()
    if term.bounds or any(letter.rows != letter.columns for letter in term.word):
        return forms.letter_of("call", "determinant", (poly,))
    scalar = forms.scale(forms.of_factors(*term.factors), value)
    total = forms.real_power(scalar, forms.length(poly.rows))
    for letter in term.word:
        upright = forms.of_letter(letter._replace(flipped=False, inverted=False))
        one = forms.letter_of("call", "determinant", (upright,))
        total = forms.multiply(total, forms.invert(one) if letter.inverted else one)
    return total


def _exponential(parts: list[Polynomial]) -> Polynomial | None:
    if not parts[0].is_scalar:
        return None
    return forms.real_power(forms.of_letter(EULER), parts[0])


def _scalar_log(parts: list[Polynomial]) -> Polynomial | None:
    return logarithm(parts[0]) if parts[0].is_scalar else None


def _root(parts: list[Polynomial]) -> Polynomial | None:
    if not parts[0].is_scalar:
        return None
    return forms.real_power(parts[0], forms.number(Fraction(1, 2)))


def _half(sign: int) -> _Rule:
    def part(parts: list[Polynomial]) -> Polynomial:
        other = forms.scale(forms.transpose(parts[0]), sign)
        return forms.scale(forms.add(parts[0], other), Fraction(1, 2))

    return part


def _bracket(sign: int) -> _Rule:
    def part(parts: list[Polynomial]) -> Polynomial:
        left, right = parts
        other = forms.scale(forms.multiply(right, left), sign)
        return forms.add(forms.multiply(left, right), other)

    return part


def _weighted(parts: list[Polynomial]) -> Polynomial:
    left, right, weight = parts
    return forms.multiply(forms.transpose(left), forms.multiply(weight, right))


def _weighted_norm(parts: list[Polynomial]) -> Polynomial:
    square = _weighted([parts[0], *parts])
    return forms.real_power(square, forms.number(Fraction(1, 2)))


def _log_determinant(parts: list[Polynomial]) -> Polynomial | None:
    found = _determinant(parts)
    return None if found is None else logarithm(found)


def _outer(parts: list[Polynomial]) -> Polynomial:
    return forms.multiply(parts[0], forms.transpose(parts[1]))


def _absolute(parts: list[Polynomial]) -> Polynomial | None:
    return _length(parts) if parts[0].is_scalar else None


_RULES: dict[str, _Rule] = {
    "transpose": _transpose,
    "trace": _trace,
    "frobenius": _inner,
    "inner product": _inner,
    "weighted inner product": _weighted,
    "weighted norm": _weighted_norm,
    "outer product": _outer,
    "hadamard": _hadamard,
    "norm": _length,
    "two norm": _vector_norm,
    "spectral norm": _vector_norm,
    "bars": _bars,
    "absolute value": _absolute,
    "determinant": _determinant,
    "log-determinant": _log_determinant,
    "log": _scalar_log,
    "exp": _exponential,
    "sqrt": _root,
    "symmetric part": _half(1),
    "skew part": _half(-1),
    "commutator": _bracket(-1),
    "anticommutator": _bracket(1),
}
"""The operators that are more than a letter."""
