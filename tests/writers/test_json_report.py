"""The report as JSON has exactly the keys that scripts depend on."""

from __future__ import annotations

import json
from typing import Any

from proofcheck.numeric.verdict import Judgement, Reason, Verdict
from proofcheck.pipeline import check_text
from proofcheck.rules.report import Report
from proofcheck.writers import json_report
from tests.writers.reports import FAILS, report

TEXT = "$$\n  Ax = A^Tx\n$$"


def _written(judgement: Judgement = FAILS) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(json_report.write(report(TEXT, "Ax", "A^Tx", judgement)))
    return value


def test_the_whole_object() -> None:
    place = {"line": 2, "column": 8, "end_line": 2, "end_column": 12}
    message = "`A^Tx` does not follow from `Ax`"
    written = _written()
    helped = written["files"][0]["diagnostics"][0].pop("help")
    assert "allow[unequal-step]" in helped
    assert written == {
        "schema": "proofcheck/1",
        "files": [
            {
                "path": "note.md",
                "derivations": [
                    {
                        "line": 2,
                        "end_line": 2,
                        "section": None,
                        "environment": "display",
                        "steps": [
                            {
                                **place,
                                "lhs": "Ax",
                                "relation": "=",
                                "rhs": "A^Tx",
                                "verdict": "fails",
                                "evidence": "exact",
                                "tried": None,
                                "rule": "unequal-step",
                                "message": message,
                                "reading": {"A": "matrix(n,n)", "x": "vector(n)"},
                                "notes": [],
                                "reason": None,
                                "counterexample": {
                                    "symbols": {
                                        "A": [["1", "-2"], ["0", "1/3"]],
                                        "x": [["1"], ["2"]],
                                    },
                                    "left": [["-3"], ["2/3"]],
                                    "right": [["1"], ["-4/3"]],
                                    "seed": "0badcafe",
                                    "certificate": None,
                                },
                                "repair": None,
                            }
                        ],
                    }
                ],
                "diagnostics": [
                    {
                        "rule": "unequal-step",
                        **place,
                        "section": None,
                        "severity": "error",
                        "message": message,
                        "notes": [],
                        "fix": None,
                    }
                ],
            }
        ],
        "failures": [],
        "summary": {
            "files": 1,
            "derivations": 1,
            "steps": 1,
            "holds": 0,
            "fails": 1,
            "conditional": 0,
            "definition": 0,
            "assumed": 0,
            "unchecked": 0,
        },
    }


def test_a_step_that_holds_has_no_rule() -> None:
    step = _written(Judgement(Verdict.HOLDS, "proved"))["files"][0]["derivations"][0]["steps"][0]
    assert (step["verdict"], step["evidence"]) == ("holds", "proved")
    assert step["rule"] is step["message"] is step["counterexample"] is None


def test_an_unchecked_step_has_its_reason() -> None:
    judgement = Judgement(Verdict.UNCHECKED, reason=Reason.NO_VALID_SAMPLE, message="`x` is empty")
    step = _written(judgement)["files"][0]["derivations"][0]["steps"][0]
    assert step["reason"] == "no-valid-sample"
    assert "`x` is empty" in step["message"]


def test_an_empty_report_is_an_object_too() -> None:
    written = json.loads(json_report.write(Report(())))
    assert written["files"] == []
    assert set(written["summary"].values()) == {0}


def test_a_correction_has_its_latex_and_the_text_for_each_place() -> None:
    found = check_text("$$(AB)^T = A^TB^T$$", "note.md")
    written = json.loads(json_report.write(Report((found,))))["files"][0]
    step = written["derivations"][0]["steps"][0]
    assert step["repair"] == written["diagnostics"][0]["fix"]
    assert step["repair"] == {
        "latex": "B^TA^T",
        "message": "`B^T` before `A^T`",
        "edits": [
            {"line": 1, "column": 12, "end_line": 1, "end_column": 15, "text": "B^T"},
            {"line": 1, "column": 15, "end_line": 1, "end_column": 18, "text": "A^T"},
        ],
    }
