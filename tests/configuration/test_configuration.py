"""Configuration files: what is accepted, what holds for a document, what is said of mistakes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from proofcheck.cli import checking, main
from proofcheck.config import Settings
from proofcheck.configuration.__main__ import SCHEMA
from proofcheck.configuration.checking import troubles
from proofcheck.configuration.keys import KEYS, schema
from proofcheck.configuration.page import page, schema_text
from proofcheck.configuration.project import BadConfiguration, Projects, read
from proofcheck.rules.report import Report

Output = pytest.CaptureFixture[str]
WRONG = "$$\n(AB)^T = A^TB^T\n$$\n"
REFUSED = [
    ("selekt = []", 1, "unknown key `selekt`; did you mean `select`?"),
    ('\nselect = ["unequal-stp"]', 2, "did you mean `unequal-step`?"),
    ('select = "unequal-step"', 1, "`select` needs a list"),
    ('layout = "sideways"', 1, "expected one of `numerator`, `denominator`"),
    ("layout = 1", 1, "`layout` needs text"),
    ("exclude = [1]", 1, "`exclude` needs text"),
    ('exclude = [""]', 1, "`exclude` needs text"),
    ("symbols = []", 1, "`symbols` needs a table"),
    ("[symbols]\n# a remark\nA = 3", 3, "`A` needs text"),
    ('[per-file-ignores]\n"*.md" = ["x"]', 2, "`*.md` does not know `x`"),
    ('[macros]\nE = "x"', 2, "`E` is not a command"),
    ("jobs = 0", 1, "`jobs` needs a whole number of at least 1"),
    ("jobs = true", 1, "`jobs` needs a whole number"),
    ('jobs = "two"', 1, "`jobs` needs a whole number"),
    ("seed = 3", 1, "`seed` needs text"),
    ('baseline = ""', 1, "`baseline` needs text"),
]
UNCLEAR = [
    ('[symbols]\nA = "green"', 2, "`green` is not a property"),
    ("[symbols\n", 1, "not TOML"),
    ("select = [", 1, "not TOML"),
    ('\nlatex-root = "main.tex"', 2, "there is no file `main.tex`"),
]


def _settings(path: Path) -> Settings:
    return Projects().of(path).settings(path, Settings())


@pytest.mark.parametrize(("text", "line", "message"), REFUSED + UNCLEAR)
def test_a_mistake_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "proofcheck.toml"
    path.write_text(text)
    with pytest.raises(BadConfiguration) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert message in str(refused.value)


@pytest.mark.parametrize("text", [text for text, _, _ in REFUSED])
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), schema())


@pytest.mark.parametrize("key", KEYS, ids=[key.name for key in KEYS])
def test_the_example_of_each_key_is_accepted_by_both(tmp_path: Path, key: object) -> None:
    text = next(found.example for found in KEYS if found is key)
    path = tmp_path / "proofcheck.toml"
    path.write_text(text)
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "main.tex").touch()
    assert read(path) is not None
    assert list(troubles(tomllib.loads(text))) == []
    jsonschema.validate(tomllib.loads(text), schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_page_and_schema_are_up_to_date() -> None:
    docs = Path(__file__).parents[2] / "docs"
    assert (docs / "configuration.md").read_text(encoding="utf-8") == page()
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "proofcheck.toml").write_text('layout = "numerator"')
    (inner / "pyproject.toml").write_text("[tool.other]\n")
    assert "numerator" in _settings(inner / "a.md").preamble
    (inner / "pyproject.toml").write_text('[tool.proofcheck]\nignore = ["unequal-step"]')
    assert _settings(inner / "a.md") == Settings(disabled=frozenset(("unequal-step",)))
    (inner / "proofcheck.toml").write_text("")
    assert _settings(inner / "a.md") == Settings()


def test_the_user_comes_before_the_project(tmp_path: Path) -> None:
    path = tmp_path / "proofcheck.toml"
    path.write_text('ignore = ["unequal-step"]\nselect = ["unchecked-step"]')
    project = read(path)
    assert project is not None
    chosen = Settings(frozenset(("unequal-step",)), frozenset(("unchecked-step",)))
    settings = project.settings(tmp_path / "a.md", chosen)
    assert settings.selects("unequal-step", default=True)
    assert not settings.selects("unchecked-step", default=False)
    assert not settings.selects("shape-mismatch", default=True)


@pytest.mark.parametrize(
    ("pattern", "path", "silent"),
    [
        ("*.md", "a.md", True),
        ("a.md", "deep/a.md", True),
        ("deep/*", "deep/a.md", True),
        ("deep/", "deep/er/a.md", True),
        ("eep", "deep/a.md", False),
        ("*.tex", "a.md", False),
    ],
)
def test_rules_are_ignored_by_pattern(
    tmp_path: Path, pattern: str, path: str, silent: bool
) -> None:
    config = tmp_path / "proofcheck.toml"
    config.write_text(f'[per-file-ignores]\n"{pattern}" = ["unequal-step"]')
    found = _settings(tmp_path / path)
    assert ("unequal-step" in found.disabled) is silent


def test_what_is_excluded_is_checked_by_name_only(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "proofcheck.toml").write_text('exclude = ["drafts"]')
    (tmp_path / "drafts").mkdir()
    draft = tmp_path / "drafts" / "a.md"
    draft.write_text(WRONG)
    assert main(["check", str(tmp_path)]) == 0
    assert main(["check", str(draft)]) == 1
    assert "a.md:2:10" in capsys.readouterr().out


def test_symbols_of_the_project_hold_in_every_document(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("$$\nA^TB = AB\n$$\n")
    assert main(["check", str(note)]) == 1
    (tmp_path / "proofcheck.toml").write_text('[symbols]\nA = "in R^{n x n}, symmetric"')
    assert main(["check", str(note)]) == 0


def test_a_document_has_the_last_word_on_its_symbols(tmp_path: Path) -> None:
    (tmp_path / "proofcheck.toml").write_text('[symbols]\nA = "in R^{n x n}, symmetric"')
    note = tmp_path / "a.md"
    note.write_text("<!-- proofcheck: let A in R^{n x n} -->\n\n$$\nA^TB = AB\n$$\n")
    assert main(["check", str(note)]) == 1


def test_macros_of_the_project_are_known(tmp_path: Path, capsys: Output) -> None:
    note = tmp_path / "a.md"
    note.write_text("$$\n\\flip{AB} = \\flip{B}\\flip{A}\n$$\n")
    (tmp_path / "proofcheck.toml").write_text("[macros]\n'\\flip' = '{#1}^T'")
    assert main(["check", str(note), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["holds"] == 1


@pytest.mark.parametrize("written", [r"\operatorname{Spur}", r"\mathrm{Spur}", r"\text{Spur}"])
def test_a_word_of_the_project_is_known_where_it_is_upright(
    tmp_path: Path, capsys: Output, written: str
) -> None:
    note = tmp_path / "a.md"
    (tmp_path / "proofcheck.toml").write_text("[macros]\nSpur = '\\operatorname{tr}'")
    note.write_text(
        "Let $A$ and $B$ be $n \\times n$ matrices.\n\n"
        f"$${written}(AB) - {written}(BA) + 1 = 1$$\n\n$${written}(AB) = {written}(A)B$$\n"
    )
    assert main(["check", str(note), "--format", "json"]) == 1
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["holds"], summary["fails"]) == (1, 1)


def test_a_bad_configuration_is_told_once(tmp_path: Path, capsys: Output) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(WRONG)
    (tmp_path / "proofcheck.toml").write_text("selekt = []")
    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("unknown key") == 1
    assert main(["config", str(tmp_path)]) == 2


def test_config_says_what_holds_and_where(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.proofcheck]\n\nignore = ["unequal-step"]\n')
    assert main(["config", str(tmp_path / "a.md")]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    assert set(lines) >= {key.name for key in KEYS}
    assert lines["ignore"].endswith(f'["unequal-step"]  ({path}:3)')
    assert lines["exclude"].endswith(" []  (default)")


def test_config_says_what_that_comes_to_for_a_file(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "proofcheck.toml").write_text(
        'select = ["unequal-step", "shape-mismatch"]\nexclude = ["old"]\n'
        '[per-file-ignores]\n"old/*" = ["shape-mismatch"]'
    )
    note = tmp_path / "old" / "a.md"
    assert main(["config", str(note)]) == 0
    rules, passed = capsys.readouterr().out.splitlines()[-2:]
    assert rules == f"rules that report in {note}: unequal-step"
    assert passed == "it is passed over where its folder is checked"


def test_a_configured_baseline_holds_and_is_written(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "docs").mkdir()
    note = tmp_path / "docs" / "note.md"
    note.write_text(WRONG)
    (tmp_path / "proofcheck.toml").write_text('baseline = "known.json"')
    assert main(["check", str(note)]) == 2
    assert "cannot read the baseline" in capsys.readouterr().err
    assert main(["baseline", str(note)]) == 0
    assert (tmp_path / "known.json").is_file()
    capsys.readouterr()
    assert main(["check", str(note)]) == 0
    assert "1 known by the baseline" in capsys.readouterr().out
    other = tmp_path / "other.json"
    other.write_text('{"schema": "proofcheck-baseline/1", "findings": []}')
    assert main(["check", str(note), "--baseline", str(other)]) == 1


def test_a_configured_seed_holds_but_for_that_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "proofcheck.toml").write_text('seed = "another"')
    assert _settings(tmp_path / "a.md").seed == "another"
    project = Projects().of(tmp_path / "a.md")
    assert project.settings(tmp_path / "a.md", Settings(seed="mine")).seed == "mine"


def test_configured_jobs_hold_where_the_process_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proofcheck.toml").write_text("jobs = 3")
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(WRONG)
    asked: list[object] = []

    def check_paths(*arguments: object) -> Report:
        asked.append(arguments[3])
        return Report(())

    monkeypatch.setattr(checking, "check_paths", check_paths)
    main(["check", ".", "--no-cache"])
    main(["check", ".", "--no-cache", "--jobs", "1"])
    assert asked == [3, 1]


def test_the_root_of_a_latex_document_is_configured(tmp_path: Path) -> None:
    """The document lies beside its parts and not above them, so that it is not found."""
    for folder in ("main", "parts"):
        (tmp_path / folder).mkdir()
    root = tmp_path / "main" / "book.tex"
    start = "\\documentclass{book}\\begin{document}\\newcommand{\\flip}[1]{{#1}^T}"
    root.write_text(f"{start}\\input{{../parts/chapter}}\\end{{document}}")
    chapter = tmp_path / "parts" / "chapter.tex"
    chapter.write_text("\\[ \\flip{AB} = \\flip{A}\\flip{B} \\]")
    (tmp_path / "pyproject.toml").write_text("[tool.proofcheck]")
    assert main(["check", str(chapter)]) == 0
    (tmp_path / "pyproject.toml").write_text('[tool.proofcheck]\nlatex-root = "main/book.tex"')
    assert main(["check", str(chapter)]) == 1
    root.write_text(root.read_text().replace("{{#1}^T}", "{#1}"))
    assert main(["check", str(chapter)]) == 0
