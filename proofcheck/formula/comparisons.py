"""Conditions: `i = j`, `x > 0`, the branches of `cases`, and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Cases, Comparison, Expr, Number, Product

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

RELATIONS = {
    "=": "=", r"\ne": r"\ne", r"\neq": r"\ne", "≠": r"\ne", "<": "<", ">": ">", r"\le": r"\le",
    r"\leq": r"\le", r"\leqslant": r"\le", "≤": r"\le", r"\ge": r"\ge", r"\geq": r"\ge",
    r"\geqslant": r"\ge", "≥": r"\ge", r"\lt": "<", r"\gt": ">",
}  # fmt: skip
_WORDS_BEFORE = frozenset(("if", "for", "when", "where", "if and only if", "in case"))
_OTHERWISE = frozenset(("otherwise", "else", "elsewhere", "other", "others", "otherwise."))
_AND = frozenset((",", r"\land", r"\wedge"))


def parse_condition(parser: Parser, tokens: Sequence[Token], span: Span) -> Expr:
    """`i = j`, `0 < x \\le 1`, `x > 0, y > 0`: 1 where it is true and 0 where not."""
    words = _without_words(tokens)
    if words is None:
        return Number(Fraction(1), span)
    found = [part for clause in _clauses(words) for part in _chain(parser, clause, span)]
    if not found:
        raise Unreadable("the condition is not understood", span)
    return found[0] if len(found) == 1 else Product(tuple(found), span)


def compares(tokens: Sequence[Token]) -> bool:
    """Whether a relation stands among tokens outside of all brackets."""
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[", r"\{", "{")) - (token.text in (")", "]", r"\}", "}"))
        if depth == 0 and token.text in RELATIONS:
            return True
    return False


def _without_words(tokens: Sequence[Token]) -> list[Token] | None:
    """A condition without `if` in front of it and the punctuation behind, None for `otherwise`."""
    words = [t for t in tokens if t.kind is not TokenKind.TEXT or t.text.strip(" ,.;:")]
    while words and words[-1].text in (",", ".", ";"):
        words.pop()
    found: list[Token] = []
    for token in words:
        said = token.text.strip(" ,.;:").lower() if token.kind is TokenKind.TEXT else ""
        if said in _OTHERWISE and len(words) == 1:
            return None
        if said == "and":
            found.append(Token(TokenKind.SYMBOL, ",", token.span))
        elif said and not (said in _WORDS_BEFORE and not found):
            raise Unreadable(f"the words `{token.text.strip()}` stand in a condition", token.span)
        elif not said:
            found.append(token)
    spelled = "".join(token.text for token in found)
    return None if spelled in _OTHERWISE else found


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[", r"\{", "{")) - (token.text in (")", "]", r"\}", "}"))
        if depth == 0 and token.text in _AND:
            clauses.append([])
        else:
            clauses[-1].append(token)
    return [clause for clause in clauses if clause]


def _chain(parser: Parser, tokens: list[Token], span: Span) -> list[Expr]:
    """The comparisons of `0 < x \\le 1`."""
    parts: list[list[Token]] = [[]]
    relations: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "[", r"\{", "{")) - (token.text in (")", "]", r"\}", "}"))
        if depth == 0 and token.text in RELATIONS:
            relations.append(RELATIONS[token.text])
            parts.append([])
        else:
            parts[-1].append(token)
    if not relations or not all(parts):
        raise Unreadable("the condition is not understood", span)
    sides = [parser.inside(part, part[0].span) for part in parts]
    pairs = zip(sides, relations, sides[1:], strict=False)
    return [Comparison(relation, left, right, span) for left, relation, right in pairs]


def parse_cases(parser: Parser, rows: Sequence[Sequence[Sequence[Token]]], span: Span) -> Expr:
    """The rows of a `cases` environment: a value and its condition each."""
    branches: list[tuple[Expr, Expr]] = []
    for row in rows:
        value = _value(row[0])
        if len(row) > 2 or not value:
            raise Unreadable("a branch is no value with a condition", span)
        condition = row[1] if len(row) == 2 else ()
        if not condition and row is not rows[-1]:
            raise Unreadable("a branch has no condition", span)
        here = row[0][0].span
        test = parse_condition(parser, condition, here) if condition else _always(here)
        branches.append((parser.inside(value, here), test))
    return Cases(tuple(branches), span)


def _always(span: Span) -> Expr:
    return Number(Fraction(1), span)


def _value(cell: Sequence[Token]) -> list[Token]:
    found = list(cell)
    while found and found[-1].text in (",", ";", "."):
        found.pop()
    return found
