"""The smallest expressions: names, numbers, brackets, bars, functions, sums and matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.basis import single_entry
from proofcheck.formula.comparisons import compares
from proofcheck.formula.cursor import Unreadable, enclosed
from proofcheck.formula.densities import parse_density
from proofcheck.formula.derivative_words import applied_pointwise
from proofcheck.formula.derivatives import _GREEK as GREEK
from proofcheck.formula.ends import at_ends, difference
from proofcheck.formula.evaluations import parse_delimited, parse_limit
from proofcheck.formula.expr import (
    PLACEHOLDER,
    Apply,
    Call,
    Constant,
    Differential,
    Entry,
    Expr,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    free_indices,
    renamed,
)
from proofcheck.formula.integrals import parse_integral
from proofcheck.formula.labels import BOLD
from proofcheck.formula.lists import (
    argument_list,
    column,
    elements_of,
    is_pair_of_capitals,
    parse_list,
)
from proofcheck.formula.matrices import at_braced_cases, parse_braced_cases, parse_matrix
from proofcheck.formula.moments import (
    at_bars,
    mean_in_angles,
    moment_named,
    opens_moment,
    parse_moment,
)
from proofcheck.formula.probabilities import LETTERS, parse_probability
from proofcheck.formula.quantities import (
    OPENS,
    holds_event,
    is_conditional,
    parse_quantity,
    scripted_head,
)
from proofcheck.formula.ranges import at_extremum, parse_sum
from proofcheck.formula.unread import UNREAD
from proofcheck.formula.vocabulary import (
    BY_COLUMNS,
    BY_COMMAND,
    BY_NAME,
    BY_WORD,
    ENTRYWISE,
    INVERSES,
    LETTERED,
    MOMENTS,
    PRIMES,
    SPECTRA,
    Operator,
)

if TYPE_CHECKING:
    from proofcheck.formula.parser import Parser

_FONTS = dict.fromkeys(BOLD, "b") | {
    r"\mathcal": "cal", r"\cal": "cal", r"\mathbb": "bb", r"\mathsf": "sf", r"\mathfrak": "frak",
    r"\mathscr": "scr", r"\mathtt": "tt", r"\tt": "tt", r"\mathrm": "rm", r"\rm": "rm",
    r"\mathit": "it", r"\it": "", r"\operatorname": "rm", r"\mathds": "bb", r"\sf": "sf",
}  # fmt: skip
_FONT_LATEX = {
    "b": r"\mathbf", "cal": r"\mathcal", "bb": r"\mathbb", "sf": r"\mathsf", "frak": r"\mathfrak",
    "scr": r"\mathscr",
}  # fmt: skip
_ACCENTS = frozenset(
    (r"\hat", r"\tilde", r"\bar", r"\vec", r"\dot", r"\ddot", r"\check", r"\breve")
)
_ACCENTS |= {r"\widehat", r"\widetilde", r"\overline", r"\mathring", r"\acute", r"\grave"}
_ACCENTS |= {r"\underline"}
_BARS = ("|", r"\|", r"\vert", r"\mid", r"\lvert")
_BEFORE_BARS = frozenset((r"\ln", r"\log", "ln", "log", "+", "-", ""))
_DOTS_ABOVE = {r"\dot": 1, r"\ddot": 2}
_ORDERS = frozenset(("O", "o", r"\mathcal{O}", r"\mathcal{o}"))
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}", r"\langle": r"\rangle"}
_NORMS = {
    "": "norm", "F": "norm", "Fro": "norm", "2": "two norm", "*": "nuclear norm", "1": "one norm",
    r"\infty": "infinity norm", "op": "spectral norm", r"\ast": "nuclear norm", "fro": "norm",
    "tr": "nuclear norm", r"\star": "nuclear norm", r"\max": "greatest entry",
    r"\ell_1": "one norm", r"\ell_2": "two norm", r"\ell_\infty": "infinity norm",
}  # fmt: skip
_WEIGHTS = frozenset((*"ACDGKMPQRSW", r"\Sigma", r"\Lambda", r"\Omega", r"\Gamma"))
TURNS = frozenset(("T", r"\top", r"\intercal", "⊤"))
_UPRIGHT_LETTERS = frozenset("hHDIV")
"""Upright letters that stand for a quantity before a bracket."""
_UPRIGHT = frozenset((r"\mathrm", r"\rm", r"\text", "{", "}"))
_SPACES = frozenset("RNZ")
"""The sets of numbers whose letters, in their font, stand for nothing else."""
_SPECTRAL = {
    (r"\lambda", "max"): "greatest eigenvalue", (r"\lambda", "min"): "least eigenvalue",
    (r"\sigma", "max"): "spectral norm", (r"\sigma", "min"): "least singular value",
}  # fmt: skip
_NAMED_FUNCTIONS = {
    "E": "expectation", r"\mathbb{E}": "expectation", "P": "probability", "p": "probability",
    r"\mathbb{P}": "probability", r"\Gamma": "gamma function", r"\mathcal{N}": "normal density",
    r"\zeta": "zeta function"
}  # fmt: skip
_SIMPLE = frozenset((TokenKind.LETTER, TokenKind.DIGIT, TokenKind.OPEN))


def parse_atom(parser: Parser) -> Expr:
    """One atom, without the scripts behind it."""
    token = parser.peek()
    match token.kind:
        case TokenKind.LETTER:
            parser.next()
            return _named(parser, token.text, token)
        case TokenKind.DIGIT:
            return _number(parser)
        case TokenKind.TEXT:
            return _word(parser)
        case TokenKind.OPEN:
            return _group(parser)
        case TokenKind.BEGIN:
            return parse_matrix(parser)
        case TokenKind.SYMBOL if token.text in _ATOMS:
            return _ATOMS[token.text](parser)
        case TokenKind.COMMAND:
            return _command(parser, token)
        case _:
            shown = f"`{token.text}`" if token.text else "the end of the formula"
            raise Unreadable(f"{shown} was not expected here", parser.here())


def _number(parser: Parser) -> Expr:
    if [parser.peek(k).text for k in range(3)] == ["1", "1", "^"] and _turns(parser, 3):
        return Constant("ones", None, parser.next().span)  # `11^T`, the matrix of ones
    number = parser.number()
    if parser.font in ("b", "bb", "tt") and not parser.notation.one:
        ones = Constant("ones", None, number.span)
        if number.value == 1:
            return ones
        if number.value == 11:
            return Product((ones, ones), number.span)  # `\mathbf{11}^T`
    return number


def _turns(parser: Parser, ahead: int) -> bool:
    """Whether the script so far ahead is that of a transpose."""
    grouped = parser.peek(ahead).kind is TokenKind.OPEN
    return parser.peek(ahead + grouped).text in (*TURNS, r"\mathsf", r"\mathrm", r"\rm")


def _command(parser: Parser, token: Token) -> Expr:
    if token.text in GREEK:
        parser.next()
        return _named(parser, token.text, token)
    if token.text in _FONTS:
        return _font(parser)
    if token.text in _ACCENTS:
        return _accent(parser)
    if at_extremum(parser):
        return parse_sum(parser)
    if token.text in BY_COMMAND:
        parser.next()
        return _call(parser, BY_COMMAND[token.text], parser.index - 1)
    if token.text in _ATOMS:
        return _ATOMS[token.text](parser)
    said = UNREAD.get(token.text, "`{}` is not known")
    raise Unreadable(said.format(token.text), token.span)


def _named(parser: Parser, text: str, token: Token) -> Expr:
    """A letter in the font in force, perhaps before its arguments."""
    plain = parser.font == "b" and parser.notation.plain
    latex = None if plain else _FONT_LATEX.get(parser.font)
    name = f"{latex}{{{text}}}" if latex else text
    if latex == r"\mathbb" and text in _SPACES and parser.peek().text not in _CLOSING:
        raise Unreadable(f"`{name}` is about a set, which is not evaluated", token.span)
    moves = text in (r"\delta", r"\Delta") and text not in parser.notation.factors
    if moves and not latex and _is_letter(parser.peek()):
        moved = parse_atom(parser)
        if isinstance(moved, Symbol):
            return Symbol(f"{text}{{{moved.name}}}", token.span.to(moved.span))
        raise Unreadable(f"`{text}` stands before more than a name", token.span)
    if text in parser.notation.units and not latex and parser.peek().text != "_":
        return Constant("imaginary", None, token.span)
    identity = text == "I" and not (parser.notation.letter or _is_named(parser, name))
    if identity and name not in parser.notation.functions and parser.peek().text != "(":
        if not (parser.peek().text == "_" and _names_entry(parser)):
            return Constant("identity", None, token.span)
    if text == r"\pi" and not latex and name not in parser.notation.functions:
        before = parser.tokens[parser.index - 2] if parser.index > 1 else None
        number = before is not None and before.kind is TokenKind.DIGIT
        if parser.peek().text not in ("_", "(") and (number or not parser.notation.pi):
            return Constant("pi", None, token.span)
    return applied(parser, Symbol(name, token.span))


def _is_named(parser: Parser, name: str) -> bool:
    """Whether an `I`, or one with the number behind it, is the name of something."""
    named = parser.notation.named
    if not named or name in named:
        return bool(named)
    ahead = 1 + (parser.peek(1).kind is TokenKind.OPEN)
    return parser.peek().text == "_" and f"{name}_{{{parser.peek(ahead).text}}}" in named


def _is_letter(token: Token) -> bool:
    return token.kind is TokenKind.LETTER or token.text in BOLD


def _names_entry(parser: Parser) -> bool:
    inside = parser.peek(1)
    if inside.kind is not TokenKind.OPEN:
        return False
    letters = [parser.peek(2).text, parser.peek(3).text]
    return all(letter in parser.notation.indices for letter in letters)


def _is_term(parser: Parser, symbol: Symbol) -> bool:
    """Whether a letter before a bracket begins a term: `+O(h^2)`."""
    before = [token for token in parser.tokens if token.span.end <= symbol.span.start]
    return parser.peek().text == "(" and (not before or before[-1].text in ("+", "-"))


def applied(parser: Parser, symbol: Symbol) -> Expr:
    """`f(x)` where `f` is a function, or where the bracket holds nothing but names."""
    moment = moment_named(parser, symbol.name)
    if moment == "expectation" and at_bars(parser):
        inner = parser.postfix(parse_atom(parser))
        return Moment(moment, (inner,), span=symbol.span.to(inner.span))
    if moment is not None and opens_moment(parser):
        return parse_moment(parser, moment, parser.index - 1)
    meant = parser.notation.announces(symbol.name)
    if meant in PRIMES and parser.peek().text == "'" and parser.peek(1).text == "(":
        parser.next()
        return _lettered(parser, PRIMES[meant], symbol)
    if parser.peek().text not in _CLOSING or _opens_cross_matrix(parser):
        return symbol
    if symbol.name in parser.notation.told:
        return symbol
    if symbol.name in _ORDERS and _is_term(parser, symbol):
        raise Unreadable("a remainder of some order is not evaluated", symbol.span)
    found = parse_density(parser, symbol.name, symbol.span)
    if found is not None:
        return found
    if meant in LETTERED and parser.peek().text == "(":
        return _lettered(parser, meant, symbol)
    if symbol.name in LETTERS and parser.peek().text == "(":
        return probability(parser, symbol)
    known = symbol.name in parser.notation.functions and symbol.name not in ("p", "P")
    if symbol.name == r"\Gamma" and parser.notation.gamma and not known:
        start = parser.index
        arguments = bracketed_arguments(parser)
        if len(arguments) == 1:
            return Call("gamma function", arguments, symbol.span.to(parser.since(start)))
    if symbol.name in _NAMED_FUNCTIONS and not known:
        raise Unreadable(f"the {_NAMED_FUNCTIONS[symbol.name]} is not evaluated", symbol.span)
    if is_conditional(parser, symbol.name):
        return parse_quantity(parser, symbol.name, parser.index)
    if parser.peek().text not in ("(", "["):
        return symbol
    if holds_event(parser) and compares(enclosed(parser)):
        return parse_quantity(parser, symbol.name, parser.index)
    if symbol.name in parser.notation.functions or holds_names(parser) or holds_arguments(parser):
        start = parser.index
        arguments = bracketed_arguments(parser)
        return Apply(symbol, arguments, 0, symbol.span.to(parser.since(start)))
    return symbol


def probability(parser: Parser, symbol: Symbol) -> Expr:
    """A probability by its letters, or one of an event, `P(X = x)`, whose bracket is not read.

    A letter in its own bracket is a number, `p(1-p)`, and one before a transpose a matrix,
    `P(A^T)`.
    """
    start = parser.index
    letter, inside = symbol.name.split("_")[0], enclosed(parser)
    words = [token.text for token in inside]
    turned = any(
        name.isupper() and mark == "^" and sign in TURNS
        for name, mark, sign in zip(words, words[1:], words[2:], strict=False)
    )
    if turned or letter in words:
        return symbol
    try:
        return parse_probability(parser, symbol)
    except Unreadable:
        parser.index = start
        if not holds_event(parser):
            raise
        return parse_quantity(parser, symbol.name, start)


def _lettered(parser: Parser, operator: str, symbol: Symbol) -> Expr:
    """A letter that words make an operator, with its arguments."""
    start = parser.index
    arguments = bracketed_arguments(parser)
    span = symbol.span.to(parser.since(start))
    if not BY_NAME[operator].takes(len(arguments)):
        raise Unreadable(f"the {operator} of {len(arguments)} arguments is not known", span)
    return Call(operator, arguments, span)


def holds_names(parser: Parser) -> bool:
    """Whether the bracket ahead is `(x)` or `(x,y)`: one name, or names between commas."""
    if parser.peek().text != "(":
        return False
    ahead, names = 1, 0
    while True:
        while parser.peek(ahead).text in _FONTS or parser.peek(ahead).kind in (
            TokenKind.OPEN,
            TokenKind.CLOSE,
        ):
            ahead += 1
        token = parser.peek(ahead)
        if token.kind is not TokenKind.LETTER and token.text not in GREEK:
            return False
        names += 1
        ahead += 1
        while parser.peek(ahead).kind is TokenKind.CLOSE:
            ahead += 1
        if parser.peek(ahead).text not in (",", ";"):
            return parser.peek(ahead).text == ")"
        ahead += 1


def holds_arguments(parser: Parser) -> bool:
    """Whether the round bracket ahead holds what only a function takes: parts between semicolons,
    or two between commas, which are no list."""
    if parser.peek().text != "(" or parser.notation.announces("("):
        return False
    inside = enclosed(parser)
    parts = [elements_of(inside, separator) for separator in (";", ",")]
    return all(map(all, parts)) and (len(parts[0]) > 1 or len(parts[1]) == 2)


def bracketed_arguments(parser: Parser) -> tuple[Expr, ...]:
    """The arguments between a bracket and its partner, separated by commas."""
    listed = argument_list(parser)
    if listed is not None:
        return listed
    opening = parser.next()
    arguments = [parser.expression()]
    while parser.peek().text in (",", ";"):
        parser.next()
        arguments.append(parser.expression())
    parser.expect(_CLOSING[opening.text])
    return tuple(arguments)


def _font(parser: Parser) -> Expr:
    start = parser.index
    command = parser.next().text
    font = _FONTS[command]
    if parser.peek().kind is not TokenKind.OPEN:
        if parser.peek().text == r"\mathrm" or parser.peek().text in _FONTS:
            return _font(parser)
        return _in_font(parser, [parser.next()], font, start)
    return _in_font(parser, parser.group(), font, start)


def _in_font(parser: Parser, tokens: list[Token], font: str, start: int) -> Expr:
    word = "".join(token.text for token in tokens)
    if font == "cal" and (
        found := parse_density(parser, rf"\mathcal{{{word}}}", parser.since(start))
    ):
        return found
    if font in ("rm", "sf", "b") and word in BY_WORD and len(word) > 1:
        return _call(parser, BY_WORD[word], start)
    if font == "rm" and word == "id":
        return Constant("identity", None, parser.since(start))
    if font in ("rm", "it") and len(word) > 1 and word.isalpha():
        return _unknown_word(parser, word, start)
    if font == "rm" and word in _UPRIGHT_LETTERS:
        head = scripted_head(parser, word)
        if parser.peek().text in OPENS:
            return parse_quantity(parser, head, start)
    inner = parser.inside(tokens, parser.since(start), "" if font in ("rm", "it") else font)
    return applied(parser, inner) if isinstance(inner, Symbol) else inner


def _unknown_word(parser: Parser, word: str, start: int) -> Expr:
    span = parser.since(start)
    found = parse_density(parser, f"\\mathrm{{{word}}}", span)
    if found is not None:
        return found
    if word not in parser.notation.functions:
        if parser.peek().kind is TokenKind.OPEN:
            raise Unreadable(f"the function `{word}` is not known", span)
        head = scripted_head(parser, word)
        if parser.peek().text in OPENS:
            return parse_quantity(parser, head, start)
    return applied(parser, Symbol(f"\\mathrm{{{word}}}", span))


def _accent(parser: Parser) -> Expr:
    start = parser.index
    accent = parser.next().text
    tokens = parser.group()
    inner = parser.inside(tokens, parser.since(start))
    if accent in (r"\bar", r"\overline") and parser.notation.bar:
        return Call("conjugate", (inner,), parser.since(start))
    if isinstance(inner, Constant) and len(tokens) == 1:
        inner = Symbol(tokens[0].text, inner.span)  # `\\hat{\\pi}` is a letter
    if isinstance(inner, Entry) and isinstance(inner.base, Symbol):
        named = Symbol(f"{accent}{{{inner.base.name}}}", inner.base.span)
        return replace(inner, base=named, span=parser.since(start))
    if not isinstance(inner, Symbol):
        raise Unreadable(f"`{accent}` stands on more than a name", parser.since(start))
    if accent in _DOTS_ABOVE and parser.notation.dotted:
        moving = parser.postfix(inner) if parser.peek().text == "_" else inner
        for _ in range(_DOTS_ABOVE[accent]):
            moving = Differential(moving, parser.since(start), timed=True)
        return moving
    return applied(parser, Symbol(f"{accent}{{{inner.name}}}", parser.since(start)))


def _word(parser: Parser) -> Expr:
    start = parser.index
    word = parser.next().text.strip()
    if word in BY_WORD:
        return _call(parser, BY_WORD[word], start)
    if len(word) == 1 and word.isalpha():
        return applied(parser, Symbol(word, parser.since(start)))
    if word.isalpha():
        return _unknown_word(parser, word, start)
    if word.isdecimal():
        return Number(Fraction(word), parser.since(start))
    raise Unreadable(f"the words `{word}` stand inside the formula", parser.since(start))


def _call(parser: Parser, operator: Operator, start: int) -> Expr:
    """A function of the vocabulary with what it reaches: a bracket, or the factors behind it."""
    if operator.name in MOMENTS:
        return parse_moment(parser, operator.name, start)
    if operator.name == "softmax" and parser.peek().text == "_":
        return _softmax_over(parser, start)
    if parser.peek().text == r"\circ" and parser.peek(1).text in BY_COMMAND:
        parser.next()
        return _composed(parser, operator, start)
    base = _base_of_logarithm(parser, operator)
    exponent = parser.group() if parser.accept("^") else []
    if operator.name in INVERSES and "".join(t.text for t in exponent) == "-1":
        operator, exponent = BY_NAME[INVERSES[operator.name]], []
    if "()->()" in operator.signatures and "".join(t.text for t in exponent) == "-1":
        raise Unreadable("a function to the power -1 may be its inverse", parser.since(start))
    name = operator.name
    if not exponent and name in PRIMES and parser.accept("'"):
        name = PRIMES[name]
    if name in ENTRYWISE and parser.notation.entrywise:
        name = ENTRYWISE[name]
    if name in BY_COLUMNS and parser.notation.lines == "columns":
        name = BY_COLUMNS[name]
    blanks = (Constant("ones", None, parser.since(start)),) * operator.blanks
    arguments = (*blanks, *_arguments_of(parser, operator, start))
    if name == "diag" and (diagonal := _diagonal_over(parser, arguments[-1], start)) is not None:
        return diagonal
    call = _folded(name, arguments, parser.since(start))
    if base is not None:
        call = Quotient(call, Call(name, (base,), parser.since(start)), parser.since(start))
    if not exponent:
        return call
    power = parser.inside(exponent, parser.since(start))
    if "(m,n)->(m,n)" in operator.signatures and name != "absolute value":
        return Call("elementwise power", (call, power), parser.since(start))  # `\\tanh^2(a)`
    return Power(call, power, parser.since(start))


def _diagonal_over(parser: Parser, inner: Expr, start: int) -> Expr | None:
    r"""`\diag(p_i(1-p_i))`: the matrix of what its one index runs over, where that stands nowhere
    else in the side; an entry alone may be a vector, and is left."""
    letters = free_indices(inner) - parser.binding[1]
    if len(letters) != 1 or not isinstance(inner, Product | Quotient | Power):
        return None
    (letter,) = letters
    outside = [*parser.tokens[:start], *parser.tokens[parser.index :]]
    if any(token.text == letter for token in outside):
        return None
    span = parser.since(start)
    single = single_entry((Symbol(letter, span), Symbol(letter, span)), span)
    return Summation("sum", (letter,), None, None, (), Product((inner, single), span), span)


def _base_of_logarithm(parser: Parser, operator: Operator) -> Expr | None:
    """The `2` of `\\log_2`; no other operator has a subscript here."""
    if parser.peek().text != "_":
        return None
    word = parser.tokens[parser.index - 1].text
    start = parser.index
    parser.next()
    tokens = parser.group()
    if operator.name != "log" or not tokens:
        raise Unreadable(f"the subscript of `{word}` is not understood", parser.since(start))
    return parser.inside(tokens, parser.since(start))


def _arguments_of(parser: Parser, operator: Operator, start: int) -> tuple[Expr, ...]:
    if parser.peek().kind is TokenKind.OPEN:
        tokens = parser.group()
        return (parser.inside(tokens, parser.since(start)),)
    if parser.peek().text not in _CLOSING:
        return (_reach(parser, operator.name == "log" and parser.notation.whole),)
    if parser.peek().text == r"\langle":
        return (_angle(parser),)
    if operator.takes(2):
        bars, parser.bars = parser.bars, []
        arguments = bracketed_arguments(parser)
        parser.bars = bars
        return arguments
    argument = _bracket(parser)
    # a single name in brackets has them for the function: nobody writes tr(A)^2 for tr A^2
    compound = isinstance(argument, Sum | Product | Negative | Quotient)
    inside = operator.counts() and compound and parser.notation.inner
    return (parser.postfix(argument) if inside or _is_crossed(parser) else argument,)


def _is_crossed(parser: Parser, ahead: int = 0) -> bool:
    r"""Whether the script of the matrix of a cross product is ahead: `_\times`."""
    after = [parser.peek(ahead + k).text for k in range(3)]
    return after[0] == "_" and r"\times" in after[1:]


def _opens_cross_matrix(parser: Parser) -> bool:
    r"""Whether the bracket ahead is that of `[a]_\times`."""
    return parser.peek().text == "[" and _is_crossed(parser, len(enclosed(parser)) + 2)


def _folded(name: str, arguments: tuple[Expr, ...], span: Span) -> Expr:
    """`max(a, b, c)` as `max(max(a, b), c)`, the same for all operators with two arguments."""
    if len(arguments) < 3 or not BY_NAME[name].takes(2):
        return Call(name, arguments, span)
    return Call(name, (_folded(name, arguments[:-1], span), arguments[-1]), span)


def spectral(
    parser: Parser, base: Expr, script: str, indices: tuple[Expr, ...] | None
) -> Expr | None:
    """`\\lambda_{\\max}(A)`, `\\sigma_{\\min}(A)`, `\\lambda_i(A)`, once their scripts are read."""
    if not isinstance(base, Symbol) or parser.peek().text not in ("(", "["):
        return None
    operator = _SPECTRAL.get((base.name, script.removeprefix("\\")))
    if operator is not None:
        argument = _bracket(parser)
        return Call(operator, (argument,), base.span.to(argument.span))
    values = SPECTRA.get(base.name)
    applied = _holds_capital(parser) or base.name in parser.notation.spectra
    if values and indices and len(indices) == 1 and applied:
        if not isinstance(indices[0], Symbol) and values != "singular values":
            raise Unreadable(f"it is not clear which of the {values} is first", indices[0].span)
        argument = _bracket(parser)
        span = base.span.to(argument.span)
        return Entry(Call(values, (argument,), span), indices, span)
    return None


def _holds_capital(parser: Parser) -> bool:
    """Whether the bracket ahead holds one name, a capital."""
    ahead = 1
    while parser.peek(ahead).text in _FONTS or parser.peek(ahead).kind is TokenKind.OPEN:
        ahead += 1
    return holds_names(parser) and parser.peek(ahead).text.removeprefix("\\")[:1].isupper()


def _composed(parser: Parser, operator: Operator, start: int) -> Expr:
    """`\\log\\circ\\det`, of an argument that has no name."""
    inner = BY_COMMAND[parser.next().text]
    if parser.accept(r"\circ"):
        argument = _composed(parser, inner, parser.index)
    else:
        argument = Call(inner.name, (Symbol(PLACEHOLDER),), parser.since(start))
    return Call(operator.name, (argument,), parser.since(start))


def _softmax_over(parser: Parser, start: int) -> Expr:
    """`\\operatorname{softmax}_j(S_{ij})`: an exponential over the sum of those for all `j`."""
    parser.next()
    tokens = parser.group()
    name = "".join(token.text for token in tokens)
    if name not in parser.notation.indices or parser.peek().text not in _CLOSING:
        raise Unreadable(f"`_{{{name}}}` is not understood here", parser.since(start))
    argument = _bracket(parser)
    span = parser.since(start)
    other = f"{name}''"
    term = Call("exp", (renamed(argument, name, other),), span)
    total = Summation("sum", (other,), None, None, (), term, span)
    return Quotient(Call("exp", (argument,), span), total, span)


def _reach(parser: Parser, whole: bool) -> Expr:
    """The argument of a function without brackets: simple factors up to the next function, or the
    `whole` product."""
    start = parser.index
    factors = [parser.tight()]
    if parser.notation.near:
        return factors[0]
    while parser.begins_factor() if whole else _reaches_on(parser):
        factors.append(parser.tight())
    return factors[0] if len(factors) == 1 else Product(tuple(factors), parser.since(start))


def _reaches_on(parser: Parser) -> bool:
    token = parser.peek()
    if not parser.begins_factor() or token.kind is TokenKind.TEXT or _at_word(parser):
        return False
    simple = token.kind in _SIMPLE or token.text in GREEK or token.text in BOLD
    return simple or token.text in (r"\mathcal", r"\hat", r"\tilde", r"\bar")


def _at_word(parser: Parser) -> bool:
    """Whether `{\\rm tr}` is ahead, a function of its own."""
    if parser.peek().kind is not TokenKind.OPEN or parser.peek(1).text not in _FONTS:
        return False
    start = parser.index
    word = "".join(token.text for token in parser.group()[1:])
    parser.index = start
    return word in BY_WORD


def _group(parser: Parser) -> Expr:
    """`{…}`, `{\\rm tr}`, `{a \\over b}`."""
    start = parser.index
    tokens = parser.group()
    span = parser.since(start)
    if not tokens:
        raise Unreadable("the group is empty", span)
    if tokens[0].text in _FONTS and tokens[0].text in (
        r"\rm",
        r"\bf",
        r"\cal",
        r"\tt",
        r"\it",
        r"\sf",
    ):
        return _in_font(parser, tokens[1:], _FONTS[tokens[0].text], start)
    if tokens[0].text == r"\mathrm" and len(tokens) > 1 and parser.peek().text in _CLOSING:
        parser.index = start + 1
        found = _font(parser)
        if parser.peek().kind is TokenKind.CLOSE:
            parser.next()
            return found
        parser.index = start
        tokens = parser.group()
    inner = parser.inside(tokens, span)
    return applied(parser, inner) if isinstance(inner, Symbol) else inner


def _bracket(parser: Parser) -> Expr:
    listed = parse_list(parser)
    if listed is not None:
        return listed
    capitals = is_pair_of_capitals(enclosed(parser))
    start = parser.index
    opening = parser.next()
    bars, parser.bars = parser.bars, []
    inner = parser.expression()
    parser.bars = bars
    if opening.text == r"\langle":
        raise Unreadable("an inner product needs two arguments", opening.span)
    paired = ""
    if capitals or parser.notation.speaks_of(opening.text):
        paired = parser.notation.announces(opening.text)
    if paired and parser.accept(","):
        inner = Call(paired, (inner, parser.expression()), opening.span)
    if parser.peek().text == "," and opening.text == "(":
        raise Unreadable("a list in brackets is not understood", parser.here())
    if opening.text == r"\{" and parser.peek().text in (",", ":", "|", ";", "="):
        raise Unreadable("a set is not evaluated", opening.span)
    parser.expect(_CLOSING[opening.text])
    if at_ends(parser):
        return difference(parser, inner, start)
    pointwise = applied_pointwise(parser, inner) if opening.text == "(" else None
    return inner if pointwise is None else pointwise


def _braced(parser: Parser) -> Expr:
    return parse_braced_cases(parser) if at_braced_cases(parser) else _bracket(parser)


def _is_braket(inside: Sequence[Token]) -> bool:
    """Whether bars outside of all brackets may part what stands between angles, `a|b` or `a|M|b`;
    those of `\\ln|M| - x` stand behind a function or a sign."""
    depth, bars = 0, []
    for index, token in enumerate(inside):
        opens = token.text in _CLOSING or token.kind in (TokenKind.OPEN, TokenKind.BEGIN)
        closes = token.text in _CLOSING.values() or token.kind in (TokenKind.CLOSE, TokenKind.END)
        depth += opens - closes
        if depth == 0 and token.text in (*_BARS, r"\rvert"):
            bars.append(index)
    if not bars:
        return False
    before = inside[bars[0] - 1].text if bars[0] else ""
    return len(bars) % 2 == 1 or before not in _BEFORE_BARS


def _angle(parser: Parser) -> Expr:
    start = parser.index
    plain = not _is_braket(enclosed(parser))
    parser.next()
    bars, parser.bars = parser.bars, []
    left = parser.expression()
    if plain and parser.peek().text == r"\rangle":
        parser.next()
        parser.bars = bars
        return mean_in_angles(parser, left, start)
    parser.expect(",")
    right = parser.expression()
    parser.bars = bars
    parser.expect(r"\rangle")
    if not parser.accept("_"):
        return Call("inner product", (left, right), parser.since(start))
    tokens = parser.group()
    name = "".join(token.text for token in tokens if token.text not in _UPRIGHT)
    span = tokens[0].span.to(tokens[-1].span) if tokens else parser.since(start)
    if name in ("F", "Fro", "fro", "2", r"\mathbb{R}", ""):
        return Call("inner product", (left, right), parser.since(start))
    if not _is_weight(tokens):
        raise Unreadable(f"the inner product `{name}` is not known", span)
    weight = parser.inside(tokens, span)
    return Call("weighted inner product", (left, right, weight), parser.since(start))


def _bars(parser: Parser) -> Expr:
    start = parser.index
    opening = parser.next().text
    double = opening in (r"\|", r"\lVert")
    if opening == "|" and parser.peek().text == "|":
        parser.next()
        double = True
        opening = "||"
    parser.bars.append(opening)
    inner = parser.expression()
    parser.bars.pop()
    parser.expect({"||": "|", r"\lvert": r"\rvert", r"\lVert": r"\rVert"}.get(opening, opening))
    if opening == "||":
        parser.expect("|")
    if not double:
        name = "absolute value" if parser.notation.entrywise else "bars"
        return Call(name, (inner,), parser.since(start))
    operator, others = _norm(parser)
    return Call(operator, (inner, *others), parser.since(start))


def _norm(parser: Parser) -> tuple[str, tuple[Expr, ...]]:
    """The norm that the scripts behind the bars name, with its exponent or its weight.

    A power before the subscript is allowed.
    """
    if parser.peek().text == "^" and parser.peek(1).kind is TokenKind.DIGIT:
        if parser.peek(2).text == "_":
            power = [parser.next(), parser.next()]
            kind = _norm(parser)
            parser.tokens = [*parser.tokens[: parser.index], *power, *parser.tokens[parser.index :]]
            return kind
    if parser.peek().text != "_":
        return "norm", ()
    parser.next()
    tokens = parser.group()
    name = "".join(
        token.text for token in tokens if token.text not in (r"\mathrm", r"\rm", r"\text")
    )
    known = _NORMS.get(name.strip("{}"), "")
    if known == "two norm" and parser.notation.frobenius:
        return "norm", ()
    if parser.notation.entrywise:
        known = {"one norm": "entrywise one norm", "infinity norm": "greatest entry"}.get(
            known, known
        )
    if known:
        return known, ()
    span = tokens[0].span.to(tokens[-1].span)
    if name in ("p", "q") or name.isdigit():
        return "p-norm", (parser.inside(tokens, span),)
    if _is_weight(tokens):
        return "weighted norm", (parser.inside(tokens, span),)
    raise Unreadable(f"the norm `{name}` is not known", span)


def _is_weight(tokens: list[Token]) -> bool:
    """Whether a subscript is a matrix, perhaps inverted, and no name of a space."""
    bare = [token for token in tokens if token.text not in BOLD and token.text not in "{}"]
    behind = "".join(token.text for token in bare[1:])
    return bool(bare) and bare[0].text in _WEIGHTS and behind in ("", "^-1")


def _fraction(parser: Parser) -> Expr:
    start = parser.index
    parser.next()
    top, bottom = parser.group(), parser.group()
    span = parser.since(start)
    if not top or not bottom:
        raise Unreadable("the fraction is empty", span)
    return quotient(parser, parser.inside(top, span), parser.inside(bottom, span), span)


def quotient(parser: Parser, top: Expr, bottom: Expr, span: Span) -> Expr:
    """One expression over another; by entries where fractions of vectors are that."""
    if parser.notation.divides and not isinstance(bottom, Number):
        return Call("elementwise quotient", (top, bottom), span)
    return Quotient(top, bottom, span)


def _binomial(parser: Parser) -> Expr:
    start = parser.index
    parser.next()
    top, bottom = parser.group(), parser.group()
    span = parser.since(start)
    if not top or not bottom:
        raise Unreadable("the binomial is empty", span)
    if len(elements_of(_bare(bottom), ",")) > 1:
        among = column(parser, _bare(bottom), span)
        return Call("multinomial", (parser.inside(top, span), among), span)
    return Call("binomial", (parser.inside(top, span), parser.inside(bottom, span)), span)


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands within braces around it all."""
    closed = len(tokens) > 2 and tokens[0].kind is TokenKind.OPEN
    depths = accumulate((t.kind is TokenKind.OPEN) - (t.kind is TokenKind.CLOSE) for t in tokens)
    return tokens[1:-1] if closed and 0 not in list(depths)[:-1] else tokens


def _root(parser: Parser) -> Expr:
    start = parser.index
    parser.next()
    degree = _degree(parser)
    tokens = parser.group()
    span = parser.since(start)
    inner = parser.inside(tokens, span)
    if degree is not None:
        return Power(inner, Quotient(Number(Fraction(1)), degree, span), span)
    return Call("elementwise sqrt" if parser.notation.entrywise else "sqrt", (inner,), span)


def _degree(parser: Parser) -> Expr | None:
    """The `3` of `\\sqrt[3]{x}`."""
    start = parser.index
    if not parser.accept("["):
        return None
    while parser.peek().text not in ("]", ""):
        parser.next()
    tokens = list(parser.tokens[start + 1 : parser.index])
    parser.expect("]")
    return parser.inside(tokens, parser.since(start))


def _rounded(parser: Parser) -> Expr:
    """`\\lfloor x \\rfloor`, `\\lceil x \\rceil`."""
    start = parser.index
    opening = parser.next().text
    bars, parser.bars = parser.bars, []
    inner = parser.expression()
    parser.bars = bars
    parser.expect(opening.replace("l", "r", 1))
    return Call("floor" if "floor" in opening else "ceiling", (inner,), parser.since(start))


def _refuse_dots(parser: Parser) -> Expr:
    token = parser.peek()
    raise Unreadable(f"the dots `{token.text}` do not lie between two elements", token.span)


_ATOMS: dict[str, Callable[[Parser], Expr]] = {
    "(": _bracket, "[": _bracket, r"\{": _braced, r"\langle": _angle, "|": _bars, r"\|": _bars,
    r"\left.": parse_delimited, r"\lvert": _bars, r"\lVert": _bars,
    r"\lfloor": _rounded, r"\lceil": _rounded, r"\frac": _fraction, r"\sqrt": _root,
    r"\binom": _binomial,
    r"\lim": parse_limit,
    r"\sum": parse_sum, r"\prod": parse_sum, r"\int": parse_integral, r"\iint": parse_integral,
    r"\cdots": _refuse_dots, r"\ldots": _refuse_dots, r"\dots": _refuse_dots,
    r"\vdots": _refuse_dots, r"\ddots": _refuse_dots,
}  # fmt: skip
