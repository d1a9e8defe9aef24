"""Drawings made plain: their styles, words and fonts, what is told of them, and those that never end."""

from __future__ import annotations

import base64
import errno
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import Publish, collect, ids, read
from lxml import etree
from PIL import Image
from test_drawings import svg
from test_ebook_fonts import cast
from test_formats import saved

from pressroom.catalogue.limits import Limits
from pressroom.design import BUILTIN, EditionInHand, code_points, companions, drawing_fonts, find_layout, recipes
from pressroom.design.font_files import face_in
from pressroom.errors import Place
from pressroom.photographs import (
    DrawingFonts,
    PhotoFinder,
    Rendition,
    UnusableError,
    drawing_renderer,
    family_for,
    find_profile,
    gather,
    render_all,
)
from pressroom.photographs.drawing_renderer import NO_FONTS, RenderError, as_png, plain_svg
from pressroom.photographs.drawing_styles import spell_out
from pressroom.photographs.plain_drawings import facts_of, for_pages
from pressroom.preflight import check_plan

pytestmark = pytest.mark.slow

EDITIONS = """title: T
language: en
editions:
  ebook: {format: epub}
  screen: {format: pdf}
  print: {format: pdf, bleed: 3mm, standard: PDF/X-4, profile: coated-fogra39}
"""


def hand_of(publication: Publish, drawing: bytes, edition: str = "screen") -> EditionInHand:
    """An edition of a publication that shows one drawing."""
    root = publication({"book/a.md": "![Alt](a.svg)\nCaption.", "assets/photos/a.svg": drawing}, EDITIONS)
    shown = read(root).publication
    album, findings = gather(shown, PhotoFinder(root), final=True)
    assert not [finding for finding in findings if finding.severity == "error"], findings
    return EditionInHand(shown, edition, find_layout(shown.settings.layout, root, Place("x")), album)


def made(hand: EditionInHand, cache: Path) -> Rendition:
    [rendition] = render_all(hand.album, recipes(hand), cache).values()
    return rendition


# ---- styles

STYLES = {
    "a variable": (":root{--c:#26a}.a{fill:var(--c)}", {"fill": "#26a"}),
    "a variable of a variable": (":root{--c:var(--d);--d:red}.a{fill:var(--c)}", {"fill": "red"}),
    "a letter that no XML holds": (r".a{fill:'\1';stroke:\d800 ;color:red}", {"color": "red"}),
    "a property that is none": (r".a{fi\\ll:red;fill:blue}", {"fill": "blue"}),
    "properties of programs": (".a{-inkscape-font-specification:'Sans';-webkit-appearance:none;-anchor:x;fill:red}", {"fill": "red"}),
    "a fallback": (".a{fill:var(--none, #123)}", {"fill": "#123"}),
    "variables in a circle": (":root{--c:var(--d);--d:var(--c)}.a{fill:var(--c)}", {}),
    "a variable without end": (":root{--a:xxxxxxxxxx" + ";".join(f"--{n}:{f'var(--{n - 1}) ' * 9}" for n in range(1, 9)) + "}.a{fill:var(--8)}", {}),
    "the stronger rule": ("#b{fill:blue}.a{fill:red}", {"fill": "blue"}),
    "the important rule": ("#b{fill:blue}.a{fill:red!important}", {"fill": "red"}),
    "the later rule": (".a{fill:blue}.a{fill:red}", {"fill": "red"}),
    "a rule in a rule": ("svg{& .a{fill:red}}", {"fill": "red"}),
    "a rule in a rule in a rule": ("svg{g{&>.a{fill:red}}}", {"fill": "red"}),
    "for the screen": ("@media screen{.a{fill:red}}@media print{.a{fill:blue}}", {"fill": "red"}),
    "for the dark": ("@media (prefers-color-scheme:dark){.a{fill:red}}", {}),
    "a colour with transparency": (".a{fill:rgb(0 0 0 / 50%)}", {"fill": "rgba(0,0,0,0.5)"}),
    "a perceptual colour": (".a{fill:oklch(1 0 0)}", {"fill": "#ffffff"}),
    "what is no selector": (".a:::b{fill:red}.a{fill:blue}", {"fill": "blue"}),
    "a style in another language": ("", {}),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "look"), STYLES.values(), ids=STYLES.keys())
def test_style_sheets_become_attributes(sheet: str, look: dict[str, str]) -> None:
    escaped = sheet.replace("&", "&amp;").replace(">", "&gt;")
    root = etree.fromstring(svg(f'<style>{escaped}</style><g><rect id="b" class="a"/></g>'))
    spell_out(root)
    [rect] = root.iter("{*}rect")
    assert {key: value for key, value in rect.attrib.items() if key != "id"} == look
    assert not list(root.iter("{*}style"))


@pytest.mark.parametrize(
    ("font", "look"),
    [
        ("bold 14px sans-serif", {"font-weight": "bold", "font-size": "14px", "font-family": "sans-serif"}),
        ("italic 600 1.5rem/1.2 'A B', serif", {"font-style": "italic", "font-weight": "600", "font-size": "24px"}),
        ("12pt / 14pt Arial", {"font-size": "12pt", "font-family": "Arial"}),
        ("small-caps large serif", {"font-variant": "small-caps", "font-size": "large"}),
        ("condensed 300 80% x", {"font-stretch": "condensed", "font-weight": "300", "font-size": "80%"}),
        ("inherit", {}),
    ],
)
def test_the_shorthand_of_fonts_is_read(font: str, look: dict[str, str]) -> None:
    root = etree.fromstring(svg(f'<text style="font: {font}">a</text>'))
    spell_out(root)
    attributes = dict(next(root.iter("{*}text")).attrib)
    assert look.items() <= attributes.items()


# ---- words and fonts

FONTS = DrawingFonts((), "Text", "Captions", frozenset(("Text", "Captions", "Own")), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("families", "family"),
    [
        ("Own", "Own"),
        ("'own', serif", "Own"),
        ("Arial, Own", "Own"),
        ("Arial, serif", "Text"),
        ("Arial, sans-serif, Own", "Captions"),
        ("DejaVu Sans", "Captions"),
        ("Times New Roman", "Text"),
        ("monospace", "Captions"),
        ("", "Text"),
    ],
)
def test_words_are_set_in_a_font_of_the_layout_or_the_publication(families: str, family: str) -> None:
    assert family_for(families, FONTS) == family


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("Arial, sans-serif", ["drawing-font-missing"]),
        ("'DejaVu Sans Mono'", ["drawing-font-missing"]),
        ("sans-serif", []),
        ("Source Sans Pro", []),
        ("source serif pro", []),
    ],
)
def test_a_font_that_is_missing_is_named(publication: Publish, named: str, told: list[str]) -> None:
    hand = hand_of(publication, svg(f'<text y="9" font-family="{named}">Word</text>'))
    findings = [finding for finding in check_plan(hand) if finding.id.startswith("drawing-")]
    assert ids(findings) == told
    assert all(named.split(",", maxsplit=1)[0].strip("'") in finding.message for finding in findings)
    assert all(finding.place.line == 1 for finding in findings)


def test_letters_that_no_font_has_are_told_at_the_drawing(publication: Publish) -> None:
    hand = hand_of(publication, svg('<text y="9" font-family="serif">AᎠᎡ</text>'))
    [finding] = [finding for finding in check_plan(hand) if finding.id == "drawing-letters-missing"]
    assert "Ꭰ Ꭱ" in finding.message
    assert finding.place.file == "book/a.md"


@pytest.mark.parametrize("edition", ["screen", "ebook"])
def test_letters_of_other_scripts_are_drawn_with_their_companions(
    publication: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    there = face_in(cast(tmp_path / "NotoSansArmenian-Regular.ttf", "Noto Sans Armenian"))
    assert there
    monkeypatch.setattr(companions, "_shared", lambda: {there.family: (there,)})
    hand = hand_of(publication, svg('<text y="9" font-family="Arial, sans-serif">Ե</text>'), edition)
    assert not [finding for finding in check_plan(hand) if finding.id == "drawing-letters-missing"]
    [recipe] = recipes(hand).values()
    assert recipe.drawing
    assert ord("Ե") in code_points(recipe.drawing.fonts.files[-1])
    drawn = made(hand, tmp_path).path.read_text()
    assert "<text" not in drawn
    assert re.search("<path[^>]* d=", drawn), "nothing is drawn of it"


def test_a_drawing_in_the_letters_of_the_layout_has_no_companion(publication: Publish) -> None:
    hand = hand_of(publication, svg('<text y="9">Goris</text>'))
    [recipe] = recipes(hand).values()
    assert recipe.drawing
    assert recipe.drawing.fonts == drawing_fonts(hand)


@pytest.mark.parametrize(("edition", "words"), [("screen", True), ("print", True), ("ebook", False)])
def test_words_stay_words_on_pages_and_become_paths_in_ebooks(
    publication: Publish,
    tmp_path: Path,
    edition: str,
    words: bool,  # noqa: FBT001 - of the table
) -> None:
    drawing = svg('<text y="9" style="font: 9px Arial, sans-serif">Word</text>')
    made_of = made(hand_of(publication, drawing, edition), tmp_path).path.read_text()
    assert ("<text" in made_of) is words
    assert ("Source Sans Pro" in made_of) is words
    assert ("<path" in made_of) is not words


def test_the_alternative_text_of_a_drawing_is_kept(publication: Publish, tmp_path: Path) -> None:
    inner = "<title>A map</title><desc>Of wells.</desc><text y='9' paint-order='stroke'>Well</text>"
    drawing = svg(inner, 'viewBox="0 0 9 9" role="img" aria-label="Wells"')
    for edition in ("ebook", "screen"):
        plain = made(hand_of(publication, drawing, edition), tmp_path / edition).path.read_text()
        assert "<text" not in plain
        assert all(part in plain for part in ("<title>A map", "<desc>Of wells.", 'role="img"', 'aria-label="Wells"'))


def test_shapes_alone_stay_as_they_are_written(publication: Publish, tmp_path: Path) -> None:
    drawing = svg('<rect width="9" height="9" fill="#456"/>')
    names = {made(hand_of(publication, drawing, edition), tmp_path).name for edition in ("ebook", "screen", "print")}
    assert len(names) == 1


# ---- what pages cannot show as lines

PHOTOGRAPH = base64.b64encode(saved("PNG")).decode()
EFFECTS = {
    "shadow": '<filter id="f"><feDropShadow dx="1" dy="1" stdDeviation="1"/></filter><rect width="5" height="5" filter="url(#f)"/>',
    "blend": '<rect width="9" height="9" fill="#eee"/><rect width="5" height="5" fill="#08c" style="mix-blend-mode:multiply"/>',
    "mask": '<mask id="m"><rect width="5" height="5" fill="#fff"/></mask><rect width="9" height="9" mask="url(#m)"/>',
    "gradient": '<linearGradient id="g" x2="0.2" spreadMethod="reflect"><stop/><stop offset="1" stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>',
    "line of a pattern": '<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><rect width="1" height="2"/></pattern><path d="M0 5H9" stroke="url(#p)"/>',
}  # fmt: skip


@pytest.mark.parametrize("inner", EFFECTS.values(), ids=EFFECTS.keys())
def test_what_pages_cannot_show_as_lines_is_a_fine_picture_and_told(
    publication: Publish, tmp_path: Path, inner: str
) -> None:
    kinds = {}
    for edition in ("ebook", "screen", "print"):
        hand = hand_of(publication, svg(inner), edition)
        told = [finding.id for finding in check_plan(hand) if finding.id == "drawing-as-picture"]
        rendition = made(hand, tmp_path / edition)
        kinds[edition] = rendition.path.suffix, len(told), (rendition.width, rendition.height)
    assert kinds == {"ebook": (".svg", 0, (9, 9)), "screen": (".png", 1, (9, 9)), "print": (".png", 1, (9, 9))}


IMAGE = f'<image width="9" height="9" href="data:image/png;base64,{PHOTOGRAPH}"/>'


def photograph_in(drawing: bytes) -> Image.Image:
    """The photograph that stands in a drawing."""
    [address] = re.findall(rb'href="data:image/[a-z]+;base64,([^"]+)"', drawing)
    return Image.open(io.BytesIO(base64.b64decode(address)))


def test_a_photograph_in_a_drawing_is_on_pages_as_it_is_and_in_the_inks_of_a_press(
    publication: Publish, tmp_path: Path
) -> None:
    press = find_profile("coated-fogra39", BUILTIN, Place("here"))
    shown = {}
    for edition in ("ebook", "screen", "print"):
        hand = hand_of(publication, svg(IMAGE), edition)
        [rendition] = render_all(
            hand.album, recipes(hand, press if edition == "print" else None), tmp_path / edition
        ).values()
        shown[edition] = photograph_in(rendition.path.read_bytes())
    assert [shown["ebook"].mode, shown["screen"].mode] == ["RGB", "RGB"]
    assert shown["print"].mode in ("CMYK", "L")
    assert len({picture.size for picture in shown.values()}) == 1


def test_a_photograph_in_a_drawing_with_effects_is_not_lost_in_silence(publication: Publish, tmp_path: Path) -> None:
    """What paints effects does not paint photographs."""
    hand = hand_of(publication, svg(EFFECTS["shadow"] + IMAGE), "screen")
    with pytest.raises(UnusableError, match="photographs and effects"):
        made(hand, tmp_path)


def test_a_full_disk_is_no_fault_of_a_drawing(publication: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """The renderer writes to temporary files; where it can write nothing, it seems to have nothing to draw."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))  # type: ignore[attr-defined]
    is_file = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda path: path.name != "out.svg" and is_file(path))
    with pytest.raises(OSError, match="No space") as fault:
        hand_of(publication, svg(EFFECTS["mask"]))
    assert (fault.value.errno, Path(fault.value.filename).name[:11]) == (errno.ENOSPC, ".pressroom-")


# ---- drawings that never end, or look outside

USED = (
    "".join(f'<g id="u{n}">' + f'<use href="#u{n + 1}"/>' * 6 + "</g>" for n in range(7)) + '<path id="u7" d="M0 0h1"/>'
)
TILES = '<pattern id="p" width="0.00001" height="0.00001" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern>'
ENDLESS = {
    "a gradient that repeats without end": '<linearGradient id="a" x2="1e-7" spreadMethod="repeat"><stop/><stop offset="1" stop-color="red"/></linearGradient><rect width="9" height="9" fill="url(#a)"/>',
    "a radial one": '<radialGradient id="a" r="1e-7" spreadMethod="reflect"><stop/><stop offset="1" stop-color="red"/></radialGradient><rect width="9" height="9" fill="url(#a)"/>',
    "parts of parts": USED,
    "tiny tiles": f'{TILES}<rect width="9" height="9" fill="url(#p)"/>',
    "a huge blur": '<filter id="f" x="-9999" y="-9999" width="99999" height="99999"><feGaussianBlur stdDeviation="99999"/></filter><rect width="9" height="9" filter="url(#f)"/>',
    "a huge size": '<svg width="1e30" height="1e30" viewBox="0 0 1e-30 1e-30"><rect width="1" height="1" style="fill:red"/></svg>',
    "many dashes": '<path style="stroke:red;stroke-dasharray:1e-6" d="M0 0h1e6"/>',
}  # fmt: skip


@pytest.mark.parametrize("draw", [plain_svg, partial(as_png, width=99)])
@pytest.mark.parametrize("limit", ["_STEPS", "_MEMORY"])
def test_a_drawing_that_needs_more_than_it_gets_is_refused(
    monkeypatch: pytest.MonkeyPatch, draw: Callable[[bytes, DrawingFonts], bytes], limit: str
) -> None:
    """Wherever the sandbox stops it."""
    monkeypatch.setattr(drawing_renderer, limit, {"usvg": 70_000, "resvg": 70_000})
    with pytest.raises(RenderError, match="too much memory, or would never end"):
        draw(svg(EFFECTS["shadow"]), NO_FONTS)


@pytest.mark.parametrize("inner", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_drawing_without_end_is_drawn_or_refused(publication: Publish, tmp_path: Path, inner: str) -> None:
    root = publication({"book/a.md": "![Alt](a.svg)\nCaption.", "assets/photos/a.svg": svg(inner)}, EDITIONS)
    album, findings = collect(root, final=True)
    assert ids(findings) in ([], ["drawing-unfit"])
    if album:
        hand = EditionInHand(read(root).publication, "screen", find_layout("reportage", root, Place("x")), album)
        try:
            assert made(hand, tmp_path).path.stat().st_size
        except UnusableError as fault:
            assert fault.id == "drawing-unfit"


def test_the_renderer_sees_no_file_but_the_drawing_and_the_fonts(publication: Publish, tmp_path: Path) -> None:
    hand = hand_of(publication, svg("<text>a</text>"))
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    for address in (secret.as_uri(), str(secret), "../../etc/hostname", "https://example.org/a.png"):
        drawing = svg(f'<image href="{address}" width="9" height="9"/><text style="font-size:3px">a</text>')
        plain, _ = for_pages(drawing, drawing_fonts(hand), facts_of(drawing))
        assert b"data:" not in plain


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process by its addresses")
def test_a_drawing_is_rendered_in_the_memory_that_a_catalogue_gives_a_title() -> None:
    """The sandbox asks for little at once, though it would set aside more than a title has."""
    script = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({Limits().memory},) * 2)\n"
        "from pressroom.photographs.drawing_renderer import NO_FONTS, plain_svg\n"
        'drawing = b\'<svg xmlns="http://www.w3.org/2000/svg"><style>rect {fill: red}</style><rect width="9" height="9"/></svg>\'\n'
        "sys.stdout.buffer.write(plain_svg(drawing, NO_FONTS))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'fill="#ff0000"' in done.stdout


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        ('<rect width="9" height="9" fill="color-mix(in oklab, red, blue)"/>', ("fill: color-mix(in oklab, red, blue)",)),
        ('<text style="transform-box:fill-box;transform-origin:center;rotate:9deg">A</text>', ("rotate: 9deg", "center")),
        ('<text style="writing-mode:vertical-rl;text-orientation:upright">A</text>', ("text-orientation: upright",)),
        ('<rect width="9" height="9" style="transform:rotate3d(1,1,1,45deg);translate:1px"/>', ("translate: 1px",)),
        ('<rect width="9" height="9" style="transform-origin:center;transform:rotate(9deg);translate:1px"/>', ()),
        ('<rect width="9" height="9" style="clip-path:circle(4px)" fill="rgb(0 0 0 / .5)"/>', ()),
    ],
)  # fmt: skip
def test_what_browsers_alone_draw_is_told(drawing: str, told: tuple[str, ...]) -> None:
    unread = facts_of(svg(drawing)).unread
    assert len(unread) == len(told)
    assert all(any(part in each for each in unread) for part in told)
