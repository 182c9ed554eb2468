"""What cannot be carried is forwarded to the operators if Telegram lets bots do that, else it is said."""

from typing import Any

from sandbox.chats import Message
from tests.stories.conftest import SetUp
from tests.stories.talk import Talk, talking

CHAT = {"id": -1009900000001, "type": "channel", "title": "Витрина"}
STAR = {"type": "preview", "width": 320, "height": 200, "duration": 3}
GAME_PHOTO = {"file_id": "sample", "file_unique_id": "sample", "width": 90, "height": 90}
UNUSUAL: dict[str, dict[str, Any]] = {
    "story": {"chat": CHAT, "id": 7},
    "paid_media": {"star_count": 5, "paid_media": [STAR]},
    "game": {"title": "Зонтики", "description": "игра", "photo": [GAME_PHOTO]},
    "checklist": {"title": "Проверить", "tasks": [{"id": 1, "text": "ручку"}]},
    "giveaway": {"chats": [CHAT], "winners_selection_date": 2_000_000_000, "winner_count": 1},
    "invoice": dict.fromkeys(("title", "description", "start_parameter"), "счёт")
    | {"currency": "XTR", "total_amount": 5},
}
UNCOPYABLE = ("paid_media", "giveaway", "invoice")


async def test_unusual_messages_reach_the_operators_as_they_are(talk: Talk) -> None:
    for kind, what in UNUSUAL.items():
        await talk.anna.sends({kind: what})
        seen = await talk.oleg.sees_kind(talk.topic, kind)
        assert seen[kind] == what
    await talk.settled()
    await talk.replies("видим!", to=seen)
    await talk.anna.sees("видим!")


async def test_operators_hear_what_did_not_reach_the_customer(talk: Talk) -> None:
    _, last = await talk.carried("пришлю")
    for kind in UNCOPYABLE:
        await talk.oleg.sends({kind: UNUSUAL[kind]}, talk.topic, to=talk.to)
        line = await talk.oleg.sees(talk.topic, "Не доставлено: Telegram отказал")
        if not talk.scene.forum:
            assert "Анна" in line["text"], "without topics a line says whom it is about"
    await talk.oleg.sends({"story": UNUSUAL["story"]}, talk.topic, to=talk.to)
    await talk.anna.sees_kind("story")
    assert [kinds(each) for each in await talk.from_oleg(last)] == [["story"]]
    assert "forward_origin" not in (await talk.from_oleg(last))[0]


async def test_what_nobody_may_pass_on_is_said_to_both(talk: Talk) -> None:
    await talk.anna.sends({"story": UNUSUAL["story"], "has_protected_content": True})
    await talk.anna.sees("Такое сообщение передать не получилось")
    line = await talk.oleg.sees(talk.topic, "Клиент прислал то, что Telegram не дал передать")
    assert ("Анна" in line["text"]) is not talk.scene.forum
    await talk.anna.says("тогда словами: он поёт")
    await talk.oleg.sees(talk.topic, "тогда словами: он поёт")


async def test_several_lost_at_once_are_said_once_on_each_side(talk: Talk) -> None:
    before = (await talk.anna.reads())[-1]
    for _ in range(3):
        await talk.anna.sends({"story": UNUSUAL["story"], "has_protected_content": True})
    line = await talk.oleg.sees(talk.topic, "Клиент прислал 3 сообщения, которые Telegram не дал передать")
    assert ("Анна" in line["text"]) is not talk.scene.forum
    await talk.anna.sees("Не получилось передать 3 ваших сообщения")
    await talk.settled()
    notices = [each for each in await talk.from_oleg(before) if "передать" in each["text"]]
    assert len(notices) == 1
    assert len([each for each in await talk.group() if "не дал передать" in each.get("text", "")]) == 1


async def test_three_replies_that_a_customer_lets_nobody_send_are_said_once(talk: Talk) -> None:
    await talk.anna.blocks()
    for number in range(3):
        await talk.replies(f"ответ {number}")
    await talk.oleg.sees(talk.topic, "Не доставлены 3 сообщения: клиент заблокировал бота.")
    lines = [each for each in await talk.group() if "Не доставлен" in each.get("text", "")]
    assert len(lines) == 1


async def test_a_protected_group_says_what_it_keeps(talk: Talk) -> None:
    talk.scene.group.protected = True
    await talk.oleg.sends_dice(talk.topic, to=talk.to)
    await talk.oleg.sees(talk.topic, "Не доставлено: Telegram отказал")
    his = await talk.oleg.sends_photo(talk.topic, caption="а снимок дойдёт", to=talk.to)
    await talk.anna.sees_photo("а снимок дойдёт")
    await talk.delivered(his)


async def test_a_customer_who_takes_no_voice_messages_gets_none_and_it_is_said(talk: Talk) -> None:
    talk.anna.account.accepts_voice = False
    await talk.oleg.sends_voice(talk.topic, to=talk.to)
    await talk.oleg.sees(talk.topic, "Не доставлено: Telegram отказал")
    await talk.carried("тогда напишу")


async def test_a_kind_nobody_knows_yet_is_not_taken_for_nothing(set_up: SetUp) -> None:
    async with talking(set_up, forum=True) as talk:
        await talk.anna.sends({"hologram": {"depth": 3}})
        seen = await talk.oleg.sees_kind(talk.topic, "forward_origin")
        assert seen["forward_origin"]["sender_user"]["id"] == talk.anna.id


def kinds(message: Message) -> list[str]:
    """Which of the unusual kinds it is."""
    return [kind for kind in UNUSUAL if kind in message]
