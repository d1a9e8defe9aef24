"""Posts: the texts of a blog of Jekyll or Hugo, by their days or weights, without its templates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from pressroom.errors import Severity
from pressroom.importing.brought import Brought
from pressroom.importing.chapter_text import title_of_name
from pressroom.importing.folders.assembly import assemble
from pressroom.importing.folders.front_matter import split_head, words_in_head
from pressroom.importing.folders.gathering import Gathering, SourceDocument
from pressroom.importing.folders.ordered_files import keys_of
from pressroom.importing.folders.post_signs import PostSigns
from pressroom.importing.folders.source_folder import SourceFolder, read_folder_files
from pressroom.importing.folders.source_words import source_words
from pressroom.importing.folders.title_pages import title_page
from pressroom.importing.folders.typed_lines import TypedLine, typed

_SUFFIXES = (".md", ".markdown", ".mkd")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_DATED = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})-(?=.)")
_TEMPLATES = ("themes/", "layouts/", "archetypes/", "_layouts/", "_includes/", "_sass/", "_data/", "vendor/")
_FOR_DEVELOPERS = frozenset("readme license changelog contributing code_of_conduct 404".split())
_OF_SITES = frozenset(
    "layout categories category tags tag permalink image weight draft published slug url aliases type menu excerpt"
    " summary comments share header footer toc keywords images featured_image cover series math featureimage thumbnail"
    " redirect_from lastmod last_modified_at updated hidden nav_order parent has_children".split()
)
_SETTINGS = (
    "hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml", "config/_default/hugo.toml",
    "config/_default/config.toml", "_config.yml", "_config.yaml",
)  # fmt: skip


def read_posts(root: Path) -> Brought:
    """All that a blog gives. Raises PressroomError if there is nothing to read."""
    folder = read_folder_files(root)
    settings_file = next((name for name in _SETTINGS if name in folder.files), "")
    settings = _settings(folder, settings_file)
    is_hugo = bool(folder.below("content", _SUFFIXES))
    gathering = Gathering(folder, "static" if is_hugo else "")
    files = [file for file in folder.below("content" if is_hugo else "", _SUFFIXES) if _is_text(file)]
    texts = {file: split_head(typed(file, folder.text(file) or ""), folder) for file in files}
    kept = [file for file in files if not _is_draft(file, texts[file][0], folder)]
    signs = PostSigns(gathering, kept, keys_of(settings) | {"title": settings.get("title")})
    documents = [_document(file, *texts[file], signs) for file in sorted(kept, key=lambda f: _order(f, texts[f][0]))]
    documents = list(_in_sections(documents)) if is_hugo else documents
    author = keys_of(settings.get("author")).get("name") or settings.get("author")
    author = author or keys_of(settings.get("params")).get("author")
    facts = {"title": settings.get("title"), "description": settings.get("description"),
             "author": keys_of(author).get("name") or author, "rights": settings.get("copyright"),
             "language": settings.get("lang") or settings.get("languageCode") or settings.get("locale")}  # fmt: skip
    about = title_page(gathering, facts, settings_file, ())
    return assemble(gathering, documents, about, source_words(folder, [each.file for each in documents]))


def _settings(folder: SourceFolder, file: str) -> dict[str, Any]:
    if not file.endswith(".toml"):
        return folder.yaml(file) if file else {}
    try:
        return tomllib.loads(folder.text(file) or "")
    except tomllib.TOMLDecodeError as fault:
        folder.remark("import-yaml", file, f"This is not TOML: {fault}")
        return {}


def _is_text(file: str) -> bool:
    """Whether a file is a text of the blog, and no template and no note for developers."""
    name = PurePosixPath(file).stem.lower()
    return not file.startswith(_TEMPLATES) and name not in _FOR_DEVELOPERS


def _is_draft(file: str, head: dict[str, Any], folder: SourceFolder) -> bool:
    is_one = file.startswith("_drafts/") or _said(head, "draft") == "true" or _said(head, "published") == "false"
    if is_one:
        folder.remark("import-unfinished", file, file, severity=Severity.ADVICE)
    return is_one


def _said(head: dict[str, Any], key: str) -> str:
    return words_in_head(head.get(key)).lower()


def _order(file: str, head: dict[str, Any]) -> tuple[Any, ...]:
    """The place of a text: pages behind posts, sections together, then by weight, day and name."""
    path = PurePosixPath(file)
    dated = _DATED.match(path.name)
    day = _DAY.match(words_in_head(head.get("date")))
    weight = re.fullmatch(r"\d+(?:\.\d+)?", _said(head, "weight"))
    section = _section(file)
    is_front = path.stem == "_index" and not section
    is_page = not dated and not day and not section
    place = float(weight[0]) if weight and float(weight[0]) else 1e9
    return (not is_front, is_page, section, path.stem != "_index", place, day[0] if day else dated[1] if dated else "",
            file)  # fmt: skip


def _section(file: str) -> str:
    """The section of a site of Hugo that a text is in: the first folder below `content`."""
    parts = PurePosixPath(file).parts
    return parts[1] if parts[0] == "content" and len(parts) > 2 else ""


def _in_sections(documents: Sequence[SourceDocument]) -> Iterator[SourceDocument]:
    """The texts of a site of Hugo, with its sections as parts if there are several."""
    sections = list(dict.fromkeys(filter(None, (_section(each.file) for each in documents))))
    seen: set[str] = set()
    for each in documents:
        section = _section(each.file)
        part = title_of_name(section) if section and len(sections) > 1 and section not in seen else ""
        seen.add(section)
        is_after = not section and bool(seen - {""}) and len(sections) > 1
        yield SourceDocument(each.file, each.lines, each.head, each.title, part, each.role, is_after, each.name)


def _document(file: str, head: dict[str, Any], lines: list[TypedLine], signs: PostSigns) -> SourceDocument:
    dated = _DATED.match(PurePosixPath(file).name)
    day = _DAY.match(words_in_head(head.get("date")))
    kept = {key: value for key, value in head.items() if key.lower() not in _OF_SITES}
    if day or dated:
        kept["date"] = day[0] if day else dated[1] if dated else ""
    path = PurePosixPath(file)
    stem = path.parent.name if path.stem in ("index", "_index") else path.stem
    name = _DATED.sub("", stem)
    return SourceDocument(file, tuple(signs.written(lines, head)), kept, title_of_name(name), name=name)
