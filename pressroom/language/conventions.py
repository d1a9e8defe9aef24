"""Conventions of each language: its quotes and dash, what no line may break before or after, how its spines are read.

Quotes are those of Unicode’s CLDR (delimiters). Data only; `typography` acts on it. A language without a convention
keeps its text as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Literal

from pressroom.language.bcp47 import primary_subtag

NO_BREAK, NARROW = "\u00a0", "\u202f"
"""The no-break spaces: an ordinary one (U+00A0) and a narrow one (U+202F)."""

_UNITS = (
    "km/h m/s km² km³ cm² cm³ m² m³ mm² km cm mm nm μm µm m ha kg mg g t l ml cl hl °C °F % ‰ € £ $ ¥ ₽ ֏ ₾ ₴ kWh MWh "
    "GWh kW MW GW kV Hz kHz MHz GHz kB MB GB TB px dpi ppi mph ft lb lbs oz min h"
)
"""Units and currencies that follow a number in any language."""
_MONEY = "€ £ $ ¥ EUR USD GBP CHF AMD RUB"
"""Currencies that come before a number."""


@dataclass(frozen=True, eq=False)
class Convention:
    """The typographic conventions of one language."""

    quotes: tuple[tuple[str, str], tuple[str, str]]
    """The pairs for double and for single quotes. A quotation inside another takes the other pair."""
    dash: str = "–"
    dash_spaces: tuple[str, str] | None = (" ", " ")
    """The spaces before and after a dash between words; None keeps the spaces that are typed."""
    apostrophe: str = "’"
    """What a straight single quote in a word becomes."""
    double_apostrophe: str = ""
    """What a straight double quote in a word becomes; without it, a word has none."""
    elisions: str = ""
    """Words that begin with an apostrophe."""
    before_names: str = ""
    """Titles that stay with the name after them, with or without a full stop."""
    before_numbers: str = ""
    """Abbreviations that stay with the number after them."""
    after_numbers: str = ""
    """Words that stay with the number before them, besides the units of every language."""
    leading: str = ""
    """Short words after which no line ends."""
    spaced: Mapping[str, str] = field(default_factory=dict)
    """Punctuation with a no-break space before it (« has it after), and which space."""
    added: str = ""
    """The punctuation that gets its space even if none is typed."""

    @cached_property
    def elision(self) -> re.Pattern[str]:
        """An apostrophe that opens a word."""
        years = r"\d\d(?:s|er|ern)?(?![\w'])"
        return re.compile(rf"(?<!\w)'(?=(?:{_any_of(self.elisions.split())})(?![\w'])|{years})", re.IGNORECASE)

    @cached_property
    def before_name(self) -> re.Pattern[str]:
        """The space between a title and what may be a name."""
        return re.compile(rf"(?<![\w.])(?:{_any_of(self.before_names.split())})\.?([ \n])(?=[^\W\d_])")

    @cached_property
    def before_number(self) -> re.Pattern[str]:
        """The space between an abbreviation and its number."""
        words = [*self.before_numbers.split(), "§", "§§", "№", "№№", *_MONEY.split()]
        return re.compile(rf"(?<![\w.])(?:{_any_of(words)})([ \n])(?=\d|[IVXLC]+(?!\w))", re.IGNORECASE)

    @cached_property
    def after_number(self) -> re.Pattern[str]:
        """The space between a number and its unit, or the fraction that belongs to it."""
        words = [*self.after_numbers.split(), *_UNITS.split()]
        return re.compile(rf"(?<=\d)([ \n])(?=(?:{_any_of(words)})(?![\w'’])|[½¼¾])")

    @cached_property
    def after_leading(self) -> re.Pattern[str]:
        """The space after a short word that ends no line."""
        return re.compile(rf"(?<![\w'’.-])(?:{_any_of(self.leading.split())})([ \n])(?=\w)", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words; without words, a pattern that never matches."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


_ENGLISH = ("“", "”"), ("‘", "’")
_GUILLEMETS = ("«", "»"), ("“", "”")
_GERMAN = ("„", "“"), ("‚", "‘")
_SWISS = ("«", "»"), ("‹", "›")
_RUSSIAN = ("«", "»"), ("„", "“")

_AMERICAN = Convention(
    _ENGLISH,
    dash="—",
    dash_spaces=("", ""),
    elisions="tis twas twere twill em til cause cos bout neath",
    before_names="Mr Mrs Ms Mx Dr Prof Rev Hon St Gen Col Maj Capt Lt Sgt Adm Sen Rep Gov Messrs",
    before_numbers="p. pp. fig. figs. no. nos. vol. vols. ch. chs. ed. l. ll. n. nn. pl. art. sec. c.",
    after_numbers="a.m. p.m. am pm AM PM million billion trillion",
)
_BRITISH = replace(_AMERICAN, dash="–", dash_spaces=(" ", " "))
_GERMAN_GERMAN = Convention(
    _GERMAN,
    elisions="s n ne nen nem ner",
    before_names="Dr Prof Hr Fr St Hl Frhr",
    before_numbers="S. Nr. Abb. Abs. Art. Bd. Kap. Taf. Tab. Z. Anm. H. Jg. ca.",
    after_numbers="Uhr Mio. Mrd. Tsd. Millionen Milliarden",
)
_FRENCH = Convention(
    _GUILLEMETS,
    before_names="MM Mme Mmes Mlle Mlles Dr Pr Me Mgr St Ste",
    before_numbers="p. pp. fig. n° nº no vol. chap. t. art. ill. pl. env.",
    after_numbers="millions milliards million milliard heures",
    spaced={";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK, "«": NO_BREAK, "»": NO_BREAK},
    added=";!?:«»",
)
_SPANISH = Convention(
    _GUILLEMETS,
    dash="—",
    dash_spaces=None,
    before_names="Sr Sra Srta Dr Dra D Dña Ud Uds Sto Sta",
    before_numbers="p. pp. pág. págs. fig. figs. n.º núm. núms. vol. cap. t. art.",
    after_numbers="millones mil",
)
_ITALIAN = Convention(
    _GUILLEMETS,
    elisions="sto sta sti ste ndrangheta",
    before_names="Sig Sigg Sig.ra Dott Dott.ssa Dr Prof Prof.ssa On Avv Ing S",
    before_numbers="p. pp. pag. pagg. fig. figg. n. nn. vol. cap. t. art. tav.",
    after_numbers="milioni miliardi",
)
_PORTUGUESE = Convention(
    _GUILLEMETS,
    dash="—",
    dash_spaces=None,
    before_names="Sr Sra Srs Dr Dra Prof D Eng",
    before_numbers="p. pp. pág. págs. fig. figs. n.º núm. vol. cap. t. art.",
    after_numbers="milhões mil",
)
_DUTCH = Convention(
    _ENGLISH,
    elisions="s t n k m r ns",
    before_names="Dhr dhr Mevr mevr Mr mr Dr dr Drs drs Ir ir Prof prof St",
    before_numbers="p. pp. blz. afb. nr. nrs. dl. hfst. art. fig.",
    after_numbers="uur miljoen miljard",
)
_POLISH = Convention(
    (("„", "”"), ("«", "»")),
    before_names="Dr dr Prof prof Mgr mgr Inż inż Ks ks Św św Gen gen",
    before_numbers="s. str. nr ryc. rys. t. tab. rozdz. art. poz.",
    after_numbers="r. w. zł tys. mln mld godz.",
    leading="w z i a o u",
)
_SLAVIC_DASH = NO_BREAK, " "
_RUSSIAN_RUSSIAN = Convention(
    _RUSSIAN,
    dash="—",
    dash_spaces=_SLAVIC_DASH,
    before_names="г г-н г-жа ул пл пр им св ген проф акад д-р",
    before_numbers="с. стр. рис. ил. табл. гл. т. № ст. п. д. кв. вып. ок.",
    after_numbers="г. гг. в. вв. км м см мм кг г т га л ч. мин. руб. тыс. млн млрд чел. кв. км²",
    leading="в к с о у",
)
_UKRAINIAN = Convention(
    _RUSSIAN,
    dash="—",
    dash_spaces=_SLAVIC_DASH,
    before_names="м вул пл пр ім св ген проф акад д-р",
    before_numbers="с. стор. рис. іл. табл. гл. т. № ст. п. буд. кв. вип.",
    after_numbers="р. рр. ст. км м см мм кг г т га л год. хв. грн тис. млн млрд",
    leading="в у з і й о",
)
_ARMENIAN = Convention(
    _GUILLEMETS,
    dash="—",
    before_numbers="էջ նկ. գլ. հ. հատ. թիվ",
    after_numbers="թ. թթ. թվական կմ մ սմ մմ կգ գ տ հա լ ժամ րոպե դրամ հազար մլն մլրդ միլիոն միլիարդ",
)

_GREEK = Convention(
    _GUILLEMETS,
    before_names="κ κα Δρ καθ",
    before_numbers="σ. σσ. σελ. εικ. κεφ. τόμ. τ. αρ. αρθ. περ.",
    after_numbers="π.Χ. μ.Χ. π.μ. μ.μ. χλμ. μ. εκ. χλγ. γρ. ώρες εκατ. δισ. χιλιάδες εκατομμύρια",
)
_TURKISH = Convention(
    _ENGLISH,
    before_names="Dr Prof Doç Av Öğr Alb Gen Bn Sn",
    before_numbers="s. ss. sf. şek. böl. c. no. md. tab. yak.",
    after_numbers="yılı yılında yy. milyon milyar bin saat dakika TL",
)
_CZECH = Convention(
    _GERMAN,
    before_names="p pí MUDr JUDr Ing Mgr Bc doc prof Dr sv gen",
    before_numbers="s. str. č. obr. kap. sv. roč. tab. čl. odst. cca",
    after_numbers="r. st. hod. min. Kč tis. mil. mld. korun let",
    leading="k s v z o u a i",
)
_BULGARIAN = Convention(
    (("„", "“"), ("‘", "’")),
    before_names="г-н г-жа г-ца д-р проф инж ул бул гр св ген",
    before_numbers="с. стр. фиг. гл. т. № чл. ал. бр. ок.",
    after_numbers="г. гг. в. вв. лв. хил. млн. млрд. ч. мин. км м см мм кг г т",
    leading="в с и о у",
)
_ROMANIAN = Convention(
    (("„", "”"), ("«", "»")),
    before_names="dl dna dra dr prof ing sf gen str",
    before_numbers="p. pp. fig. nr. vol. cap. art. tab. cca",
    after_numbers="mii milioane miliarde lei ore",
)
_HUNGARIAN = Convention(
    (("„", "”"), ("»", "«")),
    before_names="dr prof ifj id özv Szt",
    before_numbers="kb.",
    after_numbers="o. old. sz. évf. ábra óra perc Ft millió milliárd ezer",
)
_NORWEGIAN = Convention(
    (("«", "»"), ("‘", "’")),
    before_names="dr prof",
    before_numbers="s. nr. fig. kap. bd. art. tab. ca.",
    after_numbers="kr millioner milliarder tusen timer",
)
_DANISH = Convention(
    (("»", "«"), ("›", "‹")),
    before_names="dr prof Skt",
    before_numbers="s. nr. fig. kap. bd. art. tab. ca.",
    after_numbers="kr. kr millioner milliarder mio. mia. timer",
)
_GEORGIAN = Convention(
    (("„", "“"), ("«", "»")),
    before_numbers="გვ. სურ. თ. ტ. მუხლი",
    after_numbers="წ. წელი წელს კმ მ სმ მმ კგ გ საათი ლარი ათასი მლნ მლრდ",
)
_SWEDISH = Convention(
    (("”", "”"), ("’", "’")),
    before_names="dr prof S:t S:ta",
    before_numbers="s. nr fig. kap. bd art. tab. ca",
    after_numbers="kr kronor miljoner miljarder tusen timmar",
)
_FINNISH = Convention(
    (("”", "”"), ("’", "’")),
    before_names="tri prof",
    before_numbers="s. nro kuva luku osa taulukko n. klo",
    after_numbers="euroa milj. mrd. miljoonaa miljardia tuhatta tuntia",
)
_HEBREW = Convention(
    (("”", "”"), ("’", "’")),
    dash_spaces=None,
    apostrophe="׳",
    double_apostrophe="״",
    before_numbers="עמ׳ מס׳ פרק כרך איור",
)
_ARABIC = Convention(_GUILLEMETS, dash_spaces=None, before_numbers="ص ص. ج ج. رقم")
_PERSIAN = Convention(_GUILLEMETS, dash_spaces=None, before_numbers="ص ص. ج ج. شمارهٔ")
_QUOTES_AS_IN_ENGLISH = "af az bn cy fil ga gl gu hi id kn km ko lo lv ml mr ms my ne pa si sq sw ta te tg th vi zu"
_QUOTES_AS_IN_GERMAN = "et hr is mk sk sl"
"""Languages of which no more is known here than their quotes."""

_SWISS_FRENCH = replace(_FRENCH, quotes=_SWISS, spaced=dict.fromkeys(";!?:«»", NARROW), added="")
_SPACED_DASH = ("GB", "IE", "AU", "NZ", "ZA", "IN")
"""Regions in which English sets an en dash with spaces; elsewhere it sets an em dash without."""
_CONVENTIONS: Mapping[str, Convention] = {
    "en": _AMERICAN,
    **{f"en-{region}": _BRITISH for region in _SPACED_DASH},
    "de": _GERMAN_GERMAN,
    "de-CH": replace(_GERMAN_GERMAN, quotes=_SWISS),
    "de-LI": replace(_GERMAN_GERMAN, quotes=_SWISS),
    "fr": _FRENCH,
    "fr-CA": replace(_FRENCH, added=":«»"),
    "fr-CH": _SWISS_FRENCH,
    "es": replace(_SPANISH, quotes=_ENGLISH),
    "es-ES": _SPANISH,
    "it": _ITALIAN,
    "it-CH": replace(_ITALIAN, quotes=_SWISS),
    "pt": _PORTUGUESE,
    "pt-BR": replace(_PORTUGUESE, quotes=_ENGLISH),
    "nl": _DUTCH,
    "pl": _POLISH,
    "ru": _RUSSIAN_RUSSIAN,
    "uk": _UKRAINIAN,
    "hy": _ARMENIAN,
    "el": _GREEK,
    "tr": _TURKISH,
    "cs": _CZECH,
    "bg": _BULGARIAN,
    "ro": _ROMANIAN,
    "hu": _HUNGARIAN,
    **dict.fromkeys(("nb", "nn", "no"), _NORWEGIAN),
    "da": _DANISH,
    "sv": _SWEDISH,
    "fi": _FINNISH,
    "ka": _GEORGIAN,
    **dict.fromkeys(("he", "iw"), _HEBREW),
    "ar": _ARABIC,
    "fa": _PERSIAN,
    **dict.fromkeys(_QUOTES_AS_IN_ENGLISH.split(), Convention(_ENGLISH, dash_spaces=None)),
    **dict.fromkeys(_QUOTES_AS_IN_GERMAN.split(), Convention(_GERMAN, dash_spaces=None)),
    **dict.fromkeys(("be", "ky"), Convention(_RUSSIAN, dash_spaces=None)),
    **dict.fromkeys(("ca", "eu", "kk"), Convention(_GUILLEMETS, dash_spaces=None)),
    "am": Convention(_SWISS, dash_spaces=None),
    "lt": Convention((("„", "“"), ("„", "“")), dash_spaces=None),
    "sr": Convention((("„", "”"), ("’", "’")), dash_spaces=None),
}


@cache
def convention_for(language: str) -> Convention | None:
    """The convention of a language tag (BCP 47): of its region, or of its language; None if there is neither."""
    primary, *rest = language.split("-")
    region = next((part.upper() for part in rest if re.fullmatch(r"[A-Za-z]{2}|\d{3}", part)), "")
    if primary.lower() == "es" and not region:
        region = "ES"  # as the Spanish Academy has it; in the Americas quotes are as in English
    return _CONVENTIONS.get(f"{primary.lower()}-{region}") or _CONVENTIONS.get(primary.lower())


SpineTurn = Literal["down", "up"]
_SPINES_READ_UP = frozenset("fr it es pt ca gl ro de pl cs sk hu hr sr sl bg ru uk be lt lv et hy ka".split())
"""Languages whose books are read from the foot of the spine to its head, as on most of the European continent."""


def spine_turn(language: str) -> SpineTurn:
    """The way in which a language’s spines are read: up from the foot, or down from the head.

    Languages that are not listed here go down (ISO 6357): on a book that lies on its back, the title stands upright.
    """
    return "up" if primary_subtag(language) in _SPINES_READ_UP else "down"
