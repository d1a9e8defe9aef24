"""The letters of older captions and credits, told from their bytes where the file names no encoding."""

from __future__ import annotations

import pytest
from conftest import Publish, collect
from hypothesis import given
from hypothesis import strategies as some
from test_metadata import UTF8, alternatives, description, exif, iim, packet, photograph, told

from pressroom.photographs.text_encodings import decoded, encoding_of

WRITTEN = {
    "mac_roman": ["Café à l’été à Évreux", "J. Niño", "“Über die Straße” – Köln", "São Paulo, João", "ÉVREUX, CAFÉ"],
    "cp1252": ["Café à l’été", "“Das ist größer”, sagte Özil", "Señor Peña – Málaga", "Ærø, Danmark", "ÉVREUX, CAFÉ"],
    "cp1250": ["Żółw w Łodzi", "Příliš žluťoučký kůň", "Kraków, święto", "Győr, Magyarország", "Škofja Loka"],
    "cp1251": ["Беженцы", "Москва, улица Тверская", "Киев", "Люди на площади", "Фото: И. Петров"],
    "cp1253": ["Αθήνα, η πλατεία", "Φωτογραφία", "Ο δρόμος", "Λιμάνι στον Πειραιά", "Γ. Παπαδόπουλος"],
    "cp1254": ["İstanbul’da bir gün", "Şişli, Türkiye", "Ağrı Dağı", "Çarşı", "Göç yolu"],
    "koi8_r": ["Площадь в Москве", "Беженцы", "Люди на площади", "Дорога", "Вода"],
    "mac_cyrillic": ["Москва, улица", "Беженцы", "Дорога", "Вода и хлеб", "На площади"],
    "cp850": ["Café à l'été", "Köln, Straße", "Niño", "À la carte", "Größe"],
}
READERS = {"cp1250": "pl", "cp1254": "tr"}
"""The language of the publication, where it decides between encodings that look alike."""


@pytest.mark.parametrize(("codec", "text"), [(codec, text) for codec, texts in WRITTEN.items() for text in texts])
def test_the_letters_of_a_caption_are_told_from_its_bytes(codec: str, text: str) -> None:
    metadata = told(photograph(record=iim((2, 120, text.encode(codec)))), READERS.get(codec, "en"))
    assert metadata.caption == text
    assert metadata.guessed


@pytest.mark.parametrize("text", ["Menschen in Köln", "J. Müller", "Беженцы", "Café “à” l’été", "Żółw"])
@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "mac_roman"])
def test_utf_8_that_was_encoded_twice_is_decoded_twice(text: str, codec: str) -> None:
    once = "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in text.encode())
    metadata = told(photograph(record=iim(UTF8, (2, 120, once.encode()))))
    assert metadata.caption == text
    assert metadata.guessed == "UTF-8, encoded twice"


@pytest.mark.parametrize(
    "record",
    [
        iim((2, 120, "Köln, в пути, Αθήνα".encode())),
        iim(UTF8, (2, 120, "Café".encode())),
        iim(UTF8, (2, 80, "J. Müller".encode()), (2, 120, "Ö".encode() * 3 + "Ö".encode()[:1])),
        iim((2, 120, b"Plain letters")),
        b"",
    ],
)
def test_what_is_certain_is_not_called_a_guess(record: bytes) -> None:
    assert told(photograph(record=record)).guessed == ""


@pytest.mark.parametrize(
    ("xmp", "guessed"),
    [
        (packet(description(alternatives("dc:description", x_default="Café"))), ""),
        (packet(description(alternatives("dc:description", x_default="Cafe"))), ""),
        ("", "MacRoman"),
    ],
)
def test_xmp_wins_and_a_guess_that_is_not_used_is_not_told(xmp: str, guessed: str) -> None:
    metadata = told(photograph(xmp, iim((2, 120, "Café à Évreux".encode("mac_roman")))))
    assert metadata.guessed == guessed


def test_exif_in_another_encoding_is_told_too() -> None:
    raw = exif(ImageDescription="Caf_ de Paris")
    metadata = told(photograph(exif=raw.replace(b"Caf_", "Café".encode("mac_roman"))))
    assert (metadata.caption, metadata.guessed) == ("Café de Paris", "MacRoman")


def test_a_guess_is_reported_with_the_words_and_the_remedy(publication: Publish) -> None:
    record = iim((2, 120, "Café à l’été".encode("mac_roman")))
    data = photograph(record=record).getvalue()
    [finding] = collect(publication({"book/a.md": "![Alt](a.jpg)", "assets/a.jpg": data}))[1]
    assert finding.id == "photo-letters"
    assert "MacRoman: “Café à l’été”" in finding.message
    assert "UTF-8" in finding.remedy


@given(some.binary(max_size=60))
@pytest.mark.slow
def test_any_bytes_are_read_without_loss_of_the_picture(raw: bytes) -> None:
    text = decoded(raw, encoding_of([raw], "en"))
    assert isinstance(text, str)
    if raw.isascii():
        assert text == raw.decode()
