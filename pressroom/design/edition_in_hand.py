"""`EditionInHand`: one edition of a publication with everything that layout, preflight and export need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pressroom.design.grid import Grid, grid_for
from pressroom.design.library import Layout
from pressroom.errors import Place
from pressroom.forms import KeyPath, PlaceOf
from pressroom.language.words import Words, words_for
from pressroom.photographs import Album
from pressroom.publication import CoverEdition, Edition, EpubEdition, PdfEdition, Publication, Settings
from pressroom.rules.printers import PrinterRules, Printers, rules_for
from pressroom.whereabouts import SETTINGS_FILE


def in_publication_yaml(path: KeyPath) -> Place:
    """The place of any key if the lines of publication.yaml are unknown."""
    del path
    return Place(SETTINGS_FILE)


@dataclass(frozen=True)
class EditionInHand:
    """One edition of a publication, with its layout and its pictures."""

    publication: Publication
    name: str
    """Its name in publication.yaml."""
    layout: Layout
    album: Album = field(default_factory=dict)
    place_of: PlaceOf = in_publication_yaml
    """The place of a key of publication.yaml."""
    printers: Printers = field(default_factory=dict)
    """The rules of the printers that the publication’s editions name."""
    form: Edition | None = None
    """The edition as it is laid out, if that differs from publication.yaml: a fixed-layout ebook as a PDF."""

    @property
    def edition(self) -> Edition:
        """The edition as it is laid out."""
        return self.form or self.settings.editions[self.name]

    @property
    def rules(self) -> PrinterRules | None:
        """The rules of its printer, if it has one."""
        return rules_for(self.edition, self.printers)

    @property
    def settings(self) -> Settings:
        """The settings in publication.yaml."""
        return self.publication.settings

    @property
    def words(self) -> Words:
        """Pressroom's own words in the publication's language."""
        return words_for(self.settings.language)

    @property
    def ebook(self) -> EpubEdition | None:
        """The edition, if it is an ebook."""
        return self.edition.ebook

    @property
    def page(self) -> PdfEdition | None:
        """The page that it is laid out on, if it has pages of its own."""
        return self.edition.page

    @property
    def wrap(self) -> CoverEdition | None:
        """The edition, if it is a printed cover."""
        return self.edition.wrap

    @property
    def grid(self) -> Grid | None:
        """The layout's grid on its page, if it has one."""
        return grid_for(self.page, self.layout.manifest.papers) if self.page else None

    def place(self, *keys: str) -> Place:
        """The place of a key of the edition, or of the edition itself."""
        return self.place_of(("editions", self.name, *keys))

    def other(self, name: str) -> EditionInHand:
        """Another edition of the same publication."""
        return replace(self, name=name, form=None)

    def made_as(self, form: Edition) -> EditionInHand:
        """A copy that is laid out in another form."""
        return replace(self, form=form)

    def on_its_pages(self) -> EditionInHand:
        """A copy that is laid out on pages: a fixed-layout ebook as a PDF."""
        ebook = self.ebook
        if ebook is None:
            return self
        book = self.settings.editions[ebook.pages_from].page if ebook.pages_from else None
        return self.made_as(ebook.laid_out_as(book))
