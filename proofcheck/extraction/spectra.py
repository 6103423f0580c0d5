"""Which letters a document calls the eigenvalues of a matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proofcheck.extraction.derivation import Spectrum
from proofcheck.extraction.sentences import NAME, Sentence, Text
from proofcheck.extraction.stacks import Tokens, indexed_base

_VERB = r"(?i:is|are|be|being|denotes?|denoting)"
_COUNTED = rf"(?i:(?:the|its|all(?:\s+the)?)\s+)?(?:(?:\w|{NAME})\s+)?(?i:(?:real|complex)\s+)?"
_WHAT = rf"{_COUNTED}(?i:eigenvalues?)"
_OF = r"\s+of\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}?(?:matrix\s+)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # \lambda_i are the eigenvalues of A
        rf"(?P<member>{NAME})\s+{_VERB}\s+{_WHAT}{_OF}(?P<whole>{NAME})",
        # the eigenvalues \lambda_i of A
        rf"{_WHAT}\s+(?P<member>{NAME}){_OF}(?P<whole>{NAME})",
        # the eigenvalues of A be \lambda_1,\ldots,\lambda_n
        rf"{_WHAT}{_OF}(?P<whole>{NAME})\s+(?:{_VERB}|by)\s+(?P<member>{NAME})",
        # A with eigenvalues \lambda_i
        rf"(?P<whole>{NAME})\s+(?i:has|have|with|having)\s+{_WHAT}\s+(?P<member>{NAME})",
        # A be a symmetric matrix with eigenvalues \lambda_i
        (
            rf"(?P<whole>{NAME})\s+{_VERB}\s+(?:an?|the)\s+(?:[^\s.,;]+\s+){{0,4}}"
            rf"matrix\s+(?:with|having)\s+{_WHAT}\s+(?P<member>{NAME})"
        ),
    )
)
_DENIED = re.compile(r"(?i)\b(?:not|no|never|if|when|unless|distinct|nonzero|non-zero)\b")


def spectra(text: Text) -> Iterator[Spectrum]:
    """All that one scope says of eigenvalues, in its order."""
    for sentence in text.sentences():
        if "eigenvalue" not in sentence.text.lower():
            continue
        for pattern in _PATTERNS:
            for match in pattern.finditer(sentence.text):
                if not _DENIED.search(match[0]):
                    yield from _spectrum(match, sentence)


def _spectrum(match: re.Match[str], sentence: Sentence) -> Iterator[Spectrum]:
    whole, member = sentence.formula(match["whole"]), sentence.formula(match["member"])
    if whole is None or member is None:
        return
    base = indexed_base(member.tokens)
    if base and len(whole.subjects) == 1:
        yield Spectrum(whole.subjects[0].tokens, base, _last(member.tokens), sentence.scope)


def _last(tokens: Tokens) -> str:
    """The `n` of `\\lambda_1,\\ldots,\\lambda_n`; nothing where no list stands there."""
    texts = [token.text for token in tokens]
    if "," not in texts or texts.count("_") < 2:
        return ""
    behind = [text for text in texts[len(texts) - texts[::-1].index("_") :] if text not in "{}"]
    return behind[0] if len(behind) == 1 else ""
