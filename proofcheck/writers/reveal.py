"""What was understood of each symbol, as text: one line a fact, with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.document.source import Source
from proofcheck.rules.report import FileReport, Report
from proofcheck.rules.revealed import Fact, RevealedPart
from proofcheck.writers.glyphs import visible

_WIDEST = 40


def write(report: Report) -> str:
    """All that was revealed, an empty line after each part; nothing if nothing was."""
    lines = [
        line for file in report.files for part in file.revealed for line in (*_part(part, file), "")
    ]
    return "".join(f"{line}\n" for line in lines)


def _part(part: RevealedPart, file: FileReport) -> Iterator[str]:
    """The heading of a part, and its symbols."""
    line = file.source.position(part.span.start).line
    title = f" {visible(part.title)}" if part.title else ""
    yield f"{visible(file.path)}:{line}:{title}"
    rows = [
        (visible(symbol.name) if not number else "", visible(fact.words), came(fact, file.source))
        for symbol in part.symbols
        for number, fact in enumerate(symbol.facts)
    ]
    name, words = (min(max(len(row[i]) for row in rows), _WIDEST) for i in (0, 1))
    yield from (f"  {row[0]:{name}}  {row[1]:{words}}  {row[2]}" for row in rows)


def came(fact: Fact, source: Source) -> str:
    """Where a fact comes from."""
    place = source.place(fact.span.start)
    return f"{fact.origin} on line {place.line}"
