"""Damaged documents go through the whole program: none makes it fail.

`PROOFCHECK_FUZZ_SECONDS` says how long each reader is tried; a few seconds unless it is set.
"""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from proofcheck import Verdict
from proofcheck.pipeline import check_text
from proofcheck.rules.report import FileReport, Report
from proofcheck.writers import diff, json_report, text

SECONDS = float(os.environ.get("PROOFCHECK_FUZZ_SECONDS", "3"))
BATCH = 10
FIXTURES = sorted((Path(__file__).parent.parent / "fixtures" / "mutated").iterdir())
SOURCES = [path.read_text(encoding="utf-8") for path in FIXTURES]
FORMULAS = [part for source in SOURCES for part in source.split("$$")[1::2] if 10 < len(part) < 200]
PIECES = (
    *("^T", "^{-1}", "'", "_i", "_{ij}", "{", "}", "(", ")", r"\left(", r"\right)", "|", r"\|"),
    *("+", "-", "=", "&=", r"\\", ":", r"\cdot ", r"\otimes ", r"\odot ", "/", ",", r"\ldots "),
    *(r"\frac", r"\sum_{i=1}^n ", r"\partial ", r"\nabla ", "d", r"\operatorname{tr}", r"\det "),
    *(r"\begin{bmatrix}", r"\end{bmatrix}", "&", r"\mathbb E", r"\int ", r"\lim ", r"\text{if}"),
    *(
        "2",
        "n",
        "X",
        "x",
        r"\Sigma ",
        "I",
        "f",
        "0",
        r"\infty ",
        r"\in ",
        r"\newcommand\q{",
        r"\q ",
    ),
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A formula of the fixtures with pieces cut out, doubled, moved and put in."""
    formula = draw(st.sampled_from(FORMULAS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(formula)))
        stop = min(len(formula), start + draw(st.integers(0, 8)))
        other = draw(st.sampled_from(PIECES) | st.just(formula[start:stop] * 2) | st.just(""))
        formula = formula[:start] + other + formula[stop:]
    return formula


documents = st.lists(damaged(), min_size=1, max_size=3)


def _markdown(formulas: list[str]) -> str:
    return "Let $A$ be symmetric.\n\n" + "\n\n".join(f"$${each}$$" for each in formulas)


def _latex(formulas: list[str]) -> str:
    body = "\n".join(f"\\begin{{align}}\n{each}\n\\end{{align}}" for each in formulas)
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _notebook(formulas: list[str]) -> str:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [f"$${each}$$"]} for each in formulas
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


WRITTEN = {"markdown": _markdown, "text": _markdown, "latex": _latex, "notebook": _notebook}


@pytest.mark.parametrize("kind", WRITTEN)
def test_no_damage_makes_the_program_fail(kind: str) -> None:
    end = time.monotonic() + SECONDS
    for number in itertools.count():
        if time.monotonic() > end:
            break
        seed(number)(
            settings(
                deadline=None,
                max_examples=BATCH,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            )(given(documents)(lambda formulas: _sound(WRITTEN[kind](formulas), kind)))
        )()


def _sound(source: str, kind: str) -> None:
    """Checks a text, and what the writers make of it."""
    file = check_text(source, "page", kind)
    report = Report((file,))
    assert sum(report.tally().values()) == len(list(file.steps()))
    json.loads(json_report.write(report))
    assert text.write(report).endswith("\n")
    assert isinstance(diff.write(report), str)
    _fixes_hold(file)


def _fixes_hold(file: FileReport) -> None:
    """Every correction is of a step that fails, and of characters of the file."""
    for checked in file.steps():
        if checked.fix is not None:
            assert checked.judgement.verdict in (Verdict.FAILS, Verdict.CONDITIONAL)
            assert all(0 <= s.start <= s.end <= len(file.source.text) for s, _ in checked.fix.edits)
