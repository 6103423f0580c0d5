"""Whether what stands between two dollar signs is mathematics, or two prices."""

from __future__ import annotations

import re

from proofcheck.document.source import Span

_LONGEST_INLINE = 20_000
_TEXISH = re.compile(r"[\\^_={}<>]")
_COMMAND_OR_GROUP = re.compile(r"\\[A-Za-z]+|\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;]?\s+[^\W\d_]{2,}")
_THREE_WORDS = re.compile(
    r"(?:[^\W\d_]{2,}[,;:.]?\s+(?:[^\W\d_]\s+)?){2}[^\W\d_]{2,}",
)
_PRICE = re.compile(r"\d[\d.,;:]*\s(?!\s*[-+*/|!])")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t>]*(?:\r|\n)")


def is_mathematics(opener: str, text: str, body: Span) -> bool:
    """Whether `text` between `opener` and its closer, the span `body`, reads as a formula.

    One dollar sign follows the rule of pandoc (nothing blank inside the signs, no digit after
    them), which the formulas people write need not keep if there is a sign of TeX in them.
    """
    inside = text[body.start : min(body.end, body.start + _LONGEST_INLINE)]
    if not inside.strip():
        return opener == "$$"
    if opener == "$":
        following = text[body.end + 1 : body.end + 2]
        return len(inside) < _LONGEST_INLINE and _is_inline(inside, following)
    if opener == "$$":
        return not (_BLANK_LINE.search(inside) and has_prose(inside))
    return bool(_TEXISH.search(inside)) or not _WORD.search(inside)


def has_prose(body: str) -> bool:
    """Whether three plain words stand in a row, outside of commands and their arguments."""
    return bool(_THREE_WORDS.search(_COMMAND_OR_GROUP.sub("\0", body)))


def _is_inline(inside: str, following: str) -> bool:
    """The rule for one dollar sign at each end, given the character after the second."""
    if following.isdigit():
        return False
    tight = not inside[0].isspace() and not inside[-1].isspace()
    phrase = _TWO_WORDS.search(_COMMAND_OR_GROUP.sub("\0", inside))
    if _TEXISH.search(inside):
        return tight or not phrase
    if tight:
        return not phrase and not _PRICE.match(inside)
    return inside.strip()[0].isalpha() and not _WORD.search(inside)
