"""Labels and references: one table of everything in the publication that a reference can lead to."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from pressroom.errors import Finding, Place, did_you_mean, error, warning

RESERVED = (
    "contents",
    "photographs",
    "tables",
    "bibliography",
    "index",
    "credits",
    "colophon",
    "cover",
    "title-page",
    "half-title",
    "imprint",
    "nav",
)
"""Ids of the pieces that the builder writes; their headings add “-title”."""
_OWN = r"(c|part)-|(bibliography|index|nav)--|.*\.description$"
"""Ids of chapters, parts and all that is in them, of entries of the index, of navigation and of long descriptions."""

EMPTY = ("", "#")
"""Addresses of links that are still to be written: a browser stays where it is."""


@dataclass(frozen=True)
class Label:
    """A place that can be referred to."""

    id: str
    """Its id in every edition, unique in the publication."""
    text: str
    """The words of an empty reference: “figure 3”, a heading, a chapter's title."""
    is_counted: bool = False
    """Whether the text is a common noun and a number, which takes a capital where a sentence begins."""


@dataclass
class Labels:
    """Every label of the publication: ids are unique; anchors belong to their chapter's file."""

    by_id: dict[str, Label] = field(default_factory=dict)
    by_anchor: dict[tuple[str, str], Label] = field(default_factory=dict)
    files: dict[str, Label] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    repeated: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often the same words have been a heading before, by file and anchor."""
    findings: list[Finding] = field(default_factory=list)
    unlisted: tuple[str, ...] = ()
    """The source files that are no chapters, since publication.yaml does not list them."""

    def add_chapter(self, file: str, label: Label) -> None:
        """Add a chapter, which is referred to by its source file."""
        self.files[file] = label

    def add(self, file: str, anchor: str, label: Label, place: Place) -> None:
        """Add an id that an author has typed. The same id twice is an error: a link could lead to either."""
        if re.search(r"\s", anchor):
            why = f"The id “{anchor}” holds a space, and no link can."
            self.findings.append(error("id-wrong", place, why, "Write one word, with hyphens."))
        if anchor in self.places or anchor.removesuffix("-title") in RESERVED or re.match(_OWN, anchor):
            other = f"{self.places[anchor]} has it too" if anchor in self.places else "the builder uses it itself"
            why = f"The id “{anchor}” is taken ({other}); a reference could not tell the two apart."
            self.findings.append(error("id-twice", place, why, "Give one of them another id."))
            return
        self.places[anchor] = place
        self.by_id[anchor] = label
        self.by_anchor[file, anchor] = label

    def add_anchor(self, file: str, anchor: str, label: Label) -> None:
        """Add the anchor of a heading, which is known within its chapter. The first of two equal ones counts."""
        self.by_anchor.setdefault((file, anchor), label)

    def add_heading(self, file: str, words: str, label: Label) -> None:
        """Add the anchors that other programs make of a heading's words, in any script: GitHub's and Pandoc's."""
        spaced = re.sub(r"\s", "-", words.strip().lower())
        github = re.sub(r"[^\w-]", "", spaced)
        pandoc = re.sub(
            r"^[^a-z\u00aa-\uffff]+", "", re.sub(r"[^\w.-]", "", re.sub(r"\s+", "-", words.strip().lower()))
        )
        for anchor in {github, pandoc} - {""}:
            n = self.repeated[file, anchor] = self.repeated.get((file, anchor), -1) + 1
            self.add_anchor(file, f"{anchor}-{n}" if n else anchor, label)

    def resolve(self, href: str, file: str) -> Label | None:
        """The label to which `#id`, `chapter.md` or `chapter.md#id` leads from a chapter's file; None if to nothing.

        An address is tried as it stands, and then decoded: “Part%201.md” is a name, or one with a space.
        """
        found = (self._resolved(each, file) for each in dict.fromkeys((href, unquote(href))) if each not in EMPTY)
        return next((label for label in found if label), None)

    def _resolved(self, href: str, file: str) -> Label | None:
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(file), href))
        if whole in self.files:  # before it is parted: a file may have a “#” in its name
            return self.files[whole]
        path, _, anchor = href.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        if not anchor:
            return self.files.get(target)
        if path:
            return self.by_anchor.get((target, anchor))
        return self.by_anchor.get((file, anchor)) or self.by_id.get(anchor)

    def dead_link(self, href: str, file: str, place: Place) -> Finding:
        """The finding for a link that leads nowhere."""
        if href in EMPTY:
            why = "This link has no address: readers would follow it and stay where they are."
            return warning("reference-empty", place, why, "Write the address, or #id; or take the link away.")
        return self.dead(href, file, place)

    def dead(self, href: str, file: str, place: Place) -> Finding:
        """The finding for a reference that leads nowhere."""
        href = unquote(href)
        path, _, anchor = href.partition("#")
        folder = posixpath.dirname(file)
        target = posixpath.normpath(posixpath.join(folder, path)) if path else file
        if path and target not in self.files:
            why = f"“{path}” is no chapter of this publication; the link would lead nowhere."
            remedy = _remedy_for(path) or self._chapter_meant(path, target, folder)
            if not anchor and self.resolve(f"#{path}", file):
                remedy = f"To refer to the place with this id, write #{path}."
            return error("reference-dead", place, why, remedy)
        known: Iterable[str] = (
            [a for f, a in self.by_anchor if f == target]
            if path
            else [
                *self.by_id,
                *(a for f, a in self.by_anchor if f == file),
            ]
        )
        why = f"Nothing has the id “{anchor}”{f' in {path}' if path else ''}; the reference would lead nowhere."
        return error("reference-dead", place, why, did_you_mean(anchor, known) or "Give the figure or heading this id.")

    def _chapter_meant(self, path: str, target: str, folder: str) -> str:
        """The remedy for a link to a source file that is no chapter: it is not listed, or another is meant."""
        if target in self.unlisted:
            return "The file is there: list it under chapters, or take the link away."
        close = close_file(path, [posixpath.relpath(file, folder) for file in (*self.files, *self.unlisted)])
        return f"Did you mean “{close}”?" if close else "List it under chapters, or write the full address."


def close_file(path: str, known: Iterable[str]) -> str:
    """The known file that a path may mean, by its name without folders, numbers and ending; empty if none is close."""
    bare = {each: _bare(each) for each in known}
    wanted = _bare(path)
    alike = [each for each, name in bare.items() if name and name == wanted]
    alike += [each for each, name in bare.items() if len(name) > 2 and (name in wanted or (wanted and wanted in name))]
    near = difflib.get_close_matches(wanted, bare.values(), n=1, cutoff=0.6) if wanted else []
    return next(iter([*alike, *(each for each, name in bare.items() if name in near)]), "")


def _bare(path: str) -> str:
    """The name of a source file without its folders, its number and its ending."""
    return re.sub(r"^[\d\W_]+(?=\w)|\.\w+$", "", posixpath.basename(path)).casefold()


_PICTURE = re.compile(r"\.(jpe?g|png|gif|svg|tiff?|webp|avif|hei[cf])$", re.IGNORECASE)
_MEDIA = re.compile(r"\.(mp4|m4v|mov|avi|webm|mkv|mp3|m4a|wav|ogg|aac|flac)$", re.IGNORECASE)
_OTHER_FILE = re.compile(r"\.(?!(?:md|markdown|txt|html?|qmd|rmd|mdx?)$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
"""The ending of a file that no chapter has: a table, a document, an archive."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


def _remedy_for(path: str) -> str:
    """The remedy for a link that names no chapter, where it tells what was meant."""
    if _PICTURE.search(path):
        return f"A picture begins with an exclamation mark that touches its bracket: ![what it shows]({path})."
    if match := _SCHEME.match(path):
        return f"A book links to http, https and mailto only. Write the address as text, or without “{match[1]}:”."
    if re.match(
        r"www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|int|info|eu|io)(?:[/?#]|$)", path, re.IGNORECASE
    ) and (not path.endswith((".md", ".txt"))):
        return f"For an address on the network, write all of it: https://{path}."
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", path):
        return f"For an address of mail, write mailto:{path}."
    if _MEDIA.search(path):
        return "A book plays no film or sound. Write the full address at which readers find it, https://…, or say it."
    if _OTHER_FILE.search(path):
        return "A book holds no such file. Write the full address at which readers find it, https://…, or say it."
    if path.startswith("/"):
        return "Write the chapter as publication.yaml names it, without the first slash."
    return ""
