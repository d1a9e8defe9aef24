"""Options of a layout: their values, findings about wrong values, their effects; `extends`; copies to your folder."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish, ids, laid_out, lines
from hypothesis import given
from hypothesis import strategies as some
from PIL import ImageColor

from pressroom import cli, design, production
from pressroom.contrast import READABLE
from pressroom.design import BUILTIN, Composition, grid
from pressroom.design.colours import BLACK, WHITE, PressColour, ScreenColour, ink_of, read_colour, read_ink
from pressroom.errors import Finding, Place, PressroomError
from pressroom.publication import PdfEdition

ALL = """\
title: T
language: en
editions:
  ebook: {format: epub}
  screen: {format: pdf}
  print: {format: pdf, bleed: 3mm}
"""
colours = some.builds(ScreenColour, *[some.integers(0, 255)] * 3)


def findings(root: Path) -> tuple[Finding, ...]:
    """What is known of the publication at `root` once it is read."""
    try:
        return production.read(production.Order(root)).findings
    except PressroomError as fault:
        return fault.findings


def told(root: Path) -> list[str]:
    """The same, without what is the same in every publication of these tests."""
    return [line for line in lines(findings(root)) if "alt-" not in line and "photo-to-come" not in line]


def compose(root: Path, edition: str) -> Composition:
    manuscript = production.read(production.Order(root))
    return laid_out(manuscript.edition(edition))


def css(root: Path, edition: str) -> str:
    """The options as an edition's style sheets meet them."""
    return next(style.css for style in compose(root, edition).styles if style.name == "options.css")


def body(root: Path, edition: str = "ebook", id: str = "c-a") -> str:
    xhtml = next(unit.xhtml for unit in compose(root, edition).units if unit.id == id)
    return re.findall(r'<body class="([^"]+)"', xhtml)[0]


# ---- what a publication gives


def test_every_fault_is_reported_at_its_place_and_all_at_once(publication: Publish) -> None:
    options = """\
layout_options:
  acent: darkred
  accent: "#12"
  accent_ink: 1 2 3
  captions: blow
  text: 7
  chapter_numbers: perhaps
  binding: 3
  folios:
  accent_dark: drakred
"""
    found = findings(publication(settings=ALL + options))
    assert [line.removeprefix("book/publication.yaml:") for line in lines(found)] == [
        "8:3 error key-unknown",
        "9:11 error value-wrong",
        "10:15 error value-wrong",
        "11:13 error value-unknown",
        "12:9 error value-unknown",
        "13:20 error value-wrong",
        "14:12 error value-wrong",
        "15:3 error value-wrong",
        "16:16 error value-wrong",
    ]
    remedies = [f.remedy for f in found]
    assert "“accent”" in remedies[0]
    assert "#rrggbb" in remedies[1]
    assert "95 0 0 60" in remedies[2]
    assert "“below”" in remedies[3]
    assert "justified, ragged" in remedies[4]
    assert "yes or no" in remedies[5]
    assert "3mm" in remedies[6]
    assert "“darkred”" in remedies[8]


@pytest.mark.parametrize(("typed", "help"), [("#7a1f1f", "quotes"), ("7a1f1f", "“#7a1f1f” in quotes")])
def test_a_colour_without_quotes_is_reported_with_the_quotes(publication: Publish, typed: str, help: str) -> None:
    (found,) = findings(publication(settings=f"{ALL}layout_options:\n  accent: {typed}\n"))
    assert (found.id, found.place.line, help in found.message + found.remedy) == ("value-wrong", 8, True)


def test_a_list_is_no_option(publication: Publish) -> None:
    assert told(publication(settings=f"{ALL}layout_options: {{accent: [1, 2]}}\n")) == [
        "book/publication.yaml:7:26 error value-wrong"
    ]


def test_a_binding_margin_too_wide_for_the_pages_is_refused(publication: Publish) -> None:
    (found,) = findings(publication(settings=f"{ALL}layout_options: {{binding: 1in}}\n"))
    assert "at most 6mm" in found.remedy


def test_a_fault_in_an_option_keeps_everything_from_being_made(publication: Publish) -> None:
    report = production.build(production.Order(publication(settings=f"{ALL}layout_options: {{text: rugged}}\n")))
    assert (report.products, int(report.exit_code)) == ([], 1)


def test_the_name_of_a_layout_is_a_text_and_its_options_are_apart(publication: Publish) -> None:
    root = publication(settings=ALL + "layout: reportage\nlayout_options: {accent: darkred}\n")
    settings = production.read(production.Order(root)).publication.settings
    assert (settings.layout, settings.layout_options) == ("reportage", {"accent": "darkred"})


def accents(root: Path) -> list[str]:
    """The accent of an ebook among dark words, and among light ones."""
    parts = re.findall(r"calc\((\d+) \+ (-?\d+) \* clamp", css(root, "ebook"))
    assert len(parts) == 3
    return [str(ScreenColour(*(int(dark) + n * int(more) for dark, more in parts))) for n in (0, 1)]


# ---- what comes of it


@pytest.mark.slow
def test_a_colour_reaches_each_edition_as_it_can_show_it(publication: Publish) -> None:
    root = publication(settings=f'{ALL}layout_options: {{accent: "#7a1f1f", accent_ink: 0 80 70 50}}\n')
    assert "--accent: #7a1f1f" in css(root, "screen")
    assert "dark" not in css(root, "screen")
    assert "--accent: device-cmyk(0 0.8 0.7 0.5)" in css(root, "print")
    day, night = accents(root)
    assert day == "#7a1f1f"
    assert read_colour(night).on(read_colour("#151514")) >= READABLE


@pytest.mark.slow
def test_without_a_choice_colours_are_the_layout_s_own(publication: Publish) -> None:
    root = publication(settings=ALL)
    assert accents(root) == ["#005c7b", "#86c0d8"]
    assert "--accent: device-cmyk(0.95 0 0 0.6)" in css(root, "print")
    assert told(root) == []


def test_a_dark_colour_is_kept_unchanged(publication: Publish) -> None:
    root = publication(settings=f"{ALL}layout_options: {{accent: navy, accent_dark: skyblue}}\n")
    assert accents(root) == ["#000080", "#87ceeb"]


def test_an_ebook_s_accent_is_the_text_colour_unless_css_can_derive_the_theme_from_it(
    publication: Publish,
) -> None:
    plain, knowing = css(publication(settings=ALL), "ebook").split("@supports")
    assert re.findall(r"--accent: ([^;]+)", plain) == ["currentColor"]
    assert "--accent: rgb(from currentColor calc(" in knowing
    assert "prefers-color-scheme" not in plain + knowing  # what a system prefers says nothing of what a reader chose


def test_a_word_is_a_class_and_a_length_a_variable(publication: Publish) -> None:
    root = publication(settings=f"{ALL}layout_options: {{captions: below, chapter_numbers: no, binding: 0.2in}}\n")
    assert {"captions-below", "chapter-numbers-no", "text-justified"} <= set(body(root).split())
    assert "--binding: 5.08mm" in css(root, "print")


def test_templates_have_every_option(publication: Publish) -> None:
    template = (
        '{% extends "builtin/reportage/colophon.xhtml.j2" %}{% block words %}'
        "<p>{{ options.accent }} {{ options.text }} {{ options.folios }} {{ options.binding }}</p>{% endblock %}"
    )
    settings = ALL + "chapters: [a.md, {generated: [colophon]}]\nlayout_options: {accent: navy, binding: 4mm}\n"
    root = publication({"book/a.md": "# A\n\nT.", "layouts/reportage/colophon.xhtml.j2": template}, settings)
    page = next(unit.xhtml for unit in compose(root, "print").units if unit.id == "colophon")
    assert "<p>#000080 justified titled 4.0</p>" in page


def test_captions_below_stand_under_every_picture_that_has_words(publication: Publish) -> None:
    chapter = '# A\n\n![x]()\nA caption.\n\n![y]()\n\n![z](){.page aspect="2:3"}\nUpright.\n\n![z](){.wide}\nWide.\n'
    below = {}
    for word in ("beside", "below"):
        root = publication({"book/a.md": chapter}, f"{ALL}layout_options: {{captions: {word}}}\n")
        page = next(unit.xhtml for unit in compose(root, "print").units if unit.id == "c-a")
        figures = re.findall(r'<figure id="[^"]+" class="([^"]+)"', page)
        below[word] = ["below" in figure.split() for figure in figures]
    assert below == {"beside": [False] * 4, "below": [True, False, True, False]}  # a wide one has it there anyway


def test_chapters_may_follow_each_other_and_parts_still_begin_on_a_recto(publication: Publish) -> None:
    settings = f"{ALL}chapters: [{{part: P, chapters: [a.md, b.md]}}]\n"
    files = {"book/a.md": "# A\n\nT.", "book/b.md": "# B\n\nT."}
    for word, starts in (("recto", ["recto", "recto", "recto"]), ("next", ["recto", "next", "next"])):
        root = publication(files, f"{settings}layout_options: {{chapters: {word}}}\n")
        body = [unit.start for unit in compose(root, "print").units if unit.matter == "body"]
        assert body == starts


def test_a_style_sheet_has_the_last_word(publication: Publish) -> None:
    files = {"book/a.md": "# A\n\nT.", "layouts/reportage/own.css": "p { color: red }\n"}
    for edition, last in (("ebook", "ebook.css"), ("print", "press.css")):
        names = [style.name for style in compose(publication(files, ALL), edition).styles]
        assert names[0] == "options.css"
        assert names.index("own.css") == names.index(last) + 1


# ---- on paper

LONG = "# A\n\n" + "\n\n".join(["These are words that fill line after line of a paragraph. " * 12] * 12)


def printed(root: Path, edition: str) -> pypdfium2.PdfDocument:
    report = production.build(production.Order(root, (edition,)))
    assert ids(report.findings) == []
    return pypdfium2.PdfDocument(report.products[0].path)


def page_of(document: pypdfium2.PdfDocument, label: str) -> pypdfium2.PdfPage:
    return next(document[n] for n in range(len(document)) if document.get_page_label(n) == label)


def words(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def edges(page: pypdfium2.PdfPage, text: str) -> tuple[float, float]:
    """Where the first and the last line that begin with a text do, from the left and the foot, in mm of the page."""
    textpage = page.get_textpage()
    index, _ = textpage.search(text, match_case=True).get_next()
    left, bottom, *_ = textpage.get_charbox(index, loose=True)
    return (left - page.get_trimbox()[0]) * 25.4 / 72, (bottom - page.get_trimbox()[1]) * 25.4 / 72


@pytest.mark.slow
@pytest.mark.parametrize("trim", ["210x270mm", "a5"])
@pytest.mark.parametrize("word", ["titled", "alone"])
def test_folios_have_titles_beside_them_or_not(publication: Publish, word: str, trim: str) -> None:
    settings = f"title: The Title\nlanguage: en\neditions: {{screen: {{format: pdf, trim: {trim}}}}}\n"
    files = {"book/a.md": LONG.replace("# A", "# The Chapter")}
    document = printed(publication(files, f"{settings}layout_options: {{folios: {word}}}\n"), "screen")
    for label, title in (("2", "The Title"), ("3", "The Chapter")):
        found = words(page_of(document, label))
        assert label in found
        assert (title in found) is (word == "titled")


@pytest.mark.slow
def test_without_folios_a_page_holds_its_text_alone(publication: Publish) -> None:
    settings = "title: The Title\nlanguage: en\neditions: {screen: {format: pdf}}\nlayout_options: {folios: none}\n"
    document = printed(publication({"book/a.md": LONG}, settings), "screen")
    found = "".join(words(page_of(document, label)) for label in ("2", "3"))
    assert not re.search(r"\d|The Title|A$", found)
    assert words(page_of(document, "i")) == "The Title"


@pytest.mark.slow
def test_a_binding_moves_pages_outward_on_a_press_and_breaks_no_line(publication: Publish) -> None:
    files = {"book/a.md": LONG}
    plain, bound = publication(files, ALL), publication(files, f"{ALL}layout_options: {{binding: 5mm}}\n")
    for edition, by in (("print", 5), ("screen", 0)):
        before, after = printed(plain, edition), printed(bound, edition)
        for label, outward in (("1", 1), ("2", -1), ("3", 1)):
            assert words(page_of(before, label)) == words(page_of(after, label))
            x, y = edges(page_of(before, label), "words")
            moved_x, moved_y = edges(page_of(after, label), "words")
            assert (moved_x - x, moved_y - y) == pytest.approx((outward * by, 0), abs=0.01)
        x, moved_x = (edges(page_of(document, "2"), "2")[0] for document in (before, after))
        assert moved_x - x == pytest.approx(-by, abs=0.01), "and the folio with them"


@pytest.mark.slow
def test_a_plain_opening_begins_the_text_under_the_title(publication: Publish) -> None:
    heights = {}
    for word in ("deep", "plain"):
        root = publication({"book/a.md": LONG}, f"{ALL}layout_options: {{opening: {word}}}\n")
        heights[word] = edges(page_of(printed(root, "screen"), "1"), "These")[1]
    assert heights["plain"] - heights["deep"] == pytest.approx(8 * 5), "eight lines of five millimetres"


@pytest.mark.slow
def test_paragraphs_are_indented_or_spaced_by_a_line(publication: Publish) -> None:
    found = {}
    for word in ("indented", "spaced"):
        files = {"book/a.md": "# A\n\nFirst.\n\nSecond.\n"}
        page = page_of(printed(publication(files, f"{ALL}layout_options: {{paragraphs: {word}}}\n"), "screen"), "1")
        (x, y), (next_x, next_y) = edges(page, "First"), edges(page, "Second")
        found[word] = (round(next_x - x), round(y - next_y))
    assert found == {"indented": (5, 5), "spaced": (0, 10)}


@pytest.mark.slow
def test_ragged_lines_end_where_their_words_do(publication: Publish) -> None:
    ends = {}
    for word in ("justified", "ragged"):
        root = publication({"book/a.md": LONG}, f"{ALL}layout_options: {{text: {word}}}\n")
        textpage = page_of(printed(root, "screen"), "2").get_textpage()
        lines = [textpage.get_rect(n) for n in range(textpage.count_rects())]
        ends[word] = [round(right) for left, _, right, _ in lines if right - left > 200]
    assert len(set(ends["justified"])) < 4
    assert len(set(ends["ragged"])) > 4


@pytest.mark.slow
def test_numbers_of_chapters_may_be_left_out_and_those_of_parts_stay(publication: Publish) -> None:
    settings = f"{ALL}chapters: [{{part: Pa, chapters: [a.md]}}]\nlayout_options: {{chapter_numbers: no}}\n"
    document = printed(publication({"book/a.md": "# Cha\n\nText.\n"}, settings), "screen")
    assert set(words(page_of(document, "3")).split()) == {"Cha", "Text.", "3"}
    contents = next(words(page) for page in document if "Contents" in words(page))
    assert "Part I" in contents
    assert "1 1 Cha" not in contents, "the first would be the page of the part, the second the chapter’s number"


# ---- colours


def test_a_pale_accent_is_reported_with_its_contrast_and_a_shade_that_would_do(publication: Publish) -> None:
    root = publication(settings=f"{ALL}layout_options: {{accent: gold, accent_ink: 0 16 100 0}}\n")
    pale = [f for f in findings(root) if f.id == "accent-pale"]
    assert [(f.severity, f.place.column) for f in pale] == [("warning", 26), ("warning", 44)]
    assert "1.4 to 1" in pale[0].message
    shade = re.findall(r"“(#\w+)”", pale[0].remedy)[0]
    ink = re.findall(r"“([\d ]+)”", pale[1].remedy)[0]
    assert read_colour(shade).on(WHITE) >= READABLE
    assert read_ink(ink).on_screen.on(WHITE) >= READABLE
    assert "ink-computed" not in ids(findings(root))


def test_a_dark_colour_with_little_contrast_is_reported(publication: Publish) -> None:
    root = publication(settings=f"{ALL}layout_options: {{accent_dark: navy}}\n")
    assert told(root) == ["book/publication.yaml:7:31 warning accent-pale"]


def test_a_computed_ink_is_reported_for_press_editions(publication: Publish) -> None:
    options = "layout_options: {accent: darkred}\n"
    assert told(publication(settings=ALL + options)) == ["book/publication.yaml:7:26 advice ink-computed"]
    assert told(publication(settings=f"title: T\nlanguage: en\neditions: {{e: {{format: epub}}}}\n{options}")) == []


@pytest.mark.slow
@given(colours, colours)
def test_a_readable_shade_can_be_read_and_a_readable_colour_stays(colour: ScreenColour, ground: ScreenColour) -> None:
    shade = colour.readable_on(ground)
    assert shade.on(ground) >= READABLE
    assert shade == colour or colour.on(ground) < READABLE


@pytest.mark.slow
@given(colours)
def test_the_ink_that_is_worked_out_looks_like_its_colour(colour: ScreenColour) -> None:
    ink = ink_of(colour)
    parts = ("red", "green", "blue")
    assert all(abs(getattr(ink.on_screen, part) - getattr(colour, part)) <= 4 for part in parts)
    assert min(ink.cyan, ink.magenta, ink.yellow) == 0


@pytest.mark.slow
@given(colours)
def test_the_ink_of_a_shade_that_is_offered_would_do(colour: ScreenColour) -> None:
    assert ink_of(colour.readable_on(WHITE, READABLE + 0.1)).on_screen.on(WHITE) >= READABLE


def test_contrast_is_that_of_the_accessibility_guidelines() -> None:
    assert BLACK.on(WHITE) == WHITE.on(BLACK) == pytest.approx(21)
    assert read_colour("#777").on(WHITE) == pytest.approx(4.48, abs=0.005)
    assert read_colour("#767676").on(WHITE) == pytest.approx(4.54, abs=0.005)


def test_the_names_of_css_are_known() -> None:
    for name in list(ImageColor.colormap):
        assert read_colour(name) == read_colour(name.upper()) == ScreenColour(*ImageColor.getrgb(name))


@pytest.mark.parametrize("typed", ["95 0 0 60", "C95 M0 Y0 K60", "95%, 0%, 0%, 60%", "c95/m0/y0/k60"])
def test_an_ink_may_be_written_as_printers_do(typed: str) -> None:
    assert read_ink(typed) == PressColour(95, 0, 0, 60)


# ---- what a layout declares

LAYOUT = "title: Mine\nextends: reportage\n"
MINE = "title: T\nlanguage: en\nlayout: mine\neditions: {ebook: {format: epub}, print: {format: pdf, bleed: 3mm}}\n"


def mine(publication: Publish, manifest: str, **files: str) -> Path:
    """A publication with a layout of its own."""
    own = {f"layouts/mine/{name.replace('_', '.')}": text for name, text in files.items()}
    return publication({"book/a.md": "# A\n\nT.", "layouts/mine/layout.yaml": manifest, **own}, MINE)


def test_faults_in_what_a_layout_declares_are_reported_at_their_places(publication: Publish) -> None:
    root = mine(
        publication,
        """\
title: Mine
extends: reportage
options:
  a: {type: choice, choices: [one], default: one, about: A.}
  b: {type: choice, choices: [one, two], default: three, about: B.}
  c: {type: colour, default: redd, ground: whit, about: C.}
  d: {type: ink, of: c, default: 0 0 0 0, most: 3mm, about: D.}
  e: {type: dark, of: b, default: red, about: E.}
  f: {type: switch, default: maybe, choices: [one, two], about: F.}
  g: {type: length, default: 9mm, most: 3mm, about: G.}
""",
    )
    assert [line.removeprefix("layouts/mine/layout.yaml:") for line in lines(findings(root))] == [
        "4:21 error option-wrong",
        "5:51 error value-wrong",
        "6:44 error value-wrong",
        "6:30 error value-wrong",
        "7:43 error option-wrong",
        "8:3 error option-wrong",
        "8:19 error option-wrong",
        "9:37 error option-wrong",
        "9:30 error value-wrong",
        "10:30 error value-wrong",
    ]


def test_a_declaration_of_the_wrong_shape_is_reported_as_any_form_is(publication: Publish) -> None:
    options = "options:\n  Accent: {type: colour, default: red, about: A.}\n  b: {type: color, default: red}\n"
    found = findings(mine(publication, LAYOUT + options))
    assert {(f.place.line, f.id) for f in found} == {(4, "value-wrong"), (5, "value-unknown"), (5, "key-missing")}
    assert "“colour”" in " ".join(f.remedy for f in found)


def test_a_pale_default_is_reported_in_the_layout(publication: Publish) -> None:
    options = 'options:\n  tint: {type: colour, default: gold, ground: "#fff", about: A.}\n'
    assert "layouts/mine/layout.yaml:4:33 warning accent-pale" in told(mine(publication, LAYOUT + options))


def test_a_colour_of_one_s_own_is_printed_in_ink(publication: Publish) -> None:
    root = mine(publication, LAYOUT + "options:\n  tint: {type: colour, default: red, about: A.}\n")
    assert "--tint: device-cmyk(0 1 1 0)" in css(root, "print")


@pytest.mark.parametrize("name", sorted(f.parent.name for f in BUILTIN.glob("layouts/*/layout.yaml")))
def test_the_options_of_a_built_in_layout_are_sound_and_set_by_no_style_sheet(name: str) -> None:
    layout = design.find_layout(name, Path("/nowhere"), Place("x"))
    sheets = "".join(f.read_text("utf-8") for folder in layout.folders for f in folder.glob("*.css"))
    by_day = re.sub(r"@media \(monochrome\) \{.*?\n\}", "", sheets, flags=re.DOTALL)
    assert all(option.about.endswith(".") for option in layout.manifest.options.values())
    by_day += grid.variables(grid.grid_for(PdfEdition(format="pdf"), layout.manifest.papers))
    for option in layout.options.of_type("colour", "length"):
        assert not re.search(rf"--{option.replace('_', '-')}:", by_day), f"{option}: it would never reach a page"
    day = re.findall(r"--paper: (#\w+)", (layout.file("shared.css") or Path()).read_text("utf-8"))
    night = re.findall(r"dark\) \{\s*:where\(html\) \{ background: (#\w+)", sheets)
    grounds = {layout.manifest.options[name].ground for name in ("accent", "accent_dark")}
    assert grounds == {day[0], night[0]}


# ---- extends


def test_a_layout_has_the_files_of_the_one_that_it_extends(publication: Publish) -> None:
    root = mine(publication, LAYOUT, ebook_css="p { color: red }\n")
    styles = {style.name: style.css for style in compose(root, "ebook").styles}
    assert styles["ebook.css"] == "p { color: red }\n"
    assert "figcaption" in styles["shared.css"]
    manifest = production.read(production.Order(root)).layout.manifest
    assert manifest.title == "Mine"
    assert len(manifest.papers) == 4
    assert manifest.weights == (300, 400, 600)


def test_a_chain_is_followed_and_the_nearest_file_wins(publication: Publish) -> None:
    root = mine(publication, "title: Mine\nextends: other\nstarts: {part: next}\n", press_css="/* mine */")
    files = {
        "other/layout.yaml": "title: Other\nextends: reportage\nstarts: {chapter: verso}\noptions:\n"
        "  text: {type: choice, choices: [ragged, justified], default: ragged, about: Other.}\n",
        "other/press.css": "/* other */",
        "other/own.css": "/* other */",
        "reportage/shared.css": "/* the publication’s own reportage */",
    }
    for name, text in files.items():
        (root / "layouts" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "layouts" / name).write_text(text, encoding="utf-8")
    styles = {style.name: style.css for style in compose(root, "print").styles}
    assert styles["press.css"] == "/* mine */"
    assert styles["own.css"] == "/* other */"
    assert styles["shared.css"] == "/* the publication’s own reportage */"
    layout = production.read(production.Order(root)).layout
    assert layout.manifest.starts["part"] == "next"
    assert layout.manifest.starts["chapter"] == "verso"
    assert layout.manifest.starts["imprint"] == "verso"
    assert layout.options["text"] == "ragged"
    assert layout.options["captions"] == "beside"


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ("title: M\nextends: mine\n", "layouts/mine/layout.yaml:2:10 error layout-cycle"),
        ("title: M\nextends: reportag\n", "layouts/mine/layout.yaml:2:10 error layout-missing"),
        ("title: M\n", "layouts/mine/layout.yaml:1:1 error key-missing"),
        ("title: M\nextends: [reportage]\n", "layouts/mine/layout.yaml:2:10 error value-wrong"),
        ("title: M\nextends: reportage\npapers: []\n", "layouts/mine/layout.yaml:3:9 error value-wrong"),
    ],
)
def test_a_layout_with_a_faulty_base_is_reported(publication: Publish, manifest: str, expected: str) -> None:
    assert told(mine(publication, manifest)) == [expected]


def test_a_cycle_of_layouts_is_reported_with_its_path(publication: Publish) -> None:
    root = mine(publication, "title: M\nextends: other\n")
    other = root / "layouts/other/layout.yaml"
    other.parent.mkdir()
    other.write_text("title: O\nextends: mine\n", encoding="utf-8")
    (found,) = findings(root)
    assert (str(found.place), found.id) == ("layouts/other/layout.yaml:2:10", "layout-cycle")
    assert "mine → other → mine" in found.message


# ---- pressroom layouts


def layouts_verb(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = cli.main(["layouts", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_layouts_are_listed_with_their_papers_and_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # where there is no publication
    code, out = layouts_verb(capsys)
    assert code == 0
    assert "Reportage (built in)" in out
    assert "210 × 270 mm" in out
    assert "[beside] | below" in out
    assert "[#005c7b]" in out


def test_own_layouts_are_listed_and_a_broken_one_is_reported(
    publication: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    root = mine(publication, LAYOUT)
    (root / "layouts/broken").mkdir()
    (root / "layouts/broken/layout.yaml").write_text("titel: B\n", encoding="utf-8")
    code, out = layouts_verb(capsys, "--root", root)
    assert "mine  Mine (layouts/mine)" in out
    assert "reportage  Reportage (built in)" in out
    assert (code, "key-unknown" in out) == (1, True)
    code, out = layouts_verb(capsys, "--root", root, "--json")
    listed = {layout["name"]: layout for layout in json.loads(out)["layouts"]}
    assert listed["mine"]["built_in"] is False
    assert listed["mine"]["extends"] == "reportage"
    assert listed["reportage"]["options"]["captions"]["choices"] == ["beside", "below"]
    assert listed["reportage"]["papers"][0] == {"width": 210, "height": 270}


@pytest.mark.slow
def test_a_layout_that_is_taken_home_works_by_itself(
    publication: Publish, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = publication(settings=MINE)
    before = {f.name: f.read_bytes() for f in (BUILTIN / "layouts/reportage").iterdir()}
    code, out = layouts_verb(capsys, "copy", "reportage", "--to", "mine", "--root", root)
    assert code == 0
    assert {f.name: f.read_bytes() for f in (root / "layouts/mine").iterdir()} == before
    assert all(f"layouts/mine/{name}" in out for name in before)
    assert "layout: mine" in out
    monkeypatch.setattr("pressroom.design.library.BUILTIN", tmp_path / "nothing")
    assert {p.edition for p in production.build(production.Order(root)).products} == {"ebook", "print"}


def test_a_layout_that_extends_another_is_taken_home_with_all_of_it(
    publication: Publish, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    options = 'options:\n  tint: {type: colour, default: "#123", about: "A “tint”."}\n'
    root = mine(publication, f"# mine\n{LAYOUT}starts: {{part: next}}\n{options}", own_css="p { color: red }\n")
    wanted = production.read(production.Order(root)).layout.manifest
    assert layouts_verb(capsys, "copy", "mine", "--to", "whole", "--root", root)[0] == 0
    shutil.rmtree(root / "layouts/mine")
    monkeypatch.setattr("pressroom.design.library.BUILTIN", tmp_path / "nothing")
    found = design.find_layout("whole", root, Place("x"))
    assert found.manifest.model_copy(update={"extends": "reportage"}) == wanted
    assert found.style("own.css")[0].css == "p { color: red }\n"


def test_single_files_are_taken_home_and_the_others_stay(
    publication: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    root = publication(settings=ALL)
    code, out = layouts_verb(capsys, "--root", root, "copy", "reportage", "--only", "page.css", "blocks.j2", "--json")
    assert code == 0
    names = {"page.css", "blocks.j2"}
    assert {Path(file).name for file in json.loads(out)["copied"]} == names
    assert {f.name for f in (root / "layouts/reportage").iterdir()} == names


def test_single_files_under_another_name_extend_what_they_are_from(
    publication: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    root = publication(settings=MINE)
    layouts_verb(capsys, "copy", "reportage", "--to", "mine", "--only", "page.css", "--root", root)
    layouts_verb(capsys, "copy", "reportage", "--to", "mine", "--only", "press.css", "--root", root)
    assert {f.name for f in (root / "layouts/mine").iterdir()} == {"page.css", "press.css", "layout.yaml"}
    assert production.read(production.Order(root)).layout.manifest.extends == "reportage"


def test_nothing_is_ever_written_over(publication: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    root = publication({"layouts/mine/page.css": "/* mine */"}, MINE)
    code, out = layouts_verb(capsys, "copy", "reportage", "--to", "mine", "--root", root)
    assert (code, "layout-over" in out) == (1, True)
    assert [f.name for f in (root / "layouts/mine").iterdir()] == ["page.css"]
    assert (root / "layouts/mine/page.css").read_text("utf-8") == "/* mine */"


@pytest.mark.parametrize(
    ("arguments", "id", "close"),
    [
        (["reportge"], "layout-missing", "“reportage”"),
        (["reportage", "--only", "pages.css"], "layout-file", "“page.css”"),
        (["reportage", "--only", "../reportage/page.css"], "layout-file", ""),
        (["reportage", "--to", "../mine"], "layout-name", "small letters"),
    ],
)
def test_what_cannot_be_copied_is_reported(
    publication: Publish, capsys: pytest.CaptureFixture[str], arguments: list[str], id: str, close: str
) -> None:
    root = publication(settings=ALL)
    code, out = layouts_verb(capsys, "copy", *arguments, "--root", root)
    assert (code in (1, 2), id in out, close.lower() in out.lower()) == (True, True, True)
    assert not (root / "layouts").exists()
