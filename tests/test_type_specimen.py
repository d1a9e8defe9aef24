"""The type specimen in docs/specimen: it holds every element, every rule of a style sheet has something to do in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cssselect2
import layout_pictures
import lxml.html
import pytest
import tinycss2
from conftest import laid_out
from lxml import etree
from specimen import PICTURES, SIGNS

from pressroom import design, production
from pressroom.cover import lay_out_cover
from pressroom.design import BUILTIN, Composition, EditionInHand, GivenOptions, Layout
from pressroom.errors import Place
from pressroom.photographs import Rendition
from pressroom.publication import IN_MANUSCRIPTS, Box, CoverEdition, Figure, Gallery, PdfEdition, Publication, walk
from pressroom.publication.content import FRONT_ROLES
from pressroom.rules.caliper import Spine
from pressroom.typeset.adapt import Placing, adapt

DOCS = Path(layout_pictures.__file__).parent
NAMES = sorted(folder.name for folder in (BUILTIN / "layouts").iterdir() if folder.is_dir())
TITLES = ("", "A title of more than forty letters, which is long", "A title that goes on " * 7)
"""Of the publication: its own, and such as become smaller on the title page."""
COVERS = dict.fromkeys(
    [
        ("ebook.css", ".cover img"),
        ("page.css", ".cover .photograph"),
        ("page.css", ".cover .photograph img"),
        ("page.css", "section.cover.pictured::before"),
        ("page.css", "section.cover.dark"),
        ("page.css", "[dir=rtl] .cover p"),
        ("page.css", "[dir=rtl] .cover .at-end"),
        ("wrap.css", "section.wrap.dark"),
        ("wrap.css", ".spine .up"),
        ("wrap.css", "[dir=rtl] .wrap p"),
        ("wrap.css", "[dir=rtl] .wrap .front"),
        ("wrap.css", "[dir=rtl] .wrap .front > section"),
        ("wrap.css", "[dir=rtl] .spine .down"),
        ("wrap.css", "[dir=rtl] .spine p"),
        ("wrap.css", "[dir=rtl] .wrap .back"),
        ("wrap.css", "[dir=rtl] .back .blurb"),
        ("wrap.css", "[dir=rtl] .back .about"),
        ("wrap.css", "[dir=rtl] .back .foot"),
        ("wrap.css", ".back .pictures"),
        ("wrap.css", ".back .pictures img"),
        ("wrap.css", "[dir=rtl] .back .pictures"),
        ("wrap.css", "[dir=rtl] .back .pictures img"),
    ],
    "covers with photographs, in other languages and of books that run from the right have tests of their own",
)
TOO_MUCH = dict.fromkeys(
    [
        ("page.css", "table.wide"),
        ("page.css", ".chapter > table.wide"),
        ("page.css", ".chapter > .table > table.wide"),
        ("page.css", "table.tight"),
        ("page.css", "table.tight [data-long]"),
        ("page.css", "table.tight th"),
        ("page.css", "table.tight td"),
        ("page.css", "table.tight th:first-child:not(.inner)"),
        ("page.css", "table.tight td:first-child:not(.inner)"),
        ("page.css", ".beside.below"),
        ("page.css", ".beside.below figure.inset"),
        ("page.css", "figure.gallery .row.alone"),
        ("page.css", "figure.gallery .row.alone figure"),
    ],
    "what no page can hold otherwise is in tests/test_odd_pages.py",
)
RUN_ON = dict.fromkeys(
    [
        ("page.css", "p.run-on"),
        ("page.css", ".chapter > p.run-over"),
        ("page.css", ".paragraphs-spaced p.run-over"),
        ("page.css", ".chapter > p + figure.bleed + p:not(.run-over)"),
        ("page.css", ".chapter > p + figure.spread + p:not(.run-over)"),
    ],
    "text that runs on past full pictures: which paragraphs these are is known when pages are made",
)
FILLED = dict.fromkeys(
    [
        ("page.css", selector)
        for selector in (
            *(".gallery .whole > .picture > img", "figure.whole > .picture", ".gallery > .under", ".hosting > .under"),
            *(".page.landscape > .under", ".wide > .under", "figure.under", "figure.under > figcaption"),
            *("figure.bleed.below > figcaption", "figure.opener.below > figcaption", "figure.spread.below"),
            *("figure.spread.below > figcaption", "figure.column.hosting > figcaption"),
            *("figure.column.hosting.below > figcaption", "figure.page.portrait.hosting > figcaption"),
            "figure.page.portrait.hosting.below > figcaption",
            *("figure.gallery.on-pages", "figure.gallery.on-pages .row", "figure.gallery.on-pages .row.turned"),
            "figure.gallery.page .row.turned",
        )
    ],
    "how blocks fill pages is decided when pages are made: tests/test_page_fill.py and test_galleries.py",
)
BOXED = dict.fromkeys(
    [
        ("page.css", selector)
        for selector in (
            *("aside.sidebar.on-pages", ".sidebar figure.gallery", ".sidebar figure.gallery.on-pages"),
            *(".sidebar figure.gallery .row", ".sidebar figure.gallery .row.turned"),
            *(".sidebar figure.gallery > figcaption", "table.open tr", "table.open > tbody > tr:first-child"),
            "table.open > tbody > tr:nth-last-child(2)",
        )
    ],
    "galleries in boxes are in tests/test_makeup.py, rows as high as a page in tests/test_tables.py",
)
TURNED = dict.fromkeys(
    [("page.css", ".table.turned"), ("page.css", ".table.turned > table")],
    "tables that are turned are in tests/test_tables.py",
)
FOLDED = "table:has(tr > :nth-child(6))"
ON_SCREENS = dict.fromkeys(
    [
        ("shared.css", selector)
        for selector in re.findall(r":lang\(\w+\)", (BUILTIN / "layouts/reportage/shared.css").read_text("utf-8"))
    ]
    + [("screen.css", f"{FOLDED}{rest}") for rest in ("", " > *", " tr", " tbody tr", " tr > *", " tr > :last-child")],
    "other scripts, and tables of many columns, are in tests/test_ebook_reading.py",
)
AS_IN_REPORTAGE = {
    **TOO_MUCH,
    **FILLED,
    **BOXED,
    **TURNED,
    **ON_SCREENS,
    **RUN_ON,
    ("ebook.css", ".colophon p + p"): "an ebook’s colophon says less; a publication’s own may say more",
    ("ebook.css", ".paragraphs-spaced .colophon p + p"): "the same",
    **COVERS,
}
IDLE = {
    "reportage": AS_IN_REPORTAGE,
    "album": {
        **AS_IN_REPORTAGE,
        ("page.css", "figure.gallery.page .row:first-child"): "page galleries have trees: tests/test_album.py",
        ("page-more.css", "[data-kind=full] + .keep"): "the specimen has no text between pictures: tests/test_album.py",
        ("page-more.css", "figure.page.below.as-text > figcaption"): "no caption is so long: tests/test_makeup.py",
        ("page-more.css", "figure.page.as-text > .hosted"): "the same: tests/test_album.py",
    },
    "reader": {
        **TOO_MUCH,
        **FILLED,
        **BOXED,
        **TURNED,
        **ON_SCREENS,
        **COVERS,
        **RUN_ON,
        ("page.css", "figure.below"): "without a margin column captions are always below",
        ("page.css", "figure.column.below > figcaption"): "the same",
        ("page.css", "figure.page.portrait.below > figcaption"): "the same",
    },
}
"""Selectors that the specimen does not meet, with the reason why."""


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen with its pictures drawn."""
    return layout_pictures.specimen(tmp_path_factory.mktemp("specimen") / "specimen")


@pytest.fixture(scope="module")
def manuscript(specimen: Path) -> production.Manuscript:
    return production.read(production.Order(specimen))


# ---- what it holds


@pytest.mark.slow
def test_the_specimen_holds_every_element(manuscript: production.Manuscript) -> None:
    publication = manuscript.publication
    blocks = [block for chapter in publication.chapters() for block in walk(chapter.blocks)]
    figures = [block for block in blocks if isinstance(block, Figure)]
    assert {figure.placement for figure in figures} == set(IN_MANUSCRIPTS)
    assert {figure.placement for figure in figures if not figure.file} >= {
        "column",
        "inset",
        "bleed",
        "opener",
        "spread",
    }
    galleries = [block for block in blocks if isinstance(block, Gallery)]
    assert {len(gallery.figures) for gallery in galleries} == {2, 3, 4, 5, 6}
    boxes = {block.kind for block in blocks if isinstance(block, Box)}
    assert boxes == {"epigraph", "pullquote", "sidebar", "timeline", "only"}
    roles = {chapter.role for chapter in publication.chapters()}
    assert roles >= {"chapter", "appendix", "bibliography", "afterword", *FRONT_ROLES} - {"foreword"}
    kinds = {getattr(piece, "kind", type(piece).__name__) for piece in publication.pieces}
    assert kinds == {"Part", "Chapter", "photographs", "tables", "bibliography", "index", "credits", "colophon"}


@pytest.mark.slow
def test_nothing_is_wrong_with_it(manuscript: production.Manuscript) -> None:
    assert {f.id for f in manuscript.findings if f.severity != "advice"} == {"photo-to-come"}


@pytest.mark.slow
def test_the_page_engine_reports_nothing(specimen: Path, tmp_path: Path) -> None:
    """Of its other editions, that for screens is made with each recipe, and the ebook is judged in test_conformance."""
    report = production.build(production.Order(specimen, ("print", "pocket"), out=tmp_path))
    assert {f.id for f in report.findings if f.severity != "advice"} == {"photo-to-come"}
    assert {product.edition for product in report.products} == {"print", "pocket"}


# ---- every rule is used


@dataclass(frozen=True)
class Rule:
    """One selector of a style sheet."""

    sheet: str
    text: str
    compiled: cssselect2.CompiledSelector


def rules(sheet: str, css: str) -> Iterator[Rule]:
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule" and node.at_keyword == "media":
            yield from rules(sheet, tinycss2.serialize(node.content))
        elif node.type == "qualified-rule":
            for compiled, text in zip(
                cssselect2.compile_selector_list(node.prelude),
                tinycss2.serialize(node.prelude).split(","),
                strict=True,
            ):
                yield Rule(sheet, " ".join(text.split()), compiled)


def pages(composition: Composition) -> Iterator[cssselect2.ElementWrapper]:
    """The pages of an edition as its style sheets meet them."""
    if isinstance(composition.edition, PdfEdition):
        where = {figure.id: "Facing page" for _, figure in composition.publication.figures()}
        for unit in composition.units:
            adapted = adapt(unit.document, Placing(whereabouts=where))
            for html in (adapted.html, *(spread.html for spread in adapted.spreads)):
                yield cssselect2.ElementWrapper.from_html_root(lxml.html.document_fromstring(html))
    else:
        for xhtml in (composition.navigation.text, *(unit.xhtml for unit in composition.units)):
            plain = xhtml.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
            yield cssselect2.ElementWrapper.from_xml_root(etree.fromstring(plain.encode()))


def compositions(manuscript: production.Manuscript, name: str) -> Iterator[Composition]:
    """Every edition in a layout, with each word of its options once, and titles of every length."""
    layout = design.find_layout(name, manuscript.layout.root, manuscript.place_of(()))
    for turn, title in enumerate(TITLES):
        publication = titled(manuscript.publication, title)
        chosen = layout.choosing(words(layout, turn), publication.settings.editions)[0]
        for edition in publication.settings.editions:
            renditions = {figure.id: shape(figure) for _, figure in publication.pictures() if figure.file}
            yield laid_out(EditionInHand(publication, edition, chosen), renditions)
        yield lay_out_cover(EditionInHand(*with_cover(publication), chosen), Spine(200, "paper", 20.0), {})[0]


def with_cover(publication: Publication) -> tuple[Publication, str]:
    """The same with all that a printed cover can have, and the name of that edition."""
    cover = {"price": "£18.99", "price_code": "51899", "about": "Who made it."}
    editions = {"wrap": CoverEdition.model_validate({"format": "cover"})}
    changes = {
        "editions": {**publication.settings.editions, **editions},
        "identifiers": {"print": "urn:isbn:9783161484100"},
        "cover": publication.settings.cover.model_copy(update=cover),
        "publisher": "Example Press",
    }
    settings = publication.settings.model_copy(update=changes)
    return replace(publication, settings=settings, back=("What it is about.", "And more.")), "wrap"


def shape(figure: Figure) -> Rendition:
    """A picture of the right shape, which nobody opens."""
    ratio, _ = (PICTURES | SIGNS)[figure.file.removesuffix(".jpg")]
    return Rendition(f"{figure.id}.jpg", "image/jpeg", Path(figure.file), round(1000 * ratio), 1000)


def titled(publication: Publication, title: str) -> Publication:
    settings = publication.settings.model_copy(update={"title": title} if title else {})
    return replace(publication, settings=settings)


def words(layout: Layout, turn: int) -> GivenOptions:
    """The word of each option whose turn it is."""
    choices = {name: option.choices or ("yes", "no") for name, option in layout.manifest.options.items()}
    wordy = layout.options.of_type("choice", "switch")
    return GivenOptions({name: choices[name][turn % len(choices[name])] for name in wordy}, place_of, place_of)


def place_of(path: object) -> Place:
    return Place(str(path))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_rule_of_a_built_in_style_sheet_is_used(manuscript: production.Manuscript, name: str) -> None:
    used: set[tuple[str, str]] = set()
    known: dict[tuple[str, str], Rule] = {}
    for composition in compositions(manuscript, name):
        matcher = cssselect2.Matcher()
        for style in composition.styles:
            for rule in rules(style.name, style.css):
                known.setdefault((rule.sheet, rule.text), rule)
                matcher.add_selector(rule.compiled, (rule.sheet, rule.text))
        for page in pages(composition):
            for element in page.iter_subtree():
                used.update(payload for *_, payload in matcher.match(element))
    assert known.keys() - used == set(IDLE.get(name, {}))


@pytest.mark.parametrize("name", NAMES)
def test_every_named_page_of_a_built_in_style_sheet_is_used(name: str) -> None:
    folders = design.find_layout(name, Path("/nowhere"), Place("x")).folders
    css = "\n".join(f.read_text("utf-8") for folder in folders for f in sorted(folder.glob("*.css")))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert set(re.findall(r"@page ([a-z]+)", css)) <= set(re.findall(r"[{;\s]page: ([a-z]+)", css))


# ---- docs/layouts.md


Recipe = layout_pictures.Recipe
RECIPES = list(layout_pictures.recipes())


def changed(recipe: Recipe) -> set[str]:
    """The files that a recipe writes, and the keys of publication.yaml."""
    keys = {name: re.findall(r"^(\w+):", text, re.MULTILINE) for name, text in recipe.files.items()}
    return {part for name, found in keys.items() for part in (found if name.endswith("publication.yaml") else [name])}


def books() -> list[list[Recipe]]:
    """The recipes in as few books as have room for them: two that change the same key need two."""
    found: list[list[Recipe]] = []
    for recipe in RECIPES:
        rooms = (book for book in found if not any(changed(recipe) & changed(other) for other in book))
        if (book := next(rooms, None)) is not None:
            book.append(recipe)
        else:
            found.append([recipe])
    return found


@pytest.mark.slow
@pytest.mark.parametrize("book", books(), ids=lambda book: " · ".join(recipe.title for recipe in book))
def test_recipes_have_nothing_to_mend_and_go_together(specimen: Path, tmp_path: Path, book: list[Recipe]) -> None:
    root = shutil.copytree(specimen, tmp_path / "specimen")
    for recipe in book:
        recipe.apply(root)
    report = production.build(production.Order(root, ("screen",)))
    assert {f.id for f in report.findings if f.severity != "advice"} == {"photo-to-come"}
    assert len(report.products) == 1


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_every_recipe_does_what_its_picture_shows(specimen: Path, tmp_path: Path, recipe: Recipe) -> None:
    root = shutil.copytree(specimen, tmp_path / "specimen")
    before = production.read(production.Order(root))
    recipe.apply(root)
    assert (DOCS / recipe.picture).stat().st_size < 120_000
    assert laid_out(before.edition("screen")) != composed(root)


def composed(root: Path) -> Composition:
    after = production.read(production.Order(root))
    return laid_out(after.edition("screen"))


def test_every_way_to_change_a_page_has_its_recipe() -> None:
    told = " ".join(name for recipe in layout_pictures.recipes() for name in recipe.files)
    assert all(f"/{file}" in told for file in ("publication.yaml", "layout.yaml", "own.css", "chapter.xhtml.j2"))


def told_in(table: str) -> list[str]:
    """What stands in the first column of a table of docs/layouts.md."""
    text = (DOCS / "layouts.md").read_text("utf-8").split(f"## {table}\n")[1].split("\n## ")[0]
    firsts = [line.split("|")[1] for line in text.split("\n") if line.startswith("| `")]
    return [name for first in firsts for name in re.findall(r"`([^`]+)`", first)]


@pytest.mark.slow
def test_every_class_that_a_style_sheet_can_meet_is_explained(manuscript: production.Manuscript) -> None:
    met = {
        name
        for composition in compositions(manuscript, "reportage")
        for page in pages(composition)
        for element in page.iter_subtree()
        for name in element.classes
    }
    told = told_in("Classes")
    assert {name for name in met if not name.startswith("language-") and not is_told(name, told)} == set()
    roles = {"foreword", "introduction", "prologue", "epilogue"}  # of a chapter; one of them is enough
    roles |= {"run-on", "run-over"}  # of a paragraph that goes on past a full picture
    roles |= {"pictured", "photograph", "dark", "up"}  # of covers that have tests of their own
    roles |= {"pictures", "turned", "hosting", "under", "gathered", "on-pages", "whole"}  # as in IDLE
    roles |= {"alone", "tight"}  # of galleries and tables that no page can hold: tests/test_odd_pages.py
    roles |= {"open", "as-text"}  # of rows as high as a page, of long captions: tests/test_tables.py, test_album.py
    assert {name for name in told if not any(is_told(one, [name]) for one in met)} <= roles


def is_told(name: str, told: list[str]) -> bool:
    return any(name == one or (one.endswith("…") and name.startswith(one[:-1])) for one in told)


@pytest.mark.slow
def test_every_variable_that_a_style_sheet_can_use_is_explained(manuscript: production.Manuscript) -> None:
    told = told_in("Variables")
    layout = manuscript.layout
    composition = laid_out(manuscript.edition("print"))
    made = "".join(style.css for style in composition.styles if style.name in ("options.css", "grid.css", "type.css"))
    made += "".join(unit.xhtml for unit in composition.units)
    templates = "".join(file.read_text("utf-8") for folder in layout.folders for file in folder.glob("*.j2"))
    given = {*re.findall(r"(--[a-z-]+):", made), *re.findall(r"(--[a-z-]+):", templates)}
    assert given == set(told)


def test_every_block_of_a_template_is_explained() -> None:
    text = (DOCS / "layouts.md").read_text("utf-8")
    for file in (BUILTIN / "layouts" / "reportage").glob("*.j2"):
        for block in re.findall(r"{%-? block (\w+)", file.read_text("utf-8")):
            assert f"| `{block}` |" in text, f"{block} in {file.name}"
