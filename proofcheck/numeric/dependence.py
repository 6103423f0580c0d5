"""Whether it matters to a formula what its symbols depend on."""

from __future__ import annotations

from proofcheck.formula.expr import Call, Derivative, Differential, Expr, Integral, Moment
from proofcheck.formula.vocabulary import MOMENTS


def tells_dependence(node: Expr) -> bool:
    """Whether it matters to a node on what its symbols depend."""
    moment = isinstance(node, Call) and node.operator in MOMENTS
    return moment or isinstance(node, Derivative | Differential | Integral | Moment)
