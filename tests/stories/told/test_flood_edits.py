"""Of messages that a flood joined to one each can be edited: its own words change, and nobody else's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from desk.content import Content
from desk.joined import reworded
from sandbox import Customer, Operator
from sandbox.chats import Message, Topic
from tests.faults.database import comes_to, inbox
from tests.faults.sights import called
from tests.stories.conftest import Scene, SetUp
from tests.stories.looks import pieces
from tests.stories.told.conftest import WITHIN

SAID = [f"слово {n} 🙂" for n in range(30)]


@dataclass
class Flood:
    """What Anna has sent far too much of, and the copy that shows it."""

    scene: Scene
    anna: Customer
    oleg: Operator
    topic: Topic
    said: list[Message]
    copy: Message

    async def shows(self, *words: str) -> None:
        """The copy says this now, and the group has no further one of it."""
        await comes_to(self.scene, lambda: self.copy["text"].split("\n"), list(words))

    async def others(self) -> list[str]:
        """What the bot has carried into the topic besides."""
        shown = await self.oleg.reads(self.topic)
        return [each["text"] for each in shown if each["message_id"] > self.copy["message_id"]]


@pytest.fixture
async def flood(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Flood]:
    monkeypatch.setattr("bot.engine.backlog.FAR", 20)
    async with set_up() as scene:
        scene.limits |= {"person_burst": 1, "person_per_second": 0.01}
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
        said = [await anna.says(word) for word in SAID]
        async with scene.at_work():
            copy = await oleg.sees(topic, SAID[-1])
            await comes_to(scene, lambda: set(inbox(scene)), {"handled"}, within=WITHIN)
            lines = copy["text"].split("\n")
            yield Flood(scene, anna, oleg, topic, said[len(said) - len(lines) :], copy)


async def test_any_of_them_is_found_and_its_words_alone_change(flood: Flood) -> None:
    words = flood.copy["text"].split("\n")
    assert len(words) > 5, "what was read as one is shown as one"
    last = len(words) - 1
    changes = (3, "другое 🙂🙂", "b"), (0, "первое", "u"), (last, "последнее", "i"), (3, "и снова", "s")
    for place, word, look in changes:
        await flood.anna.edits(flood.said[place], html=f"<{look}>{word}</{look}>")
        words[place] = word
        await flood.shows(*words)
    assert pieces(flood.copy, "italic") == ["последнее"]
    assert pieces(flood.copy, "underline") == ["первое"]
    assert pieces(flood.copy, "bold") == []
    assert await flood.others() == []


async def test_what_there_is_no_room_for_stands_below_once(flood: Flood) -> None:
    before = flood.copy["text"]
    for word in ("очень " * 650, "совсем " * 580):
        await flood.anna.edits(flood.said[3], word)
        await flood.oleg.sees(flood.topic, word.strip())
    assert flood.copy["text"] == before
    assert len(await flood.others()) == 1


def whole(*texts: str) -> Content:
    return Content(text="\n".join(texts), parts=tuple((n, len(text)) for n, text in enumerate(texts)))


def test_what_it_cannot_hold_is_not_forced_into_it() -> None:
    picture = Content(kind="photo", file_id="x", text="вот")
    assert reworded(whole("раз", "два"), 1, picture) is None
    assert reworded(whole("раз", "два"), 1, Content(text="я" * 4093)) is None
    assert reworded(Content(text="раз и два", parts=((0, 3), (1, 3))), 1, Content(text="три")) is None


def test_what_was_not_joined_is_edited_as_ever() -> None:
    new = Content(text="три")
    assert reworded(Content(text="раз"), 5, new) is new
    assert reworded(whole("раз", "два"), 5, new) is new
