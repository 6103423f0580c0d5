"""The ways to read a whole document that are tried, the usual one first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from proofcheck.extraction.derivation import Extraction
from proofcheck.formula.notation import Notation
from proofcheck.formula.vocabulary import ANNOUNCED
from proofcheck.inference.model import Claim, Defined, Model, Tangent
from proofcheck.inference.readings import keys_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to read a whole document: notation and layout, with the words for it.

    `signs` are the tokens without any of which the choice changes nothing; none if it always may.
    `tied` says whether a derivative by an entry of a structured matrix moves its mirror image too.
    `solves` says whether steps are tried on the solutions of posed equations as well.
    """

    notation: Notation | None
    layout: str
    note: str
    signs: str = ""
    alone: bool = False
    solves: bool = False
    tied: bool = False


USUAL = Choice(None, "mixed", "", solves=True)
_BOLD = r"\mathbf \boldsymbol \bm \pmb \bf \mathbold"
_DERIVATIVES = r"\partial \nabla \triangledown d D ' \mathrm"
OTHERS = (
    Choice(None, "denominator", "derivatives in denominator layout", _DERIVATIVES),
    Choice(None, "numerator", "derivatives in numerator layout", _DERIVATIVES),
    *(
        Choice(None, layout, f"derivatives of matrices by matrices {words}", r"\otimes ⊗")
        for layout, words in (
            ("stacked", "column by column"),
            ("stacked, turned", "column by column, in denominator layout"),
            ("stacked by rows", "row by row"),
            ("stacked by rows, turned", "row by row, in denominator layout"),
        )
    ),
    Choice(
        Notation(loose=True),
        "mixed",
        "elementwise and Kronecker products after products",
        r"\odot \circ \otimes ⊙ ∘ ⊗ \oslash \oplus \star \ast * \bullet",
    ),
    Choice(
        Notation(
            signs=frozenset(((r"\cdot", "dot product"), (r"\times", "cross product"))),
            spaced=True,
        ),
        "mixed",
        r"`\cdot` and `\times` as the products of vectors",
        r"\cdot \times · × ⋅",
    ),
    Choice(
        Notation(
            signs=frozenset(((r"\cdot", "dot product"), (r"\times", "cross product"))),
            spaced=True,
            loose=True,
        ),
        "mixed",
        r"`\times` as the product of vectors, after products",
        r"\times ×",
    ),
    Choice(
        Notation(signs=frozenset(((r"\oplus", "kronecker sum"),))),
        "mixed",
        r"`\oplus` as the Kronecker sum",
        r"\oplus ⊕",
    ),
    Choice(Notation(inner=True), "mixed", "a power behind a bracket inside the function", "^"),
    Choice(
        Notation(outer=True),
        "mixed",
        "the product sign of two vectors as the outer product",
        r"\otimes ⊗",
    ),
    Choice(Notation(letter=True), "mixed", "`I` as a letter and not the identity", "I"),
    Choice(
        Notation(reach=True),
        "mixed",
        "a derivative in front reaches over the whole product",
        r"\partial \nabla \triangledown ∇ d \mathrm \rm \delta",
    ),
    Choice(
        Notation(solid=True),
        "mixed",
        "a `d` in front of a product without a gap is of all its factors",
        r"d \mathrm \rm \partial \delta",
    ),
    Choice(
        Notation(whole=True),
        "mixed",
        "a logarithm without brackets reaches over the whole product",
        r"\log \ln log ln",
    ),
    Choice(
        Notation(near=True),
        "mixed",
        "a function without brackets is of the factor next to it",
        r"\log \ln log ln \sin \cos \exp",
    ),
    Choice(
        Notation(entrywise=True),
        "mixed",
        "bars, norms and functions of matrices, entry by entry",
        r"\exp \log \ln \sqrt \vert \lvert | \| \lVert \Vert ‖ ∥ exp log ln sqrt e l",
    ),
    Choice(
        Notation(lines="columns"),
        "mixed",
        "the softmax of a matrix by columns",
        r"softmax \softmax",
    ),
    Choice(
        Notation(divides=True, filled=True),
        "mixed",
        "a fraction of vectors by entries",
        r"\odot \circ ⊙ ∘ \oslash",
    ),
    Choice(
        Notation(frobenius=True),
        "mixed",
        "the 2-norm of a matrix as the Frobenius norm",
        r"\| \lVert \Vert ‖ ∥ |",
    ),
    Choice(
        Notation(silent=True),
        "mixed",
        "signs as they mean where no words say more",
        " ".join(ANNOUNCED),
    ),
    Choice(
        Notation(varying=frozenset((r"\delta", r"\Delta"))),
        "mixed",
        r"`\delta` and `\Delta` as differentials",
        r"\delta \Delta",
    ),
    Choice(Notation(dotted=True), "mixed", "a dot above as the differential", r"\dot", solves=True),
    Choice(Notation(primed=True), "mixed", "a prime as the derivative", r"' \prime ’"),
    Choice(
        Notation(one=True), "mixed", "a one in another font as the number", rf"{_BOLD} \tt \mathbb"
    ),
    Choice(Notation(adjoint=True), "mixed", "a star as the conjugate transpose", r"* \ast"),
    Choice(Notation(bar=True), "mixed", "a bar above as the conjugate", r"\bar \overline"),
    Choice(Notation(spaced=True), "mixed", "what stands apart in brackets as blocks of a row", "["),
    Choice(Notation(rows=True), "mixed", "lists in brackets as rows", ","),
    Choice(Notation(filled=True), "mixed", "a 1 beside a vector as the vector of ones", "1"),
    Choice(
        Notation(filled=True, loose=True),
        "mixed",
        "a 1 beside a vector as the vector of ones, elementwise products after products",
        r"\odot \circ ⊙ ∘",
    ),
    Choice(Notation(basis=True), "mixed", "`e_i` and `E_{ij}` with a single one", "e E"),
    Choice(None, "mixed", "derivatives by entries that move together", _DERIVATIVES, tied=True),
    Choice(None, "mixed", "letters that mean something else elsewhere", alone=True),
    Choice(Notation(plain=True), "mixed", "bold and plain letters as the same", _BOLD, solves=True),
    Choice(
        Notation(plain=True), "numerator", "numerator layout, bold letters as plain ones", _BOLD
    ),
    Choice(
        Notation(
            outer=True,
            signs=frozenset(((r"\cdot", "dot product"), (r"\times", "cross product"))),
        ),
        "mixed",
        r"`\cdot`, `\times` and `\otimes` as the products of vectors",
        r"\otimes ⊗",
    ),
    Choice(
        Notation(outer=True),
        "denominator",
        "outer products and denominator layout",
        r"\otimes ⊗",
    ),
)


def usual(extraction: Extraction) -> Choice:
    """The choice that is tried first, in the layout that the document says."""
    return replace(USUAL, layout=extraction.layout or USUAL.layout)


def choices(extraction: Extraction) -> tuple[Choice, ...]:
    """The other choices that may change how the formulas of a document read.

    A layout that the document does not use is none of them.
    """
    words = {
        token.text
        for derivation in extraction.derivations
        for step in derivation.steps
        for side in (step.left, step.right)
        for token in side.tokens
    }
    found = (c for c in OTHERS if not c.signs or not words.isdisjoint(c.signs.split()))
    said = extraction.layout
    if said is None:
        return tuple(found)
    return tuple(
        replace(choice, layout=said)
        for choice in found
        if choice.layout == "mixed" or (choice.layout == said and choice.notation is not None)
    )


def reads_alike(model: Model, other: Model, number: int, its: int | None = None) -> bool:
    """Whether a derivation, and all that it rests on, means the same in two models; `its` number in
    the other one is the same if it is not given."""
    return model is other or _said(model, number) == _said(other, number if its is None else its)


def _said(model: Model, number: int) -> list[object]:
    """What the steps of a derivation claim, and the laws of all that they rest on."""
    said: list[object] = []
    for index, meaning in enumerate(model.meanings[number]):
        if isinstance(meaning, Claim):
            said += [meaning.left, meaning.right, meaning.varying, meaning.tentative]
        said += [(key, _law(model, key)) for key in sorted(keys_of(model, (number, index)))]
    return said


def _law(model: Model, key: str) -> object:
    """The law of a variable, without the names that its expression is read with."""
    law = model.variables[key].law
    return law.expr if isinstance(law, Defined | Tangent) else law
