"""Galleries as plain text: captions are proposed as pictures still to come, each marked for review with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pressroom.errors import Place, PressroomError, Severity, Source, error
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Brought, BroughtChapter, Remark, TitlePage
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.source_text import text_of_bytes
from pressroom.language.cues import misses_date, misses_place
from pressroom.language.english import first_sentence, seems_english
from pressroom.language.words_to_write import to_write, words_to_write
from pressroom.manuscript.captions import Paragraph, paragraphs

_LONGEST = 70
"""Letters of a caption that a remark shows."""


def read_gallery(file: Path) -> Brought:
    """A story as plain text, whose captions hold the places of their photographs.

    Raises PressroomError for a file that cannot be read or has no text.
    """
    try:
        raw = file.read_bytes()
    except OSError as fault:
        why = f"{file} cannot be read: {fault.strerror}. Nothing was written."
        raise PressroomError([error("import-unreadable", Place(str(file)), why, "Make it readable.")]) from None
    found = paragraphs(Source(str(file), text_of_bytes(raw)[0]), {})
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
            what = f"“{shown}”: {reason_of(paragraph.text)}"
            yield Remark("import-caption", Severity.ADVICE, Place(source, paragraph.place.line), what)
    if not any(paragraph.is_caption for paragraph in found):
        yield Remark("import-captions-none", Severity.WARNING, Place(source), source)
