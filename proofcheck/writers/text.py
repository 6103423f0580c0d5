"""The report as text for a terminal: each finding with its line, and a closing line that counts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from proofcheck.numeric.verdict import Binding, Counterexample, Verdict
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers.colour import Palette
from proofcheck.writers.glyphs import visible
from proofcheck.writers.matrices import lay_out
from proofcheck.writers.underline import underline

_WIDTH = 100
_INDENT = "  "
_TRIED = "holds at every point tried"
_PLAIN = Palette()


def write(report: Report, palette: Palette = _PLAIN, width: int = _WIDTH) -> str:
    """The report in lines of about `width` columns: its findings, then the line that counts."""
    return f"{findings(report, palette, width)}{closing(report)}\n"


def findings(report: Report, palette: Palette = _PLAIN, width: int = _WIDTH) -> str:
    """The findings in lines of about `width` columns, an empty line after each."""
    lines = (
        line
        for file in report.files
        for diagnostic in file.diagnostics
        for line in (*_finding(diagnostic, file, palette, width), "")
    )
    return "".join(f"{line}\n" for line in lines)


def closing(report: Report) -> str:
    """The line that says how many steps there were, and what became of them."""
    tally = report.tally()
    counts = (
        f"{_count(tally.total(), 'step')}: {tally[Verdict.HOLDS]} hold, "
        f"{tally[Verdict.FAILS]} fail, "
        f"{tally[Verdict.CONDITIONAL]} conditional, {tally[Verdict.UNCHECKED]} not checked"
    )
    aside = _count(tally[Verdict.DEFINITION], "definition")
    if tally[Verdict.ASSUMED]:
        aside += f", {tally[Verdict.ASSUMED]} assumed"
    return "; ".join([f"{counts} ({aside})", *_remarks(report)])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _remarks(report: Report) -> Iterator[str]:
    """What the counts alone would hide."""
    if allowed := sum(file.allowed for file in report.files):
        yield f"{allowed} allowed by directives"
    if known := sum(file.known for file in report.files):
        yield f"{known} known by the baseline"
    if unchanged := sum(file.unchanged for file in report.files):
        yield f"{unchanged} on lines that did not change"
    files = dict.fromkeys(file.path for file in report.files)
    empty = list(files.keys() - {file.path for file in report.files if file.tally()})
    if len(empty) == 1:
        yield f"no derivation found in {visible(empty[0])}"
    elif empty:
        yield f"no derivation found in {len(empty)} of {len(files)} files"


def _finding(
    diagnostic: Diagnostic, file: FileReport, palette: Palette, width: int
) -> Iterator[str]:
    """The finding, its line of the document, the counterexample and a way out."""
    position = file.source.place(diagnostic.span.start)
    place = f"{visible(file.path)}:{position.line}:{position.column}:"
    severity = palette.weigh(diagnostic.severity, f"{diagnostic.severity}:")
    section, line = file.source.section(diagnostic.span.start)
    within = f", {section}, line {line}" if section else ""
    message = f"{visible(diagnostic.message)} [{diagnostic.rule}]{within}"
    yield f"{palette.bold(place)} {severity} {message}"
    yield from _excerpt(diagnostic, file, palette, width)
    for note in diagnostic.notes:
        yield from _wrapped("note: ", note, width)
    if diagnostic.counterexample:
        yield from _values(diagnostic.counterexample, width)
    if diagnostic.fix:
        yield f"{_INDENT}repair: {visible(diagnostic.fix.latex)}"
        yield from _wrapped("        ", f"({diagnostic.fix.words}; {_TRIED})", width)
    yield from _wrapped("help: ", diagnostic.help, width)


def _wrapped(head: str, text: str, width: int) -> Iterator[str]:
    """A sentence in lines of the width, those after the first under its first word."""
    indent = _INDENT + " " * len(head)
    room = width + 1 - len(indent)  # the help of a rule is as long as a line may be
    lines = textwrap.wrap(visible(text), room, break_long_words=False, break_on_hyphens=False)
    yield f"{_INDENT}{head}{lines[0]}"
    yield from (f"{indent}{line}" for line in lines[1:])


def _excerpt(
    diagnostic: Diagnostic, file: FileReport, palette: Palette, width: int
) -> Iterator[str]:
    """The line of the document, its number before it, and the mark under the right side."""
    found = underline(file.source, diagnostic.span, width - len(_INDENT) - 9)
    if found is None:
        return
    number = f"{found.number:>4}"
    mark = palette.weigh(diagnostic.severity, found.mark)
    yield f"{_INDENT}{palette.faint(number + ' |')} {found.text}"
    yield f"{_INDENT}{palette.faint(' ' * len(number) + ' |')} {mark}"


def _values(found: Counterexample, width: int) -> Iterator[str]:
    """The values of the symbols, then those of the two sides."""
    room = width - 2 * len(_INDENT)
    if found.symbols:
        yield f"{_INDENT}where"
        yield from (_INDENT * 2 + line for line in lay_out(found.symbols, room))
    if found.left and found.right:
        sides = (Binding("left", found.left.rows), Binding("right", found.right.rows))
        yield f"{_INDENT}the sides are"
        yield from (_INDENT * 2 + line for line in lay_out(sides, room))
