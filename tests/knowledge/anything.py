"""Entries of every kind, for properties that hold for all of them."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from faq.entries.entry import ANY, Entry
from faq.entries.season import Season

TEXT = (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"), min_size=1)
    .map(str.strip)
    .filter(bool)
)
LANGUAGES = st.sampled_from(["ru", "en", "uk", "no", "pt-br"])
DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))


def in_languages(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.one_of(
        texts.map(lambda text: {ANY: text}), st.dictionaries(LANGUAGES, texts, min_size=1, max_size=3)
    )


def plain_answer(text: str) -> str:
    return text.replace("{", "(").replace("<", "(").replace("&", "+")


ANSWERED = {
    "id": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True),
    "category": st.one_of(st.just({}), in_languages(TEXT)),
    "question": in_languages(TEXT),
    "phrasings": st.dictionaries(LANGUAGES, st.lists(TEXT, min_size=1, max_size=3).map(tuple), max_size=2),
    "answer": in_languages(TEXT.map(plain_answer)),
    "media": st.sampled_from([None, "https://example.com/a.png", "telegram:photo:AgACAgIAAx-_7"]),
    "valid_from": st.sampled_from([None, date(2029, 12, 1), datetime(2029, 12, 1, 9, 0, tzinfo=UTC)]),
    "valid_until": st.sampled_from([None, date(2030, 1, 1), datetime(2030, 1, 1, 10, 30, tzinfo=UTC)]),
    "season": st.none() | st.builds(Season, DAYS, DAYS),
    "languages": st.lists(LANGUAGES, max_size=2, unique=True).map(tuple),
    "sure": st.none() | st.floats(0, 1),
    "call_person": st.booleans(),
    "hidden": st.booleans(),
}
FOR_PEOPLE = {**ANSWERED, "answer": st.just({}), "call_person": st.just(True)}

ENTRIES = st.one_of(st.builds(Entry, **ANSWERED), st.builds(Entry, **FOR_PEOPLE))
