"""Drawings look alike everywhere: on pages, in ebooks, and as a browser shows their source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing_sheets import Difference, difference, in_browser, on_pages
from drawings_made import HEIGHT, WIDTH, all_drawings
from PIL import Image

from pressroom.design import FontFace
from pressroom.design.fonts import code_points, installed
from pressroom.photographs import DrawingFonts, DrawingRecipe, drawings
from pressroom.photographs.plain_drawings import as_picture, facts_of, for_pages, for_screens

pytestmark = [pytest.mark.slow, pytest.mark.conformance, pytest.mark.xdist_group("drawings")]

MOST = Difference(mean=1.0, share=0.002)
"""How far a drawing may differ from what Chromium makes of its source: edges that are smoothed otherwise."""
MOST_UPRIGHT = Difference(mean=2.0, share=0.012)
"""The same for words that run downwards: Chromium centres their letters a pixel further to the left."""
OTHERWISE = (
    "d3 bars", "d3 nested rules", "d3 multiply", "matplotlib hatch", "map with halos", "map with a wood",
    "map with a name on a river", "inkscape mask", "inkscape shadow", "inkscape blur", "inkscape clipped words",
    "inkscape gradient, repeat", "vertical words", "lines that do not scale", "mask by opacity",
)  # fmt: skip
"""Drawings that the page engine by itself draws otherwise."""


class Sheets:
    """The drawings as Chromium shows their sources and ebooks, and as pages show them, made plain and as they are."""

    def __init__(self, folder: Path) -> None:
        faces = [face for face in installed() if face.family in ("Source Sans Pro", "Source Serif Pro")]
        self.names = list(all_drawings())
        sources = [drawings.clean(data).data for data in all_drawings().values()]
        fonts = fonts_of(faces)
        folder.joinpath("files").mkdir()
        as_they_are = [written(folder / f"files/{n}-source.svg", data) for n, data in enumerate(sources)]
        plain = [page_file(folder / f"files/{n}", data, fonts) for n, data in enumerate(sources)]
        ebook = [for_screens(data, fonts, facts_of(data)) for data in sources]
        shown = in_browser([*sources, *ebook], folder / "browser", faces)
        self.browser, self.ebook = shown[: len(sources)], shown[len(sources) :]
        self.pages = on_pages(plain, folder / "pages", faces)
        self.unprepared = on_pages(as_they_are, folder / "unprepared", faces)

    def apart(self, sheet: list[Image.Image], name: str) -> Difference:
        """How far one drawing of a sheet differs from what the browser makes of its source."""
        number = self.names.index(name)
        return difference(self.browser[number], sheet[number])


def fonts_of(faces: list[FontFace]) -> DrawingFonts:
    families = frozenset(face.family for face in faces)
    letters = frozenset(map(chr, code_points(faces[0].file)))
    return DrawingFonts(
        tuple(sorted(face.file for face in faces)), "Source Serif Pro", "Source Sans Pro", families, families, letters
    )


def written(file: Path, data: bytes) -> Path:
    file.write_bytes(data)
    return file


def page_file(stem: Path, data: bytes, fonts: DrawingFonts) -> Path:
    """A drawing as a page shows it: as lines, or as a picture at 600 ppi of a sheet on which it is 60 mm wide."""
    plain, effects = for_pages(data, fonts, facts_of(data))
    if not effects:
        return written(stem.with_suffix(".svg"), plain)
    recipe = DrawingRecipe(fonts, on_pages=True, width=1417)
    return written(stem.with_suffix(".png"), as_picture(data, recipe, WIDTH / HEIGHT))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheets]:
    yield Sheets(tmp_path_factory.mktemp("drawings"))


@pytest.mark.parametrize("name", all_drawings())
def test_a_drawing_looks_on_pages_and_in_ebooks_as_in_a_browser(sheets: Sheets, name: str) -> None:
    most = MOST_UPRIGHT if name == "vertical words" else MOST
    for sheet in (sheets.pages, sheets.ebook):
        found = sheets.apart(sheet, name)
        assert found.mean <= most.mean, found
        assert found.share <= most.share, found


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_measure_sees_what_the_page_engine_draws_otherwise(sheets: Sheets, name: str) -> None:
    found = sheets.apart(sheets.unprepared, name)
    most = MOST_UPRIGHT if name == "vertical words" else MOST
    assert found.mean > most.mean or found.share > most.share


def test_most_drawings_stay_lines_and_most_words_stay_words() -> None:
    fonts = fonts_of([face for face in installed() if face.family in ("Source Sans Pro", "Source Serif Pro")])
    sources = [drawings.clean(data).data for data in all_drawings().values()]
    made = [for_pages(data, fonts, facts_of(data)) for data in sources]
    with_words = [facts_of(data).letters != "" for data in sources]
    words = [b"<text" in plain for plain, _ in made]
    pictures = [effects != () for _, effects in made]
    assert [sum(each) for each in (pictures, with_words, words)] == [10, 22, 13]
