"""Questions about the sheet: boxes, sizes, bleed, page counts, and what stands too near to where it is cut."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator

from pressroom.errors import Finding, error, hint, warning
from pressroom.inspection.page import Box, PageFacts
from pressroom.preflight.press.finished import Finished, mm, on_pages
from pressroom.publication import Trim
from pressroom.publication.editions import same_trim

_GENERAL_BLEED = 3.0
"""Millimetres that sheet-fed printers ask for where nobody says otherwise."""


def boxes_wrong(file: Finished) -> Iterator[Finding]:
    """Do the page boxes lie inside each other, trim within bleed within media (ISO 32000-1, 14.11.2)? Presses cut by
    them.
    """
    wrong = [page.number for page in file.facts.pages if not _nested(page)]
    if wrong:
        why = f"The boxes of {on_pages(wrong)} do not lie inside each other; machines would cut somewhere else."
        yield file.on(wrong, error("boxes-wrong", file.place, why, "Make the file again where it was made."))


def _nested(page: PageFacts) -> bool:
    boxes = [page.boxes.trim, page.boxes.bleed, page.boxes.media]
    given = [box for box in boxes if box is not None]
    return all(_within(inner, outer) for inner, outer in itertools.pairwise(given))


def _within(inner: Box, outer: Box, slack: float = 0.1) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def trim_missing(file: Finished) -> Iterator[Finding]:
    """Does every page say where it is cut? PDF/X asks for it, and a printer would have to guess."""
    lacking = [page.number for page in file.facts.pages if page.boxes.trim is None and page.boxes.art is None]
    if lacking and (file.is_press_standard or file.is_for_press):
        tell = error if file.is_press_standard else warning
        why = f"{on_pages(lacking).capitalize()}: no trim box says where the page is cut."
        yield file.on(lacking, tell("trim-missing", file.place, why, "Export it with bleed, or with marks."))


def pages_of_many_sizes(file: Finished) -> Iterator[Finding]:
    """Has every page one size (GWG 2015, page size and orientation)? A block of pages is cut in one go."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for page in file.facts.pages:
        sizes[str(_size(page.boxes.trimmed))].append(page.number)
    if len(sizes) > 1:
        usual = max(sizes, key=lambda size: len(sizes[size]))
        others = [number for size, numbers in sizes.items() if size != usual for number in numbers]
        why = f"{on_pages(others).capitalize()} differ in size from the others, which are {usual}."
        yield file.on(others, error("page-sizes-differ", file.place, why, "Give all pages of a book one trim size."))


def trim_not_offered(file: Finished) -> Iterator[Finding]:
    """Does the printer print books of this size, and is it the edition's own?"""
    if not file.facts.pages or file.is_cover:
        return
    size = _size(file.facts.pages[0].boxes.trimmed)
    if file.trim is not None and not same_trim(size, file.trim):
        yield error("trim-wrong", file.place, f"The pages are {size}; the edition's trim is {file.trim}.")
    rules = file.rules
    if rules is None or rules.trims is None or rules.takes(size):
        return
    nearest = min(rules.trims.value, key=lambda t: abs(t.width - size.width) + abs(t.height - size.height))
    why = f"{rules.name} does not print books of {size}."
    yield error("printer-trim", file.place, why, f"The nearest size that it offers is {nearest}.")


def bleed_short(file: Finished) -> Iterator[Finding]:
    """Is there bleed all around, as much as the printer asks for? Without it white edges show where paper is cut."""
    if not (file.is_for_press or file.rules):
        return
    bleed = file.rules.cover.bleed if file.rules and file.is_cover else file.rules.bleed if file.rules else None
    wanted = bleed.value if bleed else _GENERAL_BLEED
    short = [page.number for page in file.facts.pages if _bleed(page, file) < wanted - file.clear]
    if short:
        least = min(_bleed(page, file) for page in file.facts.pages)
        tell = error if file.rules else warning
        why = f"{on_pages(short).capitalize()}: {max(0, least):.3g} mm of bleed where {wanted:.3g} mm are asked for."
        yield file.on(short, tell("bleed-short", file.place, why, f"Give the edition bleed: {wanted:.4g}mm."))


def _bleed(page: PageFacts, file: Finished) -> float:
    """The least that a page has around its trim, in mm; the spine side does not count where the printer wants none."""
    outer, trim = page.boxes.bleed or page.boxes.media, page.boxes.trimmed
    left, right = trim[0] - outer[0], outer[2] - trim[2]
    sides = [trim[1] - outer[1], outer[3] - trim[3], left, right]
    if file.rules and not file.rules.bleed_at_spine.value and not file.is_cover:
        sides = [*sides[:2], max(left, right)]
    return mm(min(sides))


def marks_refused(file: Finished) -> Iterator[Finding]:
    """Is there room for marks around the bleed where the printer takes none? Its machines would print them."""
    if file.rules is None or file.rules.marks.value:
        return
    around = [page.number for page in file.facts.pages if _room(page) > file.clear * 4]
    if around:
        why = f"{on_pages(around).capitalize()} are larger than trim and bleed, and {file.rules.name} takes no marks."
        help = "Export without marks: the page must end where the bleed ends."
        yield file.on(around, error("printer-marks", file.place, why, help))


def _room(page: PageFacts) -> float:
    inner, outer = page.boxes.bleed or page.boxes.trimmed, page.boxes.media
    return mm(max(inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]))


def page_rotated(file: Finished) -> Iterator[Finding]:
    """Is any page only turned for the screen? Some presses do not turn it (BoD: turn it in the layout)."""
    turned = [page.number for page in file.facts.pages if page.rotation % 360]
    if turned:
        why = f"{on_pages(turned).capitalize()}: turned by a key that presses may not follow."
        yield file.on(turned, warning("page-rotated", file.place, why, "Turn the page itself where it is made."))


def page_count_refused(file: Finished) -> Iterator[Finding]:
    """Can a book of so many pages be bound, and has every leaf two sides?"""
    if file.is_cover or not file.is_for_press:
        return
    pages, rules = len(file.facts.pages), file.rules
    if rules and rules.pages:
        least, most = rules.pages.value.least, rules.pages.value.most
        if pages < least:
            why = f"{rules.name} binds books of {least} pages or more; this one has {pages}."
            yield error("pages-few", file.place, why, "Add pages, or have it stapled as a booklet elsewhere.")
        if most and pages > most:
            why = f"{rules.name} binds books of at most {most} pages; this one has {pages}."
            yield error("pages-many", file.place, why, "Use a larger trim size, or make two volumes.")
    if pages % 2:
        why = f"The file has {pages} pages, an odd number; the printer adds a blank one at the end."
        yield hint("pages-odd", file.place, why, "Nothing, if a blank last page is right.")


def text_near_edge(file: Finished) -> Iterator[Finding]:
    """Does text keep away from where the paper is cut and bound, as far as the printer asks? It may be cut into."""
    rules = file.rules
    if rules is None or file.is_cover:
        return
    inside, outside = rules.gutter(len(file.facts.pages)), rules.safe.value if rules.safe else 0.0
    for what, most, wanted, key in (
        ("the spine", _spine_room, inside, "text-in-gutter"),
        ("the edge", _edge_room, outside, "text-near-edge"),
    ):
        near = {page.number: room for page in file.facts.pages if (room := most(page)) < wanted - file.clear}
        if near:
            least = min(near.values())
            asks = f"{rules.name} asks for {wanted:.1f} mm"
            why = f"On {on_pages(near)} text comes to within {least:.1f} mm of {what}; {asks}."
            help = "Choose a layout with wider margins, or layout_options: {binding: …} for a thick book."
            yield file.on(near, error(key, file.place, why, help))


def _spine_room(page: PageFacts) -> float:
    """Millimetres between text and spine: the left of an odd page, the right of an even one."""
    if page.text is None:
        return float("inf")
    trim = page.boxes.trimmed
    return mm(page.text[0] - trim[0] if page.number % 2 else trim[2] - page.text[2])


def _edge_room(page: PageFacts) -> float:
    """Millimetres between text and the nearest of the other three edges; what lies outside, like a slug, is none."""
    if page.text is None:
        return float("inf")
    trim, text = page.boxes.trimmed, page.text
    outer = trim[2] - text[2] if page.number % 2 else text[0] - trim[0]
    return mm(min(outer, text[1] - trim[1], trim[3] - text[3]))


def _size(box: Box) -> Trim:
    return Trim(round(mm(box[2] - box[0]), 1), round(mm(box[3] - box[1]), 1))


GEOMETRY_CHECKS: tuple[Callable[[Finished], Iterator[Finding]], ...] = (
    boxes_wrong,
    trim_missing,
    pages_of_many_sizes,
    trim_not_offered,
    bleed_short,
    marks_refused,
    page_rotated,
    page_count_refused,
    text_near_edge,
)
