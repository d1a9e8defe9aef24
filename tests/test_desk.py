"""The checks of pictures, alt texts and captions: faults that a picture editor would report, and sound ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale
from conftest import Publish, collect, picture, read
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from pressroom import preflight
from pressroom.errors import Finding
from pressroom.language.cues import misses_date, misses_place, side_in
from pressroom.language.english import is_past
from pressroom.photographs import PhotoFinder

WHOLE = "Refugees wait in Goris, Armenia, on 26 September 2023."
"""A caption without faults."""
CREDIT = 'credit="A. Photographer"'
ROOT = Path(__file__).resolve().parents[1]


def findings(root: Path) -> list[Finding]:
    """The findings about the pictures of the publication at `root`."""
    album, _ = collect(root)
    return list(
        preflight.check_desk(preflight.PictureDesk(read(root).publication, album, tuple(PhotoFinder(root).pictures())))
    )


def told(root: Path) -> list[str]:
    return [f"{f.place} {f.id}" for f in findings(root)]


def settings(language: str = "en", more: str = "") -> str:
    return f"title: T\nlanguage: {language}\n{more}"


def figure(caption: str = WHOLE, alt: str = "A fire", file: str = "", attributes: str = CREDIT) -> str:
    return f"![{alt}]({file}){{{attributes}}}\n{caption}\n"


def gallery(*captions: str, shared: str = "") -> str:
    return "\n".join(["::: gallery", *map(figure, captions), f"{shared}\n", ":::\n"])


def ids_of(publication: Publish, text: str, language: str = "en") -> list[str]:
    """The ids of the findings about a chapter whose photographs are still to come."""
    return [f.id for f in findings(publication({"book/a.md": f"# A\n\n{text}"}, settings(language)))]


def pattern(path: Path, seed: int, size: tuple[int, int] = (480, 320), darker: int = 0, xmp: str = "") -> Path:
    """A picture of soft patches, others for every seed."""
    patches = random.Random(seed).randbytes(9 * 9)
    small = Image.frombytes("L", (9, 9), bytes(max(0, value - darker) for value in patches))
    path.parent.mkdir(parents=True, exist_ok=True)
    small.resize(size, Image.Resampling.BICUBIC).save(path, xmp=xmp.encode())
    return path


def xmp(**texts: str) -> str:
    """The metadata of a file, by the names of Photoshop's fields."""
    fields = " ".join(f'photoshop:{name}="{text}"' for name, text in texts.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {fields}/>'
        "</rdf:RDF></x:xmpmeta>"
    )


def with_pictures(publication: Publish, text: str, pictures: Mapping[str, int | str], more: str = "") -> Path:
    """A publication with photographs in its folder: by their names, the seeds of their patches or their metadata."""
    root = publication({"book/a.md": f"# A\n\n{text}"}, settings(more=more))
    for n, (name, content) in enumerate(pictures.items()):
        seed, said = (100 + n, content) if isinstance(content, str) else (content, "")
        pattern(root / "assets/photos" / name, seed, xmp=said)
    return root


# ---- alt text


@pytest.mark.parametrize(
    ("alt", "ids"),
    [
        ("A fire beside a road", []),
        (WHOLE, ["alt-is-caption"]),
        (WHOLE.upper().rstrip("."), ["alt-is-caption"]),
        ("Refugees wait in Goris", []),
        ("", []),
    ],
)
def test_an_alt_text_that_repeats_the_caption_is_reported(publication: Publish, alt: str, ids: list[str]) -> None:
    assert ids_of(publication, figure(alt=alt)) == ids


@pytest.mark.parametrize(("length", "ids"), [(250, []), (251, ["alt-long"])])
def test_an_alt_text_has_at_most_250_characters(publication: Publish, length: int, ids: list[str]) -> None:
    assert ids_of(publication, figure(alt="a" * length)) == ids


def test_the_hint_has_the_length_of_an_alt_text_and_a_place_for_the_rest(publication: Publish) -> None:
    [finding] = findings(publication({"book/a.md": figure(alt="word " * 60)}))
    assert "299 characters" in finding.message
    assert "long_description" in finding.remedy


# ---- captions as sentences


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "language", "is_told"),
    [
        (".", "en", False),
        ("", "en", True),
        (",", "en", True),
        ("!", "en", False),
        ("…", "en", False),
        (".”", "en", False),
        (". (An Agency/A. Photographer)", "en", False),
        (" (An Agency)", "en", True),
        (".[^1]\n\n[^1]: A note.", "en", False),
        (" »", "fr", True),
        (". »", "fr", False),
        ("։", "hy", False),
        ("؟", "ar", False),
        ("۔", "ur", False),
        ("。」", "ja", False),
    ],
)
def test_a_caption_ends_as_a_sentence_does(publication: Publish, end: str, language: str, *, is_told: bool) -> None:
    ids = ids_of(publication, figure(WHOLE.rstrip(".") + end), language)
    assert ids == ["caption-full-stop"] * is_told


@pytest.mark.parametrize("label", ["Lachin, 1992", "The first snow falls", "Goris"])
def test_a_label_of_a_few_words_is_no_sentence(publication: Publish, label: str) -> None:
    assert ids_of(publication, figure(label)) == []


def test_the_shared_caption_of_a_gallery_is_a_caption_too(publication: Publish) -> None:
    text = gallery(WHOLE, WHOLE, shared="Three days on the road to Goris")
    assert ids_of(publication, text) == ["caption-full-stop"]


@pytest.mark.parametrize(("more", "ids"), [(50, []), (51, ["caption-long"])])
def test_a_caption_of_more_than_sixty_words_is_reported_with_their_number(
    publication: Publish, more: int, ids: list[str]
) -> None:
    said = findings(publication({"book/a.md": figure(f"{WHOLE} {'word ' * more}– end.")}))
    assert [f.id for f in said] == ids
    assert all("61 words" in f.message for f in said)


@pytest.mark.parametrize(
    "caption",
    [
        "Refugees walked along the road to Armenia on Monday.",
        "A truck arrived in Goris with a family on its bed.",
        "The soldiers destroyed the bridge in 1992.",
        "Residents were evacuated from the village.",
        "A man was injured in the blast.",
        "The family had a car accident.",
        "Armenian soldiers fled the city.",
        "Volunteers from Goris brought two stoves.",
        "Firefighters fought the blaze through the night.",
    ],
)
def test_a_caption_that_opens_in_the_past_is_reported(caption: str) -> None:
    assert is_past(caption)


@pytest.mark.parametrize(
    "caption",
    [
        "A truck loaded with furniture arrives in Goris.",
        "Refugees displaced by the fighting wait at the border.",
        "Families evacuated from the village board buses in the rain.",
        "Recently displaced families queue for bread.",
        "A woman called the mother of the village hands out bread.",
        "Soldiers wounded the day before wait for a helicopter.",
        "A woman holds a photograph her husband took before the war.",
        "A boy sits on a tank the army left behind.",
        "Somalis who have been displaced settle at a camp.",
        "People stand in line after the road was opened.",
        "Mourners lay flowers at the memorial.",
        "An aerial shot of the city shows burned houses.",
        "What remained of the bridge lies in the river.",
        "A ballet dancer who fled the war rehearses in Rome.",
        "Displaced by the war, a family settles in a school.",
        "Three girls dance to music played by boys.",
        "A girl reads. The roof was blown off in the night.",
        "“We had six hours,” says a poster on the wall.",
        "",
    ],
)
def test_participles_and_what_came_before_make_no_past(caption: str) -> None:
    assert not is_past(caption)


def test_captions_written_as_newsrooms_write_them_are_in_the_present() -> None:
    for file in sorted((ROOT / "tests/galleries").glob("*.txt")):
        paragraphs = [" ".join(p.split()) for p in file.read_text("utf-8").split("\n") if p.strip()][1:]
        kinds = file.with_suffix(".key").read_text("utf-8").split()
        assert not [p for p, kind in zip(paragraphs, kinds, strict=True) if kind == "caption" and is_past(p)]


@pytest.mark.parametrize(("language", "ids"), [("en-GB", ["caption-past"]), ("sv", [])])
def test_the_past_is_known_in_english_only(publication: Publish, language: str, ids: list[str]) -> None:
    assert ids_of(publication, figure("Refugees waited in Goris, Armenia, on 26 September 2023."), language) == ids


# ---- where and when


@pytest.mark.parametrize(
    ("language", "caption", "missed"),
    [
        ("en", "A man waits beside his car on Monday.", True),
        ("en", "In May the road is still under snow.", True),
        ("en", "A man waits in Goris.", False),
        ("en", "A man waits in the old town of Goris.", False),
        ("en", "In southern Armenia the road is open.", False),
        ("en", "Cars fill the Lachin Corridor from end to end.", False),
        ("en", "Snow lies on the roofs: Stepanakert, Artsakh.", False),
        ("en", "Goris: a family rests on a truck.", False),
        ("en", "Women carry water, Marsa, 3 May 2024.", False),
        ("en", "Women carry water, Port Sudan, May 2024. Photograph: Ann Doe", False),
        ("en", "Women carry water, Marsa.", False),
        ("en", "Women carry water, Monday 3 May 2024.", True),
        ("en", "Women carry water, and Huda waits.", True),
        ("fr", "Des femmes portent de l’eau, Marsa, mai 2024.", False),
        ("de", "Ein Mann wartet neben seinem Auto.", False),
        ("fr", "Un homme attend devant sa voiture.", True),
        ("fr", "Un homme attend à Erevan.", False),
        ("fr", "Un homme quitte la région d’Artsakh.", False),
        ("es", "Un hombre espera junto a su coche.", True),
        ("es", "Un hombre espera cerca de Ereván.", False),
        ("it", "Un uomo aspetta accanto alla sua auto.", True),
        ("it", "Un uomo lascia le montagne dell’Armenia.", False),
        ("ru", "Мужчина ждёт автобуса.", False),
        ("hy", "Մարդը սպասում է ավտոբուսին։", False),
        ("ja", "男性がバスを待っている。", False),
    ],
)
def test_a_caption_names_a_place(language: str, caption: str, *, missed: bool) -> None:
    assert misses_place(caption, language) is missed


@pytest.mark.parametrize(
    ("language", "caption", "place", "missed"),
    [
        ("en", "Goris wakes under the first snow.", "Goris, Armenia", False),
        ("de", "Ein Mann wartet neben seinem Auto.", "Goris, Armenia", True),
        ("de", "Goris erwacht unter dem ersten Schnee.", "Goris, Armenia", False),
        ("ru", "Мужчина ждёт автобуса.", "Горис, Армения", True),
        ("ru", "Мужчина ждёт автобуса в Горисе.", "Горис, Армения", False),
        ("ru", "Мужчина ждёт автобуса у реки.", "Goris, Armenia", False),
        ("hy", "Մարդը սպասում է ավտոբուսին։", "Գորիս, Հայաստան", True),
        ("hy", "Մարդը սպասում է Գորիսում։", "Գորիս, Հայաստան", False),
        ("pl", "Mężczyzna czeka na autobus w Erywaniu.", "Yerevan, Armenia", False),
    ],
)
def test_the_files_place_is_found_in_a_caption_with_any_ending(
    language: str, caption: str, place: str, *, missed: bool
) -> None:
    assert misses_place(caption, language, place) is missed


@pytest.mark.parametrize(
    ("language", "caption", "missed"),
    [
        ("en", "Cars queue in Goris.", True),
        ("en", "Soldiers march where they may.", True),
        ("en", "The river stands at 9.4 meters, and 2,900 people wait.", True),
        ("en", "Cars queue in May.", False),
        ("en", "Cars queue on Wednesday.", False),
        ("en", "Cars queue on Sept. 25.", False),
        ("en", "Cars queue, 26/9.", False),
        ("en", "Cars queue, 2023-09-26.", False),
        ("en", "Cars queue in the 1990s.", False),
        ("en", "Cars queue this week.", False),
        ("en", "A house burned down yesterday.", False),
        ("de", "Autos stauen sich.", True),
        ("de", "Autos stauen sich am Mittwoch.", False),
        ("de", "Autos stauen sich am 26.9.", False),
        ("fr", "Des voitures attendent.", True),
        ("fr", "Des voitures attendent le 26 août.", False),
        ("fr", "Aujourd’hui, des voitures attendent.", False),
        ("es", "Los coches esperan.", True),
        ("es", "Los coches esperan el miércoles.", False),
        ("it", "Le auto aspettano.", True),
        ("it", "Mercoledì le auto aspettano.", False),
        ("ru", "Машины ждут.", True),
        ("ru", "Машины ждут в сентябре.", False),
        ("hy", "Մեքենաները սպասում են։", True),
        ("hy", "Մեքենաները սպասում են սեպտեմբերի 26-ին։", False),
        ("ka", "მანქანები ელოდება.", False),
    ],
)
def test_a_caption_names_a_date(language: str, caption: str, *, missed: bool) -> None:
    assert misses_date(caption, language) is missed


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "ru", "hy"])
def test_every_month_and_weekday_of_a_language_is_a_date(language: str) -> None:
    for kind in ("months", "days"):
        for forms in getattr(Locale.parse(language), kind).values():
            for name in forms["wide"].values():
                assert not misses_date(f"… {name} …", language), name


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("de", "Jänner Sonnabend"),
        ("es", "setiembre"),
        ("ru", "января мае марте июне сентябре понедельника вторника среду пятницу субботу воскресенья"),
        ("hy", "հունվարին սեպտեմբերին երկուշաբթի շաբաթ"),
    ],
)
def test_regional_names_and_other_cases_of_months_are_dates(language: str, names: str) -> None:
    assert [name for name in names.split() if misses_date(f"… {name} …", language)] == []


@pytest.mark.parametrize(
    ("language", "caption", "missed"),
    [
        ("en", "Cars queue, 25 Sept", False),
        ("de", "Autos stauen sich am 26. Okt. bei Goris.", False),
        ("fr", "Des voitures attendent le 26 sept. à Goris.", False),
        ("fr", "Des voitures attendent au bord de la mer.", True),
        ("es", "Los coches esperan junto al mar.", True),
        ("es", "Los coches esperan el 26 de mar.", False),
    ],
)
def test_the_short_form_of_a_month_is_a_date_beside_a_number(language: str, caption: str, *, missed: bool) -> None:
    assert misses_date(caption, language) is missed


def test_a_month_of_any_language_that_cldr_has_is_a_date() -> None:
    assert not misses_date("Bilar står i kö i september.", "sv", known=True)
    assert misses_date("Bilar står i kö.", "sv", known=True)


def test_in_an_unknown_language_a_date_is_missed_only_if_the_file_has_one_and_the_caption_no_digit() -> None:
    assert misses_date("მანქანები ელოდება.", "ka", known=True)
    assert not misses_date("მანქანები ელოდება, 26.", "ka", known=True)


@pytest.mark.parametrize(
    ("caption", "ids"),
    [
        ("A family rests on a truck.", ["caption-no-date", "caption-no-place"]),
        ("A family rests on a truck in Goris.", ["caption-no-date"]),
        ("A family rests on a truck on Monday.", ["caption-no-place"]),
        (WHOLE, []),
        ("A family rests.", []),
        ("", []),
    ],
)
@pytest.mark.slow
def test_a_caption_must_name_place_and_date(publication: Publish, caption: str, ids: list[str]) -> None:
    assert ids_of(publication, figure(caption)) == ids


def test_one_caption_names_place_and_date_for_a_whole_gallery(publication: Publish) -> None:
    waiting = "A family waits on the truck."
    assert ids_of(publication, gallery(waiting, waiting)) == ["caption-no-date", "caption-no-place"]
    assert ids_of(publication, gallery(waiting, WHOLE)) == []
    assert ids_of(publication, gallery(waiting, waiting, shared=WHOLE)) == []


def test_a_chapters_place_and_date_hold_for_all_its_pictures(publication: Publish) -> None:
    text = figure("A family rests on a truck.")
    root = publication({"book/a.md": f"---\nplace: Goris\ndate: September 2023\n---\n# A\n\n{text}"})
    assert told(root) == []


def test_the_hint_has_the_metadata_of_the_file(publication: Publish) -> None:
    said = xmp(City="Lachin", Country="Azerbaijan", DateCreated="2023-09-25T10:00:00+04:00")
    root = with_pictures(publication, figure("A family rests on a truck.", file="a.jpg"), {"a.jpg": said})
    assert [(f.id, f.remedy) for f in findings(root)] == [
        ("caption-no-date", "Write it into the caption. The file says: 25 September 2023."),
        ("caption-no-place", "Write it into the caption. The file says: Lachin, Azerbaijan."),
    ]


def test_a_drawing_has_no_place_and_no_day(publication: Publish) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20z"/></svg>'
    text = figure("The houses and the order in which they stand.", file="a.svg", attributes="")
    assert told(publication({"book/a.md": f"# A\n\n{text}", "assets/a.svg": drawing})) == []


def test_a_plain_text_gallery_gets_no_hint_about_front_matter(publication: Publish) -> None:
    [finding] = findings(publication({"book/a.txt": "Title\n\nA family rests on a truck in Goris.\n"}))
    assert (finding.id, finding.remedy) == ("caption-no-date", "Write it into the caption.")


# ---- sides


@pytest.mark.parametrize(
    ("language", "caption", "side"),
    [
        ("en", "A truck, left, and a car wait.", "left"),
        ("en", "Left: a truck.", "Left"),
        ("en", "A truck (far right) waits.", "far right"),
        ("en", "The truck at right carries a minivan.", "at right"),
        ("en", "The truck in the picture above is empty.", "picture above"),
        ("en", "They left the village, left their herds and left.", ""),
        ("en", "He has the right to return, and insists on the right to vote.", ""),
        ("en", "Tents stand on the left bank of the river, above the town.", ""),
        ("de", "Ein Bus wartet. Rechts: die Brücke.", "Rechts"),
        ("de", "Sie ziehen nach links.", ""),
        ("fr", "À gauche, un camion.", "À gauche"),
        ("fr", "Le droit de retour, tout droit.", ""),
        ("es", "A la derecha, un camión.", "A la derecha"),
        ("es", "El derecho de volver.", ""),
        ("it", "A destra, un camion.", "A destra"),
        ("ru", "Слева грузовик.", "Слева"),
        ("hy", "Ձախից՝ բեռնատար։", ""),
    ],
)
def test_left_and_right_are_distinguished_from_leaving_and_rights(language: str, caption: str, side: str) -> None:
    assert side_in(caption, language, of_several=True) == side
    assert side_in(caption, language, of_several=False) == side


@pytest.mark.parametrize(
    "caption", ["B. Fisher, left, and C. Fisher wait.", "From left, B. Fisher and C. Fisher wait."]
)
def test_left_and_right_are_allowed_in_the_caption_of_one_picture(caption: str) -> None:
    assert not side_in(caption, "en", of_several=False)
    assert side_in(caption, "en", of_several=True)


def test_left_and_right_are_reported_in_galleries_only(publication: Publish) -> None:
    sided = "A truck, left, and a car wait in Goris on Monday."
    assert ids_of(publication, figure(sided)) == []
    assert ids_of(publication, gallery(sided, WHOLE)) == ["caption-sides"]
    assert ids_of(publication, gallery(WHOLE, WHOLE, shared=sided)) == ["caption-sides"]


# ---- the pictures themselves


def test_a_photograph_without_a_credit_is_reported(publication: Publish) -> None:
    text = figure(file="a.jpg", attributes="") + "\n" + figure(file="b.jpg")
    [finding] = findings(with_pictures(publication, text, {"a.jpg": 1, "b.jpg": 2}))
    assert (finding.id, finding.place.line) == ("credit-missing", 3)
    assert "credit=" in finding.remedy
    assert "photos.yaml" in finding.remedy


@pytest.mark.parametrize(
    "named",
    ["Photo: Ann Doe", "Photograph by Ann Doe", "© Ann Doe", "(Ann Doe/Agency)", "Foto von Ann Doe", "Фото: Анна"],
)
@pytest.mark.slow
def test_a_caption_that_names_its_photographer_needs_no_credit(publication: Publish, named: str) -> None:
    text = f"![Trucks](a.jpg)\nTrucks wait near Goris on Monday. {named}\n"
    assert [f.id for f in findings(with_pictures(publication, text, {"a.jpg": 1}))] == []


@pytest.mark.parametrize(("more", "ids"), [("", ["credit-missing"]), ("captions_from_photos: true\n", [])])
def test_a_credit_in_the_file_is_offered_until_it_is_used(publication: Publish, more: str, ids: list[str]) -> None:
    text = figure(file="a.jpg", attributes="")
    said = findings(with_pictures(publication, text, {"a.jpg": xmp(Credit="An Agency")}, more))
    assert [f.id for f in said] == ids
    assert all(f.remedy.startswith("The file says: An Agency; set captions_from_photos: true") for f in said)


def test_a_photograph_to_come_needs_no_credit_yet(publication: Publish) -> None:
    assert ids_of(publication, figure(attributes="#fig-a")) == []


def test_a_photograph_shown_twice_is_reported_with_the_other_place(publication: Publish) -> None:
    text = "\n".join(figure(file=name) for name in ("a.jpg", "b.jpg", "copy-of-a.jpg"))
    said = findings(with_pictures(publication, text, {"a.jpg": 1, "b.jpg": 2, "copy-of-a.jpg": 1}))
    assert [(f.id, f.place.line) for f in said] == [("photo-twice", 9)]
    assert "book/a.md:3" in said[0].message


def test_a_sign_among_words_is_repeated_and_needs_no_credit(publication: Publish) -> None:
    text = "Follow ![a star](a.jpg) to the ford, and ![a star](a.jpg) to the hut.\n\n"
    cells = (
        f"| Sign | Path |\n|---|---|\n| ![a star](b.jpg){{{CREDIT}}} | up |\n| ![a star](b.jpg){{{CREDIT}}} | down |\n"
    )
    assert told(with_pictures(publication, text + cells, {"a.jpg": 1, "b.jpg": 2})) == []


def test_two_files_that_look_alike_are_reported_with_the_other_place(publication: Publish) -> None:
    text = "\n".join(figure(file=name) for name in ("a.jpg", "b.jpg", "c.jpg"))
    root = with_pictures(publication, text, {"a.jpg": 1, "b.jpg": 2})
    pattern(root / "assets/photos/c.jpg", 1, (960, 640), darker=20)
    said = findings(root)
    assert [(f.id, f.place.line) for f in said] == [("photo-alike", 9)]
    assert "“c.jpg” looks like “a.jpg” at book/a.md:3" in said[0].message


def test_the_same_scene_in_another_shape_is_another_picture(publication: Publish) -> None:
    root = with_pictures(publication, figure(file="a.jpg") + "\n" + figure(file="b.jpg"), {"a.jpg": 1})
    pattern(root / "assets/photos/b.jpg", 1, (480, 400))
    assert told(root) == []


def test_flat_pictures_are_not_alike(publication: Publish) -> None:
    """Two skies, or two sheets of paper, have the same fingerprint and nothing in common."""
    root = publication({"book/a.md": figure(file="a.jpg") + "\n" + figure(file="b.jpg")})
    picture(root / "assets/photos/a.jpg", 480, 320)
    picture(root / "assets/photos/b.jpg", 480, 320, mode="L")
    assert told(root) == []


def test_a_photograph_that_no_figure_shows_is_reported(publication: Publish) -> None:
    pictures = {"a.jpg": 1, "b.jpg": 2, "Ж.jpg": 3}
    root = with_pictures(publication, figure(file="a.jpg") + "\n" + figure(file="ж.JPG"), pictures)
    pattern(root / "assets/logo.png", 4)
    for other in ("damaged.jpg", "notes.txt", "b.cr3"):
        (root / "assets/photos" / other).write_text("?")
    (root / "book/b.md").write_text(f"# B\n\n{figure(file='damaged.jpg')}")
    assert told(root) == ["assets/photos/b.jpg photo-unused"]


@pytest.mark.parametrize(
    ("attributes", "lines"),
    [
        ("", [3]),
        ('blur="10% 10% 20% 20%"', []),
        ('blur="60% 60% 20% 20%"', [3, 6]),
        ('blur="15% 15% 20% 20%"', [3, 6]),
        ('blur="0% 0% 50% 50%"', [6]),
        ('crop="50% 50% 50% 50%"', []),
        ('crop="0% 0% 50% 50%"', [3]),
        ('crop="20% 20% 60% 60%"', [3]),
    ],
)
@pytest.mark.slow
def test_what_one_figure_hides_no_other_shows(publication: Publish, attributes: str, lines: list[int]) -> None:
    first, second = (
        figure(file="a.jpg", attributes=f"{CREDIT} {framing}") for framing in (attributes, 'blur="10% 10% 20% 20%"')
    )
    root = with_pictures(publication, first + "\n" + second, {"a.jpg": 1})
    said = [f for f in findings(root) if f.id != "photo-twice"]
    assert [(f.id, str(f.severity), f.place.line) for f in said] == [("blur-uneven", "warning", n) for n in lines]
    assert all(f"book/a.md:{9 - f.place.line}" in f.message for f in said)


# ---- all of them


def test_all_findings_are_reported_together_in_order_of_place(publication: Publish) -> None:
    first = figure("A family rests on the truck", file="a.jpg", attributes="")
    root = with_pictures(publication, first + "\n" + figure(alt="a" * 300, file="a.jpg"), {"a.jpg": 1})
    said = findings(root)
    assert [(f.place.line, f.id) for f in said] == [
        (3, "caption-full-stop"),
        (3, "caption-no-date"),
        (3, "caption-no-place"),
        (3, "credit-missing"),
        (6, "alt-long"),
        (6, "photo-twice"),
    ]
    assert {str(f.severity) for f in said} == {"advice"}
    assert all(f.message and f.remedy for f in said)


@pytest.mark.slow
def test_the_captions_of_the_specimen_lack_nothing_but_days_that_its_source_does_not_give() -> None:
    assert {f.id for f in findings(ROOT)} <= {"caption-no-date"}


LANGUAGES = some.sampled_from(["en", "de-AT", "fr", "es", "it", "ru", "hy", "ja", "ar", "x"])
WORDS = some.sampled_from("In the Goris, on left: (right) “was A Monday ’ — . walked , à d’ von 26.9. ﬁ İ ẞ".split(" "))
CAPTIONS = some.one_of(some.text(), some.lists(WORDS).map(" ".join))


@pytest.mark.slow
@given(caption=CAPTIONS, language=LANGUAGES, place=CAPTIONS)
def test_no_caption_is_too_odd_to_be_read(caption: str, language: str, place: str) -> None:
    is_past(caption)
    misses_date(caption, language, known=bool(place))
    misses_place(caption, language, place)
    assert side_in(caption, language, of_several=True) in caption
    assert side_in(caption, language, of_several=False) in caption
