"""Moments on a small finite probability space with rational weights, so that they are exact.

Whatever holds for all distributions holds here (Billingsley 1995, 5); what needs one, such as
independence, does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from proofcheck.numeric.arithmetic import Field, transpose
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.jet import Jet, add, linear, negate, product

WEIGHTS = (1, 2, 3, 2)  # of the points of the space, in eighths
Values = list[list[Jet]]  # the arguments at every point of the space


@dataclass(frozen=True, slots=True)
class Atom:
    """A point of a probability space: its weight, and the values of the random variables there."""

    weight: Jet
    values: dict[str, Jet]


def weights(field: Field) -> list[Jet]:
    """The weights of the space of which nothing is known."""
    total = field.number(sum(WEIGHTS))
    return [constant(field.number(weight) / total) for weight in WEIGHTS]


def mean(values: Sequence[Jet], weighted: Sequence[Jet]) -> Jet:
    """The weighted mean of jets of one shape."""
    terms = [product(weight, value) for weight, value in zip(weighted, values, strict=True)]
    result = terms[0]
    for term in terms[1:]:
        result = add(result, term)
    return result


def _expectation(values: Values, weighted: Sequence[Jet]) -> Jet:
    return mean([arguments[0] for arguments in values], weighted)


def _variance(values: Values, weighted: Sequence[Jet]) -> Jet:
    return _covariance([[arguments[0], arguments[0]] for arguments in values], weighted)


def _covariance(values: Values, weighted: Sequence[Jet]) -> Jet:
    """`E[(x - E x)(y - E y)^T]` of two columns, or of two numbers."""
    left, right = (_centred([arguments[i] for arguments in values], weighted) for i in (0, 1))
    products = [product(x, linear(transpose, y)) for x, y in zip(left, right, strict=True)]
    return mean(products, weighted)


def _centred(values: list[Jet], weighted: Sequence[Jet]) -> list[Jet]:
    middle = negate(mean(values, weighted))
    return [add(value, middle) for value in values]


MOMENTS: dict[str, Callable[[Values, Sequence[Jet]], Jet]] = {
    "expectation": _expectation,
    "variance": _variance,
    "covariance": _covariance,
}
