"""The files may be edited while the bot runs: a change is heard once, a broken file is said once."""

import os
from pathlib import Path

import pytest

from faq.files.source import FilesBroken, FilesRead, FilesUnchanged, Source
from tests.knowledge.shelf import write

FIRST = "- {id: refund, question: Как вернуть деньги?, answer: Вот так}\n"
SECOND = FIRST + "- {id: hours, question: Когда вы работаете?, answer: Всегда}\n"
BROKEN = FIRST + "- {id: hours, question: Когда вы работаете?}\n"


def heard(source: Source) -> list[str]:
    found = source.look()
    assert isinstance(found, FilesRead)
    return [each.entry_id for each in found.said]


def test_a_change_is_heard_once(tmp_path: Path) -> None:
    source = Source([write(tmp_path, FIRST)])
    assert heard(source) == ["refund"]
    assert source.look() == FilesUnchanged()
    write(tmp_path, SECOND)
    assert heard(source) == ["refund", "hours"]
    assert source.look() == FilesUnchanged()


def test_what_is_said_is_the_entry_as_data_and_the_file_s_name(tmp_path: Path) -> None:
    found = Source([write(tmp_path, FIRST)]).look()
    assert isinstance(found, FilesRead)
    (said,) = found.said
    assert said.file == "faq.yaml"
    assert said.body == {"id": "refund", "question": "Как вернуть деньги?", "answer": "Вот так"}


def test_a_change_of_the_same_size_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    os.utime(path, (1, 1))
    source = Source([path])
    source.look()
    write(tmp_path, FIRST.replace("Вот так", "Вот сяк"))
    assert heard(source) == ["refund"]


def test_a_broken_version_is_told_once(tmp_path: Path) -> None:
    source = Source([write(tmp_path, BROKEN)])
    found = source.look()
    assert isinstance(found, FilesBroken)
    assert [str(each) for each in found.problems] == ["faq.yaml, line 2, entry hours: 'answer' is missing"]
    assert source.look() == FilesUnchanged()
    write(tmp_path, SECOND)
    assert heard(source) == ["refund", "hours"]


@pytest.mark.parametrize("text", ["", "- id: refund\n  question: [", "- text"])
def test_a_half_written_file_says_nothing(tmp_path: Path, text: str) -> None:
    assert isinstance(Source([write(tmp_path, text)]).look(), FilesBroken)


def test_a_file_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    source = Source([path])
    source.look()
    path.unlink()
    assert isinstance(source.look(), FilesBroken)
    write(tmp_path, FIRST)
    assert heard(source) == ["refund"]


def test_what_could_not_be_kept_is_heard_again(tmp_path: Path) -> None:
    source = Source([write(tmp_path, FIRST)])
    source.look()
    source.forget()
    assert heard(source) == ["refund"]


def test_one_of_two_files_is_enough_and_both_speak(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    first, second = write(tmp_path, FIRST), write(tmp_path / "more", SECOND.partition("\n")[2])
    source = Source([first, second])
    assert heard(source) == ["refund", "hours"]
    assert source.folders == (tmp_path, tmp_path / "more")
    second.write_text("- {id: refund, question: Q, answer: A}", "utf-8")
    assert isinstance(source.look(), FilesBroken)


def test_words_of_the_glossary_are_heard_with_the_entries(tmp_path: Path) -> None:
    words = tmp_path / "glossary.yaml"
    words.write_text("- [карта, пластик]\n", "utf-8")
    source = Source([write(tmp_path, FIRST)], [words])
    found = source.look()
    assert isinstance(found, FilesRead)
    assert found.glossary.groups == (("карта", "пластик"),)
    words.write_text("- [карта]\n", "utf-8")
    assert isinstance(source.look(), FilesBroken)
    assert Source([]).is_empty
    assert not source.is_empty
