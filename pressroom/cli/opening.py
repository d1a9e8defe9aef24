"""Opening: shows products with the programs that this system has for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pressroom import production
from pressroom.cli.terminal import Terminal
from pressroom.errors import advice
from pressroom.machine import PLACE


def open_products(report: production.Report, terminal: Terminal) -> None:
    """Open each product, the way a double click does. Where the system has no way, that is a piece of advice."""
    unopened = [product.path.name for product in report.products if not _open(product.path)]
    if unopened:
        why = f"Nothing on this machine opens {', '.join(unopened)}."
        finding = advice("open-failed", PLACE, why, "Install a viewer for it, or open it on another machine.")
        report.findings.append(finding)
        terminal.show([finding])


def _open(path: Path) -> bool:
    """Hand a file to its program, and do not wait for that. Whether it was taken."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a product that was just made here
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    quiet = subprocess.DEVNULL
    return subprocess.run([opener, path], stdout=quiet, stderr=quiet, timeout=30, check=False).returncode == 0  # noqa: S603
