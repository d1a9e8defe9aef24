"""Shared decisions: what make-up finds out for a unit of one edition holds for every edition of the same paper.

Two editions have the same lines if their style sheets differ in colours, bleed and slug alone, and their pictures in
the number of pixels. Then a unit has the same key in both, and what was decided for one is taken for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from lxml import etree

from pressroom import css
from pressroom.design import Composition, Unit
from pressroom.whereabouts import BUILTIN
from pressroom.xhtml import XHTML

_OUTSIDE = frozenset(["--bleed", "--slug"])
"""Measures outside the trimmed page, where no line stands."""
_OF_PIXELS = ("src", "srcset", "width", "height")
"""What an edition says of a picture: its place on the page depends on the ratio of its frame, which stays."""
_GENERATED = frozenset(["options.css", "grid.css"])
"""Style sheets that the builder writes: they hold custom properties and nothing else."""


def paper_of(composition: Composition) -> str | None:
    """What the lines of a composition depend on beside its units; None where that cannot be told from its style sheets.

    The style sheet for a press may move everything, but those of the built-in layouts only name inks.
    """
    facts: list[object] = [composition.publication.settings.language, composition.publication.settings.layout]
    binding = "0"
    for style in composition.styles:
        if style.name == "press.css":
            if style.css not in _builtin_press_sheets():
                return None
        elif style.name in _GENERATED:
            properties = dict(_measures(style.css))
            binding = properties.get("--binding", binding)
            facts.append(sorted(properties.items()))
        else:
            facts.append((style.name, style.css))
    is_bound = css.number_of(binding) != 0
    return repr((facts, composition.page.for_press if is_bound else None))


def decisions_key(unit: Unit, side: str, paper: str, makers: str) -> str:
    """The name under which the decisions for a unit are kept."""
    root = unit.document.copy()
    for link in root.findall(f"{XHTML}head/{XHTML}link"):
        link.getparent().remove(link)  # type: ignore[union-attr]  # it is a child of the head
    for picture in root.iter(f"{XHTML}img"):
        for name in _OF_PIXELS:
            picture.attrib.pop(name, None)
    text = etree.tostring(root, encoding="unicode")
    return blake2b(repr((makers, paper, unit.kind, side, text)).encode(), digest_size=16).hexdigest()


def _measures(sheet: str) -> Iterator[tuple[str, str]]:
    """The custom properties of a style sheet that may move a line: no colours, and nothing outside the page."""
    for each in css.declarations(sheet):
        if each.name not in _OUTSIDE and not css.is_colour(each.value):
            yield each.name, css.text_of(each.value)


def _builtin_press_sheets() -> frozenset[str]:
    files = (BUILTIN / "layouts").glob("*/press.css")
    return frozenset(file.read_text("utf-8").replace("\r\n", "\n") for file in files)
