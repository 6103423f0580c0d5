"""Shape rules written as signatures: `(m,n),(p,q)->(mp,nq)`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from proofcheck.formula.shape import Axis, Compound, Shape
from proofcheck.inference.unification import ShapeMismatch, Unifier


@dataclass(frozen=True, slots=True)
class Signature:
    """The axes of each argument and of the value, each a string of letters."""

    arguments: tuple[tuple[str, str], ...]
    value: tuple[str, str]


@cache
def read_signature(text: str) -> Signature:
    """The signature that a row of the vocabulary spells."""
    left, right = text.split("->")
    shapes = [_axes(part) for part in left[1:-1].split("),(")]
    return Signature(tuple(shapes), _axes(right[1:-1]))


def _axes(text: str) -> tuple[str, str]:
    if not text:
        return "1", "1"
    rows, columns = text.split(",")
    return rows, columns


def apply_signature(signature: Signature, shapes: list[Shape | None], unifier: Unifier) -> Shape:
    """The shape of the value; raises `ShapeMismatch` if the arguments don't fit."""
    if len(shapes) != len(signature.arguments):
        raise ShapeMismatch("the number of arguments is not the operator's")
    letters: dict[str, Axis] = {}
    for shape, axes in zip(shapes, signature.arguments, strict=True):
        if shape is not None:
            _match(shape, axes, letters, unifier)
    rows, columns = (_value(axis, letters, unifier) for axis in signature.value)
    return (rows, columns)


def _match(shape: Shape, axes: tuple[str, str], letters: dict[str, Axis], unifier: Unifier) -> None:
    if len(shape) != 2:
        raise ShapeMismatch("a tensor stands where a matrix should")
    for axis, letter in zip(shape, axes, strict=True):
        if letter.isdigit():
            unifier.unify(axis, int(letter))
        elif letter in letters:
            unifier.unify(axis, letters[letter])
        elif len(letter) > 1:
            unifier.unify(axis, _value(letter, letters, unifier))
        else:
            if letter.isupper() and unifier.find(axis) == 1:
                raise ShapeMismatch("an axis has length 1")
            letters[letter] = axis


def _value(axis: str, letters: dict[str, Axis], unifier: Unifier) -> Axis:
    if axis.isdigit():
        return int(axis)
    found = [
        letters[letter] if letter in letters else unifier.fresh()
        for letter in axis
        if letter.isalpha()
    ]
    if axis.endswith("^"):
        return 1 if unifier.find(found[0]) == 1 else Compound("triangle", tuple(found))
    if "&" in axis:
        same = unifier.find(found[0]) == unifier.find(found[1])
        return found[0] if same else Compound("least", tuple(found))
    if "+" in axis:
        return Compound("plus", tuple(found))
    if len(found) == 1:
        return found[0]
    parts = tuple(part for part in found if unifier.find(part) != 1)
    if len(parts) < 2:
        return parts[0] if parts else 1
    return Compound("times", parts)
