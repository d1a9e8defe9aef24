"""A folder of photographs becomes a publication, or chapters of one: order, words, names, and what is left out."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import CHAPTER, Publish, read
from hypothesis import example, given
from hypothesis import strategies as some
from PIL import ExifTags, Image
from test_captions_from_files import xmp

from pressroom import cli, importing, scaffold
from pressroom.errors import PressroomError, Source, UsageError
from pressroom.forms import read_yaml
from pressroom.importing import ClockShifts, ImportReport, PhotoWishes, landing, plain_markdown
from pressroom.importing.settings_text import with_chapters
from pressroom.language.words import words_for
from pressroom.language.words_to_write import words_to_write
from pressroom.manuscript import markup
from pressroom.manuscript.picture_paragraphs import pictures_of
from pressroom.publication import PdfEdition
from pressroom.publication.measures import parse_trim

pytestmark = pytest.mark.slow

Capture = pytest.CaptureFixture[str]
TODAY = dt.date(2026, 11, 29)


def photo(  # noqa: PLR0913 - what a photograph is made of, each with a default
    path: Path,
    taken: str = "",
    *,
    scene: int | None = None,
    size: tuple[int, int] = (120, 80),
    camera: str = "",
    offset: str = "",
    parts: str = "",
    words: Mapping[str, str] | None = None,
    **save: Any,
) -> Path:
    """Writes a photograph of a scene that its name decides, with what a camera records."""
    light = random.Random(scene if scene is not None else path.stem).randbytes(9 * 6)
    image = Image.frombytes("L", (9, 6), light).resize(size, Image.Resampling.BICUBIC).convert("RGB")
    exif = Image.Exif()
    if camera:
        exif[ExifTags.Base.Model] = camera
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    given = {"DateTimeOriginal": taken, "OffsetTimeOriginal": offset, "SubsecTimeOriginal": parts}
    inner.update({ExifTags.Base[name]: value for name, value in given.items() if value})
    path.parent.mkdir(parents=True, exist_ok=True)
    if words:
        save["xmp"] = xmp(words)
    image.save(path, exif=exif, **save)
    return path


def steps(*_: object) -> Any:
    return lambda: None


def begin(tmp_path: Path, **wishes: Any) -> ImportReport:
    """A publication in `new` of the folder `shoot`."""
    asked = PhotoWishes(**{"today": TODAY, **wishes})
    return importing.begin(tmp_path / "new", tmp_path / "shoot", asked, scaffold.frame(tmp_path / "new"), steps)


def order(report: ImportReport) -> list[list[str]]:
    """The photographs of each chapter."""
    return [[placed.shot.name for placed in plan.pictures] for _, plan in report.chapters]


def told(report: ImportReport) -> dict[str, int]:
    """The findings by id, with how many places each has."""
    return {finding.id: 1 + len(finding.also) for finding in report.findings()}


def chapter(root: Path, n: int = 1) -> str:
    return next((root / "book").glob(f"{n:02d}-*.md")).read_text("utf-8")


def unplaced(text: str) -> str:
    """A chapter without its words of placement, which `pacing` chooses."""
    return re.sub(r"\{(?:\.\w+ ?| ?focus=\"[^\"]*\")+", "{", text).replace("{}", "")


def found(publication: Path, capsys: Capture) -> dict[str, dict[str, Any]]:
    """What `check` finds, by id."""
    capsys.readouterr()
    cli.main(["check", "--json", "--root", str(publication)])
    return {finding["id"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


# ---- the first command


def test_a_folder_becomes_a_publication_without_a_fault(tmp_path: Path, capsys: Capture) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "b.jpg", "2024:01:14 09:30:00")
    photo(shoot / "a.jpg", "2024:01:14 10:30:00", size=(80, 120))
    root = tmp_path / "harbour-days"
    assert cli.main(["init", str(root), "--from", str(shoot), "--language", "en-GB"]) == 0
    out = capsys.readouterr().out
    assert "book/01-harbour-days.md: Harbour days, 2 photographs" in out
    assert "pressroom build" in out
    assert unplaced(chapter(root)) == (
        "---\ntitle: Harbour days\ndate: 14 January 2024\n---\n\n"
        "![[TK what the photograph shows]](b.jpg)\n[TK caption: who does what?]\n\n"
        "![[TK what the photograph shows]](a.jpg)\n[TK caption: who does what?]\n"
    )
    assert (root / "make_publication.py").exists()
    assert (root / "assets/photos/b.jpg").read_bytes() == (shoot / "b.jpg").read_bytes()
    findings = found(root, capsys)
    assert "error" not in {finding["severity"] for finding in findings.values()}
    assert findings["caption-to-write"]["message"].startswith("2 captions are still to be written")
    assert "book/01-harbour-days.md, lines 7, 10" in findings["caption-to-write"]["message"]
    # of each photograph, and of the one on the cover
    assert len(findings["alt-to-write"]["also"]) + 1 == 3
    assert [findings[id]["severity"] for id in ("caption-to-write", "alt-to-write")] == ["warning"] * 2


def test_a_final_publication_needs_every_word(tmp_path: Path, capsys: Capture) -> None:
    photo(tmp_path / "shoot/a.jpg")
    begin(tmp_path)
    assert cli.main(["check", "--final", "--json", "--root", str(tmp_path / "new")]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {"caption-to-write", "alt-to-write"} <= {f["id"] for f in findings if f["severity"] == "error"}


def test_the_first_build_makes_every_edition(tmp_path: Path, capsys: Capture) -> None:
    for n in range(4):
        photo(tmp_path / f"shoot/{n}.jpg", f"2024:01:14 10:3{n}:00", size=(1200, 800))
    begin(tmp_path)
    assert cli.main(["build", "--json", "--root", str(tmp_path / "new")]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [product["edition"] for product in made["products"]] == ["ebook", "screen", "print"]


# ---- order


def test_the_time_of_the_camera_decides_with_its_parts_of_a_second(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "c.jpg", "2024:01:14 10:00:00", parts="05")
    photo(shoot / "b.jpg", "2024:01:14 10:00:00", parts="5")
    photo(shoot / "a.jpg", "2024:01:14 10:00:01")
    assert order(begin(tmp_path)) == [["c.jpg", "b.jpg", "a.jpg"]]


def test_offsets_decide_where_every_camera_has_one(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "lisbon.jpg", "2024:01:14 09:00:00", offset="+00:00")
    photo(shoot / "berlin.jpg", "2024:01:14 09:30:00", offset="+01:00")
    assert order(begin(tmp_path)) == [["berlin.jpg", "lisbon.jpg"]]


def test_names_decide_as_people_count_where_no_file_has_a_time(tmp_path: Path) -> None:
    for name in ("photo10", "photo9", "Photo2"):
        photo(tmp_path / f"shoot/{name}.jpg")
    report = begin(tmp_path)
    assert order(report) == [["Photo2.jpg", "photo9.jpg", "photo10.jpg"]]
    assert told(report) == {"clock-none": 3}


def test_one_without_a_time_stands_where_its_name_does(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "1.jpg", "2024:01:14 10:00:00")
    photo(shoot / "2.jpg")
    photo(shoot / "3.jpg", "2024:01:14 11:00:00")
    assert order(begin(tmp_path)) == [["1.jpg", "2.jpg", "3.jpg"]]


@pytest.mark.parametrize(
    ("save", "sidecar"),
    [
        ({"xmp": xmp({"photoshop:DateCreated": "2020-05-04T08:00:00+02:00"})}, None),
        ({}, xmp({"photoshop:DateCreated": "2020-05-04T08:00:00"})),
    ],
    ids=["XMP in the file", "XMP beside it"],
)
def test_other_records_give_the_time_too(tmp_path: Path, save: dict[str, Any], sidecar: bytes | None) -> None:
    photo(tmp_path / "shoot/b.jpg", **save)
    photo(tmp_path / "shoot/a.jpg", "2020:05:04 09:00:00")
    if sidecar:
        (tmp_path / "shoot/b.XMP").write_bytes(sidecar)
    report = begin(tmp_path)
    assert order(report) == [["b.jpg", "a.jpg"]]
    assert told(report) == {}


def test_a_scan_that_a_person_has_dated_stands_on_that_day(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/b.jpg", "2024:01:14 10:00:00", words={"photoshop:DateCreated": "1943-06-01"})
    photo(tmp_path / "shoot/a.jpg", "1950:01:01 10:00:00")
    assert order(begin(tmp_path)) == [["b.jpg", "a.jpg"]]
    assert "[TK caption: who does what?] June 1, 1943." in chapter(tmp_path / "new")


# ---- paper


def test_pages_are_arranged_for_the_paper_that_is_asked_for(tmp_path: Path) -> None:
    words = {}
    for asked, trim in (((), "297x210mm"), (("--trim", "a5"), "a5")):
        for name in "abcde":
            photo(tmp_path / f"{trim}/shoot/{name}.jpg", size=(3000, 2000))
        root = tmp_path / trim / "new"
        assert cli.main(["init", str(root), "--from", str(tmp_path / trim / "shoot"), "--quiet", *asked]) == 0
        settings = read(root).publication.settings
        papers = [form.trim for form in settings.editions.values() if isinstance(form, PdfEdition)]
        assert papers == [parse_trim(trim)] * 2
        words[trim] = re.findall(r"{.*}", chapter(root))
    assert words["a5"] != words["297x210mm"]


@pytest.mark.parametrize("text", ["a55", "210", "210x", "1x1mm"])
def test_a_paper_that_means_nothing_is_refused(tmp_path: Path, text: str, capsys: Capture) -> None:
    photo(tmp_path / "shoot/a.jpg")
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "shoot"), "--trim", text]) == 2
    assert "trim-wrong" in capsys.readouterr().out
    assert not (tmp_path / "new").exists()


# ---- clocks


def test_the_clock_of_one_camera_is_set_right(tmp_path: Path, capsys: Capture) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "a.jpg", "2024:01:14 10:00:00", camera="NIKON D750")
    photo(shoot / "b.jpg", "2024:01:14 09:30:00", camera="X100V")
    root = tmp_path / "new"
    shifts = ["--shift", "NIKON D750=-1h", "--shift", "-0:10"]
    assert cli.main(["init", str(root), "--from", str(shoot), "--json", *shifts]) == 0
    chapters = json.loads(capsys.readouterr().out)["imported"]["chapters"]
    assert [(each["source"], each["taken"]) for each in chapters[0]["photographs"]] == [
        ("a.jpg", "2024-01-14T09:00:00"),
        ("b.jpg", "2024-01-14T09:20:00"),
    ]


def test_a_camera_that_took_nothing_is_no_camera_to_shift(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg", camera="NIKON D750")
    with pytest.raises(UsageError) as refused:
        begin(tmp_path, shifts=ClockShifts(cameras={"NIKON D570": dt.timedelta(hours=1)}))
    assert refused.value.findings[0].remedy == "Did you mean “NIKON D750”?"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("text", ["1:30", "+", "+1x", "=+1h", "+1:75", "D750=1h", ""])
def test_a_shift_that_means_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path), f"--shift={text}"])
    assert refused.value.code == 2


def test_times_that_cannot_be_true_print_no_day(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg", "2031:01:14 10:00:00")
    photo(tmp_path / "shoot/b.jpg", "2031:01:14 11:00:00")
    report = begin(tmp_path)
    assert told(report) == {"clock-future": 2}
    assert "2031" not in chapter(tmp_path / "new")
    assert order(report) == [["a.jpg", "b.jpg"]]


def test_times_that_are_all_the_same_are_those_of_an_export(tmp_path: Path) -> None:
    for name in "cab":
        photo(tmp_path / f"shoot/{name}.jpg", "2024:01:14 10:00:00")
    report = begin(tmp_path)
    assert told(report) == {"clock-same": 3}
    assert order(report) == [["a.jpg", "b.jpg", "c.jpg"]]
    assert "2024" not in chapter(tmp_path / "new")


# ---- chapters


def test_each_subfolder_is_a_chapter_in_the_order_of_a_file_manager(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "10_the_market/a.jpg", "2024:01:14 08:00:00")
    photo(shoot / "2 harbour/b.jpg", "2024:01:15 08:00:00")
    photo(shoot / "cover.jpg", "2024:01:16 08:00:00")
    report = begin(tmp_path, title="Two days")
    assert [(file, plan.title) for file, plan in report.chapters] == [
        ("book/01-two-days.md", "Two days"),
        ("book/02-harbour.md", "Harbour"),
        ("book/03-the-market.md", "The market"),
    ]


def test_days_are_chapters_if_they_have_enough_pictures(tmp_path: Path) -> None:
    for day in (14, 15):
        for n in range(6):
            photo(tmp_path / f"shoot/{day}-{n}.jpg", f"2024:01:{day} 10:0{n}:00")
    report = begin(tmp_path, language="de")
    assert [plan.title for _, plan in report.chapters] == ["14. Januar 2024", "15. Januar 2024"]
    assert "date:" not in chapter(tmp_path / "new")


def test_a_night_is_one_chapter(tmp_path: Path) -> None:
    for n in range(12):
        photo(tmp_path / f"shoot/{n}.jpg", f"2024:01:{14 + n // 6} {(22 + n // 3) % 24:02d}:{n:02d}:00")
    assert len(begin(tmp_path).chapters) == 1


def test_few_pictures_of_many_days_are_parted_at_long_pauses(tmp_path: Path) -> None:
    days = [f"2024:0{month}:{day:02d} 10:00:00" for month in (1, 7) for day in range(1, 8)]
    for n, day in enumerate(days):
        photo(tmp_path / f"shoot/{n:02d}.jpg", day)
    report = begin(tmp_path)
    assert [len(pictures) for pictures in order(report)] == [7, 7]
    assert report.chapters[0][1].title == "January 1, 2024 – January 7, 2024"


# ---- words


def test_words_come_from_the_file_and_none_is_invented(tmp_path: Path) -> None:
    everything = {
        "dc:description": "Boats *return* to the quay.",
        "dc:creator": "Mia [M.] Berg",
        "core:AltTextAccessibility": "Three boats.",
        "core:Location": "Vank",
    }
    photo(tmp_path / "shoot/a.jpg", "2024:01:14 10:00:00", words=everything)
    photo(tmp_path / "shoot/b.jpg", "2024:01:14 10:01:00", words={"core:Location": "Goris"})
    root = tmp_path / "new"
    begin(tmp_path, language="en-GB")
    assert unplaced(chapter(root)).partition("---\n\n")[2] == (
        '![Three boats.](a.jpg){credit="Mia [M.] Berg"}\nBoats \\*return\\* to the quay.\n\n'
        "![[TK what the photograph shows]](b.jpg)\n[TK caption: who does what?] Goris.\n"
    )
    publication = read(root).publication
    assert [figure.credit for _, figure in publication.figures()] == ["Mia [M.] Berg", ""]
    assert publication.settings.creators[0].name == "Mia [M.] Berg"
    assert publication.settings.credit is None  # the other photograph has no credit that a file says


def test_the_credit_of_all_is_said_once(tmp_path: Path) -> None:
    for name in "ab":
        photo(tmp_path / f"shoot/{name}.jpg", words={"dc:creator": "Mia Berg"})
    begin(tmp_path)
    assert "credit" not in chapter(tmp_path / "new")
    assert [figure.credit for _, figure in read(tmp_path / "new").publication.figures()] == ["Mia Berg"] * 2


@pytest.mark.parametrize("words", ["OLYMPUS DIGITAL CAMERA", "x-default", "SONY DSC", "DSC_0012.JPG"])
def test_what_a_camera_writes_is_no_caption(tmp_path: Path, words: str) -> None:
    photo(tmp_path / "shoot/a.jpg", words={"dc:description": words})
    begin(tmp_path)
    assert words not in chapter(tmp_path / "new")


@pytest.mark.parametrize("language", ["de", "hy", "ar", "fr", "no"])
def test_words_are_asked_for_in_the_language_of_the_publication(tmp_path: Path, capsys: Capture, language: str) -> None:
    photo(tmp_path / "shoot/a.jpg", "2024:01:14 10:00:00")
    begin(tmp_path, language=language)
    asked = words_to_write(language)
    assert asked.caption != words_to_write("en").caption
    assert f"[TK {asked.caption}]" in chapter(tmp_path / "new")
    assert {"caption-to-write", "alt-to-write"} <= found(tmp_path / "new", capsys).keys()


def test_every_language_of_the_builder_asks_in_its_own_words() -> None:
    codes = "de nl sv da nb no fr es it pt ro ru uk pl cs bg hy ka el tr hu fi ar he fa hi th ja ko zh zh-TW".split()
    assert all(words_for(code) != words_for("en") for code in codes)
    assert all(words_to_write(code).alt != words_to_write("en").alt for code in codes)


SIGNS = "abc XY_*`[]{}<>#|~^$&=@:-+.!\\()12;/\"'%ß,é"
SOME_WORDS = (
    some.text(some.sampled_from(SIGNS), min_size=1, max_size=24).map(lambda t: " ".join(t.split())).filter(bool)
)


@given(SOME_WORDS, SOME_WORDS, SOME_WORDS)
@example("$5 & $6 &copy; x [^1] @key ==a== 1. b", "](x", "a b_c_.jpg")
def test_a_text_of_a_file_is_read_as_it_was(caption: str, alt: str, file: str) -> None:
    typed = f"{plain_markdown.picture(file, plain_markdown.text(alt), '.wide')}\n{plain_markdown.text(caption)}\n"
    (image, below), *more = pictures_of(markup.parse(typed).children[0])
    assert not more
    assert "".join(node.content for node in below) == caption
    assert markup.plain_text(image.children) == alt
    assert markup.address(image, "src") == file


@given(SOME_WORDS)
@example("yes")
@example("12:30")
def test_a_text_in_settings_is_read_as_it_was(words: str) -> None:
    assert read_yaml(Source("a", f"a: [{plain_markdown.yaml(words)}]")).value == {"a": [words]}


def test_what_braces_cannot_hold_goes_into_photos_yaml(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg", words={"dc:creator": "Mia {M} \\ Berg"})
    photo(tmp_path / "shoot/b.jpg")
    begin(tmp_path)
    assert [figure.credit for _, figure in read(tmp_path / "new").publication.figures()] == ["Mia {M} \\ Berg", ""]


# ---- the cover


def test_the_cover_has_the_picture_with_most_stars(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg", size=(240, 160))
    photo(tmp_path / "shoot/b.jpg", words={"dc:creator": "x"}, size=(120, 80))
    (tmp_path / "shoot/b.jpg.xmp").write_bytes(STARS % 4)
    begin(tmp_path)
    assert read(tmp_path / "new").publication.settings.cover.photograph == "b.jpg"


STARS = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="%d"/></rdf:RDF></x:xmpmeta>'
)


# ---- near-duplicates


def test_near_duplicates_are_set_aside_and_told(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "a.jpg", "2024:01:14 10:00:00", scene=1)
    photo(shoot / "b.jpg", "2024:01:14 10:00:01", scene=1, size=(240, 160))
    photo(shoot / "c.jpg", "2024:01:14 10:00:02", scene=2)
    (shoot / "copy of c.jpg").write_bytes((shoot / "c.jpg").read_bytes())
    report = begin(tmp_path)
    assert order(report) == [["b.jpg", "c.jpg"]]
    assert {each.aside.shot.name: (each.aside.like, each.address) for each in report.aside} == {
        "a.jpg": ("b.jpg", "set-aside/a.jpg"),
        "copy of c.jpg": ("c.jpg", ""),
    }
    assert (tmp_path / "new/assets/photos/set-aside/a.jpg").exists()
    assert "a.jpg: looks like b.jpg; now set-aside/a.jpg" in (tmp_path / "new/book/import.md").read_text("utf-8")


def test_one_view_on_two_days_is_two_pictures(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg", "2024:01:14 10:00:00", scene=1)
    photo(tmp_path / "shoot/b.jpg", "2024:07:14 10:00:00", scene=1)
    assert len(begin(tmp_path).pictures) == 2


def test_a_rejected_picture_is_set_aside(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg")
    photo(tmp_path / "shoot/b.jpg")
    (tmp_path / "shoot/b.xmp").write_bytes(STARS % -1)
    report = begin(tmp_path)
    assert order(report) == [["a.jpg"]]
    assert told(report)["import-rejected"] == 1


# ---- what is left out


def test_what_is_no_photograph_is_told_by_kind_and_the_rest_goes_on(tmp_path: Path) -> None:
    shoot = tmp_path / "shoot"
    photo(shoot / "good.jpg")
    whole = photo(shoot / "cut.jpg", size=(600, 400)).read_bytes()
    (shoot / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    for name in (
        "a.CR3",
        "b.nef",
        "c.dng",
        "d.mp4",
        "notes.docx",
        "Thumbs.db",
        ".DS_Store",
        "._good.jpg",
        "e.jpg",
        "f.jpg",
    ):
        (shoot / name).write_bytes(b"not a picture")
    (shoot / "empty.jpg").write_bytes(b"")
    (shoot / ".hidden").mkdir()
    photo(shoot / ".hidden/x.jpg")
    (tmp_path / "elsewhere").mkdir()
    photo(tmp_path / "elsewhere/y.jpg")
    (shoot / "out.jpg").symlink_to(tmp_path / "elsewhere/y.jpg")
    (shoot / "around").symlink_to(shoot)
    (shoot / "dead.jpg").symlink_to(shoot / "nothing.jpg")
    report = begin(tmp_path)
    assert order(report) == [["good.jpg"]]
    assert told(report) == {
        "clock-none": 1,
        "import-link": 3,
        "import-other": 1,
        "import-video": 1,
        "photo-damaged": 1,
        "photo-empty": 1,
        "photo-fake": 2,
        "photo-raw": 3,
    }
    assert report.passed_over == 4
    raw = next(finding for finding in report.findings() if finding.id == "photo-raw")
    assert "export a JPEG" in raw.remedy
    written = (tmp_path / "new/book/import.md").read_text("utf-8")
    assert all(name in written for name in ("a.CR3", "d.mp4", "cut.jpg", "out.jpg"))


@pytest.mark.parametrize(("files", "ids"), [((), {"import-empty"}), (("a.nef",), {"import-empty", "photo-raw"})])
def test_a_folder_without_pictures_makes_no_book(
    tmp_path: Path, capsys: Capture, files: Sequence[str], ids: set[str]
) -> None:
    (tmp_path / "shoot").mkdir()
    for name in files:
        (tmp_path / "shoot" / name).write_bytes(b"raw")
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "shoot"), "--json"]) == 1
    assert {finding["id"] for finding in json.loads(capsys.readouterr().out)["findings"]} == ids
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_not_there_is_a_slip_of_the_keyboard(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "shoot").mkdir()
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "shot"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["findings"][0]["remedy"] == "Did you mean “shoot”?"


# ---- names and places


def test_names_that_differ_in_case_only_get_names_of_their_own(tmp_path: Path) -> None:
    for name in ("one/A.jpg", "two/a.JPG", "two/b: c?.jpg"):
        photo(tmp_path / "shoot" / name, scene=hash(name) % 1000)
    report = begin(tmp_path)
    assert sorted(f.name for f in (tmp_path / "new/assets/photos").glob("*.[jJ]*")) == ["A.jpg", "a-2.JPG", "b- c-.jpg"]
    assert told(report)["import-renamed"] == 2
    assert all(figure.file for _, figure in read(tmp_path / "new").publication.figures())


def test_names_that_no_system_shares_get_others(tmp_path: Path, capsys: Capture) -> None:
    photo(tmp_path / "shoot/a.jpg")
    (tmp_path / "shoot/a.jpg").rename(tmp_path / "shoot" / os.fsdecode(b"caf\xe9\n|.jpg"))
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "shoot"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"]["chapters"][0]["photographs"][0]["name"] == "caf---.jpg"
    assert "caf" in (tmp_path / "new/book/import.md").read_text("utf-8")


def test_photographs_inside_the_new_folder_take_no_second_place(tmp_path: Path, capsys: Capture) -> None:
    photo(tmp_path / "new/raws/a.jpg")
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "new/raws")]) == 0
    assert (tmp_path / "new/assets/photos/a.jpg").samefile(tmp_path / "new/raws/a.jpg")
    assert "photo-outside" not in found(tmp_path / "new", capsys)


def test_photographs_in_assets_stay_where_they_are(tmp_path: Path) -> None:
    photo(tmp_path / "new/assets/photos/harbour/a.jpg")
    before = files_in(tmp_path / "new/assets")
    importing.begin(
        tmp_path / "new", tmp_path / "new/assets/photos", PhotoWishes(), scaffold.frame(tmp_path / "new"), steps
    )
    assert {k: v for k, v in files_in(tmp_path / "new/assets").items() if k != "photos/README.md"} == before
    assert "(harbour/a.jpg)" in chapter(tmp_path / "new")


def test_a_book_inside_the_folder_of_photographs_does_not_swallow_itself(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg")
    photo(tmp_path / "shoot/book/old.jpg")
    report = importing.begin(
        tmp_path / "shoot/book",
        tmp_path / "shoot",
        PhotoWishes(today=TODAY),
        scaffold.frame(tmp_path / "shoot/book"),
        steps,
    )
    assert order(report) == [["a.jpg"]]


@pytest.mark.parametrize(("way", "is_same"), [([], False), (["--copy"], False), (["--link"], True)])
def test_photographs_elsewhere_are_copied_or_linked(tmp_path: Path, way: list[str], is_same: bool) -> None:  # noqa: FBT001  # a case
    photo(tmp_path / "shoot/a.jpg")
    assert cli.main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "shoot"), *way]) == 0
    assert (tmp_path / "new/assets/photos/a.jpg").samefile(tmp_path / "shoot/a.jpg") == is_same
    assert not (tmp_path / "new/assets/photos/a.jpg").is_symlink()


def test_a_disk_that_knows_no_second_names_is_told_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo(tmp_path / "shoot/a.jpg")

    def other_disk(source: Path, target: Path) -> None:
        raise OSError(18, "Invalid cross-device link", str(source), None, str(target))

    monkeypatch.setattr(os, "link", other_disk)
    with pytest.raises(PressroomError) as refused:
        begin(tmp_path, bringing="link")
    assert refused.value.findings[0].id == "import-unlinked"
    assert not (tmp_path / "new").exists()


# ---- whole or not at all


@pytest.mark.parametrize("there", ["book/publication.yaml", "make_publication.py"])
def test_init_never_writes_over_a_publication(tmp_path: Path, there: str) -> None:
    photo(tmp_path / "shoot/a.jpg")
    (tmp_path / "new" / there).parent.mkdir(parents=True)
    (tmp_path / "new" / there).write_text("mine")
    before = files_in(tmp_path / "new")
    with pytest.raises(PressroomError) as refused:
        begin(tmp_path)
    assert refused.value.findings[0].id == "init-over"
    assert files_in(tmp_path / "new") == before


def test_a_folder_with_other_things_keeps_them(tmp_path: Path) -> None:
    photo(tmp_path / "shoot/a.jpg")
    (tmp_path / "new/assets/photos").mkdir(parents=True)
    (tmp_path / "new/assets/photos/A.jpg").write_bytes(b"another")
    begin(tmp_path)
    assert (tmp_path / "new/assets/photos/A.jpg").read_bytes() == b"another"
    assert "(a-2.jpg)" in chapter(tmp_path / "new")


def test_nothing_stays_of_what_could_not_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        photo(tmp_path / f"shoot/{name}.jpg")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(landing, "_write", fail)
    with pytest.raises(PressroomError) as refused:
        begin(tmp_path)
    assert refused.value.exit_code == 3
    assert not (tmp_path / "new").exists()


# ---- into a publication that is there


SETTINGS = """title: T
language: en-GB
chapters:
  - a.md  # the first
  - part: Later
    chapters: [b.md]
  - generated: [colophon]
editions: {ebook: {format: epub}}
"""


def add(root: Path, *sources: Path, **wishes: Any) -> ImportReport:
    return importing.add(root, sources, PhotoWishes(**{"today": TODAY, **wishes}), steps)


def test_new_chapters_come_after_the_last_and_before_what_ends_the_book(
    publication: Publish, tmp_path: Path, capsys: Capture
) -> None:
    root = publication({"book/b.md": "# B\n\nText.", "book/a.md": "# A\n\nText."}, SETTINGS)
    photo(tmp_path / "shoot/one/a.jpg")
    photo(tmp_path / "shoot/two/b.jpg")
    assert cli.main(["import", str(tmp_path / "shoot"), "--root", str(root)]) == 0
    assert "book/02-two.md" in capsys.readouterr().out
    assert (root / "book/publication.yaml").read_text("utf-8") == SETTINGS.replace(
        "  - generated", "  - 01-one.md\n  - 02-two.md\n  - generated"
    )
    titles = [chapter.title for chapter in read(root).publication.chapters()]
    assert titles == ["A", "B", "One", "Two"]


PART = "chapters:\n  - part: P\n    chapters:\n      - a.md\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("chapters: [a.md, 'b.md']\n", "chapters: [a.md, 'b.md', n.md]\n"),
        ("chapters:\n- a.md\n\n# end\n", "chapters:\n- a.md\n- n.md\n\n# end\n"),
        ("chapters:\n  - generated: [colophon]\n", "chapters:\n  - n.md\n  - generated: [colophon]\n"),
        (PART, PART + "  - n.md\n"),
        ("title: T\n", "title: T\nchapters:\n  - a.md\n  - n.md\n"),
        ("chapters: &x [a.md]\nother: *x\n", None),
        ("{title: T, chapters: [a.md]}\n", "{title: T, chapters: [a.md, n.md]}\n"),
        ("{title: T}\n", None),
    ],
)  # fmt: skip
def test_settings_are_changed_by_lines_or_left_to_a_person(before: str, after: str | None) -> None:
    assert with_chapters(Source("book/publication.yaml", before), ["n.md"], ["a.md", "n.md"]) == after


def test_a_second_import_brings_only_what_is_new(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    root, shoot = publication(settings="title: T\nlanguage: en\n"), tmp_path / "shoot"
    photo(shoot / "a.jpg")
    add(root, shoot)
    first = files_in(root / "book")
    assert [chapter.title for chapter in read(root).publication.chapters()] == ["A", "Shoot"]
    photo(shoot / "b.jpg")
    report = add(root, shoot)
    assert order(report) == [["b.jpg"]]
    assert report.shown_already == ("a.jpg",)
    now = files_in(root / "book")
    assert {name: now[name] for name in first if name != "publication.yaml"} == {
        name: data for name, data in first.items() if name != "publication.yaml"
    }
    assert {"import.md", "import-2.md"} <= now.keys()
    before = files_in(root / "book")
    capsys.readouterr()
    assert cli.main(["import", str(shoot), "--root", str(root)]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert files_in(root / "book") == before


def test_a_photograph_that_is_there_and_not_shown_is_shown_without_a_copy(publication: Publish, tmp_path: Path) -> None:
    there = photo(tmp_path / "shoot/a.jpg").read_bytes()
    root = publication({"assets/photos/harbour.jpg": there})
    add(root, tmp_path / "shoot")
    assert [f.name for f in (root / "assets/photos").iterdir()] == ["harbour.jpg"]
    assert [figure.file for _, figure in read(root).publication.figures()] == ["harbour.jpg"]


def test_a_name_that_is_taken_by_another_picture_is_not_written_over(publication: Publish, tmp_path: Path) -> None:
    other = photo(tmp_path / "other.jpg").read_bytes()
    root = publication({"assets/photos/a.jpg": other})
    photo(tmp_path / "shoot/a.jpg")
    report = add(root, tmp_path / "shoot")
    assert (root / "assets/photos/a.jpg").read_bytes() == other
    assert report.pictures[0].address == "a-2.jpg"


def test_single_pictures_can_be_brought(publication: Publish, tmp_path: Path) -> None:
    root = publication()
    report = add(root, photo(tmp_path / "b.jpg"), photo(tmp_path / "a.jpg"))
    assert order(report) == [["a.jpg", "b.jpg"]]


def test_two_folders_keep_pictures_of_one_name_apart(publication: Publish, tmp_path: Path) -> None:
    root = publication()
    photo(tmp_path / "one/a.jpg", scene=1)
    photo(tmp_path / "two/a.jpg", scene=2)
    report = add(root, tmp_path / "one", tmp_path / "two", tmp_path / "two/a.jpg")
    assert sorted(placed.address for placed in report.pictures) == ["a-2.jpg", "a.jpg"]
    assert len(report.chapters) == 2


def test_the_report_is_no_chapter(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": CHAPTER, "book/import-duties.md": "# Duties\n\nText."})
    photo(tmp_path / "shoot/a.jpg")
    add(root, tmp_path / "shoot")
    assert (root / "book/import.md").read_text("utf-8").startswith("<!--")
    assert [chapter.title for chapter in read(root).publication.chapters()] == ["A", "Duties", "Shoot"]


def test_a_chapter_called_import_stays_a_chapter(publication: Publish, tmp_path: Path) -> None:
    root = publication({"book/a.md": CHAPTER, "book/import.md": "# Imports\n\nText."})
    photo(tmp_path / "shoot/a.jpg")
    report = add(root, tmp_path / "shoot")
    assert "book/import-2.md" in report.files
    assert [chapter.title for chapter in read(root).publication.chapters()] == ["A", "Imports", "Shoot"]


def test_what_is_no_picture_says_what_can_be_brought(publication: Publish, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "sound.mp3").write_bytes(b"ID3")
    assert cli.main(["import", str(tmp_path / "sound.mp3"), "--root", str(publication()), "--json"]) == 2
    assert [f["id"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["import-kind"]


# ---- many


def test_many_pictures_are_one_command(tmp_path: Path) -> None:
    start = dt.datetime(2024, 1, 14, 8, tzinfo=dt.UTC)
    for n in range(300):
        moment = start + dt.timedelta(minutes=n)
        photo(tmp_path / f"shoot/{n}.jpg", moment.strftime("%Y:%m:%d %H:%M:%S"), size=(48, 32))
    report = begin(tmp_path)
    assert order(report) == [[f"{n}.jpg" for n in range(300)]]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("1.200 litres", "1.200 litres"),
        ("-5 °C", "-5 °C"),
        ("+43 1 58801", "+43 1 58801"),
        ("1. The mill", "1\\. The mill"),
        ("- The mill", "\\- The mill"),
        ("--- and more", "\\--- and more"),
        ("2)", "2\\)"),
    ],
)
def test_only_signs_that_would_mean_something_are_escaped(words: str, written: str) -> None:
    assert plain_markdown.text(words) == written
