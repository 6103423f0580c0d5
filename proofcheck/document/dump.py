"""Reads the posts of a Stack Exchange data dump, one after the other, in memory that does not grow.

A dump is a file `Posts.xml` with a row for every post, whose body is HTML in an attribute. Document
type declarations, and so entities, are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from proofcheck.document import hypertext
from proofcheck.document.document import Document
from proofcheck.document.drawn import Drawn
from proofcheck.document.source import Position, Source

LARGEST_POST = 8_000_000
"""How many bytes a post may have."""
_CHUNK = 1 << 16
_OPENERS = ("$", "\\(", "\\[", "\\begin", "math/tex", "<math")


class UnreadableDump(Exception):
    """What keeps a dump from being read on, in one sentence without its name."""


@dataclass(frozen=True, slots=True)
class Post(Drawn):
    """The text of a post; `number` is its own, and `row` is where it stands in the dump."""

    number: str = field(kw_only=True)
    row: Position = field(kw_only=True)

    def place(self, offset: int) -> Position:
        """Where the row of the post begins: its body is escaped there, and has no lines."""
        del offset
        return self.row

    def section(self, offset: int) -> tuple[str, int]:
        """The post, and the line in its body."""
        return f"post {self.number}", self.file.position(self.excerpt.origin(offset)).line


@dataclass(frozen=True, slots=True)
class Row:
    """A post as it stands in a dump: its number, its HTML, and its place."""

    number: str
    body: str
    place: Position


@dataclass(slots=True)
class _Rows:
    """What the parser met in a part of the file: rows with mathematics, and how many others."""

    parser: expat.XMLParserType
    root: str = ""
    found: list[Row] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self.root:
            self.root = name
            if name != "posts":
                raise UnreadableDump(f"is no dump of posts: its root is `{name[:40]}`")
        body = attributes.get("Body", "")
        if name == "row" and any(opener in body for opener in _OPENERS):
            place = Position(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
            self.found.append(Row(attributes.get("Id", "?"), body, place))

    def refuse(self, *_: object) -> None:
        """A document type declaration begins."""
        line = self.parser.CurrentLineNumber
        raise UnreadableDump(f"has a document type declaration at line {line}, which is not read")


def rows(path: Path) -> Iterator[Row]:
    """The posts in which mathematics may stand, in the order of the file.

    Raises `UnreadableDump` at the point from which the file cannot be read on.
    """
    try:
        with path.open("rb") as file:
            yield from _read(file)
    except OSError as error:
        raise UnreadableDump(f"cannot be read: {error.strerror}") from error


def _read(file: BinaryIO) -> Iterator[Row]:
    parser = expat.ParserCreate()
    seen = _Rows(parser)
    parser.StartElementHandler = seen.start
    parser.StartDoctypeDeclHandler = seen.refuse
    fed = 0
    while True:
        chunk = file.read(_CHUNK)
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            what = expat.errors.messages[error.code]
            place = f"line {error.lineno}, column {error.offset + 1}"
            raise UnreadableDump(f"is not well-formed at {place}: {what}") from None
        yield from seen.found
        seen.found.clear()
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LARGEST_POST:
            line = parser.CurrentLineNumber
            raise UnreadableDump(f"has a post of more than {LARGEST_POST:,} bytes at line {line}")
        if not chunk:
            return


def post(path: str, row: Row) -> Document:
    """A post as a document."""
    document = hypertext.read(Source(path, row.body.replace("\0", " ")))
    drawn = document.source
    assert isinstance(drawn, Drawn)
    source = Post(
        path,
        drawn.text,
        file=drawn.file,
        excerpt=drawn.excerpt,
        number=row.number,
        row=row.place,
    )
    return Document(source, document.parts, document.problems)
