"""Lines that announce an answer, a solution or a proof without being headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofcheck.document.assembly import Cut
from proofcheck.document.document import Boundary
from proofcheck.document.source import Source, Span

_KINDS = {
    "answer": "Answer Solution Another Question Alternative Comment Reply",
    "statement": "Theorem Lemma Proposition Corollary Example Exercise Problem Claim",
    "proof": "Proof Derivation",
    "section": "Definition Remark Approach Method",
}
_ANNOUNCING = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_LINE = re.compile(
    r"""
    (?:^|(?<=\r)) [ \t>]* (?: (?P<bold> \*\* | __ ) (?P<title> (?P<word> """
    + "|".join(_ANNOUNCING)
    + r""") s? (?![^\W\d_]) [^*_$\r\n]{0,80} ) (?P=bold)
    | (?<=\n\n) (?P<plain> Theorem | Lemma | Proposition | Corollary | Claim | Proof | Derivation )
    (?P<stop> [.:] ) (?=\s)
    | (?P<count> [0-9]+ [ ] Answers? [ \t0-9]* ) (?= [\r\n] | \Z ) )
    """,
    re.VERBOSE | re.MULTILINE,
)


def answers(source: Source) -> Iterator[Cut]:
    """The boundaries before paragraphs that begin with words such as `**Answer 2.**`, and at the
    line `2 Answers` of a question-and-answer page."""
    for match in _LINE.finditer(source.text):
        if title := match["title"]:
            span = Span(*match.span("bold")).to(Span(*match.span()))
            yield Cut(span, Boundary(_ANNOUNCING[match["word"]], title.strip(" .:"), span))
        elif word := match["plain"]:
            span = Span(*match.span("plain")).to(Span(*match.span("stop")))
            yield Cut(span, Boundary(_ANNOUNCING[word], word, span))
        else:
            span = Span(*match.span("count"))
            yield Cut(span, Boundary("answer", match["count"].strip(), span))
