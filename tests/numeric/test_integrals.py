"""Integrals and series: what they are worth, and what is said where no value is certain."""

from __future__ import annotations

import pytest

from proofcheck.inference.reason import Reason
from proofcheck.numeric.effort import Effort
from tests.numeric.claims import check, verdicts


@pytest.mark.parametrize(
    "equation",
    [
        r"\int_0^1 x^2 \, dx = \frac{1}{3}",
        r"\int_0^\pi \sin(x) \, dx = 2",
        r"\int_1^{2} \frac{1}{x} \, dx = \log(2)",
        r"\int_0^1 \int_0^1 xy \, dx \, dy = \frac{1}{4}",
        r"\int_0^\infty x e^{-x} \, dx = 1",
        r"\int_{-\infty}^{\infty} e^{-x^2} \, \mathrm{d}x = \sqrt{\pi}",
        r"\sum_{k=0}^\infty \frac{x^k}{k!} = e^x",
    ],
)
def test_a_right_value_holds(equation: str) -> None:
    assert verdicts((equation,)) == ["holds"]


@pytest.mark.parametrize(
    "row",
    [
        r"\int_0^1 (x + a)^2 \, dx = \int_0^1 (x^2 + a^2) \, dx",
        r"\int_0^1 a e^{x} \, dx = a\int_0^1 e^{2x} \, dx",
    ],
)
def test_a_wrong_value_between_limits_fails(row: str) -> None:
    assert verdicts((row,)) == ["fails"]


@pytest.mark.parametrize(
    "row",
    [
        r"\int_0^\infty a e^{-x} \, dx = 2\int_0^\infty a e^{-x} \, dx",
        r"\sum_{k=1}^\infty \frac{x^k}{k^3} = 2\sum_{k=1}^\infty \frac{x^k}{k^3}",
        r"\int f(x) \, dx = 2\int f(x) \, dx",
    ],
)
def test_what_is_cut_is_never_accused(row: str) -> None:
    assert verdicts((row,))[0] in ("unchecked", "assumed")


def test_what_is_cut_says_so() -> None:
    (judged,) = check((r"\int_0^\infty x e^{-x} \, dx = 1",))
    assert any("cut" in note for note in judged.notes)


@pytest.mark.parametrize(
    "equation",
    [r"\int_0^1 \frac{1}{x} \, dx = s", r"\int_{-1}^1 |x| \, dx = 1", r"\sum_{k=1}^\infty k = s"],
)
def test_what_has_no_value_is_not_decided(equation: str) -> None:
    assert verdicts((equation,))[0] in ("unchecked", "assumed")


def test_tiny_values_do_not_agree_by_being_tiny() -> None:
    row = r"\int_{9}^{\infty} e^{-x^2} \, dx = \int_{9}^{10} e^{-x^2 - 1} \, dx"
    assert verdicts((row,)) == ["unchecked"]


def test_tiny_values_are_equal_to_all_their_digits() -> None:
    row = r"\int_{9}^{10} 3 e^{-x^2} \, dx = 3 \int_{9}^{10} e^{-x^2} \, dx"
    assert verdicts((row,)) == ["holds"]


def test_the_integrals_of_a_step_share_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Effort.__init__, "__defaults__", (500,))
    (judged,) = check((r"\int_0^1 \sin(40 x) e^{x} \, dx = 2\int_0^1 \sin(40 x) e^{x} \, dx",))
    assert judged.reason is Reason.LIMIT_REACHED
    assert "integral" in judged.message


def test_an_inverse_function_is_no_power() -> None:
    rows = verdicts((r"y = g(x) = b x", r"x = g^{-1}(y) = \frac{1}{b} y"))
    assert "fails" not in rows
