"""Code and addresses are parted after their marks, without a hyphen, and searched text has nothing more."""

from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import Publish
from pages_laid_out import lay_out_unit

from pressroom.design.word_breaks import breaks_in, with_word_breaks
from pressroom.xhtml import XHTML, XhtmlDocument, text_of

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>%s</body></html>'
SETTINGS = "title: T\nlanguage: en\nlayout: %s\neditions: {print: {format: pdf, trim: 6x9in}}\n"


def marked(body: str) -> str:
    """The text of a page with a bar at each break, and addresses in brackets."""
    root = with_word_breaks(XhtmlDocument(PAGE % body)).copy().find(f"{XHTML}body")
    assert root is not None
    for mark in root.iter(f"{XHTML}wbr"):
        mark.text = "|"
    for address in root.iter(f"{XHTML}span"):
        address.text, address.tail = f"[{address.text or ''}", f"]{address.tail or ''}"
    return text_of(root)


def lines(publication: Publish, text: str, layout: str = "reader") -> list[str]:
    """The lines of a chapter, as a reader sees them."""
    return lay_out_unit(publication({"book/a.md": f"# A\n\n## B\n\n{text}"}, SETTINGS % layout)).lines


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("crate::garden::vegetables::Asparagus", "crate::|garden::|vegetables::|Asparagus"),
        ("https://www.example.org/a_path/page.html", "https://|www.|example.|org/|a_path/|page.|html"),
        ("someone@example.org", "someone@|example.|org"),
        ("search?query=words&more=no#end", "search?|query=|words&|more=|no#|end"),
        ("C:\\Users\\reader", "C:\\Users\\|reader"),
        ("call(a_value)[0].other", "call(a_|value)[0].|other"),
        ("config->admin->show()", "config->|admin->|show()"),
        ("call(one,two;three|four)", "call(one,|two;|three||four)"),
        ("getTheConfigurationOfAll", "get|The|Configuration|Of|All"),
        ("JavaScript", "JavaScript"),
        ("10,000", "10,000"),
        (".gitignore", ".gitignore"),
        ("../shared/x", "../shared/x"),
        ("__init__.py", "__init__.|py"),
        ("3.14.15", "3.14.15"),
        ("a.b", "a.b"),
        ("e.g.", "e.g."),
        ("x", "x"),
    ],
)
def test_a_word_is_parted_after_its_marks(word: str, parted: str) -> None:
    at = [0, *breaks_in(word), len(word)]
    assert "|".join(word[begin:end] for begin, end in pairwise(at)) == parted


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>at <code>std::io::Error</code>.</p>", "at std::|io::|Error."),
        ("<p>See https://example.org/one/two.</p>", "See [https://|example.|org/|one/|two]."),
        ("<p>(me@example.org) and www.example.org, too</p>", "([me@|example.|org]) and [www.|example.|org], too"),
        ("<p>doi:10.1000/some.thing</p>", "[doi:10.1000/|some.|thing]"),
        ("<p>open settings.yaml now</p>", "open [settings.|yaml] now"),
        ("<p>a .gitignore and <code>.config</code></p>", "a |.gitignore and |.config"),
        ("<p>in <code>/etc/hosts</code></p>", "in |/etc/|hosts"),
        ("<p>in /usr/share/doc/package or src/main/java.</p>", "in |[/usr/|share/|doc/|package] or [src/|main/|java]."),
        ("<p>a snake_case_name of std::io::Error</p>", "a [snake_|case_|name] of [std::|io::|Error]"),
        ("<p>on 10/12/2020 and/or 1/2, km/h, he/she</p>", "on 10/12/2020 and/or 1/2, km/h, he/she"),
        ("<p>«https://пример.рф/путь/страница»</p>", "«[https://|пример.|рф/|путь/|страница]»"),
        ("<p>git@host.example.org:path/to_it</p>", "[git@|host.|example.|org:path/|to_|it]"),
        ("<p>(<code>.config</code>)</p>", "(.config)"),
        ("<p>Wait … e.g. 3.5, and/or 1.000,50 at 10:30.</p>", "Wait … e.g. 3.5, and/or 1.000,50 at 10:30."),
        ("<p>Um 9.30 z.B. im Haus.</p>", "Um 9.30 z.B. im Haus."),
        ("<pre><code>std::io::Error</code></pre>", "std::io::Error"),
        ("<p>écrivez à prénom@exemple.fr !</p>", "écrivez à [prénom@|exemple.|fr] !"),
        ("<p>адрес документы.пример.рф/страница</p>", "адрес [документы.|пример.|рф/|страница]"),
    ],
)  # fmt: skip
def test_a_page_says_where_its_words_may_be_parted(body: str, expected: str) -> None:
    assert marked(body) == expected


def test_the_words_of_a_page_are_the_same() -> None:
    body = (
        "<p>A <em>b</em> me@example.org, <code>a::bc::de</code> .x <a href='http://e.org/'>http://e.org/path</a>.</p>"
    )
    document = XhtmlDocument(PAGE % body)
    assert text_of(with_word_breaks(document).root) == text_of(document.root)


def test_a_page_without_addresses_stays_as_it_is() -> None:
    document = XhtmlDocument(PAGE % "<p>Plain words.</p>")
    assert with_word_breaks(document) is document


@pytest.mark.slow
def test_an_address_ends_a_line_without_a_hyphen(publication: Publish) -> None:
    address = "https://www.example.org/configuration/administration/internationalization/documentation/representation"
    found = lines(publication, f"Market school and road pump shelter. See <{address}> for the text.")
    assert address in "".join(found)
    assert not [line for line in found if line.endswith("-") or address in line]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["`.gitignore`", ".gitignore", "`/etc/hosts`", "`:set`", "`--help`"])
def test_a_word_that_begins_with_a_mark_begins_a_line(publication: Publish, name: str) -> None:
    """Among paragraphs that are a little longer each, one has no room for the word in its first line."""
    text = "The words of this paragraph go on until a name is {}{} at last."
    found = lines(publication, "\n\n".join(text.format("i" * n, f" {name}") for n in range(0, 36, 2)))
    assert any(line.startswith(name.strip("`")[:4]) for line in found)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["reader", "reportage"])
def test_a_long_path_in_code_fills_the_line_before_it(publication: Publish, layout: str) -> None:
    text = "You refer to code in a module, once it is {}there, as `crate::garden::vegetables::Asparagus` and so on."
    found = lines(publication, "\n\n".join(text.format("so " * n) for n in range(4)), layout)
    assert any(line.endswith("::") for line in found), found


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", ["abcdefghij", "a-", "a.", "a/", "a_", "a@", "a:", "ab.c1-", "+a"])
def test_a_word_without_end_is_looked_through_once(part: str) -> None:
    """Looked through from each of its letters, it would take minutes."""
    word = part * (60_000 // len(part))
    assert text_of(with_word_breaks(XhtmlDocument(PAGE % f"<p>{word}</p>")).root).endswith(word)
