"""Differentials and derivatives in all their spellings."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Cursor, Unreadable
from proofcheck.formula.derivative_words import parse_worded
from proofcheck.formula.expr import (
    Apply,
    Call,
    Derivative,
    Differential,
    Directional,
    Entry,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Symbol,
)
from proofcheck.formula.vocabulary import BY_COMMAND, BY_WORD

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_ACCENTS = frozenset((r"\mathbf", r"\boldsymbol", r"\bm", r"\mathrm", r"\hat", r"\tilde", r"\bar"))
_ACCENTS |= {r"\pmb", r"\vec", r"\widehat", r"\widetilde", r"\mathcal", r"\mathit", r"\bf", r"\det"}
_GREEK = frozenset(
    "\\" + name
    for name in (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
        "xi pi rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi "
        "Pi Sigma Upsilon Phi Psi Omega ell hbar varpi varsigma varkappa digamma imath jmath "
        "aleph varGamma varDelta varTheta varLambda varXi varPi varSigma varPhi varPsi varOmega"
    ).split()
)
_LONGEST_WORD = 24
OPERANDS = (
    _ACCENTS
    | _GREEK
    | {
        r"\|",
        r"\lvert",
        r"\lVert",
        r"\{",
        r"\log",
        r"\ln",
        r"\exp",
        r"\sqrt",
        r"\frac",
        r"\operatorname",
    }
)

_TIMES = ("t", r"\tau")
_OPENING = frozenset(("(", "[", "{"))
_CLOSING = frozenset((")", "]", "}"))
_FURTHEST_SLASH = 60


def d_length(cursor: Cursor, ahead: int = 0) -> int:
    """How many lexemes spell an upright or italic `d` here: `d`, `\\mathrm d`, `{\\rm d}`; or 0."""
    first = cursor.peek(ahead).text
    if first == "d" and cursor.peek(ahead).kind in (TokenKind.LETTER, TokenKind.TEXT):
        return 1
    if first == r"\mathrm" and cursor.peek(ahead + 1).text == "d":
        return 2
    if first in (r"\mathrm", r"\operatorname", "{"):
        words = [cursor.peek(ahead + step).text for step in range(4)]
        if words[1:3] == ["{", "d"] and words[3] == "}":
            return 4
        if words[1:3] == [r"\rm", "d"] and words[3] == "}":
            return 4
    return 0


def at_differential(parser: Parser) -> bool:
    """Whether a differential starts here. A spelling of several lexemes is reduced to its last."""
    length = d_length(parser)
    upright = length > 1
    partial = parser.peek().text == r"\partial"
    if partial:
        length = 1
    varied = _is_varied(parser.peek(), parser)
    if varied:
        length = 1
    if not length or not (parser.notation.differential or upright or partial or varied):
        return False
    ahead = length + order_length(parser, length)
    if not _starts_operand(parser, ahead):
        return False
    parser.index += length - 1
    return True


def order_length(cursor: Cursor, ahead: int = 0) -> int:
    """How many lexemes the order of a derivative takes here: 2 in `d^2`, 4 in `d^{2}`, else 0."""
    words = [cursor.peek(ahead + step) for step in range(4)]
    if words[0].text != "^":
        return 0
    if words[1].kind is TokenKind.DIGIT:
        return 2
    braced = words[1].kind is TokenKind.OPEN and words[3].kind is TokenKind.CLOSE
    return 4 if braced and words[2].kind is TokenKind.DIGIT else 0


def _starts_operand(parser: Parser, ahead: int) -> bool:
    token = parser.peek(ahead)
    if token.kind in (TokenKind.LETTER, TokenKind.OPEN, TokenKind.TEXT):
        return True
    if token.text in (r"\operatorname", r"\mathrm"):
        letters = (parser.peek(step).text for step in range(ahead + 2, ahead + _LONGEST_WORD))
        return "".join(takewhile("}".__ne__, letters)) in BY_WORD
    if token.kind is TokenKind.COMMAND:
        return token.text in OPERANDS or token.text in BY_COMMAND
    return token.kind is TokenKind.SYMBOL and token.text in ("(", "[", "|")


def parse_derivative(parser: Parser) -> Expr | None:
    """`\\frac{\\partial f}{\\partial X}`, `\\partial f/\\partial X`, `d/dX(f)`, `\\nabla_X f`."""
    text = parser.peek().text
    worded = parse_worded(parser)
    if worded is not None:
        return parser.postfix(worded)
    if text == r"\frac":
        return _fraction(parser)
    if text == r"\nabla":
        return _nabla(parser)
    if text == r"\partial" and parser.peek(1).text == "_":
        return _partial(parser)
    return None


def parse_slashed(parser: Parser) -> Expr | None:
    """`d/dX(f)`, `\\partial f/\\partial X`."""
    start = parser.index
    slash = _slash(parser)
    if slash is None:
        return None
    numerator = _operator(list(parser.tokens[start:slash]), parser)
    parser.index = slash + 1
    variables = () if numerator is None else _behind_slash(parser, numerator[0])
    if numerator is None or numerator[0] != len(variables):
        parser.index = start
        return None
    operand = numerator[1]
    value = parser.inside(operand, operand[0].span) if operand else operand_behind(parser)
    return _taken(parser, value, variables, parser.since(start))


def _behind_slash(parser: Parser, order: int) -> tuple[Expr, ...]:
    r"""What a derivative of an order is by, behind a slash: `/\partial x\partial y`,
    `/\partial\sigma^2` of the first order by the square; what is too much is a factor."""
    found: list[Expr] = []
    while len(found) < order and (length := _sign_length(parser)):
        parser.index += length
        start = parser.index
        by = _variable(parser)
        fits = len(found) + len(by) <= order
        whole = parser.tokens[start : parser.index]
        found += by if fits else [parser.inside(list(whole), whole[0].span.to(whole[-1].span))]
    return tuple(found)


def _sign_length(parser: Parser) -> int:
    """The length of the sign of a derivative that is next, or 0."""
    return 1 if parser.peek().text == r"\partial" else d_length(parser)


def _taken(parser: Parser, value: Expr, variables: tuple[Expr, ...], span: Span) -> Expr:
    """A derivative; where dots above letters are differentials, one by time is one as well."""
    times = all(isinstance(by, Symbol) and by.name in _TIMES for by in variables)
    if not (times and parser.notation.dotted):
        return Derivative(value, variables, False, span)
    for _ in variables:
        value = Differential(value, span, timed=True)
    return value


def _slash(parser: Parser) -> int | None:
    """The index of a slash between two `d`s, at most a few lexemes ahead."""
    if not (parser.peek().text == r"\partial" or d_length(parser)):
        return None
    depth = 0
    for ahead in range(1, _FURTHEST_SLASH):
        text = parser.peek(ahead).text
        depth += (text in _OPENING) - (text in _CLOSING)
        if depth < 0 or not text or (depth == 0 and text in ("+", "-", "=", ":", ",")):
            return None
        if depth == 0 and text == "/":
            behind = parser.peek(ahead + 1).text == r"\partial" or d_length(parser, ahead + 1)
            return parser.index + ahead if behind else None
    return None


def _fraction(parser: Parser) -> Expr | None:
    start = parser.index
    parser.next()
    top, bottom = parser.group(), parser.group()
    numerator, denominator = _operator(top, parser), _operator(bottom, parser)
    if numerator is None or denominator is None or not denominator:
        parser.index = start
        return None
    order, operand_tokens = numerator
    variables = _variables(parser, bottom)
    if order < len(variables):
        variables = _powers(parser, bottom)
    if order != len(variables):
        raise Unreadable("the orders of the derivative do not agree", parser.since(start))
    if operand_tokens:
        operand = parser.inside(operand_tokens, operand_tokens[0].span)
    else:
        operand = operand_behind(parser)
    derivative = _taken(parser, operand, variables, parser.since(start))
    return parser.postfix(derivative) if operand_tokens else derivative


def _is_varied(token: Token, parser: Parser) -> bool:
    """Whether a lexeme is `\\delta` or `\\Delta` where that is a differential."""
    return token.text in (r"\delta", r"\Delta") and token.text in parser.notation.varying


def _is_sign(token: Token, parser: Parser) -> bool:
    """Whether a lexeme is `\\partial`, or `\\delta` where that is a differential."""
    return token.text == r"\partial" or _is_varied(token, parser)


def _operator(tokens: list[Token], parser: Parser) -> tuple[int, list[Token]] | None:
    """The order and the operand of `\\partial^2 f`; None if this is no such operator."""
    cursor = Cursor(tokens, parser.whole)
    length = 1 if _is_sign(cursor.peek(), parser) else d_length(cursor)
    if not length:
        return None
    cursor.index = length
    order = 1
    if script := order_length(cursor):
        order = int(cursor.peek(script // 2).text)
        cursor.index += script
    elif cursor.peek().text == "^" and cursor.peek(1).kind is not TokenKind.OPEN:
        return None
    return order, list(tokens[cursor.index :])


def _variables(parser: Parser, tokens: list[Token]) -> tuple[Expr, ...]:
    inner = type(parser)(tokens, parser.whole, parser.notation)
    inner.depth, inner.font = parser.depth + 1, parser.font
    found: list[Expr] = []
    while inner.index < len(tokens):
        length = 1 if _is_sign(inner.peek(), parser) else d_length(inner)
        if not length:
            raise Unreadable(f"`{inner.peek().text}` was not expected here", inner.here())
        inner.index += length
        found.extend(_variable(inner))
    return tuple(found)


def _powers(parser: Parser, tokens: list[Token]) -> tuple[Expr, ...]:
    r"""What stands behind each sign of `\partial\mu\,\partial\sigma^2`, a power as one thing."""
    groups: list[list[Token]] = []
    cursor, depth = Cursor(tokens, parser.whole), 0
    while cursor.peek().text:
        length = 1 if _is_sign(cursor.peek(), parser) else d_length(cursor)
        if depth == 0 and length:
            groups.append([])
            cursor.index += length
        else:
            depth += (cursor.peek().text in _OPENING) - (cursor.peek().text in _CLOSING)
            groups[-1].append(cursor.next())
    return tuple(parser.inside(group, parser.whole) for group in groups if group)


def _variable(inner: Parser) -> list[Expr]:
    from proofcheck.formula.atoms import parse_atom
    from proofcheck.formula.scripts import subscript, superscript, whole_number

    if inner.accept("("):
        by = inner.expression()
        inner.expect(")")
    else:
        by = parse_atom(inner)
    while inner.peek().text in ("_", "^", "'"):
        if inner.peek().text == "_":
            by = subscript(inner, by)
        elif order_length(inner):
            inner.next()
            return [by] * whole_number(inner)
        else:
            by = superscript(inner, by)
    if isinstance(by, Call) and by.operator == "transpose":
        by = by.arguments[0]
    if isinstance(by, Call) and by.operator == "conjugate transpose":
        by = replace(by, operator="conjugate")
    return [by]


def _nabla(parser: Parser) -> Expr:
    from proofcheck.formula.scripts import whole_number

    start = parser.index
    parser.next()
    by: tuple[Expr, ...] = ()
    order = 1
    while parser.peek().text in ("_", "^"):
        if parser.next().text == "_":
            tokens = parser.group()
            by = _below_nabla(parser, tokens) if tokens else ()
        else:
            order = whole_number(parser)
    bracketed = parser.peek().text in ("(", "[")
    operand = operand_behind(parser, parser.notation.reach)
    turn = None if bracketed else _turn_of_function(parser, operand)
    if turn is not None:
        operand = turn.arguments[0]
    if not by:  # each order by itself, since nothing says yet what it is by
        for _ in range(order - 1):
            operand = Derivative(operand, (), True, parser.since(start))
    if by and len(by) not in (1, order):
        raise Unreadable("the orders of the derivative do not agree", parser.since(start))
    by = by * order if len(by) == 1 else by
    found = Derivative(operand, by, True, parser.since(start))
    return found if turn is None else Call(turn.operator, (found,), found.span)


def _turn_of_function(parser: Parser, operand: Expr) -> Call | None:
    """The transpose behind a function that a nabla stands before: `\\nabla f(x)^T` is a row."""
    match operand:
        case Call(operator="transpose" | "conjugate transpose", arguments=(inner,)) as turn:
            applied = isinstance(inner, Apply) and not inner.primes
            named = isinstance(inner, Symbol) and inner.name in parser.notation.functions
            return turn if applied or named else None
        case _:
            return None


def _below_nabla(parser: Parser, tokens: list[Token]) -> tuple[Expr, ...]:
    r"""What `\nabla_x`, `\nabla_{xx}` and `\nabla_{x,y}` differentiate by."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    found = [parser.inside(part, part[0].span) for part in parts if part]
    if len(found) == 1 and isinstance(found[0], Product):
        return found[0].factors
    return tuple(found)


def parse_directional(parser: Parser) -> Expr | None:
    """`Df(X)[H]`, `D\\det(X)(H)`, `D^2f(x)[h,k]`: a function, its argument and directions."""
    from proofcheck.formula.atoms import bracketed_arguments, parse_atom
    from proofcheck.formula.scripts import whole_number

    start = parser.index
    if not _is_operator_d(parser):
        return None
    powered = parser.peek().text == "^" and parser.peek(1).kind is TokenKind.DIGIT
    order = whole_number(parser) if powered and parser.accept("^") else 1
    if not _applies(parser):
        parser.index = start
        return None
    operand = parse_atom(parser)
    along: tuple[Expr, ...] = ()
    while isinstance(operand, Apply | Call) and parser.peek().text in ("(", "["):
        along += bracketed_arguments(parser)
    if isinstance(operand, Apply) and not along and order == 1 and parser.notation.derives:
        return replace(operand, primes=1, span=parser.since(start))
    if not isinstance(operand, Apply | Call) or len(along) != order:
        parser.index = start
        return None
    return Directional(operand, along, parser.since(start))


def _is_operator_d(parser: Parser) -> bool:
    """Reads a `D` in any type, if one stands here."""
    words = [parser.peek(ahead).text for ahead in range(4)]
    if words[0] in (r"\mathrm", r"\operatorname") and words[1:] == ["{", "D", "}"]:
        parser.index += 4
    elif words[0] == "D" and parser.peek().kind is TokenKind.LETTER:
        parser.index += 1
    else:
        return False
    return True


def _applies(parser: Parser) -> bool:
    """Whether a function and two brackets stand here, one for its argument, one for directions."""
    name = parser.peek()
    known = name.text in parser.notation.functions or name.text in BY_COMMAND
    if not known or parser.peek(1).text != "(":
        return False
    depth, ahead = 0, 1
    while parser.peek(ahead).text:
        depth += (parser.peek(ahead).text in ("(", "[")) - (parser.peek(ahead).text in (")", "]"))
        ahead += 1
        if depth == 0:
            return parser.notation.derives or parser.peek(ahead).text in ("(", "[")
    return False


def _partial(parser: Parser) -> Expr:
    """`\\partial_j f`, an entry of the gradient, or `\\partial_x f`."""
    start = parser.index
    parser.index += 2
    tokens = parser.group()
    by = parser.inside(tokens, parser.since(start))
    operand = operand_behind(parser, parser.notation.reach)
    span = parser.since(start)
    if not isinstance(by, Symbol):
        raise Unreadable("it is not clear by what is differentiated", span)
    if by.name in parser.notation.indices:
        return Entry(Derivative(operand, (), True, span), (by,), span)
    return Derivative(operand, (by,), False, span)


def operand_behind(parser: Parser, whole: bool = False) -> Expr:
    """What a derivative in front of its operand is applied to.

    One factor behind `\\nabla`; behind constants, behind a fraction such as
    `\\frac{\\partial}{\\partial X}`, or if it reaches over the `whole`, the rest of the product.
    """
    start = parser.index
    if not parser.begins_factor() and parser.peek().text != "-":
        raise Unreadable("nothing stands behind the derivative", parser.whole)
    first = parser.peek()
    behind_fraction = start > 0 and parser.tokens[start - 1].kind is TokenKind.CLOSE
    factors = [parser.tight()]
    bracketed = first.text in ("(", "[", r"\{")
    if bracketed and not whole and not (behind_fraction and isinstance(factors[0], Call | Power)):
        return factors[0]
    while whole or behind_fraction or _constant(factors[-1]):
        joined = whole and parser.at_times()
        parser.index += joined
        if not parser.begins_factor():
            parser.index -= joined
            break
        factors.append(parser.tight())
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(factors), parser.since(start))


def _constant(expr: Expr) -> bool:
    if isinstance(expr, Quotient):
        return _constant(expr.numerator) and _constant(expr.denominator)
    if isinstance(expr, Negative):
        return _constant(expr.term)
    return isinstance(expr, Number) or (isinstance(expr, Symbol) and len(expr.name) == 1)
