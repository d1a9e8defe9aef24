"""Page words: all that a reader sees of a page, taken off its tree without what importing makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pressroom.importing.html_tree import BLOCKS, HtmlElement, kinds

_UNSEEN = frozenset(
    "script style template noscript head title math svg select textarea button video audio iframe object canvas"
    " rp".split()
)


def visible_words(tree: HtmlElement) -> str:
    """The words of a page, each block on a line of its own, without calls of notes and formulas."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(_words(tree)).split("\n"))))


def _words(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    name = element.tag.rpartition("}")[2].lower()
    if name in _UNSEEN or kinds(element) & {"noteref", "tex", "math-tex"} or element.get("data-auto"):
        return
    edge = "\n" if name in BLOCKS or name == "br" else ""
    yield edge + _text(element.text)
    for child in element:
        yield from _words(child)
        yield _text(child.tail)
    yield edge


def _text(text: str | None) -> str:
    return " ".join((text or "").split("\n"))


def without(words: str, taken: Iterable[str]) -> str:
    """The words of a page without those that were taken on purpose: a line, or the beginning or end of one, for each."""
    lines = words.split("\n")
    for text in filter(None, taken):
        beginnings = (n for n, line in enumerate(lines) if line == text or line.startswith(f"{text} "))
        n = next(beginnings, next((n for n, line in enumerate(lines) if line.endswith(text)), None))
        if n is not None:
            lines[n] = (
                lines[n].removeprefix(text) if lines[n].startswith(text) else lines[n].removesuffix(text)
            ).strip()
    return "\n".join(filter(None, lines))
