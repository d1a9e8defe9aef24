"""The front cover: its words can be read, stand where they should, and are the same in the PDF and in the ebook."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import hypothesis
import pypdfium2
import pytest
from conftest import Publish, collect, ids, laid_out, picture, read
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pdfs import exported
from PIL import Image, ImageDraw, PngImagePlugin

from pressroom import design, production, reports
from pressroom.contrast import READABLE, Rgb, contrast
from pressroom.cover import arrangement, cover_picture, front, linebreaks
from pressroom.design import fonts
from pressroom.design.grid import grid_for
from pressroom.errors import Finding, Place, PressroomError
from pressroom.photographs import Album, CoverRecipe, lettering, render_cover
from pressroom.photographs.legibility import choose, veil_colour, veil_for
from pressroom.publication import PdfEdition, Settings, Trim
from pressroom.publication.measures import PT_PER_MM, parse_trim

DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (128, 128, 128)
INKS: Mapping[str, Rgb] = {"light": WHITE, "dark": (27, 27, 27)}
PHOTO = "cover: {photograph: fire.jpg}\n"
EDITIONS = (
    "editions:\n  ebook: {format: epub, fonts: none}\n  screen: {format: pdf}\n  print: {format: pdf, bleed: 3mm}\n"
)
WORDS = "title: The Road to Kornidzor\nsubtitle: Leaving\nlanguage: en\npublisher: Example Press\n"
WORDS += "creators: [{name: A. Photographer, role: photographer}, {name: P. Printer, role: printer}]\n"
LONG = (
    "A Short and Incomplete Account of Everything That Was Carried Along One Road in One Week of September by the "
    "People Who Left, and of What They Could Not Carry"
)


def made(root: Path, edition: str, **order: object) -> production.Report:
    return production.build(production.Order(root, (edition,), source_date=DATE, **order))  # type: ignore[arg-type]


def with_photo(publication: Publish, image: Image.Image | None = None, settings: str = WORDS + PHOTO) -> Path:
    out = io.BytesIO()
    (image or Image.linear_gradient("L").resize((800, 1000)).convert("RGB")).save(out, "JPEG", quality=95)
    return publication({"assets/photos/fire.jpg": out.getvalue()}, settings=settings + EDITIONS)


def ebook(root: Path) -> zipfile.ZipFile:
    report = made(root, "ebook")
    assert report.products, report.findings
    return zipfile.ZipFile(report.products[0].path)


def cover_of(book: zipfile.ZipFile) -> Image.Image:
    package = etree.fromstring(book.read("EPUB/content.opf"))
    items = package.xpath("//*[local-name()='item'][contains(@properties, 'cover-image')]")
    assert [item.get("media-type") for item in items] == ["image/jpeg"]
    return Image.open(io.BytesIO(book.read(f"EPUB/{items[0].get('href')}")))


def sheet(root: Path, trim: str = "us-trade") -> arrangement.CoverSheet:
    manuscript = production.read(production.Order(root))
    faces, _ = design.find_fonts(manuscript.publication.settings, manuscript.layout, manuscript.place_of)
    edition = PdfEdition(format="pdf", trim=parse_trim(trim))
    return arrangement.CoverSheet(
        grid_for(edition, manuscript.layout.manifest.papers), manuscript.publication.settings, faces
    )


def titled(publication: Publish, title: str, language: str = "en", more: str = "") -> Path:
    return publication(settings=f'title: "{title}"\nlanguage: {language}\n{more}{EDITIONS}')


# ---- contrast


@pytest.mark.parametrize(
    ("colour", "ratio"), [(WHITE, 1.0), (BLACK, 21.0), ((118, 118, 118), 4.54), ((0, 0, 255), 8.59)]
)
def test_contrast_is_that_of_wcag(colour: Rgb, ratio: float) -> None:
    assert contrast(colour, WHITE) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("top", "bottom", "place", "ink", "is_veiled"),
    [
        ([BLACK], [WHITE], "top", "light", False),  # both can be read; light or dark, the first place is taken
        ([BLACK, WHITE], [WHITE], "bottom", "dark", False),
        ([BLACK], [BLACK, WHITE], "top", "light", False),
        ([WHITE], [(230, 230, 230), (255, 255, 255)], "top", "dark", False),  # the calmer one
        ([(200, 200, 200), (255, 255, 255)], [WHITE], "bottom", "dark", False),
        ([BLACK] * 99 + [WHITE], [BLACK, WHITE], "top", "light", False),  # one in a hundred may be lost
        ([(120, 120, 120)], [(124, 124, 124)], "top", "light", True),
        ([BLACK, WHITE], [BLACK, GREY], "bottom", "light", True),
    ],
)
def test_words_stand_where_they_are_read_best(
    top: list[Rgb], bottom: list[Rgb], place: str, ink: str, *, is_veiled: bool
) -> None:
    setting = choose({"top": [top * 50], "bottom": [bottom * 50]}, INKS)  # type: ignore[arg-type]
    assert (setting.place, setting.ink, setting.veil > 0) == (place, ink, is_veiled)


def test_every_text_counts_by_itself() -> None:
    """A publisher's name on a white spot is not read because the title beside it stands on black."""
    dark, spot = [BLACK] * 1000, [WHITE] * 10
    assert choose({"top": [dark, spot]}, {"light": WHITE}).veil > 0


def test_what_the_picture_is_about_is_not_covered() -> None:
    patches = {"top": [[BLACK]], "bottom": [[GREY]]}
    assert choose(patches, INKS, avoid="top").place == "bottom"  # type: ignore[arg-type]
    assert choose({"top": [[BLACK]]}, INKS, avoid="top").place == "top"  # type: ignore[arg-type]


colours = st.tuples(*[st.integers(0, 255)] * 3)
patches = st.lists(colours, min_size=1, max_size=30)


def veiled(colour: Rgb, towards: Rgb, strength: int) -> Rgb:
    """A colour behind a veil, as Pillow mixes the two."""
    red, green, blue = (
        round((a * (255 - strength) + b * strength) / 255) for a, b in zip(colour, towards, strict=True)
    )
    return red, green, blue


@pytest.mark.slow
@given(patches, patches, colours)
def test_behind_its_veil_every_photograph_carries_its_words(top: list[Rgb], bottom: list[Rgb], own: Rgb) -> None:
    inks = {"light": WHITE, "dark": own}
    setting = choose({"top": [top], "bottom": [bottom]}, inks)  # type: ignore[arg-type]
    ink = inks[setting.ink]
    behind = [veiled(c, veil_colour(ink), setting.veil) for c in {"top": top, "bottom": bottom}[setting.place]]
    assert sum(contrast(ink, c) >= READABLE for c in behind) >= 0.95 * len(behind)


@pytest.mark.slow
@given(patches)
def test_a_veil_is_no_stronger_than_it_must_be(patch: list[Rgb]) -> None:
    strength = veil_for(patch, WHITE)
    if strength:
        behind = [veiled(c, BLACK, strength - 1) for c in patch]
        assert sum(contrast(WHITE, c) >= READABLE for c in behind) < 0.97 * len(behind)


def noise(width: int, height: int) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((width, height), 90) for _ in range(3)])


@pytest.mark.slow
@pytest.mark.parametrize("image", ["white", "black", "grey", "noise", "stripes", "slope"])
def test_the_pixels_behind_the_words_have_their_contrast(publication: Publish, tmp_path: Path, image: str) -> None:
    stripes = Image.new("RGB", (600, 800), "white")
    for y in range(0, 800, 6):
        ImageDraw.Draw(stripes).rectangle((0, y, 600, y + 2), fill="black")
    pictures = {
        "white": Image.new("RGB", (600, 800), "white"),
        "black": Image.new("RGB", (600, 800), "black"),
        "grey": Image.new("L", (600, 800), 128),
        "noise": noise(600, 800),
        "stripes": stripes,
        "slope": Image.linear_gradient("L").resize((600, 800)),
    }
    root = with_photo(publication, pictures[image])
    recipe, album = recipe_for(root, "screen")
    rendered = render_cover(album["cover"], recipe, tmp_path)
    ink = dict(recipe.inks)[rendered.setting.ink]
    place = next(p for p in recipe.places if p.place == rendered.setting.place)
    shown = Image.open(rendered.path).convert("RGB")
    for left, top, right, bottom in place.boxes:
        box = (left * shown.width, top * shown.height, right * shown.width, bottom * shown.height)
        found = shown.crop(tuple(map(round, box))).getcolors(1 << 24) or []
        read_well = sum(n for n, c in found if contrast(ink, c) >= READABLE)  # type: ignore[arg-type]
        assert read_well >= 0.95 * sum(n for n, _ in found)
    assert (rendered.setting.veil == 0) == (image in ("white", "black", "slope"))


def recipe_for(root: Path, edition: str) -> tuple[CoverRecipe, Album]:
    m = production.read(production.Order(root))
    recipe, findings = cover_picture(m.edition(edition))
    assert recipe is not None
    assert not findings
    return recipe, m.album


@pytest.mark.slow
def test_a_veil_ends_softly_and_leaves_the_rest_of_the_picture_alone(publication: Publish, tmp_path: Path) -> None:
    root = with_photo(
        publication, Image.new("RGB", (900, 1200), GREY), WORDS + "cover: {photograph: fire.jpg, ink: light}\n"
    )
    recipe, album = recipe_for(root, "screen")
    shown = Image.open(render_cover(album["cover"], recipe, tmp_path).path).convert("L")
    column = [int(shown.getpixel((5, y))) for y in range(shown.height)]  # type: ignore[arg-type]
    assert column[0] <= 118
    assert column[-1] == pytest.approx(128, abs=1)
    assert max(abs(a - b) for a, b in pairwise(column)) <= 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given_", "wanted"), [("title_at: bottom", "bottom"), ("ink: dark", "dark"), ("focus: 50% 8%", "bottom")]
)
def test_what_the_publication_asks_for_is_done(publication: Publish, tmp_path: Path, given_: str, wanted: str) -> None:
    picture = Image.new("RGB", (600, 3000), BLACK)
    root = with_photo(
        publication, picture, WORDS + f"cover: {{photograph: fire.jpg, crop: 0% 0% 100% 30%, {given_}}}\n"
    )
    recipe, album = recipe_for(root, "screen")
    setting = render_cover(album["cover"], recipe, tmp_path).setting
    assert wanted in (setting.place, setting.ink)


# ---- lines


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("The Road to Kornidzor", 13, ["The Road", "to Kornidzor"]),
        ("The Road to Kornidzor", 30, ["The Road to Kornidzor"]),
        ("Leaving Nagorno-Karabakh, September 2023", 30, ["Leaving Nagorno-Karabakh,", "September 2023"]),
        ("Nagorno-Karabakh", 10, ["Nagorno-", "Karabakh"]),
        ("Donaudampfschiff", 9, ["Donaudamp", "fschiff"]),
        ("東京の道。そして海", 5, ["東京の道。", "そして海"]),
        ("10\u00a0000 people", 12, ["10\u00a0000", "people"]),
    ],
)
def test_a_title_breaks_as_a_compositor_would(text: str, measure: float, expected: list[str]) -> None:
    assert list(linebreaks.lines_of(text, measure, len)) == expected


@pytest.mark.slow
@given(st.text("abc -日。", min_size=1, max_size=80), st.integers(1, 30))
def test_breaking_a_text_loses_nothing_and_keeps_the_measure(text: str, measure: int) -> None:
    broken = linebreaks.lines_of(text, measure, len)
    assert re.sub(r"\s", "", "".join(broken)) == re.sub(r"\s", "", text)
    assert all(len(line) <= measure for line in broken if not re.search("。", line))


# ---- the page


def first_page(root: Path, trim: str) -> pypdfium2.PdfPage:
    """The cover of a PDF on some paper, without the rest of the book."""
    manuscript = production.read(production.Order(root))
    paper = PdfEdition(format="pdf", trim=parse_trim(trim))
    composition = laid_out(manuscript.edition("screen").made_as(paper))
    cover_only = replace(composition, units=composition.units[:1])
    return pypdfium2.PdfDocument(exported(cover_only))[0]


def letters(page: pypdfium2.PdfPage) -> list[tuple[str, float, float, float, float]]:
    text = page.get_textpage()
    found = [(text.get_text_range(n, 1), *text.get_charbox(n)) for n in range(text.count_chars())]
    return [letter for letter in found if letter[0].strip()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("trim", "language", "title"),
    [
        ("210x270mm", "en", LONG),
        ("a5", "hy", "Այն ամենը, ինչ տարան մի ճանապարհով՝ սեպտեմբերի մեկ շաբաթվա ընթացքում"),
        ("us-trade", "ar", "الطريق إلى كورنيدزور وما لم يستطع الناس حمله"),
        ("square-8.5", "de", "Donaudampfschifffahrtsgesellschaftskapitän"),
        ("297x210mm", "en", "Salt"),
        ("60x90mm", "en", LONG),
    ],
)
def test_no_letter_of_the_cover_is_outside_its_margins(
    publication: Publish, language: str, title: str, trim: str
) -> None:
    more = "subtitle: Leaving Nagorno-Karabakh\npublisher: Example Press\ncreators: [{name: A. Photographer}]\n"
    page = first_page(titled(publication, title, language, more), trim)
    assert len(letters(page)) > 10
    side = 2.2 * 4.5 * PT_PER_MM if trim != "60x90mm" else 20
    width, height = page.get_width(), page.get_height()
    for letter, left, bottom, right, top in letters(page):
        assert side <= left + 2, letter
        assert right - 2 <= width - side, letter
        assert side / 2 <= bottom, letter
        assert top <= height - side / 2, letter


@pytest.mark.slow
def test_a_title_is_as_large_as_it_can_be_and_always_finds_room(publication: Publish) -> None:
    def size(title: str) -> float:
        return arrangement.without_photograph(sheet(titled(publication, title))).texts[0].size

    sizes = [size(t) for t in ("Salt", "The Road", "The Road to Kornidzor and Back", LONG, LONG + LONG + LONG)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 10
    assert sizes[3] > 1.3


@pytest.mark.slow
@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=14), min_size=1, max_size=60),
    st.sampled_from([90.0, 148.0, 300.0]),
)
@hypothesis.settings(max_examples=100)
def test_whatever_the_words_they_stay_on_the_page_and_apart(words: list[str], width: float) -> None:
    names = tuple({"name": word} for word in words[:12])
    settings = Settings.model_validate(
        {
            "title": " ".join(words),
            "subtitle": " ".join(words[:20]),
            "language": "en",
            "creators": names,
            "publisher": "P",
        }
    )
    papers = design.find_layout("reportage", Path("/nowhere"), Place("x")).manifest.papers
    faces = {"text": [f for f in fonts.installed() if f.family == "Source Serif Pro"]}
    faces["captions"] = [f for f in fonts.installed() if f.family == "Source Sans Pro"]
    on = arrangement.CoverSheet(
        grid_for(PdfEdition(format="pdf", trim=Trim(width, width * 1.4)), papers), settings, faces
    )
    for arranged in (*arrangement.on_photograph(on), arrangement.without_photograph(on)):
        tops = sorted(arranged.texts, key=lambda t: (t.top, t.at_end))
        for text in tops:
            assert text.width <= on.measure + 0.01
            assert text.baseline(0) - text.cut.cap * text.size >= on.margin - 0.01
            assert text.baseline(-1) <= on.height - on.margin + 0.01
        for above, below in pairwise(tops):
            apart = below.baseline(0) - below.cut.cap * below.size - above.baseline(-1)
            assert apart > 0 or (below.at_end and above.width + below.width < on.measure)


def words(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()).strip()


@pytest.mark.slow
def test_the_cover_is_the_first_page_on_a_screen_and_not_in_the_press(publication: Publish) -> None:
    root = with_photo(publication)
    screen = pypdfium2.PdfDocument(made(root, "screen").products[0].path)
    assert words(screen[0]) == "The Road to Kornidzor Leaving A. Photographer Example Press"
    images = list(screen[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    assert [tuple(round(n) for n in image.get_bounds()) for image in images] == [(0, 0, 595, 765)]
    press = pypdfium2.PdfDocument(made(root, "print").products[0].path)
    assert "Leaving" not in words(press[0])
    assert not list(press[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    assert len(list(screen.get_toc())) == len(list(press.get_toc()))


@pytest.mark.slow
@pytest.mark.parametrize(("things_at", "words_at"), [(0.2, "bottom"), (0.8, "top")])
def test_words_stand_where_a_photograph_is_calm(publication: Publish, things_at: float, words_at: str) -> None:
    """Small boats on dark water: words can be read over both, and belong where no boats are."""
    photo = Image.new("RGB", (800, 1200), (20, 34, 48))
    for n in range(3):
        photo.paste((230, 226, 210), (100 + n * 160, int(1200 * things_at), 150 + n * 160, int(1200 * things_at) + 50))
    root = with_photo(publication, photo)
    recipe, album = recipe_for(root, "ebook")
    assert render_cover(album["cover"], recipe, root).setting.place == words_at


# ---- the ebook


@pytest.mark.slow
@pytest.mark.parametrize("settings", [WORDS, WORDS + PHOTO], ids=["in type", "photograph"])
def test_an_ebook_has_one_cover_picture_that_shops_can_show(publication: Publish, settings: str) -> None:
    book = ebook(with_photo(publication, settings=settings))
    shown = cover_of(book)
    assert (shown.size, shown.mode, shown.format) == ((1600, 2400), "RGB", "JPEG")
    assert "icc_profile" not in shown.info
    file = next(i for i in book.infolist() if "-cover-" in i.filename)
    assert file.file_size < 1_000_000
    page = etree.fromstring(book.read("EPUB/text/cover.xhtml"))
    pictures = page.findall(".//{*}img")
    assert [img.get("alt") for img in pictures] == ["The Road to Kornidzor. Leaving. A. Photographer"]
    assert "".join(page.find("{*}body").itertext()).strip() == ""
    assert sum("pictures/" in name for name in book.namelist()) == 1, "the photograph is not there a second time"


@pytest.mark.slow
@pytest.mark.parametrize("settings", [WORDS, WORDS + PHOTO], ids=["in type", "photograph"])
def test_the_cover_picture_shows_the_words_where_a_page_has_them(publication: Publish, settings: str) -> None:
    root = with_photo(publication, settings=settings)
    recipe, album = recipe_for(root, "ebook")
    rendered = render_cover(album.get("cover"), recipe, root)
    place = next(p for p in recipe.places if p.place == rendered.setting.place)
    ink = dict(recipe.inks)[rendered.setting.ink]
    shown = Image.open(rendered.path)
    for left, top, right, bottom in place.boxes:
        box = (left * 1600, top * 2400, right * 1600, bottom * 2400)
        found = shown.crop(tuple(map(round, box))).getcolors(1 << 24) or []
        count = sum(n for n, _ in found)
        inked = sum(n for n, c in found if max(abs(a - b) for a, b in zip(c, ink, strict=True)) < 40)  # type: ignore[arg-type]
        assert 0.02 * count < inked < 0.6 * count, "ink and ground"
    page = sheet(root)
    arranged = front.cover_page(read(root).publication, page, "", rendered if album else None)
    assert [line for text in arranged.texts for line in text.lines] == [line.text for line in place.lines]


@pytest.mark.slow
def test_a_cover_is_made_once_and_is_the_same_wherever_it_is_made(publication: Publish, tmp_path: Path) -> None:
    recipe, album = recipe_for(with_photo(publication), "ebook")
    one, other = (render_cover(album["cover"], recipe, tmp_path / name) for name in ("a", "b"))
    assert one.name == other.name
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.setting == other.setting
    file = one.path.stat().st_ino
    assert render_cover(album["cover"], recipe, tmp_path / "a") == one
    assert one.path.stat().st_ino == file
    one.path.write_bytes(b"damaged")
    assert render_cover(album["cover"], recipe, tmp_path / "a").path.read_bytes() == other.path.read_bytes()


@pytest.mark.slow
def test_where_a_font_lies_does_not_change_the_cover(publication: Publish, tmp_path: Path) -> None:
    recipe, album = recipe_for(with_photo(publication), "ebook")
    font = recipe.places[0].lines[0].font
    moved = tmp_path / "elsewhere.ttf"
    moved.write_bytes(font.read_bytes())

    def at(line: lettering.TypeLine) -> lettering.TypeLine:
        return replace(line, font=moved if line.font == font else line.font)

    places = tuple(replace(p, lines=tuple(map(at, p.lines))) for p in recipe.places)
    names = {render_cover(album["cover"], r, tmp_path).name for r in (recipe, replace(recipe, places=places))}
    assert len(names) == 1


@pytest.mark.slow
def test_a_noisy_photograph_still_makes_a_file_of_sensible_size(publication: Publish) -> None:
    file = next(i for i in ebook(with_photo(publication, noise(1600, 2400))).infolist() if "-cover-" in i.filename)
    assert file.file_size < 3_000_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "title"), [("hy", "Կոռնիձորի ճանապարհը"), ("ar", "الطريق إلى كورنيدزور"), ("ru", "Дорога")]
)
def test_a_title_in_another_script_is_set_in_a_font_that_has_it(
    publication: Publish, language: str, title: str
) -> None:
    page = sheet(titled(publication, title, language))
    text = arrangement.without_photograph(page).texts[0]
    if not text.cut.sets(title):
        pytest.skip("this machine has no font with these letters")
    report = made(titled(publication, title, language), "ebook")
    assert "cover-letters" not in ids(report.findings)


@pytest.mark.slow
def test_letters_without_a_font_are_reported_and_left_out(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "machine_fonts", lambda: ())
    root = titled(publication, "Կոռնիձոր", "hy", PHOTO)
    picture(root / "assets/photos/fire.jpg", 300, 400)
    report = made(root, "ebook")
    told = [f for f in report.findings if f.id == "cover-letters"]
    assert [(f.severity, f.place.line) for f in told] == [("warning", 1)]
    assert "assets/fonts" in told[0].remedy
    assert cover_of(zipfile.ZipFile(report.products[0].path)).size == (1600, 2400), (
        "the photograph, without boxes on it"
    )
    plain = made(titled(publication, "Կոռնիձոր", "hy"), "ebook").products[0].path
    page = zipfile.ZipFile(plain).read("EPUB/text/cover.xhtml").decode()
    assert "Կոռնիձոր" in re.sub("<[^>]+>", "", page.partition("<body")[2])


@pytest.mark.slow
def test_letters_that_cannot_be_joined_are_reported(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_with_raqm", lambda: False)
    assert not lettering.can_shape("الطريق")
    assert not lettering.can_shape("हिन्दी")
    assert all(map(lettering.can_shape, ("The Road", "Café", "Cafe\u0301", "Կոռնիձոր", "Дорога")))
    root = titled(publication, "الطريق", "ar")
    report = made(root, "ebook")
    if arrangement.without_photograph(sheet(root)).texts[0].cut.sets("الطريق"):
        assert "FriBiDi" in next(f.remedy for f in report.findings if f.id == "cover-letters")
    assert cover_of(ebook(titled(publication, "The Road"))), "Latin needs no joining"


@pytest.mark.slow
def test_the_layouts_own_colours_are_the_covers(publication: Publish) -> None:
    css = ":root { --ink: #1b1b1b; --accent: #f5e663; --paper: #fff }\n@media (x) { :root { --accent: #000000 } }"
    files = {"layouts/reportage/shared.css": css}
    shown = cover_of(ebook(publication(files, settings=WORDS + EDITIONS)))
    red, green, blue = shown.getpixel((5, 5))  # type: ignore[misc]
    assert (red, green, blue) == pytest.approx((0xF5, 0xE6, 0x63), abs=4)
    assert (shown.convert("L").getextrema()[0]) < 60, "on yellow the words are dark"


# ---- the photograph is one of the publication's


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("{photo: fire.jpg}", "key-unknown"),
        ("{title_at: middle}", "value-unknown"),
        ("{ink: red}", "value-unknown"),
        ("{focus: left}", "value-wrong"),
        ("{photograph: ''}", "value-wrong"),
        ("fire.jpg", "value-wrong"),
    ],
)
def test_a_fault_under_cover_is_reported_with_its_line(publication: Publish, typed: str, id: str) -> None:
    with pytest.raises(PressroomError) as stopped:
        read(publication(settings=WORDS + f"cover: {typed}\n"))
    assert [(f.id, f.place.line) for f in stopped.value.findings] == [(id, 6)]


def missing(root: Path, *, final: bool) -> list[str]:
    return [f"{f.severity} {f.id} {f.place.line}" for f in collect(root, final=final)[1]]


@pytest.mark.slow
def test_a_cover_photograph_that_is_not_there_is_reported_and_the_cover_set_in_type(publication: Publish) -> None:
    root = publication(settings=WORDS + PHOTO + EDITIONS)
    assert missing(root, final=False) == ["warning photo-missing 6"]
    assert missing(root, final=True) == ["error photo-missing 6"]
    report = made(root, "ebook")
    assert cover_of(zipfile.ZipFile(report.products[0].path)).getpixel((5, 5)) == pytest.approx((0, 92, 123), abs=3)
    assert any("set in type" in f.message for f in report.findings)
    assert not made(root, "ebook", final=True).products


def checked(root: Path, **order: object) -> list[Finding]:
    return production.check(production.Order(root, ("ebook",), **order)).findings  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_photograph_on_the_cover_is_used(publication: Publish) -> None:
    root = with_photo(publication)
    assert "photo-unused" not in ids(checked(root))
    assert "photo-unused" in ids(checked(with_photo(publication, settings=WORDS)))


@pytest.mark.slow
def test_a_photograph_may_stand_on_the_cover_and_in_the_book(publication: Publish) -> None:
    root = with_photo(publication)
    (root / "book/a.md").write_text("# A\n\n![A fire](fire.jpg){credit='A.'}\nIt burns.\n", "utf-8")
    assert not {"photo-twice", "photo-alike"} & set(ids(checked(root)))


@pytest.mark.slow
def test_a_face_that_the_book_blurs_and_the_cover_shows_is_reported(publication: Publish) -> None:
    root = with_photo(publication)
    (root / "book/a.md").write_text('# A\n\n![A fire](fire.jpg){blur="40% 40% 10% 10%"}\nIt burns.\n', "utf-8")
    told = [f for f in checked(root) if f.id == "blur-uneven"]
    assert [f.place.file for f in told] == ["book/publication.yaml"]


@pytest.mark.slow
def test_its_embargo_stops_the_build(publication: Publish) -> None:
    xmp = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" rdf:about=""
    photoshop:Instructions="Embargo until 2030-01-05"/></rdf:RDF></x:xmpmeta>"""
    root = with_photo(publication)
    picture(root / "assets/photos/fire.jpg", 300, 400, xmp=xmp)
    told = {f.id: f for f in checked(root, today=dt.date(2030, 1, 4))}
    assert told["photo-embargo"].place.line == 6
    assert "photo-embargo" not in ids(checked(root, today=dt.date(2030, 1, 5)))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_a_comment_in_a_photographs_file_is_not_published(publication: Publish, form: str) -> None:
    secret = "Schwarzenbach"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", secret)
    data = io.BytesIO()
    noise(300, 200).save(data, form, comment=secret, pnginfo=text)
    assert secret.encode() in data.getvalue()
    root = publication(
        {f"assets/photos/fire.{form.lower()}": data.getvalue()},
        settings=WORDS + PHOTO.replace("jpg", form.lower()) + EDITIONS,
    )
    book = ebook(root)
    cached = [file.read_bytes() for file in (root / ".pressroom").rglob("*") if file.is_file()]
    assert cached
    assert not [part for part in [*map(book.read, book.namelist()), *cached] if secret.encode() in part]


@pytest.mark.slow
def test_its_maker_is_named_in_the_credits_and_in_the_imprint(publication: Publish) -> None:
    settings = WORDS + "cover: {photograph: fire.jpg, credit: A. Photographer / Agency}\ncredits: both\n"
    book = ebook(with_photo(publication, settings=settings))
    credits = re.sub("<[^>]+>", "", book.read("EPUB/text/credits.xhtml").decode())
    assert "A. Photographer / Agency Cover" in credits
    assert "cover.xhtml#cover" in book.read("EPUB/text/credits.xhtml").decode()
    assert "Cover · A. Photographer / Agency" in book.read("EPUB/text/imprint.xhtml").decode()


@pytest.mark.slow
def test_photos_yaml_may_declare_it_too(publication: Publish) -> None:
    root = with_photo(publication)
    (root / "book/photos.yaml").write_text("fire.jpg: {alt: A fire, credit: B., blur: 1% 1% 5% 5%}\n", "utf-8")
    found = read(root).publication.cover
    assert found is not None
    assert (found.alt, found.credit, len(found.framing.blur)) == ("A fire", "B.", 1)
    assert found.origins == {"alt": "photos.yaml", "credit": "photos.yaml"}
    assert "photo-note-unused" not in ids(checked(root))


def test_the_contact_sheet_shows_it_first(publication: Publish) -> None:
    manuscript = production.read(production.Order(with_photo(publication)))
    entry = reports.entries(manuscript.publication, manuscript.album, manuscript.layout)[0]
    assert (entry.title, entry.standing) == ("Cover", "on the front cover")
    assert [use.edition for use in entry.uses] == ["ebook", "screen"]
    assert "caption" not in entry.missing
    to_come = production.read(production.Order(publication(settings=WORDS + PHOTO + EDITIONS)))
    asked = reports.missing_text(to_come.publication, to_come.album, to_come.layout)
    assert "1. Cover\n" in asked
    assert "2480 × 3190 pixels" in asked, "210 × 270 mm at 300 ppi"


def test_a_drawing_cannot_be_the_covers_photograph(publication: Publish) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9v9z"/></svg>'
    root = publication({"assets/fire.svg": svg}, settings=WORDS + "cover: {photograph: fire.svg}\n" + EDITIONS)
    assert missing(root, final=False) == ["error cover-drawing 6"]


@pytest.mark.slow
def test_a_small_photograph_is_reported_where_an_edition_asks_for_more(publication: Publish) -> None:
    root = with_photo(publication)
    text = (root / "book/publication.yaml").read_text("utf-8").replace("pdf}", "pdf, min_ppi: 150}")
    (root / "book/publication.yaml").write_text(text, "utf-8")
    told = [f for f in production.check(production.Order(root, ("screen",))).findings if f.id == "picture-small"]
    assert [f.place.line for f in told] == [6]


@pytest.mark.slow
def test_what_is_known_of_the_photograph_leaves_only_its_rights(publication: Publish) -> None:
    root = with_photo(publication, settings=WORDS + "cover: {photograph: fire.jpg, credit: A. Maker}\n")
    exif = Image.Exif()
    exif[0x013B], exif[0x010F] = "A. Maker", "A camera"
    picture(root / "assets/photos/fire.jpg", 300, 400, exif=exif)
    book = ebook(root)
    data = book.read(next(n for n in book.namelist() if "-cover-" in n))
    assert b"A. Maker" in data
    assert b"A camera" not in data


@pytest.mark.parametrize(
    ("css", "accent"),
    [
        (":root { --accent: #123456 } @media (prefers-color-scheme: dark) { :root { --accent: #fff } }", (18, 52, 86)),
        ("/* --accent: #fff; */ :root { --accent: #ABC }", (170, 187, 204)),
        (":root { --x: '--accent: #fff'; --accent:#abc; }", (170, 187, 204)),
        (":root { --accent: rgb(1, 2, 3) }", (1, 2, 3)),
        (":root { --accent: var(--other) }", (0, 92, 123)),
        (":root { --accent: #12345680 }", (0, 92, 123)),
    ],
)
def test_the_covers_colours_are_the_first_that_a_layout_has(css: str, accent: tuple[int, int, int]) -> None:
    assert front.colours(css)["accent"] == accent


@pytest.mark.parametrize(
    ("own", "credit"), [("", "All of them"), (", credit: A. Maker", "A. Maker")], ids=["without one", "with its own"]
)
def test_the_credit_of_all_photographs_is_that_of_the_cover_too(publication: Publish, own: str, credit: str) -> None:
    """As of a photograph in a chapter that has none."""
    root = with_photo(publication, settings=f"{WORDS}credit: All of them\ncover: {{photograph: fire.jpg{own}}}\n")
    cover = read(root).publication.cover
    assert cover is not None
    assert cover.credit == credit
