"""The verbs that list and copy layouts."""

from __future__ import annotations

import argparse
from pathlib import Path

from pressroom import design, production, scaffold
from pressroom.cli.ordering import find_root, folder_here
from pressroom.cli.terminal import Terminal
from pressroom.errors import Place
from pressroom.whereabouts import BUILTIN, SETTINGS_FILE


def layouts(options: argparse.Namespace, root: Path | None, terminal: Terminal) -> production.Report:
    """List the layouts, or copy one."""
    if options.what == "copy":
        return _copy(options, find_root(options.root, root, Path.cwd()), terminal)
    report = production.Report()
    here = folder_here(options.root, root) or BUILTIN  # outside of a publication, the built-in layouts are listed
    found: list[design.Layout] = []
    for name in design.known_layouts(here):
        with production.collecting_errors(report):
            found.append(design.find_layout(name, here, Place(f"layouts/{name}")))
    terminal.say(design.listing(found))
    terminal.show(report.findings)
    terminal.also["layouts"] = design.as_json(found)
    return report


def _copy(options: argparse.Namespace, root: Path, terminal: Terminal) -> production.Report:
    """Copy a layout into the publication."""
    layout = design.find_layout(options.name, root, Place("NAME"))
    files = scaffold.copy_layout(layout, root, options.to, options.only)
    for file in files:
        terminal.say(f"  {file.relative_to(root)!s:<42} {design.purposes(file.name)}")
    if not options.only:
        terminal.say("Where to begin: shared.css holds colours and fonts, page.css sizes and positions.")
    if not options.to:
        terminal.say("The next build uses these files; delete one to use the layout’s own again.")
    else:
        terminal.say(
            f"Now write layout: {options.to} into {SETTINGS_FILE}, and give the copy a title in its layout.yaml."
        )
    terminal.also["copied"] = [str(file) for file in files]
    return production.Report()
