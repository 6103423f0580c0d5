"""Containers of MyST, Quarto and pandoc, which CommonMark takes for code or for words: the lines
`:::`, and fences such as `{note}` whose content is Markdown."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_COLONS = re.compile(r"[ \t>]*(?P<colons>:{3,})[ \t]*(?P<words>[^\r\n]*)")
_NAMED = re.compile(r"\s*(?:\{(?P<braced>[^{}\r\n]*)\}|(?P<bare>[\w-]+))\s*(?P<title>[^\r\n]*)")
_WORD = re.compile(r"[A-Za-z]+")
_OPTION = re.compile(r"[ \t>]*:[\w-]+:(?:[ \t]|[\r\n]|\Z)")
_SHORT = (
    "thm:theorem lem:lemma prp:proposition cor:corollary def:definition exm:example "
    "exr:exercise sol:solution cnj:conjecture rem:remark"
)
_THEOREMS: dict[str, str] = {
    **{word: word for word in "theorem lemma proposition corollary proof definition".split()},
    **{word: word for word in "example exercise solution remark conjecture claim".split()},
    **dict(pair.split(":") for pair in _SHORT.split()),
}
_TEXT = frozenset(
    "admonition aside attention card caution danger details dropdown epigraph error example "
    "exercise grid hint important margin note proof prf seealso sidebar solution tab tip topic "
    "warning".split()
)


@dataclass(frozen=True, slots=True)
class Container:
    """The lines, from 0, that open and close a container, with those of its options; `theorem` is
    what it announces. Of a formula they are all, and `math` is the range of those inside."""

    lines: tuple[int, ...]
    theorem: str = ""
    math: tuple[int, int] | None = None


def fence(lines: Sequence[str], first: int, end: int, words: str, markup: str) -> Container | None:
    """The fence from a line to before another, if its content is Markdown."""
    named = _NAMED.match(words)
    kinds = _WORD.findall(named["braced"] or "") if named else []
    if not named or not kinds or kinds[0] not in _TEXT:
        return None
    inside = itertools.takewhile(lambda line: _OPTION.match(lines[line]), range(first + 1, end))
    closed = end - 1 > first and lines[end - 1].strip(" \t>\r\n").startswith(markup)
    own = (first, *inside, *((end - 1,) if closed else ()))
    return Container(own, _announced(kinds, named["title"]))


def divs(lines: Sequence[str], code: frozenset[int]) -> Iterator[Container]:
    """What is between lines of colons, which may be nested, and stand outside of `code`."""
    number = 0
    while number < len(lines):
        match = None if number in code else _COLONS.match(lines[number])
        if match:
            found = _div(lines, number, match)
            yield found
            number = max(found.lines)
        number += 1


def _div(lines: Sequence[str], number: int, match: re.Match[str]) -> Container:
    """What the colons on a line open or close."""
    named = _NAMED.match(match["words"])
    kinds = _WORD.findall(named["braced"] or named["bare"] or "") if named else []
    if kinds == ["math"]:
        end = _closing(lines, number + 1, len(match["colons"]))
        return Container(tuple(range(number, min(end + 1, len(lines)))), math=(number + 1, end))
    return Container((number,), _announced(kinds, named["title"] if named else ""))


def _closing(lines: Sequence[str], start: int, colons: int) -> int:
    """The line that closes what as many colons opened."""
    for number in range(start, len(lines)):
        match = _COLONS.match(lines[number])
        if match and len(match["colons"]) >= colons and not match["words"].strip():
            return number
    return len(lines)


def _announced(kinds: Sequence[str], title: str) -> str:
    """The words of a theorem or a proof."""
    found = next((_THEOREMS[kind] for kind in kinds if kind in _THEOREMS), "")
    return " ".join((found, *title.strip(":").split())) if found else ""
