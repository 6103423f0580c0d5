r"""Quantities that a word or a bar in a bracket names: `\mathrm{KL}[p||q]`, `H(X|Y)`, `P(X = x)`.

What stands in the bracket may be a distribution or an event, so that it is not read: the same head
before the same bracket is the same quantity, and as long as nothing defines it, that is all that
is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from proofcheck.document.tokens import Token
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.expr import Evaluated, Expr, Integral, Symbol, bound_here, walk
from proofcheck.formula.gaps import GAP

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

OPENS = frozenset(("(", "[", r"\{"))
_PARTNER = {"(": ")", "[": "]", r"\{": r"\}"}
_SPELLED = {r"\|": "||", r"\Vert": "||", r"\vert": "|", r"\mid": "|", GAP: ""}
_BARS = frozenset(("|", r"\vert", r"\mid", r"\|", r"\Vert"))
_OF_EVENTS = frozenset(("=", "<", ">", r"\leq", r"\geq", r"\le", r"\ge", r"\in", r"\neq")) | {
    *(r"\cap", r"\cup", r"\wedge", r"\vee", r"\setminus", r"\leqslant", r"\geqslant", r"\sim"),
}
_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]|#\d+")
_FONTS = frozenset(
    rf"\{font}" for font in "mathrm mathbf mathcal mathbb mathsf boldsymbol bm text hat bar".split()
)
_CONNECTIVES = frozenset(
    "and as at by for from if in is of on or since so such that the then when where with".split()
) | {"otherwise", "subject", "to", "are", "which", "let", "via", "using", "thus", "hence"}
_NUMBERS = frozenset(
    (
        "KL DKL JS H h I D P Pr pr Prob prob MI LL MLL LME cvLME oosLME LBF ELBO AIC BIC DIC Acc "
        "Com MSE RMSE MAE RSS wRSS ESS TSS SSE median mode Corr corr Bias Kur Skew"
    ).split()
) | {r"\Gamma", r"\psi"}
"""The heads of quantities that are numbers; others may be matrices."""


def parse_quantity(parser: Parser, head: str, start: int) -> Symbol:
    """The quantity whose head was read from lexeme `start` on, with its bracket, which is ahead."""
    opening = parser.peek().text
    inside = enclosed(parser)
    span = parser.since(start)
    if not inside:
        raise Unreadable(f"`{head}` stands before no bracket that is closed", span)
    if head in _CONNECTIVES:
        raise Unreadable(f"the words `{head}` stand inside the formula", span)
    parser.index += len(inside) + 2
    name = rf"\mathrm{{{head}}}{opening}{_spelled(inside)}{_PARTNER[opening]}"
    return Symbol(name, parser.since(start))


def scripted_head(parser: Parser, word: str) -> str:
    r"""A word with the scripts ahead of it if a bracket follows them: `\mathrm{H}_b(p)`."""
    start, head = parser.index, word
    while parser.peek().text in ("_", "^"):
        sign = parser.next().text
        head += f"{sign}{{{_spelled(parser.group())}}}"
    if parser.peek().text in OPENS:
        return head
    parser.index = start
    return word


def is_conditional(parser: Parser, head: str) -> bool:
    """Whether bars stand between two parts of the bracket ahead, `D[p||q]` or `q(z|x)`, and around
    none of them; behind a capital one bar may separate blocks, `A(B|C)`."""
    if parser.peek().text not in ("(", "["):
        return False
    inside = enclosed(parser)
    bars = [index for index, token in enumerate(inside) if token.text in _BARS]
    if not bars or bars[-1] - bars[0] != len(bars) - 1:
        return False
    text = "".join(_SPELLED.get(inside[index].text, "|") for index in bars)
    parts = inside[: bars[0]], inside[bars[-1] + 1 :]
    single = text == "|" and parser.peek().text == "(" and (head[0] in "HI" or head[0].islower())
    return all(parts) and not any(map(_opens_more, parts)) and (single or text == "||")


def holds_event(parser: Parser) -> bool:
    """Whether a relation, a bar or an operation on sets stands in the bracket ahead, which a
    matrix before a bracket does not have."""
    return any(token.text in _OF_EVENTS | _BARS for token in enclosed(parser))


def _opens_more(tokens: Sequence[Token]) -> bool:
    """Whether brackets are opened or closed that the tokens do not hold whole."""
    depth = sum((t.text in OPENS) - (t.text in _PARTNER.values()) for t in tokens)
    return depth != 0


def is_quantity(name: str) -> bool:
    """Whether `parse_quantity` gave a symbol its name."""
    return name.startswith(r"\mathrm{") and name.endswith(tuple(_PARTNER.values()))


def is_number(name: str) -> bool:
    """Whether a quantity is a number by its head, or since two bars make it a divergence."""
    head = re.match(r"\\mathrm\{(\\?[A-Za-z]+)", name)
    return "||" in name or (head is not None and head[1] in _NUMBERS)


def refuse_bound(expr: Expr) -> None:
    """Refuses a quantity that changes with a letter which an expression binds."""
    if found := bound_quantity(expr):
        message = f"`{found.name}` changes with a letter that is bound, and is not evaluated"
        raise Unreadable(message, found.span)


def bound_quantity(expr: Expr) -> Symbol | None:
    """A quantity in whose bracket a letter stands that an expression binds: no constant there."""
    for node in walk(expr):
        if bound := _bound(node):
            for inner in walk(node):
                if isinstance(inner, Symbol) and is_about(inner.name, bound):
                    return inner
    return None


def is_about(name: str, letters: Iterable[str]) -> bool:
    """Whether a name is that of a quantity in whose bracket some letters stand."""
    if not is_quantity(name):
        return False
    within = letters_of(name[name.index("}") :])
    return any(within & letters_of(letter) for letter in letters)


def letters_of(text: str) -> set[str]:
    """The letters that a name is made of, whatever their fonts and accents."""
    return set(_LETTERS.findall(text)) - _FONTS


def _bound(node: Expr) -> frozenset[str]:
    match node:
        case Integral(variable=variable):
            return frozenset((variable.name,))
        case Evaluated(at=at):
            return frozenset(variable.name for variable, _ in at)
        case _:
            return bound_here(node)


def _spelled(tokens: Sequence[Token]) -> str:
    """Tokens as LaTeX, the same for the same meaning."""
    text = ""
    for token in tokens:
        word = _SPELLED.get(token.text, token.text)
        apart = re.search(r"\\[A-Za-z]+$", text) and word[:1].isalpha()
        text += f" {word}" if apart else word
    return text
