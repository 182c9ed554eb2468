"""How a text is said: escaped, counted, in the language of whoever reads it; and time in words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from locales import MissingTextError, Texts, catalogue, long_texts

TEXTS = Texts()
NBSP = "\xa0"


SAMPLE = """
msgid "test.rating"
msgstr "Оценка: <b>{rating}</b>"

msgid "test.letter"
msgstr "{name}, здравствуйте!"
"""


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Texts]:
    """Texts of this test's own in place of ours, the time in words kept."""
    ours = (catalogue.HOME / "ru" / "LC_MESSAGES" / "otklik.po").read_text("utf-8")
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "otklik.po").write_text(ours + SAMPLE, "utf-8")
    (tmp_path / "templates" / "ru").mkdir(parents=True)
    template = '<b>{{ name }}</b>: {{ say("time.minutes", n=n) }}\n'
    (tmp_path / "templates" / "ru" / "test.long.j2").write_text(template, "utf-8")
    monkeypatch.setattr(catalogue, "HOME", tmp_path)
    monkeypatch.setattr(long_texts, "HOME", tmp_path / "templates")
    for cached in (catalogue.catalogue, long_texts.keys):
        cached.cache_clear()
    yield Texts()
    for cached in (catalogue.catalogue, long_texts.keys):
        cached.cache_clear()


def test_what_a_person_is_called_cannot_become_markup(texts: Texts) -> None:
    assert texts.say("test.rating", "ru", rating="<Анна> & Ко") == "Оценка: <b>&lt;Анна&gt; &amp; Ко</b>"


def test_one_text_goes_into_another_without_being_escaped_again(texts: Texts) -> None:
    inner = texts.say("test.rating", "ru", rating="<5>")
    assert texts.say("test.letter", "ru", name=inner) == "Оценка: <b>&lt;5&gt;</b>, здравствуйте!"
    assert texts.say("test.letter", "ru", name=Markup("<i>x</i>")) == "<i>x</i>, здравствуйте!"


def test_a_plain_text_is_left_as_it_is(texts: Texts) -> None:
    assert texts.plain("test.letter", "ru", name="<Анна>") == "<Анна>, здравствуйте!"


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("ru", 1, "1 минута"),
        ("ru", 2, "2 минуты"),
        ("ru", 5, "5 минут"),
        ("ru", 11, "11 минут"),
        ("ru", 21, "21 минута"),
        ("en", 1, "1 minute"),
        ("en", 2, "2 minutes"),
    ],
)
def test_what_is_counted_agrees_with_its_number(language: str, n: int, said: str) -> None:
    assert TEXTS.say("time.minutes", language, n=n).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("key", "params", "reason"),
    [
        ("test.no_such_text", {}, "test.no_such_text"),
        ("test.rating", {}, "test.rating.*rating"),
        ("test.long", {"n": 2}, "test.long.*name"),
        ("time.minutes", {}, "time.minutes.* n"),
        ("time.minutes", {"n": "5"}, "time.minutes.* n"),
    ],
)
def test_a_text_that_cannot_be_said_is_an_error_with_its_key(
    texts: Texts, key: str, params: dict[str, object], reason: str
) -> None:
    with pytest.raises(MissingTextError, match=reason):
        texts.say(key, "ru", **params)
    with pytest.raises(KeyError):
        texts.plain(key, "ru", **params)


def test_a_language_we_do_not_speak_is_an_error() -> None:
    with pytest.raises(MissingTextError, match="no such language"):
        TEXTS.say("time.clock", "de")


@pytest.mark.parametrize(
    ("code", "language"),
    [("ru", "ru"), ("ru-RU", "ru"), ("EN_us", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_a_customer_gets_the_nearest_language_we_have(code: str | None, language: str) -> None:
    assert TEXTS.best(code, default="en") == language


def test_a_long_text_is_said_through_the_same_door(texts: Texts) -> None:
    said = texts.say("test.long", "ru", name="<Анна>", n=2)
    assert said == f"<b>&lt;Анна&gt;</b>: 2{NBSP}минуты"
    assert texts.plain("test.long", "ru", name="<Анна>", n=2) == f"<b><Анна></b>: 2{NBSP}минуты"


@pytest.mark.parametrize(
    ("minutes", "russian", "english"),
    [
        (0, "1 минута", "1 minute"),
        (5, "5 минут", "5 minutes"),
        (60, "1 час", "1 hour"),
        (80, "1 ч 20 мин", "1 h 20 min"),
        (1440, "1 день", "1 day"),
        (3000, "2 д 2 ч", "2 d 2 h"),
    ],
)
def test_a_spell_of_time_in_words(minutes: int, russian: str, english: str) -> None:
    length = timedelta(minutes=minutes)
    assert TEXTS.spell("ru", length).replace(NBSP, " ") == russian
    assert TEXTS.spell("en", length).replace(NBSP, " ") == english


@pytest.mark.parametrize(
    ("when", "russian", "english"),
    [
        ("2026-03-09 18:30", "вчера в 18:30", "yesterday at 6:30 PM"),
        ("2026-03-10 15:00", "сегодня в 15:00", "today at 3:00 PM"),
        ("2026-03-11 09:00", "завтра в 9:00", "tomorrow at 9:00 AM"),
        ("2026-03-13 09:00", "в пятницу в 9:00", "on Friday at 9:00 AM"),
        ("2026-03-17 09:00", "17 марта в 9:00", "on 17 March at 9:00 AM"),
        ("2027-01-02 09:00", "2 января 2027 г. в 9:00", "on 2 January 2027 at 9:00 AM"),
    ],
)
def test_a_moment_in_words(when: str, russian: str, english: str) -> None:
    now = datetime.fromisoformat("2026-03-10 12:00+03:00")
    then = datetime.fromisoformat(when + "+03:00")
    assert TEXTS.moment("ru", then, now).replace(NBSP, " ") == russian
    assert TEXTS.moment("en", then, now).replace(NBSP, " ") == english
