"""What is hard to read costs little more than what is not: the effort is counted, and it has an end."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, permutations

import pytest

from faq.language.effort import Effort
from faq.language.repair import Repair
from faq.language.typing_habits import Reading
from faq.matching.match import Match, Matcher, Sure
from faq.understanding.several import hear
from faq.understanding.small_talk import small_talk
from faq.understanding.wishes import wants_person
from tests.benches.hostile_texts import CLAUSES, HOSTILE, QUESTIONS, SAID

ANY = {name: make() for name, make in (HOSTILE | QUESTIONS | CLAUSES).items()}
MOST_MATCHES = 14
MOST_STEPS, MOST_IN_ALL = 1100, 2600
"""Letters and words to find out one thing of a text, and all: its pieces together may take as much again."""
MOST_EFFORTS = 5
"""Is a person wanted, is it small talk, what is asked as a whole and in pieces, and which are a greeting."""


class Counting:
    """A matcher that counts how often it is asked."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher, self.times = matcher, 0

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        self.times += 1
        return self._matcher.match(text, language, effort)

    def __getattr__(self, name: str) -> object:
        return getattr(self._matcher, name)


@contextmanager
def efforts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Effort]]:
    """All efforts that are made."""
    made: list[Effort] = []
    begin = Effort.__init__

    def watched(effort: Effort, glued: int, odd: int) -> None:
        begin(effort, glued, odd)
        made.append(effort)

    monkeypatch.setattr(Effort, "__init__", watched)
    yield made


@pytest.mark.parametrize("text", ANY.values(), ids=ANY)
def test_the_longest_and_worst_text_takes_a_bounded_effort(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    counting = Counting(matcher)
    with efforts(monkeypatch) as made:
        wants_person.__wrapped__(text)
        assert len(made) == 1, "one effort for all clauses of a text"
        small_talk.__wrapped__(text)
        hear(counting, text, "ru")  # type: ignore[arg-type]  # explain is passed on
    assert counting.times <= MOST_MATCHES
    assert len(made) <= MOST_EFFORTS
    assert max(each.spent for each in made) <= MOST_STEPS
    assert sum(each.spent for each in made) <= MOST_IN_ALL
    if text.startswith(ANY["glued lines"][:40]):
        assert counting.times == 1, "nobody writes several questions without spaces"


def test_a_text_of_nothing_but_commas_has_no_more_clauses_than_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    words = Repair.words

    def watched(repair: Repair, text: str, effort: Effort | None = None) -> object:
        asked.append(text)
        return words(repair, text, effort)

    monkeypatch.setattr(Repair, "words", watched)
    wants_person.__wrapped__(ANY["clauses of a letter"])
    assert len(asked) <= 101
    assert asked[-1].endswith(ANY["clauses of a letter"][-9:].split(", ")[-1])


def test_pieces_of_a_text_read_nothing_twice(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    once = Repair._read_once

    def watched(repair: Repair, token: str, likely: Reading, effort: Effort) -> object:
        read.append((repair, token, likely))
        return once(repair, token, likely, effort)

    monkeypatch.setattr(Repair, "_read_once", watched)
    heard = hear(matcher, "скольк стоит доствка в Казань? когда вы работаете в субботу вечером?", "ru")
    assert len(heard) == 2
    assert len(read) == len(set(read))


def test_the_rest_of_a_text_stays_as_it_was_typed() -> None:
    repair = Repair(SAID.split())
    text = " ".join(map("".join, islice(permutations(SAID.split(), 3), 40)))
    found = [word.text for word in repair.words(text)]
    assert found[:3] == ["хочу", "вернуть", "деньги"]
    assert found[-1] == text.split()[-1]
    assert len(found[-1]) > 12


@pytest.mark.parametrize(
    "text",
    [
        "сколькостоитдоставка",
        "скольк стоит доствка",
        "crjkmrj cnjbn ljcnfdrf",
        "skolko stoit dostavka",
    ],
)
def test_whoever_errs_as_people_do_is_understood(matcher: Matcher, text: str) -> None:
    found = hear(matcher, text, "ru")
    assert any(isinstance(each.match, Sure) or each.match.ranked for each in found)
    assert "delivery" in found[-1].match.ranked[0].entry.id
