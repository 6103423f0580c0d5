"""The identities of the Matrix Cookbook in `fixtures/`, and what their lines say of them.

A display `$$…$$` of `fixtures/correct/cookbook-*.md` is one identity; its twin in
`fixtures/mutated` has one slip planted in it, and says with `<!-- error: [rule] -->` what reports
it. What is not decided says so where it stands: `<!-- unchecked: [reason] -->`, or
`<!-- assumed -->` where it is taken for an equation that the text poses. A slip that is not
reported although the identity is decided says `<!-- missed -->`.

`python tests/cookbook.py --write` makes the lines say what the program says now; look at what it
changes before you keep it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proofcheck import Verdict
from proofcheck.pipeline import check_path
from proofcheck.rules.report import CheckedStep

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.name for path in (FIXTURES / "correct").glob("cookbook-*.md"))
REPORTED = frozenset((Verdict.FAILS, Verdict.CONDITIONAL))


@dataclass(frozen=True, slots=True)
class Display:
    """An identity: its formula, the mark behind it, and its steps."""

    formula: str
    mark: str
    steps: tuple[CheckedStep, ...]

    @property
    def verdicts(self) -> frozenset[Verdict]:
        """What became of its steps."""
        return frozenset(checked.judgement.verdict for checked in self.steps)

    @property
    def reported(self) -> bool:
        """Whether a step is found fault with."""
        return bool(self.verdicts & REPORTED)

    @property
    def open(self) -> str:
        """The mark of an identity that is not decided, or the empty string."""
        reasons = [c.judgement.reason.value for c in self.steps if c.judgement.reason]
        if reasons:
            return f"<!-- unchecked: {_listed(reasons)} -->"
        return "<!-- assumed -->" if Verdict.ASSUMED in self.verdicts else ""


def displays(kind: str, name: str) -> Iterator[Display]:
    """The identities of a document in `fixtures/correct` or `fixtures/mutated`, in its order."""
    path = FIXTURES / kind / name
    report = check_path(path)
    steps: dict[int, list[CheckedStep]] = {}
    for checked in report.steps():
        place = report.source.position(checked.step.right.span.start)
        steps.setdefault(place.line, []).append(checked)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("$$"):
            formula, _, mark = line.partition(" <!--")
            yield Display(formula, "<!--" + mark if mark else "", tuple(steps.get(number, ())))


def slip_mark(identity: Display, slip: Display) -> str:
    """What the line of a slip says: what reports it, or why nothing does."""
    rules = [c.finding.rule for c in slip.steps if c.finding and c.judgement.verdict in REPORTED]
    if rules:
        return f"<!-- error: {_listed(rules)} -->"
    return identity.open or "<!-- missed -->"


def _listed(names: list[str]) -> str:
    return " ".join(f"[{name}]" for name in names)


def _write(name: str) -> None:
    identities = list(displays("correct", name))
    pairs = zip(identities, displays("mutated", name), strict=True)
    marks = {
        "correct": [identity.open for identity in identities],
        "mutated": [slip_mark(identity, slip) for identity, slip in pairs],
    }
    for kind, told in marks.items():
        path, left = FIXTURES / kind / name, iter(told)
        lines = path.read_text(encoding="utf-8").splitlines()
        new = [
            f"{line.partition(' <!--')[0]} {next(left)}".rstrip() if line.startswith("$$") else line
            for line in lines
        ]
        path.write_text("\n".join(new) + "\n", encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    for each in NAMES:
        _write(each)
