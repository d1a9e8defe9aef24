"""The list of layouts, with the papers and options of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pressroom.design.library import Layout
from pressroom.design.options import Option
from pressroom.whereabouts import BUILTIN

_PURPOSES = {
    "layout.yaml": "the layout’s title, papers and options",
    "shared.css": "every edition: colours, roles of type",
    "page.css": "paper: sizes, positions, captions, folios",
    "page-narrow.css": "papers too narrow for a caption column",
    "press.css": "press editions: inks",
    "page-rtl.css": "books read from right to left, bound at the right",
    "page-narrow-rtl.css": "the same on narrow papers",
    "page-more.css": "what the layout adds to paper",
    "page-more-rtl.css": "the same in books read from right to left",
    "ebook-more.css": "what the layout adds to ebooks",
    "wrap.css": "printed covers: back, spine and front",
    "screen.css": "ebooks of every layout: colours, pictures, hyphens",
    "ebook.css": "ebooks",
    "base.xhtml.j2": "the page around every unit",
    "blocks.j2": "pictures, captions, galleries, boxes",
    "chapter.xhtml.j2": "a chapter, with its opening and its notes",
    "part.xhtml.j2": "the page before a part",
    "photographs.xhtml.j2": "the list of photographs",
    "tables.xhtml.j2": "the list of tables",
    "bibliography.xhtml.j2": "the bibliography",
    "nav.xhtml.j2": "the ebook’s navigation",
    "front.j2": "the picture and the words of every front cover",
    "wrap.xhtml.j2": "a printed cover: back, spine and front",
}


def purposes(file: str) -> str:
    """The purpose of a layout’s file in a few words; empty if unknown."""
    kind = file.removesuffix(".xhtml.j2")
    return _PURPOSES.get(file, f"the {kind.replace('-', ' ')}" if kind != file else "")


def listing(layouts: Sequence[Layout]) -> str:
    """Layouts with their papers and options, for a terminal."""
    return "\n\n".join("\n".join(_lines(layout)) for layout in layouts)


def _lines(layout: Layout) -> Iterator[str]:
    manifest = layout.manifest
    yield f"{layout.name}  {manifest.title} ({_home(layout)})"
    if manifest.description:
        yield f"  {manifest.description}"
    if manifest.extends:
        yield f"  extends {manifest.extends}"
    yield f"  papers   {', '.join(str(paper.trim) for paper in manifest.papers)}; others are derived"
    for name, option in manifest.options.items():
        yield f"  {name:<16} {_default_of(option):<28} {option.about}"


def _default_of(option: Option) -> str:
    """An option's choices with its default in brackets, else its default."""
    if option.type == "choice":
        return " | ".join(f"[{word}]" if word == option.default else word for word in option.choices)
    return f"[{option.default}]"


def _home(layout: Layout) -> str:
    """The place of a layout: “built in”, or its folder in the publication."""
    return "built in" if layout.folders[0].is_relative_to(BUILTIN.resolve()) else f"layouts/{layout.name}"


def as_json(layouts: Sequence[Layout]) -> list[dict[str, Any]]:
    """Layouts with their papers and options, for machines."""
    return [
        {
            "name": layout.name,
            "title": layout.manifest.title,
            "description": layout.manifest.description,
            "extends": layout.manifest.extends,
            "built_in": _home(layout) == "built in",
            "papers": [
                {"width": round(p.trim.width, 2), "height": round(p.trim.height, 2)} for p in layout.manifest.papers
            ],
            "options": {
                name: {
                    "type": option.type,
                    "default": option.default,
                    "choices": list(option.choices),
                    "about": option.about,
                }
                for name, option in layout.manifest.options.items()
            },
        }
        for layout in layouts
    ]
