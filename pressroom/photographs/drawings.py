"""Drawings: SVG files, which stay vector. Scripts, links, addresses of other files and private metadata are removed.

A drawing that would lose part of its picture is refused instead. Elements and attributes are those of SVG 2.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from lxml import etree

from pressroom import css
from pressroom.photographs.drawing_copies import check_copies, check_gradients
from pressroom.photographs.drawing_reading import (
    SVG,
    XML,
    UnfitDrawingError,
    local_name,
    parsed,
    parted_name,
    size,
    unpacked,
)
from pressroom.photographs.rasters import RasterError, clean_raster, damaged

_XHTML = "http://www.w3.org/1999/xhtml"
_ATTRIBUTES_OF = frozenset(("", SVG, XML, "http://www.w3.org/1999/xlink"))
"""The namespaces whose attributes are kept. Others hold drawing programs’ notes: file names, layers, windows."""
_REMOVED = {
    **dict.fromkeys(("script", "handler"), "a script"),
    # Paper shows the first state of an animation, and the ebook shows the same, since both are one book.
    **dict.fromkeys("animate animatecolor animatemotion animatetransform discard set".split(), "an animation"),
    **dict.fromkeys(("embed", "object"), "an embedded object"),
    "foreignobject": "a piece of HTML",
    "iframe": "a frame",
    "audio": "a sound",
    "video": "a film",
    "link": "a style sheet of another file",
}
"""Elements that are removed, by their names in lower case, with what the reader loses, for the finding."""
_GONE = "gone"
"""The tag that marks elements for removal. No kept element has it, since that has a namespace."""

_MAY_ASK = ("url", "src", "image", "@", "\\")
"""What stands in every text in CSS that asks for something; most attributes are long lists of numbers."""
_BLANKS = r"[\0- ]*"
"""Blanks and control characters, which browsers ignore in an address."""
_PROGRAM = re.compile(rf"{_BLANKS}(?:{_BLANKS.join('javascript:')}|{_BLANKS.join('vbscript:')})", re.IGNORECASE)
_EMBED = "Embed that file in the drawing, or draw without it."


@dataclass(frozen=True)
class Drawing:
    """A cleaned drawing, which a book may hold."""

    data: bytes
    """An SVG document in UTF-8; the same for the same file."""
    width: float
    """Width in the drawing’s own units, or in px (96 to the inch) if it has no viewBox. The height likewise."""
    height: float
    removed: tuple[str, ...]
    """What was removed that a reader might miss, in words, each once: “a script”."""


def clean(data: bytes) -> Drawing:
    """Remove scripts, links, metadata and traces of its maker from a drawing. Raises UnfitDrawingError."""
    root, removed = _cleaned(unpacked(data), depth=0)
    return Drawing(_written(root), *size(root), removed)


def _cleaned(data: bytes, depth: int) -> tuple[etree._Element, tuple[str, ...]]:
    """The root of a cleaned drawing, and what was removed. `depth` counts the drawings that contain this one."""
    root = parsed(data)
    removed = [*_strip_elements(root), *_strip_attributes(root, depth)]
    check_copies(root)
    check_gradients(root)
    etree.cleanup_namespaces(root)
    return root, tuple(dict.fromkeys(filter(None, removed)))


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False) + b"\n"


# ---- elements


def _strip_elements(root: etree._Element) -> Iterator[str]:
    """Remove elements that run, move, or are no part of the picture; yield in words what a reader might miss."""
    for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
        yield _reason(node) or ""
    gone: set[etree._Element | None] = set()
    for element in list(root.iter())[1:]:
        if element.getparent() in gone:
            gone.add(element)
        elif (reason := _reason(element)) is not None:
            gone.add(element)
            yield reason
            if isinstance(element.tag, str):
                element.tag = _GONE
    etree.strip_elements(
        root, etree.PI, _GONE, with_tail=False
    )  # all at once, which is quick, and keeps the text between them


def _reason(node: etree._Element) -> str | None:
    """What the reader loses with a node that is removed: "" if nothing; None if the node is kept."""
    if not isinstance(node.tag, str):
        return _instruction(str(node.target)) if isinstance(node, etree._ProcessingInstruction) else ""
    namespace, name = parted_name(node.tag)
    if namespace not in (SVG, _XHTML):
        return ""
    parent = node.getparent()
    in_style = parent is not None and local_name(parent) == "style"
    if name.lower() == "foreignobject" and (_is_note_of_program(node) or (_is_choice(parent) and _is_said(node))):
        return ""
    return _REMOVED.get(name.lower(), "" if namespace == _XHTML or name == "metadata" or in_style else None)


def _instruction(target: str) -> str:
    """What is lost with an instruction: those to programs, as PlantUML's, are no part of a picture."""
    return _REMOVED["link"] if target == "xml-stylesheet" else ""


def _is_note_of_program(foreign: etree._Element) -> bool:
    """Whether something foreign holds neither words nor anything that browsers show, as Illustrator’s own document."""
    shown = (each for each in foreign.iterdescendants() if parted_name(str(each.tag))[0] in (SVG, _XHTML))
    return not "".join(foreign.itertext()).strip() and next(shown, None) is None


def _is_choice(element: etree._Element | None) -> bool:
    """Whether only one of the parts of an element is drawn."""
    return element is not None and local_name(element) == "switch"


def _is_said(html: etree._Element) -> bool:
    """Whether the words of a piece of HTML are also in what is drawn in its place, as in draw.io’s boxes."""
    instead = " ".join("".join(word for each in html.itersiblings() for word in each.itertext()).split())
    words = " ".join("".join(html.itertext()).split())
    return bool(words) and words in instead


# ---- attributes and styles


def _strip_attributes(root: etree._Element, depth: int) -> Iterator[str]:
    """Remove attributes that run, link or name the maker, check the others, and clean styles and pictures."""
    styled = _strip_styles(root)
    for element in root.iter():
        if element.text == "":  # an empty CDATA section: emptiness is written in one way only
            element.text = None
        for key, value in element.attrib.items():
            if _is_note(key) and key not in styled:
                del element.attrib[key]
                continue
            kept, removed = _attribute(local_name(element), parted_name(key)[1], value, depth)
            yield from removed
            if kept is None:
                del element.attrib[key]
            elif kept != value:
                element.set(key, kept)


def _strip_styles(root: etree._Element) -> set[str]:
    """Clean the style sheets; return the data attributes that they select by, which must be kept."""
    styled: set[str] = set()
    for element in root.iter(f"{{{SVG}}}style"):
        if element.text:
            element.text = sheet = _style(element.text)
            styled.update(_selected(sheet))
    return styled


def _selected(sheet: str) -> Iterator[str]:
    """The data attributes by which a style sheet selects."""
    for token in css.tokens(sheet):
        if token.type == "[] block":
            name = next((inner for inner in token.content if inner.type not in ("whitespace", "comment")), None)
            if name is not None and name.type == "ident" and name.value.startswith("data-"):
                yield name.value


def _is_note(key: str) -> bool:
    """Whether an attribute is a drawing program’s note: a name of a file or layer, or its whole document (draw.io)."""
    namespace, name = parted_name(key)
    return namespace not in _ATTRIBUTES_OF or key == f"{{{XML}}}base" or name == "content" or name.startswith("data-")


def _attribute(element: str, name: str, value: str, depth: int) -> tuple[str | None, tuple[str, ...]]:
    """An attribute’s cleaned value (None to remove it), and in words what a reader loses."""
    if name.lower().startswith("on") or _PROGRAM.match(value):
        return None, ("a script",)
    if name in ("href", "ping"):
        return _address(element, value.strip(), depth)
    if name == "style":
        return _style(value), ()
    if name not in ("id", "class"):
        _check_style(value)
    return value, ()


def _style(text: str) -> str:
    """CSS that asks for nothing outside the drawing, without the text of its comments."""
    if "/*" in text:
        text = css.with_empty_comments(text)
    _check_style(text)
    return text


def _check_style(text: str) -> None:
    """Refuse what asks for a file, however it is written; what is in the drawing itself has an address like “#a”."""
    if not any(word in text.lower() for word in _MAY_ASK):
        return
    for asked in css.requests(text):
        if not asked.address.strip().startswith("#"):
            raise _outside(f"@import '{asked.address}'" if asked.by == "@import" else asked.address or asked.by)


def _outside(address: str) -> UnfitDrawingError:
    if address.strip().lower().startswith("data:"):
        why = f"holds “{_short(address)}”, which not every reader would show there."
        return UnfitDrawingError(why, "Turn its text into paths, and place pictures as PNG or JPEG.")
    return UnfitDrawingError(f"refers to “{_short(address)}” outside itself; it would be missing in the book.", _EMBED)


def _short(address: str) -> str:
    address = address.strip()
    return address if len(address) <= 60 else f"{address[:59]}…"


def _address(element: str, address: str, depth: int) -> tuple[str | None, tuple[str, ...]]:
    """A reference that may stay: to a part of the drawing, or to a picture inside it."""
    if address.startswith("#"):
        return address, ()
    if not address:
        return None, ()
    if element == "a":  # without its address the link is a mere group, and its content is still drawn
        return None, (f"a link to {_short(address)}",)
    if element in ("image", "feImage") and address[:11].lower() == "data:image/":
        return _picture(address, depth)
    raise _outside(address)


# ---- pictures inside


def _picture(address: str, depth: int) -> tuple[str, tuple[str, ...]]:
    """A cleaned picture in a data URL (RFC 2397), and what was removed from it."""
    head, _, body = address.partition(",")
    kind, *parameters = (part.strip() for part in head[len("data:") :].lower().split(";"))
    data = unquote_to_bytes(body)
    try:
        if "base64" in parameters:
            data = base64.b64decode(
                data.partition(b"#")[0] + b"=="
            )  # padding may be missing, and too much does no harm
        if kind == "image/svg+xml":
            data, removed = _drawing_inside(data, depth)
        else:
            kind, data, removed = clean_raster(data)
    except ValueError:
        fault = damaged()
        raise UnfitDrawingError(str(fault), fault.remedy) from None
    except RasterError as fault:
        raise UnfitDrawingError(str(fault), fault.remedy) from None
    return f"data:{kind};base64,{base64.b64encode(data).decode()}", removed


def _drawing_inside(data: bytes, depth: int) -> tuple[bytes, tuple[str, ...]]:
    if depth:
        raise UnfitDrawingError("holds another drawing.", "Draw it in one file.")
    try:
        root, removed = _cleaned(data, depth + 1)
    except UnfitDrawingError as fault:
        raise UnfitDrawingError(f"holds a drawing that {fault}", fault.remedy) from None
    return _written(root), removed
