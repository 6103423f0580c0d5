"""Tokens made ready for the parser: Unicode spelled out, layout removed, words put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.glyphs import spelled_out
from proofcheck.formula.layout import laid_out
from proofcheck.formula.vocabulary import BY_WORD

_WORDS = sorted((word for word in BY_WORD if word.isalpha()), key=len, reverse=True)
_FIRST = frozenset(word[0] for word in _WORDS)
_OPENING = frozenset(("(", "[", r"\{", "|", r"\|", r"\lvert", r"\lVert"))
_BARE = frozenset(("tr", "Tr", "trace", "Trace", "det", "vec", "log", "ln", "exp"))


def lexemes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that carry meaning, in canonical spelling.

    A word of the vocabulary in bare letters (`tr(`) becomes one TEXT token.
    """
    return list(_join_words(list(laid_out(list(_dotted(list(spelled_out(tokens))))))))


class Lexicon:
    """The lexemes of token sequences, found once for each: sides are read several times."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Token, ...], list[Token]]] = {}

    def __call__(self, tokens: tuple[Token, ...]) -> list[Token]:
        """The lexemes of a sequence, which is kept so that its identity stays its own."""
        found = self._known.get(id(tokens))
        if found is None:
            found = tokens, lexemes(tokens)
            self._known[id(tokens)] = found
        return found[1]


def _dotted(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with three periods in a row as one sign for dots."""
    index = 0
    while index < len(tokens):
        run = tokens[index : index + 3]
        if [token.text for token in run] == [".", ".", "."]:
            yield Token(TokenKind.COMMAND, r"\ldots", run[0].span.to(run[2].span))
            index += 3
        else:
            yield tokens[index]
            index += 1


def _join_words(tokens: list[Token]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        word = ""
        if token.kind is TokenKind.LETTER and token.text in _FIRST:
            word = _word_at(tokens, index)
        if word:
            span = Span(token.span.start, tokens[index + len(word) - 1].span.end)
            yield Token(TokenKind.TEXT, word, span)
            index += len(word)
        else:
            yield token
            index += 1


def _word_at(tokens: list[Token], index: int) -> str:
    if index and (tokens[index - 1].text in "^_" or tokens[index - 1].kind is TokenKind.LETTER):
        previous = tokens[index - 1]
        if previous.text in "^_" or previous.span.end == tokens[index].span.start:
            if previous.text != "d":
                return ""
    run = index
    while run < len(tokens) and tokens[run].kind is TokenKind.LETTER:
        if run > index and tokens[run].span.start != tokens[run - 1].span.end:
            break
        run += 1
    letters = "".join(token.text for token in tokens[index:run])
    for word in _WORDS:
        if letters.startswith(word) and _stands_as_word(tokens, index + len(word), word, letters):
            return word
    return ""


def _stands_as_word(tokens: list[Token], after: int, word: str, letters: str) -> bool:
    if after >= len(tokens):
        return False
    follower = tokens[after]
    if follower.kind is TokenKind.OPEN or follower.text in _OPENING:
        return letters == word
    return word in _BARE and (follower.text.isupper() or follower.kind is TokenKind.COMMAND)


_FRACTIONS = {r"\over": r"\frac", r"\choose": r"\binom"}


def over_to_fraction(tokens: list[Token]) -> list[Token]:
    """`a \\over b` as `\\frac{a}{b}`, `n \\choose k` as `\\binom{n}{k}`; groups inside are left for
    when they are read."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth == 0 and token.text in _FRACTIONS:
            opening = Token(TokenKind.OPEN, "{", token.span)
            closing = Token(TokenKind.CLOSE, "}", token.span)
            fraction = Token(TokenKind.COMMAND, _FRACTIONS[token.text], token.span)
            top, bottom = tokens[:index], tokens[index + 1 :]
            return [fraction, opening, *top, closing, opening, *bottom, closing]
    return tokens
