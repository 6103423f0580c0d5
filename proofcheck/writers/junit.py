"""The report as JUnit XML: a suite a file, in it a failing case a finding."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from proofcheck.rules.diagnostic import Diagnostic
from proofcheck.rules.report import Failure, FileReport, Report
from proofcheck.writers.glyphs import visible
from proofcheck.writers.places import region


def write(report: Report) -> str:
    """The report as an XML document. A file in which nothing was found is a case that passes."""
    root = ET.Element("testsuites", name="proofcheck")
    for file in report.files:
        root.append(_suite(file))
    for failure in report.failures:
        root.append(_trouble(failure))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _suite(file: FileReport) -> ET.Element:
    """A file."""
    name = visible(file.path)
    found = len(file.diagnostics)
    counts = {"tests": str(found or 1), "failures": str(found), "errors": "0"}
    suite = ET.Element("testsuite", {"name": name, **counts})
    if not found:
        ET.SubElement(suite, "testcase", {"name": "proofcheck", "classname": name})
    for diagnostic in file.diagnostics:
        suite.append(_case(diagnostic, file, name))
    return suite


def _case(found: Diagnostic, file: FileReport, name: str) -> ET.Element:
    """A finding."""
    place = region(found.span, file.source)
    title = f"{found.rule} at line {place.line}, column {place.column}"
    case = ET.Element("testcase", {"name": title, "classname": name})
    message = visible(found.message)
    failure = ET.SubElement(case, "failure", {"type": found.rule, "message": message})
    where = f"{name}:{place.line}:{place.column}"
    failure.text = f"{where}: {found.severity}: {message}\nhelp: {visible(found.help)}"
    return case


def _trouble(failure: Failure) -> ET.Element:
    """A path for which the program could not do its work."""
    name = visible(failure.path)
    counts = {"tests": "1", "failures": "0", "errors": "1"}
    suite = ET.Element("testsuite", {"name": name, **counts})
    case = ET.SubElement(suite, "testcase", {"name": "proofcheck", "classname": name})
    ET.SubElement(case, "error", {"message": visible(failure.message)})
    return suite
