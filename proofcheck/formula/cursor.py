"""A position in a sequence of lexemes, and what can go wrong there."""

from __future__ import annotations

from collections.abc import Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind

END = Token(TokenKind.SYMBOL, "", Span(0, 0))
DEEPEST = 60
OPENING = frozenset(("(", "[", r"\{", r"\langle"))
CLOSING = frozenset((")", "]", r"\}", r"\rangle"))
_ARGUMENTS = {
    r"\frac": 2,
    r"\binom": 2,
    r"\mathrm": 1,
    r"\mathsf": 1,
    r"\mathbf": 1,
    r"\mathit": 1,
    r"\sqrt": 1,
}
_ARGUMENTS |= {r"\boldsymbol": 1, r"\bm": 1, r"\hat": 1, r"\tilde": 1, r"\bar": 1, r"\mathcal": 1}


class Unreadable(Exception):
    """A formula could not be parsed; `span` holds the characters that caused it."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class Cursor:
    """Reads lexemes one by one; reading past the end gives `END`, whose text is empty."""

    def __init__(self, tokens: Sequence[Token], span: Span) -> None:
        self.tokens = tokens
        self.whole = span
        self.index = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> Token:
        """The lexeme `ahead` of the next one, left where it is."""
        index = self.index + ahead
        return self.tokens[index] if index < len(self.tokens) else END

    def next(self) -> Token:
        """The next lexeme."""
        token = self.peek()
        self.index += 1
        return token

    def accept(self, text: str) -> bool:
        """Reads the next lexeme if it is this one."""
        if self.peek().text == text and self.peek().kind is not TokenKind.TEXT:
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> None:
        """Reads this lexeme or raises `Unreadable`."""
        if not self.accept(text):
            token = self.peek()
            found = f"`{token.text}`" if token.text else "the end"
            raise Unreadable(f"expected `{text}` but found {found}", self.here())

    def here(self) -> Span:
        """The span of the next lexeme, or of the whole formula at its end."""
        token = self.peek()
        return token.span if token.text else self.whole

    def since(self, start: int) -> Span:
        """The span from the lexeme at index `start` to the last one read."""
        if start >= len(self.tokens):
            return self.whole
        last = self.tokens[max(start, min(self.index, len(self.tokens)) - 1)]
        return self.tokens[start].span.to(last.span)

    def group(self) -> list[Token]:
        """The lexemes of a script or of a macro's argument: what `{…}` holds, or one lexeme."""
        token = self.next()
        if not token.text and token.kind is not TokenKind.TEXT:
            raise Unreadable("the formula ends where an argument should stand", self.whole)
        if token.kind is not TokenKind.OPEN:
            start = self.index
            for _ in range(_ARGUMENTS.get(token.text, 0)):
                self.group()
            return [token, *self.tokens[start : self.index]]
        start, depth = self.index, 1
        while self.index < len(self.tokens):
            kind = self.next().kind
            depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
            if depth == 0:
                return list(self.tokens[start : self.index - 1])
        raise Unreadable("a brace is never closed", token.span)


def enclosed(cursor: Cursor) -> tuple[Token, ...]:
    """The lexemes between the bracket ahead and its partner, which is left unread."""
    depth = 0
    for ahead in range(cursor.index, len(cursor.tokens)):
        token = cursor.tokens[ahead]
        opens = token.text in OPENING or token.kind in (TokenKind.OPEN, TokenKind.BEGIN)
        closes = token.text in CLOSING or token.kind in (TokenKind.CLOSE, TokenKind.END)
        depth += opens - closes
        if depth == 0:
            return tuple(cursor.tokens[cursor.index + 1 : ahead])
    return ()
