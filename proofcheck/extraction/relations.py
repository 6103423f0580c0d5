"""The symbols that relate two sides, in all the ways authors write them."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.arrows import ARROWS, relates
from proofcheck.document.source import Source, Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Relation, RelationKind
from proofcheck.extraction.spacing import SPACES

_SPELLINGS: dict[RelationKind, str] = {
    RelationKind.EQUAL: r"= == \equiv ≡ \xlongequal \eq \equal ＝",
    RelationKind.DEFINE: (
        r":= ::= =: \triangleq \doteq \doteqdot \coloneqq \coloneq \colonequals \equalscolon "
        r"\Coloneqq \eqqcolon \defeq \eqdef ≔ ≜ ≝ ≐ ≕"
    ),
    RelationKind.ASKED: r"≟ \questeq",
    RelationKind.UNEQUAL: r"\ne \neq ≠",
    RelationKind.LESS: r"< \lt \lneq \lneqq",
    RelationKind.LESS_EQUAL: r"<= =< \le \leq \leqslant \leqq ≤ ≦ ⩽",
    RelationKind.GREATER: r"> \gt \gneq \gneqq",
    RelationKind.GREATER_EQUAL: r">= \ge \geq \geqslant \geqq ≥ ≧ ⩾",
    RelationKind.MAGNITUDE: r"\ll \gg \lesssim \gtrsim ≪ ≫ \preccurlyeq \succcurlyeq",
    RelationKind.APPROXIMATE: (
        r"\approx \sim \simeq \cong \approxeq \thickapprox \thicksim \asymp \lessapprox \backsim "
        r"≈ ∼ ≃ ≅"
    ),
    RelationKind.PROPORTIONAL: r"\propto \varpropto ∝",
    RelationKind.MEMBER: (
        r"\in \ni \notin \subset \subseteq \supset \supseteq \subsetneq \supsetneq \perp \parallel "
        r"\succ \succeq \prec \preceq \models \vdash \sqsubseteq ∈ ∉ ∋ ⊂ ⊆ ⊃ ⊇ ⪰ ⪯ ≻ ≺ ⊥"
    ),
    RelationKind.MAP: (
        r"\to \mapsto \rightarrow \longrightarrow \longmapsto \leftarrow \longleftarrow \gets -> "
        r"\hookrightarrow \xrightarrow \xleftarrow \rightsquigarrow \leadsto → ↦ ← ⟶"
    ),
}
KINDS = {spelling: kind for kind, line in _SPELLINGS.items() for spelling in line.split()}
"""What a relation claims, by its spelling without spaces."""

IMPLICATIONS = frozenset(
    (
        r"\implies \impliedby \iff \Rightarrow \Leftarrow \Leftrightarrow \Longrightarrow \land "
        r"\Longleftarrow \Longleftrightarrow \leftrightarrow \longleftrightarrow \therefore "
        r"\because ⇒ ⇐ ⇔ ⟹ ⟸ ⟺ ∴ ∵ => <=>"
    ).split()
)
"""What stands between two equations one of which follows from the other."""

CONCLUSIONS = IMPLICATIONS - frozenset(
    (r"\impliedby \Leftarrow \Longleftarrow \because \land ⇐ ⟸ ∵").split()
)
"""Those after which stands what follows."""

STACKED = frozenset(r"\overset \underset \stackrel \stackbin \buildrel \overunderset".split())
"""Commands that put an annotation on a relation: `\\overset{(a)}{=}`."""

_LONG = frozenset(key for key in (*KINDS, *IMPLICATIONS) if len(key) > 1 and key[0] != "\\")
_FIRST = frozenset(key[0] for key in _LONG)
STARTERS = frozenset((*KINDS, *STACKED, r"\not", r"\vcentcolon", r"\colon"))
"""Texts of the tokens with which a relation may begin."""
_CHECKED = frozenset(RelationKind) - {RelationKind.MEMBER, RelationKind.MAP}
_DEFINING = ("def", "Delta", "triangle", "let", "△", "∆", "Δ")
_MOST_ANNOTATION = 200
_MOST_STACKED = 3

Found = tuple[RelationKind | None, int]
"""The kind of a relation, None for an implication, and the index after its last token."""


def claims(relation: Relation) -> bool:
    """Whether a relation between two sides makes a step; `\\in` and `\\to` declare instead."""
    return relation.kind in _CHECKED


def relation_at(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> Found | None:
    """The relation or implication that begins at a token, if one does."""
    text = tokens[index].text
    if text in STACKED:
        return _stacked(tokens, index, partners)
    if text == r"\not":
        return _negated(tokens, index)
    if text in ARROWS and not relates(tokens, index):
        return None
    found = _long(tokens, index, text) if text in _FIRST or text in _COLONS else None
    if found is None and text in KINDS:
        found = KINDS[text], index + 1
    elif found is None and text in IMPLICATIONS:
        return None, index + 1
    return (found[0], _after_annotation(tokens, found[1], partners)) if found else None


def in_prose(source: Source, span: Span) -> Relation | None:
    """The relation that stands alone in the words between two formulas."""
    text = source.slice(span)
    kind = KINDS.get(text.strip())
    if kind is None or kind in (RelationKind.MEMBER, RelationKind.MAP):
        return None
    start = span.start + len(text) - len(text.lstrip())
    return Relation(kind, text.strip(), Span(start, start + len(text.strip())))


_COLONS = {r"\colon": ":", r"\vcentcolon": ":"}


def _long(tokens: Sequence[Token], index: int, text: str) -> Found | None:
    """A relation of two or three characters; `: =` may have a space in it, no other may."""
    spelled = _COLONS.get(text, text)
    stop = index + 1
    best: Found | None = None
    while stop < len(tokens) and len(spelled) < 3:
        token = tokens[stop]
        if spelled == ":" and token.text in SPACES:
            stop += 1
            continue
        if spelled != ":" and token.span.start != tokens[stop - 1].span.end:
            break
        spelled += token.text
        stop += 1
        if spelled in _LONG:
            best = KINDS.get(spelled), stop
    return best


def _negated(tokens: Sequence[Token], index: int) -> Found | None:
    r"""`\not=`, `\not\in`."""
    kind = KINDS.get(tokens[index + 1].text) if index + 1 < len(tokens) else None
    if kind is None:
        return None
    equal = kind in (RelationKind.EQUAL, RelationKind.APPROXIMATE)
    return RelationKind.UNEQUAL if equal else RelationKind.MEMBER, index + 2


def _stacked(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> Found | None:
    r"""`\overset{…}{=}`, `\stackrel{…}=` or `\buildrel … \over =`; None if no relation is in it."""
    start, stop = _stack(tokens, index, partners)
    inside = tokens[index : min(stop, index + _MOST_ANNOTATION)]
    base = tokens[start : min(stop, start + _MOST_ANNOTATION)]
    kinds = [KINDS[token.text] for token in base if token.text in KINDS]
    if not kinds and _says_define(base):
        kinds = [KINDS[token.text] for token in inside if token.text in KINDS]
    if not kinds:
        implied = any(token.text in IMPLICATIONS for token in base)
        return (None, stop) if implied else None
    kind = kinds[-1]
    if kind is RelationKind.EQUAL and _says_define(inside):
        kind = RelationKind.DEFINE
    if kind is RelationKind.EQUAL and any(token.text in ("!", "?") for token in inside):
        kind = RelationKind.ASKED
    return kind, _after_annotation(tokens, stop, partners)


def _stack(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> tuple[int, int]:
    """The indices at which the last argument of a stacking command begins and ends; that may be a
    stack as well."""
    if tokens[index].text == r"\buildrel":
        return _built(tokens, index, partners)
    start = index
    for _ in range(_MOST_STACKED):
        start = _after_argument(tokens, start + 1, partners)
        if start >= len(tokens) or tokens[start].text not in STACKED:
            break
    return start, _after_argument(tokens, start, partners)


def _built(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> tuple[int, int]:
    r"""The indices of what stands behind the `\over` of `\buildrel … \over =`."""
    stop = index + 1
    while stop < min(index + _MOST_ANNOTATION, len(tokens)):
        if tokens[stop].text == r"\over":
            return stop + 1, _after_argument(tokens, stop + 1, partners)
        stop = _after_argument(tokens, stop, partners)
    return index, index + 1


def _after_argument(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> int:
    """The index after the group or token at `index`."""
    if index >= len(tokens):
        return index
    return max(partners[index], index) + 1 if tokens[index].kind is TokenKind.OPEN else index + 1


def _after_annotation(tokens: Sequence[Token], index: int, partners: Sequence[int]) -> int:
    """The index after the scripts of a relation, `=_{(a)}`."""
    while index < len(tokens) and tokens[index].text in ("^", "_"):
        index = _after_argument(tokens, index + 1, partners)
    return index


def _says_define(inside: Sequence[Token]) -> bool:
    """Whether an annotation reads `def` or is a triangle."""
    words = "".join(token.text for token in inside)
    return any(word in words for word in _DEFINING)
