"""What is seen in a picture: where there is something, what must not be cropped, and what a photo program wrote."""

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from pressroom.pacing import PictureToPace, likeness
from pressroom.photographs.album import Photograph
from pressroom.photographs.darkroom import CropAndBlur
from pressroom.photographs.looking import SeenPicture, look_at, sight_of
from pressroom.photographs.probing import probe_file


def field(size: tuple[int, int] = (240, 160), spot: tuple[int, int] | None = None) -> Image.Image:
    """A soft meadow of noise; with `spot`, a red thing on it."""
    noise = Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1]))
    picture = noise.filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    picture = Image.blend(picture, Image.new("RGB", size, (60, 120, 60)), 0.7)
    if spot:
        x, y = spot
        ImageDraw.Draw(picture).ellipse((x - 15, y - 15, x + 15, y + 15), (200, 30, 20))
    return picture


def photograph(file: Path, crop: tuple[int, int, int, int] | None = None) -> Photograph:
    """A picture file as the album has it."""
    probe = probe_file(file)
    left, top, right, bottom = window = crop or (0, 0, probe.width, probe.height)
    framed = CropAndBlur(probe.width, probe.height, window, ())
    size = (right - left, bottom - top)
    return Photograph(file, *size, probe.kind, probe.digest, framed, is_graphic=probe.is_graphic)


def seen(picture: Image.Image, tmp_path: Path, **save: object) -> SeenPicture:
    file = tmp_path / "picture.jpg"
    picture.save(file, quality=92, **save)  # type: ignore[arg-type]
    return look_at(photograph(file))


@pytest.mark.parametrize("spot", [(40, 40), (200, 40), (120, 80), (60, 130)])
def test_a_thing_on_a_calm_ground_is_where_the_detail_is(spot: tuple[int, int]) -> None:
    detail = sight_of(field(spot=spot), 38400).detail
    row, column = max(((y, x) for y in range(24) for x in range(24)), key=lambda at: detail[at[0]][at[1]])
    assert abs(column / 24 - spot[0] / 240) < 0.11
    assert abs(row / 24 - spot[1] / 160) < 0.14


def test_two_sizes_of_one_picture_are_alike_and_other_pictures_are_not() -> None:
    one = field(spot=(60, 60))
    alike = [PictureToPace("", 3, 2, sight=sight_of(each, 1)) for each in (one, one.resize((180, 120)))]
    other = PictureToPace("", 3, 2, sight=sight_of(field(spot=(180, 110)).transpose(Image.Transpose.ROTATE_180), 1))
    assert likeness(*alike) > 0.8
    assert likeness(alike[0], other) < 0.6


def lines() -> Image.Image:
    """A map: lines of a grid, and contours, on paper."""
    picture = Image.new("RGB", (240, 160), (248, 246, 240))
    draw = ImageDraw.Draw(picture)
    for n in range(0, 260, 8):
        draw.line((n, 0, n + 40, 160), (20, 20, 20))
        draw.arc((n - 60, 20, n + 40, 140), 0, 300, (90, 60, 30))
    return picture


def matted(ground: int) -> Image.Image:
    picture = Image.new("RGB", (240, 160), (ground,) * 3)
    picture.paste(field((200, 120), (50, 50)), (20, 20))
    return picture


@pytest.mark.parametrize(
    ("picture", "is_framed"),
    [
        (matted(255), True),
        (matted(0), True),
        (lines(), True),
        (field(), False),
        (field(spot=(5, 5)), False),
        (Image.linear_gradient("L").resize((240, 160)).convert("RGB"), False),
    ],
    ids=["white border", "black frame", "map", "meadow", "thing at the edge", "sky"],
)
def test_what_has_a_border_or_is_drawn_is_never_cropped(picture: Image.Image, is_framed: bool) -> None:  # noqa: FBT001  # a case
    assert sight_of(picture, 1).is_framed == is_framed


def test_drawings_and_screenshots_are_never_cropped(tmp_path: Path) -> None:
    drawing = tmp_path / "plan.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h9v9z"/></svg>')
    screenshot = Image.new("RGB", (640, 400), (30, 60, 90))
    ImageDraw.Draw(screenshot).rectangle((100, 60, 500, 300), (240, 240, 240))
    file = tmp_path / "screen.png"
    screenshot.save(file)
    for each in (drawing, file):
        assert look_at(photograph(each)).sight.is_framed


RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"'
    ' xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:MP="http://ns.microsoft.com/photo/1.2/"'
    ' xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"'
    "{attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def region(kind: str) -> str:
    return (
        f'<rdf:li><rdf:Description mwg-rs:Name="A" mwg-rs:Type="{kind}">'
        '<mwg-rs:Area stArea:x="0.25" stArea:y="0.5" stArea:w="0.1" stArea:h="0.2" stArea:unit="normalized"/>'
        "</rdf:Description></rdf:li>"
    )


WORKING_GROUP = (
    '<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>'
    f"{region('Pet')}{region('Face')}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
)
MICROSOFT = (
    '<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li MPReg:Rectangle="0.2, 0.4, 0.1, 0.2"/>'
    "</rdf:Bag></MPRI:Regions></MP:RegionInfo>"
)


@pytest.mark.parametrize("inside", [WORKING_GROUP, MICROSOFT], ids=["working group", "microsoft"])
@pytest.mark.parametrize(
    ("orientation", "face"),
    [(1, (0.2, 0.4, 0.3, 0.6)), (3, (0.7, 0.4, 0.8, 0.6)), (6, (0.4, 0.2, 0.6, 0.3)), (8, (0.4, 0.7, 0.6, 0.8))],
)
@pytest.mark.slow
def test_faces_are_found_in_the_upright_picture(
    inside: str, orientation: int, face: tuple[float, ...], tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    packet = RDF.format(attributes="", inside=inside).encode()
    faces = seen(field(), tmp_path, xmp=packet, exif=exif).faces
    assert len(faces) == 1
    assert faces[0] == pytest.approx(face, abs=0.001)


@pytest.mark.parametrize(("written", "stars"), [("4", 4.0), ("-1", -1.0), ("0", None), ("many", None), ("99", 5.0)])
@pytest.mark.slow
def test_the_stars_of_a_person_are_read(written: str, stars: float | None, tmp_path: Path) -> None:
    packet = RDF.format(attributes=f' xmp:Rating="{written}"', inside="").encode()
    assert seen(field(), tmp_path, xmp=packet).stars == stars


def test_a_picture_is_looked_at_once(tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    field(spot=(60, 60)).save(file)
    shown = photograph(file)
    first = look_at(shown, tmp_path / "sights")
    file.unlink()
    again = look_at(shown, tmp_path / "sights")
    assert vars(again.sight) == vars(first.sight)
    next((tmp_path / "sights").iterdir()).write_text("{damaged")
    field(spot=(60, 60)).save(file)
    assert look_at(shown, tmp_path / "sights").sight.signature == first.sight.signature


def test_what_a_crop_leaves_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    packet = RDF.format(attributes="", inside=MICROSOFT).encode()
    field(spot=(60, 80)).save(file, quality=92, xmp=packet)
    left, right = (look_at(photograph(file, crop)) for crop in ((0, 0, 120, 160), (120, 0, 240, 160)))
    assert left.faces[0] == pytest.approx((0.4, 0.4, 0.6, 0.6), abs=0.01)
    assert right.faces == ()
    assert left.sight.signals["colour"] > right.sight.signals["colour"] + 5
