"""The layout of derivatives that each part of a document settles by what it writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

LEAST_VOTES = 2

Place = tuple[int, int]
"""The number of a derivation and of a step in it."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A step that holds in one `layout` and not in the usual one, in the part `scope`."""

    place: Place
    layout: str
    scope: int


def minority(
    turned: Iterable[Turned],
    derivations: Mapping[int, Set[int]],
    only_usual: Callable[[int, str], int],
) -> frozenset[Place]:
    """The turned steps that most of their part speaks against.

    `derivations` has the numbers of the derivations of each part; `only_usual` counts the steps of
    a derivation that hold in the usual layout and fail in another. A part has settled for the
    usual layout if at least two such steps stand in it, and twice as many as turned ones.
    """
    groups: defaultdict[tuple[int, str], list[Place]] = defaultdict(list)
    for step in turned:
        groups[step.scope, step.layout].append(step.place)
    found: set[Place] = set()
    for (scope, layout), places in groups.items():
        own = {number for number, _ in places}
        votes = sum(only_usual(number, layout) for number in derivations[scope] - own)
        if votes >= max(LEAST_VOTES, 2 * len(places)):
            found.update(places)
    return frozenset(found)
