"""The report as text."""

from __future__ import annotations

from dataclasses import replace

from proofcheck.document.source import Source
from proofcheck.numeric.verdict import Binding, Counterexample, Judgement, Verdict
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers import text
from proofcheck.writers.colour import Palette
from tests.writers.reports import report

EXPECTED = """\
note.md:2:6: error: `A^Tx` does not follow from `Ax` [unequal-step]
     2 | Ax = A^Tx
       |      ^~~~
  where
    A = [1  -2]   x = [1]
        [0 1/3]       [2]
  the sides are
    left = [ -3]   right = [   1]
           [2/3]           [-4/3]
  help: correct the right side, state what it relies on, or comment \
`proofcheck: allow[unequal-step]`

1 step: 0 hold, 1 fail, 0 conditional, 0 not checked (0 definitions)
"""


def test_a_finding_has_its_line_its_values_and_a_way_out() -> None:
    assert text.write(report("$$\nAx = A^Tx\n$$", "Ax", "A^Tx")) == EXPECTED


def test_colours_change_nothing_else() -> None:
    found = report("$$\nAx = A^Tx\n$$", "Ax", "A^Tx")
    coloured = text.write(found, Palette(enabled=True))
    for code in ("0", "1", "2", "1;31"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == EXPECTED


def test_where_only_shapes_differ_the_sides_have_no_values() -> None:
    shapes = Counterexample((Binding("A", (("1",),)),), None, None, "")
    found = report("Ax = A^Tx", "Ax", "A^Tx", Judgement(Verdict.FAILS, counterexample=shapes))
    written = text.write(found)
    assert "    A = 1\n" in written
    assert "the sides are" not in written


def test_a_document_cannot_steer_the_terminal() -> None:
    found = report("a = b\x1b[2J\u202eb\n", "a", "b\x1b[2J\u202eb")
    written = text.write(found)
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert "b<U+001B>[2J<U+202E>b" in written


def test_lines_fit_the_width() -> None:
    long = "x = " + " + ".join(f"a_{{{i}}}" for i in range(200))
    found = report(long, "x", long[4:])
    block = text.write(found, width=60).splitlines()[1:3]
    assert all(len(line) <= 60 for line in block)


def _file(*verdicts: Verdict) -> FileReport:
    parts = [
        report("a = b", "a", "b", Judgement(verdict)).files[0].derivations[0]
        for verdict in verdicts
    ]
    return FileReport("some.md", Source("some.md", "a = b"), tuple(parts), ())


def test_the_closing_line_counts_every_verdict() -> None:
    found = Report((_file(*Verdict, Verdict.HOLDS),))
    counts = "7 steps: 2 hold, 1 fail, 1 conditional, 1 not checked (1 definition, 1 assumed)"
    assert text.closing(found) == counts


def test_the_closing_line_names_a_file_without_derivations() -> None:
    assert text.closing(Report((_file(),))).endswith("; no derivation found in some.md")
    empty = [replace(_file(), path=name) for name in ("a.md", "b.md")]
    both = Report((*empty, _file(Verdict.HOLDS), _file()))
    assert text.closing(both).endswith("; no derivation found in 2 of 3 files")
