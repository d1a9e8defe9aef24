"""Drawings: the parts of an SVG file that a book keeps, those that are removed and reported, and refused files."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from lxml import etree
from PIL import ExifTags, Image, ImageCms, ImageFile, PngImagePlugin

from pressroom.photographs.drawing_copies import MAX_COPIES
from pressroom.photographs.drawing_reading import MAX_BYTES, UnfitDrawingError
from pressroom.photographs.drawings import clean
from pressroom.photographs.formats import MOST_SIDE

ROOT = Path(__file__).resolve().parents[1]
SVG = "http://www.w3.org/2000/svg"
NAMESPACES = """xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" """
XLINK = ' xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inner: str, attributes: str = 'viewBox="0 0 9 9"', before: str = "") -> bytes:
    """A drawing as programs write it, with namespaces that it may not need."""
    return f'{before}<svg xmlns="{SVG}" {NAMESPACES} {attributes}>{inner}</svg>'.encode()


def inside(data: bytes) -> str:
    """What stands in the root of a cleaned drawing, without the namespaces that it declares."""
    found = re.fullmatch(r"<\?xml [^>]*\?>\n<svg[^>]*?(?:/>|>(.*)</svg>)\n", data.decode(), re.DOTALL)
    assert found, data
    return plain(re.sub(r' xmlns:\w+="[^"]*"', "", found[1] or ""))


def plain(xml: str) -> str:
    """Without the escapes that XML leaves to the writer."""
    return xml.replace("&gt;", ">").replace("&quot;", '"')


def fault_of(data: bytes) -> str:
    """Why a drawing is refused; there is always something to do."""
    with pytest.raises(UnfitDrawingError) as caught:
        clean(data)
    assert caught.value.remedy
    return f"“a.svg” {caught.value}"


# ---- what stays

PLAIN = {
    "shapes": '<g id="a" class="b"><path d="M0 0h9"/><rect width="3" height="3" rx="1"/><circle r="2"/></g>',
    "transforms": '<g transform="matrix(1 0 0 1 2 3) rotate(45)"><line x2="3" stroke="#c00"/></g>',
    "gradient": '<linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient><rect fill="url(#a)"/>',
    "gradient in a style": "<rect style=\"fill: url( '#a' ) red; stroke:url(&quot;#b&quot;)\"/>",
    "clip and mask": '<clipPath id="c"><circle r="3"/></clipPath><mask id="m"/><g clip-path="url(#c)" mask="url(#m)"/>',
    "pattern": '<pattern id="p" width="2" height="2" patternUnits="userSpaceOnUse"><path d="M0 0l2 2"/></pattern>',
    "marker": '<marker id="m" orient="auto"><path d="M0 0l2 2"/></marker><path marker-end="url(#m)" d="M0 0h5"/>',
    "filter": '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><rect filter="url(#f)"/>',
    "symbol and use": '<symbol id="s" viewBox="0 0 1 1"><rect/></symbol><use xlink:href="#s" x="3"/><use href="#s"/>',
    "text": '<text x="1" xml:space="preserve" xml:lang="hy">a <tspan dx="1">b</tspan> c</text>',
    "text on a path": '<path id="p" d="M0 0h9"/><text><textPath href="#p">along</textPath></text>',
    "title and description": "<title>A map</title><desc>Of the road &amp; the river.</desc>",
    "style sheet": "<style>@media print { .a > .b { fill: #fff } } text { font: 3px 'A, B' }</style>",
    "style sheet by data": '<style>[data-look="bold"] rect { fill: red }</style><g data-look="bold"><rect/></g>',
    "switch": '<switch><text systemLanguage="hy">ա</text><text>a</text></switch>',
    "a link inside": '<a href="#a"><rect id="a"/></a>',
    "words for the blind": '<g role="img" aria-label="It’s a “map”; see (a)"/>',
    "characters": "<text>&lt;&amp;&gt; “é” 𝄞 ա&#13;</text>",
    "no-break": "<text>a\u00a0b</text>",
    "an id with a bracket": '<g id="image(2)"/>',
}


@pytest.mark.parametrize("inner", PLAIN.values(), ids=PLAIN.keys())
def test_what_a_drawing_shows_stays_as_it_was_drawn(inner: str) -> None:
    drawing = clean(svg(inner))
    assert inside(drawing.data) == plain(inner)
    assert drawing.removed == ()


def test_a_cleaned_drawing_is_a_document_in_utf8() -> None:
    source = f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><text>é</text></svg>'
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        data = clean(f'<?xml version="1.0" encoding="{encoding}"?>{source}'.encode(encoding)).data
        assert data == b"<?xml version='1.0' encoding='UTF-8'?>\n" + source.encode() + b"\n"


def test_a_namespace_prefix_of_its_own_stays() -> None:
    data = clean(f'<s:svg xmlns:s="{SVG}" viewBox="0 0 9 9"><s:rect/></s:svg>'.encode()).data
    assert f'<s:svg xmlns:s="{SVG}" viewBox="0 0 9 9"><s:rect/></s:svg>'.encode() in data


# ---- what is taken out

# A drawing, the part that is kept, and the findings.
TAKEN_OUT = {
    "script": ("<script>alert(1)</script><rect/>", "<rect/>", ["a script"]),
    "script in other letters": ("<SCRIPT>alert(1)</SCRIPT><h:script>alert(1)</h:script>", "", ["a script"]),
    "script in a file": ('<script xlink:href="https://example.org/a.js"/>', "", ["a script"]),
    "handler": ('<rect onclick="alert(1)" OnLoad="b()" width="3"/>', '<rect width="3"/>', ["a script"]),
    "javascript link": ('<a xlink:href=" java&#10;script:b()"><rect/></a>', "<a><rect/></a>", ["a script"]),
    "javascript, drawn out": (f'<a href="java{"&#9;" * 300}script:b()"/>', "<a/>", ["a script"]),
    "javascript elsewhere": ('<rect to="JavaScript:b()"/><use href="vbscript:c"/>', "<rect/><use/>", ["a script"]),
    "HTML": ("<foreignObject><h:p>a<h:script/></h:p></foreignObject><rect/>", "<rect/>", ["a piece of HTML"]),
    "HTML with a fallback": (
        '<switch><foreignObject><h:img src="https://example.org/a"/></foreignObject><text>a</text></switch>',
        "<switch><text>a</text></switch>",
        ["a piece of HTML"],
    ),
    "frames and films": (
        "<h:iframe/><h:embed/><h:object/><audio/><video/>",
        "",
        ["a frame", "an embedded object", "a sound", "a film"],
    ),
    "link": (
        '<a xlink:href="https://example.org/" fill="red"><rect/></a>',
        '<a fill="red"><rect/></a>',
        ["a link to https://example.org/"],
    ),
    "links": (
        '<a href="b.html"><rect/></a><a href="//c"/><a href="b.html"/><a href="data:text/html,d"/>',
        "<a><rect/></a><a/><a/><a/>",
        ["a link to b.html", "a link to //c", "a link to data:text/html,d"],
    ),
    "long link": (
        f'<a href="https://example.org/{"x" * 99}"/>',
        "<a/>",
        [f"a link to https://example.org/{'x' * 39}…"],
    ),
    "link in text": (
        '<text>See <a href="https://a.b">a</a>.</text>',
        "<text>See <a>a</a>.</text>",
        ["a link to https://a.b"],
    ),
    "tracker": ('<a href="#b" ping="https://a.b/"/>', '<a href="#b"/>', ["a link to https://a.b/"]),
    "animations": (
        '<rect><animate to="9"/><set to="1"/></rect><g><animateMotion><mpath href="#a"/></animateMotion></g>',
        "<rect/><g/>",
        ["an animation"],
    ),
    "HTML that says more than what is drawn instead": (
        "<switch><foreignObject><h:p>a b</h:p></foreignObject><text>a</text></switch>",
        "<switch><text>a</text></switch>",
        ["a piece of HTML"],
    ),
    "HTML that nothing is drawn instead of": (
        "<foreignObject><h:p>a</h:p></foreignObject><text>a</text>",
        "<text>a</text>",
        ["a piece of HTML"],
    ),
    "words that are foreign": ("<foreignObject>a</foreignObject>", "", ["a piece of HTML"]),
    "style sheet of another file": ('<h:link href="a.css"/>', "", ["a style sheet of another file"]),
}
SILENTLY = {
    "an instruction to a program": ("<?php b?><rect/>", "<rect/>"),
    "HTML of which the words are drawn instead": (
        "<switch><foreignObject><h:div>In <h:b>the</h:b> box</h:div></foreignObject><text>In the box</text></switch>",
        "<switch><text>In the box</text></switch>",
    ),
    "a program's own document": (
        '<switch><foreignObject><i:ref xmlns:i="http://a.b/"/></foreignObject><g><rect/></g></switch>',
        "<switch><g><rect/></g></switch>",
    ),
    "comments": ("<!-- /home/a --><rect/><!-- b -->", "<rect/>"),
    "metadata": ("<metadata><rdf:RDF><rdf:li>A. Drawer</rdf:li></rdf:RDF></metadata><rect/>", "<rect/>"),
    "RDF": ("<rdf:RDF/><rect/>", "<rect/>"),
    "drawing program’s elements": ('<sodipodi:namedview inkscape:window-x="3"><i:a/></sodipodi:namedview>', ""),
    "drawing program’s attributes": ('<g inkscape:label="Layer 1" sodipodi:absref="/home/a/b.png"/>', "<g/>"),
    "data attributes": ('<g data-name="A. Drawer"/>', "<g/>"),
    "HTML in a title": ("<title>a<h:b>b</h:b>c</title>", "<title>ac</title>"),
    "elements of no namespace": ('<rect xmlns=""/><g/>', "<g/>"),
    "xml:base": ('<g xml:base="file:///home/a/"/>', "<g/>"),
    "no address": ('<image href=""/><a xlink:href=" "/>', "<image/><a/>"),
    "text between stays": (
        "<text>a<metadata>x</metadata> b <!-- c -->d<tspan/><i:x/> e</text>",
        "<text>a b d<tspan/> e</text>",
    ),
    "comments of CSS": (
        '<style>/* A. Drawer */a{fill:red}/* b</style><g style="fill:/* it\'s */red"/>',
        '<style>/**/a{fill:red}/**/</style><g style="fill:/**/red"/>',
    ),
    "strings of CSS are no comments": (
        "<style>a{x:\"/*\"}/* ' */b{x:'*/'}</style>",
        "<style>a{x:\"/*\"}/**/b{x:'*/'}</style>",
    ),
    "character data": ("<style><![CDATA[a > b { fill: red }]]></style>", "<style>a > b { fill: red }</style>"),
    "elements in a style": ("<style>a{<g>b</g>}</style>", "<style>a{}</style>"),
}


@pytest.mark.parametrize(("inner", "stays", "told"), TAKEN_OUT.values(), ids=TAKEN_OUT.keys())
def test_scripts_links_and_animations_are_removed_and_reported(inner: str, stays: str, told: list[str]) -> None:
    drawing = clean(svg(inner))
    assert inside(drawing.data) == stays
    assert list(drawing.removed) == told


@pytest.mark.parametrize(("inner", "stays"), SILENTLY.values(), ids=SILENTLY.keys())
def test_metadata_about_the_maker_of_a_drawing_are_removed_without_a_finding(inner: str, stays: str) -> None:
    drawing = clean(svg(inner))
    assert inside(drawing.data) == plain(stays)
    assert drawing.removed == ()


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ('<?xml version="1.0"?><!-- Drawn by A. Drawer -->', []),
        ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">', []),
        ('<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>', []),
        ('<?xml-stylesheet href="https://example.org/a.css"?>', ["a style sheet of another file"]),
    ],
    ids=["comment", "document type", "attributes by type", "style sheet"],
)
def test_what_stands_before_a_drawing_is_taken_out(before: str, told: list[str]) -> None:
    drawing = clean(svg("<rect/>", before=before))
    assert drawing.data == clean(svg("<rect/>")).data
    assert list(drawing.removed) == told


def test_namespaces_and_documents_of_the_drawing_program_leave_the_root() -> None:
    attributes = 'viewBox="0 0 9 9" sodipodi:docname="b.svg" content="&lt;mxfile host=&quot;a&quot;/>" onload="b()"'
    drawing = clean(svg("<rect/>", attributes))
    assert (
        drawing.data
        == f"<?xml version='1.0' encoding='UTF-8'?>\n<svg xmlns=\"{SVG}\" viewBox=\"0 0 9 9\"><rect/></svg>\n".encode()
    )
    assert drawing.removed == ("a script",)


# ---- what is refused

OUTSIDE = "outside itself; it would be missing"
LAUGHS = "".join(f'<g id="u{n}">' + f'<use href="#u{n + 1}"/>' * 10 + "</g>" for n in range(9)) + '<rect id="u9"/>'
REFUSED = {
    "picture on the network": ('<image href="https://example.org/a.png"/>', OUTSIDE),
    "picture beside it": ('<image xlink:href="../secret.jpg"/>', OUTSIDE),
    "picture of the machine": ('<image href="file:///etc/passwd"/>', OUTSIDE),
    "part of another drawing": ('<use href="b.svg#a"/>', OUTSIDE),
    "gradient of another drawing": ('<linearGradient id="a" xlink:href="b.svg#a"/>', OUTSIDE),
    "filter picture": ('<filter><feImage href="b.png"/></filter>', OUTSIDE),
    "fill": ('<rect fill="url(https://example.org/a.svg#a)"/>', "“https://example.org/a.svg#a” outside itself"),
    "fill in a style": ("<rect style=\"fill: URL( '//example.org/a' )\"/>", "“//example.org/a” outside itself"),
    "style sheet": ("<style>p { fill: url('//example.org/a') }</style>", OUTSIDE),
    "import": ("<style>@import 'a.css';</style>", "“@import 'a.css'” outside itself"),
    "font of the network": ("<style>@font-face { src: url(https://example.org/a.woff) }</style>", OUTSIDE),
    "image set": ('<style>a { x: image-set("http://a.b/c.png" 1x) }</style>', OUTSIDE),
    "image set of old": ('<rect style="x: -webkit-image-set(&quot;//a.b&quot; 1x)"/>', OUTSIDE),
    "image function": ('<rect style="x: image(&quot;a.png&quot;)"/>', OUTSIDE),
    "src function": ("<style>a { x: src('a.png') }</style>", OUTSIDE),
    "url, escaped": (r"<style>a { x: u\72l(//a.b) }</style>", "“//a.b” outside itself"),
    "url, escaped in an attribute": (r'<rect fill="\000075\0072 \6C(//a.b)"/>', "“//a.b” outside itself"),
    "import, escaped": (r"<style>@\69mport 'a.css';</style>", OUTSIDE),
    "import, letters escaped": (r"<style>@\i\m\port 'a.css';</style>", OUTSIDE),
    "image set, escaped": (r"<style>a { x: image\2d set('a.png' 1x) }</style>", OUTSIDE),
    "import in character data": ("<style><![CDATA[@import 'a.css';]]></style>", OUTSIDE),
    "import between elements": ("<style>@im<g/>port 'a.css';</style>", OUTSIDE),
    "import after an open string": ("<style>a{x:\"/*\n@import 'a.css';</style>", OUTSIDE),
    "font inside": (
        "<style>@font-face { src: url(data:font/woff2;base64,d09GMg==) }</style>",
        "holds “data:font/woff2",
    ),
    "picture in a style": ('<rect style="x: url(data:image/png;base64,aaaa)"/>', "holds “data:image/png"),
    "page inside": ('<image href="data:text/html,a"/>', "holds “data:text/html"),
    "picture used": ('<use href="data:image/svg+xml,a#a"/>', "holds “data:image/svg+xml"),
    "draws itself": ('<g id="a"><use href="#a"/></g>', "draws a part inside itself"),
    "draws itself alone": ('<use id="a" xlink:href="#a"/>', "draws a part inside itself"),
    "draws itself in a round": (
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#%61"/></g>',
        "draws a part inside itself",
    ),
    "a billion laughs": (LAUGHS, "too many times"),
    "nested too deep": ("<g>" * 300 + "</g>" * 300, "is nested too deep"),
    "broken": ("<g>", "is not well-formed SVG: Opening and ending tag mismatch"),
    "unknown prefix": ("<a:g/>", "is not well-formed SVG: Namespace prefix"),
}
NO_DRAWING = {
    "nothing": (b"", "is not well-formed SVG: Document is empty"),
    "not XML": (b"\0\1\2", "is not well-formed SVG"),
    "HTML": (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "is no SVG drawing"),
    "no namespace": (b'<svg viewBox="0 0 9 9"/>', "is no SVG drawing"),
    "entity of entities": (svg("", before='<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'), "uses XML entities"),
    "entity of elements": (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "<g/>">]>'), "uses XML entities"),
    "entities that grow": (
        svg("&a;" * 30_000, before=f'<!DOCTYPE svg [<!ENTITY a "{"b" * 1_000}">]>'),
        "uses XML entities",
    ),
    "an entity of 2,000 letters": (
        svg("&a;", before=f'<!DOCTYPE svg [<!ENTITY a "{"b" * 2_000}">]>'),
        "uses XML entities",
    ),
    "an entity that is not declared": (svg("&b;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "is not well-formed"),
    "entity of the document type": (svg("", before='<!DOCTYPE svg [<!ENTITY % a "b">]>'), "uses XML entities"),
    "entity with a file": (
        svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "uses XML entities",
    ),
    "entity of a DTD elsewhere": (
        svg("<text>&nbsp;</text>", before='<!DOCTYPE svg PUBLIC "a" "b">'),
        "uses XML entities",
    ),
    "the same in an attribute": (svg('<g x="&nbsp;"/>', before='<!DOCTYPE svg PUBLIC "a" "b">'), "uses XML entities"),
    "no size": (svg("", ""), "its size is unknown"),
    "a size of nothing": (svg("", 'viewBox="0 0 0 0"'), "its size is unknown"),
    "a size without end": (svg("", 'viewBox="0 0 1e999 1"'), "its size is unknown"),
    "a size of the page": (svg("", 'width="100%" height="100%"'), "its size is unknown"),
    "a size of the font": (svg("", 'width="3em" height="4em"'), "its size is unknown"),
    "too large": (svg(" " * MAX_BYTES), "has 20.0 MB; a drawing may have at most 20."),
}


@pytest.mark.parametrize(("inner", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_drawing_whose_picture_would_be_incomplete_or_endless_is_refused(inner: str, why: str) -> None:
    assert why in fault_of(svg(inner))


def test_entities_of_plain_text_are_filled_in() -> None:
    """Illustrator writes the names of its namespaces so."""
    declared = (
        """<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg"> <!ENTITY words 'the “mill”'> <!ENTITY none "">]>"""
    )
    inner = '<desc>&words;</desc><n:text xmlns:n="&ns;" id="&words;">At &words; and&none; <tspan>in</tspan> &words;.</n:text>'
    text = next(etree.fromstring(clean(svg(inner, before=declared)).data).iter("{*}text"))
    assert ("".join(text.itertext()), text.get("id")) == ("At the “mill” and in the “mill”.", "the “mill”")


@pytest.mark.parametrize(("data", "why"), NO_DRAWING.values(), ids=NO_DRAWING.keys())
def test_what_is_no_drawing_or_has_no_size_is_refused(data: bytes, why: str) -> None:
    assert why in fault_of(data)


def test_a_part_may_be_drawn_often_but_not_without_end() -> None:
    part = '<g id="a">' + "<rect/>" * 999 + "</g>"
    assert clean(svg(part + '<use href="#a"/>' * (MAX_COPIES // 1000))).removed == ()
    assert "too many times" in fault_of(svg(part + '<use href="#a"/>' * (MAX_COPIES // 1000 + 1)))


def test_a_gradient_of_too_many_colours_is_refused() -> None:
    """One of 100,000 took half a minute and 1 GB."""
    gradient = "<linearGradient>{}</linearGradient>"
    assert "1,001 colours" in fault_of(svg(gradient.format("<stop/>" * 1001)))
    assert clean(svg(gradient.format("<stop/>" * 1000)))


# ---- size

SIZES = {
    'viewBox="0 0 300 200"': (300, 200),
    'viewBox="-10,-10,300.5,2e2" width="10cm"': (300.5, 200),
    'viewBox="0 0 .5 +1.25"': (0.5, 1.25),
    'viewBox="0 0 0 0" width="30" height="20"': (30, 20),
    'width="300" height=" 200px "': (300, 200),
    'width="25.4mm" height="2.54cm"': (96, 96),
    'width="1in" height="72PT"': (96, 96),
    'width="6pc" height=".5e1"': (96, 5),
}


@pytest.mark.parametrize(("attributes", "size"), SIZES.items(), ids=SIZES.keys())
def test_the_size_is_the_view_box_or_the_lengths_in_pixels(attributes: str, size: tuple[float, float]) -> None:
    drawing = clean(svg("", attributes))
    assert (drawing.width, drawing.height) == pytest.approx(size)


# ---- photographs in drawings


def photograph(form: str, mode: str = "RGB", **save: Any) -> bytes:
    """A small photograph with soft changes of colour."""
    across = Image.linear_gradient("L").rotate(90).resize((24, 16))
    image = Image.merge("RGB", (across, across.rotate(180), Image.new("L", (24, 16), 90))).convert(mode)
    out = io.BytesIO()
    image.save(out, form, **save)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF as a telephone writes it, with a place."""
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Make] = "Maker"
    told[ExifTags.Base.Artist] = "A. Photographer"
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "North"
    return told


def notes() -> PngImagePlugin.PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "A. Photographer")
    told.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>A. Photographer</x:xmpmeta>")
    return told


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TELLING = b"Maker Photographer North Exif xmpmeta thumbnail trailer comment tEXt MPF".split()


def with_a_hole(form: str) -> bytes:
    """A picture of few colours, and none in the middle."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(photograph("PNG", "RGBA"))) as image:
        image.paste((0, 0, 0, 0), (5, 5, 15, 12))
        if form == "GIF":
            image.save(out, form)
        else:
            image.quantize(16).save(out, form, pnginfo=notes())
    return out.getvalue()


def before_tables(what: bytes) -> bytes:
    """A JPEG with something more before its tables."""
    return photograph("JPEG").replace(b"\xff\xdb", what + b"\xff\xdb", 1)


def with_picture(data: bytes, kind: str = "image/png") -> bytes:
    return svg(f'<image width="9" height="9" xlink:href="data:{kind};base64,{base64.b64encode(data).decode()}"/>')


def picture_in(data: bytes) -> bytes:
    """The bytes of the only picture in a cleaned drawing, whose media type is correct."""
    [(kind, body)] = re.findall(r'href="data:(image/[a-z+]+);base64,([^"]*)"', data.decode())
    raw = base64.b64decode(body, validate=True)
    if kind != "image/svg+xml":
        with Image.open(io.BytesIO(raw)) as image:
            assert image.get_format_mimetype() == kind
    return raw


def pixels(raw: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(raw)) as image:
        return image.mode, image.size, (image.convert("RGBA") if image.mode == "P" else image).tobytes()


# fmt: off
AS_THEY_ARE = {
    "JPEG": photograph("JPEG", exif=exif(), comment=b"comment", icc_profile=PROFILE, xmp=b"<x:xmpmeta/>") + b"trailer",
    "JPEG with a thumbnail": before_tables(b"\xff\xe0\0\x19JFIF\0\1\2\0\0\1\0\1\3\1thumbnail"),
    "JPEG with another thumbnail": before_tables(b"\xff\xe0\0\x11JFXX\0\x10thumbnail"),
    "JPEG with something between": before_tables(b"\xff\xfe\0\x09comment\xff\xff"),
    "JPEG with junk between": before_tables(b"comment"),
    "JPEG, several": photograph("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))], exif=exif()),
    "JPEG, RGB": photograph("JPEG", keep_rgb=True, comment=b"comment"),
    "JPEG, progressive": photograph("JPEG", progressive=True, exif=exif()),
    "JPEG, grey": photograph("JPEG", "L", comment=b"comment"),
    "JPEG, CMYK": photograph("JPEG", "CMYK", exif=exif()),
    "PNG": photograph("PNG", exif=exif(), pnginfo=notes(), icc_profile=PROFILE) + b"trailer",
    "PNG, transparent": photograph("PNG", "RGBA", pnginfo=notes()),
    "PNG, few colours": with_a_hole("PNG"),
    "PNG, 16 bits": photograph("PNG", "I;16", pnginfo=notes()),
}
# fmt: on


@pytest.mark.parametrize("raw", AS_THEY_ARE.values(), ids=AS_THEY_ARE.keys())
def test_photographs_in_a_drawing_keep_their_pixels_and_lose_their_metadata(raw: bytes) -> None:
    drawing = clean(with_picture(raw))
    kept = picture_in(drawing.data)
    assert pixels(kept) == pixels(raw)
    assert any(word in raw for word in TELLING)
    assert [word for word in TELLING if word in kept] == []
    for colour in (b"ICC_PROFILE", b"iCCP", b"Adobe"):
        assert (colour in kept) == (colour in raw)
    assert drawing.removed == ()


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_other_formats_become_png(form: str) -> None:
    raw = with_a_hole("GIF") if form == "GIF" else photograph("WEBP", "RGBA", lossless=True, exif=exif())
    kept = picture_in(clean(with_picture(raw)).data)
    assert pixels(kept) == pixels(raw)
    assert not any(word in kept for word in TELLING)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_taken_upright_stays_upright(form: str) -> None:
    kept = picture_in(clean(with_picture(photograph(form, exif=exif(orientation=6)))).data)
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (16, 24)
        assert not image.getexif()
        top, bottom = (image.convert("RGB").getpixel((8, y)) for y in (1, 22))
    upright = Image.open(io.BytesIO(photograph("PNG"))).transpose(Image.Transpose.ROTATE_270)
    for seen, meant in ((top, upright.getpixel((8, 1))), (bottom, upright.getpixel((8, 22)))):
        assert seen == pytest.approx(meant, abs=12)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animated_picture_shows_its_first_frame_and_the_others_are_reported(form: str) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "lime")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], **({"lossless": True} if form == "WEBP" else {}))
    drawing = clean(with_picture(out.getvalue()))
    with Image.open(io.BytesIO(picture_in(drawing.data))) as image:
        assert not getattr(image, "is_animated", False)
        assert image.convert("RGB").getpixel((2, 2)) == (255, 0, 0)
    assert drawing.removed == ("an animation",)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("data:image/png;base64,{}", id="plain"),
        pytest.param("  DATA:IMAGE/PNG;Base64,{}\n", id="in other letters"),
        pytest.param("data:image/jpg;charset=utf-8;base64,{}", id="of another type"),
        pytest.param("data:image/png;base64,{}#ab", id="with a fragment"),
        pytest.param("data:image/png;base64,{}#abc", id="with another fragment"),
    ],
)
def test_the_address_of_a_picture_may_be_written_in_several_ways(address: str) -> None:
    raw = photograph("PNG")
    encoded = base64.b64encode(raw).decode()
    for body in (encoded, quote(encoded, safe=""), encoded.rstrip("="), "\n".join(re.findall(".{1,60}", encoded))):
        assert picture_in(clean(svg(f'<image href="{address.format(body)}"/>')).data) == raw
    assert picture_in(clean(svg(f'<image href="data:image/png,{quote(raw)}"/>')).data) == raw


DAMAGED = {
    "no picture": b"GIF89a?",
    "nothing": b"",
    "another format": photograph("TIFF"),
    "JPEG that breaks off": photograph("JPEG")[:-60],
    "JPEG that breaks off in a table": photograph("JPEG")[:-2] + b"\xff\xdb\0\x20ab",
    "PNG that breaks off": photograph("PNG")[:-30],
    "PNG with a wrong byte": photograph("PNG").replace(b"IDAT", b"IDAT\0", 1),
    "GIF that breaks off": photograph("GIF")[:-60],
    "WebP that breaks off": photograph("WEBP")[:-20],
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_drawing_with_a_damaged_picture_is_refused(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the page engine sets it
    assert "holds a picture that is damaged" in fault_of(with_picture(raw))
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_picture_that_cannot_be_decoded_is_refused() -> None:
    assert "holds a picture that is damaged" in fault_of(svg('<image href="data:image/png;base64,aaaaa"/>'))


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert "more pixels than any page can show" in fault_of(with_picture(photograph("PNG")))


def test_a_picture_of_a_line_without_end_is_refused() -> None:
    Image.new("1", (1, MOST_SIDE + 1)).save(line := io.BytesIO(), "PNG")
    assert "more pixels than any page can show" in fault_of(with_picture(line.getvalue()))


# ---- drawings in drawings


DRAWN = svg('<!-- a --><rect onclick="b()"/>', 'width="100%"')


@pytest.mark.parametrize(
    "address",
    [f"svg+xml;base64,{base64.b64encode(DRAWN).decode()}", f"svg+xml;charset=utf8,{quote(DRAWN)}"],
    ids=["base64", "percent signs"],
)
def test_a_drawing_in_a_drawing_is_cleaned_as_well(address: str) -> None:
    drawing = clean(svg(f'<image href="data:image/{address}"/>'))
    assert inside(picture_in(drawing.data)) == "<rect/>"
    assert drawing.removed == ("a script",)


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (with_picture(svg(""), "image/svg+xml"), "“a.svg” holds a drawing that holds another drawing"),
        (svg('<image href="b.png"/>'), "“a.svg” holds a drawing that refers to “b.png” outside itself"),
        (b"<svg", "“a.svg” holds a drawing that is not well-formed SVG"),
        (photograph("PNG"), "“a.svg” holds a drawing that is not well-formed SVG"),
    ],
    ids=["deeper", "outside", "broken", "a photograph"],
)
def test_a_drawing_with_an_unfit_drawing_is_refused(inner: bytes, why: str) -> None:
    assert why in fault_of(with_picture(inner, "image/svg+xml"))


# ---- all together

EVERYTHING = svg("".join(PLAIN.values()) + with_picture(AS_THEY_ARE["JPEG"]).decode())


def test_a_drawing_with_everything_keeps_every_element() -> None:
    assert re.findall(r"<(\w+)", inside(clean(EVERYTHING).data)) == re.findall(r"<(\w+)", inside_of(EVERYTHING))


def inside_of(data: bytes) -> str:
    return data.decode().partition(">")[2]


def test_the_same_file_gives_the_same_drawing_and_a_clean_one_stays_as_it_is() -> None:
    first = clean(EVERYTHING)
    assert clean(EVERYTHING) == first
    assert clean(first.data) == first


WRITTEN = [*PLAIN.values(), *(case[0] for case in TAKEN_OUT.values()), *(case[0] for case in SILENTLY.values())]
HALVES = """<g> </g> <style> </style> <![CDATA[ ]]> /* */ \\72 url(# ) " ' &#13; \x85""".split(" ")
TOKENS = some.sampled_from([token for text in WRITTEN for token in re.split(r"(?<=>)(?=<)", text)] + HALVES)
FRAGMENTS = some.lists(TOKENS | some.text(max_size=5), max_size=12).map("".join)


@pytest.mark.slow
@given(FRAGMENTS)
@example("<![CDATA[]]>")
@example("<text><script/></text>")
def test_cleaning_twice_is_cleaning_once(inner: str) -> None:
    try:
        first = clean(svg(inner))
    except UnfitDrawingError:
        return
    again = clean(first.data)
    assert again.data == first.data
    assert again.removed == ()


@pytest.mark.slow
@given(some.binary(max_size=200) | FRAGMENTS.map(str.encode) | FRAGMENTS.map(lambda inner: svg("", inner)))
def test_no_bytes_end_in_anything_but_a_drawing_or_a_reason(data: bytes) -> None:
    for file in (data, svg("") + data, b"<svg" + data, with_picture(data), with_picture(data, "image/svg+xml")):
        try:
            clean(file)
        except UnfitDrawingError as fault:
            assert str(fault)


TURNED = [photograph(form, exif=exif(6)) for form in ("JPEG", "PNG", "WEBP")]
PHOTOGRAPHS = some.sampled_from([*AS_THEY_ARE.values(), *TURNED, photograph("GIF")])


@pytest.mark.slow
@given(PHOTOGRAPHS, some.integers(0, 3000), some.binary(min_size=1, max_size=3))
def test_a_damaged_photograph_ends_in_a_whole_drawing_or_a_reason(raw: bytes, at: int, other: bytes) -> None:
    at %= len(raw)
    try:
        first = clean(with_picture(raw[:at] + other + raw[at + len(other) :]))
    except UnfitDrawingError:
        return
    assert clean(first.data).data == first.data


@pytest.mark.slow
@given(some.floats(1e-3, 1e6), some.sampled_from(["px", "pt", "pc", "mm", "cm", "in", ""]))
def test_any_length_is_a_size(length: float, unit: str) -> None:
    drawing = clean(svg("", f'width="{length}{unit}" height="{length * 2}{unit}"'))
    assert drawing.height == pytest.approx(drawing.width * 2)


@pytest.mark.slow
def test_drawings_need_no_page_engine() -> None:
    code = "import sys, pressroom.photographs.drawings; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
