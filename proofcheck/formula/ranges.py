"""What a sum runs over: `i=1`, `i,j`, `i \\ne j`, `1 \\le i<j \\le n`, `\\substack`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.comparisons import RELATIONS
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import (
    MEMBER,
    Comparison,
    Entry,
    Expr,
    Negative,
    Number,
    Sum,
    Summation,
    Symbol,
    free_indices,
)
from proofcheck.formula.sets import is_listed, listed

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

SIGNS = frozenset((r"\sum", r"\prod"))
OPERATORS = {r"\sum": "sum", r"\prod": "product", r"\max": "maximum", r"\min": "minimum"}
"""What is taken over a range of indices, by the sign for it."""

_SEPARATORS = frozenset((",", ";", ":", "|", r"\\", r"\cr"))
_IN = {r"\in": "in", "∈": "in", r"\notin": "out", r"\subset": "out", r"\subseteq": "out"}
_SIZES = frozenset("nNmMKTdDpP")
_UP, _DOWN = ("<", r"\le"), (">", r"\ge")

Clause = tuple[list[list[Token]], list[str]]  # what stands between relations, and the relations


@dataclass(slots=True)
class Range:
    """Indices with what bounds them."""

    indices: list[str]
    lower: Expr | None = None
    upper: Expr | None = None
    conditions: tuple[Expr, ...] = ()


def parse_sum(parser: Parser) -> Expr:
    """`\\sum_{…}^{…}`, `\\prod` or `\\max` with the term that it reaches over."""
    start = parser.index
    operator = OPERATORS[parser.next().text]
    scripts: dict[str, list[Token]] = {"_": [], "^": []}
    while parser.peek().text in scripts:
        script = parser.next().text
        scripts[script] = parser.group()
    outer = parser.notation
    span = parser.since(start)
    if not any(scripts.values()):
        return _over_its_index(parser, operator, start)
    letters = frozenset(bound_letters(scripts["_"]))
    parser.notation = outer.with_indices(letters)
    found = _range(parser, scripts["_"], span)
    if scripts["^"]:
        found.upper = _end(parser, scripts["^"], span)
    around, parser.binding = parser.binding, (operator, letters)
    body = parser.term()
    parser.notation, parser.binding = outer, around
    indices, conditions = tuple(found.indices), found.conditions
    whole = parser.since(start)
    return Summation(operator, indices, found.lower, found.upper, conditions, body, whole)


def _over_its_index(parser: Parser, operator: str, start: int) -> Expr:
    """`\\sum x_iy_i`: over the one index that stands in the term and is not bound around it."""
    span = parser.since(start)
    (_, bound), around = parser.binding, parser.binding
    parser.binding = operator, frozenset()
    body = parser.term()
    parser.binding = around
    letters = free_indices(body) - bound
    if len(letters) != 1:
        raise Unreadable("the sum does not say what it runs over", span)
    return Summation(operator, tuple(letters), None, None, (), body, parser.since(start))


def ends_body(parser: Parser) -> bool:
    """Whether another sum here is a factor beside the one at hand, and not part of its body.

    A product does not reach over a further product, nor a sum over one of the same letters.
    """
    operator, letters = parser.binding
    if not operator or parser.peek().text not in SIGNS:
        return False
    ahead = type(parser)(parser.tokens[parser.index + 1 :], parser.whole, parser.notation)
    below = ahead.group() if ahead.accept("_") else []
    return operator == "product" or bool(letters & set(bound_letters(below)))


def at_extremum(parser: Parser) -> bool:
    """Whether `\\max_i` or `\\min_{i,j}` is ahead, over indices and nothing else that varies."""
    if parser.peek().text not in (r"\max", r"\min") or parser.peek(1).text != "_":
        return False
    ahead = type(parser)(parser.tokens[parser.index + 2 :], parser.whole, parser.notation)
    letters = bound_letters(ahead.group())
    return bool(letters) and all(letter in parser.notation.indices for letter in letters)


def bound_letters(tokens: Sequence[Token]) -> list[str]:
    """The letters that the subscript of a sum binds; no more than a guess where it is unusual."""
    found: list[str] = []
    for parts, relations in _clauses(tokens):
        if not relations:
            found += _primed(parts[0])
            continue
        if relations == ["in"] and _is_pair(parts[0]):
            found += _primed(parts[0])
            continue
        sides = [part[0].text if len(part) == 1 else "" for part in parts]
        letters = [
            name
            for name, part in zip(sides, parts, strict=True)
            if name and part[0].kind is TokenKind.LETTER
        ]
        if len(relations) == 1:
            found += sides[:1] if sides[0] in letters else []
        else:
            found += [name for name in sides[1:-1] if name in letters]
    return list(dict.fromkeys(found))


def letters_below(tokens: Sequence[Token]) -> list[str]:
    """The letters bound by the subscript of a sum, and those that they are compared with."""
    found = bound_letters(tokens)
    for parts, relations in _clauses(tokens):
        if len(relations) == 1 and relations[0] not in ("=", "in", "out") and len(parts[1]) == 1:
            partner = parts[1][0]
            if partner.kind is TokenKind.LETTER and partner.text not in _SIZES:
                found.append(partner.text)
    return found


def _primed(tokens: Sequence[Token]) -> list[str]:
    """The letters of `ij'`, each with its primes."""
    names: list[str] = []
    for token in tokens:
        if token.text == "'" and names:
            names[-1] += "'"
        elif token.kind is TokenKind.LETTER:
            names.append(token.text)
    return names


def _is_pair(tokens: Sequence[Token]) -> bool:
    """Whether tokens are `(i,j)`, the letters of a pair."""
    letters = [token for token in tokens[1:-1] if token.text != ","]
    closed = bool(tokens) and tokens[0].text == "(" and tokens[-1].text == ")"
    return closed and len(letters) == 2 and all(t.kind is TokenKind.LETTER for t in letters)


def _clauses(tokens: Sequence[Token]) -> Iterator[Clause]:
    words = [t for t in tokens if t.text not in (r"\substack", r"\scriptstyle", r"\atop")]
    if words and words[0].kind is TokenKind.OPEN:
        words = [t for t in words[1:] if t.kind is not TokenKind.CLOSE or t is not words[-1]]
    clauses: list[Clause] = [([[]], [])]
    depth = 0
    for token in words:
        parts, relations = clauses[-1]
        depth += (token.text in ("(", r"\{")) - (token.text in (")", r"\}"))
        if token.text in _SEPARATORS and not depth:
            clauses.append(([[]], []))
        elif token.text in RELATIONS or token.text in _IN:
            relations.append(RELATIONS.get(token.text) or _IN[token.text])
            parts.append([])
        else:
            parts[-1].append(token)
    return (clause for clause in clauses if any(clause[0]))


def _range(parser: Parser, tokens: list[Token], span: Span) -> Range:
    if not tokens:
        raise Unreadable("the sum does not say what it runs over", span)
    found = Range(bound_letters(tokens))
    for parts, relations in _clauses(tokens):
        if not all(parts) or "out" in relations:
            raise Unreadable("the range of the sum is not understood", span)
        if relations == ["in"] and _is_pair(parts[0]):
            found.conditions = (*found.conditions, _pair_in(parser, parts, span))
            continue
        if relations == ["in"] and parts[0][0].text in found.indices and is_listed(parts[1]):
            _listed(parser, found, parts, span)
            continue
        if "in" in relations and not (relations == ["in"] and parts[0][0].text in found.indices):
            raise Unreadable("a sum over such a set is not evaluated", span)
        if not relations and not all(t.kind is TokenKind.LETTER or t.text == "'" for t in parts[0]):
            raise Unreadable("the range of the sum is not understood", span)
        if not relations:
            continue
        sides = [parser.inside(part, part[0].span) for part in parts]
        if relations == ["in"] and not isinstance(sides[1], Symbol | Entry):
            raise Unreadable("a sum over such a set is not evaluated", span)
        for left, relation, right in zip(sides, relations, sides[1:], strict=False):
            _bounded(found, left, relation, right, span)
    if not found.indices:
        raise Unreadable("the range of the sum is not understood", span)
    return found


def _listed(parser: Parser, found: Range, parts: list[list[Token]], span: Span) -> None:
    """Takes in a set that is written out."""
    if len(found.indices) > 1 or found.lower is not None:
        raise Unreadable("a sum over several sets is not evaluated", span)
    running = Symbol(parts[0][0].text, parts[0][0].span)
    found.lower, found.upper, left_out = listed(parser, parts[1], running, span)
    found.conditions = (*found.conditions, *left_out)


def _pair_in(parser: Parser, parts: list[list[Token]], span: Span) -> Expr:
    """`(i,j) \\in \\Omega`: the pairs at which a matrix is positive that stands for the set."""
    chosen = parser.inside(parts[1], parts[1][0].span)
    if not isinstance(chosen, Symbol):
        raise Unreadable("a sum over such a set is not evaluated", span)
    indices = tuple(Symbol(name, parts[0][0].span) for name in _primed(parts[0]))
    return Comparison(MEMBER, Entry(chosen, indices, chosen.span), chosen, span)


def _bounded(found: Range, left: Expr, relation: str, right: Expr, span: Span) -> None:
    """Takes in `left relation right` as an end of the range or as a condition."""
    mine = isinstance(left, Symbol) and left.name in found.indices
    theirs = isinstance(right, Symbol) and right.name in found.indices
    if relation == "=" and mine and found.lower is None:
        found.lower = right
    elif relation in _UP and theirs and not mine and found.lower is None:
        found.lower = left if relation == r"\le" else _shifted(left, 1)
    elif relation in _UP and mine and not theirs and found.lower is not None:
        found.upper = right if relation == r"\le" else _shifted(right, -1)
    elif relation in _DOWN and mine and isinstance(right, Number) and found.lower is None:
        found.lower = right if relation == r"\ge" else _shifted(right, 1)
    else:
        relation = MEMBER if relation == "in" else relation
        found.conditions = (*found.conditions, Comparison(relation, left, right, span))


def _shifted(expr: Expr, by: int) -> Expr:
    one: Expr = Number(Fraction(1), expr.span)
    return Sum((expr, one if by > 0 else Negative(one, expr.span)), expr.span)


def _end(parser: Parser, tokens: list[Token], span: Span) -> Expr:
    from proofcheck.formula.integrals import limit

    found = limit(parser, tokens)
    if found is None or isinstance(found, Negative):
        raise Unreadable("the end of the sum is not understood", span)
    return found
