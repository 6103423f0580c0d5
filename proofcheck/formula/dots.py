"""What dots between two elements stand for, found by laying the elements over each other.

The places where the elements differ must run alike: up by one, or down by one, from what stands in
the first to what stands in the last. Works on tokens, so that it knows nothing of what a formula
means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from proofcheck.document.source import Span
from proofcheck.document.tokens import Token, TokenKind
from proofcheck.formula.cursor import Unreadable

DOTS = frozenset(
    r"\cdots \ldots \dots \dotsc \dotsb \dotsm \dotsi \dotso \hdots … ⋯ \mathellipsis".split()
)
VERTICAL = frozenset((r"\vdots", "⋮"))
DIAGONAL = frozenset((r"\ddots", "⋱"))
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")

Affine = dict[str, int]  # letters with their factors, the constant under the empty name


@dataclass(frozen=True, slots=True)
class Place:
    """A place where two elements differ, with what stands there in each."""

    first: tuple[Token, ...]
    last: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Braces:
    """What stands between braces, or in a script without them; `script` is `_`, `^` or empty."""

    script: str
    items: tuple[Item, ...]


Item = Token | Braces | Place
Items = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Stretching:
    """Elements from `lower` to `upper`; `element` has the index in the places that vary.

    Without an index there is one element. `upper` is empty where all elements are the same, so
    that nothing says how many there are.
    """

    element: tuple[Token, ...]
    index: str = ""
    lower: tuple[Token, ...] = ()
    upper: tuple[Token, ...] = ()
    first: int = 0
    last: int = 0


def is_dots(tokens: Sequence[Token]) -> bool:
    """Whether an element is dots and nothing else."""
    every = DOTS | VERTICAL | DIAGONAL
    if len(tokens) == 3:
        return all(token.text == "." for token in tokens)
    return len(tokens) == 1 and tokens[0].text in every and tokens[0].kind is not TokenKind.TEXT


def stretches(elements: Sequence[Sequence[Token]], index: str) -> list[Stretching]:
    """The elements of a list, those that dots stand for put together.

    Raises `Unreadable`, with the place of the dots, where the elements beside them fix no pattern.
    """
    found: list[Stretching] = []
    at = 0
    while at < len(elements):
        if not is_dots(elements[at]):
            found.append(Stretching(tuple(elements[at]), first=at, last=at))
            at += 1
            continue
        dots = elements[at][0]
        if not found or found[-1].index or at + 1 >= len(elements):
            raise Unreadable(f"the dots `{dots.text}` do not lie between two elements", dots.span)
        if is_dots(elements[at + 1]):
            raise Unreadable(f"the dots `{dots.text}` stand twice", elements[at + 1][0].span)
        found = _stretched(found, tuple(elements[at + 1]), at + 1, index, dots)
        at += 2
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """What the index runs through, and whether each place goes up (1) or down (-1) with it."""

    lower: Affine
    upper: Affine
    turns: list[int]


def _stretched(
    before: list[Stretching], last: tuple[Token, ...], at: int, index: str, dots: Token
) -> list[Stretching]:
    """The list with the elements before the dots that fit replaced by a stretch up to `last`."""
    start = before[-1]
    laid = laid_over(start.element, last)
    if laid is None:
        raise Unreadable(f"it is not clear what the dots `{dots.text}` stand for", dots.span)
    run = _run(laid, dots)
    reach = _absorbed(before, run.turns, dots)
    absorbed = len(before) - 1 - reach
    if not absorbed and _factor(run.upper) > 1:
        raise Unreadable(f"it is not clear in which steps `{dots.text}` goes", dots.span)
    element = tuple(_flat(_indexed(laid, run, index), dots.span))
    lower = affine_tokens(plus(run.lower, {"": -absorbed if run.turns else 0}), dots.span)
    upper = affine_tokens(run.upper, dots.span) if run.turns else ()
    return [*before[:reach], Stretching(element, index, lower, upper, before[reach].first, at)]


def _factor(form: Affine) -> int:
    """The largest factor of a letter."""
    return max((abs(value) for name, value in form.items() if name), default=0)


def _run(laid: Items, dots: Token) -> Run:
    found = [(affine(place.first), affine(place.last)) for place in places(laid)]
    forms = [(a, b) for a, b in found if a is not None and b is not None]
    if len(forms) < len(found):
        raise Unreadable(f"it is not clear how `{dots.text}` counts", dots.span)
    if not forms:
        return Run({"": 1}, {"": 1}, [])
    lower, upper = min(forms, key=lambda form: -_direction(*form))
    if _direction(lower, upper) < 0:
        lower, upper = {"": 1}, plus(minus(lower, upper), {"": 1})
    turns = [_turn(a, b, minus(upper, lower)) for a, b in forms]
    if not all(turns):
        raise Unreadable(f"the places beside `{dots.text}` do not run alike", dots.span)
    return Run(lower, upper, turns)


def _direction(first: Affine, last: Affine) -> int:
    """Whether a place goes up (1), down (-1), or either, from what stands there."""
    difference = _constant(minus(last, first))
    if difference is not None:
        return 1 if difference > 0 else -1
    return _named(last) - _named(first)


def _turn(first: Affine, last: Affine, length: Affine) -> int:
    if minus(last, first) == length:
        return 1
    return -1 if minus(first, last) == length else 0


def _absorbed(before: list[Stretching], turns: list[int], dots: Token) -> int:
    """From which element on the elements before the dots belong to the pattern."""
    at = len(before) - 1
    while at > 0 and not before[at - 1].index:
        laid = laid_over(before[at - 1].element, before[at].element)
        steps = None if laid is None else _steps(laid)
        if steps is None:
            break
        if steps != turns:
            message = f"the elements before `{dots.text}` do not follow its pattern"
            raise Unreadable(message, dots.span)
        at -= 1
    return at


def _steps(laid: Items) -> list[int] | None:
    found = []
    for place in places(laid):
        a, b = affine(place.first), affine(place.last)
        step = None if a is None or b is None else _constant(minus(b, a))
        if step is None:
            return None
        found.append(step)
    return found


def laid_over(first: Sequence[Token], last: Sequence[Token]) -> Items | None:
    """Two elements as one with places where they differ, or None if they are built differently."""
    return _whole(tuple(_items(list(first))), tuple(_items(list(last))))


def places(items: Items) -> Iterator[Place]:
    """The places in the order of the text."""
    for item in items:
        if isinstance(item, Place):
            yield item
        elif isinstance(item, Braces):
            yield from places(item.items)


def _items(tokens: list[Token]) -> Iterator[Item]:
    at = 0
    script = ""
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind is TokenKind.OPEN:
            end = _closing(tokens, at)
            yield Braces(script, tuple(_items(tokens[at:end])))
            at = end + 1
        elif script and token.text != "'":
            yield Braces(script, (token,))
        else:
            yield token
        script = token.text if token.text in ("_", "^") else ""


def _closing(tokens: list[Token], at: int) -> int:
    depth = 1
    for index in range(at, len(tokens)):
        kind = tokens[index].kind
        depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
        if depth == 0:
            return index
    return len(tokens)


def _whole(first: Items, last: Items) -> Items | None:
    """Elements that are whole numbers or sizes by themselves, or else item by item."""
    laid = _row(first, last)
    if laid is None and _counts(first) and _counts(last):
        return (Place(_tokens(first), _tokens(last)),)
    return laid


def _row(first: Items, last: Items) -> Items | None:
    mine, theirs = _with_powers(_numbers(first), _numbers(last))
    if len(mine) != len(theirs):
        return None
    found: list[Item] = []
    for a, b in zip(mine, theirs, strict=True):
        item = _one(a, b)
        if item is None:
            return None
        found += item
    return tuple(found)


def _numbers(items: Items) -> list[Items]:
    """The items, digits side by side put together."""
    found: list[Items] = []
    for item in items:
        digit = isinstance(item, Token) and item.kind is TokenKind.DIGIT
        if digit and found and all(_is_digit(i) for i in found[-1]):
            found[-1] = (*found[-1], item)
        else:
            found.append((item,))
    return found


def _with_powers(first: list[Items], last: list[Items]) -> tuple[list[Items], list[Items]]:
    """The items with the power 1 where only the other element has one: `a_1x` and `a_nx^n`."""
    powers = [at for at, item in enumerate(last) if _is_power(item)]
    if len(last) - len(first) != 2 or len(powers) != 1 or any(map(_is_power, first)):
        return first, last
    sign = last[powers[0]][0]
    assert isinstance(sign, Token)
    one = Braces("^", (Token(TokenKind.DIGIT, "1", sign.span),))
    return [*first[: powers[0]], (sign,), (one,), *first[powers[0] :]], last


def _is_power(items: Items) -> bool:
    return isinstance(items[0], Token) and items[0].text == "^"


def _is_digit(item: Item) -> bool:
    return isinstance(item, Token) and item.kind is TokenKind.DIGIT


def _one(first: Items, last: Items) -> Items | None:
    if first == last:
        return first
    if isinstance(first[0], Braces) and isinstance(last[0], Braces):
        if first[0].script != last[0].script:
            return None
        inner = _braced(first[0], last[0])
        return None if inner is None else (replace(first[0], items=inner),)
    mine, theirs = _tokens(first), _tokens(last)
    if all(t.kind is TokenKind.LETTER for t in mine + theirs):
        return None
    return (Place(mine, theirs),) if _counts(first) and _counts(last) else None


def _braced(first: Braces, last: Braces) -> Items | None:
    """What stands in braces: the indices of a subscript one by one, an exponent as a whole."""
    if not first.script:
        return _row(first.items, last.items)
    if first.script == "_":
        mine, theirs = _parts(first.items), _parts(last.items)
        if len(mine) == len(theirs) > 1 and all(map(_counts, [*mine, *theirs])):
            return _listed(mine, theirs)
    if _counts(first.items) and _counts(last.items):
        digits = all(map(_is_digit, first.items + last.items))
        if digits and len(first.items) > 1 and first.script == "_":
            return None
        return (Place(_tokens(first.items), _tokens(last.items)),)
    return _row(first.items, last.items)


def _parts(items: Items) -> list[Items]:
    """The indices of a subscript: between commas, or each letter and digit by itself."""
    texts = [item.text if isinstance(item, Token) else "" for item in items]
    if "," not in texts:
        return [items] if {"+", "-"} & set(texts) else [(item,) for item in items]
    parts: list[list[Item]] = [[]]
    for item, text in zip(items, texts, strict=True):
        if text == ",":
            parts.append([])
        else:
            parts[-1].append(item)
    return [tuple(part) for part in parts]


def _listed(first: list[Items], last: list[Items]) -> Items:
    comma = Token(TokenKind.SYMBOL, ",", Span(0, 0))
    found: list[Item] = []
    for a, b in zip(first, last, strict=True):
        found += [comma] if found else []
        found += a if a == b else (Place(_tokens(a), _tokens(b)),)
    return tuple(found)


def _counts(items: Items) -> bool:
    """Whether items are a whole number, a letter, or a sum of such."""
    return all(isinstance(item, Token) for item in items) and affine(_tokens(items)) is not None


def _tokens(items: Items) -> tuple[Token, ...]:
    return tuple(item for item in items if isinstance(item, Token))


def _indexed(laid: Items, run: Run, index: str) -> Items:
    """The element with the index, shifted as the place needs it, in every place that varies."""
    turn = iter(run.turns)

    def filled(items: Items) -> Items:
        found: list[Item] = []
        for item in items:
            if isinstance(item, Braces):
                found.append(replace(item, items=filled(item.items)))
            elif isinstance(item, Place):
                found += _at_index(item, next(turn), run.lower, index, alone=len(items) == 1)
            else:
                found.append(item)
        return tuple(found)

    return filled(laid)


def _at_index(place: Place, turn: int, lower: Affine, index: str, alone: bool) -> list[Item]:
    span = place.first[0].span
    begin = affine(place.first) or {}
    form = plus({index: turn}, minus(begin, lower) if turn > 0 else plus(begin, lower))
    tokens: list[Item] = list(affine_tokens(form, span))
    if len(tokens) == 1 or alone:
        return tokens
    opening, closing = (Token(TokenKind.SYMBOL, text, span) for text in "()")
    return [opening, *tokens, closing]


def _flat(items: Items, span: Span) -> Iterator[Token]:
    for item in items:
        if isinstance(item, Token):
            yield item
        elif isinstance(item, Braces):
            yield Token(TokenKind.OPEN, "{", span)
            yield from _flat(item.items, span)
            yield Token(TokenKind.CLOSE, "}", span)


def affine(tokens: Sequence[Token]) -> Affine | None:
    """`n-1`, `2n`, `k+3` as factors of letters and a constant, or None."""
    words = [t for t in tokens if t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    if len(words) > 2 and words[0].text in _OPENING and words[-1].text in _CLOSING:
        words = words[1:-1]
    found: Affine = {}
    at = 0
    while at < len(words):
        sign = {"+": 1, "-": -1}.get(words[at].text, 0)
        if not sign and at:
            return None
        at += bool(sign)
        digits, letter = "", ""
        while at < len(words) and words[at].kind is TokenKind.DIGIT:
            digits += words[at].text
            at += 1
        if at < len(words) and words[at].kind is TokenKind.LETTER:
            letter = words[at].text
            at += 1
        if not digits and not letter:
            return None
        found[letter] = found.get(letter, 0) + (sign or 1) * int(digits or "1")
    return {name: value for name, value in found.items() if value} if words else None


def plus(left: Affine, right: Affine) -> Affine:
    """The sum of two forms."""
    total = {name: left.get(name, 0) + right.get(name, 0) for name in {**left, **right}}
    return {name: value for name, value in total.items() if value}


def minus(left: Affine, right: Affine) -> Affine:
    """The difference of two forms."""
    return plus(left, {name: -value for name, value in right.items()})


def _constant(form: Affine) -> int | None:
    return form.get("", 0) if set(form) <= {""} else None


def _named(form: Affine) -> bool:
    return any(form)


def affine_tokens(form: Affine, span: Span) -> tuple[Token, ...]:
    """The tokens that write a form."""
    found: list[Token] = []
    for name, value in sorted(form.items(), key=lambda pair: (not pair[0], pair[1] < 0, pair[0])):
        if value < 0 or found:
            found.append(Token(TokenKind.SYMBOL, "-" if value < 0 else "+", span))
        if abs(value) != 1 or not name:
            found += [Token(TokenKind.DIGIT, digit, span) for digit in str(abs(value))]
        if name:
            found.append(Token(TokenKind.LETTER, name, span))
    return tuple(found) or (Token(TokenKind.DIGIT, "0", span),)
