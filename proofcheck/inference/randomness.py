"""Which symbols of a document are random: those that only occur inside of moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from proofcheck.formula.expr import Expr, Integral, Moment, Symbol, children, walk
from proofcheck.inference.model import Claim, Defined, Free, Meaning, Names, Tangent, Variable


def random_keys(
    variables: Mapping[str, Variable],
    meanings: Iterable[Iterable[Meaning]],
    declared: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """The keys of the free variables that the moments of a document are over.

    A symbol that also stands outside of a moment, in an equation with one, is a constant there,
    unless it is `declared` random.
    """
    inside: set[str] = set()
    outside: set[str] = set()
    for expr, names in _equations(variables, meanings):
        inside |= _reached(variables, expr, names, within=True)
        outside |= _reached(variables, expr, names, within=False)
    found = (inside - outside) | (declared & variables.keys())
    return frozenset(key for key in found if isinstance(variables[key].law, Free))


def speaks_of_moments(expr: Expr) -> bool:
    """Whether an expectation, a variance or a covariance stands in an expression."""
    return any(isinstance(node, Moment) for node in walk(expr))


def _equations(
    variables: Mapping[str, Variable], meanings: Iterable[Iterable[Meaning]]
) -> Iterator[tuple[Expr, Names]]:
    """Both sides of the claims with a moment, and the definitions with one."""
    for row in meanings:
        for meaning in row:
            if isinstance(meaning, Claim) and any(map(speaks_of_moments, _sides(meaning))):
                yield meaning.left, meaning.names
                yield meaning.right, meaning.names
    for variable in variables.values():
        law = variable.law
        if isinstance(law, Defined | Tangent) and speaks_of_moments(law.expr):
            yield law.expr, law.names


def _sides(claim: Claim) -> tuple[Expr, Expr]:
    return claim.left, claim.right


def _reached(variables: Mapping[str, Variable], expr: Expr, names: Names, within: bool) -> set[str]:
    """The keys met inside of moments, or outside of them, through definitions."""
    found: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    stack: list[tuple[Expr, Names, bool]] = [(expr, names, False)]
    while stack:
        node, scope, covered = stack.pop()
        if isinstance(node, Symbol):
            key = scope.get(node.name)
            if key is None or (key, covered) in seen:
                continue
            seen.add((key, covered))
            if covered is within:
                found.add(key)
            law = variables[key].law
            if isinstance(law, Defined | Tangent):
                stack.append((law.expr, law.names, covered))
        if isinstance(node, Integral):  # its variable is none of the document
            scope = {name: key for name, key in scope.items() if name != node.variable.name}
        if isinstance(node, Moment):
            covered = True  # but what it is conditioned on is a constant
            stack.extend((known, scope, False) for known in (*node.given, *node.law))
            inner: tuple[Expr, ...] = (*node.arguments, *node.over)
        else:
            inner = children(node)
        stack.extend((child, scope, covered) for child in inner)
    return found
