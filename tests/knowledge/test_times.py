"""Entries for some time of the year, for some customers, or for people to answer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from faq.files.loading import load_knowledge
from tests.knowledge.shelf import load, said, write

ENTRY = "- {{id: a, question: Q, answer: A, {0}}}"


@pytest.mark.parametrize(
    ("line", "now", "is_open"),
    [
        ("season: 12-01..01-15", "2030-12-01T00:00", True),
        ("season: 12-01..01-15", "2031-01-15T23:59", True),
        ("season: 12-01..01-15", "2031-01-16T00:00", False),
        ("season: 12-01..01-15", "2030-11-30T23:59", False),
        ("season: 06-15..06-15", "2030-06-15T12:00", True),
        ("season: 02-29..03-08", "2031-02-28T12:00", False),
        ("season: 02-29..03-08", "2031-03-01T12:00", True),
        ("valid_from: 2030-06-15", "2030-06-14T23:59", False),
        ("valid_from: 2030-06-15", "2030-06-15T00:00", True),
        ("valid_from: 2030-06-15T13:00", "2030-06-15T12:59", False),
        ("valid_from: 2030-06-15T13:00+03:00", "2030-06-15T10:00", True),
        ("valid_from: 2030-06-15, valid_until: 2030-06-16", "2030-06-16T23:00", True),
        ("season: 06-01..06-30, hidden: true", "2030-06-15T12:00", False),
        ("season: 06-01..06-30, valid_until: 2030-06-10", "2030-06-15T12:00", False),
    ],
)
def test_each_in_its_time(tmp_path: Path, line: str, now: str, is_open: bool) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    knowledge = load_knowledge([write(tmp_path, ENTRY.format(line))], lambda: moment)
    assert knowledge.is_open(knowledge.entries[0]) is is_open
    assert [one.id for one in knowledge.offered("ru")] == ["a"] * is_open
    assert [section.name for section in knowledge.sections("ru")] == [""] * is_open


@pytest.mark.parametrize(
    ("languages", "offered"),
    [
        ("en", {"en", "en-GB"}),
        ("[ru, en]", {"ru", "en", "en-GB", "ru_RU"}),
        ("[pt-br]", {"pt-BR"}),
    ],
)
def test_each_to_its_customers(tmp_path: Path, languages: str, offered: set[str]) -> None:
    knowledge = load(tmp_path, ENTRY.format(f"languages: {languages}"))
    asked = ("ru", "en", "en-GB", "ru_RU", "pt", "pt-BR", "uk")
    assert {language for language in asked if knowledge.offered(language)} == offered
    assert {language for language in asked if knowledge.sections(language)} == offered
    assert knowledge.get("a") is not None


def test_a_question_for_people_needs_no_answer(tmp_path: Path) -> None:
    knowledge = load(tmp_path, "- {id: a, question: Q, call_person: true, sure: 0.6}")
    entry = knowledge.entries[0]
    assert (entry.call_person, entry.answer_in("ru"), entry.sure) == (True, "", 0.6)
    assert said(tmp_path, "- {id: a, question: Q, call_person: false}") == [
        "faq.yaml, line 1, entry a: 'answer' is missing"
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("season: winter", "'season' must be days of every year such as 12-01..01-15"),
        ("season: 13-01..01-15", "'season' must be days of every year"),
        ("season: 02-30..03-01", "'season' must be days of every year"),
        ("valid_from: soon", "'valid_from' must be a date"),
        ("valid_from: 2030-02-02, valid_until: 2030-02-01", "'valid_until' comes before 'valid_from'"),
        ("sure: high", "'sure' must be a number from 0 to 1"),
        ("sure: 85", "'sure' must be a number from 0 to 1"),
        ("sure: nan", "'sure' must be a number from 0 to 1"),
        ("call_person: maybe", "'call_person' must be true or false"),
        ("languages: [Русский]", "'Русский' in 'languages' is not a language code"),
        ("languages: []", "'languages' is empty"),
        ("languages: ", "'languages' is empty"),
        ("languages: {ru: en}", "'languages' must be a list"),
        ("media: 'telegram:sticker:abc'", "'telegram:sticker:abc' is no file of Telegram's"),
        ("media: 'telegram:photo:'", "is no file of Telegram's"),
        ('category: "a\\0b"', "'category' has a sign that cannot be seen, U+0000"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, line: str, told: str) -> None:
    (problem,) = said(tmp_path, ENTRY.format(line))
    assert told in problem


def test_what_a_manager_sent_is_named_by_its_kind_and_id(tmp_path: Path) -> None:
    knowledge = load(tmp_path, ENTRY.format("media: 'telegram:video:BAAC-_1'"))
    assert knowledge.entries[0].attachment() == "telegram:video:BAAC-_1"
