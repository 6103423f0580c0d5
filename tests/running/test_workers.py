"""Checks in processes of their own: order, lost documents, and that nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proofcheck import pipeline
from proofcheck.config import Settings
from proofcheck.document.document import Document
from proofcheck.document.source import Source
from proofcheck.pipeline import check_input, check_paths
from proofcheck.rules.report import Failure, FileReport
from proofcheck.rules.unreadable_file import unreadable
from proofcheck.running import workers
from proofcheck.running.workers import Limits, Outcomes, Task, check_all
from proofcheck.writers import json_report

FIXTURES = Path(__file__).parents[2] / "fixtures"
WRONG = "$$\n(AB)^T = A^TB^T\n$$\n"


def _act(task: Task) -> Iterator[FileReport]:
    """Does what the name of a document says."""
    path = task.path
    match path:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(7)
        case "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            time.sleep(3600)
        case "grow":
            bytearray(8 << 30)
        case _:
            pass
    yield FileReport(path, Source(path, str(os.getpid())), (), ())


def _run(*names: str, jobs: int = 2, limits: Limits | None = None) -> list[Outcomes]:
    tasks = [Task(name, Settings()) for name in names]
    results = check_all(tasks, _act, jobs, limits or Limits())
    done = {id(task): outcomes for task, outcomes in results}
    return [done[id(task)] for task in tasks]


def test_each_task_has_its_result() -> None:
    names = [str(number) for number in range(20)]
    assert [outcomes[0].path for outcomes in _run(*names)] == names


def test_documents_are_checked_in_other_processes() -> None:
    (outcome,) = _run("a")[0]
    assert isinstance(outcome, FileReport)
    assert outcome.source.text != str(os.getpid())


@pytest.mark.parametrize(
    ("name", "says"),
    [("kill", "SIGKILL"), ("leave", "status 7"), ("hang", "more than 0.5 seconds")],
)
def test_a_lost_document_costs_itself_alone(name: str, says: str) -> None:
    first, lost, last = _run("a", name, "z", limits=Limits(seconds=0.5))
    (failure,) = lost
    assert isinstance(failure, Failure)
    assert f"`{name}`" in failure.message
    assert says in failure.message
    assert isinstance(first[0], FileReport)
    assert isinstance(last[0], FileReport)


@pytest.mark.skipif(sys.platform != "linux", reason="memory has no bound elsewhere")
def test_memory_has_a_bound() -> None:
    """A check that catches nothing ends its process; one of documents says what it was."""
    first, lost = _run("a", "grow")
    assert isinstance(first[0], FileReport)
    assert isinstance(lost[0], Failure)


def test_all_documents_can_be_lost() -> None:
    outcomes = _run("kill", "kill", "kill", "leave", jobs=2)
    assert all(isinstance(found, Failure) for (found,) in outcomes)


def test_a_report_is_the_same_from_one_process_and_from_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "check_all", check_all)
    paths = sorted((FIXTURES / "mutated").glob("*"), key=lambda path: path.stat().st_size)[:4]
    one, two = check_paths(paths), check_paths(paths, jobs=2)
    assert one == two
    assert json_report.write(one) == json_report.write(two)
    assert any(file.diagnostics for file in two.files)


def test_tasks_are_asked_for_when_a_process_is_free() -> None:
    """So that a stream of posts is never held."""
    asked: list[str] = []

    def tasks() -> Iterator[Task]:
        for number in range(40):
            asked.append(str(number))
            yield Task(str(number), Settings())

    for count, _ in enumerate(check_all(tasks(), _act, 2, Limits())):
        assert len(asked) <= count + 4


def test_the_posts_of_a_dump_are_checked_in_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the dump; a post that is lost costs itself alone."""
    monkeypatch.setattr(workers, "check_all", check_all)
    monkeypatch.setattr(pipeline, "check_document", _check_post)
    bodies = ("slow $a = a$", "$b = b$", "kill $c = c$", "$d = d$")
    rows = (f'<row Id="{n}" Body="{body}"/>' for n, body in enumerate(bodies))
    path = tmp_path / "Posts.xml"
    path.write_text(f"<posts>{''.join(rows)}</posts>")
    report = check_paths([path], jobs=2)
    assert [file.source.section(0)[0] for file in report.files] == [
        "post 0",
        "post 1",
        "post 3",
        "",
    ]
    (failure,) = report.failures
    assert failure.path == f"{path}: post 2"
    assert failure.message.endswith("(SIGKILL) and was given up; nothing is said of this post")


def _check_post(document: Document, settings: Settings) -> FileReport:
    """Does what a post says, and finds something in it."""
    text = document.source.text
    if "kill" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.3 if "slow" in text else 0)
    return FileReport(document.source.path, document.source, (), (unreadable("no"),))


def _command(folder: Path) -> subprocess.Popen[str]:
    """A run that lasts, in a group of its own."""
    code = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which a job may inherit off
        "from proofcheck import pipeline; from proofcheck.cli import main\n"
        "def extract(document): os.write(1, b'at work\\n'); time.sleep(3600)\n"
        "pipeline.extract = extract\n"
        f"raise SystemExit(main(['check', '--jobs', '2', {str(folder)!r}]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see processes")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, end: signal.Signals) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(WRONG)
    process = _command(tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == process.stdout.readline() == "at work\n"
    process.send_signal(end)
    _, said = process.communicate()  # returns when no process holds the pipes any more
    assert process.returncode == (130 if end == signal.SIGINT else -end)
    assert said == ("proofcheck: interrupted\n" if end == signal.SIGINT else "")


@pytest.mark.parametrize(("wait", "says"), [(0.0, ""), (60.0, "more than 1 seconds")])
def test_standard_input_is_checked_in_a_process_with_bounds(
    monkeypatch: pytest.MonkeyPatch, wait: float, says: str
) -> None:
    def check(content: bytes, path: str, settings: Settings) -> FileReport:
        time.sleep(wait)
        return FileReport(path, Source(path, f"{os.getpid()} {content!r}"), (), ())

    monkeypatch.setattr(workers, "check_all", check_all)
    monkeypatch.setattr(pipeline, "check_bytes", check)
    monkeypatch.setattr(pipeline, "Limits", lambda: Limits(seconds=1.0))
    content = bytes(range(256))
    found = check_input(content, "note.md", Settings(), 1)
    if isinstance(found, Failure):
        assert says in found.message
    else:
        number, _, read = found.source.text.partition(" ")
        assert (read, int(number) != os.getpid(), says) == (repr(content), True, "")
