r"""What a document says of indices for some of its steps: "for $i\neq j$", "if $i=j$:"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import IndexCase
from proofcheck.extraction.sentences import Formula, Text
from proofcheck.extraction.suppositions import reach_of

_RELATIONS = {
    "=": "=", r"\ne": r"\ne", r"\neq": r"\ne", "≠": r"\ne", "<": "<", ">": ">", r"\lt": "<",
    r"\gt": ">",
}  # fmt: skip
_LETTERS = frozenset("ijklmnpqrstuv")
_ROW_ENDS = frozenset((r"\\", r"\cr"))
_BEFORE = frozenset((r"\quad", r"\qquad", ",", "(", ":", r"\;", r"\ ", r"\,", "&", ";", r"\forall"))
_BEHIND = frozenset((r"\quad", r"\qquad", ",", ")", ".", ";", "&", r"\;", r"\,", r"\ "))
_WITH_CASES = frozenset(("cases", "dcases", "rcases", "array", "matrix"))


def index_cases(text: Text) -> Iterator[IndexCase]:
    """The relations between two indices that one scope supposes, each for the steps it is about.

    In prose it is about what the sentence is about; in a display, about its row.
    """
    displays = {(display.start, display.end) for display in text.displays}
    for formula in text.formulas:
        if (formula.span.start, formula.span.end) not in displays:
            yield from _in_prose(text, formula)
        elif not any(token.text in _WITH_CASES for token in formula.tokens):
            yield from _in_display(formula.tokens)


def _in_prose(text: Text, formula: Formula) -> Iterator[IndexCase]:
    parts = [token for token in formula.tokens if token.text not in _BEHIND | _BEFORE]
    if len(parts) == 3 and _relates(parts):
        yield _case(parts, reach_of(text, formula.span))


def _in_display(tokens: Sequence[Token]) -> Iterator[IndexCase]:
    """The relations that stand by themselves in the rows of a display, `\\quad (i \\ne j)`."""
    depth, start = 0, 0
    for index, token in enumerate(tokens):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if token.text in _ROW_ENDS:
            start = index + 1
        parts = tokens[index : index + 3]
        if depth or not index or len(parts) < 3 or not _relates(parts):
            continue
        behind = tokens[index + 3].text if index + 3 < len(tokens) else ","
        before = tokens[index - 1]
        opens = before.text in _BEFORE or before.kind is TokenKind.TEXT
        if opens and (behind in _BEHIND | _ROW_ENDS or tokens[index + 3].kind is TokenKind.END):
            yield _case(parts, Span(tokens[start].span.start, token.span.start))


def _relates(parts: Sequence[Token]) -> bool:
    """Whether tokens are two different letters of indices with a relation between them."""
    left, relation, right = (part.text for part in parts)
    return {left, right} <= _LETTERS and left != right and relation in _RELATIONS


def _case(parts: Sequence[Token], reach: Span) -> IndexCase:
    left, relation, right = (part.text for part in parts)
    return IndexCase(left, _RELATIONS[relation], right, parts[0].span.start, reach)
