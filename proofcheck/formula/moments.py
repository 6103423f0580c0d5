"""Expectations, variances and covariances: `E[x]`, `\\mathbb{E}_x(f(x))`, `\\mathrm{Var}(x)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.expr import Expr, Moment, Symbol
from proofcheck.formula.lists import elements_of

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_OPERATORS = {r"\mathbb{E}": "expectation", "E": "expectation", r"\mathbb{V}": "variance"}
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
    return Moment(operator, arguments, over, given, span)


def mean_in_angles(parser: Parser, inner: Expr, start: int) -> Expr:
    r"""`\langle x\rangle`, `\langle x\rangle_{p(x)}`: an expectation, once its angles are read.

    Two letters for measures may stand for two of them, so that only `p` is read.
    """
    if not parser.accept("_"):
        return Moment("expectation", (inner,), span=parser.since(start))
    tokens = parser.group()
    texts = "".join(token.text for token in tokens if token.text not in "{}")
    if texts.removeprefix(r"\mathrm").startswith("p("):
        first = next(k for k, token in enumerate(tokens) if token.text == "(")
        over = tuple(_over(parser, tokens[first + 1 : -1]))
        return Moment("expectation", (inner,), over, span=parser.since(start))
    raise Unreadable("the measure of the expectation is not understood", parser.since(start))


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
