r"""Arrays whose cells hold equations, as opposed to matrices and to the cases of a definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.relations import IMPLICATIONS, STARTERS
from proofcheck.extraction.spacing import ROW_ENDS, SILENT, SPACES, WIDE

ARRAYS = frozenset("array cases dcases rcases matrix tabular empheq smallmatrix".split())
"""Environments that may hold a system of equations, or else a value."""

_STARTS = SILENT | SPACES | WIDE | ROW_ENDS | IMPLICATIONS | frozenset(("&", ",", ";", r"\{", "."))


def stands_alone(tokens: Sequence[Token], start: int) -> bool:
    """Whether nothing that could be a left side stands before an environment."""
    if not start:
        return True
    before = tokens[start - 1]
    if before.text == r"\{":
        return start == 1 or _opens_row(tokens, start - 2)
    return before.text in _STARTS or before.kind in _EDGES


_EDGES = frozenset((TokenKind.OPEN, TokenKind.BEGIN, TokenKind.END, TokenKind.TEXT))


def _opens_row(tokens: Sequence[Token], index: int) -> bool:
    r"""Whether the `\left` at `index`, or a bracket after it, is the first in its row."""
    if tokens[index].text == r"\left":
        return index == 0 or tokens[index - 1].text in _STARTS or tokens[index - 1].kind in _EDGES
    return tokens[index].text in _STARTS or tokens[index].kind in _EDGES


def content_start(tokens: Sequence[Token], partners: Sequence[int], start: int) -> int:
    r"""The index after `\begin{…}` and its arguments: `[t]`, `{rcl}`, `{2}`."""
    index = start + 1
    if index + 2 < len(tokens) and tokens[index].text == "[" and tokens[index + 2].text == "]":
        index += 3
    name = tokens[start].text.rstrip("*")
    takes = name.endswith(("at", "edat")) or name in _TAKE_ARGUMENT
    if takes and index < len(tokens) and tokens[index].kind is TokenKind.OPEN:
        index = max(partners[index], index) + 1
    return index


_TAKE_ARGUMENT = frozenset(("array", "tabular", "IEEEeqnarray", "empheq"))


def aligns(tokens: Sequence[Token], partners: Sequence[int], start: int) -> bool:
    """Whether the cells of an array are the parts of equations.

    They are if a relation begins or ends a cell that is not alone in its row, or if every first
    cell of a row is an equation.
    """
    first = content_start(tokens, partners, start)
    rows = list(_rows(tokens, partners, first, partners[start]))
    if any(place in "^$" for row in rows if len(row) > 1 for place in row if place):
        return True
    return bool(rows) and all(row[0] for row in rows)


def _rows(
    tokens: Sequence[Token], partners: Sequence[int], index: int, stop: int
) -> Iterator[list[str]]:
    """For each cell of each row that is not empty where its relation is: see `_place`."""
    row: list[str] = []
    cell: list[str] = []
    while index < stop:
        token = tokens[index]
        if token.text == "&" or token.text in ROW_ENDS:
            row.append(_place(cell))
            cell = []
            if token.text != "&":
                if any(row):
                    yield row
                row = []
        elif token.text not in SPACES and token.text not in SILENT:
            cell.append(token.text)
        index = max(partners[index], index) + 1
    row.append(_place(cell))
    if any(row):
        yield row


def _place(cell: list[str]) -> str:
    """Where in a cell the relation is: `^` at its start, `$` at its end, `m` inside, or nowhere."""
    if not cell:
        return ""
    if cell[0] in STARTERS:
        return "^"
    if cell[-1] in STARTERS:
        return "$"
    return "m" if any(text in STARTERS for text in cell) else ""
