"""Blocks of Pandoc and Quarto: fenced divs and code that our reader does not know become blocks that it knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressroom.errors import Severity
from pressroom.importing.folders.code_cells import cell_options, code_cell
from pressroom.importing.folders.diagrams import DIAGRAMS, diagram
from pressroom.importing.folders.fences import Fence, boxed, code_block, commented
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.typed_lines import TypedLine, apart, text_of, trimmed
from pressroom.manuscript.block_heads import as_known
from pressroom.manuscript.braces import read
from pressroom.manuscript.callouts import callout_kind
from pressroom.manuscript.markup import Head

_OURS = ("gallery", "figure", "epigraph", "pullquote", "sidebar", "timeline", "only")
_BESIDE = frozenset("aside column-margin margin marginnote column-sidebar".split())
_THEOREMS = {
    "thm": "Theorem", "lem": "Lemma", "cor": "Corollary", "prp": "Proposition", "cnj": "Conjecture",
    "def": "Definition", "exm": "Example", "exr": "Exercise", "sol": "Solution", "rem": "Remark",
}  # fmt: skip
_CONDITIONAL = frozenset(["content-visible", "content-hidden"])
_WORKS = re.compile(r"^:{3,}\s*\{#refs\b")
_PICTURE = re.compile(r"^\s*!\[")


@dataclass(frozen=True)
class PandocBlocks:
    """Writes the blocks of one folder anew."""

    gathering: Gathering

    def __call__(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """The block as lines of ours."""
        return self._code(fence, inner) if fence.is_code else self._div(fence, inner)

    # ---- code

    def _code(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        head = fence.head
        if raw := re.fullmatch(r"\{=(\w+)\}", head):
            if raw[1].startswith("html"):
                return apart(inner)
            self.gathering.remark("import-raw", fence.opening, f"{raw[1]}: {text_of(inner)}")
            return commented(inner)
        braced = re.fullmatch(r"\{(.*)\}", head)
        words = (braced[1] if braced else head).replace(",", " ").split()
        language = words[0] if words else ""
        if language.lstrip(".") in DIAGRAMS:
            said = cell_options(fence, inner)
            return diagram(self.gathering, fence, inner, said.get("fig-cap", ""), said.get("label", ""))
        if not braced or not language:
            return fence.whole
        if language[0] not in ".#" and "=" not in language:
            return code_cell(self.gathering, fence, inner, language, cell_options(fence, inner))
        attributes, is_unread = read(head)
        classes = attributes.get("class", "").split()
        return fence.whole if not is_unread else code_block(fence.opening, classes[0] if classes else "", inner)

    # ---- divs

    def _div(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        head = _head_of(fence.head)
        known = as_known(head, _OURS)
        classes = set(head.attributes.get("class", "").split()) | {head.name}
        id = head.attributes.get("id", "")
        if id == "refs" or "hidden" in classes or "notes" in classes:
            return self._left_out(fence, inner)
        if known.name == "figure":
            return self._figure(fence, inner, id)
        if known.name in _OURS or callout_kind(head.name, " ".join(classes - {head.name})):
            return self._kept(fence, inner)
        if classes & _BESIDE:
            return boxed(fence.opening, "sidebar", inner)
        if kind := _THEOREMS.get(id.partition("-")[0]):
            return self._theorem(fence, inner, kind, head)
        if id.startswith(("tbl-", "tab-")):
            return _table(inner, id)
        if "layout-ncol" in head.attributes and _is_gallery(inner):
            return boxed(fence.opening, "gallery", _without_caption_breaks(inner))
        if classes & _CONDITIONAL:
            self.gathering.remark("import-condition", fence.opening, fence.head)
        elif classes - {"", "columns", "column", "center", "panel-tabset", "unnumbered", "quarto-layout-panel"}:
            self.gathering.remark("import-block", fence.opening, fence.head, Severity.ADVICE)
        return apart(inner)

    def _left_out(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        if "#refs" in fence.head:
            self.gathering.remark("import-works", fence.opening, fence.head, Severity.ADVICE)
        if trimmed(inner):
            self.gathering.remark("import-block-out", fence.opening, f"{fence.head}: {text_of(inner)}")
        return commented(trimmed(inner))

    def _kept(self, fence: Fence, inner: list[TypedLine]) -> list[TypedLine]:
        """A block that our reader knows; one without a closing line gets it, and all have enough colons."""
        if fence.closing is None:
            self.gathering.remark("import-block-open", fence.opening, fence.head)
        return boxed(fence.opening, fence.head, inner)

    def _figure(self, fence: Fence, inner: list[TypedLine], id: str) -> list[TypedLine]:
        pictures = [n for n, line in enumerate(inner) if _PICTURE.match(line.text)]
        if pictures and _is_gallery(inner):
            return boxed(fence.opening, fence.head, _without_caption_breaks(inner) if len(pictures) > 1 else inner)
        if len(pictures) == 1 and id not in text_of(inner):  # a picture with other things: the number is the picture's
            at = pictures[0]
            inner = [*inner[:at], inner[at].saying(_with_id(inner[at].text, id)), *inner[at + 1 :]]
        elif not pictures:
            self.gathering.remark("import-figure", fence.opening, fence.head)
            return _placeholder(fence, inner, id)
        return apart(inner)

    def _theorem(self, fence: Fence, inner: list[TypedLine], kind: str, head: Head) -> list[TypedLine]:
        name = head.attributes.get("name", "")
        inside = trimmed(inner)
        if inside and (match := re.match(r"\s*#{1,6}\s+(.*)", inside[0].text)):
            name, inside = name or match[1], inside[1:]
        title = f"{kind} ({name})" if name else kind
        return boxed(fence.opening, f"sidebar {title} {{#{head.attributes['id']}}}", inside)


def _head_of(text: str) -> Head:
    """The head of a div: `{.note #x}`, `note`, `note {#x}`."""
    match = re.fullmatch(r"([^{]*?)\s*(\{.*\})?\s*", text)
    attributes = read(match[2])[0] if match and match[2] else {}
    name, _, title = (match[1] if match else text).partition(" ")
    return Head(name, title.strip(), attributes)


def _is_gallery(inner: Sequence[TypedLine]) -> bool:
    """Whether a block holds pictures with their captions, and at its end one paragraph."""
    paragraphs = [each for each in re.split(r"\n[ \t]*\n", text_of(trimmed(inner))) if each.strip()]
    is_plain = not any(re.match(r"\s*(?:[#>|]|[-*+] |```|:::|\d+[.)] )", each) for each in paragraphs)
    return is_plain and bool(paragraphs) and all(_PICTURE.match(each) for each in paragraphs[:-1])


def _without_caption_breaks(inner: Sequence[TypedLine]) -> list[TypedLine]:
    """Pictures on lines of their own are paragraphs of their own in a gallery."""
    made: list[TypedLine] = []
    for line in inner:
        if _PICTURE.match(line.text) and made and not made[-1].is_blank:
            made.append(line.saying(""))
        made.append(line)
    return made


def _with_id(picture: str, id: str) -> str:
    return re.sub(r"\}\s*$", f" #{id}}}", picture) if picture.rstrip().endswith("}") else f"{picture.rstrip()}{{#{id}}}"


def _placeholder(fence: Fence, inner: list[TypedLine], id: str) -> list[TypedLine]:
    """The place of a figure without a picture, with its last paragraph as the caption, below what it holds."""
    return apart([*inner, fence.opening.saying(""), fence.opening.saying(f"![](){{#{id}}}")])


def _table(inner: list[TypedLine], id: str) -> list[TypedLine]:
    """A table with its caption below it, which has the id."""
    inside = trimmed(inner)
    if id in text_of(inside):
        return apart(inside)
    caption = [n for n, line in enumerate(inside) if re.match(r"\s*(?:Table)?:\s", line.text)]
    if caption:
        at = caption[-1]
        return apart([*inside[:at], inside[at].saying(f"{inside[at].text} {{#{id}}}"), *inside[at + 1 :]])
    blank = [n for n, line in enumerate(inside) if line.is_blank]
    last = inside[blank[-1] + 1 :] if blank else []
    if not last or last[0].text.lstrip().startswith("|"):
        return apart([*inside, inside[-1].saying(""), inside[-1].saying(f"Table: {{#{id}}}")]) if inside else []
    words = " ".join(line.text.strip() for line in last)
    return apart([*inside[: blank[-1]], last[0].saying(""), last[0].saying(f"Table: {words} {{#{id}}}")])


def without_heading_of_works(lines: list[TypedLine]) -> list[TypedLine]:
    """A text without the heading over the place where Pandoc lists works: a book makes that list with its own."""
    place = next((n for n, line in enumerate(lines) if _WORKS.match(line.text)), None)
    above = [n for n in range(place or 0) if not lines[n].is_blank]
    if place is None or not above or not re.match(r"#{1,6}\s", lines[above[-1]].text):
        return lines
    return [*lines[: above[-1]], *lines[place:]]
