r"""Evaluation at a point: `\left. f \right|_{x=a}` and `f \Big|_{x=a}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.ends import at_ends, difference
from proofcheck.formula.expr import Derivative, Evaluated, Expr, Number, Symbol, symbols
from proofcheck.formula.integrals import is_infinite, limit
from proofcheck.formula.unread import UNREAD

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
    r"""`\lim_{x\to\infty} F(x)`: the value of a term at infinity; other limits are not read."""
    start, sign = parser.index, parser.next()
    tokens = parser.group() if parser.accept("_") else []
    arrow = next((k for k, token in enumerate(tokens) if token.text in _ARROWS), 0)
    place = limit(parser, tokens[arrow + 1 :]) if arrow else None
    if place is None or not is_infinite(place):
        raise Unreadable(UNREAD[r"\lim"].format(r"\lim"), sign.span)
    variable = parser.inside(tokens[:arrow], sign.span)
    if not isinstance(variable, Symbol):
        raise Unreadable("it is not clear what goes to infinity", sign.span)
    return Evaluated(parser.term(), ((variable, place),), parser.since(start))


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
