"""The pictures in the README: spreads of the screen editions that `make publication` and `make album` have made."""

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STORY, ALBUM = ("iv", "2", "4", "8"), ("2", "4", "6", "8", "10", "14")
"""The left pages of the spreads to show, by what they are called."""
GAP, GROUND = 18, "#d9d9d6"


def spreads(slug: str, versos: tuple[str, ...], across: int, scale: float) -> Image.Image:
    """Spreads of a book in rows, `across` of them in each; a point is `scale` pixels."""
    pdf = pypdfium2.PdfDocument(next((ROOT / "dist").glob(f"{slug}-screen.pdf")))
    labels = [pdf.get_page_label(n) for n in range(len(pdf))]
    shown = [[pdf[labels.index(verso) + side].render(scale=scale).to_pil() for side in (0, 1)] for verso in versos]
    width, height = shown[0][0].size
    rows = -(-len(shown) // across)
    size = across * (2 * width + GAP) + GAP, rows * (height + GAP) + GAP
    picture = Image.new("RGB", size, GROUND)
    for n, spread in enumerate(shown):
        for side, page in enumerate(spread):
            left, top = GAP + n % across * (2 * width + GAP) + side * width, GAP + n // across * (height + GAP)
            picture.paste(page, (left, top))
    return picture


def main() -> None:
    """Write docs/pages.png and docs/album.jpg."""
    spreads("the-road-to-kornidzor", STORY, 2, 0.62).quantize(64).save(ROOT / "docs" / "pages.png", optimize=True)
    spreads("light-over-land", ALBUM, 3, 0.5).save(ROOT / "docs" / "album.jpg", quality=82, optimize=True)


if __name__ == "__main__":
    main()
