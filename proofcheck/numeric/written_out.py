r"""Steps that say what a law by name makes of a random variable: `F_X(x) = 1 - e^{-\lambda x}`.

The text says `X \sim \mathrm{Exp}(\lambda)`, and what it says of the density, the distribution
function or the entropy of `X` introduces a symbol as far as its letters go. The step is judged
anew with what the law makes of them written out in its place (`formula/features`); where it holds
then, it holds. Where it does not, nothing is said: the parameters may be meant otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from proofcheck.document.tokens import Token, TokenKind, tokenize_text
from proofcheck.extraction.derivation import Extraction, RelationKind, Side, Step
from proofcheck.formula.densities import BY_SPELLING
from proofcheck.formula.features import features
from proofcheck.formula.laws import Law, law_of
from proofcheck.formula.lists import elements_of
from proofcheck.inference.distributions import is_distributed
from proofcheck.inference.readings import Place
from proofcheck.inference.scopes import reaches
from proofcheck.numeric.blame import Judged
from proofcheck.numeric.understanding import Understanding
from proofcheck.numeric.verdict import Judgement, Verdict

Anew = Callable[[Extraction, int], tuple[Judgement, ...]]
Texts = tuple[str, ...]
_OPEN = (Verdict.DEFINITION, Verdict.ASSUMED, Verdict.UNCHECKED)
_MOST_TRIED = 40
_MOST_READ = 1600  # steps, each as often as its document is read anew
_MOST_WAYS = 4
_SIZES = frozenset((r"\left", r"\right", r"\,", r"\;", r"\!", r"\:", r"\ ", "~", r"\quad"))
_BARS = frozenset(("|", r"\vert", r"\mid", ";"))
_LETTERS = "abcABC"
_GREEK = frozenset(
    (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu "
        "xi pi rho sigma tau upsilon phi varphi chi psi omega"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """What has a law, where the text says so; `label` is what stands before a colon there.

    A density may be given what the law depends on, and no more; it has to be given what of that is
    `random`, each in one of the ways that tell it.
    """

    subject: Texts
    law: Law
    place: Place
    label: str = ""
    given: frozenset[str] = frozenset()
    random: tuple[frozenset[frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A range of tokens that stands for a feature of what has a law, at `value`."""

    start: int
    end: int
    kind: str
    value: tuple[Token, ...]
    over: str = ""  # the index of a product over all entries


def with_laws(understanding: Understanding, judged: Judged, anew: Anew) -> Judged:
    """The judgements, with the steps that hold by the laws that the text gives."""
    told = list(_all_told(understanding.extraction))
    if not told:
        return judged
    rows = [list(row) for row in judged]
    tried, most = 0, min(_MOST_TRIED, _MOST_READ // sum(map(len, rows)))
    for number, row in enumerate(rows):
        for index, found in enumerate(row):
            step = understanding.extraction.derivations[number].steps[index]
            equal = step.relation.kind is RelationKind.EQUAL
            if found.verdict not in _OPEN or not equal or tried >= most:
                continue
            introduces = found.verdict is Verdict.DEFINITION
            for other, named in _ways(understanding.extraction, (number, index), told, introduces):
                tried += 1
                again = _again(understanding.extraction, (number, index), other, anew)
                if again.verdict is Verdict.HOLDS:
                    note = f"by the law that the text gives `{named}`"
                    row[index] = replace(again, notes=(*again.notes, note))
                    break
    return tuple(map(tuple, rows))


def _again(extraction: Extraction, place: Place, step: Step, anew: Anew) -> Judgement:
    """The judgement on a step in its document; one with the same on both sides holds."""
    if _texts(_bare(step.left.tokens)) == _texts(_bare(step.right.tokens)):
        return Judgement(Verdict.HOLDS, "proved")
    return anew(with_steps(extraction, place, step), place[0])[place[1]]


def with_steps(extraction: Extraction, place: Place, *made: Step) -> Extraction:
    """A document with other steps in the place of one."""
    derivations = list(extraction.derivations)
    steps = derivations[place[0]].steps
    around = (*steps[: place[1]], *made, *steps[place[1] + 1 :])
    derivations[place[0]] = replace(derivations[place[0]], steps=around)
    return replace(extraction, derivations=tuple(derivations))


# What the text says


def _all_told(extraction: Extraction) -> Iterator[Told]:
    """The laws by name, and those of data that are a mean and a noise with a law."""
    found: list[Told] = []
    for number, derivation in enumerate(extraction.derivations):
        for index, step in enumerate(derivation.steps):
            law = law_of(step.right.tokens) if is_distributed(step) else None
            if law is None or law.pointed or law.family is None:
                continue
            label, subject = _labelled(_bare(step.left.tokens))
            found.append(Told(_texts(subject), law, (number, index), label))
    every = found + [other for told in found for other in _noisy(extraction, told)]
    densities = _with_densities(extraction) | {told.subject[0] for told in every}
    for told in every:
        letters = {t.text for parameter in told.law.parameters for t in parameter if _names(t)}
        same = {
            name: on & letters
            for name, on in _functions(extraction)
            if on & letters and name != told.subject[0]
        }
        random = {name for name in letters | same.keys() if name in densities}
        ways = [
            {frozenset((name,)), frozenset(same.get(name, (name,)))}
            | {frozenset((other,)) for other, on in same.items() if name in on}
            for name in random
        ]
        given = frozenset(letters | same.keys() | {"m"})
        yield replace(told, given=given, random=tuple(frozenset(way) for way in ways))


def _noisy(extraction: Extraction, told: Told) -> Iterator[Told]:
    if told.law.family is not None:
        if told.law.family.name in ("normal", "matrix normal"):
            yield from _data(extraction, told)


def _names(token: Token) -> bool:
    """Whether a token is a letter that stands for something."""
    greek = token.kind is TokenKind.COMMAND and token.text[1:].lower() in _GREEK
    return token.kind is TokenKind.LETTER or greek


def _with_densities(extraction: Extraction) -> set[str]:
    """The letters of which a density is written somewhere."""
    found: set[str] = set()
    for derivation in extraction.derivations:
        for side in derivation.sides():
            tokens = _bare(side.tokens)
            for index, token in enumerate(tokens[:-1]):
                opening = index + 1 + (tokens[index + 1].text == "}")
                if token.text != "p" or _texts(tokens[opening : opening + 1]) != ("(",):
                    continue
                inside = tokens[opening : _closing(tokens, opening)]
                stop = next((i for i, t in enumerate(inside) if t.text in _BARS), len(inside))
                heads = pairwise(inside[:stop])
                found |= {t.text for at, t in heads if _names(t) and at.text in ("(", ",")}
    return found


def _functions(extraction: Extraction) -> Iterator[tuple[str, set[str]]]:
    r"""The letters that are said to be functions of others: `\tau = 1/\sigma^2`."""
    for derivation in extraction.derivations:
        for step in derivation.steps:
            left = _bare(step.left.tokens)
            if len(left) == 1 and _names(left[0]) and step.relation.kind is RelationKind.EQUAL:
                yield left[0].text, {t.text for t in step.right.tokens if _names(t)}


def _data(extraction: Extraction, noise: Told) -> Iterator[Told]:
    r"""`y` of `y = X\beta + \varepsilon`, where `\varepsilon` has the mean zero."""
    if _texts(noise.law.parameters[0]) != ("0",):
        return
    length = len(noise.subject)
    entry, family = noise.subject[:-2], noise.law.family
    if length == 3 and noise.subject[1] == "_" and family is not None and family.name == "normal":
        scale = (*_read(r"\left("), *noise.law.parameters[1], *_read(r"\right) I"))
        law = replace(noise.law, parameters=(noise.law.parameters[0], scale))
        yield from _data(extraction, replace(noise, subject=entry, law=law))
    for number, derivation in enumerate(extraction.derivations):
        for index, step in enumerate(derivation.steps):
            right = _bare(step.right.tokens)
            ends = _texts(right[-length:]) == noise.subject and len(right) > length + 1
            if not ends or right[-length - 1].text != "+":
                continue
            mean = tuple(right[: -length - 1])
            law = replace(noise.law, parameters=(mean, *noise.law.parameters[1:]))
            label, subject = _labelled(_bare(step.left.tokens))
            yield Told(_texts(subject), law, (number, index), label)


def _labelled(tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    """What stands before a colon, and what behind it."""
    stop = next((i for i, token in enumerate(tokens) if token.text == ":"), -1)
    return "".join(_texts(tokens[: max(stop, 0)])), tokens[stop + 1 :]


def _bare(tokens: Sequence[Token]) -> list[Token]:
    kept = [token for token in tokens if token.text not in _SIZES and token.text.strip()]
    while kept and kept[-1].text in (",", ".", ";"):
        kept.pop()
    return kept


def _texts(tokens: Sequence[Token]) -> Texts:
    return tuple(token.text for token in tokens)


def _range_of(extraction: Extraction, index: str) -> Sequence[Token]:
    r"""What an index runs up to, by `i = 1, \ldots, n`."""
    for derivation in extraction.derivations:
        for step in derivation.steps:
            listed = elements_of(_bare(step.right.tokens), ",")
            dots = len(listed) == 3 and _texts(listed[1])[:1] in ((r"\ldots",), (r"\dots",))
            if _texts(_bare(step.left.tokens)) == (index,) and dots:
                return listed[2]
    return ()


# A step with the laws written out


def _ways(
    extraction: Extraction, place: Place, told: Sequence[Told], introduces: bool
) -> Iterator[tuple[Step, str]]:
    """The step with what the laws make of its sides in their place, each time with what has the
    law; of several laws of one variable, the last before the step comes first."""
    step = extraction.derivations[place[0]].steps[place[1]]
    derivations, parts = extraction.derivations, extraction.parts
    reached = [
        each
        for each in told
        if reaches(parts, derivations[each.place[0]].scope, derivations[place[0]].scope)
    ]
    near = sorted(reached, key=lambda each: (each.place > place, _away(each.place, place)))
    made: set[Texts] = set()
    for each in near:
        for kind_of in (_divergence, _featured):
            for left, right in kind_of(extraction, step, each, near, introduces):
                text = *_texts(left), "=", *_texts(right)
                if text not in made and len(made) < _MOST_WAYS:
                    made.add(text)
                    sides = _side(step.left, left), _side(step.right, right)
                    other = replace(step, left=sides[0], right=sides[1])
                    named = "".join(each.subject)
                    yield replace(other, announced=False, posed=False), named


def _away(one: Place, other: Place) -> tuple[int, int]:
    return abs(one[0] - other[0]), abs(one[1] - other[1])


def _side(side: Side, tokens: Sequence[Token]) -> Side:
    same = _texts(tokens) == _texts(side.tokens)
    return side if same else replace(side, tokens=tuple(tokens))


Sides = tuple[Sequence[Token], Sequence[Token]]


def _featured(
    extraction: Extraction, step: Step, told: Told, every: Sequence[Told], introduces: bool
) -> Iterator[Sides]:
    left, right = _bare(step.left.tokens), _bare(step.right.tokens)
    mine = [_wholes(left, told), _densities(left, told)]
    if introduces:
        mine = [[f for f in found if (f.start, f.end) == (0, len(left))] for found in mine]
    for found in mine:
        theirs = [] if introduces else _densities(right, told)
        if not found and not theirs:
            continue
        for one in _put(extraction, left, found, told):
            for other in _put(extraction, right, theirs, told):
                yield one, other
        return


def _put(
    extraction: Extraction, tokens: list[Token], found: Sequence[Found], told: Told
) -> Iterator[list[Token]]:
    """The tokens with all that was found in them written out, in each way there is."""
    if not found:
        yield tokens
        return
    first = found[0]
    ways = [_formulas(extraction, each, told) for each in found]
    for way in range(min(len(each) for each in ways)):
        made: list[Token] = tokens[: first.start]
        for number, each in enumerate(found):
            made += ways[number][way]
            after = found[number + 1].start if number + 1 < len(found) else len(tokens)
            made += tokens[each.end : after]
        yield made


def _formulas(extraction: Extraction, found: Found, told: Told) -> list[list[Token]]:
    """What a law makes of a feature, as tokens."""
    around: list[Token] = []
    if found.over:
        upper = _range_of(extraction, found.over)
        if not upper:
            return []
        around = _read(rf"\prod_{{{found.over}=1}}^") + _braced(upper)
    return [around + made for made in _plain(extraction, found, told)]


def _plain(extraction: Extraction, found: Found, told: Told) -> Iterator[list[Token]]:
    law = told.law
    density = BY_SPELLING.get(law.spelling)
    if found.kind == "density" and density and len(density.letters) == len(law.parameters) + 1:
        inside: list[Token] = [*found.value, *_read(";")]
        for number, parameter in enumerate(law.parameters):
            inside += [*_read(","), *parameter] if number else parameter
        yield [*_read(law.spelling), *_read("("), *inside, *_read(")")]
        return
    values = {"x": found.value, **dict(zip(_LETTERS, law.parameters, strict=False))}
    assert law.family is not None
    for row in features(law.family.name, found.kind, extraction.words):
        yield _filled(row.latex, values)


def _filled(latex: str, values: dict[str, tuple[Token, ...]]) -> list[Token]:
    """A formula with tokens in the place of its letters."""
    made: list[Token] = _read(r"\left(")
    for token in _read(latex):
        value = values.get(token.text, ()) if token.kind is TokenKind.LETTER else ()
        single = len(value) == 1
        made += (
            value
            if single
            else [*_read(r"\left("), *value, *_read(r"\right)")]
            if value
            else [token]
        )
    return made + _read(r"\right)")


def _read(latex: str) -> list[Token]:
    return list(tokenize_text(latex))


def _braced(tokens: Sequence[Token]) -> list[Token]:
    return [*_read("{"), *tokens, *_read("}")]


# What stands for a feature

_UPRIGHT = (r"\mathrm", r"\operatorname", r"\mathbb", r"\text")
_WHOLE = {
    "h": "entropy",
    "H": "entropy",
    "median": "median",
    "mode": "mode",
    "E": "mean",
    "Var": "variance",
}
_AT = {
    "f": "density",
    "p": "density",
    "F": "below",
    "M": "generating",
    "G": "powers",
    "Q": "quantile",
}


def _wholes(tokens: list[Token], told: Told) -> list[Found]:
    r"""A side that is a feature of a random variable as a whole: `\mathrm{h}(X)`, `F_X(x)`."""
    head, inside = _headed(tokens)
    texts = _texts(inside)
    value = tuple(inside)
    kind = _WHOLE.get(head, "") if texts == told.subject else ""
    if head == "E" and texts[:1] == (r"\ln",) and _stripped(texts[1:]) == told.subject:
        kind = "mean of logarithm"
    letter, _, below = head.partition("_")
    if below and below == "".join(told.subject):
        kind = _AT.get(letter, "")
    if head in ("Pr", "P") and texts[: len(told.subject) + 1] == (*told.subject, r"\leq"):
        kind, value = "below", value[len(told.subject) + 1 :]
    return [Found(0, len(tokens), kind, value)] if kind and inside else []


def _stripped(texts: Texts) -> Texts:
    return texts[1:-1] if texts[:1] == ("(",) else texts


def _headed(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The name before the one bracket that ends a side, and what stands in the bracket."""
    opening = next((i for i, token in enumerate(tokens) if token.text in ("(", "[")), 0)
    if (
        not opening
        or tokens[-1].text not in (")", "]")
        or _closing(tokens, opening) != len(tokens) - 1
    ):
        return "", []
    name = "".join(t for t in _texts(tokens[:opening]) if t not in ("{", "}", *_UPRIGHT))
    return name, tokens[opening + 1 : -1]


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].text in ("(", "[")
        depth -= tokens[index].text in (")", "]")
        if depth == 0:
            return index
    return -1


def _densities(tokens: list[Token], told: Told) -> list[Found]:
    r"""The densities of a random variable in a side: `p(y_i|\lambda)`, `p(x)`, `f_X(x)`."""
    found: list[Found] = []
    for index, token in enumerate(tokens):
        if token.text not in ("p", "f") or index < (found[-1].end if found else 0):
            continue
        upright = index > 1 and tokens[index - 2].text == r"\mathrm"
        start = index - 2 if upright else index
        at = index + 2 if upright else index + 1
        if index and tokens[index - 1].text in ("_", "^", "\\"):
            continue
        named = _subscript(tokens, at)
        opening = at + named[1]
        if opening >= len(tokens) or tokens[opening].text != "(":
            continue
        close = _closing(tokens, opening)
        inside = tokens[opening + 1 : close] if close > 0 else []
        stop = next((i for i, t in enumerate(inside) if t.text in _BARS), len(inside))
        value, texts = tuple(inside[:stop]), _texts(inside[:stop])
        if not _is_given(inside[stop + 1 :], told):
            continue
        if named[0]:
            if named[0] == told.subject and value and stop == len(inside):
                found.append(Found(start, close + 1, "density", value))
        elif texts and texts in (told.subject, _value(told.subject)):
            found.append(Found(start, close + 1, "density", value))
        elif len(told.subject) == 3 and told.subject[:2] == (*texts, "_"):
            entry = tuple(_read("".join(told.subject)))
            found.append(Found(start, close + 1, "density", entry, told.subject[2]))
    return found


def _is_given(tokens: Sequence[Token], told: Told) -> bool:
    """Whether a density is given what a law depends on, all of it that is random, and no more."""
    names = {token.text for token in tokens if _names(token)}
    told_all = all(any(way <= names for way in ways) for ways in told.random)
    return told_all and names <= told.given and all(t.text != "=" for t in tokens)


def _value(subject: Texts) -> Texts:
    """The letter for a value of a random variable."""
    plain = len(subject) == 1 and len(subject[0]) == 1
    return (subject[0].lower(),) if plain else subject


def _subscript(tokens: Sequence[Token], at: int) -> tuple[Texts, int]:
    """The subscript at a place, and how many tokens it takes."""
    if at + 1 >= len(tokens) or tokens[at].text != "_":
        return (), 0
    if tokens[at + 1].text != "{":
        return (tokens[at + 1].text,), 2
    close = next((i for i in range(at, len(tokens)) if tokens[i].text == "}"), at + 1)
    return _texts(tokens[at + 2 : close]), close + 1 - at


def _divergence(
    extraction: Extraction, step: Step, told: Told, every: Sequence[Told], introduces: bool
) -> Iterator[Sides]:
    r"""`\mathrm{KL}[P||Q]`, where two laws of a family have the letters for labels."""
    left = _bare(step.left.tokens)
    head, inside = _headed(left)
    texts = [t for t in _texts(inside) if t not in ("|", r"\|", r"\vert", r"\Vert", r"\parallel")]
    if head not in ("KL", "D_KL") or len(texts) != 2 or texts[0] != told.label:
        return
    other = next((each for each in every if each.label == texts[1]), None)
    family = told.law.family
    if other is None or family is None or other.law.family is not family:
        return
    mine, theirs = told.law.parameters, other.law.parameters
    values = dict(zip("abc", mine, strict=False)) | dict(zip("ABC", theirs, strict=False))
    for row in features(family.name, "divergence", extraction.words):
        yield _filled(row.latex, values), _bare(step.right.tokens)
