"""A plain group: who replies to a message of ours that belongs to nobody hears it; talk is left alone."""

import asyncio

import pytest

from sandbox import Operator
from sandbox.chats import Message
from sandbox.people.looking import words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.talk import FIRST, talking
from tests.stories.talks.test_what_is_kept import gone, kept

WORD = "Это осталось в группе"
REPLY = "снимите чехол"


async def told(oleg: Operator, about: Message) -> None:
    """He reads that this message went to nobody."""
    line = await oleg.sees(None, WORD)
    assert line["reply_to_message"]["message_id"] == about["message_id"]


async def said(scene: Scene, oleg: Operator) -> int:
    """How often it stands in the group once all is handled."""
    last = await oleg.says_in_general("/help")
    shown = await oleg.sees(None, "/take")
    assert shown["reply_to_message"]["message_id"] == last["message_id"]
    return sum(WORD in words(each) for each in await oleg.reads(None))


async def test_a_reply_to_a_message_of_the_bot_s_own_gets_a_word_each_time(set_up: SetUp) -> None:
    """Right after a start, when nobody knows yet whether the group has topics."""
    async with set_up(forum=False) as scene, scene.at_work():
        oleg = scene.operator("Олег")
        await oleg.says_in_general("/help")
        ours = await oleg.sees(None, "/take")
        for text in ("так задумано", "ещё раз"):
            await told(oleg, await oleg.replies(None, text, to=ours))


async def test_a_reply_to_what_is_kept_no_longer_gets_a_word(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up(forum=False, retention={"messages_days": 30}) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says(FIRST)
            hers = await oleg.sees(None, FIRST)
            await oleg.replies(None, "/close silent", to=hers)
            async with asyncio.timeout(30):
                while not kept(scene, "tickets WHERE closed_at IS NOT NULL"):  # noqa: ASYNC110 - rings no bell
                    await asyncio.sleep(0.02)
        clock.passes(days=40)
        async with scene.at_work():
            await gone(scene)
            await told(oleg, await oleg.replies(None, REPLY, to=hers))
            assert all(REPLY not in words(each) for each in await anna.reads())


async def test_after_a_new_beginning_replies_to_former_messages_get_a_word(set_up: SetUp) -> None:
    async with set_up(forum=False) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says(FIRST)
            hers = await oleg.sees(None, FIRST)
        for each in scene.folder.glob("otklik.db*"):
            each.unlink()
        async with scene.at_work():
            await told(oleg, await oleg.replies(None, REPLY, to=hers))


async def test_an_album_gets_one(set_up: SetUp) -> None:
    async with set_up(forum=False, desk={"album_wait_seconds": 0.5}) as scene, scene.at_work():
        oleg = scene.operator("Олег")
        await oleg.says_in_general("/help")
        ours = await oleg.sees(None, "/take")
        await oleg.sends_album(["photo"] * 4, to=ours)
        await oleg.sees(None, WORD)
        assert await said(scene, oleg) == 1


async def test_talk_and_notes_stay_unanswered(set_up: SetUp) -> None:
    async with talking(set_up, forum=False) as talk:
        oleg, vera = talk.oleg, talk.scene.operator("Вера")
        theirs = await vera.says_in_general("кто сегодня дежурит?")
        mine = await oleg.replies(None, "я", to=theirs)
        await oleg.replies(None, "до шести", to=mine)
        await oleg.says_in_general("/help")
        ours = await oleg.sees(None, "/take")
        await oleg.replies(None, "// это для новеньких", to=ours)
        assert await said(talk.scene, oleg) == 0


async def test_in_a_forum_general_is_for_talk(set_up: SetUp) -> None:
    async with set_up() as scene, scene.at_work():
        oleg = scene.operator("Олег")
        await oleg.says_in_general("/help")
        ours = await oleg.sees(None, "/take")
        await oleg.replies(None, "понятно", to=ours)
        assert await said(scene, oleg) == 0
