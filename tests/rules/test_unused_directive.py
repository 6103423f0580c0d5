"""Comments that silence nothing."""

from __future__ import annotations

import pytest

from proofcheck import Settings, check_text

WRONG = "$$(a + b)^2 = a^2 + b^2$$\n"
RIGHT = "$$a + b = b + a$$\n"
ALLOW = "<!-- proofcheck: allow[unequal-step] -->\n"
OFF, ON = "<!-- proofcheck: off -->\n\n", "\n<!-- proofcheck: on -->\n"


def _said(text: str, settings: Settings | None = None) -> list[str]:
    report = check_text(text, settings=settings or Settings())
    return [found.message for found in report.diagnostics if found.rule == "unused-directive"]


@pytest.mark.parametrize(
    "text",
    [
        ALLOW + WRONG,
        f"{OFF}{WRONG}{ON}",
        f"{OFF}{RIGHT}\n{WRONG}",
        "<!-- proofcheck: allow[no-such-rule] -->\n" + RIGHT,
        "<!-- proofcheck: allow[unchecked-step] -->\n$$a = \\unheardof{a}$$\n",
        "<!-- proofcheck: let a scalar -->\n" + RIGHT,
    ],
)
def test_of_use(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ALLOW + RIGHT, "`allow[unequal-step]` silences nothing"),
        (f"{WRONG}\n{ALLOW}", "`allow[unequal-step]` silences nothing"),
        (f"{ALLOW}{RIGHT}\n{WRONG}", "`allow[unequal-step]` silences nothing"),
        (
            "<!-- proofcheck: allow[unequal-step, shape-mismatch] -->\n" + WRONG,
            "`allow[shape-mismatch]` silences nothing",
        ),
        (f"{OFF}{RIGHT}{ON}\n{WRONG}", "`off` silences nothing"),
        (OFF, "`off` silences nothing"),
    ],
)
def test_of_no_use(text: str, said: str) -> None:
    assert _said(text) == [said]


def test_a_rule_that_is_turned_off_is_still_silenced() -> None:
    assert _said(ALLOW + WRONG, Settings(disabled=frozenset(("unequal-step",)))) == []
