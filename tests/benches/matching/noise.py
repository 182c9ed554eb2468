"""What thumbs, habits and moods do to a message. Every text gets the same noise in every run."""

import re
from collections.abc import Callable
from random import Random

Noise = Callable[[str, Random], str]

_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_LOCAL = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_SIGNS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_EAR = "a,b,v,g,d,e,e,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,h,ts,ch,sh,sch,,y,,e,yu,ya".split(",")  # noqa: SIM905
_BY_EAR = dict(zip(_SIGNS, _EAR, strict=True))
_BEFORE = {
    "ru": """здравствуйте!|добрый день,|подскажите пожалуйста,|девушка, скажите,|алло,|народ,|короче,|
        у меня такой вопрос:|извините за беспокойство,|ребят, а|ну вот""",
    "en": """hello!|hi there,|could you please tell me,|excuse me,|so,|quick question:|sorry to bother you,|
        hey guys,|well,|okay so""",
}
_AFTER = {
    "ru": """, спасибо| заранее благодарю!|, помогите пожалуйста|?? жду ответа|, очень надо| (((| 🙏|
        , если не сложно|, а то уже замучился""",
    "en": """, thanks| thank you in advance!|, please help|?? waiting|, kind of urgent| :(| 🙏|
        , if you don't mind|, cheers""",
}


def neighbours() -> dict[str, str]:
    """The keys beside each key."""
    return {
        row[at]: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at in range(len(row))
    }


_BESIDE = neighbours()


def typos(share: float) -> Noise:
    """Every so many letters one is dropped or its neighbour is hit."""

    def noise(text: str, lot: Random) -> str:
        return "".join(_slip(sign, lot) if sign.isalpha() and lot.random() < share else sign for sign in text)

    return noise


def _slip(sign: str, lot: Random) -> str:
    beside = _BESIDE.get(sign.lower(), "")
    if not beside or lot.random() < 0.5:
        return ""
    return lot.choice(beside)


def other_layout(text: str, lot: Random) -> str:
    """The keyboard was left in the other language."""
    cyrillic = re.search("[а-яё]", text.lower())
    pairs = zip(_LOCAL, _LATIN, strict=True) if cyrillic else zip(_LATIN, _LOCAL, strict=True)
    return text.translate({ord(typed): shown for typed, shown in pairs})


def by_ear(text: str, lot: Random) -> str:
    """Russian in latin letters."""
    return "".join(_BY_EAR.get(sign, sign) for sign in text.lower())


def no_spaces(text: str, lot: Random) -> str:
    """The space bar was too far away."""
    return text.replace(" ", "")


def capitals(text: str, lot: Random) -> str:
    """SOMEBODY IS SHOUTING."""
    return text.upper()


def politeness(language: str) -> Noise:
    """Words around the question that say nothing."""
    before = [said.strip() for said in _BEFORE[language].split("|")]
    after = [said.strip() for said in _AFTER[language].split("|")]

    def noise(text: str, lot: Random) -> str:
        thanks = lot.choice(after) if lot.random() < 0.6 else ""
        return f"{lot.choice(before)} {text}{'' if thanks[:1] in ',?' else ' '}{thanks}".strip()

    return noise


def kinds(language: str) -> dict[str, Noise]:
    """By name; transliteration only where there is something to transliterate."""
    plain: dict[str, Noise] = {
        "politeness": politeness(language),
        "typos": typos(1 / 9),
        "heavy typos": typos(1 / 5),
        "capitals": capitals,
        "no spaces": no_spaces,
        "layout": other_layout,
    }
    if language == "ru":
        plain["transliteration"] = by_ear
    light = {name: noise for name, noise in plain.items() if name != "heavy typos"}
    return plain | {"mixed": some_of(light, 1), "mixed, two at once": some_of(light, 2)}


def some_of(noises: dict[str, Noise], number: int) -> Noise:
    """A few kinds drawn by lot for every message, applied in the order in which they are listed."""

    def noise(text: str, lot: Random) -> str:
        drawn = set(lot.sample(sorted(noises), number))
        for name, each in noises.items():
            if name in drawn:
                text = each(text, lot)
        return text

    return noise


def noisy(name: str, noise: Noise, text: str) -> str:
    """The text with its own lot; never empty."""
    return noise(text, Random(f"{name}:{text}")) or text
