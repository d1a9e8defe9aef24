"""Prose: writes Markdown nodes as well-formed XHTML, and resolves every reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.tree import SyntaxTreeNode as Node

from pressroom.errors import Finding, Source, did_you_mean, error, warning
from pressroom.language.words import ENGLISH, Words
from pressroom.manuscript import captioned_tables, cited, formulas, index_places, markup, prose_attributes, rawhtml
from pressroom.manuscript.block_heads import as_known
from pressroom.manuscript.citations import Citations
from pressroom.manuscript.code_heads import TITLE
from pressroom.manuscript.figures import FigureShape
from pressroom.manuscript.open_tags import ends_of, whole
from pressroom.manuscript.references import EMPTY, Label, Labels
from pressroom.manuscript.soundness import is_address
from pressroom.manuscript.text_pictures import PICTURE_ID
from pressroom.manuscript.written import has_text, lines_of
from pressroom.publication import ONLY, ONLY_IN, IndexMark, NumberedTable
from pressroom.xhtml import escaped, quoted

_PLAIN_TAGS = {
    "em": "em", "strong": "strong", "s": "s", "sub": "sub", "sup": "sup", "mark": "mark",
    "bullet_list": "ul", "list_item": "li", "line_block": "div",
    "thead": "thead", "tbody": "tbody", "tr": "tr", "dt": "dt", "dd": "dd",
}  # fmt: skip
_SPAN_TAGS = {"mark": "mark", "kbd": "kbd"}
"""The elements of Pandoc’s classes: `[Ctrl]{.kbd}` is a key, as `<kbd>` is. Its `.ul` is another name of a class."""
_NUMERALS = ("1", "a", "A", "i", "I")
_NEAR = 20
"""Pieces of a line that tell, in nearly all cases, what stands before another."""
_HELD = re.compile("\ue0f0(\\d+)\ue0f1")
"""The number of what is held back, between two private characters."""
_PLAIN_BLOCKS = ("sidebar", "epigraph", "pullquote", "timeline")
"""The blocks that hold text for every edition."""
_QUOTE_SOURCE = re.compile(r"\s*[—–]")


@dataclass
class ProseWriter:
    """Writes the prose of one chapter. Notes are numbered in the order in which the chapter calls them."""

    source: Source
    chapter_id: str
    labels: Labels
    findings: list[Finding] = field(default_factory=list)
    lines: tuple[int, int] = (1, 1)
    """The first and last line of the block that is being written."""
    raw: bool = False
    """Whether the piece that is being written holds raw HTML."""
    calls: dict[int, int] = field(default_factory=dict)
    """How often each note has been called."""
    marks: list[IndexMark] = field(default_factory=list)
    """The marks for the index, in reading order."""
    tables: list[NumberedTable] = field(default_factory=list)
    """The numbered tables, in reading order."""
    language: str = "en"
    """The language of the chapter."""
    in_text: Mapping[str, FigureShape] = field(default_factory=dict)
    """The pictures in the text of the chapter, by their ids."""
    editions: Sequence[str] = ()
    """The names of the publication’s editions."""
    words: Words = ENGLISH
    """The words of the book’s language."""
    citations: Citations = field(default_factory=Citations)
    cited: int = 0
    """How many citations are written."""
    held: list[str] = field(default_factory=list)
    """The formulas of the piece that is being written: what makes raw HTML sound knows no MathML."""

    def blocks(self, nodes: Sequence[Node]) -> str:
        """The XHTML of a run of blocks."""
        first = nodes[0] if nodes else None
        lines = (markup.lines_of(first)[0], markup.lines_of(nodes[-1])[1]) if first and first.map else self.lines
        return self._whole(lambda: "\n".join(self._node(n) for n in nodes), lines)

    def inline(self, nodes: Sequence[Node], lines: tuple[int, int]) -> str:
        """The XHTML of inline nodes that stand between two lines."""
        self.lines = lines
        return self._whole(lambda: self.inside(nodes) + ends_of(nodes), lines, phrasing=True).strip()

    def _whole(self, write: Callable[[], str], lines: tuple[int, int], *, phrasing: bool = False) -> str:
        self.raw, self.held = False, []
        xhtml = write()
        if not self.raw:
            return self._with_held(xhtml)
        xhtml, altered = rawhtml.clean(xhtml, phrasing=phrasing)
        for tag in altered:
            place = self.source.find(f"<{tag}", *lines)
            why = f"<{tag}> may not stand here, or says nothing here; its words are set without it."
            remedy = "Look in the HTML Standard for what may hold it; a blank line ends a paragraph of Markdown."
            self.findings.append(warning("html-mended", place, why, remedy))
        return self._with_held(xhtml)

    def _hold(self, xhtml: str) -> str:
        """A mark for XHTML that is sound, and is put in its place when the whole piece is."""
        self.held.append(xhtml)
        return f"\ue0f0{len(self.held) - 1}\ue0f1"

    def _with_held(self, xhtml: str) -> str:
        held = dict(enumerate(self.held))
        return _HELD.sub(lambda mark: held.get(int(mark[1]), mark[0]), xhtml) if held else xhtml

    def inside(self, nodes: Sequence[Node]) -> str:
        """The XHTML of nodes inside an element."""
        return "".join(self._node(n) for n in nodes)

    def _node(self, node: Node) -> str:
        if node.map:
            self.lines = markup.lines_of(node)
        if markup.is_mark(node):
            return index_places.written(node, self)
        if markup.is_only(node):
            return self._only(node)
        if node.type in formulas.FORMULAS:
            return self._hold(formulas.written(node, self))
        if node.type in _PLAIN_TAGS:
            return self._element(_PLAIN_TAGS[node.type], node)
        writer: Callable[[Node], str] = getattr(self, f"_{node.type}")
        return writer(node)

    def _element(self, tag: str, node: Node, extra: str = "") -> str:
        return self.around(tag, node, self.inside(node.children), extra)

    def attributes(self, node: Node, read: Sequence[str] = ()) -> str:
        """The attributes of an element. Unknown ones are dropped with a warning, except those in `read`."""
        return prose_attributes.written(node, self, read)

    def around(self, tag: str, node: Node, inner: str, extra: str = "") -> str:
        """An element of a node, with its attributes and those in `extra`, around what is inside."""
        return f"<{tag}{self.attributes(node)}{extra}>{inner}</{tag}>"

    def _only(self, node: Node) -> str:
        """Words for some editions. Their names are classes, which `design` reads when it lays an edition out."""
        place = self.source.find("{.only", *self.lines)
        names = re.split(r"[\s,]+", markup.attribute(node, "edition").strip())
        for name in names:
            if name not in self.editions:
                why = f"“{name}” is no edition of this publication; these words would show in none."
                remedy = did_you_mean(name, self.editions) or f"There are: {', '.join(self.editions)}."
                why = why if name else "For which edition are these words?"
                self.findings.append(error("edition-unknown", place, why, remedy))
        if any(inner.type == "footnote_ref" for inner in node.walk()):
            why = "A note is called in words for one edition; in others its text would stand without a call."
            self.findings.append(
                error("only-note", place, why, "Put the paragraph into a block: ::: only {edition=…}.")
            )
        return (
            f'<span class="{ONLY} {" ".join(f"{ONLY_IN}{name}" for name in names)}">{self.inside(node.children)}</span>'
        )

    # ---- inline

    def _inline(self, node: Node) -> str:
        return self.inside(node.children) + ends_of(node.children)

    def _text(self, node: Node) -> str:
        return escaped(node.content)

    def _span(self, node: Node) -> str:
        classes = str(node.attrs.get("class", "")).split()
        if "ul" in classes:
            node.attrs["class"] = " ".join("underline" if name == "ul" else name for name in classes)
        return self._element(next((_SPAN_TAGS[name] for name in classes if name in _SPAN_TAGS), "span"), node)

    def _citation(self, node: Node) -> str:
        made = cited.written(node, self)
        return self._hold(made) if "<" in made else made

    def _softbreak(self, node: Node) -> str:
        return "<br/>\n" if markup.is_verse(node) else "\n"

    def _hardbreak(self, node: Node) -> str:
        return "<br/>\n"

    def _code_inline(self, node: Node) -> str:
        return f"<code{self.attributes(node)}>{escaped(node.content)}</code>"

    def _html_inline(self, node: Node) -> str:
        return self._html_block(node)

    def _image(self, node: Node) -> str:
        """The place of a picture in text, as an element with its id, which a composition replaces by the picture."""
        shape = self.in_text.get(str(node.meta.get(PICTURE_ID)))
        if shape is None:
            place = self.source.find(f"![{node.content}]({markup.address(node, 'src')}", *self.lines)
            why = "No picture can stand here: this text is printed where no page has room for it."
            self.findings.append(error("picture-in-text", place, why, "Put it into a chapter."))
            return ""
        held = f'<span class="{shape.placed.name}" id="{shape.id}">{escaped(shape.alt or shape.file)}</span>'
        return f'{held} <span class="credit">{escaped(shape.credit)}</span>' if shape.credit else held

    def _link(self, node: Node) -> str:
        href = markup.address(node, "href")
        if re.match(r"(https?|mailto|tel):", href, re.IGNORECASE):
            text = self._link_text(node, href)
            if not is_address(normalizeLink(href)):
                place = self.source.find(f"]({href})", *self.lines)
                why = f"“{href}” is no address: nothing on the network has it, and no reading system follows it."
                self.findings.append(error("address-wrong", place, why, "Write all of it, or take the link away."))
            return f"<a href={quoted(normalizeLink(href))}{self.attributes(node)}>{text}</a>"
        label = self.labels.resolve(href, self.source.file)
        if label is None:
            place = self.source.find(f"]({href})", *self.lines)
            self.findings.append(self.labels.dead_link(href, self.source.file, place))
            return self.inside(node.children)
        text = self._link_text(node, self.reference_text(label, node) or href.rpartition("#")[2])
        return f'<a class="reference" href="#{label.id}">{text}</a>'

    def reference_text(self, label: Label, node: Node) -> str:
        """The words of an empty reference: a title as it is; “figure 2”, or “Figure 2” where a sentence begins."""
        at = node.siblings.index(node)
        near = (markup.plain_text(list(node.siblings[max(0, at - n) : at])) for n in (_NEAR, at))
        before = next(filter(None, near), "")
        begins = not before or before.endswith((".", "!", "?", "…", "։"))
        return label.text[:1].upper() + label.text[1:] if label.is_counted and begins else label.text

    def _link_text(self, node: Node, otherwise: str) -> str:
        """The words of a link; `otherwise` for a link without words, which no reader could find."""
        text = self.inside(node.children)
        return text if has_text(text) else text + escaped(otherwise)

    def _footnote_ref(self, node: Node) -> str:
        n = int(node.meta["id"])
        again = self.calls.get(n, 0)
        self.calls[n] = again + 1
        number, suffix = n + 1, f"-{again + 1}" if again else ""
        target = f"{self.chapter_id}-note-{number}"
        call = call_id(self.chapter_id, number) + suffix
        return f'<a class="noteref" epub:type="noteref" role="doc-noteref" id="{call}" href="#{target}">{number}</a>'

    # ---- blocks

    def _paragraph(self, node: Node) -> str:
        """A paragraph. In verse each line is an element, so that a line too long for the page gets a hanging indent."""
        if not markup.is_verse(node):
            return self._element("p", node)
        lines = "\n".join(f'<span class="line">{line}</span>' for line in lines_of(self.inside(node.children)))
        return f"<p{self.attributes(node)}>{lines}</p>"

    def _heading(self, node: Node) -> str:
        """A heading inside another element. Without words it is left out: a screen reader would announce nothing."""
        written = self._element(node.tag, node)
        return written if self.raw or has_text(written) else ""

    def _ordered_list(self, node: Node) -> str:
        """A numbered list. `{type=a}` above it has it count with letters or Roman numerals, as in HTML."""
        start, kind = node.attrs.get("start", 1), str(node.attrs.get("type", ""))
        read = ("type",) if kind in _NUMERALS else ()
        numerals = f' type="{kind}"' if read else ""
        first = f' start="{start}"' if start != 1 else ""
        return f"<ol{self.attributes(node, read)}{numerals}{first}>{self.inside(node.children)}</ol>"

    def _hr(self, node: Node) -> str:
        return f"<hr{self.attributes(node)}/>"

    def _code_block(self, node: Node) -> str:
        return f"<pre{self.attributes(node)}><code>{escaped(node.content)}</code></pre>"

    def _fence(self, node: Node) -> str:
        language = node.info.split()[0].strip("{}.,") if node.info.split() else ""
        kind = f" class={quoted('language-' + language)}" if language else ""
        title = f'<p class="code-title">{escaped(node.meta[TITLE])}</p>' if TITLE in node.meta else ""
        return f"{title}<pre{self.attributes(node)}><code{kind}>{escaped(node.content)}</code></pre>"

    def _html_block(self, node: Node) -> str:
        self.raw = True
        self.findings += rawhtml.findings(node.content, self.source, *self.lines)
        if "![" in node.content and "](" in node.content and not node.content.startswith("<!--"):
            place = self.source.find("![", *self.lines)
            why = "A picture inside HTML is not read: its brackets would be printed."
            self.findings.append(error("picture-unread", place, why, "Leave a blank line before the picture."))
        return rawhtml.with_links(whole(node.content), self._resolved)

    def _resolved(self, href: str) -> str:
        """The address of a link in raw HTML, resolved as that of a link in Markdown."""
        if not href or re.match(r"[a-z][a-z0-9+.-]*:|//", href, re.IGNORECASE):
            return href
        label = self.labels.resolve(href, self.source.file)
        if label is None:
            place = self.source.find(href, *self.lines)
            self.findings.append(self.labels.dead_link(href, self.source.file, place))
        return f"#{label.id if label else self.chapter_id}" if label or href in EMPTY else href

    def _blockquote(self, node: Node) -> str:
        """A quotation. A last paragraph that begins with a dash names its source."""
        parts = [self._node(child) for child in node.children]
        last = node.children[-1] if node.children else None
        if len(parts) > 1 and last and last.type == "paragraph" and _names_source(last):
            # without a role it would be taken for the foot of the whole chapter
            parts[-1] = f'<footer role="presentation">{self.inside(last.children)}</footer>'
        return f"<blockquote{self.attributes(node)}>{''.join(parts)}</blockquote>"

    def _table(self, node: Node) -> str:
        caption = captioned_tables.caption_of(node)
        return captioned_tables.written(node, self, markup.plain_text(caption.children[0].children) if caption else "")

    def _th(self, node: Node) -> str:
        return captioned_tables.head_cell(node, self)

    def _td(self, node: Node) -> str:
        return self._element("td", node, captioned_tables.of_cell(node))

    def _dl(self, node: Node) -> str:
        """A definition list. Each term is grouped with its definitions, so that no page break comes between them."""
        groups: list[list[str]] = []
        for child in node.children:
            if child.type == "dt" and not (groups and groups[-1][-1].startswith("<dt")):
                groups.append([])
            groups[-1].append(self._node(child))
        return f"<dl{self.attributes(node)}>{''.join(f'<div>{chr(10).join(g)}</div>' for g in groups)}</dl>"

    def _footnote_anchor(self, node: Node) -> str:
        return ""  # the layout leads back from a note to its call

    def _container_block(self, node: Node) -> str:
        """A block in a definition or a note, where no frame has room: its title and what it holds."""
        place, head = self.source.find(":::", *self.lines), as_known(markup.head_of(node), _PLAIN_BLOCKS)
        if head.name not in _PLAIN_BLOCKS:
            why = f"The block “{head.name}” cannot stand inside a definition or a note."
            self.findings.append(error("block-inside", place, why, "Put it on the left margin."))
            return ""
        why = f"The block “{head.name}” stands inside a definition or a note; its words are set there without a frame."
        self.findings.append(warning("block-inside", place, why, "Put it on the left margin to set it apart."))
        title = head.title or head.attributes.get("title", "")
        return (f"<p><strong>{escaped(title)}</strong></p>" if title else "") + self.inside(node.children)


def _names_source(paragraph: Node) -> bool:
    """Whether a paragraph begins with a dash or with two hyphens."""
    inline = paragraph.children[0].children
    return bool(inline and inline[0].type == "text" and _QUOTE_SOURCE.match(inline[0].content))


def call_id(chapter_id: str, number: int) -> str:
    """The id of the place that first calls a note."""
    return f"{chapter_id}-call-{number}"
