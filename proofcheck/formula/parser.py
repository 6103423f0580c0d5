"""From lexemes to the tree the author wrote: precedence climbing, tightest at the bottom.

sum > colon > loose product (when so read) > product > tight product > prefix > postfix > atom.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula import (
    atoms,
    derivatives,
    ellipses,
    evaluations,
    lists,
    quantities,
    ranges,
    scripts,
)
from proofcheck.formula.cursor import DEEPEST, Cursor, Unreadable
from proofcheck.formula.derivative_words import parse_worded
from proofcheck.formula.dots import DOTS
from proofcheck.formula.either import EITHER, signed_either
from proofcheck.formula.expr import (
    Call,
    Constant,
    Differential,
    Evaluated,
    Expr,
    Negative,
    Number,
    Product,
    Sum,
    Symbol,
)
from proofcheck.formula.gaps import GAP, without_gaps
from proofcheck.formula.lexemes import Lexicon, lexemes, over_to_fraction
from proofcheck.formula.notation import PLAIN, Notation
from proofcheck.formula.squares import with_squares
from proofcheck.formula.upright import with_upright
from proofcheck.formula.vocabulary import BY_INFIX, INFIXES, PRODUCTS, WEAK

MULTIPLY = frozenset((r"\cdot", r"\times", "*"))
INFIX = INFIXES | PRODUCTS
TIGHT = INFIX - WEAK
CROSS = frozenset(("cross product",))
MOST_FACTORS = 40
_BETWEEN_TERMS = frozenset(("+", "-", ":", "/", *MULTIPLY))
ENDERS = frozenset((*r") ] \} , ; \rangle \rvert \rVert \rfloor \rceil".split(), ""))


def parse(
    tokens: tuple[Token, ...], notation: Notation = PLAIN, lexicon: Lexicon | None = None
) -> Expr:
    """The expression that the tokens of one side write; raises `Unreadable`."""
    words = lexemes(tokens) if lexicon is None else lexicon(tokens)
    words = with_upright(with_squares(words, notation.squared), notation.upright)
    words = over_to_fraction(words)
    if any(word.text == GAP for word in words) and not notation.spaced:
        words = without_gaps(words)
    whole = tokens[0].span.to(tokens[-1].span) if tokens else Span(0, 0)
    parser = Parser(words, whole, notation)
    expr = lists.bare_list(parser) or parser.expression()
    if parser.index < len(words):
        token = parser.peek()
        raise Unreadable(f"`{token.text}` was not expected here", token.span)
    quantities.refuse_bound(expr)
    return expr


class Parser(Cursor):
    """One pass over the lexemes of a side, or of a group inside it."""

    def __init__(self, tokens: Sequence[Token], span: Span, notation: Notation) -> None:
        super().__init__(tokens, span)
        self.notation = notation
        self.font = ""
        self.bars: list[str] = []
        self.barred: list[Evaluated] = []  # by a bar that nothing opens
        self.binding: tuple[str, frozenset[str]] = ("", frozenset())

    def inside(self, tokens: Sequence[Token], span: Span, font: str = "") -> Expr:
        """The expression that a group of lexemes writes."""
        if self.depth >= DEEPEST:
            raise Unreadable("the formula is nested too deeply", span)
        tokens = over_to_fraction(list(tokens))
        inner = Parser(tokens, span, self.notation)
        inner.depth = self.depth + 1
        inner.font = font or self.font
        expr = inner.expression()
        if inner.index < len(tokens):
            raise Unreadable(f"`{inner.peek().text}` was not expected here", inner.here())
        return expr

    def expression(self) -> Expr:
        """Terms joined by `+` and `-`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("the formula is nested too deeply", self.here())
        start = self.index
        starts = [start]
        terms: list[Expr | None] = [self.signed()]
        while self.at_sign():
            starts.append(self.index)
            terms.append(self.summand())
        self.depth -= 1
        said = [term for term in terms if term is not None]
        evaluations.refuse_doubt(said, self.barred)
        if len(said) < len(terms):
            said = ellipses.summed(self, terms, [*starts, self.index])
        return said[0] if len(said) == 1 else Sum(tuple(said), self.since(start))

    def at_sign(self) -> bool:
        """Whether a sign between two terms is next."""
        token = self.peek()
        plain = token.text in ("+", "-") and token.kind is TokenKind.SYMBOL
        return plain or token.text in EITHER

    def summand(self) -> Expr | None:
        """A term with its sign, or None for dots."""
        if self.peek(1).text in DOTS:
            after = self.peek(2)
            if after.text in ("+", "-") or after.text in ENDERS or after.kind is TokenKind.CLOSE:
                self.index += 2
                return None
        return self.signed()

    def signed(self) -> Expr:
        """A term with the signs in front of it."""
        start = self.index
        if self.accept("-"):
            return Negative(self.signed(), self.since(start))
        if self.accept("+"):
            return self.signed()
        if self.peek().text in EITHER:
            sign = self.next()
            return signed_either(sign, self.signed(), self.since(start))
        return self.term()

    def term(self) -> Expr:
        """Products joined by the colon of the Frobenius product."""
        start = self.index
        left = self.loose()
        while self.accept(":"):
            negative = self.accept("-")
            right = self.loose()
            if negative:
                right = Negative(right, right.span)
            left = Call("frobenius", (left, right), self.since(start))
        return left

    def loose(self) -> Expr:
        """Products joined by `\\odot` or `\\otimes`, where these bind weaker than a product."""
        start = self.index
        left = self.crossed()
        while self.at_infix(INFIX):
            operator = self.infix()
            left = Call(operator, (left, self.crossed()), self.since(start))
        return left

    def crossed(self) -> Expr:
        """Products joined by a cross product that binds weaker than they do: `Ra\\times Rb`."""
        start = self.index
        left = self.product()
        if not self.at_infix(CROSS):
            return left
        return Call(self.infix(), (left, self.crossed()), self.since(start))

    def product(self) -> Expr:
        """Factors side by side, or joined by a dot or a slash."""
        start = self.index
        factors: list[Expr | None] = [self.tight()]
        pieces = [(start, self.index)]
        dotted: set[int] = set()  # the factors that a sign joins to the one before
        while True:
            self.index += self.peek().text == GAP
            joined = self.at_times()
            self.index += joined
            begin = self.index
            if ranges.ends_body(self):
                self.index -= joined
                break
            if joined or self.begins_factor():
                dotted |= {len(factors)} if joined else set()
                factors.append(self.factor())
                pieces.append((begin, self.index))
            elif self.accept("/"):
                factors = [self.divided(self.resolved(factors, pieces), start)]
                pieces = [(start, self.index)]
            elif evaluations.at_bar(self):
                *before, last = self.resolved(factors, pieces)
                factors = [*before, evaluations.parse_bar(self, last, before)]
                pieces = [*pieces[: len(before)], (pieces[-1][0], self.index)]
            else:
                break
        if len(factors) > MOST_FACTORS:
            raise Unreadable(f"a product of more than {MOST_FACTORS} factors", self.since(start))
        said = self.resolved(factors, pieces)
        if len(said) == len(factors) and any(map(_is_one, said)) and not self.notation.one:
            bare = {number for number, (begin, end) in enumerate(pieces) if end - begin == 1}
            said = [_ones(said, k, dotted) if k in bare else said[k] for k in range(len(said))]
        return said[0] if len(said) == 1 else Product(tuple(said), self.since(start))

    def at_times(self) -> bool:
        """Whether the next lexeme is a sign between the factors of a product; a full stop is one
        that stands close to what is on both its sides."""
        token, following = self.peek(), self.peek(1)
        if token.text == ".":
            close = self.tokens[self.index - 1].span.end == token.span.start
            return close and token.span.end == following.span.start and bool(following.text)
        return token.text in MULTIPLY and not self.at_infix(INFIX)

    def factor(self) -> Expr | None:
        """A factor of a product, or None for dots."""
        if ellipses.at_dots(self):
            self.next()
            return None
        return self.tight()

    def resolved(
        self, factors: Sequence[Expr | None], pieces: Sequence[tuple[int, int]]
    ) -> list[Expr]:
        """The factors with the dots among them resolved."""
        if None in factors:
            return ellipses.multiplied(self, factors, pieces)
        return [factor for factor in factors if factor is not None]

    def divided(self, factors: list[Expr], start: int) -> Expr:
        """`a/b`: all factors before the slash over the one behind it."""
        denominator = self.tight()
        numbers = all(isinstance(part, Number) for part in (*factors, denominator))
        if not numbers and self.begins_factor():
            raise Unreadable("it is not clear how far the slash reaches", self.here())
        top = factors[0] if len(factors) == 1 else Product(tuple(factors), self.since(start))
        return atoms.quotient(self, top, denominator, self.since(start))

    def begins_factor(self) -> bool:
        """Whether the next lexeme starts another factor of a product."""
        token = self.peek()
        if token.kind is TokenKind.SYMBOL:
            if token.text == "|":
                return self.peek(1).text != "_" and not (self.bars and self.bars[-1][0] == "|")
            return token.text in ("(", "[")
        if token.kind is TokenKind.COMMAND:
            if token.text == r"\|":
                return not (self.bars and self.bars[-1] == r"\|")
            return token.text not in ENDERS | MULTIPLY | EITHER and not self.at_infix(INFIX)
        return token.kind is not TokenKind.CLOSE and token.kind is not TokenKind.END

    def tight(self) -> Expr:
        """Factors joined by `\\odot` or `\\otimes`, where these bind stronger than a product.

        A cross product is with all that stands side by side behind it: `a\\times Bc`.
        """
        start = self.index
        left = self.prefixed()
        while self.at_infix() and not self.notation.loose:
            operator = self.infix()
            right = self.product() if operator in CROSS else self.prefixed()
            left = Call(operator, (left, right), self.since(start))
        return left

    def at_infix(self, names: frozenset[str] = TIGHT) -> bool:
        """Whether the next lexeme is `\\odot`, `\\otimes` or another sign between two factors."""
        text = self.peek().text
        said = self.notation.announces(text)
        if said or text not in BY_INFIX:
            return said in names
        return names >= TIGHT and text != ":"

    def infix(self) -> str:
        """The operator of the vocabulary that the next symbol is."""
        text = self.next().text
        name = self.notation.announces(text) or BY_INFIX[text].name
        return "outer product" if name == "kronecker" and self.notation.outer else name

    def prefixed(self) -> Expr:
        """A differential, a derivative, a sum or a postfix expression."""
        start = self.index
        if self.accept("-"):
            return Negative(self.prefixed(), self.since(start))
        directional = derivatives.parse_directional(self)
        if directional is not None:
            return self.postfix(directional)
        slashed = derivatives.parse_slashed(self)
        if slashed is not None:
            return slashed
        if derivatives.at_differential(self):
            worded = parse_worded(self)
            return self.differential() if worded is None else self.postfix(worded)
        found = derivatives.parse_derivative(self)
        return found if found is not None else self.postfix(atoms.parse_atom(self))

    def differential(self) -> Expr:
        """`dX`, `d^2 f`, `d(AB)`; the operand is one postfix expression.

        A sign that stands apart from what is behind it may reach over the whole product.
        """
        start = self.index
        sign = self.next()
        order = 1
        if self.accept("^"):
            order = scripts.whole_number(self)
        apart = self.notation.reach and sign.span.end < self.peek().span.start
        solid = self.notation.solid and not start and self._has_no_gap()
        operand = self.product() if apart or solid else self.prefixed()
        for _ in range(order):
            operand = Differential(operand, self.since(start))
        return operand

    def _has_no_gap(self) -> bool:
        """Whether all that is left is one product, its factors side by side without a space."""
        rest = self.tokens[self.index - 1 :]
        joined = all(a.span.end >= b.span.start for a, b in pairwise(rest))
        return joined and not any(t.text in _BETWEEN_TERMS for t in rest)

    def postfix(self, base: Expr) -> Expr:
        """The scripts and primes behind an atom."""
        while True:
            text = self.peek().text
            condition = lists.indicator(self, base)
            if condition is not None:
                base = condition
            elif text == "^" or text == "'":
                base = scripts.superscript(self, base)
            elif text == "_":
                base = scripts.subscript(self, base)
            elif text == "!":
                base = scripts.factorial(self, base)
            else:
                return base

    def number(self) -> Number:
        """Digits with at most one decimal point."""
        start = self.index
        text = ""
        while self.peek().kind is TokenKind.DIGIT or (
            self.peek().text == "." and self.peek(1).kind is TokenKind.DIGIT
        ):
            text += self.next().text
        return Number(Fraction(text), self.since(start))

    def is_function(self, expr: Expr) -> bool:
        """Whether a name stands before its arguments here."""
        return isinstance(expr, Symbol) and expr.name in self.notation.functions


def _ones(factors: Sequence[Expr], number: int, dotted: set[int]) -> Expr:
    """The factor; the vector of ones for a 1 beside others, as in `1p^T` and `A1`, since nobody
    multiplies by the number there."""
    factor, before, behind = factors[number], factors[:number], factors[number + 1 :]
    if not _is_one(factor):
        return factor
    right = behind and number + 1 not in dotted and _is_transpose(behind[0])
    left = before and number not in dotted and isinstance(before[-1], Symbol | Call)
    return Constant("ones", None, factor.span) if left or right else factor


def _is_one(expr: Expr) -> bool:
    return isinstance(expr, Number) and expr.value == 1


def _is_transpose(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.operator == "transpose"
