"""The plugin of mkdocs, in real sites."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
ENTRY = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["entry-points"]
WRONG = """\
---
title: Products
---
# Products

Let $A$ and $B$ be square matrices, so $(AB)^T = A^TB^T$ and *not* $A + A = 2A$.

Then
$$
(A+B)^2 = A^2 + 2AB + B^2
$$
"""
RIGHT = "# Sums\n\nLet $A$ be a square matrix, so $A + A = 2A$.\n"

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("mkdocs") is None, reason="mkdocs is not installed"
)


class Marks(HTMLParser):
    """The elements with the class of a mark, and the text inside each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.texts: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "span" and "proofcheck-mark" in (values.get("class") or ""):
            self.found.append(values)
            self.texts.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "span"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


@dataclass(frozen=True)
class Site:
    """A site with documents, in a folder of its own."""

    folder: Path

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "mkdocs", *arguments]

    def environment(self) -> dict[str, str]:
        """As after an installation, which writes the entry points beside the package."""
        made = self.folder / "installed" / "proofcheck_lint_test.dist-info"
        made.mkdir(parents=True, exist_ok=True)
        (made / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: proofcheck-lint-test\nVersion: 0\n"
        )
        lines = [f"{name} = {place}" for name, place in ENTRY["mkdocs.plugins"].items()]
        (made / "entry_points.txt").write_text("\n".join(["[mkdocs.plugins]", *lines, ""]))
        path = os.pathsep.join((str(PROJECT), str(made.parent)))
        return os.environ | {"PYTHONPATH": path}

    def write(self, options: dict[str, object], **pages: str) -> None:
        (self.folder / "docs").mkdir(exist_ok=True)
        config = {"site_name": "s", "plugins": [{"proofcheck": options}]}
        (self.folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
        for name, text in pages.items():
            (self.folder / "docs" / f"{name}.md").write_text(text)

    def build(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command("build", *arguments),
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def page(self, path: str = "index.html") -> str:
        return (self.folder / "site" / path).read_text()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_wrong_step_fails_the_build_even_if_it_is_quiet(site: Site) -> None:
    site.write({}, index=WRONG)
    done = site.build("-q")
    assert done.returncode == 1
    assert "docs/index.md:6:50: `A^TB^T` is not equal to `(AB)^T` [unequal-step]" in done.stderr
    assert "docs/index.md:10:11:" in done.stderr
    assert "2 findings in the documents" in done.stderr
    assert "Traceback" not in done.stderr


def test_formulas_are_marked_in_the_page(site: Site) -> None:
    site.write({"fail_on": "never"}, index=WRONG)
    assert site.build().returncode == 0
    marks = Marks(site.page())
    assert [mark["id"] for mark in marks.found] == ["proofcheck-1", "proofcheck-2"]
    assert marks.found[0]["title"] == "`A^TB^T` is not equal to `(AB)^T`"
    assert marks.texts == ["$(AB)^T = A^TB^T$", ""]
    assert "<em>not</em> $A + A = 2A$" in site.page()
    assert re.search(r"<p><span[^<]*</span></p>\s*<p>Then", site.page())
    assert 'href="assets/proofcheck.css"' in site.page()
    assert ".proofcheck-mark" in site.page("assets/proofcheck.css")


@pytest.mark.skipif(
    importlib.util.find_spec("properdocs") is None, reason="properdocs is not installed"
)
def test_properdocs_builds_and_fails_alike(site: Site) -> None:
    site.write({"report_page": "findings.md"}, index=WRONG)
    (site.folder / "theme").mkdir()
    for name in ("main.html", "404.html"):
        (site.folder / "theme" / name).write_text("{{ page.content }}")
    (site.folder / "theme" / "mkdocs_theme.yml").write_text("{}")
    with (site.folder / "mkdocs.yml").open("a") as config:
        config.write("theme: {name: null, custom_dir: theme}\n")
    command = [sys.executable, "-m", "properdocs", "build", "-q", "-f", "mkdocs.yml"]
    done = subprocess.run(
        command,
        cwd=site.folder,
        env=site.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "2 findings in the documents" in done.stderr
    assert len(Marks(site.page()).found) == 2


def test_right_documents_build(site: Site) -> None:
    site.write({"strict": True}, index=RIGHT)
    done = site.build("--strict")
    assert done.returncode == 0, done.stderr
    assert Marks(site.page()).found == []


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"fail_on": "never"}, 0),
        ({"fail_on": "never", "strict": True}, 1),
        ({"exclude": ["notes*"]}, 0),
        ({"include": ["index.md"]}, 0),
        ({"include": ["notes.md"]}, 1),
        ({"fail_on": "sometimes"}, 1),
    ],
)
def test_options(site: Site, options: dict[str, object], status: int) -> None:
    site.write(options, index=RIGHT, notes=WRONG)
    assert site.build("-q").returncode == status


def test_the_configuration_of_the_project_holds(site: Site) -> None:
    site.write({}, index=RIGHT, notes=WRONG)
    (site.folder / "proofcheck.toml").write_text('exclude = ["notes.md"]\n')
    assert site.build("-q").returncode == 0
    (site.folder / "proofcheck.toml").write_text('exclud = ["notes.md"]\n')
    done = site.build("-q")
    assert done.returncode == 1
    assert "proofcheck.toml:1: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_report_page_links_to_the_formulas(site: Site) -> None:
    site.write({"fail_on": "never", "report_page": "report/findings.md"}, index=RIGHT, notes=WRONG)
    assert site.build().returncode == 0
    page = site.page("report/findings/index.html")
    assert 'href="../../notes/#proofcheck-1"' in page
    assert "notes.md, line 6" in page
    assert 'id="proofcheck-1"' in site.page("notes/index.html")


BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
PROBE = """\
document.body.dataset.seen = JSON.stringify([...document.querySelectorAll(".proofcheck-mark")].map(
  mark => {
    const style = getComputedStyle(mark), after = getComputedStyle(mark, "::after");
    const place = mark.getBoundingClientRect(), next = mark.parentElement.nextElementSibling;
    return {
      id: mark.id, shown: place.width > 0 && place.height > 0,
      line: style.borderBottomColor, background: style.backgroundColor, words: after.content,
      math: mark.querySelectorAll("math").length,
      beside: getComputedStyle(next).borderLeftColor,
      below: next.getBoundingClientRect().top >= place.bottom - 1,
    };
  }));
"""


@pytest.mark.skipif(BROWSER is None, reason="there is no browser")
def test_a_failing_formula_is_seen_in_a_browser(site: Site, tmp_path: Path) -> None:
    """With its formulas typeset as those of the project's own documentation are."""
    site.write({"fail_on": "never"}, index=WRONG.replace("Then\n", "Then\n\n"))
    (site.folder / "docs" / "probe.js").write_text(PROBE)
    with (site.folder / "mkdocs.yml").open("a") as config:
        config.write("extra_javascript: [probe.js]\nuse_directory_urls: false\n")
        config.write("markdown_extensions: [{pymdownx.arithmatex: {generic: true}}]\n")
        config.write(f"hooks: ['{PROJECT / 'mkdocs_hooks.py'}']\n")
    assert site.build("-q").returncode == 0
    page = (site.folder / "site" / "index.html").as_uri()
    flags = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'user'}")
    words = [str(BROWSER), *flags, "--virtual-time-budget=5000", "--dump-dom", page]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    (found,) = re.findall(r'data-seen="([^"]*)"', done.stdout)
    inline, display = json.loads(html.unescape(found))
    red = "rgb(198, 40, 40)"
    assert (inline["id"], inline["shown"], inline["math"]) == ("proofcheck-1", True, 1)
    assert inline["line"] == red
    assert inline["background"].startswith("rgba(198, 40, 40, 0.0")
    assert (display["id"], display["beside"], display["below"]) == ("proofcheck-2", red, True)
    assert "is not equal to" in display["words"]
    assert done.stdout.count("<math") == 5


def test_a_site_is_served_with_its_findings(site: Site) -> None:
    site.write({}, index=WRONG)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        site.command("serve", "-q", "-a", address),
        cwd=site.folder,
        env=site.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert len(Marks(_fetch(f"http://{address}/", server)).found) == 2
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _fetch(url: str, server: subprocess.Popen[bytes]) -> str:
    """A page of a server, once it answers."""
    for _ in range(200):
        assert server.poll() is None
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError("the server does not answer")
