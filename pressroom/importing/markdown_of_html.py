"""Markdown of HTML: the elements of a page become our Markdown, as a person would write it.

Every importer that reads HTML, or makes HTML of what it reads, ends here. What has no counterpart becomes a remark.
`html_tree` gives elements plain names, `html_notes` finds notes, `html_anchors` the ids that links need; then blocks
are written here, lines by `words_of_html`, pictures by `figures_of_html`, tables by `tables_of_html`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pressroom.errors import Place, Severity
from pressroom.importing.brought import Remark
from pressroom.importing.figures_of_html import (
    figure,
    gallery,
    has_loose_words,
    is_gallery,
    parted_at_pictures,
    picture_block,
    pictures_in,
)
from pressroom.importing.html_anchors import settle_anchors
from pressroom.importing.html_notes import take_notes
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import (
    HEADINGS,
    HtmlElement,
    PlaceIn,
    has_blocks,
    is_block,
    is_empty,
    kinds,
    nodes_of,
    plain_tree,
    words_in,
)
from pressroom.importing.tables_of_html import table_of
from pressroom.importing.words_of_html import LANGUAGE, block_formula, line_of, paragraphs_of

_BREAKS = re.compile(r"(?:[*∗⁂#~•·❦–—_-]\s*){1,9}|([_=~–—-])\1{9,200}")
_VERSE = frozenset(("poem", "verse", "line-block", "lineblock", "poetry", "wp-block-verse"))
_SIDEBARS = ("sidebar", "callout", "kg-callout-card", "factbox", "fact-box", "infobox", "info-box")
"""Boxes beside a text, as newsrooms and their programs name them."""
_BOXES = {"epigraph": "epigraph", "pullquote": "pullquote", "pull-quote": "pullquote", "timeline": "timeline",
          "wp-block-pullquote": "pullquote", "graf--pullquote": "pullquote",
          **dict.fromkeys(_SIDEBARS, "sidebar")}  # fmt: skip
_BOXED = frozenset(("aside", "blockquote", "div", "section", "figure", "p"))
_NUMERALS = ("a", "A", "i", "I")
"""What HTML’s attribute `type` of a list says of its letters and Roman numerals; ours says the same."""
_CODE_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|highlight|brush)[-:]([\w+#-]+)")


@dataclass(frozen=True)
class MarkdownText:
    """A page as our Markdown, and what could not be carried."""

    text: str
    remarks: tuple[Remark, ...]
    taken: tuple[str, ...] = ()
    """Words that the text needs no more: headings over notes, and links from these back to their calls."""


def lines_in(file: str) -> PlaceIn:
    """Says where elements stand by the lines of their file."""
    return lambda element: Place(file, int(element.sourceline or 0))


def markdown_of(
    body: HtmlElement,
    pictures: Mapping[str, str],
    place: PlaceIn,
    *,
    linked: Collection[str] | None = None,
    language: str = "",
) -> MarkdownText:
    """The Markdown of a page or chapter, below its title. The tree itself is not changed.

    `pictures` are the names of pictures by their addresses (`src`); one that is not there keeps its place, with a
    remark. `place` says where an element stands in its source, `linked` which ids other chapters need: a link `#id` to
    one of these is kept, even if it is not here. `language` is that of the book, which no word has to say again.
    """
    tree = plain_tree(body)
    places = {copy: place(element) for copy, element in _pairs(tree, body)}
    notes = take_notes(tree)
    whole = etree.Element("whole")
    whole.append(tree)
    whole.extend(notes.notes.values())
    ids = settle_anchors(whole, linked) | frozenset(linked or ())
    page = HtmlPage(pictures, lambda element: _nearest(element, places, place(body)), notes, ids, language)
    for heading in notes.headings:
        page.remark("import-notes-heading", Severity.ADVICE, heading, words_in(heading))
    writer = _BlockWriter(page)
    written = writer.blocks(nodes_of(tree))
    written += [writer.note(number, element) for number, element in notes.notes.items()]
    taken = (*(words_in(heading) for heading in notes.headings), *notes.backs, *page.taken)
    return MarkdownText("\n\n".join(written), tuple(page.remarks), taken)


def _pairs(tree: HtmlElement, body: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """The elements of a copy with those that they were made from."""
    kept = list(body.iter("*"))
    copies = list(tree.iter("*"))
    if len(kept) == len(copies):
        yield from zip(copies, kept, strict=True)


def _nearest(element: HtmlElement, places: Mapping[HtmlElement, Place], whole: Place) -> Place:
    return next((places[each] for each in (element, *element.iterancestors()) if each in places), whole)


@dataclass
class _BlockWriter:
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
        return _parted_lists([*written, *self._words(run)])

    def note(self, number: str, element: HtmlElement) -> str:
        """A note at the end of the page."""
        written = self.blocks(nodes_of(element))
        first, *others = written or ["…"]
        if not re.match(r"[^\n]*[^\s]", first) or first.startswith(("|", "```", ":::", "- ", "* ", "> ", "![")):
            others, first = [first, *others], ""
        return "\n\n".join([f"[^{number}]: {first}".rstrip(), *(_indented(other, 4) for other in others)])

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
        if not language or language in (inherited, self.page.language) or not written:
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
        return self._list(element, ordered=False)

    def _ol(self, element: HtmlElement) -> list[str]:
        if element.get("reversed") is not None:
            self.page.remark("import-list-numbers", Severity.ADVICE, element, words_in(element)[:60])
        return self._list(element, ordered=True)

    _menu = _dir = _ul

    def _list(self, element: HtmlElement, *, ordered: bool) -> list[str]:
        items = [self._item(item) for item in _items(element)]
        items = [item for item in items if item]
        first = _number(element.get("start", "1"))
        is_loose = any((len(item) > 1 and not _is_list(item[1])) or len(item) > 2 for item in items)
        written = []
        for n, blocks in enumerate(items, first):
            sign = f"{n}. " if ordered else "- "
            inner = ("\n\n" if is_loose or (len(blocks) > 1 and _begins_late(blocks[1])) else "\n").join(blocks)
            written.append(sign + _indented(inner, len(sign)).lstrip(" "))
        numerals = element.get("type", "") if ordered and element.get("type", "") in _NUMERALS else ""
        head = (f"#{id}" if (id := element.get("data-id")) else "", f"type={numerals}" if numerals else "")
        braces = f"{{{' '.join(filter(None, head))}}}\n" if any(head) else ""
        made = ("\n\n" if is_loose else "\n").join(written)
        return self._with_language(element, [braces + made] if made else [])

    def _item(self, item: HtmlElement) -> list[str]:
        """The blocks of an item. A box that is ticked or to be ticked stands before its words."""
        box = next((each for each in item.iter("input") if each.get("type") == "checkbox"), None)
        sign = "" if box is None else "[x] " if box.get("checked") is not None else "[ ] "
        if box is not None:
            box.tag, box.text = "span", ""
        written = self.blocks(nodes_of(item))
        return [sign + written[0], *written[1:]] if written and sign else written

    def _dl(self, element: HtmlElement) -> list[str]:
        """Terms with their definitions."""
        written: list[str] = []
        terms: list[str] = []
        for each in _terms(element):
            if each.tag == "dt":
                terms += [line_of(nodes_of(each), self.page, " ")]
                continue
            blocks = self.blocks(nodes_of(each))
            definition = f": {_indented(chr(10).join([chr(10).join(blocks[:1])]), 4).lstrip(' ')}" if blocks else ""
            others = "".join(f"\n\n{_indented(block, 4)}" for block in blocks[1:])
            if terms or not written:
                written.append("<br>".join(filter(None, terms)) or "…")
            written[-1] += f"\n{definition}{others}" if definition else ""
            terms = []
        written += filter(None, terms)
        braces = f"{{#{element.get('data-id')}}}\n" if element.get("data-id") and written else ""
        return [braces + "\n\n".join(written)] if written else []

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
        stanzas = [each for each in element.iter("p", "div") if not has_blocks(each) and words_in(each)] or [element]
        written = [paragraphs_of(nodes_of(stanza), self.page) for stanza in stanzas]
        lines = [[line for paragraph in stanza for line in paragraph.split("\\\n")] for stanza in written]
        single = all(len(stanza) == 1 for stanza in lines)
        parts = [[line for stanza in lines for line in stanza]] if single else lines
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


def _items(element: HtmlElement) -> Iterator[HtmlElement]:
    """The items of a list. A list that stands between items belongs to the item before it."""
    last: HtmlElement | None = None
    for child in [*element]:
        if child.tag in ("ul", "ol") and last is not None:
            last.append(child)
        elif child.tag in ("li", "ul", "ol") or not is_empty(child):
            last = child if child.tag == "li" else _wrapped(child)
    yield from (child for child in element if child.tag == "li")


def _wrapped(child: HtmlElement) -> HtmlElement:
    """An item around something that stands in a list without one."""
    item = etree.Element("li")
    parent = child.getparent()
    assert parent is not None
    parent.replace(child, item)
    item.append(child)
    return item


def _terms(element: HtmlElement) -> list[HtmlElement]:
    """The terms and definitions of a list. One that stands inside another, for want of an end tag, comes after it."""
    found = [each for each in element.iter("dt", "dd") if next(each.iterancestors("dl"), None) is element]
    for each in reversed(found):
        if (outer := each.getparent()) is not None and outer.tag in ("dt", "dd"):
            outer.addnext(each)
    return [each for each in element.iter("dt", "dd") if next(each.iterancestors("dl"), None) is element]


def _number(typed: str) -> int:
    return int(typed) if re.fullmatch(r"\d{1,8}", typed.strip()) else 1


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:\{[^{}\n]*\}\n)?(?:- |\d{1,9}[.)] )", block))


def _is_numbered(block: str) -> bool:
    return bool(re.match(r"(?:\{[^{}\n]*\}\n)?\d", block))


def _begins_late(block: str) -> bool:
    """Whether a block is a list with braces or that begins with another number than one: a blank line parts it from
    words.
    """
    return bool(re.match(r"(?!1\.)\d+\. |\{", block))


def _takes_braces(block: str) -> bool:
    """Whether a line of braces above a block is read: it is of no block that has braces of its own."""
    return not block.startswith(("#", ":::", "![", "{", "---", "$$", "|", "+", "```"))


def _not_picture(paragraph: str) -> str:
    """A paragraph that begins with a sign among words: without a mark before it, the words would be its caption."""
    return (
        f"\u2060{paragraph}" if paragraph.startswith(("![", "[![")) and not _ALONE.fullmatch(paragraph) else paragraph
    )


_ALONE = re.compile(r"\[?!\[(?:\\.|[^\]\\])*\]\([^)]*\)(?:\{[^}]*\})?(?:\]\([^)]*\))?")


def _indented(text: str, spaces: int) -> str:
    return "\n".join(f"{' ' * spaces}{line}" if line else "" for line in text.split("\n"))


def _verse_line(line: str) -> str:
    """A line of verse, whose leading no-break spaces are its indent."""
    return re.sub(r"^[\u00a0\u2003\u2002]+", lambda spaces: " " * len(spaces[0]), line)


def _parted_lists(blocks: list[str]) -> list[str]:
    """Blocks in which no list goes on the list before it: a comment parts them."""
    parted: list[str] = []
    for block in blocks:
        goes_on = parted and _is_list(block) and not block.startswith("{") and _is_list(parted[-1])
        if goes_on and _is_numbered(block) == _is_numbered(parted[-1]):
            parted.append("<!-- -->")
        parted.append(block)
    return parted
