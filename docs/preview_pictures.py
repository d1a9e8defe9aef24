"""The pictures in docs/preview.md and the README: the preview of the book of pictures in docs/album, in light and dark.

Needs Node.js, Chromium and what `make test` brings for its tests.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from PIL import Image
from scenes.__main__ import draw as draw_scenes

DOCS = Path(__file__).parent
MODULES = DOCS.parent / "tests/conformance/node_modules"
_PAINTED = """(here => here?.dataset.shown && [...here.parentElement.children].every(page => page.dataset.shown))(
  document.querySelector(".here"))"""
_DEVELOPED = """(shown => shown.length > 9 && shown.slice(0, 9).every(picture => picture.complete))(
  [...document.querySelectorAll(".card img")])"""
SHOTS = {
    "preview-light": ("light", "edition=print&page=14", _PAINTED),
    "preview-dark": ("dark", "view=photos", _DEVELOPED),
}
"""By picture: the scheme, what the address asks for, and when it is there."""
SCRIPT = """
import puppeteer from "puppeteer-core"
const [address, file, scheme, hash, ready] = process.argv.slice(2)
const args = ["--no-sandbox", "--hide-scrollbars"]
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args })
const tab = await browser.newPage()
await tab.setViewport({ width: 1360, height: 850 })
await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }])
await tab.goto(`${address}#${hash}`)
await tab.waitForFunction(ready, { timeout: 300000 })
await new Promise(done => setTimeout(done, 3000))
await tab.screenshot({ path: file })
await browser.close()
"""


def main() -> None:
    """Write docs/preview-light.jpg and docs/preview-dark.jpg."""
    draw_scenes(DOCS / "album/assets/photos", 2400)
    command = [sys.executable, "-m", "pressroom", "preview", "--root", str(DOCS / "album"), "--no-open"]
    script = MODULES.parent / ".preview-pictures.mjs"  # beside the modules that it imports
    script.write_text(SCRIPT)
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as preview:
        assert preview.stdout
        address = re.search(r"http://\S+", preview.stdout.readline())
        assert address
        try:
            for name, asked in SHOTS.items():
                shot = DOCS / f".{name}.png"
                run = ["node", str(script), address[0], str(shot), *asked]
                subprocess.run(run, check=True, env={"CHROMIUM": browser, "PATH": "/usr/bin:/bin"})
                Image.open(shot).convert("RGB").save(DOCS / f"{name}.jpg", quality=80, optimize=True)
                shot.unlink()
        finally:
            preview.send_signal(signal.SIGINT)
            script.unlink()


if __name__ == "__main__":
    main()
