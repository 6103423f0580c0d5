"""Differences of two values, `\\left[ F(x) \right]_a^b`, as they stand behind an integral."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.ellipses import spelled
from proofcheck.formula.expr import Dotted, Evaluated, Expr, Negative, Sum, Symbol, symbols
from proofcheck.formula.integrals import limit

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

Ends = tuple[str, str, str]
"""The lower and the upper end of an integral, as they are spelled, and its variable."""
_SCRIPTS = ("_", "^")


def ends_in(tokens: Sequence[Token]) -> Iterator[Ends]:
    """The ends of the integrals in a formula."""
    for at, token in enumerate(tokens):
        if token.text in (r"\int", "∫"):
            scripts, start = _scripts(tokens, at + 1)
            variable = _variable(tokens, start)
            if all(scripts) and variable:
                yield _spelled(scripts[0]), _spelled(scripts[1]), variable


def at_ends(parser: Parser) -> bool:
    """Whether the scripts ahead are the ends of an integral of the derivation."""
    return bool(parser.notation.ends) and bool(_variables(parser))


def difference(parser: Parser, operand: Expr, start: int) -> Expr:
    """The value of the operand at the upper end of an integral less that at the lower one; its
    bracket opens at the index `start`."""
    variables = _variables(parser) & symbols(operand)
    scripts, parser.index = _scripts(parser.tokens, parser.index)
    if len(variables) != 1:
        raise Unreadable("it is not clear of what the values are taken", operand.span)
    variable = Symbol(variables.pop(), operand.span)
    lower, upper = (limit(parser, list(script)) for script in scripts)
    if lower is None or upper is None:
        raise Unreadable("it is not clear where the values are taken", operand.span)
    span = parser.since(start)
    least = Evaluated(operand, ((variable, lower),), span)
    most = Evaluated(operand, ((variable, upper),), span)
    return Dotted(
        Sum((most, Negative(least, span)), span), spelled(parser.tokens[start : parser.index]), span
    )


def _variables(parser: Parser) -> set[str]:
    """The variables of the integrals whose ends the scripts ahead are."""
    scripts, _ = _scripts(parser.tokens, parser.index)
    said = (_spelled(scripts[0]), _spelled(scripts[1]))
    return {variable for *ends, variable in parser.notation.ends if tuple(ends) == said}


def _scripts(
    tokens: Sequence[Token], start: int
) -> tuple[tuple[Sequence[Token], Sequence[Token]], int]:
    """What stands in the lower and in the upper script from an index on, and where they end."""
    found: dict[str, Sequence[Token]] = {"_": (), "^": ()}
    at = start + (start < len(tokens) and tokens[start].text == r"\limits")
    while at + 1 < len(tokens) and tokens[at].text in _SCRIPTS and not found[tokens[at].text]:
        stop = _after_group(tokens, at + 1)
        found[tokens[at].text] = tokens[at + 1 : stop]
        at = stop
    return (_bare(found["_"]), _bare(found["^"])), at


def _after_group(tokens: Sequence[Token], start: int) -> int:
    """Where the token or the group in braces ends that begins at an index."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at].kind is TokenKind.OPEN) - (tokens[at].kind is TokenKind.CLOSE)
        if depth <= 0:
            return at + 1
    return len(tokens)


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    grouped = len(tokens) > 1 and tokens[0].kind is TokenKind.OPEN
    return tokens[1:-1] if grouped else tokens


def _spelled(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _variable(tokens: Sequence[Token], start: int) -> str:
    """The letter behind the first `d` from an index on that is upright or stands last."""
    texts = [token.text for token in tokens]
    for at in range(start, len(texts) - 1):
        upright = texts[at : at + 4] == [r"\mathrm", "{", "d", "}"]
        ahead = at + 4 if upright else at + 1
        if (upright or texts[at] == "d") and ahead < len(texts):
            named = tokens[ahead].kind in (TokenKind.LETTER, TokenKind.COMMAND)
            return texts[ahead] if named else ""
    return ""
