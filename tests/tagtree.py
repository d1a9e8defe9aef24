"""The structure tree of a PDF as an indented text, and the content of its pages as a machine reads it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
_PAINTS = _SHOWS | frozenset(["f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI", "INLINE IMAGE"])
_TOLD = ("/Alt", "/Lang", "/E", "/ID")


@dataclass
class Content:
    """What the pages of a file hold, sorted by how it is marked."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """By page (from 0) and number of the marked content; a picture reads [picture]."""
    times: dict[tuple[int, int], int] = field(default_factory=dict)
    """How often each number is used."""
    unmarked: list[tuple[int, str]] = field(default_factory=list)
    """Operators that paint what is neither tagged nor an artifact."""
    mixed: list[int] = field(default_factory=list)
    """Pages where tagged content stands in an artifact, or an artifact in tagged text."""
    artifacts: list[tuple[int, str, str]] = field(default_factory=list)
    """The page, the properties and the text of an artifact."""


class Reader:
    """Reads one file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.content = Content()
        self.maps: dict[Any, dict[int, str]] = {}
        for number, page in enumerate(self.pdf.pages):
            self._read(number, page)

    @property
    def root(self) -> Any:
        return self.pdf.Root.StructTreeRoot

    def _read(self, number: int, page: pikepdf.Page) -> None:
        stack: list[tuple[str, Any]] = []
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BMC", "BDC"):
                self._begin(number, stack, str(operands[0]), operands[1] if len(operands) > 1 else {})
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                letters = self._letters(page.Resources.Font[str(operands[0])])
            elif name in _PAINTS:
                self._paint(number, stack, _decoded(operands, letters) if name in _SHOWS else "", name)

    def _begin(self, number: int, stack: list[tuple[str, Any]], tag: str, told: Any) -> None:
        is_marked = "/MCID" in told
        if is_marked:
            key = number, int(told["/MCID"])
            self.content.times[key] = self.content.times.get(key, 0) + 1
            self.content.texts.setdefault(key, "")
        inside = {"/Artifact" if t == "/Artifact" else "tagged" for t, d in stack if t == "/Artifact" or "/MCID" in d}
        if (is_marked and inside) or (tag == "/Artifact" and "tagged" in inside):
            self.content.mixed.append(number)
        if tag == "/Artifact":
            kind = " ".join(str(told[k])[1:] for k in ("/Type", "/Subtype") if k in told)
            self.content.artifacts.append((number, kind, ""))
        stack.append((tag, told))
        key = next(((number, int(d["/MCID"])) for t, d in reversed(stack) if "/MCID" in d), None)
        if key is not None and "/ActualText" in told:
            self.content.texts[key] += str(told["/ActualText"])

    def _paint(self, number: int, stack: list[tuple[str, Any]], text: str, name: str) -> None:
        spoken = "" if any("/ActualText" in told for _, told in stack) else text
        key = next(((number, int(d["/MCID"])) for t, d in reversed(stack) if "/MCID" in d), None)
        if key is not None:
            self.content.texts[key] += "[picture]" if name == "Do" else spoken
        elif any(tag == "/Artifact" for tag, _ in stack):
            page, told, before = self.content.artifacts[-1]
            self.content.artifacts[-1] = (page, told, before + spoken)
        else:
            self.content.unmarked.append((number, name))

    def _letters(self, font: Any) -> dict[int, str]:
        if font.objgen not in self.maps:
            pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())
            self.maps[font.objgen] = {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs}
        return self.maps[font.objgen]

    # ---- the tree

    def elements(self, element: Any = None) -> Iterator[Any]:
        """All structure elements, each before those in it."""
        element = self.root.K[0] if element is None else element
        yield element
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self.elements(kid)

    def marked(self, element: Any) -> Iterator[tuple[int, int]]:
        """Page and number of the marked content of one element."""
        for kid in element.K:
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                yield self._mark(element, kid)

    def text(self, element: Any = None) -> str:
        """All text of an element, in reading order."""
        element = self.root.K[0] if element is None else element
        found = ""
        for kid in element.K:
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                found += self.content.texts[self._mark(element, kid)]
            elif "/S" in kid:
                found += self.text(kid)
        return found

    def told(self, element: Any = None) -> list[str]:
        """Lines of the tree: type, attributes and text; `{2}` where the second page begins."""
        element = self.root.K[0] if element is None else element
        notes = [f"{key[1:]}={_plain(element[key])}" for key in _TOLD if key in element]
        notes += [f"{k[1:]}={_plain(v)}" for k, v in element.get("/A", {}).items() if k not in ("/O", "/BBox")]
        head = " ".join([str(element.S)[1:], *notes])
        inner = list(self._inside(element))
        if len(inner) == 1 and inner[0].startswith("“"):
            return [f"{head} {inner[0]}"]
        return [head, *(f"  {line}" for line in inner)]

    def _inside(self, element: Any) -> Iterator[str]:
        text, sheet = "", None
        for kid in element.K:
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                now, mcid = self._mark(element, kid)
                text += f"{{{now + 1}}}" if sheet not in (None, now) else ""
                text += self.content.texts[now, mcid]
                sheet = now
                continue
            if text.strip():
                yield f"“{text}”"
            text = ""
            if kid.get("/Type") == "/OBJR":
                yield f"→ {_target(kid.Obj)} “{kid.Obj.Contents}”"
            else:
                yield from self.told(kid)
        if text.strip():
            yield f"“{text}”"

    def _mark(self, element: Any, kid: Any) -> tuple[int, int]:
        page, mcid = (element.Pg, kid) if isinstance(kid, int) else (kid.Pg, kid.MCID)
        return self.pages[page.objgen], int(mcid)


def _decoded(operands: Any, letters: dict[int, str]) -> str:
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(letters.get(int.from_bytes(codes[n : n + 2]), "\ufffd") for n in range(0, len(codes), 2))


def _target(annotation: Any) -> str:
    return f"#{annotation.Dest}" if "/Dest" in annotation else str(annotation.A.URI)


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return " ".join(_plain(item) for item in value)
    return str(value).removeprefix("/")
