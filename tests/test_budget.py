"""The size of an ebook: pictures and file stay within the limits of store and max_mb, and reductions are reported."""

import functools
import io
import itertools
import random
import re
import zipfile
from pathlib import Path

import pytest
from conftest import Publish, ids
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PIL import Image

from pressroom import production
from pressroom.design import EditionInHand
from pressroom.design.ladder import LEAST_PX, LEAST_QUALITY, SHARE, Step, Weight, first_fit, ladder
from pressroom.design.sizes import recipes
from pressroom.errors import Finding, Place
from pressroom.photographs import Album, Photograph
from pressroom.photographs.darkroom import CropAndBlur, size_of
from pressroom.publication import COLUMN, Chapter, EpubEdition, Figure, Publication, Settings
from pressroom.publication.edition_form import Store

TITLE = "title: T\nlanguage: en\n"
MEGABYTE = 1_000_000
MOST_PIXELS = 5_600_000
"""Apple Books Asset Guide 5.3."""


@functools.cache
def grain(width: int, height: int) -> bytes:
    """A photograph as hard to compress as grass: its JPEG has about the bytes of a real one. The same in every run."""
    small = (width // 3, height // 3)
    noise = Image.frombytes("L", small, random.Random(width).randbytes(small[0] * small[1]))
    out = io.BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def book(publication: Publish, edition: str, sizes: list[tuple[int, int]], more: str = "") -> Path:
    """An ebook of photographs, each with its caption; `edition` are keys of the ebook."""
    names = [f"p{n}.jpg" for n in range(len(sizes))]
    text = "# A\n\n" + "\n\n".join(f"![Alt {name}]({name})\nA caption of {name}." for name in names)
    pictures = {f"assets/photos/{name}": grain(*size) for name, size in zip(names, sizes, strict=True)}
    settings = f"title: T\nlanguage: en\n{more}editions:\n  ebook: {{format: epub, {edition}, fonts: none}}\n"
    return publication({"book/a.md": text, **pictures}, settings=settings)


def told(report: production.Report, id: str = "ebook-") -> list[Finding]:
    return [finding for finding in report.findings if finding.id.startswith(id)]


def opened(report: production.Report) -> zipfile.ZipFile:
    assert report.products, report.findings
    return zipfile.ZipFile(report.products[0].path)


def pictures_of(report: production.Report) -> dict[str, Image.Image]:
    """The pictures inside, by the names of their files; not the cover."""
    file = opened(report)
    names = [name for name in file.namelist() if re.search(r"pictures/p\d", name)]
    return {name.rpartition("/")[2]: Image.open(io.BytesIO(file.read(name))) for name in names}


# ---- how many pixels


@pytest.mark.slow
@given(st.integers(200, 10_000), st.integers(1, 20_000), st.integers(1, 20_000), st.sampled_from(["apple", "kobo"]))
def test_no_shape_of_picture_has_more_pixels_than_a_store_takes(
    image_px: int, width: int, height: int, store: Store
) -> None:
    assume(1 / 12 <= width / height <= 12)
    photograph = Photograph(
        Path("p.jpg"), width, height, "photograph", "", CropAndBlur(width, height, (0, 0, width, height))
    )
    figure = Figure("p", "1", "p.jpg", "", None, "", COLUMN, Place("a.md"))
    chapter = Chapter("c", "A", Place("a.md"), blocks=(figure,))
    publication = Publication(Settings.model_validate({"title": "T", "language": "en"}), (chapter,))
    edition = EpubEdition(format="epub", image_px=image_px, store=store)
    album: Album = {"p": photograph}
    recipe = recipes(EditionInHand(publication, "ebook", None, album).made_as(edition))["p"]  # type: ignore[arg-type]  # no layout
    made = size_of(photograph.crop_and_blur.window, recipe)
    assert made[0] * made[1] <= MOST_PIXELS
    assert max(made) <= image_px
    is_free = max(width, height) <= image_px and width * height <= MOST_PIXELS
    assert not is_free or made == (width, height)


@pytest.mark.slow
def test_a_square_and_a_panorama_stay_within_what_apple_takes(publication: Publish) -> None:
    root = book(publication, "image_px: 4000, max_mb: 100", [(3000, 3000), (4500, 1500)])
    square, panorama = (picture.size for picture in pictures_of(production.build(production.Order(root))).values())
    assert (square, panorama) == ((2366, 2366), (4000, 1333))
    assert 5_500_000 < square[0] * square[1] <= MOST_PIXELS
    assert panorama[0] * panorama[1] <= MOST_PIXELS


# ---- the ladder

asked = st.tuples(st.integers(200, 10_000), st.integers(50, 95))


@pytest.mark.slow
@given(asked)
@example((2066, 95))
@example((10_000, 95))
def test_the_steps_go_evenly_from_the_editions_size_to_the_least(what: tuple[int, int]) -> None:
    steps = ladder(Step(*what))
    assert steps[0] == Step(*what)
    assert steps[-1] == Step(min(what[0], LEAST_PX), min(what[1], LEAST_QUALITY))
    weights = [Weight(MEGABYTE, what[0]).at(step, steps[0]) for step in steps]
    for before, after in itertools.pairwise(steps):
        assert after.size <= before.size
        assert after.quality <= before.quality
        assert after != before
    for heavier, lighter in itertools.pairwise(weights):
        assert SHARE - 0.07 <= lighter / heavier < 1, "near 95, one of quality is a lot, and it has no fractions"


@pytest.mark.slow
@given(st.lists(st.floats(0.5, 0.99), min_size=1, max_size=25), st.data())
def test_the_first_step_that_fits_is_found_whatever_was_expected(shares: list[float], data: st.DataObject) -> None:
    weights = [MEGABYTE * 1.0]
    for share in shares:
        weights.append(weights[-1] * share)
    limit = data.draw(st.floats(weights[-1] * 0.5, weights[0] * 1.5))
    wrong = st.lists(st.floats(0.3, 3), min_size=len(weights), max_size=len(weights))
    expected = [weight * error for weight, error in zip(weights, data.draw(wrong), strict=True)]
    tried: list[int] = []

    def weigh(n: int) -> float:
        tried.append(n)
        return weights[n]

    found = first_fit(expected, limit, weigh)
    assert found == next((n for n, weight in enumerate(weights) if weight <= limit), None)
    assert len(tried) == len(set(tried))


@pytest.mark.slow
@given(st.lists(st.floats(0.5, 0.95), min_size=1, max_size=25), st.floats(0.5, 2), st.data())
def test_few_steps_are_tried_where_expectations_are_wrong_by_one_factor(
    shares: list[float], error: float, data: st.DataObject
) -> None:
    """The first try gives the factor; then come the step that fits and the one before it."""
    weights = [MEGABYTE * 1.0]
    for share in shares:
        weights.append(weights[-1] * share)
    tried: list[int] = []
    first_fit(
        [weight * error for weight in weights],
        data.draw(st.floats(weights[-1], weights[0])),
        lambda n: tried.append(n) or weights[n],  # type: ignore[func-returns-value]
    )
    assert len(tried) <= 4


def test_a_picture_that_has_few_pixels_is_not_expected_to_shrink_before_its_turn() -> None:
    first, small = Step(1600, 85), Weight(1000, 800)
    assert small.at(Step(800, 85), first) == 1000
    assert small.at(Step(400, 85), first) < 400
    assert Weight(1000, 800, has_quality=False).at(Step(800, 60), first) == 1000


# ---- the book

SIZES = [(900, 600), (600, 900), (900, 500), (700, 700), (800, 600), (300, 200)]


@pytest.mark.slow
def test_all_pictures_are_reduced_alike_until_the_book_fits_and_this_is_reported(publication: Publish) -> None:
    root = book(publication, "image_px: 900, max_mb: 50", SIZES)
    full = production.build(production.Order(root))
    assert not told(full)
    limit = round(full.products[0].bytes / MEGABYTE * 0.7, 3)
    root = book(publication, f"image_px: 900, max_mb: {limit}", SIZES)
    report = production.build(production.Order(root))
    (finding,) = told(report)
    assert (finding.id, f"{finding.place}") == ("ebook-reduced", "book/publication.yaml:4:48")
    px, quality = map(int, re.findall(r"are (\d+) px at quality (\d+)", finding.message)[0])
    assert "instead of 900 px at quality 85" in finding.message
    assert f"would have {full.products[0].bytes / MEGABYTE:.2f} MB" in finding.message
    made = report.products[0].bytes
    assert made <= limit * MEGABYTE
    assert f"it has {made / MEGABYTE:.2f} MB" in finding.message
    assert [max(picture.size) for picture in pictures_of(report).values()] == [
        px,
        px,
        px,
        min(px, 700),
        min(px, 800),
        300,
    ]
    tables = {str(picture.quantization) for picture in pictures_of(report).values()}  # type: ignore[attr-defined]
    assert len(tables) == 1, "one is coarser than its neighbour"
    assert (px, quality) in [(step.size, step.quality) for step in ladder(Step(900, 85))[1:]]


@pytest.mark.slow
def test_the_first_step_at_which_it_fits_is_taken(publication: Publish) -> None:
    """One step less, as the edition’s own wish, would be too large."""
    root = book(publication, "image_px: 900, max_mb: 0.8", SIZES)
    (finding,) = told(production.build(production.Order(root)))
    px, quality = map(int, re.findall(r"are (\d+) px at quality (\d+)", finding.message)[0])
    steps = ladder(Step(900, 85))
    before = steps[steps.index(Step(px, quality)) - 1]
    root = book(publication, f"image_px: {before.size}, quality: {before.quality}", SIZES)
    assert production.build(production.Order(root)).products[0].bytes > 0.8 * MEGABYTE - 64 * len(SIZES)


@pytest.mark.slow
def test_a_second_build_makes_the_same_book_and_no_picture(publication: Publish) -> None:
    root = book(publication, "image_px: 900, max_mb: 0.8", SIZES)
    first = production.build(production.Order(root)).products[0].sha256
    kept = sorted((root / ".pressroom/renditions").iterdir())
    assert production.build(production.Order(root)).products[0].sha256 == first
    assert sorted((root / ".pressroom/renditions").iterdir()) == kept


@pytest.mark.slow
def test_check_reports_pictures_that_exceed_the_budget_alone(publication: Publish) -> None:
    root = book(publication, "image_px: 900, max_mb: 0.5", SIZES)
    (finding,) = told(production.check(production.Order(root)))
    assert (finding.id, f"{finding.severity}", finding.place.line) == ("ebook-reduced", "advice", 4)
    assert "A build makes them all smaller" in finding.message
    assert not told(production.check(production.Order(book(publication, "image_px: 900, max_mb: 5", SIZES))))


@pytest.mark.slow
def test_pictures_on_fixed_pages_give_way_too(publication: Publish) -> None:
    sizes = [(1200, 800), (800, 1200), (1200, 700)]

    def fixed(keys: str) -> production.Report:
        root = book(publication, "layout_mode: fixed" + keys, sizes)
        settings = root / "book/publication.yaml"
        settings.write_text(settings.read_text("utf-8").replace(", fonts: none", ""), "utf-8")
        return production.build(production.Order(root))

    full = fixed("")
    limit = round(full.products[0].bytes / MEGABYTE * 0.8, 3)
    reduced = fixed(f", max_mb: {limit}")
    (finding,) = told(reduced)
    ppi = int(re.findall(r"are (\d+) ppi at quality \d+ instead of 150 ppi at quality 85", finding.message)[0])
    assert reduced.products[0].bytes <= limit * MEGABYTE
    before, after = pictures_of(full), pictures_of(reduced)
    widths = [(large.width, small.width) for large, small in zip(before.values(), after.values(), strict=True)]
    assert all(abs(small - large * ppi / 150) < 3 for large, small in widths), "each by the same share"


@pytest.mark.slow
def test_a_book_that_no_step_makes_small_enough_names_its_largest_pictures(publication: Publish) -> None:
    root = book(publication, "image_px: 900, max_mb: 0.12", SIZES)
    report = production.build(production.Order(root))
    assert not report.products
    assert not (root / "dist/t.epub").exists()
    (finding,) = told(report)
    assert (finding.id, f"{finding.severity}", finding.place.line) == ("ebook-too-large", "error", 4)
    assert "600 px at quality 60" in finding.message
    named = re.findall(r"“(p\d)\.jpg”, (0\.\d\d) MB \((book/a\.md:\d+:1)\)", finding.message)
    assert len(named) == 5
    assert [size for _, size, _ in named] == sorted((size for _, size, _ in named), reverse=True)
    assert "p5" not in [name for name, _, _ in named], "the smallest"
    assert ("p0", "book/a.md:3:1") in [(name, place) for name, _, place in named]
    assert "raise max_mb" in finding.remedy


@pytest.mark.slow
def test_a_book_without_pictures_that_is_too_large_is_reported(publication: Publish) -> None:
    root = publication(settings=f"{TITLE}editions: {{ebook: {{format: epub, fonts: none, max_mb: 0.001}}}}\n")
    (finding,) = told(production.build(production.Order(root)))
    assert finding.id == "ebook-too-large"
    assert "no picture that could be smaller" in finding.message


@pytest.mark.slow
def test_the_older_book_stays_where_a_new_one_is_too_large(publication: Publish) -> None:
    root = publication(settings="title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n")
    (product,) = production.build(production.Order(root)).products
    text = (root / "book/publication.yaml").read_text().replace("none}", "none, max_mb: 0.001}")
    (root / "book/publication.yaml").write_text(text)
    assert not production.build(production.Order(root)).products
    assert product.path.exists()


@pytest.mark.slow
@pytest.mark.parametrize(("image_px", "severity"), [(1300, "advice"), (700, "warning")])
def test_pictures_that_become_soft_on_a_tablet_are_a_warning(
    publication: Publish, image_px: int, severity: str
) -> None:
    sizes = [(image_px, 400)]
    full = production.build(production.Order(book(publication, f"image_px: {image_px}", sizes))).products[0].bytes
    root = book(publication, f"image_px: {image_px}, max_mb: {(full - 1000) / MEGABYTE}", sizes)
    assert [finding.severity for finding in told(production.build(production.Order(root)))] == [severity]


@pytest.mark.slow
def test_pictures_that_only_print_shows_are_not_in_the_ebook(publication: Publish) -> None:
    text = "# A\n\n::: only {edition=screen}\n![A](p0.jpg)\nA caption.\n:::\n\n![B](p1.jpg)\nA caption.\n"
    root = book(publication, "image_px: 900", [(300, 200), (310, 200)])
    with (root / "book/publication.yaml").open("a") as settings:
        settings.write("  screen: {format: pdf}\n")
    (root / "book/a.md").write_text(text)
    report = production.build(production.Order(root, ("ebook",)))
    assert [picture.size for picture in pictures_of(report).values()] == [(310, 200)]


@pytest.mark.slow
def test_pictures_are_stored_as_they_are_and_without_transparency(publication: Publish) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(out, "PNG")
    root = book(publication, "image_px: 900", [(300, 200)])
    (root / "assets/photos/p1.png").write_bytes(out.getvalue())
    with (root / "book/a.md").open("a") as text:
        text.write("\n\n![A drawing](p1.png)\nA caption.\n")
    report = production.build(production.Order(root))
    kinds = {name[:2]: (picture.format, picture.mode) for name, picture in pictures_of(report).items()}
    assert kinds == {"p0": ("JPEG", "RGB"), "p1": ("PNG", "RGB")}
    infos = [info for info in opened(report).infolist() if "pictures/" in info.filename]
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}


# ---- the cover's colours


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "is_told"), [("CMYK", True), ("L", False), ("RGB", False)])
def test_the_cover_is_in_rgb_whatever_its_photograph_is_in(publication: Publish, mode: str, *, is_told: bool) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((700, 1050)).convert("RGB").convert(mode).save(out, "JPEG")
    cover = "cover: {photograph: c.jpg, alt: A, credit: B}\n"
    settings = f"{TITLE}{cover}editions: {{ebook: {{format: epub, fonts: none}}}}\n"
    report = production.build(production.Order(publication({"assets/photos/c.jpg": out.getvalue()}, settings=settings)))
    file = opened(report)
    (name,) = [name for name in file.namelist() if "cover" in name and name.endswith(".jpg")]
    assert Image.open(io.BytesIO(file.read(name))).mode == "RGB"
    assert ("photo-ink-unknown" in ids(report.findings)) is is_told


# ---- alt text and caption


@pytest.mark.slow
def test_alt_text_that_repeats_the_caption_is_reported_for_an_ebook(publication: Publish) -> None:
    settings = "title: T\nlanguage: en\neditions: {ebook: {format: epub, fonts: none}}\n"
    root = publication({"book/a.md": "# A\n\n![A truck.](p.jpg)\nA truck.\n\n![A wall](q.jpg)\nA truck.\n"}, settings)
    for report in (production.check(production.Order(root)), production.build(production.Order(root))):
        assert [f.place.line for f in report.findings if f.id == "alt-is-caption"] == [3]
