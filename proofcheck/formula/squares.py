r"""Letters of which only the square is a variable: `\sigma^2` below a derivative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from proofcheck.document.tokens import Token, TokenKind


def with_squares(words: Sequence[Token], letters: frozenset[str]) -> list[Token]:
    r"""The lexemes with one letter, called `\sigma^{2}`, for each square; `\sigma^4` is its square,
    and `\sigma^{-2}` one over it."""
    return list(_joined(words, letters)) if letters else list(words)


def _joined(words: Sequence[Token], letters: frozenset[str]) -> Iterator[Token]:
    index = 0
    while index < len(words):
        word = words[index]
        if word.text == "(" and (bare := _bracketed(words, index, letters)):
            yield bare
            index += 5
            continue
        half, stop = half_of_power(words, index) if word.text in letters else (0, 0)
        if not half:
            yield word
            index += 1
            continue
        span = word.span.to(words[stop - 1].span)
        yield Token(TokenKind.LETTER, f"{word.text}^{{2}}", span)
        if half != 1:
            yield from _power(half, words[index + 1], words[stop - 1])
        index = stop


def _bracketed(words: Sequence[Token], index: int, letters: frozenset[str]) -> Token | None:
    r"""The one letter for the bracket in `\partial(\sigma^2)^2`; none for other brackets."""
    texts = [word.text for word in words[max(0, index - 1) : index + 6]]
    if texts[:2] not in ([r"\partial", "("], ["d", "("]) or texts[3:6] != ["^", "2", ")"]:
        return None
    if texts[2] not in letters:
        return None
    letter = words[index + 1]
    return Token(TokenKind.LETTER, f"{letter.text}^{{2}}", letter.span.to(words[index + 3].span))


def half_of_power(words: Sequence[Token], index: int) -> tuple[int, int]:
    """Half of the even power that a letter is raised to, or 0, and the index behind it."""
    texts = [word.text for word in words[index + 1 : index + 6]]
    if texts[:1] != ["^"]:
        return 0, index
    grouped = texts[1:2] == ["{"]
    stop = texts.index("}") if grouped and "}" in texts else 2
    exponent = "".join(texts[1 + grouped : stop])
    if not exponent.removeprefix("-").isdigit() or int(exponent) % 2:
        return 0, index
    return int(exponent) // 2, index + 1 + stop + grouped


def _power(half: int, sign: Token, last: Token) -> Iterator[Token]:
    """The lexemes of an exponent, in the place of the one that was written."""
    yield sign
    yield Token(TokenKind.OPEN, "{", last.span)
    for character in str(half):
        kind = TokenKind.DIGIT if character.isdigit() else TokenKind.SYMBOL
        yield replace(last, kind=kind, text=character)
    yield Token(TokenKind.CLOSE, "}", last.span)
