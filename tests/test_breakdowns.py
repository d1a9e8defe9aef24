"""Breakdowns of the page engine: what is known to stop it stops no built-in layout, and is told where an own one asks
for it.
"""

import base64
import logging
import os
import re
from pathlib import Path

import pytest
from conftest import Publish, picture

from pressroom.errors import ExitCode, Finding, Place
from pressroom.production import Order, build
from pressroom.typeset.engine.log import collecting_findings

LAYOUTS = Path(__file__).resolve().parents[1] / "layouts"
SETTINGS = "title: T\nlanguage: en\nlayout: mine\neditions: {print: {format: pdf, trim: a5, bleed: 3mm}}\n"
INK = "device-cmyk(0 0 0 1)"


def mine(css: str, text: str = "# A\n\nText.\n") -> dict[str, str | bytes]:
    return {
        "layouts/mine/layout.yaml": "title: Mine\nextends: reportage\n",
        "layouts/mine/own.css": css,
        "book/a.md": text,
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("css", "cause", "help"),
    [
        (
            f".chapter > p {{ box-shadow: 2px 2px 4px {INK} }}",
            "a blurred shadow in device-cmyk()",
            "Make the shadow sharp.",
        ),
        (
            f".chapter > p {{ border: 4px ridge {INK} }}",
            "inset or outset border in device-cmyk()",
            "Make the border solid.",
        ),
        (
            f".chapter > p {{ border: 4px inset {INK} }}",
            "inset or outset border in device-cmyk()",
            "Make the border solid.",
        ),
        (
            f".chapter > p {{ background: linear-gradient({INK}, {INK}) }}",
            "a gradient in device-cmyk()",
            "Use one colour",
        ),
        (
            f".chapter > p {{ background: radial-gradient({INK}, {INK}) }}",
            "a gradient in device-cmyk()",
            "Use one colour",
        ),
    ],
)
def test_what_breaks_the_page_engine_is_reported_with_its_chapter_and_cause(
    publication: Publish, css: str, cause: str, help: str
) -> None:
    report = build(Order(publication(mine(css), settings=SETTINGS)))
    (found,) = report.findings
    assert (found.id, str(found.severity), found.place.file) == ("page-engine-broken", "error", "book/a.md")
    assert cause in found.message
    assert help in (found.remedy or "")
    assert report.products == []
    assert report.exit_code is ExitCode.FAULTS


@pytest.mark.slow
def test_a_colour_profile_in_a_style_sheet_is_reported(publication: Publish) -> None:
    profile = base64.b64encode((LAYOUTS.parent / "assets/profiles/coated-fogra39.icc").read_bytes()).decode()
    css = f"@color-profile device-cmyk {{ src: url(data:application/vnd.iccprofile;base64,{profile}) }}"
    report = build(Order(publication(mine(css), settings=SETTINGS)))
    found = next(f for f in report.findings if f.id == "page-engine-broken")
    assert "an @color-profile" in found.message
    assert report.products == []


@pytest.mark.slow
def test_a_picture_that_is_an_item_of_a_grid_is_reported(publication: Publish) -> None:
    figures = "".join(f"![Alt {n}](a.png){{.wide}}\nCaption {n}.\n\nText.\n\n" for n in range(6))
    css = ".picture { display: grid; height: auto !important; overflow: visible } .picture img { height: 60mm }"
    root = publication(mine(css + " figure { break-inside: auto }", f"# A\n\n{figures}"), settings=SETTINGS)
    picture(root / "assets/photos/a.png", 300, 200)
    (found,) = [f for f in build(Order(root)).findings if f.id == "page-engine-broken"]
    assert "a picture that is itself an item of a grid" in found.message


@pytest.mark.parametrize("file", sorted(LAYOUTS.glob("*/p*.css")), ids=lambda f: f"{f.parent.name}/{f.name}")
def test_no_built_in_layout_asks_for_what_is_known_to_break_the_engine(file: Path) -> None:
    """A picture in a grid, gradients, soft shadows and bevelled borders in ink, a profile without its inks."""
    css = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    grids = re.findall(r"([^{}]*)\{[^}]*display:\s*(?:inline-)?grid", css)
    # a date and its event, a formula in a box and its number: never a picture itself
    assert {selector.strip() for selector in grids} <= {".timeline dl > div", ".equation"}
    assert re.findall(r"gradient\(|box-shadow|@color-profile", css) == []
    assert re.findall(r"border[a-z-]*:[^;}]*\b(?:groove|ridge|inset|outset)\b", css) == []


def test_what_pango_prints_becomes_a_finding(capfd: pytest.CaptureFixture[str]) -> None:
    """Without what differs from run to run; nested blocks hear what is theirs."""
    outer, inner = list[Finding](), list[Finding]()
    with collecting_findings(Place("book/a.md"), outer):
        with collecting_findings(Place("layouts"), inner):
            os.write(2, b"(process:12): Pango-CRITICAL **: 23:15:39.811: a size failed\n")
        os.write(2, b"another line\n")
    assert [(f.place.file, f.message) for f in inner] == [
        ("layouts", "The page engine says: Pango-CRITICAL **: a size failed.")
    ]
    assert [(f.place.file, f.message) for f in outer] == [("book/a.md", "The page engine says: another line.")]
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("said", "place", "told"),
    [
        ("Ignored `colr:red` at 3:4, unknown property.", "own.css:3:4", "Did you mean “color”?"),
        ("Ignored `margin: 3 mm` at 3:4, invalid value.", "own.css:3:4", "“3 mm” is no value that “margin” can have"),
        ("Ignored `grid-lane:a` at 1:2, unknown property.", "own.css:1:2", "this rule is left out"),
        ("Unsupported @-rule at 1:1.", "own.css:1:1", "The page engine says"),
    ],
)
def test_a_rule_that_the_engine_leaves_out_is_told_in_words_of_css(said: str, place: str, told: str) -> None:
    findings: list[Finding] = []
    with collecting_findings(Place("own.css"), findings):
        logging.getLogger("weasyprint").warning(said)
    (found,) = findings
    assert (found.id, str(found.severity), str(found.place)) == ("page-engine", "warning", place)
    assert told in f"{found.message} {found.remedy}"
