r"""A step that is said to follow from an equation, and does not.

The equation before it determines the symbol that the step gives. It was solved for it at exact
values of all others, and the step gives something else. Words such as "hence" and "we find", or a
sign of implication, say that the one follows from the other.

## Why it matters

What is called a solution does not solve the equation.

## Example

The factors of the inverse are in the wrong order.

```markdown
Let $A$ have full column rank. The minimizer satisfies

$$A^TAx = A^Tb$$

hence

$$x = (AA^T)^{-1}A^Tb.$$
```

## What to write instead

```markdown
Let $A$ have full column rank. The minimizer satisfies

$$A^TAx = A^Tb$$

hence

$$x = (A^TA)^{-1}A^Tb.$$
```

## When it is silent

* Nothing says that the step follows: then it introduces its symbol.
* More than one equation is posed about its symbols, or the one has several solutions.
* Something between the equation and the step was not understood.
"""

from __future__ import annotations

from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Broken, Judgement
from proofcheck.rules.diagnostic import Severity
from proofcheck.rules.rule import Rule, silence

_NAME = "broken-implication"


def describe(step: Step, judgement: Judgement) -> str | None:
    """The sentence for a step that does not solve what is posed."""
    del step
    return judgement.message if judgement.broken is Broken.IMPLICATION else None


RULE = Rule(
    name=_NAME,
    severity=Severity.ERROR,
    default=True,
    help=f"correct the solution, state what else it rests on, or {silence(_NAME)}",
    page=__doc__ or "",
    describe=describe,
)
