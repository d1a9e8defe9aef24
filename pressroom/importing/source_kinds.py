"""Kinds of sources: what a file or folder is, by its content. A suffix is believed where content says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from pressroom.errors import Finding, Place, UsageError, did_you_mean, error
from pressroom.importing.archive import SourceArchive
from pressroom.importing.photo_files import list_files
from pressroom.whereabouts import check_named


class SourceKind(StrEnum):
    """What can be imported."""

    PHOTOGRAPHS = "photographs"
    WORD = "a Word document"
    OPEN_DOCUMENT = "an OpenDocument text"
    EBOOK = "an EPUB"
    WEB_PAGE = "a web page"
    ZIPPED_WEB_PAGE = "a zipped web page"
    QUARTO = "a Quarto project"
    BOOKDOWN = "a book of bookdown"
    MDBOOK = "an mdBook"
    MKDOCS = "a site of MkDocs"
    MYST = "a MyST project"
    OBSIDIAN = "an Obsidian vault"
    BLOG = "a blog of Jekyll or Hugo"
    MARKDOWN = "Markdown files"
    DOCUMENTS = "a folder of documents"
    TEXT_GALLERY = "a gallery as text"


_WORD_PART = re.compile(r"word/document\d*\.xml")
_HEAD = 4096
"""The bytes at the beginning of a file by which it is known."""
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_MARKDOWN_SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".rmd", ".ipynb")
"""Notebooks among them, whose texts are Markdown."""
_FOR_DEVELOPERS = ("readme", "license", "changelog", "contributing")
"""Files that lie beside photographs without being chapters of a book."""
_PROJECTS: Sequence[tuple[SourceKind, Callable[[Path], bool]]] = (
    (SourceKind.QUARTO, lambda folder: _has(folder, "_quarto.yml", "_quarto.yaml")),
    (SourceKind.BOOKDOWN, lambda folder: _has(folder, "_bookdown.yml")),
    (
        SourceKind.MDBOOK,
        lambda folder: _has(folder, "book.toml") or _has(folder, "SUMMARY.md", "src/SUMMARY.md", ".gitbook.yaml"),
    ),
    (SourceKind.MKDOCS, lambda folder: _has(folder, "mkdocs.yml", "mkdocs.yaml")),
    (SourceKind.MYST, lambda folder: _has(folder, "myst.yml", "_toc.yml") or _is_of_sphinx(folder)),
    (SourceKind.OBSIDIAN, lambda folder: (folder / ".obsidian").is_dir()),
    (SourceKind.BLOG, lambda folder: (folder / "_posts").is_dir() or _is_of_hugo(folder)),
)


def kinds_of(sources: Sequence[Path]) -> list[SourceKind]:
    """The kind of each source. Raises UsageError, with a finding for each that cannot be imported."""
    kinds: list[SourceKind] = []
    faults: list[Finding] = []
    for source in sources:
        try:
            kinds.append(kind_of(source))
        except UsageError as fault:
            faults += fault.findings
    if faults:
        raise UsageError(faults)
    return kinds


def kind_of(source: Path) -> SourceKind:
    """What a source is. Raises UsageError for what is not there or cannot be imported, with what to do instead, and
    PressroomError for an archive that is damaged or a bomb.
    """
    if not source.exists():
        beside = [each.name for each in source.parent.iterdir()] if source.parent.is_dir() else []
        remedy = did_you_mean(source.name, beside) or "Name a file or a folder that exists."
        raise UsageError([error("import-missing", Place(str(source)), f"There is no {source}.", remedy)])
    check_named(source)
    if source.is_dir():
        return _kind_of_folder(source)
    try:
        with source.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as fault:
        why = f"{source.name} cannot be read: {fault.strerror}."
        raise UsageError([error("import-unreadable", Place(str(source)), why, "Make it readable.")]) from None
    return _kind_of_file(source, head)


def _kind_of_folder(folder: Path) -> SourceKind:
    if project := next((kind for kind, is_one in _PROJECTS if is_one(folder)), None):
        return project
    texts, documents = list(_texts_in(folder)), list(documents_in(folder))
    if texts or documents:
        pictures = [each.file.name for each in list_files(folder.rglob("*")).pictures]
        for kind, files in ((SourceKind.MARKDOWN, texts), (SourceKind.DOCUMENTS, documents)):
            if files and (not pictures or any(_names_one_of(file, pictures) for file in files)):
                return kind
    return SourceKind.PHOTOGRAPHS


def _is_of_hugo(folder: Path) -> bool:
    """Whether a folder is a site of Hugo, which has texts in `content`, and settings of several names."""
    names = [f"{name}.{suffix}" for name in ("hugo", "config") for suffix in ("toml", "yaml", "yml", "json")]
    return (folder / "content").is_dir() and _has(
        folder, *names, "config/_default/hugo.toml", "config/_default/config.toml"
    )


def _is_of_sphinx(folder: Path) -> bool:
    """Whether a folder has the settings of Sphinx, and they name MyST as the language of its texts."""
    settings = folder / "conf.py"
    return settings.is_file() and b"myst" in settings.read_bytes()


def _has(folder: Path, *names: str) -> bool:
    return any((folder / name).is_file() for name in names)


def documents_in(folder: Path) -> Iterator[Path]:
    """Documents of other programs that may be chapters."""
    return _files_in(folder, (".docx", ".odt", ".epub", *_PAGE_SUFFIXES))


def _texts_in(folder: Path) -> Iterator[Path]:
    """Markdown files that may be chapters."""
    return _files_in(folder, _MARKDOWN_SUFFIXES)


def _files_in(folder: Path, suffixes: Sequence[str]) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        is_hidden = any(part.startswith((".", "_", "~$")) for part in inside)  # Word locks what it has open with ~$
        is_text = file.suffix.lower() in suffixes and file.stem.lower() not in _FOR_DEVELOPERS
        if is_text and not is_hidden and file.is_file():
            yield file


def _names_one_of(text: Path, pictures: Sequence[str]) -> bool:
    """Whether a text names one of the pictures: notes beside a folder of photographs do not."""
    words = text.read_bytes().decode("utf-8", "replace")
    return any(name in words for name in pictures)


def _kind_of_file(source: Path, head: bytes) -> SourceKind:
    suffix = source.suffix.lower()
    if head.startswith(b"PK"):
        return _kind_of_archive(source)
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in source.read_bytes():
        what = "is protected with a password, so that nothing in it can be read"
        raise _refused(source, "import-encrypted", what, "Save it in Word without a password, and import that.")
    for sign, id, what, remedy in _REFUSED:
        if head.startswith(sign):
            raise _refused(source, id, what, remedy)
    if list_files([source]).pictures:
        return SourceKind.PHOTOGRAPHS
    if suffix in _PAGE_SUFFIXES or b"<html" in head.lower() or b"<!doctype html" in head.lower():
        return SourceKind.WEB_PAGE
    if suffix in _MARKDOWN_SUFFIXES:
        return SourceKind.MARKDOWN
    if suffix == ".txt":
        return SourceKind.TEXT_GALLERY
    what = f"{source.name} is none of the kinds that can be imported"
    if suffix in (".docx", ".odt", ".epub", ".zip"):
        raise _refused(source, "import-broken", f"{source.name} is no {suffix[1:]} inside: it is damaged or misnamed")
    raise _refused(
        source, "import-kind", what, _CONVERTED.get(suffix, _KINDS).format(stem=source.stem, name=source.name)
    )


def _kind_of_archive(source: Path) -> SourceKind:
    archive = SourceArchive(source)
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        what = f"{source.name} holds macros: programs that could do anything on this computer"
        raise _refused(source, "import-macros", what, "Save it in Word as “Word document (.docx)”, and import that.")
    if any(_WORD_PART.fullmatch(name) for name in archive.names):
        return SourceKind.WORD
    mimetype = archive.read("mimetype").strip() if archive.has("mimetype") else b""
    if mimetype == b"application/epub+zip" or archive.has("META-INF/container.xml"):
        return SourceKind.EBOOK
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return SourceKind.OPEN_DOCUMENT
    if any(name.lower().endswith(_PAGE_SUFFIXES) for name in archive.names):
        return SourceKind.ZIPPED_WEB_PAGE
    found = next((what for name, what in _OTHER_ARCHIVES.items() if any(n.startswith(name) for n in archive.names)), "")
    what = f"{source.name} is {found or 'an archive without a document in it'}"
    raise _refused(source, "import-kind", what, "Unpack it, and name what is in it." if not found else _SAVE_AS_WORD)


_SAVE_AS_WORD = "Save or export it as a Word document (.docx), and import that."
_OTHER_ARCHIVES = {
    "xl/": "a table of Excel",
    "ppt/": "a presentation of PowerPoint",
    "Index/": "a document of Apple’s iWork",
    "designmap.xml": "an InDesign document (IDML)",
}
"""Archives of other programs, by how a name in them begins."""
_KINDS = "Name a Word or OpenDocument text, a web page, an EPUB, Markdown, photographs, or a folder of these."
_WITH_PANDOC = "Convert it: pandoc {name} -o {stem}.md --extract-media=. Then import {stem}.md."
_WITH_CALIBRE = "Convert it: ebook-convert {name} {stem}.epub (Calibre). Then import {stem}.epub."
_CONVERTED = {
    **dict.fromkeys((".tex", ".latex", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".typ", ".dbk"), _WITH_PANDOC),
    **dict.fromkeys((".fb2", ".mobi", ".azw3", ".azw", ".lit", ".pdb", ".prc"), _WITH_CALIBRE),
}
"""By suffix, how kinds that are not read become one that is."""
_OLE = b"\xd0\xcf\x11\xe0"
_REFUSED = (
    (
        _OLE,
        "import-old-word",
        "is a document of Word 97 to 2003, whatever its name says",
        "Open it in Word or LibreOffice, and save it as .docx.",
    ),
    (b"{\\rtf", "import-rtf", "is Rich Text (RTF), whatever its name says", _SAVE_AS_WORD),
    (b"%PDF", "import-pdf", "is a PDF: finished pages, in which nobody can tell text from captions", _SAVE_AS_WORD),
)
"""What is known and not imported, by its first bytes."""


def _refused(source: Path, id: str, what: str, remedy: str = _KINDS) -> UsageError:
    told = what if what.startswith(source.name) else f"{source.name} {what}"
    return UsageError([error(id, Place(str(source)), f"{told}. Nothing was written.", remedy)])
