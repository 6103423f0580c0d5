r"""Which `\text{…}` belongs to a formula, as in `\text{tr}(A)`, and which is a remark beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.items import Item, Role

WORDS = frozenset(
    "and or where with if for when whenever otherwise so thus hence since because as then from by "
    "but implies iff let given using therefore we also note here while subject such that unless "
    "i.e. s.t. st is are which via has have on in into all any some every each else provided "
    "assuming respectively resp wlog namely yields gives get obtain".split()
)
"""Words that are never a name in a formula."""

OPERATORS = frozenset(
    "tr Tr trace Trace det vec Vec vech rank rk diag Diag log ln exp sin cos tan softmax sigmoid E "
    "Var Cov var cov sgn sign span dim ker max min sup inf arg argmax argmin sym skew Re Im grad "
    "div".split()
)
"""Words that stand before an operand even where a blank parts them from it."""

_ASIDE = re.compile(
    r"\W*(?:if|for|when|whenever|where|unless|otherwise|since|because|as|by|using|with|given|iff|in|on|"
    r"provided|else|from|all|over|under|assuming)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\W*(?:and|or|so|then|thus|hence|therefore|implies|also)\b", re.IGNORECASE)
_NAME = re.compile(r"\s*[^\W_]+(?:[-_. ]?[^\W_]+)?\s*")
_PHRASE = re.compile(r"\s*[^\W\d_](?:[\w\s,.'-]*\w)?\s*")
_OPENING = frozenset(r"( [ \{ \lbrace \left \big \Big \bigl \Bigl _ ^".split())
_ENDING = frozenset(r"\\ \cr & , ; . \quad \qquad".split())
_LAYING_OUT = frozenset(r"[ ] l c r \\ \cr &".split())
_MOST_ROWS = 20
_RELATING = frozenset(r"= \approx : \propto \le &".split())
_ROW_EDGES = frozenset((Role.ROW, Role.IMPLICATION, Role.REMARK))
_JOINED = frozenset((Role.RELATION, Role.OPERATOR, Role.OPENING))


def is_remark(words: str, previous: Role, following: Token | None) -> bool:
    """Whether the words of a text token stand beside the formula.

    `previous` is the role of what stands before them in the row, NONE if nothing does.
    """
    name = words.strip()
    if not name or name.lower().split()[0].strip(".,;:()") in WORDS:
        return True
    if following is not None and following.text in _OPENING:
        return not _NAME.fullmatch(words)
    if previous in _JOINED:
        return False
    if _NAME.fullmatch(words) and " " not in name:
        return not (name in OPERATORS or _is_operand(words, previous, following))
    return not (previous is Role.NONE and _PHRASE.fullmatch(words) and _relates(following))


def words_only(group: Sequence[Token]) -> str:
    r"""The words of an environment, or of a group around one, in which nothing else stands but row
    ends and a `[l]`."""
    words = [token.text for token in group if token.kind is TokenKind.TEXT]
    others = [token for token in group[1:-1] if token.kind is not TokenKind.TEXT]
    plain = len(others) <= _MOST_ROWS and all(_lays_out(token) for token in others)
    return " ".join(words) if plain and " " in " ".join(words).strip() else ""


def _lays_out(token: Token) -> bool:
    return token.kind in (TokenKind.BEGIN, TokenKind.END) or token.text in _LAYING_OUT


def role_before(items: Sequence[Item]) -> Role:
    """The role of what stands before a text in its row; a cell behind the right side of an
    equation is as good as a wide space."""
    back = len(items) - 1
    while back >= 0 and items[back].role is Role.CELL:
        back -= 1
    role = items[back].role if back >= 0 else Role.ROW
    if role in _ROW_EDGES:
        return Role.NONE
    beside = back < len(items) - 1 and role not in _JOINED
    return Role.WIDE if beside else role


def is_aside(words: str, column: bool) -> bool:
    """Whether what follows these words is a condition or a reason, not the next equation; in a
    `column` of its own it is, unless the words join two equations."""
    if column and words.strip():
        return not _JOINING.match(words)
    return bool(_ASIDE.match(words))


def _is_operand(words: str, previous: Role, following: Token | None) -> bool:
    """Whether a single word is a name: no blank parts it from what is beside it."""
    if following is None or following.text in _ENDING:
        return words == words.strip() and previous is not Role.WIDE
    return following.kind is not TokenKind.TEXT and not words.endswith((" ", "~"))


def _relates(following: Token | None) -> bool:
    return following is not None and following.text in _RELATING
