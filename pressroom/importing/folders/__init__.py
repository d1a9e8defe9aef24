"""Folders of other programs: Quarto, bookdown, mdBook, MkDocs, MyST, Obsidian, blogs, Markdown as Pandoc reads it.

`source_folder` lists and reads the files, `gathering` collects what comes; a module of each program finds the order and
rewrites what our reader does not read, line by line (`typed_lines`), with blocks as a tree (`fences`). `assembly` takes
titles out, and gives pictures and links their names (`addresses`, `cross_references`). `source_words` reads it again.
Nothing is written here.
"""

from pressroom.importing.folders.bookdown import read_bookdown
from pressroom.importing.folders.mdbook import read_mdbook
from pressroom.importing.folders.mkdocs import read_mkdocs
from pressroom.importing.folders.myst import read_myst
from pressroom.importing.folders.obsidian import read_obsidian
from pressroom.importing.folders.pandoc import read_markdown
from pressroom.importing.folders.posts import read_posts
from pressroom.importing.folders.quarto import read_quarto

__all__ = [
    "read_bookdown",
    "read_markdown",
    "read_mdbook",
    "read_mkdocs",
    "read_myst",
    "read_obsidian",
    "read_posts",
    "read_quarto",
]
