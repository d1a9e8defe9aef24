"""Peers: other programs that make a book of the same text and pictures, each run as a command of its own.

    python benchmarks/peers.py weasyprint FOLDER      one plain document: no notes, references, inks, tags or checks
    python benchmarks/peers.py typst FOLDER           a PDF by pandoc and typst, and an EPUB by pandoc

`books` has written what they read. Typst and pandoc put pictures into the book as they are.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from timing import PYTHON, Took, timed

TYPST_HEAD = """#set page(width: 6in, height: 9in, margin: (x: 18mm, y: 20mm), numbering: "1")
#set text(font: "Source Serif Pro", size: 10pt, lang: "en", region: "GB")
#set par(justify: true, first-line-indent: 1.2em)
#outline()
"""


def weasyprint_document(root: Path) -> Took:
    """What one plain WeasyPrint document takes."""
    return timed(PYTHON, __file__, "weasyprint", root)


def typst_and_pandoc(root: Path) -> Took | None:
    """What typst and pandoc take; None where they are not installed."""
    if not (importlib.util.find_spec("typst") and pandoc()):
        return None
    return timed(PYTHON, __file__, "typst", root)


def pandoc() -> str:
    """A pandoc that writes typst (3.1 or newer): that of the extra `benchmarks`, or that of the machine; "" if none."""
    spec = importlib.util.find_spec("pypandoc")
    bundled = [str(file) for file in Path(spec.origin).parent.glob("files/pandoc*")] if spec and spec.origin else []
    for program in filter(None, [*bundled, shutil.which("pandoc")]):
        formats = subprocess.run([program, "--list-output-formats"], capture_output=True, text=True, check=False)
        if "typst" in formats.stdout.split():
            return program
    return ""


def _weasyprint(root: Path) -> None:
    import weasyprint  # noqa: PLC0415 - each peer loads its own

    weasyprint.HTML(root / "plain.html").write_pdf(root / "plain.pdf")


def _typst(root: Path) -> None:
    import font_source_serif_pro  # noqa: PLC0415 - as above
    import typst  # noqa: PLC0415 - it need not be installed

    program = pandoc()
    text = subprocess.run([program, root / "peer.md", "--to", "typst"], capture_output=True, text=True, check=True)
    (root / "peer.typ").write_text(TYPST_HEAD + text.stdout)
    fonts = [font_source_serif_pro.font_directory]
    typst.compile(root / "peer.typ", output=root / "peer.pdf", root=root, font_paths=fonts)
    book = ["peer.md", "--toc", "--metadata", "title=A Book of Words", "--output", "peer.epub"]
    subprocess.run([program, *book], cwd=root, check=True)


if __name__ == "__main__":
    {"weasyprint": _weasyprint, "typst": _typst}[sys.argv[1]](Path(sys.argv[2]))
