"""What the package offers to a program, such as a notebook: text or paths in, a report out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from proofcheck import pipeline
from proofcheck.config import Settings
from proofcheck.configuration.project import Projects
from proofcheck.document.read import KINDS, UnreadableFile
from proofcheck.rules import report
from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.report import CheckedDerivation, CheckedStep
from proofcheck.writers import notebook_table, text

_DEFAULTS = Settings()


class Report(report.Report):
    """All that was found, in one document or in many.

    `files` are the reports on the documents, in the order in which they were given, and `failures`
    the paths for which nothing could be done. A notebook shows it as a table, `print` as the
    command does.
    """

    __slots__ = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings in all documents; their spans are offsets in their own."""
        return tuple(found for file in self.files for found in file.diagnostics)

    @property
    def derivations(self) -> tuple[CheckedDerivation, ...]:
        """The derivations of all documents."""
        return tuple(found for file in self.files for found in file.derivations)

    def steps(self) -> Iterator[CheckedStep]:
        """The steps of all documents, each with its judgement."""
        for file in self.files:
            yield from file.steps()

    def __str__(self) -> str:
        """The findings and the line that counts, as the command prints them."""
        failures = "".join(f"proofcheck: {failure.message}\n" for failure in self.failures)
        return f"{failures}{text.write(self)}"

    def __repr__(self) -> str:
        return f"<Report: {text.closing(self)}>"

    def _repr_html_(self) -> str:
        """The steps as a table, for notebooks; all text of the document is escaped."""
        return notebook_table.write(self)


def check_text(
    text: str, kind: str = "markdown", *, path: str = "<text>", settings: Settings = _DEFAULTS
) -> Report:
    """Checks a document given as text.

    `kind` is `markdown`, `latex`, `notebook`, `html`, `restructured` or `text`; any other raises
    `ValueError`. `path` names the document in reports and is not opened.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no kind of document `{kind}`; the kinds are {', '.join(KINDS)}")
    return Report((pipeline.check_text(text, path, kind, settings),))


def check_path(path: str | Path, settings: Settings = _DEFAULTS) -> Report:
    """Checks a document, or all documents in a directory, with the files that LaTeX brings in.

    The configuration of a document's project holds, and `settings` come before it. A file that is
    there and cannot be read is a finding. Raises `UnreadableFile` where nothing is.
    """
    found = check_paths([path], settings)
    if found.failures and not found.files:
        raise UnreadableFile(found.failures[0].message)
    return found


def check_paths(paths: Iterable[str | Path], settings: Settings = _DEFAULTS) -> Report:
    """Checks documents and directories of them; what goes wrong in one leaves the others.

    The configuration of each document's project holds, and `settings` come before it.
    """
    found = pipeline.check_paths(paths, settings, Projects())
    return Report(found.files, found.failures)
