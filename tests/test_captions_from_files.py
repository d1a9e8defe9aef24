"""Captions, credits and alt texts from photographs' files: their use, their precedence, and the place of credits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from conftest import Publish, ids, picture, read
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree
from PIL import Image
from test_layouts import compose

from pressroom import production
from pressroom.design import Composition
from pressroom.errors import CONTROL, Source
from pressroom.manuscript import markup
from pressroom.manuscript.figures import PictureReader
from pressroom.publication import Figure, FileCaptionData

SETTINGS = "title: T\nlanguage: en\n"
FROM_FILES = SETTINGS + "captions_from_photos: true\n"
EDITIONS = "editions:\n  ebook: {format: epub}\n  print: {format: pdf, bleed: 3mm}\n"
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
EVERYTHING = {
    "dc:description": "A caption.",
    "dc:creator": "A. Photographer",
    "photoshop:Credit": "An Agency",
    "core:AltTextAccessibility": "An alt text.",
    "core:ExtDescrAccessibility": "A long description.",
}


def xmp(fields: Mapping[str, str]) -> bytes:
    """An XMP packet with these fields."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items())
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def shown(root: Path) -> list[Figure]:
    return [figure for _, figure in read(root).publication.figures()]


def figure(publication: Publish, typed: str = "![](a.jpg)", notes: str = "", settings: str = FROM_FILES) -> Figure:
    """The only figure of a publication whose photograph has all fields."""
    noted = f"a.jpg: {{{notes}}}\n" if notes else "# nothing\n"
    root = publication({"book/a.md": f"# A\n\n{typed}\n", "book/photos.yaml": noted}, settings)
    picture(root / "assets/photos/a.jpg", xmp=xmp(EVERYTHING))
    [found] = shown(root)
    return found


def texts(figure: Figure) -> tuple[str, str, str, str]:
    return figure.alt, figure.caption.text if figure.caption else "", figure.credit, figure.long_description


def page(composition: Composition, id: str) -> etree._Element:
    return etree.fromstring(next(unit.xhtml for unit in composition.units if unit.id == id).encode())


def numbers_in(page: etree._Element) -> list[str]:
    """The numbers under the pictures."""
    names = {"h": "http://www.w3.org/1999/xhtml"}
    return [str(number) for number in page.xpath("//h:figcaption/h:span[@class='number']/text()", namespaces=names)]


def marked(page: etree._Element, name: str) -> list[str]:
    """The texts of the elements with a class."""
    found = page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return [" ".join("".join(element.itertext()).split()) for element in found]


# ---- precedence


def test_captions_credits_and_alt_texts_come_from_the_file(publication: Publish) -> None:
    found = figure(publication)
    assert texts(found) == ("An alt text.", "A caption.", "A. Photographer / An Agency", "A long description.")
    assert found.origins == dict.fromkeys(("alt", "caption", "credit", "long_description"), "XMP")
    assert found.number == "1"


def test_by_default_only_alt_text_and_long_descriptions_are_taken_from_files(publication: Publish) -> None:
    found = figure(publication, settings=SETTINGS)
    assert texts(found) == ("An alt text.", "", "", "A long description.")
    assert found.origins == {"alt": "XMP", "long_description": "XMP"}


def test_a_description_never_becomes_alt_text(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n![](a.jpg)"}, FROM_FILES)
    picture(root / "assets/a.jpg", xmp=xmp({"dc:description": "A caption.", "photoshop:Headline": "A headline"}))
    seen = read(root)
    assert [(figure.alt, ids(seen.findings)) for _, figure in seen.publication.figures()] == [("", ["alt-missing"])]


def test_the_part_of_the_file_is_named_as_the_origin(publication: Publish) -> None:
    exif = Image.Exif()
    exif.update({0x010E: "A caption.", 0x8298: "© An Agency".encode()})
    root = publication({"book/a.md": "# A\n\n![](a.jpg)"}, FROM_FILES)
    picture(root / "assets/a.jpg", exif=exif, xmp=xmp({"core:AltTextAccessibility": "An alt text."}))
    [found] = shown(root)
    assert texts(found) == ("An alt text.", "A caption.", "© An Agency", "")
    assert found.origins == {"alt": "XMP", "caption": "EXIF", "credit": "EXIF"}


PRINTED = ("An alt text.", "A caption.", "A. Photographer / An Agency", "A long description.")
NOTES = "alt: N1, caption: N2, credit: N3, long_description: N4"


@pytest.mark.parametrize(
    ("typed", "notes", "expected", "origins"),
    [
        ("![](a.jpg)", "", PRINTED, "XMP XMP XMP XMP"),
        ("![](a.jpg)", NOTES, ("N1", "N2", "N3", "N4"), "photos.yaml photos.yaml photos.yaml photos.yaml"),
        (
            '![M1](a.jpg){credit="M3"}\nM2',
            NOTES,
            ("M1", "M2", "M3", "N4"),
            "manuscript manuscript manuscript photos.yaml",
        ),
        ('![](a.jpg "M2")', "alt: N1", ("N1", "M2", *PRINTED[2:]), "photos.yaml manuscript XMP XMP"),
        ("![M1](a.jpg)", "credit: N3", ("M1", PRINTED[1], "N3", PRINTED[3]), "manuscript XMP photos.yaml XMP"),
    ],
)
def test_the_manuscript_wins_over_photos_yaml_and_that_over_the_file(
    publication: Publish, typed: str, notes: str, expected: tuple[str, ...], origins: str
) -> None:
    found = figure(publication, typed, notes)
    assert texts(found) == expected
    assert [found.origins[name] for name in ("alt", "caption", "credit", "long_description")] == origins.split()


def test_a_file_that_cannot_be_read_supplies_no_captions(publication: Publish) -> None:
    files = {"book/a.md": "# A\n\n![Alt](a.jpg)\n\n![Alt](../../b.jpg)\n\n![Alt](c.jpg)", "assets/a.jpg": b"junk"}
    assert [texts(found) for found in shown(publication(files, FROM_FILES))] == [("Alt", "", "", "")] * 3


def test_pictures_of_a_gallery_take_captions_from_their_files_too(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n::: gallery\n![](a.jpg)\n![](b.jpg)\n:::"}, FROM_FILES)
    for name in "ab":
        picture(root / f"assets/{name}.jpg", xmp=xmp({"dc:description": f"Caption {name}."}))
    assert [texts(found)[1] for found in shown(root)] == ["Caption a.", "Caption b."]


# ---- plain text


@pytest.mark.slow
@pytest.mark.parametrize(
    "caption",
    [
        "*stars* and _lines_, **twice**",
        "[x](y) and ![x](y.jpg)",
        "<b>bold</b> & <script>alert(1)</script>",
        "# no title, 1. no list",
        "`code` and ~~struck~~",
        "A note[^1] and {.wide #id}",
        "https://example.org/ and a@example.org",
        "\\*escaped\\* &amp; &lt;",
        "::: gallery",
    ],
)
def test_the_words_of_a_file_are_printed_as_they_are(publication: Publish, caption: str) -> None:
    root = publication({"book/a.md": "# A\n\n![](a.jpg)"}, FROM_FILES + EDITIONS)
    told = {"dc:description": caption, "photoshop:Credit": caption, "core:AltTextAccessibility": caption}
    picture(root / "assets/a.jpg", xmp=xmp(told))
    [found] = shown(root)
    assert texts(found)[:3] == (caption, caption, caption)
    assert found.caption is not None
    assert etree.fromstring(f"<p>{found.caption.xhtml}</p>").text == caption
    chapter = page(compose(root, "ebook"), "c-a")
    assert caption in "".join(chapter.itertext())
    assert marked(chapter, "credit") == [" ".join(caption.split())]


@pytest.mark.slow
@given(some.text(max_size=60))
def test_any_caption_of_a_file_is_well_formed_and_whole(caption: str) -> None:
    caption = " ".join(CONTROL.sub("", caption).split())
    reader = PictureReader({}, lambda _file, _chapter: FileCaptionData(caption=caption, origins={"caption": "XMP"}), [])
    reader.open(Source("a.md", "![](a.jpg)"), "c-a")
    [found] = reader.pictures(markup.parse("![](a.jpg)")[0], None)
    assert "".join(node.content for node in found.caption) == caption


# ---- made by artificial intelligence


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source_type", "added"),
    [
        ("trainedAlgorithmicMedia", "Made with artificial intelligence"),
        ("compositeWithTrainedAlgorithmicMedia", "Partly made with artificial intelligence"),
        ("compositeSynthetic", "Partly made with artificial intelligence"),
        ("algorithmicMedia", ""),
        ("digitalCapture", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("settings", [SETTINGS, FROM_FILES])
def test_a_picture_that_no_camera_took_is_named_in_its_credit(
    publication: Publish, source_type: str, added: str, settings: str
) -> None:
    root = publication({"book/a.md": '# A\n\n![Alt](a.jpg){credit="A Desk"}\nA caption.'}, settings + EDITIONS)
    picture(root / "assets/a.jpg", xmp=xmp({"ext:DigitalSourceType": SOURCE_TYPE + source_type}))
    for edition in ("ebook", "print"):
        credits = marked(page(compose(root, edition), "c-a"), "credit")
        assert credits == [" · ".join(filter(None, ("A Desk", added)))]


@pytest.mark.slow
def test_it_is_named_where_credits_are_gathered_and_where_nobody_else_is(publication: Publish) -> None:
    text = "# A\n\n![Alt](a.jpg)\n\n![Alt](b.jpg)\nA caption."
    root = publication({"book/a.md": text}, SETTINGS + EDITIONS + "credits: both\n")
    told = xmp({"ext:DigitalSourceType": SOURCE_TYPE + "trainedAlgorithmicMedia"})
    for name in "ab":
        picture(root / f"assets/{name}.jpg", xmp=told)
    for edition in ("ebook", "print"):
        made = compose(root, edition)
        assert marked(page(made, "c-a"), "credit") == ["Made with artificial intelligence"] * 2
        assert gathered(made) == {"Made with artificial intelligence": ["1", "2"]}


# ---- the place of credits


def gathered(composition: Composition) -> dict[str, list[str]]:
    """The credits at the end: the makers, each with the numbers of the pictures."""
    piece = page(composition, "credits")
    rows = piece.xpath("//h:p[h:span[@class='maker']]", namespaces={"h": "http://www.w3.org/1999/xhtml"})
    return {"".join(row[0].itertext()): [str(link.text) for link in row[1:]] for row in rows}


CREDITED = """# A

![Alt](a.jpg){credit="A. Photographer"}

![Alt](b.jpg){credit="B. Photographer"}
A caption.

![Alt](c.jpg)

::: gallery
![Alt](d.jpg){credit="A. Photographer"}
![Alt](e.jpg)
:::
"""


@pytest.mark.parametrize("edition", ["ebook", "print"])
@pytest.mark.parametrize(
    ("credits", "under", "at_the_end"),
    [
        ("under", ["A. Photographer", "B. Photographer", "A. Photographer"], None),
        ("end", [], {"A. Photographer": ["1", "3a"], "B. Photographer": ["2"]}),
        (
            "both",
            ["A. Photographer", "B. Photographer", "A. Photographer"],
            {"A. Photographer": ["1", "3a"], "B. Photographer": ["2"]},
        ),
    ],
)
@pytest.mark.slow
def test_credits_stand_under_the_pictures_at_the_end_or_both(
    publication: Publish, edition: str, credits: str, under: list[str], at_the_end: dict[str, list[str]] | None
) -> None:
    made = compose(publication({"book/a.md": CREDITED}, SETTINGS + EDITIONS + f"credits: {credits}\n"), edition)
    assert marked(page(made, "c-a"), "credit") == under
    if at_the_end is None:
        assert not [unit for unit in made.units if unit.kind == "credits"]
    else:
        assert gathered(made) == at_the_end
        assert made.units[-1].kind == "credits"


@pytest.mark.parametrize("edition", ["ebook", "print"])
def test_gathered_credits_call_pictures_by_numbers_that_are_printed(publication: Publish, edition: str) -> None:
    text = CREDITED.partition("::: gallery")[0]
    made = compose(publication({"book/a.md": text}, SETTINGS + EDITIONS + "credits: end\n"), edition)
    chapter = page(made, "c-a")
    called = [number for numbers in gathered(made).values() for number in numbers]
    assert numbers_in(chapter) == called == ["1", "2"]
    links = page(made, "credits").xpath("//*[@class='maker']/following-sibling::*/@href")
    assert {str(link).rpartition("#")[2] for link in links} <= set(chapter.xpath("//@id"))


def test_a_picture_without_caption_has_no_number_where_nothing_calls_it(publication: Publish) -> None:
    text = CREDITED.partition("::: gallery")[0]
    made = compose(publication({"book/a.md": text}, SETTINGS + EDITIONS), "ebook")
    assert numbers_in(page(made, "c-a")) == ["1"]


def test_a_credits_piece_that_is_listed_stands_where_it_is_listed(publication: Publish) -> None:
    settings = SETTINGS + EDITIONS + "credits: end\nchapters: [{generated: [credits]}, a.md]\n"
    made = compose(publication({"book/a.md": CREDITED}, settings), "ebook")
    assert [unit.kind for unit in made.units].count("credits") == 1
    assert made.units[-1].kind == "chapter"


@pytest.mark.parametrize(("noted", "named"), [("Fire.jpg", "fire.jpg"), ("e\u0301.jpg", "\u00e9.jpg")])
def test_a_blur_is_not_lost_by_the_spelling_of_a_name(publication: Publish, noted: str, named: str) -> None:
    root = publication(
        {"book/a.md": f"![Alt]({named})\nCaption.\n", "book/photos.yaml": f'"{noted}": {{blur: 10% 10% 20% 20%}}\n'}
    )
    [(_, figure)] = read(root).publication.figures()
    assert figure.framing.blur


@pytest.mark.slow
def test_a_blur_for_a_picture_that_is_not_shown_stops_the_build(publication: Publish) -> None:
    root = publication({"book/photos.yaml": "fire.jpg: {blur: 10% 10% 20% 20%}\nice.jpg: {alt: Ice}\n"})
    found = [f for f in production.check(production.Order(root)).findings if f.id == "photo-note-unused"]
    assert [str(f.severity) for f in found] == ["error", "warning"]
