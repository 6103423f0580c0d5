r"""A differential whose `d` has a font of its own: `\mathbf{d}X`, `\mathbb d X`, `{\bf d}X`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind

FONTS = frozenset(
    r"\mathbf \boldsymbol \bm \pmb \bf \mathbold \mathbb \mathds \mathsf \mathit \mathop \sf \it"
    .split()
)  # fmt: skip


def set_apart(words: Sequence[Token], index: int) -> tuple[str, int]:
    r"""The font of the `d` at an index, and the index behind it: of `\mathbf d`, `\mathbf{d}` or
    `{\bf d}`; or nothing."""
    texts = [word.text for word in words[index : index + 4]]
    kinds = [word.kind for word in words[index : index + 4]]
    if texts[:1] and texts[0] in FONTS and texts[1:2] == ["d"]:
        return texts[0], index + 2
    braced = len(kinds) == 4 and kinds[3] is TokenKind.CLOSE
    if braced and texts[0] in FONTS and kinds[1] is TokenKind.OPEN and texts[2] == "d":
        return texts[0], index + 4
    if braced and kinds[0] is TokenKind.OPEN and texts[1] in FONTS and texts[2] == "d":
        return texts[1], index + 4
    return "", index


def with_upright(words: Sequence[Token], fonts: frozenset[str]) -> list[Token]:
    r"""The lexemes with `\mathrm d` for every `d` in one of some fonts."""
    return list(_upright(words, fonts)) if fonts else list(words)


def _upright(words: Sequence[Token], fonts: frozenset[str]) -> Iterator[Token]:
    index = 0
    while index < len(words):
        font, behind = set_apart(words, index)
        if font in fonts:
            span = words[index].span.to(words[behind - 1].span)
            yield Token(TokenKind.COMMAND, r"\mathrm", span)
            yield Token(TokenKind.LETTER, "d", span)
            index = behind
        else:
            yield words[index]
            index += 1
