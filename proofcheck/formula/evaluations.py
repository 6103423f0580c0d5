r"""Evaluation at a point: `\left. f \right|_{x=a}` and `f \Big|_{x=a}`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.ends import at_ends, difference
from proofcheck.formula.expr import (
    Call,
    Constant,
    Derivative,
    Evaluated,
    Expr,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    symbols,
)
from proofcheck.formula.integrals import is_infinite, limit
from proofcheck.formula.unread import UNREAD

NEAR = r"\varepsilon_{\lim}"
"""One over it is how far a variable is from its limit."""
_ARROWS = (r"\to", r"\rightarrow", r"\longrightarrow", "→")

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser


def at_bar(parser: Parser) -> bool:
    """Whether a bar with a subscript stands here that closes no other bar."""
    bar = parser.peek().text in ("|", r"\rvert") and parser.peek().kind is not TokenKind.TEXT
    return bar and parser.peek(1).text == "_" and not parser.bars


def parse_bar(parser: Parser, operand: Expr, before: Sequence[Expr]) -> Expr:
    """What stands before a bar that nothing opens, evaluated there: one factor, if those `before`
    it don't have the variable."""
    found = _places(parser, operand)
    refuse_doubt([*before, found], [found])
    parser.barred.append(found)
    return found


def refuse_doubt(parts: Sequence[Expr], barred: Sequence[Evaluated]) -> None:
    """Raises `Unreadable` if the variable of a bar without an opener stands in a part before it."""
    for found in barred:
        names = {variable.name for variable, _ in found.at}
        for part in parts:
            if part is found or found.span.start < part.span.start:
                break
            if part.span.end <= found.span.start and names & symbols(part):
                raise Unreadable("it is not clear how far the bar reaches", found.span)


def parse_delimited(parser: Parser) -> Expr:
    r"""`\left. … \right|_{…}`."""
    opening, start = parser.index, parser.next()
    bars, parser.bars = parser.bars, [start.text]
    inner = parser.expression()
    parser.bars = bars
    if parser.peek().text != r"\rvert":
        raise Unreadable(r"`\left.` has no bar behind it", start.span)
    bar = parser.index
    parser.next()
    if at_ends(parser):
        return difference(parser, inner, opening)
    parser.index = bar
    return _places(parser, inner)


def parse_limit(parser: Parser) -> Expr:
    r"""`\lim_{x\to\infty} F(x)`: the value of a term at infinity, which those at other places are
    with the variable moved: `\lim_{x\to a} F(x)` is that of `F(a + 1/t)`, and of `F(a - 1/t)`."""
    start, sign = parser.index, parser.next()
    tokens = parser.group() if parser.accept("_") else []
    arrow = next((k for k, token in enumerate(tokens) if token.text in _ARROWS), 0)
    behind, side = _sided(tokens[arrow + 1 :])
    place = limit(parser, behind) if arrow else None
    if place is None:
        raise Unreadable(UNREAD[r"\lim"].format(r"\lim"), sign.span)
    variable = parser.inside(tokens[:arrow], sign.span)
    if not isinstance(variable, Symbol):
        raise Unreadable("it is not clear what goes to its limit", sign.span)
    term, span = parser.term(), parser.since(start)
    if not is_infinite(place):
        return _near(term, variable, place, side, span)
    return Evaluated(term, ((variable, place),), parser.since(start))


def _sided(tokens: Sequence[Token]) -> tuple[list[Token], str]:
    """The tokens of a place without the sign of the side from which it is approached: `0^+`."""
    bare = [token for token in tokens if token.text not in ("{", "}")]
    if len(bare) > 2 and bare[-2].text == "^" and bare[-1].text in ("+", "-"):
        return bare[:-2], bare[-1].text
    return list(tokens), ""


def _near(term: Expr, variable: Symbol, place: Expr, side: str, span: Span) -> Expr:
    """The limit of a term at a place: where both sides count, their difference has to vanish, also
    if it is enlarged by a root."""
    far = Symbol(NEAR, span)
    step = Quotient(Number(Fraction(1)), far)
    above, below = (
        Evaluated(term, ((variable, Sum((place, by))),), span) for by in (step, Negative(step))
    )
    if side:
        body: Expr = above if side == "+" else below
    else:
        apart = Product((Call("sqrt", (far,)), Sum((above, Negative(below)))))
        body = Sum((above, apart), span)
    return Evaluated(body, ((far, Constant("infinity", None, span)),), span)


def _places(parser: Parser, operand: Expr) -> Evaluated:
    """The operand with the places that the script behind the bar names."""
    start = parser.index
    parser.next()
    parser.expect("_")
    tokens = parser.group()
    span = operand.span.to(parser.since(start))
    if parser.peek().text == "^":
        raise Unreadable("a difference of two values is not read", span)
    pairs = tuple(_place(parser, part, operand) for part in _split(tokens))
    return Evaluated(operand, pairs, span)


def _place(parser: Parser, tokens: list[Token], operand: Expr) -> tuple[Symbol, Expr]:
    """A variable with its value, `x=a`; where only a value is said, that of the variable of the
    derivative, if it is a number or the variable's own letter with a mark."""
    span = tokens[0].span.to(tokens[-1].span) if tokens else parser.here()
    sign = next((index for index, token in enumerate(tokens) if token.text == "="), 0)
    variable = parser.inside(tokens[:sign], span) if sign else _variable(operand)
    value = parser.inside(tokens[sign + 1 :] if sign else tokens, span)
    if not isinstance(variable, Symbol) or not (sign or _marks(value, variable)):
        raise Unreadable("it is not clear what is evaluated where", span)
    return variable, value


def _variable(operand: Expr) -> Expr | None:
    """What a derivative is taken by, if that is one thing."""
    by = set(operand.by) if isinstance(operand, Derivative) else set()
    return by.pop() if len(by) == 1 else None


def _marks(value: Expr, variable: Symbol) -> bool:
    """Whether a value is a number, or the letter of a variable with a mark: `x_0`, `\\hat x`."""
    named = isinstance(value, Symbol) and variable.name in value.name and value != variable
    return named or isinstance(value, Number)


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts between commas."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in (",", ";"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]
