"""Text that looks like a picture, link or index mark but is not parsed as one: its brackets would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Place, Source, error
from pressroom.manuscript import markup
from pressroom.manuscript.spellings import PICTURE_SUFFIXES

_UNREAD = re.compile(r"(!?)\[[^\]\0]{0,1000}\]\(([^()<>\0]*)\)")
_MARK = re.compile(r"\{[^{}\0]*\.index\b[^{}\0]*\}")
_SIZE = re.compile(r"\s+=\d*%?(?:x\d*)?%?$")
_CURLY_TITLE = re.compile(r"\s+[“„«‘]([^”“»’]*)[”“»’]$")
_QUOTES = "“”„‟«»‹›‘’‚\"'"
_AFTER_NAME = re.compile(rf"([^\s,|]*\.{PICTURE_SUFFIXES})[\s,|]+(.*\S)", re.IGNORECASE | re.DOTALL)
"""The name of a picture file, and what stands behind it."""
_PARTED = re.compile(r"(\S+\.(?:md|markdown|txt))\s+(#\S+)$", re.IGNORECASE)
_CHAPTER = re.compile(r"\.(md|markdown|txt)(#\S*)?\s*", re.IGNORECASE)


def findings(nodes: Sequence[Node], source: Source) -> Iterator[Finding]:
    """An error for every such text in a run of blocks."""
    for inline in (node for top in nodes for node in top.walk() if node.type == "inline"):
        lines, text = markup.lines_of(inline), "".join(_literal(inline.children))
        for match in _MARK.finditer(text):
            if not _is_escaped(text[max(0, match.start() - 1) : match.end()], inline.content):
                why = "This is not read as a mark for the index, and its braces would be printed."
                remedy = 'Write [words]{.index}, or [words]{.index term="…"} with straight quotes.'
                yield error("index-unread", source.find(match[0].split("\n")[0], *lines), why, remedy)
        for match in _UNREAD.finditer(text) if "](" in text else ():
            if not _is_escaped(match[0], inline.content):
                yield from _finding(match, source.find(match[0].split("\n")[0], *lines))


def _is_escaped(text: str, typed: str) -> bool:
    """Whether a sign of a text is typed with a backslash before it, so that the text is meant as it stands.

    Quotation marks may have been typed otherwise than they are printed.
    """
    signs = re.compile(r"\\?" + r"\\?".join("." if sign in _QUOTES else re.escape(sign) for sign in text))
    return "\\" in typed and any(len(found[0]) > len(text) for found in signs.finditer(typed))


def _finding(match: re.Match[str], place: Place) -> Iterator[Finding]:
    address, has_space = match[2].strip(), bool(re.search(r"\s", match[2].strip()))
    if match[1] and (size := _SIZE.search(address)):
        why = f"This is not read as a picture: “{size[0].strip()}” is a size, which pages of a book do not have."
        remedy = f"Write ![…]({address[: size.start()]}), with a placement such as {{.wide}} after it."
        yield error("picture-unread", place, why, remedy)
    elif match[1] and (title := _CURLY_TITLE.search(address)):
        why = "This is not read as a picture: its title stands between curly quotes."
        remedy = f'Write straight quotes: ![…]({address[: title.start()]} "{title[1]}").'
        yield error("picture-unread", place, why, remedy)
    elif match[1] and (rest := _AFTER_NAME.match(address)):
        why = f"This is not read as a picture: “{rest[2]}” behind its name is neither a title nor a size."
        remedy = f'Write a title in straight quotes, ![…]({rest[1]} "title"), and a size in braces, '
        yield error("picture-unread", place, why, f"{remedy}![…]({rest[1]}){{width=50%}}.")
    elif match[1] and has_space:
        why = "This is not read as a picture: there is a space in the name of the file."
        yield error("picture-unread", place, why, "Put the name in angle brackets: ![…](<my file.jpg>).")
    elif match[1]:
        why = f"This is not read as a picture: “{address}” is no address in the publication."
        yield error("picture-unread", place, why, "Put the file into assets/photos and name it here.")
    elif has_space and (title := _CURLY_TITLE.search(address)):
        why = "This is not read as a link: its title stands between curly quotes."
        yield error("link-unread", place, why, f'Write straight quotes: […]({address[: title.start()]} "{title[1]}").')
    elif has_space and (parted := _PARTED.match(address)):
        why = "This is not read as a link: there is a space in its address."
        yield error("link-unread", place, why, f"Write it without the space: […]({parted[1]}{parted[2]}).")
    elif has_space and _CHAPTER.search(address):
        why = "This is not read as a link: there is a space in the name of the file."
        yield error("link-unread", place, why, "Put the name in angle brackets: […](<my chapter.md>).")


def _literal(nodes: Sequence[Node]) -> Iterator[str]:
    """The text that is printed as typed, with other nodes as line feeds or NUL."""
    for node in nodes:
        if node.type == "text":
            yield node.content
        elif node.type in ("em", "strong", "s", "span", "link"):
            yield from _literal(node.children)
        else:
            yield "\n" if node.type == "softbreak" else "\0"
