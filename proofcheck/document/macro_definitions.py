r"""The ways of LaTeX and MathJax to define a macro: `\newcommand`, `\def`, `\let` and others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from proofcheck.document.macro_stream import Item, TokenStream
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of the author.

    `delimiters` has one entry for each parameter: the token that ends its argument, or None if
    the argument is a group or one token. `default` is the first argument where it is left out,
    None if it cannot be. `prefix` must follow the name in a call. In the `body` the first
    parameter is the two tokens `#` and `1`. A `fixed` macro stands for what its body meant when it
    was defined; a `starred` one may be called with a `*` that says nothing about the value.
    """

    body: tuple[Token, ...]
    delimiters: tuple[Token | None, ...] = ()
    default: tuple[Token, ...] | None = None
    prefix: tuple[Token, ...] = ()
    fixed: bool = False
    starred: bool = False


Definition = tuple[str, Macro]
"""A macro with its name, backslash included."""


def definition(command: str, stream: TokenStream, macros: Mapping[str, Macro]) -> Definition | None:
    """The definition that the tokens after `command` make, which are taken from the stream; None
    if they make none."""
    return DEFINERS[command](stream, macros)


def _name(stream: TokenStream) -> str | None:
    """The name to be defined, in braces or not."""
    stream.skip("*")
    items = stream.argument()
    if items and len(items) == 1 and items[0][0].kind is TokenKind.COMMAND:
        return items[0][0].text
    return None


def _tokens(items: list[Item] | None) -> tuple[Token, ...] | None:
    return None if items is None else tuple(token for token, _ in items)


def _new_command(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\newcommand{\x}[2][default]{…}`, with braces around neither."""
    name = _name(stream)
    count = "".join(token.text for token, _ in stream.bracket() or []) or "0"
    default = _tokens(stream.bracket())
    body = _tokens(stream.argument())
    if name is None or body is None or not count.isdecimal() or int(count) > 9:
        return None
    return name, Macro(body, (None,) * int(count), default if int(count) else None)


def _provide(stream: TokenStream, macros: Mapping[str, Macro]) -> Definition | None:
    r"""`\providecommand{\x}{…}`, which leaves a macro that exists as it is."""
    found = _new_command(stream, macros)
    return (found[0], macros.get(*found)) if found else None


def _document_command(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\NewDocumentCommand{\x}{m m}{…}` with mandatory arguments only."""
    name = _name(stream)
    kinds = _tokens(stream.group())
    body = _tokens(stream.group())
    if name is None or kinds is None or body is None or any(kind.text != "m" for kind in kinds):
        return None
    return name, Macro(body, (None,) * len(kinds))


def _def(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\def\x#1,#2.{…}`: each parameter may have one token after it that ends its argument."""
    name = _name(stream)
    prefix: list[Token] = []
    delimiters: list[Token | None] = []
    while (body := _tokens(stream.group())) is None:
        item = stream.take()
        if item is None or item[0].kind is TokenKind.CLOSE:
            return None
        if item[0].text == "#":
            stream.take()
            delimiters.append(None)
        elif not delimiters:
            prefix.append(item[0])
        elif delimiters[-1] is None:
            delimiters[-1] = item[0]
        else:
            return None
    return (name, Macro(body, tuple(delimiters), None, tuple(prefix))) if name else None


def _let(stream: TokenStream, macros: Mapping[str, Macro]) -> Definition | None:
    r"""`\let\x=\y`: what `\y` means now."""
    name = _name(stream)
    stream.skip("=")
    item = stream.take()
    if name is None or item is None:
        return None
    return name, macros.get(item[0].text, Macro((item[0],), fixed=True))


def _operator(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\DeclareMathOperator{\x}{…}`: an `\operatorname`."""
    name = _name(stream)
    body = _tokens(stream.group())
    if name is None or body is None:
        return None
    start = Span(0, 0)
    head = (
        Token(TokenKind.COMMAND, "\\operatorname", start),
        Token(TokenKind.OPEN, "{", start),
    )
    return name, Macro((*head, *body, Token(TokenKind.CLOSE, "}", start)))


def _paired_delimiter(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\DeclarePairedDelimiter{\x}{left}{right}`; a call may give a size in brackets."""
    name = _name(stream)
    left, right = _tokens(stream.group()), _tokens(stream.group())
    if name is None or left is None or right is None:
        return None
    start = Span(0, 0)
    inside = (Token(TokenKind.SYMBOL, "#", start), Token(TokenKind.DIGIT, "2", start))
    return name, Macro((*left, *inside, *right), (None, None), default=(), starred=True)


DEFINERS: dict[str, Callable[[TokenStream, Mapping[str, Macro]], Definition | None]] = {
    **dict.fromkeys(("\\newcommand", "\\renewcommand", "\\DeclareRobustCommand"), _new_command),
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _def),
    **dict.fromkeys(("\\NewDocumentCommand", "\\RenewDocumentCommand"), _document_command),
    "\\providecommand": _provide,
    "\\let": _let,
    "\\DeclareMathOperator": _operator,
    "\\DeclarePairedDelimiter": _paired_delimiter,
}
"""What defines a macro, by the command that does."""
