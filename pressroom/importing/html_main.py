"""The main text of a web page: the element that holds its article, and what around it is left out.

A page says what its article is (`article`, `main`, `itemprop`), or the element with most words outside links is it.
Nothing inside is thinned out but navigation, forms and what is hidden; each of these is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.importing.html_styles import is_hidden
from pressroom.importing.html_tree import HEADINGS, HtmlElement, is_empty, kinds, take_out, words_in
from pressroom.importing.page_words import visible_words

_AROUND = frozenset(("nav", "form", "dialog", "button", "menu", "search"))
_NOT_TEXT = frozenset(
    "nav navbar navigation breadcrumb breadcrumbs sidebar-widget widget share sharing social social-share newsletter"
    " cookie cookies cookie-banner advertisement advert ad ads promo related related-posts comments comment-list"
    " skip-link screen-reader-text sr-only visually-hidden pagination site-header site-footer banner contentinfo"
    " complementary search sharedaddy sd-sharing-enabled jp-relatedposts entry-footer post-footer cat-links tags-links"
    " post-tags author-box button-wrapper subscription-widget-wrap subscription-widget-wrap-editor subscription-widget"
    " subscribe-widget like-button share-button richlink rich-link links-block related-stories related-content"
    " page-header-icon read-next blog-pager".split()
)
"""What elements call themselves that are not part of an article."""
_NEVER_LEFT_OUT = ("body", "html", "article", "main", "a", "code", "pre")
_HOLDERS = ("div", "section", "main", "article", "center", "table", "tbody", "tr", "td")
"""Elements that may stand around an article."""
_MOST = 0.3
"""The share of the text of a page that an article has at least: with less, the page is a list of articles."""
_LITTLE_MORE = 1.5
_NEARLY_ALL = 0.95


def main_of(body: HtmlElement) -> HtmlElement:
    """The element with the article of a page: the one that says so, else the smallest one with most of its words."""
    whole = _text_size(body)
    for found in _said(body):
        if len(found) == 1 and _text_size(found[0]) >= _MOST * whole:
            return _with_headline(found[0], body)
    element = body
    while whole:
        inner = max(element.iterchildren("*"), key=_text_size, default=None)
        if inner is None or inner.tag not in (
            "div",
            "section",
            "main",
            "article",
            "td",
            "table",
            "tbody",
            "tr",
            "center",
        ):
            return element
        if _text_size(inner) < _NEARLY_ALL * _text_size(element) or _holds_heading_outside(element, inner):
            return element
        element = inner
    return body


def _with_headline(article: HtmlElement, body: HtmlElement) -> HtmlElement:
    """The element around an article and the one headline of its page, if there is little else in it."""
    headlines = [*body.iter("h1")]
    if len(headlines) != 1 or next(article.iter("h1"), None) is not None:
        return article
    inside = {article, *article.iterancestors()}
    around = next((up for up in headlines[0].iterancestors() if up in inside), body)
    return around if around is not body and _text_size(around) <= _LITTLE_MORE * _text_size(article) else article


def _said(body: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The elements that say that they hold the article, by the plainness with which they say it."""
    yield [each for each in body.iter("*") if each.get("itemprop") == "articleBody" and _holds_heading(each)]
    yield [each for each in body.iter("article") if next(each.iterancestors("article"), None) is None]
    yield [each for each in body.iter("*") if each.tag == "main" or each.get("role") == "main"]
    yield [each for each in body.iter("div") if kinds(each) & {"hentry", "h-entry"}]


def _holds_heading(element: HtmlElement) -> bool:
    return next(element.iter(*HEADINGS), None) is not None


def _holds_heading_outside(element: HtmlElement, inner: HtmlElement) -> bool:
    """Whether a heading, a picture or a note stands beside the element with most words: it belongs to the article."""
    return any(
        each.tag in HEADINGS or next(each.iter(*HEADINGS, "img", "figure"), None) is not None
        for each in element
        if each is not inner and not _is_left_out(each)
    )


def _text_size(element: HtmlElement) -> int:
    """How many letters of text an element has, without those of links and of what is no text."""
    if _is_left_out(element):
        return 0
    size = len((element.text or "").strip()) if element.tag not in ("script", "style", "a") else 0
    for child in element:
        size += (_text_size(child) if isinstance(child.tag, str) else 0) + len((child.tail or "").strip())
    return size


def _is_left_out(element: HtmlElement) -> bool:
    """Whether an element is no part of an article, by what it is, calls itself or looks like."""
    if element.tag in _AROUND or is_hidden(element) or (element.tag == "footer" and _is_of_export(element)):
        return True
    return element.tag not in ("body", "html", "article", "main", "a", "code", "pre") and bool(
        (kinds(element) | _of_scripts(element)) & _NOT_TEXT
    )


def _of_scripts(element: HtmlElement) -> frozenset[str]:
    """The names of the parts of a page that scripts go by, as newspapers write them."""
    return frozenset(element.get(name, "").lower() for name in ("data-component", "data-spacefinder-role"))


def _is_of_export(footer: HtmlElement) -> bool:
    """Whether the foot of an article speaks of the article: its address on the web, as exports of Medium have it."""
    return any("p-canonical" in kinds(link) for link in footer.iter("a"))


def take_surroundings(main: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Take out of an article what is no part of it; yields each element with its first words."""
    for element in [*main.iterdescendants("*")]:
        if not (_is_left_out(element) or _frames_page(element, main)):
            continue
        if any(up is main for up in element.iterancestors()):
            if words_in(element) and element.tag != "button":
                yield element, _first_words(element)
            take_out(element)


def _first_words(element: HtmlElement) -> str:
    """An element with its first words, by which a person finds it."""
    return f"<{element.tag!s}> {' '.join(visible_words(element).split())[:80]}".strip()


def _frames_page(element: HtmlElement, main: HtmlElement) -> bool:
    """Whether an element is the head or foot of a whole page that is taken for its own article."""
    is_frame = main.tag == "body" and element.getparent() is main and element.tag in ("header", "footer")
    return is_frame and next(element.iter("h1", "h2"), None) is None


def beside(body: HtmlElement, main: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """What stands around the article of a page, each piece with its first words."""
    element: HtmlElement | None = main
    while element is not None and element is not body:
        for other in (*element.itersiblings("*", preceding=True), *element.itersiblings("*")):
            if words_in(other) and other.tag not in ("script", "style", "noscript", "template") and not is_empty(other):
                yield other, _first_words(other)
        element = element.getparent()
