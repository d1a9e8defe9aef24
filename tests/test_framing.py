"""Framing: which part of a photograph is shown, which point is kept in frame, and which parts nobody may see."""

from __future__ import annotations

import pytest
from conftest import Publish, collect, lines, picture, read
from hypothesis import example, given
from hypothesis import strategies as some

from pressroom.errors import PressroomError
from pressroom.publication import Figure, Focus, Framing, Region, parse_aspect, parse_focus, parse_region, parse_regions

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="9" height="9"/></svg>'


def framed(publication: Publish, attributes: str = "", notes: str = "") -> Framing:
    """How the one picture of a publication is framed, by its chapter and by photos.yaml."""
    files = {"book/a.md": "# A\n\n![Alt](a.jpg)" + (f"{{{attributes}}}" if attributes else "")}
    seen = read(publication(files | ({"book/photos.yaml": f"a.jpg: {{{notes}}}"} if notes else {})))
    assert not seen.findings
    [(_, figure)] = seen.publication.figures()
    assert isinstance(figure, Figure)
    return figure.framing


# ---- what may be written


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("60% 40%", Focus(60, 40)),
        ("0% 100%", Focus(0, 100)),
        (" 33.3%   12.25% ", Focus(33.3, 12.25)),
    ],
)
def test_a_focus_is_a_point_of_the_picture(text: str, focus: Focus) -> None:
    assert parse_focus(text) == focus


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("3:2", 1.5), ("3 : 2", 1.5), ("2/3", 2 / 3), ("16x9", 16 / 9), ("1 × 1", 1), ("2.35:1", 2.35), ("20:1", 20)],
)
def test_an_aspect_is_width_to_height(text: str, ratio: float) -> None:
    assert parse_aspect(text) == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("10% 5% 80% 90%", Region(10, 5, 80, 90)),
        ("0% 0% 100% 100%", Region(0, 0, 100, 100)),
        ("33.3% 0.5% 66.7% 12%", Region(33.3, 0.5, 66.7, 12)),
        ("600 200 3000 2000", Region(600, 200, 3000, 2000, "px")),
        ("600px 200px 3000px 2000px", Region(600, 200, 3000, 2000, "px")),
    ],
)
def test_a_part_is_measured_in_per_cent_or_pixels(text: str, region: Region) -> None:
    assert parse_region(text) == region
    assert parse_regions(f"{text}, {text}") == (region, region)


@pytest.mark.parametrize("name", ["crop", "blur"])
def test_shares_without_a_sign_are_no_pixels(publication: Publish, name: str) -> None:
    """A face behind a blur of less than a pixel would be shown."""
    seen = read(publication({"book/a.md": f'# A\n\nText.\n\n![Alt](a.jpg){{{name}="0.4 0.1 0.08 0.12"}}'}))
    [finding] = seen.findings
    assert (finding.id, "Write 40% 10% 8% 12%" in finding.remedy) == (f"{name}-wrong", True)


WRONG = {
    "focus": ["left", "60 40", "60%", "60% 101%", "-1% 5%", "60% 40% 5%", "60%40%", "6e1% 4%"],
    "aspect": ["3", "3:0", "0:3", "0:0", "wide", "-3:2", "21:1", "1:21", "3:2:1", "inf:1", "nan:1"],
    "crop": ["10% 5% 80%", "10% 5% 95% 90%", "10% 5% 0% 90%", "0 0 0 9", "10% 5 80% 90", "-1 0 5 5", "1 2 3 4 5"],
    "blur": ["10% 5% 80%", "1% 1% 1% 1%,", "1% 1% 1% 1% 2% 2% 2% 2%", "the face", "50% 50% 51% 10%"],
}
EXAMPLES = {"focus": "60% 40%", "aspect": "3:2", "crop": "10% 5% 80% 90%", "blur": "10% 5% 80% 90%"}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_wrong_framing_is_reported_with_an_example(publication: Publish, name: str, text: str) -> None:
    seen = read(publication({"book/a.md": f'# A\n\nText.\n\n![Alt](a.jpg){{{name}="{text}"}}'}))
    assert lines(seen.findings) == [f"book/a.md:5:1 error {name}-wrong"]
    [finding] = seen.findings
    assert text.rpartition(",")[2] in finding.message
    assert EXAMPLES[name] in finding.remedy


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_wrong_framing_in_photos_yaml_is_reported(publication: Publish, name: str, text: str) -> None:
    root = publication({"book/photos.yaml": f'a.jpg:\n  alt: A truck\n  {name}: "{text}"\n'})
    with pytest.raises(PressroomError) as told:
        read(root)
    [finding] = told.value.findings
    assert (finding.id, finding.place.file, finding.place.line) == ("value-wrong", "book/photos.yaml", 3)
    assert EXAMPLES[name] in f"{finding.message} {finding.remedy}"


@pytest.mark.slow
@pytest.mark.parametrize("parse", [parse_focus, parse_aspect, parse_region, parse_regions])
@given(some.text() | some.text(alphabet="0123456789.,%:/x px-", max_size=30))
@example("9" * 400 + " 0 1 1")
@example("0 0 1 " + "9" * 400)
def test_any_text_is_a_frame_or_a_fault(parse: object, text: str) -> None:
    assert callable(parse)
    try:
        found = parse(text)
    except ValueError as fault:
        assert "; write" in str(fault)
        return
    if isinstance(found, Region):
        left, top, right, bottom = found.box(600, 400)
        assert 0 <= left < right <= 600
        assert 0 <= top < bottom <= 400


# ---- the source of a value


def test_the_manuscript_and_photos_yaml_can_both_declare_it(publication: Publish) -> None:
    meant = Framing(Focus(60, 40), Region(10, 5, 80, 90), 1.5, (Region(1, 2, 3, 4), Region(50, 60, 7, 8, "px")))
    typed = 'focus="60% 40%" crop="10% 5% 80% 90%" aspect="3:2" blur="1% 2% 3% 4%, 50 60 7 8"'
    noted = 'focus: 60% 40%, crop: 10% 5% 80% 90%, aspect: "3:2", blur: "1% 2% 3% 4%, 50 60 7 8"'
    assert framed(publication, typed) == meant
    assert framed(publication, notes=noted) == meant
    assert framed(publication) == Framing()


def test_the_manuscript_wins_key_by_key(publication: Publish) -> None:
    noted = 'focus: 60% 40%, crop: 10% 5% 80% 90%, aspect: "3:2"'
    assert framed(publication, 'aspect="1:1"', noted) == Framing(Focus(60, 40), Region(10, 5, 80, 90), 1.0)
    assert framed(publication, 'focus="50% 50%"', noted) == Framing(Focus(50, 50), Region(10, 5, 80, 90), 1.5)
    assert framed(publication, 'crop="0% 0% 9% 9%"', noted) == Framing(Focus(60, 40), Region(0, 0, 9, 9), 1.5)


def test_what_photos_yaml_blurs_stays_blurred_whatever_the_manuscript_adds(publication: Publish) -> None:
    framing = framed(publication, 'blur="5% 5% 5% 5%, 1% 2% 3% 4%"', "blur: 1% 2% 3% 4%")
    assert framing.blur == (Region(1, 2, 3, 4), Region(5, 5, 5, 5))


def test_a_picture_in_a_gallery_is_framed_too(publication: Publish) -> None:
    text = '# A\n\n::: gallery\n![One](a.jpg){crop="0% 0% 50% 50%"}\n![Two](b.jpg){blur="1% 1% 9% 9%"}\n:::'
    seen = read(publication({"book/a.md": text, "book/photos.yaml": 'b.jpg: {aspect: "1:1"}'}))
    frames = [figure.framing for _, figure in seen.publication.figures()]
    assert not seen.findings
    assert frames == [Framing(crop=Region(0, 0, 50, 50)), Framing(aspect=1.0, blur=(Region(1, 1, 9, 9),))]


# ---- held against the file


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('crop="0 0 601 400"', "error crop-outside"),
        ('crop="600 0 1 1"', "error crop-outside"),
        ('crop="0 390 9 11"', "error crop-outside"),
        ('blur="599 0 2 9"', "error blur-outside"),
        ('blur="1% 1% 1% 1%, 0 401 1 1"', "error blur-outside"),
        ('crop="0 0 600 400" blur="599 399 1 1"', ""),
        ('crop="0.1% 0.1% 0.01% 0.01%" blur="99.99% 99.99% 0.01% 0.01%"', ""),
    ],
)
@pytest.mark.slow
def test_a_part_that_the_file_does_not_have_is_reported(publication: Publish, attributes: str, told: str) -> None:
    root = publication({"book/a.md": f"![Alt](a.jpg){{{attributes}}}"})
    picture(root / "assets/a.jpg", 600, 400)
    album, findings = collect(root)
    assert lines(findings) == ([f"book/a.md:1:1 {told}"] if told else [])
    assert bool(album) == (not told)
    if told:
        assert "600 × 400" in findings[0].message


def test_parts_are_measured_on_the_upright_picture(publication: Publish) -> None:
    root = publication({"book/a.md": '![Alt](a.jpg){crop="0 500 400 100"}'})
    picture(root / "assets/a.jpg", 600, 400, exif=b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0")
    album, findings = collect(root)
    assert not findings
    assert [(photograph.width, photograph.height) for photograph in album.values()] == [(400, 100)]


@pytest.mark.parametrize("attribute", ['crop="0% 0% 50% 50%"', 'aspect="1:1"', 'blur="1% 1% 9% 9%"'])
def test_no_part_of_a_drawing_is_cut_off_or_blurred(publication: Publish, attribute: str) -> None:
    root = publication({"book/a.md": f"![Alt](a.svg){{{attribute}}}", "assets/a.svg": SVG})
    album, findings = collect(root)
    assert not album
    assert lines(findings) == ["book/a.md:1:1 error drawing-framed"]


def test_a_drawing_may_have_a_focus(publication: Publish) -> None:
    root = publication({"book/a.md": '![Alt](a.svg){focus="10% 20%"}', "assets/a.svg": SVG})
    [photograph] = collect(root)[0].values()
    assert photograph.focus == Focus(10, 20)


# ---- the window


@pytest.mark.parametrize(
    ("framing", "window"),
    [
        (Framing(), (0, 0, 600, 400)),
        (Framing(crop=Region(50, 50, 50, 50)), (300, 200, 600, 400)),
        (Framing(crop=Region(100, 50, 300, 200, "px")), (100, 50, 400, 250)),
        (Framing(aspect=1.0), (100, 0, 500, 400)),
        (Framing(Focus(0, 50), aspect=1.0), (0, 0, 400, 400)),
        (Framing(Focus(100, 50), aspect=1.0), (200, 0, 600, 400)),
        (Framing(Focus(75, 50), aspect=1.0), (150, 0, 550, 400)),
        (Framing(Focus(50, 100), aspect=3.0), (0, 200, 600, 400)),
        (Framing(Focus(100, 50), Region(0, 0, 50, 50), 1.0), (100, 0, 300, 200)),
        (Framing(Focus(25, 50), Region(0, 0, 50, 50), 1.0), (50, 0, 250, 200)),
    ],
)
def test_a_crop_is_cut_to_its_aspect_around_the_focus(framing: Framing, window: tuple[int, int, int, int]) -> None:
    assert framing.window(600, 400) == window


def test_the_focus_is_a_point_of_the_visible_part() -> None:
    framing = Framing(Focus(75, 25), Region(50, 0, 50, 50))
    assert framing.focus_in(framing.window(600, 400), 600, 400) == Focus(50, 50)
    assert Framing(Focus(0, 100)).focus_in((300, 200, 600, 300), 600, 400) == Focus(0, 100)


PERCENT = some.floats(0, 100, allow_nan=False)
PARTS = some.tuples(PERCENT, PERCENT, PERCENT, PERCENT).map(
    lambda p: Region(min(p[0], p[1]), min(p[2], p[3]), max(0.001, abs(p[0] - p[1])), max(0.001, abs(p[2] - p[3])))
)
FRAMES = some.builds(
    Framing,
    focus=some.builds(Focus, PERCENT, PERCENT),
    crop=some.none() | PARTS,
    aspect=some.none() | some.floats(1 / 20, 20),
)


@pytest.mark.slow
@given(FRAMES, some.integers(1, 30_000), some.integers(1, 30_000))
@example(Framing(Focus(100, 100), Region(99.999, 99.999, 0.001, 0.001), 20), 1, 1)
@example(Framing(Focus(50, 50), None, 20), 1, 30_000)
@example(Framing(Focus(0, 30.625), None, 1), 1, 28_541)
def test_every_window_lies_in_its_picture_and_keeps_the_focus(framing: Framing, width: int, height: int) -> None:
    left, top, right, bottom = framing.window(width, height)
    outer = framing.crop.box(width, height) if framing.crop else (0, 0, width, height)
    assert 0 <= outer[0] <= left < right <= outer[2] <= width
    assert 0 <= outer[1] <= top < bottom <= outer[3] <= height
    x, y = framing.focus.x / 100 * width, framing.focus.y / 100 * height
    if outer[0] <= x <= outer[2]:
        assert left - 1 - width / 20_000 <= x <= right + 1 + width / 20_000  # a focus is kept to .01 %
    if outer[1] <= y <= outer[3]:
        assert top - 1 - height / 20_000 <= y <= bottom + 1 + height / 20_000
    if framing.aspect:  # one side is whole; the other is what the aspect makes of it, to a pixel's rounding
        across, down = right - left, bottom - top
        assert 1 in (across, down) or abs(across - down * framing.aspect) <= max(0.51, 0.51 * framing.aspect)
        assert across == outer[2] - outer[0] or down == outer[3] - outer[1]
    inside = framing.focus_in((left, top, right, bottom), width, height)
    assert 0 <= inside.x <= 100
    assert 0 <= inside.y <= 100
