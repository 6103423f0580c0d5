"""Expressions back to LaTeX; what is printed parses to the same expression."""

from __future__ import annotations

from typing import assert_never

from proofcheck.formula.expr import (
    Apply,
    Call,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Differential,
    Directional,
    Dotted,
    Entry,
    Evaluated,
    Expansion,
    Expr,
    Grid,
    Integral,
    Matrix,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
)
from proofcheck.formula.ranges import OPERATORS as RANGED
from proofcheck.formula.vocabulary import BY_NAME, INFIXES, OPERATORS, SIZED, WEAK

# How tightly an expression holds together, loosest first.
_SUM, _COLON, _PRODUCT, _TIGHT, _PREFIX, _ATOM = range(6)
_POSTFIX = {
    "transpose": "T", "conjugate transpose": "H", "conjugate": "*", "pseudoinverse": "+",
}  # fmt: skip
_BARS = {
    "bars": ("|", "|", ""), "norm": (r"\|", r"\|", ""), "two norm": (r"\|", r"\|", "_{2}"),
    "one norm": (r"\|", r"\|", "_{1}"), "nuclear norm": (r"\|", r"\|", "_{*}"),
}  # fmt: skip
_CLOSING = {"[": "]", r"\{": r"\}", "(": ")"}
_CONSTANTS = {
    "identity": "I", "ones": r"\mathbf{1}", "pi": r"\pi", "basis": "e", "every": ":",
    "imaginary": "i", "levi-civita": r"\varepsilon",
}  # fmt: skip

_SIGNS = {
    **{operator.name: operator.infix[0] for operator in OPERATORS if operator.infix},
    **{name: BY_NAME[name].announced[0][0] for name in INFIXES},
    "outer product": r"\otimes",
}


def to_latex(expr: Expr) -> str:
    """The LaTeX of an expression, with only the brackets it needs."""
    return _at(expr, _SUM)


def _at(expr: Expr, level: int) -> str:
    """The LaTeX, in brackets if the expression is looser than `level`."""
    text = _bare(expr)
    return text if _level(expr) >= level else f"({text})"


def _level(expr: Expr) -> int:
    match expr:
        case Sum() | Negative():
            return _SUM
        case Summation() | Integral():
            return _SUM
        case Dotted(meaning=Grid() | Matrix()):
            return _ATOM
        case Dotted(meaning=Summation(operator="product")):
            return _PRODUCT
        case Dotted():
            return _SUM
        case Product():
            return _PRODUCT
        case Derivative(gradient=True) | Differential() | Directional():
            return _PREFIX
        case Call(operator=operator):
            return _call_level(operator)
        case Derivative(operand=operand):
            return _ATOM if isinstance(operand, Symbol | Entry) else _PRODUCT
        case _:
            return _ATOM


def _call_level(operator: str) -> int:
    if operator == "frobenius" or operator in WEAK:
        return _COLON
    return _TIGHT if operator in _SIGNS else _ATOM


def _bare(expr: Expr) -> str:
    match expr:
        case Number(value=value):
            return _number(expr) if value.denominator == 1 else _fraction(expr)
        case Symbol(name=name):
            return name
        case Constant():
            return _constant(expr)
        case Entry(base=Apply(function=function, arguments=arguments, primes=0), indices=indices):
            inside = ",".join(map(to_latex, arguments))
            return f"{function.name}_{{{','.join(map(to_latex, indices))}}}({inside})"
        case Entry(base=base, indices=indices):
            return f"{_at(base, _ATOM)}_{{{','.join(map(to_latex, indices))}}}"
        case Sum(terms=terms):
            return _sum(terms)
        case Negative(term=term):
            return f"-{_at(term, _COLON)}"
        case Product(factors=factors):
            return _product(factors)
        case Quotient(numerator=numerator, denominator=denominator):
            return f"\\frac{{{to_latex(numerator)}}}{{{to_latex(denominator)}}}"
        case Power(base=base, exponent=exponent):
            return f"{_base(base)}^{{{to_latex(exponent)}}}"
        case Call():
            return _call(expr)
        case Apply(function=function, arguments=arguments, primes=primes):
            inside = f"({','.join(map(to_latex, arguments))})" if arguments else ""
            return function.name + "'" * primes + inside
        case Differential(operand=operand):
            return f"d{_at(operand, _PREFIX)}"
        case Derivative():
            return _derivative(expr)
        case Directional(operand=operand, along=along):
            order = f"^{{{len(along)}}}" if len(along) > 1 else ""
            return f"D{order} {_bare(operand)}[{','.join(map(to_latex, along))}]"
        case Summation():
            return _summation(expr)
        case Integral():
            return _integral(expr)
        case Moment():
            return _moment(expr)
        case Evaluated(operand=operand, at=at):
            places = ",".join(f"{variable.name}={to_latex(value)}" for variable, value in at)
            return f"\\left.{to_latex(operand)}\\right|_{{{places}}}"
        case Expansion(operand=operand):
            return to_latex(operand)
        case Matrix(rows=rows):
            lines = " \\\\ ".join(" & ".join(map(to_latex, row)) for row in rows)
            return f"\\begin{{bmatrix}}{lines}\\end{{bmatrix}}"
        case Grid(cells=cells):
            return _bare(Matrix(cells))
        case Dotted(latex=latex):
            return latex
        case Comparison(relation=relation, left=left, right=right):
            return f"[{to_latex(left)}{relation} {to_latex(right)}]"
        case Cases(branches=branches):
            lines = " \\\\ ".join(f"{to_latex(v)} & {_condition(c)}" for v, c in branches)
            return f"\\begin{{cases}}{lines}\\end{{cases}}"
    assert_never(expr)


def _constant(expr: Constant) -> str:
    if expr.name == "size" and expr.size is not None:
        return to_latex(expr.size)
    return _CONSTANTS[expr.name] + ("" if expr.size is None else f"_{{{to_latex(expr.size)}}}")


def _condition(expr: Expr) -> str:
    if isinstance(expr, Number):
        return r"\text{otherwise}"
    parts = expr.factors if isinstance(expr, Product) else (expr,)
    return ", ".join(to_latex(part)[1:-1] for part in parts)


def _number(expr: Number) -> str:
    return str(expr.value.numerator)


def _fraction(expr: Number) -> str:
    return f"\\frac{{{expr.value.numerator}}}{{{expr.value.denominator}}}"


def _sum(terms: tuple[Expr, ...]) -> str:
    text = _at(terms[0], _COLON) if not isinstance(terms[0], Negative) else _bare(terms[0])
    for term in terms[1:]:
        text += _bare(term) if isinstance(term, Negative) else f"+{_at(term, _COLON)}"
    return text


def _product(factors: tuple[Expr, ...]) -> str:
    text = ""
    for factor in factors:
        part = _at(factor, _TIGHT)
        joins_numbers = text[-1:].isdigit() and part[:1].isdigit()
        text += (r"\cdot " if joins_numbers else " " if text[-1:].isalpha() else "") + part
    return text


def _base(expr: Expr) -> str:
    """The base of a script: an atom that has no script of its own kind."""
    simple = isinstance(expr, Symbol | Number | Matrix | Constant | Entry)
    if isinstance(expr, Dotted):
        simple = isinstance(expr.meaning, Grid | Matrix)
    if isinstance(expr, Call) and expr.operator in _BARS:
        simple = True
    return _bare(expr) if simple else f"({_bare(expr)})"


def _call(expr: Call) -> str:
    if expr.operator in _POSTFIX:
        return f"{_base(expr.arguments[0])}^{{{_POSTFIX[expr.operator]}}}"
    if expr.operator in _BARS:
        left, right, script = _BARS[expr.operator]
        return f"{left}{to_latex(expr.arguments[0])}{right}{script}"
    if expr.operator == "inner product":
        return f"\\langle {to_latex(expr.arguments[0])},{to_latex(expr.arguments[1])}\\rangle "
    if expr.operator == "sqrt":
        return f"\\sqrt{{{to_latex(expr.arguments[0])}}}"
    if expr.operator == "elementwise power":
        return f"{_base(expr.arguments[0])}^{{\\odot {to_latex(expr.arguments[1])}}}"
    row = BY_NAME[expr.operator]
    if expr.operator in SIZED:
        sizes = [one.size for one in expr.arguments if isinstance(one, Constant)]
        script = ",".join(to_latex(size) for size in sizes if size is not None)
        return f"{row.announced[0][0]}_{{{script}}}"
    if expr.operator in _SIGNS:
        sign = _SIGNS[expr.operator]
        level = _call_level(expr.operator)
        first, second = expr.arguments
        return f"{_at(first, level)}{sign} {_at(second, level + 1)}"
    said = ",".join(to_latex(argument) for argument in expr.arguments[row.blanks :])
    if row.announced and not row.words:  # brackets that words give a meaning
        opening = row.announced[0][0]
        return f"{opening}{said}{_CLOSING[opening]}"
    name = row.words[0] if row.words else row.name
    return f"\\operatorname{{{name}}}({said})"


def _derivative(expr: Derivative) -> str:
    below = [to_latex(by) for by in expr.by]
    if expr.gradient:
        order = f"^{{{len(below)}}}" if len(below) > 1 else ""
        script = f"_{{{below[0]}}}" if below else ""
        return f"\\nabla{script}{order} {_at(expr.operand, _ATOM)}"
    order = f"^{{{len(below)}}}" if len(below) > 1 else ""
    bottom = "".join(f"\\partial {by}" for by in below)
    if isinstance(expr.operand, Symbol | Entry):
        return f"\\frac{{\\partial{order} {to_latex(expr.operand)}}}{{{bottom}}}"
    return f"\\frac{{\\partial{order} }}{{{bottom}}}({to_latex(expr.operand)})"


def _moment(expr: Moment) -> str:
    words = BY_NAME[expr.operator].words
    sign = f"\\operatorname{{{words[0]}}}" if words else r"\mathbb{E}"
    script = f"_{{{','.join(map(to_latex, expr.over))}}}" if expr.over else ""
    given = f" | {','.join(map(to_latex, expr.given))}" if expr.given else ""
    return f"{sign}{script}[{','.join(map(to_latex, expr.arguments))}{given}]"


def _integral(expr: Integral) -> str:
    lower = expr.domain if expr.lower is None else to_latex(expr.lower)
    upper = "" if expr.upper is None else f"^{{{to_latex(expr.upper)}}}"
    body = f"{_at(expr.body, _PRODUCT)} \\, \\mathrm{{d}}{expr.variable.name}"
    return f"\\int{f'_{{{lower}}}' if lower else ''}{upper} {body}"


def _summation(expr: Summation) -> str:
    sign = next(sign for sign, name in RANGED.items() if name == expr.operator)
    lower = ",".join(expr.indices)
    if expr.lower is not None:
        lower += f"={to_latex(expr.lower)}"
    if expr.conditions:
        lower = ",".join(_condition(condition) for condition in expr.conditions)
    upper = f"^{{{to_latex(expr.upper)}}}" if expr.upper is not None else ""
    return f"{sign}_{{{lower}}}{upper} {_at(expr.body, _COLON)}"
