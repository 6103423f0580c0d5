"""All stages, in order: a file in, a report out."""

from __future__ import annotations

import functools
import os
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from proofcheck.config import Settings
from proofcheck.configuration.project import BadConfiguration, Projects
from proofcheck.document.directives import directives
from proofcheck.document.document import Document
from proofcheck.document.dump import Row, UnreadableDump, post, rows
from proofcheck.document.files import Absent, find
from proofcheck.document.kinds import is_dump
from proofcheck.document.read import UnreadableFile, read, read_bytes, read_text
from proofcheck.document.source import Source
from proofcheck.extraction.derivation import Derivation, Extraction, Step
from proofcheck.extraction.extract import extract
from proofcheck.numeric.judge import judge
from proofcheck.numeric.understanding import Remedies
from proofcheck.numeric.verdict import Judgement, Verdict
from proofcheck.remedy.assumption import missing_assumption
from proofcheck.remedy.hints import hint
from proofcheck.remedy.repair import mend
from proofcheck.remedy.terms import differing
from proofcheck.rules import registry
from proofcheck.rules.fix import fix
from proofcheck.rules.invalid_directive import invalid
from proofcheck.rules.report import CheckedDerivation, CheckedStep, Failure, FileReport, Report
from proofcheck.rules.revealed import reveal
from proofcheck.rules.selection import select
from proofcheck.rules.silences import silences
from proofcheck.rules.unreadable_file import unreadable
from proofcheck.rules.unused_directive import unused
from proofcheck.running import workers
from proofcheck.running.cache import Cache
from proofcheck.running.workers import Limits, Task

_DEFAULTS = Settings()
_MOST_POSTS = 1_000
"""How many posts of a dump may have findings before the rest of it is left."""
Progress = Callable[[int, int], None]
_REMEDIES = Remedies(missing_assumption, mend, differing, hint)


def check_document(document: Document, settings: Settings = _DEFAULTS) -> FileReport:
    """Checks every step of a document."""
    document = _after_preamble(document, settings.preamble)
    extraction = extract(document)
    judgements = judge(extraction, _REMEDIES, settings.seed)
    derivations = _judged(extraction, judgements, document.source)
    problems = (*document.problems, *extraction.problems)
    steps = [step for derivation in derivations for step in derivation.steps]
    told = directives(document)
    findings = [unreadable(problem.message, problem.span) for problem in problems]
    places = [finding.span for finding in findings]
    places += [step.finding.span if step.finding else step.step.right.span for step in steps]
    findings += invalid(told, registry.BY_NAME)
    findings += [step.finding for step in steps if step.finding]
    silent = silences(told, places, document.source)
    findings += unused(silent, findings, registry.BY_NAME)
    reported, allowed = select(findings, settings, silent)
    shown = reveal(document, extraction, judgements) if settings.reveal else ()
    return FileReport(document.source.path, document.source, derivations, reported, allowed, shown)


def _after_preamble(document: Document, preamble: str) -> Document:
    """A document in which holds what a preamble says."""
    if not preamble:
        return document
    before = _preamble(preamble)
    return replace(document, preamble=before, inherited=(before, *document.inherited))


@functools.lru_cache(maxsize=8)
def _preamble(text: str) -> Document:
    return read_text(text, "<configuration>", "latex")


def _judged(
    extraction: Extraction, judgements: Iterable[Iterable[Judgement]], source: Source
) -> tuple[CheckedDerivation, ...]:
    """Every derivation with the judgements of its steps."""
    judged = zip(extraction.derivations, judgements, strict=True)
    return tuple(_check(derivation, of_steps, source) for derivation, of_steps in judged)


def _check(
    derivation: Derivation, judgements: Iterable[Judgement], source: Source
) -> CheckedDerivation:
    """Every step with its judgement and what the rules make of that."""
    steps = (
        _checked(step, judgement, source)
        for step, judgement in zip(derivation.steps, judgements, strict=True)
    )
    return CheckedDerivation(derivation, tuple(steps))


def _checked(step: Step, judgement: Judgement, source: Source) -> CheckedStep:
    """A step with its finding, and the correction of it."""
    mended = fix(judgement.repair, step.right, source)
    found = registry.find(step, judgement)
    finding = replace(found, fix=mended) if found is not None else None
    return CheckedStep(step, judgement, finding, mended)


def check_text(
    text: str, path: str = "<text>", kind: str = "markdown", settings: Settings = _DEFAULTS
) -> FileReport:
    """Checks a document given as text, of one of the kinds in `document.read.KINDS`."""
    return check_document(read_text(text, path, kind), settings)


def check_bytes(content: bytes, path: str, settings: Settings = _DEFAULTS) -> FileReport:
    """Checks a document given as the bytes that the file `path` could hold, which is not opened.

    Its suffix says the kind; without one it is Markdown.
    """
    name = path if Path(path).suffix else f"{path}.md"
    try:
        document = read_bytes(content, name, settings.root)
    except UnreadableFile as error:
        message = str(error).replace(f"`{name}`", f"`{path}`", 1)
        return _unread(path, message, settings)
    source = replace(document.source, path=path)
    return check_document(replace(document, source=source), settings)


def check_input(content: bytes, path: str, settings: Settings, jobs: int) -> FileReport | Failure:
    """What `check_bytes` comes to, in a process within `Limits`."""
    task = Task(path, settings, content=content.decode("latin-1"))
    with closing(_checked_now((task,), jobs)) as results:
        ((_, (outcome,)),) = results
    return outcome


def _unread(path: str, message: str, settings: Settings) -> FileReport:
    """The report on a file that is there and cannot be read."""
    source = Source(path, "")
    reported, _ = select([unreadable(message)], settings)
    return FileReport(path, source, (), reported)


def check_path(path: str | Path, settings: Settings = _DEFAULTS) -> FileReport:
    """Checks one file; one that is there and cannot be read is a finding.

    Raises `UnreadableFile` where there is no such file.
    """
    try:
        document = read(path, settings.root)
    except UnreadableFile as error:
        if not os.path.isfile(path):
            raise
        return _unread(str(path), str(error), settings)
    return check_document(document, settings)


def _silent(done: int, of: int) -> None:
    """No progress is told."""


def check_paths(
    paths: Iterable[str | Path],
    settings: Settings = _DEFAULTS,
    projects: Projects | None = None,
    jobs: int = 0,
    cache: Cache | None = None,
    progress: Progress = _silent,
) -> Report:
    """Checks files, and the documents in directories; what goes wrong in one leaves the others.

    Where `projects` are given, each file is checked by what its configuration says. The `jobs` are
    processes, of which each checks one document at a time, within `Limits`; without any the
    documents are checked in this process, where only the work on a step has a bound. What the
    `cache` knows is not checked again. `progress` is told how many documents are done of how many.
    """
    outcomes = list(_outcomes(tuple(_plan(paths, settings, projects)), jobs, cache, progress))
    failures = (outcome for outcome in outcomes if isinstance(outcome, Failure))
    return Report(
        tuple(outcome for outcome in outcomes if isinstance(outcome, FileReport)),
        tuple({failure.message: failure for failure in failures}.values()),
    )


def _plan(
    paths: Iterable[str | Path], settings: Settings, projects: Projects | None
) -> Iterator[Task | Failure]:
    """What is to be done, by the configuration of each file; what it excludes is checked only
    where it is named."""
    paths = tuple(map(str, map(Path, paths)))
    for found in find(paths):
        if isinstance(found, Absent):
            yield Failure(found.path, found.message)
        elif projects is None:
            yield Task(found, settings)
        else:
            yield from _configured(Path(found), settings, projects, found in paths)


def _configured(
    found: Path, settings: Settings, projects: Projects, named: bool
) -> Iterator[Task | Failure]:
    """What is to be done about one file."""
    try:
        project = projects.of(found)
    except BadConfiguration as error:
        yield Failure(str(found), str(error))
        return
    if named or not project.excludes(found):
        yield Task(str(found), project.settings(found, settings))


def _outcomes(
    plan: Sequence[Task | Failure], jobs: int, cache: Cache | None, progress: Progress
) -> Iterator[FileReport | Failure]:
    """What a plan comes to, in its order.

    A result is kept as soon as it is known, by the key that its task had before: a failure is not,
    nor what is said of a document that changed meanwhile.
    """
    single = [item for item in plan if isinstance(item, Task) and not is_dump(item.path)]
    keys = {task: cache.key(task) for task in single} if cache else {}
    known = cache.known(keys) if cache else {}
    done = dict(known)
    progress(len(done), len(plan))
    unknown = sorted((task for task in single if task not in known), key=_size, reverse=True)
    with closing(_checked_now(unknown, jobs)) as results:
        for task, outcomes in results:
            if cache and keys[task] == cache.key(task) and not _failed(outcomes):
                cache.keep(keys[task], outcomes)
            done[task] = outcomes
            progress(len(done), len(plan))
    for item in plan:
        if isinstance(item, Failure):
            yield item
        elif item in done:
            yield from done[item]
        else:
            yield from _check_dump(item, jobs)


def _size(task: Task) -> int:
    """How large a document is: the large ones come first, so that none is left at the end."""
    try:
        return os.stat(task.path).st_size
    except OSError:
        return 0


def _failed(outcomes: workers.Outcomes) -> bool:
    return any(isinstance(outcome, Failure) for outcome in outcomes)


def _checked_now(
    tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, workers.Outcomes], None, None]:
    """What the tasks come to, in the order in which that is known."""
    if jobs and not os.environ.get("PROOFCHECK_DEBUG"):
        yield from workers.check_all(tasks, _attempts, jobs, Limits())
    else:
        for task in tasks:
            yield task, tuple(_attempts(task))


def _attempts(task: Task) -> Iterator[FileReport | Failure]:
    """What one document comes to."""
    yield _attempt(task)


def _attempt(task: Task) -> FileReport | Failure:
    if task.content is not None:
        content = task.content.encode("latin-1")
        return _guarded(task.name, partial(check_bytes, content, task.path, task.settings))
    if task.post is None:
        return _guarded(task.name, partial(check_path, task.path, task.settings))
    return _guarded(task.name, partial(_check_post, task.path, task.post, task.settings))


def _check_post(path: str, row: Row, settings: Settings) -> FileReport:
    """The report on a post; where nothing is found the verdicts are kept alone."""
    report = check_document(post(path, row), settings)
    if report.diagnostics:
        return report
    return FileReport(path, Source(path, ""), (), (), report.allowed, others=report.tally())


def _check_dump(dump: Task, jobs: int) -> Iterator[FileReport | Failure]:
    """The posts of a dump in which something is found, then what there is in all others: memory
    does not grow with the dump."""
    kept, allowed, others = 0, 0, Counter[Verdict]()
    problems: list[str] = []
    with closing(_in_order(_posts(dump, problems), jobs)) as results:
        for (outcome,) in results:
            if kept == _MOST_POSTS:
                problems.append(
                    f"more than {_MOST_POSTS:,} posts have findings; the rest is not checked"
                )
                break
            if isinstance(outcome, Failure) or outcome.diagnostics:
                kept += 1
                yield outcome
            else:
                allowed += outcome.allowed
                others += outcome.tally()
    found = tuple(map(unreadable, problems))
    yield FileReport(dump.path, Source(dump.path, ""), (), found, allowed, others=others)


def _posts(dump: Task, problems: list[str]) -> Iterator[Task]:
    """The posts of a dump; what ends it early is added to the problems."""
    try:
        for row in rows(Path(dump.path)):
            yield replace(dump, post=row)
    except UnreadableDump as error:
        problems.append(f"`{dump.path}` {error}")


def _in_order(tasks: Iterator[Task], jobs: int) -> Generator[workers.Outcomes, None, None]:
    """What tasks come to, in their order; only those that wait for an earlier one are held."""
    begun: deque[Task] = deque()
    done: dict[Task, workers.Outcomes] = {}

    def noted() -> Iterator[Task]:
        for task in tasks:
            begun.append(task)
            yield task

    with closing(_checked_now(noted(), jobs)) as results:
        for task, outcomes in results:
            done[task] = outcomes
            while begun and begun[0] in done:
                yield done.pop(begun.popleft())


def _guarded(name: str, check: Callable[[], FileReport]) -> FileReport | Failure:
    """What a check comes to, or why it could not be made."""
    try:
        return check()
    except UnreadableFile as error:
        return Failure(name, str(error))
    except MemoryError:
        return Failure(name, f"`{name}` needs more memory than it may have, and was given up")
    except Exception as error:
        if os.environ.get("PROOFCHECK_DEBUG"):
            raise
        return Failure(name, _defect(name, error))


def _defect(name: str, error: Exception) -> str:
    """What to say of a defect of the program itself."""
    said = f"{type(error).__name__}: {error}".rstrip(": ")
    return f"internal error in `{name}`: {said}; set PROOFCHECK_DEBUG=1 to see where"
