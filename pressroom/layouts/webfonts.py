"""Fonts of an edition: the faces that it brings, and the rules by which its style sheets find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pressroom.layouts.composition import FontFace
from pressroom.publication import Edition, EpubEdition


def brought(edition: Edition, faces: Mapping[str, Sequence[FontFace]]) -> tuple[FontFace, ...]:
    """The faces that an edition brings: all that its layout sets; of these an ebook what it may and is to bring."""
    all_faces = dict.fromkeys(face for cuts in faces.values() for face in cuts)
    if isinstance(edition, EpubEdition):
        return tuple(face for face in all_faces if face.may_be_embedded and edition.fonts != "none")
    return tuple(all_faces)


def font_rule(face: FontFace, edition: Edition) -> str:
    """The `@font-face` rule of a face."""
    is_web = isinstance(edition, EpubEdition)
    address = f'url(../{face.part}) format("woff2")' if is_web else f"url(../fonts/{face.file.name})"
    which = f'font-family: "{face.family}"; font-weight: {face.weight}; font-style: '
    return f"@font-face {{ {which}{'italic' if face.italic else 'normal'}; src: {address} }}"
