"""Publications that nobody thought of, for hypothesis: settings × manuscript × pictures × layouts × fonts × links.

Most are sound, so that what lies behind the first check is met, too. Words are made up and stand once each: what is
lost or doubled has a name.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import strategies as some
from hypothesis.strategies import DrawFn, SearchStrategy
from PIL import Image
from test_ebook_fonts import cast

CONSONANTS, VOWELS = "bdgklmnprtvz", "aeou"
ONCE, TITLE, CAPTION, ALT, ONLY_EBOOK, ONLY_PAGES = "«once»", "«title»", "«caption»", "«alt»", "«ebook»", "«pages»"
_KINDS = (ONCE, TITLE, CAPTION, ALT, ONLY_EBOOK, ONLY_PAGES)


@dataclass(frozen=True)
class MadeUp:
    """A publication, and the words that it holds."""

    files: Mapping[str, bytes]
    links: Mapping[str, str]
    """Symbolic links, with what they lead to."""
    words: Mapping[str, tuple[str, ...]]
    """Its words by their kind."""
    is_plain: bool
    """Whether nothing in it is wrong on purpose, so that all words are in all products."""

    def write(self, root: Path) -> None:
        """Lay it out in an empty folder."""
        for name, data in self.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        for name, target in self.links.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(target)


# ---- pictures, fonts and style sheets: made once


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6">%b'


@cache
def pictures() -> Mapping[str, bytes]:
    """Pictures of many kinds, sound ones and others, by their names."""
    sound = {
        "wide.jpg": _picture("RGB", (90, 60), "JPEG"),
        "turned.jpg": _picture("RGB", (60, 90), "JPEG", exif=_turned()),
        "inks.jpg": _picture("CMYK", (90, 60), "JPEG"),
        "grey.png": _picture("L", (60, 80), "PNG"),
        "clear.png": _picture("RGBA", (60, 60), "PNG"),
        "few.png": _picture("P", (300, 20), "PNG"),
        "plate.tif": _picture("CMYK", (60, 90), "TIFF"),
        "web.webp": _picture("RGB", (90, 60), "WEBP"),
        "plan.svg": _SVG % b'<path d="M0 0h9v6z"/></svg>',
    }
    wide = sound["wide.jpg"]
    broken = {
        "short.jpg": wide[: len(wide) // 2],
        "empty.jpg": b"",
        "words.jpg": b"This is no picture.",
        "script.svg": _SVG % b'<script>a()</script><image href="/etc/hosts"/></svg>',
        "half.svg": _SVG % b"<g>",
    }
    return sound | broken


SOUND = ("wide.jpg", "turned.jpg", "inks.jpg", "grey.png", "clear.png", "few.png", "plate.tif", "web.webp", "plan.svg")


def _picture(mode: str, size: tuple[int, int], format: str, **more: Any) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").convert(mode).save(made, format, **more)
    return made.getvalue()


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


@cache
def fonts() -> Mapping[str, bytes]:
    """A sound font and damaged ones."""
    with tempfile.TemporaryDirectory() as folder:
        sound = cast(Path(folder, "tiny.ttf")).read_bytes()
    return {"tiny.ttf": sound, "short.ttf": sound[:600], "wrong.otf": b"OTTO" + bytes(80), "words.ttf": b"no font"}


_SHEETS = (
    "",
    "p { color: var(--accent) }",
    "@media print { h1 { letter-spacing: 0.1em } }",
    "body { columns: 2 }",
    "p { display: grid }",
    "body { background: url(https://a.example/x.png) }",
    "p { margin: 1e8mm } }}} /* ",
    "@page { size: 1e8mm }",
)


# ---- the manuscript


def _placements() -> SearchStrategy[str]:
    words = some.sampled_from(
        [".wide", ".page", ".bleed", ".spread", ".inset", ".opener", ".over", "width=50%", 'focus="60% 40%"']
    )
    return some.lists(words, max_size=2).map(lambda found: "{" + " ".join(found) + "}" if found else "")


@some.composite
def _figure(draw: DrawFn, names: SearchStrategy[str]) -> str:
    alt = ALT if draw(some.booleans()) else ""
    credit = draw(some.sampled_from(["", f"\n*{CAPTION}*"]))
    return f"![{alt}]({draw(names)}){draw(_placements())}\n{CAPTION}{credit}"


def _gallery(names: SearchStrategy[str]) -> SearchStrategy[str]:
    pictures = some.lists(names.map(lambda name: f"![{ALT}]({name})\n{CAPTION}"), min_size=1, max_size=4)
    return pictures.map(lambda shown: "::: gallery\n" + "\n\n".join(shown) + f"\n\n{CAPTION}\n:::")


_TEXTS = (
    f"{ONCE} *{ONCE}* **{ONCE}** `{ONCE}` [{ONCE}](https://a.example/), {ONCE}",
    f"{ONCE}[^n] {ONCE}\n\n[^n]: {ONCE} *{ONCE}*",
    f"## {TITLE}",
    f"### {TITLE}\n\n{ONCE}",
    f"- {ONCE}\n- {ONCE}\n  1. {ONCE}\n  2. {ONCE}\n\n     {ONCE}",
    f"| {ONCE} | {ONCE} |\n|---|--:|\n| {ONCE} | **{ONCE}** |\n\n: {ONCE}",
    f"> {ONCE}\n>\n> > {ONCE}",
    f"{ONCE}\n: {ONCE}\n: {ONCE}",
    f"::: pullquote\n{ONCE}\n:::",
    f'::: sidebar {{title="{TITLE}"}}\n{ONCE}\n\n- {ONCE}\n:::',
    f"> [!NOTE]\n> {ONCE}",
    f"```\n{ONCE}\n```",
    f"::: {{.only edition=ebook}}\n{ONLY_EBOOK}\n:::",
    f"::: only {{edition=pages}}\n{ONLY_PAGES}\n:::",
    f"| {ONCE}\n|   {ONCE}",
    f"{ONCE}~2~ {ONCE}^2^ =={ONCE}== [{ONCE}]{{lang=fr}} [{ONCE}]{{.smallcaps}}",
    f'<p>{ONCE}</p>\n<div class="x">{ONCE}</div>',
    f"$x^2$ {ONCE}",
    f"* * *\n\n{ONCE}",
)
_NOISE = some.text(
    alphabet="*_`#[](){}<>!|:-=~^$\\&\"'\t\n @%+.ab1é\u0301\u202e\u00ad\u200bש中\U0001f3d4\x00\x07", max_size=60
)


@some.composite
def _chapter(draw: DrawFn, names: SearchStrategy[str], noise: SearchStrategy[str]) -> str:
    head = draw(
        some.sampled_from(
            ["", "", "role: foreword", "language: de", "author: A. Writer", "date: 2023-09-27", "arrange: auto"]
        )
    )
    blocks = draw(
        some.lists(some.sampled_from(_TEXTS) | _figure(names) | _gallery(names) | noise, min_size=1, max_size=7)
    )
    body = "\n\n".join(block.replace("[^n]", f"[^n{number}]") for number, block in enumerate(blocks))
    return (f"---\n{head}\n---\n" if head else "") + f"# {TITLE}\n\n{body}\n"


# ---- settings


_FREE = some.text(max_size=12) | some.integers() | some.none() | some.lists(some.integers(), max_size=2)
_CHOICES: Mapping[str, SearchStrategy[Any]] = {
    "subtitle": some.just("A subtitle"),
    "creators": some.just([{"name": "A. Writer", "role": "author"}, {"name": "B. Other", "role": "photographer"}]),
    "publisher": some.just("A press"),
    "published": some.dates().map(str),
    "rights": some.just("© 2023"),
    "credits": some.sampled_from(["under", "end", "both"]),
    "credit": some.just("A. Photographer"),
    "typography": some.booleans(),
    "captions_from_photos": some.booleans(),
    "arrange": some.sampled_from(["auto", "none"]),
    "layout": some.sampled_from(["reportage", "reader", "album"]),
    "status": some.sampled_from(["draft", "final"]),
    "identifiers": some.just({"ebook": "urn:isbn:9780000000002"}),
    "series": some.just({"name": "A series", "number": 1}),
    "accessibility": some.just({"summary": "All pictures are described."}),
}
_EDITIONS: Mapping[str, SearchStrategy[Any]] = {
    "ebook": some.fixed_dictionaries(
        {"format": some.just("epub"), "fonts": some.sampled_from(["none", "none", "embed", "obfuscate"])},
        optional={
            "image_px": some.integers(200, 2000),
            "store": some.sampled_from(["generic", "apple", "kdp", "kobo"]),
        },
    ),
    "pages": some.fixed_dictionaries(
        {"format": some.just("pdf"), "trim": some.sampled_from(["a5", "210x270mm", "square-8.5", "us-trade"])},
        optional={"image_ppi": some.integers(36, 300), "standard": some.just("PDF/UA-1")},
    ),
}


@some.composite
def _settings(draw: DrawFn, wrong: SearchStrategy[Mapping[str, Any]]) -> dict[str, Any]:
    chosen = draw(some.fixed_dictionaries({}, optional=_CHOICES))
    language = draw(some.sampled_from(["en", "de", "fr", "ru", "el", "hy", "ar", "he", "ja", "th", "en-GB", "sw"]))
    editions = {name: draw(edition) for name, edition in _EDITIONS.items()}
    return {"title": "A title", "language": language, **chosen, "editions": editions, **draw(wrong)}


# ---- publications


@some.composite
def publications(draw: DrawFn) -> MadeUp:
    """A publication, sound or with something wrong."""
    is_plain = draw(some.integers(0, 2)) > 0
    names = some.sampled_from(SOUND if is_plain else [*pictures(), "missing.jpg", "", "../outside.jpg", "a b.jpg"])
    noise = some.nothing() if is_plain else _NOISE
    wrong = (
        some.just({})
        if is_plain
        else some.dictionaries(some.sampled_from([*_CHOICES, "chapters", "fonts", "other"]), _FREE, max_size=2)
    )
    settings = draw(_settings(wrong))
    chapters = draw(some.lists(_chapter(names, noise), min_size=1, max_size=3))
    files = {f"book/{number:02}.md": text.encode() for number, text in enumerate(chapters, 1)}
    shown = "".join(chapters)
    files |= {f"assets/photos/{name}": data for name, data in pictures().items() if f"]({name})" in shown}
    files |= {} if is_plain else draw(_additions(settings))
    files["book/publication.yaml"] = json.dumps(settings).encode()
    links = {} if is_plain else draw(_links())
    return _filled(MadeUp(files, {name: to for name, to in links.items() if name not in files}, {}, is_plain))


@some.composite
def _additions(draw: DrawFn, settings: dict[str, Any]) -> dict[str, bytes]:
    """A layout, fonts and notes on photographs of its own; the settings come to name them."""
    files: dict[str, bytes] = {}
    if draw(some.booleans()):
        settings["layout"] = "mine"
        files["layouts/mine/layout.yaml"] = b"title: Mine\nextends: reportage\n"
        files["layouts/mine/page.css"] = draw(some.sampled_from(_SHEETS)).encode()
    for name in draw(some.lists(some.sampled_from([*fonts()]), max_size=2)):
        settings["fonts"] = {"text": "Tiny"}
        files[f"assets/fonts/{name}"] = fonts()[name]
    if draw(some.booleans()):
        notes = some.fixed_dictionaries(
            {}, optional={"alt": some.just("Alt"), "credit": some.just("C"), "focus": some.just("60% 40%"), "x": _FREE}
        )
        files["book/photos.yaml"] = json.dumps(
            draw(some.dictionaries(some.sampled_from([*pictures()]), notes, max_size=3))
        ).encode()
    if draw(some.booleans()):
        files["book/gallery.txt"] = draw(some.text(max_size=200)).encode()
    return files


def _links() -> SearchStrategy[dict[str, str]]:
    names = some.sampled_from(
        ["book/09.md", "assets/photos/link.jpg", "assets/fonts/link.ttf", "layouts/mine/link.css"]
    )
    return some.dictionaries(
        names, some.sampled_from(["01.md", "wide.jpg", "/etc/hosts", "../..", "nowhere", "link.jpg"]), max_size=2
    )


def _filled(made: MadeUp) -> MadeUp:
    """The same with its placeholders filled, each with a word of its own."""
    fresh = (f"x{''.join(syllables)}" for syllables in product(*[CONSONANTS, VOWELS] * 3))
    words: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    files = dict(made.files)
    for name, data in made.files.items():
        if name.endswith(".md"):
            files[name] = "".join(_parts(data.decode(), words, fresh)).encode()
    return replace(made, files=files, words={kind: tuple(found) for kind, found in words.items()})


def _parts(text: str, words: dict[str, list[str]], fresh: Iterator[str]) -> Iterator[str]:
    before, mark, after = text.partition("«")
    while mark:
        name, _, rest = after.partition("»")
        yield before
        words[f"«{name}»"].append(word := next(fresh))
        yield word
        before, mark, after = rest.partition("«")
    yield before
