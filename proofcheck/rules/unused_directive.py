r"""A comment that silences nothing.

An `allow[rule]` beside or before a step of which that rule has nothing to say, or an `off` after
which nothing is found up to the `on`.

## Why it matters

The step was corrected, or was never wrong; the comment stays and would hide the next mistake.

## Example

```markdown
Let $A$ and $B$ be square matrices.

<!-- proofcheck: allow[unequal-step] -->
$$\operatorname{tr}(AB) = \operatorname{tr}(BA)$$
```

## What to write instead

```markdown
Let $A$ and $B$ be square matrices.

$$\operatorname{tr}(AB) = \operatorname{tr}(BA)$$
```

## When it is silent

* The rule has something to say that is not reported because the rule is turned off: the comment
  is of use once it is on.
* The rule does not exist: that is `invalid-directive`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from proofcheck.document.directives import Allow
from proofcheck.extraction.derivation import Step
from proofcheck.numeric.verdict import Judgement
from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.rule import Rule
from proofcheck.rules.silences import Finding, Silences


def describe(step: Step, judgement: Judgement) -> str | None:
    """Nothing: this rule is about comments, see `unused`."""
    del step, judgement
    return None


RULE = Rule(
    name="unused-directive",
    severity=Severity.WARNING,
    default=True,
    help="remove the comment",
    page=__doc__ or "",
    describe=describe,
)


def unused(
    silences: Silences, findings: Sequence[Diagnostic], rules: Collection[str]
) -> Iterator[Diagnostic]:
    """A finding for each directive that silences none of the findings, reported or not; of the
    names of rules, only the `rules` that there are count."""
    found = {(finding.rule, finding.span) for finding in findings}
    for directive, reached in silences.allowed:
        if idle := _idle(directive, reached & found, rules):
            yield RULE.at(directive.span, f"`allow[{', '.join(idle)}]` silences nothing")
    for switch, end in silences.stretches:
        if not any(switch.span.end <= place.start < end for _, place in found):
            yield RULE.at(switch.span, "`off` silences nothing")


def _idle(directive: Allow, used: frozenset[Finding], rules: Collection[str]) -> list[str]:
    """The rules of a directive that find nothing where it stands."""
    useful = {rule for rule, _ in used}
    return [rule for rule in directive.rules if rule in rules and rule not in useful]
