"""From a file to a document, by the reader for its kind."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from proofcheck.document import hypertext, latex, markdown, notebook, restructured, text
from proofcheck.document.document import Document, Problem
from proofcheck.document.inputs import content, inherited, inputs, root_of
from proofcheck.document.kinds import is_dump, kind_of
from proofcheck.document.macro_definitions import DEFINERS
from proofcheck.document.source import Source

_READERS: dict[str, Callable[[Source], Document]] = {
    "markdown": markdown.read,
    "latex": latex.read,
    "notebook": notebook.read,
    "html": hypertext.read,
    "restructured": restructured.read,
    "text": text.read,
}
KINDS = tuple(_READERS)
"""The kinds of document that a text can be."""


class UnreadableFile(Exception):
    """A file that cannot be a document; says in one sentence why, and where in the file."""


def read(path: str | Path, root: str = "") -> Document:
    """The document in a file of UTF-8 text; raises `UnreadableFile`.

    A LaTeX file that does not say what it is a part of may be one of the document `root`.
    """
    path = Path(path)
    if is_dump(path) and path.is_file():
        raise UnreadableFile(f"`{path}` is a dump of many posts, which are read one by one")
    return read_bytes(_bytes(path), path, root)


def read_bytes(content: bytes, path: str | Path, root: str = "") -> Document:
    """The document in bytes, as if the file at `path` held them; raises `UnreadableFile`."""
    path = Path(path)
    text = _decode(content, path)
    kind = kind_of(path)
    return _latex(text, path, root) if kind == "latex" else read_text(text, path, kind)


def _latex(text: str, path: Path, told: str) -> Document:
    """A LaTeX file, with what the rest of its document defines."""
    root = root_of(path, told)
    others = (_definitions(part) for part in inherited(path, root))
    source = Source(str(path), text.removeprefix("\ufeff"))
    document = latex.read(source, tuple(other for other in others if other))
    refused = tuple(
        Problem(f"`{found.path.name}` is not read: it {found.reason}", found.span)
        for found in inputs(path, root)
        if found.reason
    )
    return replace(document, problems=(*document.problems, *refused))


def _definitions(path: Path) -> Document | None:
    """A file that others bring in, if it defines something; it is read once."""
    text = content(path)
    return _defining(path, text) if any(name in text for name in DEFINERS) else None


@functools.lru_cache(maxsize=64)
def _defining(path: Path, text: str) -> Document:
    return latex.read(Source(str(path), text))


def read_text(content: str, path: str | Path, kind: str = "markdown") -> Document:
    """The document in `content`, of one of the `KINDS`; never raises.

    `path` names the document in reports and is not opened. Positions do not count a byte-order
    mark at the start.
    """
    return _READERS[kind](Source(str(path), content.removeprefix("\ufeff")))


def _bytes(path: Path) -> bytes:
    """What the file holds."""
    if path.is_dir():
        raise UnreadableFile(f"`{path}` is a directory")
    if path.exists() and not path.is_file():
        raise UnreadableFile(f"`{path}` is not a regular file")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"`{path}` does not exist") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"`{path}` cannot be read: {error}") from error


def _decode(content: bytes, path: Path) -> str:
    """The characters of a file, none of which may be NUL."""
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        where = _place(content[: error.start].decode("utf-8"))
        byte = content[error.start]
        reason = f"`{path}` is not UTF-8: byte 0x{byte:02x} at {where}, byte offset {error.start}"
        raise UnreadableFile(reason) from None
    if (offset := decoded.find("\0")) >= 0:
        raise UnreadableFile(f"`{path}` has a NUL character at {_place(decoded[:offset])}")
    return decoded


def _place(before: str) -> str:
    """Where the character after `before` stands."""
    source = Source("", before.removeprefix("\ufeff"))
    position = source.position(len(source.text))
    return f"line {position.line}, column {position.column}"
