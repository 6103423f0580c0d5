r"""What the words say of the mean and the variance of random variables: "with mean $\mu$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Distributed
from proofcheck.extraction.independence import about
from proofcheck.extraction.sentences import NAME, OTHER, SIZE, Formula, Sentence, Text

Tokens = tuple[Token, ...]
_MARK = f"(?:{NAME}|{SIZE}|{OTHER})"
_BE = r"(?:\s+(?:vector|matrix|of|is|equal\s+to|given\s+by))*\s+"
_MEAN = (
    rf"(?P<zero>(?:zero|vanishing)(?:\s+|-)means?|means?\s+zero)\b"
    rf"|\b(?:means?|expectations?|expected\s+values?)\b{_BE}(?P<mean>{_MARK})"
)
_VARIANCE = (
    rf"\b(?P<unit>unit|identity)\s+(?:co)?variances?\b"
    rf"|\b(?:variances?|(?:variance-)?covariances?)\b(?:\s+matri(?:x|ces))?{_BE}(?P<spread>{_MARK})"
)
_EITHER = re.compile(f"{_MEAN}|{_VARIANCE}", re.IGNORECASE)
_BETWEEN = re.compile(
    r"[\w\s,.'()-]*\b(?:with|has|have|having|of|is|are|be|a|and|the|common|finite|same|known|"
    r"unknown)\s+"
)
_LONGEST = 90
_ONE_BEHIND = re.compile(
    rf"\s+(?:(?:random|noise|error|normal|gaussian)\s+)*(?:variables?|vectors?|noise|errors?)\s+(?P<one>{_MARK})",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|unless|if|whether|without|estimat\w+|sample\s+mean|conditional\w*|posterior|prior|"
    r"compute\w*|find|calculate\w*)\b"
)


def distributed(text: Text) -> Iterator[Distributed]:
    """The means and variances that sentences give the symbols before these words, or behind."""
    by_start = {formula.span.start: formula for formula in text.formulas}
    for sentence in text.sentences():
        if not _EITHER.search(sentence.text) or _DENIED.search(sentence.text.lower()):
            continue
        yield from _said(sentence, by_start, text.scope)


def _said(sentence: Sentence, by_start: dict[int, Formula], scope: int) -> Iterator[Distributed]:
    found = list(_EITHER.finditer(sentence.text))
    mean = next((m for m in found if m["zero"] or m["mean"]), None)
    spread = next((m for m in found if m["unit"] or m["spread"]), None)
    subject = _subject(sentence, found[0], by_start)
    if subject is None or len(found) > 2 or (len(found) == 2 and (mean is None or spread is None)):
        return
    span = sentence.span(found[0].start())
    value = _value(sentence, mean, "mean", by_start) if mean is not None else ()
    square = _value(sentence, spread, "spread", by_start) if spread is not None else ()
    for each in about(subject.tokens) if value or square else ():
        yield Distributed(each.tokens, value, square, span, scope)


def _value(
    sentence: Sentence, match: re.Match[str], group: str, by_start: dict[int, Formula]
) -> Tokens:
    """The tokens of a mean or a variance; that it is zero or one is said by the digit."""
    if not match[group]:
        digit = "0" if match["zero"] else "1"
        return (Token(TokenKind.DIGIT, digit, sentence.span(match.start())),)
    formula = _formula(sentence, match.start(group), by_start)
    return _plain(formula.tokens) if formula is not None else ()


def _subject(
    sentence: Sentence, first: re.Match[str], by_start: dict[int, Formula]
) -> Formula | None:
    """The formula that the words are about: the last one before them, or one right behind."""
    behind = _ONE_BEHIND.match(sentence.text, first.end()) if first["zero"] else None
    if behind is not None:
        return _formula(sentence, behind.start("one"), by_start)
    marks = list(re.finditer(_MARK, sentence.text[: first.start()]))
    if not marks:
        return None
    between = sentence.text[marks[-1].end() : first.start()]
    if len(between) > _LONGEST or not _BETWEEN.fullmatch(between):
        return None
    return _formula(sentence, marks[-1].start(), by_start)


def _formula(sentence: Sentence, index: int, by_start: dict[int, Formula]) -> Formula | None:
    mark = sentence.text[index]
    found = sentence.formula(mark) if mark != OTHER else None
    return found or by_start.get(sentence.span(index).start)


def _plain(tokens: Sequence[Token]) -> Tokens:
    """The tokens of a value without the sign that ends its sentence; nothing for an equation."""
    kept = [token for token in tokens if token.text not in (".", ",", ";")]
    return () if any(token.text in ("=", r"\sim", "<", ">") for token in kept) else tuple(kept)
