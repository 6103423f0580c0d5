"""Least and greatest values, and where they are taken: `\\min_x f(x) = \\min_x g(x)`.

What two objectives that are equal everywhere attain, and where, is the same. The converse is not
so: a step whose objectives differ is not decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Side, Step
from proofcheck.extraction.spacing import SPACES

_WORDS = frozenset(("min", "max", "inf", "sup", "argmin", "argmax"))
_NAMED = frozenset((r"\operatorname", r"\mathop", r"\mathrm"))


def objectives(step: Step) -> Step | None:
    """The step between the objectives, if both sides optimise in the same words over the same."""
    left, right = step.left.tokens, step.right.tokens
    first, second = _prefix(left), _prefix(right)
    if not first or not second or _words(left[:first]) != _words(right[:second]):
        return None
    if first == len(left) or second == len(right):
        return None
    inner = replace(step, left=_rest(step.left, first), right=_rest(step.right, second))
    return objectives(inner) or inner


def _rest(side: Side, start: int) -> Side:
    return replace(side, tokens=side.tokens[start:])


def _words(tokens: Sequence[Token]) -> str:
    """What tokens say, without spaces, braces, and the command that makes a name of letters."""
    silent = SPACES | _NAMED | {"{", "}", "*"}
    return "".join(token.text.lstrip("\\") for token in tokens if token.text not in silent)


def _prefix(tokens: Sequence[Token]) -> int:
    r"""How many tokens `\min_x`, `\arg\min_{x}` or `\operatorname*{argmin}_x` take; 0 if none."""
    index, named = 0, False
    while index < len(tokens):
        text = tokens[index].text
        if text in SPACES or text == r"\arg":
            index += 1
        elif text.lstrip("\\") in _WORDS and text.startswith("\\"):
            index, named = index + 1, True
        elif text in _NAMED and (end := _name_end(tokens, index + 1)):
            index, named = end, True
        elif text == "_" and named:
            return _behind_script(tokens, index + 1)
        elif text == r"\underset":
            return _stacked_end(tokens, _behind_script(tokens, index + 1))
        else:
            return 0
    return 0


def _name_end(tokens: Sequence[Token], index: int) -> int:
    """The index behind a name in braces, if it is that of an optimum; else 0."""
    if index < len(tokens) and tokens[index].text == "*":
        index += 1
    end = _behind_script(tokens, index)
    return end if _words(tokens[index:end]).removeprefix("rm") in _WORDS else 0


def _stacked_end(tokens: Sequence[Token], index: int) -> int:
    r"""The index behind what stands above the script of `\underset{x}{\mathrm{argmax}}`, if that is
    the name of an optimum; else 0."""
    end = _behind_script(tokens, index)
    return end if _words(tokens[index:end]) in _WORDS else 0


def _behind_script(tokens: Sequence[Token], index: int) -> int:
    """The index behind a token or a group."""
    depth = 0
    for place in range(index, len(tokens)):
        kind = tokens[place].kind
        depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
        if depth == 0:
            return place + 1
    return len(tokens)
