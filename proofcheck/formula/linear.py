"""Whole numbers as sums of letters: `n-1`, `2i+1`, and the axis lengths they are."""

from __future__ import annotations

from collections.abc import Mapping

from proofcheck.formula.expr import Constant, Expr, Negative, Number, Product, Sum, Symbol

Form = Mapping[str, int]  # letters with their factors, the constant under the empty name
ONE: Form = {"": 1}


def form_of(expr: Expr | None) -> Form | None:
    """The form of an expression, or None if it is no sum of letters."""
    match expr:
        case Number(value=value) if value.denominator == 1:
            return _without_zeros({"": int(value)})
        case Symbol(name=name) | Constant(name="size", size=Symbol(name=name)):
            return {name: 1}
        case Negative(term=term):
            return scaled(form_of(term), -1)
        case Sum(terms=terms):
            return _added([form_of(term) for term in terms])
        case Product(factors=(Number(value=value), factor)) if value.denominator == 1:
            return scaled(form_of(factor), int(value))
        case _:
            return None


def scaled(form: Form | None, factor: int) -> Form | None:
    """A form times a whole number."""
    return None if form is None else {name: factor * value for name, value in form.items()}


def _added(forms: list[Form | None]) -> Form | None:
    total: dict[str, int] = {}
    for form in forms:
        if form is None:
            return None
        for name, value in form.items():
            total[name] = total.get(name, 0) + value
    return _without_zeros(total)


def plus(*forms: Form | None) -> Form | None:
    """The sum of forms; None if one is None."""
    return _added(list(forms))


def _without_zeros(form: dict[str, int]) -> Form:
    return {name: value for name, value in form.items() if value}


def constant(form: Form | None) -> int | None:
    """The number a form is, or None."""
    return form.get("", 0) if form is not None and set(form) <= {""} else None


def single(form: Form | None) -> str | None:
    """The letter that a form is, or None."""
    return (
        next(iter(form))
        if form is not None and list(form.values()) == [1] and "" not in form
        else None
    )
