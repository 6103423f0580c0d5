"""Normal forms: sums of terms in letters that do not commute, with rational coefficients.

Every function gives a normal form; two expressions whose normal forms are equal have equal values
wherever both have one, for every size. Nothing follows from normal forms that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import floor, isqrt

from proofcheck.numeric import words
from proofcheck.numeric.words import ONE, Factors, Frozen, Letter, Term, TooLarge, Word

MOST_TERMS = 600
MOST_POWER = 12
MOST_WORK = 60_000
_MOST_BOUNDS = 4
Terms = dict[Term, Fraction]


_spent: ContextVar[int] = ContextVar("letters that were put in order", default=0)


@contextmanager
def bounded() -> Iterator[None]:
    """Bounds what is done within: raises `TooLarge` after `MOST_WORK` letters."""
    before = _spent.set(0)
    try:
        yield
    finally:
        _spent.reset(before)


class Misfit(Exception):
    """Axes that should be equal are not the same."""


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A sum of terms of one shape; without terms it is the zero of any shape."""

    rows: str
    columns: str
    terms: Mapping[Term, Fraction]

    @property
    def is_scalar(self) -> bool:
        """Whether it is a number."""
        return (self.rows, self.columns) == (ONE, ONE)

    @property
    def constant(self) -> Fraction | None:
        """The rational number that it is, or None."""
        if not self.terms:
            return Fraction(0)
        if self.is_scalar and len(self.terms) == 1:
            return self.terms.get(Term())
        return None


ZERO = Polynomial(ONE, ONE, {})


def number(value: Fraction | int) -> Polynomial:
    """A rational number."""
    return Polynomial(ONE, ONE, {Term(): Fraction(value)} if value else {})


def identity(axis: str) -> Polynomial:
    """The identity matrix."""
    return Polynomial(axis, axis, {Term(): Fraction(1)})


def of_letter(letter: Letter) -> Polynomial:
    """A letter by itself."""
    return Polynomial(letter.first, letter.last, _normal((), (letter,), (), Fraction(1)))


def length(axis: str) -> Polynomial:
    """The length of an axis."""
    return number(int(axis)) if axis.isdigit() else of_letter(words.size(axis))


def add(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    if not left.terms or not right.terms:
        return left if left.terms else right
    if (left.rows, left.columns) != (right.rows, right.columns):
        raise Misfit
    return Polynomial(left.rows, left.columns, _added(left.terms, right.terms, Fraction(1)))


def scale(poly: Polynomial, factor: Fraction | int) -> Polynomial:
    """A rational multiple."""
    terms = {term: value * factor for term, value in poly.terms.items()} if factor else {}
    return Polynomial(poly.rows, poly.columns, terms)


def subtract(left: Polynomial, right: Polynomial) -> Polynomial:
    """The difference."""
    return add(left, scale(right, -1))


def _added(left: Mapping[Term, Fraction], right: Mapping[Term, Fraction], by: Fraction) -> Terms:
    total = dict(left)
    for term, value in right.items():
        found = total.get(term, Fraction(0)) + value * by
        if found:
            total[term] = found
        else:
            total.pop(term, None)
    if len(total) > MOST_TERMS:
        raise TooLarge
    return total


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product of matrices, or of a number and anything."""
    if not left.is_scalar and not right.is_scalar and left.columns != right.rows:
        raise Misfit
    if len(left.terms) * len(right.terms) > MOST_TERMS:
        raise TooLarge
    total: Terms = {}
    for mine, a in left.terms.items():
        for theirs, b in right.terms.items():
            other = _apart(mine, theirs)
            factors, bounds = mine.factors + other.factors, mine.bounds + other.bounds
            found = _normal(factors, mine.word + other.word, bounds, a * b)
            total = _added(total, found, Fraction(1))
    rows = right.rows if left.is_scalar else left.rows
    return Polynomial(rows, left.columns if right.is_scalar else right.columns, total)


def transpose(poly: Polynomial) -> Polynomial:
    """The transpose."""
    if poly.is_scalar:
        return poly
    total: Terms = {}
    for term, value in poly.terms.items():
        word, sign = words.flip_word(term.word)
        found = _normal(term.factors, word, term.bounds, value * sign)
        total = _added(total, found, Fraction(1))
    return Polynomial(poly.columns, poly.rows, total)


def trace(poly: Polynomial) -> Polynomial:
    """The trace of a square matrix."""
    if poly.is_scalar:
        return poly
    if poly.rows != poly.columns:
        raise Misfit
    total = ZERO
    for term, value in poly.terms.items():
        if term.word:
            factors = (*term.factors, (term.word, 1))
            found = Polynomial(ONE, ONE, _normal(factors, (), term.bounds, value))
        else:
            found = multiply(Polynomial(ONE, ONE, {term: value}), length(poly.rows))
        total = add(total, found)
    return total


def summed(poly: Polynomial, index: str, axis: str) -> Polynomial:
    """The sum over an index along an axis."""
    bound = fresh(poly)
    total: Terms = {}
    for term, value in poly.terms.items():
        renamed = _renamed(term, {index: bound})
        found = _normal(renamed.factors, renamed.word, (*renamed.bounds, (bound, axis)), value)
        total = _added(total, found, Fraction(1))
    return Polynomial(poly.rows, poly.columns, total)


def power(base: Polynomial, exponent: int) -> Polynomial:
    """A whole power."""
    if exponent < 0:
        return power(invert(base), -exponent)
    if base.is_scalar and len(base.terms) == 1 and not next(iter(base.terms)).bounds:
        return _power_of_term(base, exponent)
    if exponent > MOST_POWER:
        raise TooLarge
    result = number(1) if base.is_scalar else identity(base.rows)
    for _ in range(exponent):
        result = multiply(result, base)
    return result


def _power_of_term(base: Polynomial, exponent: int) -> Polynomial:
    ((term, value),) = base.terms.items()
    factors = tuple((word, k * exponent) for word, k in term.factors)
    return Polynomial(ONE, ONE, _normal(factors, (), (), value**exponent))


def of_factors(*factors: tuple[Word, int]) -> Polynomial:
    """A product of powers of scalar words."""
    return Polynomial(ONE, ONE, _normal(factors, (), (), Fraction(1)))


def invert(poly: Polynomial) -> Polynomial:
    """The inverse of a number or a square matrix."""
    if poly.rows != poly.columns or not poly.terms:
        raise Misfit
    if len(poly.terms) == 1:
        ((term, value),) = poly.terms.items()
        if not term.bounds and all(letter.rows == letter.columns != ONE for letter in term.word):
            factors = tuple((word, -k) for word, k in term.factors)
            word = tuple(words.inverse(letter) for letter in reversed(term.word))
            return Polynomial(poly.rows, poly.columns, _normal(factors, word, (), 1 / value))
    lead = leading(poly)[1]
    monic = scale(poly, 1 / lead)
    if poly.is_scalar:
        return scale(of_factors(((_opaque(monic),), -1)), 1 / lead)
    return scale(of_letter(_opaque(monic)._replace(inverted=True)), 1 / lead)


def leading(poly: Polynomial) -> tuple[Term, Fraction]:
    """The term with the longest word, of these the last in order, with its coefficient.

    A transpose has the leading term of the transpose as far as that is possible.
    """
    return max(poly.terms.items(), key=lambda item: (len(item[0].word), _either_way(item[0])))


def _either_way(term: Term) -> tuple[Word, Term]:
    return max(term.word, words.flip_word(term.word)[0]), term


def _opaque(poly: Polynomial) -> Letter:
    """A normal form as a single letter, the same for its transpose but for the flip."""
    if poly.is_scalar:
        return Letter("sum", "", inside=(freeze(poly),))
    mine, theirs = freeze(poly), freeze(transpose(poly))
    if mine == theirs:
        return Letter("sum", "", poly.rows, poly.columns, ("symmetric",), inside=(mine,))
    first = min(mine, theirs)
    return Letter("sum", "", first.rows, first.columns, flipped=first is theirs, inside=(first,))


def letter_of(kind: str, name: str, inside: tuple[Polynomial, ...]) -> Polynomial:
    """A scalar that is a function of normal forms."""
    return of_letter(Letter(kind, name, inside=tuple(freeze(poly) for poly in inside)))


def real_power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    """A power of a number with an exponent of any kind.

    Powers with other exponents than whole ones are of positive numbers.
    """
    whole = exponent.constant
    if whole is not None and whole.denominator == 1:
        return power(base, int(whole))
    if base.constant == 1:
        return number(1)
    if len(base.terms) == 1:
        ((term, value),) = base.terms.items()
        if value > 0 and value != 1 and term != Term():
            rest = Polynomial(ONE, ONE, {term: Fraction(1)})
            return multiply(real_power(number(value), exponent), real_power(rest, exponent))
        if term == Term() and whole == Fraction(1, 2) and value > 0:
            top, bottom = isqrt(value.numerator), isqrt(value.denominator)
            if (top * top, bottom * bottom) == (value.numerator, value.denominator):
                return number(Fraction(top, bottom))
    return letter_of("power", "", (base, exponent))


def freeze(poly: Polynomial) -> Frozen:
    """A normal form as it stands inside of a letter."""
    terms = sorted((t, v.numerator, v.denominator) for t, v in poly.terms.items())
    return Frozen(poly.rows, poly.columns, tuple(terms))


def thaw(frozen: Frozen) -> Polynomial:
    """The normal form inside of a letter."""
    terms = {term: Fraction(top, bottom) for term, top, bottom in frozen.terms}
    return Polynomial(frozen.rows, frozen.columns, terms)


def fresh(*polys: Polynomial) -> str:
    """A name for a bound index that occurs in none of the normal forms."""
    depth = max((_depth_of(t) for poly in polys for t in poly.terms), default=0)
    return f"~{depth + 1}.x"


def _depth_of(term: Term) -> int:
    """How deep sums over indices lie in each other, by the names of the bound indices."""
    names = [name for name, _ in term.bounds]
    inner = [
        _depth_of(t) for letter in term.letters() for f in letter.inside for t, _, _ in f.terms
    ]
    return max([*(int(name[1:].partition(".")[0]) for name in names), *inner], default=0)


def _apart(mine: Term, theirs: Term) -> Term:
    """The second of two terms with bound indices of its own."""
    if not mine.bounds or not theirs.bounds:
        return theirs
    depth = max(_depth_of(mine), _depth_of(theirs)) + 1
    return _renamed(theirs, {name: f"~{depth}.{k}" for k, (name, _) in enumerate(theirs.bounds)})


def _renamed(term: Term, names: Mapping[str, str]) -> Term:
    """A term with other names for indices; it is in no normal form before it is made one anew."""
    return Term(
        tuple((_renamed_word(word, names), k) for word, k in term.factors),
        _renamed_word(term.word, names),
        tuple((names.get(name, name), axis) for name, axis in term.bounds),
    )


def opened(term: Term) -> Term:
    """A term whose bound indices have names that nothing else has, to be bound again."""
    return _renamed(term, {name: f"{name}!" for name, _ in term.bounds})


def _renamed_word(word: Word, names: Mapping[str, str]) -> Word:
    return tuple(_renamed_letter(letter, names) for letter in word)


def _renamed_letter(letter: Letter, names: Mapping[str, str]) -> Letter:
    indices = tuple(names.get(index, index) for index in letter.indices)
    inside = tuple(freeze(rename(thaw(frozen), names)) for frozen in letter.inside)
    return letter._replace(indices=indices, inside=inside)


def rename(poly: Polynomial, names: Mapping[str, str]) -> Polynomial:
    """A normal form with other names for its free indices."""
    total: Terms = {}
    for term, value in poly.terms.items():
        other = _renamed(term, names)
        found = _normal(other.factors, other.word, other.bounds, value)
        total = _added(total, found, Fraction(1))
    return Polynomial(poly.rows, poly.columns, total)


def _normal(
    factors: Factors, word: Word, bounds: tuple[tuple[str, str], ...], value: Fraction
) -> Terms:
    """A term in normal form: a product of scalar words, a word and a sum over indices."""
    spent = _spent.get() + 1 + len(word) + sum(len(piece) ** 2 for piece, _ in factors)
    _spent.set(spent)
    if spent > MOST_WORK:
        raise TooLarge
    rest, inner = _split(words.reduced(word))
    value, powers = _collected((*factors, *((piece, 1) for piece in inner)), value)
    if not value:
        return {}
    for number_, (index, axis) in enumerate(bounds):
        found = _contracted(powers, rest, index, axis)
        if found is not None:
            left = bounds[:number_] + bounds[number_ + 1 :]
            if isinstance(found, str):
                renamed = _renamed(Term(tuple(powers.items()), rest), {index: found})
                return _normal(renamed.factors, renamed.word, left, value)
            return _normal(*found, left, value)
    merged = _merged_powers(powers, rest, bounds, value)
    if merged is not None:
        return merged
    return {_labelled(powers, rest, bounds): value}


def _split(word: Word) -> tuple[Word, list[Word]]:
    """A word without the scalars within it, and these."""
    cuts = [k for k, letter in enumerate(word) if letter.first == ONE]
    if word and word[-1].last == ONE:
        cuts.append(len(word))
    if len(cuts) < 2:
        return word, []
    return word[: cuts[0]] + word[cuts[-1] :], [word[cuts[0] : cuts[-1]]]


def _collected(factors: Factors, value: Fraction) -> tuple[Fraction, dict[Word, int]]:
    """The exponents of scalar words, each as it stands for itself, and the coefficient."""
    powers: dict[Word, int] = {}
    for word, exponent in factors:
        sign, found = words.scalars(word)
        if sign == 0:
            if exponent < 0:
                raise Misfit
            return Fraction(0), {}
        value *= Fraction(sign) ** abs(exponent)
        for piece in found:
            (letter, *others) = piece
            if not others and letter.kind == "size" and letter.name.isdigit():
                value *= Fraction(int(letter.name)) ** exponent
                continue
            powers[piece] = powers.get(piece, 0) + exponent
            if not powers[piece]:
                del powers[piece]
    return value, powers


def _merged_powers(
    powers: Mapping[Word, int],
    word: Word,
    bounds: tuple[tuple[str, str], ...],
    value: Fraction,
) -> Terms | None:
    """A term with real powers of one base put together; None where nothing changes.

    The whole part of an exponent goes into the normal form of the base.
    """
    groups: dict[Frozen, list[tuple[Word, int]]] = {}
    for piece, k in powers.items():
        if _is_scalar(piece, "power"):
            groups.setdefault(piece[0].inside[0], []).append((piece, k))
    opened = [(p, k) for p, k in powers.items() if _is_scalar(p, "sum") and k > 0]
    if opened:
        piece, k = opened[0]
        whole = power(thaw(piece[0].inside[0]), k)
        return _joined({p: e for p, e in powers.items() if p != piece}, word, bounds, value, whole)
    for base, members in groups.items():
        total = ZERO
        for piece, k in members:
            total = add(total, scale(thaw(piece[0].inside[1]), k))
        whole_part = floor(total.terms.get(Term(), Fraction(0)))
        if len(members) == 1 and members[0][1] == 1 and not whole_part:
            continue
        rest = {p: e for p, e in powers.items() if (p, e) not in members}
        left = subtract(total, number(whole_part))
        other = power(thaw(base), whole_part)
        if left.terms:
            other = multiply(other, letter_of("power", "", (thaw(base), left)))
        return _joined(rest, word, bounds, value, other)
    return None


def _is_scalar(piece: Word, kind: str) -> bool:
    """Whether a scalar word is one number of a kind."""
    return len(piece) == 1 and piece[0].kind == kind and piece[0].rows == ONE


def _joined(
    powers: Mapping[Word, int],
    word: Word,
    bounds: tuple[tuple[str, str], ...],
    value: Fraction,
    scalar: Polynomial,
) -> Terms:
    """The terms of a product of a term and a number."""
    total: Terms = {}
    mine = Term(tuple(powers.items()), word, bounds)
    for term, other in scalar.terms.items():
        theirs = _apart(mine, term)
        found = _normal(mine.factors + theirs.factors, word, bounds + theirs.bounds, value * other)
        total = _added(total, found, Fraction(1))
    return total


def _contracted(
    powers: Mapping[Word, int], word: Word, index: str, axis: str
) -> tuple[Factors, Word] | str | None:
    """The factors and the word without a bound index, where its sum is known.

    The sum of `u_i v_i` is `u^T v`, and that of `u_i` is `u^T 1`. Text is another index which a
    Kronecker symbol says that it is equal to. None where the sum stays.
    """
    for piece, k in powers.items():
        if len(piece) == 2 and k > 0 and all(letter.kind == "unit" for letter in piece):
            (mine,), (theirs,) = piece[0].indices, piece[1].indices
            if index in (mine, theirs) and piece[0].rows == axis:
                return theirs if mine == index else mine
    places = [(p, k) for p, k in powers.items() if _count(p, index)]
    mine_ = words.unit(index, axis)
    letters = [letter for p, _ in places for letter in p if _names(letter, index)]
    letters += [letter for letter in word if _names(letter, index)]
    if any(letter._replace(flipped=False) != mine_ for letter in letters):
        return None
    count = sum(_count(p, index) * abs(k) for p, k in places) + _count(word, index)
    if count > 2 or any(k < 0 for _, k in places):
        return None
    factors = tuple((p, k) for p, k in powers.items() if not _count(p, index))
    if count == 0:
        return (*factors, ((words.size(axis),), 1)), word
    if count == 1:
        one = words.ones(axis)
        changed = tuple((_put(p, mine_, one), 1) for p, _ in places)
        return factors + changed, _put(word, mine_, one)
    rows = [_without(p, index) for p, k in places for _ in range(k * (_count(p, index) == 1))]
    if not places:
        return factors, tuple(letter for letter in word if not _names(letter, index))
    if len(places) == 1 and not rows:
        (piece, _) = places[0]
        return (*factors, (piece[1:-1], 1)), word
    if len(rows) == 2:
        return (*factors, (rows[0] + _flipped(rows[1]), 1)), word
    return factors, _spliced(word, rows[0], index)


def _names(letter: Letter, index: str) -> bool:
    """Whether an index occurs in a letter."""
    return index in letter.indices or any(
        _names(inner, index) or any(index == name for name, _ in term.bounds)
        for frozen in letter.inside
        for term, _, _ in frozen.terms
        for inner in term.letters()
    )


def _count(word: Word, index: str) -> int:
    return sum(_names(letter, index) for letter in word)


def _put(word: Word, old: Letter, new: Letter) -> Word:
    """A word with a column in the place of another."""
    return tuple(
        new._replace(flipped=letter.flipped) if letter._replace(flipped=False) == old else letter
        for letter in word
    )


def _without(piece: Word, index: str) -> Word:
    """The row `u^T` of a scalar word `u^T e_i`."""
    return piece[:-1] if _names(piece[-1], index) else _flipped(piece[1:])


def _flipped(word: Word) -> Word:
    """The transpose of a word where that has no sign."""
    back, sign = words.flip_word(word)
    if sign < 0:
        raise TooLarge
    return back


def _spliced(word: Word, row: Word, index: str) -> Word:
    """A word with a row, or its transpose, in the place of the unit vector of an index."""
    found: list[Letter] = []
    for letter in word:
        if not _names(letter, index):
            found.append(letter)
        elif letter.flipped:
            found += row
        else:
            found += _flipped(row)
    return tuple(found)


def _labelled(powers: Mapping[Word, int], word: Word, bounds: tuple[tuple[str, str], ...]) -> Term:
    """The term with the names of its bound indices that put it first."""
    plain = Term(tuple(sorted(powers.items())), word, bounds)
    if not bounds:
        return plain
    if len(bounds) > _MOST_BOUNDS:
        raise TooLarge
    inner = [
        _depth_of(t) for letter in plain.letters() for f in letter.inside for t, _, _ in f.terms
    ]
    depth = max(inner, default=0) + 1
    options: list[Term] = []
    for order in permutations(bounds):
        names = {name: f"~{depth}.{k}" for k, (name, _) in enumerate(order)}
        renamed = _renamed(plain._replace(bounds=order), names)
        value, factors = _collected(renamed.factors, Fraction(1))
        if value != 1:
            raise TooLarge
        options.append(renamed._replace(factors=tuple(sorted(factors.items()))))
    return min(options)


def cleared(poly: Polynomial) -> Polynomial:
    """A normal form times all its denominators, which are no zeros where it has a value."""
    for _ in range(8):
        found = next(_denominators(poly), None)
        if found is None:
            return poly
        total = ZERO
        worst = max(-dict(t.factors).get(found, 0) for t in poly.terms)
        base = thaw(found[0].inside[0])
        for term, value in poly.terms.items():
            factors = dict(term.factors)
            below = worst + factors.pop(found, 0)
            left = term._replace(factors=tuple(factors.items()))
            rest = Polynomial(poly.rows, poly.columns, {left: value})
            total = add(total, multiply(power(base, below), rest))
        poly = total
    raise TooLarge


def _denominators(poly: Polynomial) -> Iterator[Word]:
    for term in poly.terms:
        for word, k in term.factors:
            if k < 0 and _is_scalar(word, "sum"):
                if not any(_count(word, name) for name, _ in term.bounds):
                    yield word
