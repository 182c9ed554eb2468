"""Finds numbers of bank cards in a text, however they are written.

A number is one if its first digits and its length are a scheme's, and its last digit is right (Luhn). What
else has many digits (accounts, telephones, parcels, orders) is told from it by how its groups stand and by
the words before it. Digits are those of every script.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from unicodedata import digit as value_of

from desk.hiding.card_schemes import SchemeFit, fit_of, is_barcode, is_iban
from desk.hiding.secret_words import compiled, either

DIGITS = r"\d⁰¹²³⁴-⁹₀-₉①-⑨⓪❶-❾➀-➈➊-➒⑴-⑼⒈-⒐⓵-⓽"
"""Everything that is read as a digit, as the inside of a character class."""
SHORTEST, LONGEST = 12, 19
_named = compiled(either("cards")).search
_another = compiled(either("other_cards")).search

Span = tuple[int, int]
"""The first character and the one behind the last."""
Named = Callable[[], bool | None]
"""Whether the text speaks of bank cards; False if of cards of another kind, None if of none."""
_GROUP = re.compile(f"[{DIGITS}]+")
_SIGNS = r"(?:[^\w+#№%₽$€\n,;]|_|[,;](?! ))"
_close = re.compile(rf"{_SIGNS}{{1,4}}|{_SIGNS}{{0,3}}\r?\n\s{{0,6}}{_SIGNS}{{0,3}}").fullmatch
"""What stands between the groups of one number: a few signs, or the end of a line."""
_FARTHEST = 16
_PARTS = frozenset({4, 5, 6, 8, 12})
"""Of how many digits a group may be if words stand between it and the next."""
_WORDS = re.compile(r"[^+%₽$€]{1,40}")
_COUNTED = compiled(either("between"))
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.ASCII)
_NUMBER, _THINGS = either("number"), rf"{either('things')}\w*"
_SIGN = r"\s*(?:№|#|:|n\b|no\b\.?)?\s*"
_names_another_thing = compiled(
    rf"{_NUMBER}\s+{_THINGS}{_SIGN}$|{_THINGS}[\s-]*{_NUMBER}?\s*(?:№|#|:|no\b\.?)\s*$"
    rf"|{either('plain_things')}\w*{_SIGN}$|\b1z$"
).search
"""The words before a number that is said to be something else."""
_other_number = re.compile(
    r"\d{7,10}-\d{4}-\d{1,2}"
    r"|(?:30[1-4]|40[1-8]|4[2-7]\d)\W?\d\W?\d\W?(?:810|643|840|978|156|398)(?:[^\w/]?\d){12}"
).fullmatch
"""A parcel of a big shop, an account of a Russian bank: no card with its 12/27 behind it."""
_LOOK_BACK = 40
_EXPIRY = r"(?:0[1-9]|1[0-2])(?:20)?\d\d"
_before_card = re.compile(rf"(?:{_EXPIRY})?", re.ASCII).fullmatch
_behind_card = re.compile(rf"(?:{_EXPIRY})?(?:\d{{3,4}})?", re.ASCII).fullmatch
_LEFT_OVER, _LONGEST_BESIDE = 3, 4
_AS_ON_A_CARD = ([4, 4, 4, 4], [4, 6, 5])
_SPLIT_ALIKE = 4
"""Groups of fewer digits make a number only if nothing else stands beside them."""


@dataclass(frozen=True, slots=True)
class DigitGroup:
    """Digits side by side: where they stand, what they say in ASCII, if others stand close before."""

    start: int
    end: int
    said: str
    close: bool


Joins = Callable[[str, DigitGroup, DigitGroup], bool]


def card_spans(text: str) -> list[Span]:
    """Where card numbers stand in a text, first to last."""
    groups = _groups(text)
    if sum(len(each.said) for each in groups) < SHORTEST:
        return []
    ibans = [found.span() for found in _IBAN.finditer(text) if is_iban(found[0])]
    if ibans:
        groups = [each for each in groups if not any(start <= each.start < end for start, end in ibans)]

    @cache
    def named() -> bool | None:
        return False if _another(text) is not None else _named(text) is not None or None

    found = [span for run in _runs(text, groups, _stands_close) for span in _in_run(text, run, named=named)]
    parts = [each for each in groups if len(each.said) in _PARTS]
    return sorted([*found, *(span for run in _runs(text, parts, _by_words) for span in _among_words(run))])


def _groups(text: str) -> list[DigitGroup]:
    groups: list[DigitGroup] = []
    end = -_FARTHEST
    for found in _GROUP.finditer(text):
        start, digits = found.start(), found[0]
        close = start - end < _FARTHEST and _close(text, end, start) is not None
        end = found.end()
        groups.append(DigitGroup(start, end, digits if digits.isascii() else _as_ascii(digits), close))
    return groups


def _as_ascii(digits: str) -> str:
    return "".join(str(value_of(each, 0)) for each in digits)


def _stands_close(text: str, before: DigitGroup, group: DigitGroup) -> bool:
    return group.close


def _by_words(text: str, before: DigitGroup, group: DigitGroup) -> bool:
    """Whether a few words, or a few signs, stand between two parts of one number."""
    between = text[before.end : group.start]
    return group.close or (_WORDS.fullmatch(between) is not None and _COUNTED.search(between) is None)


def _runs(text: str, groups: Sequence[DigitGroup], joins: Joins) -> Iterator[list[DigitGroup]]:
    """The groups, cut where what stands between two of them does not join them; short ones are left out."""
    run: list[DigitGroup] = []
    size = 0
    for group in groups:
        if run and not joins(text, run[-1], group):
            if size >= SHORTEST:
                yield run
            run, size = [], 0
        run.append(group)
        size += len(group.said)
    if size >= SHORTEST:
        yield run


def _in_run(text: str, run: Sequence[DigitGroup], *, named: Named) -> Iterator[Span]:
    """The numbers in groups that stand close together; what follows one may make another, longer one."""
    if _other_number(text, run[0].start, run[-1].end):
        return
    before = text[max(0, run[0].start - _LOOK_BACK) : run[0].start]
    first = 0
    while first < len(run):
        may_begin = first <= _LEFT_OVER or len(run[first].said) >= _SPLIT_ALIKE
        lasts = [
            last
            for last, said in (_numbers(run, first) if may_begin else ())
            if _is_card(run, first, last, said, before=before, named=named)
        ]
        yield from ((run[first].start, run[last].end) for last in lasts)
        first = max(lasts, default=first) + 1


def _numbers(run: Sequence[DigitGroup], first: int) -> Iterator[tuple[int, str]]:
    """Every number of a card's length that begins with this group, the longest first, with its last group."""
    found, said = [], ""
    for last in range(first, len(run)):
        said += run[last].said
        if len(said) > LONGEST:
            break
        if len(said) >= SHORTEST:
            found.append((last, said))
    return reversed(found)


def _is_card(
    run: Sequence[DigitGroup], first: int, last: int, said: str, *, before: str, named: Named
) -> bool:
    sizes = [len(each.said) for each in run[first : last + 1]]
    alike = _stand_alike(sizes)
    alone = _stands_alone(run, first, last)
    if not (alone or (alike and sizes[0] >= _SPLIT_ALIKE)):
        return False
    fit = fit_of(said)
    if fit is SchemeFit.NO:
        return False
    if first == 0 and before.endswith("+") and len(said) < 16:
        return False  # a telephone
    if fit is not SchemeFit.SURE and not (
        named() or (named() is None and _is_usual(fit, sizes, alone=alone))
    ):
        return False
    if len(sizes) > 1:
        return True
    is_other = is_barcode(said) or (first == 0 and _names_another_thing(before) is not None)
    return not is_other or bool(named())


def _is_usual(fit: SchemeFit, sizes: Sequence[int], *, alone: bool) -> bool:
    """Whether what is less sure stands as on a card."""
    if fit is SchemeFit.MISTYPED:
        return alone and list(sizes) in _AS_ON_A_CARD
    return len(sizes) > 2 and _stand_alike(sizes)


def _stand_alike(sizes: Sequence[int]) -> bool:
    """Whether the groups are as they stand on a card: 4 4 4 4, 8 8, 16, 4 6 5 …"""
    usual = len(set(sizes[:-1])) <= 1 and sizes[-1] <= sizes[0]
    return usual or list(sizes[:2]) == [4, 6]


def _stands_alone(run: Sequence[DigitGroup], first: int, last: int) -> bool:
    """Whether nothing but a month, a year and a code stands beside the number."""
    if first > _LEFT_OVER or len(run) - last - 1 > _LEFT_OVER:
        return False
    ahead, behind = run[:first], run[last + 1 :]
    if any(len(each.said) > _LONGEST_BESIDE for each in (*ahead, *behind)):
        return False
    said = ["".join(each.said for each in groups) for groups in (ahead, behind)]
    return bool(_before_card(said[0]) and _behind_card(said[1]))


def _among_words(run: Sequence[DigitGroup]) -> Iterator[Span]:
    """The numbers whose groups have words between them: four times four digits, or as on American Express."""
    first = 0
    while first < len(run):
        last = next(
            (last for last, said in _numbers(run, first) if _is_spelt_out(run, first, last, said)), None
        )
        if last is not None:
            yield run[first].start, run[last].end
        first = (first if last is None else last) + 1


def _is_spelt_out(run: Sequence[DigitGroup], first: int, last: int, said: str) -> bool:
    sizes = [len(each.said) for each in run[first : last + 1]]
    if all(each.close for each in run[first + 1 : last + 1]):
        return False
    fours = len(said) == 16 and all(size % 4 == 0 for size in sizes)
    return len(sizes) > 1 and (fours or sizes in ([4, 6, 5], [4, 6, 4])) and fit_of(said) is SchemeFit.SURE
