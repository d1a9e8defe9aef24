"""Lines of an OpenDocument text: letters, links, bookmarks, readings and entries of the index, as HTML has them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pressroom.importing.office.odt_package import FO, OFFICE, STYLE, TEXT, XLINK, OdtElement, OdtPackage, become
from pressroom.importing.office.style_words import is_code
from pressroom.language.bcp47 import primary_subtag, tag_fault

BOOKMARKS = [f"{TEXT}{name}" for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")]
"""What a reference may lead to."""
_REFERENCES = [f"{TEXT}{name}" for name in ("sequence-ref", "bookmark-ref", "reference-ref")]
_ENTRY = f"{TEXT}alphabetical-index-mark"
_OF_PARAGRAPHS = (
    (f"{FO}font-style", ("italic", "oblique"), "em"),
    (f"{FO}font-weight", ("bold", "600", "700", "800", "900"), "strong"),
)


def foreign(language: str, package: OdtPackage) -> str:
    """A language that is another than the document’s; “” else."""
    is_other = primary_subtag(language) != primary_subtag(package.styles.main_language)
    return language if language and is_other and not tag_fault(language) else ""


def write_letters(root: OdtElement, package: OdtPackage) -> None:
    """Elements for what styles of letters say."""
    for span in [*root.iter(f"{TEXT}span")]:
        first, *others = [*_letters(span.get(f"{TEXT}style-name", ""), package)] or [("span", {})]
        become(span, *first)
        for tag, attributes in others:
            _put_around(span, etree.Element(tag, attributes))
            span = span[0]  # noqa: PLW2901 - the next one goes inside


def write_paragraph_letters(paragraph: OdtElement, package: OdtPackage) -> None:
    """Letters that are alike in a whole paragraph, which LibreOffice says of the paragraph and not of its words."""
    style = package.styles.by_name.get(("paragraph", paragraph.get(f"{TEXT}style-name", "")))
    parent = style.getparent() if style is not None else None
    own = style.find(f"{STYLE}text-properties") if style is not None else None
    if own is None or parent is None or parent.tag != f"{OFFICE}automatic-styles":
        return
    for property, values, tag in _OF_PARAGRAPHS:
        if own.get(property) in values:
            _put_around(paragraph, etree.Element(tag))


def _put_around(holder: OdtElement, inner: OdtElement) -> None:
    """Put an element around all that another one holds."""
    inner.text, holder.text = holder.text, None
    inner.extend([*holder])
    holder.append(inner)


def _letters(name: str, package: OdtPackage) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements for what a style says of letters."""

    def said(property: str) -> str:
        return package.styles.said("text", name, property)

    if any(map(is_code, package.styles.names(name, "text"))):
        yield "code", {}
        return
    if said(f"{FO}font-style") in ("italic", "oblique"):
        yield "em", {}
    if said(f"{FO}font-weight") in ("bold", "600", "700", "800", "900"):
        yield "strong", {}
    if said(f"{FO}font-variant") == "small-caps":
        yield "span", {"class": "small-caps"}
    position = said(f"{STYLE}text-position").split(" ")[0]
    if position not in ("", "0%", "0"):
        yield ("sub" if position.startswith(("sub", "-")) else "sup"), {}
    if said(f"{STYLE}text-line-through-style") not in ("", "none"):
        yield "s", {}
    if language := foreign(package.styles.language("text", name), package):
        yield "span", {"lang": language}


def write_links(root: OdtElement) -> None:
    """Links, bookmarks, references, line breaks, readings and entries of the index."""
    for each in root.iter(f"{TEXT}a"):
        become(each, "a", {"href": each.get(f"{XLINK}href", "").split("|")[0]})
    for each in root.iter(*BOOKMARKS):
        become(each, "a", {"id": each.get(f"{TEXT}name", "")})
    for each in root.iter(*_REFERENCES):
        become(each, "a", {"href": f"#{each.get(f'{TEXT}ref-name', '')}"})
    for name, tag in _PLAIN.items():
        for each in root.iter(f"{TEXT}{name}"):
            become(each, tag, {})
    for each in [*root.iter(_ENTRY, f"{_ENTRY}-start")]:
        _write_entry(each)


_PLAIN = {
    "sequence": "span", "line-break": "br", "ruby": "ruby", "ruby-base": "span", "ruby-text": "rt",
    "note-ref": "span", "placeholder": "span",
}  # fmt: skip


def _write_entry(mark: OdtElement) -> None:
    """An entry of the index, around the words that it marks if they stand in one paragraph."""
    inside = [*_to_end(mark)]
    marked = " ".join((str(mark.tail or "") + "".join("".join(map(str, each.itertext())) + str(each.tail or "")
                                                     for each in inside[:-1])).split()) if inside else ""  # fmt: skip
    keys = [key for n in (1, 2) if (key := mark.get(f"{TEXT}key{n}", ""))]
    term, *others = [*keys, mark.get(f"{TEXT}string-value", "") or marked]
    become(mark, "span", {"class": "index", "data-term": term, "data-sub": ", ".join(filter(None, others))})
    for name in [name for name, said in mark.attrib.items() if not said]:
        del mark.attrib[name]
    if not inside:
        return
    end = inside.pop()
    mark.text, mark.tail = mark.tail, None
    mark.extend(inside)
    mark.tail = end.tail
    parent = end.getparent()
    if parent is not None:
        end.tail = None
        parent.remove(end)


def _to_end(mark: OdtElement) -> Iterator[OdtElement]:
    """The elements from the beginning of a marked range to its end; none if that stands elsewhere."""
    id, found = mark.get(f"{TEXT}id", ""), [*mark.itersiblings("*")]
    ends = [n for n, each in enumerate(found) if each.tag == f"{_ENTRY}-end" and each.get(f"{TEXT}id") == id]
    yield from found[: ends[0] + 1] if ends and id else ()
