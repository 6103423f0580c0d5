"""Axes made equal: a union-find over dimensions that knows what must stay apart."""

from __future__ import annotations

from proofcheck.formula.shape import Axis, Compound, Dimension, Shape

_LETTERS = "mnpqrskl"


class ShapeMismatch(Exception):
    """Two shapes that a formula makes equal can't be; the message is one sentence."""


class Unsolved(Exception):
    """Products or sums of axes are equal in a way that says nothing of their parts."""


class Unifier:
    """Solves equations between axes. A dimension is never 1, and a length never another one."""

    def __init__(self) -> None:
        self.bound: dict[int, Axis] = {}
        self.named: dict[str, Dimension] = {}
        self.labels: dict[int, str] = {}
        self.count = 0
        self.least: dict[Dimension, int] = {}

    def fresh(self) -> Dimension:
        """A dimension that nothing is known of."""
        self.count += 1
        return Dimension(self.count)

    def name(self, name: str) -> Axis:
        """The dimension the author calls `name`, or the length if that is a number."""
        if name.isdigit() and int(name) <= 6:
            return int(name)
        if name not in self.named:
            self.count += 1
            self.named[name] = Dimension(self.count, name)
        return self.named[name]

    def at_least(self, axis: Axis, length: int) -> None:
        """Asks for a dimension to be drawn no shorter than this."""
        if isinstance(axis, Dimension):
            self.least[axis] = max(length, self.least.get(axis, 0))

    def shortest(self, axis: Axis) -> int:
        """The least length to draw for an axis."""
        asked = (n for dimension, n in self.least.items() if self.find(dimension) == axis)
        return max(asked, default=2)

    def find(self, axis: Axis) -> Axis:
        """What is known of an axis; a length where all that it is made of is known."""
        while isinstance(axis, Dimension) and axis.number in self.bound:
            axis = self.bound[axis.number]
        return self._length(axis) if isinstance(axis, Compound) else axis

    def _length(self, axis: Compound) -> Axis:
        parts = [self.find(part) for part in axis.parts]
        lengths = [part for part in parts if isinstance(part, int)]
        known = axis.length(lengths) if len(lengths) == len(parts) else 0
        return known if known > 0 else axis

    def unify(self, left: Axis, right: Axis) -> None:
        """Makes two axes equal or raises `ShapeMismatch`."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return
        if isinstance(a, Dimension) and a.name and isinstance(b, Dimension) and not b.name:
            a, b = b, a
        if isinstance(a, Dimension):
            self._bind(a, b)
        elif isinstance(b, Dimension):
            self._bind(b, a)
        elif isinstance(a, Compound) and isinstance(b, Compound):
            self._unify_parts(a, b)
        elif _is_longer(a, b) or _is_longer(b, a):
            raise ShapeMismatch(f"{self.show(a)} is not {self.show(b)}")
        elif isinstance(a, Compound) or isinstance(b, Compound):
            raise Unsolved(f"it is not clear whether {self.show(a)} is {self.show(b)}")
        else:
            raise ShapeMismatch(f"{self.show(a)} is not {self.show(b)}")

    def _bind(self, variable: Dimension, value: Axis) -> None:
        if value == 1:
            raise ShapeMismatch(f"{self.show(variable)} is not 1")
        if isinstance(value, Dimension) and variable.name and value.name:
            raise ShapeMismatch(f"`{variable.name}` is not `{value.name}`")
        if isinstance(value, Compound) and variable in self._parts(value):
            raise ShapeMismatch(f"{self.show(variable)} is not {self.show(value)}")
        self.bound[variable.number] = value

    def _parts(self, axis: Axis) -> list[Axis]:
        axis = self.find(axis)
        if isinstance(axis, Compound):
            return [found for part in axis.parts for found in self._parts(part)]
        return [axis]

    def _unify_parts(self, left: Compound, right: Compound) -> None:
        mine, theirs = self._parts(left), self._parts(right)
        unclear = f"it is not clear whether {self.show(left)} is {self.show(right)}"
        if left.operator != right.operator or len(mine) != len(theirs):
            raise Unsolved(unclear)
        rest = list(theirs)
        loose: list[Axis] = []
        for part in mine:
            if part in rest:
                rest.remove(part)
            else:
                loose.append(part)
        if len(loose) == 1:  # all other parts cancel: it is clear what has to be equal
            self.unify(loose[0], rest[0])
            return
        try:
            for part, other in zip(loose, rest, strict=True):
                self.unify(part, other)
        except ShapeMismatch:
            raise Unsolved(unclear) from None

    def resolve(self, shape: Shape) -> Shape:
        """The shape with everything known filled in."""
        return tuple(self.find(axis) for axis in shape)

    def show(self, axis: Axis) -> str:
        """An axis in words: its name, its length, or a letter for an unknown one."""
        axis = self.find(axis)
        match axis:
            case int():
                return str(axis)
            case Dimension(number=number, name=name):
                return name or self._label(number)
            case Compound(operator=operator, parts=parts):
                shown = [self.show(part) for part in parts]
                if operator == "triangle":
                    return f"{shown[0]}({shown[0]}+1)/2"
                if operator == "least":
                    return f"min({','.join(shown)})"
                return ("*" if operator == "times" else "+").join(shown).replace("+-", "-")

    def _label(self, number: int) -> str:
        """A letter for a dimension without a name, the same one each time."""
        if number not in self.labels:
            taken = {*self.named, *self.labels.values()}
            free = (letter for letter in _LETTERS if letter not in taken)
            self.labels[number] = next(free, f"n{number}")
        return self.labels[number]

    def save(self) -> dict[int, Axis]:
        """A state to go back to."""
        return dict(self.bound)

    def restore(self, state: dict[int, Axis]) -> None:
        """Goes back to a saved state."""
        self.bound = state


def _is_longer(axis: Axis, length: Axis) -> bool:
    """Whether an axis is made of several others, and so of a greater length than 1."""
    if not isinstance(axis, Compound) or axis.operator != "plus" or length != 1:
        return False
    return len(axis.parts) > 1 and all(isinstance(part, Dimension) for part in axis.parts)
