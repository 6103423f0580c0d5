"""What the letters of a document mean, from the tokens alone, before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count, pairwise, zip_longest

from proofcheck.document.tokens import Token, TokenKind
from proofcheck.extraction.derivation import Derivation, Extraction, RelationKind
from proofcheck.formula.derivatives import OPERANDS
from proofcheck.formula.ends import ends_in
from proofcheck.formula.labels import BOLD, label
from proofcheck.formula.lexemes import Lexicon
from proofcheck.formula.notation import Notation
from proofcheck.formula.ranges import bound_letters, letters_below
from proofcheck.formula.scripts import EVERY
from proofcheck.formula.squares import with_squares
from proofcheck.formula.upright import with_upright
from proofcheck.formula.vocabulary import LETTERED, SPECTRA, announced
from proofcheck.inference.conditions import common_condition
from proofcheck.inference.numbering import with_numbers
from proofcheck.inference.squares import squares
from proofcheck.inference.variations import differential_fonts, factors, variations

CONVENTIONAL_FUNCTIONS = frozenset(("f", "g", "h", r"\phi", r"\varphi", r"\psi", r"\sigma"))
_SIGNS_OF_CHANGE = frozenset((r"\partial", "d", r"\delta", "∂"))
_FONTS_OF_IDENTITY = frozenset(
    (r"\mathcal", r"\mathbf", r"\boldsymbol", r"\bm", r"\mathbb", r"\cal")
)
_SMALL_GREEK = frozenset(name for name in OPERANDS if name[:1] == "\\" and name[1:2].islower())
_ALONE = frozenset((")", "+", "-"))
_RUNNING = frozenset("ijkl")  # what a maximum is taken over, if it is no variable
_BARS = frozenset(("|", r"\|", r"\lVert", "‖", "∥", r"\Vert"))  # `E\|x\|^2`
_TURNED = frozenset(("T", r"\top", r"\intercal", "⊤"))
_GRADIENT = frozenset((r"\partial", r"\nabla", "∂", "∇"))
_ENTRYWISE = frozenset((r"\circ", r"\odot", "⊙", "∘"))
_PAIRS = frozenset("ijklpqrsabuv")
_OF_MATRICES = frozenset(
    "symmetric hermitian orthogonal idempotent invertible diagonal permutation".split()
) | {"positive definite", "positive semidefinite"}
_ENDS_VARIABLE = frozenset(
    (")", "]", "+", "-", "=", ",", "", "_", r"\\", "&", r"\cr", r"\}", ":", "'")
)
_COMPLEX = re.compile(r"\b(complex|conjugates?|hermitian)\b|\\mathbb ?\{?c\b")
_COMPLEX_NUMBERS = re.compile(
    r"\bcomplex[- ](?:number|variable|valued|matri|vector|scalar|conjugat)"
    r"|\bimaginary\b|\bhermitian\b"
)
_QUANTUM = re.compile(
    r"\bhamiltonian|\bunitary\b|\bqu(?:bit|antum)|\bpauli\b|\bschr(?:ö|oe?)dinger|\bspinor"
    r"|\bdensity (?:matri|operator)|\bladder operator|\bcommutation relation"
)
_FILTERS = re.compile(r"\bkalman|\bposterior\b|\ba[- ]posteriori\b")
_DIVIDES = re.compile(
    r"\b(?:element|entry|component)-?wise (?:quotients?|divisions?|fractions?)\b"
    r"|\b(?:quotients?|divisions?|fractions?)(?: of [a-z]+)?,? (?:(?:is|are|acts?|be|taken|"
    r"understood|meant|performed|to be|both|all) )*"
    r"(?:(?:element|entry|component)-?wise|by entries|entry by entry)\b"
)
_LINES = re.compile(
    r"softmax[^.]{0,60}?\b(row|column)(?:s|s?-?wise)?\b|\b(row|column)-?wise softmax"
)
_INVERTS = re.compile(r"\bpseudo|\bmoore\b|\bgenerali[sz]ed inverse")
_LONGEST_WORD = 6
_MEASURES = frozenset((r"\lambda", r"\sigma", "E", "P", "p", r"\mathbb", r"\Gamma", r"\mathcal"))
_MOMENTS = frozenset(("Var", "var", "Cov", "cov", r"\sim"))
_UPRIGHT = frozenset((r"\mathrm", r"\operatorname", r"\mathsf", r"\rm", r"\text"))
_OPENING = frozenset(("(", "[", r"\{", r"\left"))
_STARRED = frozenset((r"\mathrm{H}", "H", r"\mathsf{H}"))
_ALTERNATING = (
    "cross product",
    "vector product",
    "levi-civita",
    "levi civita",
    "permutation symbol",
    "permutation tensor",
)


def of_its_own(
    derivation: Derivation, lexicon: Lexicon
) -> tuple[frozenset[tuple[str, str, str]], bool, frozenset[str]]:
    """What the formulas of a derivation alone say: the ends of its integrals, whether its `d` is a
    variable, and the imaginary unit where its letter is an index elsewhere."""
    sides = [lexicon(side.tokens) for side in derivation.sides()]
    ends = frozenset(found for words in sides for found in ends_in(words))
    return ends, any(map(_d_is_variable, sides)), _unit_of(sides)


def _unit_of(sides: list[list[Token]]) -> frozenset[str]:
    r"""The `i` of `e^{i\theta}`, `\cos\theta + i\sin\theta` and `\Re z + i\Im z`, where it is no
    index: no real or imaginary part is taken beside another `i`."""
    tells = False
    for words in sides:
        for index, token in enumerate(words[:-1]):
            script = [t.text for t in _script(words, index + 1)] if token.text in ("_", "^") else []
            if token.text == "_" and "i" in script:
                return frozenset()
            power = index > 0 and words[index - 1].text == "e" and len(script) > 1
            tells |= token.text == "^" and power and script[script[0] == "-" :][:1] == ["i"]
            tells |= token.text == "i" and words[index + 1].text == r"\sin"
            tells |= token.text in (r"\Re", r"\Im")
    return frozenset("i" if tells else "")


def shared_notation(extraction: Extraction, lexicon: Lexicon) -> Notation:
    """What holds for all formulas of a document."""
    functions: set[str] = set()
    indices: set[str] = set()
    star = False
    raw = [side.tokens for derivation in extraction.derivations for side in derivation.sides()]
    fonts = differential_fonts([lexicon(tokens) for tokens in raw], extraction.declarations)
    lefts = [
        lexicon(step.left.tokens)
        for derivation in extraction.derivations
        for step in derivation.steps
        if step.relation.kind in (RelationKind.EQUAL, RelationKind.DEFINE)
    ]
    squared = squares([lexicon(tokens) for tokens in raw], lefts)
    for derivation in extraction.derivations:
        for side in derivation.sides():
            words = with_upright(with_squares(lexicon(side.tokens), squared), fonts)
            functions.update(_functions(words))
            functions.update(_scripted(words))
            functions.update(_composed(words))
            indices.update(_indices(words))
            star = star or _conjugates(words)
    for declaration in extraction.declarations:
        if declaration.kind in ("function", "elementwise") and len(declaration.subject) == 1:
            functions.add(declaration.subject[0].text)
    outer = any(
        _says_outer(step.left.tokens, step.right.tokens)
        for derivation in extraction.derivations
        for step in derivation.steps
    )
    sides = [with_upright(with_squares(lexicon(tokens), squared), fonts) for tokens in raw]
    indices -= {letter for words in sides for letter in _of_blocks(words)}
    upper = frozenset(letter for words in sides for letter in _upper(words))
    functions -= {name for words in sides for name in _unapplied(words)}
    functions -= _no_functions(extraction, sides)
    functions |= _with_components(sides)
    mean = _has_means(sides)
    prose = extraction.words
    defined = {words[0].text for words in sides if _is_application(words)}
    spectra = frozenset(letter for letter in SPECTRA if _of_matrices(sides, letter))
    indices.update(i for words in sides for i in _numbers_values(words, spectra))
    indices |= _of_components(sides)
    indices |= _beside(sides, indices)
    alternating = any(phrase in prose for phrase in _ALTERNATING)
    indices |= _alternating(sides) if alternating else set()
    letters = _complex_letters(extraction)
    complexes = bool(letters) or bool(_COMPLEX_NUMBERS.search(prose))
    adjoint = not star and (complexes or bool(_COMPLEX.search(prose))) and _has_adjoints(sides)
    star = star or (complexes and not adjoint)
    notation = Notation(
        frozenset(functions - {"E"} if mean else functions),
        frozenset(indices) | upper,
        star=star,
        capitals=_capitals(sides),
        outer=outer,
        named=_named(sides, lefts, prose),
        mean=mean,
        pi=any(map(_pi_is_letter, sides)),
        gamma=_has_gamma(sides),
        upper=bool(upper),
        announced=_announced(extraction, sides),
        signs=frozenset(said for said in extraction.signs if said[0] not in defined)
        | _crossed(sides),
        alternating=alternating,
        told=(_told(extraction) - _of_parameters(sides))
        | (_bare_capitals(sides) - functions)
        | _vectors(sides),
        adjoint=adjoint,
        bar=_has_conjugates(sides, prose) or _has_bars(sides, letters),
        varying=variations(sides),
        factors=factors(sides),
        squared=squared,
        upright=fonts,
        given=common_condition(sides),
        updates=_updates(sides, prose),
        ranked=frozenset(name for words in sides for name in _ranked(words, indices)),
        labels=_labels(sides, frozenset(indices) | upper) if upper else frozenset(),
        spectra=spectra,
        units=_units(extraction, sides, complexes, indices),
        takes=frozenset(pair for words in sides for pair in _applications(words)),
        derives=_derives(sides, frozenset(functions)),
        jacobian="jacobian" in prose,
        divides=bool(_DIVIDES.search(prose)),
        lines=_lines(prose),
        hessian="hessian" in prose,
    )
    return with_numbers(notation, raw, lexicon)


def _lines(prose: str) -> str:
    """Whether the text says that the softmax is one of rows or of columns; empty for both."""
    found = {match[1] or match[2] for match in _LINES.finditer(prose)}
    return f"{found.pop()}s" if len(found) == 1 else ""


def _announced(extraction: Extraction, sides: list[list[Token]]) -> frozenset[tuple[str, str]]:
    """What words give spellings their meaning; a letter that the formulas define, or write without
    a bracket behind it, means what these say."""
    found = announced(extraction.prose)
    lettered = {s for s, operator in found if operator in LETTERED and s.startswith("\\")}
    defined = {
        step.left.tokens[0].text
        for derivation in extraction.derivations
        for step in derivation.steps
        if step.left.tokens and all(token.text != "'" for token in step.left.tokens[1:2])
        if step.left.tokens[0] not in step.right.tokens
        if any(token.kind is TokenKind.LETTER for token in step.left.tokens[1:])
    }
    bare = {
        token.text
        for words in sides
        for index, token in enumerate(words)
        if token.text in lettered and not _opens_arguments([*words, token], index + 1)
    }
    return frozenset(pair for pair in found if pair[0] not in lettered & (defined | bare))


def _vectors(sides: list[list[Token]]) -> frozenset[str]:
    """The letter of densities, where it is turned or multiplied entry by entry: it is a vector."""
    return frozenset(
        word.text
        for words in sides
        for index, word in enumerate(words)
        if word.text == "p" and word.kind is TokenKind.LETTER
        if _is_vector(words[max(0, index - 1) : index], words[index + 1 : index + 3])
    )


def _is_vector(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether what stands on both sides of a letter says that it is a vector."""
    texts = [token.text for token in behind]
    turned = texts[:1] == ["^"] and texts[1:] and texts[1] in _TURNED
    return bool(turned) or any(
        text in _ENTRYWISE for text in (*texts[:1], *(b.text for b in before))
    )


def _told(extraction: Extraction) -> frozenset[str]:
    """The letters of which the text says that they are matrices."""
    return frozenset(
        said.subject[0].text
        for said in extraction.declarations
        if len(said.subject) == 1 and (said.kind == "matrix" or _OF_MATRICES & {*said.properties})
    )


def _of_parameters(sides: list[list[Token]]) -> frozenset[str]:
    r"""The capitals before a bracket with one small Greek letter or a time in it: `R(\theta)`;
    nobody puts a number in brackets to multiply by it from the right."""
    return frozenset(
        words[index].text
        for words in sides
        for index in range(len(words) - 3)
        if words[index].kind is TokenKind.LETTER and words[index].text.isupper()
        if words[index + 1].text == "(" and words[index + 3].text == ")"
        if words[index + 2].text in ("t", "s") or words[index + 2].text in _SMALL_GREEK
    )


def _bare_capitals(sides: list[list[Token]]) -> frozenset[str]:
    """The letters of probabilities and means that stand without a bracket behind them as well:
    `PQ^T`, `(A+E)^{-1}`."""
    return frozenset(
        word.text
        for words in sides
        for word, following in zip_longest(words, words[1:])
        if word is not None and word.text in ("P", "E") and word.kind is TokenKind.LETTER
        if _is_bare(word.text, following.text if following is not None else "")
    )


def _is_bare(letter: str, behind: str) -> bool:
    """Whether what stands behind a letter shows that it is none of a probability or a mean, of
    which the bracket may be missing: `EX`."""
    return behind in _ALONE if letter == "E" else behind not in ("(", "[", "_", "'", r"\{")


def _says_outer(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether a step says `v \\otimes w = v w^T`."""
    if len(left) != 3 or left[1].text != r"\otimes" or len(right) < 4:
        return False
    return right[0] == left[0] and right[1] == left[2] and right[2].text == "^"


def _capitals(sides: list[list[Token]]) -> frozenset[tuple[str, str]]:
    """The small letters that only occur with subscripts while their capitals occur, with these: the
    plain ones, or else those in bold type."""
    letters: dict[bool, set[str]] = {False: set(), True: set()}
    plain: set[str] = set()
    for words in sides:
        for index, token in enumerate(words):
            if token.kind is TokenKind.LETTER:
                bold = _is_bold(words, index)
                letters[bold].add(token.text)
                if not bold and (index + 1 == len(words) or words[index + 1].text != "_"):
                    plain.add(token.text)
    small = {a for a in letters[False] if a.islower() and a not in plain}
    return frozenset(
        (a, name)
        for a in small
        for bold, name in ((False, a.upper()), (True, rf"\mathbf{{{a.upper()}}}"))
        if a.upper() in letters[bold] and (not bold or a.upper() not in letters[False])
    )


def _is_bold(words: Sequence[Token], index: int) -> bool:
    """Whether a letter alone is in bold type."""
    return _dressed(words, index)[0] in BOLD or (index > 0 and words[index - 1].text in BOLD)


def _functions(words: Sequence[Token]) -> Iterable[str]:
    for index, token in enumerate(words[:-1]):
        if token.text in CONVENTIONAL_FUNCTIONS and _opens_arguments(words, index + 1):
            if token.text not in _bracketed(words, index + 1):  # `f(f^Tdf)` is a product
                yield token.text
                yield from _labelled(words, index)
    if len(words) > 3 and words[1].text == "(" and words[-1].text == ")" and _is_name(words[0]):
        inside = [
            token for token in words[2:-1] if token.kind not in (TokenKind.OPEN, TokenKind.CLOSE)
        ]
        if all(_is_name(token) or token.text in (",", ";", r"\mathbf") for token in inside):
            yield words[0].text


def _with_components(sides: list[list[Token]]) -> set[str]:
    """The letters that stand before names in brackets both with an index and without: `r_i(x)`."""
    plain: set[str] = set()
    numbered: set[str] = set()
    for words in sides:
        for index, token in enumerate(words[:-1]):
            if token.kind is TokenKind.LETTER and _opens_arguments(words, index + 1):
                bracket = next(k for k in count(index + 1) if words[k].text == "(")
                inside = _bracketed(words, bracket)[1:-1]
                if inside and all(len(name) == 1 and name.isalpha() for name in inside):
                    (numbered if words[index + 1].text == "_" else plain).add(token.text)
    return plain & numbered


def _of_matrices(sides: list[list[Token]], letter: str) -> bool:
    """Whether a letter with an index stands before brackets with a capital inside, and nowhere
    else: `\\lambda_i(A + cI)` is no product. A bracket with a capital alone tells as well."""
    tells = []
    for words in sides:
        for index, token in enumerate(words[:-2]):
            if token.text != letter or words[index + 1].text != "_":
                continue
            script = _script(words, index + 2)
            behind = index + (4 + len(script) if words[index + 2].kind is TokenKind.OPEN else 3)
            inside = _bracketed(words, behind)[1:-1] if _at(words, behind) == "(" else []
            if len(inside) == 1 and _is_capital(inside[0]):
                return True
            tells.append(any(map(_is_capital, inside)))
    return bool(tells) and all(tells)


def _numbers_values(words: Sequence[Token], spectra: frozenset[str]) -> Iterable[str]:
    """The letters that number the eigenvalues or the singular values of a matrix."""
    for index, token in enumerate(words[:-2]):
        if token.text in spectra and words[index + 1].text == "_":
            yield from (a.text for a in _script(words, index + 2) if a.text in _RUNNING)


def _at(words: Sequence[Token], index: int) -> str:
    return words[index].text if index < len(words) else ""


def _is_capital(word: str) -> bool:
    return word.removeprefix("\\")[:1].isupper()


def _has_adjoints(sides: list[list[Token]]) -> bool:
    """Whether a star stands behind a bracket, where it is no part of a name, and behind no letter
    that is an operator, `T(x)`."""
    pairs = {(a.text, b.text) for words in sides for a, b in pairwise(words)}
    starred = {
        words[index].text
        for words in sides
        for index in range(len(words) - 2)
        if words[index + 1].text == "^"
        and [part.text for part in _script(words, index + 2)] == ["*"]
    }
    operators = any((letter, "(") in pairs for letter in starred if letter.isalpha())
    return bool(starred & {")", "]"}) and not operators


def _has_conjugates(sides: list[list[Token]], prose: str) -> bool:
    """Whether a bar stands on more than a name, in a text about complex numbers."""
    if not _COMPLEX.search(prose):
        return False
    return any(
        sum(part.kind is not TokenKind.OPEN for part in _script(words, index + 1)) > 1
        for words in sides
        for index, token in enumerate(words)
        if token.text == r"\overline"
    )


def _labelled(words: Sequence[Token], index: int) -> Iterable[str]:
    """The name of a function with a subscript: `f_{\\theta}` in `f_\\theta(x)`."""
    if words[index + 1].text == "_":
        yield f"{words[index].text}_{{{label(_script(words, index + 2))}}}"


def _scripted(words: Sequence[Token]) -> Iterable[str]:
    """The names such as `f_{X}` and `g_{1}` that stand before names in round brackets."""
    for index, token in enumerate(words[:-4]):
        if not _is_name(token) or token.text in _MEASURES or words[index + 1].text != "_":
            continue
        script = _script(words, index + 2)
        behind = index + (3 if words[index + 2].kind is not TokenKind.OPEN else 4 + len(script))
        while behind < len(words) and words[behind].text == "'":
            behind += 1
        inside = _bracketed(words, behind) if words[behind : behind + 1] else []
        if inside[:1] == ["("] and _are_names(words[behind + 1 : behind + len(inside) - 1]):
            yield from _labelled(words, index)


def _composed(words: Sequence[Token]) -> Iterable[str]:
    """The letters of `(f \\circ g)` before the bracket of an argument, perhaps with a prime."""
    for index in range(len(words) - 5):
        texts = [token.text for token in words[index : index + 6]]
        if texts[0] == "(" and texts[2] == r"\circ" and texts[4] == ")" and texts[5] in ("(", "'"):
            pair = words[index + 1], words[index + 3]
            yield from (token.text for token in pair if _is_name(token))


def _unapplied(words: Sequence[Token]) -> Iterable[str]:
    r"""The names such as `\sigma_{2}` that stand before no bracket: these are numbers."""
    for index, token in enumerate(words[:-2]):
        if token.text in _MEASURES and words[index + 1].text == "_":
            if not _opens_arguments(words, index + 1):
                yield from _labelled(words, index)


def _no_functions(extraction: Extraction, sides: list[list[Token]]) -> set[str]:
    r"""The letters of which a formula is given without arguments, and that are a gradient by it or
    transposed somewhere: the `g` of `g = \\partial L/\\partial y` and `g(Ax)^T`."""
    turned = {
        token.text
        for words in sides
        for index, token in enumerate(words[:-2])
        if words[index + 1].text == "^"
        and not _TURNED.isdisjoint(t.text for t in _script(words, index + 2))
    }
    bare, applied = set[str](), set[str]()
    for step in (step for derivation in extraction.derivations for step in derivation.steps):
        first, *rest = [token.text for token in step.left.tokens] or [""]
        gradient = _GRADIENT.intersection(token.text for token in step.right.tokens[:3])
        if not rest and (gradient or first in turned):
            bare.add(first)
        if rest[:1] == ["("]:
            applied.add(first)
    return bare - applied


def _are_names(words: Sequence[Token]) -> bool:
    """Whether only names stand there, with commas or semicolons between them."""
    return bool(words) and all(
        _is_name(word) if number % 2 == 0 else word.text in (",", ";")
        for number, word in enumerate(words)
    )


def _is_application(words: Sequence[Token]) -> bool:
    """Whether a side is `\\sigma(x)` alone: an equation may say then what the letter is."""
    opens = len(words) > 3 and words[1].text == "(" and words[-1].text == ")"
    return opens and _are_names(words[2:-1])


def _units(
    extraction: Extraction, sides: list[list[Token]], complexes: bool, indices: set[str]
) -> frozenset[str]:
    """The letter of the imaginary unit, where the text says so or raises `e` to it, or speaks of
    complex numbers or of quantum mechanics, and where it is no index."""
    said = {
        letters[0]
        for derivation in extraction.derivations
        for step in derivation.steps
        if "".join(t.text for t in step.right.tokens) in ("-1", r"\sqrt{-1}", r"\sqrt-1")
        if (letters := [t.text for t in step.left.tokens if t.text in ("i", "j")])
    }
    powers = {
        script[0].text
        for words in sides
        for index, token in enumerate(words[:-2])
        if token.text == "^" and index and words[index - 1].text == "e"
        if (script := [t for t in _script(words, index + 1) if t.text != "-"])
    }
    speaks = complexes or bool(_QUANTUM.search(extraction.words))
    found = said | ({"i"} if speaks or "i" in powers else set())
    below = {
        part.text
        for words in sides
        for index, token in enumerate(words[:-1])
        if token.text == "_"
        for part in _script(words, index + 1)
    }
    return frozenset(found - indices - below)


def _complex_letters(extraction: Extraction) -> frozenset[str]:
    """The letters of which the text says that they are complex."""
    return frozenset(
        said.subject[0].text
        for said in extraction.declarations
        if len(said.subject) == 1 and "complex" in said.properties
    )


def _has_bars(sides: list[list[Token]], letters: frozenset[str]) -> bool:
    """Whether a bar stands on a letter that is complex."""
    return any(
        words[index].text in (r"\bar", r"\overline")
        and letters & {token.text for token in _script(words, index + 1)}
        for words in sides
        for index in range(len(words))
    )


def _applications(words: Sequence[Token]) -> Iterable[tuple[str, str]]:
    """The letters before brackets that hold one letter, with that one."""
    for index in range(len(words) - 3):
        name, opening, inside, closing = words[index : index + 4]
        if opening.text == "(" and closing.text == ")" and _is_name(name) and _is_name(inside):
            yield name.text, inside.text


def _derives(sides: list[list[Token]], functions: frozenset[str]) -> bool:
    """Whether `D` stands before functions, with at most a script between them, and nowhere else."""
    behind = [
        _at(words, index + 1)
        for words in sides
        for index, token in enumerate(words)
        if token.text == "D" and token.kind is TokenKind.LETTER
    ]
    return all(text in functions or text in ("_", "^") for text in behind)


def _has_gamma(sides: list[list[Token]]) -> bool:
    r"""Whether `\Gamma` is the gamma function: it never stands without a bracket behind it."""
    return all(
        index + 1 < len(words) and words[index + 1].text in ("(", "[")
        for words in sides
        for index, token in enumerate(words)
        if token.text == r"\Gamma"
    )


def _has_means(sides: list[list[Token]]) -> bool:
    """Whether `E` is the expectation: it never stands alone, and not only before plain names."""
    tells = False
    for words in sides:
        for index, token in enumerate(words):
            tells = tells or token.text in _MOMENTS
            font, behind = _dressed(words, index)
            if token.text != "E" or token.kind is not TokenKind.LETTER or font == r"\mathbb":
                continue
            follower = words[behind].text if behind < len(words) else ""
            upright = font in _UPRIGHT and follower in _OPENING
            opens = follower == "(" and not _takes_name(words, behind)
            if upright or opens or follower in _BARS or follower in ("[", r"\{"):
                tells = True
            elif follower != "(":
                return False
    return tells


def _dressed(words: Sequence[Token], index: int) -> tuple[str, int]:
    """The font in whose braces a letter stands alone, and the index of what follows."""
    if 0 < index < len(words) - 1 and words[index + 1].kind is TokenKind.CLOSE:
        if words[index - 1].kind is TokenKind.OPEN:
            return (words[index - 2].text if index > 1 else ""), index + 2
        if (
            index > 1
            and words[index - 2].kind is TokenKind.OPEN
            and words[index - 1].text == r"\rm"
        ):
            return r"\rm", index + 2
    return (words[index - 1].text if index else ""), index + 1


def _crossed(sides: list[list[Token]]) -> frozenset[tuple[str, str]]:
    r"""That `\times` is the cross product where the matrix of one, `[a]_\times`, is written."""
    scripts = (
        (words[index].text, {word.text for word in words[index + 1 : index + 3]})
        for words in sides
        for index in range(1, len(words) - 1)
        if words[index - 1].text == "]"
    )
    written = any(sign == "_" and r"\times" in script for sign, script in scripts)
    return frozenset(((r"\times", "cross product"),) if written else ())


def _named(
    sides: Sequence[Sequence[Token]], lefts: Sequence[Sequence[Token]], prose: str
) -> frozenset[str]:
    r"""The spellings of an `I` that is no identity: one with a number that is a left side or is
    differentiated, a calligraphic one beside others, and the inertia that the words speak of;
    and those of what always has a plus above."""
    found = {_numbered(words, 0) for words in lefts if words and _length_of(words, 0) == len(words)}
    for words in sides:
        signs = (index for index, word in enumerate(words) if word.text in _SIGNS_OF_CHANGE)
        found |= {_numbered(words, index + 1) for index in signs}
    fonts = {font for words in sides for font in _fonts_of_identity(words)}
    if r"\mathcal" in fonts and (len(fonts) > 1 or "inertia" in prose):
        found.add(r"\mathcal{I}")
    elif "inertia" in prose and "" in fonts:
        found.add("I")
    return frozenset(found - {""}) | (frozenset() if _INVERTS.search(prose) else _marked(sides))


def _marked(sides: Sequence[Sequence[Token]]) -> frozenset[str]:
    r"""The names of what never stands without a plus above: `\Phi^+`, which is no pseudoinverse."""
    marked: dict[str, set[bool]] = {}
    for words in sides:
        for index, word in enumerate(words):
            if word.kind is TokenKind.LETTER or word.text in OPERANDS:
                script = [part.text for part in words[index + 1 : index + 4]]
                plus = script[:2] == ["^", "+"] or script == ["^", "{", "+"]
                marked.setdefault(word.text, set()).add(plus)
    return frozenset(f"{name}^{{+}}" for name, pluses in marked.items() if pluses == {True})


def _numbered(words: Sequence[Token], index: int) -> str:
    """The name of an `I` with a number below it, at an index, or the empty string."""
    texts = [word.text for word in words[index : index + 5] if word.text not in ("{", "}")]
    digit = len(texts) > 2 and texts[:2] == ["I", "_"] and texts[2].isdigit()
    return f"I_{{{texts[2]}}}" if digit else ""


def _length_of(words: Sequence[Token], index: int) -> int:
    """How many lexemes an `I` with a number takes."""
    grouped = len(words) > index + 2 and words[index + 2].kind is TokenKind.OPEN
    return 5 if grouped else 3


def _fonts_of_identity(words: Sequence[Token]) -> Iterable[str]:
    """The commands before each `I`, the empty string for one without a font."""
    for index, word in enumerate(words):
        if word.text == "I":
            before = index - 1 - (index > 0 and words[index - 1].kind is TokenKind.OPEN)
            text = words[before].text if before >= 0 else ""
            yield text if text in _FONTS_OF_IDENTITY else ""


def _pi_is_letter(words: Sequence[Token]) -> bool:
    r"""Whether `\pi` is a probability, `1-\pi`, or is differentiated by."""
    texts = [word.text for word in words]
    return any(
        texts[index] == r"\pi"
        and (texts[index - 2 : index] == ["1", "-"] or texts[index - 1] == r"\partial")
        for index in range(1, len(texts))
    )


def _takes_name(words: Sequence[Token], index: int) -> bool:
    inside = [w for w in words[index + 1 : index + 4] if w.kind is not TokenKind.OPEN]
    return len(inside) > 1 and _is_name(inside[0]) and inside[1].text == ")"


def _bracketed(words: Sequence[Token], index: int) -> list[str]:
    """What stands in the next round brackets."""
    found: list[str] = []
    depth = 0
    for word in words[index:]:
        depth += (word.text == "(") - (word.text == ")")
        found.append(word.text)
        if depth == 0 and word.text == ")":
            break
    return found


def _opens_arguments(words: Sequence[Token], index: int) -> bool:
    if words[index].text == "_" and index + 1 < len(words):  # `f_i(x)`
        index += (
            2 if words[index + 1].kind is not TokenKind.OPEN else 3 + len(_script(words, index + 1))
        )
    while index < len(words) and words[index].text == "'":
        index += 1
    return index < len(words) and words[index].text == "("


def _is_name(token: Token) -> bool:
    return token.kind is TokenKind.LETTER or token.text in OPERANDS


def _indices(words: Sequence[Token]) -> Iterable[str]:
    for index, token in enumerate(words[:-1]):
        if token.text in (r"\max", r"\min") and words[index + 1].text == "_":
            letters = bound_letters(_script(words, index + 2))
            yield from letters if _RUNNING.issuperset(letters) else ()
        elif token.text in (r"\sum", r"\prod") and words[index + 1].text == "_":
            yield from letters_below(_script(words, index + 2))
        elif token.text in (r"\sum", r"\prod") and words[index + 1].text != "^":
            yield from _summed(words[index + 1 :])
        elif token.text == "_" and index and words[index - 1].text in (")", "]"):
            yield from (t.text for t in _script(words, index + 1) if t.text in _PAIRS)
        elif token.text == "_" and words[index + 1].kind is TokenKind.OPEN:
            inside = _script(words, index + 1)
            letters = [part.text for part in inside if part.text != ","]
            pair = [letter for letter in letters if letter not in EVERY]
            if len(letters) == 2 and pair and all(letter in _PAIRS for letter in pair):
                yield from pair


def _of_blocks(words: Sequence[Token]) -> Iterable[str]:
    r"""The letters that name the blocks of a matrix: `K_{aa} & K_{ab} \\ K_{ba} & K_{bb}`."""
    names = _PAIRS - _RUNNING
    cells: list[tuple[str, str, int, int]] = []  # the letter, its script, where they begin and end
    for index, token in enumerate(words[:-2]):
        if _is_name(token) and words[index + 1].text == "_":
            script = [part.text for part in _script(words, index + 2)]
            if len(script) == 2 and names.issuperset(script):
                cells.append((token.text, "".join(script), index, index + 4 + len(script)))
    for four in zip(cells, cells[1:], cells[2:], cells[3:], strict=False):
        a, b = list(four[1][1])
        between = [words[one[3]].text for one, two in pairwise(four) if two[2] == one[3] + 1]
        scripts = [cell[1] for cell in four]
        if between == ["&", r"\\", "&"] and len({cell[0] for cell in four}) == 1:
            if a != b and scripts == [a + a, a + b, b + a, b + b]:
                yield from (a, b)


def _summed(words: Sequence[Token]) -> Iterable[str]:
    r"""The running letters below names behind a sum that does not say over what: `\sum x_iy_i`."""
    for index, token in enumerate(words[:-1]):
        script = _script(words, index + 1) if token.text == "_" else []
        if len(script) == 1 and script[0].text in _RUNNING:
            yield script[0].text


def _updates(sides: list[list[Token]], prose: str) -> bool:
    """Whether `P^+` is what an update makes of `P`: the text speaks of a filter, or `P^-` stands
    beside it, and of no pseudoinverse."""
    if _INVERTS.search(prose):
        return False
    marked: dict[str, set[str]] = {}
    for words in sides:
        for index, token in enumerate(words[:-1]):
            script = [part.text for part in _script(words, index + 1)] if token.text == "^" else []
            if len(script) == 1:
                marked.setdefault(_name_before(words, index), set()).add(script[0])
    both = any({"+", "-"} <= marks for marks in marked.values())
    return both or bool(_FILTERS.search(prose))


def _of_components(sides: list[list[Token]]) -> set[str]:
    r"""The running letters of `\partial\theta_j` where the name stands without an index as well,
    and the letter stands below names alone."""
    plain: set[str] = set()
    moved: set[tuple[str, str]] = set()
    for words in sides:
        for index, token in enumerate(words):
            if token.kind not in (TokenKind.LETTER, TokenKind.COMMAND):
                continue
            below = _at(words, index + 1) == "_"
            script = [part.text for part in _script(words, index + 2)] if below else []
            if not below and not _is_script(words, index):
                if not _is_in_word(words, index):
                    plain.add(token.text)
            elif len(script) == 1 and index and words[index - 1].text in (r"\partial", r"\nabla"):
                moved.add((token.text, script[0]))
    return {a for name, a in moved if name in plain and a in _RUNNING and a not in plain}


def _is_in_word(words: Sequence[Token], index: int) -> bool:
    r"""Whether a letter is one of a word such as `\mathrm{diag}`."""
    neighbours = [*words[max(0, index - 1) : index], *words[index + 1 : index + 2]]
    return any(
        other.kind is TokenKind.LETTER
        and (other.span.end == words[index].span.start or words[index].span.end == other.span.start)
        for other in neighbours
    ) and any(word.text in _UPRIGHT for word in words[max(0, index - _LONGEST_WORD) : index])


def _is_script(words: Sequence[Token], index: int) -> bool:
    """Whether a letter is the script of a name, in braces or without."""
    before = [word.text for word in words[max(0, index - 2) : index]]
    return before[-1:] == ["_"] or before[-2:] == ["_", "{"]


def _beside(sides: list[list[Token]], indices: set[str]) -> set[str]:
    """The running letters below names that have an index elsewhere: `z_i` and `z_j` beside a sum
    over `z_k`."""
    below: dict[str, set[str]] = {}
    for words in sides:
        for index, token in enumerate(words[1:-1], 1):
            script = [t.text for t in _script(words, index + 1)] if token.text == "_" else []
            if len(script) == 1 and words[index - 1].kind in (TokenKind.LETTER, TokenKind.COMMAND):
                below.setdefault(words[index - 1].text, set()).update(script)
    found = {
        letter
        for name, letters in below.items()
        if letters & indices and name not in ("\\sum", "\\prod")
        for letter in letters & _RUNNING
    }
    return found - indices


def _alternating(sides: list[list[Token]]) -> set[str]:
    r"""The letters below `\epsilon_{ijk}`, three at a time."""
    found: set[str] = set()
    for words in sides:
        for index, token in enumerate(words[:-2]):
            if token.text in (r"\epsilon", r"\varepsilon") and words[index + 1].text == "_":
                letters = [part.text for part in _script(words, index + 2)]
                if len(letters) == 3 and all(a.isalpha() and a.isascii() for a in letters):
                    found.update(letters)
    return found


def _upper(words: Sequence[Token]) -> Iterable[str]:
    """The letters of `A^{ij}`, where two indices stand above a capital."""
    for index, token in enumerate(words[:-1]):
        if token.text == "^" and index and words[index + 1].kind is TokenKind.OPEN:
            letters = [part.text for part in _script(words, index + 1) if part.text != ","]
            base = words[index - 1].text
            capital = base.isalpha() and base.isupper() and base not in ("J", "E")
            if capital and len(letters) == 2 and all(a in _PAIRS | {"m", "n"} for a in letters):
                yield from letters


def _labels(sides: list[list[Token]], indices: frozenset[str]) -> frozenset[str]:
    """The letters that only ever have one index, below: `d_k`, the length of a key."""
    scripts: dict[str, set[str]] = {}
    for words in sides:
        for index, token in enumerate(words[:-2]):
            if token.kind is TokenKind.LETTER and words[index + 1].text in ("_", "^"):
                letters = {part.text for part in _script(words, index + 2)}
                mark = words[index + 1].text if words[index + 1].text == "^" else ""
                found = scripts.setdefault(token.text, set())
                found |= {mark + a for a in letters if a in indices}
    return frozenset(
        name for name, found in scripts.items() if len(found) == 1 and not min(found)[1:]
    )


def _ranked(words: Sequence[Token], indices: set[str]) -> Iterable[str]:
    """The letters with an index in brackets above: `x^{(i)}`, `x_j^{(i)}`, `{\\bf x}^{(i)}`."""
    for index, token in enumerate(words):
        inside = [part.text for part in _script(words, index + 1)] if token.text == "^" else []
        if len(inside) > 2 and inside[0] == "(" and inside[1] in indices and inside[2] == ")":
            yield _name_before(words, index)


def _name_before(words: Sequence[Token], index: int) -> str:
    """The last letter of what stands before a superscript, without its subscript."""
    place = index - 1
    if place > 0 and words[place - 1].text == "_":
        place -= 2
    elif place >= 0 and words[place].kind is TokenKind.CLOSE:
        opening = _opening(words, place)
        place = opening - 2 if opening and words[opening - 1].text == "_" else place
    while place >= 0 and words[place].kind is TokenKind.CLOSE:
        place -= 1
    return words[place].text if place >= 0 else ""


def _opening(words: Sequence[Token], index: int) -> int:
    """The index of the brace that opens what the one at `index` closes."""
    depth = 0
    for place in range(index, -1, -1):
        kind = words[place].kind
        depth += (kind is TokenKind.CLOSE) - (kind is TokenKind.OPEN)
        if depth == 0:
            return place
    return 0


def _script(words: Sequence[Token], index: int) -> list[Token]:
    if index >= len(words):
        return []
    if words[index].kind is not TokenKind.OPEN:
        return [words[index]]
    found: list[Token] = []
    depth = 0
    for token in words[index + 1 :]:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth < 0:
            break
        found.append(token)
    return found


def _conjugates(words: Sequence[Token]) -> bool:
    for index, token in enumerate(words[:-1]):
        if token.text == "^":
            script = "".join(part.text for part in _script(words, index + 1))
            if script in ("H", r"\mathrmH", r"\dagger", r"\rmH", r"\mathsfH"):
                return True
    return False


def _closes_bars(words: Sequence[Token], index: int) -> bool:
    r"""Whether bars close at an index that opened before it: `\|Cx - d\|`."""
    text = words[index].text if index < len(words) else ""
    if text in ("|", r"\|", "‖", "∥", r"\Vert", r"\vert"):
        return sum(word.text == text for word in words[:index]) % 2 == 1
    return text in (r"\rVert", r"\rvert")


def _d_is_variable(words: Sequence[Token]) -> bool:
    depth = 0
    for index, token in enumerate(words):
        if token.text in ("^", "_"):
            depth = index + 1
        if token.text != "d" or token.kind is not TokenKind.LETTER or index == depth > 0:
            continue
        before = words[index - 1].text if index else ""
        follower = words[index + 1].text if index + 1 < len(words) else ""
        if before in (r"\mathrm", r"\rm") or (before == "{" and follower == "}"):
            continue
        if follower == "^" and words[index + 2].kind is not TokenKind.DIGIT:
            return True
        closes = index + 1 < len(words) and words[index + 1].kind is TokenKind.END
        closes = closes or _closes_bars(words, index + 1)
        if (follower in _ENDS_VARIABLE or closes) and before not in ("^", "_"):
            return True
    return False
