"""What could be better in a knowledge base that is in order: twins, gaps, and what nobody needs or likes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from faq.entries.answer import CUSTOMER_FIELDS, fill_in
from faq.entries.entry import ANY, Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.entries.telegram_html import plain
from faq.judging.contradictions import contradictions
from faq.judging.flaws import Flaw, FlawKind, Rebuild, Usage, Use, plain_words, shortened
from faq.judging.twins import twins
from faq.matching.match import Matcher
from faq.matching.matcher import build, settled

UNUSED_AFTER = timedelta(days=90)
"""An entry nobody asked for in this time may be a question nobody has."""

LONGEST_ANSWER, LONGEST_CAPTION = 4096, 1024
"""What Telegram takes in a message, and under a picture."""

_SETTLING_IN = timedelta(days=14)
_ENOUGH_ASKED = 5


def lint(
    knowledge: Knowledge,
    matcher: Matcher,
    usage: Usage | None = None,
    now: datetime | None = None,
    *,
    rebuild: Rebuild | None = None,
) -> tuple[Flaw, ...]:
    """Everything worth a look, the worst kinds first.

    It takes seconds for a thousand entries: call it in a thread. Twins are looked for with matchers made
    anew by `rebuild`, each without some of the phrasings; by default they are what
    faq.matching.matcher makes with the thresholds of the given one.
    """
    moment = now or knowledge.now()
    open_entries = [entry for entry in knowledge.entries if entry.open_at(moment)]
    found = [
        *_same_phrasings(open_entries),
        *twins(open_entries, rebuild or partial(build, thresholds=settled(matcher))),
        *contradictions(open_entries, matcher),
        *_single_phrasings(open_entries),
        *_long_answers(open_entries),
        *_expired(knowledge, moment),
        *_missing_languages(open_entries),
        *(_unwanted(open_entries, usage, moment) if usage else ()),
    ]
    order = list(FlawKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _same_phrasings(entries: list[Entry]) -> Iterator[Flaw]:
    """Word for word the same in two entries: whichever comes first is luck."""
    first: dict[str, Entry] = {}
    told: set[tuple[str, str]] = set()
    for entry in entries:
        for text in ways_to_ask(entry):
            same = first.setdefault(plain_words(text), entry)
            if same is not entry and (same.id, entry.id) not in told:
                told.add((same.id, entry.id))
                yield Flaw(FlawKind.SAME_PHRASING, same.id, entry.id, {"example": shortened(text)})


def _single_phrasings(entries: list[Entry]) -> Iterator[Flaw]:
    for entry in entries:
        ways = {plain_words(text) for text in ways_to_ask(entry)}
        if len(ways) == 1:
            yield Flaw(FlawKind.SINGLE_PHRASING, entry.id)


def _long_answers(entries: list[Entry]) -> Iterator[Flaw]:
    """What checking the file does not refuse: an answer too long to stand under its own picture."""
    nobody = dict.fromkeys(CUSTOMER_FIELDS, "")
    for entry in entries:
        limit = LONGEST_CAPTION if entry.media else LONGEST_ANSWER
        longest = max((_length(fill_in(text, nobody)) for text in entry.answer.values()), default=0)
        if longest > limit:
            yield Flaw(FlawKind.LONG_ANSWER, entry.id, params={"length": longest, "limit": limit})


def _length(html: str) -> int:
    """As Telegram counts a text: characters without tags."""
    return len(plain(html))


def _expired(knowledge: Knowledge, now: datetime) -> Iterator[Flaw]:
    for entry in knowledge.entries:
        if entry.hidden or entry.valid_until is None:
            continue
        if not replace(entry, valid_from=None, season=None).open_at(now):
            yield Flaw(FlawKind.EXPIRED, entry.id, params={"day": f"{entry.valid_until:%Y-%m-%d}"})


def _missing_languages(entries: list[Entry]) -> Iterator[Flaw]:
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
            yield Flaw(FlawKind.MISSING_LANGUAGE, entry.id, params={"language": ", ".join(missing)})


def _unwanted(entries: list[Entry], usage: Usage, now: datetime) -> Iterator[Flaw]:
    """Never asked for, or asked for and mostly handed to a person all the same."""
    began = usage.began()
    if began is None:
        return
    days = min(UNUSED_AFTER, now - began).days
    used = usage.since(now - UNUSED_AFTER)
    for entry in entries:
        use = used.get(entry.id, Use())
        if use.asked == 0 and days >= _SETTLING_IN.days:
            yield Flaw(FlawKind.NEVER_USED, entry.id, params={"n": days})
        if use.asked >= _ENOUGH_ASKED and 2 * use.escalated >= use.asked:
            yield Flaw(FlawKind.UNHELPFUL, entry.id, params={"asked": use.asked, "escalated": use.escalated})
