"""`proofcheck check`: the report on documents."""

from __future__ import annotations

import argparse
import os

from proofcheck.cli.terminal import complain, output, put, width
from proofcheck.config import Settings
from proofcheck.configuration.project import Projects
from proofcheck.pipeline import check_paths
from proofcheck.rules.report import Report
from proofcheck.running.workers import cores
from proofcheck.writers import colour, diff, json_report, reveal, text
from proofcheck.writers.corrections import NotCorrected, correct


def run(options: argparse.Namespace) -> int:
    """Writes the report on the named paths; what could not be done is said on standard error."""
    enabled = frozenset(("unchecked-step",)) if options.show_unchecked else frozenset()
    settings = Settings(enabled=enabled, reveal=options.reveal)
    report = check_paths(options.paths, settings, Projects(), options.jobs or cores())
    if options.fix and not options.diff and _fix(report):
        report = check_paths(options.paths, settings, Projects(), options.jobs or cores())
    for failure in report.failures:
        complain(failure.message)
    if options.diff:
        put(diff.write(report))
    elif options.format == "json":
        put(json_report.write(report), "utf-8")
    else:
        stream = output()
        put(reveal.write(report))
        put(text.write(report, colour.palette(stream, os.environ), width(stream)))
    return report.status


def _fix(report: Report) -> int:
    """Corrects the files of a report; gives how many steps."""
    total = 0
    for file in report.files:
        try:
            count = correct(file)
        except NotCorrected as error:
            complain(str(error))
            continue
        if count:
            complain(f"corrected {count} step{'s'[: count > 1]} in {file.path}")
        total += count
    return total
