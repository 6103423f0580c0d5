"""The equations an author wrote, step by step."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofcheck.document.document import Problem
from proofcheck.document.source import Span
from proofcheck.document.tokens import Token


class RelationKind(enum.Enum):
    """What a relation symbol claims."""

    EQUAL = "equal"  # = \equiv, with or without an annotation above it
    DEFINE = "define"  # := \triangleq \doteq \coloneqq \stackrel{def}{=}
    ASKED = "asked"  # \overset{!}{=} \overset{?}{=} ≟, which demand or doubt
    UNEQUAL = "unequal"  # \ne \neq
    LESS = "less"  # <
    LESS_EQUAL = "less or equal"  # \le \leq \leqslant
    GREATER = "greater"  # >
    GREATER_EQUAL = "greater or equal"  # \ge \geq \geqslant
    MAGNITUDE = "magnitude"  # \ll \gg \lesssim \gtrsim, which have no exact meaning
    APPROXIMATE = "approximate"  # \approx \sim \simeq \cong
    PROPORTIONAL = "proportional"  # \propto
    MEMBER = "member"  # \in
    MAP = "map"  # \to \mapsto \rightarrow


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation symbol as written."""

    kind: RelationKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a step: its tokens after macro expansion and its LaTeX as the author wrote it.

    A side that runs over several rows has all their tokens; `text` is then joined by one space.
    """

    tokens: tuple[Token, ...]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Step:
    """`left relation right`. Steps of one chain share sides: the left side of one is the right
    side of the one before. `chain` numbers the chains of a derivation from 0; `announced` is true
    where the words before it ("let", "define", "where") say that it introduces its left side, and
    `posed` where they pose it ("if", "suppose that"). `concluded` is true where words ("hence") or
    a sign of implication say that it follows from what stands before it, and `grounds` where they
    ("because", "since") say that what stands right before it follows from it."""

    left: Side
    relation: Relation
    right: Side
    chain: int
    announced: bool = False
    posed: bool = False
    concluded: bool = False
    grounds: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """The steps that stand together; `environment` is the innermost one that aligns them."""

    steps: tuple[Step, ...]
    environment: str
    span: Span
    scope: int  # counts the boundaries of the document before it

    def sides(self) -> Iterator[Side]:
        """All sides, each once: the right side of a step is the left one of the next in a chain."""
        last = None
        for step in self.steps:
            if step.left is not last:
                yield step.left
            yield step.right
            last = step.right


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the document says of a symbol outside of derivations.

    `subject` is the symbol as tokens. `kind` is `scalar`, `vector`, `matrix`, `function`,
    `elementwise` or empty where nothing was said. `rows` and `columns` are the tokens of the sizes,
    empty where unsaid.
    `properties` are words of the table in `declarations.py`: `symmetric`, `orthogonal`, … .
    `anew` is true where it says all that is known of the symbol from here on ("let A be …").
    """

    subject: tuple[Token, ...]
    kind: str
    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    properties: tuple[str, ...]
    span: Span
    scope: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """Properties that hold in a case: "if A is symmetric", for the steps within `reach`."""

    subject: tuple[Token, ...]
    properties: tuple[str, ...]
    reach: Span


@dataclass(frozen=True, slots=True)
class IndexCase:
    """A relation between two indices, `i \\ne j`, said at an offset for the steps in `reach`."""

    left: str
    relation: str
    right: str
    place: int
    reach: Span


@dataclass(frozen=True, slots=True)
class Distributed:
    """The mean and the variance that words give a random variable, as tokens, each if they do."""

    subject: tuple[Token, ...]
    mean: tuple[Token, ...]
    variance: tuple[Token, ...]
    span: Span
    scope: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Says that the columns `member_i`, or as `rows` their transposes, make up a matrix."""

    whole: tuple[Token, ...]
    member: tuple[Token, ...]
    rows: bool
    scope: int


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Says that `member_i` are the eigenvalues of a matrix; `last` is the last index of a list."""

    whole: tuple[Token, ...]
    member: tuple[Token, ...]
    last: str
    scope: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that a document says in mathematics, in its order.

    `problems` are the formulas that could not be read because their macros have no end. `prose`
    is all that stands between the formulas, `words` the same in lower case and on one line.
    `layout` is how derivatives are laid out, `numerator` or `denominator`, if a directive says
    so. `signs` are what the words say of signs, each with the name of its operator. `parts` are
    the kinds of the document's parts, by the number of the scope. `inline` are the texts of all
    tokens of the formulas within the prose. `index_cases` are what it says of indices for some
    of its steps, `distributed` what of means and variances.
    """

    derivations: tuple[Derivation, ...]
    declarations: tuple[Declaration, ...]
    problems: tuple[Problem, ...] = ()
    stacks: tuple[Stack, ...] = ()
    prose: str = ""
    layout: str | None = None
    supposed: tuple[Supposed, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ("",)
    inline: frozenset[str] = frozenset()
    index_cases: tuple[IndexCase, ...] = ()
    distributed: tuple[Distributed, ...] = ()
    spectra: tuple[Spectrum, ...] = ()
    words: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", " ".join(self.prose.lower().split()))
