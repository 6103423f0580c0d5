"""The relation symbols and what they claim."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Relation, RelationKind

_KINDS: dict[str, RelationKind] = {
    text: kind
    for kind, texts in {
        RelationKind.EQUAL: r"= \equiv",
        RelationKind.DEFINE: r"\triangleq \doteq \coloneqq \eqqcolon \defeq \overset{def}{=} ≔",
        RelationKind.UNEQUAL: r"\ne \neq ≠",
        RelationKind.LESS: r"< \lt \le \leq \leqslant \ll ≤",
        RelationKind.GREATER: r"> \gt \ge \geq \geqslant \gg ≥",
        RelationKind.APPROXIMATE: r"\approx \simeq \cong \sim ≈",
        RelationKind.PROPORTIONAL: r"\propto",
        RelationKind.MEMBER: r"\in ∈",
        RelationKind.MAP: r"\to \mapsto \rightarrow \longrightarrow →",
    }.items()
    for text in texts.split()
}
_ANNOTATED = frozenset((r"\overset", r"\stackrel", r"\underset"))
ARROWS = frozenset(
    r"\implies \iff \Rightarrow \Leftrightarrow \Longrightarrow \Longleftrightarrow \Leftarrow ⇒ ⇔"
    r" \impliedby \therefore \because \leadsto".split()
)


def relation_at(tokens: Sequence[Token], index: int) -> tuple[Relation, int] | None:
    """The relation that starts at an index, and the index behind it."""
    token = tokens[index]
    if token.text == ":" and _follows(tokens, index, "="):
        return _made(RelationKind.DEFINE, tokens, index, index + 2)
    if token.text == "=" and _follows(tokens, index, ":") and not _colon_product(tokens, index):
        return _made(RelationKind.DEFINE, tokens, index, index + 2)
    if token.text == r"\not" and index + 1 < len(tokens) and tokens[index + 1].text == "=":
        return _made(RelationKind.UNEQUAL, tokens, index, index + 2)
    if token.text in _ANNOTATED:
        return _annotated(tokens, index)
    if token.text in _KINDS and token.kind is not TokenKind.TEXT:
        return _made(_KINDS[token.text], tokens, index, index + 1)
    return None


def _follows(tokens: Sequence[Token], index: int, text: str) -> bool:
    if index + 1 >= len(tokens) or tokens[index + 1].text != text:
        return False
    return tokens[index].span.end == tokens[index + 1].span.start


def _colon_product(tokens: Sequence[Token], index: int) -> bool:
    return index + 2 >= len(tokens)


def _made(
    kind: RelationKind, tokens: Sequence[Token], start: int, end: int
) -> tuple[Relation, int]:
    span = tokens[start].span.to(tokens[end - 1].span)
    text = "".join(token.text for token in tokens[start:end])
    return Relation(kind, text, span), end


def _annotated(tokens: Sequence[Token], index: int) -> tuple[Relation, int] | None:
    """`\\overset{(a)}{=}`, `\\stackrel{def}{=}`, `\\overset{!}=`."""
    first_end = after_group(tokens, index + 1)
    second_end = after_group(tokens, first_end)
    over = tokens[index + 1 : first_end]
    base = [t for t in tokens[first_end:second_end] if t.text not in "{}"]
    if tokens[index].text == r"\underset":
        base = [t for t in tokens[first_end:second_end] if t.text not in "{}"]
    found = relation_at(base, 0) if base else None
    if found is None:
        return None
    words = "".join(token.text for token in over)
    kind = RelationKind.DEFINE if "def" in words or "△" in words else found[0].kind
    return _made(kind, tokens, index, second_end)


def after_group(tokens: Sequence[Token], start: int) -> int:
    """The index behind the group, or the single token, that starts at an index."""
    if start >= len(tokens) or tokens[start].kind is not TokenKind.OPEN:
        return min(start + 1, len(tokens))
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].kind is TokenKind.OPEN) - (tokens[index].kind is TokenKind.CLOSE)
        if depth == 0:
            return index + 1
    return len(tokens)


def span_of(tokens: Sequence[Token]) -> Span:
    """The span from the first to the last token."""
    return tokens[0].span.to(tokens[-1].span)
