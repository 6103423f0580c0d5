r"""The files that LaTeX files bring in: what they define is known, and nothing else is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proofcheck.document import inputs
from proofcheck.document.files import find
from proofcheck.document.read import read
from proofcheck.pipeline import check_path, check_paths

CHAPTER = r"$$\tp{(AB)} = \tp{B}\tp{A}$$"
MACRO = r"\newcommand{\tp}[1]{#1^T}"
WRONG = r"$$\tp{(AB)} = \tp{A}\tp{B}$$"
DOCUMENT = r"\documentclass{article}%s\begin{document}%s\end{document}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a project, inside of another one."""
    folder = tmp_path / "paper"
    (folder / ".git").mkdir(parents=True)
    return folder


def write(folder: Path, **files: str) -> None:
    """LaTeX files by their names, in which `__` parts folders."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".tex")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def verdicts(path: Path) -> list[str]:
    """The verdicts on the steps of one file."""
    return [str(s.judgement.verdict) for d in check_path(path).derivations for s in d.steps]


def problems(path: Path) -> list[str]:
    """What of a file could not be read."""
    return [problem.message for problem in read(path).problems]


WAYS = (
    r"\input{macros}",
    r"\input{macros.tex}",
    r"\input macros ",
    r"\include{macros}",
    r"\subfile{macros}",
    r"\import{./}{macros}",
    r"\subimport*{}{macros}",
    "% \\input{none}\n\\input{macros}",
)


@pytest.mark.parametrize("way", WAYS)
def test_what_a_file_brings_in_is_known(project: Path, way: str) -> None:
    write(project, main=DOCUMENT % (way, CHAPTER), macros=MACRO)
    assert verdicts(project / "main.tex") == ["holds"]


def test_packages_of_the_project_are_known(project: Path) -> None:
    write(project, main=DOCUMENT % (r"\usepackage[a]{amsmath,mine}", CHAPTER))
    (project / "mine.sty").write_text(MACRO)
    assert verdicts(project / "main.tex") == ["holds"]


def test_short_forms_of_environments_are_known(project: Path) -> None:
    forms = r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}"
    write(project, main=DOCUMENT % (r"\input{macros}", r"\be A+A = 2A \ee"), macros=forms)
    assert verdicts(project / "main.tex") == ["holds"]


ROOTS = {
    "said": ("% !TEX root = ../main.tex\n", ""),
    "subfile": (r"\documentclass[../main]{subfiles}", ""),
    "found": ("", r"\input{parts/one}"),
    "deep": ("", r"\input{parts/all}"),
}


@pytest.mark.parametrize("name", ROOTS)
def test_a_chapter_knows_its_root(project: Path, name: str) -> None:
    start, body = ROOTS[name]
    write(project, main=DOCUMENT % (MACRO, body), parts__one=start + CHAPTER)
    write(project, parts__all=r"\input{parts/one}")
    assert verdicts(project / "parts" / "one.tex") == ["holds"]


def test_what_comes_after_a_chapter_is_not_known_in_it(project: Path) -> None:
    later = r"\input{one}\input{two}"
    write(project, main=DOCUMENT % (MACRO, later), one=CHAPTER, two=r"\def\tp#1{#1}")
    assert verdicts(project / "one.tex") == ["holds"]


def test_a_finding_belongs_to_the_file_that_holds_the_line(project: Path) -> None:
    write(project, main=DOCUMENT % (MACRO, r"\input{one}"), one="\n\n" + WRONG)
    report = check_paths([project / "main.tex"])
    found = [(Path(file.path).name, d.rule) for file in report.files for d in file.diagnostics]
    assert found == [("one.tex", "unequal-step")]


def test_each_file_is_checked_once(project: Path) -> None:
    write(project, main=DOCUMENT % ("", r"\input{one}\input{one}"), one=CHAPTER)
    found = [Path(str(path)).name for path in find([project / "main.tex", project])]
    assert sorted(found) == ["main.tex", "one.tex"]


CYCLES = {
    "itself": {"main": DOCUMENT % ("", r"\input{main}" + CHAPTER)},
    "cycle": {"main": DOCUMENT % ("", r"\input{a}"), "a": r"\input{b}", "b": r"\input{a}"},
}


@pytest.mark.parametrize("name", CYCLES)
def test_cycles_end(project: Path, name: str) -> None:
    write(project, **CYCLES[name])
    report = check_paths([project / "main.tex"])
    assert [Path(file.path).stem for file in report.files] == list(CYCLES[name])
    assert not report.failures


def test_a_long_chain_is_cut(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_FILES", 5)
    write(project, **{f"f{i}": rf"\input{{f{i + 1}}}" for i in range(20)})
    assert len(list(inputs.walk(project / "f0.tex", project / "f0.tex"))) == 5


def test_nothing_outside_of_the_project_is_opened(project: Path) -> None:
    write(project.parent, secret=MACRO)
    write(project, main=DOCUMENT % (r"\input{../secret}", CHAPTER))
    assert problems(project / "main.tex") == [
        "`secret.tex` is not read: it lies outside of the project, whose folder is `paper`"
    ]
    assert verdicts(project / "main.tex") == ["unchecked"]


def test_an_absolute_path_is_outside(project: Path) -> None:
    write(project.parent, secret=MACRO)
    write(project, main=DOCUMENT % (rf"\input{{{project.parent}/secret}}", CHAPTER))
    assert "outside of the project" in problems(project / "main.tex")[0]


@pytest.mark.parametrize("target", ["secret.tex", "folder"])
def test_a_link_out_of_the_project_is_not_followed(project: Path, target: str) -> None:
    write(project.parent, secret=MACRO, folder__secret=MACRO)
    (project / target).symlink_to(project.parent / target)
    name = "secret" if target == "secret.tex" else "folder/secret"
    write(project, main=DOCUMENT % (rf"\input{{{name}}}", CHAPTER))
    assert "outside of the project" in problems(project / "main.tex")[0]


def test_without_a_project_the_folder_of_the_file_is_the_limit(tmp_path: Path) -> None:
    write(tmp_path, secret=MACRO, paper__main=DOCUMENT % (r"\input{../secret}", CHAPTER))
    assert "outside of the project" in problems(tmp_path / "paper" / "main.tex")[0]


def test_a_root_outside_of_the_project_is_none(project: Path) -> None:
    write(project.parent, main=DOCUMENT % (MACRO, ""))
    write(project, one="% !TEX root = ../main.tex\n" + CHAPTER)
    assert verdicts(project / "one.tex") == ["unchecked"]


ODD = {
    "binary": (b"\xff\xfe\x00", "is not UTF-8 text"),
    "nul": (b"a\0b", "is not UTF-8 text"),
    "huge": (b"%" * (inputs.LARGEST + 1), "has more than 2,000,000 bytes"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_not_read(project: Path, name: str) -> None:
    content, reason = ODD[name]
    (project / "odd.tex").write_bytes(content)
    write(project, main=DOCUMENT % (r"\input{odd}", CHAPTER))
    assert problems(project / "main.tex") == [f"`odd.tex` is not read: it {reason}"]


def test_a_pipe_is_not_read(project: Path) -> None:
    os.mkfifo(project / "pipe.tex")
    write(project, main=DOCUMENT % (r"\input{pipe}", CHAPTER))
    assert problems(project / "main.tex") == ["`pipe.tex` is not read: it is not a regular file"]


def test_a_link_to_itself_is_not_followed(project: Path) -> None:
    (project / "loop.tex").symlink_to(project / "loop.tex")
    write(project, main=DOCUMENT % (r"\input{loop}", CHAPTER))
    assert problems(project / "main.tex") == ["`loop.tex` is not read: it cannot be opened"]


def test_a_file_that_is_not_there_is_passed_over(project: Path) -> None:
    write(project, main=DOCUMENT % (r"\input{none}\input{}\usepackage{amsmath}", CHAPTER))
    assert problems(project / "main.tex") == []


def test_the_place_of_a_refusal_is_that_of_the_command(project: Path) -> None:
    write(project, main="ab\n  \\input{../x} c")
    write(project.parent, x="")
    document = read(project / "main.tex")
    assert document.source.slice(document.problems[0].span) == r"\input{../x}"


def test_a_file_that_brings_in_itself_is_told(project: Path) -> None:
    write(project, main=DOCUMENT % (r"\input{main}\input{part}", CHAPTER), part=r"\input{main}")
    assert problems(project / "main.tex") == ["`main.tex` is not read: it brings in itself"]
    assert "brings in itself" in problems(project / "part.tex")[0]
