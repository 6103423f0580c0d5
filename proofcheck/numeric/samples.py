r"""Statistics of samples without a formula: `s_x^2` and `s_{xy}` beside `x_i` and `y_i`.

The words say what they are ("the sample variance of $x$"), and not by which of the two customary
divisors: it is `n-1` if the document writes that anywhere, and `n` otherwise. A step that differs
for free ones is tried with these, and may hold so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from proofcheck.formula.expr import (
    Call,
    Entry,
    Expr,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    walk,
)
from proofcheck.formula.printer import to_latex
from proofcheck.inference.model import Claim, Defined, Free, Model
from proofcheck.inference.readings import Place, Reading, all_leaves
from proofcheck.numeric.means import with_means
from proofcheck.numeric.trial import Agrees, try_claim

_WORDS = re.compile(
    r"(?:sample|empirical)\s+(?:(?:co)?variances?|standard deviations?|correlation)"
)
_NAME = re.compile(r"([sSr])_\{?([a-z])([a-z]?)\}?")
STATISTICS = ("with statistics of samples",)
_ONE = Number(Fraction(1))


def speaks_of_samples(words: str) -> bool:
    """Whether the words of a document speak of variances of samples."""
    return bool(_WORDS.search(words))


def tried_with_statistics(
    model: Model, reading: Reading, place: Place, claim: Claim, seed: str, written: str
) -> Agrees | None:
    """What a claim comes to where its statistics are those of samples, if it holds so.

    written: all formulas of the document, without spaces.
    """
    told = with_statistics(model, claim, written)
    if told is None:
        return None
    found = try_claim(with_means(told, claim) or told, reading, place, claim, seed)
    return Agrees(found.evidence, STATISTICS, found.tried) if isinstance(found, Agrees) else None


def with_statistics(model: Model, claim: Claim, written: str) -> Model | None:
    """The model in which the free statistics that a claim rests on have formulas; None if it has
    none, or nothing says over what."""
    variables = dict(model.variables)
    keys = {model.variables[key].name: key for key in sorted(all_leaves(model, claim))}
    found = False
    for name, key in keys.items():
        said = _NAME.fullmatch(name)
        if said is None or not isinstance(model.variables[key].law, Free):
            continue
        one, other = said[2], said[3] or said[2]
        summed = next(_sums(model, claim, one), None)
        if summed is None or not {one, other} <= keys.keys():
            continue  # it stays free
        total, names = summed
        taken = int(f"{to_latex(total.upper)}-1" in written) if total.upper is not None else 0
        value = _statistic(said[1], bool(said[3]), total, (one, other), taken)
        law = Defined(value, (), {**names, one: keys[one], other: keys[other]})
        variables[key] = replace(model.variables[key], law=law)
        found = True
    return replace(model, variables=variables, leaves={}) if found else None


def _statistic(
    letter: str, paired: bool, total: Summation, of: tuple[str, str], taken: int
) -> Expr:
    """A covariance, the root of a variance, or a correlation."""
    if letter == "r":
        same = (_products(total, (name, name)) for name in of)
        return Quotient(_products(total, of), Call("sqrt", (Product(tuple(same)),)))
    assert total.upper is not None
    divisor = Sum((total.upper, Negative(_ONE))) if taken else total.upper
    value = Quotient(_products(total, of), divisor)
    return value if paired else Call("sqrt", (value,))


def _products(total: Summation, of: tuple[str, str]) -> Expr:
    r"""`\sum_i (x_i - \bar x)(y_i - \bar y)`."""
    assert total.upper is not None
    at = tuple(map(Symbol, total.indices))
    about: list[Expr] = []
    for name in of:
        entry = Entry(Symbol(name), at)
        mean = Quotient(replace(total, body=entry), total.upper)
        about.append(Sum((entry, Negative(mean))))
    return replace(total, body=Product(tuple(about)))


def _sums(model: Model, claim: Claim, name: str) -> Iterator[tuple[Summation, dict[str, str]]]:
    """The sums from 1 over entries of a letter in a claim and what it rests on, with the names."""
    said = [(claim.left, claim.names), (claim.right, claim.names)]
    for key in sorted(all_leaves(model, claim)):
        law = model.variables[key].law
        if isinstance(law, Defined):
            said.append((law.expr, law.names))
    for expr, names in said:
        for node in walk(expr):
            match node:
                case Summation(operator="sum", indices=(index,), upper=upper, conditions=()) if (
                    upper is not None and node.lower == _ONE
                ):
                    entry = Entry(Symbol(name), (Symbol(index),))
                    if entry in walk(node.body):
                        yield node, dict(names)
                case _:
                    pass
