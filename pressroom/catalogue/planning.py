"""Planning: what would be built of each title, and which titles would write the same file."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.catalogue.limits import Shard
from pressroom.catalogue.titles import CatalogueTitle, find_titles
from pressroom.errors import ExitCode, Finding, Place, PressroomError, error
from pressroom.production import Order
from pressroom.whereabouts import PRODUCTS, SETTINGS_FILE

_SOURCES = ("book", "assets", "layouts")
"""The folders of a publication that its products depend on."""


@dataclass(frozen=True)
class TitlePlan:
    """What would be built of one title."""

    title: CatalogueTitle
    inputs: tuple[Path, ...]
    products: tuple[Path, ...]
    findings: tuple[Finding, ...]
    """The faults that keep it from being planned."""
    exit_code: ExitCode = ExitCode.MADE


def plan_all(
    folders: Sequence[Path], order: Order, shard: Shard | None
) -> tuple[tuple[TitlePlan, ...], tuple[Finding, ...]]:
    """What would be built of a catalogue, and what could not be searched. Raises UsageError where it has no title."""
    titles, findings = find_titles(folders)
    plans = [plan(title, replace(order, root=title.root)) for title in titles]
    twice = collisions({each.title: each.products for each in plans}) if order.out else {}
    plans = [replace(each, findings=(twice[each.title],)) if each.title in twice else each for each in plans]
    ours = set(shard.share(titles)) if shard else set(titles)
    return tuple(each for each in plans if each.title in ours), findings


def plan(title: CatalogueTitle, order: Order) -> TitlePlan:
    """What would be built of a title: its source files, and the paths of its products."""
    try:
        return TitlePlan(title, tuple(_inputs(title.root)), tuple(planned_products(order)), ())
    except PressroomError as fault:
        return TitlePlan(title, tuple(_inputs(title.root)), (), fault.findings, fault.exit_code)


def planned_products(order: Order) -> Iterator[Path]:
    """The paths of the products that an order asks for. Raises PressroomError where the settings cannot be read."""
    from pressroom.settings import read_settings  # noqa: PLC0415 - not to be waited for where nothing has changed

    settings = read_settings(order.root).settings
    out = order.out or order.root / PRODUCTS
    first = next((name for name, edition in settings.editions.items() if edition.ebook), "")
    for name, edition in settings.editions.items():
        if not order.editions or name in order.editions:
            path = out / edition.file_name(settings.file_stem, name, is_first_ebook=name == first)
            yield path
            if edition.ebook and edition.ebook.onix:
                yield path.with_suffix(".onix.xml")


def collisions(products: Mapping[CatalogueTitle, Iterable[Path]]) -> Mapping[CatalogueTitle, Finding]:
    """The error of each title of whose products one has the path of another title's. Letters' case may not matter."""
    by_path: dict[str, list[tuple[CatalogueTitle, Path]]] = defaultdict(list)
    for title, paths in products.items():
        for path in paths:
            by_path[unicodedata.normalize("NFC", str(path)).casefold()].append((title, path))
    found: dict[CatalogueTitle, Finding] = {}
    for claims in by_path.values():
        for title, path in claims:
            others = [other.name for other, _ in claims if other != title]
            if others and title not in found:
                found[title] = _collision(title, others[0], path)
    return found


def _collision(title: CatalogueTitle, other: str, path: Path) -> Finding:
    why = f"Its product {path.name} would have the path of a product of {other}, and one would overwrite the other: "
    why += "neither title is made."
    remedy = "Give each its own slug: in publication.yaml, or build them without --out."
    return error("product-twice", Place(SETTINGS_FILE), why, remedy)


def _inputs(root: Path) -> Iterator[Path]:
    """The source files of a publication."""
    for folder in _SOURCES:
        yield from sorted(file for file in (root / folder).rglob("*") if file.is_file())
