"""Sheets of drawings as a browser shows them and as pages show them, and how far the two differ."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from drawings_made import HEIGHT, WIDTH
from PIL import Image, ImageChops, ImageFilter
from validators import chromium
from weasyprint import HTML

from pressroom.design import FontFace

ACROSS, ZOOM = 5, 2
_FONTS = """<?xml version="1.0"?><fontconfig>{folders}<cachedir>{cache}</cachedir>
<alias binding="same"><family>sans-serif</family><prefer><family>Source Sans Pro</family></prefer></alias>
<alias binding="same"><family>serif</family><prefer><family>Source Serif Pro</family></prefer></alias></fontconfig>"""


@dataclass(frozen=True)
class Difference:
    """How far two pictures of a drawing differ."""

    mean: float
    """Of all pixels and colours, of 255."""
    share: float
    """The share of pixels that differ by more than a quarter of the scale."""


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """The difference of two pictures of one size. Both are blurred by a pixel: edges are smoothed in several ways."""
    soft = [each.convert("RGB").filter(ImageFilter.BoxBlur(1.5)) for each in (one, other)]
    apart = ImageChops.difference(*soft)
    counts = apart.convert("L", None).histogram()
    pixels = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts)) / pixels
    most = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2]).histogram()
    return Difference(mean, sum(most[64:]) / pixels)


def in_browser(drawings: Sequence[bytes], folder: Path, faces: Sequence[FontFace]) -> list[Image.Image]:
    """Drawings as Chromium shows them, each in a document of its own, with these fonts alone."""
    folder.mkdir()
    for n, drawing in enumerate(drawings):
        (folder / f"{n}.svg").write_bytes(drawing)
    frames = "".join(
        f'<iframe src="{n}.svg" style="{_place(n)};width:{WIDTH}px;height:{HEIGHT}px;border:0"></iframe>'
        for n in range(len(drawings))
    )
    (folder / "sheet.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">{frames}</body>')
    folders = "".join(f"<dir>{each}</dir>" for each in sorted({str(face.file.parent) for face in faces}))
    (folder / "fonts.conf").write_text(_FONTS.format(folders=folders, cache=folder / "cache"))
    rows = -(-len(drawings) // ACROSS)
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
        f"--force-device-scale-factor={ZOOM}", f"--window-size={ACROSS * WIDTH},{rows * HEIGHT}",
        f"--user-data-dir={folder / 'profile'}", "--font-render-hinting=none", "--disable-lcd-text",
        f"--screenshot={folder / 'sheet.png'}", (folder / "sheet.html").as_uri(),
    ]  # fmt: skip
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run([chromium(), *options], check=True, capture_output=True, timeout=180, env=environment)
    with Image.open(folder / "sheet.png") as sheet:
        return _cut(sheet.convert("RGB"), len(drawings))


def on_pages(files: Mapping[str, Path] | Sequence[Path], folder: Path, faces: Sequence[FontFace]) -> list[Image.Image]:
    """Drawings as the page engine draws them, on one page."""
    folder.mkdir()
    places = list(files.values() if isinstance(files, Mapping) else files)
    rules = "".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
        f"font-style:{'italic' if face.italic else 'normal'};"
        f'src:url("{face.file.as_uri()}")}}'
        for face in faces
    )
    rows = -(-len(places) // ACROSS)
    page = f"@page{{size:{ACROSS * WIDTH}px {rows * HEIGHT}px;margin:0}} img{{width:{WIDTH}px;height:{HEIGHT}px}}"
    pictures = "".join(f'<img src="{file.as_uri()}" style="{_place(n)}">' for n, file in enumerate(places))
    data = HTML(string=f"<style>{rules}{page}</style>{pictures}").write_pdf()
    with pypdfium2.PdfDocument(data) as document:
        sheet = document[0].render(scale=ZOOM * 96 / 72).to_pil().convert("RGB")
    return _cut(sheet, len(places))


def _place(n: int) -> str:
    return f"position:absolute;left:{n % ACROSS * WIDTH}px;top:{n // ACROSS * HEIGHT}px"


def _cut(sheet: Image.Image, count: int) -> list[Image.Image]:
    across, down = WIDTH * ZOOM, HEIGHT * ZOOM
    corners = ((n % ACROSS * across, n // ACROSS * down) for n in range(count))
    return [sheet.crop((x, y, x + across, y + down)) for x, y in corners]
