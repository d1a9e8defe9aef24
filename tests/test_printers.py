"""Printers: what their rules fill in, and what they refuse."""

from pathlib import Path

import pytest

from pressroom.errors import Finding, PressroomError
from pressroom.publication import CoverEdition, PdfEdition
from pressroom.publication.edition_form import PRINTERS
from pressroom.rules.printers import PrinterRules, builtin_printer
from pressroom.settings import read_settings


def editions_of(root: Path, text: str) -> dict[str, PdfEdition | CoverEdition]:
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(f"title: T\nlanguage: en\neditions:\n{text}", "utf-8")
    read = read_settings(root).settings.editions
    return {name: edition for name, edition in read.items() if isinstance(edition, PdfEdition | CoverEdition)}


def faults_of(root: Path, text: str) -> list[Finding]:
    with pytest.raises(PressroomError) as fault:
        editions_of(root, text)
    return fault.value.findings


@pytest.mark.parametrize("printer", PRINTERS)
def test_every_rule_names_a_source_and_every_source_is_used(printer: str) -> None:
    def sources(rules: object) -> set[str]:
        forms = [rules, rules.cover] if isinstance(rules, PrinterRules) else []
        found = (getattr(form, key) for form in forms for key in type(form).model_fields)
        return {rule.source for rule in found if hasattr(rule, "source")}

    rules = builtin_printer(printer)
    assert sources(rules) == set(rules.sources)


@pytest.mark.parametrize(
    ("printer", "expected"),
    [
        ("kdp", (3.175, (), None, None, 300)),
        ("ingramspark", (3.175, (), "PDF/X-1a", "coated-fogra39", 300)),
        ("lulu", (3.175, (), None, None, 300)),
        ("bod", (5.0, (), None, None, 300)),
        ("offset", (3.0, (), "PDF/X-4", "coated-fogra39", 300)),
    ],
)
def test_a_printer_fills_in_what_is_left_open(tmp_path: Path, printer: str, expected: tuple[object, ...]) -> None:
    print_ = editions_of(tmp_path, f"  print: {{format: pdf, trim: a5, printer: {printer}}}\n")["print"]
    assert isinstance(print_, PdfEdition)
    assert (print_.bleed, print_.marks, print_.standard, print_.profile, print_.image_ppi) == expected


def test_what_is_typed_stays(tmp_path: Path) -> None:
    print_ = editions_of(tmp_path, "  print: {format: pdf, printer: offset, image_ppi: 400, marks: [crop]}\n")["print"]
    assert isinstance(print_, PdfEdition)
    assert (print_.image_ppi, print_.marks) == (400, ("crop",))


def test_a_cover_has_its_books_printer(tmp_path: Path) -> None:
    text = "  print: {format: pdf, trim: 6x9in, printer: kdp}\n  cover: {format: cover}\n"
    cover = editions_of(tmp_path, text)["cover"]
    assert (cover.printer, cover.bleed, cover.standard, cover.marks) == ("kdp", 3.175, None, ())


def test_a_cover_without_a_printer_has_its_books_marks_standard_and_profile(tmp_path: Path) -> None:
    book = "{format: pdf, bleed: 4mm, marks: [crop], standard: PDF/X-4, profile: coated-fogra39}"
    cover = editions_of(tmp_path, f"  print: {book}\n  cover: {{format: cover}}\n")["cover"]
    assert (cover.bleed, cover.marks, cover.standard) == (4, ("crop",), "PDF/X-4")
    assert cover.profile == "coated-fogra39"


@pytest.mark.parametrize(
    ("typed", "id", "says", "helps"),
    [
        ("printer: bod, trim: 6x9in", "printer-trim", "does not print books of 152.4 × 228.6 mm", "155 × 220 mm"),
        ("printer: kdp, trim: 300x300mm", "printer-trim", "Amazon KDP", "The nearest size"),
        ("printer: kdp, bleed: 5mm", "printer-bleed", "trims 3.175 mm", "bleed: 3.175mm"),
        ("printer: lulu, marks: [crop]", "printer-marks", "Lulu refuses", "Take the key out"),
        ("printer: ingramspark, standard: PDF/X-4", "printer-standard", "PDF/X-4", "PDF/X-1a, PDF/X-3"),
        ("printer: lulu, standard: PDF/X-4", "printer-standard", "PDF/X-4", "plain PDF"),
        ("printer: lulu, profile: coated-fogra39", "printer-colour", "sRGB", "Take the key out"),
    ],
)
def test_what_a_printer_refuses_is_told_at_its_key(tmp_path: Path, typed: str, id: str, says: str, helps: str) -> None:
    (found,) = [f for f in faults_of(tmp_path, f"  print: {{format: pdf, {typed}}}\n") if f.id == id]
    assert says in found.message
    assert helps in (found.remedy or "")
    assert found.place.line == 4


def test_every_fault_against_a_printer_is_told_at_once(tmp_path: Path) -> None:
    typed = "printer: bod, trim: 6x9in, bleed: 3mm, marks: [crop], standard: PDF/X-4, profile: coated-fogra39"
    ids = {f.id for f in faults_of(tmp_path, f"  print: {{format: pdf, {typed}}}\n")}
    assert ids == {"printer-trim", "printer-bleed", "printer-marks", "printer-standard", "printer-colour"}


def test_an_inch_trim_is_known_in_millimetres(tmp_path: Path) -> None:
    assert editions_of(tmp_path, "  print: {format: pdf, printer: bod, trim: a4}\n")
