"""The library: where a layout's files are. The publication's own stand over the built-in ones, file by file, and those
of a layout over those of the layout that it extends.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from pressroom import forms
from pressroom.errors import Finding, Place, PressroomError, Source, did_you_mean, error
from pressroom.layouts.composition import Start, Style
from pressroom.layouts.grid import Paper

_HERE = Path(__file__).parents[1]
BUILTIN = _HERE / "builtin" if (_HERE / "builtin").is_dir() else _HERE.parent
"""What comes with the builder: inside the package when it is installed from a wheel, beside it in a checkout."""

_OUTSIDE = re.compile(
    r"""(?:@import\s*(?:url\(\s*)?|(?<![\w-])(?:url|src|image|(?:-webkit-)?image-set)\(\s*)['"]?"""
    r"""(?!['"]?(?:data:|\#))([^)'";]*)""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/""", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)


class Manifest(forms.Form):
    """layout.yaml: what a layout says of itself."""

    title: str
    """Its name for people."""
    description: str = ""
    """What it is for."""
    extends: str | None = None
    """The layout that lends the files that this one lacks."""
    weights: tuple[int, ...] = (400, 700)
    """Weights of type that its style sheets use."""
    starts: dict[str, Start] = Field(default_factory=dict)
    """The side on which a kind of unit begins: recto unless it says otherwise."""
    papers: tuple[Paper, ...] = Field(min_length=1)
    """Its grid on the papers that it was drawn for."""


@dataclass(frozen=True)
class Layout:
    """A layout that has been found: its manifest, and the folders that hold its files, the nearest first.

    The folders of a layout that it extends come after its own.
    """

    name: str
    manifest: Manifest
    folders: tuple[Path, ...]
    root: Path

    def style(self, name: str) -> tuple[Style, list[Finding]]:
        """One of its style sheets, and whatever in it asks for other files."""
        for folder in self.folders:
            if (folder / name).is_file():
                source = _read(folder / name, self.root)
                return Style(name, source.text), list(_outside(source))
        why = f"The layout “{self.name}” has no style sheet “{name}”."
        help = f"Write one into layouts/{self.name}; it may be empty."
        raise PressroomError([error("style-missing", Place(f"layouts/{self.name}"), why, help)])

    def names(self) -> set[str]:
        """The names of all its files."""
        return {file.name for folder in self.folders for file in folder.glob("*") if file.is_file()}


def find_layout(name: str, root: Path, place: Place) -> Layout:
    """Find a layout for the publication at `root`. Raises PressroomError; `place` is where its name was given."""
    own, folders, place = _found(name, root, place)
    chain, manifest = [name], own
    while manifest.extends is not None:
        if manifest.extends in chain:
            why = f"Layouts extend each other in a circle: {' → '.join([*chain, manifest.extends])}."
            raise PressroomError([error("layout-circle", place, why, "Delete one of the lines “extends:”.")])
        chain.append(manifest.extends)
        manifest, lent, place = _found(manifest.extends, root, place)
        folders += lent
    return Layout(name, own, folders, root)


def _found(name: str, root: Path, place: Place) -> tuple[Manifest, tuple[Path, ...], Place]:
    """A layout's own manifest and folders, and where it names the layout that it extends."""
    folders = tuple(f for f in (root / "layouts" / name, BUILTIN / "layouts" / name) if f.is_dir())
    folders = tuple(dict.fromkeys(f.resolve() for f in folders))
    manifest = next((f / "layout.yaml" for f in folders if (f / "layout.yaml").is_file()), None)
    if manifest is None:
        known = sorted({f.parent.name for base in (root, BUILTIN) for f in base.glob("layouts/*/layout.yaml")})
        help = did_you_mean(name, known) or f"There are: {', '.join(known)}."
        raise PressroomError([error("layout-missing", place, f"There is no layout “{name}”.", help)])
    form, reading = forms.fill(_read(manifest, root), Manifest)
    if form is None:
        raise PressroomError(reading.findings)
    return form, folders, reading.place(("extends",))


def shown(file: Path, root: Path) -> str:
    """A layout file's name as it is told: relative to the publication, or marked as built in."""
    for base, prefix in ((root.resolve(), ""), (BUILTIN.resolve(), "built-in ")):
        if file.resolve().is_relative_to(base):
            return prefix + file.resolve().relative_to(base).as_posix()
    return file.name


def _read(file: Path, root: Path) -> Source:
    name, data = shown(file, root), file.read_bytes()
    try:
        return Source(name, data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as fault:
        place = Place(name, data[: fault.start].count(b"\n") + 1)
        why, help = "This is not UTF-8 text.", "Save the file as UTF-8 in your editor."
        raise PressroomError([error("text-encoding", place, why, help)]) from None


def _outside(source: Source) -> Iterator[Finding]:
    """Style sheets bring no files of their own: a build opens no connection, and products hold all their parts."""
    text = _COMMENT.sub(lambda match: match[1] or re.sub(r"[^\n]", " ", match[0]), source.text)
    for number, line in enumerate(text.split("\n"), 1):
        plain = _ESCAPE.sub(_unescaped, line)
        for match in _OUTSIDE.finditer(plain):
            place = source.place(number, match.start() + 1, len(match[0])) if plain == line else source.place(number)
            what = match[1].strip() or "another file"
            why = f"A style sheet cannot take in “{what}”: nothing is fetched in a build."
            yield error("style-outside", place, why, "Put pictures into the manuscript, fonts into assets/fonts.")


def _unescaped(match: re.Match[str]) -> str:
    """What an escape in CSS stands for: a backslash and “72” make an “r”."""
    code = int(match[1], 16) if match[1] else 0
    return chr(code) if 0 < code <= sys.maxunicode else match[2] or ""
