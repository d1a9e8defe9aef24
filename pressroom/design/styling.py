"""Styling: the style sheets of an edition and the faces that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressroom.design.companion_cuts import completed
from pressroom.design.composition import FontFace, Style
from pressroom.design.edition_in_hand import EditionInHand
from pressroom.design.font_files import unfit_fonts
from pressroom.design.fonts import find_faces
from pressroom.design.grid import variables
from pressroom.design.library import Layout
from pressroom.design.optics import optics
from pressroom.design.webfonts import font_rules
from pressroom.errors import Finding, PressroomError, has_errors
from pressroom.forms import PlaceOf
from pressroom.language.words import is_rtl
from pressroom.publication import Settings
from pressroom.whereabouts import CACHE

Faces = Mapping[str, list[FontFace]]
"""The faces for each use: text, captions, cover."""


@dataclass(frozen=True)
class Styling:
    """The faces and style sheets of an edition."""

    faces: Faces
    styles: tuple[Style, ...]
    """The style sheets, from shared ones to those of this edition; later ones win."""
    cache: Path
    """The folder where cut companions are kept."""

    def companions(self, letters: Iterable[str], language: str, root: Path) -> list[FontFace]:
        """The faces that set what the families lack of some letters. Raises OSError if the cache cannot be written."""
        cuts = (completed(faces, letters, language, root, self.cache) for faces in self.faces.values())
        return [face for faces in cuts for face in faces]


def styling_of(hand: EditionInHand, *more: str, cache: Path | None = None) -> Styling:
    """The faces and style sheets of an edition, with `more` style sheets of its layout; `cache` is the folder for fonts
    that are kept between builds. Raises PressroomError with every missing family and style sheet.
    """
    faces, findings = find_fonts(hand.settings, hand.layout, hand.place_of)
    styles, faults = styles_of(hand, *more)
    if has_errors([*findings, *faults]):
        raise PressroomError([*findings, *faults])
    return Styling(faces, tuple(styles), cache or hand.layout.root / CACHE / "fonts")


def find_fonts(
    settings: Settings, layout: Layout, place_of: PlaceOf
) -> tuple[dict[str, list[FontFace]], list[Finding]]:
    """The faces for each use (text, captions), and findings for missing families and for fonts that cannot be used."""
    faces: dict[str, list[FontFace]] = {}
    findings: list[Finding] = list(unfit_fonts(layout.root))
    for use, family in (("text", settings.fonts.text), ("captions", settings.fonts.captions)):
        place = place_of(("fonts", use))
        faces[use], faults = find_faces(family, layout.manifest.weights, layout.root, place)
        findings += faults
    return faces, findings


def styles_of(hand: EditionInHand, *more: str) -> tuple[list[Style], list[Finding]]:
    """The style sheets of an edition, from the shared ones to those for the press only, and `more` of the layout's."""
    layout, names, grid = hand.layout, ["shared.css"], hand.grid
    if grid:
        names += ["page.css"] + ["page-narrow.css"] * grid.paper.narrow
        names += ["page-more.css"] * (layout.file("page-more.css") is not None)
        turned = ["page-rtl.css", *["page-narrow-rtl.css"] * grid.paper.narrow, "page-more-rtl.css"]
        turned = turned if is_rtl(hand.settings.language) else []
        names += [name for name in turned if layout.file(name)] + ["press.css"] * hand.edition.for_press
    else:
        names += ["screen.css"] * (layout.file("screen.css") is not None) + ["ebook.css"]
        names += ["ebook-more.css"] * (layout.file("ebook-more.css") is not None)
    names += more
    names += ["own.css"] * (layout.file("own.css") is not None)
    chosen = layout.options.css(hand.edition)
    styles = [Style("options.css", chosen, is_own=False)] if chosen else []  # first, so that style sheets override it
    findings: list[Finding] = []
    for name in names:
        style, faults = layout.style(name)
        styles.append(style)
        findings += faults
    if grid is not None:
        styles.append(Style("grid.css", variables(grid), is_own=False))
    return styles, findings


def type_style(hand: EditionInHand, faces: Faces, fonts: Iterable[FontFace]) -> str:
    """CSS with the `@font-face` rules and the variables for families; for print also the measures of the fonts and the
    word before a page number.
    """
    families = {use: f'"{cuts[0].family}"' for use, cuts in faces.items()}
    names = f"--serif: {families['text']}, serif; --sans: {families['captions']}, sans-serif;"
    rules = font_rules(tuple(fonts), hand.edition)
    if not hand.page:
        return "\n".join([*rules, f":root {{ {names} }}\n"])
    measures = " ".join(f"--{name}: {ems};" for name, ems in optics(faces).items())
    return "\n".join([*rules, f':root {{ {names} {measures} --page-word: "{hand.words.page}" }}\n'])
