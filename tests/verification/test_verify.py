"""Certificates computed anew, and what becomes of those that are wrong or hostile."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from proofcheck.cli import main
from proofcheck.pipeline import check_paths
from proofcheck.verification import matrices, numbers
from proofcheck.verification.evaluation import Scene
from proofcheck.verification.matrices import Grid
from proofcheck.verification.verify import Answer, InvalidReport, verify
from proofcheck.writers import json_report

MUTATED = Path(__file__).parents[2] / "fixtures" / "mutated"
NAMES = (
    "frobenius_chain.md", "groups.md", "regression.md", "unit_vector.md", "trace_identities.md",
    "least_squares_gradient.md", "log_determinant.tex", )  # fmt: skip


@pytest.fixture(scope="module")
def report() -> str:
    return json_report.write(check_paths([MUTATED / name for name in NAMES]))


def _certified(report: str) -> dict[str, Any]:
    """A report with one step alone, whose certificate is confirmed."""
    whole: dict[str, Any] = json.loads(report)
    for file in whole["files"]:
        for derivation in file["derivations"]:
            for step in derivation["steps"]:
                shown = step["counterexample"]
                if step["verdict"] == "fails" and shown and shown["certificate"]:
                    found = {"path": "a.md", "derivations": [{"steps": [step]}]}
                    return {"schema": "proofcheck/1", "files": [found]}
    raise AssertionError("no step has a certificate")


def _step(report: dict[str, Any]) -> dict[str, Any]:
    step: dict[str, Any] = report["files"][0]["derivations"][0]["steps"][0]
    return step


def test_the_certificates_of_the_fixtures_are_confirmed(report: str) -> None:
    answers = Counter(found.answer for found in verify(report))
    assert answers[Answer.REFUSED] == 0
    assert answers[Answer.CONFIRMED] >= 10
    assert answers[Answer.CONFIRMED] > 2 * answers[Answer.OPEN]


def test_sides_that_are_equal_are_refused(report: str) -> None:
    changed = _certified(report)
    certificate = _step(changed)["counterexample"]["certificate"]
    certificate["right"] = certificate["left"]
    assert [found.answer for found in verify(json.dumps(changed))] == [Answer.REFUSED]


def test_values_that_are_changed_are_refused(report: str) -> None:
    changed = _certified(report)
    for value in _step(changed)["counterexample"]["certificate"]["values"].values():
        value["entries"] = ["0"] * len(value["entries"])
    assert Answer.CONFIRMED not in [found.answer for found in verify(json.dumps(changed))]


@pytest.mark.parametrize("key", ["left", "values", "layout", "laws"])
def test_a_damaged_certificate_is_refused(report: str, key: str) -> None:
    changed = _certified(report)
    del _step(changed)["counterexample"]["certificate"][key]
    assert [found.answer for found in verify(json.dumps(changed))] == [Answer.REFUSED]


@pytest.mark.parametrize("tree", [["__import__", "os"], ["call", "system", ["number", "1"]]])
def test_what_is_not_known_is_not_computed(report: str, tree: list[Any]) -> None:
    changed = _certified(report)
    _step(changed)["counterexample"]["certificate"]["left"] = tree
    assert [found.answer for found in verify(json.dumps(changed))] == [Answer.OPEN]


def test_what_is_too_large_is_not_computed(report: str) -> None:
    one: list[Any] = ["number", "1"]
    deep = one
    for _ in range(200):
        deep = ["negative", deep]
    loop = [
        "over",
        "sum",
        [["i", one, ["number", "9999"]], ["j", one, ["number", "9999"]]],
        [],
        one,
    ]
    power = ["power", ["number", "9" * 3000], ["number", "2"]]
    for tree in (deep, loop, ["identity", 100_000], power):
        changed = _certified(report)
        _step(changed)["counterexample"]["certificate"]["left"] = tree
        (found,) = verify(json.dumps(changed))
        assert found.answer is not Answer.CONFIRMED or tree is power


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": "proofcheck/1"}', "[" * 100_000])
def test_what_is_no_report_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidReport):
        list(verify(text))
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    assert main(["verify", str(path)]) == 2


def test_the_command(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(_certified(report)), encoding="utf-8")
    assert main(["verify", str(path)]) == 0
    assert "1 confirmed, 0 refused" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "none.json")]) == 2


def _grid(array: Any) -> Grid:  # noqa: ANN401
    rows, columns = array.shape
    return Grid(rows, columns, tuple(Fraction(int(entry)) for entry in array.reshape(-1)))


A = np.array([[2, 1, 0], [1, 3, 1], [0, 1, 5]])
B = np.array([[1, 2, 3], [0, 1, 4], [5, 6, 1]])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (matrices.product(_grid(A), _grid(B)), A @ B),
        (matrices.inverse(_grid(A)), np.linalg.inv(A)),
        (matrices.number(matrices.determinant(_grid(B))), [[np.linalg.det(B)]]),
        (matrices.kronecker(_grid(A), _grid(B)), np.kron(A, B)),
        (matrices.vec(_grid(B)), B.T.reshape(-1, 1)),
        (matrices.transpose(_grid(B)), B.T),
        (matrices.number(matrices.inner(_grid(A), _grid(B))), [[(A * B).sum()]]),
    ],
)
def test_matrices_against_numpy(found: Grid, expected: Any) -> None:  # noqa: ANN401
    values = np.array([float(entry) for entry in found.entries]).reshape(found.rows, found.columns)
    np.testing.assert_allclose(values, expected, rtol=1e-12)


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "sin", "cos", "tanh", "logistic"])
def test_functions_and_their_slopes_against_difference_quotients(name: str) -> None:
    function = getattr(numbers, name)
    step = Fraction(1, 10**9)
    at = Fraction(7, 10)
    slope = function(numbers.Dual(0, at, Fraction(1))).slope
    quotient = (function(at + step) - function(at - step)) / (2 * step)
    assert abs(float((slope - quotient).ends.mid)) < 1e-9
    reference = {"logistic": lambda x: 1 / (1 + np.exp(-x))}.get(name) or getattr(np, name)
    assert abs(float(function(at).ends.mid) - reference(0.7)) < 1e-12


def test_a_hessian_keeps_its_levels_apart() -> None:
    x = ["symbol", "x"]
    cube = ["product", x, x, x]
    scene = Scene({"x": matrices.number(Fraction(2))}, {}, (), "mixed")
    assert scene.value(["derivative", cube, x, x]).entries == (Fraction(12),)
    inner = ["derivative", ["product", x, ["derivative", cube, x]], x]
    assert scene.value(inner).entries == (Fraction(36),)


def _shapes(left: list[Any], right: list[Any], **shapes: list[Any]) -> str:
    """A report of one step with a certificate of shapes."""
    certificate = {
        "format": "proofcheck-shapes/1",
        "layout": "mixed",
        "left": left,
        "right": right,
        "shapes": shapes,
        "functions": {},
    }
    shown = {"symbols": {}, "left": None, "right": None, "seed": "", "certificate": certificate}
    step = {"line": 1, "column": 1, "verdict": "fails", "counterexample": shown}
    return json.dumps(
        {"schema": "proofcheck/1", "files": [{"path": "a.md", "derivations": [{"steps": [step]}]}]}
    )


ONE, OTHER, X = ["symbol", "A"], ["symbol", "B"], ["symbol", "x"]


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        (["product", ONE, OTHER], ["product", OTHER, ONE], Answer.CONFIRMED),
        (["product", ONE, OTHER], ["product", ONE, OTHER], Answer.REFUSED),
        (["product", ONE, ["call", "transpose", ONE]], ["identity", "?9", "?9"], Answer.REFUSED),
        (["product", ONE, ["call", "transpose", ONE]], ["identity", "k", "k"], Answer.CONFIRMED),
        (["product", ["call", "transpose", X], X], X, Answer.CONFIRMED),
        (["product", X, ["call", "transpose", X]], ["call", "trace", ONE], Answer.CONFIRMED),
        (["product", X, ["call", "transpose", X], X], X, Answer.REFUSED),
        (["call", "kronecker", ONE, OTHER], ["call", "kronecker", OTHER, ONE], Answer.REFUSED),
        (["sum", ["call", "vec", ONE], ["number", "0"]], ["call", "vec", OTHER], Answer.CONFIRMED),
        (["call", "frobenius", ONE, ONE], ["call", "frobenius", ONE, OTHER], Answer.CONFIRMED),
        (["derivative", ["call", "norm", X], X], ["call", "transpose", X], Answer.CONFIRMED),
        (["derivative", ["call", "norm", X], X], X, Answer.REFUSED),
        (["power", ONE, ["number", "2"]], ["number", "0"], Answer.REFUSED),
        (["entry", X, ["index", "i"]], ["number", "1"], Answer.OPEN),
        (["call", "dance", ONE], ONE, Answer.OPEN),
        (["matrix", [ONE, ["identity", "m", "m"]]], ["matrix", [ONE]], Answer.CONFIRMED),
    ],
)
def test_shapes_are_enumerated(left: list[Any], right: list[Any], answer: Answer) -> None:
    report = _shapes(left, right, A=["m", "?1"], B=["?1", "k"], x=["n", 1])
    assert [found.answer for found in verify(report)] == [answer]


def test_axes_without_bound_are_not_computed() -> None:
    many = {f"v{number}": [f"?{number}", 1] for number in range(30)}
    tree: list[Any] = ["sum", *(["symbol", key] for key in many)]
    assert [found.answer for found in verify(_shapes(tree, ONE, A=["m", "m"], **many))] == [
        Answer.OPEN
    ]


def test_every_mismatch_of_a_fixture_is_confirmed(report: str) -> None:
    shown = [
        step
        for file in json.loads(report)["files"]
        for derivation in file["derivations"]
        for step in derivation["steps"]
        if step["counterexample"] and not step["counterexample"]["left"]
    ]
    certified = {"derivations": [{"steps": shown}], "path": "a.md"}
    answers = [
        f.answer for f in verify(json.dumps({"schema": "proofcheck/1", "files": [certified]}))
    ]
    assert answers
    assert set(answers) == {Answer.CONFIRMED}


def _implied(right: str) -> str:
    """A report of a step that does not follow from `2x = 6`, at `x = 3`."""
    value = {"shape": [1, 1], "entries": ["3"]}
    certificate = {
        "format": "proofcheck-certificate/1",
        "layout": "mixed",
        "relation": "=",
        "left": X,
        "right": ["number", "4"],
        "given": [[["product", ["number", "2"], X], ["number", right]]],
        "laws": {},
        "values": {"x": value},
        "moving": [],
        "indices": {},
    }
    shown = {"symbols": {}, "left": None, "right": None, "seed": "", "certificate": certificate}
    step = {"line": 1, "column": 1, "verdict": "fails", "counterexample": shown}
    return json.dumps(
        {"schema": "proofcheck/1", "files": [{"path": "a.md", "derivations": [{"steps": [step]}]}]}
    )


@pytest.mark.parametrize(("right", "answer"), [("6", Answer.CONFIRMED), ("8", Answer.REFUSED)])
def test_what_is_given_has_to_hold(right: str, answer: Answer) -> None:
    assert [found.answer for found in verify(_implied(right))] == [answer]
