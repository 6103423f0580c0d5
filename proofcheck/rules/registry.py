"""All rules, in the order in which they are asked about a step."""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement
from proofcheck.rules import (
    broken_implication,
    broken_inequality,
    invalid_directive,
    shape_mismatch,
    transposed_layout,
    unchecked_step,
    unequal_step,
    unreadable_file,
    unstated_assumption,
    unused_directive,
)
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    shape_mismatch.RULE,
    broken_inequality.RULE,
    broken_implication.RULE,
    unequal_step.RULE,
    unstated_assumption.RULE,
    transposed_layout.RULE,
    unchecked_step.RULE,
    invalid_directive.RULE,
    unused_directive.RULE,
    unreadable_file.RULE,
)
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


def find(step: Step, judgement: Judgement) -> Diagnostic | None:
    """The finding of the first rule that concerns the step; None if it is in order.

    A step that fails only because the one before it does is no finding of its own.
    """
    if judgement.inherited:
        return None
    for rule in RULES:
        if finding := rule.find(step, judgement):
            return finding
    return None
