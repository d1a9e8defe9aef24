"""What is made for a press is held against its printer's rules before it is written; other files, on request."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from conftest import Publish, ids, picture
from pdfs import assembled, described

from pressroom import cli, preflight, production
from pressroom.errors import Severity
from pressroom.production import Order

Capture = pytest.CaptureFixture[str]
HEAD = "title: T\nlanguage: en\neditions:\n"
OFFSET = "  print: {format: pdf, trim: a5, bleed: 3mm, marks: [crop], standard: PDF/X-4, profile: coated-fogra39, %s}\n"
CHAPTER = "# A\n\n![A field](field.jpg)\nA field, Lachin, 27 September 2023.\n\nText.\n"


def offset(more: str = "image_ppi: 300, min_ppi: 200") -> str:
    return HEAD + OFFSET % more


def told(report: production.Report, *severities: Severity) -> list[str]:
    return [f"{f.place} {f.id}" for f in report.findings if f.severity in severities]


# ---- what is made here


@pytest.mark.slow
def test_a_book_for_a_press_is_made_without_a_fault_in_its_file(publication: Publish) -> None:
    root = publication({"book/a.md": CHAPTER}, settings=offset())
    picture(root / "assets/photos/field.jpg", 2400, 1600)
    report = production.build(Order(root))
    assert [product.edition for product in report.products] == ["print"]
    assert told(report, Severity.ERROR, Severity.WARNING) == []


@pytest.mark.slow
@pytest.mark.parametrize(("status", "made"), [("draft", True), ("final", False)])
def test_a_book_that_its_printer_would_send_back_is_not_written_once_it_is_final(
    publication: Publish, status: str, *, made: bool
) -> None:
    settings = f"status: {status}\n{HEAD}  kdp: {{format: pdf, trim: 6x9in, printer: kdp}}\n"
    root = publication(settings=settings)
    report = production.build(Order(root, ("kdp",)))
    (few,) = [finding for finding in report.findings if finding.id == "pages-few"]
    assert few.severity == (Severity.WARNING if made else Severity.ERROR)
    assert str(few.place) == "the edition “kdp”"
    assert bool(report.products) is made
    assert bool(list(root.glob("dist/*.pdf"))) is made


@pytest.mark.slow
def test_too_few_pixels_are_reported_once(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    root = publication({"book/a.md": CHAPTER}, settings=offset())
    picture(root / "assets/photos/field.jpg", 600, 400)
    report = production.build(Order(root))
    assert told(report, Severity.WARNING) == ["book/a.md:3:1 picture-small"]
    assert report.products
    monkeypatch.setattr(preflight, "PLAN_CHECKS", dict.fromkeys(preflight.PLAN_CHECKS, ()))
    report = production.build(Order(root))
    assert told(report, Severity.WARNING) == ["book/a.md:3:1 picture-coarse"]
    assert report.products


@pytest.mark.slow
def test_an_edition_that_reduces_pictures_below_its_own_minimum_is_reported(publication: Publish) -> None:
    root = publication({"book/a.md": CHAPTER}, settings=offset("min_ppi: 200"))
    picture(root / "assets/photos/field.jpg", 2400, 1600)
    assert told(production.build(Order(root)), Severity.WARNING) == ["the edition “print” image-ppi-low"]


@pytest.mark.slow
def test_a_proof_is_not_checked_against_the_rules_of_a_press(publication: Publish) -> None:
    root = publication(settings=HEAD + "  print: {format: pdf, trim: a5, bleed: 3mm, proof: booklet}\n")
    report = production.build(Order(root))
    assert report.products
    assert told(report, *Severity) == []


# ---- files that lie somewhere


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.pdf"
    file.write_bytes(assembled(described("")))
    return file


def test_a_sound_file_has_nothing_to_mend(sound: Path, capsys: Capture) -> None:
    assert cli.main(["check", str(sound), "--printer", "offset"]) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


def test_another_printer_finds_what_its_rules_do_not_allow(sound: Path, capsys: Capture) -> None:
    assert cli.main(["check", str(sound), "--printer", "kdp", "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["id"] for finding in findings} == {"printer-trim", "pages-few"}
    assert {finding["place"]["file"] for finding in findings} == {str(sound)}


def test_a_report_is_a_product(sound: Path, tmp_path: Path, capsys: Capture) -> None:
    paper = tmp_path / "new" / "report.html"
    assert cli.main(["check", str(sound), "--report", str(paper), "--json"]) == 0
    (product,) = json.loads(capsys.readouterr().out)["products"]
    assert (product["edition"], product["format"], product["path"]) == ("light table", "html", str(paper))
    assert "sound.pdf" in paper.read_text("utf-8")


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "exit_code", "id"),
    [
        (None, 2, "file-missing"),
        (b"# A chapter", 1, "pdf-damaged"),
        (b"", 1, "pdf-damaged"),
        (assembled(described(""))[:300], 1, "pdf-damaged"),
        (locked(assembled(described(""))), 1, "file-acts"),
    ],
    ids=["missing", "text", "empty", "cut off", "locked"],  # a locked file is another in each process
)
def test_what_cannot_be_read_is_reported_and_no_report_is_written(
    tmp_path: Path, capsys: Capture, data: bytes | None, exit_code: int, id: str
) -> None:
    file, paper = tmp_path / "file.pdf", tmp_path / "report.html"
    if data is not None:
        file.write_bytes(data)
    assert cli.main(["check", str(file), "--report", str(paper), "--json"]) == exit_code
    captured = capsys.readouterr()
    (finding,) = json.loads(captured.out)["findings"]
    assert (finding["id"], finding["place"]["file"]) == (id, str(file))
    assert finding["remedy"]
    assert captured.err == ""
    assert not paper.exists()


def test_a_folder_is_no_file(tmp_path: Path, capsys: Capture) -> None:
    assert cli.main(["check", str(tmp_path)]) == 2
    assert "This is a folder" in capsys.readouterr().out


@pytest.mark.parametrize("option", [["--printer", "kdp"], ["--report", "r.html"]])
def test_rules_without_a_file_are_a_slip_of_the_command_line(option: list[str], capsys: Capture) -> None:
    assert cli.main(["check", *option]) == 2
    assert "check dist/book-print.pdf" in capsys.readouterr().out


def test_a_report_that_cannot_be_written_is_reported(sound: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "taken").write_text("a file")
    report = production.check_pdf(sound, None, tmp_path / "taken" / "r.html")
    assert ids(report.findings) == ["out-unwritable"]
    assert report.exit_code == 1
    del capsys
