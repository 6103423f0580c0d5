"""What opens, closes or hides mathematics in Markdown, below the level of its blocks."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from proofcheck.document.delimiters import Closers, Hide, Mark, Marks, grammar, lex

_BLANK = r"(?:\r\n?|\n) [ \t>]* (?=[\r\n])"
_MARKS = grammar(
    rf"""
      (?P<blank> {_BLANK} )
    | (?P<escaped> \\\\ [()\[\]] )
    | (?P<gitlab> \$ ` [^`\r\n]+ ` \$ )
    | (?P<role> \{{math\}} ` [^`\r\n]+ ` )
    | (?P<ticks> `+ )
    | (?P<comment> <!-- )
    | (?P<element> < (?P<tag> pre | code | script | style | textarea ) (?=[\s>]) )
    """
)
_TICKS = re.compile("`+")
_BLANKS = re.compile(_BLANK, re.VERBOSE)


def mark(text: str, opaque: Sequence[Mark]) -> Marks:
    """The marks of a Markdown text outside of the `opaque` regions, which are marks themselves.

    Kinds besides the delimiters: `blank`, `code` (a code span), `comment`, `element` (of HTML, with
    code in it), and `` `$ `` and ``{math}` `` for formulas written ``$`x`$`` and ``{math}`x` ``.
    """
    return lex(text, _MARKS, _hide(text), opaque)


def _hide(text: str) -> Hide:
    """Turns matches of Markdown's own groups into marks."""
    closers, spans = Closers(text), _code_spans(text)

    def hide(match: re.Match[str]) -> Mark | None:
        start, end = match.span()
        kind = match.lastgroup or ""
        closing: int | None = end
        if match["ticks"]:
            kind, closing = "code", spans.end(start, end)
        elif match["comment"]:
            closing = closers.end("-->", end)
        elif tag := match["tag"]:
            kind, closing = "element", closers.end(f"</{tag}>", end)
        kind = {"escaped": match[0], "gitlab": "`$", "role": "{math}`"}.get(kind, kind)
        return Mark(kind, start, closing) if closing else None

    return hide


@dataclass(frozen=True, slots=True)
class _CodeSpans:
    """Where the runs of backticks stand, by their length, and where paragraphs end."""

    runs: dict[int, list[int]]
    blanks: list[int]

    def end(self, start: int, end: int) -> int | None:
        """Where the code span ends that a run opens: after the next run as long, in the same
        paragraph."""
        runs = self.runs.get(end - start, [])
        index = bisect.bisect_left(runs, end)
        blank = bisect.bisect_left(self.blanks, end)
        if index == len(runs) or (blank < len(self.blanks) and self.blanks[blank] < runs[index]):
            return None
        return runs[index] + end - start


def _code_spans(text: str) -> _CodeSpans:
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text):
        runs[len(run[0])].append(run.start())
    blanks = [match.start() for match in _BLANKS.finditer(text)] if runs else []
    return _CodeSpans(dict(runs), blanks)
