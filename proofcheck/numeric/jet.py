"""Values with their tangents: polynomials in infinitesimals whose squares vanish.

A level is one act of differentiation. Each level has its own infinitesimals, one an index, and the
product of two infinitesimals of one level is zero. A part's key holds one bit for every level it is
of, and the index within that level above it, so that the keys of a product are joined by `|`
(forward mode; Griewank and Walther 2008, 3.1 and 13.2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proofcheck.numeric.arithmetic import Item, multiply

LEVELS = 0xFF
_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Jet:
    """The value under key 0 and the tangents under the keys of their infinitesimals."""

    parts: dict[int, Item]

    @property
    def value(self) -> Item:
        """What is left where every infinitesimal is zero."""
        return self.parts[0]

    @property
    def order(self) -> int:
        """How many levels occur: all products of more infinitesimals vanish."""
        seen = 0
        for key in self.parts:
            seen |= key
        return (seen & LEVELS).bit_count()


def key_of(level: int, index: int = 0) -> int:
    """The key of an infinitesimal."""
    return 1 << level | index << (8 + _WIDTH * level)


def has_level(key: int, level: int) -> bool:
    """Whether a part is of a level."""
    return bool(key >> level & 1)


def index_of(key: int, level: int) -> int:
    """The index of a part within a level."""
    return key >> (8 + _WIDTH * level) & ((1 << _WIDTH) - 1)


def without_level(key: int, level: int) -> int:
    """The key with the infinitesimal of a level taken out."""
    return key & ~(1 << level | ((1 << _WIDTH) - 1) << (8 + _WIDTH * level))


def restricted(key: int, levels: int) -> int:
    """The key with only the infinitesimals of some levels, given as bits."""
    for level in range(LEVELS.bit_length()):
        if not levels >> level & 1:
            key = without_level(key, level)
    return key


def linear(function: Callable[[Item], Item], jet: Jet) -> Jet:
    """A linear map of a jet."""
    return Jet({key: function(part) for key, part in jet.parts.items()})


def bilinear(function: Callable[[Item, Item], Item], left: Jet, right: Jet) -> Jet:
    """A bilinear map of two jets."""
    if len(left.parts) == len(right.parts) == 1 and 0 in left.parts and 0 in right.parts:
        return Jet({0: function(left.parts[0], right.parts[0])})
    parts: dict[int, Item] = {}
    for a, x in left.parts.items():
        for b, y in right.parts.items():
            if a & b & LEVELS:
                continue
            key = a | b
            term = function(x, y)
            parts[key] = parts[key] + term if key in parts else term
    return Jet(parts)


def add(left: Jet, right: Jet) -> Jet:
    """The sum of two jets of one shape."""
    parts = dict(left.parts)
    for key, part in right.parts.items():
        parts[key] = parts[key] + part if key in parts else part
    return Jet(parts)


def negate(jet: Jet) -> Jet:
    """The jet with the opposite sign."""
    return linear(lambda part: -part, jet)


def product(left: Jet, right: Jet) -> Jet:
    """The matrix product, or the product with a scalar."""
    return bilinear(multiply, left, right)


def infinitesimal(jet: Jet) -> Jet | None:
    """The jet without its value; None if nothing is left."""
    parts = {key: part for key, part in jet.parts.items() if key}
    return Jet(parts) if parts else None


def taylor(coefficients: list[Item], jet: Jet) -> Jet:
    """`c0 + c1 n + c2 n^2 + …` with `n` the infinitesimal part of a scalar jet."""
    rest = infinitesimal(jet)
    parts: dict[int, Item] = {0: coefficients[0]}
    if rest is None:
        return Jet(parts)
    power = rest
    for coefficient in coefficients[1:]:
        for key, part in power.parts.items():
            term = part * coefficient
            parts[key] = parts[key] + term if key in parts else term
        power = product(power, rest)
    return Jet(parts)
