"""Neutral pages: editions of one paper are laid out once, and each has its own colours, pictures and bleed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pikepdf
import pytest
from conftest import Publish, picture

from pressroom import production
from pressroom.production import Order
from pressroom.production.job import Job
from pressroom.production.order import NoProgress, Report
from pressroom.typeset.engine import Engine
from pressroom.typeset.neutral import Neutral, neutral

DATE = dt.datetime(2023, 9, 27, tzinfo=dt.UTC)
SETTINGS = """title: T
language: en
layout: LAYOUT
editions:
  print: {format: pdf, trim: PAPER, bleed: 3mm}
  screen: {format: pdf, trim: a5, standard: PDF/UA-1}
"""
CHAPTER = "# A\n\nWords. See [](#fig-a).\n\n![A field](a.jpg){#fig-a%s}\nA caption.\n\nMore words.\n"


def two_editions(
    publication: Publish, layout: str = "reader", placement: str = "", paper: str = "a5", **sheets: str
) -> Path:
    """A publication for press and screen; `sheets` are style sheets of its own, by their names."""
    files: dict[str, str | bytes] = {"book/a.md": CHAPTER % placement}
    files |= {f"layouts/{layout}/{name}.css": text for name, text in sheets.items()}
    root = publication(files, settings=SETTINGS.replace("LAYOUT", layout).replace("PAPER", paper))
    picture(root / "assets/photos/a.jpg", 1203, 801)
    return root


def neutral_pages(root: Path) -> dict[str, Neutral]:
    order = Order(root)
    manuscript = production.read(order)
    jobs = (Job(manuscript.edition(name), order, NoProgress(), Report()) for name in ("print", "screen"))
    return {job.name: neutral(job.compose()[0]) for job in jobs}


def chapter_is_shared(root: Path) -> bool:
    """Whether the chapter, and all that its lines depend on, is the same in both editions."""
    pages = neutral_pages(root)
    texts, styles = (
        [[unit.document.text for unit in one.composition.units if unit.kind == "chapter"] for one in pages.values()],
        [one.composition.styles for one in pages.values()],
    )
    return texts[0] == texts[1] and styles[0] == styles[1]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reader", "reportage"])
def test_a_screen_and_a_press_edition_share_their_pages(publication: Publish, layout: str) -> None:
    assert chapter_is_shared(two_editions(publication, layout=layout))


@pytest.mark.slow
@pytest.mark.parametrize(
    "difference",
    [
        pytest.param({"paper": "a4"}, id="another trim"),
        pytest.param({"placement": " .bleed"}, id="a picture that reaches into the bleed"),
        pytest.param({"press": "p { text-indent: 9mm }"}, id="an own style sheet for the press"),
        pytest.param({"own": "figure { margin-bottom: var(--bleed) }"}, id="an own rule that measures the bleed"),
        pytest.param({"own": "@page { background: #eee }"}, id="an own background, which fills the bleed"),
        pytest.param({"own": "p { box-shadow: 0 0 1mm var(--ink) }"}, id="a colour in a shadow, which is a picture"),
        pytest.param({"own": "p { color: color-mix(in srgb, var(--ink), red) }"}, id="a colour that is mixed"),
        pytest.param({"own": "p { border: 1mm groove var(--ink) }"}, id="a border in shades of its colour"),
    ],
)
def test_whatever_may_move_a_line_or_mix_a_colour_is_laid_out_for_its_edition(
    publication: Publish, difference: dict[str, str]
) -> None:
    assert not chapter_is_shared(two_editions(publication, **difference))


@pytest.mark.slow
def test_a_colour_that_is_written_out_stays(publication: Publish) -> None:
    pages = neutral_pages(two_editions(publication, own="p { color: #123456 }"))
    assert {style.css for one in pages.values() for style in one.composition.styles if style.name == "own.css"} == {
        "p { color: #123456 }"
    }
    assert {dict(one.colours)["#0b0103"] for one in pages.values()} == {"device-cmyk(0 0 0 1)", "#1b1b1b"}


@pytest.mark.slow
@pytest.mark.parametrize("colour", ["rgba(200, 0, 0, 0.5)", "transparent", "device-cmyk(0 0 0 1 / 0.5)"])
def test_a_colour_that_something_shows_through_stays(publication: Publish, colour: str) -> None:
    own = f":root {{ --glass: {colour} }} p {{ color: var(--glass) }}"
    for one in neutral_pages(two_editions(publication, own=own)).values():
        assert colour not in dict(one.colours).values()
        assert not any("--glass" in style.css for style in one.composition.styles if style.name == "neutral.css")


@pytest.mark.kept
@pytest.mark.slow
def test_the_second_edition_of_a_paper_lays_out_no_chapter(
    publication: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[str] = []
    make_up = Engine._make_up

    def counted(engine: Engine, request: object, findings: object) -> object:
        laid.append(request.unit.kind)  # type: ignore[attr-defined]
        return make_up(engine, request, findings)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "_make_up", counted)
    root = two_editions(publication)
    production.build(Order(root, ("print",), source_date=DATE))
    assert laid.count("chapter") == 2, "the number of the figure's page is known after the first"
    production.build(Order(root, ("print", "screen"), source_date=DATE))
    assert laid.count("chapter") == 2 + 1, "drawn for a tagged file, it is laid out once more"
    laid.clear()
    production.build(Order(root, source_date=DATE, keeps=False))
    assert laid.count("chapter") == 2


@pytest.mark.slow
def test_each_edition_has_its_own_colours_and_pictures(publication: Publish) -> None:
    root = two_editions(publication)
    report = production.build(Order(root, source_date=DATE))
    found: dict[str, list[str]] = {}
    for product in report.products:
        with pikepdf.open(product.path) as pdf:
            content = b"\n".join(
                pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in pdf.pages
            )
            pictures = {str(image.ColorSpace) for page in pdf.pages for image in page.get_images().values()}
            inks = {line.split()[-1].decode() for line in content.split(b"\n") if line.endswith((b" rg", b" k", b" g"))}
            assert b"0.043137" not in content, "no marker is left"
            bleeds = any(page.trimbox[0] > page.mediabox[0] for page in pdf.pages)
            found[product.edition] = [*sorted(pictures), *sorted(inks), "bleed" * bleeds]
    assert found == {"print": ["/DeviceRGB", "g", "bleed"], "screen": ["/DeviceRGB", "rg", ""]}
