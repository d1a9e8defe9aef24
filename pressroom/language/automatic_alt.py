"""Automatic alt texts: what programs write by themselves where nobody has said what a picture shows."""

from __future__ import annotations

import re

_BY_OFFICE = (
    "automatically generated|ai-generated content|automatisch generierte beschreibung|automatisch generiert"
    "|ki-generierte inhalte|généré(?:e)? automatiquement|contenu généré par l.ia|generad[oa] automáticamente"
    "|contenido generado por ia|generat[ao] automaticamente|gerada? automaticamente|automatisch gegenereerd"
    "|создано автоматически|автоматически созданное описание|wygenerowan[ay] automatycznie"
)
"""What Microsoft Office adds to its descriptions, by language."""
_NAMES = (
    r"alt ?text|image ?\d*|img|picture ?\d*|untitled|screenshot(?:[ _-].*\d.*)?|pasted image \d+|grafik \d+|bild \d+"
)
AUTOMATIC_ALT = re.compile(
    rf"^.*\b(?:{_BY_OFFICE})\b.*$|\A(?:{_NAMES})\Z"
    r"|\A(?:\S*[\\/])?[^\\/\n]{0,80}\w\.(?:jpe?g|png|gif|tiff?|bmp|webp|heic|emf|wmf|svg)\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""An alt text that says nothing: the name of a file, an editor’s “alt text”, what Office guessed."""


def without_automatic(alt: str) -> str:
    """An alt text without the lines that a program wrote by itself."""
    lines = (line.strip() for line in alt.splitlines())
    return " ".join(" ".join(line for line in lines if not AUTOMATIC_ALT.search(line)).split())
