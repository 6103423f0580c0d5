"""Random pairs of expressions: those that normal forms prove to be equal are equal in numbers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from proofcheck.extraction.derivation import Extraction
from proofcheck.formula.cursor import Unreadable
from proofcheck.inference.context import understand
from proofcheck.inference.model import Claim
from proofcheck.inference.readings import components
from proofcheck.inference.search import readings
from proofcheck.numeric.normal_form import proves
from proofcheck.numeric.trial import Differs, Mismatch, try_claim
from proofcheck.remedy.scene import scene
from proofcheck.remedy.slips import slips
from tests.numeric.claims import declare, derivation
from tests.robustness import read, tokens

_DECLARED = (
    declare("A", "matrix", "square"),
    declare("B", "matrix", "square"),
    declare("S", "matrix", "symmetric"),
    declare("K", "matrix", "skew-symmetric"),
    declare("Q", "matrix", "orthogonal"),
    declare("P", "matrix", "idempotent"),
    declare("x", "vector"),
    declare("y", "vector"),
    declare("c", "scalar"),
)
Texts = st.SearchStrategy[str]


def _in(left: str, right: str, inner: Texts) -> Texts:
    return inner.map(lambda text: f"{left}{text}{right}")


def _matrix(inner: Texts) -> Texts:
    return st.one_of(
        st.tuples(inner, inner).map("({0[0]} + {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} - {0[1]})".format),
        st.tuples(inner, inner).map("{0[0]}{0[1]}".format),
        st.tuples(inner, inner).map(r"({0[0]}\odot {0[1]})".format),
        _in("(", ")^T", inner),
        _in("2", "", inner),
        _in("c", "", inner),
        _in(r"\operatorname{tr}(", ")A", inner),
        _in("", "xy^T", inner),
    )


_LETTERS = st.sampled_from(("A", "B", "S", "K", "Q", "P", "A^T", "A^{-1}", "Q^T", "xx^T", "I"))
_MATRICES: Texts = st.recursive(_LETTERS, _matrix, max_leaves=4)
_VECTORS: Texts = st.tuples(_MATRICES, st.sampled_from(("x", "y"))).map("{0[0]}{0[1]}".format)
_NUMBERS: Texts = st.one_of(
    _in(r"\operatorname{tr}(", ")", _MATRICES),
    _in(r"\det(", ")", _LETTERS),
    _in(r"\|", r"\|_F^2", _MATRICES),
    st.tuples(_MATRICES, _MATRICES).map("{0[0]}:{0[1]}".format),
    st.tuples(_VECTORS, _VECTORS).map("({0[0]})^T({0[1]})".format),
    _in("e^{", "}", st.sampled_from(("c", "2c", "c+1", "x^Ty"))),
    _in(r"d\operatorname{tr}(", ")", _LETTERS),
)
_SIDES = st.one_of(_MATRICES, _VECTORS, _NUMBERS, _in("d(", ")", _LETTERS))


def _is_sound(left: str, right: str) -> tuple[bool, bool]:
    """Whether normal forms prove that two sides are equal, and whether numbers say otherwise."""
    extraction = Extraction((derivation(f"{left} = {right}"),), _DECLARED)
    model = understand(extraction)
    claim = model.meaning((0, 0))
    if not isinstance(claim, Claim):
        return False, False
    found = next(iter(components(model)), None)
    reading = next(readings(model, found, "mixed"), None) if found is not None else None
    if reading is None or not proves(model, reading, (0, 0), claim):
        return False, False
    return True, isinstance(try_claim(model, reading, (0, 0), claim, left), Differs | Mismatch)


@settings(deadline=None, max_examples=300)
@given(_SIDES, _SIDES)
def test_what_is_proved_of_any_two_sides_is_so_in_numbers(left: str, right: str) -> None:
    proved, differs = _is_sound(left, right)
    assert not (proved and differs)


@settings(deadline=None, max_examples=300)
@given(_SIDES, st.integers(0, 10_000))
def test_what_is_proved_of_a_side_and_a_slip_of_it_is_so_in_numbers(left: str, choice: int) -> None:
    side = tokens(left), read(left)
    around = scene(side, side)
    made = slips(around)
    changed = around.written.spliced(made[choice % len(made)].splices) if made else None
    if not changed:
        return
    try:
        proved, differs = _is_sound(left, " ".join(token.text for token in changed))
    except Unreadable:
        return
    assert not (proved and differs)
