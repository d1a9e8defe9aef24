"""Chapters: what a person types, and what becomes of it.

The cases are in tests/manuscript/*.md, each as title, input and what is expected, parted by lines of “.”. The input is
book/a.md; a line “=== book/b.md” begins another file. What is expected is one line for each piece of the publication,
with pieces inside others set in, then the notes of each chapter, then errors and warnings. In findings.md only
findings are expected, advice among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from conftest import SETTINGS, Publish, ids, lines, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from lxml import etree
from markdown_it.utils import read_fixture_file

from pressroom.errors import Severity, has_errors
from pressroom.publication import (
    Block,
    Box,
    Chapter,
    ChapterRole,
    Figure,
    Focus,
    Gallery,
    Generated,
    Heading,
    Part,
    Piece,
    Prose,
    walk,
)

FOLDER = Path(__file__).parent / "manuscript"
CASES = [
    pytest.param(file.stem, typed, expected.rstrip(), id=f"{file.stem}: {title}")
    for file in sorted(FOLDER.glob("*.md"))
    for _, title, typed, expected in read_fixture_file(file)
]


@pytest.mark.slow
@pytest.mark.parametrize(("topic", "typed", "expected"), CASES)
def test_every_example_manuscript_is_parsed_as_expected(
    publication: Publish, topic: str, typed: str, expected: str
) -> None:
    shown = read(publication(files_in(typed)))
    if topic == "findings":
        told = [line.removeprefix("book/a.md:") for line in lines(shown.findings)]
    else:
        grave = [f for f in shown.findings if f.severity is not Severity.ADVICE]
        told = [*listing(shown.publication.pieces), *(f"! {line}" for line in lines(grave))]
    if topic == "typography":
        expected = expected.replace("␣", "\u00a0")
    assert "\n".join(told) == expected


def files_in(text: str) -> dict[str, str]:
    _, *rest = re.split(r"^=== (\S+)\n", f"=== book/a.md\n{text}", flags=re.MULTILINE)
    return dict(zip(rest[::2], rest[1::2], strict=True))


def listing(pieces: tuple[Piece, ...], margin: str = "") -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Part):
            yield f"{margin}part {piece.number} #{piece.id} {piece.title}"
            yield from listing(piece.pieces, margin + "  ")
        elif isinstance(piece, Generated):
            yield f"{margin}generated {piece.kind}"
        else:
            yield from lines_of_chapter(piece, margin)


def lines_of_chapter(chapter: Chapter, margin: str) -> Iterator[str]:
    yield margin + line(
        f"chapter {chapter.number or '-'} #{chapter.id} {chapter.title}",
        title=chapter.title_xhtml if chapter.title_xhtml != chapter.title else "",
        role=chapter.role if chapter.role != "chapter" else "",
        subtitle=chapter.subtitle,
        by=", ".join(chapter.authors),
        date=chapter.date,
        place=chapter.where,
    )
    for block in chapter.blocks:
        yield from lines_of_block(block, margin + "  ")
    for note in chapter.notes:
        yield f"{margin}  note {note.number} #{note.id} called at #{note.call_id} {on_one_line(note.xhtml)}"


def lines_of_block(block: Block, margin: str) -> Iterator[str]:
    inner: tuple[Block, ...] = ()
    if isinstance(block, Prose):
        shown = f"prose {on_one_line(block.xhtml)}".rstrip()
    elif isinstance(block, Heading):
        shown = f"heading {block.level} #{block.id} {on_one_line(block.xhtml)}"
    elif isinstance(block, Figure):
        shown = line_of_figure(block)
    elif isinstance(block, Gallery):
        caption = on_one_line(block.caption.xhtml) if block.caption else ""
        shown = line(f"gallery {block.number} #{block.id} {block.placement}", caption=caption)
        inner = block.figures
    else:
        assert isinstance(block, Box)
        head = f"{block.kind} #{block.id}" if block.id else block.kind
        shown = line(head, title=block.title, editions=" ".join(block.editions))
        inner = block.blocks
    yield margin + shown
    for each in inner:
        yield from lines_of_block(each, margin + "  ")


def line_of_figure(figure: Figure) -> str:
    focus = figure.framing.focus
    return line(
        f"figure {figure.number or '-'} #{figure.id} {figure.placement} {figure.file or '(to come)'}",
        alt=figure.alt,
        caption=on_one_line(figure.caption.xhtml) if figure.caption else "",
        credit=figure.credit,
        focus=f"{focus.x:g} {focus.y:g}" if focus != Focus() else "",
        description=figure.long_description,
        classes=" ".join(figure.classes),
        share=f"{figure.share:g}" if figure.share < 1 else "",
    )


def line(head: str, **parts: str) -> str:
    return " | ".join([head.rstrip(), *(f"{name}: {text}" for name, text in parts.items() if text)])


def on_one_line(xhtml: str) -> str:
    return xhtml.strip().replace("\n", "⏎")


def test_lists_of_photographs_get_the_plain_words_of_a_caption(publication: Publish) -> None:
    root = publication({"book/a.md": "![Alt](a.jpg)\nRefugees *stay* warm,\nin `Goris`.[^1]\n\n[^1]: Note."})
    [(_, figure)] = read(root).publication.figures()
    assert figure.caption is not None
    assert figure.caption.text == "Refugees stay warm, in Goris."


@pytest.mark.parametrize("role", get_args(ChapterRole))
def test_every_role_of_a_chapter_is_kept(publication: Publish, role: str) -> None:
    [chapter] = read(publication({"book/a.md": f"---\nrole: {role}\n---\n# A\n\nText."})).publication.chapters()
    assert chapter.role == role
    assert bool(chapter.number) == (role == "chapter")


def test_a_gallery_of_many_pictures_goes_on_after_z(publication: Publish) -> None:
    pictures = "".join(f"![Alt](a.jpg)\nCaption {n}.\n\n" for n in range(54))
    shown = read(publication({"book/a.md": f"# A\n\n::: gallery\n{pictures}:::\n"}))
    numbers = [figure.number for _, figure in shown.publication.figures()]
    assert [numbers[n] for n in (0, 25, 26, 52, 53)] == ["1a", "1z", "1aa", "1ba", "1bb"]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["without a mark", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["Windows", "old Macs"])
def test_line_ends_and_byte_order_marks_change_nothing(publication: Publish, start: bytes, end: bytes) -> None:
    text = b"---\ntitle: A\n---\n\n![Alt](a.jpg)\nCaption.\n\n![Alt]()\n\nApart.\n\n~~~\ncode\n~~~\n"
    one, other = (read(publication({"book/a.md": t})) for t in (text, start + text.replace(b"\n", end)))
    assert other == one


def test_a_file_that_is_not_utf_8_is_reported_with_the_place_of_its_first_wrong_byte(publication: Publish) -> None:
    wrong = "# A\n\nÀ la carte, déjà vu\n".encode() + b"caf\xe9\n"
    shown = read(publication({"book/a.md": wrong, "book/b.md": "# B\n\nText."}))
    assert lines(shown.findings) == ["book/a.md:4:4 error text-encoding"]
    assert [chapter.title for chapter in shown.publication.chapters()] == ["B"]


def test_a_publication_without_chapters_is_reported(publication: Publish) -> None:
    root = publication()
    (root / "book/a.md").unlink()
    assert ids(read(root).findings) == ["chapters-none"]


def test_a_chapter_must_not_be_a_link_out_of_the_publication(publication: Publish, tmp_path: Path) -> None:
    root = publication(settings=SETTINGS + "chapters: [a.md, secret.md]\n")
    (tmp_path / "secret.md").write_text("# Secret\n\nText.")
    (root / "book/secret.md").symlink_to(tmp_path / "secret.md")
    assert lines(read(root).findings) == ["book/publication.yaml:3:18 error chapter-outside"]


def test_a_name_longer_than_any_file_can_have_is_a_missing_chapter(publication: Publish) -> None:
    assert ids(read(publication(settings=SETTINGS + f"chapters: [{'x' * 999}.md]\n")).findings) == ["chapter-missing"]


def test_texts_in_book_that_no_edition_has_are_told_with_the_way_in(publication: Publish) -> None:
    names = ("a.md", "b.md", "c.docx", "d.qmd", "_kept.docx", "~$c.docx", "photo.jpg", "refs.bib")
    files = dict.fromkeys((f"book/{name}" for name in names), "# A\n\nText.\n")
    found = {each.id: each for each in read(publication(files, settings=SETTINGS + "chapters: [a.md]\n")).findings}
    unread, unlisted = found.pop("chapter-unread"), found.pop("chapter-unlisted")
    assert not found
    assert [place.file for place in (unread.place, *unread.also)] == ["book/c.docx", "book/d.qmd"]
    assert "pressroom import book/c.docx" in unread.remedy
    assert [place.file for place in (unlisted.place, *unlisted.also)] == ["book/b.md"]


def test_files_of_other_programs_among_the_chapters_are_one_error_for_each_way_in(publication: Publish) -> None:
    names = ("b.docx", "c.rst", "d.odt", "e.org")
    files = dict.fromkeys((f"book/{name}" for name in names), "Text.\n")
    found = read(publication(files, settings=SETTINGS + f"chapters: [a.md, {', '.join(names)}]\n")).findings
    assert [(fault.id, len(fault.also)) for fault in found] == [("chapter-kind", 1), ("chapter-kind", 1)]
    assert "pressroom import book/b.docx" in found[0].remedy
    assert "Save it as Markdown" in found[1].remedy


def test_a_picture_among_the_chapters_is_no_document(publication: Publish) -> None:
    [fault] = read(publication({"book/a b.jpg": ""}, settings=SETTINGS + "chapters: [a.md, a b.jpg]\n")).findings
    assert (fault.id, "import" in fault.remedy) == ("chapter-kind", False)


def test_a_misspelt_chapter_gets_a_suggestion(publication: Publish) -> None:
    [fault] = read(publication(settings=SETTINGS + "chapters: [aa.md]\n")).findings
    assert "“a.md”" in fault.remedy


@pytest.mark.parametrize(
    ("text", "underlined"),
    [
        ("Some [words](#nowher) here.", "](#nowher)"),
        ("![Alt](a.jpg){.bled}\nCaption.", "![Alt](a.jpg)"),
        ("Text[^1] here.", "[^1]"),
        ("- ![](b.jpg)", "![](b.jpg)"),
        ("![](a b.jpg)", "![](a b.jpg)"),
        ("::: sidbar\nText.\n:::", "::: sidbar"),
        ("A <img src='a.jpg'> b", "<img src='a.jpg'>"),
    ],
)
def test_the_caret_underlines_what_is_meant(publication: Publish, text: str, underlined: str) -> None:
    [fault] = read(publication({"book/a.md": f"# A\n\n{text}"})).findings
    start = fault.place.column - 1
    assert fault.place.excerpt[start : start + fault.place.width] == underlined


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("![Alt](a.jpg){.bled}\nCaption.", "bleed"),
        ("![Alt](a.jpg){credits=A}\nCaption.", "credit"),
        ("::: galery\nText.\n:::", "gallery"),
        ("::: only {edition=prnt}\nText.\n:::", "print"),
        ("[](#brigde)\n\n## B {#bridge}", "bridge"),
        ("[](aa.md)", "a.md"),
    ],
)
def test_a_misspelt_word_gets_a_suggestion(publication: Publish, text: str, meant: str) -> None:
    [fault] = read(publication({"book/a.md": f"# A\n\n{text}"})).findings
    assert f"“{meant}”" in fault.remedy


def test_every_piece_knows_the_line_that_it_is_from(publication: Publish) -> None:
    text = (
        "---\ntitle: A\n---\n\nText.[^1]\n\n## B\n\n![Alt](a.jpg)\nOne.\n![Alt](b.jpg)\nTwo.\n\n"
        "::: gallery\n\n![Alt](c.jpg)\n![Alt](c.jpg)\n:::\n\n[^1]: The note.\n"
    )
    [chapter] = read(publication({"book/a.md": text})).publication.chapters()
    assert [block.place.line for block in chapter.blocks] == [5, 7, 9, 11, 14]
    assert [note.place.line for note in chapter.notes] == [20]


def test_findings_come_by_file_and_line_and_each_once(publication: Publish) -> None:
    wrong = "# A\n\n[](#x)\n\n::: sidbar\nText.\n:::\n\n![Alt](a.jpg){.wide .page}\nCaption."
    shown = read(publication({"book/b.md": wrong, "book/a.md": wrong}))
    places = [(f.place.file, f.place.line) for f in shown.findings]
    assert places == sorted(set(places))
    assert len(places) == 6


# ---- whatever is typed

PIECES = (
    "![a](a.jpg)", "![](", "]()", "{#x}", "{.wide}", "{", "}", "[^1]", "[^1]: n", "\n", "\n\n", "::: gallery", ":::",
    "::: only {edition=print}", "::: sidebar X {#t}", ":::: epigraph", "# H", "## H {#h}", "- a", "1. b", "> q",
    "---\n", "| a | b |\n|--|--|\n| c | d |", "<div>", "</div>", "<script>x</script>", "<img src=x>", "<br>",
    "<!-- c -->", "&amp;", "&#1;", "&#xFFFE;", "&", "<", "`c`", "```\nx\n```", "term\n: def", "**b**", "*e*",
    "[x](#h)", "[](a.md)", "[L]{.index}", "[x]{lang=hy a=b}", "title: x\n", "role: preface\n", "    code", "\t",
    "  \n", "\\", "~~s~~", '![a](b "<p>")', "<td>", "<p id=q>", "<?pi?>", "<![CDATA[x]]>", "<![if x]>",
    "<!DOCTYPE x>", "<svg><script>", "— who", "====", "[^x]", "^[n]", "<http://x.y>", "[a]: /u", "[a]", "[x](%ff)",
    '{lang="&quot;<"}', "<b a:b=c>", '[x]{id="a b"}', "## ![a](a.jpg)",
)  # fmt: skip
TYPED = some.lists(some.sampled_from(PIECES) | some.text(max_size=8), max_size=14).map("".join)
HASTILY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@HASTILY
@given(text=TYPED)
def test_any_markdown_is_read_and_written_well_formed(publication: Publish, text: str) -> None:
    root = publication({"book/a.md": text})
    shown = read(root)
    chapters = list(shown.publication.chapters())
    book = etree.fromstring(
        '<div xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        + "".join(f"<p>{xhtml}</p>" for chapter in chapters for xhtml in xhtml_of(chapter))
        + "</div>"
    )
    if not has_errors(shown.findings):
        written = [*book.xpath("//@id"), *(id for chapter in chapters for id in ids_of(chapter))]
        assert sorted(written) == sorted(set(written))
        assert {href[1:] for href in book.xpath("//@href") if href.startswith("#")} <= set(written)


@pytest.mark.slow
@HASTILY
@given(text=TYPED)
def test_any_plain_text_is_read_and_no_word_of_it_is_lost(publication: Publish, text: str) -> None:
    shown = read(publication({"book/a.txt": text}, SETTINGS + "typography: false\n"))
    if not has_errors(shown.findings):
        [chapter] = shown.publication.chapters()
        pieces = xhtml_of(chapter)
        words = "".join(etree.fromstring(f"<p>{xhtml}</p>").xpath("string()") for xhtml in pieces)
        assert re.sub(r"\s", "", words) == re.sub(r"\s", "", text.removeprefix("\ufeff"))


def xhtml_of(chapter: Chapter) -> Iterator[str]:
    yield chapter.title_xhtml
    for block in walk(chapter.blocks):
        if isinstance(block, Prose | Heading):
            yield block.xhtml
        elif isinstance(block, Figure | Gallery):
            yield from (b.caption.xhtml for b in (block, *getattr(block, "figures", ())) if b.caption)
    yield from (note.xhtml for note in chapter.notes)


def ids_of(chapter: Chapter) -> Iterator[str]:
    yield chapter.id
    for block in walk(chapter.blocks):
        yield from (b.id for b in (block, *getattr(block, "figures", ())) if not isinstance(b, Prose) and b.id)
    yield from (note.id for note in chapter.notes)


def test_keys_of_other_programs_in_front_matter_are_named_once_and_stop_nothing(publication: Publish) -> None:
    front = "title: The mill\nformat:\n  html:\n    toc: true\nbibliography: refs.bib\ntags:\n- water\nplace: Goris\n"
    shown = read(publication({"book/a.md": f"---\n{front}---\n\nText.\n"}))
    [told] = [finding for finding in shown.findings if finding.id == "key-foreign"]
    assert (told.place.line, told.severity) == (3, Severity.WARNING)
    assert "format, bibliography, tags" in told.message
    assert "publication.yaml" in told.remedy
    [chapter] = shown.publication.chapters()
    assert chapter.title == "The mill"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("# A\n\nSee [](fig-x).\n\n![Alt](a.jpg){#fig-x}\nA caption.\n", "write #fig-x."),
        ("---\nAuthor: B\ntitle: A\n---\n\nText.\n", "Did you mean “author”?"),
        ("---\nDate: May\ntitle: A\n---\n\nText.\n", "Did you mean “date”?"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(publication: Publish, text: str, remedy: str) -> None:
    [finding] = [each for each in read(publication({"book/a.md": text})).findings if str(each.severity) == "error"]
    assert finding.remedy.endswith(remedy)
