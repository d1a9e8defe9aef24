"""Profiles: ICC profiles of the printing conditions that pictures are prepared for.

A publication keeps its own in assets/profiles, and others come with the builder. NAME.yaml beside NAME.icc may name
the condition as the trade knows it, which the profile itself does not.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from PIL import ImageCms
from pydantic import Field

from pressroom import forms
from pressroom.errors import Place, PressroomError, Source, did_you_mean, error
from pressroom.photographs.srgb import UNFIT, srgb
from pressroom.whereabouts import BUILTIN, leads_out

Space = Literal["cmyk", "gray", "rgb"]
FOLDER = "assets/profiles"
SUFFIXES = (".icc", ".icm")
CUSTOM = "Custom"
"""The identifier of a condition that is in no registry (ISO 15930-7, 6.2.2)."""
_SPACES: Mapping[bytes, tuple[Space, str]] = {
    b"CMYK": ("cmyk", "CMYK"),
    b"GRAY": ("gray", "L"),
    b"RGB ": ("rgb", "RGB"),
}
_CLASSES = {
    b"scnr": "scanners and cameras",
    b"mntr": "screens",
    b"link": "going from one device to another",
    b"spac": "a colour space",
    b"abst": "effects",
    b"nmcl": "named colours",
}
"""The purpose of profiles that are not for a press, by their class (ICC.1:2010, 7.2.5)."""


@dataclass(frozen=True)
class Profile:
    """A printing condition: how inks look on a paper, and its names in the trade."""

    name: str
    """The name in publication.yaml: coated-fogra39."""
    space: Space
    condition: str
    """The condition in words: “Coated paper, ISO 12647-2:2004, FOGRA39”."""
    identifier: str
    """The condition in the registry of characterisations: “FOGRA39”."""
    registry: str
    """URL of that registry."""
    data: bytes = field(repr=False)
    """The ICC profile itself (ISO 15076-1)."""
    ink: int | None = None
    """The most ink on one spot that the condition or the printer allows, in percent of one plate."""

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the profile."""
        return hashlib.sha256(self.data).hexdigest()

    def within(self, ink: int | None) -> Profile:
        """The same profile for a printer who allows no more ink than this."""
        limits = [limit for limit in (self.ink, ink) if limit is not None]
        return replace(self, ink=min(limits, default=None))


SRGB = Profile("srgb", "rgb", "Screen colours, IEC 61966-2-1", "sRGB IEC61966-2.1", "http://www.color.org", srgb())
"""The profile for printers who take screen colours and separate them themselves."""


class Condition(forms.Form):
    """NAME.yaml beside a profile: the names of its printing condition."""

    condition: str = ""
    """The condition in words."""
    identifier: str = CUSTOM
    """Its identifier in the registry."""
    registry: str = ""
    ink: Annotated[int, Field(ge=100, le=400)] | None = None
    """The most ink on one spot, in percent of one plate."""
    provenance: dict[str, str] = Field(default_factory=dict)
    """Where the profile comes from, for a human reader."""


MOST_BYTES = 20_000_000
"""Bytes of a profile that are read: those of presses have up to three million."""


def find_profile(name: str, root: Path, place: Place) -> Profile:
    """The profile with this name, or at this path in the publication at `root`. Raises PressroomError, at `place`."""
    if name.lower() == SRGB.name:
        return SRGB
    file = _file(name, root, place)
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES)
    except OSError as fault:
        why = f"“{file.name}” cannot be read: {fault.strerror}."
        raise _fault("profile-broken", place, why, "Copy the profile again.") from None
    space, description = _read(data, file, place)
    named = _condition(file.with_suffix(".yaml"), root)
    condition = named.condition or description or file.stem
    return Profile(file.stem, space, condition, named.identifier, named.registry, data, named.ink)


def known_profiles(root: Path) -> list[str]:
    """The names of the publication's own profiles and those that come with the builder."""
    files = (file for base in (root, BUILTIN) for file in (base / FOLDER).glob("*.icc"))
    return sorted({SRGB.name, *(file.stem for file in files)})


def _file(name: str, root: Path, place: Place) -> Path:
    if name.lower().endswith(SUFFIXES):
        file = root / name
        if leads_out(file, root):
            why = f"“{name}” lies outside the publication; on another computer it would be missing."
            raise _fault("profile-outside", place, why, f"Put it into {FOLDER} and write its name without .icc.")
        if file.is_file():
            return file
    elif "/" not in name and "\\" not in name:
        for file in (base / FOLDER / f"{name}.icc" for base in (root, BUILTIN)):
            if file.is_file():
                return file
    known = known_profiles(root)
    remedy = did_you_mean(Path(name).stem, known) or f"Put it there, or write one of: {', '.join(known)}."
    where = "" if name.lower().endswith(SUFFIXES) else f" in {FOLDER}"
    why = f"There is no profile “{name}”{where}: without it, the inks of a colour are unknown."
    raise _fault("profile-missing", place, why, remedy)


@functools.lru_cache(8)  # two conversions are built to try it
def _read(data: bytes, file: Path, place: Place) -> tuple[Space, str]:
    """The colour space of a press profile, and its own description (ICC.1:2010, 7.2: the header’s fields)."""
    kind, colours = data[12:16], data[16:20]
    if data[36:40] != b"acsp" or int.from_bytes(data[:4]) > len(data):
        why = f"“{file.name}” is damaged, or not an ICC profile; no picture can be converted with it."
        raise _fault("profile-broken", place, why, "Copy it again from where it came.")
    if kind != b"prtr" or colours not in _SPACES:
        used = _CLASSES.get(kind, f"inks that are not cyan, magenta, yellow and black ({colours.decode('latin-1')})")
        why = f"“{file.name}” is a profile for {used}, not for a press; it does not say which inks make a colour."
        raise _fault("profile-class", place, why, "Ask the printer for the profile of the paper.")
    space, mode = _SPACES[colours]
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        screen = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
        for one, other, modes in ((screen, profile, ("RGB", mode)), (profile, screen, (mode, "RGB"))):
            ImageCms.buildTransform(one, other, *modes)
        return space, (profile.profile.profile_description or "").strip()
    except UNFIT:
        why = f"“{file.name}” is damaged: its tables cannot be used in both directions, as a press needs them."
        raise _fault("profile-broken", place, why, "Copy it again from where it came.") from None


def _condition(file: Path, root: Path) -> Condition:
    """The condition in the YAML file beside a profile, if any. Raises PressroomError with every fault in it."""
    if not file.is_file():
        return Condition()
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else f"built-in {FOLDER}/{file.name}"
    try:
        source = Source(name, file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, UnicodeDecodeError):
        why, remedy = "This cannot be read as UTF-8 text.", "Save it as UTF-8 in your editor."
        raise _fault("text-encoding", Place(name), why, remedy) from None
    condition, reading = forms.fill(source, Condition)
    if condition is None:
        raise PressroomError(reading.findings)
    return condition


def _fault(id: str, place: Place, why: str, remedy: str) -> PressroomError:
    return PressroomError([error(id, place, why, remedy)])
