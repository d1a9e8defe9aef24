"""Whereabouts: where a publication has its files, and what comes with the builder. Imports nothing heavy, so that
the command line can be read and help be given at once.
"""

from __future__ import annotations

from pathlib import Path

SETTINGS_FILE = "book/publication.yaml"
"""The file of a publication’s settings, by which its folder is known."""
CACHE = ".pressroom"
"""The folder in a publication for what is kept between builds."""
INPUTS = ("book", "layouts", "assets")
"""The folders of a publication that a build reads."""
REPORT_OF_IMPORT = "<!-- A report of pressroom import, and no chapter. -->"
"""The first line of a report that lies beside the chapters, by which it is told from them."""
PRINTERS = ("bod", "ingramspark", "kdp", "lulu", "offset")
"""The printers whose rules come with Pressroom; a publication adds its own in assets/printers."""
_HERE = Path(__file__).parent
BUILTIN = _HERE / "builtin" if (_HERE / "builtin").is_dir() else _HERE.parent
"""The folder of built-in layouts and profiles: inside the package if it was installed from a wheel, beside it in a
checkout.
"""
