"""The points and evaluators that the steps of a chain share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from proofcheck.formula.shape import Dimension
from proofcheck.inference.model import Claim, Model
from proofcheck.inference.readings import Reading
from proofcheck.numeric.arithmetic import Field
from proofcheck.numeric.evaluation import Evaluator, differentiates_once
from proofcheck.numeric.sampling import EQUAL, Point


@dataclass(slots=True)
class Bench:
    """Points drawn for one reading and one set of directions, each with its evaluators."""

    model: Model
    reading: Reading
    claim: Claim
    seed: str
    points: dict[tuple[int, bool], Point] = field(default_factory=dict)
    evaluators: dict[tuple[int, bool, Field], Evaluator] = field(default_factory=dict)

    def point(self, attempt: int, positive: bool) -> Point:
        """The draw with a number."""
        key = (attempt, positive)
        if key not in self.points:
            above = self._above() if attempt >= EQUAL else Counter[int]()
            drawn = Point(self.reading, self.seed, attempt, positive=positive, above=above)
            self.points[key] = drawn
        return self.points[key]

    def _above(self) -> Counter[int]:
        """How many dimensions are less than each, where matrices are said to have full rank."""
        unifier, less = self.reading.unifier, set[tuple[int, int]]()
        for key, variable in self.model.variables.items():
            axes = [unifier.find(axis) for axis in self.reading.shapes.get(key, ())]
            match axes:
                case [Dimension(number=rows), Dimension(number=columns)] if rows != columns:
                    if "full column rank" in variable.properties:
                        less.add((columns, rows))
                    elif "full row rank" in variable.properties:
                        less.add((rows, columns))
                case _:
                    pass
        found: Counter[int] = Counter()
        for _ in less:
            for lower, upper in less:
                found[upper] = max(found[upper], min(found[lower] + 1, len(less)))
        return found

    def evaluator(self, point: Point, numbers: Field) -> Evaluator:
        """The evaluator at a point in a field."""
        key = (point.attempt, point.positive, numbers)
        if key not in self.evaluators:
            self.evaluators[key] = Evaluator(self.model, point, numbers, self.claim)
        return self.evaluators[key]


class Benches:
    """The benches of a document, made when they are first needed."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Bench] = {}

    def get(self, model: Model, reading: Reading, claim: Claim, seed: str) -> Bench:
        """The bench that a claim is tried on."""
        unknown = tuple(sorted(claim.unknown.items()))
        once = differentiates_once(claim)
        key = (id(model), id(reading), claim.varying, unknown, once, seed)
        if key not in self._known:
            self._known[key] = Bench(model, reading, claim, seed)
        return self._known[key]
