"""Bad input: each fault gets its one finding and the exit code, and no older product is touched.

A case is what a person may type or put into the folder; what is expected is `place:line severity id` for every finding
that comes of it, advice among them. Wordings may change.
"""

from __future__ import annotations

import io
import json
import re
import socket
import ssl  # noqa: F401 - its classes are made from those of `socket`, which tests replace
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, Protocol
from unicodedata import normalize

import pypdfium2
import pytest
from conftest import Publish
from PIL import Image

from pressroom import cli

ROOT = Path(__file__).resolve().parents[1]
HEAD = "title: T\nlanguage: en\nchapters: [a.md]\n"
BUILT_IN = ROOT / "layouts/reportage"
EBOOK = HEAD + "editions: {ebook: {format: epub, fonts: none}}\n"
SCREEN = HEAD + "editions: {screen: {format: pdf, trim: a5}}\n"
FINAL = EBOOK + "status: final\n"
TEXT = "# A\n\nText.\n\n"
"""A chapter's beginning: what a case adds to it stands on line 5."""

Files = dict[str, str | bytes]


@dataclass(frozen=True)
class Told:
    """The output of a command."""

    code: int
    findings: list[dict[str, Any]]
    products: list[dict[str, Any]]
    out: str

    @property
    def short(self) -> list[str]:
        """Findings as `file:line severity id`, the line left out where there is none."""
        places = (":".join(str(f["place"][key]) for key in ("file", "line") if f["place"][key]) for f in self.findings)
        return [f"{place} {f['severity']} {f['id']}" for place, f in zip(places, self.findings, strict=True)]


class Tell(Protocol):
    """Runs a command on a publication."""

    def __call__(self, root: Path, *arguments: str) -> Told: ...


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Runs a command on a publication: `tell(root)` builds it, `tell(root, "check")` checks it."""

    def run(root: Path, *arguments: str) -> Told:
        verb, *more = arguments or ("build",)
        capsys.readouterr()
        code = cli.main([verb, "--json", "--root", str(root), *more])
        out, err = capsys.readouterr()
        assert not err
        answer = json.loads(out)
        return Told(code, answer["findings"], answer["products"], out)

    return run


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever opens a connection fails, and its test with it."""
    tried: list[object] = []

    def refuse(*args: object, **_options: object) -> NoReturn:
        tried.append(args)
        raise OSError("a build opens no connection")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    yield
    assert not tried


def put_older(root: Path) -> dict[str, bytes]:
    """Products of an earlier build, under the names that the next would write."""
    older = {name: f"older {name}".encode() for name in ("t.epub", "t-screen.pdf", "t-print.pdf")}
    (root / "dist").mkdir()
    for name, data in older.items():
        (root / "dist" / name).write_bytes(data)
    return older


def products_in(root: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / "dist").iterdir()}


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 50).save(out, "JPEG")
    return out.getvalue()


def huge_png() -> bytes:
    """A picture of 200 megapixels, of which only the head is there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def svg(inner: str, before: str = "") -> str:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'


EXTENDS = '{% extends "base.xhtml.j2" %}\n{% block content %}\n'
"""A template's beginning: what a case adds to it stands on line 3."""
PHOTO = jpeg()
OF_AN_EDITOR = ("photo-unused", "photo-twice", "credit-missing", "letter-borrowed", "pages-odd", "picture-small")
"""Hints about the pictures, letters and pages of these small publications, which are beside the point."""
SHOWN = "![Alt](fire.jpg)"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""A billion laughs: 9⁹ values in nine lines."""


class Case(NamedTuple):
    """The files of a publication besides a photograph, fire.jpg, and the expected findings."""

    files: Files
    told: str
    """A place without a file is in book/a.md."""
    yaml: str = EBOOK


def chapter(markdown: str) -> Files:
    return {"book/a.md": TEXT + markdown}


def front_matter(yaml: str) -> Files:
    return {"book/a.md": f"---\n{yaml}\n---\n\nText.\n"}


def shown(file: str, data: str | bytes) -> Files:
    """A picture with its file."""
    return chapter(f"![Alt]({file})\nCaption.\n") | {f"assets/photos/{file}": data}


def chapters(names: str) -> str:
    return EBOOK.replace("[a.md]", names)


def edition(keys: str) -> str:
    """Settings with an edition on line 6."""
    return f"{HEAD}editions:\n  ebook: {{format: epub, fonts: none}}\n  book: {{{keys}}}\n"


def built_in(name: str, addition: str = "") -> Files:
    """A file of the built-in layout, taken into the publication and added to."""
    return {f"layouts/reportage/{name}": BUILT_IN.joinpath(name).read_text("utf-8") + addition}


def last_line(name: str) -> str:
    """Where an addition to a file of the built-in layout stands."""
    return f"layouts/reportage/{name}:{BUILT_IN.joinpath(name).read_text('utf-8').count(chr(10)) + 1}"


PHOTOGRAPHS = {
    "missing": Case(chapter("![Alt](b.jpg)\nCaption.\n"), "5 error photo-missing", FINAL),
    "not arrived": Case(chapter("![Alt]()\nCaption.\n"), "5 error photo-to-come", FINAL),
    "empty": Case(shown("b.jpg", b""), "5 error photo-empty"),
    "truncated": Case(shown("b.jpg", PHOTO[:-300]), "5 error photo-damaged"),
    "cut in its head": Case(shown("b.jpg", PHOTO[:20]), "5 error photo-damaged"),
    "fake": Case(shown("b.jpg", b"I am a fire."), "5 error photo-fake"),
    "raw": Case(shown("b.nef", b"MMOR"), "5 error photo-raw"),
    "200 megapixels": Case(shown("b.png", huge_png()), "5 error photo-huge"),
    "climbs out": Case(chapter("![Alt](../../../../etc/b.jpg)"), "5 error photo-outside"),
    "absolute": Case(chapter("![Alt](/etc/b.jpg)"), "5 error photo-outside"),
    "absolute on Windows": Case(chapter("![Alt](C:/b.jpg)"), "5 error photo-outside"),
    "with backslashes": Case(chapter(r"![Alt](..\\b.jpg)"), "5 error photo-outside"),
    "a file’s address": Case(chapter("![Alt](file:///etc/b.jpg)"), "5 error picture-unread"),
    "in the text": Case(chapter("![Alt](data:image/png;base64,AAAA)"), "5 error photo-remote"),
    "a space": Case(chapter("![Alt](my fire.jpg)\nCaption.\n"), "5 warning photo-missing"),
    "a space, in a list": Case(chapter("- ![Alt](my fire.jpg)\n"), "5 warning photo-missing"),
    "a space, in a caption": Case(chapter(f"{SHOWN}\n![Alt](my fire.jpg)\n"), "6 warning photo-missing"),
    "a space, in a note": Case(chapter("B.[^1]\n\n[^1]: ![Alt](my fire.jpg)\n"), "7 warning photo-missing"),
    "a space, in a gallery": Case(
        chapter(f"::: gallery\n{SHOWN}\n\n![Alt](my fire.jpg)\n:::\n"), "8 warning photo-missing"
    ),
    "a blank line before the caption": Case(chapter(f"{SHOWN}\n\nCaption.\n"), "5 advice caption-apart"),
    "bad focus": Case(chapter(f'{SHOWN}{{focus="120% 10%"}}\n'), "5 error focus-wrong"),
    "focus in words": Case(chapter(f"{SHOWN}{{focus=left}}\n"), "5 error focus-wrong"),
    "bad focus in photos.yaml": Case(
        chapter(SHOWN) | {"book/photos.yaml": "fire.jpg: {focus: left}"}, "book/photos.yaml:1 error value-wrong"
    ),
    "two placements": Case(chapter(f"{SHOWN}{{.wide .page}}\n"), "5 error placement-twice"),
    "two placements of a gallery": Case(
        chapter(f"::: gallery {{.wide .page}}\n{SHOWN}\n:::\n"), "5 error placement-twice"
    ),
    "unknown placement": Case(chapter(f"{SHOWN}{{.wied}}\n"), "5 warning placement-unknown"),
    "unknown attribute": Case(chapter(f'{SHOWN}{{weight="50%"}}\n'), "5 error attribute-unknown"),
    "attributes never closed": Case(chapter(f"{SHOWN}{{.wide\n"), "5 error attributes-unread"),
}

DRAWINGS = {
    "picture on the network": svg('<image href="https://example.org/a.png"/>'),
    "style sheet on the network": svg("<style>@import url(https://example.org/a.css)</style>"),
    "style that asks the network": svg('<rect style="fill: url(//example.org/a)"/>'),
    "a billion laughs": svg("&b;", '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
    "a file of the machine": svg("&a;", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "not well-formed": "<svg",
    "no drawing": "<html/>",
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}

CLEANED_DRAWINGS = {
    "script": svg("<script>alert(1)</script>"),
    "event": svg('<rect onclick="alert(1)"/>'),
    "javascript": svg('<a href="javascript:alert(1)"><rect/></a>'),
    "style sheet before it": svg("", '<?xml-stylesheet href="https://example.org/a.css"?>'),
    "HTML inside": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Words</p></foreignObject>'),
}

NETWORK = {
    "picture": Case(chapter("![Alt](http://example.org/a.jpg)"), "5 error photo-remote"),
    "picture, encrypted": Case(chapter("![Alt](https://example.org/a.jpg)"), "5 error photo-remote"),
    "picture without a scheme": Case(chapter("![Alt](//example.org/a.jpg)"), "5 error photo-remote"),
    "picture in HTML": Case(chapter('<img src="https://example.org/a.jpg">'), "5 error remote-resource"),
    "picture in HTML in a text": Case(chapter('B <img src="http://example.org/a.jpg">'), "5 error remote-resource"),
    "style sheet in HTML": Case(
        chapter('<link rel="stylesheet" href="https://example.org/a.css">'), "5 error remote-resource"
    ),
    "script in HTML": Case(chapter('<script src="https://example.org/a.js"></script>'), "5 error remote-resource"),
    "style in HTML": Case(chapter("<style>@import url(http://example.org/a.css);</style>"), "5 warning html-dropped"),
    "style sheet imports": Case(
        {"layouts/reportage/page.css": "@import url(http://example.org/a.css);\n"},
        "layouts/reportage/page.css:1 error style-outside",
        SCREEN,
    ),
    "style sheet imports by name": Case(
        {"layouts/reportage/page.css": '\n@import "https://example.org/a.css";\n'},
        "layouts/reportage/page.css:2 error style-outside",
        SCREEN,
    ),
    "style sheet asks for a picture": Case(
        built_in("page.css", "body { background: url(https://example.org/a.png) }\n"),
        f"{last_line('page.css')} error style-outside",
        SCREEN,
    ),
    "style sheet asks in disguise": Case(
        built_in("page.css", "body { background: u\\72l(https://example.org/a.png) }\n"),
        f"{last_line('page.css')} error style-outside",
        SCREEN,
    ),
    "ebook’s style sheet offers a choice": Case(
        built_in("ebook.css", "body { background: image-set('https://example.org/a.png' 1x) }\n"),
        f"{last_line('ebook.css')} error style-outside",
    ),
    "template": Case(
        {"layouts/reportage/cover.xhtml.j2": EXTENDS + '<img alt="" src="https://example.org/a.png"/>{% endblock %}'},
        "layouts/reportage/cover.xhtml.j2:3 error template-remote",
    ),
}

TEXTS = {
    "two ids in one chapter": Case(chapter("## B {#x}\n\n[c]{#x}\n"), "7 error id-twice"),
    "two ids in one line": Case(chapter("[b]{#x} and [c]{#x}\n"), "5 error id-twice"),
    "two ids, one in HTML": Case(chapter('[b]{#x}\n\n<p id="x">C</p>\n'), "7 error id-twice"),
    "two ids in two chapters": Case(
        chapter("## C {#x}\n") | {"book/b.md": "# B\n\nText.\n\n## D {#x}\n"},
        "book/b.md:5 error id-twice",
        chapters("[a.md, b.md]"),
    ),
    "an id of the builder’s": Case(chapter("[b]{#cover}\n"), "5 error id-twice"),
    "reference to no id": Case(chapter("See [](#x).\n"), "5 error reference-dead"),
    "reference to no chapter": Case(chapter("See [b](b.md).\n"), "5 error reference-dead"),
    "reference to no id of a chapter": Case(chapter("See [b](a.md#x).\n"), "5 error reference-dead"),
    "reference in a caption": Case(chapter(f"{SHOWN}\nCaption, see [](#x).\n"), "6 error reference-dead"),
    "reference in HTML": Case(chapter('<a href="#x">x</a>\n'), "5 error reference-dead"),
    "reference in HTML to no chapter": Case(chapter("B\n<a href='b.md'>x</a>\n"), "6 error reference-dead"),
    "reference with a space": Case(chapter("See [b](my b.md).\n"), "5 error link-unread"),
    "note without text": Case(chapter("Text.[^1]\n"), "5 error note-missing"),
    "note without a call": Case(chapter("[^1]: Note.\n"), "5 warning note-unused"),
    "two notes of one name": Case(chapter("Text.[^1]\n\n[^1]: B.\n\n[^1]: C.\n"), "9 error note-twice"),
    "block never closed": Case(chapter("::: sidebar\nText.\n\n## B\n"), "5 error block-open"),
    "gallery never closed": Case(chapter(f"::: gallery\n{SHOWN}\n\nB.\n\n## C\n"), "5 error block-open"),
    "block closed twice": Case(chapter("::: sidebar\nText.\n:::\n\n:::\n"), "9 error block-stray"),
    "unknown block": Case(chapter("::: gallry\nText.\n:::\n"), "5 error block-unknown"),
    "block for no edition": Case(chapter("::: only {edition=prnt}\nText.\n:::\n"), "5 error edition-unknown"),
    "block for nobody": Case(chapter("::: only\nText.\n:::\n"), "5 error edition-unknown"),
    "not UTF-8": Case({"book/a.md": TEXT.encode() + b"Caf\xe9.\n"}, "5 error text-encoding"),
    "UTF-16": Case({"book/a.md": TEXT.encode("utf-16")}, "1 error text-encoding"),
    "NUL": Case(chapter("B\0\n"), "5 error text-control"),
    "control character": Case(chapter("B\x07\n"), "5 error text-control"),
    "escape sequence": Case(chapter("\x1b[31mB\n"), "5 error text-control"),
    "empty": Case({"book/a.md": ""}, "1 error chapter-empty"),
    "nothing but spaces": Case({"book/a.md": "\n \u00a0\n"}, "1 error chapter-empty"),
    "nothing but a title": Case({"book/a.md": "# A\n"}, "1 error chapter-empty"),
    "nothing but a comment": Case({"book/a.md": "# A\n\n<!-- later -->\n"}, "1 error chapter-empty"),
    "empty gallery": Case({"book/a.txt": ""}, "book/a.txt:1 error chapter-empty", chapters("[a.md, a.txt]")),
    "title of 500 characters": Case({"book/a.md": f"# {'a' * 500}\n\nText.\n"}, "1 error title-long"),
    "title of 500 characters above": Case(front_matter(f"title: {'a' * 500}"), "2 error title-long"),
    "front matter is no YAML": Case(front_matter("title: a: b"), "2 error yaml-syntax"),
    "front matter is a list": Case(front_matter("- a"), "2 error value-wrong"),
    "front matter of an unknown key": Case(front_matter("titel: A"), "2 error key-unknown"),
    "front matter with two keys the same": Case(front_matter("title: A\ntitle: B"), "3 error key-twice"),
    "front matter with an unknown role": Case(front_matter("title: A\nrole: hero"), "3 error value-unknown"),
    "front matter that laughs": Case(
        front_matter("author:\n" + "".join(f"  {line}\n" for line in BOMB.splitlines())), "4 error yaml-alias"
    ),
    "front matter never closed": Case({"book/a.md": "---\ntitle: A\n\nText.\n"}, "1 error front-matter-open"),
}

SETTINGS = {
    "missing chapter": (chapters("[a.md, b.md]"), "3 error chapter-missing"),
    "missing chapters": (chapters("[a.md, 'x*.md']"), "3 error chapter-missing"),
    "chapter outside": (chapters("[a.md, ../b.md]"), "3 error chapter-outside"),
    "chapter anywhere": (chapters("[/etc/passwd]"), "3 error chapter-outside"),
    "chapter listed twice": (chapters("\n  - a.md\n  - a.md"), "5 error chapter-twice"),
    "chapter listed by itself and in a pattern": (chapters("\n  - a.md\n  - '*.md'"), "5 error chapter-twice"),
    "piece listed twice": (chapters("\n  - a.md\n  - generated: [credits, credits]"), "5 error generated-twice"),
    "unknown key": (EBOOK + "subtitel: S\n", "5 error key-unknown"),
    "unknown key inside": (EBOOK + "creators: [{nme: A, name: B}]\n", "5 error key-unknown"),
    "two keys the same": (EBOOK + "title: U\n", "5 error key-twice"),
    "no title": (EBOOK.replace("title: T\n", ""), "1 error key-missing"),
    "empty title": (EBOOK.replace("title: T", "title:"), "1 error value-wrong"),
    "list for a text": (EBOOK + "subtitle: [a]\n", "5 error value-wrong"),
    "text for a list": (EBOOK + "creators: Ann\n", "5 error value-wrong"),
    "text for keys": (EBOOK + "fonts: Arial\n", "5 error value-wrong"),
    "no date": (EBOOK + "published: 2023-02-30\n", "5 error value-wrong"),
    "no language": (EBOOK.replace("en\n", "the English\n"), "2 error value-wrong"),
    "no status": (EBOOK + "status: ready\n", "5 error value-unknown"),
    "no role": (EBOOK + "creators: [{name: A, role: king}]\n", "5 error value-unknown"),
    "name of products that climbs": (EBOOK + "slug: ../t\n", "5 error value-wrong"),
    "identifier of no edition": (EBOOK + "identifiers: {prnt: 'urn:x:y'}\n", "5 error edition-unknown"),
    "edition without a format": (edition("trim: a5"), "6 error value-wrong"),
    "edition whose format is empty": (edition("format:"), "6 error value-wrong"),
    "edition whose format is a list": (edition("format: [pdf]"), "6 error value-wrong"),
    "edition of no format": (edition("format: docx"), "6 error value-unknown"),
    "edition with an unknown key": (edition("format: pdf, trimm: a5"), "6 error key-unknown"),
    "pages of no edition": (edition("format: epub, pages_from: x"), "6 error edition-unknown"),
    "no bleed": (edition("format: pdf, bleed: 3"), "6 error value-wrong"),
    "no number": (edition("format: pdf, image_ppi: many"), "6 error value-wrong"),
    "no YAML": (EBOOK + "subtitle: a: b\n", "5 error yaml-syntax"),
    "tabs": (EBOOK + "fonts:\n\ttext: Arial\n", "6 error yaml-syntax"),
    "a text": ("Hello.\n", "1 error value-wrong"),
    "NUL": (EBOOK + "subtitle: S\0\n", "5 error text-control"),
    "control character": (EBOOK + "subtitle: S\x07\n", "5 error text-control"),
    "control character by its name": (EBOOK + 'subtitle: "S\\a"\n', "5 error text-control"),
    "a billion laughs": (EBOOK + BOMB, "6 error yaml-alias"),
    "a million brackets": (EBOOK + "subtitle: " + "[" * 1_000_000, "5 error yaml-deep"),
    "a program": (EBOOK + "subtitle: !!python/object/apply:os.system [exit]\n", "5 error value-wrong"),
    "unknown layout": (EBOOK + "layout: reportag\n", "5 error layout-missing"),
    "layout without a layout.yaml": (EBOOK + "layout: mine\n", "5 error layout-missing"),
    "layout that climbs": (EBOOK + "layout: ../../etc\n", "5 error value-wrong"),
    "unknown font": (EBOOK + "fonts: {text: Comic Sans}\n", "5 error font-missing"),
} | {
    f"trim {trim}": (edition(f"format: pdf, trim: {trim}"), "6 error value-wrong")
    for trim in "0x0mm 9x9mm 99999x9999mm -148x210mm 148x210 210mm a7 big nanxnanmm 1e3x1e3mm [148,210]".split()
}

OTHER_FILES = {
    "two chapters whose names differ in capitals": Case(
        {"book/a.md": TEXT, "book/A.md": TEXT},
        "book/publication.yaml:5 error chapter-twice",
        chapters("\n  - a.md\n  - A.md"),
    ),
    "chapter of another kind": Case(
        {"book/b.docx": b"PK"}, "book/publication.yaml:3 error chapter-kind", chapters("[a.md, b.docx]")
    ),
    "photos.yaml with an unknown key": Case(
        {"book/photos.yaml": "fire.jpg:\n  focsu: 1"}, "book/photos.yaml:2 error key-unknown"
    ),
    "photos.yaml is not UTF-8": Case(
        {"book/photos.yaml": b"\nfire.jpg: {alt: caf\xe9}"}, "book/photos.yaml:2 error text-encoding"
    ),
    "photos.yaml laughs": Case({"book/photos.yaml": BOMB}, "book/photos.yaml:2 error yaml-alias"),
    "layout.yaml laughs": Case(
        {"layouts/reportage/layout.yaml": BOMB}, "layouts/reportage/layout.yaml:2 error yaml-alias"
    ),
    "layout.yaml with an unknown key": Case(
        built_in("layout.yaml", "colour: red\n"), f"{last_line('layout.yaml')} error key-unknown"
    ),
    "style sheet is not UTF-8": Case(
        {"layouts/reportage/ebook.css": b"\n/* caf\xe9 */"}, "layouts/reportage/ebook.css:2 error text-encoding"
    ),
    "layout without style sheets": Case(
        {"layouts/mine/layout.yaml": built_in("layout.yaml")["layouts/reportage/layout.yaml"]},
        "layouts/mine error style-missing",
        EBOOK + "layout: mine\n",
    ),
}

TEMPLATES = {
    "cannot be read": ("<p>\n{% if %}\n", "2 error template-fault"),
    "never closed": ("\n\n{% if chapter %}\n", "3 error template-fault"),
    "unknown filter": ("\n{{ chapter|shout }}\n", "2 error template-fault"),
    "unknown variable": ("\n\n\n{{ chaptr }}\n", "4 error template-fault"),
    "unknown attribute": ("\n{{ chapter.titel }}\n", "2 error template-fault"),
    "division by zero": ("\n{{ 1 / 0 }}\n", "2 error template-fault"),
    "deep inside": ("{% macro deep() %}\n\n{{ 1 / 0 }}\n{% endmacro %}\n{{ deep() }}", "3 error template-fault"),
    "without end": ("\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "2 error template-fault"),
    "out of its box": ("\n{{ ''.__class__.__mro__ }}", "2 error template-fault"),
    "another that is not there": ('\n{% include "aside.j2" %}', "2 error template-missing"),
    "malformed XHTML": (EXTENDS + "<p>\n<b>{{ chapter.title }}</p>{% endblock %}", "4 error template-malformed"),
    "a bare ampersand": (EXTENDS + "<p>You & I</p>{% endblock %}", "3 error template-malformed"),
    "nothing": ("", "1 error template-malformed"),
    "no page": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "1 error template-malformed"),
    "not UTF-8": (b"\n\ncaf\xe9", "3 error text-encoding"),
}
TEMPLATE = "layouts/reportage/chapter.xhtml.j2"

TOPICS: Mapping[str, Mapping[str, Case]] = {
    "photograph": PHOTOGRAPHS,
    "drawing": {name: Case(shown("b.svg", text), "5 error drawing-unfit") for name, text in DRAWINGS.items()},
    "cleaned drawing": {
        name: Case(shown("b.svg", text), "5 warning drawing-cleaned") for name, text in CLEANED_DRAWINGS.items()
    },
    "network": NETWORK,
    "chapter": TEXTS,
    "settings": {name: Case({}, f"book/publication.yaml:{told}", yaml) for name, (yaml, told) in SETTINGS.items()},
    "file": OTHER_FILES,
    "template": {name: Case({TEMPLATE: text}, f"{TEMPLATE}:{told}") for name, (text, told) in TEMPLATES.items()},
}
CASES = [pytest.param(case, id=f"{topic}: {name}") for topic, cases in TOPICS.items() for name, case in cases.items()]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_each_fault_has_its_finding_and_no_product_is_lost(publication: Publish, tell: Tell, case: Case) -> None:
    root = publication({"book/a.md": TEXT, "assets/photos/fire.jpg": PHOTO, **case.files}, settings=case.yaml)
    older = put_older(root)
    told = tell(root)
    faults = [each for each in told.short if each.rpartition(" ")[2] not in OF_AN_EDITOR]
    assert faults == [f"book/a.md:{case.told}" if case.told[0].isdigit() else case.told]
    assert all(finding["message"] and finding["remedy"] for finding in told.findings)
    if " error " in case.told:
        assert told.code == 1
        assert not told.products
        assert products_in(root) == older
    else:
        assert told.code == 0
        assert [product["edition"] for product in told.products] == ["ebook"]


@pytest.mark.slow
def test_a_missing_photograph_is_a_warning_in_a_draft_and_an_error_with_final(publication: Publish, tell: Tell) -> None:
    root = publication(chapter(f"{SHOWN}\nCaption.\n"), settings=EBOOK)
    assert tell(root).short == ["book/a.md:5 warning photo-missing"]
    told = tell(root, "build", "--final")
    assert (told.code, told.short) == (1, ["book/a.md:5 error photo-missing"])


def test_a_publication_without_chapters(publication: Publish, tell: Tell) -> None:
    root = publication(settings=EBOOK.replace("chapters: [a.md]\n", ""))
    (root / "book/a.md").unlink()
    told = tell(root)
    assert (told.code, told.short) == (1, ["book/publication.yaml:1 error chapters-none"])


@pytest.mark.parametrize(("file", "id"), [("publication.yaml", "text-unreadable"), ("a.md", "chapter-missing")])
def test_a_folder_where_a_file_should_be(publication: Publish, tell: Tell, file: str, id: str) -> None:
    root = publication(settings=EBOOK)
    (root / "book" / file).unlink()
    (root / "book" / file).mkdir()
    told = tell(root)
    assert (told.code, [finding["id"] for finding in told.findings]) == (1, [id])


@pytest.mark.parametrize("target", ["/nowhere/fire.jpg", "fire.jpg"])
def test_a_link_to_nothing_is_a_missing_photograph(publication: Publish, tell: Tell, target: str) -> None:
    root = publication(chapter(SHOWN), settings=FINAL)
    (root / "assets/photos").mkdir(parents=True)
    (root / "assets/photos/fire.jpg").symlink_to(target)
    assert tell(root).short == ["book/a.md:5 error photo-missing"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "css",
    [
        "p { colour: verr; }\n",
        "}}{{;;;@@ \x01 q { color:",
        "/* @import url(https://example.org/a.css) */ p { color",
        "",
    ],
)
def test_nonsense_in_a_style_sheet_is_a_warning_at_most(publication: Publish, tell: Tell, css: str) -> None:
    yaml = HEAD + "editions:\n  ebook: {format: epub, fonts: none}\n  screen: {format: pdf, trim: a5}\n"
    told = tell(publication(built_in("page.css", css) | built_in("ebook.css", css), settings=yaml))
    assert told.code == 0
    assert {f["severity"] for f in told.findings} <= {"warning"}
    assert [p["edition"] for p in told.products] == ["ebook", "screen"]


@pytest.mark.slow
def test_a_fault_of_one_edition_does_not_keep_another_from_being_made(publication: Publish, tell: Tell) -> None:
    yaml = HEAD + "editions:\n  screen: {format: pdf, trim: a5}\n  ebook: {format: epub, fonts: none}\n"
    root = publication({"layouts/reportage/page.css": "@import url(a.css);"}, settings=yaml)
    older = put_older(root)
    told = tell(root)
    assert (told.code, told.short) == (1, ["layouts/reportage/page.css:1 error style-outside"])
    assert [p["edition"] for p in told.products] == ["ebook"]
    now = products_in(root)
    assert now.pop("t.epub") != older.pop("t.epub")
    assert now == older


# ---- names


NAMES = (
    "two words",
    "été à Łódź, 100%; it’s 'here'",
    'he said "no" e\u0301te\u0301',
    "Ճանապարհ դեպի «Գորիս»",
    "(round) [square] a#b & c?",
)


@pytest.mark.slow
def test_any_letters_may_stand_in_names_and_titles(publication: Publish, tell: Tell) -> None:
    files: dict[str, str | bytes] = {}
    for n, name in enumerate(NAMES):
        before = NAMES[n - 1]
        title = name.replace("[", "\\[")
        files[f"book/{name}.md"] = f"# {title}\n\n![Alt](<{name}.jpg>)\nCaption {n}.\n\nSee [](<{before}.md>).\n"
        files[f"assets/photos/{name}.jpg"] = PHOTO
    pdfs = "screen: {format: pdf, trim: a5}, print: {format: pdf, trim: a5, bleed: 3mm}"
    editions = f"{{ebook: {{format: epub, fonts: none}}, {pdfs}}}"
    head = f"title: 'A “title” of {NAMES[3]}, 100%'\nlanguage: en\ntypography: false\n"
    root = publication(files, settings=f"{head}editions: {editions}\n")
    assert not [each for each in tell(root, "check").short if each.rpartition(" ")[2] not in OF_AN_EDITOR]
    told = tell(root)
    assert told.code == 0
    assert [product["edition"] for product in told.products] == ["ebook", "screen", "print"]
    with zipfile.ZipFile(told.products[0]["path"]) as ebook:
        contents = ebook.read("EPUB/nav.xhtml").decode()
    pages = pypdfium2.PdfDocument(told.products[1]["path"])
    printed = normalize("NFC", " ".join(page.get_textpage().get_text_bounded() for page in pages))
    for name in (*NAMES[:2], NAMES[3], "[square] a#b"):
        assert name in contents
        assert name in re.sub(r"\s+", " ", printed)


# ---- where products go


@pytest.mark.slow
@pytest.mark.parametrize("in_the_way", ["dist", "dist/t.epub/x"])
def test_products_that_cannot_be_written(publication: Publish, tell: Tell, in_the_way: str) -> None:
    root = publication(shown("fire.jpg", PHOTO) | {in_the_way: "here first"}, settings=EBOOK)
    told = tell(root)
    assert told.code == 1
    assert [f["id"] for f in told.findings if f["id"] not in OF_AN_EDITOR] == ["out-unwritable"]
    assert (root / in_the_way).read_text() == "here first"


@pytest.mark.parametrize("out", ["file", "file/deep", "file/deep/er"])
@pytest.mark.slow
def test_a_folder_for_products_that_cannot_be_made(publication: Publish, tell: Tell, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("here first")
    told = tell(publication(settings=EBOOK.replace("chapters: [a.md]\n", "")), "build", "--out", str(tmp_path / out))
    assert told.code == 1
    assert [f["id"] for f in told.findings] == ["out-unwritable"]
    assert (tmp_path / "file").read_text() == "here first"


# ---- many at once


TEN_SETTINGS = """\
title: T
language: en
chapters:
  - a.md
  - lost.md
  - b.md
fonts: {text: Comic Sans}
editions: {ebook: {format: epub, fonts: none}}
"""
TEN_A = """\
# A

See [](#nowhere).

![Alt](fake.jpg)
Caption.[^1]

![Alt](fire.jpg){focus="left"}
Caption.

![Alt](https://example.org/a.jpg)

## B {#here}

[word]{#here}

::: sidebar
Text.
"""
TEN_B = "---\ntitel: B\n---\n\nText.\n"
TEN = [
    "book/a.md:3:6 reference-dead",
    "book/a.md:5:1 photo-fake",
    "book/a.md:6:9 note-missing",
    "book/a.md:8:1 focus-wrong",
    "book/a.md:11:1 photo-remote",
    "book/a.md:15:8 id-twice",
    "book/a.md:17:1 block-open",
    "book/b.md:2:1 key-unknown",
    "book/publication.yaml:5:5 chapter-missing",
    "book/publication.yaml:7:15 font-missing",
]


@pytest.fixture
def ten_faults(publication: Publish) -> Path:
    photographs = {"assets/photos/fake.jpg": b"I am a fire.", "assets/photos/fire.jpg": PHOTO}
    return publication({"book/a.md": TEN_A, "book/b.md": TEN_B, **photographs}, settings=TEN_SETTINGS)


@pytest.mark.slow
def test_ten_faults_are_ten_findings_in_one_run(ten_faults: Path, tell: Tell) -> None:
    for verb in ("check", "build"):
        told = tell(ten_faults, verb)
        assert told.code == 1
        assert {f["severity"] for f in told.findings} == {"error"}
        places = [f"{f['place']['file']}:{f['place']['line']}:{f['place']['column']}" for f in told.findings]
        assert sorted(f"{place} {f['id']}" for place, f in zip(places, told.findings, strict=True)) == sorted(TEN)


def test_a_message_has_place_fault_reason_and_remedy(ten_faults: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--root", str(ten_faults)]) == 1
    shown = capsys.readouterr().out.splitlines()
    for expected in TEN:
        place, id = expected.split()
        file, number, column = place.split(":")
        start = next(n for n, line in enumerate(shown) if line.startswith(f"{place}  error {id}  "))
        what, line, caret, help = shown[start : start + 4]
        source = (ten_faults / file).read_text("utf-8").splitlines()[int(number) - 1]
        assert len(what.split(f"error {id}  ")[1]) > 20
        assert line == f"{number:>6} | {source}"
        assert re.fullmatch(r" +\^+", caret)
        assert caret.index("^") - line.index("|") - 1 == int(column)
        assert re.fullmatch(r" {9}\S.{10,}", help)
    assert shown[-1].startswith("10 errors")


@pytest.mark.slow
def test_a_message_cannot_move_the_cursor(publication: Publish, capsys: pytest.CaptureFixture[str]) -> None:
    root = publication(chapter("\x1b[2J\x1b[31m[bold]B[/bold] :fire: \\\n"), settings=EBOOK)
    assert cli.main(["check", "--root", str(root)]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[bold]B[/bold] :fire: \\\n" in out


@pytest.mark.slow
def test_a_table_of_hundreds_of_columns_is_refused_before_it_is_laid_out(publication: Publish, tell: Tell) -> None:
    rows = ("".join(f"| {sign} " for _ in range(300)) for sign in ("a", "---", "b"))
    told = tell(publication(chapter("\n".join(rows)), settings=EBOOK), "check")
    assert (told.code, told.short) == (1, ["book/a.md:5 error table-wide"])


@pytest.mark.slow
def test_a_table_of_thousands_of_rows_is_refused_before_it_is_laid_out(publication: Publish, tell: Tell) -> None:
    told = tell(publication(chapter("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 10_000), settings=EBOOK), "check")
    assert (told.code, told.short) == (1, ["book/a.md:5 error table-long"])


@pytest.mark.parametrize(
    "typed", ["`c` ", *(pytest.param(typed, marks=pytest.mark.slow) for typed in ("[w]{.index} ", "[l](https://x.y) "))]
)
def test_a_paragraph_of_thousands_of_marks_is_refused_before_it_is_laid_out(
    publication: Publish, tell: Tell, typed: str
) -> None:
    told = tell(publication(chapter(typed * 2_500), settings=EBOOK), "check")
    assert (told.code, [each for each in told.short if "error" in each]) == (1, ["book/a.md:5 error paragraph-crowded"])
