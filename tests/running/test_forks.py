"""A long document is judged by several processes as it is by one."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from proofcheck.config import Settings
from proofcheck.document.read import read
from proofcheck.extraction.extract import extract
from proofcheck.numeric import sharing
from proofcheck.numeric.choices import OTHERS
from proofcheck.numeric.hands import Hands, Question, Reply, Serve, helped
from proofcheck.numeric.judge import judge
from proofcheck.numeric.learned import NOTHING
from proofcheck.numeric.understanding import Remedies
from proofcheck.numeric.verdict import Judgement
from proofcheck.pipeline import _shared_out
from proofcheck.remedy.assumption import missing_assumption
from proofcheck.remedy.hints import hint
from proofcheck.remedy.repair import mend
from proofcheck.remedy.terms import differing
from proofcheck.running.forks import Fork
from proofcheck.running.workers import Task

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing forks elsewhere")
FIXTURES = Path(__file__).parents[2] / "fixtures"
_REMEDIES = Remedies(missing_assumption, mend, differing, hint)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shares documents of any length."""
    monkeypatch.setattr(sharing, "FEWEST_STEPS", 0)


def _judged(name: str, hands: Hands | None) -> tuple[tuple[Judgement, ...], ...]:
    with helped(hands):
        return judge(extract(read(FIXTURES / name)), _REMEDIES)


@pytest.mark.parametrize(
    "name",
    [
        "mutated/least_squares_gradient.md",
        "mutated/layouts.md",
        "mutated/integrals.md",
        "mutated/posed_anew.md",
        "correct/inner_products.md",
    ],
)
@pytest.mark.parametrize("others", [1, 2])
def test_judgements_do_not_depend_on_the_processes(name: str, others: int) -> None:
    assert _judged(name, Hands(others, Fork)) == _judged(name, None)
    _nobody_is_left()


def test_a_process_that_is_lost_is_not_missed() -> None:
    """Its work is done by the one that judges."""

    def start(serve: Serve) -> Fork:
        def once(question: Question) -> Reply:
            if question.number:
                os.kill(os.getpid(), signal.SIGKILL)
            return serve(question)

        return Fork(once)

    name = "mutated/layouts.md"
    assert _judged(name, Hands(1, start)) == _judged(name, None)
    _nobody_is_left()


def test_choices_that_cost_more_than_a_step_may_are_tried_in_order() -> None:
    class Dear(Fork):
        def reply(self) -> Reply | None:
            reply = super().reply()
            return reply and tuple(replace(found, cost=((0, 1 << 30),)) for found in reply)

    name = "mutated/layouts.md"
    assert _judged(name, Hands(1, Dear)) == _judged(name, None)


def test_a_process_ends_with_the_one_it_works_for() -> None:
    """Also in the middle of a call that waits for long, with all signals held back."""
    mine, its = os.pipe()
    judge_ = os.fork()
    if not judge_:
        hand = Fork(_asleep)
        hand.ask(Question(0, False, frozenset(), NOTHING))
        os.write(its, hand._number.to_bytes(4, "big"))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(judge_, 0)
    number = int.from_bytes(os.read(mine, 4), "big")
    for _ in range(100):
        if not _runs(number):
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")


def test_each_choice_is_tried_by_one_process() -> None:
    for count in (1, 2, 3, 8):
        parts = sharing.shares(OTHERS, count)
        assert sorted(number for part in parts for number in part) == list(range(len(OTHERS)))
        assert len(parts) == count


def test_a_document_has_as_many_processes_as_shares(tmp_path: Path) -> None:
    tasks = []
    for name, size in (("book", 9_000), ("note", 500), ("other", 500)):
        (tmp_path / name).write_bytes(b" " * size)
        tasks.append(Task(str(tmp_path / name), Settings()))
    assert [task.processes for task in _shared_out(tasks, 4)] == [3, 1, 1]
    assert [task.processes for task in _shared_out(tasks, 1)] == [1, 1, 1]
    assert [task.processes for task in _shared_out(tasks[:1], 2)] == [2]
    assert _shared_out(tasks, 4) == tasks


def _asleep(_: Question) -> Reply:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    time.sleep(3600)
    return ()


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _nobody_is_left() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
