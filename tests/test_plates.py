"""Inks: what becomes of the colours of a page on its way to the plates, operator by operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pikepdf import Array, Dictionary, Name

from pressroom.pdf.inks import BLACK, InkPass, Inks


def mix(rgb: tuple[float, float, float]) -> tuple[float, float, float, float]:
    """As a profile would: greys of black alone, other colours by subtraction, without black."""
    red, green, blue = rgb
    return (0, 0, 0, 1 - red) if red == green == blue else (1 - red, 1 - green, 1 - blue, 0)


def page_of(pdf: pikepdf.Pdf, content: str, resources: Mapping[str, Any] | None = None) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Contents = pdf.make_stream(content.encode())
    page.Resources = Dictionary(resources or {})
    return page


def printed(content: str, resources: Mapping[str, Any] | None = None, inks: Inks | None = None) -> str:
    """The operators of a page after it has been made ready for the press."""
    with pikepdf.new() as pdf:
        page = page_of(pdf, content, resources)
        InkPass(pdf, inks or Inks("cmyk", mix)).page(page)
        return operators(page)


def operators(stream: Any) -> str:
    return " ".join(pikepdf.unparse_content_stream(list(pikepdf.parse_content_stream(stream))).decode().split())


START = "0 0 0 1 k /Over10 gs 0 0 0 1 K /Over11 gs "


@pytest.mark.parametrize(
    ("given", "inks"),
    [
        ("1 0 0 rg", "0 1 1 0 k /Over01 gs"),
        ("0.5 0.5 0.5 rg", "0 0 0 0.5 k /Over01 gs"),
        ("0.25 G", "0 0 0 0.75 K /Over10 gs"),
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 rg", "0 0 0 0 k /Over01 gs"),
        ("1 g", "0 0 0 0 k /Over01 gs"),
        ("/DeviceCMYK cs 0 0 0 0.7 scn", "0 0 0 1 k 0 0 0 0.7 k /Over01 gs"),
        ("/DeviceRGB cs 0 0 1 sc", "0 0 0 1 k 1 1 0 0 k /Over01 gs"),
        ("0.3 0.6 0 0 K", "0.3 0.6 0 0 K /Over10 gs"),
    ],
)
def test_every_colour_becomes_ink_and_greys_black_alone(given: str, inks: str) -> None:
    assert printed(given) == START + inks


def test_black_overprints_and_white_and_colours_knock_out() -> None:
    content = "0 g (a) Tj 1 g (b) Tj 0 0 0 0.99 k (c) Tj 0.5 0 0 1 k (d) Tj 0 0 0 1 k (e) Tj"
    assert printed(content) == (
        START + "0 0 0 1 k (a) Tj 0 0 0 0 k /Over01 gs (b) Tj 0 0 0 0.99 k (c) Tj 0.5 0 0 1 k (d) Tj "
        "0 0 0 1 k /Over11 gs (e) Tj"
    )


def test_overprinting_comes_back_with_the_colour_that_is_restored() -> None:
    assert printed("q 1 g (a) Tj Q (b) Tj") == START + "q 0 0 0 0 k /Over01 gs (a) Tj Q (b) Tj"
    assert printed("1 g q 0 g Q 0 g") == START + "0 0 0 0 k /Over01 gs q 0 0 0 1 k /Over11 gs Q 0 0 0 1 k /Over11 gs"


@pytest.mark.slow
@given(some.lists(some.sampled_from(["q", "Q", "0 g", "1 g", "1 0 0 rg", "0 G", "0.5 G", "0 0 0 1 k", "f", "S"])))
def test_whatever_is_painted_only_solid_black_overprints(content: list[str]) -> None:
    depth, balanced = 0, []
    for operator in content:
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        if depth < 0:
            depth = 0
        else:
            balanced.append(operator)
    state, stack = ((), (), ""), []
    for line in printed(" ".join(balanced + ["Q"] * depth)).replace(" gs", " gs\n").split("\n"):
        tokens = line.split()
        numbers: list[str] = []
        for token in tokens:
            fill, stroke, over = state
            if token in ("k", "K"):
                state = (tuple(numbers), stroke, over) if token == "k" else (fill, tuple(numbers), over)
            elif token == "gs":
                state = (fill, stroke, numbers[-1])
            elif token == "q":
                stack.append(state)
            elif token == "Q":
                state = stack.pop()
            elif token in ("f", "S"):
                black = ("0", "0", "0", "1")
                assert over == f"/Over{fill == black:d}{stroke == black:d}"
            numbers = [*numbers, token] if token[0] in "0123456789/." else []


def test_pictures_and_gradients_hide_what_is_under_them_even_after_black_text() -> None:
    with pikepdf.new() as pdf:
        image = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray)
        page = page_of(pdf, "0 g /Im Do 1 g 1 G /Im Do", {"/XObject": Dictionary(Im=image)})
        InkPass(pdf, Inks("cmyk", mix)).page(page)
        assert operators(page) == (
            START + "0 0 0 1 k q /Over00 gs /Im Do Q 0 0 0 0 k /Over01 gs 0 0 0 0 K /Over00 gs /Im Do"
        )
        assert page.Resources.ExtGState.Over11.op
        assert not page.Resources.ExtGState.Over00.op
        assert not page.Resources.ExtGState.Over00.OP
        assert page.Resources.ExtGState.Over11.OPM == 1


def test_colours_in_forms_and_patterns_and_gradients_become_ink_too() -> None:
    def step(first: list[float], last: list[float]) -> Dictionary:
        return Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=first, C1=last)

    with pikepdf.new() as pdf:
        both = Array([step([1, 0, 0], [1, 1, 1]), step([1, 1, 1], [0.5, 0.5, 0.5])])
        stitched = Dictionary(FunctionType=3, Domain=[0, 1], Functions=both, Bounds=[0.5], Encode=[0, 1, 0, 1])
        shading = pdf.make_indirect(Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Function=stitched))
        inner = pdf.make_stream(b"0 1 0 rg f", Subtype=Name.Form)
        form = pdf.make_stream(b"/In Do 0 0 1 RG S", Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(In=inner))
        form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        tiles = pdf.make_stream(b"f 1 0 1 rg f", PatternType=1, PaintType=1)
        smooth = pdf.make_indirect(Dictionary(PatternType=2, Shading=shading))
        resources = {
            "/XObject": Dictionary(Fo=form),
            "/Pattern": Dictionary(Ti=tiles, Sm=smooth),
            "/Shading": Dictionary(Sh=shading),
        }
        page = page_of(pdf, "/Fo Do /Pattern cs /Ti scn f /Pattern CS /Sm SCN S /Sh sh", resources)
        InkPass(pdf, Inks("cmyk", mix)).page(page)
        assert operators(inner) == "1 0 1 0 k /Over00 gs f"
        assert operators(form) == "/In Do 1 1 0 0 K /Over00 gs S"
        assert str(form.Group.CS) == "/DeviceCMYK"
        assert operators(tiles) == START + "f 0 1 0 0 k /Over01 gs f"
        assert str(shading.ColorSpace) == "/DeviceCMYK"
        ends = [[float(n) for n in end] for f in stitched.Functions for end in (f.C0, f.C1)]
        assert ends == [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0.5]]


def test_a_gradient_that_cannot_be_mixed_stays_as_a_whole() -> None:
    with pikepdf.new() as pdf:
        sampled = pdf.make_stream(b"\0\0\0\1\1\1", FunctionType=0, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1], Size=[2])
        simple = Dictionary(FunctionType=2, N=1, C0=[1, 0, 0], C1=[0, 0, 0])
        function = Dictionary(FunctionType=3, Functions=Array([simple, sampled]))
        shading = pdf.make_indirect(Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Function=function))
        InkPass(pdf, Inks("cmyk", mix)).page(page_of(pdf, "/Sh sh", {"/Shading": Dictionary(Sh=shading)}))
        assert (str(shading.ColorSpace), [int(n) for n in simple.C0]) == ("/DeviceRGB", [1, 0, 0])


def test_a_soft_mask_stays_light_and_dark() -> None:
    with pikepdf.new() as pdf:
        group = pdf.make_stream(b"1 1 1 rg f", Subtype=Name.Form, Group=Dictionary(CS=Name.DeviceRGB))
        state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
        page = page_of(pdf, "/Gs gs f", {"/ExtGState": Dictionary(Gs=state)})
        assert InkPass(pdf, Inks("cmyk", mix)).page(page).has_transparency
        assert operators(group) == "1 g f"
        assert str(group.Group.CS) == "/DeviceGray"


def test_for_a_printer_of_screen_colours_there_is_no_ink_and_nothing_overprints() -> None:
    inks = Inks("rgb")
    assert printed("0 0 0 1 k 0 0 0 0.25 K 1 0 0 rg 1 0 0 0 k", inks=inks) == "0 g 0 G 0 g 0.75 G 1 0 0 rg 0 1 1 rg"


def test_for_one_black_plate_colours_become_grey() -> None:
    assert printed("0 0 0 1 k 1 0 0 rg 1 1 0 rg 0 0 1 0 K", inks=Inks("gray")) == "0 g 0 G 0 g 0.3 g 0.89 g 0.89 G"


def test_without_a_printing_condition_only_greys_become_black_ink() -> None:
    assert printed("1 0 0 rg 0.5 g", inks=Inks("cmyk")) == START + "1 0 0 rg /Over01 gs 0 0 0 0.5 k"


COLOUR = some.lists(some.floats(0, 1), min_size=3, max_size=3).map(tuple)


@pytest.mark.slow
@given(COLOUR | some.floats(0, 1).map(lambda grey: (grey,)))
def test_inks_have_four_parts_from_nothing_to_all_and_greys_one_ink(colour: tuple[float, ...]) -> None:
    inks = Inks("cmyk", mix).of(colour)
    assert len(inks) == 4
    assert all(0 <= part <= 1 for part in inks)
    if len(set(colour)) == 1:
        assert inks[:3] == (0, 0, 0)
    assert Inks("cmyk", mix).of((0.0,)) == BLACK


@pytest.mark.parametrize(
    ("state", "shows"),
    [
        ({"ca": 1, "CA": 1}, False),
        ({"ca": 0.5}, True),
        ({"CA": 0.5}, True),
        ({"BM": Name.Multiply}, True),
        ({"BM": Name.Normal, "SMask": Name("/None")}, False),
    ],
)
@pytest.mark.parametrize("where", ["page", "form"])
def test_what_shows_through_is_seen(state: dict[str, Any], shows: bool, where: str) -> None:  # noqa: FBT001
    with pikepdf.new() as pdf:
        resources = {"/ExtGState": Dictionary(Gs=Dictionary(**state))}
        content = "/Gs gs 0 0 10 10 re f"
        if where == "form":
            form = pdf.make_stream(content.encode(), Subtype=Name.Form, Resources=Dictionary(resources))
            content, resources = "/Fo Do", {"/XObject": Dictionary(Fo=form)}
        assert InkPass(pdf, Inks("cmyk", mix)).page(page_of(pdf, content, resources)).has_transparency is shows


def test_what_is_set_and_painted_with_nothing_shows_nothing_through() -> None:
    with pikepdf.new() as pdf:
        states = Dictionary(Half=Dictionary(ca=0.5), Full=Dictionary(ca=1))
        page = page_of(pdf, "q /Half gs Q f /Half gs /Full gs f", {"/ExtGState": states})
        assert not InkPass(pdf, Inks("cmyk", mix)).page(page).has_transparency


def test_a_blend_mode_lasts_until_another_is_set_whatever_becomes_of_a_mask() -> None:
    for content, shows in (("/Mix gs /Bare gs f", True), ("/Mix gs /Plain gs f", False)):
        states = Dictionary(Mix=Dictionary(BM=Name.Multiply), Bare=Dictionary(SMask=Name("/None")))
        states.Plain = Dictionary(BM=Name.Normal)
        with pikepdf.new() as pdf:
            page = page_of(pdf, content, {"/ExtGState": states})
            assert InkPass(pdf, Inks("cmyk", mix)).page(page).has_transparency is shows


def test_only_transparent_forms_keep_their_group() -> None:
    with pikepdf.new() as pdf:
        forms = Dictionary()
        for name, content in (("Solid", "f"), ("Half", "f"), ("Inner", "/Gs gs f")):
            form = pdf.make_stream(content.encode(), Subtype=Name.Form, Group=Dictionary(CS=Name.DeviceRGB))
            form.Resources = Dictionary(ExtGState=Dictionary(Gs=Dictionary(ca=0.5)))
            forms[f"/{name}"] = form
        resources = {"/XObject": forms, "/ExtGState": Dictionary(Gs=Dictionary(ca=0.5))}
        press = InkPass(pdf, Inks("cmyk", mix))
        press.page(page_of(pdf, "/Solid Do /Inner Do /Half Do /Gs gs /Half Do", resources))
        press.drop_unused()
        assert {name: "/Group" in form for name, form in forms.items()} == {
            "/Solid": False, "/Half": True, "/Inner": True
        }  # fmt: skip
        assert str(forms.Half.Group.CS) == "/DeviceCMYK"
