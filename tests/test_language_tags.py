"""Language tags: a tag that exists passes; one that does not is reported with a suggestion."""

import pytest
from conftest import Publish, lines, read
from hypothesis import example, given
from hypothesis import strategies as st

from pressroom.errors import PressroomError
from pressroom.language import bcp47
from pressroom.language.bcp47 import bibliographic_code, tag_fault
from pressroom.settings import read_settings


@pytest.mark.parametrize(
    "tag",
    "en hy hyw pt-BR zh-Hant sr-Cyrl-RS de-CH-1996 en-GB-oxendict es-419 EN-gb zh-yue be-1959acad sl-rozaj-biske-1994 "
    "x-private qaa en-XA i-klingon sgn-BE-FR en-x-editors de-DE-u-co-phonebk und mul no iw".split(),
)
def test_tags_of_the_registry_pass(tag: str) -> None:
    assert tag_fault(tag) is None


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("en-UK", "en-GB"),
        ("English", "en"),
        ("english", "en"),
        ("Armenian", "hy"),
        ("Deutsch", "de"),
        ("français", "fr"),
        ("en_GB", "en-GB"),
        ("zh_hant", "zh-Hant"),
        ("deu", "de"),
        ("ger", "de"),
        ("jp", "ja"),
        ("eng-UK", "en-GB"),
        ("engish", "en"),
        ("en-GB-GB", "en"),
        ("en-", "en"),
        ("xx", ""),
        ("1", ""),
        ("", ""),
        ("de-1996-1996", ""),
        ("de-1996-foobar", "de"),
        ("de-foobar-1996", "de"),
        ("hyw_ARM", "hyw"),
    ],
)
def test_a_tag_that_does_not_exist_is_reported_with_a_suggestion(tag: str, meant: str) -> None:
    fault = tag_fault(tag)
    assert fault is not None and fault[1] == meant


@pytest.mark.parametrize(
    ("tag", "language", "script", "as_written"),
    [
        ("EN-gb", "en", "", "en"),
        ("sr-Cyrl-RS", "sr", "Cyrl", "sr"),
        ("sr-latn", "sr", "Latn", "sr"),
        ("zh", "zh", "", "zh"),
        ("zh-TW", "zh", "", "zh-Hant"),
        ("zh-hk", "zh", "", "zh-Hant"),
        ("zh-Hant", "zh", "Hant", "zh-Hant"),
        ("zh-Hans-TW", "zh", "Hans", "zh"),
        ("zh-yue-Hant", "zh", "Hant", "zh-Hant"),
        ("de-AT-1901", "de", "", "de"),
        ("en-TW", "en", "", "en"),
        ("en-x-Hant", "en", "", "en"),
        ("ar-a-bc-de-Hant", "ar", "", "ar"),
    ],
)
def test_a_tag_tells_language_and_script(tag: str, language: str, script: str, as_written: str) -> None:
    assert (bcp47.primary_subtag(tag), bcp47.script_subtag(tag)) == (language, script)
    assert bcp47.written_language(tag) == as_written


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de-CH", "ger"),
        ("fr", "fre"),
        ("en", "eng"),
        ("hyw", "arm"),
        ("cmn-Hans", "chi"),
        ("sh", "mis"),
        ("cnr", "cnr"),
        ("qaa", "mis"),
        ("aaa", "mis"),
    ],
)
def test_libraries_know_a_language_by_three_letters(tag: str, code: str) -> None:
    assert bibliographic_code(tag) == code


@pytest.mark.slow
@example("QAA..QTZ")
@given(st.text(max_size=20) | st.from_regex(r"[a-zA-Z]{1,9}([-_][a-zA-Z0-9]{1,9}){0,3}", fullmatch=True))
def test_what_is_offered_exists(tag: str) -> None:
    fault = tag_fault(tag)
    assert fault is None or not fault[1] or tag_fault(fault[1]) is None
    assert len(bibliographic_code(tag)) == 3


def test_the_language_of_a_publication_is_reported_at_its_place(publication: Publish) -> None:
    with pytest.raises(PressroomError) as stopped:
        read_settings(publication(settings="title: T\nlanguage: en-UK\n"))
    assert lines(stopped.value.findings) == ["book/publication.yaml:2:11 error value-wrong"]
    assert "region “UK”" in stopped.value.findings[0].message
    assert stopped.value.findings[0].remedy == "Did you mean “en-GB”?"


MARKED = """# A

Words, [Wort]{lang=de} and [mot]{lang="french"},
and [word]{lang=en-UK}.

{lang=xx}
A paragraph.

A <span lang="de_DE">Wort</span>, a <span lang="de">Satz</span>.
"""


def test_a_marked_language_that_does_not_exist_is_reported_and_left_out(publication: Publish) -> None:
    found = read(publication({"book/a.md": MARKED}))
    told = [finding for finding in found.findings if finding.id == "language-wrong"]
    assert lines(told) == [f"book/a.md:{place} warning language-wrong" for place in ("3:34", "4:12", "6:2", "9:3")]
    assert [finding.remedy for finding in told][:2] == ["Did you mean “fr”?", "Did you mean “en-GB”?"]
    (chapter,) = found.publication.chapters()
    text = "".join(block.xhtml for block in chapter.blocks)  # type: ignore[union-attr]
    assert '<span lang="de" xml:lang="de">Wort</span>' in text and '<span lang="de" xml:lang="de">Satz</span>' in text
    assert not any(gone in text for gone in ("french", "en-UK", "xx", "de_DE"))


def test_the_tags_that_the_registry_is_not_asked_about_are_in_it() -> None:
    for tag in bcp47._EVERYDAY:
        language, *region = tag.split("-")
        assert "language" in bcp47._kinds(language), tag
        assert all("region" in bcp47._kinds(code) for code in region), tag
