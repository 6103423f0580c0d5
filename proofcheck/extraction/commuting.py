"""What a sentence says of matrices that commute, in words or by `AB = BA`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.extraction.sentences import NAME, Sentence
from proofcheck.extraction.symbols import Subject, commutes

_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
_LIST = rf"(?P<list>{NAME}(?:{_AND}{NAME}){{0,7}})"
_NOUN = r"(?:[a-z-]+\s+){0,2}(?:matrices|operators)"
_WHICH = rf"(?:(?:be|are)\s+(?:two\s+)?{_NOUN}\s+(?:which|that)\s+)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_LIST}\s+{_WHICH}(?:pairwise\s+|mutually\s+)?(?:commute|are\s+commuting)\b(?!\s+with)",
        rf"{_LIST}\s+commutes?\s+with\s+(?P<other>{NAME})",
        rf"commuting\s+{_NOUN}\s+{_LIST}",
    )
)
_POSED = re.compile(
    r"(?i)\b(?:suppose|assum\w+|such\s+that|so\s+that|with|where|since|because|as|let|satisfy\w*|"
    rf"satisfies|obey\w*|commut(?:e|es|ing)\b[,:(]?)\s*(?:that\s+|i\.e\.,?\s+|that\s+is,?\s+)?"
    rf"(?P<list>{NAME})"
)
_NEGATION = re.compile(r"(?i)\b(?:not|no|never|need|if|when|unless|whether|don't|doesn't|cannot)\b")
_EACH = re.compile(NAME)


def commuting(sentence: Sentence) -> Iterator[tuple[Sequence[Subject], Span]]:
    """Groups of symbols of which a sentence says that they commute, each with its place."""
    for pattern in (*_PATTERNS, _POSED):
        for match in pattern.finditer(sentence.text):
            if _NEGATION.search(sentence.text[: match.end()]):
                continue
            marks = _EACH.findall(match["list"] + (match.groupdict().get("other") or ""))
            formulas = [formula for mark in marks if (formula := sentence.formula(mark))]
            if pattern is _POSED:
                found = [Subject(name) for f in formulas for name in commutes(f.tokens)]
            else:
                found = [subject for f in formulas for subject in f.subjects]
            if len(found) > 1:
                yield found, formulas[0].span
