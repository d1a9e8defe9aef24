"""Leftovers: the guard over all text. What will be printed, and nobody means as text, is reported.

It looks at a chapter after it was read, so that what the reading understands is no leftover: no list of what is
understood has to be kept here. There is one finding for a kind and a chapter, with the places of all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pressroom.errors import Finding, Place, Severity, did_you_mean, lines_of
from pressroom.forms import KeyPath, PlaceOf
from pressroom.manuscript import markup
from pressroom.manuscript.block_signs import BLOCK_SIGNS
from pressroom.manuscript.chapter_texts import texts_of, with_boxed
from pressroom.manuscript.chapters import ChapterDraft
from pressroom.manuscript.dialects import ALT_SIGNS, CAPTION_SIGNS, FRONT_SIGNS, HTML_SIGNS, PLAIN_SIGNS
from pressroom.manuscript.foreign_sign import ForeignSign
from pressroom.manuscript.leftover_search import Leftover, Search, matches_in, misplaced_metadata, named_headings
from pressroom.manuscript.lost_text import BROKEN
from pressroom.manuscript.open_tags import OPEN_TAGS
from pressroom.manuscript.printed_text import PrintedText, plain_run, run_of
from pressroom.manuscript.references import Labels
from pressroom.publication import PartEntry, PhotoNote, Settings
from pressroom.publication.variables import VARIABLE

_KEYS = re.compile(r"@\{?([\w:.-]*\w)")
"""The keys of a citation."""
EVERY_SIGN = (*PLAIN_SIGNS, *ALT_SIGNS, *CAPTION_SIGNS, *HTML_SIGNS, *BROKEN, *FRONT_SIGNS, *BLOCK_SIGNS, *OPEN_TAGS)
"""All that nobody means to be printed."""
_PRINTED = ("title", "subtitle", "publisher", "rights", "description", "source")
"""The keys of publication.yaml whose texts are printed or shown by shops."""
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""Signs that a backslash makes text in Markdown."""
_BEGINS_BELOW = re.compile(r":\s*(?:[|>][-+\d]*\s*(?:#.*)?)?$")
"""The end of a line of YAML whose value stands on the lines below."""


@dataclass
class Guard:
    """Collects the leftovers of all chapters while they are read, before typography changes their text."""

    variables: Sequence[str] = ()
    """The names of the publication’s variables."""
    found: list[Leftover] = field(default_factory=list)

    def watch(self, draft: ChapterDraft) -> None:
        """Look at all text of a chapter."""
        search = Search(draft.source)
        runs = texts_of(draft)
        for run in runs:
            search.look_at(run)
        if headings := named_headings(draft):
            for run in runs:
                search.look_for(headings, run)
        for run in runs[:2]:
            search.look_at_beginning(run)
        search.look_across(runs)
        search.look_at_blocks(
            [*(node for shape in with_boxed(draft.shapes) for node in getattr(shape, "nodes", [])), *draft.notes]
        )
        search.found += misplaced_metadata(draft)
        self.found += (self._known(left) for left in search.found)

    def watch_settings(self, settings: Settings, place_of: PlaceOf) -> None:
        """Look at the texts of publication.yaml that are printed, none of which holds markup."""
        texts: dict[KeyPath, str | None] = {(key,): getattr(settings, key) for key in _PRINTED}
        texts |= {("cover", key): getattr(settings.cover, key) for key in ("alt", "credit", "about")}
        texts |= {("creators", n, "name"): creator.name for n, creator in enumerate(settings.creators)}
        texts |= {("chapters", n, "part"): e.part for n, e in enumerate(settings.chapters) if isinstance(e, PartEntry)}
        for path, text in texts.items():
            self._watch_value(plain_run(text or "", (1, 1), is_alt=path[-1] == "alt"), place_of(path))

    def watch_photos(self, photos: Mapping[str, PhotoNote], place_of: PlaceOf) -> None:
        """Look at the texts of photos.yaml, by the names of the files."""
        for name, note in photos.items():
            caption = run_of(markup.parse_line(note.caption), (1, 1), is_caption=True) if note.caption else None
            alt = plain_run(note.alt, (1, 1), is_alt=True) if note.alt else None
            others = {key: plain_run(getattr(note, key) or "", (1, 1)) for key in ("credit", "long_description")}
            for key, run in {"caption": caption, "alt": alt, **others}.items():
                if run and run.text:
                    self._watch_value(run, place_of((name, key)))

    def _watch_value(self, run: PrintedText, place: Place) -> None:
        """Look at the value of a key that stands at a place."""
        for sign, match in matches_in(run):
            at = match[0].split("\n")[0]
            column = place.excerpt.find(at, max(0, place.column - 1))
            exact = replace(place, column=column + 1, width=len(at)) if column >= 0 else _under(place, run, match)
            self.found.append(self._known(Leftover(sign, exact)))

    def _known(self, left: Leftover) -> Leftover:
        """A leftover; of a publication with variables, one that names none of them is such a name misspelt."""
        place = left.place
        typed = VARIABLE.match(place.excerpt, max(0, place.column - 1)) if left.sign.id == "template-unread" else None
        if not typed or not self.variables:
            return left
        remedy = did_you_mean(typed[1], self.variables) or f"There are: {', '.join(self.variables)}."
        what = f"the variable “{typed[1]}”, which publication.yaml does not define"
        return Leftover(ForeignSign("variable-unknown", what, remedy, VARIABLE), place)

    def findings(self, others: Iterable[Finding], labels: Labels) -> Iterator[Finding]:
        """One finding for each kind and file. What another finding reports already is left out, and references are."""
        told = defaultdict(list)
        for other in others:
            if other.severity is not Severity.ADVICE:
                whole_line = replace(other.place, column=1, width=10**6)
                is_unread = other.id.endswith("-unread")  # its author mends all of the line
                told[other.place.file, other.place.line].append(whole_line if is_unread else other.place)
        fresh = [left for left in self.found if not (_is_told(left.place, told) or _is_reference(left, labels))]
        for _, group in groupby(sorted(fresh, key=_kind), key=_kind):
            ordered = sorted(group, key=lambda left: (left.place.file, left.place.line, left.place.column))
            yield _asked(ordered) if ordered[0].sign.id in _TO_WRITE else _finding(ordered)


def _under(place: Place, run: PrintedText, match: re.Match[str]) -> Place:
    """The place of a match in a value that begins on the line under its key; in a folded one, of its first line."""
    begins = _BEGINS_BELOW.search(place.excerpt)
    if begins is None:
        return place
    n = run.text.count("\n", 0, match.start()) if "|" in begins[0] else 0
    line, typed = run.text.split("\n")[n], match[0].split("\n")[0]
    return Place(place.file, place.line + 1 + n, line.find(typed) + 1, line, len(typed))


def _kind(left: Leftover) -> tuple[str, str, str]:
    """What one finding stands for: a file, a kind and what it is taken for; all files, for what is to be written."""
    if left.sign.id in _TO_WRITE:
        return "", left.sign.id, ""
    return left.place.file, left.sign.id, left.sign.what


def of_final(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings as they are in a final publication, where leftovers are errors: they would go to press."""
    ids = {"variable-unknown"} | {sign.id for sign in EVERY_SIGN}
    for finding in findings:
        yield replace(finding, severity=Severity.ERROR) if finding.id in ids else finding


def _is_told(place: Place, told: Mapping[tuple[str, int], Sequence[Place]]) -> bool:
    end = place.column + place.width
    return any(
        other.column < end and place.column < other.column + max(other.width, 3)
        for other in told.get((place.file, place.line), ())
    )


def _is_reference(left: Leftover, labels: Labels) -> bool:
    """Whether what looks like a citation names places in the publication: `[@bridge]` is a reference then."""
    typed = left.place.excerpt[left.place.column - 1 :][: left.place.width]
    keys = _KEYS.findall(typed) if left.sign.id == "citation-unread" else ()
    return bool(keys) and all(labels.resolve(f"#{key}", left.place.file) for key in keys)


def _finding(group: Sequence[Leftover]) -> Finding:
    first, places = group[0], list(dict.fromkeys(left.place for left in group))
    excerpt = first.place.excerpt[first.place.column - 1 :][: first.place.width].strip()
    shown = excerpt if len(excerpt) <= 50 else f"{excerpt[:50]}…"
    shown = _named(shown) if first.sign in BROKEN and not shown.startswith("&") else f"“{shown}”"
    why = f"{shown} {first.sign.fate}. It looks like {first.sign.what}."
    if len(places) > 1:
        why += f" This file has {len(places)} of them, on {lines_of(places)}."
    remedy = first.sign.remedy
    if (
        first.sign not in (*BROKEN, *HTML_SIGNS)
        and first.sign.fate == ForeignSign.fate
        and {excerpt[:1], excerpt[-1:]} & _ESCAPABLE
    ):
        remedy += " If you mean the signs themselves, put a backslash before each."
    return Finding(first.sign.id, Severity.WARNING, first.place, why, remedy, tuple(places[1:]))


_TO_WRITE = {
    "caption-to-write": ("caption is", "captions are"),
    "alt-to-write": ("alt text is", "alt texts are"),
}
"""What `[TK …]` stands for where a picture has it, one and several."""


def _asked(group: Sequence[Leftover]) -> Finding:
    """The finding for words that are still to be written, which one count of the whole publication tells best."""
    first, places = group[0], list(dict.fromkeys(left.place for left in group))
    by_file = groupby(places, key=lambda place: place.file)
    where = "; ".join(f"{file}, {lines_of(inside)}" for file, inside in by_file)
    what = _TO_WRITE[first.sign.id][len(places) > 1]
    why = f"{len(places)} {what} still to be written, in place of [TK …]: {where}."
    return Finding(first.sign.id, Severity.WARNING, first.place, why, first.sign.remedy, tuple(places[1:]))


def _named(letters: str) -> str:
    """A broken letter with its code, since it may be invisible."""
    codes = " ".join(f"U+{ord(letter):04X}" for letter in letters[:2])
    return f"“{letters}” ({codes})" if letters[:1].isprintable() else codes
