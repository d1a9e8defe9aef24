"""The library: finds a layout's files. The publication's files override the built-in ones, file by file, and both
override those of the layout that they extend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from pressroom import css, forms
from pressroom.design.choosing import GivenOptions, check_colours, check_declared
from pressroom.design.composition import Start, Style
from pressroom.design.grid import Paper
from pressroom.design.options import Option, OptionName, Options
from pressroom.design.sheets import SheetLook
from pressroom.design.style_limits import LIMITS
from pressroom.errors import Finding, Place, PressroomError, Source, did_you_mean, encoding_fault, error
from pressroom.publication import Edition
from pressroom.whereabouts import BUILTIN


class Manifest(forms.Form):
    """The form of layout.yaml. Keys that it leaves out are taken from the layout that it extends."""

    title: str
    """Its display name."""
    description: str = ""
    """Its purpose."""
    extends: str | None = None
    """The layout whose files and keys are used if this one has none."""
    weights: tuple[int, ...] = (400, 700)
    """Weights of type that its style sheets use."""
    starts: dict[str, Start] = Field(default_factory=dict)
    """The side on which each kind of unit begins; recto by default."""
    options: dict[OptionName, Option] = Field(default_factory=dict)
    """The options that a publication may set."""
    arrange: Literal["auto", "none"] = "none"
    """Whether the builder places pictures that have no word of placement, where the publication does not say."""
    pictures: SheetLook = SheetLook()
    """How pages of several pictures look."""
    papers: tuple[Paper, ...] = Field(default=(), min_length=1)
    """Its grid on each of its papers."""

    def over(self, base: Manifest) -> Manifest:
        """This manifest, completed with the keys of another; options and starts are merged one by one."""
        stated = {key: getattr(self, key) for key in self.model_fields_set}
        joined = {"options": {**base.options, **self.options}, "starts": {**base.starts, **self.starts}}
        return base.model_copy(update=stated | joined)


@dataclass(frozen=True)
class Layout:
    """A layout: its manifest and the folders of its files, the publication's first."""

    name: str
    manifest: Manifest
    folders: tuple[Path, ...]
    root: Path
    options: Options = field(default_factory=Options)
    """The values of its options."""
    readings: tuple[forms.Reading, ...] = field(default=(), compare=False)
    """Its parsed layout.yaml, and those of the layouts that it extends."""

    def file(self, name: str) -> Path | None:
        """The file of this name in the first folder that has it; None if there is none."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def style(self, name: str) -> tuple[Style, list[Finding]]:
        """One of its style sheets, with errors for what none may do. Raises PressroomError if it is missing."""
        file = self.file(name)
        if file is None:
            why = f"The layout “{self.name}” has no style sheet “{name}”."
            remedy = f"Write one into layouts/{self.name}; it may be empty."
            raise PressroomError([error("style-missing", Place(f"layouts/{self.name}"), why, remedy)])
        source = _read(file, self.root)
        is_own = not file.is_relative_to(BUILTIN / "layouts")
        faults = (fault for asked in LIMITS for fault in asked(source)) if is_own else ()
        return Style(name, source.text, is_own), [*_outside(source), *faults]

    def names(self) -> set[str]:
        """The names of all its files."""
        return {file.name for folder in self.folders for file in folder.glob("*") if file.is_file()}

    def choosing(self, given: GivenOptions, editions: Mapping[str, Edition]) -> tuple[Layout, tuple[Finding, ...]]:
        """The layout with the options that a publication sets, and the findings about them."""
        options, findings = given.choose(self.manifest.options, self.name)

        def place_of(name: str) -> Place:
            return given.value_of(("layout_options", name)) if name in options.given else self._place_of_default(name)

        return replace(self, options=options), (*findings, *check_colours(options, place_of, editions.values()))

    def _place_of_default(self, option: str) -> Place:
        """The place in layout.yaml of an option's default."""
        path = ("options", option, "default")
        return next(reading.place(path) for reading in self.readings if path in reading.values)


@dataclass(frozen=True)
class _Link:
    """One layout in a chain of layouts that extend each other."""

    folders: tuple[Path, ...]
    manifest: Manifest
    reading: forms.Reading


def find_layout(name: str, root: Path, place: Place) -> Layout:
    """Find a layout for the publication at `root`. Raises PressroomError; `place` is where its name is written."""
    links = tuple(_chain(name, root, place, ()))
    manifest = links[-1].manifest
    for link in reversed(links[:-1]):
        manifest = link.manifest.over(manifest)
    faults = [f for link in links for f in check_declared(link.manifest.options, manifest.options, link.reading)]
    if not manifest.papers:
        remedy = "Add a line “papers: …”, or “extends: reportage” to take those of another layout."
        faults.append(error("key-missing", links[0].reading.place(()), "“papers” is required.", remedy))
    if faults:
        raise PressroomError(faults)
    folders = tuple(folder for link in links for folder in link.folders)
    readings = tuple(link.reading for link in links)
    return Layout(name, manifest, folders, root, Options(manifest.options), readings)


def _chain(name: str, root: Path, place: Place, before: tuple[str, ...]) -> Iterator[_Link]:
    """A layout, then the layouts that it extends."""
    if name in before:
        why = f"“{name}” extends itself: {' → '.join((*before, name))}."
        remedy = (
            "Take the line out of one of them. A file in layouts/ overrides the built-in one of its name without it."
        )
        raise PressroomError([error("layout-cycle", place, why, remedy)])
    is_name = name == Path(name).name  # and no path, which could lead anywhere
    folders = tuple(f for f in (root / "layouts" / name, BUILTIN / "layouts" / name) if is_name and f.is_dir())
    folders = tuple(dict.fromkeys(f.resolve() for f in folders))
    file = next((f / "layout.yaml" for f in folders if (f / "layout.yaml").is_file()), None)
    if file is None:
        known = known_layouts(root)
        remedy = did_you_mean(name, known) or f"There are: {', '.join(known)}."
        if folders:
            why = f"The folder layouts/{name} has no layout.yaml, by which a layout is known."
            remedy = "Write one with two lines: title: …, and extends: reportage."
            raise PressroomError([error("layout-missing", place, why, remedy)])
        raise PressroomError([error("layout-missing", place, f"There is no layout “{name}”.", remedy)])
    manifest, reading = forms.fill(_read(file, root), Manifest)
    if manifest is None:
        raise PressroomError(reading.findings)
    yield _Link(folders, manifest, reading)
    if manifest.extends is not None:
        yield from _chain(manifest.extends, root, reading.place(("extends",)), (*before, name))


def known_layouts(root: Path) -> list[str]:
    """The names of the publication's own layouts and the built-in ones."""
    return sorted({f.parent.name for base in (root, BUILTIN) for f in base.glob("layouts/*/layout.yaml")})


def display_name(file: Path, root: Path) -> str:
    """A layout file's name for messages: relative to the publication, or marked as built in."""
    for base, prefix in ((root.resolve(), ""), (BUILTIN.resolve(), "built-in ")):
        if file.resolve().is_relative_to(base):
            return prefix + file.resolve().relative_to(base).as_posix()
    return file.name


MOST_BYTES = 4_000_000
"""Bytes of a file of a layout: those of all built-in ones together are a twentieth of it."""


def _read(file: Path, root: Path) -> Source:
    name = display_name(file, root)
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            why = (
                f"This has {size // 1_000_000} MB; to read it as a part of a layout takes minutes, and more than 1 GB."
            )
            raise PressroomError([error("style-immense", Place(name), why, "Was another file saved under this name?")])
        data = file.read_bytes()
    except OSError as fault:
        why, remedy = f"This cannot be read: {fault.strerror}.", "Put a readable file there."
        raise PressroomError([error("text-unreadable", Place(name), why, remedy)]) from None
    try:
        return Source(name, data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as fault:
        raise PressroomError([encoding_fault(name, fault)]) from None


def _outside(source: Source) -> Iterator[Finding]:
    """Errors for style sheets that load files: a build opens no connection, and its products load nothing."""
    for request in css.requests(source.text):
        address = request.address.strip()
        if address.lower().startswith(("data:", "#")):
            continue
        begin = request.column - 1
        found = source.place(request.line).excerpt.find(address, begin)  # not found where it is written in escapes
        place = source.place(
            request.line, request.column, found + len(address) - begin if address and found >= 0 else 0
        )
        why = f"A style sheet cannot load “{address or 'another file'}”: a build fetches nothing."
        yield error("style-outside", place, why, "Put pictures into the manuscript, fonts into assets/fonts.")
