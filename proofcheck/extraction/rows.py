"""The rows of a formula: aligning environments taken apart, what says nothing taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.relations import after_group, relation_at

ALIGNING = frozenset(
    "align aligned alignat alignedat flalign split eqnarray gather gathered multline equation "
    "displaymath math IEEEeqnarray dmath subequations".split()
)
_MACROS = frozenset((r"\eqalign", r"\displaylines", r"\eqalignno"))
_ROW_ENDS = frozenset((r"\\", r"\cr", r"\newline"))
_DROPPED = frozenset(
    r"\nonumber \notag \hfill \displaystyle \textstyle \large \Large \normalsize \small \LARGE"
    r" \huge"
    r" \hline \allowdisplaybreaks \noindent \boxed \fbox \limits \begingroup \endgroup \bf".split()
) - {r"\bf", r"\limits"}
_DROPPED_WITH_ARGUMENT = frozenset(
    (r"\tag", r"\label", r"\color", r"\phantom", r"\hphantom", r"\vphantom", r"\vspace", r"\bbox")
)


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of a row; `aligned` is true where an empty cell stands in front."""

    tokens: tuple[Token, ...]
    aligned: bool
    environment: str


def rows_of(tokens: Sequence[Token], environment: str) -> list[Row]:
    """All rows of a block in order. `environment` is that of the block itself."""
    return list(_rows(_unwrapped(tokens), environment.rstrip("*")))


def _rows(tokens: Sequence[Token], environment: str) -> Iterator[Row]:
    start = 0
    index = 0
    depth = 0
    while index < len(tokens):
        token = tokens[index]
        opened = _aligning(tokens, index) if depth == 0 else None
        if opened is not None:
            name, inside_start, inside_end, after = opened
            yield from _split(tokens[start:index], environment)
            yield from _rows(_unwrapped(tokens[inside_start:inside_end]), name)
            index = start = after
            continue
        depth += _opens(token)
        index += 1
    yield from _split(tokens[start:], environment)


def _opens(token: Token) -> int:
    if token.kind in (TokenKind.OPEN, TokenKind.BEGIN):
        return 1
    return -1 if token.kind in (TokenKind.CLOSE, TokenKind.END) else 0


def _aligning(tokens: Sequence[Token], index: int) -> tuple[str, int, int, int] | None:
    """An environment that aligns equations: its name, its inside, and the index behind it."""
    token = tokens[index]
    if token.text in _MACROS and index + 1 < len(tokens):
        end = after_group(tokens, index + 1)
        return token.text[1:], index + 2, end - 1, end
    if token.kind is not TokenKind.BEGIN:
        return None
    end = _end_of(tokens, index)
    name = token.text.rstrip("*")
    if name in ALIGNING or (name == "array" and _array_aligns(tokens, index, end)):
        start = index + 1
        if name in ("alignat", "alignedat", "array", "IEEEeqnarray"):
            start = after_group(tokens, start) if tokens[start].kind is TokenKind.OPEN else start
        return name, start, end, end + 1
    return None


def _end_of(tokens: Sequence[Token], index: int) -> int:
    depth = 0
    for at in range(index, len(tokens)):
        depth += (tokens[at].kind is TokenKind.BEGIN) - (tokens[at].kind is TokenKind.END)
        if depth == 0:
            return at
    return len(tokens)


def _array_aligns(tokens: Sequence[Token], index: int, end: int) -> bool:
    """An array aligns if nothing but layout stands around it and its rows hold relations."""
    if index > 0 and tokens[index - 1].text in ("(", "[", r"\{", "|", r"\left", r"\|", "="):
        return False
    return any(
        tokens[at].text == "&" and at + 1 < end and relation_at(tokens, at + 1) is not None
        for at in range(index, end)
    )


def _split(tokens: Sequence[Token], environment: str) -> Iterator[Row]:
    row: list[Token] = []
    aligned, depth, skip = False, 0, -1
    for index, token in enumerate(tokens):
        if index < skip:
            continue
        if depth == 0 and token.text in _ROW_ENDS:
            if row:
                yield Row(tuple(row), aligned, environment)
            row, aligned = [], False
            skip = _after_spacing(tokens, index + 1)
            continue
        depth = max(0, depth + _opens(token))
        if depth == 0 and token.text == "&" and token.kind is TokenKind.SYMBOL:
            aligned = aligned or not row
            continue
        row.append(token)
    if row:
        yield Row(tuple(row), aligned, environment)


def _after_spacing(tokens: Sequence[Token], index: int) -> int:
    """Behind `[2pt]`, if that follows a row end."""
    if index < len(tokens) and tokens[index].text == "[":
        for at in range(index + 1, min(index + 8, len(tokens))):
            if tokens[at].text == "]":
                inside = "".join(token.text for token in tokens[index + 1 : at])
                return at + 1 if inside[-2:] in ("pt", "em", "ex", "mm", "cm") else index
    return index


def _unwrapped(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without layout, and without braces that merely surround an equation."""
    plain: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.text in _DROPPED_WITH_ARGUMENT:
            index = after_group(tokens, index + 1)
            continue
        if token.text == r"\hspace":
            plain.append(token)
            index = after_group(tokens, index + 1)
            continue
        if token.text == "*" and index and tokens[index - 1].text == r"\tag":
            index += 1
            continue
        if token.text not in _DROPPED or token.kind is not TokenKind.COMMAND:
            plain.append(token)
        index += 1
    return _without_outer_braces(plain)


def _without_outer_braces(tokens: list[Token]) -> list[Token]:
    surrounding: set[int] = set()
    stack: list[int] = []
    holds: list[bool] = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            stack.append(index)
            holds.append(False)
        elif token.kind is TokenKind.CLOSE and stack:
            start, relation = stack.pop(), holds.pop()
            if relation and _free_standing(tokens, start):
                surrounding |= {start, index}
                if holds:
                    holds[-1] = True
        elif holds and (token.text == "=" or token.kind is TokenKind.BEGIN):
            holds[-1] = holds[-1] or token.text == "="
    return [token for index, token in enumerate(tokens) if index not in surrounding]


def _free_standing(tokens: list[Token], start: int) -> bool:
    """Whether a group is no argument and no script."""
    if start == 0:
        return True
    before = tokens[start - 1]
    if before.text in ("^", "_") or before.kind in (TokenKind.BEGIN, TokenKind.TEXT):
        return False
    if before.kind is TokenKind.CLOSE:
        return False
    return (
        before.kind is not TokenKind.COMMAND
        or not before.text[1:].isalpha()
        or (before.text in (r"\quad", r"\qquad", r"\implies", r"\iff", r"\Rightarrow"))
    )
