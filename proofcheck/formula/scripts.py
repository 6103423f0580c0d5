"""Superscripts, subscripts and primes."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.basis import SINGLE, single_entry, standard
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Differential,
    Directional,
    Entry,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    rebuild,
    walk,
)
from proofcheck.formula.labels import UPRIGHT, label
from proofcheck.formula.notation import Notation
from proofcheck.formula.probabilities import LETTERS
from proofcheck.formula.quantities import is_conditional, parse_quantity
from proofcheck.formula.vocabulary import BY_NAME, SIZED

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_FONTS = r"\rm \mathrm \mathsf \mathbf \sf \bf \text \it \tt \mathit \scriptscriptstyle \intercal"
_IGNORED = frozenset(_FONTS.split())
_MARKS = {
    "T": "transpose", r"\top": "transpose", "t": "transpose", r"\transpose": "transpose",
    "H": "conjugate transpose", r"\dagger": "conjugate transpose", r"\dag": "conjugate transpose",
    r"\ddagger": "conjugate transpose", r"\mathsf{H}": "conjugate transpose",
    r"\mathcalH": "conjugate transpose", "tr": "transpose",
    "+": "pseudoinverse",
}  # fmt: skip
RANKED = r"^{(\cdot)}"
"""What the name ends with of which `x^{(i)}` is an entry."""
_LETTERS = re.compile(r"\\?[A-Za-z]+")
INVERSE = "^{-1}"
"""What the name of an inverse function ends with."""
EVERY = frozenset((":", r"\cdot"))
_NAMED = frozenset(("E", r"\mathbb{E}", "P", "p", r"\Gamma", r"\psi", r"\mathcal{N}"))
_OF_MATRICES = frozenset((r"\Gamma", r"\psi"))  # with a size below: gamma functions of matrices
_HIGHEST = 5  # the order of a derivative
INDEX_LETTERS = frozenset("ijklmnpqrstabuv")


def whole_number(parser: Parser) -> int:
    """A script that is a small whole number."""
    tokens = parser.group()
    text = "".join(token.text for token in tokens)
    if not text.isdigit() or int(text) > 4:
        raise Unreadable(f"`{text}` is not a small whole number", parser.since(parser.index - 1))
    return int(text)


def superscript(parser: Parser, base: Expr) -> Expr:
    """`^T`, `^{-1}`, `^{-T}`, `^2`, `^*`, `'` …  behind an expression."""
    start = parser.index
    if parser.accept("'"):
        return _prime(parser, base, start)
    parser.next()
    tokens = parser.group()
    if isinstance(base, Symbol) and (order := _order(parser, base, tokens)) is not None:
        return Apply(base, _arguments(parser), order, base.span.to(parser.since(start)))
    plain = [token for token in tokens if token.text not in _IGNORED and token.text not in "{}"]
    span = base.span.to(parser.since(start))
    mark = "".join(token.text.strip() for token in plain)
    if mark in _MARKS and isinstance(base, Number) and base.value == 1:
        base = Constant("ones", None, base.span)
    if mark == "+" and isinstance(base, Symbol) and _is_marked(parser, base):
        return Symbol(f"{base.name}^{{+}}", span)
    if mark in _MARKS:
        return _turned(parser.notation.announces(mark) or _MARKS[mark], base, span)
    if set(mark) == {"'"}:
        return _primes(parser, base, len(mark), start)
    if mark in ("*", r"\star"):
        return _star(parser, base, mark, start)
    if mark == "*T" or mark == "T*":
        return Call("transpose", (_star(parser, base, "*", start),), span)
    if mark.startswith("-") and mark[1:].lstrip("12345") in ("T", r"\top", "H", r"\dagger"):
        return _inverse_transpose(base, mark, span)
    if mark == "-" and isinstance(base, Symbol):
        return Symbol(f"{base.name}^{{-}}", span)
    if mark in (r"\circ", r"\degree") and isinstance(base, Number):
        return Quotient(Product((base, Constant("pi"))), Number(Fraction(180)), span)  # `90^\circ`
    if plain and plain[0].text in (r"\odot", r"\circ"):
        return _elementwise(parser, base, plain[1:], start)
    if mark_behind(tokens):
        ranked = _labelled(parser, base, tokens[:-1], span)
        return Call(_MARKS[tokens[-1].text], (ranked,), span)
    if _is_label(tokens):
        return _labelled(parser, base, tokens, span)
    single = _single_entry(parser, base, plain, span)
    if single is not None:
        return single
    upper = _indices(parser, base, tokens) if parser.notation.upper else None
    if upper is not None and not any(isinstance(index, Number) for index in upper):
        return _entry(parser, base, upper, span)
    indexed = len(tokens) > 1 and all(token.text in INDEX_LETTERS for token in tokens)
    if indexed and not _is_number(parser, base):
        raise Unreadable(f"the upper indices `{mark}` are not understood", span)
    if mark == "-1" and _is_applied(parser, base):
        return _inverse_function(parser, base, span)
    exponent = parser.inside(tokens, parser.since(start))
    if isinstance(base, Symbol) and base.name == "e" and base.name not in parser.notation.functions:
        return Call("exp", (exponent,), span)
    return Power(base, exponent, span)


def _is_of_ones(expr: Expr) -> bool:
    """Whether an expression is a vector of ones, or two, so that a prime transposes."""
    factors = expr.factors if isinstance(expr, Product) else (expr,)
    return all(isinstance(factor, Constant) and factor.name == "ones" for factor in factors)


def _turned(operator: str, base: Expr, span: Span) -> Expr:
    """The transpose of an expression, or of the second of two ones: `\\mathbf{11}^T`."""
    match base:
        case Product(factors=(Constant(name="ones") as column, Constant(name="ones") as row)):
            return Product((column, Call(operator, (row,), span)), span)
        case _:
            return Call(operator, (base,), span)


def _order(parser: Parser, base: Expr, tokens: list[Token]) -> int | None:
    """The 3 of `f^{(3)}(x)`."""
    digit = [token.text for token in tokens if token.text not in ("(", ")")]
    bracketed = len(tokens) == 3 and tokens[0].text == "(" and len(digit) == 1
    if not bracketed or not digit[0].isdigit() or int(digit[0]) > _HIGHEST:
        return None
    return int(digit[0]) if parser.is_function(base) and parser.peek().text == "(" else None


def _is_number(parser: Parser, base: Expr) -> bool:
    r"""Whether nothing above a base is an index: `e^{int}`, `(2\pi)^{nv}`, `|A|^{nv}`."""
    if isinstance(base, Symbol):
        return base.name == "e" and not parser.is_function(base)
    if isinstance(base, Call) and base.operator in ("bars", "determinant"):
        return True
    return not any(isinstance(node, Symbol | Call) for node in walk(base))


def _is_applied(parser: Parser, base: Expr) -> bool:
    """Whether `(` behind the script of a function, or of a letter such as `g`, opens arguments."""
    from proofcheck.formula.atoms import holds_names

    if not isinstance(base, Symbol) or parser.peek().text != "(":
        return False
    return parser.is_function(base) or (base.name.islower() and holds_names(parser))


def _inverse_function(parser: Parser, base: Expr, span: Span) -> Expr:
    """`F^{-1}(x)`: a function of its own, of which its name says what it is."""
    if not isinstance(base, Symbol) or not parser.is_function(base):
        raise Unreadable("a function to the power -1 may be its inverse", span)
    arguments = _arguments(parser)
    name = Symbol(f"{base.name}{INVERSE}", span)
    return Apply(name, arguments, 0, span.to(arguments[-1].span))


def _single_entry(parser: Parser, base: Expr, tokens: list[Token], span: Span) -> Expr | None:
    """`J^{ij}`, the matrix with a one at `(i, j)`."""
    letters = [token for token in tokens if token.text != ","]
    if not isinstance(base, Symbol) or base.name not in SINGLE or len(letters) != 2:
        return None
    if not all(t.text in INDEX_LETTERS or t.kind is TokenKind.DIGIT for t in letters):
        return None
    row, column = (parser.inside([token], token.span) for token in letters)
    return single_entry((row, column), span)


def _prime(parser: Parser, base: Expr, start: int) -> Expr:
    count = 1
    while parser.accept("'"):
        count += 1
    return _primes(parser, _function_below(parser, base), count, start)


def _function_below(parser: Parser, base: Expr) -> Expr:
    """The name of a function whose subscript stands behind its prime, `f'_X(x)`."""
    if not isinstance(base, Symbol) or parser.peek().text != "_":
        return base
    start = parser.index
    parser.next()
    name = Symbol(f"{base.name}_{{{label(parser.group())}}}", base.span.to(parser.since(start)))
    if parser.is_function(name):
        return name
    parser.index = start
    return base


def _primes(parser: Parser, base: Expr, count: int, start: int) -> Expr:
    span = base.span.to(parser.since(start))
    if parser.is_function(base) and isinstance(base, Symbol) and parser.peek().text in ("(", "["):
        along = count == 1 and any(token.text == ";" for token in enclosed(parser))
        arguments = _arguments(parser)
        span = base.span.to(parser.since(start))
        if along and len(arguments) == 2:
            return Directional(Apply(base, arguments[:1], 0, span), arguments[1:], span)
        return Apply(base, arguments, count, span)
    if parser.notation.primed:
        for _ in range(count):
            base = Differential(base, span, timed=True)
        return base
    if parser.is_function(base) and isinstance(base, Symbol):
        return Apply(base, (), count, span)
    if count == 1 and (parser.notation.prime or _is_of_ones(base)):
        return _turned("transpose", base, span)
    if isinstance(base, Symbol):
        return Symbol(base.name + "'" * count, span)
    raise Unreadable("it is not clear what the prime means", span)


def _arguments(parser: Parser) -> tuple[Expr, ...]:
    from proofcheck.formula.atoms import bracketed_arguments

    return bracketed_arguments(parser)


def _star(parser: Parser, base: Expr, mark: str, start: int) -> Expr:
    span = base.span.to(parser.since(start))
    if meant := parser.notation.announces(mark):
        return Call(meant, (base,), span)
    if parser.notation.adjoint:
        return Call("conjugate transpose", (base,), span)
    if parser.notation.star:
        return Call("conjugate", (base,), span)
    if isinstance(base, Symbol):
        return Symbol(base.name + "^{" + mark + "}", span)
    raise Unreadable("it is not clear what the star means", span)


def _inverse_transpose(base: Expr, mark: str, span: object) -> Expr:
    operator = "transpose" if mark.endswith(("T", "top")) else "conjugate transpose"
    digits = mark[1:].rstrip("T\\topHdager")
    power = Power(base, Number(Fraction(-int(digits or "1"))), base.span)
    return Call(operator, (power,), base.span)


def _elementwise(parser: Parser, base: Expr, rest: list[Token], start: int) -> Expr:
    span = base.span.to(parser.since(start))
    exponent = parser.inside(rest, parser.since(start))
    return Call("elementwise power", (base, exponent), span)


def _is_label(tokens: list[Token]) -> bool:
    if not tokens:
        return False
    if tokens[0].text == "(" and tokens[-1].text == ")":
        return all(token.text.isalnum() or token.text in "+-" for token in tokens[1:-1])
    return all(token.kind is TokenKind.TEXT for token in tokens) or (
        len(tokens) > 1 and tokens[0].text in (r"\rm", r"\mathrm", r"\text")
    )


def mark_behind(tokens: list[Token]) -> bool:
    """Whether a mark such as that of a transpose stands behind a label in brackets: `^{(i)T}`."""
    return len(tokens) > 3 and tokens[-1].text in _MARKS and _is_label(tokens[:-1])


def _labelled(parser: Parser, base: Expr, tokens: list[Token], span: Span) -> Expr:
    """A superscript that is part of the name, or the index of `x^{(i)}`."""
    shown = label(tokens)
    if _is_rank(parser, base, tokens):
        return _ranked(parser, base, tokens[1:-1], span)
    if found := _renamed(base, f"^{{{shown}}}", base.span):
        return found
    raise Unreadable(f"`^{{{shown}}}` is not understood here", base.span)


def _renamed(base: Expr, ending: str, span: Span) -> Expr | None:
    """A name, or an entry of one, with more at its end; None for anything else."""
    match base:
        case Symbol(name=name):
            return replace(base, name=name + ending, span=span)
        case Entry(base=Symbol(name=name) as whole):
            return replace(base, base=replace(whole, name=name + ending), span=span)
        case _:
            return None


def _is_rank(parser: Parser, base: Expr, tokens: list[Token]) -> bool:
    """Whether a label in brackets is an index: a letter that is one, or a number where the name
    has such a letter elsewhere."""
    inside = [token for token in tokens[1:-1] if token.kind is not TokenKind.OPEN]
    if tokens[0].text != "(" or not all(map(_may_index, inside[1:])):
        return False
    if any(token.text in parser.notation.indices for token in inside):
        return True
    name = base.base if isinstance(base, Entry) else base
    letters = _LETTERS.findall(name.name) if isinstance(name, Symbol) else []
    known = any(letter in parser.notation.ranked for letter in letters)
    return known and all(token.kind is TokenKind.DIGIT for token in inside)


def _ranked(parser: Parser, base: Expr, tokens: list[Token], span: Span) -> Expr:
    """`x^{(i)}`, `x_j^{(i)}`: entries of all of them, whose first index is the one above."""
    index = _index(parser, tokens)
    named = _renamed(base, RANKED, span)
    if named is None:
        raise Unreadable("an index in brackets above stands on more than a name", span)
    match named:
        case Entry(indices=indices):
            return replace(named, indices=(index, *indices))
        case _:
            return Entry(named, (index,), span)


def factorial(parser: Parser, base: Expr) -> Expr:
    """`n!`; `n!!`, the product of every second number up to `n`."""
    mark = parser.next()
    if parser.accept("!"):
        return Call("double factorial", (base,), base.span.to(parser.since(parser.index - 1)))
    return Call("factorial", (base,), base.span.to(mark.span))


def _is_marked(parser: Parser, base: Symbol) -> bool:
    r"""Whether a plus above is part of a name: `P^+` of a filter, `\Phi^+` where no `\Phi` is."""
    return parser.notation.updates or f"{base.name}^{{+}}" in parser.notation.named


def subscript(parser: Parser, base: Expr) -> Expr:
    """An index where the letters are indices, else a part of the name."""
    start = parser.index
    if (whole := _below_script(parser, base)) is not None:
        return whole
    parser.next()
    script = parser.group()
    tokens = [token for token in script if token.text not in UPRIGHT]
    span = base.span.to(parser.since(start))
    if parser.tokens[start - 1].text == "]" and [t.text for t in tokens] == [r"\times"]:
        return Call("cross-product matrix", (base,), span)
    if isinstance(base, Symbol) and any(token.text == r"\bullet" for token in tokens):
        base, tokens = _marginal(base, tokens)
        if not tokens:
            return replace(base, span=span)
    operator = parser.notation.announces(base.name) if isinstance(base, Symbol) else ""
    if operator in SIZED:
        return _sized(parser, operator, tokens, span)
    indices = _indices(parser, base, tokens)
    eigenvalue = spectral(parser, base, "".join(token.text for token in tokens), indices)
    if eigenvalue is not None:
        return eigenvalue
    if indices is not None and not (isinstance(base, Symbol) and _is_labelled(parser, base)):
        if parser.is_function(base) and parser.peek().text == "(" and not _holds(parser, base):
            return _component(parser, base, indices)
        return _entry(parser, base, indices, span)
    name = label(script)
    if isinstance(base, Number):
        filled = _filled(parser, base, tokens, span) or _zeros(parser, base, tokens, span)
        if filled is not None:
            return filled
    if isinstance(base, Constant):
        return _of_size(parser, base, tokens, span)
    sized = any(token.text in (r"\times", "×") for token in tokens[1:-1])
    if sized and not isinstance(base, Symbol):
        return base  # the size that it has anyway: `0_{m\times n}`
    if isinstance(base, Symbol):
        labelled = Symbol(f"{base.name}_{{{name}}}", span)
        given = any(token.text in ("|", r"\mid") for token in tokens)  # `P_{k|k-1}`: no function
        if base.name in LETTERS and not given and parser.peek().text == "(":
            return _probability(parser, labelled)
        if base.name in _OF_MATRICES and parser.peek().text in ("(", "["):
            return parse_quantity(parser, labelled.name, start)
        if base.name in _NAMED and not given and parser.peek().text in ("[", "(", r"\{"):
            raise Unreadable(f"the function `{base.name}_{{{name}}}` is not known", span)
        return _applied(parser, labelled)
    if isinstance(base, Entry) and (found := _renamed(base, f"_{{{name}}}", span)):
        return found
    raise Unreadable(f"`_{{{name}}}` is not understood here", span)


def _zeros(parser: Parser, base: Number, tokens: list[Token], span: Span) -> Expr | None:
    r"""`0_p`, `0_{m\\times n}`: a column, or a matrix, of zeros; `0_{np}` may be either."""
    parts = _split([replace(t, text=",") if t.text in (r"\times", "×") else t for t in tokens])
    letters = [part for part in parts if len(part) == 1 and part[0].text.isalnum()]
    if base.value != 0 or len(letters) < len(parts) or len(parts) > 2:
        return None
    if any(part[0].text in parser.notation.indices for part in parts):
        return None
    ones = _of_size(parser, Constant("ones", None, span), tokens, span)
    return Sum((ones, Negative(ones, span)), span)  # a zero alone would fit any shape


def _below_script(parser: Parser, base: Expr) -> Expr | None:
    r"""`R^2_u`, `\hat\sigma^2_{ML}`, `X^T_{new}`: what is below is part of the name, but for
    the index of an entry of the power, `A^2_{ij}`."""
    match base:
        case Power(base=Symbol() as name, exponent=Number(value=value)) if value > 1:
            most = 1
        case Call(operator="transpose" | "conjugate transpose", arguments=(Symbol() as name,)):
            most = 0
        case _:
            return None
    ahead = type(parser)(parser.tokens[parser.index + 1 :], parser.whole, parser.notation)
    indices = _indices(parser, name, ahead.group())
    if indices is not None and len(indices) > most:
        return None
    inner = subscript(parser, name)
    span = base.span.to(inner.span)
    if isinstance(base, Power):
        return replace(base, base=inner, span=span)
    return replace(base, arguments=(inner,), span=span)


def _filled(parser: Parser, base: Number, tokens: list[Token], span: Span) -> Expr | None:
    """`1_n`, the vector of ones, by a small letter for its size."""
    if base.value != 1 or len(tokens) != 1:
        return None
    if tokens[0].kind is not TokenKind.LETTER or not tokens[0].text.islower():
        return None
    return Constant("ones", parser.inside(tokens, tokens[0].span), span)


def _probability(parser: Parser, symbol: Symbol) -> Expr:
    from proofcheck.formula.atoms import probability

    return probability(parser, symbol)


def _applied(parser: Parser, symbol: Symbol) -> Expr:
    """`f_\\theta(x)`, if the name with its subscript is one of a function."""
    if is_conditional(parser, symbol.name):
        return parse_quantity(parser, symbol.name, parser.index)
    if not parser.is_function(symbol) or parser.peek().text != "(":
        return symbol
    arguments = _arguments(parser)
    return Apply(symbol, arguments, 0, symbol.span.to(arguments[-1].span))


def _sized(parser: Parser, operator: str, tokens: list[Token], span: Span) -> Expr:
    """`K_{mn}`, `K_{m,n}`, `K_n` for `K_{nn}`: a matrix that its sizes determine."""
    sizes = [token for token in tokens if token.text != ","]
    blanks = BY_NAME[operator].blanks
    if len(sizes) == 1:
        sizes *= blanks
    known = all(token.kind in (TokenKind.LETTER, TokenKind.DIGIT) for token in sizes)
    if len(sizes) != blanks or not known:
        raise Unreadable(f"the sizes of the {operator} are not understood", span)
    ones = [Constant("ones", parser.inside([size], size.span), size.span) for size in sizes]
    return Call(operator, tuple(ones), span)


def _of_size(parser: Parser, base: Constant, tokens: list[Token], span: Span) -> Expr:
    """`I_n`, `\\mathbf 1_{m,n}`: a constant with its size, or the ones of two sizes."""
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in (",", r"\times", "×"):
            groups.append([])
        else:
            groups[-1].append(token)
    sizes = [parser.inside(group, span) for group in groups]
    constants = [replace(base, size=size, span=span) for size in sizes]
    match constants:
        case [constant]:
            return constant
        case [rows, Constant(size=Number(value=1))] if base.name == "ones":
            return rows
        case [rows, columns] if base.name == "ones":
            return Product((rows, Call("transpose", (columns,), span)), span)
        case [rows, columns] if base.name == "identity" and sizes[0] == sizes[1]:
            return rows
        case _:
            shown = "".join(token.text for token in tokens)
            raise Unreadable(f"the size `{shown}` of a constant is not understood", span)


def _marginal(base: Symbol, tokens: list[Token]) -> tuple[Symbol, list[Token]]:
    """`y_{i\\bullet}`: the places over which a sum or a mean is taken belong to the name."""
    places = [token for token in tokens if token.text != ","]
    shown = "".join(t.text if t.text == r"\bullet" else r"\ast" for t in places)
    return replace(base, name=f"{base.name}_{{{shown}}}"), [
        token for token in tokens if token.text not in (r"\bullet", ",")
    ]


def spectral(
    parser: Parser, base: Expr, script: str, indices: tuple[Expr, ...] | None
) -> Expr | None:
    """An eigenvalue or a singular value, where the scripts say so."""
    from proofcheck.formula import atoms

    return atoms.spectral(parser, base, script, indices)


def _holds(parser: Parser, base: Expr) -> bool:
    """Whether an entry of a name stands in the bracket ahead: in `p_i(1-p_i)` it is no function."""
    name = base.name if isinstance(base, Symbol) else ""
    return any(a.text == name and b.text == "_" for a, b in pairwise(enclosed(parser)))


def _component(parser: Parser, base: Expr, indices: tuple[Expr, ...]) -> Expr:
    """`f_i(x)`: a component of the value of `f`."""
    assert isinstance(base, Symbol)
    start = parser.index
    arguments = _arguments(parser)
    span = base.span.to(parser.since(start))
    return Entry(Apply(base, arguments, 0, span), indices, span)


def _is_labelled(parser: Parser, base: Symbol) -> bool:
    return base.name in parser.notation.labels


def _entry(parser: Parser, base: Expr, indices: tuple[Expr, ...], span: Span) -> Expr:
    """An entry; the indices above and below of one symbol are those of one entry."""
    unit = standard(base.name, indices, span) if isinstance(base, Symbol) else None
    if unit is not None and parser.notation.basis:
        return unit
    if isinstance(base, Entry) and isinstance(base.base, Symbol) and RANKED in base.base.name:
        return Entry(base.base, (*base.indices, *indices), span)
    if parser.notation.upper and isinstance(base, Entry):
        whole = (*base.indices, *indices)
        return Entry(_matrix_of(base.base, whole, parser), whole, span)
    return Entry(_matrix_of(base, indices, parser), indices, span)


def _matrix_of(base: Expr, indices: tuple[Expr, ...], parser: Parser) -> Expr:
    """`\\delta_{ij}` is an entry of the identity, `a_{ij}` perhaps one of `A`."""
    if isinstance(base, Symbol) and len(indices) == 3 and parser.notation.alternating:
        if base.name in (r"\epsilon", r"\varepsilon"):
            return Constant("levi-civita", None, base.span)
    if isinstance(base, Symbol) and len(indices) == 2:
        if base.name == r"\delta":
            return Constant("identity", None, base.span)
        return Symbol(_capital(base, parser.notation), base.span)
    return base


def _capital(base: Symbol, notation: Notation) -> str:
    return next((whole for a, whole in notation.capitals if a == base.name), base.name)


def _indices(parser: Parser, base: Expr, tokens: list[Token]) -> tuple[Expr, ...] | None:
    """The indices that a subscript writes, or None where it is part of the name."""
    notation = parser.notation
    names = {base.name, _capital(base, notation)} if isinstance(base, Symbol) else set()
    counts = {n for name, n in notation.numbered if name in names}
    if counts and "0" in [t.text for t in tokens] and not names & notation.zero:
        return None
    words = [t for t in tokens if t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    if any(token.text in EVERY for token in words):
        return _line(parser, words)
    letters = {t.text for t in words if t.kind is TokenKind.LETTER}
    bound = letters & notation.indices
    known = letters <= notation.indices | (notation.sizes if bound or counts else set())
    if not known or not all(_may_index(token) or token.text in letters for token in words):
        return None
    if not bound and not counts and isinstance(base, Symbol):
        return None
    parts = [part for whole in _split(words) for part in _parts(whole, counts)]
    if not all(parts) or (counts and len(parts) not in counts and not bound):
        return None
    if isinstance(base, Constant) and len(parts) == 1:
        return None
    return tuple(_index(parser, part) for part in parts)


def _line(parser: Parser, words: list[Token]) -> tuple[Expr, ...] | None:
    """`i:`, `:,j`, `i\\cdot`: a row or a column, with `every` for the index that runs."""
    parts = [[token] for token in words if token.text != ","]
    every = [part[0].text in EVERY for part in parts]
    if len(parts) != 2 or every.count(True) != 1:
        return None
    ((one,),) = [part for part, free in zip(parts, every, strict=True) if not free]
    if one.kind is not TokenKind.DIGIT and one.text not in parser.notation.indices:
        return None
    return tuple(
        Constant("every", None, part[0].span) if free else _index(parser, part)
        for part, free in zip(parts, every, strict=True)
    )


def _may_index(token: Token) -> bool:
    return token.kind is TokenKind.DIGIT or token.text in (",", "+", "-", "(", ")", "'")


def _parts(part: list[Token], counts: set[int]) -> list[list[Token]]:
    """`ij` is two indices, `i+1` and `12` are one; `12` is two where the base has two."""
    if any(token.text in ("+", "-") for token in part):
        return [part]
    digits = all(token.kind is TokenKind.DIGIT for token in part)
    return [part] if digits and counts != {len(part)} else _letters(part)


def _letters(part: list[Token]) -> list[list[Token]]:
    """The letters and digits of `ij'`, each with its primes."""
    found: list[list[Token]] = []
    for token in part:
        if token.text == "'" and found:
            found[-1].append(token)
        else:
            found.append([token])
    return found


def _index(parser: Parser, part: list[Token]) -> Expr:
    """An index: a letter, a number, the size at which dots end, or a sum of these."""
    notation = parser.notation
    primes = sum(token.text == "'" for token in part)
    found = parser.inside(part[: len(part) - primes], part[0].span)
    if primes and isinstance(found, Symbol):
        return Symbol(found.name + "'" * primes, part[0].span.to(part[-1].span))

    def sized(expr: Expr) -> Expr:
        if isinstance(expr, Symbol) and expr.name not in notation.indices:
            return Constant("size", expr, expr.span)
        return rebuild(expr, sized)

    return sized(found)


def _split(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
