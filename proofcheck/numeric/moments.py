"""Moments on a small finite probability space with rational weights, so that they are exact.

Whatever holds for all distributions holds here (Billingsley 1995, 5); what needs one, such as
independence, does not.
"""

from __future__ import annotations

from collections.abc import Callable

from proofcheck.numeric.arithmetic import Field, transpose
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.jet import Jet, add, linear, negate, product

WEIGHTS = (1, 2, 3, 2)  # of the points of the space, in eighths
Values = list[list[Jet]]  # the arguments at every point of the space


def mean(values: list[Jet], field: Field) -> Jet:
    """The weighted mean of jets of one shape."""
    total = field.number(sum(WEIGHTS))
    weighted = [
        product(constant(field.number(weight) / total), value)
        for weight, value in zip(WEIGHTS, values, strict=True)
    ]
    result = weighted[0]
    for term in weighted[1:]:
        result = add(result, term)
    return result


def _expectation(values: Values, field: Field) -> Jet:
    return mean([arguments[0] for arguments in values], field)


def _variance(values: Values, field: Field) -> Jet:
    return _covariance([[arguments[0], arguments[0]] for arguments in values], field)


def _covariance(values: Values, field: Field) -> Jet:
    """`E[(x - E x)(y - E y)^T]` of two columns, or of two numbers."""
    left, right = (_centred([arguments[i] for arguments in values], field) for i in (0, 1))
    products = [product(x, linear(transpose, y)) for x, y in zip(left, right, strict=True)]
    return mean(products, field)


def _centred(values: list[Jet], field: Field) -> list[Jet]:
    middle = negate(mean(values, field))
    return [add(value, middle) for value in values]


MOMENTS: dict[str, Callable[[Values, Field], Jet]] = {
    "expectation": _expectation,
    "variance": _variance,
    "covariance": _covariance,
}
