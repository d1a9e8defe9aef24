"""Inspection: what a PDF holds is read as the standard has it, and a file in any state gives facts or one fault."""

from __future__ import annotations

import io
import tracemalloc
import zlib
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Description, assembled, described

from pressroom.errors import Place
from pressroom.inspection import Inspected, PageFacts, PaintColour, inspect, pictures_of
from pressroom.inspection.page import Paint
from pressroom.inspection.stream_lengths import unpacked_length
from pressroom.preflight import press

GREY = "/Type /XObject /Subtype /Image /Width 32 /Height 64 /BitsPerComponent 8 /ColorSpace /DeviceGray"


def first(**changes: Any) -> PageFacts:
    """The first page of the sound file with these changes."""
    return facts(**changes).pages[0]


def facts(**changes: Any) -> Inspected:
    return inspect(assembled({**described(""), **changes}))


def paints(content: str, **changes: Any) -> set[Paint]:
    return set(first(content=content, **changes).paints)


def colours(content: str, **changes: Any) -> set[PaintColour]:
    return {paint.colour for paint in paints(content, **changes)}


def form(data: str, keys: str = "") -> Description:
    return {"dict": f"/Type /XObject /Subtype /Form /BBox [0 0 999 999] {keys}", "data": data}


# ---- the graphics state


def test_sizes_of_letters_and_lines_are_those_on_paper() -> None:
    found = paints("q 2 0 0 2 0 0 cm 3 w 0 0 m 9 9 l S BT /F 5 Tf 0 2 -2 0 9 9 Tm (a) Tj ET Q 1 w 0 0 m 9 9 l S")
    assert {(paint.use, paint.size) for paint in found} == {("line", 6), ("text", 20), ("line", 1)}


def test_a_text_s_scale_ends_with_the_text() -> None:
    found = paints("BT /F 5 Tf 2 0 0 2 0 0 Tm (a) Tj ET BT (a) Tj ET")
    assert {paint.size for paint in found} == {10, 5}


def test_forms_paint_on_the_scale_of_their_page_and_in_its_colour() -> None:
    streams = {"form": form("2 w 0 0 m 9 9 l S", "/Matrix [3 0 0 3 0 0]")}
    found = paints("1 0 0 0 K q 2 0 0 2 0 0 cm /X Do Q", streams=streams, more="/XObject << /X /@form >>")
    assert found == {Paint("line", PaintColour("cmyk", (1, 0, 0, 0)), 12)}


def test_a_unit_of_its_own_enlarges_a_page_and_all_on_it() -> None:
    page = first(page="/MediaBox [0 0 100 100] /UserUnit 2", content="1 w 0 0 m 9 9 l S")
    assert page.boxes.media == (0, 0, 200, 200)
    assert {paint.size for paint in page.paints} == {2}


@pytest.mark.parametrize(
    ("state", "colour", "overprints"),
    [
        ("/OP true /op true /OPM 1", "0 0 0 1 k", True),
        ("/OP true /OPM 1", "0 0 0 1 k", True),
        ("/OP true /op false /OPM 1", "0 0 0 1 k", False),
        ("/op true /OPM 1", "0 0 0 1 k", True),
        ("/op true", "0 0 0 1 k", False),
        ("/op true", "/Gold cs 1 scn", True),
        ("", "0 0 0 1 k", False),
    ],
)
@pytest.mark.slow
def test_overprint_follows_graphics_state_and_mode(state: str, colour: str, *, overprints: bool) -> None:
    gold = "[/Separation /Gold /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 >>]"
    resources = f"/ExtGState << /G << {state} >> >> /ColorSpace << /Gold {gold} >>"
    (found,) = colours(f"/G gs {colour} 0 0 9 9 re f", resources=resources)
    assert found.overprints is overprints


def test_line_widths_follow_the_graphics_state() -> None:
    resources = "/ExtGState << /G << /OP true /op false /OPM 1 /LW 4 >> >>"
    found = paints("/G gs 0 0 0 1 K 0 0 m 9 9 l S", resources=resources)
    assert found == {Paint("line", PaintColour("cmyk", (0, 0, 0, 1), "", overprints=True), 4)}


# ---- colours


@pytest.mark.slow
@pytest.mark.parametrize(
    ("space", "operands", "colour"),
    [
        ("[/ICCBased /@profile]", "0 0 0 1", PaintColour("cmyk", (0, 0, 0, 1))),
        ("[/Indexed /DeviceRGB 1 <ffffff000000>]", "1", PaintColour("rgb")),
        ("[/Separation /Black /DeviceGray << >>]", "1", PaintColour("cmyk", (0, 0, 0, 1))),
        ("[/Separation /All /DeviceGray << >>]", "1", PaintColour("all", (1,))),
        ("[/Separation /Gold /DeviceCMYK << >>]", "0.5", PaintColour("spot", (0.5,), "Gold")),
        ("[/DeviceN [/Yellow /Cyan] /DeviceCMYK << >>]", "0.3 0.2", PaintColour("cmyk", (0.2, 0, 0.3, 0))),
        ("[/DeviceN [/Cyan /Gold] /DeviceCMYK << >>]", "1 1", PaintColour("spot", (1, 1), "Gold")),
        ("[/Lab << /WhitePoint [1 1 1] >>]", "100 0 0", PaintColour("lab")),
        ("[/CalRGB << /WhitePoint [1 1 1] >>]", "1 0 0", PaintColour("rgb", (1, 0, 0))),
        ("[]", "1", PaintColour("unknown", (1,))),
    ],
)
def test_colours_are_of_the_family_that_a_press_makes_of_them(space: str, operands: str, colour: PaintColour) -> None:
    resources = f"/ColorSpace << /S {space} >>"
    assert colours(f"/S cs {operands} scn 0 0 9 9 re f", resources=resources) == {colour}


@pytest.mark.slow
def test_a_space_alone_is_black_or_full_ink() -> None:
    resources = "/ColorSpace << /Gold [/Separation /Gold /DeviceCMYK << >>] >>"
    assert colours("/DeviceCMYK cs 0 0 9 9 re f", resources=resources) == {PaintColour("cmyk", (0, 0, 0, 1))}
    assert colours("/Gold CS 0 0 m 9 9 l S", resources=resources) == {PaintColour("spot", (1,), "Gold")}


@pytest.mark.slow
def test_patterns_have_their_own_colours_or_the_current_colour() -> None:
    keys = "/Type /Pattern /PatternType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
    streams = {
        "own": {"dict": f"{keys} /PaintType 1 /Resources << >>", "data": "1 0 0 rg 0 0 5 5 re f"},
        "given": {"dict": f"{keys} /PaintType 2 /Resources << >>", "data": "1 0 0 rg 0 0 5 5 re f"},
    }
    resources = "/Pattern << /Own /@own /Given /@given >> /ColorSpace << /P [/Pattern /DeviceCMYK] >>"
    found = colours("/Pattern cs /Own scn 0 0 9 9 re f", resources=resources, streams=streams)
    assert found == {PaintColour("pattern"), PaintColour("rgb", (1, 0, 0))}
    found = colours("/P cs 0 1 0 0 /Given scn 0 0 9 9 re f", resources=resources, streams=streams)
    assert found == {PaintColour("pattern"), PaintColour("cmyk", (0, 1, 0, 0))}


def test_lines_of_a_pattern_are_on_the_scale_of_the_page_and_not_of_what_it_fills() -> None:
    keys = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9"
    streams = {"own": {"dict": f"{keys} /Matrix [2 0 0 2 0 0] /Resources << >>", "data": "1 w 0 0 m 9 9 l S"}}
    found = paints(
        "5 0 0 5 0 0 cm /Pattern cs /Own scn 0 0 9 9 re f", resources="/Pattern << /Own /@own >>", streams=streams
    )
    assert {paint.size for paint in found if paint.use == "line"} == {2}


def test_type_3_glyphs_have_the_colour_of_their_text_or_their_own() -> None:
    streams = {
        "plain": {"dict": "", "data": "1000 0 0 0 9 9 d1 1 0 0 rg 0 0 9 9 re f"},
        "gaudy": {"dict": "", "data": "1000 0 d0 0 1 0 rg 20 w 0 0 m 9 9 l 0 0 9 9 re f"},
    }
    resources = """/Font << /F << /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0] /Name /Drawn
    /CharProcs << /a /@plain /b /@gaudy >> >> >>"""
    found = colours("0 0 0 1 k BT /F 10 Tf (ab) Tj ET", resources=resources, streams=streams)
    assert found == {PaintColour("cmyk", (0, 0, 0, 1)), PaintColour("rgb", (0, 1, 0))}


@pytest.mark.slow
def test_letters_that_are_not_painted_have_no_colour_and_need_no_font() -> None:
    helvetica = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    page = first(content="1 0 0 rg BT 3 Tr /F 10 Tf (a) Tj ET", resources=helvetica)
    assert not page.paints
    assert not page.fonts
    assert first(content="BT /F 10 Tf (a) Tj ET", resources=helvetica).fonts


def test_glyphs_are_drawn_apart_from_each_other() -> None:
    streams = {
        "wide": {"dict": "", "data": "1000 0 0 0 9 9 d1 9 0 0 9 0 0 cm 1 w 0 0 m 9 9 l S"},
        "slim": {"dict": "", "data": "1000 0 d0 0 1 0 RG 1 w 0 0 m 9 9 l S"},
    }
    resources = """/Font << /F << /Type /Font /Subtype /Type3 /FontMatrix [0.1 0 0 0.1 0 0] /Name /Drawn
    /CharProcs << /a /@wide /b /@slim >> >> >>"""
    found = paints("BT /F 10 Tf (ab) Tj ET", resources=resources, streams=streams)
    assert {(paint.colour.family, paint.size) for paint in found if paint.use == "line"} == {("gray", 9), ("rgb", 1)}


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("/ca 0.5 /CA 1", ("an opacity of 50%",)),
        ("/SMask << /S /Alpha >> /BM /Multiply", ("a soft mask", "the blend mode Multiply")),
        ("/BM [/Normal /Multiply]", ()),
        ("/ca 1 /SMask /None /BM /Compatible", ()),
    ],
)
@pytest.mark.slow
def test_transparency_is_told_by_its_kinds(state: str, kinds: tuple[str, ...]) -> None:
    assert first(content="/S gs 0 0 9 9 re f", resources=f"/ExtGState << /S << {state} >> >>").transparency == kinds


# ---- pictures


def test_a_picture_has_the_lower_ppi_of_its_two_directions() -> None:
    streams = {"p": {"dict": GREY, "data": "x", "times": 2048}}
    (picture,) = first(content="q 0 72 -72 0 50 50 cm /P Do Q", streams=streams, more="/XObject << /P /@p >>").pictures
    assert (picture.ppi, picture.pixels, picture.bits) == (32, (32, 64), 8)


def test_a_stencil_is_painted_in_the_colour_that_is_in_force() -> None:
    keys = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ImageMask true"
    streams = {"p": {"dict": keys, "data": "x", "times": 8}}
    page = first(content="1 0 0 rg /P Do", streams=streams, more="/XObject << /P /@p >>")
    assert {paint.colour for paint in page.paints} == {PaintColour("rgb", (1, 0, 0))}
    assert (page.pictures[0].family, page.pictures[0].bits) == ("gray", 1)


def test_pictures_among_the_operators_are_found() -> None:
    page = first(content="q 72 0 0 72 0 0 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID 123456789012 EI Q")
    (picture,) = page.pictures
    assert (picture.family, picture.pixels, picture.ppi, picture.bits) == ("rgb", (2, 2), 2, 8)


def test_a_default_colour_space_makes_a_picture_calibrated() -> None:
    streams = {"p": {"dict": GREY.replace("Gray", "CMYK"), "data": "x", "times": 8192}}
    more = "/XObject << /P /@p >> /ColorSpace << /DefaultCMYK [/ICCBased /@profile] >>"
    assert first(content="/P Do", streams=streams, more=more).pictures[0].is_calibrated
    assert not first(content="/P Do", streams=streams, more="/XObject << /P /@p >>").pictures[0].is_calibrated


# ---- the tree of pages


def test_boxes_turns_and_resources_come_down_the_tree() -> None:
    with pikepdf.open(io.BytesIO(assembled(described("")))) as pdf:
        for page in pdf.pages:
            branch = page.obj.Parent
            for key in ("/MediaBox", "/Resources"):
                branch[key] = page.obj[key]
                del page.obj[key]
            branch.Rotate = -90
            branch.CropBox = pikepdf.Array([10, 10, 900, 310])
        out = io.BytesIO()
        pdf.save(out)
    page = inspect(out.getvalue()).pages[0]
    assert (page.boxes.media, page.boxes.sheet) == ((0, 0, 220, 320), (10, 10, 220, 310))
    assert page.rotation == 270
    assert {font.name for font in page.fonts} == {"Square"}


@pytest.mark.slow
def test_a_book_that_is_read_from_the_right_is_known() -> None:
    assert facts(root="/ViewerPreferences << /Direction /R2L >>").reads_from_right
    assert not facts().reads_from_right


@pytest.mark.slow
def test_an_opening_at_a_page_is_no_action() -> None:
    assert not facts(root="/OpenAction [0 /Fit]").has_scripts
    assert facts(root="/OpenAction << /S /GoTo /D [0 /Fit] >>").has_scripts


# ---- files in any state


@pytest.mark.slow
@pytest.mark.parametrize("content", ["/X Do", "/X Do /X Do /X Do"])
def test_forms_that_contain_themselves_are_reported_and_do_not_loop(content: str) -> None:
    streams = {"form": form(content, "/Resources << /XObject << /X /@form >> >>")}
    changes: Description = {"more": "/XObject << /X /@form >>", "content": content, "streams": streams}
    found = facts(**changes)
    assert found.pages[0].is_endless
    assert list(pictures_of(assembled({**described(""), **changes}), found.pages)) == [b"", b""]


@pytest.mark.slow
def test_content_that_unpacks_to_more_than_is_read_is_reported() -> None:
    found = facts(content="q Q " * 2**23 + "0 g")
    assert found.pages[0].is_endless
    assert "32 MB" in found.pages[0].damage
    assert "32 MB" in "".join(finding.message for finding in press.check_finished(press.PressFile(found, Place("x"))))


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_is_measured_without_unpacking_what_is_beyond(layers: int) -> None:
    """Flate in Flate packs a million to one: 4 GB were held of a file of some kilobytes."""
    data = bytes(3_000_000)
    for _ in range(layers):
        data = zlib.compress(data)
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, data, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * layers))
    assert unpacked_length(stream, 3_000_000) == 3_000_000
    assert unpacked_length(stream, 1000) > 1000
    tracemalloc.start()
    unpacked_length(stream, 1000)
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_a_stream_of_any_filter_or_state_has_a_length() -> None:
    pdf = pikepdf.new()
    assert unpacked_length(pikepdf.Stream(pdf, b"0 g"), 9) == 3
    assert unpacked_length(pikepdf.Stream(pdf, b"30 20 67>", Filter=pikepdf.Name.ASCIIHexDecode), 9) == 3
    assert unpacked_length(pikepdf.Stream(pdf, b"no Flate", Filter=pikepdf.Name.FlateDecode), 9) == 0


@pytest.mark.slow
def test_metadata_longer_than_any_is_not_read() -> None:
    """800 MB of blanks pack into 1 MB."""
    xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    xmp += '<rdf:Description xmlns:ua="http://www.aiim.org/pdfua/ns/id/" ua:part="1"/></rdf:RDF>{}</x:xmpmeta>'

    def claimed(blanks: int) -> tuple[str, ...]:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.Root.Metadata = pdf.make_stream(xmp.format(" " * blanks).encode())
        pdf.save(made := io.BytesIO())
        return inspect(made.getvalue()).standards

    assert claimed(0) == ("PDF/UA-1",)
    assert claimed(10_000_000) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"page": ""},
        {"page": "/MediaBox [0 0 (wide) 9]"},
        {"page": "/MediaBox 7 /TrimBox [1 2] /Rotate (left) /UserUnit -1 /Annots 3"},
        {"resources": "/Font 1 /XObject [/a] /ExtGState /b", "content": "/F 1 Tf (a) Tj /X Do /G gs"},
        {"content": "Q Q ET 1 cm /N gs k 1 2 rg (a Tj"},
        {"root": "/OutputIntents [3 << >>] /Names 1 /ViewerPreferences (no) /Outlines 7 /AcroForm 0 /MarkInfo 1"},
        {"root": "/PageLabels << /Nums [0] >>"},
        {"info": "/Trapped 3 /Title 4"},
        {"claims": "<<<"},
        {"pages": 0},
        {"version": "1.3", "root": "/Version /1.7"},
        {"password": "only to change it"},
    ],
)
def test_what_is_odd_in_a_file_gives_facts(changes: Description) -> None:
    found = facts(**changes)
    press.check_finished(press.PressFile(found, Place("x")))
    assert len(list(pictures_of(assembled({**described(""), **changes}), found.pages))) == len(found.pages)


NAMES_OF_BYTES = (
    "/ColorSpace << /Gr#fcn [/Separation /Gr#fcn /DeviceCMYK"
    " << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [1 0 1 0] >>] >>"
    " /ExtGState << /g#e9 << /BM /N#f6rmal >> >>"
    " /Font << /F#fc << /Type /Font /Subtype /Type1 /BaseFont /#82l#82r >> >>"
)


@pytest.mark.parametrize(
    ("content", "spot"),
    [
        ("/Gr#fcn cs 1 scn 0 0 9 9 re f", "Gr\xfcn"),
        ("/Gr#fcn CS 1 SCN 0 0 9 9 re S", "Gr\xfcn"),
        ("/g#e9 gs 0 0 9 9 re f", ""),
        ("BT /F#fc 9 Tf (a) Tj ET", ""),
        ("/X#ff Do", ""),
        ("/P#fe sh", ""),
        ("/Pattern cs /M#fd scn 0 0 9 9 re f", ""),
        ("/L#e4 /Props#e4 BDC EMC", ""),
    ],
)
@pytest.mark.slow
def test_names_are_bytes_and_need_not_be_utf_8(content: str, spot: str) -> None:
    """A name in another encoding is no damage (ISO 32000-1, 7.3.5); what it names is found, and told readably."""
    found = facts(content=content, resources=NAMES_OF_BYTES)
    told = {finding.id for finding in press.check_finished(press.PressFile(found, Place("x")))}
    assert "page-damaged" not in told
    assert not spot or spot in {paint.colour.spot for paint in found.pages[0].paints}


@pytest.mark.parametrize(
    "changes",
    [
        {"page": "/MediaBox [0 0 99 99] /Annots [<< /Type /Annot /Subtype /Gr#fcn /Rect [0 0 9 9] >>]"},
        {"root": "/OutputIntents [<< /Type /OutputIntent /S /GTS_#fc /OutputConditionIdentifier (x) >>]"},
        {"root": "/Version /1.#fc"},
        {"root": "/PageMode /Us#e9 /Gr#fcn 1", "info": "/Gr#fcn (a)"},
    ],
)
@pytest.mark.slow
def test_names_that_are_not_utf_8_stop_no_check(changes: Description) -> None:
    """Kinds of annotations, intents and versions, too."""
    assert facts(**changes).pages


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"hello", b"\x00" * 99, b"%PDF-1.7\ntrailer << /Root 1 0 R >>"])
def test_a_file_that_is_not_a_pdf_is_reported(data: bytes) -> None:
    with pytest.raises(pikepdf.PdfError):
        inspect(data)


def is_told(data: bytes) -> bool:
    """Whether a file is recognised: as no PDF, as one without pages, or by pages from the first on."""
    try:
        found = inspect(data)
    except pikepdf.PdfError:
        return True
    told = {finding.id for finding in press.check_finished(press.PressFile(found, Place("x")))}
    numbers = [page.number for page in found.pages]
    return numbers == list(range(1, len(numbers) + 1)) and (not numbers) == ("pages-missing" in told)


SOUND = assembled(
    {**described(""), "resources": "", "intent": "", "content": "0 g BT /F 1 Tf (a) Tj ET /X Do 1 0 0 rg"}
)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.integers(0, len(SOUND)))
def test_a_file_that_breaks_off_is_read_or_reported(length: int) -> None:
    assert is_told(SOUND[:length])


@pytest.mark.slow
@settings(max_examples=150)
@given(st.integers(0, len(SOUND) - 9), st.binary(min_size=1, max_size=8))
def test_a_file_with_wrong_bytes_is_read_or_reported(start: int, wrong: bytes) -> None:
    assert is_told(SOUND[:start] + wrong + SOUND[start + len(wrong) :])


@pytest.mark.slow
@settings(max_examples=60)
@given(st.text("qQ 0.1-/Xn()<>[]cmDogskrgTfjSBIDE\n", max_size=60))
def test_any_operators_are_read_or_reported(content: str) -> None:
    data = assembled({**described(""), "content": content, "resources": "", "intent": ""})
    assert is_told(data)
    assert len(inspect(data).pages) == len(inspect(SOUND).pages), "whatever stands on a page, it is one"


def test_colours_know_white() -> None:
    assert PaintColour("cmyk", (0, 0, 0, 0)).is_white
    assert PaintColour("gray", (1,)).is_white
    assert not replace(PaintColour("gray", (1,)), values=()).is_white


def test_damage_for_which_qpdf_has_another_word_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise RuntimeError("/Count is wrong after flattening pages tree")

    monkeypatch.setattr(pikepdf, "open", refuse)
    with pytest.raises(pikepdf.PdfError, match="Count is wrong"):
        inspect(b"%PDF-1.7")
