"""Preflight: findings about pictures too small for their placement, and about files that printers or stores refuse."""

from pathlib import Path

import pytest
from conftest import Publish, picture
from fontTools.ttLib import TTFont
from test_ebook_fonts import cast

from pressroom import preflight, production
from pressroom.design import EditionInHand

HEAD = "title: T\nlanguage: en\n"
EBOOK = HEAD + "editions: {ebook: {format: epub, fonts: none}}\n"
PRESS = HEAD + "editions: {print: {format: pdf, bleed: 3mm, min_ppi: 200}}\n"


def made(root: Path, edition: str) -> tuple[EditionInHand, Path]:
    """An edition and its product."""
    report = production.build(production.Order(root))
    assert report.manuscript
    return report.manuscript.edition(edition), report.products[0].path


def ids_of(hand: EditionInHand, file: Path) -> set[str]:
    return {finding.id for finding in preflight.check_file(hand, file)}


@pytest.mark.parametrize(("width", "told"), [(890, ["book/a.md:3:1 warning"]), (906, [])])
@pytest.mark.slow
def test_a_picture_with_too_few_pixels_for_its_place_is_reported_with_its_line(
    publication: Publish, width: int, told: list[str]
) -> None:
    """In the column a picture is 115 mm wide: 200 ppi ask for 906 pixels."""
    root = publication({"book/a.md": "# A\n\n![Alt](a.jpg)\nA caption.\n"}, settings=PRESS)
    picture(root / "assets/photos/a.jpg", width, 600)
    found = [f for f in production.check(production.Order(root)).findings if f.id == "picture-small"]
    assert [f"{f.place} {f.severity}" for f in found] == told


def test_a_drawing_is_never_too_small(publication: Publish) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20z"/></svg>'
    files = {"book/a.md": "# A\n\n![Alt](a.svg)\nA caption.\n", "assets/a.svg": drawing}
    report = production.check(production.Order(publication(files, settings=PRESS)))
    assert "picture-small" not in {f.id for f in report.findings}


@pytest.mark.slow
def test_a_picture_over_the_whole_page_is_measured_by_its_crop(publication: Publish) -> None:
    """A landscape picture that fills a portrait page is as wide as the page's height asks."""
    root = publication({"book/a.md": "# A\n\n![Alt](a.jpg){.bleed}\nA caption.\n\nText.\n"}, settings=PRESS)
    picture(root / "assets/photos/a.jpg", 2400, 1600)  # 282 ppi across 216 mm, 147 across the 414 mm before the crop
    assert "picture-small" in {f.id for f in production.check(production.Order(root)).findings}


@pytest.mark.slow
def test_an_ebook_over_its_budget_is_never_written(publication: Publish) -> None:
    root = publication(settings=HEAD + "editions: {ebook: {format: epub, max_mb: 0.5, fonts: none}}\n")
    hand, file = made(root, "ebook")
    assert ids_of(hand, file) == set()
    file.write_bytes(bytes(500_000) + file.read_bytes())
    assert "ebook-too-large" in ids_of(hand, file)


@pytest.mark.slow
def test_what_was_made_here_passes(publication: Publish) -> None:
    assert ids_of(*made(publication(settings=EBOOK), "ebook")) == set()


@pytest.mark.slow
def test_an_ebook_whose_container_is_out_of_order_is_refused(publication: Publish) -> None:
    hand, file = made(publication(settings=EBOOK), "ebook")
    file.write_bytes(file.read_bytes().replace(b"mimetypeapplication", b"mimetypfapplication"))
    assert ids_of(hand, file) == {"ebook-broken"}


@pytest.mark.slow
@pytest.mark.parametrize(("size", "told"), [((1500, 1930), []), ((3000, 1500), [3])])
def test_a_photograph_of_which_much_is_cut_away_is_reported(
    publication: Publish, size: tuple[int, int], told: list[int]
) -> None:
    root = publication({"book/a.md": '# A\n\n![Alt](a.jpg){.bleed}\n\n![Alt](a.jpg){.bleed focus="10% 10%"}\n'})
    picture(root / "assets/photos/a.jpg", *size)
    found = [f for f in production.check(production.Order(root, ("print",))).findings if f.id == "picture-cropped"]
    assert [f.place.line for f in found] == told


@pytest.mark.slow
def test_how_a_cover_is_cropped_is_written_in_the_settings(publication: Publish) -> None:
    root = publication(
        settings="title: T\nlanguage: en\ncover: {photograph: a.jpg}\neditions: {screen: {format: pdf}}\n"
    )
    picture(root / "assets/photos/a.jpg", 3000, 1500)
    (found,) = [f for f in production.check(production.Order(root)).findings if f.id == "picture-cropped"]
    assert (found.place.file, found.remedy.split(" under ")[0]) == ("book/publication.yaml", 'Write focus: "60% 40%"')


# ---- letters

NOBODYS = "\U0010f123"
"""For private use: no font has it."""
BOTH = HEAD + "editions: {screen: {format: pdf}, print: {format: pdf, bleed: 3mm}}\n"


def letters_told(root: Path) -> list[tuple[str, str, str]]:
    found = [f for f in production.check(production.Order(root)).findings if f.id.startswith("letter-")]
    return [(f.id, str(f.place), str(f.severity)) for f in found]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"# A\n\nPlain.\n\nA box: {NOBODYS}.\n", 5),
        (f"# A\n\n## A box {NOBODYS}\n", 3),
        (f"# A\n\n![Alt]()\nA caption with {NOBODYS}.\n", 3),
        (f"# A\n\nA note.[^1]\n\n[^1]: With {NOBODYS}.\n", 5),
    ],
)
def test_a_letter_that_no_font_has_is_reported_with_its_line(publication: Publish, text: str, line: int) -> None:
    at = f"book/a.md:{line}:1"
    told = letters_told(publication({"book/a.md": text}, settings=BOTH))
    assert told == [("letter-missing", at, "warning"), ("letter-missing", at, "error")]


@pytest.mark.slow
def test_a_letter_of_the_title_is_reported_at_its_key(publication: Publish) -> None:
    settings = f"language: en\nsubtitle: S\ntitle: A {NOBODYS}\neditions: {{screen: {{format: pdf}}}}\n"
    assert letters_told(publication(settings=settings)) == [("letter-missing", "book/publication.yaml:3:8", "warning")]


def test_a_font_without_a_space_is_reported(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nT T\n"}, settings=f"{PRESS}fonts: {{text: Tiny}}\n")
    file = cast(root / "assets/fonts/t.ttf", "Tiny")
    with TTFont(file) as font:
        for table in font["cmap"].tables:
            table.cmap.pop(0x20, None)
        font.save(file)
    found = [f.message for f in production.check(production.Order(root)).findings if f.id == "letter-missing"]
    assert "Tiny has no “ ” (U+0020 SPACE): an empty box would be printed." in found


def test_the_letter_and_the_family_are_named(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.preflight.glyphs.lender_of", lambda letter: "")  # whatever fonts the machine has
    root = publication({"book/a.md": f"# A\n\n{NOBODYS}\n"}, settings=PRESS)
    (found,) = [f for f in production.check(production.Order(root)).findings if f.id == "letter-missing"]
    assert f"“{NOBODYS}” (U+10F123 without a name)" in found.message
    assert found.message.startswith("Source Serif Pro has no")


def test_a_script_in_a_fallback_font_is_reported_once_with_its_first_line(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressroom.preflight.glyphs.lender_of", lambda letter: "Noto Serif Armenian")
    root = publication({"book/a.md": "# A\n\nPlain.\n\nԵրևան։\n\nԳորիս։\n"}, settings=PRESS)
    (found,) = [f for f in production.check(production.Order(root)).findings if f.id == "letter-borrowed"]
    assert (found.place.line, str(found.severity)) == (5, "advice")
    assert "ARMENIAN" in found.message
    assert "Noto Serif Armenian" in found.message
    assert "and 5 more" in found.message


def test_an_emoji_in_text_and_in_a_caption_is_told_once(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressroom.preflight.glyphs.lender_of", lambda letter: "")
    root = publication({"book/a.md": "# A\n\nText ❤\ufe0f.\n\n![Alt]()\nCaption ❤\ufe0f.\n"}, settings=PRESS)
    (found,) = [f for f in production.check(production.Order(root)).findings if f.id == "letter-missing"]
    said = "Source Serif Pro and Source Sans Pro have no “❤” (U+2764 HEAVY BLACK HEART), nor has any font"
    assert found.message.startswith(said)


def test_letters_of_an_own_font_are_not_missed(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\nÄäß – “Ђурђевдан”, Москва.\n"}, settings=BOTH)
    assert letters_told(root) == []
