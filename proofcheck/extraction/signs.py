r"""What a document says of its signs: "where $\star$ denotes the elementwise product"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proofcheck.document.tokens import Token
from proofcheck.extraction.scripts import inside
from proofcheck.extraction.sentences import NAME, Text

SIGNS = {
    r"(?:element-?wise|entry-?wise|component-?wise|pointwise|Hadamard|Schur)"
    r"(?:\s+matrix)?\s+(?:product|multiplication)": "hadamard",
    r"Kronecker\s+product": "kronecker",
    r"(?:outer|dyadic)\s+product": "outer product",
    r"conjugate[-\s]transpose|Hermitian\s+(?:transpose|conjugate)": "conjugate transpose",
    r"(?:complex\s+)?conjugate(?:\s+of)?": "conjugate",
    r"transpos(?:e|ition)": "transpose",
    r"(?:Moore-?Penrose\s+)?pseudo-?inverse|Moore-?Penrose\s+inverse": "pseudoinverse",
    r"soft-?max(?!\s+functions)": "softmax",
    r"(?:element-?wise\s+)?(?:ReLU|rectified\s+linear\s+unit)": "relu",
}
"""The operators by the words for them."""

_WORDS = "|".join(f"(?P<_{number}>{words})" for number, words in enumerate(SIGNS))
_VERB = r"(?:denotes?|denoting|is|stands?\s+for|means?|represents?|for|be|indicates?)"
_WHICH = r"(?:\s+(?:used|to\s+denote|written))*\s+(?:for\s+|as\s+)?(?:the\s+|an?\s+)?"
_DENOTED = r"\s+(?:is\s+)?(?:denoted|written|indicated)\s+(?:by|as|with)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<sign>{NAME})\s+{_VERB}{_WHICH}(?:{_WORDS})\b",
        rf"(?:{_WORDS})(?:\s+of\s+{NAME})?{_DENOTED}\s+(?P<sign>{NAME})",
    )
)
_NEGATION = re.compile(r"(?i)\b(?:not|no|never|rather\s+than|instead)\b")


def signs(text: Text) -> Iterator[tuple[str, str]]:
    """The signs of which one scope says what they mean, with the names of their operators."""
    names = tuple(SIGNS.values())
    for sentence in text.sentences():
        for match in (m for pattern in _PATTERNS for m in pattern.finditer(sentence.text)):
            formula = sentence.formula(match["sign"])
            number = next(i for i in range(len(names)) if match[f"_{i}"])
            if not formula or _NEGATION.search(match[0]):
                continue
            if names[number] in FUNCTIONS:
                if letter := _letter_of(formula.tokens):
                    yield letter, names[number]
            elif sign := sign_of(formula.tokens):
                infix = names[number] in _BETWEEN
                if infix == (len(formula.tokens) == 1 and sign != "'"):
                    yield _SYNONYMS.get(sign, sign), names[number]


def _letter_of(tokens: Sequence[Token]) -> str:
    r"""The letter of a function: `\sigma`, `\sigma(x)`, `\sigma(\cdot)`; nothing for any other."""
    texts = [token.text for token in tokens]
    alone = len(texts) == 1 or texts[1] in ("(", ":", r"\colon")
    return texts[0] if alone and texts[0] in _LETTERS else ""


def sign_of(tokens: Sequence[Token]) -> str:
    r"""The sign that a formula shows: `\star`, `^*`, `A^\dagger`, `'`; nothing for any other."""
    texts = [token.text for token in tokens]
    if len(texts) == 1:
        plain = not (texts[0].isalnum() or (texts[0][1:].isalpha() and texts[0] not in _INFIX))
        return texts[0] if plain else ""
    if "^" in texts[:4]:
        script = inside(tuple(tokens[texts.index("^") + 1 :]))
        return script[0].text if len(script) == 1 and not script[0].text.isdigit() else ""
    return "'" if texts[-1] == "'" and len(texts) < 4 else ""


FUNCTIONS = frozenset(("softmax", "relu"))
"""The operators that a letter stands for, before its arguments."""
_BETWEEN = frozenset(("hadamard", "kronecker", "outer product"))
_LETTERS = frozenset((*"fghsSR", r"\sigma", r"\phi", r"\varphi", r"\psi", r"\rho"))
_SYNONYMS = {r"\ast": "*"}
_INFIX = frozenset(
    r"\star \ast \bullet \circ \cdot \odot \otimes \diamond \times \boxtimes \boxdot".split()
)
