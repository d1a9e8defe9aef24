"""Arguments: the verbs of the command line, and what each may be given."""

from __future__ import annotations

import argparse
from pathlib import Path

from pressroom import __version__
from pressroom.publication.edition_form import PRINTERS

VERBS = ("build", "check", "photos", "layouts", "init", "doctor")


def parser() -> argparse.ArgumentParser:
    """All verbs with all that they may be given."""
    common = _common()
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument(
        "--edition", action="append", default=[], metavar="NAME", help="only this edition; may be repeated"
    )
    status = chosen.add_mutually_exclusive_group()
    status.add_argument(
        "--draft", dest="final", action="store_false", default=None, help="missing photographs become placeholders"
    )
    status.add_argument(
        "--final", dest="final", action="store_true", default=None, help="missing photographs are errors"
    )
    whole = argparse.ArgumentParser(
        prog="pressroom",
        description="Build an EPUB and press-ready PDFs from captioned photographs and text.",
        epilog="Exit codes: 0 made, 1 the publication has faults, 2 the command line, 3 the machine lacks something.",
    )
    whole.add_argument("--version", action="version", version=f"pressroom {__version__}")
    verbs = whole.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = verbs.add_parser("build", parents=[common, chosen], help="make the products (the default)")
    make.add_argument("--out", type=Path, metavar="DIR", help="folder for the products (else dist/)")
    make.add_argument(
        "--jobs",
        type=_positive,
        default=1,
        metavar="N",
        help="how many units to lay out at once (accepted; work is serial as yet)",
    )
    check = verbs.add_parser(
        "check", parents=[common, chosen], help="tell what is wrong with a publication, or with a finished PDF"
    )
    check.add_argument("file", nargs="?", type=Path, metavar="FILE.pdf", help="a finished PDF, made here or elsewhere")
    check.add_argument(
        "--printer",
        metavar="NAME",
        help=f"hold the finished PDF against a printer’s rules: {', '.join(PRINTERS)}, or one of assets/printers",
    )
    check.add_argument("--report", type=Path, metavar="FILE.html", help="write its pages with what was found, as HTML")
    check.add_argument("--typography", action="store_true", help="list every quote, dash and space that is set anew")
    photos = verbs.add_parser("photos", parents=[common, chosen], help="tell what each photograph says, and where from")
    photos.add_argument("--report", action="store_true", help="write a contact sheet, one page of HTML")
    photos.add_argument("--missing", action="store_true", help="write the list of photographs to come, as CSV and text")
    photos.add_argument("--out", type=Path, metavar="DIR", help="folder for these papers (else dist/)")
    _layouts_parser(verbs.add_parser("layouts", parents=[common], help="list the layouts, or take one home"))
    init = verbs.add_parser("init", parents=[common], help="begin a small publication in a new folder")
    init.add_argument("folder", type=Path, metavar="FOLDER")
    verbs.add_parser("doctor", parents=[common], help="tell what this machine lacks, and the command that brings it")
    return whole


def _common(**default: str) -> argparse.ArgumentParser:
    """What every verb may be given."""
    common = argparse.ArgumentParser(add_help=False, **default)  # type: ignore[arg-type]  # a default of any kind
    common.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    common.add_argument(
        "--root", type=Path, metavar="DIR", help="the publication’s folder (else found upward from here)"
    )
    return common


def _layouts_parser(verb: argparse.ArgumentParser) -> None:
    inner = verb.add_subparsers(dest="what", metavar="copy")
    said_before = _common(argument_default=argparse.SUPPRESS)  # else `layouts --json copy` would forget it
    copy = inner.add_parser("copy", parents=[said_before], help="copy a layout, or some of its files, into layouts/")
    copy.add_argument("name", metavar="NAME", help="the layout to copy")
    copy.add_argument("--to", default="", metavar="NAME", help="what the copy is called (else as the layout)")
    copy.add_argument("--only", nargs="+", default=[], metavar="FILE", help="only these files of it")


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1")
    return int(text)
