"""Styles of a Word document: what its paragraphs are, and which emphasis its styles of letters stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pressroom.importing.office.docx_package import DocxElement, DocxPackage, W, is_on, value
from pressroom.importing.office.style_words import heading_level, is_code, role_of_name

EMPHASES = ("b", "i", "smallCaps", "strike", "vertAlign")
"""The properties of letters that our Markdown can say."""


@dataclass(frozen=True)
class DocxStyles:
    """The styles by their ids."""

    by_id: dict[str, DocxElement]
    default_language: str
    default_size: int = 20
    """The size of letters where nothing else says it, in half points."""

    @classmethod
    def of(cls, package: DocxPackage) -> DocxStyles:
        """The styles of a document; none where it has no such part."""
        root = package.part("word/styles.xml")
        styles = {
            value(each, name="styleId"): each for each in (root if root is not None else ()) if each.tag == f"{W}style"
        }
        default = value(root, "docDefaults/rPrDefault/rPr/lang") if root is not None else ""
        size = value(root, "docDefaults/rPrDefault/rPr/sz") if root is not None else ""
        return cls(styles, default, int(size) if size.isdecimal() else cls.default_size)

    def chain(self, id: str) -> Iterator[DocxElement]:
        """A style, and those that it is based on."""
        seen: set[str] = set()
        while id in self.by_id and id not in seen:
            seen.add(id)
            yield self.by_id[id]
            id = value(self.by_id[id], "basedOn")

    def level(self, paragraph: DocxElement) -> int:
        """The level of a heading, by its outline level or its style; 0 for what is none."""
        own = value(paragraph, "pPr/outlineLvl")
        if own.isdecimal():
            return int(own) + 1 if int(own) < 9 else 0
        for style in self.chain(value(paragraph, "pPr/pStyle")):
            if level := heading_level(value(style, "name")):
                return level
            outline = value(style, "pPr/outlineLvl")
            if outline.isdecimal():
                return int(outline) + 1 if int(outline) < 9 else 0
        return heading_level(value(paragraph, "pPr/pStyle"))

    def role(self, paragraph: DocxElement) -> str:
        """What a paragraph is by the first of its styles whose name says it."""
        id = value(paragraph, "pPr/pStyle")
        names = [value(style, "name") for style in self.chain(id)] or [id]
        return next(filter(None, map(role_of_name, names)), "")

    def alignment(self, paragraph: DocxElement) -> str:
        """How a paragraph is aligned, by itself or its styles."""
        own = value(paragraph, "pPr/jc")
        return own or next(filter(None, (value(s, "pPr/jc") for s in self.chain(value(paragraph, "pPr/pStyle")))), "")

    @cached_property
    def code(self) -> frozenset[str]:
        """The ids of the styles of letters that are code by their names, or by that of a style they are based on."""
        return frozenset(
            id
            for id, style in self.by_id.items()
            if value(style, name="type") == "character" and any(is_code(value(each, "name")) for each in self.chain(id))
        )

    def is_code(self, run: DocxElement) -> bool:
        """Whether the letters of a run are code."""
        return value(run, "rPr/rStyle") in self.code

    def emphasis(self, run: DocxElement, name: str) -> str | None:
        """The value of an emphasis that the style of a run gives it; None if it gives none."""
        for style in self.chain(value(run, "rPr/rStyle")):
            if (found := style.find(f"{W}rPr/{W}{name}")) is not None:
                return found.get(f"{W}val", "1")
        return None

    def language(self, run: DocxElement, paragraph: DocxElement) -> str:
        """The language of a run, by itself, its style, the style of its paragraph, or the document."""
        sources = [run.find(f"{W}rPr")]
        for id in (value(run, "rPr/rStyle"), value(paragraph, "pPr/pStyle")):
            sources += [style.find(f"{W}rPr") for style in self.chain(id)]
        is_right_to_left = is_on(run, "rPr/rtl")
        kind = "bidi" if is_right_to_left else "val"
        found = (value(properties, "lang", kind) for properties in sources if properties is not None)
        return next(filter(None, found), self.default_language)
