"""A line of a document with a part of it underlined, as it shows on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofcheck.document.source import Source, Span
from proofcheck.writers.glyphs import cells, columns, fit

_ELLIPSIS = "…"
_CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Underlined:
    """The number of a line, what is shown of it, and below that the mark, `   ^~~~`."""

    number: int
    text: str
    mark: str


def underline(source: Source, span: Span, width: int) -> Underlined | None:
    """The line on which `span` starts, at most `width` columns of it; None if it is blank.

    What the span covers of later lines is not shown.
    """
    position = source.position(span.start)
    line = source.line(position.line)
    if not line.strip():
        return None
    first = position.column - 1
    last = min(first + max(span.end - span.start, 1), len(line.rstrip()))
    shown = cells(line.rstrip())
    text, before = _window(shown, first, last, width)
    room = width - columns(before)
    marked = min(max(columns("".join(shown[first:last])), 1), room)
    mark = " " * columns(before) + "^" + "~" * (marked - 1)
    return Underlined(source.section(span.start)[1], text, mark)


def _window(shown: Sequence[str], first: int, last: int, width: int) -> tuple[str, str]:
    """What is shown of a line, and the part of that before the cell `first`."""
    before = "".join(shown[:first])
    if columns("".join(shown)) <= width:
        return "".join(shown), before
    wanted = columns("".join(shown[first:last]))
    before = _tail(shown[:first], max(_CONTEXT, width - wanted - width // 4))
    rest = shown[first:]
    room = width - columns(before)
    if columns("".join(rest)) <= room:
        return before + "".join(rest), before
    return before + fit(rest, room - 1) + _ELLIPSIS, before


def _tail(shown: Sequence[str], width: int) -> str:
    """As many cells from the last backwards as take up to `width` columns."""
    if columns("".join(shown)) <= width:
        return "".join(shown)
    kept: list[str] = []
    room = width - 1
    for cell in reversed(shown):
        room -= columns(cell)
        if room < 0:
            break
        kept.append(cell)
    return _ELLIPSIS + "".join(reversed(kept))
