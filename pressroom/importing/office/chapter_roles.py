"""Roles of chapters by their titles, in the languages in which books are written most."""

from __future__ import annotations

import unicodedata

_TITLES = {
    "foreword": "foreword|geleitwort|avant-propos",
    "preface": "preface|vorwort|preambule|prefacio|prefazione|voorwoord|forord|esipuhe|przedmowa|predmluva|предисловие|"
    "передмова|πρόλογος|onsoz|նախաբան",
    "introduction": "introduction|einleitung|einfuhrung|introduccion|introducao|introduzione|inleiding|indledning|"
    "inledning|innledning|johdanto|wstep|uvod|введение|вступ|εισαγωγη|giris|ներածություն",
    "dedication": "dedication|widmung|dedicace|dedicatoria|dedica|opdracht|посвящение",
    "acknowledgements": "acknowledgements|acknowledgments|thanks|danksagung|dank|remerciements|agradecimientos|"
    "agradecimentos|ringraziamenti|dankwoord|tak|takk|tack|kiitokset|podziekowania|podekovani|благодарности|подяки|"
    "ευχαριστιες|tesekkur|շնորհակալություն",
    "prologue": "prologue|prolog|prologo",
    "epilogue": "epilogue|epilog|epilogo|эпилог|επιλογος",
    "afterword": "afterword|nachwort|postface|posfacio|postfazione|nawoord|efterord|etterord|"
    "jalkisanat|poslowie|doslov|послесловие|післямова|վերջաբան",
    "appendix": "appendix|appendices|anhang|annexe|annexes|apendice|appendice|bijlage|bilag|bilaga|vedlegg|liite|"
    "dodatek|приложение|додаток|παραρτημα|ek|հավելված",
    "notes": "notes|endnotes|anmerkungen|notas|note|noten|noter|viitteet|przypisy|poznamky|примечания|σημειωσεις",
    "bibliography": "bibliography|references|works cited|bibliografie|bibliographie|literatur|literaturverzeichnis|"
    "bibliografia|literatuur|litteratur|kirjallisuus|literatura|библиография|литература|βιβλιογραφια|kaynakca",
}
_ROLES = {title: role for role, titles in _TITLES.items() for title in titles.split("|")}


def role_of_title(title: str) -> str:
    """The role of a chapter that is called so: preface, afterword; “” for an ordinary chapter."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c)).strip(" .:")
    return _ROLES.get(plain) or _ROLES.get(title.casefold().strip(" .:"), "")
