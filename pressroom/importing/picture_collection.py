"""Picture collections: the pictures of one source, each under a name of its own with the suffix of its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pressroom.importing.brought import BroughtPicture
from pressroom.importing.picture_names import fit_name, free_of
from pressroom.publication import name_key

_HEAD = 512
_BEGINNINGS = (
    (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    (b"\x89PNG", (".png",)),
    (b"GIF8", (".gif",)),
    (b"II*\0", (".tif", ".tiff")),
    (b"MM\0*", (".tif", ".tiff")),
    (b"BM", (".bmp",)),
)


@dataclass
class PictureCollection:
    """Collects the pictures of a source. The same picture, asked for twice, is one."""

    pictures: list[BroughtPicture] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """The names of pictures by what they are called in the source."""

    def add(self, called: str, content: bytes | Path, name: str, source: str) -> str:
        """The name of a picture; “” if it is none. `name` is the one that it would like to have."""
        if called in self.names:
            return self.names[called]
        suffixes = picture_suffixes(content)
        if not suffixes:
            return ""
        path = PurePosixPath(fit_name(name))
        wished = path.name if path.suffix.lower() in suffixes else f"{path.stem or 'picture'}{suffixes[0]}"
        taken = {name_key(each.name) for each in self.pictures}
        self.names[called] = free_of(wished, lambda each: name_key(each) in taken)
        self.pictures.append(BroughtPicture(self.names[called], content, source))
        return self.names[called]


def picture_suffixes(content: bytes | Path) -> tuple[str, ...]:
    """The suffixes that a picture may have, by its first bytes; none for what is no picture."""
    if isinstance(content, bytes):
        head = content[:_HEAD]
    else:
        with content.open("rb") as data:
            head = data.read(_HEAD)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return (".webp",)
    if head[4:8] == b"ftyp":
        return (".avif",) if b"avif" in head[:32] else (".heic", ".heif")
    if b"<svg" in head or (head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!--")) and b"svg" in head):
        return (".svg",)
    return next((suffixes for beginning, suffixes in _BEGINNINGS if head.startswith(beginning)), ())
