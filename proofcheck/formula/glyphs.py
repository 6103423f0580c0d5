"""Mathematics in Unicode, spelled in LaTeX: `∂`, `Σ`, `ᵀ`, `⁻¹`, `₂`, `½`, `𝐀`."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence

from proofcheck.document.arrows import ARROWS, is_accent
from proofcheck.document.tokens import Token, TokenKind

_GREEK = (
    "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi "
    "ρrho σsigma τtau υupsilon φphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma "
    "ΦPhi ΨPsi ΩOmega µmu ϕphi ϵepsilon ∆Delta ϑvartheta ϱvarrho ℓell"
)
COMMANDS: dict[str, str] = {word[0]: "\\" + word[1:] for word in _GREEK.split()} | {
    "∂": r"\partial", "∇": r"\nabla", "‖": r"\|", "∥": r"\|", "⊤": r"\top", "⊺": r"\top",
    "⊗": r"\otimes", "⊙": r"\odot", "∘": r"\circ", "⊘": r"\oslash", "⊕": r"\oplus",
    "⋅": r"\cdot", "·": r"\cdot", "×": r"\times", "∑": r"\sum", "∏": r"\prod", "√": r"\sqrt",
    "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle", "†": r"\dagger",
    "…": r"\ldots", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "∞": r"\infty",
    "±": r"\pm", "∓": r"\mp", "∈": r"\in", "∅": r"\emptyset", "∧": r"\wedge", "∨": r"\vee",
}  # fmt: skip
_SYMBOLS = {
    "−": "-", "–": "-", "′": "'", "＝": "=", "∗": "*", "∕": "/", "⁄": "/", "∶": ":", "∣": "|",
    "，": ",",
}  # fmt: skip
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵏᵐᵗᴴ", "0123456789+-nikmtH", strict=True)) | {
    "ᵀ": r"\top",
    "°": r"\circ",
}
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₗₘₙₚᵣₛₜᵤᵥₓ", "0123456789+-ijklmnprstuvx", strict=True))
_SCRIPTS = _RAISED | _LOWERED
_FONTS = {
    "BOLD": r"\mathbf", "DOUBLE-STRUCK": r"\mathbb", "SCRIPT": r"\mathcal",
    "FRAKTUR": r"\mathfrak", "SANS-SERIF": r"\mathsf", "MONOSPACE": r"\mathtt",
}  # fmt: skip


def spelled_out(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with every character of Unicode that stands for LaTeX replaced by that; a token
    keeps its place, and those of a run of raised characters become one superscript."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        stop = index + 1
        if token.text.isascii() or token.kind in _WORDS:
            yield token
        elif is_accent(tokens, index):
            yield _respelled(token, ARROWS[token.text])
        elif script := _script_of(token):
            while stop < len(tokens) and _script_of(tokens[stop]) == script:
                stop += 1
            before = tokens[index - 1].text if index else ""
            yield from _scripted(tokens[index:stop], script, before)
        else:
            yield from (_respelled(token, text) for text in _latex(token.text))
        index = stop


_WORDS = frozenset((TokenKind.TEXT, TokenKind.BEGIN, TokenKind.END))


def _script_of(token: Token) -> str:
    """The sign of the script that a character is raised or lowered to; empty if it is neither."""
    return "^" if token.text in _RAISED else "_" if token.text in _LOWERED else ""


def _scripted(run: Sequence[Token], script: str, before: str) -> Iterator[Token]:
    """A run of raised or lowered characters as a script, unless its sign stands before it."""
    inside = [_respelled(token, _SCRIPTS[token.text]) for token in run]
    if before == script:
        yield from inside
    else:
        first, last = run[0], run[-1]
        yield from (_respelled(first, script), _respelled(first, "{"))
        yield from (*inside, _respelled(last, "}"))


@functools.cache
def _latex(character: str) -> tuple[str, ...]:
    """The LaTeX that a character stands for, token by token; itself if it is nothing known."""
    if character in COMMANDS:
        return (COMMANDS[character],)
    if character in _SYMBOLS:
        return (_SYMBOLS[character],)
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 3 and plain[1] == "⁄":
        return (r"\frac", "{", plain[0], "}", "{", plain[2], "}")
    name = unicodedata.name(character, "")
    if len(plain) != 1 or plain == character or not _is_alphanumeric(name):
        return (character,)
    inside = COMMANDS.get(plain, plain)
    font = next((font for style, font in _FONTS.items() if style in name), "")
    return (font, "{", inside, "}") if font else (inside,)


def _is_alphanumeric(name: str) -> bool:
    """Whether a character is a letter or digit in a font of mathematics, by its name."""
    return name.startswith(("MATHEMATICAL", "DOUBLE-STRUCK CAPITAL", "SCRIPT", "BLACK-LETTER"))


def _respelled(token: Token, text: str) -> Token:
    return Token(_kind(text), text, token.span)


def _kind(text: str) -> TokenKind:
    if text.startswith("\\"):
        return TokenKind.COMMAND
    if text in "{}":
        return TokenKind.OPEN if text == "{" else TokenKind.CLOSE
    if text.isdecimal():
        return TokenKind.DIGIT
    return TokenKind.LETTER if text.isalpha() else TokenKind.SYMBOL
