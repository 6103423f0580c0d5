"""The report on documents, as the arguments ask for it."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from proofcheck import __version__
from proofcheck.cli.answer import Answer, reading
from proofcheck.cli.changes import ChangesUnknown, only_changed
from proofcheck.cli.progress import Progress
from proofcheck.cli.terminal import output, width
from proofcheck.config import Settings
from proofcheck.configuration.project import BadConfiguration, Projects
from proofcheck.pipeline import check_input, check_paths
from proofcheck.rules.baseline import InvalidBaseline, load, without
from proofcheck.rules.choice import UnknownRule, named
from proofcheck.rules.registry import BY_NAME
from proofcheck.rules.report import Failure, FileReport, Report
from proofcheck.running.cache import Cache
from proofcheck.running.store import Store, folder
from proofcheck.running.workers import cores
from proofcheck.writers import (
    colour,
    diff,
    github,
    gitlab,
    json_report,
    junit,
    rdjson,
    reveal,
    sarif,
    statistics,
    text,
)
from proofcheck.writers.corrections import NotCorrected, correct

_TROUBLE = 2
WRITERS: dict[str, Callable[[Report], str]] = {
    "json": json_report.write,
    "sarif": lambda report: sarif.write(report, __version__),
    "github": github.write,
    "gitlab": gitlab.write,
    "junit": junit.write,
    "rdjson": rdjson.write,
}
"""What writes each form but `text`, which knows of its terminal."""
_STDIN, _UNNAMED = "-", "<stdin>"


def answer(options: argparse.Namespace) -> Answer:
    """What there is to say of the named paths."""
    said: list[str] = []
    projects = Projects()
    try:
        settings = choices(options)
        if options.baseline:
            load(Path(options.baseline))  # it is refused before the work
        report = check(options, settings, projects)
        if options.fix and not options.diff and _fix(report, said):
            report = check(options, settings, projects)
        baselines = (options.baseline,) if options.baseline else projects.said("baseline")
        read = reading(baselines)
        for baseline in baselines:
            report = _unknown(report, baseline, settings, said)
    except (UnknownRule, InvalidBaseline) as error:
        return Answer("", (*said, str(error)), _TROUBLE, lasting=False)
    if options.diff_base is not None:
        try:
            report = only_changed(report, options.diff_base)
        except ChangesUnknown as error:
            return Answer("", (*said, str(error)), _TROUBLE, lasting=False)
    said += [failure.message for failure in report.failures]
    if options.verbose:
        said += [_account(*each) for each in itertools.groupby(report.files, _path)]
    status = 0 if options.exit_zero and report.status == 1 else report.status
    text = _written(report, options, *_appearance(options))
    lasting = not report.failures and not projects.said("latex-root")
    encoding = None if options.format == "text" or options.diff else "utf-8"
    return Answer(text, tuple(said), status, lasting, read, options.output_file, encoding)


def choices(options: argparse.Namespace) -> Settings:
    """The rules that the arguments choose. Raises `UnknownRule`."""
    enabled, disabled = frozenset[str](), named(options.ignore or ())
    if options.select is not None:
        enabled = named(options.select)
        disabled |= frozenset(BY_NAME) - enabled
    if options.show_unchecked:
        enabled, disabled = enabled | {"unchecked-step"}, disabled - {"unchecked-step"}
    reveal, seed = getattr(options, "reveal", False), getattr(options, "seed", "")
    return Settings(enabled=enabled, disabled=disabled, reveal=reveal, seed=seed)


def check(options: argparse.Namespace, settings: Settings, projects: Projects) -> Report:
    """The report on the paths, standard input first."""
    paths: Sequence[str] = options.paths
    files = [path for path in paths if path != _STDIN]
    jobs = getattr(options, "jobs", None) or _jobs()
    if getattr(options, "no_cache", False):
        with Progress() as progress:
            report = check_paths(files, settings, projects, jobs, None, progress)
    else:
        with Store(folder()) as store, Progress() as progress:
            report = check_paths(files, settings, projects, jobs, Cache(store), progress)
    if len(files) == len(paths):
        return report
    match _standard_input(options, settings, projects, jobs):
        case FileReport() as found:
            return replace(report, files=(found, *report.files))
        case Failure() as failure:
            return replace(report, failures=(failure, *report.failures))


def _jobs() -> int:
    """How many documents are checked at once, as it is configured where the process stands."""
    try:
        return int(Projects().of(Path("document")).table.get("jobs", 0)) or cores()
    except BadConfiguration:
        return cores()  # it is told where it holds


def _unknown(report: Report, baseline: str, settings: Settings, said: list[str]) -> Report:
    """The report without what a baseline knows; entries that can go are told. Raises
    `InvalidBaseline`."""
    new, fixed = without(report, load(Path(baseline)), Path(baseline).parent)
    gone = [entry for entry in fixed if _selected(entry.rule, settings)]
    said += [f"no longer found: {e.rule} in {e.path} ({e.fingerprint[:8]})" for e in gone]
    if gone:
        counted = "1 entry" if len(gone) == 1 else f"{len(gone)} entries"
        said.append(f"{counted} of {baseline} can be removed: run `proofcheck baseline` again")
    return new


def _selected(rule: str, settings: Settings) -> bool:
    """Whether a rule was asked for, so that its silence says something."""
    return rule not in BY_NAME or settings.selects(rule, BY_NAME[rule].default)


def _standard_input(
    options: argparse.Namespace, settings: Settings, projects: Projects, jobs: int
) -> FileReport | Failure:
    """The report on what standard input holds; it can be read once."""
    if not hasattr(options, "content"):
        options.content = sys.stdin.buffer.read() if sys.stdin is not None else b""
    name = options.stdin_filename or _UNNAMED
    try:
        project = projects.of(Path(name))
    except BadConfiguration as error:
        return Failure(name, str(error))
    settings = project.settings(Path(name), settings)
    return check_input(options.content, name, settings, jobs)


def _path(file: FileReport) -> str:
    return file.path


def _account(path: str, files: Iterable[FileReport]) -> str:
    """What came of a file, in one line; a dump has several reports."""
    files = list(files)
    counts = (
        _count(sum(len(file.derivations) for file in files), "derivation"),
        _count(sum(file.tally().total() for file in files), "step"),
        _count(sum(len(file.diagnostics) for file in files), "finding"),
    )
    return f"{path}: {', '.join(counts)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _appearance(options: argparse.Namespace) -> tuple[colour.Palette, int]:
    """The colours and the width of the report where it goes."""
    if options.output_file is not None:
        return colour.Palette(), width(None)
    stream = output()
    return colour.palette(stream, os.environ), width(stream)


def _written(
    report: Report, options: argparse.Namespace, palette: colour.Palette, columns: int
) -> str:
    """The report in the form that the arguments ask for."""
    if options.diff:
        return diff.write(report)
    if options.format in WRITERS:
        return WRITERS[options.format](report)
    if options.statistics:
        findings = statistics.write(report, columns)
    else:
        findings = "".join((reveal.write(report), text.findings(report, palette, columns)))
    return findings if options.quiet else f"{findings}{text.closing(report)}\n"


def _fix(report: Report, said: list[str]) -> int:
    """Corrects the files of a report; gives how many steps."""
    total = 0
    for file in report.files:
        try:
            count = correct(file)
        except NotCorrected as error:
            said.append(str(error))
            continue
        if count:
            said.append(f"corrected {_count(count, 'step')} in {file.path}")
        total += count
    return total
