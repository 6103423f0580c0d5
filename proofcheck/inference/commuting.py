"""Matrices that commute: what is said of two symbols at once, kept as a property of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proofcheck.inference.model import Free, Variable

COMMUTING = " commute"
"""What the property ends with that all matrices of a group have: `A, B commute`."""
_KEPT = frozenset(
    "symmetric hermitian diagonal square real complex constant invertible".split()
) | {"positive definite", "positive semidefinite", "lower triangular", "upper triangular"}


def settled(variables: Iterable[Variable]) -> dict[str, Variable]:
    """The variables by key, where groups of which no values are drawn are marked as constrained.

    All members of a group are drawn as polynomials of one matrix; so they need the same structure,
    and none can belong to two groups.
    """
    found = {variable.key: variable for variable in variables}
    groups: dict[tuple[str, frozenset[str]], list[Variable]] = {}
    for variable in found.values():
        for word in (word for word in variable.properties if word.endswith(COMMUTING)):
            groups.setdefault((word, variable.properties - {word}), []).append(variable)
    for (word, structure), members in groups.items():
        if not _alike(word, structure, members):
            for member in members:
                marked = found[member.key].properties - {word} | {"constrained"}
                found[member.key] = replace(found[member.key], properties=marked)
    return found


def _alike(word: str, structure: frozenset[str], members: list[Variable]) -> bool:
    """Whether the members of a group are all there and can be polynomials of one matrix."""
    names = {variable.name for variable in members}
    free = all(isinstance(variable.law, Free) for variable in members)
    return free and len(names) == word.count(",") + 1 and structure <= _KEPT
