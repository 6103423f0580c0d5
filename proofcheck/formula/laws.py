r"""Named distributions as sides of a step: `\mathcal{N}(A\mu, A\Sigma A^T) = \mathcal{N}(m, S)`.

Two laws of one family say that their parameters are equal. A side that is a law is read as a matrix
of its parameters, whose blocks have the shapes that the family gives them, so that all that is
known of matrices (shapes, values, corrections) is known of laws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.expr import Expr, Matrix, Number
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.lists import elements_of
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse

_MOST_HEAD = 20
_SIZES = frozenset((r"\left", r"\right", r"\big", r"\Big", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr"))
_SPACES = frozenset((r"\,", r"\;", r"\!", r"\:", r"\ ", "~", r"\quad"))
_FINAL = frozenset((".", ",", ";"))
_FONTS = frozenset((r"\mathrm", r"\mathcal", r"\mathscr"))
_UPRIGHT = frozenset((r"\operatorname", r"\text", r"\mathsf", r"\textrm", r"\mathop"))


@dataclass(frozen=True, slots=True)
class Family:
    """One family: its spellings, and where its parameters stand in the matrix of a law.

    A row of `layout` is a row of blocks: a letter is the parameter in its place of the alphabet, a
    dot a zero. `strict` says that nobody writes the family with another number of parameters.
    """

    name: str
    spellings: tuple[str, ...]
    layout: tuple[str, ...]
    source: str
    strict: bool = False

    @property
    def parameters(self) -> int:
        """How many parameters the family has."""
        return len(set("".join(self.layout)) - {"."})


_JKB = "Johnson, Kotz and Balakrishnan 1994"
_JKK = "Johnson, Kemp and Kotz 2005"
NORMAL = Family(
    "normal",
    (r"\mathcal{N}", r"\mathrm{N}", "N", r"\mathrm{Normal}"),
    ("ba",),
    "Bishop 2006, 2.3",
    strict=True,
)
FAMILIES: tuple[Family, ...] = (
    NORMAL,
    Family("gamma", (r"\mathrm{Gam}", r"\mathrm{Gamma}"), ("ab",), f"{_JKB}, 17"),
    Family("beta", (r"\mathrm{Bet}", r"\mathrm{Beta}"), ("ab",), f"{_JKB}, 25"),
    Family(
        "binomial",
        (r"\mathrm{Bin}", r"\mathrm{Binom}", r"\mathrm{Binomial}"),
        ("ab",),
        f"{_JKK}, 3",
    ),
    Family(
        "Bernoulli",
        (r"\mathrm{Bern}", r"\mathrm{Bernoulli}", r"\mathrm{Ber}"),
        ("a",),
        f"{_JKK}, 3",
    ),
    Family(
        "Poisson", (r"\mathrm{Poiss}", r"\mathrm{Pois}", r"\mathrm{Poisson}"), ("a",), f"{_JKK}, 4"
    ),
    Family(
        "exponential",
        (r"\mathrm{Exp}", r"\mathrm{Expo}", r"\mathrm{Exponential}"),
        ("a",),
        f"{_JKB}, 19",
    ),
    Family("chi-squared", (r"\chi^2", r"\chi^{2}"), ("a",), f"{_JKB}, 18"),
    Family("non-central chi-squared", (r"\chi^2", r"\chi^{2}"), ("ab",), f"{_JKB} 2, 29"),
    Family("F", (r"\mathrm{F}", "F"), ("ab",), f"{_JKB} 2, 27"),
    Family("t", (r"\mathrm{t}", "t"), ("a",), f"{_JKB} 2, 28"),
    Family("multivariate t", (r"\mathrm{t}", "t"), ("ba", ".c"), "Kotz and Nadarajah 2004, 1"),
    Family("lognormal", (r"\ln\mathcal{N}", r"\mathrm{LogNormal}"), ("ab",), f"{_JKB}, 14"),
    Family("uniform", (r"\mathcal{U}", r"\mathrm{U}", r"\mathrm{Unif}"), ("ab",), f"{_JKB} 2, 26"),
    Family("Wald", (r"\mathrm{Wald}",), ("ab",), f"{_JKB}, 15"),
    Family("beta-binomial", (r"\mathrm{BetBin}",), ("ab", ".c"), f"{_JKK}, 6"),
    Family(
        "Dirichlet",
        (r"\mathrm{Dir}", r"\mathrm{Dirichlet}"),
        ("a",),
        "Kotz, Balakrishnan and Johnson 2000, 49",
    ),
    Family("Wishart", (r"\mathcal{W}", "W"), ("a.", ".b"), "Gupta and Nagar 2000, 3.2"),
)
MATRIX_NORMAL = Family(
    "matrix normal",
    (r"\mathcal{MN}", r"\mathrm{MN}"),
    ("ba", ".c"),
    "Gupta and Nagar 2000, 2.2",
    strict=True,
)
"""Its covariances are known up to a factor that moves from one to the other."""
_ROWS = (*FAMILIES, MATRIX_NORMAL)


@dataclass(frozen=True, slots=True)
class Law:
    """A law as written: the spelling of its name, and the tokens of its parameters.

    `point` is what a semicolon or a bar sets apart from the parameters, or empty.
    """

    spelling: str
    parameters: tuple[tuple[Token, ...], ...]
    span: Span
    point: tuple[Token, ...] = ()

    @property
    def pointed(self) -> bool:
        """Whether it is a density, at a point."""
        return bool(self.point)

    @property
    def family(self) -> Family | None:
        """The family of that name with that number of parameters."""
        fitting = (f for f in _ROWS if self.spelling in f.spellings)
        return next((f for f in fitting if f.parameters == len(self.parameters)), None)

    @property
    def usual(self) -> int:
        """How many parameters the strict family of that name has, 0 where there is none."""
        strict = (f.parameters for f in _ROWS if f.strict and self.is_of(f))
        return next(strict, 0)

    def is_of(self, family: Family) -> bool:
        """Whether the name is one of a family's."""
        return self.spelling in family.spellings


def law_of(tokens: Sequence[Token]) -> Law | None:
    """The law that a whole side writes, if it does: a name, and a bracket to its end."""
    bare = [t for t in tokens if t.text not in _SPACES and t.text not in _SIZES]
    while bare and bare[-1].text in _FINAL:
        bare.pop()
    opening = next((i for i, t in enumerate(bare[:_MOST_HEAD]) if t.text == "("), 0)
    if not opening or bare[-1].text != ")":
        return None
    spelling = _spelled(bare[:opening])
    if not any(spelling in family.spellings for family in _ROWS):
        return None
    return _law(spelling, bare[opening + 1 : -1], tokens[0].span.to(tokens[-1].span))


def laws_within(tokens: Sequence[Token]) -> list[Law]:
    """The laws and the densities by the name of a strict family that stand anywhere in a side."""
    bare = [t for t in tokens if t.text not in _SPACES and t.text not in _SIZES]
    found: list[Law] = []
    names = {s for family in _ROWS if family.strict for s in family.spellings if len(s) > 1}
    for index, token in enumerate(bare):
        if token.text != "(":
            continue
        before = _spelled(bare[max(index - _MOST_HEAD, 0) : index])
        spelling = max((name for name in names if before.endswith(name)), key=len, default="")
        inside = _bracket(bare, index) if spelling else []
        law = _law(spelling, inside, token.span) if inside else None
        found += [law] if law is not None else []
    return found


def _spelled(tokens: Sequence[Token]) -> str:
    r"""The text of a name as the table has it: `\mathcal{N}` for `\mathcal N`, and upright words
    in one font."""
    found: list[str] = []
    for token in tokens:
        braced = not found or found[-1] not in _FONTS or token.text == "{"
        if token.kind is TokenKind.TEXT and token.text.isalpha():
            found.append(rf"\mathrm{{{token.text}}}")
            continue
        text = r"\mathrm" if token.text in _UPRIGHT else token.text
        found.append(text if braced else f"{{{text}}}")
    return "".join(found)


def _bracket(tokens: Sequence[Token], start: int) -> list[Token]:
    """What stands in a round bracket; empty where it is not closed."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if depth == 0:
            return list(tokens[start + 1 : index])
    return []


def _law(spelling: str, inside: Sequence[Token], span: Span) -> Law | None:
    """A law by its name and the tokens in its bracket; None where that is not one bracket."""
    depth = 0
    for token in inside:
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return None
    point: tuple[Token, ...] = ()
    parameters = elements_of(inside, ",")
    for sign in (";", "|", r"\mid", r"\vert"):
        parts = elements_of(inside, sign)
        if len(parts) == 2 and all(parts):
            point, parameters = parts[0], elements_of(parts[1], ",")
            break
    if not all(parameters):
        return None
    return Law(spelling, tuple(parameters), span, point)


def parse_law(
    tokens: Sequence[Token], notation: Notation, lexicon: Lexicon | None = None
) -> Expr | None:
    """The matrix of the parameters of a law, or None where a side is no law of a known family.

    Raises `Unreadable` where a parameter cannot be read.
    """
    law = law_of(tokens)
    if law is None or law.pointed or law.family is None:
        return None
    values = [parse(parameter, notation, lexicon) for parameter in law.parameters]
    rows = tuple(tuple(_block(letter, values) for letter in row) for row in law.family.layout)
    return Matrix(rows, law.span) if len(values) > 1 else values[0]


def _block(letter: str, values: Sequence[Expr]) -> Expr:
    return Number(Fraction(0)) if letter == "." else values["abc".index(letter)]
