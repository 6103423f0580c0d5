"""The phrases by which a sentence says what a symbol is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token
from proofcheck.extraction.sentences import NAME, OTHER, SIZE, Sentence
from proofcheck.extraction.symbols import Subject
from proofcheck.extraction.vocabulary import (
    CONDITIONS,
    HAD,
    KINDS,
    NOUNS,
    OTHER_NOUNS,
    PLURALS,
    PROPERTIES,
    UNCONDITIONAL,
    alternatives,
)

Tokens = tuple[Token, ...]
Size = tuple[Tokens, Tokens]


@dataclass(frozen=True, slots=True)
class Said:
    """What a phrase says of the symbols of one formula, or of one letter in the prose.

    `supposed` are the properties that it says of a case only.
    """

    subjects: tuple[Subject, ...]
    span: Span
    kind: str
    size: Size
    properties: tuple[str, ...]
    anew: bool = False
    supposed: tuple[str, ...] = ()


_LETTER = r"(?<![\w$\\'’.-])(?![aI])[A-Za-zΑ-Ωα-ω](?![\w'’-])"
_SYMBOL = rf"(?:{NAME}|{_LETTER})"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"
_LIST = rf"(?P<list>{_SYMBOL}(?:{_AND}{_SYMBOL}){{0,7}})"
_BY = r"(?:\s*[×*]\s*|\s+x\s+|x|[- ]by[- ])"
_LENGTH = r"(?:\d{0,4}[A-Za-z]|\d{1,5})"
_WRITTEN = rf"(?:(?<![\w$\\]){_LENGTH}{_BY}{_LENGTH}(?!\w))"
_ONE = rf"(?:{SIZE}|{_WRITTEN})"
_SIZES = rf"(?P<size>{_ONE}(?:{_AND}{_ONE}){{0,7}})"
_DIMENSION = rf"(?:{NAME}|\w{{1,2}})-dimensional"
_VECTOR_OF = rf"(?:{NAME}|\b[A-Za-z\d])-(?=(?:column\s+)?vectors?\b)"  # an n-vector
_SIZE = rf"(?:(?P<size>(?:{_ONE}|{_DIMENSION})(?=\s)|{_VECTOR_OF})\s*)?"
_MIDDLE = rf"(?:(?P<middle>{_ONE})\s+)?"
_LATE = rf"(?:\s+(?:of\s+size\s+)?(?P<late>{_ONE}))?"
_WORDS = f"(?i:{alternatives(PROPERTIES)})"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+)"
_ADJECTIVES = rf"(?P<adjectives>(?:\b{_WORDS}\b{_JOIN}){{0,5}})"
_LAST = rf"(?P<adjectives>\b{_WORDS}\b(?:{_JOIN}\b{_WORDS}\b){{0,4}})"
_FIRST = rf"(?:an?\s+|all\s+|any\s+)?{_WORDS}\b(?:{_JOIN}{_WORDS}\b){{0,4}}\s+{_SYMBOL}"
_MIXED = "".join(
    f"(?<!{noun} {word} )" for noun in ("matrices", "vectors") for word in ("and", "or")
)
_HAVING = r"(?i:has|have|having|with|(?:is\s+|are\s+|be\s+|being\s+)?of)"
_HAD = rf"(?P<adjectives>(?i:{alternatives(HAD)}))\b"
_BY_NOUN = rf"\b(?i:(?P<adjectives>{alternatives(NOUNS)})\s+of)"
_LENGTH_OF = (
    r"(?i:spectral\s+radius|(?:spectral\s+|operator\s+)?norm|eigenvalues|singular\s+values)"
)
_BELOW_ONE = r"(?P<adjectives>(?i:less|smaller)\s+than\s+(?i:one|1))\b"
_KIND = rf"{_MIXED}(?P<kind>\b(?i:{alternatives(KINDS)})\b)(?!\s+(?:{OTHER_NOUNS}))"
_NO_CASE = "".join(rf"(?<!\b{word} )" for word in "for For with With when When if If".split())
_VERB = (
    r"(?:\s+(?i:is|are|be|being|denotes?|may\s+be|was|were|will\s+be|has\s+to\s+be|to\s+be"
    r"|(?:can|may|could|shall|will)\s+be\s+(?:taken|chosen|assumed)(?:\s+(?:to\s+be|as))?)\s+"
    r"|\s*:\s*)"
)
_ARTICLE = r"(?:(?i:an?|the|any|both|also|all|two|some|again)\s+){0,2}"
_WORDS_BEHIND = (
    "and|with|where|but|as|so|for|or|in|then|which|whose|such|variables?|operators?|we|it|this|one|"
    "hence|thus|here|because|since|if|when|has|have|gives?|satisf(?:y|ies)|yields?|reads?|becomes?"
)
_DETERMINERS = "the|an?|its|their|our|each|every|any|all|no|there|they|you"
_PREPOSITIONS = (
    "under|at|on|over|from|into|to|by|via|through|within|between|without|until|after|before"
)
_END = rf"(?=\s*(?:[,.;:)(—]|$|{NAME}|{OTHER}|\b(?i:{_WORDS_BEHIND})\b))"
_NOUN_END = rf"(?:{_END}|(?=\s+of\b))"
_NAME_END = rf"(?:{_END}|(?=\s+(?:{_PREPOSITIONS}|{_DETERMINERS})\b))"  # behind a name only
_COMMA = r"\s*(?P<comma>,\s*)?"
_ITS_END = rf"{_NOUN_END}(?(comma)(?!\s*{NAME}))"  # behind a comma, not the noun of what follows
_OF_SIZE = r"(?:\s+(?i:is|are))?(?:\s+(?i:of|has|have)\s+(?i:sizes?|dimensions?|shapes?|order))"

_PATTERNS = tuple(
    (bound, re.compile(pattern))
    for bound, pattern in (
        # a symmetric matrix A
        ("first", rf"{_SIZE}{_ADJECTIVES}{_MIDDLE}{_KIND}\s+{_LIST}"),
        # A is a symmetric matrix
        ("all", rf"{_LIST}{_VERB}{_ARTICLE}{_SIZE}{_ADJECTIVES}{_MIDDLE}{_KIND}{_LATE}"),
        # x a column vector
        (
            "last",
            rf"{_LIST}{_COMMA}(?:(?:an?|the)\s+)?{_SIZE}{_ADJECTIVES}{_MIDDLE}{_KIND}{_LATE}{_ITS_END}",
        ),
        # A is symmetric
        ("all", rf"{_LIST}{_VERB}{_ARTICLE}{_SIZE}{_LAST}{_LATE}{_END}"),
        # B symmetric
        ("last", rf"{_LIST}\s+\(?{_LAST}\)?{_LATE}{_END}"),
        # X has full column rank, a vector u of unit length
        ("last", rf"{_LIST}\s+{_HAVING}\s+(?:an?\s+)?{_HAD}"),
        # X is an n x p matrix of full column rank
        (
            "all",
            rf"{_LIST}{_VERB}{_ARTICLE}(?:{_ONE}\s*)?(?:{_WORDS}\s+)?{_KIND}\s+{_HAVING}\s+{_HAD}",
        ),
        # J the n x n matrix of ones
        (
            "last",
            rf"{_LIST}{_COMMA}(?:an?|the)\s+(?:{_ONE}\s*)?(?:{_WORDS}\s+)?{_KIND}\s+{_HAVING}\s+{_HAD}",
        ),
        # the n x n matrix of ones J
        ("first", rf"{_KIND}\s+(?i:of|with)\s+{_HAD},?\s+{_LIST}"),
        # by the symmetry of A
        ("first", rf"{_BY_NOUN}\s+(?:the\s+matrix\s+)?{_LIST}"),
        # the spectral radius of A is less than one
        (
            "first",
            rf"{_LENGTH_OF}\s+of\s+(?:the\s+matrix\s+)?{_LIST}\s+[^.;]{{0,40}}?{_BELOW_ONE}",
        ),
        # A has spectral radius less than one
        ("last", rf"{_LIST}\s+{_HAVING}\s+(?:an?\s+)?{_LENGTH_OF}\s+(?:strictly\s+)?{_BELOW_ONE}"),
        # for symmetric A
        ("first", rf"(?i:\b(?:for|with))\s+(?:an?\s+|all\s+|any\s+)?{_LAST}\s+{_LIST}{_NAME_END}"),
        # K x = y and symmetric K and M
        ("first", rf"(?:{NAME}|{OTHER})\s*,?\s+and\s+{_LAST}\s+{_LIST}{_NAME_END}"),
        # has a symmetric A, the orthogonal Q
        (
            "first",
            rf"{_NO_CASE}(?i:\b(?:an?|the|our|some)\s+){_LAST}\s+{_LIST}(?:{_NOUN_END}|{_NAME_END})",
        ),
        # with orthogonal Q and diagonal D
        (
            "first",
            rf"(?i:\b(?:for|with))\s+{_FIRST}\s+and\s+{_LAST}\s+{_LIST}{_NAME_END}",
        ),
        # A is m x n, A and B of size m x n and p x q
        ("all", rf"{_LIST}(?:{_OF_SIZE}|{_VERB}|\s*=\s*)\s*{_SIZES}"),
        # y n x 1
        ("last", rf"{_LIST}\s+\(?(?P<size>{_ONE})\)?{_END}"),
    )
)
"""How far a phrase of this form binds over a list without an "and", and the phrase."""

_NEGATION = re.compile(r"(?i)\b(?:not|non|no|never|need|without|neither|nor|isn't|aren't)\b")
_CONDITION = re.compile(rf"(?i)\b(?:{'|'.join(CONDITIONS)})\b")
_CASE = re.compile(r"(?i)(?:for|with)\b")
_OF_FORMULA = re.compile(
    rf"(?i)\b(?:for|given|minimi[sz](?:e|ing)|maximi[sz](?:e|ing))\s+(?:\w+\s+){{0,2}}"
    rf"(?:{NAME}|{OTHER})\s*,?\s*\Z"
)
"""What stands before "with symmetric A" where the formula there has the matrix."""
_JOINED = re.compile(rf"(?:{NAME}|{OTHER})\s*,?\s+and\b")
_FOR = re.compile(r"(?i)\bfor\b")
_WITH = re.compile(r"(?i)with\b")
_OF = re.compile(r"(?i)\bof\s*\Z")
_LET = re.compile(r"(?i)\blet\b")
_INTRODUCES = re.compile(
    r"(?i)\b(?:let|write|put|set|take|define|suppose|assume|consider|factori[sz]e|decompose|choose)\b"
)
_EACH_SYMBOL = re.compile(_SYMBOL)
_SIZED = ("size", "middle", "late")
_EACH_SIZE = re.compile(_ONE)
_ALL = {**PROPERTIES, **NOUNS}
_EACH_WORD = re.compile(f"(?i:{alternatives(_ALL)})")
_WRITTEN_SIZE = re.compile(rf"(?P<rows>{_LENGTH}){_BY}(?P<columns>{_LENGTH})")
_LINKED = re.compile(_VERB)
_DEPENDENCE = re.compile(r"(?i)functions?\s+of\b")


def said_in(sentence: Sentence) -> Iterator[Said]:
    """What a sentence says of symbols; where it denies or only supposes, less or nothing."""
    if not _EACH_SYMBOL.search(sentence.text):
        return
    for bound, pattern in _PATTERNS:
        for match in pattern.finditer(sentence.text):
            noun = match.start("kind") if "kind" in pattern.groupindex else match.end()
            if not _NEGATION.search(match[0]) and not _DEPENDENCE.match(sentence.text, noun):
                yield from _said(match, sentence, bound)


def _said(match: re.Match[str], sentence: Sentence, bound: str) -> Iterator[Said]:
    """What one phrase says of each of its symbols."""
    groups = match.groupdict()
    noun = " ".join((groups.get("kind") or "").lower().split())
    properties, supposed = _properties(match, sentence)
    sizes = [size for group in _SIZED for size in _sizes(match, sentence, group)]
    symbols = [symbol for symbol in _symbols(match) if not _is_article(symbol, match)]
    anew = bool(_LET.search(sentence.text[: match.start()]))
    if bound == "last" and len(symbols) > 1 and _OF.search(sentence.text[: match.start()]):
        del symbols[0]  # "the transpose of A, and x, y vectors"
    paired = len(sizes) == len(symbols)
    if bound != "all" and noun not in PLURALS and " and " not in match["list"]:
        near = symbols if bound == "first" else symbols[::-1]
        symbols = (not noun and list(_first_capitals(near, sentence))) or near[:1]
    for number, symbol in enumerate(symbols):
        size = sizes[number if paired else 0] if sizes else ((), ())
        about, span = _subjects(symbol, sentence)
        kind = "" if noun == "basis" and _is_capital(about) else KINDS.get(noun, "")
        yield Said(about, span, kind, size, properties, anew, supposed)


def _first_capitals(
    symbols: Sequence[re.Match[str]], sentence: Sentence
) -> Iterable[re.Match[str]]:
    """The capitals from that on which stands next to an adjective, "Q, R, S symmetric": they are
    of one kind."""
    return takewhile(lambda s: _is_capital(_subjects(s, sentence)[0]), symbols)


def _is_capital(about: Sequence[Subject]) -> bool:
    """Whether a basis is the columns of a matrix: it is called by one capital."""
    return all(len(subject.tokens) == 1 and subject.tokens[0].text.isupper() for subject in about)


def _properties(
    match: re.Match[str], sentence: Sentence
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The properties that the adjectives of a phrase stand for: those that hold, and those that
    are supposed."""
    words = _EACH_WORD.findall(match.groupdict().get("adjectives") or "")
    found = dict.fromkeys(name for word in words for name in _ALL[_key(word)])
    before = sentence.text[: match.start()]
    introduces = _INTRODUCES.search(before) or _OF_FORMULA.search(before)
    case = _CASE.match(match[0]) and not (_WITH.match(match[0]) and introduces)
    joined = _JOINED.match(match[0]) and _FOR.search(before)
    if case or joined or _CONDITION.search(before):
        holding = tuple(name for name in found if name in UNCONDITIONAL)
        return holding, tuple(name for name in found if name not in UNCONDITIONAL)
    return tuple(found), ()


_KEYS = {word.lower(): word for word in _ALL}


def _key(word: str) -> str:
    """The word as the table has it."""
    return _KEYS[re.sub(r"[‐‑–]", "-", " ".join(word.lower().split()))]


def _symbols(match: re.Match[str]) -> list[re.Match[str]]:
    """The symbols of the list in a phrase."""
    return list(_EACH_SYMBOL.finditer(match.string, *match.span("list")))


def _is_article(symbol: re.Match[str], match: re.Match[str]) -> bool:
    """Whether an `A` is that of "A matrix"."""
    if symbol[0] != "A" or symbol.end() != match.end("list"):
        return False
    linked = _LINKED.match(match.string, match.end("list"))
    noun = match.groupdict().get("kind")
    return bool(noun) and not linked and match.start("kind") > match.start("list")


def _subjects(symbol: re.Match[str], sentence: Sentence) -> tuple[tuple[Subject, ...], Span]:
    """What the mark of a formula or a letter stands for."""
    if formula := sentence.formula(symbol[0]):
        return formula.subjects, formula.span
    tokens = sentence.letters(*symbol.span())
    return (Subject(tokens),), tokens[0].span


def _sizes(match: re.Match[str], sentence: Sentence, group: str) -> Iterator[Size]:
    """The sizes in a group of a phrase."""
    if not match.groupdict().get(group):
        return
    start, stop = match.span(group)
    dimension, hyphen, noun = match[group].partition("-")
    if hyphen and noun in ("", "dimensional"):
        yield _dimension(sentence, start, start + len(dimension)), ()
        return
    for size in _EACH_SIZE.finditer(match.string, start, stop):
        formula = sentence.formula(size[0][0])
        if formula and formula.size:
            yield formula.size
        elif written := _WRITTEN_SIZE.fullmatch(match.string, *size.span()):
            rows, columns = written.span("rows"), written.span("columns")
            yield sentence.letters(*rows), sentence.letters(*columns)


def _dimension(sentence: Sentence, start: int, stop: int) -> Tokens:
    """The `d` of "d-dimensional"."""
    formula = sentence.formula(sentence.text[start])
    return formula.tokens if formula else sentence.letters(start, stop)
