"""Obfuscation of fonts, by the algorithm of the IDPF (EPUB 3.3, “Font obfuscation”).

Obfuscation is no protection: anyone who has the ebook can reverse it. But a font that is copied out of the file does
not work without that step, and the licences of some foundries require this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lxml import etree

_ALGORITHM = "http://www.idpf.org/2008/embedding"
_LENGTH = 1040
"""The number of bytes at the beginning of a font that are obfuscated."""
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_ENC = "http://www.w3.org/2001/04/xmlenc#"


def obfuscate(font: bytes, identifier: str) -> bytes:
    """Obfuscate a font with the publication's unique identifier. A second call restores the font."""
    plain = "".join(c for c in identifier if c not in " \t\r\n")
    key = hashlib.sha1(plain.encode(), usedforsecurity=False).digest()  # SHA-1 as the standard requires
    pad = (key * (_LENGTH // len(key) + 1))[:_LENGTH]
    return bytes(byte ^ mask for byte, mask in zip(font, pad, strict=False)) + font[_LENGTH:]


def encryption(files: Iterable[str]) -> bytes:
    """META-INF/encryption.xml: the list of obfuscated files."""
    root = etree.Element(f"{{{_CONTAINER}}}encryption", nsmap={None: _CONTAINER, "enc": _ENC})
    for file in files:
        data = etree.SubElement(root, f"{{{_ENC}}}EncryptedData")
        etree.SubElement(data, f"{{{_ENC}}}EncryptionMethod", Algorithm=_ALGORITHM)
        reference = etree.SubElement(etree.SubElement(data, f"{{{_ENC}}}CipherData"), f"{{{_ENC}}}CipherReference")
        reference.set("URI", file)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
