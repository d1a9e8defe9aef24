"""Fonts of ebooks: what a book shows is in them and little else, style sheets find them, and licences are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import fontpkg_source_sans_3
import pytest
from conftest import CHAPTER, Publish, ids, laid_out
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from validators import epubcheck

from pressroom import epub, production
from pressroom.design import webfonts
from pressroom.design.composition import Composition, FontFace, Style, Unit
from pressroom.design.webfonts import weights_asked
from pressroom.epub import subset
from pressroom.epub.obfuscation import obfuscate
from pressroom.publication import EpubEdition, Publication, Settings
from pressroom.xhtml import XhtmlDocument

ROOT = Path(__file__).resolve().parents[1]
DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
PREFIXES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "enc": "http://www.w3.org/2001/04/xmlenc#",
}
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-\u00ad\u2010"
RARE = "ŝĥčΩЖԵא" + "é\u0301"
OUTLINE = 500
"""Units that a capital is high; what a small capital is high: less."""


# ---- fonts of few letters


def cast(file: Path, family: str = "Tiny", weight: int = 400, *, italic: bool = False, permissions: int = 0) -> Path:
    """Write a font of boxes, with small capitals, old-style figures and a feature that nobody asks for."""
    letters = {ord(c): f"u{ord(c):04X}" for c in LATIN + RARE}
    small = {c: f"small{c}" for c in "abcdefghijklmnopqrstuvwxyz"}
    old = {c: f"old{c}" for c in "0123456789"}
    builder = FontBuilder(1000, isTTF=True)
    builder.updateHead(created=0, modified=0)  # the same bytes in the next second, too
    names = [".notdef", *dict.fromkeys(letters.values()), *small.values(), *old.values()]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(letters)
    heights = {name: OUTLINE - 100 * (name in small.values()) - 50 * (name in old.values()) for name in names}
    builder.setupGlyf({name: _box(height) for name, height in heights.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    said = {"copyright": "Cast for a test", "licenseDescription": "Do with it what you like"}
    builder.setupNameTable({"familyName": family, "styleName": f"W{weight}", "psName": f"{family}-{weight}", **said})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=weight, fsSelection=int(italic), version=4)
    builder.font["OS/2"].fsType = permissions
    builder.setupPost()
    rules = {"smcp": small, "onum": old, "ss01": dict.fromkeys("a", small["b"])}
    code = "".join(
        f"feature {tag} {{ {' '.join(f'sub {letters[ord(c)]} by {to};' for c, to in rule.items())} }} {tag};\n"
        for tag, rule in rules.items()
    )
    builder.addOpenTypeFeatures(code)
    file.parent.mkdir(parents=True, exist_ok=True)
    builder.save(file)
    return file


def _box(height: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, height), (450, height), (450, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> FontFace:
    return FontFace("Tiny", 400, italic=False, file=cast(tmp_path_factory.mktemp("tiny") / "tiny.ttf"))


def wanted(letters: str = "", *features: str) -> subset.FontNeeds:
    return subset.FontNeeds(frozenset(letters), frozenset(features))


def part_of(face: FontFace, asked: subset.FontNeeds, cache: Path) -> TTFont:
    (part,) = subset.font_parts([face], asked, cache)
    assert part.media_type == "font/woff2"
    assert part.read().startswith(b"wOF2")
    return TTFont(io.BytesIO(part.read()))


def features_in(font: TTFont) -> set[str]:
    if "GSUB" not in font or font["GSUB"].table.FeatureList is None:
        return set()
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


# ---- whole ebooks

TINY = "title: T\nlanguage: en\nfonts: {{text: Tiny, captions: Tiny}}\neditions: {{ebook: {{format: epub{}}}}}\n"
WEIGHTS = {"light.ttf": 300, "regular.ttf": 400, "semibold.ttf": 600}
Make = Callable[..., tuple[zipfile.ZipFile, production.Report]]


@pytest.fixture
def make(publication: Publish) -> Make:
    """Makes an ebook in Tiny, in one weight unless other files are given, with their permissions."""

    def make(
        text: str = CHAPTER, keys: str = "", files: Mapping[str, int] | None = None, **more: str
    ) -> tuple[zipfile.ZipFile, production.Report]:
        root = publication({"book/a.md": text, **more}, settings=TINY.format(keys))
        for name, permissions in (files or {"regular.ttf": 0}).items():
            cast(root / "assets/fonts" / name, weight=WEIGHTS[name], permissions=permissions)
        report = production.build(production.Order(root))
        return zipfile.ZipFile(report.products[0].path), report

    return make


def fonts_in(book: zipfile.ZipFile) -> set[str]:
    return {name.removeprefix("EPUB/") for name in book.namelist() if name.startswith("EPUB/fonts/")}


def css_of(book: zipfile.ZipFile) -> str:
    return "\n".join(book.read(name).decode() for name in book.namelist() if name.endswith(".css"))


def found(book: zipfile.ZipFile, name: str, path: str) -> list[str]:
    return [str(one) for one in etree.fromstring(book.read(name)).xpath(path, namespaces=PREFIXES)]


@pytest.mark.slow
def test_style_sheets_name_the_fonts_that_are_there_and_no_others(make: Make) -> None:
    book, _ = make(files={"regular.ttf": 0, "semibold.ttf": 0})
    named = set(re.findall(r'@font-face \{[^}]*src: url\(\.\./([^)]+)\) format\("woff2"\)', css_of(book)))
    listed = found(book, "EPUB/content.opf", "//opf:item[@media-type='font/woff2']/@href")
    assert named == fonts_in(book) == set(listed) == {"fonts/tiny-400.woff2", "fonts/tiny-600.woff2"}
    assert 'font-family: "Tiny"; font-weight: 600; font-style: normal' in css_of(book)


@pytest.mark.slow
def test_without_fonts_the_reader_s_own_are_left_alone(make: Make) -> None:
    book, _ = make(keys=", fonts: none")
    assert fonts_in(book) == set()
    assert "@font-face {" not in css_of(book)
    assert '--serif: "Tiny", serif' in css_of(book), "whoever has the font at home may see it"


@pytest.mark.slow
def test_an_ebook_holds_every_letter_that_it_shows(make: Make) -> None:
    book, _ = make("# Ĥapter\n\nA čase, *ŝown* with Ω.\n")
    with TTFont(io.BytesIO(book.read("EPUB/fonts/tiny-400.woff2"))) as font:
        letters = {chr(code) for code in font.getBestCmap()}
    assert set("Apter case,wnithΩčŝĥ") <= letters
    assert letters.isdisjoint("Жא"), "nobody shows them"


@pytest.mark.slow
def test_fonts_are_not_compressed_twice(make: Make) -> None:
    book, _ = make()
    assert book.getinfo("EPUB/fonts/tiny-400.woff2").compress_type == zipfile.ZIP_STORED


def composed(root: Path, edition: str = "ebook") -> Composition:
    manuscript = production.read(production.Order(root))
    return laid_out(manuscript.edition(edition))


@pytest.mark.slow
def test_a_composition_is_not_packed_without_its_fonts(publication: Publish) -> None:
    root = publication(settings=TINY.format(""))
    cast(root / "assets/fonts/tiny.ttf")
    with pytest.raises(ValueError, match=r"tiny-400\.woff2"):
        epub.export(composed(root), DATE, io.BytesIO())


def test_families_with_similar_names_are_distinguished(tiny: FontFace) -> None:
    faces = [replace(tiny, family=family) for family in ("Tiny Sans", "Tiny-Sans", "Tiny  Sans", "Тини", "Тыны")]
    assert len({face.part for face in faces}) == len(faces)
    assert all(re.fullmatch(r"fonts/[a-z0-9-]+\.woff2", face.part) for face in faces)


# ---- what is in a part


@pytest.mark.slow
@settings(max_examples=12)
@given(st.text(st.sampled_from(LATIN + RARE), max_size=8))
def test_a_part_has_the_letters_that_are_wanted(tiny: FontFace, text: str) -> None:
    with TemporaryDirectory() as cache, part_of(tiny, wanted(text), Path(cache)) as font:
        assert {chr(code) for code in font.getBestCmap() or ()} == set(text)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&>\ufffe\uffff"), max_size=12))
def test_whatever_a_page_shows_is_wanted_in_every_form(page: Composition, text: str) -> None:
    unit = replace(page.units[0], document=XhtmlDocument(page.units[0].xhtml.replace("Text.", f"Text. {text}")))
    letters = subset.wanted_of(replace(page, units=(unit,))).letters
    assert set(text) | set(text.upper()) | set(unicodedata.normalize("NFC", text)) <= letters
    assert {" ", "\u00a0", "\u00ad", "\u2010", "\u2011", "…", "•"} <= letters, "what reading systems add to it"


@pytest.fixture(scope="module")
def page() -> Composition:
    """A composition of one page in no fonts."""
    publication = Publication(Settings(title="T", language="en"), ())
    xhtml = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Text.</p></body></html>'
    unit = Unit("c-1", "chapter", "A", "body", "next", XhtmlDocument(xhtml))
    return Composition(publication, "ebook", EpubEdition(format="epub"), (unit,), (), (), (), ())


@pytest.mark.parametrize(
    ("markup", "css", "letters"),
    [
        ("<p>&#x531;&#1078;</p>", "", "Աж"),
        ('<img src="x.jpg" alt="Ж"/>', "", "Ж"),
        ("", 'hr::before { content: "*\\2003*\\2766 x" }', "\u2003❦"),
        ("", 'hr::before { content: "❧" }', "❧"),
        ("<p>Ж</p>", "", "Яя"),
        ("<p>ա</p>", "", "Ֆև՞"),
        ("<p>c\u030c</p>", "", "č\u030c"),
        ("<p>ﬁ</p>", "", "ﬁ"),
    ],
)
def test_letters_count_wherever_they_come_from(page: Composition, markup: str, css: str, letters: str) -> None:
    unit = replace(page.units[0], document=XhtmlDocument(page.units[0].xhtml.replace("<p>", f"{markup}<p>")))
    made = replace(page, units=(unit,), styles=(Style("own.css", css),))
    assert set(letters) <= subset.wanted_of(made).letters
    assert set(letters).isdisjoint(subset.wanted_of(page).letters - {"\u2003"}), "the letters prove something"


@pytest.mark.parametrize(
    ("css", "features"),
    [
        ("h2 { font-variant-caps: small-caps }", {"smcp"}),
        ("abbr { font-variant: all-small-caps oldstyle-nums }", {"smcp", "c2sc", "onum"}),
        (":root { --caps: small-caps } h2 { font-variant-caps: var(--caps) }", {"smcp"}),
        ("td { font-variant-numeric: lining-nums tabular-nums }", {"lnum", "tnum"}),
        ("p { font-feature-settings: 'ss01' 1, \"case\" }", {"ss01", "case"}),
        ("sup { vertical-align: super } .n { font-variant-position: sub }", {"subs"}),
        ("p { font-style: italic }", set()),
    ],
)
def test_features_are_those_that_style_sheets_ask_for(page: Composition, css: str, features: set[str]) -> None:
    assert subset.wanted_of(replace(page, styles=(Style("own.css", css),))).features == features


def test_small_capitals_and_old_figures_come_with_their_letters(tiny: FontFace, tmp_path: Path) -> None:
    with part_of(tiny, wanted("ab12", "smcp", "onum"), tmp_path) as font:
        assert features_in(font) == {"smcp", "onum"}
        lookups = font["GSUB"].table.LookupList.Lookup
        swaps = {k: v for lookup in lookups for table in lookup.SubTable for k, v in table.mapping.items()}
        plain = font.getBestCmap()
        assert set(swaps) == {plain[ord(c)] for c in "ab12"}
        heights = {c: font["glyf"][swaps[plain[ord(c)]]].yMax for c in "a1"}
        assert heights == {"a": OUTLINE - 100, "1": OUTLINE - 50}
    with part_of(tiny, wanted("ab12"), tmp_path) as font:
        assert features_in(font) == set(), "nobody asks for them"


@pytest.mark.slow
def test_layouts_ask_for_their_small_capitals_and_figures(publication: Publish) -> None:
    for layout in ("reportage", "reader", "album"):
        root = publication(
            settings=f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{ebook: {{format: epub}}}}\n"
        )
        assert {"smcp", "c2sc", "onum", "pnum", "lnum", "tnum"} <= subset.wanted_of(composed(root)).features


def test_a_font_of_before_opentype_keeps_its_kerning(tiny: FontFace, tmp_path: Path) -> None:
    with TTFont(tiny.file) as font:
        del font["GSUB"]
        pairs = KernTable_format_0()
        pairs.coverage, pairs.kernTable = 1, {("u0041", "u0056"): -80, ("u0041", "u0416"): -60}
        font["kern"] = newTable("kern")
        font["kern"].version, font["kern"].kernTables = 0, [pairs]
        font.save(tmp_path / "old.ttf")
    with part_of(replace(tiny, file=tmp_path / "old.ttf"), wanted("AVЖ"), tmp_path) as part:
        plain = part.getBestCmap()
        kept = part["kern"].kernTables[0].kernTable
    assert {(a, b): kept[plain[ord(a)], plain[ord(b)]] for a, b in ("AV", "AЖ")} == {("A", "V"): -80, ("A", "Ж"): -60}


@pytest.mark.slow
def test_a_variable_font_stays_one(tmp_path: Path) -> None:
    file = next(Path(fontpkg_source_sans_3.__file__).parent.rglob("SourceSans3[[]wght].ttf"))
    with part_of(FontFace("Sans", 400, italic=False, file=file), wanted("aЖ"), tmp_path) as part:
        assert [axis.axisTag for axis in part["fvar"].axes] == ["wght"]
        assert set(part.getBestCmap()) == {ord("a"), ord("Ж")}


def test_a_subset_has_no_reserved_name_and_keeps_its_copyright(tiny: FontFace, tmp_path: Path) -> None:
    with part_of(tiny, wanted("a"), tmp_path) as font:
        said = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert said == {
        0: "Cast for a test",
        13: "Do with it what you like",
        1: "Subset",
        2: "Regular",
        4: "Subset",
        6: "Subset",
    }


# ---- which faces


@pytest.mark.parametrize(
    ("css", "weights"),
    [
        ("", set()),
        ("h1 { font-weight: 300 }", {300}),
        ("h1{FONT-WEIGHT:300!important}", {300}),
        ("h1 { font: italic 600 1em/400px serif }", {600}),
        ("h1 { font-weight: lighter }", {100}),
        ("b { font-weight: bolder }", {900}),
        (":root { --stress: 600 } em { font-weight: var(--stress, 450) }", {600, 450}),
        (":root { --a: var(--b); --b: var(--a) 300 } em { font-weight: var(--a) }", {300}),
        ("p { width: 300px; margin: 0 } h1 { font-size: 300% }", set()),
    ],
)
def test_weights_that_style_sheets_ask_for(css: str, weights: set[int]) -> None:
    assert set(weights_asked([css])) == {400, 700} | weights


def test_a_weight_that_nobody_can_know_may_be_any() -> None:
    assert {1, 300, 650, 1000} <= set(weights_asked(["h1 { font-weight: calc(var(--a) * 2) }"]))


@pytest.mark.parametrize(
    ("asked", "have", "brought"),
    [
        ("", [300, 400, 600], [400, 600]),
        ("h1 { font-weight: 300 }", [300, 400, 600], [300, 400, 600]),
        ("h1 { font-weight: 350 }", [300, 400, 600], [300, 400, 600]),
        ("h1 { font-weight: 450 }", [400, 500, 700], [400, 500, 700]),
        ("h1 { font-weight: 200 }", [400, 700], [400, 700]),
        ("", [300, 500, 900], [500, 900]),
        ("", [200, 300], [300]),
    ],
)
def test_an_ebook_embeds_the_weights_that_style_sheets_use(asked: str, have: list[int], brought: list[int]) -> None:
    """CSS Fonts 4, 5.2: text needs 400, headings 700; the nearest weight replaces a missing one."""
    faces = {"text": [FontFace("F", weight, italic=False, file=Path("f")) for weight in have]}
    edition = EpubEdition(format="epub")
    assert [face.weight for face in webfonts.embedded_faces(edition, faces, [asked])] == brought


@pytest.mark.slow
def test_the_light_cut_stays_on_paper_unless_a_style_sheet_asks_for_it(make: Make) -> None:
    cuts = dict.fromkeys(WEIGHTS, 0)
    book, _ = make(files=cuts)
    assert fonts_in(book) == {"fonts/tiny-400.woff2", "fonts/tiny-600.woff2"}
    own = {"layouts/reportage/own.css": ".deck { font-weight: 300 }"}
    assert fonts_in(make(files=cuts, **own)[0]) == fonts_in(book) | {"fonts/tiny-300.woff2"}


# ---- licences

RESTRICTED, PREVIEW, EDITABLE, WHOLE, BITMAPS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200
"""`fsType` of OpenType’s table OS/2."""


@pytest.mark.parametrize("permissions", [0, PREVIEW, EDITABLE, RESTRICTED | EDITABLE, WHOLE | PREVIEW])
def test_fonts_that_may_be_embedded(tiny: FontFace, permissions: int) -> None:
    assert replace(tiny, permissions=permissions).may_be_embedded


@pytest.mark.parametrize("permissions", [RESTRICTED, RESTRICTED | WHOLE, BITMAPS, BITMAPS | EDITABLE])
def test_fonts_that_may_not_be_embedded(tiny: FontFace, permissions: int) -> None:
    assert not replace(tiny, permissions=permissions).may_be_embedded


@pytest.mark.slow
@pytest.mark.parametrize("way", ["", ", fonts: obfuscate"])
def test_a_font_whose_licence_forbids_embedding_is_left_out_and_reported(make: Make, way: str) -> None:
    book, report = make(keys=way, files={"regular.ttf": RESTRICTED})
    assert fonts_in(book) == set()
    assert "@font-face {" not in css_of(book)
    assert "META-INF/encryption.xml" not in book.namelist()
    (told,) = [f for f in report.findings if f.id == "font-not-embeddable"]
    assert (str(told.place), str(told.severity)) == ("book/publication.yaml:3:15", "warning")
    assert "“regular.ttf”" in told.message and "“Tiny”" in told.message


@pytest.mark.slow
def test_an_embedded_font_is_not_reported(make: Make) -> None:
    assert "font-not-embeddable" not in ids(make(files={"regular.ttf": PREVIEW})[1].findings)


@pytest.mark.slow
def test_only_faces_whose_licence_forbids_embedding_are_left_out_of_a_family(make: Make) -> None:
    book, report = make(files={"regular.ttf": 0, "semibold.ttf": RESTRICTED})
    assert fonts_in(book) == {"fonts/tiny-400.woff2"}
    (told,) = [f for f in report.findings if f.id == "font-not-embeddable"]
    assert "“semibold.ttf”" in told.message and "“regular.ttf”" not in told.message


@pytest.mark.slow
def test_fonts_are_not_reported_if_the_edition_embeds_none(make: Make) -> None:
    assert "font-not-embeddable" not in ids(make(keys=", fonts: none", files={"regular.ttf": RESTRICTED})[1].findings)


def test_a_font_that_may_not_be_reduced_is_whole(tmp_path: Path) -> None:
    face = FontFace("Tiny", 400, italic=False, file=cast(tmp_path / "tiny.ttf", permissions=WHOLE), permissions=WHOLE)
    with part_of(face, wanted("a"), tmp_path) as font, TTFont(face.file) as source:
        assert font.getBestCmap() == source.getBestCmap()
        assert features_in(font) == features_in(source)
        assert font["name"].getDebugName(1) == "Tiny"


# ---- obfuscation


@pytest.mark.slow
def test_obfuscated_fonts_are_declared_and_can_be_restored(make: Make) -> None:
    plain, _ = make()
    book, _ = make(keys=", fonts: obfuscate")
    (name,) = fonts_in(book)
    assert found(book, "META-INF/encryption.xml", "//enc:CipherReference/@URI") == [f"EPUB/{name}"]
    algorithms = found(book, "META-INF/encryption.xml", "//enc:EncryptionMethod/@Algorithm")
    assert algorithms == ["http://www.idpf.org/2008/embedding"]
    assert not found(book, "EPUB/content.opf", "//opf:item[contains(@href, 'encryption')]")
    (identifier,) = found(book, "EPUB/content.opf", "//dc:identifier[@id=/opf:package/@unique-identifier]/text()")
    hidden, shown = book.read(f"EPUB/{name}"), plain.read(f"EPUB/{name}")
    assert hidden != shown
    assert hidden[1040:] == shown[1040:]
    assert obfuscate(hidden, identifier) == shown


@pytest.mark.parametrize("length", [0, 1, 20, 1039, 1040, 1041, 3000])
def test_obfuscation_is_the_standard_s(length: int) -> None:
    """Byte by byte as EPUB 3.3 has it: the key is SHA-1 of the identifier without white space."""
    font, key = bytes(n % 251 for n in range(length)), hashlib.sha1(b"urn:uuid:1-2").digest()
    expected = bytes(byte ^ key[n % 20] if n < 1040 else byte for n, byte in enumerate(font))
    assert obfuscate(font, " urn:uuid:\r\n1-\t2 ") == expected
    assert obfuscate(expected, "urn:uuid:1-2") == font


@pytest.mark.slow
def test_plain_fonts_claim_no_encryption(make: Make) -> None:
    assert "META-INF/encryption.xml" not in make()[0].namelist()


# ---- kept between builds


def test_the_same_font_and_text_give_the_same_bytes(tiny: FontFace, tmp_path: Path) -> None:
    one, other = (subset.font_parts([tiny], wanted("abΩ", "smcp"), tmp_path / n)[0].read() for n in "12")
    assert one == other


def test_what_was_made_is_not_made_again(tiny: FontFace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = subset.font_parts([tiny], wanted("ab", "smcp"), tmp_path)
    monkeypatch.setattr("pressroom.epub.woff2.make", None)
    assert subset.font_parts([tiny], wanted("ba世", "smcp"), tmp_path) == first, "the font has no “世” to add"
    for asked in (wanted("abc", "smcp"), wanted("ab")):
        with pytest.raises(TypeError):
            subset.font_parts([tiny], asked, tmp_path)


def test_another_version_of_fonttools_makes_new_subsets(
    tiny: FontFace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = subset.font_parts([tiny], wanted("ab"), tmp_path)
    monkeypatch.setattr("fontTools.version", "99")
    assert subset.font_parts([tiny], wanted("ab"), tmp_path)[0].content != first.content


def test_a_chapter_more_in_the_same_language_needs_no_new_parts(page: Composition) -> None:
    def asked(text: str) -> subset.FontNeeds:
        return subset.wanted_of(
            replace(page, units=(replace(page.units[0], document=XhtmlDocument(f"<p>{text}</p>")),))
        )

    assert asked("Plain words.") == asked("“Über”—naïve: 50 %")
    assert asked("Слово") == asked("Ещё одно")
    assert asked("Երեւան") == asked("Գորիս")


def test_a_part_that_was_damaged_is_made_again(tiny: FontFace, tmp_path: Path) -> None:
    (part,) = subset.font_parts([tiny], wanted("ab"), tmp_path)
    whole = part.read()
    assert isinstance(part.content, Path)
    part.content.write_bytes(whole[:-1])
    assert subset.font_parts([tiny], wanted("ab"), tmp_path)[0].read() == whole
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_an_ebook_is_made_where_nothing_can_be_kept_and_that_is_reported(publication: Publish) -> None:
    root = publication(settings=TINY.format(""))
    cast(root / "assets/fonts/tiny.ttf")
    (root / ".pressroom").mkdir()
    (root / ".pressroom/fonts").write_text("in the way")
    report = production.build(production.Order(root))
    assert "cache-unwritable" in ids(report.findings)
    assert [product.edition for product in report.products] == ["ebook"]


@pytest.mark.slow
def test_a_damaged_font_is_reported_and_missed(publication: Publish) -> None:
    root = publication(settings=TINY.format(""))
    font = cast(root / "assets/fonts/tiny.ttf")
    with TTFont(font, lazy=True) as read:
        table = read.reader.tables["GSUB"]
    data = bytearray(font.read_bytes())
    data[table.offset + 4 : table.offset + 10] = b"\xff" * 6
    font.write_bytes(data)
    told = {finding.id: finding for finding in production.build(production.Order(root)).findings}
    assert (told["font-damaged"].place.file, "“GSUB”" in told["font-damaged"].message) == (
        "assets/fonts/tiny.ttf",
        True,
    )
    assert told["font-missing"].place.file == "book/publication.yaml"


# ---- slow

SCRIPT = """
import hashlib, sys
from pathlib import Path
from pressroom.design.composition import FontFace
from pressroom.epub import subset
face = FontFace("Tiny", 400, italic=False, file=Path(sys.argv[1]))
asked = subset.FontNeeds(frozenset("abcΩЖ12"), frozenset({"smcp", "onum", "kern"}))
(part,) = subset.font_parts([face], asked, Path(sys.argv[2]))
print(hashlib.sha256(part.read()).hexdigest(), "weasyprint" in sys.modules)
"""


@pytest.mark.slow
def test_subsets_are_the_same_under_another_hash_seed_and_log_nothing(tmp_path: Path) -> None:
    """Also for a font with an unknown table, which fontTools would log to the terminal."""
    file = cast(tmp_path / "tiny.ttf")
    with TTFont(file) as font:
        font["ABCD"] = DefaultTable("ABCD")
        font["ABCD"].data = b"nobody knows"
        font.save(file)
    said = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(file), str(tmp_path / seed)],
            check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    assert {(run.stdout.split()[1], run.stderr) for run in said} == {("False", "")}
    assert len({run.stdout for run in said}) == 1


@pytest.mark.slow
def test_the_layouts_own_fonts_keep_what_makes_them_fine(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nThe *fire* of 1234 at NASA.\n\nČapek.\n"})
    report = production.build(production.Order(root, ("ebook",)))
    book = zipfile.ZipFile(report.products[0].path)
    assert len(fonts_in(book)) == 8
    with TTFont(io.BytesIO(book.read("EPUB/fonts/source-serif-pro-400.woff2"))) as font:
        assert {"smcp", "c2sc", "onum", "lnum", "tnum", "pnum", "liga"} <= features_in(font)
        assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert {ord("Č"), ord("č")} <= set(font.getBestCmap())
    assert 100_000 < sum(book.getinfo(f"EPUB/{name}").file_size for name in fonts_in(book)) < 180_000


@pytest.mark.slow
def test_epubcheck_accepts_every_value_of_fonts(publication: Publish) -> None:
    ways = "".join(f"  {way}: {{format: epub, fonts: {way}}}\n" for way in ("embed", "obfuscate", "none"))
    report = production.build(production.Order(publication(settings=f"title: T\nlanguage: en\neditions:\n{ways}")))
    assert len(report.products) == 3
    for product in report.products:
        assert list(map(str, epubcheck(product.path))) == []
