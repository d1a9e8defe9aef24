"""The versions of all libraries that have a part in how a page looks."""

from __future__ import annotations

from importlib.metadata import version

import fontTools
import PIL
import pydyf
import tinycss2
import weasyprint
from lxml import etree
from weasyprint.text.ffi import ffi, harfbuzz, pango

ffi.cdef("const char * hb_version_string(void); const char * pango_version_string(void);")


def versions() -> str:
    """Names and versions, as one line."""
    libraries = {
        "weasyprint": weasyprint.__version__,
        "pydyf": pydyf.VERSION,
        "pillow": PIL.__version__,
        "tinycss2": tinycss2.VERSION,
        "fonttools": fontTools.version,
        "lxml": etree.LXML_VERSION,
        "pyphen": version("pyphen"),
        "pango": ffi.string(pango.pango_version_string()).decode(),
        "harfbuzz": ffi.string(harfbuzz.hb_version_string()).decode(),
    }
    return " ".join(f"{name} {number}" for name, number in libraries.items())
