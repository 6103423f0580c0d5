"""What the words around formulas say of symbols: kinds, sizes, properties.

The prose of a scope is read as one text in which every inline formula is a mark; the patterns of
this file, all in one table, are matched against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Declaration
from proofcheck.extraction.relations import after_group


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of prose."""

    text: str
    span: Span
    scope: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula between the words."""

    tokens: tuple[Token, ...]
    span: Span
    scope: int


_PROPERTIES = {
    "symmetric": "symmetric", "skew-symmetric": "skew-symmetric", "antisymmetric": "skew-symmetric",
    "positive definite": "positive definite", "positive-definite": "positive definite",
    "pd": "positive definite", "spd": "positive definite",
    "positive semidefinite": "positive semidefinite", "psd": "positive semidefinite",
    "positive semi-definite": "positive semidefinite", "diagonal": "diagonal",
    "orthogonal": "orthogonal", "orthonormal": "orthonormal", "unitary": "unitary",
    "hermitian": "hermitian", "invertible": "invertible", "nonsingular": "invertible",
    "non-singular": "invertible", "idempotent": "idempotent", "square": "square",
    "positive": "positive", "unit": "unit", "one-hot": "one-hot", "onehot": "one-hot",
}  # fmt: skip
_KINDS = {
    "matrix": "matrix", "matrices": "matrix", "vector": "vector", "vectors": "vector",
    "scalar": "scalar", "scalars": "scalar", "number": "scalar", "constant": "",
}  # fmt: skip
_WORD = "(?:" + "|".join(sorted(map(re.escape, _PROPERTIES), key=len, reverse=True)) + ")"
_ADJECTIVES = rf"(?P<adjectives>(?:(?:{_WORD}|real|column|random|given|fixed|and|,)\s+)*)"
_KIND = rf"(?P<kind>{'|'.join(_KINDS)})"
_VERB = r"(?:is|are|be|being|denotes?|may be)"
_ARTICLE = r"(?:an?\s+|the\s+|both\s+|any\s+)?"
_SYMBOL = r"⟦(\d+)⟧"
_LIST = rf"(?P<list>{_SYMBOL}(?:\s*(?:,|and|, and)\s*{_SYMBOL})*)"
_SIZE = rf"(?:(?P<size>{_SYMBOL}|\w+\s*(?:x|×|\*|by)\s*\w+)(?:-dimensional)?\s+)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_SIZE}{_ADJECTIVES}{_KIND}\s+{_LIST}",
        rf"{_LIST}\s*{_VERB}\s+{_ARTICLE}{_SIZE}{_ADJECTIVES}{_KIND}\b",
        rf"{_LIST}\s*,?\s*an?\s+{_SIZE}{_ADJECTIVES}{_KIND}\b",
        rf"{_LIST}\s*{_VERB}\s+{_ARTICLE}{_SIZE}(?P<adjectives>(?:(?:{_WORD}|and|,|real)\s*)+)",
        rf"{_LIST}\s+(?P<adjectives>{_WORD})(?:\s+(?:and|or)\s+\w+)?\s*(?=[,.;)]|⟦|with|where|$)",
        rf"(?:with|where|for|assuming|let)\s+{_LIST}\s+(?P<adjectives>{_WORD}(?:\s+and\s+(?:{_WORD}))?)\b",
        rf"{_LIST}\s*(?:is|are|:|of size)\s+(?P<size>{_SYMBOL}|\w+\s*(?:x|×|\*|by)\s*\w+)",
    )
)
_PLAIN_PROPERTY = re.compile(
    rf"(?<![\w$])([A-Z])\s+(?:is\s+|are\s+)?(?P<adjectives>{_WORD})\b(?!\s+(?:form|matrices))"
)
_PLAIN_SIZE = re.compile(r"\b([A-Za-z])\s*(?:is|:)\s*(\w+)\s*(?:x|×|\*|by)\s*(\w+)\b")
_MEMBER = (r"\in", "∈")
_MAPS = (r"\to", r"\rightarrow", "→")
_REALS = frozenset(
    (r"\mathbb", r"\mathbf", r"\R", r"\RR", r"\Re", "ℝ", "ℂ", r"\C", "R", "C", r"\mathrm")
)


def declarations(parts: Sequence[Clause | Formula]) -> Iterator[Declaration]:
    """All that is said of symbols, in no particular order."""
    for scope in sorted({part.scope for part in parts}):
        inside = [part for part in parts if part.scope == scope]
        for part in inside:
            if isinstance(part, Formula):
                yield from _memberships(part)
        yield from _phrases(inside, scope)


def _phrases(parts: Sequence[Clause | Formula], scope: int) -> Iterator[Declaration]:
    formulas = [part for part in parts if isinstance(part, Formula)]
    marks = iter(range(len(formulas)))
    text = "".join(part.text if isinstance(part, Clause) else f"⟦{next(marks)}⟧" for part in parts)
    text = re.sub(r"\s+", " ", text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield from _declared(match, formulas, scope)
    for match in _PLAIN_PROPERTY.finditer(text):
        properties = (_PROPERTIES[match["adjectives"].lower()],)
        span = formulas[0].span if formulas else Span(0, 0)
        yield Declaration(_letter(match[1], span), "", (), (), properties, span, scope)
    for match in _PLAIN_SIZE.finditer(text):
        span = formulas[0].span if formulas else Span(0, 0)
        yield Declaration(
            _letter(match[1], span),
            "",
            _letter(match[2], span),
            _letter(match[3], span),
            (),
            span,
            scope,
        )


def _letter(text: str, span: Span) -> tuple[Token, ...]:
    return tuple(Token(TokenKind.DIGIT if c.isdigit() else TokenKind.LETTER, c, span) for c in text)


def _declared(match: re.Match[str], formulas: list[Formula], scope: int) -> Iterator[Declaration]:
    groups = match.groupdict()
    kind = _KINDS.get((groups.get("kind") or "").lower(), "")
    adjectives = (groups.get("adjectives") or "").lower()
    properties = tuple(dict.fromkeys(_PROPERTIES[word] for word in re.findall(_WORD, adjectives)))
    size = groups.get("size") or ""
    rows, columns = _sizes(size, formulas)
    for number in re.findall(_SYMBOL, groups["list"]):
        formula = formulas[int(number)]
        for subject in _subjects(formula.tokens):
            name, own = _without_size(subject)
            sizes = own if own[0] else (rows, columns)
            yield Declaration(name, kind, *sizes, properties, formula.span, scope)


def _sizes(size: str, formulas: list[Formula]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    mark = re.match(_SYMBOL, size)
    if mark:
        return _times(formulas[int(mark[1])].tokens)
    found = re.match(r"(\w+)\s*(?:x|×|\*|by)\s*(\w+)", size)
    if found is None:
        return (), ()
    span = Span(0, 0)
    return _letter(found[1], span), _letter(found[2], span)


def _times(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    for index, token in enumerate(tokens):
        if token.text in (r"\times", "×", r"\cdot", "x"):
            return tuple(tokens[:index]), tuple(tokens[index + 1 :])
    return (), ()


def _subjects(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The names in a formula that is a name or a list of names."""
    for part in _comma_parts(tokens):
        plain = tuple(token for token in part if token.text not in (r"\,", r"\;", r"\ ", r"\:"))
        if 0 < len(plain) <= 12 and not any(token.text in "=+-/<>" for token in plain):
            yield plain


def _without_size(
    subject: tuple[Token, ...],
) -> tuple[tuple[Token, ...], tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """A name and the size that its subscript gives: `X_{m\\times n}`."""
    for index, token in enumerate(subject):
        if token.text == "_":
            inside = [t for t in subject[index + 1 :] if t.text not in "{}"]
            sizes = _times(inside)
            return (subject[:index], sizes) if sizes[0] else (subject, ((), ()))
    return subject, ((), ())


def _comma_parts(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth == 0 and token.text in (",", r"\quad", r"\qquad"):
            parts.append([])
        elif token.text not in ("(", ")"):
            parts[-1].append(token)
    return [part for part in parts if part]


def _memberships(formula: Formula) -> Iterator[Declaration]:
    """`A\\in\\mathbb{R}^{m\\times n}`, `f:\\mathbb{R}^n\\to\\mathbb{R}`."""
    tokens = formula.tokens
    texts = [token.text for token in tokens]
    if any(arrow in texts for arrow in _MAPS) and ":" in texts:
        yield from _function(formula, texts)
        return
    for index, text in enumerate(texts):
        if text in _MEMBER:
            sizes = _space(tokens[index + 1 :])
            if sizes is None:
                continue
            kind = "matrix" if sizes[1] else "vector" if sizes[0] else "scalar"
            start = _subject_start(texts, index)
            for subject in _subjects(tokens[start:index]):
                yield Declaration(subject, kind, *sizes, (), formula.span, formula.scope)


def _subject_start(texts: list[str], index: int) -> int:
    for at in range(index - 1, -1, -1):
        if texts[at] in (r"\forall", r"\quad", r"\qquad", ";", r"\\", r"\text"):
            return at + 1
    return 0


def _function(formula: Formula, texts: list[str]) -> Iterator[Declaration]:
    colon = texts.index(":")
    arrow = next(index for index, text in enumerate(texts) if text in _MAPS)
    sizes = _space(formula.tokens[arrow + 1 :])
    if sizes is not None:
        for subject in _subjects(formula.tokens[:colon]):
            yield Declaration(subject, "function", *sizes, (), formula.span, formula.scope)


def _space(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """The sizes of `\\mathbb{R}^{m\\times n}`: rows and columns, both empty for `\\mathbb{R}`."""
    index = 0
    if not tokens or tokens[0].text not in _REALS:
        return None
    if tokens[0].text in (r"\mathbb", r"\mathbf", r"\mathrm"):
        index = after_group(tokens, 1)
        letter = [t.text for t in tokens[1:index] if t.text not in "{}"]
        if letter not in (["R"], ["C"], ["Z"], ["N"]):
            return None
    else:
        index = 1
    if index >= len(tokens) or tokens[index].text != "^":
        return (), ()
    end = after_group(tokens, index + 1)
    inside = [token for token in tokens[index + 1 : end] if token.text not in "{}"]
    rows, columns = _times(inside)
    return (rows, columns) if rows else (tuple(inside), ())
