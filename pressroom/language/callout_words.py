"""The names of the common kinds of callouts, for those without a title of their own: note, tip, important …"""

from __future__ import annotations

from collections.abc import Mapping

from pressroom.language.bcp47 import written_language

_KINDS = ("Note", "Tip", "Important", "Warning", "Caution")
_NAMES: Mapping[str, str] = {
    "ar": "ملاحظة, نصيحة, مهم, تحذير, تنبيه",
    "bg": "Забележка, Съвет, Важно, Предупреждение, Внимание",
    "cs": "Poznámka, Tip, Důležité, Varování, Upozornění",
    "da": "Bemærk, Tip, Vigtigt, Advarsel, Forsigtig",
    "de": "Hinweis, Tipp, Wichtig, Warnung, Vorsicht",
    "el": "Σημείωση, Συμβουλή, Σημαντικό, Προειδοποίηση, Προσοχή",
    "es": "Nota, Consejo, Importante, Advertencia, Precaución",
    "fa": "یادداشت, نکته, مهم, هشدار, احتیاط",
    "fi": "Huomautus, Vinkki, Tärkeää, Varoitus, Huomio",
    "fr": "Note, Astuce, Important, Avertissement, Attention",
    "he": "הערה, טיפ, חשוב, אזהרה, זהירות",
    "hi": "टिप्पणी, सुझाव, महत्वपूर्ण, चेतावनी, सावधानी",
    "hu": "Megjegyzés, Tipp, Fontos, Figyelmeztetés, Vigyázat",
    "hy": "Նշում, Խորհուրդ, Կարևոր, Զգուշացում, Ուշադրություն",
    "it": "Nota, Suggerimento, Importante, Avvertenza, Attenzione",
    "ja": "注記, ヒント, 重要, 警告, 注意",
    "ka": "შენიშვნა, რჩევა, მნიშვნელოვანი, გაფრთხილება, ყურადღება",
    "ko": "참고, 팁, 중요, 경고, 주의",
    "nb": "Merk, Tips, Viktig, Advarsel, Forsiktig",
    "nl": "Opmerking, Tip, Belangrijk, Waarschuwing, Let op",
    "no": "Merk, Tips, Viktig, Advarsel, Forsiktig",
    "pl": "Uwaga, Wskazówka, Ważne, Ostrzeżenie, Ostrożnie",
    "pt": "Nota, Dica, Importante, Aviso, Cuidado",
    "ro": "Notă, Sfat, Important, Avertisment, Atenție",
    "ru": "Примечание, Совет, Важно, Предупреждение, Осторожно",
    "sv": "Obs, Tips, Viktigt, Varning, Försiktigt",
    "th": "หมายเหตุ, เคล็ดลับ, สำคัญ, คำเตือน, ข้อควรระวัง",
    "tr": "Not, İpucu, Önemli, Uyarı, Dikkat",
    "uk": "Примітка, Порада, Важливо, Попередження, Обережно",
    "zh": "说明, 提示, 重要, 警告, 注意",
    "zh-Hant": "說明, 提示, 重要, 警告, 注意",
}


def callout_name(kind: str, language: str) -> str:
    """The name of a kind of callout in a language; a kind or language without words keeps its own."""
    names = _NAMES.get(written_language(language), "").split(", ")
    return dict(zip(_KINDS, names, strict=False)).get(kind, "") or kind
