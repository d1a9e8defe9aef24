"""Title pages: what settings of other programs say of the whole book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import BroughtPicture, TitlePage
from pressroom.importing.folders.front_matter import names_in_head, words_in_head
from pressroom.importing.folders.gathering import Gathering
from pressroom.importing.folders.source_folder import is_outside
from pressroom.importing.folders.typed_lines import TypedLine


def title_page(gathering: Gathering, values: Mapping[str, Any], file: str, works: Sequence[str]) -> TitlePage:
    """The title page that these values make. `works` are the names of bibliographies below book/."""
    date = words_in_head(values.get("date"))
    cover = words_in_head(values.get("cover-image") or values.get("cover"))
    creators = [(name, "author") for key in ("author", "authors", "creator") for name in _people(values.get(key))]
    editors = [(name, "editor") for key in ("editor", "editors") for name in _people(values.get(key))]
    return TitlePage(
        title=words_in_head(values.get("title")),
        subtitle=words_in_head(values.get("subtitle")),
        language=words_in_head(values.get("lang") or values.get("language")).replace("_", "-"),
        creators=tuple(dict.fromkeys((*creators, *editors))),
        publisher=words_in_head(values.get("publisher")),
        published=date if date[:4].isdigit() else "",
        description=words_in_head(values.get("description") or values.get("abstract")),
        rights=words_in_head(values.get("rights") or values.get("copyright")),
        cover=gathering.picture(cover, TypedLine("", file, 0)) if cover else "",
        bibliography=tuple(works),
    )


def _people(value: Any) -> list[str]:
    """Names; Pandoc has `creator` with a role for each, of which authors alone are known by this key."""
    if isinstance(value, list) and all(isinstance(each, dict) and "text" in each for each in value):
        return [words_in_head(each) for each in value]
    return names_in_head(value) if value else []


class Bibliographies:
    """Collects the files with works that settings and front matter name."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.extras: dict[str, BroughtPicture] = {}
        """By their paths in the folder."""

    def add(self, value: Any, beside: str) -> None:
        """Add the files of a key `bibliography`, which are named from a file."""
        for name in (words_in_head(each) for each in (value if isinstance(value, list) else [value]) if each):
            found = self.gathering.folder.resolve(name, beside, self.gathering.root)
            if (
                found is None
                or is_outside(found)
                or PurePosixPath(found).suffix.lower() not in (".bib", ".json", ".bibtex")
            ):
                self.gathering.remark("import-bibliography", TypedLine("", beside, 0), name)
            elif found not in self.extras:
                names = {extra.name for extra in self.extras.values()}
                plain = PurePosixPath(found).name
                unique = plain if plain not in names else f"{len(names) + 1}-{plain}"
                self.extras[found] = BroughtPicture(unique, self.gathering.folder.files[found], found)

    def add_style(self, value: Any, beside: str) -> None:
        """Note the style of citations, which publication.yaml has under another key."""
        if style := words_in_head(value):
            self.gathering.remark("import-style", TypedLine("", beside, 0), style, Severity.ADVICE)

    @property
    def names(self) -> list[str]:
        """Their names below book/."""
        return [extra.name for extra in self.extras.values()]
