"""Documents of a folder: Word files, OpenDocument texts, web pages and ebooks that are the chapters of one book.

So editors keep a manuscript, and so Medium and Substack export what was published there. Each is read on its own; what
holds no text, such as a page about an export, is left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pressroom.errors import Place, PressroomError, Severity, UsageError
from pressroom.importing.brought import Brought, Remark, TitlePage
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.readers import read_source
from pressroom.importing.source_kinds import documents_in, kind_of


def read_documents(folder: Path) -> list[Brought]:
    """What each document of a folder gives, in the order of their names."""
    remarks: list[Remark] = []
    found: list[Brought] = []
    for file in sorted(documents_in(folder), key=lambda file: _in_order(file.relative_to(folder).as_posix())):
        name = file.relative_to(folder).as_posix()
        try:
            brought = read_source(file, kind_of(file))
        except (PressroomError, UsageError) as fault:
            remarks.append(Remark("import-document", Severity.WARNING, Place(name), fault.findings[0].message))
            continue
        if any(chapter.title or chapter.body.strip() for chapter in brought.chapters):
            found.append(_titled(brought, file))
        else:
            remarks.append(Remark("import-document", Severity.ADVICE, Place(name), f"{name} has no text."))
    if found:
        found[0] = replace(found[0], remarks=(*remarks, *found[0].remarks))
    return found


def title_page_of(documents: Sequence[Brought], folder: Path) -> TitlePage:
    """What the documents say of their book: the language of the first that has one, and everybody who wrote one."""
    if len(documents) == 1:
        return documents[0].title_page
    pages = [brought.title_page for brought in documents]
    creators = dict.fromkeys(creator for page in pages for creator in page.creators)
    language = next((page.language for page in pages if page.language), "")
    return TitlePage(title_of_name(folder.resolve().name), language=language, creators=tuple(creators))


def _titled(brought: Brought, file: Path) -> Brought:
    """A document whose own title is that of its only chapter, or of a part with its chapters."""
    about, chapters = brought.title_page, brought.chapters
    named = about.title or title_of_name(_NUMBERED.sub("", file.stem))
    if len(chapters) == 1:
        title = chapters[0].title or named
        subtitle = {"subtitle": about.subtitle} if about.subtitle else {}
        first = replace(chapters[0], title=title, head={**subtitle, **chapters[0].head}, is_after_parts=True)
    else:
        first = replace(
            chapters[0], part=chapters[0].part or about.title or title_of_name(_NUMBERED.sub("", file.stem))
        )
    return replace(brought, chapters=(first, *chapters[1:]))


_NUMBERED = re.compile(r"^[\d\s._-]+(?=[^\W\d])")
"""The number or day before the name of a file."""


def _in_order(name: str) -> list[tuple[int, str]]:
    """The name of a file as people count: 2 before 10."""
    return [(int(part) if part.isdecimal() else -1, part.casefold()) for part in re.split(r"(\d+)", name)]
