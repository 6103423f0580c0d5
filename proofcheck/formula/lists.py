"""Lists in brackets, `(x_1,\\ldots,x_n)` and `[A\\; B]`, and indicators, `[i = j]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.comparisons import compares, parse_condition
from proofcheck.formula.cursor import CLOSING, OPENING, enclosed
from proofcheck.formula.dots import is_dots
from proofcheck.formula.ellipses import in_line, spelled
from proofcheck.formula.expr import Constant, Dotted, Expr, Matrix, Number
from proofcheck.formula.gaps import GAP
from proofcheck.formula.matrices import written_out

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_TURNS = frozenset(("T", r"\top", "'", "t", "H", r"\transpose"))
_ONES = ("ones", "identity")

Tokens = tuple[Token, ...]


def elements_of(tokens: Sequence[Token], separator: str) -> list[Tokens]:
    """What stands between separators outside of all brackets."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        opens = token.text in OPENING or token.kind in (TokenKind.OPEN, TokenKind.BEGIN)
        closes = token.text in CLOSING or token.kind in (TokenKind.CLOSE, TokenKind.END)
        depth += opens - closes
        if depth == 0 and token.text == separator:
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(element) for element in found]


def parse_list(parser: Parser) -> Expr | None:
    """A list in the bracket ahead as a row or a column, an indicator, or None for anything else.

    Two elements may as well be an inner product, a commutator or an interval.
    """
    opening = parser.peek().text
    inside = enclosed(parser)
    if opening not in ("(", "[", r"\{") or not inside:
        return None
    if opening == r"\{" and not any(map(is_dots, elements_of(inside, ","))):
        return None
    if opening == "[" and compares(inside):
        return _condition(parser, inside)
    blocks = elements_of(inside, "|")
    if len(blocks) == 2 and all(blocks):
        return _blocks(parser, inside, blocks)
    if opening == "[" and any(token.text == GAP for token in inside):
        return _blocks(parser, inside, elements_of(inside, GAP))
    rows = [elements_of(row, ",") for row in elements_of(inside, ";")]
    if not all(all(row) for row in rows) or (opening == "(" and len(rows) > 1):
        return None
    if opening == "[" and is_pair_of_capitals(inside) and parser.notation.spaced:
        return _blocks(parser, inside, rows[0])
    if len(rows[0]) > 1 and all(map(_ends_turned, rows[0])) and _turned_behind(parser, inside):
        return _blocks(parser, inside, rows[0])
    if len(rows) == 1 and len(rows[0]) < 3 and not any(map(is_dots, rows[0])):
        if opening == "(" or len(rows[0]) < 2 or not _is_pair(inside):
            return None
        if parser.notation.speaks_of("["):  # the text speaks of commutators
            return None
    start = parser.index
    parser.index += len(inside) + 2
    if len(rows) > 1:
        return written_out(parser, [[list(cell) for cell in row] for row in rows], start)
    return _line(parser, rows[0], opening == "[" or _turned(parser), start)


def is_pair_of_capitals(inside: Sequence[Token]) -> bool:
    """Whether two elements in brackets, `[A, B]`, are matrices: a commutator, or blocks."""
    elements = elements_of(inside, ",")
    return len(elements) == 2 and all(
        any(token.kind is TokenKind.LETTER and token.text.isupper() for token in element)
        for element in elements
    )


def _is_pair(inside: Tokens) -> bool:
    """Whether two elements are entries, and no matrices that commute and no ends of an interval."""
    letters = [token.text for token in inside if token.kind is TokenKind.LETTER]
    return bool(letters) and not any(letter.isupper() for letter in letters)


def _blocks(parser: Parser, inside: Tokens, blocks: list[Tokens]) -> Expr:
    """`[A\\; B]`, `(A \\mid b)`: blocks side by side."""
    start = parser.index
    parser.index += len(inside) + 2
    cells = tuple(parser.inside(block, block[0].span) for block in blocks)
    return Matrix((cells,), parser.since(start))


def _line(parser: Parser, elements: list[Tokens], row: bool, start: int) -> Expr:
    """A list as a row, or as a column."""
    row = row or parser.notation.rows
    if any(map(is_dots, elements)):
        return in_line(parser, elements, row, tuple(parser.tokens[start : parser.index]))
    cells = tuple(parser.inside(element, element[0].span) for element in elements)
    matrix = Matrix((cells,) if row else tuple((cell,) for cell in cells), parser.since(start))
    return Dotted(matrix, spelled(parser.tokens[start : parser.index]), matrix.span)


def column(parser: Parser, tokens: Sequence[Token], span: Span) -> Expr:
    """The elements between commas as a column, `x_1,\\ldots,x_n`."""
    inner = type(parser)(tokens, span, parser.notation)
    inner.depth, inner.index = parser.depth + 1, len(tokens)
    return _line(inner, elements_of(tokens, ","), False, 0)


def _ends_turned(element: Sequence[Token]) -> bool:
    """Whether a transpose ends an element, as in `(x_1^T, x_2^T)^T`."""
    last = [token.text for token in element if token.kind is not TokenKind.CLOSE][-2:]
    return last[-1:] == ["'"] or (len(last) > 1 and last[-1] in _TURNS)


def _turned_behind(parser: Parser, inside: Tokens) -> bool:
    """Whether a transpose stands behind the bracket ahead."""
    index = parser.index
    parser.index += len(inside) + 2
    found = _turned(parser)
    parser.index = index
    return found


def _turned(parser: Parser) -> bool:
    """Whether a transpose stands behind the bracket."""
    if parser.peek().text == "'":
        return True
    if parser.peek().text != "^":
        return False
    index = parser.index
    parser.next()
    script = [token.text for token in parser.group()]
    parser.index = index
    return bool(script) and script[-1] in _TURNS


def bare_list(parser: Parser) -> Expr | None:
    """`1,\\ldots,n` without brackets, up to the end of a formula, or None."""
    elements = elements_of(parser.tokens, ",")
    if len(elements) < 3 or not all(elements) or not any(map(is_dots, elements)):
        return None
    parser.index = len(parser.tokens)
    return in_line(parser, elements, False, tuple(parser.tokens))


def argument_list(parser: Parser) -> tuple[Expr, ...] | None:
    """The one argument `(x_1,\\ldots,x_n)` of a function, a column, or None without dots."""
    inside = enclosed(parser)
    elements = elements_of(inside, ",")
    if not all(elements) or not any(map(is_dots, elements)):
        return None
    start = parser.index
    parser.index += len(inside) + 2
    return (in_line(parser, elements, False, tuple(parser.tokens[start : parser.index])),)


def indicator(parser: Parser, base: Expr) -> Expr | None:
    """`\\mathbb 1[x>0]`, `1_{\\{x>0\\}}`: the condition behind a one, or None."""
    one = isinstance(base, Constant) and base.name in _ONES and base.size is None
    if not (one or (isinstance(base, Number) and base.value == 1)):
        return None
    if parser.peek().text in ("(", "[", r"\{"):
        inside = enclosed(parser)
        return _condition(parser, inside) if compares(inside) else None
    if parser.peek().text != "_":
        return None
    start = parser.index
    parser.next()
    tokens = parser.group()
    if tokens and tokens[0].text in OPENING and tokens[-1].text in CLOSING:
        tokens = tokens[1:-1]
    if compares(tokens):
        return parse_condition(parser, tokens, base.span.to(parser.since(start)))
    parser.index = start
    return None


def _condition(parser: Parser, inside: Tokens) -> Expr:
    start = parser.index
    parser.index += len(inside) + 2
    return parse_condition(parser, inside, parser.since(start))
