"""Data dumps of question-and-answer sites, read post by post."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from proofcheck.document import dump
from proofcheck.document.dump import UnreadableDump, post, rows
from proofcheck.document.read import UnreadableFile, read
from proofcheck.numeric.verdict import Verdict
from proofcheck.pipeline import check_paths
from proofcheck.writers import text
from tests.document.reading import formulas

RIGHT = "<p>Let $A$ and $B$ be square matrices.</p>\n\n<p>$$(AB)^T = B^TA^T$$</p>"
WRONG = "<p>Let $A$ and $B$ be square matrices.</p>\n\n<p>Then\n$$(AB)^T = A^TB^T$$</p>"


def written(folder: Path, *bodies: str, before: str = "") -> Path:
    """A dump with posts numbered from 121."""
    escapes = {"\n": "&#xA;"}
    rows = [
        f'  <row Id="{number}" PostTypeId="2" Body={quoteattr(body, escapes)} />\n'
        for number, body in enumerate(bodies, 121)
    ]
    path = folder / "Posts.xml"
    path.write_text(f'\ufeff<?xml version="1.0"?>\n{before}<posts>\n{"".join(rows)}</posts>\n')
    return path


def test_a_finding_names_the_post_and_its_line(tmp_path: Path) -> None:
    report = check_paths([written(tmp_path, RIGHT, "no formula", WRONG)])
    assert report.tally() == {Verdict.HOLDS: 1, Verdict.FAILS: 1}
    (found,) = [file for file in report.files if file.diagnostics]
    start = found.diagnostics[0].span.start
    assert found.source.section(start) == ("post 123", 4)
    assert (found.source.place(start).line, found.source.place(start).column) == (5, 3)
    assert ":5:3: error:" in text.write(report)
    assert "[unequal-step], post 123, line 4" in text.write(report)
    assert text.closing(report).endswith("(0 definitions)")  # all of them are one file
    assert report.status == 1


def test_a_dump_is_found_in_a_folder_by_its_name(tmp_path: Path) -> None:
    written(tmp_path, RIGHT)
    (tmp_path / "Users.xml").write_text("<users/>")
    report = check_paths([tmp_path])
    assert report.tally() == {Verdict.HOLDS: 1}
    assert report.status == 0


def test_posts_are_read_as_html(tmp_path: Path) -> None:
    path = written(tmp_path, "<p>$a &lt; b$</p><pre>$c$</pre>", "plain", "$d$")
    assert [formulas(post(str(path), row)) for row in rows(path)] == [["a < b"], ["d"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE posts [<!ENTITY a "b">]><posts/>', "document type declaration at line 1"),
        ("<posts><row Id='1' Body='&a;'/></posts>", "not well-formed at line 1"),
        ("<posts><row", "not well-formed"),
        ("", "not well-formed"),
        ("<users/>", "its root is `users`"),
        ("\0\1", "not well-formed"),
    ],
)
def test_what_is_no_dump_is_a_finding(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "Posts.xml"
    path.write_text(content)
    report = check_paths([path])
    assert [found.rule for file in report.files for found in file.diagnostics] == [
        "unreadable-file"
    ]
    assert reason in report.files[0].diagnostics[0].message


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'
    with pytest.raises(UnreadableDump, match="document type declaration"):
        list(rows(written(tmp_path, "$x$ &b;", before=bomb)))


def test_what_precedes_damage_is_checked(tmp_path: Path) -> None:
    path = written(tmp_path, WRONG)
    path.write_text(path.read_text().replace("</posts>", "<row Body='"))
    rules = [found.rule for file in check_paths([path]).files for found in file.diagnostics]
    assert rules == ["unequal-step", "unreadable-file"]


def test_a_post_without_an_end_does_not_fill_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "LARGEST_POST", 200_000)
    with pytest.raises(UnreadableDump, match="a post of more than 200,000 bytes at line 3"):
        list(rows(written(tmp_path, "$x$" * 500_000)))


def test_a_dump_is_no_single_document(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="dump of many posts"):
        read(written(tmp_path, RIGHT))


def test_findings_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proofcheck.pipeline._MOST_POSTS", 2)
    report = check_paths([written(tmp_path, *[WRONG] * 4)])
    assert [len(file.diagnostics) for file in report.files] == [1, 1, 1]
    assert "more than 2 posts" in report.files[-1].diagnostics[0].message
