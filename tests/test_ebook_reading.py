"""An ebook as it is read: on any screen, in any size of type, on whatever ground its reader likes, in any script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from conftest import Publish, ids, picture, read
from lxml import etree
from screens import Screens, View, screens
from test_options import compose

from pressroom import production
from pressroom.contrast import READABLE

LAYOUTS = ("reportage", "reader")
DATE = dt.datetime(2024, 5, 3, tzinfo=dt.UTC)
XML = "{http://www.w3.org/XML/1998/namespace}"
H = {"h": "http://www.w3.org/1999/xhtml"}

ARABIC = "كانت الطاحونة قائمة حيث يضيق النهر، ومنذ أن يتذكر الناس كانت *تصنع* الورق من الخرق. "
HEBREW = "הטחנה עמדה במקום שבו הנהר נעשה צר, ומאז שזכרו אנשים עשו בה *נייר* מסמרטוטים. "
ARMENIAN = "Ջրաղացը կանգնած էր այնտեղ, ուր գետը նեղանում է, և այնտեղ *լաթերից* թուղթ էին պատրաստում։ "
RUSSIAN = "Мельница стояла там, где река сужается, и здесь делали *бумагу* из тряпья. "
ENGLISH = "The mill stood where the river narrows, and for as long as anyone could remember it made *paper*. "
LONG = "https://example.org/an/address/that/goes/on/without/any/space/in/it/for/longer/than/a/line"
TEXT = """::: epigraph
> Water has no memory.
>
> — A *miller*
:::

[{text}]{{.lead-in}} {text}{text}[^1]

[^1]: {text} {long}

{text}

![x](wide.jpg){{.opener credit="© A. Photographer · Agency"}}
An opener.

![x](tall.jpg){{.inset credit="© A. Photographer · Agency"}}
An inset. {text}

{text}{text}

{{.poem}}
> {text}
> {text}

![x](wide.jpg)
{text}

![x](tall.jpg){{.wide}}
{text}

![x](wide.jpg){{.page}}
{text}

![x](tall.jpg){{.bleed}}
{text}

![x](panorama.jpg){{.spread credit="© A. Photographer · Agency"}}
{text}

![x](drawing.svg)
A drawing.

![x](){{.inset}}
To come. {text}

::: gallery
![x](tall.jpg)
One.

![x](wide.jpg)
Two, and more of it.

![x](tall.jpg)
Three.

All three.
:::

## {text}

- {text}
  1. {text}
     - {long}

> {text}
> > {text}

| A | B | Internationalisation |
|:--|:-:|--:|
| {text} | {long} | at least 1,250,000 |

| Year | Place | People | Families | Tents | Stoves | Schools | Notes |
|---|---|--:|--:|--:|--:|--:|---|
| 2023 | Kornidzor | 1,250,000 | 312,500 | 1,024 | 512 | 12 | {long} |

```
pressroom build --edition ebook --out /{long}
```

::: timeline
1991
: {text}

27 September 2020
: {text}
: Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung
:::

::: sidebar Three
{text}

- {text}
:::

::: pullquote
{text}
:::

---

{text}
"""
CHAPTERS = {
    "a": ("en", ENGLISH),
    "b": ("ar", ARABIC),
    "c": ("he", HEBREW),
    "d": ("hy", ARMENIAN),
    "e": ("ru", RUSSIAN),
}


def chapter(language: str, text: str) -> str:
    said = f"\nlanguage: {language}" if language != "en" else ""
    title = text.split(".", maxsplit=1)[0].replace("*", "")
    body = TEXT.format(text=text.strip(), long=LONG)
    return f"---\ntitle: {title}\nsubtitle: {text[:12]}{said}\n---\n\n{body}"


def written(root: Path, layout: str = "reportage", language: str = "en") -> Path:
    """A book with everything in it that needs room, in five scripts."""
    settings = f"title: T\nlanguage: {language}\nlayout: {layout}\ncredits: both\neditions: {{e: {{format: epub}}}}\n"
    last = "chapters: [a.md, b.md, c.md, d.md, e.md, {generated: [photographs, credits, colophon]}]\n"
    files = {f"{name}.md": chapter(*said) for name, said in CHAPTERS.items()}
    (root / "book").mkdir(parents=True)
    for name, text in {**files, "publication.yaml": settings + last}.items():
        (root / "book" / name).write_text(text, "utf-8")
    photos = root / "assets/photos"
    for name, size in {"wide": (900, 600), "tall": (600, 900), "panorama": (1300, 500)}.items():
        picture(photos / f"{name}.jpg", *size)
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path d="M10 10h180v80z"/></svg>'
    (photos / "drawing.svg").write_text(box, "utf-8")
    return root


# ---- style sheets


def declarations(css: str, around: str = "") -> Iterator[tuple[str, str, list[tinycss2.ast.Declaration]]]:
    """Every rule of a style sheet: what it stands in, its selector, what it declares."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type != "error", rule
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            continue
        if rule.type == "at-rule":
            yield from declarations(tinycss2.serialize(rule.content), tinycss2.serialize(rule.prelude))
        else:
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            assert {part.type for part in parts} <= {"declaration"}
            yield around, tinycss2.serialize(rule.prelude).strip(), parts


def sheet(publication: Publish, layout: str) -> list[tuple[str, str, list[tinycss2.ast.Declaration]]]:
    settings = f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{e: {{format: epub}}}}\n"
    styles = compose(publication(settings=settings), "e").styles
    return [rule for style in styles for rule in declarations(style.css)]


def tokens(nodes: list[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    """All tokens of a value, those inside functions too."""
    for node in nodes:
        yield node
        yield from tokens(getattr(node, "arguments", None) or getattr(node, "content", None) or [])


both = pytest.mark.parametrize("layout", LAYOUTS)


@both
@pytest.mark.slow
def test_type_and_room_are_measured_by_the_size_of_type_that_the_reader_has_set(
    publication: Publish, layout: str
) -> None:
    for _, selector, said in sheet(publication, layout):
        for each in said:
            units = {node.lower_unit for node in tokens(each.value) if node.type == "dimension"}
            hairlines = {n.value for n in tokens(each.value) if n.type == "dimension" and n.lower_unit == "px"} <= {1}
            hidden = selector == ".dedication header"  # a title that only screen readers have
            thin = hairlines and (hidden or each.name.startswith(("border", "text-decoration")))
            if each.name == "--binding":
                continue  # of paper
            assert units - {"px"} <= {"em", "vh", "vw"}, f"{selector}: {each.name}"
            assert "px" not in units or thin, f"{selector}: {each.name}"


@both
def test_nothing_stands_in_the_way_of_what_a_reading_system_sets(publication: Publish, layout: str) -> None:
    for around, selector, said in sheet(publication, layout):
        assert "width" not in around, "some reading systems lay all pages of a chapter side by side in one window"
        for each in said:
            assert not each.important, f"{selector}: {each.name}"
            assert each.name not in ("filter", "mix-blend-mode"), "photographs stay as they are"
            if each.name == "line-height":
                [height] = [node for node in each.value if node.type != "whitespace"]
                assert height.type == "number", f"{selector}: a line of another size of type would be too high"
            alone = {part.strip() for part in selector.split(",")} & {"html", "body", "p", "li", "dd"}
            if each.name in ("line-height", "font-size", "text-align", "color", "background"):
                assert not alone, f"{selector}: {each.name} is the reader’s"


@both
def test_what_keeps_together_does_so_on_older_reading_systems_too(publication: Publish, layout: str) -> None:
    for _, selector, said in sheet(publication, layout):
        names = [each.name for each in said]
        for name in [name for name in names if name.startswith("break-")]:
            assert f"page-{name}" in names, f"{selector}: {name}"
        if "hyphens" in names and "auto" in tinycss2.serialize([n for each in said for n in each.value]):
            assert {"-epub-hyphens", "-webkit-hyphens"} <= set(names), selector


@both
@pytest.mark.slow
def test_nothing_is_hung_on_the_left_or_the_right(publication: Publish, layout: str) -> None:
    for _, selector, said in sheet(publication, layout):
        names = [each.name for each in said]
        for each in said:
            value = tinycss2.serialize(each.value).strip()
            is_sided = re.search(r"(^|-)(left|right)(-|$)", each.name) or value in ("left", "right")
            is_code = selector == "pre"
            turned = f"inline-{'start' if value == 'left' else 'end'}"
            again = [tinycss2.serialize(o.value).strip() for o in said if o.name == each.name]
            assert not is_sided or is_code or turned in again, f"{selector}: {each.name}"
            if each.name in ("margin", "padding") and len(value.split()) == 4 and "(" not in value:
                assert value.split()[1] == value.split()[3] or f"{each.name}-inline-start" in names, selector


# ---- chapters


def page(root: Path, id: str) -> etree._Element:
    return etree.fromstring(next(u.xhtml for u in compose(root, "e").units if u.id == id).encode())


@pytest.mark.slow
def test_a_chapter_in_another_language_declares_language_and_direction(tmp_path: Path) -> None:
    root = written(tmp_path / "book")
    assert page(root, "c-a").get("dir") == "ltr"
    for id, language, way in [("c-b", "ar", "rtl"), ("c-c", "he", "rtl"), ("c-d", "hy", "ltr")]:
        [section] = page(root, id).xpath("//h:section[contains(@class, 'chapter')]", namespaces=H)
        assert (section.get("lang"), section.get(f"{XML}lang"), section.get("dir")) == (language, language, way)
    navigation = etree.fromstring(compose(root, "e").navigation.text.encode())
    links = {link.get("href"): link for link in navigation.xpath("//h:li/h:a", namespaces=H)}
    assert (links["#c-b"].get("lang"), links["#c-b"].get("dir")) == ("ar", "rtl")
    assert links["#c-a"].get("lang") is None
    [inner] = [link for id, link in links.items() if id.startswith("#c-b--")]
    assert inner.get("dir") == "rtl"


@pytest.mark.slow
def test_only_text_in_another_direction_declares_it(publication: Publish) -> None:
    text = "# A\n\nA [كتاب]{lang=ar}, a [livre]{lang=fr}, `x`.\n\n{lang=he}\nא [book `y`]{lang=en}, `z`.\n"
    root = page(publication({"book/a.md": text}, "title: T\nlanguage: en\neditions: {e: {format: epub}}\n"), "c-a")
    found = {e.get("lang") or "".join(e.itertext()): e.get("dir") for e in root.iter("*") if e.get("lang")}
    assert {k: found[k] for k in ("ar", "fr", "he")} == {"ar": "rtl", "fr": None, "he": "rtl"}
    [english] = [e for e in root.iter(f"{{{H['h']}}}span") if e.get("lang") == "en"]
    assert english.get("dir") == "ltr"
    assert [code.get("dir") for code in root.iter(f"{{{H['h']}}}code")] == [None, None, "ltr"]


@pytest.mark.slow
def test_a_direction_that_is_written_is_kept(publication: Publish) -> None:
    text = "# A\n\nA [(كتاب)]{lang=ar dir=ltr}.\n"
    root = page(publication({"book/a.md": text}, "title: T\nlanguage: en\neditions: {e: {format: epub}}\n"), "c-a")
    assert [e.get("dir") for e in root.iter("*") if e.get("lang") == "ar"] == ["ltr"]


def test_a_chapter_in_another_language_is_set_by_that_language_and_the_next_one_by_the_book_s(
    publication: Publish,
) -> None:
    said = 'Er sagte "ja" dazu.'
    files = {
        "book/a.md": f"---\ntitle: A\nlanguage: de\n---\n\n{said}\n",
        "book/b.md": f"# B\n\n{said}\n",
    }
    chapters = list(read(publication(files)).publication.chapters())
    assert "„ja“" in str(chapters[0].blocks)
    assert "“ja”" in str(chapters[1].blocks)


@pytest.mark.parametrize("language", ["klingon!", "e"])
def test_a_language_that_does_not_exist_is_reported_at_its_line(publication: Publish, language: str) -> None:
    root = publication({"book/a.md": f"---\ntitle: A\nlanguage: {language}\n---\n\nText.\n"})
    assert [str(f.place) for f in read(root).findings if f.severity == "error"] == ["book/a.md:3:11"]


@pytest.mark.slow
def test_captions_in_english_are_judged_as_english_where_the_book_is_in_another_language(publication: Publish) -> None:
    text = "---\ntitle: A\n{}---\n\n![x](p.jpg)\nPeople walked to the bridge in Goris on 3 May 2023, and waited.\n"
    told = {}
    for said in ("", "language: en\n"):
        root = publication({"book/a.md": text.format(said)}, "title: T\nlanguage: de\neditions: {e: {format: epub}}\n")
        picture(root / "assets/photos/p.jpg")
        told[said] = "caption-past" in ids(production.check(production.Order(root)).findings)
    assert told == {"": False, "language: en\n": True}


@pytest.mark.slow
def test_only_scripts_with_capitals_have_a_drop_capital(publication: Publish) -> None:
    files = {
        f"book/{n}.md": f"---\ntitle: A\nlanguage: {language}\n---\n\n{text * 5}\n"
        for n, (language, text) in CHAPTERS.items()
    }
    settings = "title: T\nlanguage: en\nlayout: reader\neditions: {e: {format: epub}}\n"
    units = compose(publication(files, settings), "e").units
    initials = {u.id: 'class="initial' in u.xhtml for u in units if u.kind == "chapter"}
    assert initials == {"c-a": True, "c-b": False, "c-c": False, "c-d": True, "c-e": True}


# ---- what a browser makes of it


Show = Callable[..., Screens]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    """The book in a browser, in a layout and a language."""

    @cache
    def shown(layout: str, language: str = "en") -> Screens:
        folder = tmp_path_factory.mktemp("reading")
        report = production.build(production.Order(written(folder / "book", layout, language), source_date=DATE))
        assert report.products, report.findings
        return screens(report.products[0].path, folder / "unpacked")

    return shown


in_a_browser = [pytest.mark.slow, pytest.mark.conformance]
SIZES = {320: 568, 414: 800, 768: 1024, 1024: 768}
VIEWS = [
    View(f"{width} px wide, type at {size} %", width, SIZES[width], f"html {{ font-size: {size}% }}")
    for width, size in [*product(SIZES, (100, 250)), (320, 150), (768, 150)]
]
FORCED = "html, body {{ background: {} !important; color: {} !important }}"
GROUNDS = {
    "light": (View("light"), False),
    "dark": (View("dark"), True),
    "black, whatever the system": (View("black", css=FORCED.format("#000", "#fff")), False),
    "sepia on a dark system": (View("sepia", css=FORCED.format("#fbf0d9", "#5f4b32")), True),
    "grey, said first and weakly": (
        View("grey", css="html { background: #121212; color: #b0b0b0 }", first=True),
        False,
    ),
    "sepia, on the body alone": (View("body", css="body { background: #fbf0d9; color: #5f4b32 }", first=True), True),
}


@cache
def colours_on(book: Screens, *, dark: bool) -> dict[str, list[dict[str, Any]]]:
    """The contrast of words and rules on all grounds of a system; a browser is asked once for all tests."""
    return book.colours([view for view, is_dark in GROUNDS.values() if is_dark == dark], dark=dark)


def colours(book: Screens, ground: str) -> list[dict[str, Any]]:
    """The same on one ground."""
    view, dark = GROUNDS[ground]
    return colours_on(book, dark=dark)[view.name]


class TestInABrowser:
    pytestmark = in_a_browser

    @pytest.mark.parametrize(("layout", "language"), [*product((*LAYOUTS, "album"), ["en"]), ("reportage", "ar")])
    def test_everything_stays_on_the_page_in_every_size_of_screen_and_type(
        self, show: Show, layout: str, language: str
    ) -> None:
        assert show(layout, language).room(VIEWS) == []

    @both
    def test_text_and_rules_are_visible_on_any_background_and_photographs_are_unchanged(
        self, show: Show, layout: str
    ) -> None:
        book = show(layout)
        for name in GROUNDS:
            found = colours(book, name)
            assert len(found) > 60
            faults = [each for each in found if each["found"] < each["least"]]
            assert not faults, f"{name}: {faults[:4]}"
            accents = [each for each in found if each["what"] == "a.noteref"]
            assert all(each["found"] >= READABLE for each in accents)

    def test_the_accent_fits_the_background_of_the_reader(self, show: Show) -> None:
        book = show("reportage")
        numbers = {
            name: {tuple(each["colour"]) for each in colours(book, name) if each["what"] == "span.number"}
            for name in GROUNDS
        }
        day, night = {(0x00, 0x5C, 0x7B)}, {(0x86, 0xC0, 0xD8)}
        assert numbers["light"] == numbers["sepia on a dark system"] == numbers["sepia, on the body alone"] == day
        assert numbers["dark"] == numbers["black, whatever the system"] == night

    @both
    def test_what_a_reading_system_sets_before_the_book_s_own_styles_holds(self, show: Show, layout: str) -> None:
        book = show(layout)
        [lines, sizes, words] = book.values(
            [
                ("section.chapter > p:not([class])", "lineHeight"),
                ("section.chapter > p:not([class])", "fontSize"),
                ("body", "color"),
            ],
            "html { font-size: 40px; line-height: 2; color: rgb(1, 2, 3) }",
            first=True,
        )
        assert set(lines) == {"80px"}
        assert set(sizes) == {"40px"}
        assert set(words) == {"rgb(1, 2, 3)"}

    @both
    def test_no_script_gets_italics_or_capitals_that_it_does_not_have(self, show: Show, layout: str) -> None:
        book = show(layout)
        scripts = {"ar": (True, True), "he": (True, True), "hy": (False, True), "ru": (False, False)}
        asked = [
            ("> p em", "fontStyle"),
            ("> p em", "fontWeight"),
            (":is(h1, h2, .lead-in, .deck, .byline, p.first)", "letterSpacing"),
            (".lead-in", "fontVariantCaps"),
            ("> p", "hyphens"),
        ]
        told = iter(book.values([(f"section[lang={name}] {what}", value) for name in scripts for what, value in asked]))
        for joined, upright in scripts.values():
            slants, weights, spaces, capitals, hyphens = (next(told) for _ in asked)
            assert set(slants) == {"normal" if upright else "italic"}
            assert set(weights) == {"600" if upright else "400"}
            assert (set(spaces) <= {"normal", "0px"}) == joined
            assert set(capitals) == {"normal" if upright else "small-caps"}
            assert set(hyphens) == {"manual" if joined else "auto"}

    @both
    def test_an_arabic_chapter_begins_at_the_right(self, show: Show, layout: str) -> None:
        book = show(layout)
        [ways, indents, others, code] = book.values(
            [
                ("section[lang=ar] > p, section[lang=ar] li, section[lang=ar] td", "direction"),
                ("section[lang=ar] > ul", "paddingRight"),
                ("section[lang=ar] > ul", "paddingLeft"),
                ("section[lang=ar] pre code, section[lang=ar] pre", "direction"),
            ]
        )
        assert set(ways) == {"rtl"}
        assert "0px" not in indents
        assert set(others) == {"0px"}
        assert set(code) == {"ltr"}
