"""What inference hands to the numbers: every symbol's law, and every step's claim."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proofcheck.document.source import Span
from proofcheck.formula.expr import Expr, walk
from proofcheck.formula.notation import PLAIN, Notation
from proofcheck.formula.trees import Record
from proofcheck.inference.conventions import Evidence
from proofcheck.inference.formulas import Formulas
from proofcheck.inference.reason import Reason

Names = Mapping[str, str]  # the author's name of a symbol to the key of the variable it means


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is known but shape and properties: drawn at random."""


@dataclass(frozen=True, slots=True)
class Defined:
    """The value of an expression.

    `parameters` are the arguments of a function so defined, `indices` those of a symbol that is
    defined entry by entry or member by member.
    """

    expr: Expr
    parameters: tuple[str, ...]
    names: Names
    indices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function that is only applied; `usual` are the symbols it is mostly applied to."""

    usual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tangent:
    """Known through its differential alone: `dL = G:dW`."""

    expr: Expr
    names: Names


@dataclass(frozen=True, slots=True)
class Opaque:
    """Defined by a formula that could not be read, in which these letters stand."""

    message: str
    letters: frozenset[str] = frozenset()


Law = Free | Defined | Function | Tangent | Opaque


@dataclass(frozen=True, slots=True)
class Variable:
    """One meaning of a symbol: the author's name, its law and what was declared of it.

    `near` is true where the declaration stands in the same part of the document, which is `part`;
    `said` counts the derivations that begin before the declaration. `solves` says that the law is
    what solves equations of that part.
    """

    key: str
    name: str
    law: Law
    kind: str = ""
    sizes: tuple[str, str] = ("", "")
    properties: frozenset[str] = frozenset()
    near: bool = True
    part: int = 0
    said: int = 0
    solves: bool = False


class Assertion(enum.StrEnum):
    """What a claim says of its two sides, as `Comparison` spells it."""

    EQUAL = "="
    UNEQUAL = r"\ne"
    LESS = "<"
    LESS_EQUAL = r"\le"
    GREATER = ">"
    GREATER_EQUAL = r"\ge"


ORDERS = frozenset(
    (Assertion.LESS, Assertion.LESS_EQUAL, Assertion.GREATER, Assertion.GREATER_EQUAL)
)
"""What claims say that order two numbers."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Two expressions said to be equal, or what else `asserts` says.

    `tentative` claims may as well be posed: an equation to solve, a hypothesis. `varying` are the
    keys of the free variables that a differential moves; `unknown` those that depend on others in
    a way the text does not give, with what they depend on.
    `summed` says that an index that no sum binds is read as summed over, `unlinked` that the sides
    differentiate by variables of which nothing says how they depend on each other, `optimum` that
    the sides are objectives, whose optima are said to be equal. `mended` is what is said of a
    bracket without a partner, which is read as if it had one or did not stand there. `others` are
    what may be claimed instead. `compared` says what the sides are, where the author wrote others.
    """

    left: Expr
    right: Expr
    names: Names
    varying: frozenset[str]
    unknown: Mapping[str, tuple[str, ...]]
    tentative: bool
    asserts: Assertion = Assertion.EQUAL
    summed: bool = False
    unlinked: bool = False
    optimum: bool = False
    mended: str = ""
    others: tuple[Claim, ...] = ()
    compared: str = ""

    def nodes(self) -> tuple[Expr, ...]:
        """Every node of both sides."""
        return walk(self.left) + walk(self.right)


@dataclass(frozen=True, slots=True)
class Introduction:
    """The step says what a symbol means; `law` is there for its shape to be checked."""

    key: str


@dataclass(frozen=True, slots=True)
class Posed:
    """The step states a property, or a value of the variable `key`, that the text assumes."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """The step could not be understood; `place` has the characters that caused it, if known."""

    reason: Reason
    message: str
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Malformed:
    """The step is wrong in its form alone, whatever its symbols are; `shapes` says that its sides
    can have none in common."""

    message: str
    shapes: bool = False


@dataclass(frozen=True, slots=True)
class Supposition:
    """Properties that the text supposes of a symbol for the steps within reach: "if A is …"."""

    name: str
    properties: frozenset[str]
    reach: Span


Meaning = Claim | Introduction | Posed | Unread | Malformed


@dataclass(frozen=True, slots=True)
class Manner:
    """How the sides of a derivation are read.

    `families` are letters whose members have a name of their own; `pairs` and `free` are, by
    chain, the letters bound in pairs and those that stand free. `laws` are the chains whose sides
    are distributions by name. `part` is that of the document.
    """

    notation: Notation
    families: frozenset[str]
    pairs: Mapping[int, frozenset[str]]
    free: Mapping[int, frozenset[str]]
    part: int = 0
    laws: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean and the covariance that the text gives a random variable, each if it does.

    `indices` are those of a symbol of which every entry has such a law. `apart` are what calls it
    independent, which others may share, and its entries of each other. `across` is the covariance
    of the columns of a matrix, whose rows have the other one. `second` says that what is given is
    the mean of the square instead. `places` are the steps that say so. `number` says that the law
    is one of numbers, `strict` that nothing is drawn in the place of what the text does not give,
    `doubtful` that the parameters of the law are written in other ways as well. `third` and
    `fourth` are its moments about the mean of these orders, if it is one of numbers, and `normal`
    says that it is a normal one. `family` is the name of the law, and `parameters` are what it is
    written with.
    """

    mean: Expr | None
    covariance: Expr | None
    names: Names
    places: tuple[tuple[int, int], ...]
    indices: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()
    across: Expr | None = None
    second: bool = False
    number: bool = False
    strict: bool = False
    doubtful: bool = False
    normal: bool = False
    third: Expr | None = None
    fourth: Expr | None = None
    family: str = ""
    parameters: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """All variables of a document by key, and the meaning of every step by derivation.

    `random` are the keys of the variables that an expectation is over. `origins` has the steps
    that say a property of a variable, by its key and the property.
    `manners` say, by derivation, how its sides are read. `formulas` are those of the document.
    `spreads` is what the text says of the laws of random variables, and `imposed` what of it is
    taken in where moments are evaluated; `measured` says that the laws are which they name, and
    `independent` that all random variables are drawn independently of each other, with the moments
    of their laws up to the fourth.
    `declared` are those of the random variables that the text calls so, or gives a law. `record` is
    what was asked of the notation.
    """

    variables: Mapping[str, Variable]
    meanings: tuple[tuple[Meaning, ...], ...]
    random: frozenset[str] = frozenset()
    origins: Mapping[tuple[str, str], Span] = field(default_factory=dict, repr=False, compare=False)
    manners: tuple[Manner, ...] = ()
    suppositions: tuple[Supposition, ...] = ()
    formulas: Formulas | None = field(default=None, repr=False, compare=False)
    spreads: Mapping[str, Sequence[Spread]] = field(default_factory=dict)
    imposed: Mapping[str, Spread] = field(default_factory=dict)
    measured: bool = False
    independent: bool = False
    declared: frozenset[str] = frozenset()
    leaves: dict[tuple[int, int], tuple[Expr, Names, frozenset[str]]] = field(
        default_factory=dict, repr=False, compare=False
    )  # found once for each expression and its names; see `readings.leaves`
    evidence: list[Evidence] = field(default_factory=list, repr=False, compare=False)
    record: Record = field(default_factory=lambda: Record(PLAIN), repr=False, compare=False)

    def meaning(self, place: tuple[int, int]) -> Meaning:
        """The meaning of a step, by the numbers of its derivation and within it."""
        return self.meanings[place[0]][place[1]]
