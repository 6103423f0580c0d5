"""Where a finding stands, in the terms of the forms that tools read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from proofcheck.document.source import Source, Span


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns from 1, columns in characters; the end is the place after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(span: Span, source: Source) -> Region:
    """Where a span starts and ends in its file."""
    start, end = source.place(span.start), source.place(span.end)
    return Region(start.line, start.column, end.line, end.column)


def byte_column(offset: int, source: Source) -> int:
    """The column of a character in bytes of UTF-8, from 1."""
    position, place = source.position(offset), source.place(offset)
    before = source.line(position.line)[: position.column - 1]
    wider = len(before.encode("utf-8", "surrogatepass")) - len(before)
    return place.column + wider


def relative(path: str) -> str:
    """A path with `/`, from the working folder where it lies in it."""
    normal = os.path.normpath(path)
    inside = os.path.relpath(normal) if os.path.isabs(normal) else normal
    return Path(normal if inside.startswith(os.pardir) else inside).as_posix()


def uri(path: str) -> str:
    """A path as a reference of RFC 3986, relative where it lies in the working folder."""
    found = relative(path)
    return ("file://" if os.path.isabs(found) else "") + quote(os.fsencode(found))
