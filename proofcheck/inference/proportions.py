r"""Equations up to a factor, `\propto`, or a term, `+ \text{const}`, that is free of a variable.

Two sides are equal up to such a factor if the derivatives of their logarithms by the variable are
equal, and up to such a term if their own are. The variable is what a density is of, before its bar,
or what a function is applied to: the first side of the chain says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Side
from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Derivative,
    Expr,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)
from proofcheck.formula.lists import elements_of
from proofcheck.formula.probabilities import is_probability

_WORDS = frozenset(("const", "constant", "const.", "cst", "constants"))
_FONTS = frozenset((r"\mathrm", r"\operatorname", r"\text", r"\mbox", r"\textrm", r"\rm"))
_COUNTING = frozenset(("factorial", "double factorial", "binomial", "multinomial"))
_LONGEST_HEAD = 8
_Variables = tuple[Expr, ...]


def without_constant(side: Side) -> Side | None:
    r"""A side without the `+ \text{const}` at its end; None if there is none."""
    tokens = list(side.tokens)
    while tokens and tokens[-1].text in (".", ",", ";", r"\,", r"\;", "~"):
        tokens.pop()
    stop = len(tokens)
    while stop and tokens[stop - 1].text != "+":
        stop -= 1
    word = "".join(
        token.text for token in tokens[stop:] if token.text not in ("{", "}", *_FONTS)
    ).strip()
    if stop < 2 or word.rstrip(".") not in _WORDS:
        return None
    kept = tuple(tokens[: stop - 1])
    return replace(side, tokens=kept, span=kept[0].span.to(kept[-1].span))


def says_constant(tokens: Sequence[Token]) -> bool:
    """Whether the word for a constant stands in a side."""
    words = (token.text.strip(" .") for token in tokens if token.kind is TokenKind.TEXT)
    return any(word in _WORDS for word in words) or "const" in "".join(t.text for t in tokens)


def variables_of(first: Expr) -> tuple[_Variables, ...]:
    """What the first side of a chain may be a function of, the usual one first: what a density is
    of, or what it is given, which makes it a likelihood, if that is Greek and the former is not.
    Greek letters alone are parameters, and a density of them is no likelihood."""
    match first:
        case Call(operator="log", arguments=(inner,)) | Negative(term=inner):
            return variables_of(inner)
        case Apply(function=Symbol(name=name), arguments=arguments) if is_probability(name):
            if not all(isinstance(argument, Symbol) for argument in arguments):
                return ()
            of, _, given = name[name.index("(") + 1 : -1].partition("|")
            count = of.count(",") + 1
            ways = (arguments[:count], arguments[count:]) if given else (arguments,)
            greek = [all(map(_is_greek, way)) for way in ways]
            return ways[:1] if greek[0] else ways[::-1] if greek[-1] else ways
        case Apply(arguments=arguments, primes=0) if all(isinstance(a, Symbol) for a in arguments):
            return (arguments,)
        case _:
            return ()


def _is_greek(variable: Expr) -> bool:
    return isinstance(variable, Symbol) and variable.name.startswith("\\")


def arguments_in(tokens: Sequence[Token]) -> Sequence[Sequence[Token]]:
    r"""What stands in the bracket of `\ln q(w)` or `\mathcal{N}(x | \mu, \Sigma)`, before its bar,
    if a side is nothing but that."""
    bare = [token for token in tokens if token.text not in (r"\left", r"\right", r"\,")]
    while bare and bare[-1].text in (".", ",", ";"):
        bare.pop()
    start = next((i for i, token in enumerate(bare) if token.text == "("), 0)
    if not start or start > _LONGEST_HEAD or bare[-1].text != ")":
        return []
    inside = bare[start + 1 : -1]
    if any(token.text in ("(", ")") for token in inside):
        return []
    bars = (i for i, t in enumerate(inside) if t.text in ("|", ";", r"\mid", r"\vert"))
    stop = next(bars, len(inside))
    return elements_of(inside[:stop], ",")


def alike(side: Expr, by: _Variables, is_free: Callable[[Expr], bool] | None) -> Expr:
    """What is equal for two sides that are equal up to a term, or up to a factor: then `is_free`
    says what is free of the variables."""
    return _derived(side if is_free is None else _logarithm(side, is_free), by)


def _logarithm(side: Expr, is_free: Callable[[Expr], bool]) -> Expr:
    """The logarithm of a number, taken factor by factor, without those that are free."""
    if is_free(side):
        return Number(Fraction(0))
    match side:
        case Call(operator="exp", arguments=(inner,)):
            return inner
        case Power(base=Constant(name="e"), exponent=exponent):
            return exponent
        case Power(base=base, exponent=exponent):
            return Product((exponent, Call("log", (base,), base.span)), side.span)
        case Product(factors=factors):
            return Sum(tuple(_logarithm(factor, is_free) for factor in factors), side.span)
        case Quotient(numerator=top, denominator=bottom):
            return Sum((_logarithm(top, is_free), Negative(_logarithm(bottom, is_free))), side.span)
        case _:
            return Call("log", (side,), side.span)


def _derived(side: Expr, by: _Variables) -> Expr:
    """The derivatives of a side by some variables, one below the other."""
    parts = [Derivative(side, (variable,), span=side.span) for variable in by]
    return parts[0] if len(parts) == 1 else Matrix(tuple((part,) for part in parts), side.span)


def counts(exprs: Sequence[Expr], by: _Variables) -> bool:
    """Whether a variable stands where only whole numbers do."""
    return any(
        variable in walk(node)
        for expr in exprs
        for node in walk(expr)
        if isinstance(node, Call) and node.operator in _COUNTING
        for variable in by
    )


def follows_by_bayes(left: Expr, right: Expr, by: _Variables) -> bool:
    r"""Whether two products of densities of one letter are equal up to a factor free of some
    variables: `p(\theta|x) \propto p(x|\theta)p(\theta)`."""
    mine, theirs = _joints(left), _joints(right)
    if mine is None or theirs is None:
        return False
    return _bound(mine, by) == _bound(theirs, by) and bool(_bound(mine, by))


def _joints(expr: Expr) -> Counter[tuple[str, frozenset[Expr]]] | None:
    """The joint densities that a product of conditional ones is made of, with their exponents."""
    found: Counter[tuple[str, frozenset[Expr]]] = Counter()
    for factor, sign in _factors(expr, 1):
        match factor:
            case Apply(function=Symbol(name=name), arguments=arguments, primes=0) if is_probability(
                name
            ):
                letter, _, inside = name.partition("(")
                of, _, given = inside[:-1].partition("|")
                count = of.count(",") + 1
                found[letter, frozenset(arguments)] += sign
                if given:
                    found[letter, frozenset(arguments[count:])] -= sign
            case _:
                return None
    return found


def _factors(expr: Expr, sign: int) -> Iterator[tuple[Expr, int]]:
    match expr:
        case Product(factors=factors):
            for factor in factors:
                yield from _factors(factor, sign)
        case Quotient(numerator=top, denominator=bottom):
            yield from _factors(top, sign)
            yield from _factors(bottom, -sign)
        case _:
            yield expr, sign


def _bound(
    joints: Counter[tuple[str, frozenset[Expr]]], by: _Variables
) -> dict[tuple[str, frozenset[Expr]], int]:
    """The factors that are not free of some variables."""
    free = frozenset(by)
    return {key: count for key, count in joints.items() if count and (not by or key[1] & free)}
