"""Words kept: holds the words of a source against those that were written, so that none is lost in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressroom.errors import Source
from pressroom.manuscript.plain_reading import plain_lines, words_of

_INSIDE_WORDS = re.compile(r"[\\*_~`^\u00ad\u200b\u2060\ufeff]|\[\^[^\[\]\n]*\]|\{[^{}\n]*\}|</?\w[^<>\n]*>|[\[\]]")
"""Signs of Markdown that may stand inside a word, with what is in their brackets."""

_CALL = re.compile(r"\s?\[\^([^\[\]\n]*)\]")
"""A call of a note, whose number a source may have typed behind a word: “note1”."""


@dataclass(frozen=True)
class LostWords:
    """Words of one paragraph of the source that were not written."""

    words: tuple[str, ...]
    paragraph: str
    """The paragraph that they stand in, by which a person finds them."""


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(words_of(text))


def lost_words(source: str, written: Iterable[str]) -> list[LostWords]:
    """The words of a source that `written`, texts in Markdown, has less often than the source, by their paragraphs.

    A word counts as written wherever it stands. One that markup parts (H~2~O) is looked for among the letters.
    """
    texts = list(written)
    lacking = Counter(words_of(source)) - _words_written(texts)
    if not lacking:
        return []
    with_calls = (_CALL.sub(r" \1 ", text) for text in texts)
    letters = "\n".join("".join(map(_letters, each)) for each in (texts, with_calls))
    return list(_by_paragraphs(source, lacking, letters))


def _words_written(texts: Iterable[str]) -> Counter[str]:
    """How often each word was written: as a first look at the text, or a reading without its signs, finds it."""
    loose: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    for text in texts:
        loose.update(words_of(text.replace("\\", "")))
        printed.update(word for line in plain_lines(Source("written.md", text)) for word in line.words)
    return loose | printed


def _letters(text: str) -> str:
    return "".join(words_of(_INSIDE_WORDS.sub("", text)))


def _by_paragraphs(source: str, lacking: Counter[str], letters: str) -> Iterator[LostWords]:
    for paragraph in source.splitlines():
        words = words_of(paragraph)
        lost = [word for word in words if lacking[word] > 0]
        if not lost or "".join(words) in letters:
            continue
        lost = list(_lost_of(words, lacking, letters))
        if lost:
            yield LostWords(tuple(lost), " ".join(paragraph.split()))


def _lost_of(words: list[str], lacking: Counter[str], letters: str) -> Iterator[str]:
    """The words of a paragraph that are lacking, and that do not stand between their neighbours either."""
    for n, word in enumerate(words):
        if lacking[word] > 0 and "".join(words[max(0, n - 1) : n + 2]) not in letters:
            lacking[word] -= 1
            yield word
