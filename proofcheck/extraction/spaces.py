r"""The sets that symbols are elements of: `\mathbb{R}^{m\times n}`, `\mathbb S^n_+`, `O(n)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.scripts import after_argument, inside, scripts
from proofcheck.extraction.spacing import SPACES

Tokens = tuple[Token, ...]

TIMES = frozenset((r"\times", "×", r"\cdot", ",", "*"))
"""What stands between the sizes of a matrix."""
_BY = frozenset((r"\times", "×"))
_NO_SIZE = frozenset("=<>^_:|[]&,;")
_LONGEST_SIZE = 11
_SIZES = frozenset("nmdkpqrNMDKPQ23456789")
"""The sizes of groups: `U(x)` is a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Space:
    """What an element of a set is; `rows` and `columns` are empty where there are none."""

    kind: str
    rows: Tokens = ()
    columns: Tokens = ()
    properties: tuple[str, ...] = ()


_FONTS = frozenset(
    (
        *(r"\mathbb", r"\mathbf", r"\mathrm", r"\Bbb", r"\mathcal", r"\mathsf", r"\mathfrak"),
        *(r"\operatorname", r"\bf", r"\rm"),
    )
)
_NUMBERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("R", "ℝ", r"\R", r"\RR", r"\reals", r"\Reals", r"\real"), ()),
    **dict.fromkeys(("C", "ℂ", r"\C", r"\CC", r"\Complex", r"\complexes", "K", "F"), ("complex",)),
    **dict.fromkeys(("Z", "ℤ", r"\Z", r"\ZZ", "N", "ℕ", r"\N", r"\NN", r"\integers"), ("integer",)),
    **dict.fromkeys(("Q", "ℚ", r"\Q", r"\QQ"), ()),
}
TWO_VALUES = {
    **dict.fromkeys(("0,1", "1,0"), "binary"),
    **dict.fromkeys(("-1,1", "1,-1", r"\pm1"), "signs"),
}
"""What is said of symbols with one of two values, by the set of these."""
_SYMMETRIC = frozenset(("S", r"\S", "𝕊", "Sym"))
_GROUPS: dict[str, tuple[str, ...]] = {
    "O": ("orthogonal",),
    "SO": ("orthogonal", "rotation"),
    "U": ("complex", "unitary"),
    "SU": ("complex", "unitary", "constrained"),
    "GL": ("invertible",),
    "SL": ("invertible", "constrained"),
    "Sym": ("symmetric",),
    "Skew": ("skew-symmetric",),
    "SPD": ("symmetric", "positive definite"),
    "PSD": ("symmetric", "positive semidefinite"),
}
"""What the matrices of a group or a space are that is written with its size, `SO(3)`, `Sym_n`."""
_ALGEBRAS = {"so": ("skew-symmetric",), "o": ("skew-symmetric",), "sl": ("traceless",), "gl": ()}
"""The same for those in Fraktur."""
_DEFINITE = {"+": ("symmetric", "positive semidefinite"), "++": ("symmetric", "positive definite")}
_POSITIVE = frozenset(("+", "++", ">0"))
_BLACKBOARD = frozenset((r"\mathbb", r"\Bbb"))


def space(tokens: Sequence[Token]) -> Space | None:
    """The set that the tokens begin with, if it is one whose elements have a size."""
    base, font, stop = _base(tokens)
    below, above, stop = scripts(tokens, stop)
    lowered = "".join(token.text for token in below)
    if base == r"\{":
        return _listed(tokens)
    if base in _NUMBERS and _is_field(base, font, bool(above), bool(below)):
        positive = ("positive",) if lowered in _POSITIVE else ()
        return _sized(above, _NUMBERS[base] + positive)
    if base in _SYMMETRIC and font in _SYMMETRICS and above:
        sphere = _spelled(above[-2:]) == "-1"
        if sphere:
            return Space("vector", above[:-2], (), ("unit",)) if len(above) > 2 else None
        return Space("matrix", above, above, _DEFINITE.get(lowered, ("symmetric",)))
    named = _ALGEBRAS if font == r"\mathfrak" else _GROUPS
    size, over = _size_and_field(below, tokens[stop:])
    opens = stop < len(tokens) and tokens[stop].text == "("
    if base in named and size and (opens or len(base) > 1):
        return Space("matrix", size, size, (*named[base], *over))
    return None


_SYMMETRICS = _BLACKBOARD | {r"\mathcal", r"\mathrm", r"\mathbf", r"\operatorname"}


def _listed(tokens: Sequence[Token]) -> Space | None:
    r"""A set of two numbers, `\{0,1\}` or `\{-1,+1\}^n`."""
    stop = next((i for i, token in enumerate(tokens) if token.text == r"\}"), 0)
    listed = "".join(token.text for token in tokens[1:stop] if token.text not in SPACES)
    found = TWO_VALUES.get(listed.replace("+", ""))
    return _sized(scripts(tokens, stop + 1)[1], (found,)) if found else None


def _is_field(base: str, font: str, raised: bool, lowered: bool) -> bool:
    r"""Whether a letter is a set of numbers, as `\mathbb{C}` or `R`, not `C_k` or `\mathcal{F}`."""
    if font in _BLACKBOARD or not base.isascii() or base.startswith("\\"):
        return True
    if font:
        return font != r"\mathcal" and base in "RCZNQ"
    return (base == "R" and (raised or not lowered)) or (base == "C" and raised and not lowered)


def _sized(sizes: Tokens, properties: tuple[str, ...]) -> Space:
    rows, columns = times(sizes)
    kind = "matrix" if columns else "vector" if rows else "scalar"
    return Space(kind, rows, columns, properties)


def times(tokens: Sequence[Token]) -> tuple[Tokens, Tokens]:
    r"""`m\times n` as its two sizes; the second is empty if there is only one."""
    for index, token in enumerate(tokens):
        if token.text in TIMES and 0 < index < len(tokens) - 1:
            return tuple(tokens[:index]), tuple(tokens[index + 1 :])
    return tuple(tokens), ()


def size_of(tokens: Sequence[Token]) -> tuple[Tokens, Tokens] | None:
    r"""The rows and columns that a formula consists of: `m\times n`, `(n+1) \times 1`."""
    shown = [token for token in tokens if token.text not in SPACES]
    while shown and shown[-1].text in (".", ",", ";"):
        shown.pop()
    signs = [i for i, token in enumerate(shown) if token.text in _BY]
    if len(shown) > _LONGEST_SIZE or len(signs) != 1 or not 0 < signs[0] < len(shown) - 1:
        return None
    if any(token.kind is TokenKind.COMMAND and token.text not in _BY for token in shown):
        return None
    if any(token.text in _NO_SIZE for token in shown):
        return None
    rows, columns = shown[: signs[0]], shown[signs[0] + 1 :]
    return tuple(rows), tuple(columns)


def _base(tokens: Sequence[Token]) -> tuple[str, str, int]:
    r"""The letter of a set, its font, and the index after both: `\mathbb{R}`, `{\bf R}`."""
    if not tokens:
        return "", "", 0
    head = tokens[0]
    if head.text in _FONTS:
        stop = after_argument(tokens, 1)
        return _spelled(inside(tokens[1:stop])), head.text, stop
    if head.kind is TokenKind.OPEN:
        stop = after_argument(tokens, 0)
        group = inside(tokens[:stop])
        font = group[0].text if group and group[0].text in _FONTS else ""
        return _spelled(group[1:] if font else group), font, stop
    for length in (3, 2):
        if (plain := _spelled(tokens[:length])) in _GROUPS:
            return plain, "", length
    return head.text, "", 1


def _spelled(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _size_and_field(below: Tokens, behind: Sequence[Token]) -> tuple[Tokens, tuple[str, ...]]:
    r"""The size of `(n)`, `_n(\mathbb{R})` or `(n,\mathbb{C})`, and whether entries are complex.

    No size where anything else stands there, as in `U(0,1)`.
    """
    stop = next((i for i, token in enumerate(behind[:_LONGEST_SIZE]) if token.text == ")"), 0)
    inside = list(behind[1:stop]) if behind and behind[0].text == "(" else []
    comma = next((i for i, token in enumerate(inside) if token.text in (",", ";")), len(inside))
    size, field = (below, inside) if below else (tuple(inside[:comma]), inside[comma + 1 :])
    base, font, _ = _base(field)
    known = base in _NUMBERS and _is_field(base, font, raised=False, lowered=False)
    if len(size) != 1 or size[0].text not in _SIZES or (field and not known):
        return (), ()
    return size, _NUMBERS[base] if field else ()
