"""What goes wrong around a run, in processes of their own: each time the right report or a clear
message, a cache that can be used again, and no process that is left."""

from __future__ import annotations

import contextlib
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from proofcheck.running.store import FILE, folder
from tests.test_exit_statuses import MAIN, POWERLESS, heed_interrupts

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mutated"
WRONG = "Let $A$ and $B$ be square matrices.\n\n$$(AB)^T = A^TB^T$$\n"
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")

_FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
"""

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Documents that take no time."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in "abc":
        (tree / f"{name}.md").write_text(f"{WRONG}\n{name}\n")
    return tree


@pytest.fixture
def long_tree(tree: Path) -> Path:
    """Documents that take a second or two."""
    for path in sorted(FIXTURES.glob("*.md"), key=lambda path: path.stat().st_size)[:8]:
        shutil.copy(path, tree)
    return tree


def _words(tree: Path, *more: str, before: str = "") -> list[str]:
    return [sys.executable, "-c", before + MAIN, "check", str(tree), "--jobs", "2", *more]


def _run(tree: Path, *more: str, before: str = "") -> Done:
    words = _words(tree, *more, before=before)
    return subprocess.run(words, capture_output=True, text=True, check=False)


def _said(done: Done) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


def _whole() -> bool:
    """Whether the cache is a database without a fault."""
    with contextlib.closing(sqlite3.connect(Path(folder(), FILE))) as database:
        return bool(database.execute("pragma integrity_check").fetchall() == [("ok",)])


def _kept() -> int:
    with contextlib.closing(sqlite3.connect(Path(folder(), FILE))) as database:
        return int(database.execute("select count(*) from results").fetchone()[0])


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _cut_short(path: Path) -> None:
    os.truncate(path, 50)


def _overwrite_pages(path: Path) -> None:
    """All but the first page."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))


def _from_another_version(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("pragma user_version = 1")
        database.execute("alter table results rename column used to last_used")


@pytest.mark.parametrize("damage", [_cut, _cut_short, _overwrite_pages, _from_another_version])
def test_a_damaged_cache_heals(tree: Path, damage: Callable[[Path], None]) -> None:
    right = _said(_run(tree))
    damage(Path(folder(), FILE))
    assert _said(_run(tree)) == right
    assert _said(_run(tree)) == right
    assert _whole()
    assert _kept() == 4  # a result for each document, and the answer


def test_another_process_holds_the_cache(tree: Path) -> None:
    code = (
        "import sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1])\n"
        "database.execute('begin exclusive'); print('held', flush=True); sys.stdin.read()"
    )
    right = _said(_run(tree))
    words = [sys.executable, "-c", code, str(Path(folder(), FILE))]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert _said(_run(tree)) == right
    assert _whole()


def test_several_runs_at_once(tree: Path) -> None:
    right = _said(_run(tree, "--no-cache"))
    runs = [
        subprocess.Popen(
            _words(tree, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    said = [(run, *run.communicate()) for run in runs]
    assert all((run.returncode, out, err) == right for run, out, err in said)
    assert _whole()


@pytest.mark.parametrize("what", ["folder", "file", "both"])
def test_a_read_only_cache_is_read(tree: Path, what: str) -> None:
    right = _said(_run(tree))
    assert _kept() == 4
    places = {
        "folder": [Path(folder())],
        "file": [Path(folder(), FILE)],
        "both": [Path(folder(), FILE), Path(folder())],
    }
    for place in places[what]:
        place.chmod(0o500 if place.is_dir() else 0o400)
    try:
        assert _said(_run(tree, before=POWERLESS)) == right  # as it was said before
        (tree / "new.md").write_text("$$(AB)^T = A^TB^T$$\n")
        done = _run(tree, before=POWERLESS)
        assert (done.returncode, done.stderr) == (1, "")
        assert "new.md:1" in done.stdout
        assert _kept() == 4
    finally:
        Path(folder()).chmod(0o700)


def test_a_folder_that_cannot_be_made(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = _said(_run(tree, "--no-cache"))
    shut = tmp_path / "shut"
    shut.mkdir(0o500)
    monkeypatch.setenv("PROOFCHECK_CACHE_DIR", str(shut / "cache"))
    assert _said(_run(tree, before=POWERLESS)) == right
    monkeypatch.setenv("PROOFCHECK_CACHE_DIR", str(tree / "nothing.md"))
    (tree / "nothing.md").touch()
    assert _run(tree).returncode == 1


@pytest.mark.parametrize("most", [0, 4096, 10_000, 20_000])
def test_the_disk_is_full(tree: Path, most: int) -> None:
    right = _said(_run(tree, "--no-cache"))
    assert _said(_run(tree, before=_FULL.format(most=most))) == right
    assert _said(_run(tree)) == right
    assert _said(_run(tree)) == right
    assert _whole()
    assert _kept() == 4


def test_a_report_for_which_there_is_no_room(tree: Path, tmp_path: Path) -> None:
    """A disk that is full for the report itself is told."""
    target = tmp_path / "report.json"
    more = ("--format", "json", "-o", str(target))
    done = _run(tree, *more, before=_FULL.format(most=1000))
    assert done.returncode == 2
    assert done.stderr == "proofcheck: cannot write the report: File too large\n"


def _children(pid: int) -> list[int]:
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(word) for word in words]


def _until(found: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextlib.contextmanager
def _begun(tree: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A run whose workers are at work, with their numbers."""
    with subprocess.Popen(
        _words(tree),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (no other thread runs yet)
    ) as run:
        _until(lambda: len(_children(run.pid)) == 2)
        yield run, _children(run.pid)


def _gone(pid: int) -> bool:
    """Whether a process has ended, though nobody may have asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_a_killed_worker_costs_its_document_alone(long_tree: Path) -> None:
    with _begun(long_tree) as (run, workers):
        os.kill(workers[0], signal.SIGKILL)
        out, err = run.communicate(timeout=120)
    assert run.returncode == 2
    (line,) = err.splitlines()
    assert line.startswith("proofcheck: the check of `")
    assert line.endswith(
        "ended its process (SIGKILL) and was given up; nothing is said of this file"
    )
    assert "steps:" in out
    assert _kept() == 10  # neither the lost document nor an answer
    right = _said(_run(long_tree, "--no-cache"))
    assert right[0] == 1
    assert _said(_run(long_tree)) == right


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_ended_run_leaves_no_process_and_a_whole_cache(
    long_tree: Path, end: signal.Signals
) -> None:
    with _begun(long_tree) as (run, workers):
        _until(lambda: (Path(folder(), FILE)).exists() and _kept_now())
        run.send_signal(end)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130 if end == signal.SIGINT else -end, "")
    assert err == ("proofcheck: interrupted\n" if end == signal.SIGINT else "")
    _until(lambda: all(map(_gone, workers)))
    assert _whole()
    assert _kept() > 0  # what was checked by then is not lost
    assert _said(_run(long_tree)) == _said(_run(long_tree, "--no-cache"))


def _kept_now() -> bool:
    """Whether something is kept, while others write."""
    try:
        return _kept() > 0
    except sqlite3.Error:
        return False


def test_an_interrupt_reaches_the_whole_group(long_tree: Path) -> None:
    """As a terminal sends it: to the run and to its workers."""
    with _begun(long_tree) as (run, workers):
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out, err) == (130, "", "proofcheck: interrupted\n")
    _until(lambda: all(map(_gone, workers)))


def _on_a_terminal(code: str, *arguments: str) -> str:
    """What a process writes on its standard error, which is a terminal; its output is none."""
    mine, its = pty.openpty()
    words = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=its, text=True) as run:
        os.close(its)
        said = b""
        with contextlib.suppress(OSError):  # what a terminal says when nobody holds it any more
            while found := os.read(mine, 4096):
                said += found
        os.close(mine)
        assert run.stdout is not None
        assert " documents, " not in run.stdout.read()
    return said.decode()


def test_progress_is_shown_on_a_terminal_after_a_while(long_tree: Path) -> None:
    soon = "from proofcheck.cli import progress; progress._AFTER = progress._EVERY = 0.05\n"
    arguments = ("check", str(long_tree), "--jobs", "2")
    said = _on_a_terminal(soon + MAIN, *arguments, "--no-cache")
    lines = said.split("\r\x1b[K")
    assert lines[0] == lines[-1] == ""  # the line is gone in the end
    assert all(" of 11 documents, " in line for line in lines[1:-1])
    assert len(lines) > 3
    later = "from proofcheck.cli import progress; progress._AFTER = 600\n"
    assert _on_a_terminal(later + MAIN, *arguments) == ""
    assert _on_a_terminal(later + MAIN, *arguments) == ""  # from what was kept
    assert _run(long_tree, "--no-cache", before=soon).stderr == ""
