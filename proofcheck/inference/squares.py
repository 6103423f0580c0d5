r"""Which letters are variables by their squares: `\sigma^2` in `f(\mu,\sigma^2)`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.derivatives import OPERANDS
from proofcheck.formula.squares import half_of_power

_SIGNS = frozenset((r"\partial", "d"))
_ACCENTS = frozenset((r"\hat", r"\tilde", r"\bar", r"\widehat", r"\widetilde"))


def squares(sides: Sequence[Sequence[Token]], lefts: Sequence[Sequence[Token]]) -> frozenset[str]:
    """The letters by whose square something is differentiated, that a function is of, or that is a
    left side of an equation by itself; none that stands without an even power elsewhere."""
    found = {name for words in sides for name in (*_below(words), *_argued(words))}
    found |= {name for words in lefts for name in _alone(words)}
    if not found:
        return frozenset()
    others = {
        word.text
        for words in sides
        for index, word in enumerate(words)
        if word.text in found and _is_other(words, index)
    }
    return frozenset(found - others)


def _is_other(words: Sequence[Token], index: int) -> bool:
    """Whether a letter is no square here, nor one with an accent, which is another, nor the sign of
    a differential; a `d^2` before a name is that of a second one."""
    half, stop = half_of_power(words, index)
    before_name = stop + (not half) < len(words) and _is_name(words[stop + (not half)])
    if words[index].text == "d" and before_name:
        return bool(half)
    return not half and not (index > 1 and words[index - 2].text in _ACCENTS)


def _below(words: Sequence[Token]) -> Iterator[str]:
    """The letters whose square stands below in a derivative of the first order."""
    for index, word in enumerate(words):
        if word.text == "/" and _first_order(words[:index]):
            bottom = words[index + 1 : index + 6]
            if len(bottom) > 2 and bottom[0].text in _SIGNS and half_of_power(bottom, 1)[0] == 1:
                yield bottom[1].text
        if word.text not in (r"\frac", r"\dfrac", r"\tfrac"):
            continue
        stop = _closing(words, index + 1)
        top, bottom = words[index + 2 : stop], words[stop + 2 : stop + 6]
        if not top or top[0].text not in _SIGNS or (len(top) > 1 and top[1].text == "^"):
            continue
        if len(bottom) > 2 and bottom[0].text in _SIGNS and half_of_power(bottom, 1)[0] == 1:
            yield bottom[1].text


def _first_order(before: Sequence[Token]) -> bool:
    r"""Whether the sign of a derivative that a slash belongs to, `\partial f/`, has no power."""
    signs = (index for index in reversed(range(len(before) - 1)) if before[index].text in _SIGNS)
    last = next(signs, None)
    return last is not None and before[last + 1].text != "^"


def _alone(words: Sequence[Token]) -> Iterator[str]:
    """The letter whose square is a side by itself: `d^2 = x^Tx`."""
    half, stop = half_of_power(words, 0) if words and _is_name(words[0]) else (0, 0)
    if half == 1 and stop == len(words):
        yield words[0].text


def _argued(words: Sequence[Token]) -> Iterator[str]:
    """The letters whose square is an argument where a side is nothing but a function's value."""
    texts = [word.text for word in words]
    if len(words) < 6 or texts[1] != "(" or texts[-1] != ")" or not _is_name(words[0]):
        return
    inside, squared = words[2:-1], []
    index = 0
    while index < len(inside):
        half, stop = half_of_power(inside, index)
        if half == 1 and _is_name(inside[index]):
            squared.append(inside[index].text)
            index = stop
        elif _is_name(inside[index]) or inside[index].text in (",", ";"):
            index += 1
        else:
            return
    yield from squared if "," in texts or ";" in texts else ()


def _is_name(word: Token) -> bool:
    return word.kind is TokenKind.LETTER or word.text in OPERANDS


def _closing(words: Sequence[Token], start: int) -> int:
    """The index of the bracket that closes the group at `start`."""
    depth = 0
    for index in range(start, len(words)):
        depth += (words[index].kind is TokenKind.OPEN) - (words[index].kind is TokenKind.CLOSE)
        if depth == 0:
            return index
    return len(words)
