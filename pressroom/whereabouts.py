"""Whereabouts: where a publication has its files, what does not belong there, and what comes with the builder.

Imports nothing heavy, so that the command line can be read and help be given at once.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from pressroom.errors import Finding, Place, PressroomError, UsageError, did_you_mean, error

SETTINGS_FILE = "book/publication.yaml"
"""The file of a publication’s settings, by which its folder is known."""
CACHE = ".pressroom"
"""The folder in a publication for what is kept between builds."""
INPUTS = ("book", "layouts", "assets")
"""The folders of a publication that a build reads."""
REPORT_OF_IMPORT = "<!-- A report of pressroom import, and no chapter. -->"
"""The first line of a report that lies beside the chapters, by which it is told from them."""
PRODUCTS = "dist"
"""The folder in a publication for what is made, unless another is named."""
TEMPLATES = ("story", "album", "book", "report")
"""The books that `init` begins with; the first one if none is named."""
PRINTERS = ("bod", "ingramspark", "kdp", "lulu", "offset")
"""The printers whose rules come with Pressroom; a publication adds its own in assets/printers."""
CHAPTERS = (".md", ".markdown", ".txt")
"""How the names of chapters end."""
MOST_BYTES = 10_000_000
"""Bytes of a chapter, or of settings: a long novel has a tenth of them."""
BEGIN = "pressroom init FOLDER (with --from, of photographs or a text)"
"""The command that begins a publication, as messages say it."""
_HERE = Path(__file__).parent
BUILTIN = _HERE / "builtin" if (_HERE / "builtin").is_dir() else _HERE.parent
"""The folder of built-in layouts and profiles: inside the package if it was installed from a wheel, beside it in a
checkout.
"""


def missing_settings(root: Path, shown: str) -> tuple[str, str]:
    """What is said of a folder without publication.yaml, and what to do: it may be there under another name."""
    if not root.is_dir():
        near = did_you_mean(root.name, (each.name for each in root.parent.glob("*/"))) if root.parent.is_dir() else ""
        return f"There is no folder {shown}.", near or "Name the folder of a publication with --root."
    why = f"There is no {SETTINGS_FILE} in {shown}, so there is no publication to work on."
    for file in sorted(each for each in (*root.glob("*"), *root.glob("book/*")) if each.is_file()):
        if re.fullmatch(r"publication\.ya?ml(?:\.txt)?", file.name, re.IGNORECASE):
            if root.name == "book" and file.name == Path(SETTINGS_FILE).name:
                return why, f"The publication is the folder above: --root {root.parent}"
            return why, f"There is {file.relative_to(root).as_posix()}: call it {SETTINGS_FILE}."
    return why, f"Go to a publication’s folder, name it with --root DIR, or begin one: {BEGIN}"


def check_own(root: Path, out: Path | None = None) -> None:
    """Raise PressroomError where something in a publication is not its own. `out` is where products go, if not dist."""
    if faults := tuple(strays(root, out)):
        raise PressroomError(faults)


def check_named(path: Path) -> None:
    """Raise UsageError for a path of the command line that is neither file nor folder."""
    if not _is_plain(path):
        raise UsageError([_special(Place(str(path)))])


def strays(root: Path, out: Path | None = None) -> Iterator[Finding]:
    """Errors for what in a publication is not its own: links that lead out of it, pipes, devices and sockets, and texts
    that nobody can have written.

    It may come from strangers as an archive: a link would carry files of this machine into the products, or products
    to another place, and a pipe would never end.
    """
    unreadable: list[OSError] = []
    for path in dict.fromkeys((*_written(root, out), *_entries(root, unreadable))):
        place = Place(path.relative_to(root).as_posix())
        if path.is_symlink() and leads_out(path, root) and _matters(path):
            why = "This link leads out of the publication, which holds all that it is made of, and all that is made."
            yield error("link-outside", place, why, _instead_of(path, root))
        elif not _is_plain(path):
            yield _special(place)
        elif _is_large_text(path, root):
            why = f"This text has more than {MOST_BYTES // 1_000_000} MB; to read it takes minutes, and all memory."
            yield error("text-large", place, why, "Was another file saved under this name? Else divide it.")
    for fault in unreadable:
        place = Place(Path(fault.filename).relative_to(root).as_posix())
        why = f"This folder cannot be read: {fault.strerror}. All that lies in it would be missing."
        yield error("folder-unreadable", place, why, "Make it readable to whoever builds.")


def _special(place: Place) -> Finding:
    why = "This is a pipe, a device or a socket, and no file: reading it may never end."
    return error("file-special", place, why, "Take it away, or put a file there.")


def _instead_of(link: Path, root: Path) -> str:
    """What to do instead of a link that leads out."""
    if link.relative_to(root).parts[0] in INPUTS:
        return "Copy what it leads to into the publication, instead of linking."
    if link.is_relative_to(root / CACHE):
        return "Delete it: what is kept between builds is made again."
    return f"Delete it. Where products are to go elsewhere, type that folder: --out {os.path.realpath(link)}"


def _written(root: Path, out: Path | None) -> Iterator[Path]:
    """Links on the way to the folders that a build writes to, and all in the cache that is no file of its own."""
    asked = Path(os.path.abspath(out or root / PRODUCTS))  # noqa: PTH100 - links in it are to be seen
    ways = (root / PRODUCTS, root / CACHE, asked, *asked.parents)
    yield from (path for path in ways if path.is_relative_to(root) and path != root and path.is_symlink())
    if not (root / CACHE).is_symlink():
        yield from _odd(root / CACHE)


def _odd(folder: Path) -> Iterator[Path]:
    """What in a folder, and below it, is no file: links, pipes, devices and sockets."""
    with contextlib.suppress(OSError):  # who needs it will say so
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _odd(Path(entry))
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry)


def _entries(root: Path, unreadable: list[OSError]) -> Iterator[Path]:
    """The folders that a build reads, and all that lies in them. Links are not followed."""
    yield from (root / name for name in INPUTS if (root / name).is_symlink())
    for name in INPUTS:
        walk = os.walk(root / name, onerror=unreadable.append) if (root / name).exists() else ()
        for folder, folders, files in walk:
            yield from (Path(folder, entry) for entry in sorted((*folders, *files)))


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, with the links in it, leads out of a folder. Every room asks this, and says what follows."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _matters(link: Path) -> bool:
    """Whether a link can carry a file: one to a file that is not there can where files are made."""
    return link.name in (PRODUCTS, CACHE) or link.exists()


def _is_large_text(path: Path, root: Path) -> bool:
    is_settings = path.suffix.lower() == ".yaml"
    is_chapter = path.suffix.lower() in CHAPTERS and path.is_relative_to(root / "book")
    return (is_settings or is_chapter) and path.is_file() and path.stat().st_size > MOST_BYTES


def _is_plain(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:  # a link that leads nowhere: who needs it will miss it
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)
