"""The knowledge base may be edited while the bot runs."""

import os
from pathlib import Path

import pytest

from faq.knowledge import BrokenFaq
from faq.library import Broken, Library, Reloaded, Unchanged
from faq.match import NoMatch, Sure, Thresholds
from tests.knowledge.shelf import write

FIRST = "- {id: refund, question: Как вернуть деньги?, answer: Вот так}\n"
SECOND = FIRST + "- {id: hours, question: Когда вы работаете?, answer: Всегда}\n"
BROKEN = FIRST + "- {id: hours, question: Когда вы работаете?}\n"


def test_a_new_version_is_taken_over(tmp_path: Path) -> None:
    library = Library([write(tmp_path, FIRST)])
    assert isinstance(library.matcher.match("когда вы работаете", "ru"), NoMatch)
    write(tmp_path, SECOND)
    assert library.refresh() == Reloaded(2)
    assert isinstance(library.matcher.match("когда вы работаете", "ru"), Sure)
    assert library.knowledge.get("hours") is not None


def test_an_untouched_file_is_not_read_again(tmp_path: Path) -> None:
    library = Library([write(tmp_path, FIRST)])
    edition = library.edition
    assert library.refresh() == Unchanged()
    assert library.edition is edition


def test_a_change_of_the_same_size_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    os.utime(path, (1, 1))
    library = Library([path])
    write(tmp_path, FIRST.replace("Вот так", "Вот сяк"))
    assert library.refresh() == Reloaded(1)


def test_a_broken_version_is_told_once_and_the_good_one_stays(tmp_path: Path) -> None:
    library = Library([write(tmp_path, FIRST)])
    write(tmp_path, BROKEN)
    refreshed = library.refresh()
    assert isinstance(refreshed, Broken)
    assert [str(problem) for problem in refreshed.problems] == [
        "faq.yaml, line 2, entry hours: 'answer' is missing"
    ]
    assert library.refresh() == Unchanged()
    assert isinstance(library.matcher.match("как вернуть деньги", "ru"), Sure)
    write(tmp_path, SECOND)
    assert library.refresh() == Reloaded(2)


@pytest.mark.parametrize("text", ["", "- id: refund\n  question: [", "- text"])
def test_a_half_written_file_does_no_harm(tmp_path: Path, text: str) -> None:
    library = Library([write(tmp_path, FIRST)])
    write(tmp_path, text)
    assert isinstance(library.refresh(), Broken)
    assert library.knowledge.get("refund") is not None


def test_a_file_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    library = Library([path])
    path.unlink()
    assert isinstance(library.refresh(), Broken)
    assert library.knowledge.get("refund") is not None
    write(tmp_path, FIRST)
    assert library.refresh() == Reloaded(1)


def test_without_a_first_good_version_there_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(BrokenFaq, match="line 2, entry hours"):
        Library([write(tmp_path, BROKEN)])


def test_an_edition_in_hand_does_not_change(tmp_path: Path) -> None:
    library = Library([write(tmp_path, FIRST)])
    edition = library.edition
    write(tmp_path, SECOND)
    library.refresh()
    assert [one.id for one in edition.knowledge.entries] == ["refund"]
    assert isinstance(edition.matcher.match("как вернуть деньги", "ru"), Sure)


def test_thresholds_reach_the_matcher(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    strict = Library([path], Thresholds(sure=1.0, unsure=1.0))
    assert isinstance(strict.matcher.match("как вернуть деньги", "ru"), NoMatch)
