"""The texts of the cover: alt text and credit of its photograph, and the text on its back."""

from __future__ import annotations

from collections.abc import Mapping

from pressroom.errors import Finding, Source, advice, warning
from pressroom.forms import PlaceOf
from pressroom.language.words import words_for
from pressroom.manuscript import markup
from pressroom.manuscript.figure_texts import CaptionDataOf, TextChooser
from pressroom.manuscript.figures import note_on_making
from pressroom.manuscript.prose import ProseWriter
from pressroom.manuscript.references import Labels
from pressroom.manuscript.typesetting import Typesetter
from pressroom.publication import COVER, Figure, Framing, PhotoNote, Settings, name_key


def read_cover(
    settings: Settings,
    photos: Mapping[str, PhotoNote],
    place_of: PlaceOf,
    caption_data_of: CaptionDataOf,
    findings: list[Finding],
) -> Figure | None:
    """The photograph of the cover as a figure; None if publication.yaml names none."""
    cover, words = settings.cover, words_for(settings.language)
    if not cover.photograph:
        return None
    place = place_of(("cover", "photograph"))
    note = photos.get(name_key(cover.photograph), PhotoNote())
    in_file = caption_data_of(cover.photograph, place.file)
    texts = TextChooser(in_file, typed_in="publication.yaml")
    alt = texts.first("alt", cover.alt or "", note.alt, in_file.alt)
    if not alt:
        why = "The cover’s photograph has no alt text: a reader who cannot see it learns nothing of it."
        findings.append(advice("alt-missing", place, why, "Write what it shows under cover: alt: …"))
    return Figure(
        id="cover",
        number=words.cover,
        file=cover.photograph,
        alt=alt,
        caption=None,
        credit=texts.first("credit", cover.credit or "", note.credit, in_file.credit)
        or _credit_of_all(settings, cover.photograph),
        placed=COVER,
        place=place,
        framing=Framing(
            focus=cover.focus or note.framing.focus,
            crop=cover.crop or note.crop,
            blur=tuple(dict.fromkeys((*note.blur, *cover.blur))),
        ),
        long_description=texts.first("long_description", "", note.long_description, in_file.long_description),
        made_by=in_file.made_by,
        note_on_making=note_on_making(in_file.made_by, words),
        origins=texts.origins,
    )


def read_back_pictures(
    settings: Settings, photos: Mapping[str, PhotoNote], place_of: PlaceOf, caption_data_of: CaptionDataOf
) -> tuple[Figure, ...]:
    """The photographs on the back of a printed cover, where one is made, with alt texts of photos.yaml or the file."""
    figures: list[Figure] = []
    for number, file in enumerate(settings.cover.back_photographs if _has_back(settings) else (), 1):
        place, note = place_of(("cover", "back")), photos.get(name_key(file), PhotoNote())
        in_file = caption_data_of(file, place.file)
        texts = TextChooser(in_file, typed_in="publication.yaml")
        figures.append(
            Figure(
                id=f"cover-back-{number}",
                number=words_for(settings.language).cover,
                file=file,
                alt=texts.first("alt", "", note.alt, in_file.alt),
                caption=None,
                credit=texts.first("credit", "", note.credit, in_file.credit) or _credit_of_all(settings, file),
                placed=COVER,
                place=place,
                framing=note.framing,
                made_by=in_file.made_by,
                note_on_making=note_on_making(in_file.made_by, words_for(settings.language)),
                origins=texts.origins,
            )
        )
    return tuple(figures)


def _credit_of_all(settings: Settings, file: str) -> str:
    """The credit that publication.yaml gives to photographs without one; a drawing has none."""
    return "" if file.lower().endswith(".svg") else settings.credit or ""


def _has_back(settings: Settings) -> bool:
    return any(edition.wrap for edition in settings.editions.values())


def read_back(
    settings: Settings, place_of: PlaceOf, typesetter: Typesetter, findings: list[Finding]
) -> tuple[str, ...]:
    """What the back of a printed cover says, where one is made: its own text, else the description."""
    if not _has_back(settings):
        return ()
    text, place = settings.cover.back_words, place_of(("cover", "blurb" if settings.cover.blurb else "back"))
    if text is None:
        text, place = settings.description or "", place_of(("description",))
    source = Source(place.file, text, max(1, place.line))
    nodes = markup.parse(text).children
    paragraphs = [node for node in nodes if node.type == "paragraph"]
    if len(paragraphs) < len(nodes):
        why = "The back of the cover takes paragraphs; a list, a heading or a table is left out."
        findings.append(warning("back-blocks", place, why, "Write it as sentences."))
    if settings.typography:
        typesetter.set_blocks(paragraphs, source)
    writer = ProseWriter(source, "cover", Labels(), findings)
    return tuple(writer.inline(node.children[0].children, (source.first_line,) * 2) for node in paragraphs)
