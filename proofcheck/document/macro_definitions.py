r"""The ways of LaTeX and MathJax to define a macro: `\newcommand`, `\def`, `\let` and others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from proofcheck.document.macro_parameters import (
    NO_VALUE,
    Argument,
    Between,
    Braced,
    Flag,
    Parameter,
    Tokens,
    UpTo,
)
from proofcheck.document.macro_stream import Item, TokenStream
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind

_NOWHERE = Span(0, 0)
_UPRIGHT = frozenset(("\\operatorname", "\\mathrm"))


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of the author.

    `prefix` must follow the name in a call. In the `body` the first parameter is the two tokens
    `#` and `1`. A `fixed` macro stands for what its body meant when it was defined.
    """

    body: Tokens
    parameters: tuple[Parameter, ...] = ()
    prefix: Tokens = ()
    fixed: bool = False


Definition = tuple[str, Macro]
"""A macro with its name, backslash included; that of a word is `\\operatorname{word}`."""


def definition(command: str, stream: TokenStream, macros: Mapping[str, Macro]) -> Definition | None:
    """The definition that the tokens after `command` make, which are taken from the stream; None
    if they make none."""
    return DEFINERS[command](stream, macros)


def _name(stream: TokenStream) -> str | None:
    """The name to be defined, in braces or not."""
    stream.skip("*")
    items = stream.argument()
    if not items or items[0][0].kind is not TokenKind.COMMAND:
        return None
    return items[0][0].text if len(items) == 1 else _word(TokenStream(t for t, _ in items))


def _word(stream: TokenStream) -> str | None:
    item = stream.next()
    return upright(item[0], stream) if item else None


def upright(token: Token, stream: TokenStream) -> str | None:
    r"""The name of the word that a token begins, which is written upright: the same for
    `\operatorname{tr}`, `\mathrm{tr}` and `\text{tr}`."""
    if token.kind is TokenKind.TEXT:
        return f"\\operatorname{{{token.text.strip()}}}"
    if token.text not in _UPRIGHT:
        return None
    stream.skip("*")
    letters = "".join(letter.text for letter, _ in stream.group() or [])
    return f"\\operatorname{{{letters}}}"


def _tokens(items: list[Item] | None) -> Tokens | None:
    return None if items is None else tuple(token for token, _ in items)


def _count(stream: TokenStream) -> int | None:
    """The number of arguments, `[2]`; none is 0, what is no digit None."""
    count = "".join(token.text for token, _ in stream.bracket() or []) or "0"
    return int(count) if count.isdecimal() and int(count) <= 9 else None


def _new_command(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\newcommand{\x}[2][default]{…}`, with braces around neither."""
    name, count = _name(stream), _count(stream)
    default = _tokens(stream.bracket())
    body = _tokens(stream.argument())
    if name is None or body is None or count is None:
        return None
    if default is None or not count:
        return name, Macro(body, (Argument(),) * count)
    return name, Macro(body, (Between("[", "]", default), *(Argument(),) * (count - 1)))


def _provide(stream: TokenStream, macros: Mapping[str, Macro]) -> Definition | None:
    r"""`\providecommand{\x}{…}`, which leaves a macro that exists as it is."""
    found = _new_command(stream, macros)
    return (found[0], macros.get(*found)) if found else None


def _document_command(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\NewDocumentCommand{\x}{s O{T} m}{…}`."""
    name = _name(stream)
    signature = stream.group()
    body = _tokens(stream.group())
    parameters = None if signature is None else _signature(TokenStream(t for t, _ in signature))
    if name is None or body is None or parameters is None:
        return None
    return name, Macro(body, parameters)


def _signature(stream: TokenStream) -> tuple[Parameter, ...] | None:
    """The parameters that a signature of xparse lists; None if one is not known."""
    found: list[Parameter] = []
    while item := stream.take():
        if item[0].text in ("+", "!"):
            continue
        make = _KINDS.get(item[0].text)
        parameter = make(stream) if make else None
        if parameter is None:
            return None
        found.append(parameter)
    return tuple(found)


def _flag(stream: TokenStream) -> Parameter | None:
    item = stream.take()
    return Flag(item[0].text) if item else None


def _between(stream: TokenStream, default: Tokens | None) -> Parameter | None:
    opening, closing = stream.take(), stream.take()
    return Between(opening[0].text, closing[0].text, default) if opening and closing else None


def _default(stream: TokenStream) -> Tokens:
    return _tokens(stream.argument()) or ()


def _between_or(stream: TokenStream) -> Parameter | None:
    found = _between(stream, ())
    if not isinstance(found, Between):
        return None
    return Between(found.opening, found.closing, _default(stream))


_KINDS: dict[str, Callable[[TokenStream], Parameter | None]] = {
    "m": lambda _: Argument(),
    "o": lambda _: Between("[", "]", (NO_VALUE,)),
    "O": lambda stream: Between("[", "]", _default(stream)),
    "s": lambda _: Flag("*"),
    "t": _flag,
    "r": lambda stream: _between(stream, None),
    "d": lambda stream: _between(stream, (NO_VALUE,)),
    "D": _between_or,
    "g": lambda _: Braced((NO_VALUE,)),
    "G": lambda stream: Braced(_default(stream)),
}
"""The letters of a signature."""


def _def(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\def\x#1,#2.{…}`: each parameter may have tokens after it that end its argument."""
    name = _name(stream)
    pieces: list[list[Token]] = [[]]  # the prefix, then what follows each parameter
    while (body := _tokens(stream.group())) is None:
        item = stream.take()
        if item is None or item[0].kind is TokenKind.CLOSE:
            return None
        if item[0].text == "#":
            stream.take()
            pieces.append([])
        else:
            pieces[-1].append(item[0])
    parameters = (UpTo(tuple(piece)) if piece else Argument() for piece in pieces[1:])
    return (name, Macro(body, tuple(parameters), tuple(pieces[0]))) if name else None


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
    head = (
        Token(TokenKind.COMMAND, "\\operatorname", _NOWHERE),
        Token(TokenKind.OPEN, "{", _NOWHERE),
    )
    return name, Macro((*head, *body, Token(TokenKind.CLOSE, "}", _NOWHERE)))


def _paired_delimiter(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\DeclarePairedDelimiter{\x}{left}{right}`; a call may give a size in brackets."""
    name = _name(stream)
    left, right = _tokens(stream.group()), _tokens(stream.group())
    if name is None or left is None or right is None:
        return None
    return name, Macro((*left, *_parameter(3), *right), (*_SIZED, Argument()))


def _paired_delimiter_of(stream: TokenStream, _: Mapping[str, Macro]) -> Definition | None:
    r"""`\DeclarePairedDelimiterX{\x}[2]{left}{right}{#1,#2}`."""
    name, count = _name(stream), _count(stream)
    left, right, body = (_tokens(stream.group()) for _ in range(3))
    if name is None or count is None or left is None or right is None or body is None:
        return None
    inside = _shifted(body, len(_SIZED))
    return name, Macro((*left, *inside, *right), (*_SIZED, *(Argument(),) * count))


_SIZED: tuple[Parameter, ...] = (Flag("*"), Between("[", "]", ()))


def _parameter(number: int) -> Tokens:
    return (
        Token(TokenKind.SYMBOL, "#", _NOWHERE),
        Token(TokenKind.DIGIT, str(number), _NOWHERE),
    )


def _shifted(body: Tokens, by: int) -> Tokens:
    r"""A body whose parameters have other ones in front of them; `\delimsize` is left out."""
    found: list[Token] = []
    for token in body:
        if found and found[-1].text == "#" and token.kind is TokenKind.DIGIT:
            found[-1:] = _parameter(int(token.text) + by)
        elif token.text != r"\delimsize":
            found.append(token)
    return tuple(found)


DEFINERS: dict[str, Callable[[TokenStream, Mapping[str, Macro]], Definition | None]] = {
    **dict.fromkeys(("\\newcommand", "\\renewcommand", "\\DeclareRobustCommand"), _new_command),
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _def),
    **{
        f"\\{verb}{kind}DocumentCommand": _document_command
        for verb in ("New", "Renew", "Declare", "Provide")
        for kind in ("", "Expandable")
    },
    "\\providecommand": _provide,
    "\\let": _let,
    "\\DeclareMathOperator": _operator,
    "\\DeclarePairedDelimiter": _paired_delimiter,
    "\\DeclarePairedDelimiterX": _paired_delimiter_of,
}
"""What defines a macro, by the command that does."""
