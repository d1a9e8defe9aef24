"""Signs of texts in Chinese and Japanese: markup in wide letters, and ruby as other programs write it."""

from __future__ import annotations

from pressroom.manuscript.foreign_sign import ForeignSign, sign

_FILES = "jpe?g|png|gif|svg|tiff?|webp"
_RUBY = "Write <ruby>漢<rt>かん</rt></ruby>."

EAST_ASIAN: tuple[ForeignSign, ...] = (
    sign(
        "heading-unread", "＃", r"^＃{1,6}[ 　]?\S.*$",
        "a heading whose sign is a wide letter", "Write ## and a space before the words.",
    ),
    sign(
        "emphasis-unread", "＊", r"＊{1,2}[^＊\n]+＊{1,2}",
        "emphasis whose signs are wide letters", "Write *words* or **words**.",
    ),
    sign(
        "link-unread", "］（", rf"！?［[^［］\n]*］（[^（）\n]*(?:://|\.(?:{_FILES}))[^（）\n]*）",
        "a link or picture whose brackets are wide letters", "Write [words](address), or ![…](photo.jpg).",
    ),
    sign("note-unread", "［^", r"［\^[^［］\n]+］", "a note in wide brackets", "Write [^1], and [^1]: … for its text."),
    sign("directive-unread", "［＃", r"［＃[^［］\n]+］", "a note of Aozora Bunko", "Write what it asks for."),
    sign(
        "ruby-unread", "《", r"｜[^《》｜\n]+《[^《》\n]+》|[\u3400-\u9fff々]+《[\u3040-\u30ff]+》",
        "ruby of Aozora Bunko", _RUBY,
    ),
    sign(
        "ruby-unread", "|", r"\{[\u3400-\u9fff々]+(?:[|｜][\u3040-\u30ff\u3100-\u312fA-Za-zāēīōūǎěǐǒǔàèìòùáéíóú]+)+\}",
        "ruby of DenDen Markdown", _RUBY,
    ),
)  # fmt: skip
