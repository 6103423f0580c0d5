r"""Laws that follow from others: `AX + b \sim \mathcal{N}(A\mu + b, A\Sigma A^T)`.

What is affine in normal variables is normal, so that its law is its mean and its covariance (Bishop
2006, 2.3). A step that gives a normal law to what is made of variables with such laws is judged as
the two equations that say so; where both hold, it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proofcheck.document.tokens import Token, tokenize_text
from proofcheck.extraction.derivation import Extraction, Relation, RelationKind, Step
from proofcheck.formula.expr import Moment, Symbol
from proofcheck.formula.laws import NORMAL, Law, law_of
from proofcheck.inference.context import understand
from proofcheck.inference.distributions import is_distributed
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.model import Claim, Free
from proofcheck.inference.readings import Place
from proofcheck.numeric.blame import Judged
from proofcheck.numeric.by_law import imposed_on
from proofcheck.numeric.degrees import degree
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.numeric.written_out import Anew, with_steps

_MOST_TRIED = 12
_MOST_READ = 600  # steps, each as often as its document is read anew
_APART = 1 << 20  # the number of a chain that no derivation has
_NOTE = "what is affine in normal variables is normal, and has that mean and that covariance"
Piece = str | tuple[Token, ...]


def with_transformed(understanding: Understanding, judged: Judged, anew: Anew) -> Judged:
    """The judgements, with the laws that follow from others."""
    given = list(_laws(understanding.extraction))
    rows = [list(row) for row in judged]
    most = min(_MOST_TRIED, _MOST_READ // max(sum(map(len, rows)), 1))
    for place, step in given[1 : most + 1]:  # the first of all follows from none
        if rows[place[0]][place[1]].verdict is Verdict.ASSUMED:
            found = _followed(understanding, place, step, anew)
            rows[place[0]][place[1]] = found or rows[place[0]][place[1]]
    return tuple(map(tuple, rows))


def _laws(extraction: Extraction) -> Iterator[tuple[Place, Step]]:
    """The steps that give a normal law."""
    for number, derivation in enumerate(extraction.derivations):
        for index, step in enumerate(derivation.steps):
            law = law_of(step.right.tokens) if is_distributed(step) else None
            if law is not None and law.family is NORMAL and not law.pointed:
                yield (number, index), step


def _followed(
    understanding: Understanding, place: Place, step: Step, anew: Anew
) -> Judgement | None:
    law = law_of(step.right.tokens)
    assert law is not None
    equations = [
        _equation(step, number, *sides) for number, sides in enumerate(_moments(step, law))
    ]
    other = with_steps(understanding.extraction, place, *equations)
    if not _is_affine(other, place, understanding.formulas):
        return None
    mean, covariance = anew(other, place[0])[place[1] : place[1] + 2]
    if any(found.verdict is not Verdict.HOLDS for found in (mean, covariance)):
        return None
    return replace(covariance, notes=(*covariance.notes, _NOTE))


def _moments(step: Step, law: Law) -> tuple[tuple[list[Piece], list[Piece]], ...]:
    """What the mean and the covariance of what has a law have to be."""
    whole, (mean, covariance) = step.left.tokens, law.parameters
    return (
        ([r"\mathbb{E}\left[", whole, r"\right]"], [mean]),
        ([r"\operatorname{Var}\left[", whole, r"\right]"], [covariance]),
    )


def _equation(step: Step, number: int, left: list[Piece], right: list[Piece]) -> Step:
    """That what has a law has a moment."""
    sides = replace(step.left, tokens=_put(left)), replace(step.right, tokens=_put(right))
    relation = Relation(RelationKind.EQUAL, "=", step.relation.span)
    apart = replace(step, chain=_APART + number, announced=False, posed=False)
    return replace(apart, left=sides[0], right=sides[1], relation=relation)


def _put(pieces: list[Piece]) -> tuple[Token, ...]:
    found = [tokenize_text(piece) if isinstance(piece, str) else piece for piece in pieces]
    return tuple(token for tokens in found for token in tokens)


def _is_affine(extraction: Extraction, place: Place, formulas: Formulas) -> bool:
    """Whether a mean is that of what is affine in variables with normal laws, and more than one of
    them."""
    model = understand(extraction, None, frozenset(), formulas)
    claim = model.meaning(place)
    match claim:
        case Claim(left=Moment(arguments=(Symbol(name=name),)), names=names) if isinstance(
            model.variables[names[name]].law, Free
        ):
            return False
        case Claim(left=Moment(arguments=(inside,)), names=names):
            imposed = imposed_on(model, place, claim)
            normal = bool(imposed) and all(spread.normal for spread in imposed.values())
            return normal and degree(model, inside, names, imposed.keys(), 1) == 1
        case _:
            return False
