r"""The normal form of what is said of probabilities: `h(X) = -\int p(x)\log p(x)\,dx`.

What a density, a distribution function, an expectation or an entropy is holds for every law. So
both sides of a step are brought into sums of products of a few of these: joint densities, whose
quotients are the conditional ones; expectations, which are all integrals and sums over what has a
density; logarithms of densities, one by one. Equal forms are equal whatever the laws are; different
ones say nothing. Letters of values belong to the random variable of their capital: `p(x)` is the
density of `X` (Cover and Thomas 2006, 2 and 8; Casella and Berger 2002, 1 to 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction

from proofcheck.formula.densities import is_density
from proofcheck.formula.expr import (
    Apply,
    Call,
    Comparison,
    Constant,
    Derivative,
    Dotted,
    Expr,
    Integral,
    Moment,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
    rebuild,
    walk,
)
from proofcheck.formula.probabilities import is_probability
from proofcheck.formula.quantities import is_quantity

Atom = tuple[object, ...]
Powers = tuple[tuple[Atom, int], ...]
Monomial = tuple[Powers, tuple[Atom, ...]]
Form = dict[Monomial, Fraction]
"""A sum of products: numbers before atoms that commute, with their powers, and others in order."""

_ONE: Monomial = ((), ())
_MOST_TERMS = 60
_MOST_POWER = 4
_SUBJECTS = re.compile(r"[fp]_\{([A-Z](?:,[A-Z])*)(?:\|([A-Z](?:,[A-Z])*))?\}")
_HEADED = re.compile(r"\\mathrm\{([A-Za-z]+)\}[(\[](.*)[)\]]")
_EVENT = re.compile(r"([A-Z])(=|\\leq?)\s?([a-z])")
_OF_CHANCE = frozenset(("joint", "mean", "below", "moments", "powers"))


class Unclear(Exception):
    """What is written has no normal form."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How densities are written: by which letters, and what is given without a word."""

    letters: frozenset[str]
    base: str = ""
    silent: frozenset[str] = frozenset()


def says_the_same(left: Expr, right: Expr, letters: frozenset[str]) -> bool:
    """Whether two sides say the same of probabilities, whatever the laws are.

    letters: those that stand for densities by themselves. A model `m` may be given on one side and
    go without saying on the other.
    """
    bases = {_base_of(node) for side in (left, right) for node in walk(side)} - {""}
    base = bases.pop() if len(bases) == 1 else ""
    for silent in (frozenset[str](), frozenset(("m",))):
        kept = Chances(letters, base, silent)
        try:
            mine, theirs = (_form(side, kept) for side in (left, right))
        except Unclear:
            return False
        if mine == theirs:
            nodes = (*walk(left), *walk(right))
            return _is_of_chance(mine) or any(_is_density(node, kept) for node in nodes)
    return False


def _is_of_chance(form: Form) -> bool:
    """Whether a density, an expectation or the like stands in a form."""
    return any(_kinds(monomial) & _OF_CHANCE for monomial in form)


def _is_density(node: Expr, kept: Chances) -> bool:
    return isinstance(node, Apply) and bool(_parts(node.function.name, node.arguments, kept))


def _kinds(value: object) -> set[str]:
    if isinstance(value, tuple):
        return {word for part in value for word in _kinds(part)}
    return {value} if isinstance(value, str) else set()


def _form(expr: Expr, kept: Chances) -> Form:
    match expr:
        case Number(value=value):
            return {_ONE: value} if value else {}
        case Negative(term=term):
            return _times({_ONE: Fraction(-1)}, _form(term, kept))
        case Sum(terms=terms):
            return _plus(*(_form(term, kept) for term in terms))
        case Product(factors=factors):
            return _product([_form(factor, kept) for factor in factors])
        case Quotient() if _base_of(expr):
            assert isinstance(expr.numerator, Call)
            return _logarithm(_form(expr.numerator.arguments[0], kept), _base_of(expr))
        case Quotient(numerator=top, denominator=bottom):
            return _times(_form(top, kept), _inverse(_form(bottom, kept)))
        case Power(base=Constant(name="e"), exponent=exponent):
            return _of(("exp", _frozen(_form(exponent, kept))))
        case Power(base=base, exponent=exponent):
            return _power(_form(base, kept), exponent, kept)
        case Call(operator="exp", arguments=(inner,)):
            return _of(("exp", _frozen(_form(inner, kept))))
        case Call(operator="log", arguments=(inner,)):
            return _logarithm(_form(inner, kept), "")
        case Apply():
            return _applied(expr, kept)
        case Symbol(name=name) if is_quantity(name):
            return _named(name, kept)
        case Integral() | Summation(operator="sum"):
            return _total(expr, kept)
        case Moment():
            return _moment(expr, kept)
        case Derivative(operand=operand, by=(Symbol() as by,)):
            return _slope(_form(operand, kept), by)
        case Symbol(name=name):
            return _symbol(name)
        case Dotted() if is_density(expr):
            return _by_name(expr, kept)
        case _:
            return _other(expr)


def _by_name(expr: Dotted, kept: Chances) -> Form:
    r"""A density by name, `\mathcal{N}(x; \mu, \Sigma)`: one of its point, by its parameters."""
    name, _, inside = expr.latex.partition("(")
    point, sign, parameters = inside.partition(";")
    point = point.strip()
    if not sign or not re.fullmatch(r"\\?[A-Za-z]+", point):
        return _other(expr)
    return _density(f"{name};{parameters}", [(point, _frozen(_symbol(point)))])


def _has_parameter(letter: str, variables: Iterable[str]) -> bool:
    """Whether a density by name has variables for parameters."""
    _, sign, parameters = letter.partition(";")
    return bool(sign) and bool({*re.findall(r"\\?[A-Za-z]+", parameters)} & {*variables})


def _other(expr: Expr) -> Form:
    return {((), (("other", _tree(expr)),)): Fraction(1)}


def _tree(value: object) -> object:
    """A node as nested tuples, without the places it was written at."""
    if isinstance(value, tuple):
        return tuple(map(_tree, value))
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, field.name) for field in fields(value) if field.compare)
        return type(value).__name__, *map(_tree, parts)
    return value


def _base_of(expr: Expr) -> str:
    r"""What a logarithm is written to the base of, `\log_b x`; the empty string elsewhere."""
    match expr:
        case Quotient(
            numerator=Call(operator="log"),
            denominator=Call(operator="log", arguments=(Symbol() | Number() as base,)),
        ):
            return base.name if isinstance(base, Symbol) else str(base.value)
        case _:
            return ""


def _of(atom: Atom, power: int = 1) -> Form:
    return {(((atom, power),), ()): Fraction(1)}


def _plus(*forms: Form) -> Form:
    found: Form = {}
    for form in forms:
        for monomial, count in form.items():
            found[monomial] = found.get(monomial, Fraction(0)) + count
    if len(found) > _MOST_TERMS:
        raise Unclear
    return {monomial: count for monomial, count in found.items() if count}


def _product(forms: Sequence[Form]) -> Form:
    found: Form = {_ONE: Fraction(1)}
    for form in forms:
        found = _times(found, form)
    return found


def _times(left: Form, right: Form) -> Form:
    return _plus(
        *(
            {(_joined(a[0], b[0]), a[1] + b[1]): m * n}
            for a, m in left.items()
            for b, n in right.items()
        )
    )


def _joined(left: Powers, right: Powers) -> Powers:
    found = dict(left)
    for atom, power in right:
        found[atom] = found.get(atom, 0) + power
    return tuple(sorted(((a, p) for a, p in found.items() if p), key=repr))


def _inverse(form: Form) -> Form:
    """One over a form: of a product of what commutes, the product of the inverses."""
    if len(form) != 1:
        return _of(("inverse", _frozen(form)))
    ((powers, words), count) = next(iter(form.items()))
    below: Form = {(tuple((a, -p) for a, p in powers), ()): 1 / count}
    return _times(below, _of(("inverse", words))) if words else below


def _power(base: Form, exponent: Expr, kept: Chances) -> Form:
    match exponent:
        case Number(value=value) if value.denominator == 1 and 0 < value <= _MOST_POWER:
            return _product([base] * int(value))
        case Negative(term=Number(value=value)) if value == 1:
            return _inverse(base)
        case _:
            return _of(("power", _frozen(base), _frozen(_form(exponent, kept))))


def _logarithm(inside: Form, base: str) -> Form:
    """The logarithm of a form: of a product with densities, the sum of their logarithms."""
    if len(inside) != 1:
        return _of(("log", base, _frozen(inside)))
    ((powers, words), count) = next(iter(inside.items()))
    densities = [(atom, power) for atom, power in powers if atom[0] == "joint"]
    rest = tuple(part for part in powers if part[0][0] != "joint")
    terms = [_scaled(_of(("log", base, atom)), power) for atom, power in densities]
    if rest or words or count != 1:
        terms.append(_of(("log", base, _frozen({(rest, words): count}))))
    return _plus(*terms)


def _scaled(form: Form, factor: int) -> Form:
    return {monomial: count * factor for monomial, count in form.items()}


def _frozen(form: Form) -> tuple[object, ...]:
    return tuple(sorted(form.items(), key=repr))


# What is said of distributions


def _applied(expr: Apply, kept: Chances) -> Form:
    name, arguments = expr.function.name, expr.arguments
    if expr.primes == 0 and (parts := _parts(name, arguments, kept)):
        letter, of, given = parts
        values = dict(zip((*of, *given), arguments, strict=True))
        return _times(
            _joint(letter, ((s, values[s]) for s in (*of, *given)), kept),
            _inverse(_joint(letter, ((s, values[s]) for s in given), kept)),
        )
    if (
        expr.primes == 0
        and len(arguments) == 1
        and (about := re.fullmatch(r"([FMG])_\{(\w)\}", name))
    ):
        kind = {"F": "below", "M": "moments", "G": "powers"}[about[1]]
        return _at(kind, about[2], _form(arguments[0], kept))
    values_ = tuple(_frozen(_form(argument, kept)) for argument in arguments)
    return _of(("applied", name, expr.primes, values_))


def _parts(
    name: str, arguments: Sequence[Expr], kept: Chances
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """The letter of a density, and of which random variables it is, and given which."""
    if is_probability(name):
        letter, _, inside = name.partition("(")
        of, _, given = inside[:-1].partition("|")
        subjects = tuple(map(_subject, of.split(",")))
        under = tuple(map(_subject, given.split(","))) if given else ()
        whole = (letter.lower(), subjects, under)
    elif found := _SUBJECTS.fullmatch(name):
        whole = "p", tuple(found[1].split(",")), tuple(found[2].split(",")) if found[2] else ()
    elif name in kept.letters and all(isinstance(part, Symbol) for part in arguments):
        whole = name, tuple(_subject(p.name) for p in arguments if isinstance(p, Symbol)), ()
    else:
        return None
    count = len(whole[1]) + len(whole[2])
    return whole if count == len(arguments) == len({*whole[1], *whole[2]}) else None


def _subject(letter: str) -> str:
    """The random variable of which a letter is a value."""
    return letter.upper() if len(letter) == 1 else letter


def _joint(letter: str, values: Iterable[tuple[str, Expr]], kept: Chances) -> Form:
    found = [(s, _frozen(_form(v, kept))) for s, v in values if s.lower() not in kept.silent]
    return _density(letter, found)


def _density(letter: str, values: Iterable[tuple[str, object]]) -> Form:
    found = tuple(sorted(values, key=repr))
    return _of(("joint", letter, found)) if found else {_ONE: Fraction(1)}


def _at(kind: str, subject: str, value: Form) -> Form:
    """A distribution function at the median is one half; all else is what it is."""
    if kind == "below" and _frozen(value) == _frozen(_symbol(rf"\mathrm{{median}}({subject})")):
        return {_ONE: Fraction(1, 2)}
    return _of((kind, subject, _frozen(value)))


def _symbol(name: str) -> Form:
    return {((), (("symbol", name),)): Fraction(1)}


def _named(name: str, kept: Chances) -> Form:
    """A quantity by name: an entropy, an information, the probability of an event."""
    found = _HEADED.fullmatch(name)
    head, inside = (found[1], found[2]) if found else ("", "")
    event = _EVENT.fullmatch(inside)
    if head in ("Pr", "P", "p") and event and _subject(event[3]) == event[1]:
        value = _symbol(event[3])
        if event[2] == "=":
            return _density("p", [(event[1], _frozen(value))])
        return _at("below", event[1], value)
    if head in ("KL", "D") and (two := re.fullmatch(r"([A-Za-z])\|\|([A-Za-z])", inside)):
        return _plus(
            _information(two[1], two[1], ("X",), (), kept),
            _scaled(_information(two[1], two[2], ("X",), (), kept), -1),
        )
    if head in ("H", "h"):
        return _scaled(_entropy(inside, name, kept), -1)
    if head in ("I", "MI") and (two := re.fullmatch(r"([A-Z])[,;]([A-Z])", inside)):
        apart = [_information("p", "p", (subject,), (), kept) for subject in two.groups()]
        both = _information("p", "p", two.groups(), (), kept)
        return _plus(both, *(_scaled(form, -1) for form in apart))
    return _symbol(name)


def _entropy(inside: str, name: str, kept: Chances) -> Form:
    """The expectation of the logarithm of a density, by what stands in the bracket."""
    if two := re.fullmatch("(P),(Q)", inside):
        return _information(two[1], two[2], ("X",), (), kept)
    if single := re.fullmatch("[PQ]", inside):
        return _information(single[0], single[0], ("X",), (), kept)
    if of := re.fullmatch(r"([A-Z](?:,[A-Z])*)(?:\|([A-Z](?:,[A-Z])*))?", inside):
        given = tuple(of[2].split(",")) if of[2] else ()
        return _information("p", "p", tuple(of[1].split(",")), given, kept)
    return _scaled(_symbol(name), -1)


def _information(
    under: str, of: str, subjects: Sequence[str], given: Sequence[str], kept: Chances
) -> Form:
    """The expectation under one density of the logarithm of another one, of some variables."""
    letter = of.lower()
    logs = [
        _scaled(
            _logarithm(_density(letter, ((n, _frozen(_symbol(n))) for n in names)), kept.base), sign
        )
        for names, sign in (((*subjects, *given), 1), (tuple(given), -1))
        if names
    ]
    return _mean(_plus(*logs), under.lower())


# Expectations, and integrals that are such


def _moment(expr: Moment, kept: Chances) -> Form:
    if expr.given or expr.over:
        raise Unclear
    measure = re.fullmatch(r"([a-z])\(([a-z](?:,[a-z])*)\)", expr.measure)
    if expr.measure and not measure:
        raise Unclear
    letter = measure[1] if measure else "p"
    named = {n: _subject(n) for n in measure[2].split(",")} if measure else {}
    arguments = [_renamed(a, {**_values(a, kept), **named}) for a in expr.arguments]
    forms = [_form(argument, kept) for argument in arguments]
    if expr.operator == "expectation":
        return _mean(forms[0], letter)
    if expr.operator not in ("variance", "covariance"):
        raise Unclear
    apart = [_plus(form, _scaled(_mean(form, letter), -1)) for form in forms]
    return _mean(_times(apart[0], apart[-1]), letter)


def _values(expr: Expr, kept: Chances) -> dict[str, str]:
    """The letters at which densities are taken, with their random variables."""
    found: dict[str, str] = {}
    for node in walk(expr):
        if not isinstance(node, Apply):
            continue
        parts = _parts(node.function.name, node.arguments, kept)
        for subject, value in (
            zip((*parts[1], *parts[2]), node.arguments, strict=True) if parts else ()
        ):
            if isinstance(value, Symbol):
                found[value.name] = subject
    return found


def _renamed(expr: Expr, names: Mapping[str, str]) -> Expr:
    if isinstance(expr, Symbol):
        return Symbol(names.get(expr.name, expr.name))
    if isinstance(expr, Apply):  # a density keeps its name, by which it is of its variable
        parts = tuple(_renamed(part, names) for part in expr.arguments)
        return Apply(expr.function, parts, expr.primes)
    return rebuild(expr, lambda part: _renamed(part, names))


def _mean(form: Form, letter: str) -> Form:
    """The expectation of a form, term by term; expectations in it are constants."""
    terms: list[Form] = []
    for (powers, words), count in form.items():
        constant = tuple(part for part in powers if part[0][0] == "mean")
        rest = tuple(part for part in powers if part[0][0] != "mean")
        outside: Form = {(constant, ()): count}
        terms.append(_times(outside, _mean_of((rest, words), letter)))
    return _plus(*terms)


def _mean_of(monomial: Monomial, letter: str) -> Form:
    if monomial == _ONE:
        return {_ONE: Fraction(1)}
    powers, words = monomial
    if len(powers) == 1 and not words and powers[0][1] == 1 and letter == "p":
        match powers[0][0]:
            case ("exp", ((((), (*factors,)), 1),)) if found := _apart(factors):
                return _of(("moments", *found))
            case ("power", base, ((((), (("symbol", str(subject)),)), 1),)) if subject.isupper():
                return _of(("powers", subject, base))
            case _:
                pass
    return _of(("mean", letter, monomial))


def _apart(factors: Sequence[object]) -> tuple[str, object] | None:
    r"""The random variable in `tX` or `t^TX`, and what stands beside it."""
    match factors:
        case (_, _):
            pass
        case _:
            return None
    for one, other in (factors, tuple(reversed(factors))):
        match one, other:
            case (("symbol", str(name)), ("symbol", str(at))) if name.isupper() and len(name) == 1:
                return name, _frozen(_symbol(at))
            case (
                ("symbol", str(name)),
                ("other", ("Call", "transpose", (("Symbol", str(at)),))),
            ) if name.isupper():
                return name, _frozen(_symbol(at))
            case _:
                pass
    return None


def _slope(form: Form, by: Symbol) -> Form:
    """The derivative of a distribution function is its density; others are kept as they are."""
    match [*form]:
        case [((((("below", str(subject), value), 1),)), ())] if value == _frozen(_symbol(by.name)):
            return _scaled_by(_density("p", [(subject, value)]), next(iter(form.values())))
        case _:
            return _of(("slope", by.name, _frozen(form)))


def _scaled_by(form: Form, factor: Fraction) -> Form:
    return {monomial: count * factor for monomial, count in form.items()}


def _total(expr: Integral | Summation, kept: Chances) -> Form:
    """An integral or a sum over all values of what has a density: an expectation, or the density
    of what is left."""
    variables, body = _over_all(expr)
    if not variables:
        return _up_to(expr, kept)
    of = {name: subject for name, subject in _values(body, kept).items() if name in variables}
    named = {name: of.get(name, name) for name in variables}
    form = _form(_renamed(body, named), kept)
    return _plus(
        *(
            _scaled_by(_summed(monomial, [named[name] for name in variables]), count)
            for monomial, count in form.items()
        )
    )


def _over_all(expr: Expr) -> tuple[list[str], Expr]:
    """The variables of nested integrals and sums over all values, and what is integrated."""
    found: list[str] = []
    while isinstance(expr, Integral | Summation):
        if isinstance(expr, Integral):
            if not (expr.lower is None and expr.upper is None) and not _is_line(expr):
                break
            found.append(expr.variable.name)
        elif expr.operator == "sum" and (_is_set(expr) or _is_series(expr)):
            found += expr.indices
        else:
            break
        expr = expr.body
    return found, expr


def _is_line(expr: Integral) -> bool:
    return _is_infinite(expr.upper) and (
        isinstance(expr.lower, Negative) and _is_infinite(expr.lower.term)
    )


def _is_infinite(expr: Expr | None) -> bool:
    match expr:
        case Constant(name="infinity"):
            return True
        case Sum(terms=(only,)):
            return _is_infinite(only)
        case _:
            return False


def _is_set(expr: Summation) -> bool:
    r"""Whether a sum is over all values: `\sum_{x \in \mathcal{X}}`."""
    if expr.lower is not None or expr.upper is not None or len(expr.indices) != 1:
        return False
    match expr.conditions:
        case (Comparison(relation=r"\in", left=Symbol(name=name), right=Symbol(name=whole)),):
            return (
                name == expr.indices[0] and re.fullmatch(r"\\mathcal\{[A-Z]\}", whole) is not None
            )
        case _:
            return False


def _is_series(expr: Summation) -> bool:
    """Whether a sum is over all counts."""
    counts = isinstance(expr.lower, Number) and expr.lower.value == 0
    return counts and _is_infinite(expr.upper) and not expr.conditions


def _up_to(expr: Integral | Summation, kept: Chances) -> Form:
    """An integral of a density up to a value is the distribution function there."""
    match expr:
        case Integral(variable=variable, lower=Negative(term=low), upper=upper) if (
            upper is not None and _is_infinite(low)
        ):
            form = _form(expr.body, kept)
            match [*form]:
                case [((((("joint", "p", ((str(subject), value),)), 1),)), ())] if (
                    value == _frozen(_symbol(variable.name)) and form[next(iter(form))] == 1
                ):
                    return _at("below", subject, _form(upper, kept))
                case _:
                    pass
        case _:
            pass
    return _other(expr)


def _summed(monomial: Monomial, variables: Sequence[str]) -> Form:
    """What a product comes to, integrated over some random variables."""
    powers, words = monomial
    joints = [part for part in powers if part[0][0] == "joint"]
    if any(_has_parameter(str(atom[1]), variables) for atom, _ in joints):
        raise Unclear
    others = tuple(part for part in powers if part[0][0] != "joint")
    inside = tuple(part for part in others if _kinds(part) & {*variables})
    outside = tuple(part for part in others if part not in inside)
    if words and not _kinds(words) & {*variables} and not inside:
        return _times({((), words): Fraction(1)}, _summed((powers, ()), variables))
    mentioned = _kinds((inside, words)) & {*variables}
    for variable in variables:
        if variable not in mentioned:
            joints = _without(joints, variable)
    left = [part for part in joints if _of_whom(part[0]) & mentioned]
    apart = tuple(part for part in joints if part not in left)
    around: Form = {(_joined(outside, apart), ()): Fraction(1)}
    if not mentioned:
        return around
    if len(left) != 1 or left[0][1] != 1 or _of_whom(left[0][0]) != mentioned:
        raise Unclear
    return _times(around, _mean({(inside, words): Fraction(1)}, str(left[0][0][1])))


def _of_whom(joint: Atom) -> set[str]:
    values = joint[2]
    assert isinstance(values, tuple)
    return {subject for subject, _ in values}


def _without(joints: list[tuple[Atom, int]], variable: str) -> list[tuple[Atom, int]]:
    """Joint densities after one of their variables is integrated out."""
    free = _frozen(_symbol(variable))
    mine = [part for part in joints if any(value == free for _, value in _values_of(part[0]))]
    if len(mine) != 1 or mine[0][1] != 1:
        raise Unclear
    kept = [pair for pair in _values_of(mine[0][0]) if pair[1] != free]
    rest = [part for part in joints if part != mine[0]]
    added = tuple(next(iter(_density(str(mine[0][0][1]), kept)))[0])
    return list(_joined(tuple(rest), added))


def _values_of(joint: Atom) -> Iterator[tuple[str, object]]:
    values = joint[2]
    assert isinstance(values, tuple)
    yield from values
