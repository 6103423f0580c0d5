"""Probabilities and densities before their brackets: `p(x,y)`, `P(y|x,w)`.

Each is a function of its own, by what it is of and what it is given: one letter stands for many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Apply, Entry, Expr, Symbol

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

LETTERS = frozenset(("p", "P", r"\mathbb{P}"))
_UNREAD = "the probability is not evaluated"
Named = tuple[str, Expr]


def is_probability(name: str) -> bool:
    """Whether `parse_probability` gave a function its name."""
    return name.endswith(")") and name.startswith(tuple(LETTERS))


def parse_probability(parser: Parser, symbol: Symbol) -> Expr:
    """`P(y_i|x,w)` as the value at `y_i`, `x` and `w` of a function named after their letters."""
    start = parser.index
    of, given = _groups(parser)
    span = symbol.span.to(parser.since(start))
    events = sorted((_named(parser, part, span) for part in of), key=_letter)
    conditions = sorted((_named(parser, part, span) for part in given), key=_letter)
    letters = "|".join(",".join(map(_letter, group)) for group in (events, conditions) if group)
    arguments = tuple(argument for _, argument in (*events, *conditions))
    return Apply(Symbol(f"{symbol.name}({letters})", symbol.span), arguments, 0, span)


def _groups(parser: Parser) -> tuple[list[list[Token]], list[list[Token]]]:
    """What the bracket ahead names before and behind its bar or semicolon."""
    groups: list[list[list[Token]]] = [[[]], []]
    at = depth = 0
    parser.next()
    while depth or parser.peek().text != ")":
        token = parser.next()
        if not token.text:
            raise Unreadable("a bracket is never closed", parser.here())
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth == 0 and token.text in ("|", ";") and at == 0:
            at = 1
            groups[at].append([])
        elif depth == 0 and token.text == ",":
            groups[at].append([])
        else:
            groups[at][-1].append(token)
    parser.next()
    return groups[0], groups[1]


def _named(parser: Parser, tokens: list[Token], span: Span) -> Named:
    argument = parser.inside(tokens, span) if tokens else None
    match argument:
        case Symbol(name=name) | Entry(base=Symbol(name=name)):
            return name, argument
        case _:
            raise Unreadable(_UNREAD, span)


def _letter(named: Named) -> str:
    return named[0]
