r"""Probabilities of values as densities: `\Pr(Y = m \mid X = k)` is `p(m|k)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADS = frozenset(("Pr", "P", "p"))
_SIZES = frozenset((r"\left", r"\right", r"\,", r"\;", r"\!", r"\:", r"\ ", "~"))
_BARS = {"|": "|", r"\vert": "|", r"\mid": "|", ",": ","}
_LETTER = re.compile(r"[a-z]")


def at_values(texts: Sequence[str]) -> tuple[str, frozenset[tuple[str, str]]] | None:
    """A side with the densities that it writes as probabilities of values, and the random
    variables with their values; None where a side has an event of another kind."""
    bare = [text for text in texts if text not in _SIZES]
    found: list[str] = []
    events: set[tuple[str, str]] = set()
    index = 0
    while index < len(bare):
        length = _head(bare, index)
        close = bare.index(")", index) if length and ")" in bare[index:] else 0
        inside = bare[index + length + 1 : close] if close else []
        if "=" not in inside and not {*inside} & {"<", ">", r"\leq", r"\geq", r"\le", r"\ge"}:
            found.append(bare[index])
            index += 1
            continue
        pairs = [*zip(inside[::4], inside[1::4], inside[2::4], strict=False)]
        between = inside[3::4]
        if len(inside) % 4 != 3 or not all(text in _BARS for text in between):
            return None
        if not all(a.isupper() and sign == "=" and _LETTER.fullmatch(b) for a, sign, b in pairs):
            return None
        events |= {(a, b) for a, _, b in pairs}
        signs = [*(_BARS[text] for text in between), ""]
        values = "".join(f"{b} {sign} " for (_, _, b), sign in zip(pairs, signs, strict=True))
        found.append(f"p({values})")
        index = close + 1
    return " ".join(found), frozenset(events)


def speaks_of_others(text: str) -> bool:
    """Whether a side has random variables or densities beside those of its events."""
    rest = re.sub(r"p\([^()]*\)", "", text).split()
    return any(len(word) == 1 and (word.isupper() or word in "pqf") for word in rest)


def _head(bare: Sequence[str], index: int) -> int:
    r"""How many tokens the name of a probability takes before a bracket: `\mathrm{Pr}(`."""
    for length in (1, 4, 5):
        name = "".join(t for t in bare[index : index + length] if t not in ("{", "}", r"\mathrm"))
        if name in _HEADS and bare[index + length : index + length + 1] == ["("]:
            starts = bare[index] == r"\mathrm" if length > 1 else True
            return length if starts else 0
    return 0
