"""Matrices written out, and `cases`: rows, cells, blank cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.comparisons import parse_cases
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.ellipses import has_dots, matrix_with_dots
from proofcheck.formula.expr import Call, Expr, Matrix, Number

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

ENVIRONMENTS = {
    "pmatrix": "", "bmatrix": "", "matrix": "", "Bmatrix": "", "smallmatrix": "", "array": "",
    "vmatrix": "bars", "Vmatrix": "norm", "pmatrix*": "", "bmatrix*": "", "psmallmatrix": "",
    "bsmallmatrix": "", "matrix*": "", "Bmatrix*": "", "vmatrix*": "bars",
}  # fmt: skip
_BRACED = frozenset(("array", "aligned", "matrix", "split", "gathered", "alignedat"))
CASES = frozenset(("cases", "dcases", "rcases", "cases*", "dcases*"))
_ENDS_ROW = (r"\\", r"\cr", r"\tabularnewline")
_LINES = frozenset((r"\hline", r"\cline"))
_LENGTH = re.compile(r"\[-?[\d.]*(em|ex|pt|cm|mm|in|mu|sp|bp)?\]")
_LONGEST_LENGTH = 10

Cell = list[Token]
Cells = list[list[Cell]]


def parse_matrix(parser: Parser) -> Expr:
    """`\\begin{bmatrix} … \\end{bmatrix}` and its kin."""
    start = parser.index
    name = parser.next().text
    if name in CASES:
        rows = _unwrapped(parser, cells_of(parser, name, start))
        return parse_cases(parser, rows, parser.since(start))
    if name not in ENVIRONMENTS:
        message = f"the environment `{name}` is not known inside a formula"
        raise Unreadable(message, parser.since(start))
    if name.endswith("*"):
        _skip_option(parser)
    if name == "array":
        _skip_option(parser)
        if parser.peek().kind is TokenKind.OPEN:
            parser.group()
    matrix = written_out(parser, cells_of(parser, name, start), start)
    operator = ENVIRONMENTS[name]
    return Call(operator, (matrix,), matrix.span) if operator else matrix


def at_braced_cases(parser: Parser) -> bool:
    r"""Whether a brace that nothing closes stands before an array: `\left\{ \begin{array}`."""
    environment = parser.peek(1)
    if environment.kind is not TokenKind.BEGIN or environment.text not in _BRACED:
        return False
    return not enclosed(parser)


def parse_braced_cases(parser: Parser) -> Expr:
    """The rows of an array behind a brace as those of `cases`."""
    start = parser.index
    parser.next()
    name = parser.next().text
    if name == "array":
        _skip_option(parser)
        if parser.peek().kind is TokenKind.OPEN:
            parser.group()
    rows = _joined(cells_of(parser, name, start))
    return parse_cases(parser, rows, parser.since(start))


def _unwrapped(parser: Parser, rows: Cells) -> Cells:
    r"""The rows of an `aligned` that is all that stands in `cases`."""
    match rows:
        case [[[first, *inside, last]]] if first.kind is TokenKind.BEGIN:
            if first.text not in _BRACED or last.kind is not TokenKind.END:
                return rows
            inner = type(parser)([*inside, last], first.span.to(last.span), parser.notation)
            return _joined(cells_of(inner, first.text, 0))
        case _:
            return rows


def _joined(rows: Cells) -> Cells:
    """Rows of a value and its condition, which further columns only align."""
    found = [[cell for cell in row if cell] for row in rows]
    return [[row[0], [token for cell in row[1:] for token in cell]] for row in found if row]


def _skip_option(parser: Parser) -> None:
    """`[c]`, the alignment of a starred matrix or of an array."""
    if parser.peek().text == "[" and parser.peek(2).text == "]":
        for _ in range(3):
            parser.next()


def cells_of(parser: Parser, name: str, start: int) -> Cells:
    """The tokens of every cell up to the end of the environment, row by row.

    Rows without a token are left out; the spacing behind a row's end (`\\\\[2pt]`) and rules
    between rows say nothing.
    """
    rows: Cells = [[[]]]
    depth = 0
    while True:
        token = parser.next()
        if not token.text and token.kind is not TokenKind.TEXT:
            raise Unreadable(f"`\\begin{{{name}}}` is never closed", parser.since(start))
        if token.kind is TokenKind.END and depth == 0:
            return [row for row in rows if any(row)]
        depth += (token.kind in (TokenKind.BEGIN, TokenKind.OPEN)) - (
            token.kind in (TokenKind.END, TokenKind.CLOSE)
        )
        if depth == 0 and token.text == "&":
            rows[-1].append([])
        elif depth == 0 and token.text in _ENDS_ROW:
            _skip_length(parser)
            rows.append([[]])
        elif token.text not in _LINES:
            rows[-1][-1].append(token)


def _skip_length(parser: Parser) -> None:
    """`[2pt]` behind the end of a row."""
    ahead = [parser.peek(i).text for i in range(_LONGEST_LENGTH)]
    if ahead[0] != "[" or "]" not in ahead:
        return
    count = ahead.index("]") + 1
    if _LENGTH.fullmatch("".join(ahead[:count])):
        for _ in range(count):
            parser.next()


def written_out(parser: Parser, rows: Cells, start: int) -> Expr:
    """The matrix that rows of cells write; blank cells are zeros where the diagonal is filled."""
    span = parser.since(start)
    rows = _without_strokes(rows)
    if has_dots(rows):
        width = max(map(len, rows))
        rows = [[*row, *([[]] * (width - len(row)))] for row in rows]
        return matrix_with_dots(parser, rows, tuple(parser.tokens[start : parser.index]))
    rows = filled(rows, span)
    return Matrix(tuple(tuple(_cell(parser, cell, span) for cell in row) for row in rows), span)


def _without_strokes(rows: Cells) -> Cells:
    """The rows without the strokes that say which way the vectors in them go."""
    kept = [row for row in rows if not all(not c or [t.text for t in c] == ["|"] for c in row)]
    return [
        [c[1:-1] if len(c) > 2 and c[0].text == c[-1].text == "-" else c for c in row]
        for row in (kept or rows)
    ]


def filled(rows: Cells, span: Span) -> Cells:
    """The rows made equally long; raises `Unreadable` where blank cells need not be zeros."""
    if not rows:
        raise Unreadable("the matrix is empty", span)
    rows = [row[:-1] if len(row) > 1 and not row[-1] else row for row in rows]
    width = max(map(len, rows))
    full = [[*row, *([[]] * (width - len(row)))] for row in rows]
    if all(map(all, full)):
        return full
    if len(full) != width or not all(full[i][i] for i in range(width)):
        raise Unreadable("the rows of the matrix differ in length or have empty cells", span)
    return full


def _cell(parser: Parser, cell: Sequence[Token], span: Span) -> Expr:
    return parser.inside(cell, cell[0].span) if cell else Number(Fraction(0), span)
