r"""Steps that are wrong in their form alone: a `dx` under a sum over `x`, a density at a symbol
that nothing introduces, a bracket that is never closed.

What is said here is certain whatever the symbols are, so that it is asked before anything is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Extraction, RelationKind, Side, Step
from proofcheck.formula.laws import law_of
from proofcheck.inference.model import Malformed

_INTEGRALS = frozenset((r"\int", r"\iint", r"\iiint", r"\oint", r"\lim", "∫"))
_BREAKS = frozenset(("+", "-", r"\pm", r"\mp", r"\int", r"\sum", "=", ",", ";"))
_OPENING = frozenset(("(", "[", r"\{", r"\langle"))
_CLOSING = frozenset((")", "]", r"\}", r"\rangle"))
_UPRIGHT = (r"\mathrm", "{", "d", "}")
_SIZED = frozenset((r"\left", r"\right"))
_OF_INTERVALS = frozenset((",", ";", "[", "]", "|", r"\in", ".", r"\text"))
_HEADS = frozenset("pfPq")
_EQUAL = frozenset((RelationKind.EQUAL, RelationKind.DEFINE))


def letters_of(extraction: Extraction) -> Mapping[str, int]:
    """How often each letter stands in the sides of a document, and within its prose."""
    sides = (side for derivation in extraction.derivations for side in derivation.sides())
    told = Counter(token.text for side in sides for token in side.tokens if _is_letter(token))
    return told + Counter(extraction.inline)


def ill_formed(step: Step, letters: Mapping[str, int]) -> Malformed | None:
    """Why a step is wrong in its form, if it is."""
    if step.relation.kind not in _EQUAL:
        return None
    if message := _summed_differential(step):
        return Malformed(message, shapes=True)
    message = _density_elsewhere(step, letters) or _unclosed(step)
    return Malformed(message) if message else None


def _is_letter(token: Token) -> bool:
    return token.kind in (TokenKind.LETTER, TokenKind.COMMAND)


def _summed_differential(step: Step) -> str:
    """A differential of what a sum runs over: a sum has no measure, so that one side is a number
    and the other one is none."""
    texts = [token.text for token in step.right.tokens]
    if _INTEGRALS & {*texts, *(token.text for token in step.left.tokens)}:
        return ""
    if any(_differentials(step.left)):
        return ""
    for start, index in _sums(texts):
        for name in _ending(texts, start):
            if name == index:
                return f"a differential of `{name}` stands under a sum over it, which has none"
    return ""


def _differentials(side: Side) -> Iterator[str]:
    """The letters behind an upright `d`."""
    texts = [token.text for token in side.tokens]
    for at in range(len(texts) - len(_UPRIGHT)):
        if tuple(texts[at : at + len(_UPRIGHT)]) == _UPRIGHT:
            yield texts[at + len(_UPRIGHT)]


def _sums(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    r"""Where the term of each sum begins, and the letter of its index: `\sum_{x \in X}`, or
    `\sum_{\mathcal{X}}` for the lower-case letter of the set."""
    for at, text in enumerate(texts):
        if text != r"\sum" or list(texts[at + 1 : at + 3]) != ["_", "{"]:
            continue
        stop = _partner(texts, at + 2)
        inside = list(texts[at + 3 : stop])
        if inside[:2] == [r"\mathcal", "{"] and len(inside) == 4:
            yield stop + 1, inside[2].lower()
        elif inside and (len(inside) == 1 or inside[1] in ("=", r"\in")):
            yield stop + 1, inside[0]


def _partner(texts: Sequence[str], opening: int) -> int:
    """The index of the brace that closes one."""
    depth = 0
    for at in range(opening, len(texts)):
        depth += (texts[at] == "{") - (texts[at] == "}")
        if not depth:
            return at
    return len(texts)


def _ending(texts: Sequence[str], start: int) -> Iterator[str]:
    """The letters of the differentials that stand in the term that begins here, in no bracket."""
    depth = 0
    for at in range(start, len(texts)):
        text = texts[at]
        if not depth and tuple(texts[at : at + len(_UPRIGHT)]) == _UPRIGHT:
            yield from texts[at + len(_UPRIGHT) : at + len(_UPRIGHT) + 1]
        depth += (text in _OPENING or text == "{") - (text in _CLOSING or text == "}")
        if depth < 0 or (not depth and text in _BREAKS):
            return


def _density_elsewhere(step: Step, letters: Mapping[str, int]) -> str:
    r"""`p(y) = \mathcal{N}(x; m, S)` where `x` stands nowhere else: the left side cannot depend
    on it, and the right one does."""
    law, left = law_of(step.right.tokens), [token.text for token in step.left.tokens]
    if law is None or law.family is None or len(law.point) != 1 or not _is_letter(law.point[0]):
        return ""
    point = law.point[0].text
    if letters.get(point, 0) != 1 or point in left or left[0] not in _HEADS or "(" not in left:
        return ""
    return f"the density is taken at `{point}`, which nothing introduces"


def _unclosed(step: Step) -> str:
    r"""A plain bracket that is open where `\right)` closes the one around it.

    An interval is open at one end as well; what stands in one has a comma.
    """
    texts = [token.text for token in step.right.tokens]
    if any(a in _SIZED and b == "." for a, b in pairwise(texts)):
        return ""
    opened: list[int] = []  # where the brackets begin that are open; those of `\left` as -1
    for at, text in enumerate(texts):
        sized = texts[at - 1] if at else ""
        if text == r"\left":
            opened.append(-1)
        elif text == r"\right" and -1 not in opened:
            return ""
        elif text == r"\right":
            if opened[-1] >= 0:
                inside = texts[opened[-1] : at]
                plain = not _OF_INTERVALS & set(inside) and inside.count("(") == 1
                return "a bracket `(` is never closed" if plain and ")" not in inside else ""
            opened.pop()
        elif text == "(" and sized not in _SIZED:
            opened.append(at)
        elif text == ")" and sized not in _SIZED:
            if not opened or opened[-1] < 0:
                return ""
            opened.pop()
    return ""
