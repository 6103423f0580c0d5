"""Reads the Markdown cells of Jupyter notebooks (nbformat 4); nothing is executed.

The text of a notebook's document are its Markdown cells, one after the other, and every character
of it knows its place in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from proofcheck.document import markdown
from proofcheck.document.document import (
    Boundary,
    Comment,
    Document,
    Excerpt,
    MathBlock,
    Part,
    Problem,
    Prose,
)
from proofcheck.document.drawn import Drawn
from proofcheck.document.source import Source, Span

_BLANK = re.compile(r"[ \t\r\n]*")
_PIECE = re.compile(
    r"(?P<pair> \\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2} )"
    r"| (?P<escape> \\u[0-9a-fA-F]{4} | \\. ) | [^\\]+",
    re.VERBOSE | re.DOTALL,
)
_PART = "\n\n"
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A Markdown cell: its number, and its text with the places of its characters."""

    number: int
    excerpt: Excerpt


def read(source: Source) -> Document:
    """The Markdown cells of a notebook; one that is none comes to nothing but a problem."""
    try:
        notebook = json.loads(source.text)
    except json.JSONDecodeError as error:
        return _refused(source, f"is not JSON: {error.msg}", error.pos)
    except (RecursionError, ValueError):
        return _refused(source, "is not JSON: it is nested too deeply or has too long a number")
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return _refused(source, "has no list of cells, as those of nbformat 4 do")
    return _joined(source, list(_cells(source.text)))


def _refused(source: Source, reason: str, offset: int = 0) -> Document:
    """A document of nothing but the reason for that."""
    start = min(offset, max(len(source.text) - 1, 0))
    return Document(source, (), (Problem(f"the notebook {reason}", Span(start, start + 1)),))


def _joined(source: Source, cells: list[_Cell]) -> Document:
    """The documents of the cells as one."""
    parts: list[Part] = []
    problems: list[Problem] = []
    segments: list[tuple[int, int]] = []
    starts: list[tuple[int, str]] = []
    base = 0
    for cell in cells:
        document = markdown.read(Source(source.path, cell.excerpt.text))
        parts += [_moved(part, base) for part in document.parts]
        problems += [replace(found, span=_shift(found.span, base)) for found in document.problems]
        segments += [(mine + base, theirs) for mine, theirs in cell.excerpt.segments]
        starts.append((base, f"cell {cell.number}"))
        base += len(cell.excerpt.text) + len(_PART)
    text = _PART.join(cell.excerpt.text for cell in cells)
    excerpt = Excerpt(text, tuple(segments) or ((0, 0),))
    joined = Drawn(source.path, text, file=source, excerpt=excerpt, sections=tuple(starts))
    return Document(joined, tuple(parts), tuple(problems))


def _moved(part: Part, by: int) -> Part:
    """A part of a cell, as a part of all of them."""
    span = _shift(part.span, by)
    match part:
        case MathBlock(body=body):
            segments = tuple((mine, theirs + by) for mine, theirs in body.segments)
            return replace(part, body=replace(body, segments=segments), span=span)
        case Prose() | Comment() | Boundary():
            return replace(part, span=span)
    assert_never(part)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _cells(text: str) -> Iterator[_Cell]:
    """The Markdown cells of a notebook, which is known to be one."""
    outer = _members(text, _skip(text, 0))
    for number, (start, _) in enumerate(_elements(text, outer["cells"]), 1):
        if text[start] != "{":
            continue
        cell = _members(text, start)
        kind = _DECODER.raw_decode(text, cell["cell_type"])[0] if "cell_type" in cell else ""
        if kind == "markdown" and "source" in cell:
            yield _Cell(number, _source(text, cell["source"]))


def _source(text: str, start: int) -> Excerpt:
    """The source of a cell, which is a string or a list of strings."""
    places = [start] if text[start] == '"' else []
    if text[start] == "[":
        places = [place for place, _ in _elements(text, start) if text[place] == '"']
    pieces: list[str] = []
    segments: list[tuple[int, int]] = []
    length = 0
    for place in places:
        value, end = _DECODER.raw_decode(text, place)
        inside = _segments(text, place + 1, end - 1)
        segments += [(length + mine, theirs) for mine, theirs in inside]
        pieces.append(value)
        length += len(value)
    return Excerpt("".join(pieces), tuple(segments) or ((0, start),))


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the characters of a string literal stand, whose inside is given."""
    length = 0
    for piece in _PIECE.finditer(text, start, end):
        yield length, piece.start()
        length += 1 if piece.lastgroup else len(piece[0])


def _members(text: str, start: int) -> dict[str, int]:
    """Where the values of an object stand, by their keys."""
    found: dict[str, int] = {}
    index = _skip(text, start + 1)
    while text[index] != "}":
        key, index = _DECODER.raw_decode(text, index)
        found[key] = _skip(text, _skip(text, index) + 1)
        index = _after(text, found[key])
    return found


def _elements(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the elements of an array begin and end."""
    index = _skip(text, start + 1)
    while text[index] != "]":
        end = _after(text, index)
        yield index, end
        index = end


def _after(text: str, start: int) -> int:
    """The index after a value, and after the comma behind it."""
    index = _skip(text, _DECODER.raw_decode(text, start)[1])
    return _skip(text, index + 1) if text[index] == "," else index


def _skip(text: str, index: int) -> int:
    """The index after white space."""
    found = _BLANK.match(text, index)
    return found.end() if found else index
