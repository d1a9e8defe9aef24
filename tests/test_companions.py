"""Companions: which font sets the letters that a layout's family lacks, and what is said where none is there."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz
from conftest import Publish, ids
from fontTools.ttLib import TTCollection, TTFont
from pypdfium2 import raw
from test_ebook_fonts import cast

from pressroom import production
from pressroom.design import companion_cuts, companions, fonts
from pressroom.design.companions import script_of, upright_companions
from pressroom.design.composition import FontFace
from pressroom.design.fonts import find_faces
from pressroom.design.webfonts import font_rules
from pressroom.epub import subset
from pressroom.errors import Place
from pressroom.publication import EpubEdition, PdfEdition

NO_PLACE = Place("book/publication.yaml")
PAGES = "language: {language}\ntitle: T\neditions: {{screen: {{format: pdf}}}}\n"


def faces(family: str, root: Path, *weights: int) -> list[FontFace]:
    return find_faces(family, weights or (400,), root, NO_PLACE)[0]


def chosen(found: tuple[companions.Companion, ...]) -> list[tuple[str, int, bool]]:
    return [(one.source.family, one.weight, one.of.italic) for one in found]


@pytest.mark.parametrize(
    ("letter", "language", "script"),
    [
        ("я", "ru", "Cyrillic"),
        ("ґ", "uk", "Cyrillic"),
        ("ώ", "el", "Greek"),
        ("ᾳ", "grc", "Greek"),
        ("ա", "en", "Armenian"),
        ("ქ", "ka", "Georgian"),
        ("ש", "he", "Hebrew"),
        ("،", "fa", "Arabic"),
        ("क", "hi", "Devanagari"),
        ("ก", "th", "Thai"),
        ("漢", "zh", "simplified Chinese"),
        ("漢", "zh-Hant", "traditional Chinese"),
        ("漢", "zh-TW", "traditional Chinese"),
        ("漢", "ja", "Japanese"),
        ("漢", "en", "simplified Chinese"),
        ("か", "en", "Japanese"),
        ("한", "en", "Korean"),
        ("漢", "ko", "Korean"),
        ("a", "en", None),
        ("ሀ", "am", "Ethiopic"),
        ("ক", "bn", "Bengali"),
        ("க", "ta", "Tamil"),
        ("ᚠ", "en", None),
    ],
)
def test_letters_are_known_by_their_script(letter: str, language: str, script: str | None) -> None:
    found = script_of(letter, language)
    assert (found.name if found else None) == script


@pytest.mark.parametrize("letters", ["зафиксированном", "їжак ґанок", "έμφαση", "жώ"])
def test_the_italics_that_the_default_family_lacks_come_from_its_later_edition(letters: str, tmp_path: Path) -> None:
    found = companions.companions(faces("Source Serif Pro", tmp_path, 400, 600), letters, "ru", tmp_path)
    assert chosen(found) == [("Source Serif 4", 400, True), ("Source Serif 4", 600, True)]
    found = companions.companions(faces("Source Sans Pro", tmp_path), letters, "ru", tmp_path)
    assert chosen(found) == [("Source Sans 3", 400, True)]


def test_latin_text_needs_no_companion(tmp_path: Path) -> None:
    assert companions.companions(faces("Source Serif Pro", tmp_path), "Ünïcode, “quotes” – №", "de", tmp_path) == ()


@pytest.fixture
def armenian(tmp_path: Path) -> Path:
    """A publication with a companion for one Armenian letter in its own fonts, half as high again as the text."""
    cast(tmp_path / "assets/fonts/a.ttf", "Noto Serif Armenian")
    return tmp_path


def test_fonts_of_the_publication_are_companions_in_their_scripts(armenian: Path) -> None:
    found = companions.companions(faces("Source Serif Pro", armenian, 300, 400, 600), "Ե", "hy", armenian)
    assert {(one.source.family, one.weight) for one in found} == {("Noto Serif Armenian", 400)}


def test_a_cut_has_the_size_the_lines_and_the_spaces_of_the_face_beside_it(armenian: Path) -> None:
    (text, *_) = faces("Source Serif Pro", armenian)
    (made,) = companion_cuts.completed([text], "Ե", "hy", armenian, armenian / "cache")
    assert (made.family, made.completes, made.weight) == ("Noto Serif Armenian", "Source Serif Pro", 400)
    measures, beside = fonts.cut(made), fonts.cut(text)
    assert set(measures.widths) == {"Ե", " "}
    assert measures.widths[" "] == pytest.approx(beside.widths[" "], abs=0.001)
    assert (measures.ascent, measures.descent) == pytest.approx((beside.ascent, beside.descent), abs=0.001)
    with TTFont(made.file) as font:
        assert 500 / font["head"].unitsPerEm == pytest.approx(0.5 * 0.475 / 0.536, abs=0.001)


def test_a_line_with_letters_of_a_companion_is_no_higher(armenian: Path) -> None:
    """A font says which of its two heights hold: those of the companion must be those that hold in the family."""
    with TTFont(armenian / "assets/fonts/a.ttf") as font:
        font["OS/2"].version, font["OS/2"].fsSelection = 4, font["OS/2"].fsSelection | 1 << 7
        font.save(armenian / "assets/fonts/a.ttf")
    (text, *_) = faces("Source Serif Pro", armenian)
    (made,) = companion_cuts.completed([text], "Ե", "hy", armenian, armenian / "cache")
    assert shaped_height(made) == pytest.approx(shaped_height(text), abs=0.002)


def shaped_height(face: FontFace) -> tuple[float, float]:
    """The ascent and descent of a line in a face, in em, as the page engine’s shaper has them."""
    of = uharfbuzz.Face(uharfbuzz.Blob(face.file.read_bytes()), face.number)
    extents = uharfbuzz.Font(of).get_font_extents("ltr")
    return extents.ascender / of.upem, extents.descender / of.upem


def test_a_cut_is_made_once(armenian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = faces("Source Serif Pro", armenian), "Ե", "hy", armenian, armenian / "cache"
    first = companion_cuts.completed(*asked)
    monkeypatch.setattr(companion_cuts, "_make", None)
    assert companion_cuts.completed(*asked) == first


@pytest.mark.slow
def test_an_ebook_has_companions_in_each_weight_and_style_of_the_family_that_they_complete(tmp_path: Path) -> None:
    def face(family: str, weight: int, completes: str = "", *, italic: bool = False) -> FontFace:
        file = cast(tmp_path / f"{family}{weight}{italic}.ttf", family, weight, italic=italic)
        return FontFace(family, weight, italic=italic, file=file, completes=completes)

    own = [face("Text", 400), face("Text", 400, italic=True), face("Text", 600)]
    upright = [face("Noto Armenian", 400, "Text"), face("Noto Armenian", 700, "Text")]
    slanted = face("Text 4", 400, "Text", italic=True)
    rules = font_rules([*own, *upright, slanted, face("Other", 400, "Captions")], EpubEdition(format="epub"))
    told = [re.findall(r'family: "(.+?)"; font-weight: (\d+); font-style: (\w+); src: url\(../fonts/(.+?)\.', rule)[0]
            for rule in rules]  # fmt: skip
    assert told[-3:] == [
        ("Text", "400", "normal", own[0].part[6:-6]),
        ("Text", "400", "italic", own[1].part[6:-6]),
        ("Text", "600", "normal", own[2].part[6:-6]),
    ]
    assert told[:-3] == [
        ("Text", "400", "normal", "noto-armenian-with-text-400"),
        ("Text", "400", "italic", "noto-armenian-with-text-400"),
        ("Text", "400", "italic", "text-4-with-text-400-italic"),
        ("Text", "600", "normal", "noto-armenian-with-text-700"),
    ]
    assert ["unicode-range: U+2C-2E, " in rule for rule in rules] == [True] * 4 + [False] * 3


def test_a_family_that_completes_two_others_has_a_file_for_each_in_an_ebook() -> None:
    """Amiri has the Arabic letters beside the family of the text and beside that of captions."""
    faces = [FontFace("Amiri", 400, italic=False, file=Path("amiri.ttf"), completes=of) for of in ("Serif", "Sans")]
    assert [face.part for face in faces] == ["fonts/amiri-with-serif-400.woff2", "fonts/amiri-with-sans-400.woff2"]


def test_on_pages_a_companion_has_a_name_that_no_other_file_has(tmp_path: Path) -> None:
    """The engine draws two files of one name with the letters of one: those of the cover, and those of a page."""
    completed = ("", "Source Serif Pro", "Noto Serif")
    faces = [
        FontFace("Noto Serif Armenian", 400, italic=False, file=cast(tmp_path / f"{n}.ttf"), completes=of)
        for n, of in enumerate(completed)
    ]
    rules = font_rules(faces, PdfEdition(format="pdf"))
    assert len({re.findall('font-family: "(.*?)"', rule)[0] for rule in rules}) == 3
    assert not [rule for rule in rules if "unicode-range" in rule]


def test_a_font_of_a_collection_is_taken_from_it(tmp_path: Path) -> None:
    collection = TTCollection()
    for family in ("Noto Serif CJK JP", "Noto Serif CJK SC"):
        collection.fonts.append(TTFont(cast(tmp_path / f"{family}.ttf", family)))
    collection.save(tmp_path / "Noto.ttc")
    found = list(companions.collected(tmp_path / "Noto.ttc"))
    assert [(face.family, face.number) for face in found] == [("Noto Serif CJK JP", 0), ("Noto Serif CJK SC", 1)]
    (text, *_), script = faces("Source Serif Pro", tmp_path), script_of("漢", "zh")
    assert script
    one = companions.Companion(text, found[1], script, frozenset({ord("Ե")}))
    with TTFont(io.BytesIO(companion_cuts._make(one, 400))) as font:
        assert font["name"].getDebugName(1) == "Noto Serif CJK SC"
        assert set(font.getBestCmap()) == {ord("Ե"), 0x20}


@pytest.mark.parametrize(("letter", "needed"), [("ำ", "\u0e4d\u0e32"), ("क", "\u094d\u0930"), ("Ж", "є")])
def test_an_ebook_has_the_letters_that_a_browser_makes_of_another(letter: str, needed: str) -> None:
    assert set(needed) <= set(subset._every_form({letter}))


# ---- what is said


def told(root: Path, *wanted: str) -> list[tuple[str, int, str]]:
    found = production.check(production.Order(root)).findings
    return [(f.id, f.place.line, f.remedy) for f in found if f.id in wanted]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("letter", "remedy"),
    [
        ("Ե", "Type: apt-get install fonts-noto-core (Debian); or put the font files of “Noto Serif Armenian”"),
        ("ש", "Type: pip install 'pressroom[hebrew]', or apt-get install fonts-noto-core (Debian); or put"),
        ("ก", "Type: pip install 'pressroom[thai]', or apt-get install fonts-noto-core (Debian)"),
        ("漢", "Type: pip install 'pressroom[chinese]', or apt-get install fonts-noto-cjk (Debian)"),
    ],
)
@pytest.mark.parametrize("lender", ["", "DejaVu Sans"])
def test_a_missing_companion_is_named_with_the_command_that_installs_it(
    letter: str, remedy: str, lender: str, publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressroom.preflight.glyphs.lender_of", lambda _: lender)
    monkeypatch.setattr("pressroom.preflight.glyphs.companion_sources", lambda _: {})
    root = publication({"book/a.md": f"# A\n\nPlain.\n\nA {letter}.\n"}, settings=PAGES.format(language="en"))
    ((id, line, said),) = told(root, "letter-missing", "letter-borrowed")
    assert (id, line) == ("letter-borrowed" if lender else "letter-missing", 5)
    assert said.startswith(remedy)


@pytest.mark.slow
def test_a_companion_that_is_there_needs_no_word(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nԵ *Ж*\n"}, settings=PAGES.format(language="en"))
    cast(root / "assets/fonts/a.ttf", "Noto Serif Armenian")
    assert told(root, "letter-missing", "letter-borrowed", "emphasis-unseen") == []


@pytest.mark.parametrize(
    ("text", "language", "lines"),
    [
        ("*зафиксированном* and *έμφαση*", "ru", []),
        ("*Ե* in Latin text", "en", [3]),
        ("Plain.\n\nA _ქა_ and <i>ქა</i>", "ru", [5]),
        ("**Ե** is seen", "en", []),
        ("*Ե* by its weight", "hy", []),
        ("*word, 12* Ե", "en", []),
        ('<p lang="hy">A <em>Ե</em></p>', "en", []),
        ('<p lang="hyw"><b>A <em class="a">Ե</em></b></p>\n\n*Ե*', "en", [3]),
        ("A note.[^1]\n\n[^1]: *שלום*", "en", [5]),
    ],
)
@pytest.mark.slow
def test_emphasis_that_cannot_be_seen_is_told(text: str, language: str, lines: list[int], publication: Publish) -> None:
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=PAGES.format(language=language))
    assert [line for _, line, _ in told(root, "emphasis-unseen")] == lines


def test_emphasis_in_a_family_without_italics_of_a_script_names_what_has_them(publication: Publish) -> None:
    settings = PAGES.format(language="ru") + "fonts: {text: Tiny}\n"
    root = publication({"book/a.md": "# Ж\n\n*Ж* Ж *Ж*\n"}, settings=settings)
    cast(root / "assets/fonts/t.ttf", "Tiny")
    for face in ("Noto Serif", "Noto Sans"):
        assert face not in companions.sources(root) or pytest.skip(f"{face} is installed")
    found = production.check(production.Order(root)).findings
    (said,) = [f for f in found if f.id == "emphasis-unseen"]
    assert "“Ж” is emphasised, but Tiny has no italics" in said.message
    assert "so are 1 more" in said.message
    assert "pressroom[noto]" in said.remedy


@pytest.mark.parametrize(
    ("text", "language", "weights", "lines"),
    [
        ("A **Ե**", "en", (400,), [3]),
        ("*Ե* by its weight", "hy", (400,), [3]),
        ("A **Ե**", "en", (400, 700), []),
        ("Ե **strong** *words*", "hy", (400,), []),
    ],
)
@pytest.mark.slow
def test_strong_words_in_a_companion_of_one_weight_are_told(
    text: str, language: str, weights: tuple[int, ...], lines: list[int], publication: Publish
) -> None:
    root = publication({"book/a.md": f"# A\n\n{text}\n"}, settings=PAGES.format(language=language))
    for weight in weights:
        cast(root / f"assets/fonts/{weight}.ttf", "Noto Serif Armenian", weight)
    assert [line for _, line, _ in told(root, "weight-unseen")] == lines


@pytest.mark.slow
def test_cyrillic_and_greek_emphasis_is_set_in_italics_on_pages_and_in_ebooks(publication: Publish) -> None:
    text = "# Т\n\nПри: *скв*, *έμφαση* and *shh*.\n"
    settings = "language: ru\ntitle: Т\nlayout: reader\n"
    settings += "editions: {ebook: {format: epub}, print: {format: pdf, trim: 6x9in}}\n"
    root = publication({"book/a.md": text}, settings=settings)
    report = production.build(production.Order(root))
    assert ids(report.findings) == []
    (pdf,) = (product.path for product in report.products if product.path.suffix == ".pdf")
    used = dict(letters_and_fonts(pdf))
    assert [used["к"], used["μ"], used["h"]] == ["Source-Serif-4-beside-Source-Serif-Pro-Italic"] * 2 + [
        "Source-Serif-Pro-Italic"
    ]
    assert used["П"] == "Source-Serif-Pro"
    with zipfile.ZipFile(next(p.path for p in report.products if p.path.suffix == ".epub")) as book:
        rules = book.read("EPUB/styles/type.css").decode()
        assert re.search(r'font-family: "Source Serif Pro"; [^}]*italic[^}]*unicode-range: [^}]*U\+400-45F', rules)


def letters_and_fonts(file: Path) -> Iterator[tuple[str, str]]:
    """The letters of a PDF with the names of their fonts."""
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            text = page.get_textpage()
            for number in range(text.count_chars()):
                name = ctypes.create_string_buffer(100)
                raw.FPDFText_GetFontInfo(text, number, name, 100, ctypes.byref(ctypes.c_int()))
                letter = chr(raw.FPDFText_GetUnicode(text, number))
                yield letter, name.value.decode().rpartition("+")[2]


# ---- covers


@pytest.mark.parametrize("use", ["text", "captions"])
@pytest.mark.slow
def test_the_words_of_a_cover_are_set_in_a_companion(use: str, armenian: Path) -> None:
    cast(armenian / "assets/fonts/b.ttf", "Noto Sans Armenian", 700)
    family = {"text": "Source Serif Pro", "captions": "Source Sans Pro"}[use]
    found = fonts.cut_for("ԵԵ", faces(family, armenian), 400, partial(upright_companions, root=armenian))
    assert found.face.family == {"text": "Noto Serif Armenian", "captions": "Noto Sans Armenian"}[use]
    assert not found.is_ours
    ours = fonts.cut_for("Ж", faces(family, armenian), 400, partial(upright_companions, root=armenian))
    assert (ours.face.family, ours.is_ours) == (family, True)
