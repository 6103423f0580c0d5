"""What a document says of the rows and columns of a matrix: "where $x_i^T$ are the rows of $X$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Stack
from proofcheck.extraction.phrases import said_in
from proofcheck.extraction.sentences import NAME, Sentence, Text

Tokens = tuple[Token, ...]

_VERB = r"(?i:is|are|be|being|denotes?|denoting|as)"
_NTH = rf"(?:(?:{NAME}|\w)\s*-?\s*th\s+)?"
_WHAT = rf"(?i:the\s+|its\s+)?{_NTH}(?P<what>(?i:rows?|columns?))"
_OF = r"\s+of\s+(?:the\s+)?(?:[a-z]+\s+)?(?:matrix\s+)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # x_i^T are the rows of X
        rf"(?P<member>{NAME})\s+{_VERB}\s+{_WHAT}{_OF}(?P<whole>{NAME})",
        # the i-th column x_i of X
        rf"{_WHAT}\s+(?P<member>{NAME}){_OF}(?P<whole>{NAME})",
        # the rows of X be x_i^T
        rf"{_WHAT}{_OF}(?P<whole>{NAME})\s+(?:{_VERB}|by)\s+(?P<member>{NAME})",
        # X with columns x_i
        rf"(?P<whole>{NAME})\s+(?i:has|have|with|having)\s+{_WHAT}\s+(?P<member>{NAME})",
        # X be the matrix whose rows are x_i^T
        (
            rf"(?P<whole>{NAME})\s+{_VERB}\s+(?:an?|the)\s+(?:[a-z]+\s+){{0,2}}matrix\s+"
            rf"(?:whose|with(?:\s+the)?)\s+{_WHAT}\s+(?:{_VERB}\s+)?(?P<member>{NAME})"
        ),
    )
)
_BASIS = re.compile(r"(?i)\b(?:basis|bases)\b")
_WHOLE = re.compile(r"(?i)\beigenvectors\b")
_NEGATION = re.compile(r"(?i)\b(?:not|no|never|if|when|unless)\b")


def stacks(text: Text) -> Iterator[Stack]:
    """All that one scope says of rows and columns, in its order."""
    for sentence in text.sentences():
        for pattern in _PATTERNS:
            for match in pattern.finditer(sentence.text):
                if not _NEGATION.search(match[0]):
                    yield from _stack(match, sentence)
        yield from (stack for stack, _ in orthonormal(sentence))


def orthonormal(sentence: Sentence) -> Iterator[tuple[Stack, tuple[str, ...]]]:
    """The families of orthonormal vectors of a sentence as the columns of a matrix that has no name
    in the text, with what is known of it.

    There are as many as dimensions in a basis alone. Eigenvectors are taken for one; but nothing is
    said against what might be of fewer, or of more.
    """
    for said in said_in(sentence):
        if said.kind == "vector" and "orthonormal" in said.properties:
            basis, whole = _BASIS.search(sentence.text), _WHOLE.search(sentence.text)
            square = "orthogonal" if basis or whole else "orthonormal columns"
            words = (square,) if basis else (square, "constrained")
            for base in {base for s in said.subjects if (base := indexed_base(s.tokens))}:
                yield Stack(_columns(base), base, False, sentence.scope), words


def _columns(base: Tokens) -> Tokens:
    """A name for the matrix of a family."""
    span = base[0].span
    return *base, Token(TokenKind.SYMBOL, "_", span), Token(TokenKind.COMMAND, r"\#", span)


def _stack(match: re.Match[str], sentence: Sentence) -> Iterator[Stack]:
    whole, member = sentence.formula(match["whole"]), sentence.formula(match["member"])
    if whole is None or member is None:
        return
    base = indexed_base(member.tokens)
    if base and len(whole.subjects) == 1:
        rows = match["what"].lower().startswith("row")
        yield Stack(whole.subjects[0].tokens, base, rows, sentence.scope)


def indexed_base(tokens: Sequence[Token]) -> Tokens:
    """The `x` of `x_i`, `x_i^T` and `x_1,\\\\ldots,x_n`; nothing for anything else."""
    depth = 0
    for index, token in enumerate(tokens):
        if token.text == "_" and depth == 0:
            return tuple(tokens[:index])
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        simple = token.kind in (TokenKind.LETTER, TokenKind.OPEN, TokenKind.CLOSE)
        if not simple and token.kind is not TokenKind.COMMAND:
            return ()
    return ()
