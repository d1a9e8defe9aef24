"""The few words that the builder itself prints, in the languages it knows, and the direction of writing.

A publication in another language gets them in English, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pressroom.language.bcp47 import primary_subtag, script_subtag


@dataclass(frozen=True)
class Words:
    """Words of one language, as they stand on pages and in navigation."""

    figure: str
    """In a reference: “figure 3”."""
    page: str
    """In a printed reference: “p. 12”."""
    part: str
    back_to_text: str
    contents: str
    photographs: str
    credits: str
    colophon: str
    cover: str
    title_page: str
    imprint: str
    landmarks: str
    pages: str
    """Over the list of the pages of a print edition."""
    description: str
    """Over the long description of a picture."""
    start_of_text: str
    to_come: str
    """On the placeholder of a missing photograph."""
    pixels: str
    """“at least 1200 × 800 pixels”, with {width} and {height}."""
    set_in: str
    """In the colophon, with {fonts}."""
    made_with: str
    facing_page: str
    """In a caption whose picture stands on another page."""
    preceding_page: str
    following_page: str
    following_pages: str
    preceding_pages: str
    index: str
    see: str
    """In the index: “Artsakh, see …”."""
    see_also: str
    made_by_ai: str
    """After the credit of a picture made by artificial intelligence."""
    partly_by_ai: str
    """After the credit of a picture partly made by artificial intelligence."""
    list_comma: str = ", "

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """All words for the page of a picture that is not beside its caption."""
        pages = (self.preceding_pages, self.following_pages)
        return self.facing_page, self.preceding_page, self.following_page, *pages


ENGLISH = Words(
    figure="figure",
    page="p.",
    part="Part",
    back_to_text="Back to the text",
    contents="Contents",
    photographs="Photographs",
    credits="Credits",
    colophon="Colophon",
    cover="Cover",
    title_page="Title page",
    imprint="Imprint",
    landmarks="Landmarks",
    pages="Pages",
    description="Description",
    start_of_text="Start of the text",
    to_come="Photograph to come",
    pixels="at least {width} × {height} pixels",
    set_in="Set in {fonts}.",
    made_with="Made with Pressroom from one source for screen, print and ebook.",
    index="Index",
    see="see",
    see_also="see also",
    facing_page="Facing page",
    preceding_page="Preceding page",
    following_page="Following page",
    following_pages="Following pages",
    preceding_pages="Preceding pages",
    made_by_ai="Made with artificial intelligence",
    partly_by_ai="Partly made with artificial intelligence",
)

_WORDS: Mapping[str, Words] = {
    "en": ENGLISH,
    "de": Words(
        figure="Abbildung",
        page="S.",
        part="Teil",
        back_to_text="Zurück zum Text",
        contents="Inhalt",
        photographs="Fotografien",
        credits="Bildnachweis",
        colophon="Kolophon",
        cover="Umschlag",
        title_page="Titelseite",
        imprint="Impressum",
        landmarks="Orientierungspunkte",
        pages="Seiten",
        description="Beschreibung",
        start_of_text="Textbeginn",
        to_come="Fotografie folgt",
        pixels="mindestens {width} × {height} Pixel",
        set_in="Gesetzt aus {fonts}.",
        made_with="Hergestellt mit Pressroom, aus einer Quelle für Bildschirm, Druck und E-Book.",
        index="Register",
        see="siehe",
        see_also="siehe auch",
        facing_page="Nebenstehende Seite",
        preceding_page="Vorige Seite",
        following_page="Folgende Seite",
        following_pages="Folgende Seiten",
        preceding_pages="Vorige Seiten",
        made_by_ai="Mit künstlicher Intelligenz erzeugt",
        partly_by_ai="Teilweise mit künstlicher Intelligenz erzeugt",
    ),
    "fr": Words(
        figure="figure",
        page="p.",
        part="Partie",
        back_to_text="Retour au texte",
        contents="Sommaire",
        photographs="Photographies",
        credits="Crédits",
        colophon="Colophon",
        cover="Couverture",
        title_page="Page de titre",
        imprint="Mentions légales",
        landmarks="Points de repère",
        pages="Pages",
        description="Description",
        start_of_text="Début du texte",
        to_come="Photographie à venir",
        pixels="au moins {width} × {height} pixels",
        set_in="Composé en {fonts}.",
        made_with="Réalisé avec Pressroom, d’une seule source pour l’écran, l’imprimé et le livre numérique.",
        index="Index",
        see="voir",
        see_also="voir aussi",
        facing_page="Page ci-contre",
        preceding_page="Page précédente",
        following_page="Page suivante",
        following_pages="Pages suivantes",
        preceding_pages="Pages précédentes",
        made_by_ai="Réalisée avec une intelligence artificielle",
        partly_by_ai="Réalisée en partie avec une intelligence artificielle",
    ),
    "es": Words(
        figure="figura",
        page="p.",
        part="Parte",
        back_to_text="Volver al texto",
        contents="Índice",
        photographs="Fotografías",
        credits="Créditos",
        colophon="Colofón",
        cover="Cubierta",
        title_page="Portada",
        imprint="Página legal",
        landmarks="Puntos de referencia",
        pages="Páginas",
        description="Descripción",
        start_of_text="Inicio del texto",
        to_come="Fotografía pendiente",
        pixels="al menos {width} × {height} píxeles",
        set_in="Compuesto en {fonts}.",
        made_with="Hecho con Pressroom, de una sola fuente para pantalla, imprenta y libro electrónico.",
        index="Índice analítico",
        see="véase",
        see_also="véase también",
        facing_page="Página contigua",
        preceding_page="Página anterior",
        following_page="Página siguiente",
        following_pages="Páginas siguientes",
        preceding_pages="Páginas anteriores",
        made_by_ai="Hecha con inteligencia artificial",
        partly_by_ai="Hecha en parte con inteligencia artificial",
    ),
    "it": Words(
        figure="figura",
        page="p.",
        part="Parte",
        back_to_text="Torna al testo",
        contents="Indice",
        photographs="Fotografie",
        credits="Crediti",
        colophon="Colophon",
        cover="Copertina",
        title_page="Frontespizio",
        imprint="Pagina legale",
        landmarks="Punti di riferimento",
        pages="Pagine",
        description="Descrizione",
        start_of_text="Inizio del testo",
        to_come="Fotografia in arrivo",
        pixels="almeno {width} × {height} pixel",
        set_in="Composto in {fonts}.",
        made_with="Realizzato con Pressroom da un’unica fonte per schermo, stampa ed ebook.",
        index="Indice analitico",
        see="vedi",
        see_also="vedi anche",
        facing_page="Pagina a fronte",
        preceding_page="Pagina precedente",
        following_page="Pagina seguente",
        following_pages="Pagine seguenti",
        preceding_pages="Pagine precedenti",
        made_by_ai="Realizzata con intelligenza artificiale",
        partly_by_ai="Realizzata in parte con intelligenza artificiale",
    ),
    "ru": Words(
        figure="рисунок",
        page="с.",
        part="Часть",
        back_to_text="Назад к тексту",
        contents="Содержание",
        photographs="Фотографии",
        credits="Авторы фотографий",
        colophon="Выходные данные",
        cover="Обложка",
        title_page="Титульный лист",
        imprint="Выходные сведения",
        landmarks="Ориентиры",
        pages="Страницы",
        description="Описание",
        start_of_text="Начало текста",
        to_come="Фотография ожидается",
        pixels="не менее {width} × {height} пикселей",
        set_in="Набрано шрифтами {fonts}.",
        made_with="Сделано в Pressroom из одного источника для экрана, печати и электронной книги.",
        index="Указатель",
        see="см.",
        see_also="см. также",
        facing_page="Соседняя страница",
        preceding_page="Предыдущая страница",
        following_page="Следующая страница",
        following_pages="Следующие страницы",
        preceding_pages="Предыдущие страницы",
        made_by_ai="Создано с помощью искусственного интеллекта",
        partly_by_ai="Частично создано с помощью искусственного интеллекта",
    ),
    "hy": Words(
        figure="նկար",
        page="էջ",
        part="Մաս",
        back_to_text="Վերադառնալ տեքստին",
        contents="Բովանդակություն",
        photographs="Լուսանկարներ",
        credits="Լուսանկարների հեղինակներ",
        colophon="Ելքային տվյալներ",
        cover="Շապիկ",
        title_page="Տիտղոսաթերթ",
        imprint="Հրատարակչական տվյալներ",
        landmarks="Կողմնորոշիչներ",
        pages="Էջեր",
        description="Նկարագրություն",
        start_of_text="Տեքստի սկիզբ",
        to_come="Լուսանկարը սպասվում է",
        pixels="առնվազն {width} × {height} պիքսել",
        set_in="Շարված է {fonts} տառատեսակներով։",
        made_with="Պատրաստված է Pressroom-ով՝ մեկ աղբյուրից էկրանի, տպագրության և էլեկտրոնային գրքի համար։",
        index="Ցանկ",
        see="տե՛ս",
        see_also="տե՛ս նաև",
        facing_page="Հարակից էջ",
        preceding_page="Նախորդ էջ",
        following_page="Հաջորդ էջ",
        following_pages="Հաջորդ էջերը",
        preceding_pages="Նախորդ էջերը",
        made_by_ai="Ստեղծված է արհեստական բանականությամբ",
        partly_by_ai="Մասամբ ստեղծված է արհեստական բանականությամբ",
    ),
}


def words_for(language: str) -> Words:
    """The words of a language, by the primary subtag of its tag; English for an unknown one."""
    return _WORDS.get(primary_subtag(language), ENGLISH)


def is_known(language: str) -> bool:
    """Whether the builder has words of its own in this language."""
    return primary_subtag(language) in _WORDS


_RTL_LANGUAGES = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"])
_RTL_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left: by the script in its tag, else by its usual script."""
    script = script_subtag(language)
    return script in _RTL_SCRIPTS if script else primary_subtag(language) in _RTL_LANGUAGES


_UPRIGHT = frozenset("ar ckb dv fa ps sd syr ug ur he yi hi bn hy hyw ka am ta th ja ko zh".split())
"""Languages whose scripts have no italics; layouts emphasise by weight in them."""


def emphasises_by_weight(language: str) -> bool:
    """Whether a language’s script has no italics, so that emphasis is a heavier weight."""
    return primary_subtag(language) in _UPRIGHT


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction in which a language is written, as HTML names it in `dir`."""
    return "rtl" if is_rtl(language) else "ltr"


def roman(number: int | str) -> str:
    """A number in small roman numerals."""
    rest, text = int(number), ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (rest // value)
        rest %= value
    return text
