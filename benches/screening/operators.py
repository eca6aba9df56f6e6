"""What happens to names on their way to a screening desk, and what makes them another party's name.

Every operator takes a name, its type and a source of chance, and gives the changed name, or nothing where it does not apply.
`SLIPS` are the small accidents that others measure with too; `MANIPULATED` keeps the party, `NEGATIVE` makes it another one.
The tables are small on purpose: they are material for tests, not knowledge that a scorer should share.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from material import name_parts

Operator = Callable[[str, "str | None", Random], "str | None"]

LEGAL_FORMS = (
    "L.L.C.|LLC|LIMITED|LTD.|LTD|CO., LTD.|COMPANY|CO.|INC.|INC|CORPORATION|CORP.|CORP|GMBH|S.A.|S.A.S.|S.R.L.|S.P.A.|SARL|PJSC|"
    "OJSC|JSC|OOO|OAO|ZAO|PAO|AO|PTE|FZE|FZCO|FZC|DMCC|PLC|LLP|BV|B.V.|NV|AG|A.S.|D.O.O.|SDN. BHD.|S.A. DE C.V."
).split("|")
SAME_FORM = dict(
    form.split("=")
    for form in (
        "LLC=L.L.C.|L.L.C.=LLC|LIMITED=LTD|LTD=Limited|LTD.=Limited|COMPANY=CO.|CO.=Company|INC.=Incorporated|INC=Incorporated|"
        "CORPORATION=CORP.|CORP.=Corporation|CORP=Corporation|JSC=Joint Stock Company|PJSC=Public Joint Stock Company|OJSC=OAO|"
        "OAO=OJSC|OOO=LLC|ZAO=CJSC|PAO=PJSC|AO=JSC|S.A.=SA|SARL=S.A.R.L.|GMBH=G.m.b.H.|B.V.=BV|BV=B.V.|S.R.L.=SRL|S.P.A.=SpA"
    ).split("|")
)
#: Keys beside each key.
KEYS = dict(
    key.split(":")
    for key in (
        "a:qsz b:vn c:xv d:sf e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:k m:n n:bm o:ip p:o q:wa r:et s:ad t:ry u:yi v:cb w:qe x:zc y:tu z:x"
    ).split()
)
LOOK_ALIKES = dict(zip("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ"))
SCAN_ERRORS = (("rn", "m"), ("m", "rn"), ("l", "1"), ("i", "l"), ("o", "0"), ("h", "b"), ("cl", "d"), ("vv", "w"))
OTHER_SPELLINGS = [
    tuple(pair.split("="))
    for pair in (
        "iy=y|ei=ey|ey=ei|kh=h|zh=j|ts=tz|sh=sch|yev=ev|ya=ia|yu=iu|ou=u|oo=u|ee=i|q=k|dh=d|dj=j|ch=tch|ks=x|x=ks|w=v|ii=y|ah =a |"
        "al-=el-|ov=off|jong=chong|muhammad=mohamed|mohammad=muhammed|hussein=husayn|yy=y|ss=s|dd=d|aa=a"
    ).split("|")
]
TITLES = ("Mr", "Dr", "General", "Sheikh", "Prof.", "Colonel", "H.E.", "Haji", "Mrs", "Eng.")
MIDDLE = ("A.", "M.", "Ali", "Ivan", "S.", "Juan", "Hassan", "Lee")
COUNTRY_WORDS = (
    "IRAN IRANIAN KOREA KOREAN SYRIA SYRIAN RUSSIA RUSSIAN CHINA CHINESE CUBA CUBAN SUDAN LIBYA BELARUS MYANMAR TURKEY PAKISTAN "
    "LEBANON IRAQ AFGHANISTAN"
).split()
SWAPPED_COUNTRIES = ("NORWAY", "NORWEGIAN", "CANADA", "CANADIAN", "PORTUGAL", "PORTUGUESE")
#: Trades, those that may be said for each other in one row.
TRADES = [
    row.split("/")
    for row in (
        "BANK SHIPPING/TRANSPORT/LOGISTICS TRADING INSURANCE PETROLEUM/OIL STEEL AIRLINES/AVIATION MINING CONSTRUCTION ELECTRONICS "
        "PHARMACEUTICAL FOOD INVESTMENT SECURITY TEXTILE MEDIA"
    ).split()
]
UNRELATED = ("Bakery", "Florist", "Dental Clinic", "Kindergarten", "Bicycle Repair")
#: Letters that begin one and the same name in different spellings.
SAME_SOUND = ("VWB", "IYJEA", "CKQG", "SZXC", "FP", "UVW", "TD", "HK", "EO", "AO", "LR", "DZ")
GIVEN = {
    "latin": "Antonio Beatriz Carlos Diego Elena Fernando Gabriela Hector Ignacio Julia Lorenzo Marta Nicolas Olga Pedro Rosa Sofia Tomas",
    "slavic": "Anatoly Boris Gennady Fyodor Grigory Ilya Kirill Leonid Maksim Oleg Pavel Roman Stepan Timur Vadim Yakov Zakhar",
    "muslim": "Adel Bilal Daoud Faisal Ghassan Hamza Idris Jamil Khaled Luay Marwan Nabil Omar Rashid Samir Tariq Walid Yusuf Ziad",
    "any": "Bao Chul Dae Gang Hai Jun Ming Peng Rui Sang Tao Wen Yang Zhi Albert Dennis Frank Louis Simon",
}


@cache
def first_names() -> frozenset[str]:
    return frozenset(n.lower() for n in name_parts("first"))


def letters(name: str) -> list[int]:
    return [i for i, c in enumerate(name) if c.isalpha()]


def slip_swap(name: str, _type: str | None, chance: Random) -> str | None:
    places = [
        i for i in range(len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha() and name[i].casefold() != name[i + 1].casefold()
    ]
    if not places:
        return None
    i = chance.choice(places)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def slip_drop(name: str, _type: str | None, chance: Random) -> str | None:
    i = chance.choice(letters(name))
    return name[:i] + name[i + 1 :]


def slip_double(name: str, _type: str | None, chance: Random) -> str | None:
    i = chance.choice(letters(name))
    return name[: i + 1] + name[i:]


def slip_replace(name: str, _type: str | None, chance: Random) -> str | None:
    i = chance.choice(letters(name))
    new = chance.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != name[i].casefold()])
    return name[:i] + (new.upper() if name[i].isupper() else new) + name[i + 1 :]


def move_word(name: str, _type: str | None, chance: Random) -> str | None:
    words = name.split()
    if len(words) < 2:
        return None
    moved = words.pop(chance.randrange(len(words)))
    changed = words[:]
    while changed == words or " ".join(changed) == name:
        changed = words[:]
        changed.insert(chance.randrange(len(words) + 1), moved)
        if len(set(words) | {moved}) == 1:
            return None
    return " ".join(changed)


def drop_word(name: str, _type: str | None, chance: Random) -> str | None:
    words = name.split()
    if len(words) < 3:
        return None
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


def move_space(name: str, _type: str | None, chance: Random) -> str | None:
    places = [i for i, c in enumerate(name) if c == " " and 1 < i < len(name) - 2 and name[i - 1].isalpha() and name[i + 1].isalpha()]
    if not places:
        return None
    i = chance.choice(places)
    return name[: i - 1] + " " + name[i - 1] + name[i + 1 :] if chance.random() < 0.5 else name[:i] + name[i + 1] + " " + name[i + 2 :]


def legal_form(name: str) -> tuple[str, str] | None:
    """What is before the legal form at the end, and the form."""
    for form in sorted(LEGAL_FORMS, key=len, reverse=True):
        if name.upper().endswith(" " + form):
            return name[: -len(form)], name[-len(form) :]
    return None


def damage_legal_form(name: str, type_: str | None, chance: Random) -> str | None:
    found = legal_form(name)
    if type_ == "person" or not found:
        return None
    way = chance.choice([slip_swap, slip_drop, slip_double, slip_replace])
    damaged = way(found[1], type_, chance)
    return found[0] + damaged if damaged else None


def join_words(name: str, _type: str | None, chance: Random) -> str | None:
    words = name.split()
    if len(words) < 2:
        return None
    i = chance.randrange(len(words) - 1)
    return " ".join([*words[:i], words[i] + words[i + 1].lower(), *words[i + 2 :]])


def split_word(name: str, _type: str | None, chance: Random) -> str | None:
    words = name.split()
    long = [i for i, w in enumerate(words) if len(w) >= 6 and w.isalpha()]
    if not long:
        return None
    i = chance.choice(long)
    at = chance.randrange(2, len(words[i]) - 1)
    words[i] = words[i][:at] + " " + words[i][at:]
    return " ".join(words)


def hyphenate(name: str, _type: str | None, chance: Random) -> str | None:
    places = [i for i, c in enumerate(name) if c == " " and i and name[i - 1].isalpha() and name[i + 1].isalpha()]
    if not places:
        return name.replace("-", " ") if "-" in name else None
    i = chance.choice(places)
    return name[:i] + "-" + name[i + 1 :]


def initial(name: str, type_: str | None, chance: Random) -> str | None:
    words = name.split()
    full = [i for i, w in enumerate(words) if w.isalpha() and len(w) > 2 and not (i == 0 and "," in name) and not words[i].isupper()]
    if type_ != "person" or len(words) < 2 or not full:
        return None
    i = full[0]
    words[i] = words[i][0] + "."
    return " ".join(words)


def other_spelling(name: str, _type: str | None, chance: Random) -> str | None:
    """Another romanisation of what was written in another script."""
    fitting = [(a, b) for a, b in OTHER_SPELLINGS if a in name.lower()]
    if not fitting:
        return None
    old, new = chance.choice(fitting)
    return re.sub(
        re.escape(old),
        lambda m: new.upper() if m[0].isupper() and len(m[0]) > 1 else new.capitalize() if m[0][0].isupper() else new,
        name,
        count=1,
        flags=re.I,
    )


def look_alike(name: str, _type: str | None, chance: Random) -> str | None:
    places = [i for i, c in enumerate(name) if c in LOOK_ALIKES]
    for i in chance.sample(places, min(2, len(places))):
        name = name[:i] + LOOK_ALIKES[name[i]] + name[i + 1 :]
    return name if places else None


def wrong_key(name: str, _type: str | None, chance: Random) -> str | None:
    places = [i for i, c in enumerate(name) if c.lower() in KEYS]
    if not places:
        return None
    i = chance.choice(places)
    new = chance.choice(KEYS[name[i].lower()])
    return name[:i] + (new.upper() if name[i].isupper() else new) + name[i + 1 :]


def scan_error(name: str, _type: str | None, chance: Random) -> str | None:
    lower = name.lower()
    fitting = [(a, b) for a, b in SCAN_ERRORS if a in lower]
    if not fitting:
        return None
    old, new = chance.choice(fitting)
    i = chance.choice([m.start() for m in re.finditer(old, lower)])
    return name[:i] + new + name[i + len(old) :]


def change_vowel(name: str, _type: str | None, chance: Random) -> str | None:
    places = [i for i, c in enumerate(name) if c.lower() in "aeiou"]
    if not places:
        return None
    i = chance.choice(places)
    new = chance.choice([v for v in "aeiou" if v != name[i].lower()])
    return name[:i] + (new.upper() if name[i].isupper() else new) + name[i + 1 :]


def add_title(name: str, type_: str | None, chance: Random) -> str | None:
    return f"{chance.choice(TITLES)} {name}" if type_ == "person" else None


def change_legal_form(name: str, type_: str | None, chance: Random) -> str | None:
    found = legal_form(name)
    same = found and SAME_FORM.get(found[1].upper())
    return found[0] + same if same and type_ != "person" else None


def add_middle(name: str, type_: str | None, chance: Random) -> str | None:
    words = name.split()
    if type_ != "person" or not 2 <= len(words) <= 3:
        return None
    return " ".join([*words[:-1], chance.choice(MIDDLE), words[-1]] if "," not in name else [*words, chance.choice(MIDDLE)])


def reorder_patronymic(name: str, type_: str | None, chance: Random) -> str | None:
    match = re.search(r"(?i)^([\w'’-]+) (bin|ibn|ben|bint) ([\w'’-]+)(.*)$", name)
    return (
        f"{match[3]} {match[2]} {match[1]}{match[4]}"
        if match and type_ == "person" and match[1].casefold() != match[3].casefold()
        else None
    )


def sibling(name: str, type_: str | None, chance: Random) -> str | None:
    """The same family, another given name."""
    match = re.match(r"([^,]+), (\S+)(.*)$", name)
    if (
        type_ != "person"
        or not match
        or len(match[2]) < 3
        or match[2].strip(".").lower() in ("haji", "hajji", "mullah", "sheikh", "sayyid", "maulavi", "mawlawi")
    ):
        return None
    low = name.lower()
    culture = (
        "slavic"
        if re.search(r"(ov|ev|in|sky|skiy|enko)a?,|(ovich|evich|ovna|evna)$", low)
        else "muslim"
        if re.search(r"\b(al|abd|mohammad|muhammad|ahmad|ali|hassan)\b", low)
        else "latin"
        if re.search(r"(ez|os|ia|do|ra|no)\b", low)
        else "any"
    )
    return f"{match[1]}, {chance.choice([g for g in GIVEN[culture].split() if g.lower() not in low])}{match[3]}"


def change_number(name: str, _type: str | None, chance: Random) -> str | None:
    match = re.search(r"\d+", name)
    if match:
        return name[: match.start()] + str(int(match[0]) + chance.choice((1, 2, 5))) + name[match.end() :]
    match = re.search(r" (II|III|IV|VI|VII|VIII)\b", name)
    return (
        name[: match.start(1)] + chance.choice([r for r in ("II", "III", "IV", "VI", "IX") if r != match[1]]) + name[match.end(1) :]
        if match
        else None
    )


def swap_country(name: str, type_: str | None, chance: Random) -> str | None:
    return swap_word(name, type_, {w: SWAPPED_COUNTRIES for w in COUNTRY_WORDS}, chance)


def swap_trade(name: str, type_: str | None, chance: Random) -> str | None:
    return swap_word(name, type_, {w: tuple(o[0] for o in TRADES if o is not row) for row in TRADES for w in row}, chance)


def swap_word(name: str, type_: str | None, others: dict[str, tuple[str, ...]], chance: Random) -> str | None:
    """One of the words that have others replaced by one of these."""
    tokens = name.split()
    found = [(i, word) for i, t in enumerate(tokens) if (word := t.upper().strip(",.()'s")) in others]
    if type_ in ("person", "vessel") or not found or len(tokens) < 2:
        return None
    i, word = chance.choice(found)
    tokens[i] = chance.choice(others[word])
    return " ".join(tokens)


def gender_ending(name: str, type_: str | None, chance: Random) -> str | None:
    """A sister: family name, given name and patronymic of a woman."""
    match = re.match(r"([\w-]+(?:ov|ev|in|OV|EV|IN)), \w+ (\w+)(?:ovich|evich)$", name)
    if type_ != "person" or not match:
        return None
    ending = "A" if match[1].isupper() else "a"
    return f"{match[1]}{ending}, {chance.choice(('Irina', 'Galina', 'Tatiana', 'Lidia'))} {match[2]}ovna"


def generation(name: str, type_: str | None, chance: Random) -> str | None:
    match = re.search(r"\b(JR|Jr|SR|Sr|II|III)\b", name)
    if type_ != "person" or not match:
        return None
    return name[: match.start()] + {"JR": "SR", "JR.": "SR", "SR": "JR", "II": "III", "III": "II"}[match[1].upper()] + name[match.end() :]


def first_letter(name: str, type_: str | None, chance: Random) -> str | None:
    """One letter of a first name, which makes it another name that people bear."""
    match = re.match(r"([^,]+, )([A-Z])([a-z]+)\b(.*)$", name)
    others = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if match and not sound_alike(c, match[2]) and c.lower() + match[3] in first_names()]
    return f"{match[1]}{chance.choice(others)}{match[3]}{match[4]}" if type_ == "person" and others else None


def sound_alike(one: str, other: str) -> bool:
    return one == other or any(one in row and other in row for row in SAME_SOUND)


def unrelated_word(name: str, type_: str | None, chance: Random) -> str | None:
    words = name.split()
    return f"{words[0]} {chance.choice(UNRELATED)}" if type_ == "organisation" and len(words) == 2 and len(words[0]) > 3 else None


SLIPS: dict[str, Operator] = {
    "swap letters": slip_swap,
    "drop a letter": slip_drop,
    "double a letter": slip_double,
    "replace a letter": slip_replace,
    "move a word": move_word,
    "drop a word": drop_word,
}
FURTHER_SLIPS: dict[str, Operator] = {"move a space": move_space, "damage the legal form": damage_legal_form}
MANIPULATED: dict[str, Operator] = {
    "drop token": drop_word,
    "swap tokens": move_word,
    "join": join_words,
    "split": split_word,
    "hyphenate": hyphenate,
    "initial": initial,
    "other romanisation": other_spelling,
    "Cyrillic look-alike": look_alike,
    "wrong key": wrong_key,
    "scan error": scan_error,
    "double letter": slip_double,
    "change a vowel": change_vowel,
    "add a title": add_title,
    "other legal form": change_legal_form,
    "add a middle name": add_middle,
}
NEGATIVE: dict[str, Operator] = {
    "reorder patronymic": reorder_patronymic,
    "sibling": sibling,
    "other number": change_number,
    "other country": swap_country,
    "gender ending": gender_ending,
    "other generation": generation,
    "first letter of a first name": first_letter,
    "unrelated company word": unrelated_word,
    "other trade": swap_trade,
}
