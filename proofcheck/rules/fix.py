"""A correction as text: what stands in the place of which characters of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from proofcheck.document.source import Source, Span
from proofcheck.extraction.derivation import Side
from proofcheck.numeric.verdict import Edit, Repair

_COMMAND = re.compile(r"\\[A-Za-z]+\Z")
_QUOTED = re.compile(r"\s*\n[ \t]*(?:>[ \t]?)*|\s+")


@dataclass(frozen=True, slots=True)
class Fix:
    """Text for spans of the file, in their order; `latex` is the right side after it.

    `words` say in a few words what it changes.
    """

    words: str
    latex: str
    edits: tuple[tuple[Span, str], ...]


def fix(repair: Repair | None, side: Side, source: Source) -> Fix | None:
    """The correction of a side."""
    if repair is None:
        return None
    ordered = sorted(repair.edits, key=lambda edit: (edit.span.start, edit.span.end))
    edits = tuple((edit.span, _written(edit, source)) for edit in ordered)
    start = min(side.span.start, *(span.start for span, _ in edits))
    end = max(side.span.end, *(span.end for span, _ in edits))
    latex = applied(source.text[start:end], edits, start)
    return Fix(repair.words, _QUOTED.sub(" ", latex).strip(), edits)


def applied(text: str, edits: tuple[tuple[Span, str], ...], offset: int = 0) -> str:
    """The text, which starts at `offset`, after edits in the order of their spans."""
    made, index = [], 0
    for span, new in edits:
        made += [text[index : span.start - offset], new]
        index = span.end - offset
    return "".join((*made, text[index:]))


def corrected(text: str, fixes: Iterable[Fix]) -> tuple[str, int]:
    """The text of a file after its corrections, and how many could be made.

    One that overlaps with another before it is left out.
    """
    made: list[tuple[Span, str]] = []
    count, end = 0, 0
    for found in sorted(fixes, key=lambda fix: fix.edits[0][0]):
        if found.edits[0][0].start >= end:
            made += found.edits
            count, end = count + 1, max(span.end for span, _ in found.edits) + 1
    return applied(text, tuple(made)), count


def _written(edit: Edit, source: Source) -> str:
    """The text of an edit, kept apart from the letters around it where a command ends."""
    before = source.text[max(0, edit.span.start - 40) : edit.span.start]
    made = before
    for piece in edit.pieces:
        text = piece if isinstance(piece, str) else source.slice(piece)
        made += f" {text}" if text[:1].isalpha() and _COMMAND.search(made) else text
    made = made[len(before) :]
    after = source.text[edit.span.end : edit.span.end + 1]
    parts = _COMMAND.search(before + made) and after.isalpha()
    return f"{made} " if parts else made
