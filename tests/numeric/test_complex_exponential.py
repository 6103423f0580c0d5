"""The exponential of a matrix with complex entries, as the integrand of an integral has it."""

from __future__ import annotations

from flint import acb, acb_mat, arb

from proofcheck.numeric.arithmetic import use_precision
from proofcheck.numeric.determinants import constant
from proofcheck.numeric.primitives import PRIMITIVES


def test_half_a_turn() -> None:
    half = acb_mat(2, 2, [acb(0, arb.pi()), acb(0), acb(0), acb(0, arb.pi())])
    value = PRIMITIVES["matrix exp"]([constant(half)], use_precision(128, "left")).value
    assert value[0, 0].overlaps(acb(-1))
    assert not value[0, 0].overlaps(acb(1))
