"""Placements as pages of letters: a small manuscript for each, and what its pages look like on every paper.

The cases are in tests/pages: the manuscript, then its pages side by side as they face each other, one paper under the
other. A letter stands for a patch of five units by three: `P` is picture, `c` caption, `t` text, `h` a title and `.`
white. After a wanted change: pytest tests/test_placements.py --save-golden, and read the difference.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conftest import Publish
from measuring import Bound, Letter, Sheet, bind
from PIL import Image, ImageStat

CASES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
TRIMS = ["210x270mm", "square-8.5", "a5", "us-trade", "a4"]
RULE = "\n---- "
TEXT = "The road over the pass is closed in winter, and whoever lives behind it lays in flour and firewood. "
SETTINGS = "title: T\nlanguage: en\nlayout: reportage\n"
ACROSS, DOWN = 5, 3
"""Units that a letter stands for."""
TITLE = 1.7
"""Type larger than this, in units, is a title."""


def manuscript(case: Path) -> str:
    """What a case begins with. `text 3` is a paragraph of so many sentences."""
    lines = case.read_text("utf-8").partition(RULE)[0].splitlines()
    return "\n".join(TEXT * int(line[5:]) if line.startswith("text ") else line for line in lines)


@pytest.fixture(scope="module", params=[pytest.param(t, marks=pytest.mark.xdist_group(f"placed {t}")) for t in TRIMS])
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    return made(tmp_path_factory.getbasetemp() / f"placed-{request.param}", request.param)


@cache
def made(root: Path, trim: str) -> Bound:
    """All cases as chapters of one book."""
    (root / "book").mkdir(parents=True)
    (root / "assets/photos").mkdir(parents=True)
    for case in CASES:
        (root / "book" / f"{case.stem}.md").write_text(f"# {case.stem}\n\n{manuscript(case)}\n", encoding="utf-8")
    for name, size in {"wide": (900, 600), "high": (600, 900)}.items():
        Image.new("RGB", size, (200, 60, 40)).save(root / f"assets/photos/{name}.png")
    edition = f"editions: {{pdf: {{format: pdf, trim: {trim}, image_ppi: 36}}}}\n"
    (root / "book/publication.yaml").write_text(SETTINGS + edition, encoding="utf-8")
    return bind(root, trim)


def chapter(bound: Bound, title: str) -> list[Sheet]:
    """The pages of a chapter, the picture that faces its title among them; blank ones at its end left out."""
    heads = {n: "".join(k.text for k in page.letters if is_title(bound, k)) for n, page in bound.pages(str.isdigit)}
    titles = [n for n, head in heads.items() if head]
    first = next(n for n in titles if title in heads[n])
    following = min([n for n in titles if n > first], default=len(bound.sheets))
    last = following - 1 - ("Opener" in heads.get(following, ""))  # whose picture faces its title
    while not bound.sheets[last].words and not bound.sheets[last].pictures:
        last -= 1
    return list(bound.sheets[first - ("Opener" in title) : last + 1])


def is_title(bound: Bound, letter: Letter) -> bool:
    """Whether something is set as large as only titles are."""
    return letter.size / bound.unit > TITLE


def drawn(bound: Bound, sheet: Sheet) -> list[str]:
    """A page as rows of letters."""
    width, height = (round(length / bound.unit) for length in (sheet.width, sheet.page.get_height()))
    units = {}
    for letter in sheet.letters:
        line = bound.line(letter) + bound.paper.head
        if line < bound.paper.head + bound.paper.lines + 0.5:
            is_small = "Sans" in letter.font
            what = "h" if is_title(bound, letter) else "c" if is_small else "t"
            units[int(letter.x / bound.unit + 0.05), int(line + 0.2)] = what
    for frame in sheet.pictures:
        for x in range(round(frame.left / bound.unit), round(frame.right / bound.unit)):
            for y in range(round(frame.top / bound.unit), round(frame.bottom / bound.unit)):
                units[x, y] = "P"
    return [
        "".join(patch(units, x, y) for x in range(0, width, ACROSS)).rstrip() for y in range(0, height - DOWN + 1, DOWN)
    ]


def patch(units: dict[tuple[int, int], str], left: int, top: int) -> str:
    """What most of a patch is, unless that is less than a third of it. A caption's line counts as three."""
    there = (units.get((x, y), "") for x in range(left, left + ACROSS) for y in range(top, top + DOWN))
    found = Counter(filter(None, there))
    weighed = {what: count * (3 if what == "c" else 1) for what, count in found.items()}
    what = max(weighed, key=weighed.__getitem__, default=".")
    return what if weighed.get(what, 0) * 3 >= ACROSS * DOWN else "."


def side_by_side(bound: Bound, sheets: list[Sheet]) -> str:
    """Pages in a row, facing pages joined by a bar."""
    rows = zip(*(drawn(bound, sheet) for sheet in sheets), strict=True)
    places = [bound.sheets.index(sheet) for sheet in sheets]
    signs = ["|" if n % 2 else "  " for n in places]
    return "\n".join("".join(page + sign for page, sign in zip(row, signs, strict=True)).rstrip("| ") for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_placement_looks_the_same_as_ever(bound: Bound, case: Path, request: pytest.FixtureRequest) -> None:
    trim = request.node.callspec.params["bound"]
    found = side_by_side(bound, chapter(bound, case.stem))
    head, *papers = case.read_text("utf-8").split("\n---- ")
    wanted = dict(paper.strip("\n").split("\n", 1) for paper in papers)
    if request.config.getoption("--save-golden"):
        wanted[trim] = found
        pages = "".join(f"\n---- {name}\n{wanted[name]}\n" for name in TRIMS if name in wanted)
        case.write_text(f"{head.rstrip()}\n{pages}", encoding="utf-8")
    assert found == wanted.get(trim)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reportage", "reader"])
@pytest.mark.parametrize(("focus", "seen"), [("0% 50%", "red"), ("100% 50%", "blue")])
def test_the_focus_is_what_a_full_page_keeps_of_a_wide_picture(
    publication: Publish, layout: str, focus: str, seen: str
) -> None:
    settings = (
        f"title: T\nlanguage: en\nlayout: {layout}\neditions: {{pdf: {{format: pdf, trim: a5, image_ppi: 36}}}}\n"
    )
    text = f'# A\n\nText.\n\n![Alt](both.png){{.bleed focus="{focus}"}}\nA caption.\n\nText.\n'
    root = publication({"book/a.md": text}, settings=settings)
    picture = Image.new("RGB", (1200, 600), "red")
    picture.paste((0, 0, 255), (600, 0, 1200, 600))
    (root / "assets/photos").mkdir(parents=True)
    picture.save(root / "assets/photos/both.png")
    [sheet] = [sheet for sheet in bind(root, "a5").sheets if sheet.full_pictures]
    red, _, blue = ImageStat.Stat(sheet.page.render(scale=0.2).to_pil().convert("RGB")).mean
    assert (red > 220, blue > 220) == (seen == "red", seen == "blue")
