"""Resources: which of them a page uses, and what they say of it.

The engine gives all pages one dictionary with the resources of the whole file (ISO 32000-1, 7.8.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_NAME = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_KINDS = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject")


def names_in(content: bytes) -> frozenset[str]:
    """All names in a content stream, whatever they stand for."""
    return frozenset("/" + name.decode("latin-1") for name in _NAME.findall(content))


def description(resources: Any, content: bytes) -> bytes | None:
    """What the resources of a plain page say of its colours and states; None for a page that is not plain.

    A page is plain if all that it draws is text, lines, areas in colours of a device, and pictures.
    """
    names, told = names_in(content), list[str]()
    for kind, name, held in _used(resources, names):
        if kind == "/ExtGState" and not isinstance(held.get("/SMask"), Dictionary):
            told.append(f"{name} {sorted((key, str(value)) for key, value in held.items())}")
        elif kind == "/XObject" and held.get("/Subtype") == Name.Image:
            told.append(f"{name} {'/SMask' in held}")
        elif kind != "/Font":
            return None
    return "\n".join(told).encode()


def deflated(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """A content stream of content that is deflated already."""
    return pdf.make_stream(content, Filter=Name.FlateDecode)


def drop_unused(pdf: pikepdf.Pdf) -> None:
    """Give pages dictionaries of their own with the resources that they use, and likewise the forms on them.

    What nothing uses leaves the file: no other step has looked at it.
    """
    done = set[tuple[int, int]]()
    for page in pdf.pages:
        if any("#" in name for name in names_in(content_of(page))):  # escaped letters: another name than it looks
            page.remove_unreferenced_resources()
        else:
            _prune(page.obj, content_of(page), done)


def _prune(holder: Any, content: bytes, done: set[tuple[int, int]]) -> None:
    """Prune the resources of a page, a form or a pattern, and of the forms and patterns in them."""
    held = holder.get("/Resources")
    if not isinstance(held, Dictionary):
        return
    kept = Dictionary({kind: value for kind, value in held.items() if kind not in _KINDS})
    for kind, name, thing in _used(held, names_in(content)):
        if kind not in kept:
            kept[kind] = Dictionary()
        kept[kind][name] = thing
        if isinstance(thing, pikepdf.Stream) and "/Resources" in thing and thing.objgen not in done:
            done.add(thing.objgen)
            _prune(thing, thing.read_bytes(), done)
    holder.Resources = kept


def content_of(page: pikepdf.Page) -> bytes:
    """The content of a page, joined if it is in several streams."""
    contents = page.obj.get("/Contents")
    parts = contents if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
    return b"\n".join(part.read_bytes() for part in parts)


def _used(resources: Any, names: frozenset[str]) -> Iterator[tuple[str, str, Any]]:
    for kind in _KINDS:
        held = resources.get(kind)
        for name in sorted(names.intersection(held.keys())) if isinstance(held, Dictionary) else ():
            yield kind, name, held[name]
