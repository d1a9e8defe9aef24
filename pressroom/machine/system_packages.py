"""System packages: what the programs and libraries that a build can use are called in each package manager.

Names of Pango’s packages are those of WeasyPrint’s installation guide (First Steps), for each system that it names.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Find = Callable[[str], object]
"""Finds a program on this machine, as `shutil.which` does."""
_LINUX = ("apt-get", "dnf", "zypper", "pacman", "apk")
_INSTALL = {
    "apt-get": "apt-get install --yes",
    "dnf": "dnf install --assumeyes",
    "zypper": "zypper --non-interactive install",
    "pacman": "pacman -S --noconfirm",
    "apk": "apk add",
    "brew": "brew install",
    "winget": "winget install --exact --id",
    "msys2": r"C:\msys64\usr\bin\bash -lc 'pacman -S --noconfirm {}'",
}
"""How each manager installs packages without asking."""
_NAMES = {
    "Pango": {
        "apt-get": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "dnf": "pango",
        "zypper": "libpango-1_0-0 libharfbuzz-subset0",
        "pacman": "pango",
        "apk": "so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libfontconfig.so.1 so:libharfbuzz-subset.so.0",
        "brew": "pango",
        "winget": "MSYS2.MSYS2",
        "msys2": "mingw-w64-ucrt-x86_64-pango",
    },
    "Java": {
        "apt-get": "default-jre-headless",
        "dnf": "java-latest-openjdk-headless",
        "zypper": "java-21-openjdk-headless",
        "pacman": "jre-openjdk-headless",
        "apk": "openjdk21-jre-headless",
        "brew": "openjdk",
        "winget": "EclipseAdoptium.Temurin.21.JRE",
    },
    "qpdf": {
        **dict.fromkeys(("apt-get", "dnf", "zypper", "pacman", "apk", "brew"), "qpdf"),
        "winget": "QPDF.QPDF",
    },
}
"""What each thing is called; on Windows, Pango needs two commands, of winget and in MSYS2."""


@dataclass(frozen=True)
class PackageManager:
    """The package manager of a system, by which a person installs what a build needs."""

    name: str
    """The program: apt-get, dnf, zypper, pacman, apk, brew or winget; “” where none is known."""
    is_root: bool = False
    """Whether who types the commands may install without sudo."""

    def commands(self, things: Iterable[str]) -> tuple[str, ...]:
        """The commands that install things (“Pango”, “Java”, “qpdf”), as few as the manager allows."""
        wanted = tuple(things)
        if self.name == "winget":
            single = [(manager, _named(thing, manager)) for thing in wanted for manager in ("winget", "msys2")]
            return tuple(self._command(manager, names) for manager, names in single if names)
        names = " ".join(filter(None, (_named(thing, self.name) for thing in wanted)))
        return (self._command(self.name, names),) if names else ()

    def remedy(self, thing: str) -> str:
        """The same for one thing as a sentence may have it; where no manager is known, what to look for."""
        return ", then: ".join(self.commands([thing])) or f"install the package that holds {thing}"

    def _command(self, manager: str, names: str) -> str:
        install = _INSTALL[manager]
        command = install.format(names) if "{}" in install else f"{install} {names}"
        return command if self.is_root or manager not in _LINUX else f"sudo {command}"


def package_manager(platform: str = sys.platform, find: Find = shutil.which) -> PackageManager:
    """The package manager of this system."""
    if platform == "win32":
        return PackageManager("winget")
    known = ("brew",) if platform == "darwin" else _LINUX
    name = next((name for name in known if find(name)), "brew" if platform == "darwin" else "")
    return PackageManager(name, is_root=hasattr(os, "geteuid") and os.geteuid() == 0)


def _named(thing: str, manager: str) -> str:
    return _NAMES.get(thing, {}).get(manager, "")
