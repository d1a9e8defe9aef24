"""Printers: what their rules fill in, and what they refuse."""

import datetime as dt
import json
from pathlib import Path

import pytest
from pdfs import assembled, described

from pressroom import cli
from pressroom.errors import Finding, PressroomError
from pressroom.publication import CoverEdition, PdfEdition
from pressroom.rules import rulebook
from pressroom.rules.printers import PrinterRules, builtin_printer
from pressroom.settings import PRINTERS_FOLDER, read_settings
from pressroom.whereabouts import PRINTERS


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
def test_what_a_printer_refuses_is_reported(tmp_path: Path, typed: str, id: str, says: str, helps: str) -> None:
    (found,) = [f for f in faults_of(tmp_path, f"  print: {{format: pdf, {typed}}}\n") if f.id == id]
    assert says in found.message
    assert helps in (found.remedy or "")
    assert found.place.line == 4


def test_every_fault_against_a_printer_is_reported_at_once(tmp_path: Path) -> None:
    typed = "printer: bod, trim: 6x9in, bleed: 3mm, marks: [crop], standard: PDF/X-4, profile: coated-fogra39"
    ids = {f.id for f in faults_of(tmp_path, f"  print: {{format: pdf, {typed}}}\n")}
    assert ids == {"printer-trim", "printer-bleed", "printer-marks", "printer-standard", "printer-colour"}


def test_an_inch_trim_is_known_in_millimetres(tmp_path: Path) -> None:
    assert editions_of(tmp_path, "  print: {format: pdf, printer: bod, trim: a4}\n")


# ---- printers of a publication's own

HEAD = "title: T\nlanguage: en\neditions:\n"
OWN = """\
name: City Press
sources:
  guide: {title: Guide, at: "https://city-press.example", read: 2026-11-20}
between: {value: {least: 100x150mm, most: 240x320mm}, source: guide}
bleed: {value: 4mm, source: guide}
bleed_at_spine: {value: true, source: guide}
marks: {value: false, source: guide}
colour: {value: srgb, source: guide}
standards: {value: [], source: guide}
cover:
  bleed: {value: 6mm, source: guide}
  papers: {value: {cream: 0.1mm}, source: guide}
"""


def publication_of(root: Path, edition: str, **own: str) -> Path:
    """A publication of one edition with printers of its own, by the names of their files."""
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(f"{HEAD}  print: {{format: pdf, {edition}}}\n", "utf-8")
    (root / PRINTERS_FOLDER).mkdir(parents=True)
    for name, text in own.items():
        (root / PRINTERS_FOLDER / f"{name}.yaml").write_text(text, "utf-8")
    return root


def refused(root: Path) -> list[str]:
    """What reading the settings finds, as `file:line:column id`, in the order of the report."""
    with pytest.raises(PressroomError) as fault:
        read_settings(root)
    return [f"{finding.place} {finding.id}" for finding in fault.value.findings]


def test_there_is_one_file_for_each_printer_that_comes_with_pressroom() -> None:
    files = Path(rulebook.__file__).with_name("data").joinpath("printers").glob("*")
    assert sorted(file.name for file in files) == [f"{name}.yaml" for name in PRINTERS]


@pytest.mark.parametrize("printer", PRINTERS)
def test_every_source_has_a_title_an_address_and_its_day(printer: str) -> None:
    for source in builtin_printer(printer).sources.values():
        assert source.title
        assert source.at.startswith("https://")
        assert dt.date(2020, 1, 1) < source.read


def test_an_own_printer_fills_in_what_is_left_open(tmp_path: Path) -> None:
    root = publication_of(tmp_path, "trim: a5, printer: city-press", **{"city-press": OWN})
    print_ = read_settings(root).settings.editions["print"]
    assert isinstance(print_, PdfEdition)
    assert (print_.printer, print_.bleed, print_.marks, print_.standard) == ("city-press", 4, (), None)


def test_an_own_printer_takes_the_place_of_a_built_in_one_of_its_name(tmp_path: Path) -> None:
    file = read_settings(publication_of(tmp_path, "trim: a5, printer: kdp", kdp=OWN))
    assert file.printers["kdp"].name == "City Press"
    assert file.settings.editions["print"].for_press
    assert builtin_printer("kdp").name.startswith("Amazon")


def test_a_printer_may_take_any_size_between_two(tmp_path: Path) -> None:
    root = publication_of(tmp_path, "trim: 250x100mm, printer: city-press", **{"city-press": OWN})
    with pytest.raises(PressroomError) as fault:
        read_settings(root)
    (finding,) = fault.value.findings
    assert (finding.id, finding.place.line) == ("printer-trim", 4)
    assert "240 × 150 mm" in finding.remedy


def test_an_unknown_printer_is_reported_with_those_there_are_and_where_a_new_one_goes(tmp_path: Path) -> None:
    root = publication_of(tmp_path, "printer: citypress", **{"city-press": OWN})
    with pytest.raises(PressroomError) as fault:
        read_settings(root)
    (finding,) = fault.value.findings
    assert (finding.id, f"{finding.place}") == ("value-unknown", "book/publication.yaml:4:33")
    assert finding.place.width == len("citypress")
    assert "Did you mean “city-press”?" in finding.remedy
    assert ", ".join(sorted({*PRINTERS, "city-press"})) in finding.remedy
    assert "assets/printers/NAME.yaml" in finding.remedy


@pytest.mark.parametrize("name", ["../kdp", "/etc/passwd", "a/b", "..", "''"])
def test_the_name_of_a_printer_is_no_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "kdp.yaml").write_text(OWN, "utf-8")
    root = tmp_path / "publication"
    root.mkdir()
    assert refused(publication_of(root, f"printer: {name}")) == ["book/publication.yaml:4:33 value-unknown"]


@pytest.mark.parametrize(
    ("good", "bad", "found"),
    [
        ("bleed: {value: 4mm,", "blead: {value: 4mm,", ["1:1 key-missing", "5:1 key-unknown"]),
        (", read: 2026-11-20", "", ["3:3 key-missing"]),
        ("read: 2026-11-20", "read: soon", ["3:65 value-wrong"]),
        ("{value: 4mm, source: guide}", "{value: 4mm}", ["5:1 key-missing"]),
        ("{value: 4mm, source: guide}", "{value: 4mm, source: gide}", ["5:29 source-unknown"]),
        ("{value: 4mm, source: guide}", "4mm", ["5:8 value-wrong"]),
        ("value: 4mm", "value: 4px", ["5:16 value-wrong"]),
        ("value: 4mm", "value: 4m", ["5:16 value-wrong"]),
        ("value: 4mm", "value: 40mm", ["5:16 value-wrong"]),
        ("value: srgb", "value: rgb", ["8:17 value-unknown"]),
        ("cream: 0.1mm", "cream: thick", ["12:27 value-wrong"]),
        ("name: City Press", "name: [City", ["1:7 yaml-syntax"]),
        ("name: City Press", "name: *x", ["1:7 yaml-alias"]),
        (OWN, "", ["1:1 key-missing"] * 8),
        (OWN, "- a list", ["1:1 value-wrong"]),
    ],
)
def test_a_fault_of_an_own_printer_is_reported_at_its_line_and_column(
    tmp_path: Path, good: str, bad: str, found: list[str]
) -> None:
    assert good in OWN
    root = publication_of(tmp_path, "printer: own", own=OWN.replace(good, bad, 1))
    assert refused(root) == [f"assets/printers/own.yaml:{one}" for one in found]


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    faulty = OWN.replace("4mm", "4").replace("title: Guide, ", "")
    root = publication_of(tmp_path, "printer: kpd, bleed: wide", first=faulty, second="")
    found = refused(root)
    assert found[:4] == [
        "book/publication.yaml:4:45 value-wrong",
        "book/publication.yaml:4:33 value-unknown",
        "assets/printers/first.yaml:3:3 key-missing",
        "assets/printers/first.yaml:5:16 value-wrong",
    ]
    assert {place.partition(":")[0] for place in found[4:]} == {"assets/printers/second.yaml"}


def test_nothing_outside_of_the_publication_is_read_as_a_printer(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(OWN, "utf-8")
    (tmp_path / "publication").mkdir()
    root = publication_of(tmp_path / "publication", "printer: linked")
    folder = root / PRINTERS_FOLDER
    (folder / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (folder / "lost.yaml").symlink_to(folder / "nothing")
    (folder / "._linked.yaml").write_bytes(b"\0")  # as some systems leave beside a file
    (folder / "latin.yaml").write_bytes(OWN.encode("utf-16"))
    assert refused(root) == [
        "assets/printers/latin.yaml:1 text-encoding",
        "assets/printers/linked.yaml printer-outside",
        "assets/printers/lost.yaml text-unreadable",
    ]


def test_a_finished_pdf_is_checked_against_an_own_printer_inside_its_publication(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = publication_of(tmp_path, "trim: a5", **{"city-press": OWN})
    file = tmp_path / "book.pdf"
    file.write_bytes(assembled(described("")))
    arguments = ["check", str(file), "--printer", "city-press", "--json"]
    assert cli.main([*arguments, "--root", str(root)]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert any("City Press" in finding["message"] for finding in findings)
    monkeypatch.chdir(root / "book")
    assert cli.main(arguments) == 1
    assert "City Press" in capsys.readouterr().out
    (root / PRINTERS_FOLDER / "city-press.yaml").write_text("name: City Press\n", "utf-8")
    assert cli.main(arguments) == 1
    assert "key-missing" in capsys.readouterr().out


def test_an_unknown_printer_of_a_finished_pdf_is_a_mistake_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(assembled(described("")))
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check", str(file), "--printer", "offsett", "--json"]) == 2
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["id"], finding["place"]["file"]) == ("value-unknown", "command line")
    assert "Did you mean “offset”?" in finding["remedy"]
