"""The manuscript: source files become chapters, with figures paired to their captions. Nothing else parses text.

Chapters are read in two passes. The first gives each chapter its shape, its typography, its numbers and its labels. The
second, when every label is known, writes the prose and resolves the references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path

from pressroom.errors import Finding, advice
from pressroom.forms import PlaceOf
from pressroom.language.words import is_known, words_for
from pressroom.manuscript import chapters, labelling
from pressroom.manuscript.bibliography import WorkList
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.citations import Citations
from pressroom.manuscript.cover_text import read_back, read_back_pictures, read_cover
from pressroom.manuscript.csl_style import read_style
from pressroom.manuscript.figure_texts import CaptionDataOf, no_caption_data
from pressroom.manuscript.figures import PictureReader
from pressroom.manuscript.index_marks import index_findings
from pressroom.manuscript.leftovers import Guard, of_final
from pressroom.manuscript.placement_words import with_words
from pressroom.manuscript.plain_reading import SourceLine, plain_lines, words_of
from pressroom.manuscript.ranges import settle_ranges
from pressroom.manuscript.references import Label, Labels
from pressroom.manuscript.shapes import Shaper
from pressroom.manuscript.sources import ChapterEntry, list_entries, read_source, source_files
from pressroom.manuscript.typesetting import Typesetter
from pressroom.publication import Chapter, Generated, Part, PhotoNote, Piece, Publication, Settings, name_key, slug_of

__all__ = ["SourceLine", "doubts_of_notes", "of_final", "plain_lines", "read_manuscript", "with_words", "words_of"]


def read_manuscript(
    root: Path,
    settings: Settings,
    photos: Mapping[str, PhotoNote],
    place_of: PlaceOf,
    caption_data_of: CaptionDataOf = no_caption_data,
) -> tuple[Publication, tuple[Finding, ...]]:
    """Read the chapters of the publication at `root`, and everything that is wrong with them.

    `place_of` finds the place of a key of publication.yaml, `caption_data_of` the caption data in a photograph's file.
    If there is an error among the findings, the publication may be incomplete: it serves for further checks only.
    """
    entries, findings = list_entries(settings, root / "book", place_of)
    if not is_known(settings.language):
        why = f"The builder’s own words (“Contents”, “figure”) have no “{settings.language}” yet; they are in English."
        remedy = "Type pressroom layouts copy reportage, and write them into the templates of the copy."
        findings.append(advice("language-unknown", place_of(("language",)), why, remedy))
    gathered = settings.credits != "under"
    noted = {name_key(name): note for name, note in photos.items()}
    cited = _read_citations(root / "book", settings, place_of, findings)
    pictures = PictureReader(noted, caption_data_of, findings, count_credited=gathered, citing=cited.citing)
    shaper, typesetter = Shaper(pictures, tuple(settings.editions)), Typesetter(settings.language)
    reader = _ManuscriptReader(root, settings, shaper, typesetter, cited, findings=findings)
    for entry in entries:
        reader.draft(entry)
    findings += filter(None, [cited.settle(place_of(("citation_style",)))])
    reader.label()
    pieces = reader.pieces(entries)
    if gathered and not any(entry.generated == "credits" for entry in entries):
        pieces.append(Generated("credits", place_of(("credits",))))
    findings += [*cited.uncited(), *_unlisted(cited, entries, place_of)]
    pieces, faults = settle_ranges(pieces)
    findings += [*index_findings(pieces, place_of), *faults]
    findings += reader.shaper.findings + reader.labels.findings
    reader.guard.watch_settings(settings, place_of)
    findings += [*reader.guard.findings(findings, reader.labels)]
    cover = read_cover(settings, noted, place_of, caption_data_of, findings)
    back = read_back(settings, place_of, typesetter, findings)
    sources = tuple(draft.source for draft in reader.drafts.values())
    works = cited.entries()
    behind = read_back_pictures(settings, noted, place_of, caption_data_of)
    publication = Publication(settings, tuple(pieces), tuple(typesetter.changes), cover, back, sources, works, behind)
    return publication, tuple(_in_order(findings))


def doubts_of_notes(photos: Mapping[str, PhotoNote], variables: Iterable[str], place_of: PlaceOf) -> Iterator[Finding]:
    """What nobody means to be printed in the texts of photos.yaml; `place_of` finds the place of a key."""
    guard = Guard(tuple(variables))
    guard.watch_photos(photos, place_of)
    return guard.findings((), Labels())


def _read_citations(book: Path, settings: Settings, place_of: PlaceOf, findings: list[Finding]) -> Citations:
    """The works that can be cited, and the style of citations."""
    if not settings.bibliography:
        return Citations()
    works = WorkList(findings=findings)
    names = settings.bibliography if isinstance(settings.bibliography, tuple) else (settings.bibliography,)
    for n, name in enumerate(names):
        works.read(
            name, book, place_of(("bibliography", n) if isinstance(settings.bibliography, tuple) else ("bibliography",))
        )
    style = read_style(settings.citation_style, book, place_of(("citation_style",)), findings)
    if style is None:
        return Citations(has_failed=True)
    return Citations(works.items, works.places, style, settings.language)


def _unlisted(cited: Citations, entries: list[ChapterEntry], place_of: PlaceOf) -> Iterator[Finding]:
    """The advice that citations lead to no list."""
    if cited.keys and not cited.as_notes and not any(entry.generated == "bibliography" for entry in entries):
        why = "Works are cited, and no list of them is printed: a reader cannot find what “(Smith, 2020)” is."
        yield advice(
            "bibliography-unlisted",
            place_of(("chapters",)),
            why,
            "List it among the chapters: - generated: [bibliography]",
        )


_INSIDE = re.compile(r"(-(title|(fig|note|call|cite|eq|tab)-\d+[a-z]*(-\d+)?))?")
"""The endings that ids of figures and notes add to the id of their chapter."""


@dataclass
class _ManuscriptReader:
    root: Path
    settings: Settings
    shaper: Shaper
    typesetter: Typesetter
    cited: Citations
    labels: Labels = field(default_factory=Labels)
    drafts: dict[Path, ChapterDraft] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    guard: Guard = field(init=False)
    counted: int = 0

    def __post_init__(self) -> None:
        self.guard = Guard(tuple(self.settings.variables))

    def draft(self, entry: ChapterEntry) -> None:
        """First pass: shape, typography and numbers of one chapter."""
        if entry.file is None or entry.file in self.drafts:
            return
        source, faults = read_source(entry.file, self.root)
        self.findings += faults
        if source is None or faults:
            return
        draft = chapters.draft(source, self._new_id(entry.file), self.shaper, self.settings, self.findings)
        self.guard.watch(draft)
        if self.settings.typography:
            self.typesetter.set_chapter(draft)
        if draft.role == "chapter":
            self.counted += 1
            draft.number = str(self.counted)
        self.drafts[entry.file] = draft
        self.cited.register(chapters.cited_in(draft))

    def label(self) -> None:
        """Enter everything that can be referred to into the table of labels, when citations can be set."""
        if self.settings.chapters:
            others = (file for file in source_files(self.root / "book") if file not in self.drafts)
            self.labels.unlisted = tuple(file.relative_to(self.root).as_posix() for file in others)
        for draft in self.drafts.values():
            labelling.name_cited(draft, self.cited)
            self.labels.add_chapter(draft.source.file, Label(draft.id, draft.title))
            labelling.add_labels(draft, self.labels, words_for(self.settings.language))

    def _new_id(self, file: Path) -> str:
        """An id made from a file's name, unlike all others: “Գյուղ 1.md” and “Քաղաք 1.md” have the same ASCII signs,
        and the first note of a.md would have the id of “a-note-1.md”.
        """
        stem = f"c-{slug_of(file.stem) or 'chapter'}"
        taken = {draft.id for draft in self.drafts.values()}
        names = (f"{stem}_{n}" if n > 1 else stem for n in count(1))  # no other id holds “_”
        return next(name for name in names if not any(_may_clash(name, other) for other in taken))

    def pieces(self, entries: list[ChapterEntry]) -> list[Piece]:
        """Second pass: the parts and chapters of the publication, with their prose written."""
        pieces: list[Piece] = []
        parts = 0
        for (title, place), group in groupby(entries, key=lambda e: (e.part, e.part_place)):
            inner = [piece for entry in group if (piece := self._piece(entry)) is not None]
            if not title or place is None:
                pieces += inner
                continue
            parts += 1
            pieces.append(Part(f"part-{parts}", title, str(parts), tuple(inner), place))
        return pieces

    def _piece(self, entry: ChapterEntry) -> Chapter | Generated | None:
        if entry.file is None:
            return Generated(entry.generated, entry.place)  # type: ignore[arg-type]  # the form has checked it
        draft = self.drafts.get(entry.file)
        if draft is None:
            return None
        return chapters.write(draft, self.labels, self.findings, self.settings, self.cited)


def _may_clash(one: str, other: str) -> bool:
    """Whether a figure or note in one of two chapters could get the id of the other chapter, or both have one id."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and bool(_INSIDE.fullmatch(longer, len(shorter)))


def _in_order(findings: list[Finding]) -> list[Finding]:
    """The findings by file and line, each once: a chapter may be listed twice."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.place.file, f.place.line, f.place.column, f.id))
