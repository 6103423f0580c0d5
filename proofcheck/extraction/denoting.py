"""Definitions in words, without a relation: "denote $X^TW$ by $Y$", "write $Y$ for $X^TW$"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proofcheck.document.tokens import Token
from proofcheck.extraction.symbols import subjects

_THE = r"(?:the\s+(?:(?!of\b|for\b|between\b|to\b)[a-z-]+\s+){1,3})?"
_PATTERNS = (
    # denote by Y the product X^TW
    (re.compile(rf"(?i)\bdenot(?:e|ed|ing)\s+by\s+#\s*{_THE}$"), True),
    # denote the product X^TW by Y
    (re.compile(rf"(?i)\bdenot(?:e|ed|ing)(?:\s+{_THE}|\s+)#\s*by\s*$"), False),
    # write Y for X^TW
    (re.compile(rf"(?i)\b(?:writ(?:e|ing)|us(?:e|ing))\s+#\s*for\s+{_THE}$"), True),
    # write X^TW as Y
    (re.compile(rf"(?i)\b(?:writ(?:e|ing)|abbreviat(?:e|ing))\s+{_THE}#\s*as\s*$"), False),
)
"""The words before and between two formulas, and whether the first one is the name."""
_LONGEST = 80


def denoted(
    before: str, between: str, first: Sequence[Token], second: Sequence[Token]
) -> bool | None:
    """Whether the words say that the first formula is the name of the second, or the reverse.

    None where they say neither, or where what would be the name is no symbol.
    """
    if len(between) > _LONGEST:
        return None
    words = f"{before[-_LONGEST:]}#{between}"
    for pattern, leads in _PATTERNS:
        if pattern.search(words):
            name, value = (first, second) if leads else (second, first)
            fits = _is_name(name) and not _is_name(value) and value[: len(name)] != name
            return leads if fits else None
    return None


def _is_name(tokens: Sequence[Token]) -> bool:
    return len(list(subjects(tokens))) == 1
