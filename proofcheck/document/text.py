"""Reads plain text with formulas in it, such as a page copied from a question-and-answer site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proofcheck.document.answers import answers
from proofcheck.document.assembly import Cut, assemble, block, comment
from proofcheck.document.delimiters import Closers, Mark, grammar, lex
from proofcheck.document.document import Document
from proofcheck.document.formulas import Dialect, find
from proofcheck.document.plausibility import is_mathematics
from proofcheck.document.source import Source

_MARKS = grammar(r"(?P<blank> (?:\r\n?|\n)[ \t]*(?=[\r\n]) ) | (?P<comment> <!-- )")
_DIALECT = Dialect(is_mathematics, lambda _: False, frozenset({"$$"}))


def read(
    source: Source, boundaries: Iterable[Cut] = (), comments: frozenset[int] | None = None
) -> Document:
    """The formulas of `source` between dollar signs, `\\(…\\)`, `\\[…\\]` or in environments, and
    the `boundaries` that its reader knows of.

    What looks like a comment is one, or only at the offsets in `comments`.
    """
    closers = Closers(source.text)

    def hide(match: re.Match[str]) -> Mark | None:
        if match["blank"]:
            return Mark("blank", match.start(), match.end())
        real = comments is None or match.start() in comments
        end = closers.end("-->", match.end()) if real else None
        return Mark("comment", match.start(), end) if end else None

    marks = lex(source.text, _MARKS, hide)
    formulas, problems = find(source.text, marks, _DIALECT)
    cuts = [block(source, formula) for formula in formulas]
    cuts += [comment(source, mark) for mark in marks.marks if mark.kind == "comment"]
    return assemble(source, [*cuts, *boundaries, *answers(source)], problems)
