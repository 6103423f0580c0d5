"""Dots among terms, factors, the elements of a list and the cells of a matrix, as expressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.dots import (
    DIAGONAL,
    DOTS,
    VERTICAL,
    Stretching,
    is_dots,
    laid_over,
    places,
    stretches,
)
from proofcheck.formula.expr import (
    Cases,
    Comparison,
    Dotted,
    Expr,
    Grid,
    Negative,
    Number,
    Stretch,
    Summation,
    Symbol,
)

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

Tokens = tuple[Token, ...]
_AND = Token(TokenKind.SYMBOL, "&", Span(0, 0))
_MOST_ELEMENTS = 200


def at_dots(parser: Parser) -> bool:
    """Whether dots stand here where a term or a factor could."""
    return parser.peek().text in DOTS and parser.peek().kind is not TokenKind.TEXT


def summed(parser: Parser, terms: Sequence[Expr | None], starts: Sequence[int]) -> list[Expr]:
    """The terms of a sum, `None` for dots, with the dots resolved.

    starts: where each term begins among the lexemes of the parser, and where the last one ends.
    """
    pieces = [parser.tokens[a:b] for a, b in pairwise(starts)]
    signs = [piece[0].text if piece[0].text in ("+", "-") else "+" for piece in pieces]
    elements = [piece[1:] if piece[0].text in ("+", "-") else piece for piece in pieces]
    found: list[Expr] = []
    for part in stretches(elements, fresh_index(parser)):
        if not part.index:
            found.append(_kept(terms[part.first], pieces[part.first]))
            continue
        if len(set(signs[part.first : part.last + 1])) > 1:
            raise Unreadable("the signs beside the dots differ", elements[part.first][0].span)
        whole = [t for piece in pieces[part.first : part.last + 1] for t in piece]
        found.append(_signed(_folded(parser, "sum", part, whole[whole[0].text == "+" :])))
    return found


def _signed(ellipsis: Dotted) -> Dotted:
    """`-x_1-\\cdots-x_n` as the negative of a sum."""
    if not ellipsis.latex.startswith("-"):
        return ellipsis
    return replace(ellipsis, meaning=Negative(ellipsis.meaning, ellipsis.span))


def _kept(expr: Expr | None, tokens: Sequence[Token]) -> Expr:
    if expr is None:
        raise Unreadable("the dots do not lie between two elements", tokens[0].span)
    return expr


def multiplied(
    parser: Parser, factors: Sequence[Expr | None], pieces: Sequence[tuple[int, int]]
) -> list[Expr]:
    """The factors of a product, `None` for dots, with the dots resolved.

    pieces: where each factor begins and ends among the lexemes of the parser. Several factors may
    repeat together: `a_1b_1 a_2b_2 \\cdots a_nb_n`.
    """
    at = factors.index(None)
    period = _period(parser, pieces, at)
    begin = at % period
    blocks = [*range(begin, at, period), at, at + 1]
    ends = [*(b + period for b in blocks[:-2]), at + 1, at + 1 + period]
    elements = [_joined(parser, pieces[a:b]) for a, b in zip(blocks, ends, strict=True)]
    found: list[Expr] = [_kept(f, parser.tokens[:1]) for f in factors[:begin]]
    for part in stretches(elements, fresh_index(parser)):
        first, last = blocks[part.first], ends[part.last]
        if part.index:
            tokens = parser.tokens[pieces[first][0] : pieces[last - 1][1]]
            found.append(_folded(parser, "product", part, tokens))
        else:
            found += [_kept(f, parser.tokens[:1]) for f in factors[first:last]]
    rest = factors[at + 1 + period :]
    if None in rest:
        return found + multiplied(parser, rest, pieces[at + 1 + period :])
    return found + [f for f in rest if f is not None]


def _joined(parser: Parser, pieces: Sequence[tuple[int, int]]) -> Tokens:
    return tuple(token for a, b in pieces for token in parser.tokens[a:b])


def _period(parser: Parser, pieces: Sequence[tuple[int, int]], at: int) -> int:
    """How many factors repeat together beside the dots."""
    dots = parser.tokens[pieces[at][0]]
    for period in range(1, min(at, len(pieces) - at - 1) + 1):
        before = _joined(parser, pieces[at - period : at])
        after = _joined(parser, pieces[at + 1 : at + 1 + period])
        laid = laid_over(before, after)
        if laid is not None and any(places(laid)):
            return period
    raise Unreadable(f"it is not clear what the dots `{dots.text}` stand for", dots.span)


def fresh_index(parser: Parser) -> str:
    """A letter for an index that no author writes."""
    taken = parser.notation.indices
    return next(f"#{n}" for n in range(1, len(taken) + 2) if f"#{n}" not in taken)


def _folded(parser: Parser, operator: str, part: Stretching, tokens: Sequence[Token]) -> Dotted:
    """A sum or a product over the index of a stretch."""
    span = tokens[0].span.to(tokens[-1].span)
    if not part.upper:
        raise Unreadable("nothing says how many elements the dots stand for", span)
    body = inside_indices(parser, part.element, (part.index,), span)
    lower, upper = parser.inside(part.lower, span), parser.inside(part.upper, span)
    meaning = Summation(operator, (part.index,), lower, upper, (), body, span)
    return Dotted(meaning, spelled(tokens), span)


def inside_indices(parser: Parser, tokens: Tokens, indices: tuple[str, ...], span: Span) -> Expr:
    """The expression of an element in which indices stand; each of them has to be read as one."""
    outer = parser.notation
    parser.notation = outer.with_indices(indices)
    try:
        found = parser.inside(tokens, span)
    finally:
        parser.notation = outer
    written = {token.text for token in tokens if token.text in indices}
    read = {node.name for node in _walk(found) if isinstance(node, Symbol)}
    if written - read:
        raise Unreadable("the numbers beside the dots are part of a name", span)
    return found


def _walk(expr: Expr) -> Sequence[Expr]:
    from proofcheck.formula.expr import walk

    return walk(expr)


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens as LaTeX that reads the same."""
    edges = {TokenKind.BEGIN: r"\begin{%s}", TokenKind.END: r"\end{%s}"}
    words = [edges.get(token.kind, "%s") % token.text for token in tokens]
    return " ".join(
        rf"\text{{{word}}}" if token.kind is TokenKind.TEXT else word
        for token, word in zip(tokens, words, strict=True)
    )


def in_line(parser: Parser, elements: Sequence[Tokens], row: bool, tokens: Tokens) -> Dotted:
    """A list with dots as a row or as a column; `tokens` are all that was written."""
    span = tokens[0].span.to(tokens[-1].span)
    parts = stretches(elements, fresh_index(parser))
    cells = tuple(_cell(parser, part.element, (part.index,), span) for part in parts)
    stretched = tuple(_stretch(parser, part, span) for part in parts)
    if row:
        grid = Grid((Stretch(),), stretched, (cells,), span)
    else:
        grid = Grid(stretched, (Stretch(),), tuple((cell,) for cell in cells), span)
    return Dotted(grid, spelled(tokens), span)


def has_dots(rows: Sequence[Sequence[Sequence[Token]]]) -> bool:
    """Whether dots stand in a cell of a matrix."""
    return any(is_dots(cell) for row in rows for cell in row)


def matrix_with_dots(
    parser: Parser, rows: Sequence[Sequence[Sequence[Token]]], tokens: Tokens
) -> Dotted:
    """A matrix with dots: rows laid over each other, then columns; or along the diagonal."""
    span = tokens[0].span.to(tokens[-1].span)
    cells = [[tuple(cell) for cell in row] for row in rows]
    diagonal = [
        (i, j) for i, row in enumerate(cells) for j, cell in enumerate(row) if _is(cell, DIAGONAL)
    ]
    try:
        grid = _rectangle(parser, [[_unsquared(cell) for cell in row] for row in cells], span)
    except Unreadable:
        if len(diagonal) != 1:
            raise
        grid = _along_diagonal(parser, cells, diagonal[0], span)
    return Dotted(grid, spelled(tokens), span)


def _is(cell: Tokens, kind: frozenset[str]) -> bool:
    return len(cell) == 1 and cell[0].text in kind


def _rectangle(parser: Parser, cells: list[list[Tokens]], span: Span) -> Grid:
    i = fresh_index(parser)
    j = f"{i}'"
    rows = stretches([_row_element(row) for row in cells], i)
    split = [_split(row.element) for row in rows]
    if len({len(row) for row in split}) != 1:
        raise Unreadable("the rows of the matrix differ in length", span)
    columns = stretches([_column_element(column) for column in zip(*split, strict=True)], j)
    parts = [_split(column.element) for column in columns]
    return Grid(
        tuple(_stretch(parser, row, span) for row in rows),
        tuple(_stretch(parser, column, span) for column in columns),
        tuple(
            tuple(_cell(parser, parts[c][r], (i, j), span) for c in range(len(columns)))
            for r in range(len(rows))
        ),
        span,
    )


def _unsquared(cell: Tokens) -> Tokens:
    """`\\partial x_1^2` as `\\partial x_1\\partial x_1`, as it stands in the other cells."""
    found = list(cell)
    for at in range(len(cell) - 1, 0, -1):
        width = _square(cell[at : at + 4])
        start = max((i for i in range(at) if cell[i].text == r"\partial"), default=at)
        if width and any(token.text == "_" for token in cell[start:at]):
            found[at : at + width] = cell[start:at]
    return tuple(found)


def _square(tokens: Tokens) -> int:
    """How many tokens write `^2` or `^{2}` here."""
    spelled = "".join(token.text for token in tokens)
    if spelled.startswith("^2"):
        return 2
    return 4 if spelled == "^{2}" else 0


def _row_element(row: list[Tokens]) -> Tokens:
    """A row as one element; dots if dots stand for whole rows there."""
    upright = [cell for cell in row if _is(cell, VERTICAL | DIAGONAL)]
    if upright and all(not cell or is_dots(cell) or _is_zero(cell) for cell in row):
        return upright[0]
    return _with_ands(row)


def _column_element(column: tuple[Tokens, ...]) -> Tokens:
    level = [cell for cell in column if is_dots(cell)]
    if level and all(not cell or is_dots(cell) or _is_zero(cell) for cell in column):
        return level[0]
    return _with_ands(column)


def _is_zero(cell: Tokens) -> bool:
    return len(cell) == 1 and cell[0].text == "0"


def _with_ands(cells: Sequence[Tokens]) -> Tokens:
    return tuple(token for cell in cells for token in (_AND, *cell))[1:]


def _split(element: Tokens) -> list[Tokens]:
    found: list[list[Token]] = [[]]
    depth = 0
    for token in element:
        depth += (token.kind in (TokenKind.BEGIN, TokenKind.OPEN)) - (
            token.kind in (TokenKind.END, TokenKind.CLOSE)
        )
        if token.text == "&" and depth == 0:
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(cell) for cell in found]


def _along_diagonal(
    parser: Parser, cells: list[list[Tokens]], at: tuple[int, int], span: Span
) -> Grid:
    """`\\lambda_1` to `\\lambda_n` on the diagonal, and one thing above it and one below."""
    size = len(cells)
    if at[0] != at[1] or any(len(row) != size for row in cells):
        raise Unreadable("it is not clear what the dots in the matrix stand for", span)
    i = fresh_index(parser)
    j = f"{i}'"
    parts = stretches([cells[k][k] for k in range(size)], i)
    if not all(part.element for part in parts):
        raise Unreadable("the diagonal of the matrix has empty cells", span)
    above = _beside(parser, [cells[r][c] for r in range(size) for c in range(r + 1, size)], span)
    below = _beside(parser, [cells[r][c] for r in range(size) for c in range(r)], span)
    rows = tuple(_stretch(parser, part, span) for part in parts)
    columns = tuple(replace(row, index=j if row.index else "") for row in rows)
    equal = Comparison("=", Symbol(i, span), Symbol(j, span), span)
    less = Comparison("<", Symbol(i, span), Symbol(j, span), span)
    otherwise = Number(Fraction(1), span)

    def cell(r: int, c: int) -> Expr:
        if r != c:
            return replace(above if r < c else below)  # a node of its own: sizes differ
        inner = _cell(parser, parts[r].element, (i,), span)
        if not parts[r].index:
            return inner
        return Cases(((inner, equal), (above, less), (below, otherwise)), span)

    count = range(len(parts))
    return Grid(rows, columns, tuple(tuple(cell(r, c) for c in count) for r in count), span)


def _beside(parser: Parser, cells: list[Tokens], span: Span) -> Expr:
    """The one thing that stands in all cells on one side of the diagonal; blanks are zeros."""
    said = {cell for cell in cells if cell and not is_dots(cell)}
    if not said:
        return Number(Fraction(0), span)
    varies = any(token.text == "_" for cell in said for token in cell)
    if varies or len(said) > 1 or (not all(cells) and not _is_zero(next(iter(said)))):
        raise Unreadable("the cells beside the diagonal differ", span)
    return parser.inside(next(iter(said)), span)


def _cell(parser: Parser, cell: Tokens, indices: tuple[str, ...], span: Span) -> Expr:
    if not cell:
        raise Unreadable("the matrix has empty cells", span)
    return inside_indices(parser, cell, tuple(i for i in indices if i), cell[0].span)


def _stretch(parser: Parser, part: Stretching, span: Span) -> Stretch:
    if not part.index:
        return Stretch()
    upper = parser.inside(part.upper, span) if part.upper else None
    return Stretch(part.index, parser.inside(part.lower, span), upper)
