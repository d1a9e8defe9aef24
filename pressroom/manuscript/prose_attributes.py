"""Prose attributes: the attributes of an element of text; those that no edition takes are dropped with a warning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Place, did_you_mean, warning
from pressroom.language.words import direction, tag_by_letters
from pressroom.manuscript import markup
from pressroom.manuscript.class_words import misspelt_classes
from pressroom.manuscript.soundness import is_sound
from pressroom.xhtml import quoted

if TYPE_CHECKING:
    from pressroom.manuscript.prose import ProseWriter

_KEPT = ("id", "class", "lang", "dir", "title")
_OF_MARKDOWN = {"link": ("href",), "th": ("style",), "td": ("style",), "ordered_list": ("start",)}
"""Attributes that Markdown itself gives to elements."""
_TEXT_BLOCKS = frozenset(("paragraph", "heading", "dt"))
"""Blocks of text whose direction their letters tell, where no attribute does. The cells of a table stand all alike."""
_CODE = frozenset(("code_inline", "code_block", "fence"))


def written(node: Node, writer: ProseWriter, read: Sequence[str] = ()) -> str:
    """The attributes of an element. Unknown ones are dropped with a warning, except those in `read`."""
    kept = [(k, str(v)) for k, v in node.attrs.items() if k in _KEPT and is_sound("", k, str(v))]
    if "dir" in node.attrs and "dir" not in dict(kept):
        place = writer.source.find("dir=", *writer.lines)
        why = f"dir=“{node.attrs['dir']}” is dropped: no reading system knows what it means."
        writer.findings.append(warning("attribute-dropped", place, why, "Write dir=rtl, ltr or auto."))
    for name in node.attrs:
        if name not in (*_KEPT, *read, *_OF_MARKDOWN.get(node.type, ())):
            place = writer.source.find(f"{name}=", _first_line(writer), writer.lines[1])
            why = f"The attribute “{name}” is dropped: text takes #id, .class, lang, dir and title."
            remedy = did_you_mean(str(name), (*_KEPT, *read)) or "Delete it."
            writer.findings.append(warning("attribute-dropped", place, why, remedy))
    writer.findings += misspelt_classes(node, writer.source, writer.lines)
    if "index" in str(node.attrs.get("class", "")).split() and not markup.is_mark(node):
        place = writer.source.find(".index", *writer.lines)
        why = "The index does not list this: only words in brackets, [words]{.index}, can be marked."
        writer.findings.append(warning("index-unread", place, why, "Put brackets around words of the text."))
    if language := str(node.attrs.get("lang", "")):
        writer.findings += markup.language_findings(language, _place_of_language(language, writer))
    kept += [("xml:lang", value) for name, value in kept if name == "lang"]
    if "dir" not in node.attrs and (way := _own_direction(node, writer)):
        kept.append(("dir", way))
    if node.type in _TEXT_BLOCKS and not {"dir", "lang"} & set(node.attrs):
        kept += by_letters(node.children, _direction_around(node, writer))
    return "".join(f" {k}={quoted(v)}" for k, v in kept)


def _first_line(writer: ProseWriter) -> int:
    """The first of the lines on which the attributes of a block may stand: also above it, in braces of their own."""
    first = writer.lines[0]
    while first > writer.source.first_line and writer.source.place(first - 1).excerpt.strip()[:1] in ("", "{"):
        first -= 1
    return first


def by_letters(nodes: Sequence[Node], around: Literal["ltr", "rtl"]) -> list[tuple[str, str]]:
    """The language and direction of text whose letters run against what is around it; none for all other text."""
    tag = tag_by_letters(markup.plain_text(list(nodes)), around)
    return [("lang", tag), ("xml:lang", tag), ("dir", direction(tag))] if tag else []


def _own_direction(node: Node, writer: ProseWriter) -> str:
    """The direction of a node's text, if the text around it has another. Code is always left to right."""
    own = direction(str(node.attrs["lang"])) if "lang" in node.attrs else "ltr" if node.type in _CODE else ""
    return own if own and own != _direction_around(node, writer) else ""


def _direction_around(node: Node, writer: ProseWriter) -> Literal["ltr", "rtl"]:
    """The direction of the text around a node."""
    while node.parent is not None:
        node = node.parent
        if not node.is_root and ("dir" in node.attrs or "lang" in node.attrs):
            given = node.attrs.get("dir") or direction(str(node.attrs["lang"]))
            return "rtl" if given == "rtl" else "ltr"
    return direction(writer.language)


def _place_of_language(tag: str, writer: ProseWriter) -> Place:
    """The place of a `lang` attribute; that of a whole block stands on the line above the block."""
    first, last = writer.lines
    for typed in (f"lang={tag}", f'lang="{tag}"'):
        place = writer.source.find(typed, max(1, first - 1), last)
        if typed in place.excerpt:
            return place
    return writer.source.place(first)
