"""Tokens waiting to be expanded, from which arguments and definitions are taken."""

from __future__ import annotations

from collections.abc import Iterable

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind

TOKEN_LIMIT = 50_000
"""How many tokens all macro calls of a formula may put into it."""
DEPTH_LIMIT = 100
"""How deep a macro call may stand inside others."""

_CLOSE = Token(TokenKind.CLOSE, "}", Span(0, 0))
_BRACKET = Token(TokenKind.SYMBOL, "]", Span(0, 0))

Item = tuple[Token, int]
"""A token and the number of macro calls that it comes out of."""


class MacroLimit(Exception):
    """A formula whose macros expand without end, or to more than is worth reading; says which
    call it was. `span` is where that call stands."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


class TokenStream:
    """The tokens of a formula from left to right; what a call expands to goes back in front."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._pending: list[Item] = [(token, 0) for token in tokens][::-1]
        self._taken: list[Item] = []
        self._added = 0
        self._steps = 20 * (len(self._pending) + TOKEN_LIMIT)

    def next(self) -> Item | None:
        """The next token, as the start of something new; `restore` goes back to after it."""
        self._taken.clear()
        item = self.take()
        self._taken.clear()
        return item

    def take(self) -> Item | None:
        """The next token of what was started."""
        if not self._pending:
            return None
        item = self._pending.pop()
        self._taken.append(item)
        self._steps -= 1
        if self._steps < 0:
            message = f"reading the macros up to `{item[0].text}` takes too many steps"
            raise MacroLimit(message, item[0].span)
        return item

    def restore(self) -> None:
        """Puts back all that was taken since `next`."""
        self._pending += reversed(self._taken)
        self._taken.clear()

    def put(self, items: list[Item], call: Item) -> None:
        """Puts what `call` expands to in front; raises `MacroLimit` if that is too much."""
        token, depth = call
        self._added += len(items)
        if self._added > TOKEN_LIMIT:
            message = f"expanding `{token.text}` takes more than {TOKEN_LIMIT:,} tokens"
            raise MacroLimit(message, token.span)
        if depth >= DEPTH_LIMIT:
            message = f"expanding `{token.text}` calls macros more than {DEPTH_LIMIT} deep"
            raise MacroLimit(message, token.span)
        self._pending += reversed(items)

    def skip(self, text: str) -> bool:
        """Takes the next token if it reads `text`; whether it did."""
        if not self._pending or _words(self._pending[-1][0]) != text:
            return False
        self.take()
        return True

    def end(self) -> int:
        """The greatest offset that what was taken reaches."""
        return max((token.span.end for token, _ in self._taken), default=0)

    def group(self) -> list[Item] | None:
        """What stands in the braces that open next, without them; None if there are none."""
        if not self.opens():
            return None
        self.take()
        return self.delimited((_CLOSE,))

    def bracket(self) -> list[Item] | None:
        """What stands in the square brackets that open next, without them."""
        return self.delimited((_BRACKET,)) if self.skip("[") else None

    def argument(self) -> list[Item] | None:
        """The argument of a macro without a delimiter: a group, or else one token."""
        if not self._pending or self._pending[-1][0].kind is TokenKind.CLOSE:
            return None
        if self.opens():
            return self.group()
        item = self.take()
        return [item] if item else None

    def opens(self) -> bool:
        """Whether a brace opens next."""
        return bool(self._pending) and self._pending[-1][0].kind is TokenKind.OPEN

    def delimited(self, end: tuple[Token, ...], opening: str = "") -> list[Item] | None:
        """What stands before the tokens `end`, which are taken as well; pairs of `opening` and the
        end inside of it are passed over."""
        items: list[Item] = []
        depth = inner = 0
        while item := self.take():
            token = item[0]
            if depth == inner == 0 and token == end[0] and self._follows(end[1:]):
                return items
            inner += (token.text == opening and depth == 0) - (token == end[0] and inner > 0)
            depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
            if depth < 0:
                return None
            items.append(item)
        return None

    def _follows(self, tokens: tuple[Token, ...]) -> bool:
        """Takes these tokens if they come next."""
        ahead = self._pending[len(self._pending) - len(tokens) :][::-1]
        if [token for token, _ in ahead] != list(tokens):
            return False
        for _ in tokens:
            self.take()
        return True


def _words(token: Token) -> str:
    r"""What a token reads in the file, where a `\text{]}` is not a bracket."""
    return "" if token.kind is TokenKind.TEXT else token.text
