"""OpenDocument texts made for tests, as LibreOffice writes them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "svg": "svg-compatible",
    "fo": "xsl-fo-compatible", "meta": "meta",
}  # fmt: skip
_SPACES = " ".join(f'xmlns:{short}="{_OASIS}:{long}:1.0"' for short, long in _NAMES.items())
_SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_STYLES = """
<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>
</style:default-style>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Bildunterschrift" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Subtitle" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="RU" style:family="paragraph"><style:text-properties fo:language="ru" fo:country="RU"/>
</style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-variant="small-caps"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-position="sub 58%"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties fo:language="fr" fo:country="FR"/></style:style>
<style:style style:name="T5" style:family="text" style:parent-style-name="T1">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T6" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/>
<text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
"""


def odt_file(file: Path, text: str, more: Mapping[str, bytes] | None = None, header: str = "") -> Path:
    """Write a text with these elements in its body."""
    head = f"<office:document-content {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
    content = f"{head}<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    master = f"<style:master-page><style:header><text:p>{header}</text:p></style:header></style:master-page>"
    styles = f"<office:document-styles {_SPACES}>{master}</office:document-styles>"
    meta = (
        f"<office:document-meta {_SPACES}><office:meta><meta:initial-creator>Ann Doe</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, part in (("content.xml", content), ("styles.xml", styles), ("meta.xml", meta)):
            out.writestr(name, part)
        for name, data in (more or {}).items():
            out.writestr(name, data)
    return file
