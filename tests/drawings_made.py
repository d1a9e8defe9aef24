"""Fifty drawings as programs write them: charts of matplotlib and D3, maps of QGIS, drawings of Inkscape and by hand.

They are written here in the manner of these programs, from a few words each, so that they are small and nobody’s.
"""

from __future__ import annotations

import base64
import io
import math
import random
from collections.abc import Iterator

from PIL import Image

WIDTH, HEIGHT = 240, 160
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_PAPER = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f4f1ea"/>'


def svg(inner: str, attributes: str = "") -> bytes:
    return f'<svg {_HEAD} viewBox="0 0 {WIDTH} {HEIGHT}" {attributes}>{_PAPER}{inner}</svg>'.encode()


def all_drawings() -> dict[str, bytes]:
    """Every drawing by its name."""
    return {
        name: svg(inner)
        for made in (
            _matplotlib(),
            _more_of_matplotlib(),
            _d3(),
            _maps(),
            _inkscape(),
            _by_hand(),
            _moved_by_css(),
            _of_the_web(),
        )
        for name, inner in made
    }


# ---- charts of matplotlib: style attributes, marks by <use>, clips, text with its font in a style


def _label(x: float, y: float, text: str, more: str = "") -> str:
    style = f"font: 11px '{SANS}', 'DejaVu Sans', sans-serif; text-anchor: middle; fill: #262626"
    return f'<text style="{style}" x="{x:g}" y="{y:g}"{more}>{text}</text>'


def _axes(title: str) -> str:
    ticks = "".join(f'<use xlink:href="#tick" x="{40 + 45 * n}" y="130" style="stroke: #000"/>' for n in range(5))
    names = "".join(_label(40 + 45 * n, 146, str(2020 + n)) for n in range(5))
    lines = (
        '<path d="M 40 20 V 130 H 225" style="fill: none; stroke: #000; stroke-width: 0.8; stroke-linecap: square"/>'
    )
    return f'<defs><path id="tick" d="M 0 0 L 0 3.5"/></defs>{lines}{ticks}{names}{_label(130, 14, title)}'


def _matplotlib() -> Iterator[tuple[str, str]]:
    chance = random.Random(1)
    heights = [chance.uniform(20, 100) for _ in range(5)]
    bars = "".join(
        f'<path d="M {28 + 45 * n} 130 v {-h:.1f} h 24 V 130 z" clip-path="url(#p)" style="fill: #1f77b4; stroke: #222"/>'
        for n, h in enumerate(heights)
    )
    clip = '<defs><clipPath id="p"><rect x="40" y="20" width="185" height="110"/></clipPath></defs>'
    yield "matplotlib bars", _axes("Wells, by year") + bars + clip
    line = " L ".join(f"{40 + n * 4.6:.1f} {75 - 40 * math.sin(n / 5):.1f}" for n in range(41))
    marks = "".join(f'<use xlink:href="#m" x="{40 + n * 23}" y="{75 - 40 * math.sin(n):.1f}"/>' for n in range(9))
    mark = (
        '<defs><path id="m" d="M 0 3 C 4 3 4 -3 0 -3 C -4 -3 -4 3 0 3 z" style="stroke: #d62728; fill: #fff"/></defs>'
    )
    curve = f'<path d="M {line}" style="fill: none; stroke: #d62728; stroke-width: 1.5; stroke-linejoin: round"/>'
    yield "matplotlib line", _axes("Depth (m)") + curve + mark + f'<g style="stroke: #d62728">{marks}</g>'
    dots = "".join(
        f'<circle cx="{chance.uniform(45, 220):.1f}" cy="{chance.gauss(75, 20):.1f}" r="{chance.uniform(2, 9):.1f}"/>'
        for _ in range(40)
    )
    yield (
        "matplotlib scatter",
        _axes("α = 0.5") + f'<g style="fill: #2ca02c; fill-opacity: 0.5; stroke: #2ca02c">{dots}</g>',
    )
    hatch = (
        '<defs><pattern id="h" patternUnits="userSpaceOnUse" x="0" y="0" width="12" height="12">'
        '<rect width="13" height="13" fill="#ffbb78"/><path d="M -3 3 L 3 -3 M 0 12 L 12 0 M 9 15 L 15 9" '
        'style="stroke: #000; stroke-width: 1"/></pattern></defs>'
    )
    yield (
        "matplotlib hatch",
        _axes("Shares") + hatch + '<path d="M 40 130 L 40 90 L 130 40 L 225 70 V 130 z" fill="url(#h)"/>',
    )


def _more_of_matplotlib() -> Iterator[tuple[str, str]]:
    rotated = "".join(
        _label(0, 0, name, f' transform="translate({45 + 40 * n} 138) rotate(-45)"')
        for n, name in enumerate("Ani Bek Eva Lo".split())
    )
    yield "matplotlib rotated labels", rotated + _label(0, 0, "per cent", ' transform="translate(16 80) rotate(-90)"')
    picture = Image.linear_gradient("L").resize((32, 32))
    out = io.BytesIO()
    Image.merge("RGB", (picture, picture.rotate(90), Image.new("L", (32, 32), 90))).save(out, "PNG")
    address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    yield (
        "matplotlib heat map",
        _axes("°C")
        + f'<image xlink:href="{address}" x="42" y="22" width="150" height="106" preserveAspectRatio="none"/>',
    )
    wedges, start = "", 0.0
    for n, share in enumerate((0.35, 0.25, 0.2, 0.2)):
        end = start + share * 2 * math.pi
        a, b = ((120 + 60 * math.cos(t), 80 + 60 * math.sin(t)) for t in (start, end))
        wedges += f'<path d="M 120 80 L {a[0]:.2f} {a[1]:.2f} A 60 60 0 0 1 {b[0]:.2f} {b[1]:.2f} z" style="fill: hsl({n * 90}, 60%, 55%); stroke: #fff"/>'
        middle = (start + end) / 2
        wedges += _label(120 + 38 * math.cos(middle), 84 + 38 * math.sin(middle), f"{share:.0%}")
        start = end
    yield "matplotlib pie", wedges
    dashes = (
        '<path d="M 40 60 H 225" style="fill: none; stroke: #555; stroke-dasharray: 5.55, 2.4; stroke-dashoffset: 2"/>'
    )
    legend = '<path d="M 150 25 h 70 q 2 0 2 2 v 30 q 0 2 -2 2 h -70 q -2 0 -2 -2 v -30 q 0 -2 2 -2 z" style="fill: #fff; opacity: 0.8; stroke: #ccc"/>'
    yield "matplotlib legend", _axes("Mean") + dashes + legend + _label(190, 45, "mean")


# ---- charts of D3: classes, style sheets, variables


def _d3() -> Iterator[tuple[str, str]]:
    chance = random.Random(2)
    sheet = (
        f":root{{--ink:#234;--bar:#e4572e}} text{{font:600 12px '{SANS}',sans-serif;fill:var(--ink)}}"
        ".bar{fill:var(--bar)} .bar:nth-child(2n){fill:#76b041} .axis path,.axis line{fill:none;stroke:var(--ink)}"
    )
    bars = "".join(
        f'<rect class="bar" x="{30 + 34 * n}" y="{60 + 10 * n}" width="28" height="{70 - 10 * n}"/>' for n in range(6)
    )
    axis = '<g class="axis" transform="translate(0,130)"><path d="M20,0H230"/></g>'
    yield "d3 bars", f'<style>{sheet}</style><g>{bars}</g>{axis}<text x="30" y="20">Springs</text>'
    nested = f".chart {{ font: 13px '{SANS}'; &amp; text {{ fill: #c33 }} &amp; .row {{ rect {{ fill: #39c; &amp;.on {{ fill: #f90 }} }} }} }}"
    rows = "".join(
        f'<g class="row"><rect x="60" y="{20 + 24 * n}" width="{150 - 25 * n}" height="16" class="{"on" if n == 1 else ""}"/>'
        f'<text x="52" y="{33 + 24 * n}" text-anchor="end">Row {n}</text></g>'
        for n in range(5)
    )
    yield "d3 nested rules", f'<style>{nested}</style><g class="chart">{rows}</g>'
    donut = ""
    for n in range(6):
        start, end = n * math.pi / 3, (n + 0.95) * math.pi / 3
        points = [(r * math.cos(t), r * math.sin(t)) for r, t in ((60, start), (60, end), (35, end), (35, start))]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        donut += f'<path class="q{n % 3}" d="M{ax:.1f},{ay:.1f}A60,60,0,0,1,{bx:.1f},{by:.1f}L{cx:.1f},{cy:.1f}A35,35,0,0,0,{dx:.1f},{dy:.1f}Z"/>'
    yield (
        "d3 donut",
        f'<style>.q0{{fill:#264653}}.q1{{fill:#2a9d8f}}.q2{{fill:oklch(0.75 0.12 80)}}</style><g transform="translate(120,80)">{donut}</g>',
    )
    area = "M20,130" + "".join(f"L{20 + 10 * n},{130 - chance.uniform(20, 100):.1f}" for n in range(21)) + "L220,130Z"
    gradient = '<linearGradient id="g" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="#e76f51"/><stop offset="1" stop-color="#e76f51" stop-opacity="0.1"/></linearGradient>'
    yield "d3 area", f'<defs>{gradient}</defs><path d="{area}" fill="url(#g)" stroke="#e76f51"/>'
    links = "".join(
        f'<path class="link" d="M30,80C90,80,90,{20 + 30 * n},150,{20 + 30 * n}"/><circle cx="150" cy="{20 + 30 * n}" r="4"/>'
        f'<text x="158" y="{20 + 30 * n}" dy="0.32em">leaf {n}</text>'
        for n in range(5)
    )
    yield (
        "d3 tree",
        f"<style>.link{{fill:none;stroke:#999;stroke-width:1.5px}} circle{{fill:#fff;stroke:steelblue;stroke-width:2px}} text{{font:12px '{SERIF}',serif}}</style>{links}",
    )
    blend = "".join(
        f'<circle cx="{90 + 30 * n}" cy="{70 + 20 * (n % 2)}" r="38" fill="{c}"/>'
        for n, c in enumerate(("#0af", "#fa0", "#f0a"))
    )
    yield (
        "d3 multiply",
        f'<style>circle{{mix-blend-mode:multiply}}</style><g style="isolation:isolate"><rect width="240" height="160" fill="#fff"/>{blend}</g>',
    )
    yield (
        "d3 translucent",
        "<style>rect{fill:rgb(0 80 160 / 40%);stroke:hsl(200deg 60% 30%)}</style>"
        + "".join(f'<rect x="{30 + 30 * n}" y="{25 + 12 * n}" width="80" height="50"/>' for n in range(4)),
    )
    yield (
        "d3 current colour",
        '<style>g{color:#8338ec}</style><g fill="currentColor"><rect x="40" y="40" width="60" height="60"/><path d="M120 40h60v60z" fill="none" stroke="currentColor" stroke-width="6"/></g>',
    )


# ---- maps of QGIS: halos, patterns, dashed borders, names along rivers


def _maps() -> Iterator[tuple[str, str]]:
    land = '<path d="M0 60 Q60 20 120 50 T240 40 V160 H0 Z" fill="#cfe3b4" stroke="#7a9a55"/>'
    river = '<path id="r" d="M10 140 C60 60 140 150 230 60" fill="none" stroke="#4a90c2" stroke-width="3"/>'

    def name(x: int, y: int, text: str, more: str = "") -> str:
        return f'<text x="{x}" y="{y}" font-family="{SERIF}" font-size="16" paint-order="stroke" stroke="#fff" stroke-width="4" stroke-linejoin="round" fill="#333" {more}>{text}</text>'

    yield "map with halos", land + river + name(30, 50, "Shushi") + name(120, 120, "Martakert", 'font-style="italic"')
    along = f'<text font-family="{SERIF}" font-style="italic" font-size="14" fill="#1d5f91"><textPath xlink:href="#r" startOffset="12%">the river Tartar</textPath></text>'
    yield "map with a name on a river", land + river + along
    wood = '<pattern id="w" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(30)"><circle cx="5" cy="5" r="2" fill="#497a3a"/></pattern>'
    yield (
        "map with a wood",
        f'<defs>{wood}</defs>{land}<path d="M40 70 L130 60 L150 130 L60 140 Z" fill="url(#w)" stroke="#497a3a"/>',
    )
    border = '<path d="M10 30 L80 70 L140 40 L230 110" fill="none" stroke="#a33" stroke-width="2.5" stroke-dasharray="12 4 2 4" stroke-linecap="butt"/>'
    sign = '<symbol id="s" viewBox="-10 -10 20 20"><circle r="8" fill="#fff" stroke="#000" stroke-width="2"/><path d="M0-5V5M-5 0H5" stroke="#000" stroke-width="2"/></symbol>'
    places = "".join(
        f'<use xlink:href="#s" x="{x}" y="{y}" width="18" height="18"/>' for x, y in ((40, 90), (120, 60), (190, 110))
    )
    yield "map with signs", f"<defs>{sign}</defs>{land}{border}{places}"
    bar = "".join(
        f'<rect x="{30 + 30 * n}" y="130" width="30" height="6" fill="{"#000" if n % 2 else "#fff"}" stroke="#000"/>'
        for n in range(4)
    )
    yield (
        "map with a scale",
        land
        + bar
        + "".join(
            f'<text x="{30 + 60 * n}" y="150" font-family="{SANS}" font-size="10" text-anchor="middle">{n * 10} km</text>'
            for n in range(3)
        ),
    )
    arrow = '<marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L10 5L0 10z" fill="#b00"/></marker>'
    yield (
        "map with arrows",
        f'<defs>{arrow}</defs>{land}<path d="M30 130 C60 60 120 60 200 50" fill="none" stroke="#b00" stroke-width="3" marker-end="url(#a)"/>',
    )
    hill = '<radialGradient id="h" cx="0.5" cy="0.5" r="0.5" fx="0.35" fy="0.35"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#8a7d5a"/></radialGradient>'
    yield "map with a hill", f'<defs>{hill}</defs>{land}<ellipse cx="120" cy="90" rx="80" ry="50" fill="url(#h)"/>'


# ---- drawings of Inkscape: gradients by reference, masks, filters


def _inkscape() -> Iterator[tuple[str, str]]:
    stops = '<linearGradient id="l"><stop style="stop-color:#204a87" offset="0"/><stop style="stop-color:#fce94f" offset="1"/></linearGradient>'
    linked = '<linearGradient id="m" xlink:href="#l" x1="40" y1="30" x2="80" y2="30" gradientUnits="userSpaceOnUse" gradientTransform="matrix(2,0.5,-0.5,2,-20,-10)"/>'
    yield (
        "inkscape gradient by reference",
        f'<defs>{stops}{linked}</defs><rect style="fill:url(#m)" x="30" y="30" width="180" height="100" ry="12"/>',
    )
    for spread in ("repeat", "reflect"):
        spreading = f'<linearGradient id="m" xlink:href="#l" x1="0" x2="0.25" spreadMethod="{spread}"/>'
        yield (
            f"inkscape gradient, {spread}",
            f'<defs>{stops}{spreading}</defs><rect style="fill:url(#m)" x="30" y="30" width="180" height="100"/>',
        )
    mask = '<mask id="k"><rect width="240" height="160" fill="#000"/><circle cx="120" cy="80" r="60" fill="#fff"/><circle cx="120" cy="80" r="25" fill="#555"/></mask>'
    yield (
        "inkscape mask",
        f'<defs>{mask}</defs><rect x="20" y="20" width="200" height="120" fill="#75507b" mask="url(#k)"/>',
    )
    shadow = '<filter id="f" x="-0.2" y="-0.2" width="1.5" height="1.5"><feGaussianBlur in="SourceAlpha" stdDeviation="3"/><feOffset dx="5" dy="5"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>'
    yield (
        "inkscape shadow",
        f'<defs>{shadow}</defs><rect x="50" y="40" width="120" height="70" fill="#fff" filter="url(#f)"/>',
    )
    yield (
        "inkscape blur",
        '<defs><filter id="f"><feGaussianBlur stdDeviation="6"/></filter></defs><circle cx="120" cy="80" r="45" fill="#c00" filter="url(#f)"/>',
    )
    clones = "".join(
        f'<use xlink:href="#c" transform="translate({50 * n},{8 * n}) rotate({15 * n} 40 70)"/>' for n in range(1, 4)
    )
    yield (
        "inkscape clones",
        f'<g id="c" opacity="0.6"><rect x="25" y="45" width="40" height="40" fill="#ce5c00"/><circle cx="45" cy="65" r="22" fill="#4e9a06"/></g>{clones}',
    )
    yield (
        "inkscape clipped words",
        f'<defs><clipPath id="t"><text x="20" y="105" style="font:900 72px \'{SANS}\'">CLIP</text></clipPath></defs><g clip-path="url(#t)"><rect width="240" height="160" fill="#204a87"/><circle cx="120" cy="80" r="50" fill="#ef2929"/></g>',
    )
    yield (
        "inkscape flowed lines",
        f'<text style="font-family:\'{SERIF}\';-inkscape-font-specification:\'{SERIF}, Normal\';font-size:15px;line-height:1.25"><tspan x="20" y="40">Water was carried</tspan><tspan x="20" dy="1.4em" style="font-weight:bold">to the upper town,</tspan><tspan x="20" dy="1.4em" letter-spacing="2" fill="#a40000">every morning.</tspan></text>',
    )


# ---- drawings written by hand


def _by_hand() -> Iterator[tuple[str, str]]:
    letters = f'font-family="{SANS}" font-size="16"'
    yield (
        "lines that do not scale",
        '<style>path{vector-effect:non-scaling-stroke;fill:none;stroke:#06a;stroke-width:3px}</style><g transform="translate(20 10) scale(4)"><path d="M0 0L20 12L40 4V30H5z"/><path transform="rotate(10) matrix(.5 0 0 .5 4 4)" stroke-dasharray="8 4" d="M10 20H50"/></g>',
    )
    yield (
        "mask by opacity",
        '<defs><mask id="k" style="mask-type:alpha"><rect x="30" y="30" width="150" height="90" fill="#333"/><circle cx="180" cy="80" r="40" fill-opacity=".5"/></mask></defs><rect width="240" height="160" fill="#093" mask="url(#k)"/>',
    )
    yield (
        "vertical words",
        f'<text x="60" y="15" writing-mode="vertical-rl" {letters}>Downwards</text><text x="150" y="15" style="writing-mode:tb" {letters}>As well</text>',
    )
    yield (
        "stretched words",
        f'<text x="20" y="50" textLength="200" {letters}>Far apart</text><text x="20" y="100" textLength="80" lengthAdjust="spacingAndGlyphs" {letters}>Narrow letters here</text>',
    )
    yield (
        "turned letters",
        f'<text x="30 60 90 120 150" y="60 70 80 90 100" rotate="0 20 40 60 80" {letters}>TURNS</text>',
    )
    yield (
        "words on lines",
        "".join(
            f'<text x="{20 + 70 * n}" y="80" dominant-baseline="{b}" {letters}>{b[:6]}</text>'
            for n, b in enumerate(("middle", "hanging", "alphabetic"))
        )
        + '<path d="M0 80H240" stroke="red"/>',
    )
    yield (
        "units",
        '<rect x="5mm" y="5mm" width="2cm" height="0.5in" fill="#357"/><circle cx="50%" cy="60%" r="10%" fill="none" stroke="#a52" stroke-width="3pt"/>',
    )
    yield (
        "drawing in a drawing",
        '<svg x="20" y="20" width="90" height="120" viewBox="0 0 10 10" preserveAspectRatio="xMinYMax slice"><rect width="10" height="10" fill="#9bc"/><circle cx="5" cy="5" r="5" fill="#fc3"/></svg><svg x="130" y="20" width="90" height="120" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#3a7"/></svg>',
    )
    yield (
        "holes",
        '<path fill-rule="evenodd" fill="#444" d="M40 20H200V140H40Z M70 40H170V120H70Z M100 60H140V100H100Z"/>',
    )
    yield (
        "clip in units of the box",
        '<defs><clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx="0.5" cy="0.5" r="0.5"/></clipPath></defs><rect x="30" y="20" width="180" height="120" fill="#b6465f" clip-path="url(#c)"/>',
    )


# ---- properties of CSS and SVG 2, as diagrams, plots of the web and drawing programs write them


def _moved_by_css() -> Iterator[tuple[str, str]]:
    yield (
        "turned around its own middle",
        "<style>.s{transform-box:fill-box;transform-origin:center;transform:rotate(30deg)}"
        ".t{transform-box:fill-box;transform-origin:50% 100%;transform:scale(1,.5)}</style>"
        '<rect class="s" x="30" y="40" width="60" height="30" fill="#c33"/>'
        '<g class="t"><rect x="140" y="40" width="60" height="60" fill="#36c" transform="rotate(3 150 60)"/></g>',
    )
    yield (
        "turned around a point",
        '<rect style="transform-origin:60px 55px;transform:rotate(.1turn)" x="30" y="40" width="60" height="30"/>'
        '<rect x="160" y="100" width="40" height="20" fill="#090" transform="rotate(45)" transform-origin="180 110"/>'
        '<rect x="130" y="40" width="60" height="30" style="rotate:20deg;transform-origin:160px 55px" fill="#36c"/>',
    )
    yield (
        "skewed, moved and scaled by CSS",
        '<g style="transform:skewX(20deg) translateX(10px)"><rect x="20" y="30" width="60" height="30"/></g>'
        '<rect x="130" y="100" width="60" height="30" style="translate:10px 5px;scale:.8" fill="#063"/>',
    )


def _of_the_web() -> Iterator[tuple[str, str]]:
    yield (
        "gradients that begin with a circle",
        '<defs><radialGradient id="a" cx="60" cy="80" r="50" fx="45" fy="70" fr="12" gradientUnits="userSpaceOnUse">'
        '<stop stop-color="#fc0"/><stop offset="1" stop-color="#900"/></radialGradient>'
        '<radialGradient id="b" href="#a" cx="180" fx="180" fy="80" fr="20" spreadMethod="reflect"/></defs>'
        '<rect x="10" y="25" width="100" height="110" fill="url(#a)"/>'
        '<rect x="130" y="25" width="100" height="110" fill="url(#b)"/>',
    )
    yield (
        "clipped by shapes of CSS",
        '<rect x="10" y="20" width="70" height="100" fill="#c63" style="clip-path:inset(10px 20px round 8px)"/>'
        '<rect x="85" y="20" width="70" height="100" fill="#369" style="clip-path:polygon(50% 0,100% 100%,0 100%)"/>'
        '<rect x="160" y="20" width="70" height="100" fill="#693" style="clip-path:circle(40% at 30px 50%)"/>',
    )
    yield (
        "clipped with holes",
        '<clipPath id="c"><path clip-rule="evenodd" d="M20 20H120V120H20zM50 50H90V90H50z"/></clipPath>'
        '<clipPath id="d" clip-path="url(#c)"><circle cx="70" cy="70" r="55"/></clipPath>'
        '<rect width="140" height="140" fill="#c63" clip-path="url(#d)"/>',
    )
    yield (
        "markers that follow their line",
        '<marker id="m" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="6" markerHeight="6"'
        ' orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>'
        '<g fill="none" stroke-width="2"><path d="M30 120L90 40" stroke="#036" marker-start="url(#m)"/>'
        '<path d="M120 120L200 40" stroke="#a30" marker-start="url(#m)" marker-end="url(#m)"/></g>',
    )
    yield (
        "dashes that are counted",
        '<path d="M20 30h100v80h-100z" fill="none" stroke="#903" stroke-width="6" stroke-dasharray="20 6 4"'
        ' stroke-dashoffset="7" pathLength="100"/><circle cx="180" cy="70" r="40" fill="none" stroke="#036"'
        ' stroke-width="4" pathLength="12" stroke-dasharray=".5"/>',
    )
    yield (
        "shadows by a word",
        '<rect x="20" y="30" width="80" height="60" fill="#fa0" style="filter:drop-shadow(3px 3px 2px rgb(0 0 0 / .4))"/>'
        '<rect x="130" y="30" width="80" height="60" fill="#36c" style="filter:grayscale(1)"/>',
    )
    yield (
        "spacing without a unit",
        "<style>.a{letter-spacing:2;font-weight:600}</style>"
        + _label(30, 60, "LABEL", ' class="a"')
        + _label(30, 90, "LABEL", ' letter-spacing="2"'),
    )
    yield (
        "sizes without a unit",
        '<style>.q{font-size:24}</style><g font-family="Source Sans Pro"><text x="20" y="40" style="font-size:24">Own</text>'
        '<text x="20" y="80" class="q">By class</text><text x="20" y="120">As is usual</text></g>',
    )
