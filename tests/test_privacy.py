"""Privacy: what a photograph's file tells of place, camera and people stays at the desk; who made it goes out with it.

Photographs that tell everything go through whole builds, and are taken out of the products again.
"""

from __future__ import annotations

import functools
import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageStat

from pressroom import production

EDITIONS = """\
  ebook: {format: epub, image_px: 700}
  screen: {format: pdf, trim: a5}
  print: {format: pdf, trim: a5, bleed: 3mm}
"""
SETTINGS = "title: T\nlanguage: en\neditions:\n"
CHAPTER = """\
# A

![People](upright.jpg){blur="25% 12.5% 50% 37.5%"}
At the border.

![People](scan.tif){blur="25% 12.5% 50% 37.5%"}
At the border.

![People](web.webp){blur="25% 12.5% 50% 37.5%"}
At the border.
"""
BLURRED = (0.25, 0.125, 0.75, 0.5)
SECRET = "Schwarzenbach"
"""Stands in every field that is nobody's business."""
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 exif:GPSLatitude="39,38.4621N" aux:SerialNumber="{SECRET}" aux:OwnerName="{SECRET}" photoshop:City="{SECRET}"
 photoshop:Credit="An Agency" xmpRights:WebStatement="https://agency.example/licence">
<dc:creator><rdf:Seq><rdf:li>A. Photographer</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© An Agency</rdf:li></rdf:Alt></dc:rights>
<ext:PersonInImage><rdf:Bag><rdf:li>{SECRET}</rdf:li></rdf:Bag></ext:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()
BY_EXIFTOOL = f"""
-overwrite_original
-codedcharacterset=utf8
-GPSLatitude=39.641035
-GPSLatitudeRef=N
-GPSLongitude=46.547005
-GPSLongitudeRef=E
-Make={SECRET}
-Model={SECRET}
-EXIF:SerialNumber={SECRET}
-EXIF:LensSerialNumber={SECRET}
-EXIF:OwnerName={SECRET}
-EXIF:UserComment={SECRET}
-EXIF:Software={SECRET}
-IPTC:City={SECRET}
-IPTC:Contact={SECRET}
-XMP-dc:Creator=A. Photographer
-XMP-photoshop:Credit=An Agency
-XMP-dc:Rights=© An Agency
-XMP-xmpRights:WebStatement=https://agency.example/licence
-XMP-photoshop:City={SECRET}
-XMP-exif:GPSLatitude=39.641035
-XMP-aux:SerialNumber={SECRET}
-XMP-xmpMM:DocumentID={SECRET}
-XMP-iptcExt:PersonInImage={SECRET}
-XMP-iptcCore:CreatorAddress={SECRET}
-RegionInfo={{AppliedToDimensions={{W=900,H=600,Unit=pixel}},RegionList=[{{Area={{X=0.5,Y=0.3,W=0.2,H=0.2,Unit=normalized}},Name={SECRET},Type=Face}}]}}
-XMP-xmpMM:History=[{{Action=saved,SoftwareAgent={SECRET},Changed=/metadata}}]
"""
ALLOWED = {
    "XMP-x:XMPToolkit", "XMP-dc:Creator", "XMP-dc:Rights", "XMP-photoshop:Credit", "XMP-xmpRights:WebStatement",
}  # fmt: skip
"""What exiftool may find in a picture of a product, beside what any JPEG has."""
ANY_JPEG = ("ExifTool", "System", "File", "JFIF", "Composite", "SourceFile")


# ---- photographs with all kinds of metadata


@functools.cache
def crowd() -> Image.Image:
    """A photograph that is full of signs."""
    signs = bytes(random.Random(1).choices((0, 255), k=90 * 60))
    signboard = Image.frombytes("L", (90, 60), signs).resize((900, 600), Image.Resampling.NEAREST)
    return Image.blend(signboard, Image.effect_noise((900, 600), 60), 0.2).convert("RGB")


def thumbnail() -> bytes:
    """A small copy of the picture, in which nothing is blurred."""
    data = io.BytesIO()
    crowd().resize((160, 120)).save(data, "JPEG", comment=SECRET)
    return data.getvalue()


def told_by_camera() -> Image.Exif:
    """EXIF with a place, serial numbers, and a maker note with a thumbnail, of a camera that was held upright."""
    exif = Image.Exif()
    exif.update({0x010F: SECRET, 0x0110: SECRET, 0x0112: 6, 0x0131: SECRET})
    exif.get_ifd(0x8769).update({0xA431: SECRET, 0xA430: SECRET, 0x9286: SECRET.encode(), 0x927C: thumbnail()})
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 38.0, 27.7), 3: "E", 4: (46.0, 32.0, 49.2), 27: SECRET.encode()})
    return exif


def photographs(folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    files = [folder / name for name in ("upright.jpg", "scan.tif", "web.webp")]
    turned = crowd().transpose(Image.Transpose.ROTATE_90)
    turned.save(files[0], quality=90, exif=told_by_camera(), xmp=XMP, comment=SECRET)
    tags = told_by_camera()
    tags.update({0x010E: SECRET, 700: XMP})
    turned.save(files[1], exif=tags)
    turned.save(files[2], quality=90, exif=told_by_camera(), xmp=XMP)
    return files


def made(root: Path, editions: str) -> dict[str, bytes]:
    """The products of a publication whose photographs have all kinds of metadata, by their editions."""
    (root / "book").mkdir()
    (root / "book/publication.yaml").write_text(SETTINGS + editions)
    (root / "book/a.md").write_text(CHAPTER)
    report = production.build(production.Order(root))
    assert not [finding for finding in report.findings if finding.severity == "error"], report.findings
    return {product.edition: product.path.read_bytes() for product in report.products}


# ---- products, taken apart


def parts(product: bytes) -> Iterator[bytes]:
    """Everything in a product, unpacked."""
    yield product
    if product.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(product)) as pdf:
            for object in pdf.objects:
                if isinstance(object, pikepdf.Stream):
                    is_jpeg = object.get("/Filter") == "/DCTDecode"
                    yield object.read_raw_bytes() if is_jpeg else object.read_bytes()
        return
    with zipfile.ZipFile(io.BytesIO(product)) as ebook:
        yield from (ebook.read(name) for name in ebook.namelist())


def pictures(product: bytes) -> list[bytes]:
    """The photographs of a product: JPEGs of an ebook, streams of a PDF. The ebook's cover in type stands upright."""
    found = dict.fromkeys(part for part in parts(product) if part.startswith(b"\xff\xd8"))
    return [part for part in found if not _is_upright(part)]


def _is_upright(picture: bytes) -> bool:
    with Image.open(io.BytesIO(picture)) as image:
        return image.height > image.width


def contrast(image: Image.Image) -> float:
    """Standard deviation of the pixels, of 255."""
    return ImageStat.Stat(image.convert("L")).stddev[0]


def check(products: Mapping[str, bytes], originals: list[Path], *secrets: bytes) -> None:
    """Nothing that is nobody's business is in the products, and nothing of the original files."""
    for product in products.values():
        assert len(pictures(product)) == len(originals)
        for part in parts(product):
            for secret in (SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.encode("utf-16-be"), *secrets):
                assert secret not in part
            for original in originals:
                assert not any(run in part for run in runs(original.read_bytes()))
        for picture in pictures(product):
            with Image.open(io.BytesIO(picture)) as image:
                assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "xmp"}
                for words in ("A. Photographer", "An Agency", "© An Agency", "https://agency.example/licence"):
                    assert words.encode() in image.info["xmp"]
                assert image.width > image.height
                left, top, right, bottom = (round(p * side) for p, side in zip(BLURRED, image.size * 2, strict=True))
                assert contrast(image.crop((left, top, right, bottom))) < 30
                assert contrast(image.crop((0, bottom, image.width, image.height))) > 70


def runs(data: bytes) -> Iterator[bytes]:
    """Half kilobytes of a file: whoever holds a kilobyte of it holds one of them whole. Padding is in any file."""
    for at in range(2048, len(data) - 512, 512):
        if len(set(data[at : at + 512])) > 64:
            yield data[at : at + 512]


# ---- the promises


@pytest.mark.slow
def test_an_ebook_has_only_the_maker_of_a_photographs_metadata(tmp_path: Path) -> None:
    originals = photographs(tmp_path / "assets/photos")
    for original in originals:
        assert SECRET.encode() in original.read_bytes()
    check(made(tmp_path, EDITIONS.splitlines(keepends=True)[0]), originals)


@pytest.mark.slow
def test_every_product_has_only_the_maker_of_a_photographs_metadata(tmp_path: Path) -> None:
    originals = photographs(tmp_path / "assets/photos")
    products = made(tmp_path, EDITIONS)
    assert list(products) == ["ebook", "screen", "print"]
    check(products, originals)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_metadata_written_by_exiftool_are_not_published_except_the_rights(tmp_path: Path) -> None:
    originals = photographs(tmp_path / "assets/photos")
    (tmp_path / "thumbnail").write_bytes(thumbnail())
    asked = [*BY_EXIFTOOL.strip().split("\n"), f"-ThumbnailImage<={tmp_path / 'thumbnail'}"]
    wrote = subprocess.run(["exiftool", *asked, *originals], capture_output=True, text=True, check=False)
    assert "3 image files updated" in wrote.stdout, wrote.stderr
    products = made(tmp_path, EDITIONS)
    check(products, originals, b"39.641", b"39,38.", b"46.547", b"mwg-rs", b"History", b"GPSLat")
    taken = tmp_path / "taken"
    taken.mkdir()
    for edition, product in products.items():
        for n, picture in enumerate(pictures(product)):
            (taken / f"{edition}-{n}.jpg").write_bytes(picture)
    read = subprocess.run(["exiftool", "-j", "-a", "-G1", "-ee", taken], capture_output=True, check=True)
    for told in json.loads(read.stdout):
        names = {name for name in told if name.partition(":")[0] not in ANY_JPEG}
        assert names <= ALLOWED, told["SourceFile"]
        assert told["XMP-dc:Creator"] == "A. Photographer"
        assert told["XMP-dc:Rights"] == "© An Agency"
        assert told["XMP-photoshop:Credit"] == "An Agency"
        assert told["XMP-xmpRights:WebStatement"] == "https://agency.example/licence"
    assert len(list(taken.iterdir())) == 9
