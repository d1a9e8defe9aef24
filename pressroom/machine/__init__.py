"""The machine: what a build needs beyond Python packages, and the commands that install it."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import hashlib
import io
import os
import shutil
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pressroom.errors import MachineError, Place, error
from pressroom.machine.system_packages import PackageManager, package_manager

PLACE = Place("this machine")
_FONT_FOLDERS = tuple(map(Path, (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/etc/fonts",
    "/Library/Fonts", "~/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts",
)))  # fmt: skip
"""Where fontconfig and the systems keep fonts, and the settings of fontconfig."""
LIBRARIES = tuple(map(Path, ("/etc/ld.so.cache", "/opt/homebrew/lib", "/usr/local/lib")))
"""Files and folders that change when Pango or another library of the system does."""
_SELDOM = (100_000, 50, 100)
"""How many objects are made before Python looks for unused ones, and how often it then looks at those made earlier."""


@dataclass(frozen=True)
class Need:
    """A program or library that a build can use, whether it is installed, and how to install it."""

    name: str
    what_for: str
    is_there: bool
    remedy: str
    needed: bool = True
    """False for what makes a build better or faster, or what only tests use."""
    package: str = ""
    """What package managers are asked for; “” where none has it."""


def needs(manager: PackageManager | None = None) -> Iterator[Need]:
    """Look for everything that the machine may lack. `manager` is what installs it; None stands for this system's."""
    installs = manager or package_manager()

    def need(name: str, what_for: str, *, is_there: bool, needed: bool = False, package: str = "") -> Need:
        thing = package or name
        return Need(name, what_for, is_there, installs.remedy(thing), needed, thing)

    version = ".".join(str(n) for n in sys.version_info[:3])
    is_new = sys.version_info >= (3, 11)
    yield Need("Python 3.11", f"everything (this is {version})", is_new, "install Python 3.11 or newer")
    yield need("Pango", "PDFs: it sets the type", is_there=has_pango(), needed=True)
    if has_pango():
        faster = "PDFs: it takes the letters in use out of fonts, faster than without it"
        yield need("HarfBuzz-Subset", faster, is_there=has_harfbuzz_subset(), package="Pango")
    yield need("Java", "check --judge, and tests: veraPDF and epubcheck run on it", is_there=bool(shutil.which("java")))


def load_page_engine(module: str) -> ModuleType:
    """Import a module that needs Pango. Raises MachineError with the command that installs Pango."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), _libraries_by_their_names():
            # WeasyPrint prints advice of its own, and warns of what `needs` names with a command.
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
            return import_module(module)
    except OSError as fault:
        why = f"PDFs cannot be made: Pango, which sets the type, is not installed ({_first_line(fault)})."
        raise MachineError([error("pango-missing", PLACE, why, f"Type: {pango_remedy()}")]) from None


def pango_remedy() -> str:
    """The command that installs Pango on this system."""
    return package_manager().remedy("Pango")


@contextlib.contextmanager
def _libraries_by_their_names() -> Iterator[None]:
    """A block in which Linux itself finds libraries, by the names of their files, which the page engine knows too.

    Else dozens of programs would be started, a C compiler among them, to look for other names.
    """
    import ctypes.util  # noqa: PLC0415 - nothing else needs it

    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = find


def has_pango() -> bool:
    """Whether Pango is installed, and can be loaded."""
    try:
        load_page_engine("weasyprint")
    except MachineError:
        return False
    return True


def has_harfbuzz_subset() -> bool:
    """Whether the library is installed by which the page engine takes the letters in use out of fonts."""
    return load_page_engine("weasyprint.text.ffi").harfbuzz_subset is not None


def cores() -> int:
    """The number of processes that this one may run side by side, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@contextlib.contextmanager
def looking_seldom_for_unused_objects() -> Iterator[None]:
    """A block in which Python seldom looks for objects that nothing uses: a layout makes millions that all are used.

    At its own pace, that would be a fifth of the time of a build; the memory that it needs stays the same.
    """
    usual = gc.get_threshold()
    look_seldom_for_unused_objects()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def look_seldom_for_unused_objects() -> None:
    """The same for the rest of a process."""
    gc.set_threshold(*_SELDOM)


def fonts_stamp(folders: Iterable[Path] | None = None) -> str:
    """A hash of the folders of fonts on this machine: it changes when a font is installed or removed.

    A letter that the fonts of a publication lack is set in one of the machine's.
    """
    stamp = hashlib.sha256()
    for folder in _FONT_FOLDERS if folders is None else folders:
        for path, _, files in os.walk(folder.expanduser()):
            stamp.update(f"{path} {Path(path).stat().st_mtime_ns} {len(files)}\n".encode("utf-8", "surrogateescape"))
    return stamp.hexdigest()[:16]


def _first_line(fault: Exception) -> str:
    return str(fault).split("\n")[0].split(":")[0][:80]


def today() -> dt.date:
    """The date by the clock of this machine, in its time zone; also where TZ names a zone that cannot be."""
    return dt.date(*time.localtime()[:3])
