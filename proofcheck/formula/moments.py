"""Expectations, variances and covariances: `E[x]`, `\\mathbb{E}_x(f(x))`, `\\mathrm{Var}(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.expr import Expr, Moment, Symbol
from proofcheck.formula.law_moments import BY_FAMILY
from proofcheck.formula.lists import elements_of

if TYPE_CHECKING:
    from proofcheck.formula.laws import Law
    from proofcheck.formula.parser import Parser

_OPERATORS = {r"\mathbb{E}": "expectation", "E": "expectation", r"\mathbb{V}": "variance"}
_UPRIGHT = (r"\mathrm", r"\text", r"\rm", r"\left", r"\right", r"\,", r"\;")
_BARS = ("|", r"\mid", r"\vert", r"\rvert")
_OPENING_BARS = frozenset(("|", r"\|", r"\vert", r"\Vert", r"\lvert", r"\lVert", "‖", "∥"))
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}"}


def moment_named(parser: Parser, name: str) -> str | None:
    """The operator that a letter is here; `E` in plain type only where the document says so."""
    if name == "E" and not parser.notation.mean:
        return None
    return _OPERATORS.get(name)


def opens_moment(parser: Parser) -> bool:
    """Whether a bracket follows the letter, or its subscript."""
    start = parser.index
    if parser.accept("_") and parser.peek().text:
        parser.group()
    opens = parser.peek().text in _CLOSING
    parser.index = start
    return opens


def at_bars(parser: Parser) -> bool:
    r"""Whether bars or a norm stand for the bracket, `E|x|`, `E\|x\|^2`: with the power on them."""
    return parser.peek().text in _OPENING_BARS and parser.begins_factor()


def parse_moment(parser: Parser, operator: str, start: int) -> Expr:
    """The operator with its subscript and its bracket; `start` is where its letter stands."""
    over: tuple[Expr, ...] = ()
    if parser.accept("_"):
        over = tuple(_over(parser, parser.group()))
    arguments, given = _arguments(parser)
    span = parser.since(start)
    if operator == "covariance" and len(arguments) == 1:
        operator = "variance"
    if len(arguments) != (2 if operator == "covariance" else 1):
        raise Unreadable(f"the {operator} of a list is not understood", span)
    return Moment(operator, arguments, over, given, span=span)


def mean_in_angles(parser: Parser, inner: Expr, start: int) -> Expr:
    r"""`\langle x\rangle`, `\langle x\rangle_{p(x)}`: an expectation, once its angles are read.

    Below the angles stand variables, `\tau|y`, a density of them, `q(z)`, or a law at a point,
    `\mathcal{N}(z; m, S)`.
    """
    if not parser.accept("_"):
        return Moment("expectation", (inner,), span=parser.since(start))
    over, measure, law = _measure(parser, parser.group())
    if not over:
        message = "the measure of the expectation is not understood"
        raise Unreadable(message, parser.since(start))
    return Moment("expectation", (inner,), tuple(over), (), measure, law, parser.since(start))


def _measure(parser: Parser, tokens: list[Token]) -> tuple[list[Expr], str, tuple[Expr, ...]]:
    """The variables of a measure, its text, which is empty for `p(x)`, the usual one, and its mean
    and covariance, if it is a law that has these."""
    from proofcheck.formula.laws import law_of

    texts = [token.text for token in tokens if token.text not in ("{", "}", *_UPRIGHT)]
    law = law_of(tokens)
    if law is not None:
        over = _over(parser, list(law.point))
        return over, "".join(texts), _moments(parser, law) if len(over) == 1 else ()
    inside = tokens
    if "(" in texts and texts[-1] == ")" and len(texts[: texts.index("(")]) == 1:
        first = next(k for k, token in enumerate(tokens) if token.text == "(")
        inside = tokens[first + 1 : -1]
    bar = next((k for k, token in enumerate(inside) if token.text in _BARS), None)
    over = _over(parser, inside[:bar])
    usual = bar is None and texts[0] == "p" and texts[1:2] == ["("]
    return over, "" if usual else "".join(texts), ()


def _moments(parser: Parser, law: Law) -> tuple[Expr, ...]:
    """The mean and the covariance of a law by its parameters."""
    row = BY_FAMILY.get(law.family.name) if law.family is not None else None
    if row is None:
        return ()
    values = [parser.inside(list(tokens), law.span) for tokens in law.parameters]
    return () if row.across(values) is not None else (row.mean(values), row.variance(values))


def _arguments(parser: Parser) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """What stands in the bracket before its bar, and what it is conditioned on."""
    from proofcheck.formula.atoms import bracketed_arguments

    if parser.peek().text not in _CLOSING:
        raise Unreadable("the random variable stands in no bracket", parser.here())
    bar = _condition(parser)
    if bar is None:
        return bracketed_arguments(parser), ()
    start, inside = parser.index, enclosed(parser)
    before, behind = inside[: bar - 1], list(inside[bar:])
    if not before or " ".join(token.text for token in behind) != parser.notation.given:
        raise Unreadable("what is conditioned on is not evaluated", inside[bar - 1].span)
    parser.index += len(inside) + 2
    span = parser.since(start)
    parts = [parser.inside(part, span) for part in elements_of(before, ",")]
    given = [parser.inside(part, span) for part in elements_of(behind, ",")]
    return tuple(parts), tuple(given)


def _condition(parser: Parser) -> int | None:
    """How far ahead a bar stands alone in the bracket there: it conditions on what is behind it."""
    depth, ahead = 0, 0
    bars: list[int] = []
    while True:
        token = parser.peek(ahead)
        depth += token.text in _CLOSING
        if depth == 1 and token.text == "|":
            bars.append(ahead)
        depth -= token.text in _CLOSING.values()
        ahead += 1
        if depth == 0 or not token.text:
            break
    if len(bars) > 1 and len(bars) % 2:
        raise Unreadable("what is conditioned on is not evaluated", parser.peek(bars[-1]).span)
    return bars[0] if len(bars) == 1 else None


def _over(parser: Parser, tokens: list[Token]) -> list[Expr]:
    """The variables of `_x`, `_{x,y}` or `_{x\\sim p}`."""
    texts = [token.text for token in tokens]
    stop = texts.index(r"\sim") if r"\sim" in texts else len(texts)
    found: list[Expr] = []
    part: list[Token] = []
    for token in [*tokens[:stop], None]:
        if token is not None and token.text != ",":
            part.append(token)
        elif part:
            expr = parser.inside(part, part[0].span)
            if not isinstance(expr, Symbol):
                raise Unreadable("the measure of the expectation is not understood", part[0].span)
            found.append(expr)
            part = []
    return found
