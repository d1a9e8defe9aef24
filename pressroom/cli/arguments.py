"""Arguments: the verbs of the command line, with their options and help texts."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from pressroom import __version__
from pressroom.catalogue.limits import Limits
from pressroom.cli.misspelt import OfferingParser, no_verb, unread
from pressroom.cli.quantities import clock_shift, duration, port, positive, scheduler, shard, size, variable
from pressroom.whereabouts import PRINTERS, TEMPLATES

VERBS = ("build", "check", "photos", "layouts", "init", "import", "preview", "doctor", "batch", "completion")
_BATCH = "build a catalogue: every publication in some folders, each in a process of its own"
SHELLS = ("bash", "zsh", "fish", "powershell")
_EXAMPLES = {
    "build": "pressroom build --edition print --final",
    "check": "pressroom check proof.pdf --printer ingramspark",
    "photos": "pressroom photos --report",
    "layouts": "pressroom layouts copy reader",
    "init": "pressroom init harbour --from ~/Pictures/harbour --language en-GB",
    "import": "pressroom import manuscript.docx",
    "preview": "pressroom preview --edition print",
    "doctor": "pressroom doctor",
    "batch": "pressroom batch titles --resume",
    "completion": "pressroom completion bash",
}
"""A command for each verb, which its help shows."""
_SOURCES = "photographs or a folder of them, a Word or OpenDocument text, a web page, an EPUB, or a folder of Markdown"
"""What can be imported."""


def parse(typed: Sequence[str]) -> argparse.Namespace:
    """What was typed as options; `build` is meant where no verb is named. Exits after a help text or a usage error."""
    arguments = list(typed)
    if arguments and not arguments[0].startswith("-") and arguments[0] not in VERBS:
        parser().error(no_verb(arguments[0], VERBS))
    if not arguments or (arguments[0] not in VERBS and arguments[0] not in ("-h", "--help", "-V", "--version")):
        arguments.insert(0, "build")
    whole = parser()
    options, words = whole.parse_known_args(_with_signs(arguments))
    if words:
        whole.error(unread(words, options.verb, whole))
    return options


def _with_signs(arguments: list[str]) -> list[str]:
    """The arguments with `--shift -1h` as `--shift=-1h`: argparse takes what begins with a hyphen for an option."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--shift" and re.match(r"-\d", argument):
            joined[-1] = f"--shift={argument}"
        else:
            joined.append(argument)
    return joined


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    whole = OfferingParser(
        prog="pressroom",
        description="Build an EPUB and press-ready PDFs from captioned photographs and text.",
        epilog="Exit codes: 0 made, 1 errors in the publication, 2 wrong command line, 3 the machine lacks something.",
    )
    whole.add_argument("-V", "--version", action="version", version=f"pressroom {__version__}")
    verbs = whole.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, *parents: OfferingParser, help: str) -> OfferingParser:
        sentence, example = f"{help[0].upper()}{help[1:]}.", f"Example: {_EXAMPLES[name]}"
        return verbs.add_parser(name, parents=list(parents), help=help, description=sentence, epilog=example)

    common, chosen = _common(), _chosen_editions()
    _build_options(verb("build", common, chosen, help="make the products (the default)"))
    _check_options(
        verb("check", common, chosen, help="report what is wrong with a publication, or with a finished PDF")
    )
    _photos_options(verb("photos", common, chosen, help="list the words of each photograph and where they come from"))
    _layouts_options(verb("layouts", common, help="list the layouts, or copy one into the publication"))
    _init_options(
        verb("init", _printing(), help="begin a publication in a new folder, also from photographs or a text")
    )
    _import_options(verb("import", common, help="bring photographs or texts of other programs into a publication"))
    _preview_options(verb("preview", common, chosen, help="show the pages in a browser, and follow every save"))
    _doctor_options(
        verb("doctor", common, help="report what is missing on this machine, and the command that installs it")
    )
    _batch_options(verb("batch", _printing(), chosen, help=_BATCH))
    shells = verb("completion", _printing(), help="print the script by which a shell completes commands")
    shells.add_argument("shell", choices=SHELLS, help="the shell; the guide says where its script goes")
    return whole


def _chosen_editions() -> OfferingParser:
    """The options of the verbs that work on editions."""
    chosen = OfferingParser(add_help=False)
    chosen.add_argument(
        "--edition", action="append", default=[], metavar="NAME", help="work on this edition only; may be repeated"
    )
    chosen.add_argument(
        "--set",
        dest="variables",
        action="append",
        default=[],
        type=variable,
        metavar="NAME=VALUE",
        help="give a variable of publication.yaml another value; may be repeated",
    )
    status = chosen.add_mutually_exclusive_group()
    status.add_argument(
        "--draft",
        dest="final",
        action="store_false",
        default=None,
        help="put placeholders where photographs are missing",
    )
    status.add_argument(
        "--final",
        dest="final",
        action="store_true",
        default=None,
        help="treat missing photographs and leftover markup as errors",
    )
    return chosen


def _build_options(build: argparse.ArgumentParser) -> None:
    """Add the options of `build`."""
    build.add_argument("--out", type=Path, metavar="DIR", help="folder for the products (default: dist/)")
    build.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help="how many units to lay out at once (default: the cores of this machine, which are also the most)",
    )
    build.add_argument("--no-cache", action="store_true", help="use nothing of earlier builds, and keep nothing")
    build.add_argument("--open", action="store_true", help="open what was made, with this system’s programs")


def _check_options(check: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    check.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a finished PDF, made here or elsewhere; an EPUB with --judge",
    )
    check.add_argument(
        "--judge", action="store_true", help="also ask the judges of this machine: veraPDF, qpdf, epubcheck, Ace"
    )
    check.add_argument(
        "--printer",
        metavar="NAME",
        help=f"check the finished PDF against a printer’s rules: {', '.join(PRINTERS)}, or one of assets/printers",
    )
    check.add_argument(
        "--report", type=Path, metavar="FILE.html", help="write its pages with the findings on them, as HTML"
    )
    check.add_argument(
        "--typography", action="store_true", help="list every quote, dash and space that typography changes"
    )


def _photos_options(photos: argparse.ArgumentParser) -> None:
    """Add the options of `photos`."""
    photos.add_argument("--report", action="store_true", help="write a contact sheet, one page of HTML")
    photos.add_argument("--missing", action="store_true", help="write the list of missing photographs, as CSV and text")
    photos.add_argument("--out", type=Path, metavar="DIR", help="folder for these files (default: dist/)")
    photos.add_argument(
        "--arrange",
        nargs="*",
        metavar="CHAPTER",
        help="write the places of pictures that have none into these chapters (default: into all)",
    )


def _common(**default: str) -> OfferingParser:
    """The options of the verbs that work on one publication."""
    common = _printing(**default)
    common.add_argument(
        "--root", type=Path, metavar="DIR", help="the publication’s folder (default: this one or the nearest above)"
    )
    return common


def _printing(**default: str) -> OfferingParser:
    """The options that every verb has: in which form the result is printed, and how much."""
    printing = OfferingParser(add_help=False, **default)  # type: ignore[arg-type]  # typeshed: **kwargs of mixed types
    form = printing.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        dest="form",
        action="store_const",
        const="json",
        default=default.get("argument_default", "text"),
        help="write one JSON object to standard output",
    )
    form.add_argument(
        "--format",
        dest="form",
        choices=("text", "json", "github", "sarif"),
        default=default.get("argument_default", "text"),
        help="print findings for people (the default), for programs, as annotations of GitHub, or as a SARIF log",
    )
    telling = printing.add_mutually_exclusive_group()
    telling.add_argument(
        "-q",
        "--quiet",
        dest="telling",
        action="store_const",
        const="little",
        default=default.get("argument_default", "usual"),
        help="print errors and warnings only",
    )
    telling.add_argument(
        "-v",
        "--verbose",
        dest="telling",
        action="store_const",
        const="all",
        default=default.get("argument_default", "usual"),
        help="print all findings, and every step with its time",
    )
    return printing


def _doctor_options(doctor: argparse.ArgumentParser) -> None:
    """Add the options of `doctor`."""
    doctor.add_argument(
        "--fix",
        action="store_true",
        help="print only the commands that install what is missing here; as comments, what a build can do without",
    )


def _batch_options(batch: argparse.ArgumentParser) -> None:
    """Add the options of `batch`."""
    option = batch.add_argument
    option("folders", nargs="+", type=Path, metavar="FOLDER", help="a publication, or a folder that holds some")
    option("--out", type=Path, metavar="DIR", help="one folder for the products of all (default: dist/ in each)")
    option("--jobs", type=positive, metavar="N", help="titles built at once (default: the cores, if memory allows)")
    most = Limits()
    option("--memory", type=size, metavar="2GB", default=most.memory, help="memory a title may use (default: 4GB)")
    option("--time", type=duration, metavar="10min", default=most.seconds, help="time a title may take (default: 1h)")
    option("--resume", action="store_true", help="skip the titles that the ledger has as made")
    option("--ledger", type=Path, metavar="FILE", help="the ledger (default: .pressroom-batch.jsonl in FOLDER)")
    option("--shard", type=shard, metavar="3/20", help="build every 20th title, from the 3rd: one of 20 machines")
    option("--executor", type=scheduler, metavar="tcp://HOST:PORT", default="local", help="build on a Dask cluster")
    option("--plan", choices=["json"], help="print what would be built, from which files, and build nothing")
    option("--report", type=Path, metavar="FILE.html", help="write the summary as a page of HTML")


def _init_options(init: argparse.ArgumentParser) -> None:
    """Add the options of `init`."""
    init.description = "Begin a publication that builds at once: an example, or a book of what you have."
    init.add_argument("folder", type=Path, metavar="FOLDER", help="the publication’s folder, which may not exist yet")
    init.add_argument("--from", dest="source", type=Path, metavar="FILE", help=f"make it of {_SOURCES}")
    init.add_argument(
        "--template", choices=TEMPLATES, help="begin with an example of: story (the default), album, book or report"
    )
    init.add_argument("--title", default="", help="title of the book (default: what FILE says, or the name of FOLDER)")
    init.add_argument("--language", default="", metavar="TAG", help="its language: hy, pt-BR (default: FILE’s, or en)")
    init.add_argument(
        "--trim",
        default="",
        metavar="SIZE",
        help="paper of a book of photographs: a5, 210x270mm, 8.5x8.5in (default: what suits most of them)",
    )
    _photo_options(init)


def _import_options(bring: argparse.ArgumentParser) -> None:
    """Add the options of `import`."""
    bring.description = (
        "Bring what you have into a publication, after its last chapter. A text becomes Markdown, its pictures go into "
        "assets, and book/import.md says what came and what did not. Photographs become a chapter for each subfolder "
        "or day. Nothing is written over."
    )
    bring.add_argument("sources", nargs="+", type=Path, metavar="FILE", help=_SOURCES)
    _photo_options(bring)


def _preview_options(preview: argparse.ArgumentParser) -> None:
    """Add the options of `preview`."""
    preview.add_argument("--port", type=port, metavar="N", help="the port of the page (default: the first free one)")
    preview.add_argument("--no-open", action="store_true", help="print the address of the page, and open no browser")


def _photo_options(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verbs that bring photographs."""
    way = verb.add_mutually_exclusive_group()
    way.add_argument(
        "--copy",
        dest="bringing",
        action="store_const",
        const="copy",
        default="",
        help="copy photographs (the default if they lie outside the publication)",
    )
    way.add_argument(
        "--link",
        dest="bringing",
        action="store_const",
        const="link",
        help="take no second place on the disk: the file gets a second name in the publication (a hard link)",
    )
    verb.add_argument(
        "--shift",
        dest="shifts",
        action="append",
        default=[],
        type=clock_shift,
        metavar="[CAMERA=]+1:30",
        help="set the clock of all cameras or of one right, by hours, or as in -1h, +365d; may be repeated",
    )


def _layouts_options(layouts: argparse.ArgumentParser) -> None:
    """Add the verb `layouts copy` with its options."""
    inner = layouts.add_subparsers(dest="what", metavar="[copy]")
    common = _common(argument_default=argparse.SUPPRESS)  # so that `layouts --json copy` keeps its --json
    sentence = "copy a layout, or some of its files, into layouts/"
    copy = inner.add_parser(
        "copy",
        parents=[common],
        help=sentence,
        description=f"{sentence[0].upper()}{sentence[1:]}.",
        epilog="Example: pressroom layouts copy reportage --to my-own --only shared.css",
    )
    copy.add_argument("name", metavar="NAME", help="the layout to copy")
    copy.add_argument("--to", default="", metavar="NAME", help="name of the copy (default: the layout’s own)")
    copy.add_argument("--only", nargs="+", default=[], metavar="FILE", help="copy these files only")
