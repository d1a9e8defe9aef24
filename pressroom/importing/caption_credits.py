"""Credits in captions: “Photograph: Ann Doe” at the end of a caption becomes the credit of its picture.

Only words that stand apart from the sentence before them are taken: in brackets, behind its full stop or the end of a
line, or with a capital and a colon. A credit with a link or a note in it stays, since credits hold neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pressroom.importing.html_tree import BLOCKS, HtmlElement, take_out

_WHAT = (
    r"(?:(?:photo|picture|image)\s+(?:credits?|sources?)|crédits?\s+photos?|photo(?:graph(?:s|e|er|ies?|y)?|s)?|"
    r"pictures?|images?|fotos?|fotograf(?:i|ia|ía|ie|ien)?|bild(?:er)?|bildnachweis|cr[eé]dits?|kuva|valokuva|"
    r"zdjęci[ae]|snímek|фото(?:графи[яи])?|φωτογραφία|fotoğraf|լուսանկար(?:ը|ներ)?|写真|撮影|사진|צילום|تصوير)"
)
_NAME = r"(?:[^.!?:;()\[\]\n]|(?<=\b\w)\.|\.(?=\w)){2,80}?(?:\s*\([^()\n]{1,40}\))?"
_CREDIT = re.compile(
    rf"(?:(?P<bracket>[(\[])\s*|(?P<edge>^\s*|\n\s*|\s*[|•·–—]\s*|(?<=[。！？])|(?<=[.!?…;”\"»’')\]])\s+)|\s+)"
    rf"(?:(?P<sign>{_WHAT}\s*[:：՝]|{_WHAT}(?=\s+(?:©|courtesy\b))|{_WHAT}\s+(?:by|von|par|por|de|di|da|door|av|af)\b)"
    rf"\s*(?P<name>{_NAME})|(?P<whole>(?:©|\(c\)|courtesy of\b)\s*{_NAME}))\s*(?P<end>[)\]])?\.?\s*$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "and und et y e och og for of on via the von van de der den del della di da dos du la le el al bin ibn".split()
)


@dataclass
class _Texts:
    """The words of a caption with their places, in reading order."""

    whole: str = ""
    pieces: list[tuple[int, HtmlElement, str]] = field(default_factory=list)
    """Where each text begins, and the element and attribute that hold it."""
    begun: dict[HtmlElement, int] = field(default_factory=dict)
    """Where each element begins."""
    links: list[int] = field(default_factory=list)
    """Where the links and the calls of notes end."""


def take_credit(caption: HtmlElement) -> tuple[str, str]:
    """Take the credit off the end of a caption. Returns it with all the words that were taken; twice “” for none."""
    texts = _Texts()
    _read(caption, texts)
    match = _CREDIT.search(texts.whole)
    if match is None or not _is_credit(match) or any(end > match.start() for end in texts.links):
        return "", ""
    start = match.start()
    for begins, holder, part in texts.pieces:
        words = getattr(holder, part)
        setattr(holder, part, words[: max(0, start - begins)].rstrip() if begins + len(words) >= start else words)
    for element in [each for each, begins in texts.begun.items() if begins >= start and each is not caption]:
        take_out(element)
    if match[0].rstrip().endswith((").", "].")):  # the full stop of the sentence before the brackets
        _end_sentence(texts, start)
    return _words(match), " ".join(texts.whole[start:].split())


def plain_credit(words: str) -> str:
    """A credit without the word for a photograph before it: “Ann Doe” of “Photo: Ann Doe”."""
    match = _CREDIT.fullmatch(words)
    return _words(match) if match is not None and _is_credit(match) else words


def is_credit(words: str) -> bool:
    """Whether a line is a credit and nothing else."""
    match = _CREDIT.fullmatch(words)
    return match is not None and _is_credit(match)


def _words(match: re.Match[str]) -> str:
    return " ".join((match["name"] or match["whole"]).split())


def _is_credit(match: re.Match[str]) -> bool:
    """Whether words that look like a credit stand apart from what is before them, and name somebody."""
    sign, words = match["sign"] or "", _words(match)
    if bool(match["bracket"]) != bool(match["end"]):
        return False
    begins_whole = match["edge"] is not None and not match["edge"].strip() and match.start() == 0
    is_apart = bool(match["bracket"]) or match["edge"] is not None
    if match["whole"]:
        return is_apart or not words.lower().startswith("courtesy")
    is_said = sign.rstrip()[-1:] in ":：՝" and sign[:1] != sign[:1].lower()
    if not is_apart and not is_said:
        return False
    is_open = bool(re.match(r"©|courtesy\b", words, re.IGNORECASE)) or sign.rstrip()[-1:] in ":：՝"
    return _is_name(words) or (is_open and is_apart and not begins_whole)


def _is_name(words: str) -> bool:
    """Whether words are written as names are: with capitals, where their script has any."""
    parts = re.findall(r"[^\s/|,&+()]+", words.removeprefix("©"))
    names = [each for each in parts if each.casefold() not in _SMALL_WORDS]
    return (
        len(names) > 0 and len(parts) <= 10 and all(each[0] != each[0].lower() or _is_caseless(each) for each in names)
    )


def _is_caseless(word: str) -> bool:
    return (not word[0].isascii() and word[0].lower() == word[0].upper()) or word[0].isdigit() or word[0] in "@©’'"


def _read(element: HtmlElement, texts: _Texts) -> None:
    texts.begun[element] = len(texts.whole)
    if element.tag == "br" or (element.tag in BLOCKS and texts.whole.strip()):
        texts.whole += "\n"
    _add(element, "text", texts)
    for child in element:
        if isinstance(child.tag, str):
            _read(child, texts)
        _add(child, "tail", texts)
    if element.tag == "a" and element.get("href"):
        texts.links.append(len(texts.whole))


def _end_sentence(texts: _Texts, start: int) -> None:
    """Set a full stop behind the last words before a place."""
    before = [(holder, part) for begins, holder, part in texts.pieces if begins < start and getattr(holder, part)]
    if before:
        holder, part = before[-1]
        setattr(holder, part, f"{getattr(holder, part)}.")


def _add(holder: HtmlElement, part: str, texts: _Texts) -> None:
    if words := getattr(holder, part):
        texts.pieces.append((len(texts.whole), holder, part))
        texts.whole += words
