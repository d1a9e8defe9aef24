"""The structure tree of a PDF as text, one element to a line, the way a person would read it to check it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2

_DEFAULT = re.compile(r"\s+")


def told(pdf: pikepdf.Pdf, texts: dict[tuple[int, int], str], element: Any = None, depth: int = 0) -> Iterator[str]:
    """Lines of the tree: type, what it says of itself, its text in quotes, with `p2:` before text of another page."""
    element = pdf.Root.StructTreeRoot.K[0] if element is None else element
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    notes = [f"{key[1:]}={_plain(element[key])}" for key in ("/Alt", "/Lang", "/E", "/ID") if key in element]
    for key, value in element.get("/A", {}).items():
        if key not in ("/O", "/BBox"):
            notes.append(f"{key[1:]}={_plain(value)}")
    line = " ".join([str(element.S)[1:], *notes])
    own = pages.get(element.Pg.objgen) if "/Pg" in element else None
    text = ""
    rest: list[str] = []
    for kid in element.K:
        if isinstance(kid, int):
            text, rest = _said(text, rest, texts.get((own or 0, kid), "?"), depth)
        elif kid.get("/Type") == "/MCR":
            number = pages[kid.Pg.objgen]
            mark = f"{{p{number + 1}}}" if f"{{p{number + 1}}}" not in text else ""
            text, rest = _said(text, rest, mark + texts.get((number, int(kid.MCID)), "?"), depth)
        elif kid.get("/Type") == "/OBJR":
            notes = [f"→ {_target(kid.Obj)} “{kid.Obj.Contents}”"]
            rest += ["  " * (depth + 1) + notes[0]]
        else:
            if text:
                rest.append("  " * (depth + 1) + f"“{text}”")
                text = ""
            rest += told(pdf, texts, kid, depth + 1)
    if text and not rest:
        line += f" “{text}”"
    elif text:
        rest.append("  " * (depth + 1) + f"“{text}”")
    yield "  " * depth + line
    yield from rest


def _said(text: str, rest: list[str], more: str, depth: int) -> tuple[str, list[str]]:
    return text + more, rest


def _target(annotation: Any) -> str:
    return f"#{annotation.Dest}" if "/Dest" in annotation else str(annotation.A.URI)


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return " ".join(_plain(item) for item in value)
    return str(value).removeprefix("/")


def texts_of(data: bytes) -> dict[tuple[int, int], str]:
    """What every piece of marked content says, by page and number; a picture says [picture]."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for thing in page.get_objects(max_depth=1):
            mcid = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(thing)
            if mcid < 0:
                continue
            is_text = thing.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT
            found[number, mcid] = found.get((number, mcid), "") + (_text(thing, text) if is_text else "[picture]")
    return found


def _text(thing: Any, text: Any) -> str:
    import ctypes

    size = pypdfium2.raw.FPDFTextObj_GetText(thing, text, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pypdfium2.raw.FPDFTextObj_GetText(thing, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
