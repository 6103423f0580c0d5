"""A file's text and the arithmetic between offsets and positions."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of offsets, in characters, into the text of a `Source`."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The smallest span that covers this one and `other`."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column, both counted from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file without its byte-order mark; line ends are kept as they are."""

    path: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _LINE_END.finditer(self.text)))
        object.__setattr__(self, "_starts", starts)

    def position(self, offset: int) -> Position:
        """Where the character at `offset` stands."""
        line = bisect.bisect_right(self._starts, offset) - 1
        return Position(line + 1, offset - self._starts[line] + 1)

    def place(self, offset: int) -> Position:
        """Where in its file the character at `offset` stands, if the text is only a part of it."""
        return self.position(offset)

    def section(self, offset: int) -> tuple[str, int]:
        """The name of the part of the file in which a character stands, empty if there is but one,
        and its line there."""
        return "", self.position(offset).line

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def start(self, line: int) -> int:
        """The offset at which a line, counted from 1, starts; for one past the last, the end."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def slice(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]
