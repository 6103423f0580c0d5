"""What opens, closes or hides mathematics in a text, found in one pass from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A delimiter, or a region that hides the delimiters inside it.

    `kind` is the delimiter itself (`$`, `{`, `\\[`), `begin` or `end` with the environment's name,
    `blank` for an empty line, or a kind of region that the document's language defines.
    """

    kind: str
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a text in order; `partners` holds, for each, the index of its other half or -1.

    Partners are braces, and `\\begin` with `\\end` of one name, that are properly nested.
    """

    marks: tuple[Mark, ...]
    partners: tuple[int, ...]


Hide = Callable[[re.Match[str]], Mark | None]


def grammar(own: str) -> re.Pattern[str]:
    """The pattern of a language's marks: those of mathematics, and before them its `own` ones.

    A match of a named group of `own` is passed to the `hide` of `lex`.
    """
    return re.compile(
        own
        + r"""
        | (?P<edge> \\ (?: begin | end ) ) \s* \{ (?P<name> [^{}\\$%\r\n]* ) \}
        | (?P<delimiter> \\[()\[\]] | [${}] )
        | \\ .
        """,
        re.VERBOSE | re.DOTALL,
    )


def lex(text: str, pattern: re.Pattern[str], hide: Hide, opaque: Sequence[Mark] = ()) -> Marks:
    """The marks of `text`. `hide` turns a match of the language's own groups into a mark, which
    may reach further than the match; what it reaches over is not searched, nor are the `opaque`
    regions, given in order."""
    marks: list[Mark] = []
    offset = 0
    for region in (*opaque, None):
        end = region.start if region else len(text)
        while match := pattern.search(text, offset, end):
            offset = match.end()
            if mark := _mark(match) or (hide(match) if match.lastgroup else None):
                marks.append(mark)
                offset = mark.end
        if region and region.start >= offset:
            marks.append(region)
            offset = region.end
    return Marks(tuple(marks), _partners(marks))


class Closers:
    """Finds the ends of regions in a text, in time linear in it however many are unclosed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last: dict[str, int] = {}

    def end(self, closer: str, start: int) -> int | None:
        """The offset after the first `closer` from `start` on."""
        if closer not in self._last:
            self._last[closer] = self._text.rfind(closer)
        if start > self._last[closer]:
            return None
        return self._text.index(closer, start) + len(closer)


def _mark(match: re.Match[str]) -> Mark | None:
    """The mark of a delimiter that all languages share."""
    if match["delimiter"]:
        return Mark(match[0], match.start(), match.end())
    if match["edge"]:
        return Mark(match["edge"][1:], match.start(), match.end(), match["name"].strip())
    return None


_OPENERS = {"{": "}", "begin": "end"}


def _partners(marks: list[Mark]) -> tuple[int, ...]:
    """Matches braces and environments. A closer drops what was opened inside it and not closed,
    and an empty line drops open braces, so that one slip does not spoil the rest of a file."""
    partners = [-1] * len(marks)
    opened: list[tuple[str, int]] = []
    pending: Counter[str] = Counter()
    for index, mark in enumerate(marks):
        if mark.kind == "blank":
            while opened and opened[-1][0] == "}":
                pending[opened.pop()[0]] -= 1
        elif closer := _OPENERS.get(mark.kind):
            opened.append((closer + mark.name, index))
            pending[closer + mark.name] += 1
        elif pending[key := mark.kind + mark.name] and mark.kind in _OPENERS.values():
            partner = _close(key, opened, pending)
            partners[index], partners[partner] = partner, index
    return tuple(partners)


def _close(key: str, opened: list[tuple[str, int]], pending: Counter[str]) -> int:
    """Takes from the stack all down to the last opener that `key` closes; gives its index."""
    while True:
        closer, index = opened.pop()
        pending[closer] -= 1
        if closer == key:
            return index
