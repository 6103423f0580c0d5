r"""Derivatives by words and letters: `\operatorname{Hess} f(x)`, `J_f(x)`, `D_XF(H)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Directional,
    Evaluated,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    rebuild,
    walk,
)

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_WORDS = {"grad": 1, "Grad": 1, "Hess": 2, "hess": 2}
_UPRIGHT = frozenset((r"\operatorname", r"\mathrm", r"\text", r"\rm"))
_FONTS = frozenset((r"\mathrm", r"\mathbf", r"\boldsymbol", r"\bm", r"\operatorname", r"\mathcal"))
_POINTWISE = (Sum, Negative, Product, Quotient, Power, Number, Symbol)


def parse_worded(parser: Parser) -> Expr | None:
    """A derivative that a word or a letter with a function below it stands for."""
    start = parser.index
    for spelled in (_by_word, _by_letter, _along_letter, _at_letter):
        found = spelled(parser)
        if found is not None:
            return found
        parser.index = start
    return None


def _by_word(parser: Parser) -> Expr | None:
    """`\\operatorname{grad} f(x)`, `{\\rm Hess} f(x)(v,w)`."""
    start = parser.index
    order = _WORDS.get(_word(parser), 0)
    if not order or not _is_function(parser, 0):
        return None
    return _repeated(parser, parser.prefixed(), order, start)


def _repeated(parser: Parser, operand: Expr, order: int, start: int) -> Expr:
    """A gradient or a Hessian, perhaps along two directions."""
    if order == 2 and isinstance(operand, Apply) and parser.peek().text in ("(", "["):
        before = parser.index
        along = _arguments(parser)
        if len(along) == 2:
            return Directional(operand, along, parser.since(start))
        parser.index = before
    for _ in range(order):
        operand = Derivative(operand, (), True, parser.since(start))
    return operand


def _by_letter(parser: Parser) -> Expr | None:
    """`J_f(x)`, `\\mathbf{J}_{f\\circ g}(x)`, `H_f(x)`, where the text speaks of these matrices.

    Without a bracket it is a letter, whatever the function takes.
    """
    start = parser.index
    letter = _letter(parser)
    order = {"J": int(parser.notation.jacobian), "H": 2 * parser.notation.hessian}.get(letter, 0)
    if not order or not parser.accept("_"):
        return None
    names = [token.text for token in parser.group() if token.text not in ("{", "}")]
    functions = names[::2]
    if any(sign != r"\circ" for sign in names[1::2]) or len(functions) == 0:
        return None
    if not all(name in parser.notation.functions for name in functions):
        return None
    if parser.peek().text not in ("(", "["):
        return None
    arguments = _arguments(parser)
    value = composed([Symbol(name, parser.since(start)) for name in functions], arguments)
    if order == 1:
        return differentiated(value, arguments, 1)
    return _repeated(parser, value, order, start)


def _along_letter(parser: Parser) -> Expr | None:
    """`D_XF(H)`, the derivative at `X` along `H`; `D_vf(x)`, that at `x` along `v`."""
    start = parser.index
    if _letter(parser) != "D" or not parser.accept("_"):
        return None
    below = parser.group()
    name, takes = parser.peek().text, parser.notation.takes
    if len(below) != 1 or not _is_function(parser, 0):
        return None
    by = parser.inside(below, below[0].span)
    function = Symbol(name, parser.next().span)
    if parser.peek().text not in ("(", "[") or not isinstance(by, Symbol):
        return None
    arguments = _arguments(parser)
    span = parser.since(start)
    if len(arguments) != 1:
        return None
    inside = arguments[0].name if isinstance(arguments[0], Symbol) else ""
    if (name, by.name) in takes and inside != by.name:
        return Directional(Apply(function, (by,), 0, span), arguments, span)
    if (name, inside) in takes and inside != by.name:
        return Directional(Apply(function, arguments, 0, span), (by,), span)
    return None


def _at_letter(parser: Parser) -> Expr | None:
    """`df_X(H)`, `DF_X(H)`: the derivative at `X` along `H`."""
    start = parser.index
    if parser.peek().text not in ("d", "D") or parser.peek(2).text != "_":
        return None
    parser.next()
    if not _is_function(parser, 0):
        return None
    function = Symbol(parser.peek().text, parser.next().span)
    parser.next()
    below = parser.group()
    taken = len(below) == 1 and (function.name, below[0].text) in parser.notation.takes
    if not taken or parser.peek().text not in ("(", "["):
        return None
    by = parser.inside(below, below[0].span)
    along = _arguments(parser)
    if len(along) != 1:
        return None
    span = parser.since(start)
    return Directional(Apply(function, (by,), 0, span), along, span)


def applied_pointwise(parser: Parser, inner: Expr) -> Expr | None:
    """`(fg)(x)`, `(f + g)'(x)`, `(f\\circ g)(x)`: what functions make up, of an argument."""
    start = parser.index
    primes = 0
    while parser.accept("'"):
        primes += 1
    names = {node.name for node in walk(inner) if isinstance(node, Symbol)}
    if parser.peek().text != "(" or not names & parser.notation.functions:
        parser.index = start
        return None
    composition = isinstance(inner, Call) and inner.operator == "hadamard"
    if not composition and not all(isinstance(node, _POINTWISE) for node in walk(inner)):
        parser.index = start
        return None
    arguments = _arguments(parser)
    if composition and isinstance(inner, Call):
        parts = [part for part in walk(inner) if isinstance(part, Symbol)]
        if not names <= parser.notation.functions or len(parts) != 2:
            parser.index = start
            return None
        return differentiated(composed(parts, arguments), arguments, primes)

    def applied(expr: Expr) -> Expr:
        if isinstance(expr, Symbol) and expr.name in parser.notation.functions:
            return Apply(expr, arguments, 0, expr.span)
        return rebuild(expr, applied)

    return differentiated(applied(inner), arguments, primes)


def composed(functions: Sequence[Symbol], arguments: tuple[Expr, ...]) -> Expr:
    """The first function of the second one of the arguments."""
    for function in reversed(functions):
        arguments = (Apply(function, arguments, 0, function.span),)
    return arguments[0]


def differentiated(value: Expr, arguments: tuple[Expr, ...], order: int) -> Expr:
    """The derivative of a function's value by its argument, at that argument."""
    if order == 0:
        return value
    if isinstance(value, Apply) and value.arguments == arguments:
        return replace(value, primes=order)
    (argument,) = arguments[:1]
    if isinstance(argument, Symbol):
        return Derivative(value, (argument,) * order, False, value.span)
    place = Symbol(r"\cdot", argument.span)
    moved = _replaced(value, argument, place)
    return Evaluated(Derivative(moved, (place,) * order, False, value.span), ((place, argument),))


def _replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    return new if expr == old else rebuild(expr, lambda child: _replaced(child, old, new))


def _is_function(parser: Parser, ahead: int) -> bool:
    return parser.peek(ahead).text in parser.notation.functions


def _word(parser: Parser) -> str:
    """Reads an upright word: `\\operatorname{grad}`, `{\\rm Hess}`, or one put together before."""
    first = parser.peek()
    if first.kind is TokenKind.TEXT:
        return parser.next().text.strip()
    if first.kind is TokenKind.OPEN and parser.peek(1).text == r"\rm":
        return "".join(token.text for token in parser.group()[1:])
    if first.text in _UPRIGHT and parser.peek(1).kind is TokenKind.OPEN:
        parser.next()
        return "".join(token.text for token in parser.group())
    return ""


def _letter(parser: Parser) -> str:
    """Reads one letter in any type."""
    first = parser.peek()
    if first.kind is TokenKind.LETTER:
        return parser.next().text
    if first.text not in _FONTS:
        return ""
    parser.next()
    tokens: list[Token] = parser.group() if parser.peek().text else []
    return tokens[0].text if len(tokens) == 1 else ""


def _arguments(parser: Parser) -> tuple[Expr, ...]:
    from proofcheck.formula.atoms import bracketed_arguments

    return bracketed_arguments(parser)
