"""Language tags (BCP 47): whether one exists, held against the registry that IANA keeps of their parts.

A tag that only looks like one is worse than none: it is read aloud in a voice that was not meant, hyphenated by no
rules, and refused by shops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pressroom.errors import did_you_mean

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?P<extended>(-[a-z]{3}){0,3})|[a-z]{4,8})"
    r"(-(?P<script>[a-z]{4}))?"
    r"(-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*"
    r"(-x(-[a-z0-9]{1,8})+)?"
)
_PRIVATE = re.compile(r"x(-[a-z0-9]{1,8})+")
_FOR_PRIVATE_USE = {
    "language": re.compile(r"q[a-t][a-z]"),
    "script": re.compile(r"qaa[a-z]|qab[a-x]"),
    "region": re.compile(r"aa|q[m-z]|x[a-z]|zz"),
}
"""Codes of the registry’s ranges, which nobody else gives a meaning."""
_NAMES = {"extlang": "language"}
_TYPED_INSTEAD = {"uk": "gb", "jp": "ja", "cz": "cs", "gr": "el", "dk": "da", "cn": "zh"}
"""Domains and countries that people type for a region or a language; where that exists, it is what they meant."""
_OWN_NAMES = {
    "deutsch": "de", "français": "fr", "español": "es", "italiano": "it", "português": "pt", "nederlands": "nl",
    "русский": "ru", "українська": "uk", "հայերեն": "hy", "العربية": "ar", "עברית": "he",
}  # fmt: skip
"""What speakers call their language; the registry has English names."""


@lru_cache(maxsize=256)
def tag_fault(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag, and the tag that may be meant; None for one that exists."""
    plain = tag.lower()
    if _PRIVATE.fullmatch(plain) or "grandfathered" in _kinds(plain):
        return None
    match = _TAG.fullmatch(plain)
    if not match:
        return f"“{tag}” is not a language tag", _meant(tag)
    for kind, code in _subtags(match):
        if not _exists(kind, code):
            start = plain.index(code) if kind == "language" else plain.rindex(code)
            return f"there is no {_NAMES.get(kind, kind)} “{tag[start : start + len(code)]}”", _meant(tag)
    variants = match["variants"].split("-")[1:]
    if len(variants) != len(set(variants)):
        return f"“{tag}” gives a variant twice", ""
    return None


def _subtags(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    language, *extended = match["language"].split("-")
    yield "language", language
    yield from (("extlang", code) for code in extended)
    yield from ((kind, match[kind]) for kind in ("script", "region") if match[kind])
    yield from (("variant", code) for code in match["variants"].split("-")[1:])


def _exists(kind: str, code: str) -> bool:
    private = _FOR_PRIVATE_USE.get(kind)
    return kind in _kinds(code) or bool(private and private.fullmatch(code))


def _kinds(code: str) -> list[str]:
    """What a code is, in the registry: a language, a script, a region …"""
    from language_tags import tags  # noqa: PLC0415 - it reads a megabyte, which asking for help need not wait for

    found: list[str] = tags.types(code)
    return found


def _meant(tag: str) -> str:
    """The tag that somebody may have meant: with hyphens, with codes that exist, or that of a language’s name."""
    first, *rest = re.split(r"[-_ ]+", tag.strip().lower())
    language = first if _exists("language", first) else _language_of(first)
    if not language:
        return ""
    tried = "-".join([language, *(_usual(code) for code in rest)])
    return tried if tried.lower() != tag.lower() and tag_fault(tried) is None else language


def _usual(code: str) -> str:
    """A subtag that exists, with the capitals that it is usually written with (RFC 5646, 2.1.1)."""
    code = _TYPED_INSTEAD.get(code, code)
    return code.upper() if len(code) == 2 else code.capitalize() if len(code) == 4 else code


@lru_cache(maxsize=64)
def _language_of(word: str) -> str:
    """The code of a language by its name, by a country, or by its other code; empty for what is none of them."""
    from language_tags import data  # noqa: PLC0415 - as above

    english = {
        name.lower(): str(record["Subtag"])
        for record in data.get("registry")
        if record["Type"] == "language" and len(record["Subtag"]) == 2
        for name in record["Description"]
    }
    known = short_code(word) or _TYPED_INSTEAD.get(word) or _OWN_NAMES.get(word) or english.get(word)
    close = re.search("“(.+)”", did_you_mean(word, english)) if not known and len(word) > 5 else None
    return known or (english[close[1]] if close else "")


# ---- ISO 639-2: the codes of three letters by which libraries and the book trade know languages.

_OF_TWO_LETTERS = """
aa=aar ab=abk ae=ave af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava ay=aym az=aze ba=bak be=bel bg=bul bh=bih
bi=bis bm=bam bn=ben bo=tib/bod br=bre bs=bos ca=cat ce=che ch=cha co=cos cr=cre cs=cze/ces cu=chu cv=chv
cy=wel/cym da=dan de=ger/deu dv=div dz=dzo ee=ewe el=gre/ell en=eng eo=epo es=spa et=est eu=baq/eus fa=per/fas
ff=ful fi=fin fj=fij fo=fao fr=fre/fra fy=fry ga=gle gd=gla gl=glg gn=grn gu=guj gv=glv ha=hau he=heb hi=hin
ho=hmo hr=hrv ht=hat hu=hun hy=arm/hye hz=her ia=ina id=ind ie=ile ig=ibo ii=iii ik=ipk io=ido is=ice/isl it=ita
iu=iku ja=jpn jv=jav ka=geo/kat kg=kon ki=kik kj=kua kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur
kv=kom kw=cor ky=kir la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav mg=mlg mh=mah mi=mao/mri
mk=mac/mkd ml=mal mn=mon mr=mar ms=may/msa mt=mlt my=bur/mya na=nau nb=nob nd=nde ne=nep ng=ndo nl=dut/nld
nn=nno no=nor nr=nbl nv=nav ny=nya oc=oci oj=oji om=orm or=ori os=oss pa=pan pi=pli pl=pol ps=pus pt=por qu=que
rm=roh rn=run ro=rum/ron ru=rus rw=kin sa=san sc=srd sd=snd se=sme sg=sag si=sin sk=slo/slk sl=slv sm=smo sn=sna
so=som sq=alb/sqi sr=srp ss=ssw st=sot su=sun sv=swe sw=swa ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl
tn=tsn to=ton tr=tur ts=tso tt=tat tw=twi ty=tah ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie vo=vol wa=wln wo=wol
xh=xho yi=yid yo=yor za=zha zh=chi/zho zu=zul
"""
_OTHERS = """
ace ach ada ady afa afh ain akk ale alg alt ang anp apa arc arn arp art arw ast ath aus awa bad bai bal ban bas
bat bej bem ber bho bik bin bla bnt bra btk bua bug byn cad cai car cau ceb cel chb chg chk chm chn cho chp chr
chy cmc cnr cop cpe cpf cpp crh crp csb cus dak dar day del den dgr din doi dra dsb dua dum dyu efi egy eka elx
enm ewo fan fat fil fiu fon frm fro frr frs fur gaa gay gba gem gez gil gmh goh gon gor got grb grc gsw gwi hai
haw hil him hit hmn hsb hup iba ijo ilo inc ine inh ira iro jbo jpr jrb kaa kab kac kam kar kaw kbd kha khi kho
kmb kok kos kpe krc krl kro kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man map mas
mdf mdr men mga mic min mis mkh mnc mni mno moh mos mul mun mus mwl mwr myn myv nah nai nap nds new nia nic niu
nog non nqo nso nub nwc nym nyn nyo nzi osa ota oto paa pag pal pam pap pau peo phi phn pon pra pro raj rap rar
roa rom rup sad sah sai sal sam sas sat scn sco sel sem sga sgn shn sid sio sit sla sma smi smj smn sms snk sog
son srn srr ssa suk sus sux syc syr tai tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tup tut tvl tyv udm
uga umb und vai vot wak wal war was wen xal yao yap ypk zap zbl zen zgh znd zun zxx zza
"""
_PAIRS = tuple(tuple(pair.split("=")) for pair in _OF_TWO_LETTERS.split())
_BIBLIOGRAPHIC = {short: longer.split("/")[0] for short, longer in _PAIRS} | {code: code for code in _OTHERS.split()}
_SHORT = {code: short for short, longer in _PAIRS for code in longer.split("/")}
_PART_OF = {
    "hyw": "arm",
    "arb": "ara",
    "cmn": "chi",
    "pes": "per",
    "prs": "per",
    "ekk": "est",
    "lvs": "lav",
    "swh": "swa",
}
"""What ISO 639-2 has under the code of a wider language."""
UNCODED = "mis"
"""A language that ISO 639-2 has no code for."""


def bibliographic_code(tag: str) -> str:
    """The ISO 639-2 code of a language tag’s language: `ger` for de-CH."""
    language = tag.lower().split("-")[0]
    return _BIBLIOGRAPHIC.get(language) or _PART_OF.get(language, UNCODED)


def short_code(code: str) -> str:
    """The code of two letters that language tags use in the place of one of three: `de` for `deu`; else nothing."""
    return _SHORT.get(code, "")
