"""Checks of alt texts and captions: length, repetition, sentences, tense, place, date and sides."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pressroom.errors import Finding, advice
from pressroom.language.bcp47 import primary_subtag
from pressroom.language.cues import ends_as_sentence, misses_date, misses_place, names_maker, side_in
from pressroom.language.english import is_past
from pressroom.photographs import Photograph
from pressroom.preflight.pictures import PictureDesk
from pressroom.publication import Chapter, Figure, Gallery, pictures_in

_ALT_LONGEST = 250
"""The most characters of an alt text (IPTC Photo Metadata Standard 2025.1, Alt Text)."""
_CAPTION_LONGEST = 60
"""The most words of a caption: those of two long sentences."""
_LABEL = 5
"""A caption of fewer words is a label (“Lachin, 1992”), which need not be a sentence."""
_CREDIT_AFTER = re.compile(r"[(\[][^()\[\]]*[)\]]$")
"""A credit in brackets after the last sentence."""
_AFTER_STOP = re.compile(r"(?<=[.!?…])\s+")


# ---- alt text


def alt_is_caption(desk: PictureDesk) -> Iterator[Finding]:
    """Do alt text and caption differ? A screen reader reads both out, and listeners hear the same text twice."""
    for _, figure in desk.publication.figures():
        caption = figure.caption.text if figure.caption else ""
        if _letters(figure.alt) and _letters(figure.alt) == _letters(caption):
            why = "The alt text repeats the caption, so that a screen reader reads it out twice."
            remedy = "Describe in the alt text what the picture shows, and in the caption who, where and when."
            yield advice("alt-is-caption", figure.place, why, remedy)


def _letters(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def alt_long(desk: PictureDesk) -> Iterator[Finding]:
    """Is the alt text short (IPTC: at most 250 characters)? Listeners cannot skim it."""
    for _, figure in desk.publication.figures():
        if len(figure.alt) > _ALT_LONGEST:
            why = f"The alt text has {len(figure.alt)} characters; listeners cannot skim more than {_ALT_LONGEST}."
            remedy = "Keep the main thing here, and move the rest to long_description in photos.yaml."
            yield advice("alt-long", figure.place, why, remedy)


# ---- captions as sentences


def _captions(desk: PictureDesk) -> Iterator[tuple[Figure | Gallery, str]]:
    """Every caption: of figures, of galleries, and of the pictures in galleries."""
    for _, block in desk.publication.illustrations():
        yield from _captions_of(block)


def _language(desk: PictureDesk, chapter: Chapter) -> str:
    """The language of a chapter's captions."""
    return chapter.language or desk.publication.settings.language


def _captions_of(block: Figure | Gallery) -> Iterator[tuple[Figure | Gallery, str]]:
    """The captions of a figure, or of a gallery and its pictures, each with what it belongs to."""
    owners: tuple[Figure | Gallery, ...] = (*block.figures, block) if isinstance(block, Gallery) else (block,)
    for owner in owners:
        if owner.caption:
            yield owner, owner.caption.text


def _words(text: str) -> int:
    """The number of words in a text."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def caption_full_stop(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption end with a full stop? Without it, the end of the caption seems to be missing."""
    for owner, text in _captions(desk):
        *sentences, last = _AFTER_STOP.split(text)
        is_ended = any(map(ends_as_sentence, (text, _CREDIT_AFTER.sub("", text)))) or (sentences and names_maker(last))
        if not is_ended and _words(text) >= _LABEL:
            why = f"The caption ends with “{text.split()[-1]}” without a full stop, as if its end were missing."
            yield advice("caption-full-stop", owner.place, why, "End it with a full stop.")


def caption_long(desk: PictureDesk) -> Iterator[Finding]:
    """Is the caption short? Two short sentences are enough (AP): readers came for the picture."""
    for owner, text in _captions(desk):
        if _words(text) > _CAPTION_LONGEST:
            why = f"The caption has {_words(text)} words; more than {_CAPTION_LONGEST} keep readers from the picture."
            yield advice("caption-long", owner.place, why, "Keep two short sentences, and move the rest into the text.")


def caption_past(desk: PictureDesk) -> Iterator[Finding]:
    """Is the first sentence in the present tense (AP)? A picture shows its moment as now. Only English is checked."""
    for chapter, block in desk.publication.illustrations():
        for owner, text in _captions_of(block) if primary_subtag(_language(desk, chapter)) == "en" else ():
            if not is_past(text):
                continue
            why = "The caption begins in the past tense, but a picture shows its moment as now."
            remedy = "Write its first sentence in the present tense; the next may describe what came before."
            yield advice("caption-past", owner.place, why, remedy)


# ---- where and when


@dataclass(frozen=True)
class _CaptionFacts:
    """The captions of one figure or gallery, and where and when its files say that they were taken."""

    chapter: Chapter
    block: Figure | Gallery
    text: str
    """All its captions."""
    where: str
    """The place in the metadata of its files, or ""."""
    when: dt.date | None
    """The date in the metadata of its files."""


def _caption_facts(desk: PictureDesk) -> Iterator[_CaptionFacts]:
    """Every figure or gallery whose captions should say where and when; drawings and labels need not."""
    for chapter, block in desk.publication.illustrations():
        figures = pictures_in(block)
        pictures = [desk.album[figure.id] for figure in figures if figure.id in desk.album]
        text = "\n".join(text for _, text in _captions_of(block))
        only_drawings = len(pictures) == len(figures) and not any(picture.was_taken for picture in pictures)
        is_written = "[TK" not in text  # else the manuscript asks for all of it already
        if is_written and not only_drawings and _words(text) >= _LABEL:
            yield _CaptionFacts(chapter, block, text, _place_of(pictures), _day_of(pictures))


def _place_of(photographs: list[Photograph]) -> str:
    """The first place in the metadata of some photographs, or ""."""
    return next((photo.metadata.place for photo in photographs if photo.metadata.place), "")


def _day_of(photographs: list[Photograph]) -> dt.date | None:
    """The first date in the metadata of some photographs."""
    return next((photo.metadata.date for photo in photographs if photo.metadata.date), None)


def caption_no_place(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption, or its chapter, name the place? Without it a caption is incomplete (AP)."""
    for facts in _caption_facts(desk):
        language = _language(desk, facts.chapter)
        if not facts.chapter.where and misses_place(facts.text, language, facts.where):
            why = f"{_names_no(facts, 'place')}, so that readers do not know where this was."
            remedy = _remedy(facts, "place", facts.where)
            yield advice("caption-no-place", facts.block.place, why, remedy)


def caption_no_date(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption, or its chapter, name the date? Without it a caption is incomplete (AP)."""
    for facts in _caption_facts(desk):
        language, day = _language(desk, facts.chapter), facts.when
        if not facts.chapter.date and misses_date(facts.text, language, known=day is not None):
            why = f"{_names_no(facts, 'date')}, so that in a few years nobody knows when this was."
            remedy = _remedy(facts, "date", f"{day.day} {day:%B %Y}" if day else "")
            yield advice("caption-no-date", facts.block.place, why, remedy)


def _names_no(facts: _CaptionFacts, what: str) -> str:
    """The sentence that no caption names a place or a date."""
    if isinstance(facts.block, Gallery):
        return f"No caption of this gallery names a {what}"
    return f"The caption names no {what}"


def _remedy(facts: _CaptionFacts, what: str, in_file: str) -> str:
    """How to give a place or a date; `in_file` is the one in the metadata of the file, or ""."""
    if in_file:
        return f"Write it into the caption. The file says: {in_file}."
    if facts.chapter.file.lower().endswith(".txt"):  # plain text has no front matter
        return "Write it into the caption."
    return f"Write it into the caption, or write {what}: … at the head of the chapter if it holds for all its pictures."


# ---- sides


def caption_sides(desk: PictureDesk) -> Iterator[Finding]:
    """Do captions of galleries avoid “left” and “right”? On an e-reader the pictures stand below each other."""
    for chapter, block in desk.publication.illustrations():
        for owner, text in _captions_of(block) if isinstance(block, Gallery) else ():
            side = side_in(text, _language(desk, chapter), of_several=owner is block)
            if side:
                why = f"“{side}” points to a side, but on an e-reader the pictures of a gallery stand below each other."
                remedy = "Describe the picture that is meant, or give it its own caption."
                yield advice("caption-sides", owner.place, why, remedy)


WORDING_CHECKS: tuple[Callable[[PictureDesk], Iterator[Finding]], ...] = (
    alt_is_caption,
    alt_long,
    caption_full_stop,
    caption_long,
    caption_past,
    caption_no_place,
    caption_no_date,
    caption_sides,
)
