"""Stores: what they fill in, what each refuses, and that a good book is refused by none."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from conftest import Publish, laid_out
from PIL import Image

from pressroom import design, preflight, production
from pressroom.cover import cover_picture
from pressroom.errors import Finding, PressroomError
from pressroom.photographs import Rendition, render_all, render_cover
from pressroom.publication import EpubEdition
from pressroom.publication.edition_form import Store
from pressroom.rules.stores import StoreRules, rules_for
from pressroom.settings import read_settings

STORES: tuple[Store, ...] = get_args(Store)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20z"/></svg>'
HEAD = "title: T\nlanguage: en\n"
COVER = "cover: {photograph: c.jpg, alt: A road}\n"
NESTED = "# A\n\n## B\n\nText.\n\n### C\n\nText.\n\n#### D\n\nText.\n"


def ebook(root: Path) -> EpubEdition:
    edition = read_settings(root).settings.editions["ebook"]
    assert isinstance(edition, EpubEdition)
    return edition


def editions(store: str, more: str = "") -> str:
    return f"editions:\n  ebook: {{format: epub, store: {store}{more}, fonts: none}}\n"


def plain(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def asked(report: production.Report) -> list[Finding]:
    return [f for f in report.findings if f.id.startswith(("store-", "cover-small", "ebook-"))]


def told(publication: Publish, files: Mapping[str, str | bytes], settings: str) -> list[Finding]:
    return asked(production.check(production.Order(publication(files, settings=HEAD + settings))))


# ---- the table


@pytest.mark.parametrize("store", STORES)
def test_every_rule_names_a_source_and_every_source_is_used(store: Store) -> None:
    rules = rules_for(store)
    found = (getattr(rules, key) for key in StoreRules.model_fields)
    assert {rule.source for rule in found if hasattr(rule, "source")} == set(rules.sources)


@pytest.mark.parametrize("store", STORES)
def test_a_cover_of_the_size_that_a_store_likes_is_taken_everywhere(store: Store) -> None:
    liked = rules_for(store).cover
    width, height = (liked.value.width, liked.value.height) if liked else (1600, 2400)
    for each in map(rules_for, STORES):
        assert each.cover_least is None or each.cover_least.value.hold(width, height)
        assert each.picture_pixels is None or width * height <= each.picture_pixels.value


# ---- what is filled in


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("generic", (1600, 85, 50)),
        ("apple", (2400, 88, 1000)),
        ("kindle", (2000, 85, 650)),
        ("kobo", (1600, 85, 100)),
        ("google", (2000, 85, 2000)),
    ],
)
def test_a_store_fills_in_what_is_left_open(publication: Publish, store: str, expected: tuple[float, ...]) -> None:
    edition = ebook(publication(settings=HEAD + editions(store)))
    assert (edition.image_px, edition.quality, edition.max_mb) == expected


def test_what_is_typed_stays(publication: Publish) -> None:
    edition = ebook(publication(settings=HEAD + editions("apple", ", image_px: 900, quality: 70, max_mb: 20")))
    assert (edition.image_px, edition.quality, edition.max_mb) == (900, 70, 20)


def test_an_ebook_for_no_store_in_particular_is_for_any(publication: Publish) -> None:
    assert ebook(publication(settings=HEAD + "editions: {ebook: {format: epub}}\n")).store == "generic"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("store", "size"), [("generic", (1600, 2400)), ("kindle", (1600, 2560)), ("kobo", (1800, 2400))]
)
def test_the_cover_has_the_size_that_a_store_likes(publication: Publish, store: str, size: tuple[int, int]) -> None:
    root = publication(settings=HEAD + editions(store))
    assert production.build(production.Order(root)).products
    (cover,) = (root / ".pressroom/renditions").glob("front-cover-*.jpg")
    assert Image.open(cover).size == size


# ---- what is refused


@pytest.mark.parametrize(("store", "most"), [("apple", 2000), ("kindle", 650), ("kobo", 1000), ("google", 2000)])
def test_a_file_larger_than_a_store_takes_is_refused_at_its_key(publication: Publish, store: str, most: int) -> None:
    assert ebook(publication(settings=HEAD + editions(store, f", max_mb: {most}"))).max_mb == most
    with pytest.raises(PressroomError) as fault:
        read_settings(publication(settings=HEAD + editions(store, f", max_mb: {most + 1}")))
    (finding,) = fault.value.findings
    assert (finding.id, finding.place.line) == ("store-file-large", 4)
    assert f"at most {most} MB" in finding.message
    assert f"max_mb: {most}" in finding.remedy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("store", "enough", "small", "wanted"),
    [
        ("generic", (667, 1001), (660, 990), "1000 × 625 px"),
        ("apple", (1400, 2100), (1399, 2098), "1400 px"),
        ("kindle", (625, 1000), (624, 998), "1000 × 625 px"),
        ("google", (640, 960), (639, 958), "640 px"),
    ],
)
def test_a_cover_with_too_few_pixels_is_reported_with_what_it_has_and_what_it_needs(
    publication: Publish, store: str, enough: tuple[int, int], small: tuple[int, int], wanted: str
) -> None:
    assert not told(publication, {"assets/photos/c.jpg": plain(*enough)}, COVER + editions(store))
    (finding,) = told(publication, {"assets/photos/c.jpg": plain(*small)}, COVER + editions(store))
    assert (finding.id, f"{finding.severity}", f"{finding.place}") == (
        "cover-small",
        "warning",
        "book/publication.yaml:3:21",
    )
    assert f"{small[0]} × {small[1]} px" in finding.message
    assert wanted in finding.message


@pytest.mark.slow
def test_what_is_cut_off_in_the_covers_shape_does_not_count(publication: Publish) -> None:
    (finding,) = told(publication, {"assets/photos/c.jpg": plain(3000, 900)}, COVER + editions("generic"))
    assert "600 × 900 px" in finding.message


@pytest.mark.slow
@pytest.mark.parametrize("store", ["kobo"])
def test_a_store_that_asks_no_size_of_cover_is_content(publication: Publish, store: str) -> None:
    assert not told(publication, {"assets/photos/c.jpg": plain(60, 80)}, COVER + editions(store))


@pytest.mark.parametrize(("store", "first"), [("kindle", "C"), ("kobo", "D"), ("apple", ""), ("generic", "")])
@pytest.mark.slow
def test_contents_deeper_than_a_store_shows_them_are_reported(publication: Publish, store: str, first: str) -> None:
    found = told(publication, {"book/a.md": NESTED}, editions(store))
    assert [f.id for f in found] == ["store-contents-deep"] * bool(first)
    assert all(f"“{first}”" in f.message and f.place.line == 4 for f in found)


def test_contents_as_deep_as_a_store_shows_them_are_not(publication: Publish) -> None:
    assert not told(publication, {"book/a.md": "# A\n\n## B\n\nText.\n"}, editions("kindle"))


@pytest.mark.parametrize(("store", "letters", "lines"), [("kindle", 140, [3]), ("kindle", 139, []), ("apple", 140, [])])
@pytest.mark.slow
def test_alt_text_longer_than_a_store_wants_is_reported(
    publication: Publish, store: str, letters: int, lines: list[int]
) -> None:
    found = told(publication, {"book/a.md": f"# A\n\n![{'a' * letters}]()\nA caption.\n"}, editions(store))
    assert [f.place.line for f in found if f.id == "store-alt-long"] == lines


@pytest.mark.slow
@pytest.mark.parametrize(("store", "ids"), [("kindle", ["store-drawing"]), ("kobo", [])])
def test_drawings_that_a_store_does_not_show_are_reported(publication: Publish, store: str, ids: list[str]) -> None:
    files = {"book/a.md": "# A\n\n![A map](a.svg)\nA caption.\n", "assets/a.svg": DRAWING}
    assert [f.id for f in told(publication, files, editions(store))] == ids


def pages(publication: Publish, store: str, files: Mapping[str, str | bytes] | None = None) -> preflight.EbookPages:
    """An ebook that is laid out."""
    root = publication(files, settings=HEAD + editions(store))
    of = production.read(production.Order(root))
    hand = of.edition("ebook")
    renditions = dict(render_all(of.album, design.recipes(hand), root))
    recipe, _ = cover_picture(hand)
    assert recipe
    renditions["cover"] = render_cover(None, recipe, root)
    composition = laid_out(hand, renditions)
    assert hand.ebook
    return preflight.EbookPages(hand, hand.ebook, composition, renditions)


def heavier(found: preflight.EbookPages, file: Path, bytes: int) -> preflight.EbookPages:
    """The same with a picture of so many bytes in place of each."""
    with file.open("wb") as out:
        out.truncate(bytes)

    def heavy(one: Rendition) -> Rendition:
        return replace(one, path=file)

    renditions = {id: heavy(one) for id, one in found.renditions.items()}
    composition = replace(found.composition, renditions=tuple(map(heavy, found.composition.renditions)))
    return replace(found, composition=composition, renditions=renditions)


PICTURED = {"book/a.md": "# A\n\n![Alt](p.jpg)\nA caption.\n\n![Alt](q.jpg)\nA caption.\n"}
PICTURED |= {f"assets/photos/{name}.jpg": plain(40, size) for name, size in (("p", 30), ("q", 31))}  # type: ignore[dict-item]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("store", "bytes", "found"),
    [
        ("kindle", 5_000_000, []),
        ("kindle", 5_000_001, ["book/a.md:3:1 store-picture-large", "book/a.md:6:1 store-picture-large"]),
        ("kobo", 4_990_000, []),
        ("kobo", 5_000_001, ["book/a.md store-page-large"]),
        ("apple", 9_000_000, []),
        ("generic", 9_000_000, []),
    ],
)
def test_pictures_and_chapters_that_are_too_heavy_for_a_store_are_reported(
    publication: Publish, tmp_path: Path, store: str, bytes: int, found: list[str]
) -> None:
    heavy = heavier(pages(publication, store, PICTURED), tmp_path / "heavy.jpg", bytes)
    assert [f"{f.place} {f.id}" for f in preflight.check_pages(heavy)] == found


def test_a_file_without_a_cover_is_refused_where_a_store_wants_one_inside(publication: Publish) -> None:
    with_cover = pages(publication, "google")
    assert not preflight.check_pages(with_cover)
    without = replace(with_cover, composition=replace(with_cover.composition, cover=None))
    assert [(f.id, f"{f.severity}") for f in preflight.check_pages(without)] == [("store-cover-missing", "error")]


@pytest.mark.slow
def test_a_fixed_layout_has_its_cover_and_no_heavy_chapters_but_may_have_heavy_pictures(
    publication: Publish, tmp_path: Path
) -> None:
    def asked(store: str) -> list[str]:
        flowing = heavier(pages(publication, store, PICTURED), tmp_path / "heavy.jpg", 20_000_000)
        bare = replace(flowing.composition, cover=None)
        fixed = flowing.edition.model_copy(update={"layout_mode": "fixed"})
        return [f.id for f in preflight.check_pages(replace(flowing, edition=fixed, composition=bare))]

    assert asked("google") == asked("kobo") == []
    assert asked("kindle") == ["store-picture-large", "store-picture-large"]


@pytest.mark.slow
@pytest.mark.parametrize("store", STORES)
def test_a_good_book_is_taken_by_every_store(publication: Publish, store: Store) -> None:
    chapter = "# A\n\n## B\n\n![A road](p.jpg)\nCars on a road.\n\n![A wall](q.jpg)\nA wall beside it.\n"
    files = PICTURED | {"book/a.md": chapter, "assets/photos/c.jpg": plain(1600, 2560)}
    root = publication(files, settings=HEAD + COVER + editions(store))
    for report in (production.check(production.Order(root)), production.build(production.Order(root))):
        assert not asked(report)
    assert (root / "dist/t.epub").exists()
