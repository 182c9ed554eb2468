"""Whom a press or words are for, and who may."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.conversation import Press, number, taken

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "action", "words"),
    [
        ("kb:show:refund", "show", ("refund",)),
        ("incident:severity:0af3:red", "severity", ("0af3", "red")),
        ("prop:list", "list", ()),
        ("prop:add:²", "add", ("",)),
        ("kb:show:два слова", "show", ("",)),
    ],
)
def test_a_press_is_read_once(data: str, action: str, words: tuple[str, ...]) -> None:
    press = Press.read(data, 7)
    assert press is not None
    assert (press.action, press.words, press.message_id) == (action, words, 7)


@pytest.mark.parametrize("data", ["", "kb", "kb:" + "x" * 64])
def test_what_no_button_says_is_no_press(data: str) -> None:
    assert Press.read(data, 7) is None


@pytest.mark.parametrize("word", ["", "-1", "²", "1e3", " 1", "1_000", "٣", "9" * 19])
def test_only_numbers_a_database_can_hold(word: str) -> None:
    assert number(word) is None
    assert number("9" * 18) == 10**18 - 1


class Asking:
    """Waits for a word, perhaps only for one."""

    def __init__(self, since: datetime | None, *wanted: str) -> None:
        self.since, self.wanted, self.heard = since, wanted, list[str]()

    def asked_at(self, who: str) -> datetime | None:
        return self.since

    def hear(self, who: str, words: str) -> bool:
        mine = not self.wanted or words in self.wanted
        self.heard += [f"{who}: {words}"] * mine
        return mine


def test_whoever_asked_last_hears_first() -> None:
    first, last, never = Asking(NOON), Asking(NOON + timedelta(minutes=1), "да"), Asking(None)
    listeners = [(each, "Анна") for each in (first, last, never)]
    assert taken(listeners, "да")
    assert (first.heard, last.heard, never.heard) == ([], ["Анна: да"], [])
    assert taken(listeners, "красный"), "what the last one does not want goes to who asked before"
    assert first.heard == ["Анна: красный"]
    assert not taken([(never, "Анна")], "да")
