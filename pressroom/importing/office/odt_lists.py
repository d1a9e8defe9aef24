"""Lists of an OpenDocument text, with their numbers as its styles count them."""

from __future__ import annotations

from pressroom.importing.office.odt_package import STYLE, TEXT, OdtElement, OdtPackage, become


def write_lists(root: OdtElement, package: OdtPackage) -> None:
    """Lists and their items as HTML has them."""
    counts: dict[tuple[str, int], int] = {}
    made: dict[OdtElement, tuple[str, int]] = {}
    for each in root.iter(f"{TEXT}list"):
        outer = [*each.iterancestors(f"{TEXT}list")]
        named = (one.get(f"{TEXT}style-name", "") for one in (each, *outer))
        name = next(filter(None, named), "")
        level = _level(package.styles.lists.get(name), len(outer) + 1)
        first = next(each.iterchildren(f"{TEXT}list-item"), None)
        starts = [one.get(f"{TEXT}start-value", "") for one in (first, level) if one is not None]
        start = next((int(one) for one in starts if one.isdecimal()), 1)
        if each.get(f"{TEXT}continue-numbering") == "true" or each.get(f"{TEXT}continue-list"):
            start = counts.get((name, len(outer)), 0) + 1
        counts[name, len(outer)] = start + len(each.findall(f"{TEXT}list-item")) - 1
        made[each] = (level.get(f"{STYLE}num-format", "") if level is not None else "", start)
    for each, (numerals, start) in made.items():
        given = {"start": str(start) if start != 1 else "", "type": numerals if numerals in "aAiI" else ""}
        become(each, "ol" if numerals else "ul", {name: said for name, said in given.items() if said and numerals})
    for item in root.iter(f"{TEXT}list-item", f"{TEXT}list-header"):
        become(item, "li", {})


def _level(style: OdtElement | None, depth: int) -> OdtElement | None:
    """What a style of lists says of one level."""
    return next((each for each in (style if style is not None else ()) if each.get(f"{TEXT}level") == str(depth)), None)
