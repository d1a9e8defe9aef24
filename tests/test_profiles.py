"""Profiles: found by name or path, known by the trade’s names, and refused with reasons where no press can use them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from conftest import Publish, ids, lines
from test_colour import curve_tag, gamma, ink_profile, matrix_profile, profile, srgb_curve

from pressroom import forms, production
from pressroom.design import BUILTIN, printing_condition
from pressroom.errors import Finding, Place, PressroomError, Source
from pressroom.photographs import SRGB, Profile, find_profile
from pressroom.photographs.profiles import FOLDER, Condition, known_profiles
from pressroom.photographs.srgb import adobe_rgb, is_profile, srgb
from pressroom.rules.printers import builtin_printer
from pressroom.whereabouts import PRINTERS

NAME = "coated-fogra39"
HERE = Place("book/publication.yaml", 4)
FILE = BUILTIN / FOLDER / f"{NAME}.icc"
SCREEN = matrix_profile([(0.44, 0.22, 0.01), (0.39, 0.72, 0.1), (0.14, 0.06, 0.71)], srgb_curve)


def edition(more: str, name: str = "print") -> str:
    return f"title: T\nlanguage: en\neditions:\n  {name}: {{format: pdf, {more}}}\n"


def condition(publication: Publish, more: str, files: dict[str, str | bytes] | None = None) -> Profile | None:
    root = publication(files, edition(more))
    return printing_condition(production.read(production.Order(root)).edition("print"), root)[0]


def told(publication: Publish, more: str, files: dict[str, str | bytes] | None = None) -> list[Finding]:
    """The findings of `check` about an edition, without those that every edition has."""
    findings = production.check(production.Order(publication(files, edition(more)))).findings
    return [finding for finding in findings if finding.id.startswith(("profile-", "text-", "value-", "number-"))]


# ---- the one that comes with Pressroom


def test_the_built_in_profile_is_the_one_whose_provenance_is_stated() -> None:
    text = FILE.with_suffix(".yaml").read_text("utf-8")
    said, _ = forms.fill(Source("coated-fogra39.yaml", text), Condition)
    assert said is not None
    assert said.provenance["sha256"] == hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert {"measurements", "licence", "tool", "command"} <= said.provenance.keys()
    assert FILE.with_suffix(".LICENSE").is_file()
    assert FILE.stat().st_size < 1_000_000


def test_the_default_print_edition_is_for_the_built_in_condition(publication: Publish) -> None:
    root = publication()
    found, findings = printing_condition(production.read(production.Order(root)).edition("print"), root)
    assert found is not None
    assert (found.name, found.space, found.identifier, found.ink) == (NAME, "cmyk", "FOGRA39", 300)
    assert found.registry == "http://www.color.org"
    assert "ISO 12647-2" in found.condition
    assert found.data == FILE.read_bytes()
    assert not findings


# ---- where a profile may lie


def test_a_publications_own_profile_overrides_the_built_in_one(publication: Publish) -> None:
    own = bytearray(FILE.read_bytes())
    own[24:26] = (2020).to_bytes(2)  # its year
    found = condition(publication, f"bleed: 3mm, profile: {NAME}", {f"{FOLDER}/{NAME}.icc": bytes(own)})
    assert found is not None
    assert found.data == own


def test_a_profile_without_words_beside_it_is_custom_and_called_as_it_calls_itself(publication: Publish) -> None:
    found = condition(publication, "bleed: 3mm, profile: Paper 7", {f"{FOLDER}/Paper 7.icc": FILE.read_bytes()})
    assert found is not None
    assert (found.identifier, found.registry, found.ink) == ("Custom", "", None)
    assert found.condition == "Coated FOGRA39, 300 % (Pressroom)"


def test_a_profile_may_be_named_by_its_path_and_described_beside_it(publication: Publish) -> None:
    words = "condition: Paper of our printer\nidentifier: X1\nink: 280\nprovenance: {from: the printer}\n"
    files: dict[str, str | bytes] = {"print/own.icc": FILE.read_bytes(), "print/own.yaml": words}
    found = condition(publication, "bleed: 3mm, profile: print/own.icc", files)
    assert found is not None
    assert (found.name, found.condition, found.identifier, found.ink) == ("own", "Paper of our printer", "X1", 280)


def test_a_path_out_of_the_publication_is_refused(publication: Publish, tmp_path: Path) -> None:
    (tmp_path / "own.icc").write_bytes(FILE.read_bytes())
    for path in ("../own.icc", str(tmp_path / "own.icc"), str(FILE)):
        assert ids(told(publication, f"bleed: 3mm, profile: {path}")) == ["profile-outside"], path


# ---- profiles that are refused, and the places of the findings


def test_a_missing_profile_is_reported_at_its_key_with_a_suggestion(publication: Publish) -> None:
    [finding] = told(publication, "bleed: 3mm, profile: coated-fogra93")
    assert lines([finding]) == ["book/publication.yaml:4:45 error profile-missing"]
    assert NAME in finding.remedy
    assert ids(told(publication, "bleed: 3mm, profile: ../coated-fogra39")) == ["profile-missing"]


@pytest.mark.parametrize(
    ("data", "id"),
    [
        pytest.param(b"", "profile-broken", id="empty"),
        pytest.param(
            b"no profile at all, but a long text that somebody has called .icc" * 9, "profile-broken", id="text"
        ),
        pytest.param(FILE.read_bytes()[:40_000], "profile-broken", id="cut off"),
        pytest.param(FILE.read_bytes()[:132] + bytes(119_000), "profile-broken", id="emptied"),
        pytest.param(ink_profile(), "profile-broken", id="one way only"),
        pytest.param(SCREEN, "profile-class", id="of a screen"),
        pytest.param(SCREEN.replace(b"mntr", b"scnr"), "profile-class", id="of a camera"),
        pytest.param(SCREEN.replace(b"mntr", b"abst"), "profile-class", id="of an effect"),
        pytest.param(FILE.read_bytes().replace(b"prtrCMYK", b"linkCMYK"), "profile-class", id="of a link"),
        pytest.param(FILE.read_bytes().replace(b"prtrCMYK", b"prtr6CLR"), "profile-class", id="of six inks"),
        pytest.param(
            profile(b"prtr", b"GRAY", b"XYZ ", {b"kTRC": curve_tag(gamma(2.2))}), "profile-space", id="of grey"
        ),
    ],
)
@pytest.mark.slow
def test_a_profile_that_no_press_can_use_is_reported_at_its_key(publication: Publish, data: bytes, id: str) -> None:
    [finding] = told(publication, "bleed: 3mm, profile: own", {f"{FOLDER}/own.icc": data})
    assert lines([finding]) == [f"book/publication.yaml:4:45 error {id}"]
    assert finding.remedy


@pytest.mark.slow
def test_no_damage_to_a_profile_shows_a_traceback(tmp_path: Path) -> None:
    sound = FILE.read_bytes()
    for n in (*range(0, 400, 7), *range(400, len(sound), 6007)):
        broken = bytearray(sound)
        broken[n] ^= 0xFF
        (tmp_path / "own.icc").write_bytes(broken)
        try:
            assert find_profile("own.icc", tmp_path, HERE).space == "cmyk"
        except PressroomError as fault:
            assert fault.findings[0].id.startswith("profile-")


def test_the_yaml_file_beside_a_profile_is_read_strictly(publication: Publish) -> None:
    files: dict[str, str | bytes] = {f"{FOLDER}/own.icc": FILE.read_bytes(), f"{FOLDER}/own.yaml": "ink: 4000\n"}
    root = publication(files, edition("bleed: 3mm, profile: own"))
    [fault] = [f for f in production.check(production.Order(root)).findings if f.severity == "error"]
    assert str(fault.place) == f"{FOLDER}/own.yaml:1:6"


# ---- which edition is printed how


def test_an_edition_for_the_press_without_a_profile_is_in_srgb(publication: Publish) -> None:
    assert condition(publication, "bleed: 3mm") == SRGB
    assert condition(publication, "bleed: 3mm, profile: srgb") == SRGB


def test_a_screen_has_no_condition_and_a_profile_given_for_it_is_reported(publication: Publish) -> None:
    assert condition(publication, "trim: a5") is None
    [finding] = told(publication, f"trim: a5, profile: {NAME}")
    assert lines([finding]) == ["book/publication.yaml:4:43 advice profile-unused"]


@pytest.mark.parametrize("printer", ["lulu", "bod"])
def test_printers_who_take_srgb_get_it(publication: Publish, printer: str) -> None:
    assert condition(publication, f"trim: a5, printer: {printer}") == SRGB
    assert not told(publication, f"trim: a5, printer: {printer}, profile: srgb")


@pytest.mark.slow
@pytest.mark.parametrize(("printer", "ink"), [("ingramspark", 240), ("offset", 300)])
def test_cmyk_files_keep_the_lower_ink_limit_of_printer_and_paper(publication: Publish, printer: str, ink: int) -> None:
    for more in ("", f", profile: {NAME}"):
        found = condition(publication, f"printer: {printer}{more}")
        assert found is not None
        assert (found.name, found.ink) == (NAME, ink)
    assert ids(told(publication, f"printer: {printer}, profile: srgb")) == ["profile-space"]


def test_a_printer_who_takes_anything_takes_what_is_named(publication: Publish) -> None:
    assert condition(publication, "printer: kdp") == SRGB
    found = condition(publication, f"printer: kdp, profile: {NAME}")
    assert found is not None
    assert found.name == NAME


@pytest.mark.parametrize("printer", PRINTERS)
def test_every_printer_who_wants_inks_has_a_profile_that_is_there(printer: str, tmp_path: Path) -> None:
    rules = builtin_printer(printer)
    assert (rules.colour.value == "cmyk") == (rules.profile is not None)
    if rules.profile:
        assert rules.profile.value in known_profiles(tmp_path)


def test_a_profile_is_no_longer_promised_for_later(publication: Publish) -> None:
    findings = production.check(production.Order(publication(), ("print",))).findings
    assert not [f for f in findings if f.id == "not-yet" and "sRGB" in f.message]


def test_srgb_is_always_the_same_bytes_and_sound() -> None:
    assert hashlib.sha256(srgb()).hexdigest() == "14b401fdc791f7c35e05c707a12669dc1f54f6b0322535a80b972180b2663e4c"
    assert is_profile(srgb())
    assert is_profile(adobe_rgb())
