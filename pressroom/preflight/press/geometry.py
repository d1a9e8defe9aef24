"""Checks of the sheet: boxes, sizes, bleed, marks, the number of pages, and margins."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator

from pressroom.errors import Finding, advice, error, warning
from pressroom.inspection.page import PageFacts, PdfBox
from pressroom.preflight.press.press_file import PressFile, mm
from pressroom.publication import Trim
from pressroom.publication.measures import same_trim

_GENERAL_BLEED = 3.0
"""The usual bleed of sheet-fed printers, in mm, where no printer is named."""


def boxes_wrong(file: PressFile) -> Iterator[Finding]:
    """Do the page boxes lie inside each other, trim within bleed within media (ISO 32000-1, 14.11.2)? The printer trims
    by them.
    """
    wrong = [page.number for page in file.facts.pages if not _nested(page)]
    if wrong:
        why = "the boxes for trim, bleed and sheet do not lie inside each other; the printer would trim wrongly."
        yield file.on(wrong, error("boxes-wrong", file.place, why, "Export the file again with correct boxes."))


def _nested(page: PageFacts) -> bool:
    boxes = [page.boxes.trim, page.boxes.bleed, page.boxes.media]
    there = [box for box in boxes if box is not None]
    return all(_within(inner, outer) for inner, outer in itertools.pairwise(there))


def _within(inner: PdfBox, outer: PdfBox, slack: float = 0.1) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def trim_missing(file: PressFile) -> Iterator[Finding]:
    """Has every page a trim box? PDF/X requires one; without it the printer must guess where to cut."""
    lacking = [page.number for page in file.facts.pages if page.boxes.trim is None and page.boxes.art is None]
    if not lacking:
        return
    why, remedy = "no trim box says where the page is cut; the printer would have to guess.", "Export it with bleed."
    if file.is_press_standard:
        yield file.on(lacking, error("trim-missing", file.place, why, remedy))
    elif file.is_for_press:
        yield file.on(lacking, warning("trim-missing", file.place, why, remedy))


def pages_of_many_sizes(file: PressFile) -> Iterator[Finding]:
    """Have all pages the same trim size? The pages of a book are trimmed in one go."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        sizes[str(_size(page.boxes.trimmed))].append(page.number)
    if len(sizes) > 1 and file.is_for_press:
        usual = max(sizes, key=lambda size: len(sizes[size]))
        others = [number for size, numbers in sizes.items() if size != usual for number in numbers]
        why = f"the trim size differs from {usual}, that of the others; a book is trimmed in one go."
        yield file.on(others, error("page-sizes-differ", file.place, why, "Give all pages one trim size."))


def trim_not_offered(file: PressFile) -> Iterator[Finding]:
    """Is the trim size that of the edition, and one that the printer offers?"""
    if not file.facts.pages or file.is_cover:
        return
    size = _size(file.facts.pages[0].boxes.trimmed)
    if file.trim is not None and not same_trim(size, file.trim):
        why = f"The pages are {size}, and the edition asks for {file.trim}; the book would not fit its cover."
        yield error("trim-wrong", file.place, why, "Look for @page { size } in your style sheets.")
    rules = file.rules
    if rules is None or rules.takes(size):
        return
    nearest = rules.nearest(size)
    why = f"{rules.name} does not print books of {size}."
    near = Trim(round(nearest.width, 1), round(nearest.height, 1))
    yield error("printer-trim", file.place, why, f"The nearest size that it offers is {near}.")


def bleed_short(file: PressFile) -> Iterator[Finding]:
    """Has every page the bleed that the printer asks for? Without it, white edges may show after trimming."""
    if not file.is_for_press:
        return
    bleed = file.rules.cover.bleed if file.rules and file.is_cover else file.rules.bleed if file.rules else None
    wanted = bleed.value if bleed else _GENERAL_BLEED
    short = {page.number: room for page in file.facts.pages if (room := _bleed(page, file)) < wanted - file.clear}
    if not short:
        return
    why = f"{max(0, min(short.values())):.3g} mm of bleed where {wanted:.4g} mm are asked for; white edges may show."
    remedy = f"Write bleed: {wanted:.4g}mm, or export the file with it."
    if file.rules:
        yield file.on(short, error("bleed-short", file.place, why, remedy))
    else:
        yield file.on(short, warning("bleed-short", file.place, why, remedy))


def _bleed(page: PageFacts, file: PressFile) -> float:
    """The least bleed of a page, in mm; without the spine side where the printer wants none there."""
    outer, trim = page.boxes.bleed or page.boxes.media, page.boxes.trimmed
    left, right = trim[0] - outer[0], outer[2] - trim[2]
    sides = [trim[1] - outer[1], outer[3] - trim[3], left, right]
    if file.rules and not file.rules.bleed_at_spine.value and not file.is_cover:
        sides = [*sides[:2], right if _spine_is_left(page, file) else left]
    return mm(min(sides))


def marks_refused(file: PressFile) -> Iterator[Finding]:
    """Does every page end at its bleed, where the printer takes no marks? The press would print them."""
    if file.rules is None or file.rules.marks.value:
        return
    around = [page.number for page in file.facts.pages if _room(page) > file.clear * 4]
    if around:
        why = f"the sheet is larger than trim and bleed; {file.rules.name} takes no marks, and may refuse the file."
        remedy = "Export without marks: the page must end where the bleed ends."
        yield file.on(around, error("printer-marks", file.place, why, remedy))


def _room(page: PageFacts) -> float:
    inner, outer = page.boxes.bleed or page.boxes.trimmed, page.boxes.media
    return mm(max(inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]))


def page_rotated(file: PressFile) -> Iterator[Finding]:
    """Is every page upright without the key Rotate? Some presses ignore that key."""
    turned = [page.number for page in file.facts.pages if page.rotation]
    if turned and file.is_for_press:
        why = "the key Rotate turns the page, and some presses ignore it; the page may be printed sideways."
        yield file.on(turned, warning("page-rotated", file.place, why, "Rotate the page in the program that made it."))


def page_count_refused(file: PressFile) -> Iterator[Finding]:
    """Can the printer bind so many pages, and is their number even?"""
    if file.is_cover or not file.is_for_press:
        return
    pages, rules = len(file.facts.pages), file.rules
    if rules and rules.pages:
        least, most = rules.pages.value.least, rules.pages.value.most
        if pages < least:
            why = f"{rules.name} binds books of {least} pages or more; this one has {pages}."
            remedy = "Add pages, or have it saddle-stitched as a booklet elsewhere."
            yield (warning if file.is_draft else error)("pages-few", file.place, why, remedy)
        if most and pages > most:
            why = f"{rules.name} binds books of at most {most} pages; this one has {pages}."
            yield error("pages-many", file.place, why, "Use a larger trim size, or make two volumes.")
    if pages % 2 and pages > 1:  # a single page is a cover, or a proof of one
        why = f"The file has {pages} pages, an odd number; the printer adds a blank one at the end."
        yield advice("pages-odd", file.place, why, "No action is needed if a blank last page is right.")


def text_in_gutter(file: PressFile) -> Iterator[Finding]:
    """Does text keep the inside margin that the printer asks for? Nearer to the spine it may disappear."""
    rules = file.rules
    if rules is None or file.is_cover:
        return
    wanted = rules.gutter(len(file.facts.pages))
    near = {page.number: room for page in file.facts.pages if (room := _at_spine(page, file)) < wanted - file.clear}
    if near:
        why = f"text comes to within {min(near.values()):.1f} mm of the spine; for {len(file.facts.pages)} pages "
        why += f"{rules.name} asks for {wanted:.1f} mm, or it disappears in the binding."
        remedy = "Choose a layout with wider inner margins, or layout_options: {binding: …}."
        yield file.on(near, error("text-in-gutter", file.place, why, remedy))


def text_near_edge(file: PressFile) -> Iterator[Finding]:
    """Does text keep the outside margin that the printer asks for? Nearer to the edge it may be cut off."""
    rules = file.rules
    if rules is None or rules.safe is None or file.is_cover:
        return
    wanted = rules.safe.value
    near = {page.number: room for page in file.facts.pages if (room := _at_edge(page, file)) < wanted - file.clear}
    if near:
        why = f"text comes to within {min(near.values()):.1f} mm of the edge; {rules.name} asks for {wanted:.1f} mm, "
        why += "or it may be cut off."
        remedy = "Choose a layout with wider margins, or a smaller block of text."
        yield file.on(near, error("text-near-edge", file.place, why, remedy))


def _spine_is_left(page: PageFacts, file: PressFile) -> bool:
    """Whether the spine is at the left: on odd pages, or on even ones where a book is read from right to left."""
    return (page.number % 2 == 1) != file.facts.reads_from_right


def _at_spine(page: PageFacts, file: PressFile) -> float:
    """Millimetres between text and spine."""
    if page.text is None:
        return float("inf")
    trim = page.boxes.trimmed
    return mm(page.text[0] - trim[0] if _spine_is_left(page, file) else trim[2] - page.text[2])


def _at_edge(page: PageFacts, file: PressFile) -> float:
    """Millimetres between text and the nearest of the other three edges."""
    if page.text is None:
        return float("inf")
    trim, text = page.boxes.trimmed, page.text
    outer = trim[2] - text[2] if _spine_is_left(page, file) else text[0] - trim[0]
    return mm(min(outer, text[1] - trim[1], trim[3] - text[3]))


def _size(box: PdfBox) -> Trim:
    return Trim(round(mm(box[2] - box[0]), 1), round(mm(box[3] - box[1]), 1))


GEOMETRY_CHECKS: tuple[Callable[[PressFile], Iterator[Finding]], ...] = (
    boxes_wrong,
    trim_missing,
    pages_of_many_sizes,
    trim_not_offered,
    bleed_short,
    marks_refused,
    page_rotated,
    page_count_refused,
    text_in_gutter,
    text_near_edge,
)
