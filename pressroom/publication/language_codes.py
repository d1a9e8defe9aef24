"""ISO 639-2: the codes of three letters by which libraries and the book trade know languages.

Where there are two, the bibliographic one comes first: ONIX and MARC use it. Language tags use neither, if there is a
code of two letters.
"""

from __future__ import annotations

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
