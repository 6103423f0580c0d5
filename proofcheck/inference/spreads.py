r"""What a text says of the means and covariances of its random variables.

By a law, `x \sim \mathcal{N}(\mu, \Sigma)`, or by equations, `E[\varepsilon] = 0` and
`\mathrm{Var}(\varepsilon) = \sigma^2I`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from proofcheck.extraction.derivation import Distributed
from proofcheck.formula.cursor import Unreadable
from proofcheck.formula.expr import (
    Call,
    Dotted,
    Entry,
    Expr,
    Grid,
    Moment,
    Number,
    Power,
    Product,
    Symbol,
    symbols,
)
from proofcheck.formula.law_moments import BY_FAMILY, OF_NUMBERS
from proofcheck.formula.notation import Notation
from proofcheck.formula.parser import parse
from proofcheck.inference.model import Claim, Free, Meaning, Names, Spread, Variable
from proofcheck.inference.patterns import head_of
from proofcheck.inference.randomness import speaks_of_moments
from proofcheck.inference.readings import Place

AFTERWARDS = 1 << 20
"""The number within a derivation of what words say behind it."""
NOWHERE: Place = (-1, -1)
"""The place of what words say of a random variable, and no step."""


def spread_by_law(
    family: str,
    parameters: Sequence[Expr],
    left: Expr,
    names: Names,
    place: Place,
) -> tuple[str, Spread] | None:
    """The name of what has a law, and its moments; None where these are not known."""
    row, target = BY_FAMILY.get(family), _variable(left)
    if row is None or target is None:
        return None
    name, indices = target
    spread = Spread(
        row.mean(parameters),
        row.variance(parameters),
        names,
        (place,),
        indices,
        across=row.across(parameters),
        doubtful=not row.usual,
        number=family in OF_NUMBERS or _is_variance(parameters[-1]),
        normal=family == "normal",
        third=row.third(parameters) if row.third else None,
        fourth=row.fourth(parameters) if row.fourth else None,
        family=family,
        parameters=tuple(parameters),
    )
    return name, spread


def named_random(left: Expr) -> str | None:
    """The symbol that is said to be random, or whose entries are."""
    target = _variable(left)
    return head_of(left) if target is None else target[0]


def _variable(left: Expr) -> tuple[str, tuple[str, ...]] | None:
    """A random variable that is a symbol, or each of its entries."""
    match left:
        case Symbol(name=name):
            return name, ()
        case Dotted(meaning=Grid(cells=((Entry() as entry,),))):
            return _variable(entry)
        case Entry(base=Symbol(name=name), indices=indices):
            letters = tuple(index.name for index in indices if isinstance(index, Symbol))
            return (name, letters) if len(letters) == len(set(indices)) else None
        case _:
            return None


def spread_by_words(
    said: Distributed, notation: Notation, names: Names
) -> tuple[str, Spread] | None:
    """What words say of the mean and the variance of a symbol, or of each of its entries.

    A name with a subscript is an entry where the formulas have the letter without it.
    """
    stop = next((i for i, token in enumerate(said.subject) if token.text == "_"), 0)
    try:
        subject = parse(said.subject, notation)
        if stop and isinstance(subject, Symbol) and subject.name not in names:
            subject = Entry(parse(said.subject[:stop], notation), (Symbol("i"),))
        mean, variance = (
            parse(tokens, notation) if tokens else None for tokens in (said.mean, said.variance)
        )
    except Unreadable:
        return None
    match subject:
        case Symbol(name=name):
            indices: tuple[str, ...] = ()
        case Entry(base=Symbol(name=name), indices=(index,)):
            said_of = {n for part in (mean, variance) if part is not None for n in symbols(part)}
            indices = (index.name if isinstance(index, Symbol) and index.name in said_of else "i",)
        case _:
            return None
    number = variance is not None and _is_variance(variance)
    return name, Spread(mean, variance, names, (NOWHERE,), indices, number=number)


def spreads_by_equations(
    variables: Mapping[str, Variable],
    meanings: Iterable[Iterable[Meaning]],
    random: frozenset[str],
) -> dict[str, list[Spread]]:
    """What equations say of random variables that are free, by key."""
    found: dict[str, list[Spread]] = {}
    for number, row in enumerate(meanings):
        for index, meaning in enumerate(row):
            if not (isinstance(meaning, Claim) and meaning.tentative):
                continue
            said = _said(meaning, (number, index))
            if said is None:
                continue
            name, spread = said
            key = meaning.names.get(name)
            if key in random and isinstance(variables[key].law, Free):
                _put(found.setdefault(key, []), spread)
    return found


def completed(
    spreads: Mapping[str, list[Spread]], others: Mapping[str, list[Spread]]
) -> dict[str, list[Spread]]:
    """What is said of random variables, with what others say where it gives less than a mean and
    a covariance."""
    found = {key: list(said) for key, said in spreads.items()}
    for key, said in others.items():
        mine = found.setdefault(key, [])
        if not any(each.mean is not None and each.covariance is not None for each in mine):
            for each in said:
                _put(mine, each)
    return found


def _put(spreads: list[Spread], new: Spread) -> None:
    """Joins a mean and a covariance that are said one after the other."""
    last = spreads[-1] if spreads else None
    if last is not None and last.indices == new.indices:
        if last.mean is None and last.covariance is not None and new.covariance is None:
            spreads[-1] = replace(last, mean=new.mean, places=last.places + new.places)
            return
        if last.covariance is None and new.mean is None:
            spreads[-1] = replace(new, mean=last.mean, places=last.places + new.places)
            return
    spreads.append(new)


def _said(claim: Claim, place: Place) -> tuple[str, Spread] | None:
    """What an equation says of the mean or the covariance of a symbol."""
    left, right = claim.left, claim.right
    if not isinstance(left, Moment) or left.given or speaks_of_moments(right):
        return None
    plain = Spread(None, None, claim.names, (place,))
    argument = left.arguments[0]
    target = _variable(argument)
    if target is not None and target[0] not in symbols(right):
        name, indices = target
        plain = replace(plain, indices=indices)
        match left.operator:
            case "expectation":
                return name, replace(plain, mean=right)
            case "variance":
                return name, replace(plain, covariance=right)
            case "covariance" if left.arguments[1] == argument:
                return name, replace(plain, covariance=right)
            case _:
                return None
    squared = _square(argument)
    if left.operator == "expectation" and squared and squared not in symbols(right):
        return squared, replace(plain, covariance=right, second=True)
    return None


def _square(expr: Expr) -> str:
    """The symbol that `xx^T` or `x^2` is the square of, or the empty string."""
    match expr:
        case Product(
            factors=(Symbol(name=name), Call(operator="transpose", arguments=(Symbol(name=other),)))
        ) if name == other:
            return name
        case Power(base=Symbol(name=name), exponent=Number(value=value)) if value == 2:
            return name
        case _:
            return ""


def _is_variance(expr: Expr) -> bool:
    r"""Whether a parameter is a variance and no covariance matrix: `\sigma^2`, or a number."""
    match expr:
        case Number():
            return True
        case Power(base=Symbol(), exponent=Number(value=value)):
            return value == 2
        case _:
            return False
