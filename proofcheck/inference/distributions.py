r"""What `x \sim \mathcal{N}(\mu,\Sigma)` says: nothing to check, and of what form `\Sigma` is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Derivation, RelationKind, Step
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import Symbol
from proofcheck.formula.laws import NORMAL, Law, law_of, laws_within
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse

_NORMAL = frozenset((r"\mathcalN", "N", r"\mathrmN", r"\mathscrN", r"\calN", r"\textN", r"\rmN"))
_LETTERS_FOR_NORMAL = frozenset((r"\phi", r"\varphi", r"\mathbfN", r"\mathbbN"))


_LETTERS = {
    r"(?:\\[a-z]+\{)*\\Sigma": (
        r"covariance|likelihood|gaussian|normal distribution|normals\b|multivariate|scale matrix|"
        r"mahal|kullback|discriminant"
    ),
    r"(?:\\mathbf\{)?[SC](?![a-z])": r"principal component|\bpca\b|scatter matri|discriminant",
    r"(?:\\mathbf\{)?K(?![a-z])": "gaussian process|kernel|gram matrix",
    r"[PQR](?![a-z])": r"kalman|riccati|\blqr\b|lyapunov|linear[- ]quadratic",
    r"[UV](?![a-z])": "matrix[- ]normal",
    r"[SVW](?![a-z])": "kalman",
}
_CUSTOMS = tuple((re.compile(name), re.compile(prose)) for name, prose in _LETTERS.items())
"""Names that are those of covariances where the prose speaks of a subject, with words for that."""

_FONT = re.compile(r"\\(?:math|text|bold)[a-z]+|\\bm|\\bar|\\hat")
_MARKS = re.compile(r"\\[a-zA-Z]+|[A-Za-z0-9*]")
_JOINED = re.compile(r"[|+,-]|\\mid|\\vert|ML")


def is_covariance(name: str, prose: str) -> bool:
    r"""Whether a letter is a covariance by the custom of the subject, which the prose names.

    prose: all words of the document, in lower case. `\Sigma` is that of a normal law, `K` that
    of a Gaussian process or a kernel, `S` and `C` those of data of which principal components
    or discriminants are sought, `P`, `Q` and `R`, of a filter also `S`, `V` and `W`, those of a
    Kalman filter or the weights of a quadratic cost, `U` and `V` those of a matrix-normal law
    (Bishop 2006, 2.3, 4.1, 6.4, 12.1 and 13.3; Anderson and Moore 1990, 2.3; Gupta and Nagar
    2000, 2.2).
    """
    if _is_cross(name):
        return False
    return any(letter.match(name) and subject.search(prose) for letter, subject in _CUSTOMS)


def _is_cross(name: str) -> bool:
    r"""Whether two different letters below a name say that it is between two variables, as
    `K_{nm}` and `\Sigma_{12}`, so that it has no form."""
    script = name.partition("_{")[2].removesuffix("}")
    marks = _MARKS.findall(_FONT.sub("", script))
    return len(marks) == 2 and marks[0] != marks[1] and not _JOINED.search(script)


def is_distributed(step: Step) -> bool:
    """Whether the relation says how something random is distributed."""
    text = step.relation.text
    return r"\sim" in text and r"\simeq" not in text


def names_law(step: Step) -> bool:
    r"""Whether a step gives a letter to a law: `p = \mathcal N(\mu, \Sigma)`."""
    equal = step.relation.kind in (RelationKind.EQUAL, RelationKind.DEFINE)
    if not equal or len(step.left.tokens) != 1:
        return False
    law = law_of(step.right.tokens)
    return law is not None and law.family is NORMAL and not law.pointed and law.spelling != "N"


def has_moments(tokens: Sequence[Token]) -> bool:
    """Whether a law is told by a mean and a covariance: the normal one, or a letter's for it."""
    texts = [token.text for token in tokens]
    if "(" not in texts or texts.count(",") != 1 or texts[-1:] != [")"]:
        return False
    return _head(texts) in _NORMAL | _LETTERS_FOR_NORMAL


def _head(texts: Sequence[str]) -> str:
    r"""What stands before the bracket, without braces and a subscript: `\mathcalN`."""
    head = "".join(texts[: texts.index("(")]).translate({ord("{"): None, ord("}"): None})
    return head.partition("_")[0]


def covariance_in(tokens: Sequence[Token], notation: Notation) -> str | None:
    """The name of the covariance in a multivariate normal law; None if it is no name."""
    texts = [token.text for token in tokens]
    if "(" not in texts or _head(texts) not in _NORMAL:
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


Use = tuple[str, bool, int]
"""The spelling of a law, whether a point stands before its parameters, and how many these are."""
_CONVENTION = 3
_VARIANTS = re.compile("truncat|skew|fold|split|contaminat|generali[sz]ed normal")


def uses_of_laws(derivations: Iterable[Derivation]) -> Mapping[Use, int]:
    """How often a document writes the laws that have a fixed number of parameters."""
    sides = (side for derivation in derivations for side in derivation.sides())
    return Counter(_use(law) for side in sides for law in laws_within(side.tokens))


def ill_formed_law(step: Step, uses: Mapping[Use, int], prose: str) -> str:
    """Why a law or a density in a step can be none, or the empty string: it has another number of
    parameters than its family.

    What the document writes three times is its custom. A density has to have another number
    elsewhere, and so has a matrix-normal law, whose letters may mean something else.
    """
    found = laws_within(step.right.tokens)
    whole = law_of(step.right.tokens) if is_distributed(step) else None
    for law in found:
        count, wanted = len(law.parameters), law.usual
        if count == wanted or uses[_use(law)] >= _CONVENTION or _VARIANTS.search(prose):
            continue
        said = uses.get((law.spelling, law.pointed, wanted), 0)
        if law.pointed and said and count < wanted:
            return _wrong_number(law)
        distributed = whole is not None and whole.parameters == law.parameters
        if law.pointed or not distributed or count < 2:
            continue
        as_density = [t.text for t in law.parameters[0]] == [t.text for t in step.left.tokens]
        if said or (law.is_of(NORMAL) and not as_density):
            return _wrong_number(law)
    return ""


def _use(law: Law) -> Use:
    return law.spelling, law.pointed, len(law.parameters)


def _wrong_number(law: Law) -> str:
    count, wanted = len(law.parameters), law.usual
    point = " after its point" if law.pointed else ""
    plural = "" if count == 1 else "s"
    return f"`{law.spelling}` has {count} parameter{plural}{point}, where its family has {wanted}"
