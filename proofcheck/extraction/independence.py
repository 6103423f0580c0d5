r"""What the words say of independent random variables: "let $X$ and $Y$ be independent"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.relations import KINDS
from proofcheck.extraction.sentences import NAME, OTHER, Formula, Sentence, Text
from proofcheck.extraction.symbols import Subject, subjects

SAID = re.compile(
    r"\bi\.?\s?i\.?\s?d\b|random sample"
    r"|(?<!linearly )(?<!in)(?<!in-)independen(?:t|ce)\b(?! variables?\b| trials?\b)"
)
"""The words for independence, in lower case."""
_DENIED = re.compile(
    r"\b(?:not|nor|neither|cannot|unless|if|whether|whenever|without|need|conditionally)\b"
)
_OF = re.compile(
    rf"({NAME})\W+(?:is|are|be|being)?\W*(?:\w+ly\W+)?independent (?:of|from)\W+({NAME})"
)
_GOES_ON = re.compile(r"\s*(?:be|are|is|all|both|with|where|that|which|,)\b")
_ABOVE = frozenset((r"\overset", r"\stackrel", r"\underset", r"\buildrel"))
_EACH = re.compile(f"{NAME}|{OTHER}")
_AND = re.compile(r"\s*(?:,\s*)?(?:and|&)?\s*")
_LINK = re.compile(
    r"\W*(?:\b(?:be|are|is|being|were|to|all|both|two|a|an|assumed|as|that|which|drawn|mutually|"
    r"pairwise|jointly|statistically|stochastically|random|variables?|vectors?|observations?|errors?|"
    r"samples?|from|for|also|scalar|centred|centered|normal|gaussian)\b\W*)*"
)
_NOUNS = re.compile(
    r"\W*(?:\b(?:and|identically|distributed|random|variables?|vectors?|observations?|errors?|noise|"
    r"samples?|terms?|of|standard|normal|gaussian|scalar|real|copies|scores?|draws?)\b\W*)*"
)


def independent(text: Text) -> Iterator[tuple[Sequence[Subject], Span]]:
    """Groups of symbols that a sentence calls independent of each other, each with its place.

    They stand in the formulas of the sentence, or in the display that it goes on from.
    """
    by_start = {formula.span.start: formula for formula in text.formulas}
    for sentence in text.sentences():
        said = SAID.search(sentence.text.lower())
        if said is None or _DENIED.search(sentence.text.lower()):
            continue
        found = list(_named(sentence, said, by_start, text))
        if found:
            yield found, sentence.span(said.start())


def _named(
    sentence: Sentence, said: re.Match[str], by_start: dict[int, Formula], text: Text
) -> Iterator[Subject]:
    """The symbols of the formulas that the words are about: a list before them, or one behind."""
    for mark in _marks(sentence.text, said):
        formula = sentence.formula(mark[0]) if mark[0] != OTHER else None
        formula = formula or by_start.get(sentence.span(mark.start()).start)
        if formula is not None:
            yield from about(formula.tokens)
    if _GOES_ON.match(sentence.text):
        start = sentence.span(0).start
        index = bisect.bisect_left(text.displays, Span(start, 0)) - 1
        if index >= 0 and (display := by_start.get(text.displays[index].start)):
            yield from about(display.tokens)


def _marks(text: str, said: re.Match[str]) -> list[re.Match[str]]:
    """The marks of the formulas that are called independent."""
    if text.lower().startswith(("independent of", "independent from"), said.start()):
        pair = _OF.search(text)
        return list(_EACH.finditer(text, *pair.span())) if pair else []
    before = list(_EACH.finditer(text[: said.start()]))
    behind = list(_EACH.finditer(text, said.end()))
    if before and _LINK.fullmatch(text, before[-1].end(), said.start()):
        count = _run(text, before[::-1])
        return before[len(before) - count :]
    if behind and _NOUNS.fullmatch(text, said.end(), behind[0].start()):
        return behind[: _run(text, behind)]
    return []


def _run(text: str, marks: Sequence[re.Match[str]]) -> int:
    """How many marks from the first on make up one list."""
    for count, (one, other) in enumerate(pairwise(marks), start=1):
        first, last = sorted((one.span(), other.span()))
        if not _AND.fullmatch(text, first[1], last[0]):
            return count
    return len(marks)


def about(tokens: Sequence[Token]) -> Iterator[Subject]:
    """The symbols that a formula is about: those before its first relation."""
    stop = next(
        (i for i, token in enumerate(tokens) if token.text in KINDS or token.text in _ABOVE),
        len(tokens),
    )
    yield from subjects(tokens[:stop])
