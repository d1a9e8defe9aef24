"""`python -m scenes FOLDER`, in docs/: the pictures of the collection, as JPEG files."""

from __future__ import annotations

import argparse
from pathlib import Path

from scenes.collection import PICTURES
from scenes.packet import packet


def main() -> None:
    """Draw the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m scenes", description="Pictures that stand for photographs, CC0.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--long", type=int, default=2400, help="pixels on the longer side (2400)")
    parser.add_argument("--quality", type=int, default=90, help="of the JPEG files (90)")
    parser.add_argument("--only", help="names of pictures, with commas between them")
    asked = parser.parse_args()
    draw(asked.folder, asked.long, asked.only.split(",") if asked.only else None, asked.quality)


def draw(folder: Path, long: int, names: list[str] | None = None, quality: int = 90) -> None:
    """Write the pictures into a folder, those that are missing there."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        file = folder / f"{picture.name}.jpg"
        if not file.exists() and (names is None or picture.name in names):
            picture.drawn(long).save(file, quality=quality, subsampling=0, xmp=packet(picture))


if __name__ == "__main__":
    main()
