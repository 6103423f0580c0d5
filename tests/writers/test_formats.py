"""The forms that other tools read: each is valid, and escapes what it quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

import proofcheck
from proofcheck import pipeline
from proofcheck.cli.arguments import FORMATS
from proofcheck.cli.checking import WRITERS
from proofcheck.config import Settings
from proofcheck.rules.report import Failure, Report
from proofcheck.writers import github, gitlab, json_report, junit, rdjson, sarif
from tests.judging import FAILS, prescribe
from tests.writers.reports import report

SCHEMAS = Path(__file__).parent / "schemas"
OURS = Path(proofcheck.__file__).parent / "writers" / "report.schema.json"
FIXTURES = Path(__file__).parents[2] / "fixtures"

HOSTILE = "Ax<b>&\"'{0}[a](b)%0A\x1b[31m\u202e ]]>,::x"
TEXT = f"α $$Ax = {HOSTILE}$$"
NAME = "a:b,c%0A<&>\x1b\n::error::é \udcff.md"


@pytest.fixture(params=["plain", "hostile", "real", "unread"])
def any_report(request: pytest.FixtureRequest) -> Report:
    """Reports of several kinds."""
    match request.param:
        case "plain":
            return report("$$Ax = A^Tx$$", "Ax", "A^Tx")
        case "hostile":
            return _hostile()
        case "real":
            names = ("mutated/least_squares_gradient.md", "correct/least_squares_gradient.md")
            settings = Settings(enabled=frozenset(("unchecked-step",)))
            return pipeline.check_paths([FIXTURES / name for name in names], settings)
        case _:
            return Report((), (Failure(NAME, f"`{NAME}` does not exist"),))


def _hostile() -> Report:
    """What a document and the name of a file may hold to break out of a report."""
    made = report(TEXT, "Ax", HOSTILE)
    (file,) = made.files
    object.__setattr__(file, "path", NAME)
    return Report(made.files, (Failure(NAME, f"`{NAME}` does not exist"),))


def _many(count: int, monkeypatch: pytest.MonkeyPatch) -> Report:
    prescribe(monkeypatch, FAILS)
    return Report((pipeline.check_text("$$AB = BA$$\n\n" * count),))


def test_every_form_has_its_writer() -> None:
    assert ("text", *WRITERS) == FORMATS


def test_json(any_report: Report) -> None:
    schema = json.loads(OURS.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json_report.write(any_report)))


def test_json_with_a_key_too_many_is_refused() -> None:
    value = json.loads(json_report.write(report("$$Ax = A^Tx$$", "Ax", "A^Tx")))
    value["files"][0]["derivations"][0]["steps"][0]["colour"] = "red"
    schema = json.loads(OURS.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError, match="colour"):
        jsonschema.Draft202012Validator(schema).validate(value)


def test_sarif(any_report: Report) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    written = json.loads(WRITERS["sarif"](any_report))
    jsonschema.Draft4Validator(schema).validate(written)
    (run,) = written["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == sum(len(file.diagnostics) for file in any_report.files)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert run["invocations"][0]["executionSuccessful"] == (not any_report.failures)
    assert all(rule["help"]["markdown"] for rule in rules)


def test_sarif_has_corrections_and_regions() -> None:
    made = pipeline.check_paths([FIXTURES / "mutated" / "least_squares_gradient.md"])
    (run,) = json.loads(WRITERS["sarif"](made))["runs"]
    (change,) = run["results"][-1]["fixes"][0]["artifactChanges"]
    assert change["replacements"]
    (place,) = run["results"][-1]["locations"]
    region = place["physicalLocation"]["region"]
    assert region == {"startLine": 19, "startColumn": 7, "endLine": 19, "endColumn": 20}


def test_sarif_escapes_names_of_files_and_links() -> None:
    (run,) = json.loads(WRITERS["sarif"](_hostile()))["runs"]
    (result,) = run["results"]
    address = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9%._~/-]+", address)
    assert r"\[a](b)" in result["message"]["text"]


def test_sarif_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    (run,) = json.loads(WRITERS["sarif"](_many(5, monkeypatch)))["runs"]
    assert len(run["results"]) == 2
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "3 findings after 2 are left out"


def test_the_cell_of_a_notebook_is_named() -> None:
    text = '{"cells": [{"cell_type": "markdown", "source": "x\\n\\n$$(AB)^T = A^TB^T$$"}]}'
    made = Report((pipeline.check_text(text, "a.ipynb", "notebook"),))
    written = json.loads(json_report.write(made))
    jsonschema.Draft202012Validator(json.loads(OURS.read_text("utf-8"))).validate(written)
    (file,) = written["files"]
    assert file["diagnostics"][0]["section"] == {"name": "cell 1", "line": 3}
    assert file["derivations"][0]["section"] == {"name": "cell 1", "line": 3}
    (run,) = json.loads(WRITERS["sarif"](made))["runs"]
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads(WRITERS["sarif"](made)))
    (place,) = run["results"][0]["locations"]
    assert place["logicalLocations"] == [{"fullyQualifiedName": "cell 1, line 3"}]


def _live(text: str) -> Iterator[str]:
    """The lines that GitHub takes for commands."""
    token = None
    for line in text.splitlines():
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::") or "##[" in line:
            yield line
    assert token is None


def test_github_has_no_commands_but_its_own() -> None:
    trouble, command = _live(github.write(_hostile()))
    assert trouble.startswith("::error title=proofcheck::`a:b,c%250A")
    properties, message = command.removeprefix("::error ").split("::", 1)
    names = [said.split("=", 1)[0] for said in properties.split(",")]
    assert names == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert "%250A" in properties
    assert "\x1b" not in command
    assert "<U+202E>" in message


def test_github_shows_ten_of_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    text = github.write(_many(13, monkeypatch))
    *commands, notice = _live(text)
    assert len(commands) == 10
    assert all(command.startswith("::error file=") for command in commands)
    assert notice.startswith("::notice title=proofcheck::3 more findings are in the log")
    assert text.count("[unequal-step]") == 3 + text.count("allow[unequal-step]")


def test_gitlab(any_report: Report) -> None:
    written: list[dict[str, Any]] = json.loads(gitlab.write(any_report))
    assert len(written) == sum(len(file.diagnostics) for file in any_report.files)
    for found in written:
        keys = {"description", "check_name", "fingerprint", "severity", "location"}
        assert found.keys() == keys
        assert found["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert found["location"]["lines"]["begin"] >= 1
        assert not found["location"]["path"].startswith("./")
    assert len({found["fingerprint"] for found in written}) == len(written)


def test_junit(any_report: Report) -> None:
    etree = pytest.importorskip("lxml.etree")
    text = junit.write(any_report).encode("utf-8")
    etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd")).assertValid(etree.fromstring(text))


def test_junit_counts(any_report: Report) -> None:
    root = ET.fromstring(junit.write(any_report).encode("utf-8"))
    assert int(root.get("tests", "")) == len(list(root.iter("testcase")))
    found = sum(len(file.diagnostics) for file in any_report.files)
    assert int(root.get("failures", "")) == len(list(root.iter("failure"))) == found
    assert int(root.get("errors", "")) == len(any_report.failures)


def test_rdjson(any_report: Report) -> None:
    written = json.loads(rdjson.write(any_report))
    assert written["source"] == {"name": "proofcheck"}
    assert len(written["diagnostics"]) == sum(len(file.diagnostics) for file in any_report.files)
    assert all(found["severity"] in ("ERROR", "WARNING") for found in written["diagnostics"])


def test_rdjson_counts_bytes() -> None:
    (found,) = json.loads(rdjson.write(report("αβ $$Ax = A^Tx$$", "Ax", "A^Tx")))["diagnostics"]
    start, end = (found["location"]["range"][name]["column"] for name in ("start", "end"))
    assert (start, end) == (len("αβ $$Ax = ".encode()) + 1, len("αβ $$Ax = A^Tx".encode()) + 1)
