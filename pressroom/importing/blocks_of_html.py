"""Blocks of HTML: paragraphs, headings, quotations, boxes, code and verse become blocks of Markdown.

Lines are written by `words_of_html`, pictures by `figures_of_html`, tables by `tables_of_html`, lists by
`lists_of_html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from pressroom.errors import Severity
from pressroom.importing.figures_of_html import (
    figure,
    gallery,
    has_loose_words,
    is_gallery,
    parted_at_pictures,
    picture_block,
    pictures_in,
)
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import (
    HEADINGS,
    HtmlElement,
    has_blocks,
    is_block,
    is_empty,
    kinds,
    nodes_of,
    words_in,
)
from pressroom.importing.lists_of_html import definitions_of, indented, list_of, parted_lists
from pressroom.importing.literals_of_html import block_formula
from pressroom.importing.tables_of_html import table_of
from pressroom.importing.words_of_html import LANGUAGE, line_of, paragraphs_of

_BREAKS = re.compile(r"(?:[*∗⁂#~•·❦–—_-]\s*){1,9}|([_=~–—-])\1{9,200}")
_VERSE = frozenset(("poem", "verse", "line-block", "lineblock", "poetry", "wp-block-verse"))
_SIDEBARS = ("sidebar", "callout", "kg-callout-card", "factbox", "fact-box", "infobox", "info-box")
"""Boxes beside a text, as newsrooms and their programs name them."""
_BOXES = {"epigraph": "epigraph", "pullquote": "pullquote", "pull-quote": "pullquote", "timeline": "timeline",
          "wp-block-pullquote": "pullquote", "graf--pullquote": "pullquote",
          **dict.fromkeys(_SIDEBARS, "sidebar")}  # fmt: skip
_BOXED = frozenset(("aside", "blockquote", "div", "section", "figure", "p"))
_CODE_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|highlight|brush)[-:]([\w+#-]+)")


@dataclass
class BlockWriter:
    """Writes the blocks of one page."""

    page: HtmlPage
    levels: list[int] = field(default_factory=list)
    """The levels of the headings over the current place."""

    def blocks(self, nodes: Iterable[HtmlElement | str]) -> list[str]:
        """Nodes as blocks of Markdown. Words between blocks are paragraphs of their own."""
        written: list[str] = []
        run: list[HtmlElement | str] = []
        for node in nodes:
            if isinstance(node, str) or not (is_block(node) or _is_formula(node)):
                run.append(node)
                continue
            written += self._words(run)
            run = []
            written += self._block(node)
        return parted_lists([*written, *self._words(run)])

    def note(self, number: str, element: HtmlElement) -> str:
        """A note at the end of the page."""
        written = self.blocks(nodes_of(element))
        first, *others = written or ["…"]
        if not re.match(r"[^\n]*[^\s]", first) or first.startswith(("|", "```", ":::", "- ", "* ", "> ", "![")):
            others, first = [first, *others], ""
        return "\n\n".join([f"[^{number}]: {first}".rstrip(), *(indented(other, 4) for other in others)])

    # ---- blocks by their elements

    def _block(self, element: HtmlElement) -> list[str]:
        said = kinds(element)
        if element.tag == "img":
            return [picture_block(element, self.page)]
        if _is_formula(element):
            return [block_formula(element, self.page)]
        if element.tag != "hr" and is_empty(element):
            return []
        if is_gallery(element):
            return [gallery(element, self.page)]
        if element.tag in _BOXED and (kind := next((_BOXES[name] for name in _BOXES if name in said), "")):
            return self._set_apart(kind, element)
        if said & _VERSE:
            return self._verse(element)
        write = getattr(self, f"_{element.tag}", None) if element.tag in _WRITTEN else None
        if write is not None:
            return list(write(element))
        return self._container(element)

    def _container(self, element: HtmlElement) -> list[str]:
        """What has no counterpart of its own: its contents, with its language."""
        if element.tag == "div" and _is_break(element):
            return ["---"]
        return self._with_language(element, self.blocks(nodes_of(element)))

    def _with_language(self, element: HtmlElement, written: list[str]) -> list[str]:
        """A paragraph, list or quotation with its language and id in braces above it."""
        language = element.get("lang", "").strip()
        inherited = next((up.get("lang", "") for up in element.iterancestors() if up.get("lang")), self.page.language)
        if not language or language == inherited or self.page.is_in(language) or not written:
            return written
        inside = [f"{{lang={language}}}\n{each}" if _takes_braces(each) else each for each in written]
        return inside if LANGUAGE.fullmatch(language) else written

    def _words(self, nodes: list[HtmlElement | str]) -> list[str]:
        """Words in a line as paragraphs; a picture at their beginning or end is one of its own."""
        written: list[str] = []
        for run in parted_at_pictures(nodes):
            if len(run) == 1 and not isinstance(run[0], str) and pictures_in(run[0]) and not words_in(run[0]):
                written.append(picture_block(pictures_in(run[0])[0], self.page))
            else:
                written += [_not_picture(each) for each in paragraphs_of(run, self.page)]
        return written

    def _p(self, element: HtmlElement) -> list[str]:
        if _is_break(element):
            return ["---"]
        written = self.blocks(nodes_of(element))
        if written and element.get("data-id") and not written[0].startswith("!["):
            written[0] = f"{{#{element.get('data-id')}}}\n{written[0]}"
        return self._with_language(element, written)

    def _hr(self, _: HtmlElement) -> list[str]:
        return ["---"]

    def _heading(self, element: HtmlElement) -> list[str]:
        if not words_in(element) or not _is_line(element):
            return self.blocks(nodes_of(element))
        level = int(str(element.tag)[1])
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        text = re.sub(r"(#+)$", r"\\\1", line_of(nodes_of(element), self.page, " "))
        id = f" {{#{element.get('data-id')}}}" if element.get("data-id") else ""
        return [f"{'#' * min(6, len(self.levels) + 1)} {text}{id}"]

    _h1 = _h2 = _h3 = _h4 = _h5 = _h6 = _heading

    def _figure(self, element: HtmlElement) -> list[str]:
        if (
            len(pictures_in(element)) == 1
            and not has_loose_words(element)
            and not any(
                is_block(each) and each.tag not in ("figcaption", "div", "p", "picture", "a", "span")
                for each in element
            )
        ):
            return [figure(element, self.page)]
        caption = next((each for each in element if each.tag == "figcaption"), None)
        table = next(element.iter("table"), None)
        is_inside = table is not None and any(up is caption for up in table.iterancestors())
        if caption is not None and table is not None and not is_inside and table.find("caption") is None:
            caption.tag = "caption"
            table.insert(0, caption)
        return self._container(element)

    def _table(self, element: HtmlElement) -> list[str]:
        return table_of(element, self.page, lambda cell: self.blocks(nodes_of(cell)))

    def _pre(self, element: HtmlElement) -> list[str]:
        for end in element.iter("br"):
            end.tail = "\n" + (end.tail or "")
        words = "".join(map(str, element.itertext())).strip("\n").expandtabs(4)
        said = " ".join(each.get("class", "") for each in (element, *element.iter("code")))
        match = _CODE_LANGUAGE.search(said)
        longest = max((len(run) for run in re.findall("`{3,}", words)), default=2)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}{match[1] if match else ''}\n{words}\n{fence}"] if words.strip() else []

    def _blockquote(self, element: HtmlElement) -> list[str]:
        _name_source(element)
        written = "\n\n".join(self.blocks(nodes_of(element)))
        quoted = "\n".join(f"> {line}".rstrip() for line in written.split("\n"))
        braces = f"{{#{element.get('data-id')}}}\n" if element.get("data-id") else ""
        return self._with_language(element, [braces + quoted] if written else [])

    # ---- lists

    def _ul(self, element: HtmlElement) -> list[str]:
        return self._with_language(element, list_of(element, self._blocks_in, ordered=False))

    def _ol(self, element: HtmlElement) -> list[str]:
        if element.get("reversed") is not None:
            self.page.remark("import-list-numbers", Severity.ADVICE, element, words_in(element)[:60])
        return self._with_language(element, list_of(element, self._blocks_in, ordered=True))

    _menu = _dir = _ul

    def _dl(self, element: HtmlElement) -> list[str]:
        return definitions_of(element, self._blocks_in, lambda term: line_of(nodes_of(term), self.page, " "))

    def _blocks_in(self, element: HtmlElement) -> list[str]:
        return self.blocks(nodes_of(element))

    # ---- boxes

    def _aside(self, element: HtmlElement) -> list[str]:
        return self._set_apart("sidebar", element)

    def _set_apart(self, kind: str, element: HtmlElement) -> list[str]:
        """A block set apart. A heading at its beginning is the title of a sidebar."""
        for quotation in [*element.iter("blockquote")] if kind in ("pullquote", "epigraph") else ():
            _name_source(quotation)
            quotation.tag = "div"
        title, nodes = "", [*nodes_of(element)]
        first = next((node for node in nodes if not isinstance(node, str) or node.strip()), None)
        if kind == "sidebar" and first is not None and not isinstance(first, str) and _is_title(first):
            title = words_in(first)
            nodes.remove(first)
        if not title and any(not isinstance(node, str) and node.tag in HEADINGS for node in nodes):
            title = ""
        written = "\n\n".join(self.blocks(nodes))
        if not written:
            return [f"**{line_of([title], self.page)}**"] if title else []
        fence = ":" * max(3, 1 + max((len(run) for run in re.findall(r"^:{3,}", written, re.MULTILINE)), default=2))
        id = f" {{#{element.get('data-id')}}}" if element.get("data-id") else ""
        return [f"{fence} {kind}{f' {title}' if title else ''}{id}\n{written}\n{fence}"]

    def _verse(self, element: HtmlElement) -> list[str]:
        """Lines of verse. Paragraphs are stanzas, unless each of them is one line."""
        if element.tag == "pre":
            _break_lines(element)
        _mark_stanzas(element)
        stanzas = [each for each in element.iter("p", "div") if not has_blocks(each) and words_in(each)] or [element]
        written = [paragraphs_of(nodes_of(stanza), self.page) for stanza in stanzas]
        lines = [[line for paragraph in stanza for line in paragraph.split("\\\n")] for stanza in written]
        single = all(len(stanza) == 1 for stanza in lines)
        whole = [[line for stanza in lines for line in stanza]] if single else lines
        parts = [[*part] for each in whole for is_end, part in groupby(each, _ENDS_STANZA.__eq__) if not is_end]
        return ["\n|\n".join("\n".join(f"| {_verse_line(line)}" for line in part) for part in parts)]

    # ---- what no book shows

    def _form(self, element: HtmlElement) -> list[str]:
        self.page.remark("import-form", Severity.WARNING, element, words_in(element)[:80])
        return self._container(element)


_WRITTEN = frozenset("p hr h1 h2 h3 h4 h5 h6 figure table pre blockquote ul ol menu dir dl aside form".split())


def _is_formula(element: HtmlElement) -> bool:
    """Whether an element is a formula on lines of its own."""
    said = kinds(element)
    if element.tag == "math":
        return element.get("display") == "block"
    if element.tag == "script":
        return "mode=display" in element.get("type", "")
    if "math" in said and next(element.iter("em", "i", "sup", "sub"), None) is not None:
        return False  # letters and numbers as text, as Pandoc writes them where it has no MathML
    if said & {"tex", "math-tex", "math"}:
        return element.tag == "div" or bool(said & {"display", "math-display"})
    return "equation" in said and next(element.iter("math"), None) is not None


def _is_break(element: HtmlElement) -> bool:
    """Whether an element is a line of signs between two parts of a text."""
    return bool(_BREAKS.fullmatch(words_in(element))) and not pictures_in(element)


def _is_line(heading: HtmlElement) -> bool:
    """Whether a heading is one line: what else is in it has no words, or all of it stands in one box."""
    inside = [each for each in heading.iterdescendants("*") if is_block(each) and not is_empty(each)]
    return all(each.tag == "div" and words_in(each) == words_in(heading) for each in inside)


def _name_source(quotation: HtmlElement) -> None:
    """Let the source of a quotation be its last paragraph, behind a dash."""
    for source in quotation.iterchildren("footer", "cite"):
        if words_in(source) and not re.match(r"[-–—―]", words_in(source)):
            source.text = f"— {(source.text or '').lstrip()}"
        source.tag = "p"


def _break_lines(element: HtmlElement) -> None:
    """Put the elements of line breaks where a text has its lines; their indent stays."""
    inside = [(each, part) for each in element.iterdescendants("*") for part in ("text", "tail")]
    for holder, part in [(element, "text"), *inside]:
        first, *lines = (getattr(holder, part) or "").split("\n")
        setattr(holder, part, first)
        for line in reversed(lines):
            end = etree.Element("br")
            end.tail = re.sub("^ +", lambda spaces: "\u00a0" * len(spaces[0]), line)
            if part == "text":
                holder.insert(0, end)
            else:
                holder.addnext(end)


def _is_title(element: HtmlElement) -> bool:
    """Whether the first element of a box is its title."""
    is_named = any("title" in kind for kind in kinds(element))
    fits = not re.search(r"[{}\[\]\n:]", words_in(element)) and not pictures_in(element)
    return fits and (element.tag in HEADINGS or (is_named and element.tag in ("p", "div", "header")))


def _takes_braces(block: str) -> bool:
    """Whether a line of braces above a block is read: it is of no block that has braces of its own."""
    return not block.startswith(("#", ":::", "![", "{", "---", "$$", "|", "+", "```"))


def _not_picture(paragraph: str) -> str:
    """A paragraph that begins with a sign among words: without a mark before it, the words would be its caption."""
    return (
        f"\u2060{paragraph}" if paragraph.startswith(("![", "[![")) and not _ALONE.fullmatch(paragraph) else paragraph
    )


_ALONE = re.compile(r"\[?!\[(?:\\.|[^\]\\])*\]\([^)]*\)(?:\{[^}]*\})?(?:\]\([^)]*\))?")


_ENDS_STANZA = "\ue0ff"
"""What stands for an empty line of verse while it is read."""


def _mark_stanzas(element: HtmlElement) -> None:
    """Mark the empty lines of verse: two breaks in a row, and empty paragraphs between others."""
    for end in element.iter("br"):
        after = end.getnext()
        if after is not None and after.tag == "br" and not (end.tail or "").strip():
            end.tail = _ENDS_STANZA
    for empty in element.iter("p"):
        if is_empty(empty):
            empty.text = _ENDS_STANZA


def _verse_line(line: str) -> str:
    """A line of verse, whose leading no-break spaces are its indent."""
    return re.sub(r"^[\u00a0\u2003\u2002]+", lambda spaces: " " * len(spaces[0]), line)
