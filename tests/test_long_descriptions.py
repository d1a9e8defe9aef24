"""Long descriptions: every picture that has one links to it on its own page, in paragraphs, in every edition."""

import io
import zipfile
from pathlib import Path

import pytest
from conftest import Publish
from lxml import etree
from PIL import Image

from pressroom import production
from pressroom.design.estimates import Estimates
from pressroom.design.grid import grid_for
from pressroom.publication import Gallery, PdfEdition

XHTML = "{http://www.w3.org/1999/xhtml}"
CHAPTER = """# A

![A truck](a.jpg)
A caption.

![A wall](b.jpg)

::: gallery
![A road](c.jpg)
Its caption.

![A spring](d.jpg)

A shared caption.
:::

![A gate](a.jpg){#gate .inset}
The same file once more.

![A door](e.jpg)
Without one.
"""
NOTES = "".join(
    f"""{name}.jpg:
  long_description: |
    What “{name}” shows <& more>,
    over two lines.

    And a second paragraph.
"""
    for name in "abcdf"
)
SETTINGS = (
    "title: T\nlanguage: en\ncover: {photograph: f.jpg, alt: A sky}\neditions:\n  ebook: {format: epub, fonts: none}\n"
)


def photograph(seed: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((90 + seed, 60)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def publish(publication: Publish, more: str = "") -> Path:
    files: dict[str, str | bytes] = {"book/a.md": CHAPTER, "book/photos.yaml": NOTES}
    files |= {f"assets/photos/{name}.jpg": photograph(n) for n, name in enumerate("abcdef")}
    return publication(files, settings=SETTINGS + more)


def pages_of(root: Path) -> dict[str, etree._Element]:
    (product,) = production.build(production.Order(root, ("ebook",))).products
    with zipfile.ZipFile(product.path) as file:
        names = [name for name in file.namelist() if name.endswith((".xhtml", ".opf"))]
        return {name.rpartition("/")[2]: etree.fromstring(file.read(name)) for name in names}


@pytest.mark.slow
def test_every_picture_with_a_description_leads_to_it(publication: Publish) -> None:
    pages = pages_of(publish(publication))
    found = []
    for page in pages.values():
        for picture in page.iter(f"{XHTML}img"):
            if led := picture.get("aria-details"):
                (details,) = page.xpath("//*[@id=$id]", id=led)
                assert details.tag == f"{XHTML}details"
                assert details[0].tag == f"{XHTML}summary"
                assert details[0].text == "Description"
                texts = [" ".join((p.text or "").split()) for p in details.findall(f"{XHTML}p")]
                assert texts[1:] == ["And a second paragraph."]
                found.append((picture.get("alt"), texts[0]))
    assert found == [
        ("T. A sky", "What “f” shows <& more>, over two lines."),
        ("A truck", "What “a” shows <& more>, over two lines."),
        ("A wall", "What “b” shows <& more>, over two lines."),
        ("A road", "What “c” shows <& more>, over two lines."),
        ("A spring", "What “d” shows <& more>, over two lines."),
        ("A gate", "What “a” shows <& more>, over two lines."),
    ]


@pytest.mark.slow
def test_no_description_stands_where_nothing_leads_to_it_and_ids_are_unique(publication: Publish) -> None:
    for page in pages_of(publish(publication)).values():
        ids = page.xpath("//*/@id")
        assert len(ids) == len(set(ids))
        details = page.xpath("//h:details/@id", namespaces={"h": XHTML[1:-1]})
        assert details == page.xpath("//@aria-details")


@pytest.mark.slow
def test_an_author_cannot_take_the_id_of_a_description(publication: Publish) -> None:
    root = publish(publication)
    with (root / "book/a.md").open("a") as text:
        text.write("\n## Gate description {#gate-description}\n\nText.\n\n[Text]{#gate.description}\n")
    for page in pages_of(root).values():
        ids = page.xpath("//*/@id")
        assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_descriptions_are_announced_where_there_are_some(publication: Publish) -> None:
    def announced(root: Path) -> bool:
        return "longDescription" in pages_of(root)["content.opf"].xpath("//*/text()")

    root = publish(publication)
    assert announced(root)
    (root / "book/photos.yaml").unlink()
    assert not announced(root)


@pytest.mark.parametrize("described", [True, False])
def test_print_keeps_room_for_the_description_of_a_picture_in_a_gallery_without_captions(
    publication: Publish, *, described: bool
) -> None:
    text = "# A\n\n::: gallery\n![A road](c.jpg)\n\n![A spring](d.jpg)\n:::\n"
    notes = "c.jpg: {long_description: A road.}\n" if described else ""
    files: dict[str, str | bytes] = {"book/a.md": text, "book/photos.yaml": notes}
    files |= {f"assets/photos/{name}.jpg": photograph(n) for n, name in enumerate("cd")}
    of = production.read(production.Order(publication(files)))
    ((_, gallery),) = of.publication.illustrations()
    assert isinstance(gallery, Gallery)
    paper = grid_for(PdfEdition(format="pdf"), of.layout.manifest.papers).paper
    found = Estimates(lambda _: 1.5, paper).gallery(gallery).rows
    assert [row.rows > 0 for row in found] == [described, False]
