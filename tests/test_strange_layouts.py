"""Layouts from strangers: what no page can have is a finding with its line, and what is ordinary CSS is laid out."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pypdfium2
import pytest
from conftest import Publish

from pressroom import cli, processes
from pressroom.design.style_limits import beyond_limits, growing_values, unreadable_selectors
from pressroom.errors import MachineError, Source
from pressroom.production.bounds import bounded, has_own_layout

SETTINGS = "title: T\nlanguage: en\nlayout: own\neditions: {screen: {format: pdf, trim: a5}}\n"
TEXT = "# The mill\n\nA paragraph of text with *words* in it.\n\nAnother one.\n"
TEMPLATE = "layouts/own/chapter.xhtml.j2"
STYLES = "layouts/own/own.css"
Capture = pytest.CaptureFixture[str]


def files(**more: str) -> dict[str, str]:
    names = {"template": TEMPLATE, "styles": STYLES}
    own = {names[name]: text for name, text in more.items()}
    return {"book/a.md": TEXT, "layouts/own/layout.yaml": "title: own\nextends: reportage\n", **own}


@pytest.mark.parametrize(
    "selector",
    [
        ":lang()", ":has()", "p, :has()", "[*|href]", "*|", "li:nth-last-of-type(2n+)",
        pytest.param(":is(" * 45 + "p" + ")" * 45, id="nested 45 times"),
        pytest.param(":is(" * 200 + "p" + ")" * 200, id="nested 200 times"),
        pytest.param(":is(" * 5000 + "p" + ")" * 5000, id="nested 5,000 times"),
        pytest.param("a " * 300, id="300 generations"), pytest.param("a " * 5000, id="5,000 generations"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "@media print {{ {} }}", "aside {{ color: red; {} }}"])
def test_a_selector_that_would_break_the_page_engine_is_named_with_its_line(selector: str, around: str) -> None:
    rule = around.format(f"{selector} {{ color: red }}")
    (finding,) = unreadable_selectors(Source("layouts/own/own.css", f"p {{ margin: 0 }}\n{rule}"))
    assert (finding.id, finding.place.line) == ("style-selector", 2)


@pytest.mark.parametrize("selector", ["p", "p::part(x)", ":unknown(2)", "&:hover", "", "> p", "a,,b", ":lang(en)"])
def test_a_selector_that_others_read_or_leave_out_is_no_error(selector: str) -> None:
    assert [*unreadable_selectors(Source("layouts/own/own.css", f"{selector} {{ color: red }}"))] == []


# ---- lengths and gradients


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("p { width: 1e8mm }", "1:5 “1e8mm”"),
        ("p { margin: 0 0 -1e9px }", "1:5 “-1e9px”"),
        ("\n@page { size: 1e7mm 2m }", "2:9 “1e7mm”"),
        ("p { width: calc(2e8pt - 1px) }", "1:5 “2e8pt”"),
        ("p { font-size: 1e6em }", "1:5 “1e6em”"),
        ("@media print { p { x: 1 } h1 { height: 99999999% } }", "1:32 “99999999%”"),
        ("p { --far: 1e9in }", "1:5 “1e9in”"),
        ("p { background: repeating-linear-gradient(red, blue 0.0001mm) }", "1:5 This gradient"),
        ("p { background: repeating-radial-gradient(red 0, blue .01px, red .02px) }", "1:5 This gradient"),
        ("p { background: repeating-linear-gradient(90deg, red 0%, blue 0.001%) }", "1:5 This gradient"),
        ("p { grid-row: 100000000 / 100000001 }", "1:5 This grid"),
        ("p { grid-column: span 1001 }", "1:5 This grid"),
        ("p { grid-area: 2 / -90000000 }", "1:5 This grid"),
        ("body { grid-template-rows: repeat(100000000, 1mm) }", "1:8 This grid"),
    ],
)
def test_what_no_page_can_have_is_an_error_with_its_line(rule: str, told: str) -> None:
    (finding,) = beyond_limits(Source("layouts/own/own.css", rule))
    assert f"{finding.place.line}:{finding.place.column} {finding.message}".startswith(told)


@pytest.mark.parametrize(
    "rule",
    [
        "p { text-indent: -99999px; width: 100%; line-height: 1.5; z-index: 999999999 }",
        "p { background: repeating-linear-gradient(45deg, #eee 0, #eee 1mm, white 1mm, white 2mm) }",
        "p { background: linear-gradient(red, blue 0.0001mm) }",
        "p { grid-area: 1 / 1000 / 3 / span 2; grid-template: repeat(12, 1fr) / 2000px; counter-increment: n 5000 }",
        "p { background: repeating-linear-gradient(red, blue) }",
        "/* 1e9mm */ p::before { content: '1e9mm' }",
    ],
)
def test_what_people_write_is_no_error(rule: str) -> None:
    assert [*beyond_limits(Source("layouts/own/own.css", rule))] == []


def test_a_variable_that_grows_beyond_all_memory_is_an_error_with_its_line() -> None:
    rules = [":root { --a0: 1 2 3;", *(f"--a{n}: {f'var(--a{n - 1}) ' * 10};" for n in range(1, 12)), "}"]
    (finding,) = growing_values(Source("layouts/own/own.css", "\n".join(rules)))
    assert (finding.place.line, finding.id) == (6, "style-immense")
    assert "“--a5”" in finding.message


@pytest.mark.slow
def test_variables_that_name_each_other_without_end_are_an_error() -> None:
    rules = "\n".join(f"--a{n}: calc(var(--a{n - 1}) + 1px);" for n in range(2000, 0, -1))
    (finding,) = growing_values(Source("layouts/own/own.css", f":root {{\n{rules}\n--a0: 1px }}"))
    assert (finding.place.line, finding.id) == (1901, "style-immense")


@pytest.mark.parametrize(
    "rules",
    [
        "--a: var(--b); --b: var(--a)",
        "--a: var(--a) var(--a)",
        pytest.param("; ".join(f"--a{n}: calc(var(--a{n - 1}) + 1px)" for n in range(1, 90)), id="a chain"),
        pytest.param("--long: " + "word " * 40_000, id="a long value"),
    ],
)
@pytest.mark.slow
def test_variables_that_end_somewhere_are_no_error(rules: str) -> None:
    assert [*growing_values(Source("layouts/own/own.css", f":root {{ {rules} }}"))] == []


def test_the_edition_is_not_made_and_the_line_is_told(publication: Publish, capsys: Capture) -> None:
    root = publication(files(styles="h1 { color: red }\np { height: 1e8mm }"), settings=SETTINGS)
    assert cli.main(["check", "--root", str(root)]) == 1
    assert "layouts/own/own.css:2:5  error style-immense" in capsys.readouterr().out


# ---- templates

ENDLESS = "{% for a in range(90000) %}{% for b in range(90000) %}{% for c in range(90000) %}{% endfor %}{% endfor %}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("template", "told"),
    [
        (f"<p>.</p>\n{ENDLESS}{{% endfor %}}", "2:1  error template-fault  The template fails: its loops take more"),
        (
            "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(1) }}",
            "1:1  error template-fault  The template fails: Rec",
        ),
    ],
)
def test_a_template_without_end_is_an_error_with_its_line(
    template: str, told: str, publication: Publish, capsys: Capture
) -> None:
    root = publication(files(template=template), settings=SETTINGS)
    assert cli.main(["check", "--root", str(root)]) == 1
    assert f"{TEMPLATE}:{told}" in capsys.readouterr().out


# ---- ordinary CSS


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "body { columns: 2 } p { display: table-cell }",
        "body { display: flex }",
        "body { display: grid; grid-template-columns: 1fr 1fr } p { display: list-item }",
        "body { position: absolute } p { float: left }",
    ],
)
def test_pages_hold_every_word_whatever_css_asks_of_body_and_paragraphs(rule: str, publication: Publish) -> None:
    root = publication(files(styles=rule), settings=SETTINGS)
    assert cli.main(["build", "--root", str(root)]) == 0
    with pypdfium2.PdfDocument(root / "dist/t-screen.pdf") as pdf:
        words = " ".join(page.get_textpage().get_text_range() for page in pdf).split()
    assert set("The mill A paragraph of text with Another one.".split()) <= set(words)


# ---- memory and time


def own(root: Path) -> Path:
    (root / "layouts/own").mkdir(parents=True)
    (root / STYLES).write_text("p { color: red }")
    return root


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds processes to their memory")
def test_an_own_layout_gets_four_gigabytes_of_memory(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught, bounded(own(tmp_path)):
        bytearray(5_000_000_000)
    assert [f.id for f in caught.value.findings] == ["memory-short"]
    assert len(bytearray(1000)) == 1000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarms")
def test_an_own_layout_gets_ten_minutes(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught, bounded(own(tmp_path), seconds=0.05):
        time.sleep(5)
    assert [f.id for f in caught.value.findings] == ["time-short"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarms")
def test_no_handler_of_other_faults_takes_the_end_of_time_for_its_own() -> None:
    with pytest.raises(processes.OutOfTime), processes.time_limited(0.05):
        try:
            time.sleep(5)
        except Exception:  # noqa: BLE001
            pytest.fail("taken for a fault of the block")


def test_built_in_layouts_have_no_limits(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/README.md").write_text("Layouts go here.")
    assert not has_own_layout(tmp_path)
    assert has_own_layout(own(tmp_path / "other"))


def test_a_huge_file_of_a_layout_is_an_error_before_it_is_read(publication: Publish, capsys: Capture) -> None:
    root = publication(files(styles="p { color: red }\n" * 300_000), settings=SETTINGS)
    assert cli.main(["check", "--root", str(root)]) == 1
    assert "layouts/own/own.css  error style-immense  This has 5 MB" in capsys.readouterr().out
