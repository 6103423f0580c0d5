"""What a document says of its symbols outside of equations: kinds, sizes, properties.

A formula says it by a set (`A\\in\\mathbb{R}^{n\\times n}`, `f:\\mathbb{R}^n\\to\\mathbb{R}`) or a
subscript (`X_{m\\times n}`), a sentence by its words, in one of the patterns of `phrases.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.commuting import commuting
from proofcheck.extraction.derivation import Declaration
from proofcheck.extraction.independence import independent
from proofcheck.extraction.phrases import Said, said_in
from proofcheck.extraction.relations import KINDS as KINDS_OF_RELATION
from proofcheck.extraction.sentences import Formula, Text
from proofcheck.extraction.spaces import Space, space
from proofcheck.extraction.stacks import orthonormal
from proofcheck.extraction.symbols import Subject, before, belonging, subjects
from proofcheck.extraction.vocabulary import INDEPENDENT

Tokens = tuple[Token, ...]

_MEMBER = frozenset((r"\in", "∈"))
_ARROWS = frozenset((r"\to", r"\rightarrow", r"\longrightarrow", "→"))
_COLONS = frozenset((":", r"\colon"))
_PERPENDICULAR = frozenset((r"\perp", "⊥", r"\bot"))
_SPACES_OF = frozenset((r"\ker", r"\operatorname", r"\mathrm", r"\mathcal"))
FAMILIES = {"scalar": "scalars", "vector": "vectors", "matrix": "matrices"}
"""What a family is by the kind of its members."""
_BETWEEN = frozenset(("orthogonal", "orthonormal"))
_FARTHEST = 40


def declarations(text: Text) -> Iterator[Declaration]:
    """All that one scope says of symbols, in its order."""
    found = [said for formula in text.formulas for said in _of_formula(formula, text.scope)]
    for sentence in text.sentences():
        found += [said for phrase in said_in(sentence) for said in _of_phrase(phrase, text.scope)]
        for stack, words in orthonormal(sentence):
            of, span = Space("matrix", properties=words), stack.whole[0].span
            found += _declared([Subject(stack.whole)], "matrix", of, span, text.scope)
        for group, span in commuting(sentence):
            found += _of_group(group, span, text.scope)
    for group, span in independent(text):
        word = Space("", properties=(f"{INDEPENDENT} {span.start}",))
        found += _declared(group, "", word, span, text.scope)
    return _timely(sorted(found, key=lambda said: said.span), text)


def _of_group(group: Sequence[Subject], span: Span, scope: int) -> Iterator[Declaration]:
    """That the symbols of a group commute, said of each of them."""
    names = sorted("".join(token.text for token in subject.tokens) for subject in group)
    word = f"{', '.join(names)} commute"
    yield from _declared(group, "", Space("", properties=(word,)), span, scope)


def _timely(found: Iterable[Declaration], text: Text) -> Iterator[Declaration]:
    """The declarations without the sizes that come too late.

    Where an author calls `A` a matrix, derives with it, and gives a size only then ("Example:
    $f(A)=x^TAy$, $A$ $m\\times n$"), the size is that of another `A`.
    """
    sizeless: dict[Tokens, int] = {}  # where the first declaration of a symbol ends
    for said in found:
        first = sizeless.get(said.subject)
        late = first is not None and text.displays_between(first, said.span.start)
        if not said.rows:
            sizeless.setdefault(said.subject, said.span.end)
        timely = replace(said, rows=(), columns=()) if late else said
        if timely.kind or timely.rows or timely.properties:
            yield timely


def _of_formula(formula: Formula, scope: int) -> Iterator[Declaration]:
    """What a formula says by itself."""
    tokens = formula.tokens
    for index, token in enumerate(tokens):
        if token.text in _MEMBER and (found := space(tokens[index + 1 : index + _FARTHEST])):
            about = belonging(tokens, index)
            yield from _declared(about, found.kind, found, formula.span, scope)
        elif token.text in _ARROWS and (found := space(tokens[index + 1 : index + _FARTHEST])):
            about = _mapped(before(tokens, index))
            yield from _declared(about, "function", found, formula.span, scope)
        elif _restricts(tokens, index):
            sides = (before(tokens, index), _behind(tokens, index))
            about = (subject for side in sides for subject in subjects(side))
            yield from _declared(about, "", CONSTRAINED, formula.span, scope)
    sized = [subject for subject in formula.subjects if subject.columns]
    yield from _declared(sized, "matrix", Space("matrix"), formula.span, scope)


CONSTRAINED = Space("", properties=("constrained",))
"""What is said of a symbol that no draw satisfies: `s \\perp y`, `y\\in\\ker(A)`."""


def _restricts(tokens: Sequence[Token], index: int) -> bool:
    r"""Whether `\perp` stands at an index, or an `\in` before a kernel, a range or a complement."""
    if tokens[index].text in _PERPENDICULAR:
        return index > 0 and tokens[index - 1].text not in ("^", "_", "{")
    if tokens[index].text not in _MEMBER:
        return False
    ahead = tokens[index + 1 : index + _FARTHEST]
    words = [token.text for token in ahead]
    named = bool(words) and words[0] in _SPACES_OF and "(" in words[:12]
    return named or any(word in _PERPENDICULAR for word in words[:6])


def _behind(tokens: Sequence[Token], index: int) -> Sequence[Token]:
    """The tokens after an index that belong to the same side of a relation."""
    rest = tokens[index + 1 : index + _FARTHEST]
    stop = next((i for i, token in enumerate(rest) if token.text in KINDS_OF_RELATION), len(rest))
    return rest[:stop] if tokens[index].text in _PERPENDICULAR else ()


def _mapped(side: Sequence[Token]) -> Iterator[Subject]:
    r"""The functions of `f:\mathbb{R}^n`, which stands before an arrow."""
    colons = [index for index, token in enumerate(side) if token.text in _COLONS]
    return subjects(side[: colons[0]] if colons else ())


def _declared(
    about: Iterable[Subject], kind: str, of: Space, span: Span, scope: int
) -> Iterator[Declaration]:
    """A declaration for each symbol; the sizes that its subscript gives come first.

    What is said of `x_1` and `x_n` is said of the whole family.
    """
    about = list(about)
    bases = Counter(
        base for subject in about if (base := _base(subject.tokens)) and base != subject.tokens
    )
    for base in (base for base, count in bases.items() if count > 1 and kind in FAMILIES):
        yield Declaration(base, FAMILIES[kind], of.rows, of.columns, of.properties, span, scope)
    for subject in about:
        rows, columns = (
            (subject.rows, subject.columns) if subject.columns else (of.rows, of.columns)
        )
        if kind or rows or of.properties:
            yield Declaration(subject.tokens, kind, rows, columns, of.properties, span, scope)


def _of_phrase(phrase: Said, scope: int) -> Iterator[Declaration]:
    """The declarations of the symbols that a phrase is about."""
    rows, columns = phrase.size
    kind = phrase.kind or ("matrix" if columns else "")
    of = Space(kind, rows, columns, phrase.properties)
    found = _declared(phrase.subjects, kind, of, phrase.span, scope)
    yield from (replace(said, anew=phrase.anew) for said in found)
    small = len(phrase.subjects) and all(map(_is_small, phrase.subjects))
    if (
        kind == "vector" or (small and not columns and phrase.kind != "matrix")
    ) and _BETWEEN.intersection(phrase.properties):
        about = (Subject(_base(subject.tokens)) for subject in phrase.subjects)
        yield from _declared(about, "", CONSTRAINED, phrase.span, scope)


def _is_small(subject: Subject) -> bool:
    """Whether a symbol is written in lower case: what is orthogonal then is two vectors."""
    letters = [token.text for token in subject.tokens if token.kind is TokenKind.LETTER]
    return bool(letters) and letters[0].islower()


def _base(name: Tokens) -> Tokens:
    """A name without its subscript: orthonormal vectors `v_i` are the family `v`."""
    stop = next((index for index, token in enumerate(name) if token.text == "_"), len(name))
    return name[:stop]
