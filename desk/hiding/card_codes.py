"""Finds what its owner must not show beside a card's number: its month and code; and one-time codes."""

import re
from collections.abc import Iterable, Iterator

from desk.hiding.card_numbers import DIGITS, Span
from desk.hiding.secret_words import compiled, either, words

SIGN = "•"
"""Stands for one digit or letter of a secret."""

_D, _END = f"[{DIGITS}]", f"(?![{DIGITS}])"
_NEAR = 120
"""How many characters around a card's number its month and code are looked for."""
_CLUES = tuple(words("clues"))
"""Without one of these there is no code that stands by itself; to look for them is quick."""


_CVV = either("security_word") + r"(?![^\W\d_])"
_SECURITY_CODE = rf"(?:{_CVV}|{either('security_code')})"
_ONE_TIME_CODE = either("one_time_code")
_GAP = r"[^\d\n]{0,20}?\n?\s{0,4}"
_NOT_OF_CODE = rf"(?!{either('not_of_code')})"
_CAREFUL_GAP = rf"(?:{_NOT_OF_CODE}[^\d\n]){{0,30}}?\n?\s{{0,4}}"
_THREE = rf"({_D}{{3,4}}|{_D}(?:[ -]{_D}){{2,3}}){_END}"
_COUNTED = rf"\s*{either('counted')}"
_FOUR = rf"(?<!{_D})({_D}{{4,8}}|{_D}{{2,4}}(?:[ \u00a0-]{_D}{{2,4}}){{1,2}}){_END}(?![.,:]{_D}|{_COUNTED})"
_OF = rf"[\s—–:,(-]{{1,4}}(?:{either('is')}\s+)?(?:\w+\s+)?"
_YOURS, _CODE, _CAME = either("yours"), either("code"), either("came")
_CODES = tuple(
    map(
        compiled,
        (
            _SECURITY_CODE + _GAP + _THREE,
            rf"(?<![{DIGITS}.,:/-])({_D}{{3}}){_END}{_OF}{_CVV}",
            _ONE_TIME_CODE + _CAREFUL_GAP + _FOUR,
            _FOUR + _OF + _ONE_TIME_CODE,
            rf"\b{_YOURS}\s+{_CODE}\b{_GAP}{_FOUR}",
            rf"\b(?:{_CAME}\s+{_CODE}|{_CODE}\s+{_CAME})\b\W{{0,4}}{_FOUR}",
            rf"{_FOUR}{_OF}{_YOURS}\s+(?:\w+\s+){{0,2}}{_CODE}\b",
        ),
    )
)
_TELL_NOBODY = compiled(either("tell_nobody"))
_WARNED_OF = compiled(rf"\b{either('code_or_password')}{_CAREFUL_GAP}{_FOUR}")

_YEAR = rf"(?:20)?{_D}{{2}}{_END}"
_MONTH = rf"(?<!{_D})(?:[0٠۰０]?[1-9١-٩۱-۹１-９]|1[0-2])"
_MONTH_AND_YEAR = rf"{_MONTH}\s?[/\\.,|–—-]\s?{_YEAR}"
_SAID_EXPIRY = rf"{either('expires')}\w*"
_BESIDE_CARD = tuple(
    map(
        compiled,
        (
            rf"\b{_CODE}[^\d\n]{{0,12}}({_D}{{3,4}}){_END}(?!{_COUNTED})",
            rf"{_SAID_EXPIRY}[^\d\n]{{0,25}}({_MONTH}\s?[/\\.,|–— -]?\s?{_YEAR})",
            rf"(?<![{DIGITS}.,:/-])({_MONTH}\s?[/\\]\s?{_YEAR})(?!\s?[/\\.])",
            rf"(?:^|\n)[ \t]*({_D}{{3}})[ \t]*(?=\n|$)",
            rf"(?:^|\n)[ \t]*({_MONTH_AND_YEAR})[ \t]*(?=\n|$)",
        ),
    )
)
_BEHIND = compiled(
    rf"[^\w+#№]{{0,8}}(?:({_MONTH_AND_YEAR}|(?:0[1-9]|1[0-2])\s?\d\d{_END})[^\w+#№]{{0,8}})?"
    rf"(?:(?<!{_D})({_D}{{3,4}}){_END}(?!{_COUNTED}|[.,:/-]{_D}))?"
)
_HIDDEN_CARD = re.compile(rf"{SIGN}(?:[^\w]{{0,4}}{SIGN}){{11,18}}")


def code_spans(text: str, cards: Iterable[Span]) -> list[Span]:
    """Where codes stand: one-time ones anywhere, months and security codes beside these cards."""
    hidden = _HIDDEN_CARD.finditer(text) if SIGN in text else ()
    near, small = [*cards, *(found.span() for found in hidden)], text.lower()
    found = list(_codes(text)) if any(clue in small for clue in _CLUES) else []
    return [*found, *(span for card in near for span in _beside(text, card))]


def _codes(text: str) -> Iterator[Span]:
    for pattern in _CODES:
        yield from _groups(pattern, text)
    if _TELL_NOBODY.search(text):
        yield from _groups(_WARNED_OF, text)


def _beside(text: str, card: Span) -> Iterator[Span]:
    """What stands around a card's number, in its words or right behind it."""
    start, end = max(0, card[0] - _NEAR), card[1] + _NEAR
    for pattern in _BESIDE_CARD:
        yield from _groups(pattern, text, start, end)
    behind = _BEHIND.match(text, card[1])
    if behind is not None:
        yield from (span for span in map(behind.span, (1, 2)) if span != (-1, -1))


def _groups(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Where the groups of a pattern stand."""
    for found in pattern.finditer(text, start, len(text) if end is None else end):
        yield from (
            span for number in range(1, pattern.groups + 1) if (span := found.span(number)) != (-1, -1)
        )
