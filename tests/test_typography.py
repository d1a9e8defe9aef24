"""Typography: what is typed on a keyboard, and what is set. What becomes of Markdown is in tests/manuscript.

The cases are in tests/typography, one file for each language: `typed → set`, or `typed =` for what stays. There ␣ is
a no-break space and ▫ a narrow one.
"""

from __future__ import annotations

import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from conftest import SETTINGS, Publish, picture, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from lxml import etree
from PIL import Image
from test_manuscript import TYPED as MARKDOWN
from test_manuscript import xhtml_of

from pressroom.errors import Source
from pressroom.language.conventions import convention_for
from pressroom.language.typography import PROTECTED, SIGNS_OF_CODE, typeset
from pressroom.manuscript import markup
from pressroom.manuscript.typesetting import Typesetter
from pressroom.publication import Heading, Prose

FOLDER = Path(__file__).parent / "typography"
SPACES = str.maketrans("␣▫", "\u00a0\u202f")


def rows(file: Path) -> list[tuple[str, str]]:
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("# ")]
    pairs = [line.removesuffix(" =").partition(" → ")[::2] for line in lines]
    return [(typed.translate(SPACES), (wanted or typed).translate(SPACES)) for typed, wanted in pairs]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_text_is_set_as_its_language_has_it(file: Path) -> None:
    convention = convention_for(file.stem)
    assert [(typed, typeset(typed, convention).text) for typed, _ in rows(file)] == rows(file)


# ---- whatever is typed

SIGNS = (
    '"', "'", '"', "'", "-", "--", "---", "...", ".", ",", "!", "?", ":", ";", " ", " ", "\n", "\u00a0", "\u202f",
    "“", "”", "„", "«", "»", "‹", "›", "‘", "’", "‚", "…", "–", "—", "×", "½", "′", "(", ")", "[", "/", "1", "2", "12",
    "1990", "0", "000", "1/2", "1/4", "x", "х", "a", "I", "B", "s", "don't", "l'", "word", "слово", "բառ", "։", "км",
    "km", "Mr.", "p.", "S.", "z. B.", "%", "€", "§", "°", "\ufffc", "é", "e\u0301", "{", "}", "#a", "@", "http://x.y/",
    ".jpg", "<b>", "tel. ", "+37410", "n", "rock", "M.", "в", "w",
)  # fmt: skip
TYPED = some.lists(some.sampled_from(SIGNS) | some.text(max_size=3), max_size=16).map("".join)
LANGUAGES = ["en", "en-GB", "de", "de-CH", "fr", "fr-CA", "fr-CH", "es", "it", "ru", "hy", "nl", "pl", "uk", "ja"]


def letters(text: str) -> str:
    """Letters and digits only; a sign of multiplication counts as the letter that is typed for it."""
    plain = unicodedata.normalize("NFKC", text.replace("х", "x").replace("×", "x"))
    return "".join(filter(str.isalnum, plain))


@pytest.mark.slow
@settings(max_examples=500)
@given(some.sampled_from(LANGUAGES), TYPED)
def test_letters_and_digits_stay_as_they_are_typed(language: str, typed: str) -> None:
    assert letters(typeset(typed, convention_for(language)).text) == letters(typed)


@pytest.mark.slow
@settings(max_examples=500)
@given(some.sampled_from(LANGUAGES), TYPED)
def test_what_has_been_set_is_not_set_again(language: str, typed: str) -> None:
    once = typeset(typed, convention_for(language)).text
    assert typeset(once, convention_for(language)).text == once


@pytest.mark.slow
@given(TYPED, some.sets(some.integers(0, 40)))
def test_characters_that_are_kept_are_kept(typed: str, kept: set[int]) -> None:
    galley = typeset(typed, convention_for("en"), kept)
    assert [typed[n] for n in sorted(kept) if n < len(typed)] == [
        sign for sign, n in zip(galley.text, galley.origins, strict=True) if n in kept
    ]


TECHNICAL = [
    "www.",
    "mailto:",
    "tel:",
    "--",
    "->",
    "<!--",
    "=",
    "'",
    '"',
    " ",
    "f",
    "(",
    "_",
    ".md",
    "ISBN",
    "+",
    "/",
    "}",
]


@pytest.mark.slow
@settings(max_examples=500)
@given(some.lists(some.sampled_from([*SIGNS, *TECHNICAL]) | some.text(max_size=3), max_size=16).map("".join))
def test_what_is_no_running_text_has_a_sign_of_it(typed: str) -> None:
    assert SIGNS_OF_CODE.search(typed) or not PROTECTED.search(typed)


@pytest.mark.slow
def test_text_that_stays_as_it_is_typed_takes_the_memory_of_its_letters_alone() -> None:
    typed = ("No sign of what the author has written has to be altered, nor is. " * 20 + "*Not one!* ") * 100
    nodes, setter = markup.parse(typed).children, Typesetter("en")
    tracemalloc.start()
    setter.set_blocks(nodes, Source("a.md", typed))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not setter.changes
    assert most < 8 * len(typed)  # a list of characters has a pointer of eight bytes to each of them


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(["en", "fr", "ru"]), some.lists(MARKDOWN | TYPED, max_size=4).map("".join))
def test_no_letter_of_a_manuscript_is_lost_or_moved(publication: Publish, language: str, typed: str) -> None:
    def words(key: str) -> list[str]:
        root = publication({"book/a.md": typed}, f"title: T\nlanguage: {language}\ntypography: {key}\n")
        book = read(root).publication
        pieces = [
            "".join(etree.fromstring(f"<p>{x}</p>", PARSER).itertext()) for c in book.chapters() for x in xhtml_of(c)
        ]
        return [letters(text) for text in (*pieces, *(f.alt + f.credit for _, f in book.figures()))]

    assert words("true") == words("false")


PARSER = etree.XMLParser(recover=True)
"""Knows of no prefix “epub”."""


# ---- what has been altered, and where


def changes(root: Path) -> list[tuple[str, str, str, str]]:
    found = [(str(c.place).removeprefix("book/"), c.rule, c.before, c.after) for c in read(root).publication.changes]
    return [
        (place, rule, before.replace("\u00a0", "␣"), after.replace("\u00a0", "␣"))
        for place, rule, before, after in found
    ]


def test_every_change_is_reported_with_its_line_and_context(publication: Publish) -> None:
    text = (
        '---\ntitle: The road - a view\nsubtitle: "it\'s long"\n---\n\nA paragraph of two lines,\nof which '
        "the second says `it's` and *it's* more.\n\n![An alt's text](a.jpg){credit=\"A's\"}\nThe caption's text."
        "[^1]\n\n::: sidebar It's a box\nFrom 1994-1998 it was\n10 km.\n:::\n\n| a |\n|---|\n| b... |\n\n"
        "[^1]: A note's text.\n"
    )
    assert changes(publication({"book/a.md": text})) == [
        ("a.md:2", "dash", "The road - a view", "The road—a view"),
        ("a.md:3", "apostrophe", "it's long", "it’s long"),
        ("a.md:7", "apostrophe", "says … and it's more.", "says … and it’s more."),
        ("a.md:9", "apostrophe", "An alt's text", "An alt’s text"),
        ("a.md:10", "apostrophe", "The caption's text.", "The caption’s text."),
        ("a.md:9", "apostrophe", "A's", "A’s"),
        ("a.md:12", "apostrophe", "It's a box", "It’s a box"),
        ("a.md:13", "range", "From 1994-1998 it was 10 km.", "From 1994–1998 it was 10␣km."),
        ("a.md:14", "no-break space", "it was 10 km.", "it was 10␣km."),
        ("a.md:19", "ellipsis", "b...", "b…"),
        ("a.md:21", "apostrophe", "A note's text.", "A note’s text."),
    ]


def test_texts_from_elsewhere_are_set_and_named_with_their_origin(publication: Publish) -> None:
    notes = 'a.jpg: {alt: "It\'s one", caption: "It\'s *two*", credit: "O\'Brien", long_description: "It\'s four"}\n'
    book = read(publication({"book/a.md": "# A\n\n![](a.jpg)\n", "book/photos.yaml": notes})).publication
    [(_, figure)] = book.figures()
    assert figure.caption
    assert (figure.alt, figure.credit, figure.long_description) == ("It’s one", "O’Brien", "It’s four")
    assert figure.caption.xhtml == "It’s <em>two</em>"
    assert {(str(change.place), change.origin) for change in book.changes} == {("book/a.md:3", "photos.yaml")}
    assert len(book.changes) == 4


def test_captions_from_a_photographs_file_are_set_too(publication: Publish) -> None:
    root = publication({"book/a.md": "# A\n\n![](a.jpg)\n"}, SETTINGS + "captions_from_photos: true\n")
    about = Image.Exif()
    about[0x010E] = 'It is "here" - *not there*.'  # ImageDescription
    picture(root / "assets/photos/a.jpg", exif=about)
    [(_, figure)] = read(root).publication.figures()
    assert figure.caption
    assert figure.caption.text == "It is “here”—*not there*."


def test_plain_text_is_set_after_captions_are_distinguished_from_narrative(publication: Publish) -> None:
    text = "It's a title\n\nA truck carries O'Brien's minivan - 10 km - across the border.\n\n\"We left,\" he said.\n"
    [chapter] = read(publication({"book/a.txt": text})).publication.chapters()
    [(_, figure)] = read(publication({"book/a.txt": text})).publication.figures()
    assert chapter.title == "It’s a title"
    assert figure.caption
    assert figure.caption.text == "A truck carries O’Brien’s minivan—10\u00a0km—across the border."
    assert [block.xhtml for block in chapter.blocks if isinstance(block, Prose)] == ["<p>“We left,” he said.</p>"]


def test_links_to_headings_are_written_as_before(publication: Publish) -> None:
    shown = read(publication({"book/a.md": '# A\n\n## It\'s "so"\n\nSee [it](#it-s-so).\n'}))
    assert not shown.findings
    [heading, _] = next(shown.publication.chapters()).blocks
    assert isinstance(heading, Heading)
    assert (heading.id, heading.text) == ("c-a--it-s-so", "It’s “so”")


def test_text_is_not_altered_if_the_key_forbids_it(publication: Publish) -> None:
    text = {"book/a.md": "# It's\n\n![It's](a.jpg)\n\"It's\" -- 10 km..."}
    assert not changes(publication(text, SETTINGS + "typography: false\n"))
    assert changes(publication(text))
