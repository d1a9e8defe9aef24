"""Folders of Markdown as Pandoc reads them: files in the order of their names or of `defaults.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.fences import boxes_between, parsed, rendered
from pressroom.importing.folders.front_matter import split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.heading_chapters import chapters_at_headings
from pressroom.importing.folders.mdx_texts import SITES, MdxTexts
from pressroom.importing.folders.obsidian import read_vault
from pressroom.importing.folders.ordered_files import OTHER_DOCUMENTS, listed
from pressroom.importing.folders.pandoc_blocks import PandocBlocks, without_heading_of_works
from pressroom.importing.folders.pandoc_signs import PandocSigns, headings_in, with_captions
from pressroom.importing.folders.quarto import read_quarto
from pressroom.importing.folders.source_folder import SourceFolder, is_outside, read_folder_files
from pressroom.importing.folders.source_words import source_words
from pressroom.importing.folders.title_pages import Bibliographies, title_page
from pressroom.importing.folders.typed_lines import TypedLine, is_code, typed

_SUFFIXES = (".md", ".mdx", ".markdown", ".qmd", ".rmd", ".pandoc", ".mkd")
_NOTEBOOK = ".ipynb"
_ASIDE = re.compile(r"<aside\b[^<>]*>\s*$", re.IGNORECASE)
"""A box of Notion."""
_DEFAULTS = ("defaults.yaml", "defaults.yml")
_NAMES_TEXTS = re.compile(r"^input-files?:", re.MULTILINE)
_METADATA = ("metadata.yaml", "metadata.yml", "meta.yaml", "meta.yml", "title.txt", "metadata.txt", "title.yaml")
_FOR_DEVELOPERS = frozenset("readme license changelog contributing code_of_conduct".split())
_OF_PANDOC = re.compile(
    r"\A% |^\(@[\w-]*\) |@fig:|\{#fig:|^:{3,} ?(?:\{|\w)|\[-?@\w|^\\newpage|\]\{\.\w+\}|^\s{2,}-{3,}\s+-{3,}",
    re.MULTILINE,
)
_OF_QUARTO = re.compile(r"\{\{<\s*(?:include|var|meta|video|pagebreak|kbd|embed)\b")
_WIKI = re.compile(r"(?<!!)\[\[[^\[\]\n]+\]\]")


def read_markdown(source: Path) -> Brought:
    """All that a folder of Markdown files gives, or a single one. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(source.parent if source.is_file() else source)
    defaults_file = _defaults_of(folder)
    defaults = folder.yaml(defaults_file) if defaults_file else {}
    files = [source.name] if source.is_file() else list(_ordered(folder, defaults, defaults_file))
    texts = {file: folder.text(file) or "" for file in files}
    metadata, metadata_file = _metadata(folder, defaults, defaults_file) if source.is_dir() else ({}, "")
    is_quarto = any(PurePosixPath(file).suffix.lower() in (".qmd", ".rmd", _NOTEBOOK) for file in files)
    if not defaults_file and (is_quarto or any(_OF_QUARTO.search(text) for text in texts.values())):
        return replace(read_quarto(folder.root, source.name if source.is_file() else ""), source=str(source))
    if not defaults_file and not metadata_file and any(_WIKI.search(text) for text in texts.values()):
        return replace(read_vault(folder, files if source.is_file() else None), source=str(source))
    is_pandoc = bool(defaults_file or metadata_file) or any(_OF_PANDOC.search(text) for text in texts.values())
    is_site = any(name in folder.files for name in SITES)
    if source.is_dir() and not is_pandoc and not is_site and any(folder.below("", (_NOTEBOOK,))):
        return replace(read_quarto(folder.root), source=str(source))
    places = [*map(words_in_head, listed(defaults.get("resource-path"))), *(["static"] if is_site else [])]
    gathering = Gathering(folder, picture_folders=tuple(places))
    brought = _read(gathering, files, metadata, metadata_file or defaults_file, is_pandoc=is_pandoc)
    return replace(brought, source=str(source))


def _defaults_of(folder: SourceFolder) -> str:
    """The file of defaults, whatever its name: the one that names the texts of the book; “” if there is none."""
    settings = [file for file in folder.files if "/" not in file and file.endswith((".yaml", ".yml"))]
    named = next((file for file in settings if _NAMES_TEXTS.search(folder.text(file) or "")), "")
    return next((name for name in _DEFAULTS if name in folder.files), named)


def _read(
    gathering: Gathering, files: list[str], metadata: dict[str, Any], metadata_file: str, *, is_pandoc: bool
) -> Brought:
    folder = gathering.folder
    works = Bibliographies(gathering)
    works.add(metadata.get("bibliography"), metadata_file)
    works.add_style(metadata.get("csl"), metadata_file)
    signs, blocks = PandocSigns(gathering), PandocBlocks(gathering)
    mdx = MdxTexts(gathering)
    is_mdx = any(file.endswith(".mdx") for file in files) or any(name in folder.files for name in SITES)
    documents: list[SourceDocument] = []
    texts = [_parted(folder, file) for file in files]
    if is_pandoc:
        signs.headings = {key: words for _, lines in texts for key, words in headings_in(lines).items()}
    for file, (head, lines) in zip(files, texts, strict=True):
        works.add(head.get("bibliography"), file)
        works.add_style(head.get("csl"), file)
        plain = boxes_between(mdx.written(lines) if is_mdx else lines, _ASIDE, "</aside>", "sidebar")
        made = rendered(parsed(without_heading_of_works(plain)), blocks)
        made = signs.rewrite(with_captions(made, gathering) if is_pandoc else made)
        documents += chapters_at_headings(SourceDocument(file, tuple(made), head))
    if site := next((name for name in SITES if name in folder.files), ""):
        said = re.search(r"^\s*title:\s*([\"'`])(.+?)\1", folder.text(site) or "", re.MULTILINE)
        metadata = {**({"title": said[2]} if said else {}), **metadata}
    elif documents and not metadata.get("title"):
        metadata = _facts_of_first(documents, texts[0][0], metadata)
    others = list(_unread(folder, files)) if metadata_file or len(files) > 1 else []
    for name in others:
        folder.remark("import-not-read", name, name, severity=Severity.ADVICE)
    about = title_page(gathering, metadata, metadata_file, works.names)
    return assemble(gathering, documents, about, source_words(folder, files), tuple(works.extras.values()))


def _parted(folder: SourceFolder, file: str) -> tuple[dict[str, Any], list[TypedLine]]:
    """What a text says of itself, and its lines without that."""
    head, lines = split_head(typed(file, folder.text(file) or ""), folder)
    lines, more = _without_blocks_of_metadata(lines, folder)
    return {**more, **head}, _with_signs_before(lines)


def _with_signs_before(lines: list[TypedLine]) -> list[TypedLine]:
    """A text in which underlined headings of the first level have their sign before them."""
    code = is_code(lines)
    made: list[TypedLine] = []
    for n, line in enumerate(lines):
        is_under = not code[n] and n and re.fullmatch(r"={3,}[ \t]*", line.text) and not lines[n - 1].is_blank
        if is_under and (n < 2 or lines[n - 2].is_blank):
            made[-1] = made[-1].saying(f"# {made[-1].text.strip()}")
        else:
            made.append(line)
    return made


def _facts_of_first(documents: list[SourceDocument], head: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    """The facts of a book whose metadata stand in its first text; that text’s own title is its heading then."""
    first = documents[0]
    is_one_file = {document.file.partition("#")[0] for document in documents} == {first.file}
    if not is_one_file and not any(re.match(r"#\s", line.text) for line in first.lines):
        return {"lang": head.get("lang"), **metadata}
    if len(documents) > 1:
        kept = {k: v for k, v in first.head.items() if k not in ("title", "subtitle", "author", "date", "abstract")}
        documents[0] = replace(first, head=kept, title=words_in_head(head.get("title")))
    return {**head, **metadata}


def _unread(folder: SourceFolder, files: list[str]) -> Iterator[str]:
    yield from (name for name in folder.below("", OTHER_DOCUMENTS) if name not in files)


# ---- the order


def _ordered(folder: SourceFolder, defaults: Mapping[str, Any], defaults_file: str) -> Iterator[str]:
    """The files that `defaults.yaml` names, or all of them by name. Files for developers are no chapters."""
    named = defaults.get("input-files") or defaults.get("input-file")
    names = named if isinstance(named, list) else [named] if named else []
    for name in map(words_in_head, names):
        found = folder.resolve(name, defaults_file)
        if found is None or is_outside(found):
            folder.remark("import-outside" if found else "import-file-missing", defaults_file, name)
        elif found not in _METADATA and PurePosixPath(found).suffix.lower() not in (".yaml", ".yml"):
            yield found
    if not names:
        is_site = any(name in folder.files for name in SITES)
        files = (folder.below("docs", _SUFFIXES) if is_site else []) or folder.below("", _SUFFIXES)
        chapters = [file for file in files if PurePosixPath(file).stem.lower() not in _FOR_DEVELOPERS]
        yield from _parents_first(sorted(chapters or files, key=lambda file: _weights(folder, file)))


def _parents_first(files: list[str]) -> Iterator[str]:
    """Files in their order, but each before those in the folder of its name, as Notion exports pages with their own."""
    by_stem = {str(PurePosixPath(file).with_suffix("")): file for file in files}
    done: set[str] = set()
    for file in files:
        above = [by_stem[str(each)] for each in reversed(PurePosixPath(file).parents) if str(each) in by_stem]
        for each in (*above, file):
            if each not in done:
                done.add(each)
                yield each


def _weights(folder: SourceFolder, file: str) -> list[float]:
    """The places of a file and of the folders around it, the outermost first, as Docusaurus has them."""
    around = [f"{each}/_category_.json" for each in reversed(PurePosixPath(file).parents[:-1])]
    said = (re.search(r"\"position\":\s*([\d.]+)", folder.text(name) or "") for name in around if name in folder.files)
    return [*(float(match[1]) for match in said if match), _weight(folder, file)]


def _weight(folder: SourceFolder, file: str) -> float:
    """The place that other programs read in front matter; the same for all files that have none."""
    match = re.match(
        r"\A---\n(?:(?!---).*\n)*?(?:weight|sidebar_position|nav_order|order):\s*(\d+)", folder.text(file) or ""
    )
    return float(match[1]) if match else 1e9


def _metadata(folder: SourceFolder, defaults: Mapping[str, Any], defaults_file: str) -> tuple[dict[str, Any], str]:
    """What `defaults.yaml` and the files of metadata say, and the file that says most of it."""
    named = defaults.get("metadata-files") or defaults.get("metadata-file") or []
    names = [words_in_head(each) for each in (named if isinstance(named, list) else [named])]
    names = [name for name in names if name in folder.files] or [name for name in _METADATA if name in folder.files]
    found: dict[str, Any] = {key: defaults[key] for key in ("bibliography", "csl") if key in defaults}
    for name in names:
        text = (folder.text(name) or "").strip()
        is_block = text.startswith("---") and text.endswith(("---", "..."))
        found |= folder.yaml_of(text.strip("-.\n") if is_block else text, name)
    found |= defaults["metadata"] if isinstance(defaults.get("metadata"), dict) else {}
    return found, next(iter(names), defaults_file)


def _without_blocks_of_metadata(lines: list[TypedLine], folder: SourceFolder) -> tuple[list[TypedLine], dict[str, Any]]:
    """A text without the blocks of metadata that Pandoc allows anywhere, and what they say."""
    found: dict[str, Any] = {}
    code = is_code(lines)
    n = 0
    made: list[TypedLine] = []
    while n < len(lines):
        end = _end_of_block(lines, n) if not code[n] and (n == 0 or lines[n - 1].is_blank) else 0
        if end:
            found |= folder.yaml_of(
                "\n".join(line.text for line in lines[n + 1 : end]), lines[n].file, lines[n + 1].line
            )
            n = end + 1
            continue
        made.append(lines[n])
        n += 1
    return made, found


def _end_of_block(lines: list[TypedLine], start: int) -> int:
    """The closing line of a block of metadata that begins here; 0 if none does: a line of --- is a break too."""
    if lines[start].text.rstrip() != "---" or start + 1 >= len(lines):
        return 0
    if not re.match(r"[A-Za-z][\w-]*:(\s|$)", lines[start + 1].text):
        return 0
    ends = (n for n in range(start + 1, len(lines)) if lines[n].text.rstrip() in ("---", "..."))
    return next(ends, 0)
