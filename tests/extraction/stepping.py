"""Extracts small documents and shows what was found, for the tests beside this file."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.document import Document
from proofcheck.document.read import read_text
from proofcheck.document.tokens import Token
from proofcheck.extraction.derivation import Extraction, Step
from proofcheck.extraction.extract import extract

Shown = tuple[str, str, str]
"""A step as its left side, the word for its relation, and its right side."""


def read(text: str, kind: str = "markdown") -> Document:
    """A document in Markdown, LaTeX or plain text."""
    return read_text(text, "page", kind)


def extracted(text: str, kind: str = "markdown") -> Extraction:
    """What a document says."""
    return extract(read(text, kind))


def steps(text: str, kind: str = "markdown") -> list[Step]:
    """All steps of a document."""
    return [step for derivation in extracted(text, kind).derivations for step in derivation.steps]


def shown(text: str, kind: str = "markdown") -> list[Shown]:
    """All steps of a document, each side as the author wrote it."""
    return [(s.left.text, s.relation.kind.value, s.right.text) for s in steps(text, kind)]


def equal(text: str, kind: str = "markdown") -> list[str]:
    """All steps of a document that are equalities, as `left = right`."""
    return [f"{left} = {right}" for left, kind_, right in shown(text, kind) if kind_ == "equal"]


def places(text: str, kind: str = "markdown") -> list[tuple[int, int]]:
    """The line and column at which the right side of each step begins."""
    source = read(text, kind).source
    positions = (source.position(step.right.span.start) for step in steps(text, kind))
    return [(position.line, position.column) for position in positions]


def chains(text: str) -> list[int]:
    """The number of the chain of each step."""
    return [step.chain for step in steps(text)]


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens one after the other."""
    return "".join(token.text for token in tokens)


def declared(text: str, kind: str = "markdown") -> dict[str, tuple[str, str, str, str]]:
    """What is said of each symbol: kind, rows, columns, properties; all declarations of a symbol
    put together."""
    said: dict[str, tuple[str, str, str, str]] = {}
    for found in extracted(text, kind).declarations:
        name = spelled(found.subject)
        new = (found.kind, spelled(found.rows), spelled(found.columns), " ".join(found.properties))
        old = said.get(name, ("", "", "", ""))
        said[name] = (
            old[0] or new[0],
            old[1] or new[1],
            old[2] or new[2],
            old[3] if new[3] in old[3] else f"{old[3]} {new[3]}".strip(),
        )
    return said
