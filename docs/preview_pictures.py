"""The pictures in docs/preview.md and the README: the preview of the book of pictures in docs/album, in light and dark.

Needs Node.js, Chromium and what `make test` brings for its tests.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from scenes.__main__ import draw as draw_scenes

DOCS = Path(__file__).parent
SCRIPT = DOCS / "preview_pictures.mjs"
_PAINTED = """(here => here?.dataset.shown && [...here.parentElement.children].every(page => page.dataset.shown))(
  document.querySelector(".here"))"""
_DEVELOPED = """(shown => shown.length > 3 && shown.every(picture => picture.complete))(
  [...document.querySelectorAll(".card img")].filter(picture => picture.getBoundingClientRect().top < innerHeight))"""
SHOTS = {
    "preview-light": ("light", "edition=print&page=14", _PAINTED),
    "preview-dark": ("dark", "view=photos", _DEVELOPED),
}
"""By picture: the scheme, what the address asks for, and when it is there."""


def main() -> None:
    """Write docs/preview-light.jpg and docs/preview-dark.jpg."""
    draw_scenes(DOCS / "album/assets/photos", 2400)
    command = [sys.executable, "-m", "pressroom", "preview", "--root", str(DOCS / "album"), "--no-open"]
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))))
    with TemporaryDirectory() as folder, subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        assert preview.stdout
        address = re.search(r"http://\S+", preview.stdout.readline())
        assert address
        try:
            for name, asked in SHOTS.items():
                shot = Path(folder, f"{name}.png")
                run = ["node", str(SCRIPT), address[0], str(shot), *asked]
                subprocess.run(run, check=True, env=os.environ | {"CHROMIUM": browser})
                Image.open(shot).convert("RGB").save(DOCS / f"{name}.jpg", quality=80, optimize=True)
        finally:
            preview.send_signal(signal.SIGINT)


if __name__ == "__main__":
    main()
