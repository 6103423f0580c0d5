r"""Sets of whole numbers that are written out: `\{1,2,3\}`, `\{0,1\}`, `\{1,\ldots,n\}`, `[n]`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.dots import DOTS
from proofcheck.formula.expr import Comparison, Expr, Negative, Number, Symbol
from proofcheck.formula.lists import elements_of

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_WIDEST = 60
_DIGITS = 4
_DOTTED = 3  # elements of `1,\\ldots,n`
Bounds = tuple[Expr, Expr, tuple[Expr, ...]]
"""The ends of a range, and the conditions that leave out what is between and not in the set."""


def is_listed(tokens: Sequence[Token]) -> bool:
    """Whether tokens are such a set."""
    ends = tokens[0].text, tokens[-1].text
    return ends == (r"\{", r"\}") or (ends == ("[", "]") and len(tokens) == _DOTTED)


def listed(parser: Parser, tokens: Sequence[Token], running: Symbol, span: Span) -> Bounds:
    """The numbers of such a set as a range of `running`."""
    inside = tokens[1:-1]
    if tokens[0].text == "[":
        return _number(1, span), parser.inside(inside, span), ()
    elements = elements_of(inside, ",")
    if any(part and part[0].text in DOTS for part in elements):
        return _dotted(parser, elements, span)
    whole = [_whole(part) for part in elements]
    numbers = sorted({number for number in whole if number is not None})
    if None in whole or numbers[-1] - numbers[0] > _WIDEST or len(numbers) < len(whole):
        raise _refused(span)
    first, last = numbers[0], numbers[-1]
    left_out = (n for n in range(first, last) if n not in numbers)
    apart = (Comparison(r"\ne", running, _number(n, span), span) for n in left_out)
    return _number(first, span), _number(last, span), tuple(apart)


def _dotted(parser: Parser, elements: Sequence[Sequence[Token]], span: Span) -> Bounds:
    r"""The ends of `1,2,\ldots,n`, which counts by ones as far as it is written."""
    *before, dots, last = elements if len(elements) >= _DOTTED else [(), (), ()]
    numbers = [_whole(part) for part in before]
    first = numbers[0] if numbers else None
    counts = first is not None and numbers == [first + k for k in range(len(numbers))]
    if not counts or first is None or len(dots) != 1 or dots[0].text not in DOTS or not last:
        raise _refused(span)
    return _number(first, span), parser.inside(last, span), ()


def _refused(span: Span) -> Unreadable:
    return Unreadable("a sum over such a set is not evaluated", span)


def _whole(tokens: Sequence[Token]) -> int | None:
    """The whole number that tokens write, or None."""
    written = "".join(token.text for token in tokens)
    digits = written.removeprefix("-").removeprefix("+")
    return int(written) if digits.isdecimal() and len(digits) <= _DIGITS else None


def _number(value: int, span: Span) -> Expr:
    number: Expr = Number(Fraction(abs(value)), span)
    return Negative(number, span) if value < 0 else number
