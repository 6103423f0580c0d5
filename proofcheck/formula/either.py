r"""`\pm` and `\mp`: one sign, and the other, the same throughout a step.

A step with them is two steps at once. The sign is a number that is drawn, 1 or -1, which a
condition on a letter of its own gives: what holds for either value holds for both steps.
"""

from __future__ import annotations

from fractions import Fraction

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.formula.expr import Comparison, Expr, Negative, Number, Product, Sum, Symbol

SIGN = r"\pm"
"""The letter whose sign is the upper one of `\\pm`."""
EITHER = frozenset((SIGN, r"\mp"))


def signed_either(token: Token, operand: Expr, span: Span) -> Expr:
    r"""`\pm x` or `\mp x`."""
    one, two, zero = (Number(Fraction(value), token.span) for value in (1, 2, 0))
    upper = Comparison(">", Symbol(SIGN, token.span), zero, token.span)
    sign = Sum((Product((two, upper), token.span), Negative(one, token.span)), token.span)
    found = Product((sign, operand), span)
    return found if token.text == SIGN else Negative(found, span)
