"""How much the integrals of one step may cost, over all its points, precisions and readings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MOST_NODES = 200_000
"""How many nodes of integrands and of terms of series are evaluated for a step."""


@dataclass(slots=True)
class Effort:
    """The nodes that may still be evaluated; none are left below zero."""

    left: int = MOST_NODES


_CURRENT: ContextVar[Effort | None] = ContextVar("effort", default=None)


def current() -> Effort:
    """What is left for the step at hand; what nobody bounded gets a bound of its own."""
    return _CURRENT.get() or Effort()


@contextmanager
def bounded(effort: Effort) -> Iterator[None]:
    """Within it, integrals take from this, or from what bounds them already."""
    token = _CURRENT.set(_CURRENT.get() or effort)
    try:
        yield
    finally:
        _CURRENT.reset(token)
