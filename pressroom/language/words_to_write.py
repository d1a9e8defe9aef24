"""Words to write: what stands, in a text that a program has begun, where a person still has to write.

`[TK …]` (“to come”, with a spelling that no word has) is the sign that newsrooms put in such a place. `check` finds it
in any text, and a final publication cannot be made with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.language.bcp47 import written_language


@dataclass(frozen=True)
class WordsToWrite:
    """What is asked of the writer, in one language."""

    caption: str
    """Asks for a caption."""
    alt: str
    """Asks for alt text."""
    title: str
    """Asks for the title of a chapter."""
    name: str
    """Asks for the name of the photographer."""


def to_write(words: str) -> str:
    """The sign for words that are still to be written."""
    return f"[TK {words}]"


def words_to_write(language: str) -> WordsToWrite:
    """The requests in a language, as it is written; in English for an unknown one."""
    tongue = written_language(language)
    return _WORDS.get("nb" if tongue == "no" else tongue, _WORDS["en"])


_WORDS: Mapping[str, WordsToWrite] = {
    "en": WordsToWrite("caption: who does what?", "what the photograph shows", "title", "your name"),
    "de": WordsToWrite("Bildlegende: Wer tut was?", "was das Bild zeigt", "Titel", "Ihr Name"),
    "nl": WordsToWrite("bijschrift: wie doet wat?", "wat de foto toont", "titel", "uw naam"),
    "sv": WordsToWrite("bildtext: vem gör vad?", "vad bilden visar", "titel", "ditt namn"),
    "da": WordsToWrite("billedtekst: hvem gør hvad?", "hvad billedet viser", "titel", "dit navn"),
    "nb": WordsToWrite("bildetekst: hvem gjør hva?", "hva bildet viser", "tittel", "ditt navn"),
    "fr": WordsToWrite("légende : qui fait quoi ?", "ce que montre la photographie", "titre", "votre nom"),
    "es": WordsToWrite("pie de foto: ¿quién hace qué?", "qué muestra la fotografía", "título", "su nombre"),
    "it": WordsToWrite("didascalia: chi fa che cosa?", "che cosa mostra la fotografia", "titolo", "il suo nome"),
    "pt": WordsToWrite("legenda: quem faz o quê?", "o que a fotografia mostra", "título", "o seu nome"),
    "ro": WordsToWrite("legendă: cine ce face?", "ce arată fotografia", "titlu", "numele dumneavoastră"),
    "ru": WordsToWrite("подпись: кто что делает?", "что показывает фотография", "заглавие", "ваше имя"),
    "uk": WordsToWrite("підпис: хто що робить?", "що показує фотографія", "назва", "ваше ім’я"),
    "pl": WordsToWrite("podpis: kto co robi?", "co przedstawia fotografia", "tytuł", "imię i nazwisko"),
    "cs": WordsToWrite("popisek: kdo co dělá?", "co fotografie ukazuje", "název", "vaše jméno"),
    "bg": WordsToWrite("надпис: кой какво прави?", "какво показва снимката", "заглавие", "вашето име"),
    "hy": WordsToWrite("մակագրություն. ո՞վ ի՞նչ է անում", "ինչ է ցույց տալիս լուսանկարը", "վերնագիր", "ձեր անունը"),
    "ka": WordsToWrite("წარწერა: ვინ რას აკეთებს?", "რას აჩვენებს ფოტო", "სათაური", "თქვენი სახელი"),
    "el": WordsToWrite("λεζάντα: ποιος κάνει τι;", "τι δείχνει η φωτογραφία", "τίτλος", "το όνομά σας"),
    "tr": WordsToWrite("altyazı: kim ne yapıyor?", "fotoğrafın gösterdiği", "başlık", "adınız"),
    "hu": WordsToWrite("képaláírás: ki mit csinál?", "mit mutat a fénykép", "cím", "az Ön neve"),
    "fi": WordsToWrite("kuvateksti: kuka tekee mitä?", "mitä valokuva esittää", "otsikko", "nimesi"),
    "ar": WordsToWrite("تعليق: من يفعل ماذا؟", "ما تظهره الصورة", "العنوان", "اسمك"),
    "he": WordsToWrite("כיתוב: מי עושה מה?", "מה רואים בתצלום", "כותרת", "שמך"),
    "fa": WordsToWrite("شرح عکس: چه کسی چه می‌کند؟", "آنچه عکس نشان می‌دهد", "عنوان", "نام شما"),
    "hi": WordsToWrite("चित्र-परिचय: कौन क्या कर रहा है?", "छायाचित्र में क्या दिखता है", "शीर्षक", "आपका नाम"),
    "th": WordsToWrite("คำบรรยายภาพ: ใครทำอะไร", "ภาพถ่ายแสดงอะไร", "ชื่อเรื่อง", "ชื่อของคุณ"),
    "ja": WordsToWrite("キャプション：誰が何をしているか", "写真に写っているもの", "題名", "お名前"),
    "ko": WordsToWrite("사진 설명: 누가 무엇을 하는가?", "사진이 보여 주는 것", "제목", "이름"),
    "zh": WordsToWrite("图片说明：谁在做什么？", "照片显示什么", "标题", "您的姓名"),
    "zh-Hant": WordsToWrite("圖片說明：誰在做什麼？", "照片顯示什麼", "標題", "您的姓名"),
}
