"""Books made from a seed: as a publication of Pressroom, as one HTML document, and as one Markdown file for pandoc.

S has 6 chapters, 3 000 words and 12 pictures, M 30 chapters, 90 000 words and 60 pictures, L 200 chapters, 600 000
words and 400 pictures. Pictures are either ready at the size in which a book prints them, or as a camera makes them.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZES = {"S": (6, 3_000, 12), "M": (30, 90_000, 60), "L": (200, 600_000, 400)}
"""Chapters, words and pictures."""
HEAD = """title: A Book of Words
language: en-GB
creators: [{name: A. Author, role: author}]
status: final
layout: reader
chapters:
  - generated: [contents]
"""
EDITIONS = """editions:
  ebook: {format: epub, pages_from: print, image_px: 1600, max_mb: 2000}
  print: {format: pdf, trim: us-trade, bleed: 3mm, marks: [crop, registration], standard: PDF/X-4,
    profile: coated-fogra39, image_ppi: 300, min_ppi: 100}
  screen: {format: pdf, trim: us-trade, standard: PDF/UA-1, image_ppi: 150}
"""
WORDS = """river house road people winter morning school field water bridge letter train window garden mountain city
village market stone paper light story year night summer doctor teacher mother neighbour children soldier border office
table photograph newspaper question answer number century language history government company machine power station
between under after before without against across through along beside near over into from that which when where while
because although until since carry bring leave return remember forget begin follow happen change grow build break write
read speak listen watch wait turn open close small large early late quiet heavy broken empty common ordinary difficult
possible necessary certain another several many few most every long short young old new good high low far""".split()
PLAIN_CSS = """@page { size: 6in 9in; margin: 20mm 18mm; @bottom-center { content: counter(page) } }
body { font: 10pt/13.5pt "Source Serif Pro", serif; text-align: justify; hyphens: auto }
p { margin: 0; text-indent: 1.2em; orphans: 2; widows: 2 } h1 { break-before: page } img { width: 100% }
figure { margin: 4mm 0; break-inside: avoid }"""
CAMERA = 6000, 4000
READY = 1422, 948
"""Width and height in px of a camera's file, and of a picture as wide as the page's text at 300 ppi."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a picture with its caption."""

    text: str
    picture: str = ""
    """The name of the picture's file."""


def write_book(root: Path, size: str, seed: int = 42) -> None:
    """Write the text of a book in its three forms; they name the pictures in assets/photos, which are made apart."""
    chapters, words, pictures = SIZES[size]
    chance = random.Random(seed)
    (root / "book").mkdir(parents=True)
    names, plain, peer = list[str](), [f"<style>{PLAIN_CSS}</style>"], list[str]()
    for n in range(chapters):
        own = [picture_name(at) for at in range(n * pictures // chapters, (n + 1) * pictures // chapters)]
        blocks = list(chapter(chance, words // chapters, own))
        names.append(f"{n + 1:03}.md")
        text = "\n\n".join(f"![{b.text}]({b.picture})\n{b.text}" if b.picture else b.text for b in blocks)
        (root / "book" / names[-1]).write_text(f"# Chapter {n + 1} {{#ch{n + 1}}}\n\n{text}\n")
        plain += [f"<h1>Chapter {n + 1}</h1>", *map(_as_html, blocks)]
        peer += [f"# Chapter {n + 1}", *map(_as_pandoc, blocks)]
    listed = "".join(f"  - {name}\n" for name in names)
    (root / "book/publication.yaml").write_text(HEAD + listed + EDITIONS)
    (root / "plain.html").write_text(f'<html lang="en-GB"><body>{"".join(plain)}</body></html>')
    (root / "peer.md").write_text("\n\n".join(peer))


def chapter(chance: random.Random, words: int, pictures: Sequence[str]) -> Iterator[Block]:
    """Paragraphs with pictures among them."""
    paragraphs = max(1, words // 80)
    places = {paragraphs * (n + 1) // (len(pictures) + 1): picture for n, picture in enumerate(pictures)}
    for n in range(paragraphs):
        yield Block(" ".join(sentence(chance) for _ in range(5)))
        if n in places:
            yield Block(sentence(chance), places[n])


def sentence(chance: random.Random) -> str:
    """A sentence of 8 to 24 words."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 24))]
    return " ".join(words).capitalize() + "."


def edit(root: Path) -> None:
    """Change one word in the chapter in the middle."""
    chapters = sorted((root / "book").glob("*.md"))
    file = chapters[len(chapters) // 2]
    before, _, after = file.read_text().partition(" river ")
    assert after, "the chapter has no such word"
    file.write_text(f"{before} current {after}")


def _as_html(block: Block) -> str:
    if not block.picture:
        return f"<p>{block.text}</p>"
    return f'<figure><img src="assets/photos/{block.picture}"><p>{block.text}</p></figure>'


def _as_pandoc(block: Block) -> str:
    return f"![{block.text}](assets/photos/{block.picture})" if block.picture else block.text


# ---- pictures


def picture_name(number: int) -> str:
    """The file name of a picture."""
    return f"f{number:03}.jpg"


def ready_pictures(folder: Path, count: int) -> None:
    """Write pictures at the size in which a book prints them."""
    folder.mkdir(parents=True)
    for n in range(count):
        small = Image.frombytes("RGB", (30, 20), random.Random(n).randbytes(1800))
        noise = Image.effect_noise(READY, 40).convert("RGB")
        picture = Image.blend(small.resize(READY, Image.Resampling.BICUBIC), noise, 0.2)
        picture.filter(ImageFilter.GaussianBlur(1)).save(folder / picture_name(n), quality=85)


def camera_files(folder: Path, count: int) -> None:
    """Write photographs of 24 megapixels. No two have the same bytes; every twelfth shows the same."""
    folder.mkdir(parents=True)
    shown = [folder / picture_name(n) for n in range(min(count, 12))]
    for n, file in enumerate(shown):
        photograph(n).save(file, quality=92)
    for n in range(len(shown), count):
        data, comment = shown[n % len(shown)].read_bytes(), f"{n:08}".encode()
        marked = data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:]
        (folder / picture_name(n)).write_bytes(marked)


def photograph(seed: int) -> Image.Image:
    """Discs of many sizes and colours, with a film's grain over them: it compresses as a camera's picture does."""
    chance = random.Random(seed)
    picture = Image.new("RGB", CAMERA, "grey")
    draw = ImageDraw.Draw(picture)
    for _ in range(300):
        x, y, r = chance.randrange(CAMERA[0]), chance.randrange(CAMERA[1]), chance.randrange(20, 500)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(256) for _ in range(3)))
    return Image.blend(picture, _grain(), 0.35)


@functools.cache
def _grain() -> Image.Image:
    grey = Image.effect_noise((CAMERA[0] // 2, CAMERA[1] // 2), 40).resize(CAMERA)
    return Image.merge("RGB", [grey] * 3)
