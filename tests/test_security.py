"""What SECURITY.md claims and no test of a single part holds."""

from __future__ import annotations

import ast
import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sympy

from proofcheck.symbolic import to_sympy
from proofcheck.writers import json_report
from tests.writers.reports import report

ROOT = Path(__file__).parent.parent
CALLS = frozenset("eval exec compile __import__ input breakpoint".split())
ANYWHERE = frozenset("sympify parse_expr lambdify parse_latex import_module".split())
OF_MODULES = frozenset("system popen fork execv execve execvp spawnl spawnv posix_spawn".split())
MODULES = frozenset(
    "pickle marshal shelve dill cloudpickle subprocess socket urllib http ftplib smtplib requests "
    "ctypes code codeop runpy pty webbrowser yaml lxml".split()
)
HARMLESS = frozenset(("urllib.parse",))  # works on text and opens nothing
ALLOWED = {
    "proofcheck/__init__.py: import_module": "public names, from a table, by a key that is in it",
    "proofcheck/running/stored.py: import_module": "classes of this package, of the kind expected",
    "proofcheck/cli/changes.py: subprocess": "git, where asked for, with a list of arguments",
}


def forbidden(source: str) -> Iterator[str]:
    """The names in a module that can execute, fetch or start something."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in ANYWHERE:
                yield name
            case ast.Attribute(value=ast.Name(id="sympy"), attr="S" as name):
                yield name
            case ast.Attribute(attr=name) if name in OF_MODULES:
                yield name
            case ast.Import(names=names):
                found = {a.name for a in names} - HARMLESS
                yield from (name for name in found if name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=module, names=names):
                if (module or "").split(".")[0] in MODULES and module not in HARMLESS:
                    yield str(module)
                yield from (a.name for a in names if a.name in ANYWHERE | OF_MODULES)
            case _:
                pass


def test_the_package_calls_nothing_that_executes_text() -> None:
    modules = sorted((ROOT / "proofcheck").rglob("*.py"))
    assert len(modules) > 100
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in modules
        for name in forbidden(path.read_text(encoding="utf-8"))
    }
    assert found - ALLOWED.keys() == set()


@pytest.mark.parametrize(
    "source",
    [
        "eval(text)",
        "x = [compile(text, '', 'exec')]",
        "sympy.sympify(text)",
        "sympy.S(text)",
        "from sympy import lambdify as f",
        "from sympy.parsing.sympy_parser import parse_expr",
        "import os; os.system(text)",
        "import os.path, pickle",
        "from urllib.request import urlopen",
        "def f():\n    import subprocess",
    ],
)
def test_the_search_finds_what_is_forbidden(source: str) -> None:
    assert list(forbidden(source))


HOSTILE = {
    "a.tex": r"""\immediate\write18{touch written} \input{|touch written} \input{/etc/passwd}
\openout1=written \directlua{os.execute("touch written")} \usepackage{../../secret}
$$ \operatorname{__import__}("os").system("touch written") = \text{eval}(1) = A+A = 2A $$""",
    "b.md": """<img src="http://localhost/x"> ![x](http://localhost/y) <script>fetch("z")</script>

$$ \\href{javascript:alert(1)}{A+A} = 2A = \\includegraphics{http://localhost/z} $$""",
    "c.html": '<iframe src="http://localhost/"></iframe><link rel="stylesheet" href="//localhost/">'
    "<p>$A+A = 2A$</p>",
    "d.ipynb": json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None,
                 "source": "open('written', 'w')"},
                {"cell_type": "markdown", "metadata": {}, "source": "$$A+A = 2A$$"},
            ],
        }
    ),
}  # fmt: skip

WATCHED = r"""
import sys
from proofcheck import check_path
events = []
names = sys.argv[1:]
kinds = {"open", "exec", "compile", "import"}
parts = ("socket.", "subprocess.", "os.", "urllib.", "http.", "ctypes.", "shutil.", "pickle.")
harmless = ("os.listdir", "os.scandir", "os.fwalk", "os.walk")
for name in names:
    check_path("calm/" + name)  # so that whatever is imported late is imported
def watch(event, values):
    if event in kinds or event.startswith(parts) and event not in harmless:
        what = " ".join(str(value) for value in values[:2])
        events.append(f"{event} {what}")
sys.addaudithook(watch)
steps = [len(list(check_path("hostile/" + name).steps())) for name in names]
seen = list(events)
print(repr((steps, seen)))
"""


def test_a_check_opens_its_documents_and_does_nothing_else(tmp_path: Path) -> None:
    for name, text in HOSTILE.items():
        for folder in ("calm", "hostile"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    command = [sys.executable, "-B", "-c", WATCHED, *HOSTILE]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    steps, events = ast.literal_eval(done.stdout)
    assert min(steps) >= 1
    assert {event.split()[0] for event in events} == {"open"}
    opened = {Path(event.split()[1]).name for event in events}
    assert opened == set(HOSTILE)
    assert {event.split()[2] for event in events} <= {"r", "rb", "None"}
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", [r"\text{exit()}", r"\mathrm{lambda}", r"\mathbf{S.x}"])
def test_names_do_not_reach_the_parser_of_sympy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("text was evaluated")

    monkeypatch.setattr("sympy.parsing.sympy_parser.eval_expr", refuse)
    with contextlib.suppress(ValueError):  # what is not understood is not evaluated either
        to_sympy(f"x + {name}")
    with pytest.raises(AssertionError, match="evaluated"):
        sympy.sympify("x + 1")


def test_control_characters_are_escaped_in_json() -> None:
    written = json_report.write(report("a = b\x1b[2J\0b\n", "a", "b\x1b[2J\0b"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", written)
    step = json.loads(written)["files"][0]["derivations"][0]["steps"][0]
    assert step["rhs"] == "b\x1b[2J\0b"


def test_the_tests_that_are_named_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 8
    assert [name for name in named if not (ROOT / name).is_file()] == []
