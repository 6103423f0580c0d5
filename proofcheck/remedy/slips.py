"""The slips that authors make, each kind as the edits of a side that make or mend one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from proofcheck.formula.either import EITHER
from proofcheck.formula.expr import (
    Apply,
    Call,
    Constant,
    Derivative,
    Differential,
    Entry,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Symbol,
)
from proofcheck.remedy.scene import Place, Scene
from proofcheck.remedy.written import Piece, Range, Splice


@dataclass(frozen=True, slots=True)
class Slip:
    """Splices of a side, what they do in a few words, and how far from what is written they are."""

    kind: str
    words: str
    splices: tuple[Splice, ...]
    weight: float


_Made = Iterator[tuple[float, str, tuple[Splice, ...]]]
_NOT_TURNED = (Number, Sum, Product, Negative, Quotient, Constant, Summation)
_FACTORS = (("2", 1.0), (r"\frac12 ", 1.2))


def slips(scene: Scene) -> list[Slip]:
    """All slips of a side, the simplest first."""
    found = [
        Slip(kind, words, splices, weight)
        for kind, make in KINDS.items()
        for weight, words, splices in make(scene)
    ]
    return sorted(found, key=lambda slip: slip.weight)


def _transposed(scene: Scene) -> _Made:
    """A transpose more, less, or on the factor beside."""
    for place in scene.places:
        yield from _marked(scene, place)
        if isinstance(place.expr, Product):
            yield from _marked_together(scene, place.expr)
            yield from _mark_moved(scene, place.expr)


def _marked(scene: Scene, place: Place) -> _Made:
    written, expr = scene.written, place.expr
    outer = written.enclosed(place.at)
    script = written.script(place.at)
    shown = scene.show(outer)
    if not isinstance(expr, Call | Power) and _scripted(scene, outer):
        return
    negative = script is not None and any(t.text == "-" for t in written.piece(script))
    match expr:
        case Call(operator="transpose"):
            if script is not None:
                other = ("^{-1}",) if negative else ()
                words = f"`{scene.show((place.at[0], script[0]))}` not transposed"
                yield 1.0, words, (Splice(*script, other),)
        case Power(exponent=Negative(term=Number())) if script is not None:
            yield 1.3, f"`{shown}` transposed", (Splice(*script, ("^{-", _bare(scene), "}")),)
        case Number() | Constant() | Negative() | Quotient():
            return
        case Sum() | Product() | Summation():
            if outer != place.at:
                yield 1.0, f"`{shown}` transposed", (_behind(outer, scene.mark),)
        case _ if isinstance(place.parent, Entry | Power | Derivative | Apply):
            return
        case _:
            marks = (Splice(place.at[0], place.at[0], ("(",)), _behind(place.at, ")", scene.mark))
            plain = (_behind(outer, scene.mark),)
            scripted = script is not None or isinstance(expr, Differential)
            yield 1.0, f"`{shown}` transposed", marks if scripted else plain


def _marked_together(scene: Scene, product: Product) -> _Made:
    """The transpose of several factors, or of all of them."""
    ranges = _ranges(scene, product.factors)
    for i, j in combinations(range(len(ranges)), 2):
        at = ranges[i][0], ranges[j][1]
        if isinstance(product.factors[i], Number | Quotient):
            continue
        words = f"`{scene.show(at)}` transposed"
        yield 1.4, words, (Splice(at[0], at[0], ("(",)), _behind(at, ")", scene.mark))


def _mark_moved(scene: Scene, product: Product) -> _Made:
    """`A^TB` for `AB^T`."""
    ranges = _ranges(scene, product.factors)
    for i, j in combinations(range(len(ranges)), 2):
        for first, second in ((i, j), (j, i)):
            one, other = product.factors[first], product.factors[second]
            script = scene.written.script(ranges[first])
            if _is_transpose(one) and not _is_transpose(other) and script is not None:
                if not isinstance(other, _NOT_TURNED):
                    words = f"the transpose at `{scene.show(ranges[second])}`"
                    mark = _behind(ranges[second], scene.written.piece(script))
                    yield 1.5, words, (Splice(*script, ()), mark)


def _signed(scene: Scene) -> _Made:
    """Another sign of a term, or of all."""
    for place in scene.places:
        at, expr = place.at, place.expr
        first = scene.written.tokens[at[0]].text
        if isinstance(place.parent, Power | Number):
            continue
        if first in EITHER:
            (sign,) = EITHER - {first}
            yield 1.0, f"`{sign}` for `{first}`", (Splice(at[0], at[0] + 1, (sign,)),)
        elif isinstance(expr, Negative) and first == "-":
            inside = not isinstance(place.parent, Sum) or expr is place.parent.terms[0]
            other = () if inside else ("+",)
            words = f"the other sign of `{scene.show((at[0] + 1, at[1]))}`"
            yield 1.0, words, (Splice(at[0], at[0] + 1, other),)
        elif isinstance(place.parent, Sum) and expr is not place.parent.terms[0]:
            before = scene.written.enclosed(at)[0] - 1
            if scene.written.tokens[before].text == "+":
                words = f"the other sign of `{scene.show(scene.written.enclosed(at))}`"
                yield 1.0, words, (Splice(before, before + 1, ("-",)),)
        elif isinstance(place.parent, Sum) or (place.parent is None and not isinstance(expr, Sum)):
            start = scene.written.enclosed(at)[0]
            words = f"the other sign of `{scene.show(scene.written.enclosed(at))}`"
            yield 1.0, words, (Splice(start, start, ("-",)),)
        elif place.parent is None:
            whole = (Splice(at[0], at[0], (r"-\left(",)), _behind(at, r"\right)"))
            yield 1.2, "the other sign", whole


def _factors(scene: Scene) -> _Made:
    """A number more or less in a term; another number."""
    for place in scene.places:
        match place.expr:
            case Number():
                yield from _other_number(scene, place)
            case Quotient(numerator=Number(value=one), denominator=Number(value=two)):
                if isinstance(place.parent, Product) and one == 1 and two == 2:
                    yield 1.0, "without the factor ½", (Splice(*place.at, ()),)
            case _:
                pass
    for at in _term_ranges(scene):
        start = at[0]
        for text, weight in (*_FACTORS, *_of_sizes(scene)):
            words = f"the factor `{text.strip()}` before `{scene.show(at)}`"
            yield weight, words, (Splice(start, start, (text,)),)


def _of_sizes(scene: Scene) -> Iterator[tuple[str, float]]:
    for size in scene.sizes:
        yield f"{size} ", 1.6
        yield f"\\frac{{1}}{{{size}}}", 1.6


def _other_number(scene: Scene, place: Place) -> _Made:
    assert isinstance(place.expr, Number)
    value, parent = place.expr.value, place.parent
    if value.denominator != 1 or not 0 <= value <= 20:
        return
    number = int(value)
    in_product = isinstance(parent, Product)
    if in_product and number > 1:
        yield 1.0, f"without the factor {number}", (Splice(*place.at, ()),)
    others = {2 * number, number // 2 if number % 2 == 0 else 0, number + 1, number - 1}
    needless = {1} if in_product or isinstance(parent, Power) else set()
    for other in sorted(others - {number, 0} - needless):
        doubled = other in (2 * number, number / 2)
        words = f"{other} for {number}"
        yield (1.0 if doubled else 1.3), words, (Splice(*place.at, (str(other),)),)


def _ordered(scene: Scene) -> _Made:
    """Two factors in the other order, or one moved past several."""
    for place in scene.places:
        match place.expr:
            case Product(factors=parts):
                yield from _swapped(scene, parts, 1.0)
            case Call(arguments=(_, _) as parts):
                yield from _swapped(scene, parts, 1.3)
            case Quotient(numerator=above, denominator=below):
                yield from _swapped(scene, (above, below), 1.5)
            case _:
                pass


def _swapped(scene: Scene, parts: tuple[Expr, ...], weight: float) -> _Made:
    ranges = _ranges(scene, parts)
    written = scene.written
    for i, j in combinations(range(len(ranges)), 2):
        one, other = ranges[i], ranges[j]
        if isinstance(parts[i], Number) or one[1] > other[0]:
            continue
        exchange = (Splice(*one, (written.piece(other),)), Splice(*other, (written.piece(one),)))
        words = f"`{scene.show(other)}` before `{scene.show(one)}`"
        yield weight + 0.2 * (j - i - 1), words, exchange
        if j - i > 1:
            yield 1.4, words, (Splice(*other, ()), Splice(one[0], one[0], (written.piece(other),)))
            behind = _behind(other, written.piece(one))
            yield 1.4, f"`{scene.show(one)}` behind", (Splice(*one, ()), behind)


def _inverted(scene: Scene) -> _Made:
    """An inverse more or less; another power."""
    for place in scene.places:
        script = scene.written.script(place.at)
        outer = scene.written.enclosed(place.at)
        match place.expr:
            case Power() | Call(operator="transpose"):
                text = scene.show(script) if script is not None else ""
                if script is not None and "-" in text:
                    other: tuple[Piece, ...] = ("^", _bare(scene)) if "1" not in text else ()
                    words = f"`{scene.show((place.at[0], script[0]))}` not inverted"
                    yield 1.1, words, (Splice(*script, other),)
                elif script is not None and isinstance(place.expr, Power):
                    words = f"`{scene.show((place.at[0], script[0]))}` without its power"
                    yield 1.2, words, (Splice(*script, ()),)
                elif script is not None:
                    words = f"`{scene.show(outer)}` inverted"
                    yield 1.3, words, (Splice(*script, ("^{-", _bare(scene), "}")),)
            case Symbol() | Sum() | Product() | Entry() | Call() | Apply():
                if _scripted(scene, outer):
                    continue
                if _takes_script(place) and (outer != place.at or script is None):
                    if isinstance(place.expr, Sum | Product) and outer == place.at:
                        continue
                    words = f"`{scene.show(outer)}`"
                    yield 1.2, f"{words} inverted", (_behind(outer, "^{-1}"),)
                    yield 1.4, f"{words} squared", (_behind(outer, "^2"),)
            case _:
                pass


def _scripted(scene: Scene, at: Range) -> bool:
    """Whether a superscript or a prime stands behind a range."""
    tokens = scene.written.tokens
    return at[1] < len(tokens) and tokens[at[1]].text in ("^", "'")


def _takes_script(place: Place) -> bool:
    """Whether a script behind a node is one of the node."""
    return not isinstance(place.parent, Power | Entry | Derivative | Summation)


def _terms(scene: Scene) -> _Made:
    """A term less, or one of the other side more; a factor less or more."""
    for place in scene.places:
        match place.expr:
            case Sum(terms=parts):
                yield from _without_term(scene, parts)
            case Product(factors=parts):
                yield from _without_factor(scene, parts)
            case _:
                pass
    end = scene.places[0].at if scene.places else (0, 0)
    for negative, piece in scene.others if len(scene.others) > 1 else ():
        sign = "-" if negative else "+"
        yield 1.5, "a term of the other side", (_behind(end, f" {sign} ", piece),)


def _without_term(scene: Scene, terms: tuple[Expr, ...]) -> _Made:
    written = scene.written
    ranges = [written.enclosed(at) for at in _ranges(scene, terms)]
    for i, (start, stop) in enumerate(ranges):
        signed = start > 0 and written.tokens[start - 1].text in ("+", "-")
        words = f"without the term `{scene.show((start, stop))}`"
        if i == 0 and len(ranges) > 1:
            plus = stop < len(written.tokens) and written.tokens[stop].text == "+"
            yield 1.3, words, (Splice(start, stop + plus, ()),)
        else:
            yield 1.3, words, (Splice(start - signed, stop, ()),)


def _without_factor(scene: Scene, factors: tuple[Expr, ...]) -> _Made:
    ranges = _ranges(scene, factors)
    for i, (start, stop) in enumerate(ranges):
        if isinstance(factors[i], Number):
            continue
        before = ranges[i - 1][1] if i else start
        words = f"without the factor `{scene.show((start, stop))}`"
        yield 1.3, words, (Splice(before, stop, ()),)


def _missing_factors(scene: Scene) -> _Made:
    """A symbol of the sides more in a product."""
    for at in _gaps(scene):
        for text, piece in scene.factors:
            yield 2.0, f"the factor `{text}`", (Splice(at, at, (piece,)),)
        for name, piece in scene.names:
            if name not in scene.letters:
                yield 2.2, f"the factor `{name}`", (Splice(at, at, (piece,)),)
                yield 2.6, f"the transpose of `{name}`", (Splice(at, at, (piece, scene.mark)),)


def _gaps(scene: Scene) -> list[int]:
    """The places at which another factor can stand."""
    found = {end for place in scene.places for end in _ends(scene, place)}
    return sorted(found)


def _ends(scene: Scene, place: Place) -> Range | tuple[()]:
    inside = isinstance(place.parent, Product | Sum | Negative | Call) or place.parent is None
    if not inside or isinstance(place.expr, Sum | Negative):
        return ()
    return scene.written.enclosed(place.at)


def _indexed(scene: Scene) -> _Made:
    """Indices in the other order, another index, another end of a sum."""
    for place in scene.places:
        match place.expr:
            case Entry(indices=(one, other)):
                first, second = scene.written.range_of(one), scene.written.range_of(other)
                if first is not None and second is not None and one != other:
                    words = f"`{scene.show(place.at)}` with its indices in the other order"
                    pieces = scene.written.piece(first), scene.written.piece(second)
                    swap = (Splice(*first, (pieces[1],)), Splice(*second, (pieces[0],)))
                    yield 1.0, words, swap
            case Symbol(name=name) if name in scene.letters:
                for letter in scene.letters:
                    if letter != name:
                        yield 1.3, f"`{letter}` for `{name}`", (Splice(*place.at, (letter,)),)
            case Symbol(name=name) if isinstance(place.parent, Summation):
                if place.expr is place.parent.upper:
                    words = f"the sum up to `{name}{{}}`"
                    yield 1.4, words.format("-1"), (_behind(place.at, "-1"),)
                    yield 1.5, words.format("+1"), (_behind(place.at, "+1"),)
            case _:
                pass


def _renamed(scene: Scene) -> _Made:
    """Another symbol."""
    for place in scene.places:
        match place.expr:
            case Symbol(name=name) if name not in scene.letters:
                yield from _other_names(scene, place, name)
            case _:
                pass


def _identified(scene: Scene) -> _Made:
    """A symbol, or its transpose, for the identity."""
    for place in scene.places:
        if isinstance(place.expr, Constant) and place.expr.name == "identity":
            yield from _other_names(scene, place, "I")
            for other, piece in scene.names:
                if other not in scene.letters:
                    words = f"the transpose of `{other}` for `I`"
                    yield 1.65, words, (Splice(*place.at, (piece, scene.mark)),)


def _other_names(scene: Scene, place: Place, name: str) -> _Made:
    for other, piece in scene.names:
        if other != name and other not in scene.letters:
            yield 1.6, f"`{other}` for `{name}`", (Splice(*place.at, (piece,)),)


def _commuted(scene: Scene) -> _Made:
    """`A^{-1}BA^{-1}` for `A^{-2}B`, `AB + BA` for `2AB`: as if the factors commuted."""
    for place in scene.places:
        if isinstance(place.expr, Product):
            ranges = _ranges(scene, place.expr.factors)
            for at, factor in zip(ranges, place.expr.factors, strict=False):
                yield from _parted(scene, factor, at, [other for other in ranges if other != at])
            if place.parent is None and place.expr.factors[0] == Number(Fraction(2)):
                yield from _both_orders(scene, ranges)


def _parted(scene: Scene, factor: Expr, at: Range, others: list[Range]) -> _Made:
    """One of two equal factors on the other side of others."""
    script = scene.written.script(at)
    inverse = Negative(Number(Fraction(2)))
    if script is None or not isinstance(factor, Power):
        return
    if factor.exponent not in (inverse, inverse.term):
        return
    single: tuple[Piece, ...] = ("^{-1}",) if factor.exponent == inverse else ()
    half = (scene.written.piece((at[0], script[0])), *single)
    for other in others:
        words = f"`{scene.show((at[0], script[0]))}` on both sides of `{scene.show(other)}`"
        ahead = Splice(other[0], other[0], (*half, r"\,"))
        beside = _behind(other, r"\,", *half) if other > at else ahead
        yield 0.95, words, (Splice(*script, single), beside)


def _both_orders(scene: Scene, ranges: list[Range]) -> _Made:
    for k in range(2, len(ranges)):
        first, second = (ranges[1][0], ranges[k - 1][1]), (ranges[k][0], ranges[-1][1])
        pieces = scene.written.piece(second), scene.written.piece(first)
        turned = _behind(second, " + ", pieces[0], r"\,", pieces[1])
        yield 0.95, "the factors in both orders", (Splice(*ranges[0], ()), turned)


def _bracketed(scene: Scene) -> _Made:
    """A bracket that opens or closes elsewhere, a pair of brackets more or less."""
    written = scene.written
    starts = sorted({written.enclosed(p.at)[0] for p in scene.places})
    stops = sorted({written.enclosed(p.at)[1] for p in scene.places})
    for opening, closing in written.brackets():
        for stop in stops:
            if stop > opening[1] and not closing[0] <= stop <= closing[1]:
                moved = (Splice(*closing, ()), Splice(stop, stop, (written.piece(closing),), True))
                yield 1.4, "the bracket closed elsewhere", moved
        for start in starts:
            if start < closing[0] and not opening[0] <= start <= opening[1]:
                moved = (Splice(*opening, ()), Splice(start, start, (written.piece(opening),)))
                yield 1.5, "the bracket opened elsewhere", moved
        yield 1.4, "without the brackets", (Splice(*opening, ()), Splice(*closing, ()))
    for place in scene.places:
        if isinstance(place.expr, Sum):
            yield from _gathered(scene, place.expr)


def _gathered(scene: Scene, total: Sum) -> _Made:
    """Brackets around a few terms, opened behind some factors of the first."""
    ranges = [scene.written.enclosed(at) for at in _ranges(scene, total.terms)]
    for i, j in combinations(range(len(ranges)), 2):
        if len(ranges) != len(total.terms):
            return
        first = _unsigned(total.terms[i])
        factors = first.factors if isinstance(first, Product) else ()
        heads = [at[0] for at in _ranges(scene, factors)[1:]]
        for k, start in enumerate(heads):
            around = (Splice(start, start, ("(",)), _behind(ranges[j], ")"))
            yield 1.35 + 0.05 * k, "brackets around the terms", around


def _operators(scene: Scene) -> _Made:
    """A differential or a trace more or less."""
    for place in scene.places:
        match place.expr:
            case Differential(operand=operand):
                inner = scene.written.range_of(operand)
                if inner is not None:
                    at = place.at[0], scene.written.enclosed(inner)[0]
                    yield 1.6, "without the differential", (Splice(*at, ()),)
            case Call(operator="trace", arguments=(argument,)):
                inner = scene.written.range_of(argument)
                if inner is not None:
                    outer = scene.written.enclosed(inner)
                    yield 1.7, "without the trace", (Splice(place.at[0], outer[0], ()),)
            case _:
                pass
    for at in _term_ranges(scene):
        around = (Splice(at[0], at[0], (r"\operatorname{tr}(",)), _behind(at, ")"))
        yield 1.8, "the trace", around


KINDS: Mapping[str, Callable[[Scene], _Made]] = {
    "transpose": _transposed,
    "sign": _signed,
    "factor": _factors,
    "order": _ordered,
    "inverse": _inverted,
    "term": _terms,
    "index": _indexed,
    "bracket": _bracketed,
    "symbol": _renamed,
    "identity": _identified,
    "commuted": _commuted,
    "operator": _operators,
    "missing factor": _missing_factors,
}
"""The kinds of slips, and what makes each of them."""


def _ranges(scene: Scene, parts: tuple[Expr, ...]) -> list[Range]:
    """The tokens of several nodes with their brackets; none if some have none."""
    found = [scene.written.range_of(part) for part in parts]
    known = [scene.written.enclosed(at) for at in found if at is not None]
    return known if len(known) == len(parts) else []


def _term_ranges(scene: Scene) -> list[Range]:
    """Where a factor in front multiplies a whole term, or all of a side."""
    found: list[Range] = []
    for place in scene.places:
        if isinstance(place.expr, Sum | Negative):
            continue
        if isinstance(place.parent, Sum | Negative) or place.parent is None:
            found.append(scene.written.enclosed(place.at))
    return found


def _behind(at: Range, *pieces: Piece) -> Splice:
    return Splice(at[1], at[1], pieces, after=True)


def _bare(scene: Scene) -> str:
    """The letter of the transpose, for the script of an inverse."""
    mark = scene.mark if isinstance(scene.mark, str) else "".join(t.text for t in scene.mark)
    bare = mark.strip("^{} ")
    return bare if bare and bare != "'" else "T"


def _unsigned(expr: Expr) -> Expr:
    return expr.term if isinstance(expr, Negative) else expr


def _is_transpose(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.operator == "transpose"
