"""Who wrote a text and who took its pictures: bylines and credits of documents and pages come to where they belong."""

from pathlib import Path

import pytest
from lxml import html

from pressroom.importing.bylines import byline_of
from pressroom.importing.caption_credits import take_credit
from pressroom.importing.web_pages import read_web_page
from pressroom.importing.words_kept import lost_words


@pytest.mark.parametrize(
    ("caption", "credit", "left"),
    [
        ("Boats at the quay. Photograph: Ann Doe", "Ann Doe", "Boats at the quay."),
        ("Boats at the quay (Photo: Ann Doe/Agency).", "Ann Doe/Agency", "Boats at the quay."),
        ("Boats. <i>Photo by A. B. Doe.</i>", "A. B. Doe", "Boats."),
        ("Boats, 4 May Photo: Ann Doe", "Ann Doe", "Boats, 4 May"),
        ("Boats<br>© Ann Doe", "© Ann Doe", "Boats"),
        ("Boote. Foto: Ann Doe / dpa", "Ann Doe / dpa", "Boote."),
        ("Un port. Photo : Anne du Pré", "Anne du Pré", "Un port."),
        ("船。写真：山田太郎", "山田太郎", "船。"),
        ("Boats. Photo courtesy of the museum", "courtesy of the museum", "Boats."),
        ("Photo: Ann Doe", "Ann Doe", ""),
        # no credits
        ("Photo: Boats in the harbour", "", "Photo: Boats in the harbour"),
        ("She holds a photo: her son", "", "She holds a photo: her son"),
        ("Photo by the sea", "", "Photo by the sea"),
        ("He shows a photo by Ann Doe", "", "He shows a photo by Ann Doe"),
        ('Boats. Photo by <a href="x">Ann Doe</a>', "", "Boats. Photo by Ann Doe"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_taken_off(caption: str, credit: str, left: str) -> None:
    element = html.fragment_fromstring(caption, create_parent="figcaption")
    assert (take_credit(element)[0], element.text_content()) == (credit, left)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ann Doe", "Ann Doe author"),
        ("By Ann Doe, Ben Roe & Cid Poe", "Ann Doe author, Ben Roe author, Cid Poe author"),
        ("Words by Ann Doe, photographs by Ben Roe", "Ann Doe author, Ben Roe photographer"),
        ("Text: Ann Doe | Fotos: Ben Roe", "Ann Doe author, Ben Roe photographer"),
        ("Text and photographs by Ann Doe", "Ann Doe author, Ann Doe photographer"),
        ("Von Ann Doe", "Ann Doe author"),
        ("Par Anne du Pré et Jean de la Tour", "Anne du Pré author, Jean de la Tour author"),
        ("By Sunday", ""),
        ("By the sea", ""),
        ("Von Anfang an", ""),
        ("By June 1945", ""),
        ("By Ann Doe, who has lived there", ""),
    ],
)
def test_a_byline_names_people_and_says_no_more(line: str, people: str) -> None:
    assert ", ".join(" ".join(each) for each in byline_of(line)) == people


_TEXT = "The ferry carried nobody on its last day, and its captain blew the horn once and went home to sleep. " * 2


@pytest.mark.parametrize(
    "head",
    [
        '<div class="entry-meta"><time>4 March</time> by <a rel="author" href="/a">Ann Doe</a></div>',
        '<div class="byline-wrapper"><a href="/a">Ann Doe</a><div>Mar 4</div><div>Share</div></div>',
        '<div data-component="byline-block"><div class="TextContributorName">Ann Doe</div><i>In the north</i></div>',
        '<div data-gu-name="meta"><address><a rel="author">Ann Doe</a> in Vik</address></div>',
        '<div class="post-meta"><h4 class="author-name">Ann Doe</h4><span>4 min read</span></div>',
        "<p>By Ann Doe</p>",
    ],
)
def test_what_stands_over_an_article_about_it_is_no_text(head: str, tmp_path: Path) -> None:
    record = '<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Ann Doe"}]}</script>'
    for known in (record, ""):
        page = tmp_path / "page.html"
        page.write_text(f"<head>{known}</head><body><article><h1>The ferry</h1>{head}<p>{_TEXT}</p></article></body>")
        brought = read_web_page(page)
        (chapter,) = brought.chapters
        assert chapter.body == _TEXT.strip()
        assert chapter.head["author"] == "Ann Doe"
        assert lost_words(brought.words, [chapter.title, chapter.body]) == []


def test_a_byline_under_a_section_stays_there(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<article><h1>Essays</h1><h2>Ice</h2><p>By Ann Doe</p><p>{_TEXT}</p></article>")
    (chapter,) = read_web_page(page).chapters
    assert (chapter.body, chapter.head["author"]) == (f"## Ice\n\nBy Ann Doe\n\n{_TEXT.strip()}", "")


def test_pages_of_blogs_and_news_keep_captions_and_credits(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<article><h1>The ferry</h1>"
        f"<p>{_TEXT}</p><h2><span class=header-section-number>1</span> Ice</h2>"
        "<figure><div><img src=a.jpg alt=A><span role=text>Agency</span></div>"
        "<figcaption>The quay</figcaption></figure>"
        "<table class=tr-caption-container><tr><td><img src=b.jpg alt=B></td></tr><tr><td class=tr-caption>The mill. "
        "© Ann Doe</td></tr></table><ul class=bulleted-list><li>one</ul><ul class=bulleted-list><li>two</ul>"
        "<ol style='list-style-type: lower-roman'><li>three</ol>"
        "<div class=subscription-widget><p>Subscribe now</p></div></article>"
    )
    brought = read_web_page(page)
    assert brought.chapters[0].body.removeprefix(_TEXT.strip()) == (
        '\n\n## Ice\n\n![A](a.jpg){credit="Agency"}\nThe quay\n\n![B](b.jpg){credit="© Ann Doe"}\nThe mill.\n\n'
        "- one\n- two\n\n{type=i}\n1. three"
    )


def test_lists_of_a_filtered_page_of_word(tmp_path: Path) -> None:
    item = (
        "<p class=MsoListParagraphCxSpMiddle style='margin-left:{}pt;text-indent:-18.0pt'><span>{}<span"
        " style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>{}</p>"
    )
    page = tmp_path / "page.htm"
    page.write_text(
        "<body lang=EN-GB><p class=MsoTitle>Tides</p><p class=MsoSubtitle>Of a port</p>"
        "<p class=MsoNormal>By Ann Doe</p>"
        + item.format(36, "·", "rope") + item.format(72, "o", "hemp") + item.format(36, "·", "chain")
        + item.format(36, "a)", "first") + item.format(36, "b)", "second")
    )  # fmt: skip
    brought = read_web_page(page)
    (chapter,) = brought.chapters
    assert chapter.body == "- rope\n  - hemp\n- chain\n\n{type=a}\n1. first\n2. second"
    assert (chapter.title, chapter.head["subtitle"], brought.title_page.language) == ("Tides", "Of a port", "en-GB")
    assert brought.title_page.creators == (("Ann Doe", "author"),)
