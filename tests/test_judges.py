"""Judges: what programs of others say of a finished file becomes findings; one that is missing is named."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from conftest import picture
from validators import verapdf_findings

from pressroom import cli, judges
from pressroom.errors import Place
from pressroom.judges import epubcheck, qpdf, verapdf
from pressroom.judges.asking import Judge, Judgement

Capture = pytest.CaptureFixture[str]
BOOK = Path("b.epub")
HERE = Place("b.epub")


def test_a_message_of_epubcheck_is_a_finding_with_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "messages": [
            {
                "ID": "RSC-005",
                "severity": "ERROR",
                "message": "Error while parsing file.",
                "suggestion": None,
                "locations": [{"path": "EPUB/text/c-a.xhtml", "line": 7, "column": 3}, {"path": "b.epub", "line": -1}],
            },
            {"ID": "ACC-009", "severity": "USAGE", "message": "MathML has no alt.", "locations": []},
        ]
    }
    monkeypatch.setattr(epubcheck, "answer", lambda command: Judgement(1, json.dumps(said), ""))
    (finding,) = epubcheck.JUDGE.ask(BOOK, HERE)
    assert (finding.id, str(finding.severity), str(finding.place)) == (
        "judge-epubcheck",
        "error",
        "b.epub/EPUB/text/c-a.xhtml:7:3",
    )
    assert finding.message == "epubcheck, RSC-005: Error while parsing file."


@pytest.mark.parametrize(("code", "severity"), [(2, "error"), (3, "warning")])
def test_what_qpdf_finds_damaged_is_a_finding(code: int, severity: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "b.pdf: file is damaged\n"
    monkeypatch.setattr(qpdf, "answer", lambda command: Judgement(code, "", said))
    (finding,) = qpdf.JUDGE.ask(Path("b.pdf"), Place("b.pdf"))
    assert (finding.id, str(finding.severity)) == ("judge-qpdf", severity)
    assert finding.message == "qpdf finds the structure damaged: file is damaged."


def test_a_rule_that_verapdf_finds_broken_is_a_finding_with_its_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "53659\n7.3\t1\t2\tFigure tags shall include an alternative representation\n"
    monkeypatch.setattr(verapdf, "answer", lambda command: Judgement(0, said, ""))
    (finding,) = verapdf.findings(Path("b.pdf"), "ua1", Place("b.pdf"))
    assert finding.message == (
        "veraPDF, PDF/UA-1, clause 7.3, test 1: Figure tags shall include an alternative representation "
        "Broken at 2 places."
    )


@pytest.mark.parametrize("name", ["verapdf", "qpdf", "epubcheck"])
def test_a_judge_that_breaks_down_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = {"verapdf": verapdf, "qpdf": qpdf, "epubcheck": epubcheck}[name]
    monkeypatch.setattr(module, "answer", lambda command: Judgement(1, "", "Out of memory\n"))
    monkeypatch.setattr(verapdf, "flavour_of", lambda file: "ua1")
    (finding,) = module.JUDGE.ask(Path("b.pdf"), HERE)
    assert (finding.id, "Out of memory" in finding.message) == ("judge-silent", True)


def test_a_judge_that_is_missing_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Judge("Solomon", ".epub", "it divides", "install Solomon", lambda: False, lambda file, place: iter(()))
    monkeypatch.setattr(judges, "JUDGES", (missing,))
    (finding,) = judges.judged(BOOK, HERE)
    assert (finding.id, str(finding.severity), finding.remedy) == ("judge-missing", "advice", "Type: install Solomon")
    assert [*judges.judged(Path("b.pdf"), HERE)] == []


def test_an_ebook_is_judged_by_others_only(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "b.epub").write_bytes(b"PK")
    assert cli.main(["check", str(tmp_path / "b.epub")]) == 2
    assert "--judge" in capsys.readouterr().out


# ---- veraPDF itself

TAGGED = """\
title: T
language: en
editions:
  screen: {format: pdf, trim: a5, standard: PDF/UA-1}
  archive: {format: pdf, trim: a5, standard: PDF/A-2u}
"""
CHAPTER = """\
# The mill

A paragraph with a note.[^1]

![A mill](mill.jpg)
The mill.

| a | b |
|---|---|
| 1 | 2 |

[^1]: Note.
"""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tagged PDF with a figure, a table and a note."""
    root = tmp_path_factory.mktemp("judged")
    for name in ("book", "assets/photos"):
        (root / name).mkdir(parents=True)
    (root / "book/publication.yaml").write_text(TAGGED)
    (root / "book/a.md").write_text(CHAPTER)
    picture(root / "assets/photos/mill.jpg")
    assert cli.main(["build", "--root", str(root)]) == 0
    return root / "dist/t-screen.pdf"


@pytest.mark.slow
@pytest.mark.conformance
@pytest.mark.parametrize(("edition", "flavour"), [("screen", "ua1"), ("archive", "2u")])
def test_verapdf_finds_no_rule_broken_that_a_file_claims_to_keep(screen: Path, edition: str, flavour: str) -> None:
    file = screen.with_name(f"t-{edition}.pdf")
    assert verapdf.flavour_of(file) == flavour
    assert [finding.message for finding in verapdf_findings(file, flavour)] == []


@pytest.mark.slow
@pytest.mark.conformance
def test_verapdf_names_the_clause_where_an_alternative_text_is_taken_away(screen: Path, tmp_path: Path) -> None:
    with pikepdf.open(screen) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        assert figures
        for figure in figures:
            del figure["/Alt"]
        pdf.save(tmp_path / "mute.pdf")
    told = [finding.message for finding in verapdf_findings(tmp_path / "mute.pdf", "ua1")]
    assert [message for message in told if "clause 7.3" in message]


@pytest.mark.slow
@pytest.mark.conformance
def test_verapdf_refuses_a_file_whose_tags_are_taken_away(screen: Path, tmp_path: Path) -> None:
    with pikepdf.open(screen) as pdf:
        del pdf.Root["/StructTreeRoot"], pdf.Root["/MarkInfo"]
        pdf.save(tmp_path / "untagged.pdf")
    assert [*verapdf_findings(tmp_path / "untagged.pdf", "ua1")]
