"""Which entries give the same answer, so that it does not matter to a customer which of them was meant."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping

from faq.entries.entry import Entry, in_telegram, is_address
from faq.entries.telegram_html import plain

_LINK = re.compile(r"""href\s*=\s*["']?([^"'>\s]+)""", re.IGNORECASE)


def answer_of(entry: Entry) -> Hashable:
    """Equal for two entries with the same answer: texts by language, links, attachment, and who is called.

    Case, markup and spaces do not count. An entry without an answer has only itself.
    """
    if not entry.answer:
        return entry.id
    texts = {language: _read(text) for language, text in entry.answer.items()}
    said = tuple(texts.items()) if len(set(texts.values())) > 1 else next(iter(texts.values()))
    return said, _attached(entry), entry.call_person


def same_answers(entries: Iterable[Entry]) -> tuple[int, ...]:
    """For each entry the number of the first that answers the same; for most that is its own.

    What more than half of them answer stands there until somebody writes more, and tells nothing apart:
    then each counts for itself.
    """
    answers = [answer_of(entry) for entry in entries]
    times = Counter(answers)
    first: dict[Hashable, int] = {}
    return tuple(
        first.setdefault(answer, number) if 2 * times[answer] <= len(answers) + 1 else number
        for number, answer in enumerate(answers)
    )


def duplicates(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """For each entry with the answer of another, by id: all that answer so, itself among them."""
    every = tuple(entry for entry in entries if not entry.hidden)
    groups: dict[int, list[str]] = defaultdict(list)
    for entry, number in zip(every, same_answers(every), strict=True):
        groups[number].append(entry.id)
    return {one: tuple(ids) for ids in groups.values() if len(ids) > 1 for one in ids}


def _read(text: str) -> tuple[str, ...]:
    """An answer as it is read, and where its links lead."""
    folded = unicodedata.normalize("NFKC", plain(text)).casefold()
    return (" ".join(folded.split()), *_LINK.findall(text))


def _attached(entry: Entry) -> Hashable:
    if entry.media is None or is_address(entry.media) or in_telegram(entry.media):
        return entry.media
    return entry.folder / entry.media
