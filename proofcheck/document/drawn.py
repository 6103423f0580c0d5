"""Text that is drawn out of a file, and still knows where in the file each character stands."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from operator import itemgetter

from proofcheck.document.document import Excerpt
from proofcheck.document.source import Position, Source


@dataclass(frozen=True, slots=True)
class Drawn(Source):
    """Text drawn out of a `file` as its `excerpt` says.

    `sections` are the offsets at which named parts of the file begin (`cell 3`); there may be none.
    """

    file: Source = field(kw_only=True)
    excerpt: Excerpt = field(kw_only=True)
    sections: tuple[tuple[int, str], ...] = field(kw_only=True, default=())

    def place(self, offset: int) -> Position:
        """Where in the file a character stands."""
        return self.file.position(self.excerpt.origin(offset))

    def section(self, offset: int) -> tuple[str, int]:
        """The part of the file in which a character stands, and the line there."""
        index = bisect.bisect_right(self.sections, offset, key=itemgetter(0)) - 1
        if not self.sections:
            return "", self.place(offset).line
        start, name = self.sections[max(index, 0)]
        return name, self.position(offset).line - self.position(start).line + 1


class Drawing:
    """Collects the text of a `Drawn`, piece by piece, with the place of each."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._segments: list[tuple[int, int]] = []
        self.length = 0

    def add(self, text: str, origin: int) -> None:
        """Adds text whose first character stands at `origin` of the file."""
        if text:
            self._segments.append((self.length, origin))
            self._pieces.append(text)
            self.length += len(text)

    def excerpt(self) -> Excerpt:
        """All that was added."""
        return Excerpt("".join(self._pieces), tuple(self._segments) or ((0, 0),))
