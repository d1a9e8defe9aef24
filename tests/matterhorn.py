"""The conditions of the Matterhorn Protocol 1.1 (PDF Association) that a machine can check in a book, by their numbers.

Where the protocol trusts a file to be well-formed PDF, the clause of ISO 32000-1 stands for a number.

Those that concern what a publication never holds (forms, media, XFA, encryption, JavaScript, optional content, Type 3
fonts) are left out. What only a person can judge stays with persons: whether an alt text is true, whether the order of
the text makes sense.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
from tagtree import Reader

STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl
    LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT
    WP Figure Formula Form""".split()
)
"""ISO 32000-1, 14.8.4."""
_KIDS = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "NonStruct", "TOC"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may stand in what (ISO 32000-1, tables 333 to 337)."""
_PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
_GROUPING = frozenset(
    ["Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "Index", "L", "LI", "Table", "TR"]
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def failures(data: bytes) -> list[str]:
    """What fails: the number of the condition, and where."""
    reader = Reader(data)
    checks = (
        _marks,
        _roles,
        _nesting,
        _metadata,
        _language,
        _figures,
        _headings,
        _tables,
        _notes,
        _fonts,
        _links,
        _parents,
        _order,
    )
    return [failure for check in checks for failure in check(reader)]


def _type(element: Any, reader: Reader) -> str:
    own = str(element.S)
    mapped = reader.root.get("/RoleMap", {})
    return str(mapped.get(own, own))[1:]


def _where(element: Any, reader: Reader) -> str:
    pages = [page + 1 for page, _ in reader.marked(element)]
    return f"{str(element.S)[1:]}{f' on page {pages[0]}' if pages else ''}"


def _marks(reader: Reader) -> Iterator[str]:
    """01: all content is tagged or an artifact, and never both."""
    yield from (
        f"01-003 page {page + 1}: an artifact and tagged content in one another" for page in reader.content.mixed
    )
    yield from (f"01-005 page {page + 1}: {name} is not marked" for page, name in reader.content.unmarked)
    if not reader.pdf.Root.MarkInfo.get("/Marked"):
        yield "ISO 14289-1, 7.1 not said to be tagged"
    if reader.pdf.Root.MarkInfo.get("/Suspects"):
        yield "01-007 Suspects"


def _roles(reader: Reader) -> Iterator[str]:
    """02 and 09: standard types, where they belong."""
    for own, standard in reader.root.get("/RoleMap", {}).items():
        if str(standard)[1:] not in STANDARD:
            yield f"02-001 {own} is led to {standard}"
        if own[1:] in STANDARD:
            yield f"02-004 {own} is a standard type, and led elsewhere"
    for element in reader.elements():
        type = _type(element, reader)
        if type not in STANDARD:
            yield f"02-001 {type} is no standard type"
        if not len(element.K) and type not in ("TD", "TH"):
            yield f"ISO 32000-1, 14.7.2 {_where(element, reader)} is empty"


def _nesting(reader: Reader) -> Iterator[str]:
    """09: what stands in what."""
    for element in reader.elements():
        type, parent = _type(element, reader), _type(element.P, reader) if "/S" in element.P else ""
        inside = [_type(kid, reader) for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        yield from (
            f"{_number(type)} {kid} in {_where(element, reader)}" for kid in inside if kid not in _KIDS.get(type, {kid})
        )
        if parent not in _PARENTS.get(type, {parent}):
            yield f"{_number(type)} {_where(element, reader)} in {parent}"
        if type in _GROUPING and list(reader.marked(element)):
            yield f"ISO 32000-1, 14.8.4.2 text that stands loose in {_where(element, reader)}"


def _number(type: str) -> str:
    return "09-006" if type.startswith("TOC") else "09-005" if type in ("L", "LI", "LBody", "Lbl") else "09-004"


def _metadata(reader: Reader) -> Iterator[str]:
    """05 to 07: the metadata of the file."""
    root = reader.pdf.Root
    if "/Metadata" not in root:
        yield "06-001 no metadata"
        return
    xmp = root.Metadata.read_bytes().decode()
    if not re.search(r'pdfuaid:part(="1"|>1<)', xmp):
        yield "06-002 not said to be PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+", xmp, re.DOTALL):
        yield "06-003 no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "07-001 the title is not shown"


def _language(reader: Reader) -> Iterator[str]:
    """11: every text has a language."""
    if not str(reader.pdf.Root.get("/Lang", "")):
        yield "11-006 no language"
    for element in reader.elements():
        if "/Lang" in element and not _LANGUAGE.match(str(element.Lang)):
            yield f"ISO 14289-1, 7.2 “{element.Lang}” is no language"


def _figures(reader: Reader) -> Iterator[str]:
    """13: what a picture shows, in words, and where it is."""
    for element in reader.elements():
        if _type(element, reader) == "Figure":
            if not str(element.get("/Alt", "")).strip():
                yield f"13-004 {_where(element, reader)} has no alternative text"
            if "/BBox" not in element.get("/A", {}):
                yield f"ISO 32000-1, 14.8.5.4.3 {_where(element, reader)} has no box"


def _headings(reader: Reader) -> Iterator[str]:
    """14: headings begin at the first level and leave none out."""
    last = 0
    for element in reader.elements():
        found = re.fullmatch(r"H([1-6])", _type(element, reader))
        if found:
            level = int(found[1])
            if level > last + 1:
                number = "14-002" if not last else "14-003"
                yield f"{number} H{level} after H{last}: {reader.text(element)}"
            last = level


def _tables(reader: Reader) -> Iterator[str]:
    """15: cells know their heads."""
    ids = _ids(reader)
    for element in reader.elements():
        type, told = _type(element, reader), element.get("/A", {})
        if type == "TH" and str(told.get("/Scope", "")) not in ("/Row", "/Column", "/Both"):
            yield f"15-003 {_where(element, reader)} has no scope"
        if type == "TD":
            yield from (
                f"15-003 {_where(element, reader)}: no head {h}" for h in told.get("/Headers", []) if str(h) not in ids
            )


def _ids(reader: Reader) -> dict[str, Any]:
    if "/IDTree" not in reader.root:
        return {}
    return {str(name): value for name, value in pikepdf.NameTree(reader.root.IDTree).items()}


def _notes(reader: Reader) -> Iterator[str]:
    """19: every note has an id of its own, by which it is found."""
    ids, seen = _ids(reader), Counter[str]()
    for element in reader.elements():
        id = str(element.get("/ID", ""))
        seen[id] += bool(id)
        if _type(element, reader) == "Note" and not id:
            yield f"19-003 {_where(element, reader)} has no id"
        if id and (id not in ids or ids[id].objgen != element.objgen):
            yield f"ISO 32000-1, 14.7.2 “{id}” is not in the tree of ids"
    yield from (f"19-004 “{id}” is the id of {times} elements" for id, times in seen.items() if times > 1)


def _fonts(reader: Reader) -> Iterator[str]:
    """10 and 31: every letter can be drawn, and maps to Unicode."""
    for number, page in enumerate(reader.pdf.pages):
        for name, font in page.Resources.get("/Font", {}).items():
            below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            descriptor = below.get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"31-009 page {number + 1}: {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"31-027 page {number + 1}: {name} has no characters"
            if below.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in below:
                yield f"31-005 page {number + 1}: {name} does not say which glyph is which"
    yield from (f"10-001 page {key[0] + 1}: {t}" for key, t in reader.content.texts.items() if "\ufffd" in t)


def _links(reader: Reader) -> Iterator[str]:
    """28: links are tagged as links, have an alternative text, and are in text order."""
    tagged = Counter(
        kid.Obj.objgen
        for element in reader.elements()
        if _type(element, reader) == "Link"
        for kid in element.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    )
    for number, page in enumerate(reader.pdf.pages):
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != "/S":
            yield f"28-008 page {number + 1}: links are not in the order of the text"
        for annotation in annotations:
            if tagged[annotation.objgen] != 1:
                yield f"28-011 page {number + 1}: a link is in {tagged[annotation.objgen]} tags"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"28-012 page {number + 1}: a link says nothing"


def _parents(reader: Reader) -> Iterator[str]:
    """01 and 28: the parent tree leads from every mark and link to its element, and the tree to every mark, once."""
    tree = dict(pikepdf.NumberTree(reader.root.ParentTree).items())
    held = Counter[tuple[int, int]]()
    for element in reader.elements():
        for page, mcid in reader.marked(element):
            held[page, mcid] += 1
            there = tree[int(reader.pdf.pages[page].StructParents)][mcid]
            if there is None or there.objgen != element.objgen:
                yield f"ISO 32000-1, 14.7.4.4 page {page + 1}: mark {mcid} is led to another element"
        for kid in element.K:
            is_link = isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
            if is_link and tree[int(kid.Obj.StructParent)].objgen != element.objgen:
                yield f"ISO 32000-1, 14.7.4.4 {_where(element, reader)}: its annotation is led to another element"
    for key, times in reader.content.times.items():
        if times != 1 or held[key] != 1:
            yield f"01-005 page {key[0] + 1}: mark {key[1]} is there {times} times, in the tree {held[key]} times"
    yield from (
        f"ISO 32000-1, 14.7.4.2 page {key[0] + 1}: there is no mark {key[1]}"
        for key in held
        if key not in reader.content.times
    )


def _order(reader: Reader) -> Iterator[str]:
    """Parents know their children and children their parents."""
    for element in reader.elements():
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid and kid.P.objgen != element.objgen:
                yield f"ISO 32000-1, 14.7.2 {_where(kid, reader)} has another parent"
