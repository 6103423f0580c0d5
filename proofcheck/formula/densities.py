r"""Densities by name: `\mathcal{N}(x; \mu, \Sigma)`, one row each.

A row writes the density as LaTeX of its point and its parameters, so that all that is known of
formulas (shapes, derivatives, integrals) is known of it. Without a point, as in `x \sim
\mathcal{N}(\mu, \Sigma)`, a name is a distribution and no value. What a parameter is (a rate or a
scale) is a convention, so that nothing is accused by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import tokenize_text
from proofcheck.formula.cursor import enclosed
from proofcheck.formula.ellipses import spelled
from proofcheck.formula.expr import Dotted, Expr, Symbol, rebuild
from proofcheck.formula.lists import elements_of

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser


@dataclass(frozen=True, slots=True)
class Density:
    """One density: its name, its spellings, the letters of its formula, the formula, the source.

    The first letter is the point; a formula is right where the density is not zero.
    """

    name: str
    spellings: tuple[str, ...]
    letters: str
    latex: str
    source: str


_JKB = "Johnson, Kotz and Balakrishnan 1994"
DENSITIES: tuple[Density, ...] = (
    Density(
        "normal",
        (r"\mathcal{N}", r"\mathrm{N}", r"\mathrm{Normal}"),
        "xmS",
        r"\frac{1}{\sqrt{|2 \pi S|}}"
        r" \exp\left(-\frac{1}{2} \langle x-m, x-m\rangle_{S^{-1}}\right)",
        "Petersen and Pedersen 2012, 8.1",
    ),
    Density(
        "matrix normal",
        (r"\mathcal{MN}", r"\mathrm{MN}"),
        "XMUV",
        r"\frac{1}{\sqrt{\det(2 \pi V \otimes U)}}"
        r" \exp\left(-\frac{1}{2} \operatorname{tr}(V^{-1} (X-M)^T U^{-1} (X-M))\right)",
        "Gupta and Nagar 2000, 2.2",
    ),
    Density(
        "gamma",
        (r"\mathrm{Gam}", r"\mathrm{Gamma}", r"\mathrm{Ga}"),
        "xab",
        r"\frac{b^a}{\Gamma(a)} x^{a-1} \exp(-b x)",
        f"{_JKB}, 17",
    ),
    Density(
        "inverse gamma",
        (r"\mathrm{InvGam}", r"\mathrm{InvGamma}", r"\mathrm{IGam}"),
        "xab",
        r"\frac{b^a}{\Gamma(a)} x^{-a-1} \exp\left(-\frac{b}{x}\right)",
        f"{_JKB}, 22",
    ),
    Density(
        "beta",
        (r"\mathrm{Bet}", r"\mathrm{Beta}"),
        "xab",
        r"\frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} x^{a-1} (1-x)^{b-1}",
        f"{_JKB}, 25",
    ),
    Density(
        "exponential",
        (r"\mathrm{Exp}", r"\mathrm{Expon}", r"\mathrm{Exponential}"),
        "xr",
        r"r \exp(-r x)",
        f"{_JKB}, 19",
    ),
    Density(
        "Bernoulli",
        (r"\mathrm{Bern}", r"\mathrm{Bernoulli}", r"\mathrm{Ber}"),
        "xp",
        r"p^x (1-p)^{1-x}",
        "Johnson, Kemp and Kotz 2005, 3",
    ),
    Density(
        "binomial",
        (r"\mathrm{Bin}", r"\mathrm{Binomial}", r"\mathrm{Binom}"),
        "xnp",
        r"\binom{n}{x} p^x (1-p)^{n-x}",
        "Johnson, Kemp and Kotz 2005, 3",
    ),
    Density(
        "Poisson",
        (r"\mathrm{Poiss}", r"\mathrm{Pois}", r"\mathrm{Poisson}"),
        "xr",
        r"\frac{r^x \exp(-r)}{x!}",
        "Johnson, Kemp and Kotz 2005, 4",
    ),
)
BY_SPELLING = {spelling: density for density in DENSITIES for spelling in density.spellings}
_GIVEN = frozenset((";", "|", r"\mid", r"\vert"))


def parse_density(parser: Parser, spelling: str, name: Span) -> Expr | None:
    """The density whose name was read at its point and its parameters in the bracket ahead, or
    None where there is no point, or another number of parameters."""
    density = BY_SPELLING.get(spelling)
    if density is None or parser.peek().text != "(":
        return None
    inside = enclosed(parser)
    signs = [token.text for token in inside if token.text in _GIVEN]
    parts = elements_of(inside, signs[0]) if signs else []
    if len(parts) != 2 or not all(parts):
        return None
    groups = [parts[0], *elements_of(parts[1], ",")]
    if len(groups) != len(density.letters) or not all(groups):
        return None
    values = [parser.inside(group, group[0].span.to(group[-1].span)) for group in groups]
    start = parser.index
    parser.index += len(inside) + 2
    span = name.to(parser.since(start))
    meaning = _put(_formula(density), dict(zip(density.letters, values, strict=True)), span)
    return Dotted(meaning, spelling + spelled(parser.tokens[start : parser.index]), span)


def is_density(expr: Expr) -> bool:
    """Whether an expression was written by the name of a density."""
    return isinstance(expr, Dotted) and any(
        expr.latex.replace(" ", "").startswith(f"{spelling}(") for spelling in BY_SPELLING
    )


@cache
def _formula(density: Density) -> Expr:
    from proofcheck.formula.parser import parse

    return parse(tokenize_text(density.latex))


def _put(expr: Expr, values: dict[str, Expr], span: Span) -> Expr:
    """A formula with values for its letters; all else of it stands where its name was written."""
    if isinstance(expr, Symbol) and expr.name in values:
        return values[expr.name]
    return replace(rebuild(expr, lambda part: _put(part, values, span)), span=span)
