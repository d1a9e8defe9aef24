"""What a reader of another program’s format hands out: chapters as our Markdown, pictures, settings, and remarks.

Every reader (Word, web pages, ebooks, folders of other programs) returns one `Brought`. It writes nothing: naming
the files, checking that no word is lost, landing and reporting are the same for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.errors import Place, Severity


@dataclass(frozen=True)
class BroughtChapter:
    """A chapter, and where it comes from."""

    name: str
    """A readable name for its file, without number and suffix: “the-road”. Landing adds a number, and more where two
    are the same. Where a chapter is linked to, its name is unique in one `Brought`, and links call it “the-road.md#id”:
    `chapter_links` gives them the name of the file that is written.
    """
    title: str
    body: str
    """Our Markdown, below the front matter and without the title."""
    head: Mapping[str, str] = field(default_factory=dict)
    """More keys of the front matter: subtitle, author, date, place, role, language."""
    part: str = ""
    """The part that begins with this chapter, if one does."""
    is_after_parts: bool = False
    """Whether it stands behind the last part and in none, as an afterword does."""
    source: str = ""
    """The file, or the file in the archive, that it comes from."""


@dataclass(frozen=True)
class BroughtPicture:
    """A picture, under the name by which chapters call it."""

    name: str
    """Below assets/photos, with forward slashes. Unique within one `Brought`; no two differ by case only."""
    content: bytes | Path
    source: str = ""
    """Where it stands in the source: “word/media/image1.png”, “data: in line 40”."""


@dataclass(frozen=True)
class Remark:
    """One thing that was changed or could not be carried, at one place of the source.

    Remarks of one `id` become one finding, with a count and all places.
    """

    id: str
    """As findings have it: “import-comment”, “import-remote-picture”."""
    severity: Severity
    place: Place
    """The source with its line, paragraph or page, as near as the format tells."""
    what: str
    """The thing itself, short: the words of a comment, the address of a picture."""


@dataclass(frozen=True)
class TitlePage:
    """What the source says of the whole book, as a title page and imprint do; all may be empty."""

    title: str = ""
    subtitle: str = ""
    language: str = ""
    """A tag of BCP 47."""
    creators: tuple[tuple[str, str], ...] = ()
    """Names with their role (MARC relator names: author, editor, photographer)."""
    publisher: str = ""
    published: str = ""
    description: str = ""
    rights: str = ""
    cover: str = ""
    """The name of the picture on the cover, among the pictures."""
    bibliography: tuple[str, ...] = ()
    """Files with references, among the extras, below book/."""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """All that one source gave."""

    source: str
    """As it was named on the command line."""
    chapters: tuple[BroughtChapter, ...]
    pictures: tuple[BroughtPicture, ...] = ()
    extras: tuple[BroughtPicture, ...] = ()
    """Other files, below book/: bibliographies, text galleries."""
    title_page: TitlePage = field(default_factory=TitlePage)
    remarks: tuple[Remark, ...] = ()
    words: str = ""
    """All words of the source that a reader sees, read independently of the conversion; none may be lost."""
