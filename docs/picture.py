"""The picture in the README: spreads of the screen edition that `make publication` has made."""

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
VERSOS = ("iv", "2", "4", "8")
"""The left pages of the spreads to show, by what they are called."""
SCALE, GAP, GROUND = 0.62, 18, "#d9d9d6"


def main() -> None:
    """Write docs/pages.png."""
    pdf = pypdfium2.PdfDocument(next((ROOT / "dist").glob("*-screen.pdf")))
    labels = [pdf.get_page_label(n) for n in range(len(pdf))]
    spreads = [[pdf[labels.index(verso) + side].render(scale=SCALE).to_pil() for side in (0, 1)] for verso in VERSOS]
    width, height = spreads[0][0].size
    picture = Image.new("RGB", (4 * width + 3 * GAP, 2 * height + 3 * GAP), GROUND)
    for n, spread in enumerate(spreads):
        for side, page in enumerate(spread):
            picture.paste(page, (GAP + (n % 2) * (2 * width + GAP) + side * width, GAP + (n // 2) * (height + GAP)))
    picture.quantize(64).save(ROOT / "docs" / "pages.png", optimize=True)


if __name__ == "__main__":
    main()
