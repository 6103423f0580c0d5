"""The exit statuses of the command, in a process of its own: 0 nothing found, 1 something found, 2
the program could not do its work, 130 interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

RIGHT = "$$(a + b)^2 = a^2 + 2ab + b^2$$\n"
WRONG = "$$(a + b)^2 = a^2 + b^2$$\n"

MAIN = "import sys; from proofcheck.cli import main; raise SystemExit(main(sys.argv[1:]))"
POWERLESS = """
import ctypes
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0
"""
"""Even the superuser must heed the modes of files."""
CHECKS = """
import os, time
from proofcheck import pipeline
from proofcheck.running.workers import Limits
pipeline.Limits = lambda: Limits(seconds=0.5)
pipeline.check_path = lambda *_: {does}
"""
STARTS = {
    "locked": POWERLESS,
    "worker killed": CHECKS.format(does="os.kill(os.getpid(), 9)"),
    "worker hung": CHECKS.format(does="time.sleep(600)"),
    "worker without memory": CHECKS.format(does="bytearray(8 << 30)"),
}
"""What is done before the command, for some rows."""

Rows = tuple[Sequence[str], int, str, str]
MATRIX: dict[str, Rows] = {
    "clean": (["right.md"], 0, "1 step: 1 hold", ""),
    "clean and quiet": (["right.md", "--quiet"], 0, "", ""),
    "found": (["wrong.md"], 1, "[unequal-step]", ""),
    "found and forgiven": (["wrong.md", "--exit-zero"], 0, "[unequal-step]", ""),
    "found but ignored": (["wrong.md", "--ignore", "unequal-step"], 0, "1 fail", ""),
    "missing": (["missing.md"], 2, "0 steps", "`missing.md` does not exist"),
    "missing beside found": (["missing.md", "wrong.md"], 2, "[unequal-step]", "does not exist"),
    "missing is not forgiven": (["missing.md", "--exit-zero"], 2, "", "does not exist"),
    "no such pattern": (["*.rst"], 2, "", "`*.rst` matches no file"),
    "folder without documents": (["empty"], 2, "", "`empty` holds no documents"),
    "no text": (["latin.md"], 1, "[unreadable-file]", ""),
    "locked": (["locked.md"], 1, "[unreadable-file]", ""),
    "nothing to check": (["prose.md"], 0, "no derivation found in prose.md", ""),
    "unknown flag": (["right.md", "--colour"], 2, "", "unrecognized arguments: --colour"),
    "unknown form": (["right.md", "--format", "xml"], 2, "", "invalid choice: 'xml'"),
    "unknown rule": (["right.md", "--select", "unequal"], 0, "1 hold", ""),
    "no rule": (["right.md", "--select", "E501"], 2, "", "there is no rule `E501`"),
    "bad configuration": (["bad/right.md"], 2, "", "bad/proofcheck.toml:1: "),
    "no baseline": (["right.md", "--baseline", "no.json"], 2, "", "cannot read the baseline"),
    "no revision": (["wrong.md", "--diff-base", "no"], 2, "", "git does not know a revision `no`"),
    "misspelt flag": (["right.md", "--fromat", "json"], 2, "", "is `--format` meant?"),
    "part of a flag": (["right.md", "--stat"], 2, "", "unrecognized arguments: --stat"),
    "worker killed": (["right.md"], 2, "0 steps", "`right.md` ended its process (SIGKILL)"),
    "worker hung": (["right.md"], 2, "0 steps", "`right.md` took more than 0.5 seconds"),
    "worker without memory": (["right.md"], 2, "0 steps", "needs more memory than it may have"),
    "report nowhere": (["right.md", "-o", "no/where"], 2, "", "cannot write the report"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "right.md").write_text(RIGHT)
    (folder / "wrong.md").write_text(WRONG)
    (folder / "prose.md").write_text("No mathematics.\n")
    (folder / "latin.md").write_bytes(b"na\xefve")
    (folder / "locked.md").write_text(RIGHT)
    (folder / "locked.md").chmod(0)
    (folder / "empty").mkdir()
    (folder / "bad").mkdir()
    (folder / "bad" / "right.md").write_text(RIGHT)
    (folder / "bad" / "proofcheck.toml").write_text('sellect = ["ALL"]\n')
    return folder


def _words(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "proofcheck", "check", *arguments]


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": root, "GIT_CEILING_DIRECTORIES": "/"}


@pytest.mark.parametrize("name", MATRIX)
def test_exit_status(name: str, folder: Path) -> None:
    if name in STARTS and sys.platform != "linux":
        pytest.skip("not on this system")
    arguments, status, out, err = MATRIX[name]
    done = subprocess.run(
        [sys.executable, "-c", STARTS.get(name, "") + MAIN, "check", *arguments],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert out in done.stdout
    assert err in done.stderr
    assert bool(done.stderr) == bool(err)
    assert "Traceback" not in done.stderr


def heed_interrupts() -> None:
    """A job in the background passes on that it ignores the signal."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_interrupted(folder: Path) -> None:
    """The process waits for standard input when the signal comes."""
    process = subprocess.Popen(
        _words("-"),
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (no other thread runs yet)
    )
    deadline = time.monotonic() + 60
    while not _sleeps(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "proofcheck: interrupted\n")


def _sleeps(pid: int) -> bool:
    """Whether a process has read all its modules and waits."""
    try:
        waits = Path(f"/proc/{pid}/wchan").read_text()
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        memory = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return False
    return status == "S" and ("pipe" in waits or waits == "0") and memory > 8_000
