"""English grammar: whether a paragraph is a caption or narrative, and whether a caption opens in the past tense.

The first sentence of a caption is in the present tense and says who does what, where (AP's rule for captions: first
sentence in the present tense, who and what, then place and date; later sentences give context in any tense).
Narrative is about what was, what has been or what somebody says. So the first sentence decides: in a caption the verb
of the main clause is in the present, and the clause states no condition, quantity or opinion. The word lists are
grammar (auxiliaries, irregular past forms, verbs of saying and being), not subjects.
"""

from __future__ import annotations

import re

_AUXILIARIES = frozenset("was were had has have did been would could should might will shall can may must".split())
_IRREGULAR_PASTS = frozenset(
    "ate became began bit blew bore bought broke brought built burnt came caught chose clung crept dealt drank "
    "drew drove dug fed fell felt fled flew fought found forgot froze gave got grew heard held hid hung kept knew "
    "laid lay led left lent lost made meant met paid ran rang rode rose said sang sank sat saw sent shone shook "
    "shot slept slid sold sought spent spoke sprang stole stood struck stuck swam swept swore taught thought "
    "threw told took tore understood went wept woke won wore wove wrote".split()
)
_IRREGULAR_PARTICIPLES = frozenset(
    "seen held shown kept left built taken given driven brought caught found hung laid led lost made sent sold "
    "swept torn thrown worn written drawn frozen hidden broken bound cut hit put set spread shut stuck struck".split()
)
_STATES = frozenset(
    "say says tell tells warn warns claim claims believe believes think thinks expect expects hope hopes want "
    "wants plan plans need needs know knows fear fears remain remains belong belongs mean means seem seems depend "
    "depends cost costs live lives own owns earn earns employ employs exist exists consist consists account "
    "accounts".split()
)
_NARRATIVE_OPENER = re.compile(
    r"(In|On|At|For|From|Since|During|Despite|Before|After|Until|By|Under|But|And|Yet|Still|However|Meanwhile|Earlier|"
    r"Later|Last|This|These|That|Those|It|There|They|He|She|We|You|I|Prior|According|Not|No|Most|More|Less|About|Nearly|"
    r"Almost|Around|Roughly|Every|Each|Both|What|When|Where|Why|How|If|So|As)\b"
)
_RELATIVES = frozenset(["who", "whom", "whose", "which", "that", "where"])
_SUBORDINATORS = frozenset(
    "when while after before because since as until though although following amid if than".split()
)
_BEFORE_ADJECTIVES = frozenset(
    "a an the of in on at by with from to into and or near over their its his her two three four five some many".split()
)
_AFTER_PARTICIPLES = frozenset(
    "in by at on from with during near under over into before after outside inside through along against".split()
)
_LINKING = frozenset("be being been lie lies sit sits stand stands stay stays hang hangs".split())
_DETERMINERS = frozenset("a an the its his her their our this that these those all no".split())
_PRONOUNS = frozenset(["he", "she", "they", "it", "we"])
_NOT_PAST = frozenset(["shed", "bed", "red", "sled", "hundred", "sacred", "naked"])
_PLAIN_PASTS = frozenset(
    "was were had did became began clung crept fled flew froze grew knelt ran rode sang sank sat shone slept sprang "
    "stood swam went wept woke appeared arrived cried danced died jumped laughed listened lived looked marched posed "
    "prayed protested queued reacted remained shouted slipped smiled stayed talked travelled traveled tried waited "
    "walked waved worked yelled".split()
)
"""Pasts of verbs without an object, which describe no noun: “a man walked”, unlike “a man wounded in the blast”."""
_WITH_OBJECT = frozenset(
    "awarded called dressed given granted handed lent named nicknamed numbered offered painted paid sent shown sold "
    "taught told".split()
)
"""Participles that may have an object: “a woman called the mother of the village”."""
_ALSO_PRESENT = frozenset("bore fell felt lay saw".split())
"""Pasts that are also the present tense of another verb: “mourners lay flowers”."""
_OBJECT = frozenset("a an the his her its their our two three four five six seven eight nine ten".split())
"""The words with which an object begins."""
_TIMES = frozenset("same day night week month year morning afternoon evening moment previous next following".split())
"""Nouns of time, which are no objects: “built the year before”."""
_NOW = frozenset("is are am has have having do does can will may must show shows not there you".split())
_CLAUSES = _RELATIVES | _PRONOUNS | _SUBORDINATORS | frozenset("what how why i".split())
_JOINTS = (
    _BEFORE_ADJECTIVES
    | _AFTER_PARTICIPLES
    | frozenset("- , for past across behind between toward off onto beside up down out without like".split())
)
"""After these words, “the …” is no object."""
_COUNTED = re.compile(r"(A|An|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Dozens|Hundreds|Several|Some|Many|\d+)$")
_ABBREVIATION = re.compile(r"(\b([A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Prof|Rev|Gov|Sen|No|vs|etc|approx))\.$")
_WORD = re.compile(r",|\d[\d.,]*|[^\W\d_]+(?:['’-][^\W\d_]+)*")


_EVERYWHERE = frozenset("the of and in to a is for with from at by that are on".split())
"""Words that no English text of some length does without."""
_SHARE = 0.12
"""The least share of these words; in German or French “a”, “on” and “in” together have half of it."""


def seems_english(text: str) -> bool:
    """Whether a text is in English, by its most frequent small words."""
    words = [word.lower() for word in _WORD.findall(text) if word[0].isalpha()]
    return sum(word in _EVERYWHERE for word in words) >= max(1, len(words)) * _SHARE


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph is a caption: its first sentence is in the present tense and says who does what."""
    sentence = first_sentence(paragraph)
    if sentence[0] in '“"«„' or _NARRATIVE_OPENER.match(sentence) or not re.search(r"[.!?][”\"')]*$", sentence):
        return False
    words = _WORD.findall(sentence)
    # A capital inside a sentence makes a name, and no name is a verb: “on May 17”.
    return len(words) > 2 and _is_present(_without_names(words), words[0])


def _without_names(words: list[str]) -> list[str]:
    """The words in small letters, with a hyphen for each name among them."""
    return [words[0].lower(), *(word if word.islower() else "-" for word in words[1:])]


def first_sentence(paragraph: str) -> str:
    """The first sentence; a full stop after an initial, a title or a figure does not end one."""
    for match in re.finditer(r"[.!?][”\"')\]]*(?=\s+[A-Z“\"0-9])", paragraph):
        head = paragraph[: match.end()]
        if not _ABBREVIATION.search(head):
            return head
    return paragraph


def is_past(paragraph: str) -> bool:
    """Whether the first sentence is plainly in the past tense. In doubt it is not: many pasts look like participles."""
    sentence = first_sentence(paragraph)
    if re.search(r"[“”\"«»„]", sentence):
        return False
    words = _without_names(_WORD.findall(sentence) or [""])
    for n, word in enumerate(words):
        if word in _NOW or word in _STATES or word in _CLAUSES:
            return False
        if n and _is_plainly_past(words, n):
            return not _may_have_verb(words[:n])
    return False


def _is_plainly_past(words: list[str], n: int) -> bool:
    """Whether a word is a past that is no participle, by its own form or by the object after it."""
    word, before, (after, second) = words[n], words[n - 1], [*words[n + 1 : n + 3], "", ""][:2]
    if before in _BEFORE_ADJECTIVES or before in _LINKING:
        return False
    is_regular = word.endswith("ed") and not word.endswith("eed") and word not in _NOT_PAST
    if is_regular and before.endswith("ly") and before != "family":
        return False
    if word in _PLAIN_PASTS:
        return True
    if before == "," or word in _WITH_OBJECT or word in _ALSO_PRESENT:
        return False
    return (is_regular or word in _IRREGULAR_PASTS) and after in _OBJECT and second not in _TIMES


def _may_have_verb(words: list[str]) -> bool:
    """Whether there may be a verb among the words before a past: an object follows it, or it ends in -s or -ing."""
    for before, word, after in zip(words, words[1:], [*words[2:], ""], strict=False):
        is_object = word in _DETERMINERS and before not in _JOINTS
        is_third_person = word.endswith("s") and before not in _JOINTS and after in _AFTER_PARTICIPLES
        if is_object or is_third_person or word.endswith("ing"):
            return True
    return False


def _is_present(words: list[str], opener: str) -> bool:
    """Whether the main clause of a sentence is about an action, in the present tense. Names stand as hyphens."""
    relative = False
    """Inside “who …”, “which …”: the next verb belongs there."""
    last_verb = -9
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        after = next((w for w in words[n + 1 :] if not w.endswith("ly")), "")
        if word in _SUBORDINATORS and n > 1:
            return True
        if (word in _RELATIVES or word in _PRONOUNS) and n:
            relative = True
            continue
        is_past = word in _AUXILIARIES or _is_past(words, n, after, opener)
        is_state = word in _STATES and before not in _BEFORE_ADJECTIVES and n < 8
        if word in ("is", "are") and not relative:
            return after.endswith(("ed", "ing")) or after in _IRREGULAR_PARTICIPLES
        if is_past or is_state or word in ("is", "are"):
            if not relative and n - last_verb > 2:
                return False
            relative, last_verb = False, n
    return True


def _is_past(words: list[str], n: int, after: str, opener: str) -> bool:
    """Whether a word is the past tense of a clause, and not a participle that describes a noun."""
    word, before = words[n], words[n - 1] if n else ""
    irregular = word in _IRREGULAR_PASTS
    if not irregular and (not word.endswith("ed") or word.endswith("eed") or len(word) < 4 or word in _NOT_PAST):
        return False
    if n == 0 or before == "," or before in _BEFORE_ADJECTIVES or before in _LINKING:
        return False
    counted, bare_plural = bool(_COUNTED.match(opener)), any(w.endswith("s") for w in words[: min(n, 3)])
    if after in _AFTER_PARTICIPLES and (not irregular or word in _IRREGULAR_PARTICIPLES):
        return after != "by" and not counted
    if not irregular and (counted or (bare_plural and opener != "The")):
        return after in _DETERMINERS or after == ""
    return True
