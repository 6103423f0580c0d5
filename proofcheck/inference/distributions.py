r"""What `x \sim \mathcal{N}(\mu,\Sigma)` says: nothing to check, and of what form `\Sigma` is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Step
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Symbol
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse

_NORMAL = frozenset((r"\mathcal{N}", "N", r"\mathrm{N}", r"\mathscr{N}"))


_LETTERS = {
    r"(?:\\[a-z]+\{)*\\Sigma": (
        r"covariance|likelihood|gaussian|normal distribution|multivariate normal|mahal"
    ),
    r"(?:\\mathbf\{)?K(?![a-z])": "gaussian process|kernel|gram matrix",
    r"[PQR](?![a-z])": "kalman",
    r"[UV](?![a-z])": "matrix[- ]normal",
}
_CUSTOMS = tuple((re.compile(name), re.compile(prose)) for name, prose in _LETTERS.items())
"""Names that are those of covariances where the prose speaks of a subject, with words for that."""


def is_covariance(name: str, prose: str) -> bool:
    """Whether a letter is a covariance by the custom of the subject, which the prose names.

    prose: all words of the document, in lower case. `\\Sigma` is that of a normal law, `K` that
    of a Gaussian process or a kernel, `P`, `Q` and `R` those of a Kalman filter, `U` and `V`
    those of a matrix-normal law (Bishop 2006, 2.3, 6.4 and 13.3; Gupta and Nagar 2000, 2.2).
    """
    return any(letter.match(name) and subject.search(prose) for letter, subject in _CUSTOMS)


def is_distributed(step: Step) -> bool:
    """Whether the relation says how something random is distributed."""
    text = step.relation.text
    return r"\sim" in text and r"\simeq" not in text


def covariance_in(tokens: Sequence[Token], notation: Notation) -> str | None:
    """The name of the covariance in a multivariate normal law; None if it is no name."""
    texts = [token.text for token in tokens]
    if "(" not in texts or "".join(texts[: texts.index("(")]) not in _NORMAL:
        return None
    start = texts.index("(") + 1
    depth = 0
    parts: list[list[Token]] = [[]]
    for token in tokens[start:]:
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth < 0:
            break
        if depth == 0 and token.text in (",", ";"):
            parts.append([])
        elif token.kind is not TokenKind.TEXT:
            parts[-1].append(token)
    if len(parts) < 2 or not parts[-1]:
        return None
    try:
        found = parse(tuple(parts[-1]), notation)
    except Unreadable:
        return None
    return found.name if isinstance(found, Symbol) else None
