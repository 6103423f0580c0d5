"""Words that set an expression to zero: "setting the gradient to zero", "which vanishes at"."""

from __future__ import annotations

import re
from itertools import pairwise

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.builder import Chain
from proofcheck.extraction.derivation import Relation, RelationKind, Side

FORMULA = " ¤ "
"""What stands for a formula in the words of a sentence."""
_TO_ZERO = re.compile(
    r"\b(?:set(?:s|ting)?|equat(?:e|es|ing)|put(?:ting)?)\b[^.!?]{0,90}?"
    r"\b(?:to|equals?|equal to)\W{1,3}(?:be\s+)?(?:zero|0|(?:the )?zero vector)\b"
    r"|\bvanish(?:es|ing)?\s+(?:at|for|when|if|where)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|n't|cannot)\b", re.IGNORECASE)
_DERIVATIVES = frozenset((r"\partial", r"\nabla", r"\triangledown", "∂", "∇", "'", r"\prime"))


def sets_to_zero(sentence: str) -> bool:
    """Whether the words since a formula set it, or its last side, to zero."""
    last = re.split(r"[.!?]\s", sentence.strip())[-1]
    return bool(_TO_ZERO.search(last)) and not _NEGATED.search(last)


def is_derivative(chain: Chain) -> bool:
    """Whether a first derivative stands in a chain that has a last side other than zero."""
    ends = (chain.sides[0], chain.sides[-1])
    words = [token.text for side in ends if side is not None for token in side.tokens]
    second = any(a in _DERIVATIVES and b == "^" for a, b in pairwise(words))
    last = chain.sides[-1]
    open_ended = not chain.dangling and last is not None and last.text != "0"
    return open_ended and not second and not _DERIVATIVES.isdisjoint(words)


def set_to_zero(chain: Chain, span: Span) -> None:
    """Adds what the words at a span say of a chain."""
    chain.relations.append(Relation(RelationKind.EQUAL, "=", span))
    chain.sides.append(Side((Token(TokenKind.DIGIT, "0", span),), "0", span))
