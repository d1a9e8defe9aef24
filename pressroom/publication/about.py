"""The settings of a publication: every key of publication.yaml."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema

from pressroom.forms import Form
from pressroom.language.bcp47 import tag_fault
from pressroom.language.transliteration import ascii_words
from pressroom.publication.arrange_setting import ArrangeKey
from pressroom.publication.day_setting import Day
from pressroom.publication.editions import DEFAULT_EDITIONS, Edition
from pressroom.publication.framing import FocusText, RegionsText, RegionText
from pressroom.publication.isbn import plain_identifier
from pressroom.publication.photo_notes import Text
from pressroom.publication.variables import VARIABLE


def _uri(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", text):
        raise ValueError(f"“{text}” is not an address or identifier; write one such as https://… or urn:isbn:978…")
    return text


Uri = Annotated[str, AfterValidator(_uri), WithJsonSchema({"type": "string", "format": "uri"})]


def _edition_name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        plain = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
        remedy = f"write {plain}" if plain else "use small letters, digits and hyphens"
        raise ValueError(f"“{name}” becomes part of a file's name; {remedy}")
    return name


EditionName = Annotated[str, AfterValidator(_edition_name)]


def _identifier(text: str) -> str:
    bare = re.sub(r"(?i)^isbn(-1[03])?[:\s]*", "", text)
    if re.fullmatch(r"[\d -]+[\dXx]", bare) and len(re.sub(r"[ -]", "", bare)) in (10, 13):
        raise ValueError(f"“{text}” does not say what it is; an ISBN is written urn:isbn:{bare.replace(' ', '-')}")
    return _uri(text)


Identifier = Annotated[str, AfterValidator(_identifier), WithJsonSchema({"type": "string", "format": "uri"})]


def _language(text: str) -> str:
    fault = tag_fault(text)
    if fault:
        why, meant = fault
        remedy = f"did you mean “{meant}”?" if meant else "write its code (BCP 47), such as en, hy or pt-BR"
        raise ValueError(f"{why}; {remedy}")
    return text


Language = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "examples": ["en", "hy", "pt-BR"]})
]
GeneratedKind = Literal["contents", "photographs", "tables", "bibliography", "index", "credits", "colophon"]
CreatorRole = Literal[
    "author", "photographer", "editor", "illustrator", "translator", "compiler", "contributor", "designer",
    "book designer", "cover designer", "cartographer", "interviewer", "interviewee", "publisher", "publishing director",
    "author of introduction", "author of afterword", "curator", "researcher", "proofreader", "printer", "typographer",
]  # fmt: skip
"""Names of MARC relators (id.loc.gov/vocabulary/relators); their codes are in `RELATOR_CODES`."""

RELATOR_CODES: Mapping[str, str] = {
    "author": "aut", "photographer": "pht", "editor": "edt", "illustrator": "ill", "translator": "trl",
    "compiler": "com", "contributor": "ctb", "designer": "dsr", "book designer": "bkd", "cover designer": "cov",
    "cartographer": "ctg", "interviewer": "ivr", "interviewee": "ive", "publisher": "pbl",
    "publishing director": "pbd", "author of introduction": "aui", "author of afterword": "aft", "curator": "cur",
    "researcher": "res", "proofreader": "pfr", "printer": "prt", "typographer": "tyg",
}  # fmt: skip

_BOOKMAKERS = frozenset(
    ("designer", "book designer", "cover designer", "publisher", "publishing director", "researcher", "proofreader",
     "printer", "typographer")
)  # fmt: skip
"""Roles whose holders are not named on the cover."""


class Creator(Form):
    """A person or body that made the publication."""

    name: Text
    """As it is printed."""
    role: CreatorRole = "author"
    """What they did: the name of a MARC relator."""
    file_as: Text | None = None
    """As it is sorted: “Surname, Given”."""


Scheme = Literal[
    "keyword", "aat", "bic", "bisac", "clc", "clil", "ddc", "eurovoc", "lcsh", "medtop", "ndc", "thema", "udc", "wgs",
]  # fmt: skip
"""The schemes in the registry of subject authorities for EPUB 3; a keyword belongs to none."""
ConformanceClaim = Literal[
    "EPUB Accessibility 1.1 - WCAG 2.0 Level A", "EPUB Accessibility 1.1 - WCAG 2.0 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.0 Level AAA", "EPUB Accessibility 1.1 - WCAG 2.1 Level A",
    "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", "EPUB Accessibility 1.1 - WCAG 2.1 Level AAA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level A", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    "EPUB Accessibility 1.1 - WCAG 2.2 Level AAA",
]  # fmt: skip
"""The conformance strings of EPUB Accessibility 1.1, section 4.2."""


class Subject(Form):
    """What the publication is about, in the words of a scheme of the book trade."""

    scheme: Scheme = "keyword"
    """The scheme that the code is from."""
    code: Text | None = None
    """The code in that scheme."""
    name: Text
    """The subject in words."""


class Series(Form):
    """The series that the publication belongs to."""

    name: Text
    """Name of the series."""
    number: Text | None = None
    """Number in the series."""


class Accessibility(Form):
    """What a publisher says of accessibility. Features and modes are computed, never typed."""

    summary: Text | None = None
    """One or two sentences for the reader."""
    conforms_to: ConformanceClaim | None = None
    """The standard that ebooks are said to meet: “EPUB Accessibility 1.1 - WCAG 2.2 Level AA”. Without it, no claim."""
    certified_by: Text | None = None
    """Who has evaluated the ebook and vouches for it; best an organisation."""
    certifier_credential: Text | None = None
    """What entitles them to: a badge or a qualification, by its name."""
    certifier_report: Uri | None = None
    """Address of their report."""


class Fonts(Form):
    """The families that the layout sets type in: the built-in ones, or files in assets/fonts."""

    text: Text = "Source Serif Pro"
    """The text."""
    captions: Text = "Source Sans Pro"
    """Captions, credits, tables, folios."""


_PICTURE_FILE = re.compile(r"[^\n]+\.(jpe?g|png|tiff?|webp|hei[cf]|avif|svg)", re.IGNORECASE)
"""The name of a picture file: words of a back end otherwise."""


class Cover(Form):
    """The front cover: a photograph with the title on it, or without a photograph the title alone."""

    photograph: Text | None = None
    """Its file, named as a chapter would name it: fire.jpg."""
    alt: Text | None = None
    """What it shows, for readers who cannot see it."""
    credit: Text | None = None
    """Who made it, as printed."""
    focus: FocusText | None = None
    """The point that stays in frame where the cover's shape cuts the photograph: “60% 40%”."""
    crop: RegionText | None = None
    """The part that is shown, as x, y, width and height: “10% 5% 80% 90%”, or in pixels."""
    blur: RegionsText = ()
    """The parts that must not be recognised, as x, y, width and height with commas between them."""
    title_at: Literal["top", "bottom", "auto"] = "auto"
    """Where the words stand on the photograph; auto takes the place where they are read best."""
    ink: Literal["light", "dark", "auto"] = "auto"
    """The colour of the words; auto takes the one that is read best."""
    back: Text | tuple[Text, ...] | None = None
    """The back of a printed cover: what it says, in paragraphs; or the file of a photograph, or a list of files for a
    strip, which stand above the words of `blurb`. Without it, the description."""
    blurb: Text | None = None
    """What the back of a printed cover says, where `back` names photographs; without it, the description."""
    about: Text | None = None
    """On the back: a line or two about who made the book."""
    price: Text | None = None
    """The price as it is printed on the back: “£18.99”."""
    price_code: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    """The price as five digits beside the barcode: 51299 is 12.99 US dollars."""

    @property
    def back_photographs(self) -> tuple[str, ...]:
        """The files of the photographs on the back."""
        if isinstance(self.back, tuple):
            return self.back
        return (self.back,) if self.back and _PICTURE_FILE.fullmatch(self.back) else ()

    @property
    def back_words(self) -> str | None:
        """What the back says; None for the description."""
        return self.back if isinstance(self.back, str) and not self.back_photographs else self.blurb


class Contents(Form):
    """The table of contents."""

    depth: Annotated[int, Field(ge=1, le=6)] | None = None
    """What it lists: 1 chapters, 2 also their sections (##), 3 also those under them. Without it, the contents of a PDF
    list chapters, and those of an ebook every heading."""


class PartEntry(Form):
    """A part: a title over a run of chapters."""

    part: Text
    """Title of the part."""
    chapters: Annotated[tuple[str, ...], Field(min_length=1)]
    """Its chapters, as paths relative to book/."""


class GeneratedEntry(Form):
    """Pieces that the builder writes."""

    generated: Annotated[tuple[GeneratedKind, ...], Field(min_length=1)]
    """Which pieces, in their order."""


def _kind_of_entry(entry: Any) -> str:
    if isinstance(entry, dict):
        return "a generated piece" if "generated" in entry else "a part"
    if isinstance(entry, GeneratedEntry):
        return "a generated piece"
    return "a part" if isinstance(entry, PartEntry) else "a file"


PieceEntry = Annotated[
    Annotated[str, Tag("a file")]
    | Annotated[PartEntry, Tag("a part")]
    | Annotated[GeneratedEntry, Tag("a generated piece")],
    Discriminator(_kind_of_entry),
]


OptionText = Annotated[str | None, WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""The value of a layout's option as typed; the layout declares its type."""


def _variable_name(name: str) -> str:
    if not VARIABLE.fullmatch(f"{{{{ {name} }}}}"):
        raise ValueError(f"“{name}” is no name for a variable; use letters, digits, hyphens and underscores")
    return name


VariableName = Annotated[str, AfterValidator(_variable_name)]
VariableText = Annotated[str, Field(max_length=10_000)]


class Settings(Form):
    """publication.yaml: what the publication is, what it holds, and what is made of it."""

    title: Text
    """Title of the publication."""
    subtitle: Text | None = None
    """Subtitle."""
    language: Language
    """Language of the text, as a BCP 47 tag: en, hy, pt-BR."""
    creators: tuple[Creator, ...] = ()
    """Who made it, in the order of the title page."""
    publisher: Text | None = None
    """Who publishes it."""
    published: Day | None = None
    """Day of publication: 2023-09-27."""
    identifiers: dict[str, Identifier] = Field(default_factory=dict)
    """Identifiers by edition: {ebook: "urn:isbn:978…", print: "urn:isbn:978…"}."""
    rights: Text | None = None
    """Statement of rights: “© 2023 …”."""
    license: Uri | None = None
    """Address of the licence."""
    description: Text | None = None
    """What a catalogue says about it."""
    source: Text | None = None
    """What it was made from."""
    subjects: tuple[Subject, ...] = ()
    """What it is about."""
    series: Series | None = None
    """The series that it belongs to."""
    accessibility: Accessibility = Accessibility()
    """What the publisher says of accessibility."""
    status: Literal["draft", "final"] = "draft"
    """In a draft, missing photographs become placeholders; in a final publication they are errors."""
    layout: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")] = "reportage"
    """Folder of the layout, in layouts/ or built in."""
    layout_options: dict[str, OptionText] = Field(default_factory=dict)
    """What is chosen of the layout; `pressroom layouts` lists what there is to choose."""
    fonts: Fonts = Fonts()
    """Families of type."""
    cover: Cover = Cover()
    """The front cover."""
    arrange: ArrangeKey | None = None
    """Whether the builder places pictures that have no word of placement: auto, none, or {seed: 3, pages: 40}."""
    captions_from_photos: bool = False
    """Whether captions and credits may come from the photographs' own metadata."""
    contents: Contents = Contents()
    """The table of contents."""
    credit: Text | None = None
    """The credit of all photographs that have none of their own; drawings (SVG) have none."""
    credits: Literal["under", "end", "both"] = "under"
    """Where credits stand: under the pictures, gathered at the end, or both."""
    typography: bool = True
    """Whether quotes, dashes and spaces are set as their language has them; `check --typography` lists each."""
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)] | None = None
    """Name of the products' files, if not the one made from the title."""
    variables: dict[VariableName, VariableText] = Field(default_factory=dict)
    """Values of names that texts write as {{ name }}: {client: Vale Books}; `build --set client=…` takes another."""
    bibliography: Text | tuple[Text, ...] | None = None
    """Files in book/ with the works that the text cites: BibTeX, BibLaTeX (.bib) or CSL JSON (.json)."""
    citation_style: Text = "harvard-cite-them-right"
    """The style of citations: the name of one of CSL, or a file in book/."""
    chapters: tuple[PieceEntry, ...] = ()
    """Paths relative to book/, globs, parts and generated pieces; without them, every source file in name order."""
    editions: Annotated[dict[EditionName, Edition], Field(min_length=1)] = DEFAULT_EDITIONS
    """What to make of it."""

    @property
    def file_stem(self) -> str:
        """The name of the products' files, without edition and suffix."""
        return self.slug or file_name_of(self.title) or "publication"

    @property
    def makers(self) -> tuple[str, ...]:
        """The people named on the cover, each once: the makers of the content, not of the book."""
        return tuple(dict.fromkeys(creator.name for creator in self.creators if creator.role not in _BOOKMAKERS))

    def identifier(self, edition: str) -> str:
        """The identifier of an edition, an ISBN with thirteen digits. Without one, a `urn:uuid` made from title,
        creators, language and edition (RFC 4122, version 5), so that it stays the same.
        """
        given = plain_identifier(self.identifiers.get(edition, ""))
        names = "\n".join([self.title, *(c.name for c in self.creators), self.language, edition])
        return given or uuid.uuid5(uuid.NAMESPACE_URL, f"pressroom:{names}").urn


def file_name_of(title: str, longest: int = 60) -> str:
    """A name for files: small ASCII letters, digits and hyphens, readable in every script."""
    return "-".join(ascii_words(title))[:longest].strip("-")


def slug_of(text: str, longest: int = 60) -> str:
    """A name for ids and for files in products: small ASCII letters, digits, hyphens; other scripts as code points."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain.lower()).split()
    if not words:
        words = [f"{ord(c):x}" for c in text if c.isalnum()][:12]
    return "-".join(words)[:longest].strip("-")
