"""People in stories: what they can do, and how a failing story says what was seen instead."""

import asyncio

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from sandbox import Customer, Manager, Operator
from sandbox.accounts import Json
from tests.referee.front import HELPED, Desk


async def test_seeing_waits_and_every_message_is_seen_once(desk: Desk) -> None:
    await desk.anna.starts()
    await desk.bot.send_message(desk.anna.id, "Раз")
    asyncio.get_running_loop().call_later(
        0.05, lambda: asyncio.ensure_future(desk.bot.send_message(desk.anna.id, "Раз-два"))
    )
    first, second = await desk.anna.sees("Раз"), await desk.anna.sees("Раз")
    assert (first["text"], second["text"]) == ("Раз", "Раз-два")
    with pytest.raises(AssertionError, match=r"Анна does not see 'Раз'") as failed:
        await desk.anna.sees("Раз", within=0.05)
    assert "1 Анна: '/start'" in str(failed.value)
    assert "3 Support: 'Раз-два'" in str(failed.value)


async def test_an_edit_makes_a_message_new_to_the_eye(desk: Desk) -> None:
    await desk.anna.starts()
    said = await desk.bot.send_message(desk.anna.id, "Ждём")
    await desk.anna.sees("Ждём")
    await desk.anna.sees_nothing(0.05)
    await said.edit_text("Ждём и надеемся")
    assert (await desk.anna.sees("Ждём"))["text"] == "Ждём и надеемся"
    await desk.bot.send_message(desk.anna.id, "Эй")
    looking = asyncio.create_task(desk.anna.sees_nothing(5))
    await asyncio.sleep(0)
    await desk.bot.send_message(desk.anna.id, "Ау")
    with pytest.raises(AssertionError, match="sees something"):
        await looking


async def test_a_button_answers_spins_or_is_not_there(desk: Desk) -> None:
    await desk.anna.starts()
    await desk.bot.send_message(desk.anna.id, "Помогло?", reply_markup=HELPED)
    assert desk.anna.buttons() == ["Помогло"]

    async def answering(text: str | None) -> None:
        query = (await desk.bot.get_updates(timeout=2, offset=-1))[-1].callback_query
        assert query is not None
        assert isinstance(query.message, Message)
        await desk.bot.answer_callback_query(query.id, text)
        with pytest.raises(TelegramBadRequest, match="query is too old"):
            await desk.bot.answer_callback_query(query.id, "ещё раз")

    await desk.updates()
    answer = asyncio.create_task(answering("Спасибо!"))
    assert await desk.anna.presses("Помогло") == "Спасибо!"
    await answer
    with pytest.raises(AssertionError, match="keeps spinning"):
        await desk.anna.presses("Помогло", within=0.05)
    with pytest.raises(AssertionError, match=r"no button 'Жалоба'(.|\n)*\[Помогло\]"):
        await desk.anna.presses("Жалоба", within=0.05)


async def test_a_late_answer_is_refused_and_an_old_message_cannot_be_read(desk: Desk) -> None:
    await desk.anna.starts()
    said = await desk.bot.send_message(desk.anna.id, "Помогло?", reply_markup=HELPED)
    shown = desk.anna.chat.messages[said.message_id]
    await desk.updates()
    await desk.bot.delete_message(desk.anna.id, said.message_id)
    await desk.anna.touches("Помогло", on=shown)
    (query,) = await desk.updates("callback_query")
    assert query["message"]["date"] == 0, "it is inaccessible by now"
    desk.world.clock.shift(desk.world.callbacks.window + 1)
    late = await desk.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert late.startswith("Bad Request: query is too old")


async def test_all_kinds_go_both_ways(desk: Desk) -> None:
    await desk.anna.starts()
    topic = await desk.oleg.opens_topic("Анна")
    await desk.updates()
    for kind in KINDS:
        await getattr(desk.anna, f"sends_{kind}")()
        await getattr(desk.oleg, f"sends_{kind}")(topic)
    heard = await desk.updates("message")
    assert [kind for message in heard for kind in KINDS if kind in message and not _aside(kind, message)] == [
        kind for kind in KINDS for _ in "ab"
    ]
    await desk.anna.sends_album(["photo", "video"], caption="Двое")
    await desk.oleg.sends_album(["photo", "photo"], topic, caption="Трое")
    albums = await desk.updates("message")
    assert [m.get("caption") for m in albums] == ["Двое", None, "Трое", None]
    assert len({m["media_group_id"] for m in albums}) == 2


KINDS = str.split(
    "photo video voice video_note document audio sticker animation location venue contact poll dice"
)


def _aside(kind: str, message: Json) -> bool:
    """An animation is also shown as a document, a venue also as a location."""
    return (kind, True) in {("document", "animation" in message), ("location", "venue" in message)}


async def test_forwards_quotes_replies_and_edits_reach_the_bot(desk: Desk) -> None:
    boris = Customer(desk.world, desk.account, "Борис", last_name="Пример", username="boris_sample")
    await desk.anna.starts()
    await boris.starts()
    asked = await desk.anna.says("Где мой заказ?")
    await boris.forwards(asked)
    await boris.says(reply_to=boris.chat.messages[2], quote="заказ", html="<b>Этот</b> же")
    await desk.anna.edits(asked, "Где мой второй заказ?")
    await desk.updates()
    *_, passed, quoted = desk.world.history(boris.id)
    assert passed["forward_from"]["first_name"] == "Анна"
    assert quoted["quote"] == {"text": "заказ", "position": 8, "is_manual": True}
    assert quoted["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert quoted["reply_to_message"]["text"] == "Где мой заказ?"
    assert asked["edit_date"] >= asked["date"]


async def test_operators_keep_topics_and_follow_the_group_when_it_moves(desk: Desk) -> None:
    topic = await desk.oleg.opens_topic("Анна")
    await desk.oleg.renames_topic(topic, "Анна · срочно")
    assert await desk.oleg.topic("срочно") is topic
    await desk.oleg.deletes_topic(topic)
    assert desk.oleg.topics() == []
    with pytest.raises(AssertionError, match=r"no topic 'Борис'; there are: none"):
        await desk.oleg.topic("Борис", within=0.05)
    plain = desk.world.group("Старая")
    desk.world.admit(plain, desk.account, can_manage_topics=True)
    masha = Operator(desk.world, plain, "Маша")
    said = await desk.bot.send_message(plain.id, "Анна: вопрос")
    shown = await masha.sees(None, "вопрос")
    await masha.replies(None, "ответ", to=shown)
    reply = (await desk.updates("message"))[-1]
    assert (reply["chat"]["type"], reply["reply_to_message"]["message_id"]) == ("group", said.message_id)
    new = desk.world.migrate(plain, forum=True)
    await desk.bot.create_forum_topic(new.id, "Анна")
    assert (await masha.topic("Анна")).name == "Анна"


async def test_a_manager_reads_the_channel(desk: Desk) -> None:
    channel = desk.world.channel("Новости")
    desk.world.admit(channel, desk.account, can_post_messages=True)
    boss = Manager(desk.world, desk.account, "Мария", id=1001)
    post = await desk.bot.send_message(channel.id, "🔴 Не проходит оплата")
    await boss.sees_in(channel, "Не проходит")
    await desk.bot.edit_message_text("🟢 Оплата проходит", chat_id=channel.id, message_id=post.message_id)
    assert (await boss.sees_in(channel, "🟢"))["message_id"] == post.message_id


async def test_reactions_on_what_operators_wrote_reach_the_bot(desk: Desk) -> None:
    await desk.bot.get_updates(allowed_updates=["message", "message_reaction"])
    topic = await desk.oleg.opens_topic("Анна")
    said = await desk.bot.send_message(desk.group.id, "Карточка", message_thread_id=topic.id)
    await desk.oleg.reacts(await desk.oleg.sees(topic, "Карточка"), "👀")
    (reaction,) = await desk.updates("message_reaction")
    assert (reaction["user"]["id"], reaction["message_id"]) == (desk.oleg.id, said.message_id)
    desk.world.demote(desk.group, desk.account)
    await desk.oleg.reacts(desk.group.messages[said.message_id], None)
    assert await desk.updates("message_reaction") == [], "only administrators hear of reactions"


async def test_a_topic_deleted_by_hand_tells_nobody(desk: Desk) -> None:
    topic = await desk.oleg.opens_topic("Анна")
    await desk.updates()
    await desk.oleg.deletes_topic(topic)
    assert await desk.updates() == []
    edit = await desk.refusal(
        "editForumTopic", chat_id=desk.group.id, message_thread_id=topic.id, name="Кто-то"
    )
    assert edit == "Bad Request: TOPIC_ID_INVALID"
