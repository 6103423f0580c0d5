"""Which rules a user's words name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from proofcheck.rules.registry import BY_NAME

_ALL = "ALL"


class UnknownRule(Exception):
    """Words that name no rule; says which, and what may have been meant."""


def named(words: Iterable[str]) -> frozenset[str]:
    """The rules that words name: each a name, the beginning of names or `ALL`, or several with
    commas between them. Raises `UnknownRule`."""
    parts = (part.strip() for word in words for part in word.split(","))
    return frozenset(name for part in parts if part for name in _named(part))


def _named(word: str) -> list[str]:
    """The rules that one word names."""
    if word in BY_NAME:
        return [word]
    found = [name for name in BY_NAME if word == _ALL or name.startswith(word)]
    if not found:
        raise UnknownRule(unknown(word))
    return found


def unknown(word: str) -> str:
    """The sentence that says that a word names no rule."""
    close = difflib.get_close_matches(word.lower(), (*BY_NAME, _ALL.lower()), 1, 0.5)
    if not close:
        return f"there is no rule `{word}`; `proofcheck rules` lists them"
    meant = _ALL if close[0] == _ALL.lower() else close[0]
    return f"there is no rule `{word}`; did you mean `{meant}`?"
