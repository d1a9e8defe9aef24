"""Questions about the words of pictures: is the alt text its own, and does the caption say who, where and when?"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pressroom.errors import Finding, advice
from pressroom.language.bcp47 import primary_subtag
from pressroom.language.cues import ends_as_sentence, misses_date, misses_place, side_in
from pressroom.language.english import is_past
from pressroom.photographs import Photograph
from pressroom.preflight.pictures import PictureDesk
from pressroom.publication import Chapter, Figure, Gallery, pictures_in

_ALT_LONGEST = 250
"""Characters (IPTC Photo Metadata Standard 2025.1, Alt Text)."""
_CAPTION_LONGEST = 60
"""Words: two sentences, and long ones."""
_LABEL = 5
"""A caption of fewer words is a label (“Lachin, 1992”), of which no sentence is asked."""
_CREDIT_AFTER = re.compile(r"[(\[][^()\[\]]*[)\]]$")
"""An agency's credit in brackets after the last sentence."""


# ---- alt text


def alt_is_caption(desk: PictureDesk) -> Iterator[Finding]:
    """Do alt text and caption differ? A screen reader reads both, and says the same thing twice."""
    for _, figure in desk.publication.figures():
        caption = figure.caption.text if figure.caption else ""
        if _letters(figure.alt) and _letters(figure.alt) == _letters(caption):
            why = "The alt text is the caption over again; a screen reader says it twice."
            remedy = "Let the alt text say what is to be seen, and the caption who, where and when."
            yield advice("alt-is-caption", figure.place, why, remedy)


def _letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def alt_long(desk: PictureDesk) -> Iterator[Finding]:
    """Is the alt text short (IPTC: at most 250 characters)? It is heard in one go, and cannot be skimmed."""
    for _, figure in desk.publication.figures():
        if len(figure.alt) > _ALT_LONGEST:
            why = f"The alt text has {len(figure.alt)} characters; it is heard in one go, and {_ALT_LONGEST} are much."
            remedy = "Say the main thing here, and put the rest into long_description in photos.yaml."
            yield advice("alt-long", figure.place, why, remedy)


# ---- captions as sentences


def _captions(desk: PictureDesk) -> Iterator[tuple[Figure | Gallery, str]]:
    """Every caption: of figures, of galleries, and of the pictures in galleries."""
    for _, block in desk.publication.illustrations():
        yield from _captions_of(block)


def _language(desk: PictureDesk, chapter: Chapter) -> str:
    """In which language a chapter’s captions are."""
    return chapter.language or desk.publication.settings.language


def _captions_of(block: Figure | Gallery) -> Iterator[tuple[Figure | Gallery, str]]:
    every: tuple[Figure | Gallery, ...] = (*block.figures, block) if isinstance(block, Gallery) else (block,)
    for shown in every:
        if shown.caption:
            yield shown, shown.caption.text


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in text.split())


def caption_full_stop(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption end as a sentence does? Without its stop it looks as if the end were lost."""
    for shown, text in _captions(desk):
        is_ended = any(map(ends_as_sentence, (text, _CREDIT_AFTER.sub("", text))))
        if not is_ended and _words(text) >= _LABEL:
            why = f"The caption ends with “{text.split()[-1]}” and no full stop, as if its end were lost."
            yield advice("caption-full-stop", shown.place, why, "End it as a sentence ends.")


def caption_long(desk: PictureDesk) -> Iterator[Finding]:
    """Is the caption short? At most two short sentences (AP): the reader came for the picture."""
    for shown, text in _captions(desk):
        if _words(text) > _CAPTION_LONGEST:
            why = f"The caption has {_words(text)} words; over {_CAPTION_LONGEST}, it is read instead of the picture."
            yield advice("caption-long", shown.place, why, "Keep two short sentences, and move the rest into the text.")


def caption_past(desk: PictureDesk) -> Iterator[Finding]:
    """Does the first sentence tell what is (AP)? In a picture it is always now. The rule knows English."""
    for chapter, block in desk.publication.illustrations():
        for shown, text in _captions_of(block) if primary_subtag(_language(desk, chapter)) == "en" else ():
            if not is_past(text):
                continue
            why = "The caption opens in the past tense; what a picture shows is always now."
            remedy = "Put its first sentence into the present; the next may tell what came before."
            yield advice("caption-past", shown.place, why, remedy)


# ---- where and when


@dataclass(frozen=True)
class _Account:
    """All that the captions of one figure or gallery say, and what the files say of where and when."""

    chapter: Chapter
    shown: Figure | Gallery
    text: str
    where: str
    when: dt.date | None


def _accounts(desk: PictureDesk) -> Iterator[_Account]:
    """Every figure or gallery that should say where and when. Drawings need not, nor labels."""
    for chapter, block in desk.publication.illustrations():
        figures = pictures_in(block)
        arrived = [desk.album[figure.id] for figure in figures if figure.id in desk.album]
        text = "\n".join(text for _, text in _captions_of(block))
        only_drawings = len(arrived) == len(figures) and all(picture.kind == "drawing" for picture in arrived)
        if not only_drawings and _words(text) >= _LABEL:
            yield _Account(chapter, block, text, _place_of(arrived), _day_of(arrived))


def _place_of(photographs: list[Photograph]) -> str:
    return next((photo.metadata.place for photo in photographs if photo.metadata.place), "")


def _day_of(photographs: list[Photograph]) -> dt.date | None:
    return next((photo.metadata.date for photo in photographs if photo.metadata.date), None)


def caption_no_place(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption, or its chapter, say where? No caption is complete without (AP)."""
    for account in _accounts(desk):
        language = _language(desk, account.chapter)
        if not account.chapter.where and misses_place(account.text, language, account.where):
            why = f"{_silent(account, 'place')}: nobody will know where this was."
            said = f"The file says: {account.where}." if account.where else ""
            yield advice("caption-no-place", account.shown.place, why, said or _remedy(account, "place"))


def caption_no_date(desk: PictureDesk) -> Iterator[Finding]:
    """Does every caption, or its chapter, say when? No caption is complete without (AP)."""
    for account in _accounts(desk):
        language, day = _language(desk, account.chapter), account.when
        if not account.chapter.date and misses_date(account.text, language, known=day is not None):
            why = f"{_silent(account, 'date')}: in a few years nobody will know when this was."
            said = f"The file says: {day.day} {day:%B %Y}." if day else ""
            yield advice("caption-no-date", account.shown.place, why, said or _remedy(account, "date"))


def _silent(account: _Account, what: str) -> str:
    if isinstance(account.shown, Gallery):
        return f"No caption of this gallery names a {what}"
    return f"The caption names no {what}"


def _remedy(account: _Account, what: str) -> str:
    if account.chapter.file.lower().endswith(".txt"):  # which has no head
        return "Name it."
    return f"Name it; or write {what}: … at the head of the chapter, if it holds for all its pictures."


# ---- sides


def caption_sides(desk: PictureDesk) -> Iterator[Finding]:
    """Do captions in galleries do without left and right? On an e-reader the pictures stand below each other."""
    for chapter, block in desk.publication.illustrations():
        for shown, text in _captions_of(block) if isinstance(block, Gallery) else ():
            side = side_in(text, _language(desk, chapter), of_several=shown is block)
            if side:
                why = f"“{side}” points to a side; on an e-reader the pictures of a gallery stand below each other."
                remedy = "Say what the picture meant shows, or give it a caption of its own."
                yield advice("caption-sides", shown.place, why, remedy)


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
