"""Galleries as plain text: captions are proposed as pictures still to come, each marked for review with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pressroom.errors import Place, PressroomError, Severity, Source, error
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Brought, BroughtChapter, BroughtPicture, Remark, TitlePage
from pressroom.importing.caption_lists import ListedCaption, listed_captions
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.source_text import text_of_bytes
from pressroom.language.cues import misses_date, misses_place
from pressroom.language.english import first_sentence, seems_english
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.manuscript.captions import Paragraph, paragraphs
from pressroom.whereabouts import MOST_BYTES, leads_out

_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
"""Control characters, of which a text in any encoding has next to none; a zero byte may be half of a letter."""
_LONGEST = 70
"""Letters of a caption that a remark shows."""


def read_gallery(file: Path) -> Brought:
    """A story as plain text, whose captions hold the places of their photographs.

    Raises PressroomError for a file that cannot be read or has no text.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            why = f"{file} has more than {MOST_BYTES // 1_000_000} MB, as no text of a person has. Nothing was written."
            raise PressroomError([error("import-broken", Place(str(file)), why, "Divide it, if it is a text.")])
        raw = file.read_bytes()
    except OSError as fault:
        why = f"{file} cannot be read: {fault.strerror}. Nothing was written."
        raise PressroomError([error("import-unreadable", Place(str(file)), why, "Make it readable.")]) from None
    if len(_NO_TEXT.findall(raw)) > len(raw) / 100:
        why = f"{file} holds bytes that no text has: it is another file under this name. Nothing was written."
        raise PressroomError([error("import-broken", Place(str(file)), why, "Open it in the program that it is of.")])
    text = text_of_bytes(raw)[0]
    if listed := listed_captions(text):
        return _of_list(file, text, listed)
    found = paragraphs(Source(str(file), text), {})
    if not found:
        why = f"There is no text in {file}. Nothing was written."
        raise PressroomError([error("import-empty", Place(str(file)), why, "Name a file with a title and paragraphs.")])
    return gallery_of(str(file), found)


def gallery_of(source: str, found: Sequence[Paragraph]) -> Brought:
    """The chapter that paragraphs make, the first of which is the title, and what was decided of each."""
    title, *others = found
    is_english = seems_english(" ".join(paragraph.text for paragraph in found))
    body = "\n\n".join(block for paragraph in others for block in _blocks(paragraph, is_english=is_english))
    chapter = BroughtChapter(
        name=Path(source).stem,
        title=title.text or title_of_name(Path(source).stem),
        body=f"{body}\n" if body else f"{to_write('text')}\n",
        source=source,
    )
    words = "\n".join(paragraph.text for paragraph in found)
    about = TitlePage(language="en" if is_english else "")
    return Brought(
        source,
        (chapter,),
        title_page=about,
        remarks=tuple(_remarks(source, others, is_english=is_english)),
        words=words,
    )


def _of_list(file: Path, text: str, listed: Sequence[ListedCaption]) -> Brought:
    """The chapter of a list of captions. A line before them is its title; pictures that lie beside the list come in."""
    title = " ".join(text.strip().split("\n")[0].split()) if listed[0].is_text else ""
    opening = replace(listed[0], caption=listed[0].caption.removeprefix(title).strip())
    shown = [each for each in (opening, *listed[1:]) if each.caption or each.file]
    files = {each.file for each in shown if each.file}
    beside = {name: file.parent / name for name in sorted(files) if not leads_out(file.parent / name, file.parent)}
    pictures = tuple(BroughtPicture(name, path, name) for name, path in beside.items() if path.is_file())
    body = "\n\n".join(map(_listed_block, shown))
    words = "\n".join(filter(None, (word for each in listed for word in (each.caption, each.credit, each.alt))))
    is_english = seems_english(" ".join(each.caption for each in listed))
    source = str(file)
    called = [(each, each.file or each.label or each.credit) for each in shown if not each.is_text]
    remarks = [Remark("import-caption-listed", Severity.ADVICE, Place(source, each.line), by) for each, by in called]
    lacking = [each for each in shown if each.file and not any(each.file == picture.name for picture in pictures)]
    remarks += [
        Remark("import-picture-missing", Severity.WARNING, Place(source, each.line), each.file) for each in lacking
    ]
    chapter = BroughtChapter(file.stem, title or title_of_name(file.stem), f"{body}\n", source=source)
    return Brought(
        source, (chapter,), pictures, title_page=TitlePage(language="en" if is_english else ""),
        remarks=tuple(remarks), words=words,
    )  # fmt: skip


def _listed_block(listed: ListedCaption) -> str:
    """A paragraph, or a picture with its caption."""
    words = plain_markdown.text(listed.caption)
    if listed.is_text:
        return words
    fits = plain_markdown.fits_attribute(listed.credit)
    credit = f'credit="{listed.credit}"' if listed.credit and fits else ""
    alt = plain_markdown.inside(listed.alt) or to_write(words_to_write("en").alt)
    under = " ".join(filter(None, (words, "" if fits else plain_markdown.inside(listed.credit))))
    return "\n".join(filter(None, (plain_markdown.picture(listed.file, alt, credit), under)))


def _blocks(paragraph: Paragraph, *, is_english: bool) -> Iterator[str]:
    """A paragraph of the story, or the place of a photograph with its caption and the reason why it is one."""
    words = plain_markdown.text(paragraph.text)
    if not (paragraph.is_caption and is_english):
        yield words
        return
    yield f"<!-- Review: taken for a caption, since {reason_of(paragraph.text)}. -->".replace("--.", "- -.")
    alt = to_write(words_to_write("en").alt)
    yield f"![{alt}]()\n{words}"


def reason_of(caption: str) -> str:
    """Why a paragraph was taken for a caption, and what a caption has that it lacks."""
    sentence = first_sentence(caption)
    named = [what for what, lacks in _cues(caption) if not lacks]
    lacking = [what for what, lacks in _cues(caption) if lacks]
    reason = f"its {'first sentence' if sentence != caption else 'sentence'} says in the present tense who does what"
    reason += f", and names {' and '.join(named)}" if named else ""
    return f"{reason}; it names no {' and no '.join(lacking)}".replace("no a ", "no ") if lacking else reason


def _cues(caption: str) -> tuple[tuple[str, bool], ...]:
    return ("a place", misses_place(caption, "en")), ("a day", misses_date(caption, "en"))


def _remarks(source: str, found: Sequence[Paragraph], *, is_english: bool) -> Iterator[Remark]:
    """One remark for each caption, with its line; or one on a language whose captions nobody recognises here."""
    if not is_english:
        yield Remark("import-captions-language", Severity.WARNING, Place(source), source)
        return
    for paragraph in found:
        if paragraph.is_caption:
            shown = paragraph.text if len(paragraph.text) <= _LONGEST else f"{paragraph.text[:_LONGEST].rstrip()} …"
            what = f"{shown} ({reason_of(paragraph.text)})"
            yield Remark("import-caption", Severity.ADVICE, Place(source, paragraph.place.line), what)
    if not any(paragraph.is_caption for paragraph in found):
        yield Remark("import-captions-none", Severity.WARNING, Place(source), source)
