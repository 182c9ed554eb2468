"""Masks what belongs to one person in a text: numbers, addresses, names."""

import re
from collections.abc import Iterable
from functools import cache

from faq.language.lexicon import LANGUAGES, language_data
from faq.language.stems import stem
from faq.language.text import fold, words

_HOLE = "\ufffc"
"""Stands for what was taken out until the end; nobody types it."""
_NAME = "\ufff9"
"""Stands for a name until it is known whether somebody is addressed by it."""
_ADDRESSED = re.compile(r"^\s*\ufff9[,!]\s*(\w?)")
_ADDRESSED_LATER = re.compile(r",\s*\ufff9(?=\s*[!.,?…]|$)")
_MANY_DIGITS = 4
_PRICE = 7
"""Nobody's prices have more digits."""
_TAG = re.compile(r"(<[^<>]*>)")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.|t\.me/|tg://|@\w{3})", re.IGNORECASE)
_DOMAIN = re.compile(r"\w\.[a-zа-я]{2,12}/", re.IGNORECASE)
_CODE = re.compile(r"[\w/-]+")
_NUMBER = re.compile(r"(?P<time>\b\d{1,2}:\d{2}\b)|\+?\(?\d[\d\s().–-]*")
_SIGNS = re.compile(r"[#№]\s*(?=\ufffc)")
_HOLES = re.compile(r"\ufffc(?:[\s,;:.–-]*\ufffc)+")
_LOOSE = re.compile(r" (?=[,.!?;:](?:\s|$))")
_SPACES = re.compile(r"[ \t]+")
_SHORTEST_NAME = 3


def masked(text: str, names: Iterable[str] = (), hole: str = "…") -> str:
    """The text with `hole` for every address, long number and name.

    Long are numbers of four digits or more, whatever stands between them: codes, orders, telephones,
    cards. Times of day and prices stay.
    """
    kept = _with_holes(text, names).replace(_HOLE, hole or " ")
    return _LOOSE.sub("", _SPACES.sub(" ", kept)).strip(" \t,;:–-")


def masked_html(html: str, names: Iterable[str] = ()) -> str:
    """The same for Telegram HTML; tags are left alone."""
    pieces = _TAG.split(html)  # every second one is a tag
    pieces[::2] = [_with_holes(piece, names).replace(_HOLE, "…") for piece in pieces[::2]]
    return "".join(pieces).strip()


def _with_holes(text: str, names: Iterable[str]) -> str:
    kept = _CODE.sub(_without_code, _TOKEN.sub(_without_address, text))
    kept = _without_names(_NUMBER.sub(_without_number, kept), names)
    return _HOLES.sub(_HOLE, _SIGNS.sub("", kept))


def _without_address(found: re.Match[str]) -> str:
    """Masks e-mail addresses, links, and usernames."""
    said = found[0]
    name, _, domain = said.partition("@")
    if _ADDRESS.match(said) or _DOMAIN.search(said) or (name and "." in domain.rstrip(".,!?")):
        return _HOLE + said[len(said.rstrip(".,!?;:)")) :]
    return said


def _without_code(found: re.Match[str]) -> str:
    """Masks words of letters and digits."""
    return _HOLE if _long(found[0]) and any(map(str.isalpha, found[0])) else found[0]


def _without_number(found: re.Match[str]) -> str:
    """Masks long numbers, but not times of day and prices."""
    said = found[0]
    price = _digits(said) <= _PRICE and _money().match(found.string, found.start() + len(said.rstrip()))
    if found["time"] or not _long(said) or price:
        return said
    return _HOLE + said[len(said.rstrip(" \t\n().–-")) :]


@cache
def _money() -> re.Pattern[str]:
    units = (each for language in LANGUAGES for each in language_data(language)["money"]["units"])
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, units))})", re.IGNORECASE)


def _long(said: str) -> bool:
    return _digits(said) >= _MANY_DIGITS


def _digits(said: str) -> int:
    return sum(map(str.isdigit, said))


def _without_names(text: str, names: Iterable[str]) -> str:
    """Masks names by their stems, with the comma where somebody is addressed."""
    called = {word for name in names for word in words(fold(name)) if len(word) >= _SHORTEST_NAME}
    stems = {stem(word) for word in called}
    if not stems:
        return text

    def hide(found: re.Match[str]) -> str:
        word = fold(found[0])
        same = word in called or (len(word) >= _SHORTEST_NAME and stem(word) in stems)
        return _NAME if same else found[0]

    hidden = re.sub(r"[^\W\d_]+", hide, text)
    hidden = _ADDRESSED.sub(lambda found: found[1].upper(), hidden)
    return _ADDRESSED_LATER.sub("", hidden).replace(_NAME, _HOLE)
