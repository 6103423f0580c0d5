"""Differentials and derivatives of normal forms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from proofcheck.numeric import polynomials as forms
from proofcheck.numeric.polynomials import ZERO, Misfit, Polynomial
from proofcheck.numeric.words import ONE, Letter, Term, Word, flip_word

Move = Callable[[Letter], Polynomial]
"""The differential of a symbol that is neither transposed nor inverted."""
_STILL = frozenset(("size", "unit", "ones", "index", "constant"))
_STEP = "step"


class NoRule(Exception):
    """Nothing says how a letter moves."""


def differential(poly: Polynomial, move: Move) -> Polynomial:
    """The differential of a normal form, by the product rule."""
    total = ZERO
    for term, value in poly.terms.items():
        total = forms.add(total, _of_term(forms.opened(term), value, poly, move))
    return Polynomial(poly.rows, poly.columns, total.terms)


def _of_term(term: Term, value: Fraction, poly: Polynomial, move: Move) -> Polynomial:
    """The differential of a term: of each factor in turn, under the sum over its indices."""
    factors = [(word, k) for word, k in term.factors]
    total = ZERO
    whole = _word(term.word, poly)
    for number, (word, k) in enumerate(factors):
        moved = _of_word(word, True, move)
        if not moved.terms:
            continue
        others = factors[:number] + factors[number + 1 :] + ([(word, k - 1)] if k != 1 else [])
        rest = forms.multiply(forms.scale(forms.of_factors(*others), k * value), moved)
        total = forms.add(total, forms.multiply(rest, whole))
    if term.word:
        rest = forms.scale(forms.of_factors(*factors), value)
        total = forms.add(total, forms.multiply(rest, _of_word(term.word, False, move)))
    for index, axis in reversed(term.bounds):
        total = forms.summed(total, index, axis)
    return total


def _word(word: Word, like: Polynomial) -> Polynomial:
    """A word as a normal form; an empty one is 1 or the identity matrix."""
    if not word:
        return forms.number(1) if like.is_scalar else forms.identity(like.rows)
    total = forms.of_letter(word[0])
    for letter in word[1:]:
        total = forms.multiply(total, forms.of_letter(letter))
    return total


def _of_word(word: Word, is_scalar: bool, move: Move) -> Polynomial:
    """The differential of a word; that of a scalar which is read round is a trace."""
    total = ZERO
    for number, letter in enumerate(word):
        moved = _of_letter(letter, move)
        if not moved.terms:
            continue
        if number:
            moved = forms.multiply(_word(word[:number], ZERO), moved)
        if number + 1 < len(word):
            moved = forms.multiply(moved, _word(word[number + 1 :], ZERO))
        total = forms.add(total, moved)
    return forms.trace(total) if is_scalar else total


def _of_letter(letter: Letter, move: Move) -> Polynomial:
    if letter.inverted:
        upright = letter._replace(inverted=False)
        moved = _of_letter(upright, move)
        if not moved.terms:
            return ZERO
        here = forms.of_letter(letter)
        return forms.scale(forms.multiply(forms.multiply(here, moved), here), -1)
    if letter.flipped:
        return forms.transpose(_of_letter(letter._replace(flipped=False), move))
    if letter.kind in _STILL:
        return ZERO
    if letter.kind == "symbol":
        return move(letter)
    inside = [forms.thaw(frozen) for frozen in letter.inside]
    moved_inside = [differential(poly, move) for poly in inside]
    if inside and not any(poly.terms for poly in moved_inside):
        return ZERO
    return _chain_rule(letter, inside, moved_inside)


def _chain_rule(letter: Letter, inside: list[Polynomial], moved: list[Polynomial]) -> Polynomial:
    """The differential of what stands for a function of normal forms."""
    match letter.kind, letter.name:
        case "sum", _:
            return moved[0]
        case "call", "log":
            return forms.multiply(forms.invert(inside[0]), moved[0])
        case "call", "determinant":
            rest = forms.trace(forms.multiply(forms.invert(inside[0]), moved[0]))
            return forms.multiply(forms.of_letter(letter), rest)
        case "power", _:
            base, exponent = inside
            here = forms.of_letter(letter)
            total = ZERO
            if moved[0].terms:
                rest = forms.multiply(exponent, forms.multiply(forms.invert(base), moved[0]))
                total = forms.multiply(here, rest)
            if moved[1].terms:
                rest = forms.multiply(logarithm(base), moved[1])
                total = forms.add(total, forms.multiply(here, rest))
            return total
        case _:
            raise NoRule


EULER = Letter("constant", "e")


def logarithm(poly: Polynomial) -> Polynomial:
    """The logarithm of the absolute value of a number."""
    if len(poly.terms) != 1:
        return forms.letter_of("call", "log", (poly,))
    ((term, value),) = poly.terms.items()
    if term.bounds:
        return forms.letter_of("call", "log", (poly,))
    total = ZERO if value == 1 else forms.letter_of("call", "log", (forms.number(value),))
    for word, k in term.factors:
        total = forms.add(total, forms.scale(_of_scalar(word), k))
    return total


def _of_scalar(word: Word) -> Polynomial:
    """The logarithm of a scalar word."""
    (letter, *others) = word
    if not others and letter == EULER:
        return forms.number(1)
    if not others and letter.kind == "power":
        base, exponent = (forms.thaw(frozen) for frozen in letter.inside)
        return forms.multiply(exponent, logarithm(base))
    return forms.letter_of("call", "log", (forms.of_factors((word, 1)),))


def gradient(
    poly: Polynomial, by: Letter, move: Callable[[Letter, Polynomial], Polynomial], layout: str
) -> Polynomial:
    """The derivative by a symbol, as `numeric/derivative` lays it out.

    `move` gives the differential of a symbol where `by` moves by a normal form.
    """
    if by.rows == ONE == by.columns:
        return differential(poly, lambda letter: move(letter, forms.number(1)))
    step = Letter(_STEP, "", by.rows, by.columns)
    moved = differential(poly, lambda letter: move(letter, forms.of_letter(step)))
    if poly.is_scalar or not poly.terms:
        total = ZERO
        for term, value in moved.terms.items():
            total = forms.add(total, _coefficient(forms.opened(term), value, step))
        found = Polynomial(by.rows, by.columns, total.terms)
        return forms.transpose(found) if layout == "numerator" else found
    if poly.columns == ONE == by.columns:
        return _jacobian(moved, step, layout)
    raise NoRule


def _coefficient(term: Term, value: Fraction, step: Letter) -> Polynomial:
    """`M` of a term `tr(M^T E)`."""
    ((word, k),) = [(w, k) for w, k in term.factors if any(_is_step(x) for x in w)] or [((), 0)]
    if k != 1:
        raise NoRule
    (place,) = [number for number, letter in enumerate(word) if _is_step(letter)]
    turned = word[place + 1 :] + word[:place]
    if not word[place].flipped:
        turned, sign = flip_word(turned)
        value *= sign
    factors = [(w, e) for w, e in term.factors if w != word]
    found = forms.scale(forms.of_factors(*factors), value)
    like = Polynomial(step.rows, step.rows, {})
    found = forms.multiply(found, _word(turned, like))
    for index, axis in reversed(term.bounds):
        found = forms.summed(found, index, axis)
    return found


def _is_step(letter: Letter) -> bool:
    return letter.kind == _STEP


def _jacobian(moved: Polynomial, step: Letter, layout: str) -> Polynomial:
    """The Jacobian of a column whose differential is known."""
    total = ZERO
    for term, value in moved.terms.items():
        total = forms.add(total, _row_of(forms.opened(term), value, step))
    found = Polynomial(moved.rows, step.rows, total.terms)
    return forms.transpose(found) if layout == "denominator" else found


def _row_of(term: Term, value: Fraction, step: Letter) -> Polynomial:
    """`M` of a term `M e`."""
    if term.word and term.word[-1] == step:
        factors = forms.scale(forms.of_factors(*term.factors), value)
        like = Polynomial(step.rows, step.rows, {})
        found = forms.multiply(factors, _word(term.word[:-1], like))
    elif any(map(_is_step, term.word)):
        raise NoRule
    else:
        scalar = _coefficient(term._replace(word=(), bounds=()), value, step)
        found = forms.multiply(_word(term.word, ZERO), forms.transpose(scalar))
    for index, axis in reversed(term.bounds):
        found = forms.summed(found, index, axis)
    return found


__all__ = ["EULER", "Misfit", "NoRule", "differential", "gradient", "logarithm"]
