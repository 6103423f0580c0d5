"""Colours only where they are wanted."""

from __future__ import annotations

import io

import pytest

from proofcheck.writers.colour import palette


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
    ],
)
def test_on_a_terminal(environment: dict[str, str], coloured: bool) -> None:
    assert palette(Terminal(), environment).enabled is coloured


def test_not_into_a_file() -> None:
    assert not palette(io.StringIO(), {}).enabled
