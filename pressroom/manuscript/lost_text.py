"""Lost text: remarks of writers, what word processors leave behind, and broken letters."""

from __future__ import annotations

import re

from pressroom.manuscript.foreign_sign import ForeignSign, sign

REMARKS: tuple[ForeignSign, ...] = (
    sign(
        "remark-left", "T",
        r"\[(?:TK|TODO|TBD|TBC|FIXME)\b[^\]\n]*\]|\((?:TK|TODO|TBD|TBC|FIXME)\b(?! *\d)[^)\n]*\)|\b(?:TODO"
        r"|FIXME):.*$|\bTK(?: ?TK)+\b",
        "a remark of its writer, who has something left to do", "Do it, and delete the remark.",
    ),
    sign(
        "remark-left", "FIXME", r"\bFIXME\b(?!:).*$",
        "a remark of its writer, who has something left to do", "Do it, and delete the remark.",
    ),
)  # fmt: skip
_FIELDS = r"PAGEREF _\w+|HYPERLINK (?:\\[a-z] )?[\"“]|MERGEFIELD \w+|SEQ [A-Z][a-z]+ \*|REF _\w+|TOC \\[a-z]|FORMTEXT\b"
_NOT_FOUND = (
    "Error! Reference source not found", "Error! Bookmark not defined", "Error! No bookmark name given",
    "Fehler! Verweisquelle konnte nicht gefunden werden", "Fehler! Textmarke nicht definiert",
    "Erreur ! Source du renvoi introuvable", "Erreur ! Signet non défini",
    "¡Error! No se encuentra el origen de la referencia", "¡Error! Marcador no definido",
    "Errore. L'origine riferimento non è stata trovata", "Errore. Il segnalibro non è definito",
    "Erro! Fonte de referência não encontrada", "Erro! Marcador não definido",
    "Fout! Verwijzingsbron niet gevonden", "Fout! Bladwijzer niet gedefinieerd",
    "Ошибка! Источник ссылки не найден", "Ошибка! Закладка не определена",
)  # fmt: skip
"""What Word prints where a reference is broken."""
OFFICE: tuple[ForeignSign, ...] = (
    *(
        sign(
            "field-unread", words, re.escape(words) + r"\.?",
            "what Word prints for a reference that it cannot find", "Write [](#id), with the id of the place.",
        )
        for words in _NOT_FOUND
    ),
    *(
        sign(
            "field-unread", field, rf"\b(?:{_FIELDS}).*?(?= {{2}}|$)", "a field of Word", "Write what it stands for.",
        )
        for field in ("PAGEREF ", "HYPERLINK ", "MERGEFIELD ", "SEQ ", "REF _", "TOC \\", "FORMTEXT")
    ),
    sign(
        "tag-unread", "<", r"</?[A-Za-z]\w*:[A-Za-z][^<>\n]*>|<!\[[^\]\n]*\]>",
        "a tag of Word or InDesign", "Delete it.",
    ),
    sign(
        "tag-unread", "<", r"</?[A-Za-z][\w-]* +[A-Za-z-]+=[\"“'][^<>\n]*>?", "a tag of HTML that cannot be read",
        "Close it with >, and write its values between straight quotes; or delete it.",
    ),
    sign(
        "remark-left", " here",
        r"\[(?i:insert|type|enter|add|place)\b[^\]\n]* here\b[^\]\n]*\]"
        r"|Click or tap here to enter text\.?",
        "a place that nobody has filled in", "Write what belongs there, or delete it.",
    ),
    sign(
        "remark-left", "[",
        r"\[(?i:image|picture|photo|figure): ?[\w./-]+\.(?i:jpe?g|png|gif|tiff?|svg)\](?![\[(:])"
        r"|\A\[(?i:image|picture|photo|figure) ?\d*\]\Z",
        "the place of a picture that was lost", "Write ![what it shows](photo.jpg), with the file in assets/photos.",
    ),
    sign(
        "remark-left", "",
        r"\A(?:Page|Seite|Página|Pagina|Sida|Side|Strona|Strana|Oldal|Страница|Стр\.|Сторінка|Σελίδα) \d+"
        r"(?: (?:of|von|sur|de|di|av|af|z|из|з|από|/) \d+)?\Z|\A[-–—] ?\d{1,4} ?[-–—]\Z",
        "the head or foot of a page of another document", "Delete it.",
    ),
    sign("remark-left", "orem ipsum", r"[Ll]orem ipsum dolor sit amet.*$", "dummy text", "Write the text."),
)  # fmt: skip
"""What word processors leave in a text that is copied out of them."""
BROKEN: tuple[ForeignSign, ...] = (
    sign(
        "letter-broken", "\ufffd", "\ufffd+",
        "a letter that was lost when the file was saved or converted", "Look it up in the original, and type it again.",
    ),
    sign(
        "letter-broken", "\ufffc", "\ufffc+",
        "the place of an object that was lost when the text was copied",
        "Put the picture or table there, or delete it.",
    ),
    sign(
        "letter-broken", "Ã", "Ã[\u0080-\u00bf]|Ã(?=\\s)\\s[a-z]",
        "a letter that was read in the wrong encoding",
        "Save the file as UTF-8 in your editor, and look at the letter.",
    ),
    sign(
        "letter-broken", "â€", "â€.?",
        "a quotation mark or dash that was read in the wrong encoding", "Type the character itself, and save as UTF-8.",
    ),
    sign(
        "letter-broken", "Â", "Â[\u00a0-\u00bf]",
        "a letter that was read in the wrong encoding",
        "Save the file as UTF-8 in your editor, and look at the letter.",
    ),
    sign(
        "letter-broken", "Ð", r"(?:[ÐÑ][^\sA-Za-zÀ-ÿ.,;:!?)]){2,}",
        "Cyrillic letters that were read in the wrong encoding", "Save the file as UTF-8 in your editor.",
    ),
    sign(
        "letter-broken", "=", r"(?:=(?:C[2-9A-F]|[DE][0-9A-F]|F[0-4])(?:=[89AB][0-9A-F]){1,3})+",
        "letters in the code of mails (quoted-printable)", "Type the letters themselves.",
    ),
    sign(
        "letter-broken", "ï»¿", "ï»¿", "a byte order mark that was read in the wrong encoding", "Delete it.",
    ),
    sign(
        "letter-broken", "?", r"(?<=[a-z])\?(?=(?:t|s|re|ve|ll)\b)(?![\w]+[=/&?])",
        "an apostrophe that was lost when the file was saved", "Type it again.",
    ),
    sign(
        "letter-broken", "", "[\uf000-\uf0ff]+",
        "a letter of a symbol font of Word", "Type the character that it shows: •, →, ☐.",
    ),
    sign(
        "letter-invisible", "\ufeff", "\ufeff+",
        "a byte order mark inside the text, where two files were joined", "Delete it.",
    ),
    sign(
        "letter-invisible", "\u200b", r"(?:(?<=\s)|(?<=^))\u200b+|\u200b+(?=\s|$)",
        "an invisible space that came with copied text", "Delete it.",
    ),
    *(
        sign(
            "letter-invisible", mark, mark,
            "a line end of another program, for which no font has a letter", "Type a backslash and a line end for it.",
        )
        for mark in "\u2028\u2029"
    ),
)  # fmt: skip
"""Broken letters, which are looked for in escapes and entities too."""
