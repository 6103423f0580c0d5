"""Tokens made ready for the parser: layout removed, Unicode mapped, words put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.vocabulary import BY_WORD

_SPACING = (
    r"\, \; \: \! \> \  \quad \qquad \enspace \enskip \thinspace \medspace \thickspace \hfill"
)
_STYLE = (
    r"\displaystyle \textstyle \scriptstyle \limits \nolimits \mathstrut \strut \nonumber \notag"
)
_SIZES = r"\tiny \small \normalsize \large \Large \LARGE \huge \Huge"
_DELIMITER_SIZES = [
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
]
_TRANSPARENT = r"\boxed \fbox \cancel \bcancel \underbrace \overbrace \underline \mathop \mathbin"

DROPPED = frozenset(
    [
        *_SPACING.split(" "),
        *_STYLE.split(),
        *_SIZES.split(),
        *_DELIMITER_SIZES,
        "\\ ",
        r"\middle",
        *_TRANSPARENT.split(),
        r"\mathrel",
        r"\mathord",
        r"\ensuremath",
        r"\/",
        r"\-",
    ]
)
WITH_ARGUMENT = frozenset((r"\color", r"\textcolor", r"\label", r"\tag", r"\phantom", r"\hphantom"))
WITH_ARGUMENT |= {r"\vphantom", r"\hspace", r"\hskip", r"\bbox", r"\mspace", r"\kern"}

_GREEK = (
    "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi "
    "ρrho σsigma τtau υupsilon φphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma "
    "ΦPhi ΨPsi ΩOmega µmu ϕphi ϵepsilon"
)
UNICODE: dict[str, str] = {word[0]: "\\" + word[1:] for word in _GREEK.split()} | {
    "∂": r"\partial", "∇": r"\nabla", "‖": r"\|", "∥": r"\|", "⊤": r"\top", "ᵀ": r"\top",
    "⊗": r"\otimes", "⊙": r"\odot", "∘": r"\circ", "⋅": r"\cdot", "·": r"\cdot", "×": r"\times",
    "…": r"\ldots", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots",
    "∑": r"\sum", "∏": r"\prod", "√": r"\sqrt", "⟨": r"\langle", "⟩": r"\rangle", "†": r"\dagger",
}  # fmt: skip
_SYMBOLS = {"−": "-", "–": "-", "′": "'", "＝": "="}
_SYNONYMS = {
    r"\lVert": r"\|", r"\rVert": r"\|", r"\Vert": r"\|", r"\lvert": "|", r"\rvert": "|",
    r"\vert": "|", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]",
    r"\triangledown": r"\nabla", r"\dfrac": r"\frac", r"\tfrac": r"\frac", r"\cfrac": r"\frac",
    r"\prime": "'", r"\ast": "*", r"\colon": ":", r"\intercal": r"\top", r"\mid": "|",
    r"\transpose": r"\top",
}  # fmt: skip
_WORDS = sorted((word for word in BY_WORD if word.isalpha()), key=len, reverse=True)
_FIRST = frozenset(word[0] for word in _WORDS)
_OPENING = frozenset(("(", "[", r"\{", "|", r"\|", r"\left"))
_BARE = frozenset(("tr", "Tr", "trace", "Trace", "det", "vec", "log", "ln", "exp"))


def lexemes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that carry meaning, in canonical spelling.

    A word of the vocabulary in bare letters (`tr(`) becomes one TEXT token.
    """
    return list(_join_words(_bare_signs(list(_canonical(tokens)))))


class Lexicon:
    """The lexemes of token sequences, found once for each: sides are read several times."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Token, ...], list[Token]]] = {}

    def __call__(self, tokens: tuple[Token, ...]) -> list[Token]:
        """The lexemes of a sequence, which is kept so that its identity stays its own."""
        found = self._known.get(id(tokens))
        if found is None:
            found = tokens, lexemes(tokens)
            self._known[id(tokens)] = found
        return found[1]


def _canonical(tokens: Sequence[Token]) -> Iterator[Token]:
    skip_to = 0
    for index, token in enumerate(tokens):
        if index < skip_to:
            continue
        text = token.text
        if token.kind is TokenKind.LETTER or token.kind is TokenKind.SYMBOL:
            if text == "~":
                continue
            if text == "." and [t.text for t in tokens[index : index + 3]] == [".", ".", "."]:
                skip_to = index + 3
                yield Token(TokenKind.COMMAND, r"\ldots", token.span.to(tokens[index + 2].span))
                continue
            yield _map_character(token)
        elif token.kind is not TokenKind.COMMAND:
            yield token
        elif text in WITH_ARGUMENT:
            skip_to = _after_group(tokens, index + 1)
        elif text in (r"\left", r"\right"):
            if index + 1 < len(tokens) and tokens[index + 1].text == ".":
                skip_to = index + 2
        elif text not in DROPPED:
            yield _respelled(token, _SYNONYMS[text]) if text in _SYNONYMS else token


def _bare_signs(tokens: list[Token]) -> list[Token]:
    """The tokens without braces around a lone `\\partial`, which a macro may have brought."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        around = tokens[index - 1 : index + 2] if token.text == r"\partial" and index else []
        if len(around) == 3 and around[0].kind is TokenKind.OPEN:
            if around[2].kind is TokenKind.CLOSE:
                found[-1:] = [token]
                continue
        if token.kind is TokenKind.CLOSE and found and found[-1].text == r"\partial":
            if tokens[index - 2].kind is TokenKind.OPEN:
                continue
        found.append(token)
    return found


def _map_character(token: Token) -> Token:
    if token.text.isascii():
        return token
    if token.text in _SYMBOLS:
        return Token(TokenKind.SYMBOL, _SYMBOLS[token.text], token.span)
    return _respelled(token, UNICODE[token.text]) if token.text in UNICODE else token


def _respelled(token: Token, text: str) -> Token:
    kind = TokenKind.COMMAND if text.startswith("\\") else TokenKind.SYMBOL
    return Token(kind, text, token.span)


def _after_group(tokens: Sequence[Token], start: int) -> int:
    if start >= len(tokens) or tokens[start].kind is not TokenKind.OPEN:
        return start
    depth = 0
    for index in range(start, len(tokens)):
        if tokens[index].kind is TokenKind.OPEN:
            depth += 1
        elif tokens[index].kind is TokenKind.CLOSE:
            depth -= 1
            if depth == 0:
                return index + 1
    return len(tokens)


def _join_words(tokens: list[Token]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        word = ""
        if token.kind is TokenKind.LETTER and token.text in _FIRST:
            word = _word_at(tokens, index)
        if word:
            span = Span(token.span.start, tokens[index + len(word) - 1].span.end)
            yield Token(TokenKind.TEXT, word, span)
            index += len(word)
        else:
            yield token
            index += 1


def _word_at(tokens: list[Token], index: int) -> str:
    if index and (tokens[index - 1].text in "^_" or tokens[index - 1].kind is TokenKind.LETTER):
        previous = tokens[index - 1]
        if previous.text in "^_" or previous.span.end == tokens[index].span.start:
            if previous.text != "d":
                return ""
    run = index
    while run < len(tokens) and tokens[run].kind is TokenKind.LETTER:
        if run > index and tokens[run].span.start != tokens[run - 1].span.end:
            break
        run += 1
    letters = "".join(token.text for token in tokens[index:run])
    for word in _WORDS:
        if letters.startswith(word) and _stands_as_word(tokens, index + len(word), word, letters):
            return word
    return ""


def _stands_as_word(tokens: list[Token], after: int, word: str, letters: str) -> bool:
    if after >= len(tokens):
        return False
    follower = tokens[after]
    if follower.kind is TokenKind.OPEN or follower.text in _OPENING:
        return letters == word
    return word in _BARE and (follower.text.isupper() or follower.kind is TokenKind.COMMAND)


def over_to_fraction(tokens: list[Token]) -> list[Token]:
    """`a \\over b` as `\\frac{a}{b}`; groups inside are left for when they are read."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth == 0 and token.text == r"\over":
            opening = Token(TokenKind.OPEN, "{", token.span)
            closing = Token(TokenKind.CLOSE, "}", token.span)
            fraction = Token(TokenKind.COMMAND, r"\frac", token.span)
            top, bottom = tokens[:index], tokens[index + 1 :]
            return [fraction, opening, *top, closing, opening, *bottom, closing]
    return tokens
