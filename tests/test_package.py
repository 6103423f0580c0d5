"""What the package offers, and what it costs to import it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import proofcheck


def test_public_names_are_few_and_all_there() -> None:
    assert len(proofcheck.__all__) <= 12
    assert all(getattr(proofcheck, name) is not None for name in proofcheck.__all__)
    assert dir(proofcheck) == proofcheck.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        proofcheck.nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import proofcheck", ("flint", "sympy", "markdown_it", "pylatexenc", "argparse")),
        ("import proofcheck.cli", ("flint", "sympy", "markdown_it", "pylatexenc")),
        ("import proofcheck; proofcheck.check_text", ("sympy", "numpy", "pylatexenc")),
        ("import proofcheck.pipeline", ("sympy", "numpy", "pylatexenc")),
    ],
)
def test_importing_is_cheap(statement: str, forbidden: tuple[str, ...]) -> None:
    code = f"{statement}; import sys; print(*(m for m in {forbidden} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
