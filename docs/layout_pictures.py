"""The recipes of docs/layouts.md, applied to the type specimen, and the pictures of what comes of them.

A recipe is a section with the files that it changes; its picture says by its title which left page to show.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from specimen import ROOT as SPECIMEN
from specimen import draw

from pressroom import production

DOCS = Path(__file__).parent
_SECTION = re.compile(r"^## (.+?)$(.*?)(?=^#{1,2} [A-Z]|\Z)", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^```\w+\n(?:# |\{# |/\* )([\w./-]+)(?: #\}| \*/)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r'!\[[^\]]+\]\(([\w-]+\.png) "(\w+)"\)')
_SCALE, _GAP, _GROUND, _COLOURS = 0.8, 3, "#d9d9d6", 160


@dataclass(frozen=True)
class Recipe:
    """One way to change the pages."""

    title: str
    files: Mapping[str, str]
    """What is written, by file; publication.yaml is added to."""
    picture: str
    verso: str
    """The folio of the left page to show."""

    def apply(self, root: Path) -> None:
        """Change a publication as the recipe says."""
        for name, text in self.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text("utf-8") if name.endswith("publication.yaml") else ""
            file.write_text(before + text, encoding="utf-8")


def recipes() -> Iterator[Recipe]:
    """Every recipe of docs/layouts.md."""
    for title, text in _SECTION.findall((DOCS / "layouts.md").read_text("utf-8")):
        picture = _PICTURE.search(text)
        if picture:
            yield Recipe(title, dict(_FILE.findall(text)), picture[1], picture[2])


def specimen(root: Path) -> Path:
    """A fresh specimen with its pictures."""
    shutil.copytree(SPECIMEN / "book", root / "book")
    draw(root / "assets" / "photos")
    return root


def main() -> None:
    """Write the picture of every recipe beside docs/layouts.md."""
    for recipe in recipes():
        with tempfile.TemporaryDirectory() as folder:
            root = specimen(Path(folder) / "specimen")
            recipe.apply(root)
            (made,) = production.build(production.Order(root, ("screen",))).products
            _spread(made.path, recipe.verso).save(DOCS / recipe.picture, optimize=True)


def _spread(pdf: Path, verso: str) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    left = [document.get_page_label(n) for n in range(len(document))].index(verso)
    pages = [document[n].render(scale=_SCALE).to_pil() for n in (left, left + 1)]
    width, height = pages[0].size
    picture = Image.new("RGB", (2 * width + 3 * _GAP, height + 2 * _GAP), _GROUND)
    for n, page in enumerate(pages):
        picture.paste(page, (_GAP + n * (width + _GAP), _GAP))
    return picture.quantize(_COLOURS)


if __name__ == "__main__":
    main()
