"""The factors of a decomposition that a document names: what is known of them."""

from __future__ import annotations

import re

from proofcheck.formula.expr import (
    Call,
    Constant,
    Entry,
    Expr,
    Number,
    Power,
    Product,
    Symbol,
)
from proofcheck.inference.model import Defined

_SINGULAR = ("svd", "singular value decomposition", "singular-value decomposition")
_SPECTRAL = (
    "eigendecomposition",
    "eigen-decomposition",
    "eigenvalue decomposition",
    "eigen decomposition",
    "spectral decomposition",
    "evd",
)
_ORTHONORMAL = frozenset(("orthonormal columns",))
_ORTHOGONAL = frozenset(("orthogonal",))
_SHORT = ("compact", "thin", "truncated", "reduced", "low-rank", "low rank")
_DIAGONAL = frozenset(("diagonal",))

Properties = dict[str, frozenset[str]]


def decomposition(expr: Expr, prose: str) -> Properties:
    """The properties of the factors of `U S V^T`, `Q D Q^T`, `P D P^{-1}`, by name.

    prose: all words of the document, in lower case; a form counts only if they name it (Golub and
    Van Loan 2013, 2.4 and 8.1).
    """
    match expr:
        case Product(factors=(Symbol(name=a), Symbol(name=middle), last)):
            return _of_factors(a, middle, last, prose)
        case _:
            return {}


def members(factors: Properties) -> dict[str, Defined]:
    """What the small letters of a decomposition's factors mean with an index: the columns `q_i` of
    `Q`, the elements `\\lambda_i` on the diagonal of `\\Lambda`, by the names of the factors."""
    found: dict[str, Defined] = {}
    index, every = Symbol("#1"), Constant("every")
    for name, words in factors.items():
        places = (index, index) if words & _DIAGONAL else (every, index)
        law = Defined(Entry(Symbol(name), places), (), {}, ("#1",))
        found[_small(name)] = law
        if words & _DIAGONAL:
            found[r"\sigma" if "positive" in words else r"\lambda"] = law
    return found


def _small(name: str) -> str:
    """The small letter of a capital, plain, Greek or bold."""
    return re.sub(r"(\\?)([A-Z])(?=[a-z]*\}?$)", lambda m: m[1] + m[2].lower(), name)


def _of_factors(first: str, middle: str, last: Expr, prose: str) -> Properties:
    match last:
        case Call(operator="transpose" | "conjugate transpose", arguments=(Symbol(name=other),)):
            found = {first: _ORTHONORMAL, other: _ORTHONORMAL, middle: _DIAGONAL}
            if first == other and _says(prose, _SPECTRAL):
                return found | ({} if _says(prose, _SHORT) else {first: _ORTHOGONAL})
            if first == other:
                return {}
            return found | {middle: _DIAGONAL | {"positive"}} if _says(prose, _SINGULAR) else {}
        case Power(base=Symbol(name=other), exponent=Number(value=value)):
            fits = other == first and value == -1 and _says(prose, (*_SPECTRAL, "diagonaliz"))
            return {middle: _DIAGONAL} if fits else {}
        case _:
            return {}


def _says(prose: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in prose for phrase in phrases)
