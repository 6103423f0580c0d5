"""What a document supposes for some of its steps: "if A is symmetric", "for diagonal D"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofcheck.document.source import Span
from proofcheck.extraction.derivation import Supposed
from proofcheck.extraction.phrases import said_in
from proofcheck.extraction.sentences import Text

_MOST_DISPLAYS = 3
_LONGEST = 400
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n[ \t]*(?:\n|[-*+] |\d+[.)] )")
_OTHER_CASE = re.compile(
    r"(?i)(?:[.!?]|^|\n)[\s*_]*(?:but\s+|and\s+)?(?:in\s+general|for|otherwise|without|if|when|now|"
    r"let|suppose|assume|next|finally|unless|consider)\b"
)
_INLINE_BEFORE = re.compile(
    r"(?i)(?:\$[^$]+\$|\\\([^$]+?\\\))\s*,?\s*(?:if|when|whenever|for|provided\s+that)"
    r"(?:\s+[a-z-]+){0,4}\s*\Z"
)
"""A formula of which a case is said right behind it: "$AB = BA$ if ..."."""


def suppositions(text: Text) -> Iterator[Supposed]:
    """What one scope supposes, each for the steps that it is about."""
    for sentence in text.sentences():
        for said in said_in(sentence):
            for subject in said.subjects if said.supposed else ():
                yield Supposed(subject.tokens, said.supposed, reach_of(text, said.span))


def reach_of(text: Text, span: Span) -> Span:
    """How far a case reaches that is supposed at a place: from the display that the sentence goes
    on from to its own end, or to the last display before another case."""
    before = [display for display in text.displays if display.end <= span.start]
    start = span.start
    if before and not _SENTENCE_END.search(_between(text, before[-1].end, span.start)):
        start = before[-1].start
    if inline := _INLINE_BEFORE.search(text.source.text, max(0, start - _LONGEST), start):
        start = inline.start()
    last = span.end
    end = last + _rest(text, last)
    for display in [d for d in text.displays if d.start >= span.end][:_MOST_DISPLAYS]:
        if _OTHER_CASE.search(_between(text, last, display.start)):
            break
        last = display.end
        end = max(end, last)
    return Span(start, end)


def _rest(text: Text, start: int) -> int:
    """How much of the sentence follows an offset."""
    after = text.source.text[start : start + _LONGEST]
    found = _SENTENCE_END.search(after)
    return found.start() if found else len(after) if len(after) < _LONGEST else 0


def _between(text: Text, start: int, stop: int) -> str:
    """The words of the document between two offsets."""
    return text.source.slice(Span(start, stop))
