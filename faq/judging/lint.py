"""What could be better in a knowledge base that is in order: twins, gaps, and what nobody needs or likes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from faq.entries.answer import CUSTOMER_FIELDS, fill_in
from faq.entries.entry import ANY, Entry
from faq.entries.knowledge import Knowledge
from faq.entries.telegram_html import plain
from faq.language.text import fold, words
from faq.matching.match import Matcher

UNUSED_AFTER = timedelta(days=90)
"""An entry nobody asked for in this time may be a question nobody has."""

LONGEST_ANSWER, LONGEST_CAPTION = 4096, 1024
"""What Telegram takes in a message, and under a picture."""

_SETTLING_IN = timedelta(days=14)
_ENOUGH_ASKED = 5
_EXAMPLE = 80


class Kind(StrEnum):
    """Each kind is a key for a text in every locale; its placeholders are the lint's params."""

    SAME_PHRASING = "same_phrasing"
    TWIN = "twin"
    CONTRADICTION = "contradiction"
    SINGLE_PHRASING = "single_phrasing"
    LONG_ANSWER = "long_answer"
    EXPIRED = "expired"
    MISSING_LANGUAGE = "missing_language"
    NEVER_USED = "never_used"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing worth a look, of one entry or of two."""

    kind: Kind
    entry: str
    other: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def words(self) -> dict[str, str | int]:
        """What its text asks for."""
        return {"entry": self.entry, "other": self.other or "", **self.params}


@dataclass(frozen=True, slots=True)
class Use:
    """How often an entry was shown as the answer, by the matcher or by a press, and what came of it."""

    asked: int = 0
    helped: int = 0
    escalated: int = 0


class Usage(Protocol):
    """What customers did with the entries of one desk."""

    def began(self) -> datetime | None:
        """When the desk kept its first question."""
        ...

    def since(self, moment: datetime) -> Mapping[str, Use]:
        """By entry; an entry that was never shown may be left out."""
        ...


Rebuild = Callable[[Knowledge], Matcher]


def lint(
    knowledge: Knowledge,
    matcher: Matcher,
    usage: Usage | None = None,
    now: datetime | None = None,
    *,
    rebuild: Rebuild | None = None,
) -> tuple[Lint, ...]:
    """Everything worth a look, the worst kinds first.

    It takes seconds for a thousand entries: call it in a thread. Twins are looked for with matchers made
    anew by `rebuild`, each without some of the phrasings; by default they are what faq.matcher makes.
    """
    from faq.judging.contradictions import contradictions
    from faq.judging.twins import twins

    moment = now or knowledge.now()
    open_entries = [entry for entry in knowledge.entries if entry.open_at(moment)]
    found = [
        *_same_phrasings(open_entries),
        *twins(open_entries, rebuild),
        *contradictions(open_entries, matcher),
        *_single_phrasings(open_entries),
        *_long_answers(open_entries),
        *_expired(knowledge, moment),
        *_missing_languages(open_entries),
        *(_unwanted(open_entries, usage, moment) if usage else ()),
    ]
    order = list(Kind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def ways_to_ask(entry: Entry) -> tuple[str, ...]:
    """Questions and phrasings in every language, each once."""
    spoken = [*entry.question.values(), *(text for texts in entry.phrasings.values() for text in texts)]
    return tuple(dict.fromkeys(spoken))


def plain_words(text: str) -> str:
    """A text without what tells apart only to the eye: case, signs, spaces."""
    return " ".join(words(fold(text)))


def shortened(text: str) -> str:
    """A text as an example in a line."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _EXAMPLE else one_line[: _EXAMPLE - 1].rstrip() + "…"


def _same_phrasings(entries: list[Entry]) -> Iterator[Lint]:
    """Word for word the same in two entries: whichever comes first is luck."""
    first: dict[str, Entry] = {}
    told: set[tuple[str, str]] = set()
    for entry in entries:
        for text in ways_to_ask(entry):
            same = first.setdefault(plain_words(text), entry)
            if same is not entry and (same.id, entry.id) not in told:
                told.add((same.id, entry.id))
                yield Lint(Kind.SAME_PHRASING, same.id, entry.id, {"example": shortened(text)})


def _single_phrasings(entries: list[Entry]) -> Iterator[Lint]:
    for entry in entries:
        ways = {plain_words(text) for text in ways_to_ask(entry)}
        if len(ways) == 1:
            yield Lint(Kind.SINGLE_PHRASING, entry.id)


def _long_answers(entries: list[Entry]) -> Iterator[Lint]:
    """What checking the file does not refuse: an answer too long to stand under its own picture."""
    nobody = dict.fromkeys(CUSTOMER_FIELDS, "")
    for entry in entries:
        limit = LONGEST_CAPTION if entry.media else LONGEST_ANSWER
        longest = max((_length(fill_in(text, nobody)) for text in entry.answer.values()), default=0)
        if longest > limit:
            yield Lint(Kind.LONG_ANSWER, entry.id, params={"length": longest, "limit": limit})


def _length(html: str) -> int:
    """As Telegram counts: UTF-16 units without tags."""
    return len(plain(html).encode("utf-16-le")) // 2


def _expired(knowledge: Knowledge, now: datetime) -> Iterator[Lint]:
    for entry in knowledge.entries:
        if entry.hidden or entry.valid_until is None:
            continue
        if not replace(entry, valid_from=None, season=None).open_at(now):
            yield Lint(Kind.EXPIRED, entry.id, params={"day": f"{entry.valid_until:%Y-%m-%d}"})


def _missing_languages(entries: list[Entry]) -> Iterator[Lint]:
    """A language counts as spoken here if at least half of the entries with tables have it."""
    by_language = [entry for entry in entries if entry.answer and ANY not in entry.answer]
    spoken = {language for entry in by_language for language in entry.answer}
    usual = {
        language
        for language in spoken
        if 2 * sum(language in entry.answer for entry in by_language) >= len(by_language)
    }
    for entry in by_language:
        if missing := sorted(usual - {*entry.answer}):
            yield Lint(Kind.MISSING_LANGUAGE, entry.id, params={"language": ", ".join(missing)})


def _unwanted(entries: list[Entry], usage: Usage, now: datetime) -> Iterator[Lint]:
    """Never asked for, or asked for and mostly handed to a person all the same."""
    began = usage.began()
    if began is None:
        return
    days = min(UNUSED_AFTER, now - began).days
    used = usage.since(now - UNUSED_AFTER)
    for entry in entries:
        use = used.get(entry.id, Use())
        if use.asked == 0 and days >= _SETTLING_IN.days:
            yield Lint(Kind.NEVER_USED, entry.id, params={"n": days})
        if use.asked >= _ENOUGH_ASKED and 2 * use.escalated >= use.asked:
            yield Lint(Kind.UNHELPFUL, entry.id, params={"asked": use.asked, "escalated": use.escalated})
