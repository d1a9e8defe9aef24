"""Bibliography: reads the works that can be cited, from BibTeX, BibLaTeX and CSL JSON, as items of CSL.

bibtexparser reads the syntax and goes on after a faulty entry; what its fields mean in CSL is said here, since
citeproc-py's own reader knows no BibLaTeX, and stops at the first fault.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from pressroom.errors import Finding, Place, Source, did_you_mean, error, warning
from pressroom.whereabouts import leads_out

LARGEST = 10_000_000
"""The most bytes of a bibliography: some 20,000 works."""
_LONGEST = 20_000
"""The most characters of one field."""
_DEEPEST = 100
"""The most braces of a field within each other: its reader calls itself for each of them."""
_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter",
    "bookinbook": "chapter", "incollection": "chapter", "collection": "book", "inproceedings": "paper-conference",
    "conference": "paper-conference", "proceedings": "book", "manual": "book", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript",
    "online": "webpage", "www": "webpage", "electronic": "webpage", "patent": "patent", "dataset": "dataset",
    "software": "software", "newspaper": "article-newspaper", "inreference": "entry-encyclopedia", "image": "graphic",
    "movie": "motion_picture", "video": "motion_picture", "letter": "personal_communication", "misc": "document",
}  # fmt: skip
_TEXTS = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "publisher": "publisher", "institution": "publisher", "school": "publisher", "organization": "publisher",
    "address": "publisher-place", "location": "publisher-place", "volume": "volume", "number": "issue",
    "issue": "issue",    "edition": "edition", "series": "collection-title", "chapter": "chapter-number",
    "isbn": "ISBN", "issn": "ISSN",
    "doi": "DOI", "url": "URL", "note": "note", "howpublished": "medium", "eventtitle": "event-title", "type": "genre",
    "shorttitle": "title-short", "volumes": "number-of-volumes", "language": "language",
}  # fmt: skip
_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass
class WorkList:
    """The works of all bibliographies by their keys, each as an item of CSL, with its place."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, name: str, book: Path, place: Place) -> None:
        """Read a file in book/."""
        file = book / name
        if leads_out(file, book.parent):
            why = f"“{name}” leads out of the publication, which holds all that it is made of."
            self.findings.append(error("bibliography-unread", place, why, "Copy the file into book/."))
            return
        try:
            size = file.stat().st_size
            data = file.read_bytes() if size <= LARGEST else b""
            source = Source(f"book/{name}", data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
        except (OSError, ValueError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
            why, remedy = f"The bibliography “{name}” cannot be read: {reason}.", "Put a file there, saved as UTF-8."
            if isinstance(fault, FileNotFoundError):
                beside = [each.relative_to(book).as_posix() for each in (*book.rglob("*.bib"), *book.rglob("*.json"))]
                why, remedy = f"There is no “{name}” in book/.", did_you_mean(name, beside) or "Put the file there."
            self.findings.append(error("bibliography-unread", place, why, remedy))
            return
        if size > LARGEST:
            why = f"“{name}” has {size:,} bytes; a bibliography of at most {LARGEST:,} is read."
            self.findings.append(error("bibliography-unread", place, why, "Export only the works that are cited."))
        elif file.suffix.lower() == ".json":
            self._json(source)
        else:
            self._bibtex(source)

    def _add(self, key: str, item: dict[str, Any], place: Place) -> None:
        if key in self.items:
            why = f"The key “{key}” has a work at {self.places[key]} already; that one is cited."
            self.findings.append(warning("key-twice", place, why, "Give one of them another key."))
            return
        self.items[key], self.places[key] = item, place

    # ---- CSL JSON

    def _json(self, source: Source) -> None:
        try:
            works = _listed(json.loads(source.text))
        except (ValueError, RecursionError) as fault:
            line = getattr(fault, "lineno", 1)
            why = f"This is no bibliography in CSL JSON: {fault}."
            self.findings.append(error("bibliography-unread", source.place(line), why, "Export it again as CSL JSON."))
            return
        for work in works:
            key = str(work.get("id", ""))
            place = (
                source.find(json.dumps(key, ensure_ascii=False), 1, len(source.lines))
                if len(works) < 500
                else source.place(1)
            )
            self._add(key, _sound(work), place)

    # ---- BibTeX and BibLaTeX

    def _bibtex(self, source: Source) -> None:
        from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - only publications with a bibliography
        from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock  # noqa: PLC0415 - as above

        logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs becomes findings
        library = parse_string(source.text)
        strings = {each.key.lower(): str(each.value) for each in library.strings}
        for block in library.blocks:
            place = source.place((block.start_line or 0) + 1)
            if isinstance(block, Entry):
                fields = {f.key.lower(): _resolved(str(f.value), strings) for f in block.fields}
                self._entry(block.key, block.entry_type.lower(), fields, place)
            elif isinstance(block, DuplicateBlockKeyBlock):
                self._add(block.key, {}, place)
            elif isinstance(block, ParsingFailedBlock):
                why = "This entry cannot be read, and nothing can cite it: a sign is missing, or a field comes twice."
                self.findings.append(warning("entry-unread", place, why, "Mend it, or export the bibliography again."))

    def _entry(self, key: str, kind: str, fields: Mapping[str, str], place: Place) -> None:
        try:
            item = None if any(_depth(value) > _DEEPEST for value in fields.values()) else _item(kind, fields)
        except (ValueError, IndexError):
            item = None
        if item is not None:
            self._add(key, item, place)
        else:
            why = f"The entry “{key}” cannot be read: there is more in its braces than a reader can follow."
            self.findings.append(warning("entry-unread", place, why, "Mend it."))


def _depth(value: str) -> int:
    """How many braces stand within each other."""
    return max(accumulate((sign == "{") - (sign == "}") for sign in re.findall(r"[{}]", value)), default=0)


def _listed(data: Any) -> list[dict[str, Any]]:
    """The works of a file in CSL JSON. Raises ValueError if it is none."""
    works = data.get("items", data) if isinstance(data, dict) else data
    if not isinstance(works, list) or not all(isinstance(work, dict) for work in works):
        raise ValueError("it is no list of works")
    return works


def _resolved(value: str, strings: Mapping[str, str]) -> str:
    """A field with its abbreviations spelled out: `jan # "~5"`."""
    if re.fullmatch(r"[\w-]+", value) and value.lower() in strings:
        return strings[value.lower()][:_LONGEST]
    if " # " not in value:
        return value[:_LONGEST]
    parts = (strings.get(part.strip().lower(), part.strip()).strip('"') for part in value.split(" # "))
    return "".join(parts)[:_LONGEST]


def _item(kind: str, fields: Mapping[str, str]) -> dict[str, Any]:
    plain = _decoder()
    item: dict[str, Any] = {"type": _TYPES.get(kind, "document")}
    title = ": ".join(plain(fields[name]) for name in ("title", "subtitle") if fields.get(name))
    item |= {"title": title} if title else {}
    item |= {to: plain(fields[name]) for name, to in _TEXTS.items() if fields.get(name)}
    for name, to in (("url", "URL"), ("doi", "DOI")):
        if fields.get(name):
            item[to] = re.sub(r"\\(?=[_%&#~])", "", fields[name])
    if fields.get("pages"):
        item["page"] = re.sub(r"\s*[-–—]+\s*", "-", plain(fields["pages"]))
    if item["type"] != "article-journal" and "issue" in item and "collection-title" in item:
        item["collection-number"] = item.pop("issue")
    item |= {to: list(_people(fields[name], plain)) for name, to in _NAMES.items() if fields.get(name)}
    for to, names in (("issued", ("date", "year")), ("accessed", ("urldate",)), ("original-date", ("origdate",))):
        given = next((fields[name] for name in names if fields.get(name)), "")
        if date := _date(plain(given), plain(fields.get("month", "")) if to == "issued" else ""):
            item[to] = date
    return _sound(item)


def _decoder() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - as bibtexparser, whose it is

    reader = LatexNodes2Text(math_mode="verbatim", keep_comments=True)
    lone = re.compile(r"(?<!\\)%")  # a comment in LaTeX; in bibliographies, mostly a part of an address
    return lambda text: re.sub(r"\s+", " ", reader.latex_to_text(lone.sub(r"\%", text))).strip()


def _people(text: str, plain: Callable[[str], str]) -> Iterator[dict[str, str]]:
    """The names in a field; one wholly in braces is that of a body."""
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - as above
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    for name in split_multiple_persons_names(text):
        if name.startswith("{") and name.endswith("}"):
            yield {"literal": plain(name)}
        elif name.strip().lower() == "others":
            continue
        else:
            parts = parse_single_name_into_parts(name, strict=False)
            person = {
                "given": plain(" ".join(parts.first)), "non-dropping-particle": plain(" ".join(parts.von)),
                "family": plain(" ".join(parts.last)), "suffix": plain(" ".join(parts.jr)),
            }  # fmt: skip
            yield {part: value for part, value in person.items() if value}


def _date(text: str, month: str) -> dict[str, Any] | None:
    """A date of BibLaTeX (EDTF) or the year and month of BibTeX."""
    if not text:
        return None
    ends = [
        re.fullmatch(r"(-?\d{1,4})(?:-(\d\d?))?(?:-(\d\d?))?[~?]?", end.strip())
        for end in text.split("/")
        if end.strip()
    ]
    if not ends or not all(ends):
        return {"literal": text}
    parts = [[int(number) for number in end.groups() if number] for end in ends if end]
    if month and len(parts[0]) == 1:
        name = month.strip().lower()[:3]
        number = (
            _MONTHS.index(name) + 1
            if name in _MONTHS
            else int(month)
            if month.isdecimal() and 0 < int(month) < 13
            else 0
        )
        parts[0] += [number] if number else []
    return {"date-parts": parts}


def _sound(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item of CSL with nothing in it that the processor cannot read."""
    kept: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("id", "key", "custom", "categories", "keyword", "abstract", "_graph"):
            continue
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            kept[name] = str(value)[:_LONGEST]
        elif isinstance(value, list) and all(isinstance(each, dict) for each in value):
            kept[name] = [{k: str(v) for k, v in each.items() if isinstance(v, str)} for each in value]
        elif isinstance(value, dict) and (date := _sound_date(value)):
            kept[name] = date
    kept["type"] = str(kept.get("type") or "document")
    return kept


def _sound_date(value: Mapping[str, Any]) -> dict[str, Any] | None:
    parts = value.get("date-parts")
    try:
        if parts:
            return {"date-parts": [[int(number) for number in part][:3] for part in parts][:2]}
    except (TypeError, ValueError):
        pass
    text = str(value.get("literal") or value.get("raw") or "")
    return _date(text, "") if text else None
