"""Whether the certificates of a report are right."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofcheck.verification import matrices, numbers
from proofcheck.verification.evaluation import Scene
from proofcheck.verification.matrices import MOST_ENTRIES, Family, Grid
from proofcheck.verification.numbers import Unsupported
from proofcheck.verification.shapes import fitting_lengths

FORMAT = "proofcheck-certificate/1"
SHAPES = "proofcheck-shapes/1"
LARGEST = 200_000_000
_MOST_NODES, _DEEPEST, _LONGEST = 200_000, 120, 2_000


class InvalidReport(Exception):
    """A file is no report of the program; the message says why."""


class Answer(enum.StrEnum):
    """What an independent computation says of a certificate."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    OPEN = "not recomputed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One certificate of a report: where its step stands, the answer and the cause of it."""

    path: str
    line: int
    column: int
    answer: Answer
    reason: str = ""


def verify(text: str) -> Iterator[Finding]:
    """Every step of a report that fails or is conditional, in its order; raises `InvalidReport`.

    A report is foreign data: its size and its depth are bounded, and nothing in it is executed.
    """
    if len(text) > LARGEST:
        raise InvalidReport(f"the report is longer than {LARGEST:,} characters")
    try:
        report = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidReport(f"the report is no JSON: {error}") from None
    if not isinstance(report, dict) or report.get("schema") != "proofcheck/1":
        raise InvalidReport("the file is no report of the schema `proofcheck/1`")
    try:
        for file in report["files"]:
            for derivation in file["derivations"]:
                for step in derivation["steps"]:
                    if step["verdict"] in ("fails", "conditional"):
                        yield _finding(str(file["path"]), step)
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidReport(f"the report is damaged: {type(error).__name__} {error}") from None


def _finding(path: str, step: dict[str, Any]) -> Finding:
    answer, reason = _answer(step)
    return Finding(path, int(step["line"]), int(step["column"]), answer, reason)


def _answer(step: dict[str, Any]) -> tuple[Answer, str]:
    shown = step["counterexample"]
    if shown is None:
        return Answer.OPEN, "the shapes differ, without values"
    certificate = shown.get("certificate")
    if certificate is None:
        return Answer.OPEN, "the report has no certificate for it"
    try:
        return _recomputed(certificate)
    except Unsupported as error:
        return Answer.OPEN, f"{error} is not computed here"
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError, ArithmeticError) as e:
        return Answer.REFUSED, f"the certificate is damaged: {type(e).__name__} {e}"


def _recomputed(certificate: dict[str, Any]) -> tuple[Answer, str]:
    if certificate["format"] == SHAPES:
        return _without_shapes(certificate)
    if certificate["format"] != FORMAT:
        raise Unsupported(f"the format `{certificate['format']}`")
    _bounded(certificate)
    scene = Scene(
        {key: _value(value) for key, value in certificate["values"].items()},
        certificate["laws"],
        tuple(certificate["moving"]),
        certificate["layout"],
        str(certificate.get("conjugated", "")),
        frozenset(k for k, value in certificate["values"].items() if "imaginary" in value),
        {name: int(value) for name, value in certificate["indices"].items()},
    )
    for one, other in certificate.get("given", ()):
        if _differ(*_alike(scene.value(one), scene.value(other))):
            return Answer.REFUSED, "an equation that is given does not hold at these values"
    left, right = _alike(scene.value(certificate["left"]), scene.value(certificate["right"]))
    relation = certificate["relation"]
    if relation != "=":
        return _out_of_order(relation, left, right)
    if _differ(left, right):
        return Answer.CONFIRMED, ""
    return Answer.REFUSED, "both sides are equal at these values, as far as can be told"


def _alike(left: Grid, right: Grid) -> tuple[Grid, Grid]:
    """Two values of one shape; a zero has that of the other."""
    if (left.rows, left.columns) != (right.rows, right.columns) and not (
        left.is_number or right.is_number
    ):
        raise Unsupported("a comparison of matrices of different sizes")
    if left.is_number != right.is_number and not (_is_zero(left) or _is_zero(right)):
        raise Unsupported("a comparison of a number and a matrix")
    if left.is_number != right.is_number:
        grid, zero = (right, left) if left.is_number else (left, right)
        right, left = Grid(grid.rows, grid.columns, zero.entries * len(grid.entries)), grid
    return left, right


def _differ(left: Grid, right: Grid) -> bool:
    return any(numbers.apart(a, b) for a, b in zip(left.entries, right.entries, strict=True))


def _without_shapes(certificate: dict[str, Any]) -> tuple[Answer, str]:
    """Whether no lengths of the axes give both sides a common shape."""
    _bounded(certificate)
    lengths = fitting_lengths(certificate)
    if lengths is None:
        return Answer.CONFIRMED, ""
    if _runs_along(certificate["left"]) or _runs_along(certificate["right"]):
        raise Unsupported("along which axes the indices run")
    return Answer.REFUSED, "the sides have a common shape"


def _runs_along(tree: object) -> bool:
    """Whether entries stand in an expression, whose indices run along axes."""
    if not isinstance(tree, list):
        return False
    return tree[:1] in (["entry"], ["over"], ["index"]) or any(map(_runs_along, tree))


def _out_of_order(relation: str, left: Grid, right: Grid) -> tuple[Answer, str]:
    """Whether two numbers are in the order that breaks an inequality."""
    lesser, greater = (left, right) if relation in (">", r"\ge") else (right, left)
    if not (left.is_number and right.is_number):
        raise Unsupported("an order of matrices")
    if numbers.below(lesser.entries[0], greater.entries[0]):
        return Answer.CONFIRMED, ""
    return Answer.REFUSED, "the sides are in the order that is claimed, as far as can be told"


def _is_zero(grid: Grid) -> bool:
    return grid.is_number and grid.entries[0] == 0


def _value(value: dict[str, Any]) -> Grid | Family:
    """A value of the certificate: exact rationals as text, and their imaginary parts if any."""
    shape, entries = value["shape"], value["entries"]
    if "imaginary" in value:
        real = _value({"shape": shape, "entries": entries})
        turned = _value({"shape": shape, "entries": value["imaginary"]})
        if isinstance(real, Family) or isinstance(turned, Family):
            raise Unsupported("a family of complex matrices")
        return matrices.pairs(numbers.Complex, real, turned)
    if len(shape) == 3:
        count, size = int(shape[0]), int(shape[1]) * int(shape[2])
        if not 0 < count * size == len(entries) <= MOST_ENTRIES:
            raise ValueError("a family whose shape is not that of its entries")
        parts = [entries[k * size : (k + 1) * size] for k in range(count)]
        return Family(tuple(_grid(shape[1:], part) for part in parts))
    if len(shape) != 2:
        raise Unsupported("a value with more than three axes")
    return _grid(shape, entries)


def _grid(shape: list[Any], entries: list[str]) -> Grid:
    rows, columns = int(shape[0]), int(shape[1])
    if not 0 < rows * columns == len(entries) <= MOST_ENTRIES:
        raise ValueError("a value whose shape is not that of its entries")
    if any(len(entry) > _LONGEST for entry in entries):
        raise Unsupported("a number this long")
    return Grid(rows, columns, tuple(Fraction(entry) for entry in entries))


def _bounded(certificate: object) -> None:
    """Raises `Unsupported` where a certificate is larger or deeper than any that is written."""
    stack, count = [(certificate, 0)], 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > _MOST_NODES or depth > _DEEPEST:
            raise Unsupported("a certificate this large")
        if isinstance(node, dict):
            stack += [(inner, depth + 1) for inner in node.values()]
        elif isinstance(node, list):
            stack += [(inner, depth + 1) for inner in node]
