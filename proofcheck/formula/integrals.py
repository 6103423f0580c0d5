r"""Integrals by one number: `\int_a^b f(x)\,dx`, `\iint f \,dx\,dy`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.derivatives import d_length
from proofcheck.formula.expr import (
    Constant,
    Entry,
    Expr,
    Integral,
    Negative,
    Number,
    Summation,
    Symbol,
    walk,
)
from proofcheck.formula.power_series import power_series

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

SIGNS = {r"\int": 1, r"\iint": 2}
_OPENING = frozenset(("(", "[", r"\{"))
_CLOSING = frozenset((")", "]", r"\}"))
_FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac"))
_INFINITE = frozenset((r"\infty", "∞"))


def parse_integral(parser: Parser) -> Expr:
    """The integral that starts here, up to its `dx`; raises `Unreadable` where there is none."""
    start = parser.index
    count = SIGNS[parser.next().text]
    scripts: dict[str, list[Token]] = {"_": [], "^": []}
    parser.accept(r"\limits")
    while parser.peek().text in scripts:
        script = parser.next().text
        scripts[script] = parser.group()
    if count > 1 and scripts["^"]:
        raise Unreadable("the limits of the integral are not understood", parser.since(start))
    _move_differential(parser)
    end, length = _differential(parser, start)
    tokens = parser.tokens[parser.index : end]
    body: Expr = Number(Fraction(1), parser.tokens[end].span)
    if tokens:
        body = parser.inside(tokens, tokens[0].span.to(tokens[-1].span))
    parser.index = end
    for number in range(count):
        if number:
            length = d_length(parser)
        if not length:
            raise Unreadable("the integral has too few differentials", parser.since(start))
        parser.index += length
        variable = _variable(parser, start)
        span = parser.since(start)
        lower, upper = (limit(parser, scripts[script]) for script in ("_", "^"))
        if upper is None:
            domain = "".join(token.text for token in scripts["_"])
            body = Integral(variable, None, None, body, domain, span)
        elif lower is None:
            raise Unreadable("the integral has one limit only", span)
        else:
            body = Integral(variable, lower, upper, body, "", span)
    return body


def _move_differential(parser: Parser) -> None:
    r"""Reads `\frac{dx}{x}` as `\frac{1}{x}dx`: the differential stands behind the fraction."""
    start = parser.index
    if parser.peek().text not in _FRACTIONS or parser.peek(1).text != "{":
        return
    parser.next()
    above = parser.group()
    middle = parser.index
    below = parser.group() if parser.peek().text == "{" else []
    stop = parser.index
    parser.index = start + 2
    found = next((k for k in range(len(above)) if _ends_there(parser, k, len(above))), None)
    parser.index = start
    if found is None or not below:
        return
    tokens = list(parser.tokens)
    opening, closing = tokens[start + 1], tokens[middle - 1]
    rest = above[:found] or [Token(TokenKind.DIGIT, "1", opening.span)]
    moved = [tokens[start], opening, *rest, closing, *tokens[middle:stop], *above[found:]]
    parser.tokens = (*tokens[:start], *moved, *tokens[stop:])


def _ends_there(parser: Parser, ahead: int, length: int) -> bool:
    """Whether a differential of one letter begins at a lexeme of a group, and ends with it."""
    size = d_length(parser, ahead)
    return bool(size) and ahead + size + 1 == length


def limit(parser: Parser, tokens: list[Token]) -> Expr | None:
    r"""The end of a range, which may be `\infty`."""
    if not tokens:
        return None
    span = tokens[0].span.to(tokens[-1].span)
    texts = [token.text for token in tokens if token.text != "+"]
    if len(texts) == 1 and texts[0] in _INFINITE:
        return Constant("infinity", None, span)
    if len(texts) == 2 and texts[0] == "-" and texts[1] in _INFINITE:
        return Negative(Constant("infinity", None, span), span)
    if any(text in ("=", r"\in", "∈") for text in texts) or r"\mathbb" in texts:
        return None
    return parser.inside(tokens, span)


def is_infinite(expr: Expr | None) -> bool:
    """Whether the end of a range is at plus or minus infinity."""
    end = expr.term if isinstance(expr, Negative) else expr
    return isinstance(end, Constant) and end.name == "infinity"


def is_uncertain(expr: Expr) -> bool:
    """Whether a value is no certificate: an integral or a sum to infinity, or one over a set."""
    known = {
        id(node.upper)
        for node in walk(expr)
        if isinstance(node, Summation) and node.upper is not None and power_series(node)
    }
    return any(
        (is_infinite(node) and id(node) not in known)
        or (isinstance(node, Integral) and node.lower is None)
        for node in walk(expr)
    )


def _differential(parser: Parser, start: int) -> tuple[int, int]:
    """Where the `d` of the integral stands, and how many lexemes spell it."""
    depth, wanted, ahead = 0, 1, 0
    while (token := parser.peek(ahead)).text or token.kind is TokenKind.TEXT:
        if depth == 0 and token.text in SIGNS and token.kind is TokenKind.COMMAND:
            wanted += SIGNS[token.text]
        length = d_length(parser, ahead) if depth == 0 else 0
        if length:
            wanted -= 1
            if wanted == 0:
                return parser.index + ahead, length
            ahead += length
            continue
        depth += token.kind is TokenKind.OPEN or token.text in _OPENING
        depth -= token.kind is TokenKind.CLOSE or token.text in _CLOSING
        if depth < 0:
            break
        ahead += 1
    raise Unreadable("the integral says no variable", parser.since(start))


def _variable(parser: Parser, start: int) -> Symbol:
    """The name behind the `d`."""
    begin = parser.index
    parser.group()
    while parser.peek().text in ("_", "'"):
        if parser.next().text == "_":
            parser.group()
    tokens = parser.tokens[begin : parser.index]
    found = parser.inside(tokens, tokens[0].span)
    if isinstance(found, Entry) or not isinstance(found, Symbol):
        raise Unreadable("the variable of the integral is not understood", parser.since(start))
    return found
