"""Corpora: what each target begins with, made by the makers of the tests."""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from fuzz.targets import SOURCE_KINDS
from pressroom.importing import SourceKind

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
sys.path[:0] = [str(TESTS), str(ROOT / "docs")]

import drawings_made  # noqa: E402 - from the tests, by the path above
import odt_files  # noqa: E402
import pdfs  # noqa: E402
import test_ebook_fonts  # noqa: E402
import test_font_files  # noqa: E402
import test_metadata as metadata  # noqa: E402
from markdown_it import MarkdownIt  # noqa: E402
from markdown_it.utils import read_fixture_file  # noqa: E402
from word_files import WordFile  # noqa: E402


def lay(target: str, folder: Path) -> int:
    """Write the corpus of a target into a folder; the number of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, data in enumerate(_MAKERS[target](), 1):
        (folder / f"seed-{count:04}").write_bytes(data)
    return count


def _chapters() -> Iterator[bytes]:
    """The examples of the tests of manuscripts, and the chapters of every publication here."""
    for file in sorted((*TESTS.glob("manuscript/*.md"), *TESTS.glob("as_written/*.md"))):
        yield from (typed.encode() for _, _, typed, _ in read_fixture_file(file))
    yield from (file.read_bytes() for file in _of_publications("*.md") if file.stat().st_size < 20_000)


def _settings() -> Iterator[bytes]:
    yield from (file.read_bytes() for file in _of_publications("publication.yaml"))
    yield from (
        text.encode()
        for text in (
            "title: T\nlanguage: hy\nlayout: reader\neditions: {p: {format: pdf, trim: a5, printer: kdp}}\n",
            "title: T\nlanguage: en\neditions:\n  ebook: {format: epub, fixed: true, max_mb: 1, stores: [apple]}\n",
            "title: &a [*a]\nlanguage: en\nvariables: {a: '{{ b }}', b: '{{ a }}'}\n",
        )
    )


def _of_publications(name: str) -> list[Path]:
    return sorted(
        file
        for top in ("book", "docs", "tests")
        for file in (ROOT / top).rglob(name)
        if "node_modules" not in str(file)
    )


def _packets() -> Iterator[bytes]:
    text = metadata.alternatives("dc:description", en="A spring.", ru="Родник", x_default="Spring")
    names = metadata.listed("dc:creator", "A. Photographer", "B. Other")
    inner = "<rdf:li rdf:parseType='Resource'><Iptc4xmpExt:City>Vank</Iptc4xmpExt:City></rdf:li>"
    place = f"<Iptc4xmpExt:LocationCreated><rdf:Bag>{inner}</rdf:Bag></Iptc4xmpExt:LocationCreated>"
    flat = 'photoshop:City="Vank" photoshop:DateCreated="2023-09-25T10:00:00+04:00" xmpRights:WebStatement="https://a.example/"'
    for body in (text, names, place, text + names + place, ""):
        yield metadata.packet(metadata.description(body, flat)).encode()
    yield metadata.packet(metadata.description(text), metadata.description(names)).encode("utf-16")


def _records() -> Iterator[bytes]:
    yield metadata.iim(
        (2, 120, b"A spring."), (2, 80, b"A. Photographer"), (2, 55, b"20230925"), (2, 60, b"100000+0400")
    )
    yield metadata.iim(metadata.UTF8, (2, 120, "Родник".encode()), (2, 90, "Շուշի".encode()), (2, 110, b"Agency"))
    yield metadata.iim(
        (2, 120, "Flöße".encode("mac-roman")), (2, 116, b"\xa9 2023"), (2, 25, b"a"), (2, 25, b"b"), (2, 5, b"")
    )


def _exifs() -> Iterator[bytes]:
    for made in (
        metadata.exif("2023:09:24 10:00:00", ImageDescription="A spring.", Artist="A. Photographer", Copyright="© A."),
        metadata.exif("0000:00:00 00:00:00", ImageDescription="Родник"),
        metadata.exif(),
    ):
        yield made.removeprefix(b"Exif\0\0")


def _fonts() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        yield test_ebook_fonts.cast(Path(folder, "tiny.ttf")).read_bytes()
        for damage, _ in test_font_files.FAULTS.values():
            damage(file := test_ebook_fonts.cast(Path(folder, "tiny.ttf")))
            yield file.read_bytes()
    yield pdfs.font()


def _pdfs() -> Iterator[bytes]:
    for file in sorted((TESTS / "preflight").rglob("*.yaml")):
        yield pdfs.assembled(pdfs.described(file.read_text("utf-8") if file.name != "sound.yaml" else ""))


def _texts_of_others() -> Iterator[bytes]:
    kinds = {kind: bytes([n]) for n, kind in enumerate(SOURCE_KINDS)}
    markdown = [*_chapters()]
    markdown_it = MarkdownIt("commonmark").enable("table")
    for text in markdown:
        body = f"<article>{markdown_it.render(text.decode())}</article>"
        page = f"<html lang='en'><head><title>T</title></head><body>{body}</body></html>"
        yield kinds[SourceKind.WEB_PAGE] + page.encode()
        yield kinds[SourceKind.MARKDOWN] + text
    page = page.replace("<html ", "<html xmlns='http://www.w3.org/1999/xhtml' ")
    yield kinds[SourceKind.EBOOK] + page.encode()
    yield kinds[SourceKind.TEXT_GALLERY] + (ROOT / "README.md").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for text in _ODT_BODIES:
            file = odt_files.odt_file(Path(folder, "a.odt"), text)
            yield kinds[SourceKind.OPEN_DOCUMENT] + zipfile.ZipFile(file).read("content.xml")
        word = WordFile()
        word.heading("A heading")
        word.paragraph("A paragraph.", "Quote")
        word.document.add_table(2, 2).cell(0, 0).text = "Cell"
        word.document.save(str(file := Path(folder, "a.docx")))
        yield kinds[SourceKind.WORD] + zipfile.ZipFile(file).read("word/document.xml")


_ODT_BODIES = (
    '<text:h text:outline-level="1">A</text:h>',
    '<text:p text:style-name="P1">Text <text:span text:style-name="T1">it</text:span></text:p>',
    '<text:list text:style-name="L1"><text:list-item><text:p>One</text:p></text:list-item></text:list>',
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>",
    '<text:p>Note<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>N</text:p></text:note-body></text:note></text:p>",
)
_MAKERS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "manuscript": _chapters,
    "settings": _settings,
    "xmp": _packets,
    "iim": _records,
    "exif": _exifs,
    "drawing": lambda: iter(drawings_made.all_drawings().values()),
    "font": _fonts,
    "pdf": _pdfs,
    "imported": _texts_of_others,
}
