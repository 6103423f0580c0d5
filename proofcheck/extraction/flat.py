"""From the tokens of a formula to the items that stand in it at depth zero."""

from __future__ import annotations

from collections.abc import Callable

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.arrays import content_start
from proofcheck.extraction.groups import Groups, groups, is_coloured
from proofcheck.extraction.items import ROLES, SIZED, Flat, Item, Role
from proofcheck.extraction.relations import STARTERS, relation_at
from proofcheck.extraction.remarks import is_remark, role_before, words_only
from proofcheck.extraction.skipping import (
    after_argument,
    after_sized,
    framed,
    is_empty_group,
    roman_word,
)
from proofcheck.extraction.spacing import (
    ALIGNING_COMMANDS,
    COLOURS,
    SILENT,
    SILENT_WITH_ARGUMENT,
    WIDE_WITH_ARGUMENT,
    after_row_end,
)

_ROMAN = frozenset((r"\mathrm", r"\operatorname"))


def flatten(tokens: tuple[Token, ...], environment: str = "") -> Flat:
    """The items of a formula, without what says nothing. Never raises; linear in the tokens.

    `environment` is the one that the formula is the body of, if it aligns.
    """
    return _Flattener(tokens, environment).run()


class _Flattener:
    """Walks once over the tokens; what a group holds is jumped over unless the group only wraps.

    Each handler reads what begins at an index and gives the index after it.
    """

    def __init__(self, tokens: tuple[Token, ...], environment: str) -> None:
        self.tokens = tokens
        self.groups: Groups = groups(tokens)
        self.partners = self.groups.partners
        self.flat = Flat(tokens)
        self.environments = [environment] if environment else []

    def run(self) -> Flat:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind is TokenKind.LETTER or token.kind is TokenKind.DIGIT:
                index = self.put(Role.ATOM, index)
            else:
                index = _HANDLERS[token.kind](self, index, token)
        return self.flat

    def put(self, role: Role, start: int, stop: int = 0, remark: str = "") -> int:
        """Adds an item; the index after it."""
        stop = stop or start + 1
        self.flat.items.append(Item(role, start, stop, None, remark))
        return stop

    def word(self, index: int, token: Token) -> int:
        r"""A command or a symbol."""
        text = token.text
        if text in STARTERS or text in ROLES:
            return self.separator(index, text)
        if text in ("^", "_"):
            return self.put(Role.ATOM, index, after_argument(self.tokens, self.partners, index + 1))
        if token.kind is TokenKind.COMMAND:
            return self.command(index, text)
        return self.put(Role.ATOM, index)

    def separator(self, index: int, text: str) -> int:
        """A relation, or what has a role of its own."""
        found = relation_at(self.tokens, index, self.partners)
        if found:
            kind, stop = found
            if kind is None:
                return self.put(Role.IMPLICATION, index, stop)
            if self.environments and not self.flat.environment:
                self.flat.environment = self.environments[-1]
            self.flat.items.append(Item(Role.RELATION, index, stop, kind))
            return stop
        role = ROLES.get(text, Role.ATOM)
        if role is Role.ROW:
            return self.put(role, index, after_row_end(self.tokens, index + 1))
        return self.bracket(index, role) if text in SIZED else self.put(role, index)

    def bracket(self, index: int, role: Role) -> int:
        r"""`\left(`; one that only holds a system of equations together is dropped."""
        stop = min(index + 2, len(self.tokens))
        edge = stop if role is Role.OPENING else index - 1
        return stop if self.aligns_at(edge) else self.put(role, index, stop)

    def aligns_at(self, index: int) -> bool:
        r"""Whether rows of equations begin or end here, by `\begin`, `\end` or `\eqalign`."""
        if index >= len(self.tokens):
            return False
        if self.tokens[index].text in ALIGNING_COMMANDS:
            index += 1
        if index not in self.groups.clear:
            return False
        start = min(index, self.partners[index])
        is_command = start > 0 and self.tokens[start - 1].text in ALIGNING_COMMANDS
        return is_command or self.tokens[start].kind is TokenKind.BEGIN

    def command(self, index: int, text: str) -> int:
        """A command that is no relation."""
        if text in SILENT or text in ALIGNING_COMMANDS:
            return index + 1
        if text in SILENT_WITH_ARGUMENT:
            return after_sized(self.tokens, self.partners, index + 1)
        if text in WIDE_WITH_ARGUMENT:
            stop = after_sized(self.tokens, self.partners, index + 1)
            return self.put(Role.WIDE, index, stop)
        if text in COLOURS:
            return self.colour(index)
        if text == r"\forall":
            return self.put(Role.REMARK, index, remark="for all")
        if text in _ROMAN and (stop := self.roman(index, index + 1)):
            return stop
        return framed(self.tokens, self.groups, index) or self.put(Role.ATOM, index)

    def colour(self, index: int) -> int:
        r"""`\color{red}` before a group is dropped; before anything else it is kept."""
        stop = after_argument(self.tokens, self.partners, index + 1)
        if stop >= len(self.tokens) or not is_coloured(self.tokens, self.partners, stop):
            return self.put(Role.ATOM, index)
        self.flat.coloured.add(stop)
        return stop

    def roman(self, start: int, group: int, skipped: int = 1) -> int:
        r"""A word of English in the group of `\mathrm{and}` or `{\rm and}`; else 0."""
        stop = self.partners[group] if group < len(self.tokens) else -1
        word = roman_word(self.tokens, group + skipped, stop)
        return self.put(Role.REMARK, start, stop + 1, word) if word else 0

    def opened(self, index: int, _: Token) -> int:
        """An opening brace."""
        partner = self.partners[index]
        if index in self.groups.clear:
            if index and self.tokens[index - 1].text in ALIGNING_COMMANDS:
                self.environments.append(self.tokens[index - 1].text[1:])
            return index + 1
        attached = bool(self.flat.items) and self.flat.items[-1].stop == index
        if partner < 0 or is_empty_group(self.tokens, index, partner, attached):
            return max(partner, index) + 1
        if self.tokens[index + 1].text == r"\rm" and (stop := self.roman(index, index, 2)):
            return stop
        remark = words_only(self.tokens[index : partner + 1])
        return self.put(Role.REMARK if remark else Role.ATOM, index, partner + 1, remark)

    def closed(self, index: int, _: Token) -> int:
        """A closing brace, of a group that only wraps or of none."""
        start = self.partners[index]
        if start > 0 and self.tokens[start - 1].text in ALIGNING_COMMANDS:
            return self.left(index)
        stop = index + 1
        if start > 0 and self.tokens[start - 1].kind is TokenKind.COMMAND:
            while stop < len(self.tokens) and self.tokens[stop].text in ("^", "_"):
                stop = after_argument(self.tokens, self.partners, stop + 1)
        return stop

    def begun(self, index: int, token: Token) -> int:
        r"""A `\begin`."""
        if index not in self.groups.clear:
            stop = max(self.partners[index], index) + 1
            remark = words_only(self.tokens[index:stop])
            return self.put(Role.REMARK if remark else Role.ATOM, index, stop, remark)
        self.environments.append(token.text.rstrip("*"))
        return content_start(self.tokens, self.partners, index)

    def ended(self, index: int, _: Token) -> int:
        r"""An `\end`, of an environment that only wraps or of none."""
        return self.left(index) if index in self.groups.clear else index + 1

    def left(self, index: int) -> int:
        """The end of an environment or of what is written like one."""
        if self.environments:
            self.environments.pop()
        return self.put(Role.ROW, index)

    def text(self, index: int, token: Token) -> int:
        r"""A `\text{…}`."""
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if is_remark(token.text, role_before(self.flat.items), following):
            return self.put(Role.REMARK, index, remark=token.text or " ")
        return self.put(Role.ATOM, index)


_HANDLERS: dict[TokenKind, Callable[[_Flattener, int, Token], int]] = {
    TokenKind.COMMAND: _Flattener.word,
    TokenKind.SYMBOL: _Flattener.word,
    TokenKind.OPEN: _Flattener.opened,
    TokenKind.CLOSE: _Flattener.closed,
    TokenKind.BEGIN: _Flattener.begun,
    TokenKind.END: _Flattener.ended,
    TokenKind.TEXT: _Flattener.text,
}
