"""Brought files: what chapters, pictures and other files of sources are called in a publication, and their texts. Pure
but for looking at the names that are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.errors import Place, Severity
from pressroom.importing import plain_markdown
from pressroom.importing.brought import Brought, BroughtChapter, BroughtPicture, Remark
from pressroom.importing.brought_settings import Entry
from pressroom.importing.chapter_links import with_file_names
from pressroom.importing.own_ids import ids_in, with_own_ids
from pressroom.importing.picture_names import PictureNames, fit_name, free_of
from pressroom.importing.renamed_pictures import with_names
from pressroom.language.words_to_write import to_write
from pressroom.manuscript.sources import source_files
from pressroom.photographs.photo_finder import FOLDERS
from pressroom.publication.about import file_name_of

_EMPTY = to_write("text")
"""What stands in a chapter of which there is a title alone: without a word it could not be made."""


@dataclass(frozen=True)
class FiledChapter:
    """A chapter with its file in book/, and its whole text."""

    file: str
    chapter: BroughtChapter
    text: str


@dataclass(frozen=True)
class BroughtFiles:
    """All files that sources become."""

    chapters: tuple[FiledChapter, ...] = ()
    pictures: Mapping[str, BroughtPicture] = field(default_factory=dict)
    """By their paths below the publication; without those that were there."""
    extras: Mapping[str, BroughtPicture] = field(default_factory=dict)
    """Other files, by their paths below the publication."""
    cover: str = ""
    """What the cover calls its picture."""
    bibliography: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of `chapters`: files, and parts with theirs."""
        entries: list[Entry] = []
        for filed in self.chapters:
            if filed.chapter.part:
                entries.append((filed.chapter.part, (filed.file,)))
            elif entries and not isinstance(entries[-1], str) and not filed.chapter.is_after_parts:
                part, files = entries[-1]
                entries[-1] = part, (*files, filed.file)
            else:
                entries.append(filed.file)
        return tuple(entries)


def file_all(root: Path, sources: Sequence[Brought], first: int) -> BroughtFiles:
    """Names for all that sources gave, and the texts of chapters with them. `first` is the first chapter’s number."""
    names, ids = PictureNames(root), _ids_there(root)
    pictures: dict[str, BroughtPicture] = {}
    extras: dict[str, BroughtPicture] = {}
    chapters: list[FiledChapter] = []
    remarks: list[Remark] = []
    cover, bibliography = "", []
    width = max(2, len(str(first + sum(len(brought.chapters) for brought in sources) - 1)))
    for brought in sources:
        called: dict[str, str] = {}
        for picture in brought.pictures:
            called[picture.name], is_new = names.name_for(picture)
            if is_new:
                pictures[f"{FOLDERS[0]}/{called[picture.name]}"] = picture
        remarks += _renamed(brought, called)
        extra_names = dict(_extra_names(root, brought, extras))
        extras |= {f"book/{extra_names[extra.name]}": extra for extra in brought.extras}
        bibliography += [extra_names.get(name, name) for name in brought.title_page.bibliography]
        cover = cover or called.get(brought.title_page.cover, "")
        numbered = list(enumerate(brought.chapters, first + len(chapters)))
        files = {chapter.name: _file_name(n, chapter, width) for n, chapter in numbered}
        bodies = [with_file_names(with_names(chapter.body, called), files) for chapter in brought.chapters]
        for (n, chapter), body in zip(numbered, with_own_ids(bodies, ids), strict=True):
            chapters.append(FiledChapter(_file_name(n, chapter, width), chapter, _text(chapter, body)))
        ids |= {id for filed in chapters for id in ids_in(filed.text)}
    return BroughtFiles(tuple(chapters), pictures, extras, cover, tuple(bibliography), tuple(remarks))


def _ids_there(root: Path) -> set[str]:
    """The ids that the chapters of the publication have."""
    texts = (file.read_text("utf-8", "replace") for file in source_files(root / "book"))
    return {id for text in texts for id in ids_in(text)}


def _renamed(brought: Brought, called: Mapping[str, str]) -> Iterator[Remark]:
    for picture in brought.pictures:
        if (name := called[picture.name]) != picture.name:
            what = f"{picture.name}: now {name}"
            yield Remark("import-picture-renamed", Severity.ADVICE, Place(brought.source), what)


def _extra_names(root: Path, brought: Brought, extras: Mapping[str, BroughtPicture]) -> Iterator[tuple[str, str]]:
    """The names of other files below book/, by those that the source gave them."""
    for extra in brought.extras:
        name = "/".join(fit_name(part) for part in extra.name.split("/") if part not in ("", ".", ".."))
        yield extra.name, free_of(name, lambda each: (root / "book" / each).exists() or f"book/{each}" in extras)


def _file_name(n: int, chapter: BroughtChapter, width: int) -> str:
    return f"{n:0{width}d}-{file_name_of(chapter.name) or file_name_of(chapter.title) or 'chapter'}.md"


def _text(chapter: BroughtChapter, body: str) -> str:
    """The Markdown of a chapter with its front matter."""
    head = {"title": chapter.title, **chapter.head}
    lines = [f"{key}: {plain_markdown.yaml(value)}" for key, value in head.items() if value]
    blocks = ["\n".join(("---", *lines, "---"))] if lines else []
    return "\n\n".join((*blocks, body.strip("\n") or _EMPTY)) + "\n"
