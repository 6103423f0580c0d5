"""The plugin `proofcheck` of mkdocs: checks the documents of a site while it is built.

It reads the files on disk, so that a finding has the line and column of the source, and marks
the formulas in the pages. Nothing of it runs in the browser.
"""

from __future__ import annotations

import fnmatch
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from proofcheck.config import Settings
from proofcheck.configuration.project import BadConfiguration, Projects
from proofcheck.document.document import MathBlock
from proofcheck.document.read import UnreadableFile, read
from proofcheck.document.source import Source, Span
from proofcheck.pipeline import check_paths
from proofcheck.rules.diagnostic import Diagnostic, Severity
from proofcheck.rules.report import FileReport
from proofcheck.running.cache import Cache
from proofcheck.running.store import Store, folder
from proofcheck.running.workers import cores

_LOG = logging.getLogger("mkdocs.plugins.proofcheck")
_STYLE = "assets/proofcheck.css"
_CSS = """\
.proofcheck-mark { border-bottom: 2px solid #c62828; background: #c6282818; }
.proofcheck-mark.proofcheck-warning { border-color: #b26a00; background: #b26a0018; }
.proofcheck-display::after { content: attr(title); color: #c62828; font-size: 85%; }
.proofcheck-display.proofcheck-warning::after { color: #b26a00; }
p:has(> .proofcheck-display) + * { border-left: 3px solid #c62828; padding-left: .6em; }
"""


class ProofcheckConfig(base.Config):  # type: ignore[no-untyped-call]
    """The options of the plugin.

    `fail_on` is the least severity of a finding that fails the build; with `strict`, and in a
    strict build, every finding does. `include` and `exclude` are patterns for paths below the
    folder of documents, and `report_page` is the path of a page that lists the findings.
    """

    strict = options.Type(bool, default=False)
    fail_on = options.Choice(("error", "warning", "never"), default="error")
    include = options.ListOfItems(options.Type(str), default=["*.md", "*.markdown"])
    exclude = options.ListOfItems(options.Type(str), default=[])
    report_page = options.Optional(options.Type(str))


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was found in a document, and its formulas, as the file was when it had a `stamp`: its
    time, its size and the settings for it."""

    stamp: tuple[int, int, Settings]
    report: FileReport
    formulas: tuple[MathBlock, ...]


class ProofcheckPlugin(BasePlugin[ProofcheckConfig]):  # type: ignore[no-untyped-call]
    """Checks the documents of a site."""

    def __init__(self) -> None:
        self._serving = False
        self._known: dict[str, _Checked] = {}
        self._checked: dict[str, _Checked] = {}
        self._failed: list[str] = []
        self._lost = 0
        self._folder = tempfile.TemporaryDirectory(prefix="proofcheck-")

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Notes whether the site is served; mkdocs then keeps the plugin between builds."""
        del dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Adds the style of the marks."""
        if _STYLE not in config.extra_css:
            config.extra_css.append(_STYLE)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Checks every document, and says what was found."""
        self._checked, self._failed, self._lost = {}, [], 0
        pages = files.documentation_pages()
        paths = {
            file.src_uri: Path(file.abs_src_path)
            for file in pages
            if file.abs_src_path and self._wanted(file.src_uri)
        }
        try:
            self._check(paths)
        except BadConfiguration as error:
            raise PluginError(str(error)) from None
        for checked in self._checked.values():
            for found in checked.report.diagnostics:
                self._tell(checked.report, found)
        if page := self.config.report_page:
            Path(self._folder.name, page).parent.mkdir(parents=True, exist_ok=True)
            Path(self._folder.name, page).write_text(self._page(page), encoding="utf-8")
            files.append(File(page, self._folder.name, config.site_dir, config.use_directory_urls))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Marks the formulas in which something was found."""
        del config, files
        checked = self._checked.get(page.file.src_uri)
        return _marked(markdown, checked) if checked else markdown

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the style, and fails the build if it should be."""
        target = Path(config.site_dir, _STYLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_CSS, encoding="utf-8")
        if not self._serving and self._fails(config):
            count = len(self._failed)
            counted = "1 finding" if count == 1 else f"{count} findings"
            closing = f"proofcheck: {counted} in the documents"
            if self._lost:
                closing += f"; {self._lost} could not be checked"
            raise PluginError("\n".join([*self._failed, closing]))

    def _wanted(self, path: str) -> bool:
        """Whether the options ask for a document."""
        included = any(fnmatch.fnmatch(path, pattern) for pattern in self.config.include)
        return included and not any(fnmatch.fnmatch(path, p) for p in self.config.exclude)

    def _check(self, paths: Mapping[str, Path]) -> None:
        """Checks documents by the configuration of their project, those that changed since the
        site was built before. Raises `BadConfiguration`."""
        projects = Projects()
        stamps = {name: _stamp(path, projects) for name, path in paths.items()}
        shown = {name: stamp for name, stamp in stamps.items() if stamp is not None}
        self._known = {
            name: known for name, known in self._known.items() if known.stamp == shown.get(name)
        }
        changed = {str(paths[name]): name for name in shown if name not in self._known}
        with Store(folder()) as store:
            report = check_paths(changed, Settings(), projects, cores(), Cache(store))
        for found in report.files:
            name = changed[found.path]
            self._known[name] = _Checked(shown[name], found, _formulas(paths[name]))
        self._checked = {name: self._known[name] for name in shown if name in self._known}
        for failure in report.failures:
            self._lost += 1
            _LOG.error("%s", failure.message)

    def _tell(self, report: FileReport, found: Diagnostic) -> None:
        """Says on the log what was found."""
        place = report.source.place(found.span.start)
        path = os.path.relpath(report.path)
        line = f"{path}:{place.line}:{place.column}: {found.message} [{found.rule}]"
        self._failed.append(line)
        _LOG.warning("%s", line)

    def _fails(self, config: MkDocsConfig) -> bool:
        """Whether something was found that fails the build, or a document could not be checked."""
        if self._lost:
            return True
        found = [found for known in self._checked.values() for found in known.report.diagnostics]
        if self.config.strict or config.strict:
            return bool(found)
        failing = {"error": (Severity.ERROR,), "warning": tuple(Severity), "never": ()}
        return any(each.severity in failing[self.config.fail_on] for each in found)

    def _page(self, page: str) -> str:
        """The page that lists the findings, as Markdown with the text of the findings in HTML."""
        lines = ["# Findings", ""]
        for name, checked in sorted(self._checked.items()):
            for number, found in enumerate(checked.report.diagnostics, 1):
                place = checked.report.source.place(found.span.start)
                link = os.path.relpath(name, os.path.dirname(page) or ".").replace(os.sep, "/")
                words = f"{found.message} ({found.rule})"
                target = f"[{link}, line {place.line}]({link}#{_anchor(number)})"
                lines.append(f"* {target}: {_inert(words)}")
        if len(lines) == 2:
            lines.append(f"Nothing was found in {len(self._checked)} documents.")
        return "\n".join([*lines, ""])


def _stamp(path: Path, projects: Projects) -> tuple[int, int, Settings] | None:
    """By what a document is known; None where it is passed over. Raises `BadConfiguration`."""
    project = projects.of(path)
    if project.excludes(path) or not path.is_file():
        return None
    status = path.stat()
    return status.st_mtime_ns, status.st_size, project.settings(path, Settings())


def _formulas(path: Path) -> tuple[MathBlock, ...]:
    """The formulas of a file, none if it cannot be read."""
    try:
        return tuple(part for part in read(path).parts if isinstance(part, MathBlock))
    except UnreadableFile:
        return ()


def _anchor(number: int) -> str:
    """The anchor of a finding, which are numbered in a document from 1."""
    return f"proofcheck-{number}"


def _inert(text: str) -> str:
    """Text in which neither Markdown nor HTML finds anything of its own."""
    return "".join(
        sign if sign.isalnum() or sign in " ,:" else f"&#{ord(sign)};"
        for sign in text.replace("\n", " ")
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A formula with the findings in it, and what stands before and behind it."""

    span: Span
    inline: bool
    findings: tuple[tuple[int, Diagnostic], ...]

    def opening(self) -> str:
        """The element that marks the formula, with an anchor for each further finding."""
        severe = any(found.severity is Severity.ERROR for _, found in self.findings)
        kind = "error" if severe else "warning"
        shown = "" if self.inline else " proofcheck-display"
        words = "; ".join(found.message for _, found in self.findings)
        further = "".join(f'<a id="{_anchor(number)}"></a>' for number, _ in self.findings[1:])
        return (
            f'<span class="proofcheck-mark proofcheck-{kind}{shown}" '
            f'id="{_anchor(self.findings[0][0])}" title="{_inert(words)}">{further}'
        )


def _marked(markdown: str, checked: _Checked) -> str:
    """The text of a page with its findings marked, where it is the text of the file."""
    source = checked.report.source
    lines = markdown.split("\n")
    before = source.position(len(source.text)).line - len(lines)
    inside: list[tuple[int, int, str]] = []
    above: dict[int, str] = {}
    for mark in _marks(checked):
        start, end = source.position(mark.span.start), source.position(mark.span.end)
        first, last = start.line - before - 1, end.line - before - 1
        if not _same(lines, source, first, last, before):
            continue
        if mark.inline:
            inside += [(first, start.column - 1, mark.opening()), (last, end.column - 1, "</span>")]
        else:
            line = _paragraph(lines, first)
            above[line] = above.get(line, "") + mark.opening() + "</span>"
    for line, column, text in sorted(inside, reverse=True):
        lines[line] = lines[line][:column] + text + lines[line][column:]
    for line, text in sorted(above.items(), reverse=True):
        margin = lines[line][: len(lines[line]) - len(lines[line].lstrip(" \t>"))]
        lines[line:line] = [margin + text, margin.rstrip(" \t")]
    return "\n".join(lines)


def _same(lines: list[str], source: Source, first: int, last: int, before: int) -> bool:
    """Whether lines of the page are those of the file, in which as many more stand before them."""
    if not 0 <= first <= last < len(lines):
        return False
    return all(lines[n] == source.line(n + before + 1) for n in range(first, last + 1))


def _paragraph(lines: list[str], line: int) -> int:
    """The first line of the paragraph in which a line stands."""
    while line > 0 and lines[line - 1].strip(" \t>"):
        line -= 1
    return line


def _marks(checked: _Checked) -> list[_Mark]:
    """The formulas of a document in which something was found."""
    marks: list[_Mark] = []
    numbered = list(enumerate(checked.report.diagnostics, 1))
    for formula in checked.formulas:
        inside = tuple(
            (number, found)
            for number, found in numbered
            if formula.span.start <= found.span.start < formula.span.end
        )
        if inside:
            marks.append(_Mark(formula.span, formula.environment == "inline", inside))
    return marks
