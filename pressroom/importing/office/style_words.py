"""Words of styles: what the name of a paragraph’s style says of it, in the languages in which people name styles."""

from __future__ import annotations

import re
import unicodedata

_HEADINGS = (
    "heading|uberschrift|titre|titulo|titolo|kop|rubrik|overskrift|otsikko|naglowek|nadpis|заголовок|"
    "επικεφαλιδα|baslik|címsor|cimsor|titlu|naslov|заглавие|标题|見出し|제목|כותרת|عنوان|վերնագիր"
)
_HEADING = re.compile(rf"(?:{_HEADINGS})[ _-]?([1-9])")
_LIST = re.compile(r"(?:list|liste|lista|lijst|aufzahlung\w*|punkt\w*|numer\w*)\b.* ([2-9])")
_GOES_ON = re.compile(r"(?:list continue|listenfortsetzung|liste continue|continuar lista|elenco continua)(?: [2-5])?")
_ROLES = {
    "title": "title|titel|haupttitel|titre|titre principal|titulo|titolo|название|заголовок|tytul|titulek|"
    "τιτλος|baslik|book title|document title|վերնագիր",
    "subtitle": "subtitle|untertitel|sous-titre|subtitulo|sottotitolo|ondertitel|underrubrik|undertitel|undertittel|"
    "alaotsikko|подзаголовок|podtytul|podnadpis|υποτιτλος|alt baslik|ենթավերնագիր",
    "author": "author|autor|auteur|autore|byline|forfatter|forfattare|автор|συγγραφεας|yazar|հեղինակ",
    "caption": "caption|beschriftung|bildunterschrift|bildlegende|legende|legenda|leyenda|didascalia|bijschrift|"
    "bildtext|billedtekst|billedtext|bildetekst|kuvateksti|podpis|titulek obrazku|название объекта|подпись|λεζαντα|"
    "resim yazisi|epigrafe|figure|illustration|abbildung|drawing|table|tabelle|image caption|photo caption|"
    "figure caption|table caption|picture caption|"
    "(?:table|image|figure|picture|photo)caption|descripcion|题注|図表番号|캡션|մակագրություն",
    "quote": "quote|intense quote|block text|quotations?|blockquote|block quote|block quotation|zitat|"
    "intensives zitat|citation|citation intense|cita|cita destacada|citazione|citat|citaat|citering|цитата|cytat|"
    "quote block|extract",
    "epigraph": "epigraph|motto|epigraphe|epigrafe del libro|эпиграф",
    "attribution": "(?:quote |epigraph )?(?:attribution|source)|quellenangabe|zitatquelle",
    "dedication": "dedication|widmung|dedicace|dedicatoria|dedica|opdracht",
    "pullquote": "pull quote|pullquote|pull-quote",
    "code": "html preformatted|preformatted text|code|source code|macro text|plain text code|listing|quelltext",
    "verse": "verse|poem|poetry|vers|gedicht|poeme|poema|poesia|стихи",
    "term": "definition term(?: tight)?|list heading|definitionsbegriff",
    "definition": "definition(?: definition)?(?: tight)?|list contents",
    "date": "date|datum|fecha|data|дата",
    "contents": r"toc \d|toc heading|contents \d|contents heading|verzeichnis \d|inhaltsverzeichnis.*|tm \d|tdc \d|"
    r"table of figures|index \d|index heading|sumario \d|indice \d",
}
_CODE = re.compile(
    r"(?:html )?(?:code|verbatim|typewriter|keyboard|sample|teletype)|source[ _]text|user entry|inline code|"
    r"code inline|quelltext|texte source|texto fuente|testo sorgente|brontekst"
)
"""Styles of letters that are those of a program."""
_WHOLE = {role: re.compile(rf"(?:{words})") for role, words in _ROLES.items()}
_CAPTION_LABEL = re.compile(
    r"\s*(?:figure|fig\.?|photo|photograph|image|illustration|ill\.|plate|map|chart|table|tab\.?|abbildung|abb\.?|bild|"
    r"foto|karte|tabelle|tableau|carte|figura|ilustración|ilustração|tabla|tabela|tabella|immagine|figuur|afbeelding|"
    r"afb\.?|tabel|figur|kuva|taulukko|rysunek|rys\.?|obrázek|obr\.?|рисунок|рис\.?|фото|таблица|табл\.?|εικόνα|πίνακας|"
    r"şekil|tablo|նկար|աղյուսակ|(?:ال)?شكل|صورة|(?:ال)?جدول|איור|טבלה|그림|표|[图圖図表])\s*(?:[A-Z]?\d+(?:[.\-–‑]\d+)*[a-z]?)\s*(?:[.:)|：、]|\s[–—-](?=\s)|(?<=\d)\s(?=[\u3040-\u9fff]))\s*",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\s*(?:tab|таб|πίν|աղյ|taul|(?:ال)?جدول|טבלה|표|表)", re.IGNORECASE)
_PHOTO = re.compile(r"\s*(?:©|\(c\)|photos?\b|photographs?\b|fotos?\b|bild(?:er)?\b|credit\b)", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A style’s name without accents, capitals and the ends that programs add (“Char”, “Zchn”)."""
    letters = unicodedata.normalize("NFKD", name.replace("_20_", " ").casefold())
    return re.sub(r"[,;].*$", "", "".join(c for c in letters if not unicodedata.combining(c))).strip()


def heading_level(name: str) -> int:
    """The level of a heading by the name of its style; 0 for what is none."""
    match = _HEADING.fullmatch(plain_name(name))
    return int(match[1]) if match else int(plain_name(name) == "abstract title")


def list_depth(name: str) -> int:
    """How deep an item stands by the name of its style: 1 for “List Bullet 2”; 0 for one that says nothing."""
    match = _LIST.fullmatch(plain_name(name))
    return int(match[1]) - 1 if match else 0


def goes_on_by_name(name: str) -> bool:
    """Whether a paragraph goes on with the item of a list before it, by the name of its style."""
    return bool(_GOES_ON.fullmatch(plain_name(name)))


def role_of_name(name: str) -> str:
    """What a paragraph is by the name of its style: title, subtitle, author, caption, quote …; “” for plain text."""
    plain = plain_name(name)
    return next((role for role, words in _WHOLE.items() if words.fullmatch(plain)), "")


def is_code(name: str) -> bool:
    """Whether letters in a style of this name are code."""
    plain = plain_name(name)
    return bool(_CODE.fullmatch(re.sub(r"\s(?:char|zchn|car)$", "", plain)))


def caption_label(text: str) -> str:
    """The label with its number at the beginning of a caption, “Figure 3: ”; “” if there is none."""
    match = _CAPTION_LABEL.match(text)
    return match[0] if match else ""


def is_of_table(label: str) -> bool:
    """Whether the label of a caption is that of a table."""
    return bool(_TABLE.match(label))


def is_like_caption(text: str) -> bool:
    """Whether a paragraph begins as captions and credits do."""
    return bool(_CAPTION_LABEL.match(text) or _PHOTO.match(text))
