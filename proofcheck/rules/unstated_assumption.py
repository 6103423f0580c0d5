r"""A step that holds only under an assumption that the text does not make.

The step fails as it stands, with a counterexample, and holds at every sample point under one
common assumption: a matrix is symmetric, two matrices commute, a vector has unit length.

## Why it matters

The reader has to guess what the author had in mind, and a later use of the result where the
assumption does not hold is wrong.

## Example

```markdown
Let $A$ be a square matrix and $x$ a vector.

$$\begin{align}
f &= x^TAx \\
df &= dx^TAx + x^TAdx \\
   &= 2x^TAdx
\end{align}$$
```

## What to write instead

```markdown
Let $A$ be a symmetric matrix and $x$ a vector.

$$\begin{align}
f &= x^TAx \\
df &= dx^TAx + x^TAdx \\
   &= 2x^TAdx
\end{align}$$
```

## When it is silent

* The assumption is made in the prose, or by a directive such as `proofcheck: let A symmetric`.
* No single common assumption is enough: [`unequal-step`](unequal-step.md) reports the step.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, quote, silence

_NAME = "unstated-assumption"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step that holds under an assumption only."""
    if judgement.verdict is not Verdict.CONDITIONAL or judgement.transposed:
        return None
    left, right = quote(step.left.text), quote(step.right.text)
    default = f"{right} follows from {left} only under an assumption that the text does not make"
    return judgement.message or default


RULE = Rule(
    name=_NAME,
    severity=Severity.WARNING,
    default=True,
    help=f"state the assumption before the derivation, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)
