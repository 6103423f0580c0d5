"""Comparisons as numbers: 1 where they are true and 0 where not, decided rigorously."""

from __future__ import annotations

from math import prod

from flint import acb, fmpq

from proofcheck.numeric.arithmetic import Field, Item, Undefined, entries_of, from_entries, shape_of
from proofcheck.numeric.jet import Jet

TRUE_FOR = {
    "=": (0,), r"\ne": (-1, 1), "<": (-1,), r"\le": (-1, 0), ">": (1,), r"\ge": (0, 1),
}  # fmt: skip
"""The signs of left less right for which a comparison is true."""


def compare(relation: str, left: Jet, right: Jet, numbers: Field) -> Jet:
    """`left relation right` entry by entry; a number is compared with every entry.

    Raises `Undefined` where balls do not decide, and where the truth changes as the sides move.
    """
    shape = max(shape_of(left.value), shape_of(right.value), key=lambda s: s != (1, 1))
    mine, theirs = _spread(left.value, shape), _spread(right.value, shape)
    signs = [_sign(a - b) for a, b in zip(mine, theirs, strict=True)]
    if 0 in signs and (len(left.parts) > 1 or len(right.parts) > 1):
        raise Undefined("a condition changes here")
    values = [numbers.number(int(sign in TRUE_FOR[relation])) for sign in signs]
    return Jet({0: from_entries(shape, values)})


def _spread(item: Item, shape: tuple[int, ...]) -> list[Item]:
    entries = entries_of(item)
    if shape_of(item) == shape:
        return entries
    if shape_of(item) != (1, 1):
        raise Undefined("the sides of a condition have different sizes")
    return entries * prod(shape)


def _sign(difference: Item) -> int:
    if isinstance(difference, acb):
        if not difference.imag.is_zero():
            raise Undefined("complex numbers have no order")
        difference = difference.real
    if isinstance(difference, fmpq):
        return int(difference > 0) - int(difference < 0)
    if difference > 0:
        return 1
    if difference < 0:
        return -1
    if difference.is_zero():
        return 0
    raise Undefined("the precision does not decide a condition")
