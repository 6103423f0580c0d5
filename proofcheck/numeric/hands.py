"""Processes that share the work on one document, as far as this stage knows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from proofcheck.numeric.learned import Learned
from proofcheck.numeric.standing import Standing
from proofcheck.numeric.trial import Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """A derivation, with what those before it have shown, whether some step of it has no shape in
    the first reading, and the steps whose sides differ there."""

    number: int
    ill: bool
    differing: frozenset[int]
    learned: Learned


@dataclass(frozen=True, slots=True)
class Found:
    """What the claims of a derivation come to, by step, under the choice with a number, what their
    integrals cost, the steps that do not fail, and what there is against the reading."""

    choice: int
    outcomes: tuple[tuple[int, Outcome], ...]
    cost: tuple[tuple[int, int], ...]
    spared: frozenset[int]
    standing: Standing


Reply = tuple[Found, ...]
Serve = Callable[[Question], Reply]


class Hand(Protocol):
    """A process that answers the questions it is asked, in order."""

    def ask(self, question: Question) -> None:
        """Puts a question."""

    def reply(self) -> Reply | None:
        """The answer to it; None if the process is lost."""

    def end(self) -> None:
        """Ends the process."""


@dataclass(frozen=True, slots=True)
class Crew:
    """The processes at work on a document, and the choices that are left to the one that judges."""

    own: frozenset[int] = frozenset()
    hands: tuple[Hand, ...] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """How many processes there may be beside this one, and what starts one."""

    most: int
    start: Callable[[Serve], Hand]


_CURRENT: ContextVar[Hands | None] = ContextVar("hands", default=None)


def current() -> Hands | None:
    """The processes that may help here."""
    return _CURRENT.get()


@contextmanager
def helped(hands: Hands | None) -> Iterator[None]:
    """Within it, the work on a long document is shared with these."""
    token = _CURRENT.set(hands)
    try:
        yield
    finally:
        _CURRENT.reset(token)
