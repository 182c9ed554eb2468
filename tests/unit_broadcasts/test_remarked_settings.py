"""otklik check remarks on what a configuration allows and its owner may not have meant, and fails nothing."""

from pathlib import Path

import pytest

from bot.config import load
from bot.config.remarks import remarks
from tests.ground.terminal import otklik
from tests.ground.test_config import DESK, write


def said(home: Path, more: str) -> list[tuple[str, str]]:
    return [(each.key, each.text) for each in remarks(load(write(home, DESK + more), {}))]


@pytest.mark.parametrize(
    ("more", "key", "text"),
    [
        ('two_person = "red"', "two_person", "config.no_second"),
        ('two_person = "always"\npublishers = {1002 = "publish"}', "two_person", "config.no_second"),
        ('two_person = "red"\nmanagers = [1001, 1001]', "two_person", "config.one_second"),
        ('two_person = "red"\npublishers = {1002 = "approve"}', "two_person", "config.one_second"),
        ('publishers = {1002 = "draft"}', "publishers.1002", "config.nobody_publishes"),
    ],
)
def test_where_nobody_could_press(tmp_path: Path, more: str, key: str, text: str) -> None:
    assert said(tmp_path, more) == [(f"desk.main.{key}", text)]


@pytest.mark.parametrize(
    "more",
    [
        "",
        "managers = [1001]",
        'two_person = "always"\nmanagers = [1001, 1002]',
        'two_person = "always"\nmanagers = [1001]\npublishers = {1002 = "approve"}',
        'managers = [1001]\npublishers = {1002 = "draft"}',
        'publishers = {1002 = "draft", 1003 = "publish"}',
    ],
)
def test_where_somebody_could_nothing_is_said(tmp_path: Path, more: str) -> None:
    assert said(tmp_path, more) == []


@pytest.mark.parametrize(
    ("two", "first", "severity", "covered"),
    [
        ("never", "true", "", False),
        ("red", "false", "red", False),
        ("red", "true", "red", True),
        ("red", "true", "yellow", False),
        ("always", "false", "red", False),
        ("always", "false", "yellow", True),
        ("always", "false", "", True),
        ("always", "true", "red", True),
    ],
)
def test_a_rule_that_passes_the_second_person(
    tmp_path: Path, two: str, first: str, severity: str, *, covered: bool
) -> None:
    people = f'managers = [1001, 1002]\ntwo_person = "{two}"\ntwo_person_first = {first}\n'
    rule = f'[[desk.main.alerts.rules]]\nseverity = "{severity}"\npublish = '
    expected = [("desk.main.alerts.rules[0].publish", "config.rule_passes_second")] if covered else []
    assert said(tmp_path, people + rule + "true") == expected
    assert said(tmp_path, people + rule + "false") == []


def test_at_the_terminal_it_is_a_line_and_no_failure(tmp_path: Path) -> None:
    write(tmp_path, DESK + 'two_person = "red"\nmanagers = [1001]')
    done = otklik("check", home=tmp_path, language="ru")
    assert done.code == 0
    [line] = done.lines
    assert line.startswith("замечание: desk.main.two_person: одобрить может только 1001")
