r"""A derivative laid out in the way that the document does not use.

A gradient can be written as a column, which is the denominator layout, or as a row, which is the
numerator layout; the derivative of a vector by a vector is then one matrix or its transpose. Both
are in use. The step fails in the layout of the steps around it, or in the one that a directive
names, and holds with the transpose of its right side.

## Why it matters

A reader who puts the two results together multiplies matrices whose shapes don't fit, or, where
they happen to be square, gets a wrong result.

## Example

```markdown
<!-- proofcheck: layout denominator -->

Let $A$ be an $m \times n$ matrix, $b$ an $m$-vector and $x$ an $n$-vector.

$$\nabla_x \|Ax - b\|^2 = 2(Ax - b)^TA$$
```

## What to write instead

```markdown
<!-- proofcheck: layout denominator -->

Let $A$ be an $m \times n$ matrix, $b$ an $m$-vector and $x$ an $n$-vector.

$$\nabla_x \|Ax - b\|^2 = 2A^T(Ax - b)$$
```

## When it is silent

* No directive names a layout, and the other derivations around it don't settle one: at least two of
  their steps have to hold in the one layout and fail in the other.
* The right side is wrong in both layouts: [`unequal-step`](unequal-step.md) or
  [`shape-mismatch`](shape-mismatch.md) reports the step.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, silence

_NAME = "transposed-layout"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step that holds in the other layout of derivatives only."""
    del step
    if judgement.verdict is not Verdict.CONDITIONAL or not judgement.transposed:
        return None
    return judgement.message


RULE = Rule(
    name=_NAME,
    severity=Severity.WARNING,
    default=True,
    help="transpose the right side, name the layout with `proofcheck: layout numerator` or "
    f"`proofcheck: layout denominator`, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)
