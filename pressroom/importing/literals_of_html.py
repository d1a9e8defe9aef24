"""Literals of HTML: what stands in a line and is no marked words: pictures, formulas, code, readings, films."""

from __future__ import annotations

import re

from pressroom.errors import Severity
from pressroom.importing import plain_markdown
from pressroom.importing.html_page import HtmlPage
from pressroom.importing.html_tree import HtmlElement, kinds, nodes_of, words_in
from pressroom.importing.marked_words import SPACES
from pressroom.importing.tex_of_mathml import tex_of

_RUBY = frozenset(("ruby", "bdo", "bdi"))
"""Elements that are kept as they are, with all inside."""
_APART = frozenset("video audio iframe object embed canvas input select textarea button svg map template".split())
"""What no book can show in a line."""


def literal_of(element: HtmlElement, page: HtmlPage) -> str | None:
    """An element in a line that is no marked words, as Markdown; None for one that is."""
    said = kinds(element)
    if element.tag in ("img", "input") and (shown := _shown(element, page)):
        return shown
    if element.get("data-auto") and element.get("href", "")[1:] in page.ids:
        return f"[]({element.get('href')})"
    if element.tag == "math":
        return _formula(tex_of(element), element, page)
    if said & {"tex", "math-tex"} or (element.tag == "script" and "math/tex" in element.get("type", "")):
        return _formula(words_in(element), element, page)
    if element.tag in ("code", "tt"):
        return code(words_in(element)) if words_in(element) else ""
    if element.tag == "wbr":
        return ""
    if element.tag in _RUBY:
        return _as_html(element)
    if element.tag in ("script", "style", "noscript", "link", "meta", "title", "head", "template"):
        return ""
    if element.tag in _APART:
        page.remark(f"import-{_NAMES.get(element.tag, 'form')}", Severity.WARNING, element, _said_of(element))
        return ""
    return None


def _shown(element: HtmlElement, page: HtmlPage) -> str:
    """A picture in a line, or a box that is ticked or not; “” for another field of a form."""
    if element.tag == "img":
        return page.picture(element)
    is_box = element.get("type") == "checkbox"
    return ("☐" if element.get("checked") is None else "☒") if is_box else ""


_NAMES = dict.fromkeys(("video", "audio", "iframe", "object", "embed", "canvas"), "media") | {"svg": "drawing"}


def _said_of(element: HtmlElement) -> str:
    address = next((value for name in ("src", "data", "href", "name") if (value := element.get(name))), "")
    return f"<{element.tag!s}> {address or words_in(element)}".strip()[:200]


def _formula(tex: str, element: HtmlElement, page: HtmlPage) -> str:
    """A formula in a line. One that would not be read as such is code, and remarked."""
    tex = _bare_tex(tex)
    if tex and "$" not in tex and "\n" not in tex and not tex.startswith(tuple("'\"”’»).,;:!?`*")):
        return f"${tex}$"
    page.remark("import-formula", Severity.WARNING, element, tex or words_in(element))
    return code(tex or words_in(element)) if tex or words_in(element) else ""


def _bare_tex(tex: str) -> str:
    """TeX without the signs around it, on one line."""
    return re.sub(r"^(?:\\\(|\\\[|\$\$?)|(?:\\\)|\\\]|\$\$?)$", "", " ".join(tex.split())).strip()


def block_formula(element: HtmlElement, page: HtmlPage) -> str:
    """A formula on lines of its own."""
    math = element if element.tag == "math" else next(element.iter("math"), None)
    tex = _bare_tex(tex_of(math) if math is not None else words_in(element))
    if not tex or "$" in tex:
        return _formula(tex, element, page)
    return f"$$\n{tex}\n$$" + (f" {{#{element.get('data-id')}}}" if element.get("data-id") else "")


def code(words: str) -> str:
    """Words as code, between as many backticks as it takes."""
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    signs = "`" * (longest + 1)
    edge = " " if words[:1] in "` " or words[-1:] in "` " else ""
    return f"{signs}{edge}{words}{edge}{signs}"


def _as_html(element: HtmlElement) -> str:
    """An element and all inside as HTML, with nothing but its names, languages and directions."""
    kept = "".join(
        f' {name}="{element.get(name)}"' for name in ("lang", "dir") if re.fullmatch(r"[\w-]+", element.get(name, ""))
    )
    inner = "".join(
        plain_markdown.inside(SPACES.sub(" ", node)) if isinstance(node, str) else _as_html(node)
        for node in nodes_of(element)
    )
    return (
        f"<{element.tag}{kept}>{inner}</{element.tag}>" if element.tag in {*_RUBY, "rb", "rt", "rp", "rtc"} else inner
    )
