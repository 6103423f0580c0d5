r"""A comment for the program that it does not understand.

A comment that begins with `proofcheck:` goes on with a word that is no directive, or names a rule
that does not exist.

## Why it matters

The author means something by it, usually that a finding be silenced or a symbol be declared, and
nothing of the kind happens.

## Example

```markdown
Let $A$ and $B$ be square matrices.

<!-- proofcheck: define A square -->
$$\operatorname{tr}(AB) = \operatorname{tr}(BA)$$
```

## What to write instead

```markdown
Let $A$ and $B$ be square matrices.

<!-- proofcheck: let A in R^{n x n} -->
$$\operatorname{tr}(AB) = \operatorname{tr}(BA)$$
```

The directives are `allow[rule]`, `off`, `on`, `layout numerator`, `layout denominator` and
`let …`; `proofcheck rules` lists the rules. A `let` names symbols and says what they are:
`let A, B in R^{n x n}, symmetric`, `let x vector`, `let \sigma elementwise`, `let Y = X^TW`.

## When it is silent

* The word `proofcheck:` stands in the text and not in a comment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from proofcheck.document.directives import Allow, Directive, InvalidDirective, Let
from proofcheck.extraction.derivation import Step
from proofcheck.extraction.lets import Misunderstood, declared
from proofcheck.numeric.verdict import Judgement
from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.rule import Rule


def describe(step: Step, judgement: Judgement) -> str | None:
    """Nothing: this rule is about comments, see `invalid`."""
    del step, judgement
    return None


RULE = Rule(
    name="invalid-directive",
    severity=Severity.WARNING,
    default=True,
    help="correct the comment, or remove it",
    page=__doc__ or "",
    describe=describe,
)


def invalid(directives: Iterable[Directive], rules: Collection[str]) -> Iterator[Diagnostic]:
    """A finding for each directive that is unknown, says nothing or allows none of the `rules`."""
    for directive in directives:
        if isinstance(directive, InvalidDirective):
            yield RULE.at(directive.span, directive.message)
        elif isinstance(directive, Let):
            try:
                declared(directive)
            except Misunderstood as error:
                yield RULE.at(directive.place, str(error))
        elif isinstance(directive, Allow):
            for name in directive.rules:
                if name not in rules:
                    yield RULE.at(directive.span, f"there is no rule `{name}` to allow")
