"""`proofcheck baseline`: what is found now, as a file of what is known."""

from __future__ import annotations

import argparse
from pathlib import Path

from proofcheck.cli.arguments import BASELINE
from proofcheck.cli.checking import check, choices
from proofcheck.cli.terminal import complain
from proofcheck.configuration.project import Projects
from proofcheck.rules.baseline import dump, entries
from proofcheck.rules.choice import UnknownRule


def run(options: argparse.Namespace) -> int:
    """Writes the file; 0 even if something was found."""
    try:
        projects = Projects()
        report = check(options, choices(options), projects)
    except UnknownRule as error:
        complain(str(error))
        return 2
    for failure in report.failures:
        complain(failure.message)
    if report.failures:
        return report.status
    (configured,) = projects.said("baseline")[:1] or (BASELINE,)
    target = Path(options.output_file or configured)
    found = entries(report, target.parent)
    target.write_text(dump(found), encoding="utf-8")
    counted = "1 known finding" if len(found) == 1 else f"{len(found)} known findings"
    complain(f"wrote {counted} to {target}")
    return 0
