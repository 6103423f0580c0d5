r"""A step that could not be checked.

The message quotes what stood in the way; the reason is one of a closed list:

| reason | means |
| --- | --- |
| `unreadable-notation` | characters that the parser does not understand |
| `unknown-symbol` | a symbol of which nothing is known, not even by convention |
| `ambiguous-shape` | the formulas and the text leave open what shape something has |
| `unsupported-function` | a function or a relation that is understood but cannot be computed |
| `no-valid-sample` | too few points at which both sides are defined |
| `limit-reached` | the bound on time, memory or size was passed |

## Why it matters

A step that was not checked may be wrong. The rule is off unless `--show-unchecked` is given,
since nothing is known to be wrong; the closing line of every report counts these steps.

## Example

```markdown
Let $A$ and $B$ be square matrices.

$$AB = \Xi\heartsuit A$$
```

## What to write instead

```markdown
Let $A$ and $B$ be square matrices.

$$(AB)^T = B^TA^T$$
```

Where the notation is sound, say in the prose what its symbols are.

## When it is silent

* By default, except for the count.
* Between the comments `proofcheck: off` and `proofcheck: on`.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, quote, silence

_NAME = "unchecked-step"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step that was not checked, with the reason."""
    if judgement.verdict is not Verdict.UNCHECKED:
        return None
    said = judgement.message or f"{quote(step.right.text)} was not checked"
    return f"{said} ({judgement.reason})" if judgement.reason else said


RULE = Rule(
    name=_NAME,
    severity=Severity.WARNING,
    default=False,
    help=f"say in the text what the symbols are, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)
