"""The house: which room may import from which, and who alone may print, write, or call a library."""

import ast
import functools
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Publish
from package_source import FILES, PACKAGE, nodes

ROOT = PACKAGE.parent

STOREYS = (
    ("errors", "drafts"),
    ("keeping", "machine", "whereabouts"),
    ("processes", "judges"),
    ("language", "contrast", "css", "xhtml", "forms", "inspection"),
    ("publication",),
    ("rules", "pacing"),
    ("settings", "manuscript", "photographs"),
    ("design",),
    ("cover", "typeset", "epub"),
    ("pdf", "fixed"),
    ("preflight",),
    ("reports",),
    ("production", "scaffold", "importing"),
    ("preview", "catalogue"),
    ("api", "cli"),
    ("__main__",),
)
"""From left to right. A room imports only from storeys before its own."""
STOREY = {room: n for n, rooms in enumerate(STOREYS) for room in rooms}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [file for file in FILES if file != PACKAGE / "__init__.py"]


@functools.cache
def imported(file: Path) -> tuple[str, ...]:
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [f"{node.module}.{a.name}" for a in node.names] if node.module == "pressroom" else [node.module]
            )


def test_every_room_has_its_storey() -> None:
    assert {room_of(f) for f in modules()} == set(STOREY)


@pytest.mark.parametrize("room", STOREY)
@pytest.mark.slow
def test_rooms_import_only_from_the_left(room: str) -> None:
    others = {other for other in STOREY if other != room and STOREY[other] >= STOREY[room]}
    asked = [(file, name) for file in modules() if room_of(file) == room for name in imported(file)]
    assert asked
    wrong = [
        f"{file.relative_to(PACKAGE)} must not import {name}" for file, name in asked if named_room(name) in others
    ]
    assert wrong == []


def named_room(name: str) -> str:
    """The room that an import names; “” for one of another package."""
    package, _, inside = name.partition(".")
    return inside.partition(".")[0] if package == "pressroom" else ""


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("ebooklib", "epub/package.py"),
        ("weasyprint", "typeset/engine/"),
        ("PIL", ("photographs", "typeset/engine/")),
        ("markdown_it", "manuscript"),
        ("nh3", "manuscript/rawhtml.py"),
        ("math_core", "manuscript/latex.py"),
        ("ziamath", "design/drawn_formulas.py"),
        ("citeproc", "manuscript/citations.py"),
        ("bibtexparser", "manuscript/bibliography.py"),
        ("tinycss2", ("css.py", "typeset/engine/")),
        ("cssselect2", ("css.py", "photographs/drawing_styles.py")),
        ("wasmtime", "photographs/drawing_renderer.py"),
        (
            "jinja2",
            ("design/templates.py", "reports/cataloguepage.py", "reports/contactsheet.py", "reports/lighttable.py"),
        ),
        ("ruamel", ("forms/yaml_reading.py", "preview/yaml_surgery.py")),
        ("watchfiles", "preview/watching.py"),
        ("http", "preview/server.py"),
        ("rich", ("cli/progress_bars.py", "cli/terminal.py")),
        ("argparse", "cli"),
        ("mammoth", ("importing/office/docx_reading.py", "importing/office/symbol_letters.py")),
        ("shtab", "cli/verbs.py"),
        ("distributed", "catalogue/cluster.py"),
        ("language_tags", "language/bcp47.py"),
        ("langcodes", "language/bcp47.py"),
        ("anyascii", "language/transliteration.py"),
        ("babel", "language/dates.py"),
        ("uharfbuzz", "design/font_subset.py"),
    ],
)
def test_a_library_is_called_at_its_door(library: str, room: str | tuple[str, ...]) -> None:
    users = {
        file.relative_to(PACKAGE).as_posix()
        for file in modules()
        if any(name.split(".")[0] == library for name in imported(file))
    }
    assert users
    assert all(user.startswith(room) for user in users), users


ENGINE_NAMES = frozenset(
    "_box _page_box _tags all_children analysis at_keyword border_box_x border_box_y border_height border_width"
    " canvas_background content_box_x content_box_y element_tag get_first_line get_intrinsic_size hit_area is_leader"
    " justification_spacing link_annotation margin_bottom margin_height margin_left margin_right margin_top"
    " margin_width padding_box_x padding_box_y padding_height padding_width pango_layout position_x position_y"
    " reactivate replacement transformation_matrix".split()
)
"""What WeasyPrint calls what it keeps to itself: its next release may call it otherwise."""
ENGINE_CLASS = re.compile(r"(Block|Flex|FootnoteArea|Grid|Inline|Line|Margin|Page|Parent|Replaced|Table|Text)\w*Box")
BOX_READERS = ("typeset/boxes/", "typeset/engine/")


def engine_names(file: Path) -> Iterator[str]:
    """What a module mentions of the page engine's boxes: fields, names of classes, properties of a box's style."""
    for node in nodes(file):
        if isinstance(node, ast.Attribute) and node.attr in ENGINE_NAMES:
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in ENGINE_NAMES or ENGINE_CLASS.fullmatch(node.value):
                yield node.value
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "style":
            yield "style[…]"


@pytest.mark.slow
def test_the_boxes_of_the_page_engine_are_read_in_one_place() -> None:
    laying_out = [file for file in modules() if STOREY[room_of(file)] >= STOREY["typeset"]]
    named = {file.relative_to(PACKAGE).as_posix(): set(engine_names(file)) for file in laying_out}
    assert named["typeset/boxes/box_reader.py"] > {"_page_box", "hit_area", "FootnoteAreaBox", "style[…]"}
    assert {file: found for file, found in named.items() if found and not file.startswith(BOX_READERS)} == {}


@pytest.mark.slow
def test_only_build_writes_products_and_only_cli_prints() -> None:
    for file in modules():
        text = file.read_text("utf-8")
        assert not re.search(r"\bprint\(", text) or room_of(file) == "cli", file
        if ".write_bytes(" in text or "os.fdopen(" in text:
            assert room_of(file) in ("production", "photographs", "keeping"), file


FORMS_OF_EDITION = {"EpubEdition", "PdfEdition", "CoverEdition", "FixedPages"}


def test_only_publication_checks_the_type_of_an_edition() -> None:
    """A new form is added in one place: everybody else asks an edition what it does, and not what it is."""
    asking = [
        f"{file.relative_to(PACKAGE)}:{call.lineno}"
        for file in modules()
        if room_of(file) != "publication"
        for call in nodes(file)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "isinstance"
        if FORMS_OF_EDITION & {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(call.args[1])}
    ]
    assert asking == []


def test_no_module_outgrows_its_room() -> None:
    for file in modules():
        assert file.read_text("utf-8").count("\n") <= 500, file


LIBRARIES = (
    "anyascii babel ebooklib fontTools jinja2 langcodes language_tags lxml markdown_it nh3 pikepdf PIL pydantic"
    " pypdfium2 rich ruamel tinycss2 uharfbuzz weasyprint"
).split()

ONLY_WHERE_FILES_ARE_MADE = {"ebooklib", "pikepdf", "pypdfium2", "weasyprint"}


def loaded_by(code: str) -> set[str]:
    """The libraries that a program has loaded in a process of its own."""
    told = f"import atexit, sys; atexit.register(lambda: print('loaded:', *sys.modules)); {code}"
    ran = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {*LIBRARIES, *ONLY_WHERE_FILES_ARE_MADE} & set(ran.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "typed", ["--help", "--version", "build --help", "check --help", "layouts copy --help", "batch --help"]
)
@pytest.mark.slow
def test_help_waits_for_no_library(typed: str) -> None:
    assert loaded_by(f"from pressroom.cli import main; main({typed.split()})") == set()


@pytest.mark.slow
def test_an_order_is_described_before_any_library_is_loaded() -> None:
    assert loaded_by("import pressroom.production as p; p.Report(products=[p.Order, p.Product])") == set()
    assert loaded_by("import pressroom.cli.verbs") == set()
    assert loaded_by("import pressroom; pressroom.build, pressroom.check, pressroom.Report, pressroom.Finding") == set()


@pytest.mark.slow
def test_a_publication_is_checked_without_what_makes_files(publication: Publish) -> None:
    settings = "title: T\nlanguage: en-GB\neditions: {ebook: {format: epub}, print: {format: pdf, trim: a5}}\n"
    root = str(publication(settings=settings))
    loaded = loaded_by(f"from pressroom.cli import main; assert main(['check', '--root', {root!r}]) == 0")
    assert "pydantic" in loaded
    assert loaded & (ONLY_WHERE_FILES_ARE_MADE | {"language_tags", "langcodes", "rich"}) == set()


@pytest.mark.slow
def test_who_writes_an_ebook_waits_for_no_page_engine_and_no_registry_of_languages() -> None:
    late = {"weasyprint", "language_tags", "langcodes", "babel"}
    assert not late & loaded_by("import pressroom.cli.verbs, pressroom.epub, pressroom.production.conductor")


@pytest.mark.slow
@pytest.mark.parametrize("room", [room for room in STOREY if room != "__main__"])
def test_any_room_may_be_entered_first(room: str) -> None:
    ran = subprocess.run([sys.executable, "-c", f"import pressroom.{room}"], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()


MARKUP = re.compile(
    r"<[/!a-z([\\]|href|src\b|id=|url\b|url\(|@import|@font|font[-(]|pictures/|--\[?[a-z(]", re.IGNORECASE
)
"""What the pattern of a regular expression has in it that is after tags, attributes or declarations."""
GROUPS = re.compile(r"\(\?(P?<[\w=!]+>?|P=)")
READ_AS_TYPED = {
    "importing/folders/addresses.py": "pictures and players that authors typed as HTML among Markdown",
    "importing/folders/assembly.py": "comments that authors typed above a title",
    "importing/folders/critic_markup.py": "remarks of CriticMarkup, which stand between {>> and <<}",
    "importing/folders/folded_texts.py": "passages that authors typed as HTML among Markdown",
    "importing/folders/mdbook_texts.py": "boxes that authors of mdBook type as HTML among Markdown",
    "importing/folders/mdx_texts.py": "components that authors typed among Markdown, which are no HTML",
    "importing/folders/mkdocs.py": "a line on copyright in settings, which authors type as HTML",
    "importing/folders/mkdocs_texts.py": "figures that authors typed as HTML around Markdown",
    "importing/folders/myst.py": "targets in lists of contents, which stand between < and >",
    "importing/folders/myst_directives.py": "pictures that authors typed as HTML in a directive",
    "importing/folders/myst_roles.py": "targets of roles, which stand between < and >",
    "importing/folders/pandoc.py": "shortcodes, and boxes that authors of Notion type as HTML among Markdown",
    "importing/folders/pandoc_signs.py": "addresses of Markdown between < and >",
    "importing/folders/ordered_files.py": "shortcodes, which stand between < and >",
    "importing/folders/post_signs.py": "shortcodes, which stand between < and >",
    "importing/folders/shortcodes.py": "shortcodes, which stand between < and >",
    "importing/folders/source_words.py": "what authors typed as HTML and no reader sees",
    "importing/folders/typed_lines.py": "comments that authors typed, in which nothing is rewritten",
    "importing/html_source.py": "pages of others before they are a tree: doctypes, tags nested without end",
    "importing/words_kept.py": "tags that Markdown may have inside a word, past which words are counted",
    "language/typography.py": "code and addresses that authors typed into a text, which are left as they are",
    "manuscript/block_begins.py": "comments that authors typed before the words of a paragraph",
    "manuscript/block_ends.py": "HTML that authors typed and never closed",
    "manuscript/block_spellings.py": "tags that authors typed around Markdown, which say that it is to be read",
    "manuscript/chapter_heads.py": "comments that authors typed above a title",
    "manuscript/labelling.py": "ids in HTML that authors typed",
    "manuscript/open_tags.py": "tags that authors typed inside a line, which lack their other half",
    "manuscript/spellings.py": "guillemets that authors typed as two signs, << and >>",
    "manuscript/printed_text.py": "HTML as authors typed it, whose text is looked at for what is no text",
    "manuscript/rawhtml.py": "HTML as authors typed it, before it is made sound",
    "manuscript/typesetting.py": "tags that authors typed inside a line, of which no tree can be made",
    "manuscript/written.py": "comments in HTML that authors typed",
    "photographs/metadata.py": "what cameras write where a caption belongs",
    "photographs/xmp.py": "where in a packet of bytes the metadata begins",
}
"""The modules whose expressions read other things than our XHTML and style sheets."""


def patterns(file: Path) -> Iterator[str]:
    """The regular expressions of a module, as far as they are written where they are used."""
    for node in nodes(file):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).startswith("re."):
            texts = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
            yield "".join(text for text in texts if isinstance(text, str))


@pytest.mark.slow
def test_no_regular_expression_reads_xhtml_or_css() -> None:
    """Trees and tokens know comments, escapes, strings and the order of attributes; expressions guess."""
    found = {
        file.relative_to(PACKAGE).as_posix(): pattern
        for file in modules()
        for pattern in patterns(file)
        if MARKUP.search(GROUPS.sub("(", pattern))
    }
    assert found.keys() == READ_AS_TYPED.keys(), found


@pytest.mark.parametrize(
    ("pattern", "reads"),
    [
        (r"<[^>]*>", True),
        (r"(<h)([1-6])\b", True),
        (r"\sid=\"([^\"]+)\"", True),
        (r"\bfont(?:-weight)?\s*:", True),
        (r"--rows: (\d+)", True),
        (r"url\(\s*", True),
        (r"(?<![a-z])(?P<year>\d{4})(?P=year)", False),
        (r"(?<=\w)-{2,3}", False),
    ],
)
def test_an_expression_after_markup_is_known(pattern: str, reads: bool) -> None:  # noqa: FBT001  # a case
    assert bool(MARKUP.search(GROUPS.sub("(", pattern))) == reads
