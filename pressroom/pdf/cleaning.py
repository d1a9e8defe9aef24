"""Cleaning: removes what a PDF for the press must not hold, or need not: links, scripts, empty masks."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Name

_FOR_PAPER = frozenset(
    "/Type /Pages /PageLabels /Lang /Metadata /OutputIntents /ViewerPreferences /MarkInfo /StructTreeRoot".split()
)
"""The catalogue entries that a press PDF keeps: no destinations, scripts, files, forms or actions."""


def drop_interactive(pdf: pikepdf.Pdf, *, bookmarks: bool) -> None:
    """Remove links, actions, scripts, forms and files, and unless `bookmarks` those, too: some printers refuse them."""
    for page in pdf.pages:
        for name in ("/Annots", "/AA", "/Tabs"):
            if name in page:
                del page[name]
    if bookmarks:
        _outlines_to_pages(pdf)
    kept = _FOR_PAPER | ({"/Outlines"} if bookmarks else set())
    for name in {str(name) for name in pdf.Root} - kept:
        del pdf.Root[name]


def _outlines_to_pages(pdf: pikepdf.Pdf) -> None:
    """Make bookmarks lead to whole pages: setting the boxes moves the origin, and so the places of headings."""
    with pdf.open_outline() as outline:
        items = list(outline.root)
        while items:
            item = items.pop()
            if isinstance(item.destination, Array):
                item.destination = Array([item.destination[0], Name.Fit])
            items += item.children


def drop_interpolation(pdf: pikepdf.Pdf) -> None:
    """Remove the request to interpolate pictures, which every viewer does differently. PDF/A forbids it."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/Interpolate" in thing:
            del thing["/Interpolate"]


def drop_empty_masks(pdf: pikepdf.Pdf) -> None:
    """Remove soft masks that hide nothing: many programs write an alpha channel into every PNG."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and "/SMask" in thing:
            alpha = thing.SMask.read_bytes()
            if alpha.count(0xFF) == len(alpha):
                del thing["/SMask"]


def drop_transparency(pdf: pikepdf.Pdf) -> None:
    """Remove groups and the settings of transparency, for PDF/X-1a and PDF/X-3, which may not even hold idle ones."""
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if isinstance(thing, pikepdf.Stream) and "/Group" in thing:
            del thing["/Group"]
        for state in thing.get("/ExtGState", {}).values():
            for name in ("/ca", "/CA", "/BM", "/SMask"):
                if name in state:
                    del state[name]
