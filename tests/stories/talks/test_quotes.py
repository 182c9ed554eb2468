"""A reply answers the same message on the other side, with its quote, however old that message is."""

from typing import Any

from sandbox.chats import Message
from tests.stories.looks import pieces
from tests.stories.talk import FIRST, Talk

YEAR = 366 * 24 * 3600


def answers(message: Message, answered: Message) -> bool:
    """Whether it is shown as a reply to that one."""
    return bool(message.get("reply_to_message", {}).get("message_id") == answered["message_id"])


async def test_replies_and_quotes_go_both_ways(talk: Talk) -> None:
    his, copy = await talk.carried("поёт ли он в чехле и громко ли?")
    await talk.anna.says("в чехле молчит", reply_to=copy, quote="поёт ли он в чехле")
    seen = await talk.oleg.sees(talk.topic, "в чехле молчит")
    assert answers(seen, his)
    assert seen["quote"]["text"] == "поёт ли он в чехле"
    hers, seen = await talk.asked("ещё он светится и пахнет розами")
    await talk.replies("розами не должен", to=seen, quote="пахнет розами")
    got = await talk.anna.sees("розами не должен")
    assert answers(got, hers)
    assert got["quote"]["text"] == "пахнет розами"


async def test_a_picture_answers_too(talk: Talk) -> None:
    his, copy = await talk.carried("покажите ручку")
    await talk.anna.sends_photo(to=copy)
    assert answers(await talk.oleg.sees_photo(talk.topic), his)
    hers, seen = await talk.asked("вот ещё чехол")
    await talk.oleg.sends_sticker(talk.topic, to=seen)
    assert answers(await talk.anna.sees_kind("sticker"), hers)


async def test_a_quote_keeps_its_formatting(talk: Talk) -> None:
    hers = await talk.anna.says(html="он <b>красный</b> и поёт")
    seen = await talk.oleg.sees(talk.topic, "он красный")
    await talk.settled()
    quote: dict[str, Any] = {"text": "красный", "position": 3, "is_manual": True}
    quote["entities"] = [{"type": "bold", "offset": 0, "length": 7}]
    await talk.oleg.sends({"text": "точно?", "quote": quote}, talk.topic, to=seen)
    got = await talk.anna.sees("точно?")
    assert answers(got, hers)
    assert got["quote"]["entities"] == quote["entities"]


async def test_a_quote_telegram_does_not_find_is_left_out_and_the_reply_arrives(talk: Talk) -> None:
    his, copy = await talk.carried("цвет чёрный или белый?")
    async with talk.group_out_of_reach():
        await talk.anna.says("белый", reply_to=copy, quote="чёрный или белый")
        await talk.oleg.edits(his, "материал какой?")
    seen = await talk.oleg.sees(talk.topic, "белый")
    assert answers(seen, his)
    assert "quote" not in seen


async def test_a_quote_says_which_part_of_a_merged_text_is_meant(talk: Talk) -> None:
    said, seen = await talk.merged("он поёт", "он светится", "он улетает")
    await talk.replies("всегда?", to=seen, quote="светится")
    got = await talk.anna.sees("всегда?")
    assert answers(got, said[1])
    assert got["quote"]["text"] == "светится"
    await talk.replies("разберёмся", to=seen)
    assert answers(await talk.anna.sees("разберёмся"), said[2])


async def test_a_reply_to_a_year_old_message_finds_it(talk: Talk) -> None:
    his, copy = await talk.carried("зонтик починим")
    hers, seen = await talk.asked("спасибо, жду")
    talk.scene.world.clock.shift(YEAR)
    await talk.anna.says("так и жду", reply_to=copy)
    assert answers(await talk.oleg.sees(talk.topic, "так и жду"), his)
    await talk.replies("простите!", to=seen)
    assert answers(await talk.anna.sees("простите!"), hers)


async def test_a_reply_to_a_deleted_message_arrives_without_it(talk: Talk) -> None:
    his, copy = await talk.carried("лишнее")
    await talk.oleg.deletes(his)
    await talk.anna.says("почему лишнее?", reply_to=copy)
    assert "reply_to_message" not in without_topic(await talk.oleg.sees(talk.topic, "почему лишнее?"))


def without_topic(message: Message) -> Message:
    """In a topic every message answers the topic's creation."""
    answered = message.get("reply_to_message", {})
    return {key: value for key, value in message.items() if "forum_topic_created" not in answered}


async def test_an_operator_may_go_on_from_an_own_reply(talk: Talk) -> None:
    his, copy = await talk.carried("починим завтра")
    await talk.replies("вернее, послезавтра", to=his)
    assert answers(await talk.anna.sees("вернее, послезавтра"), copy)
    assert FIRST not in str(copy.get("quote"))


async def test_a_quote_of_what_operators_do_not_have_is_shown_above(talk: Talk) -> None:
    await talk.anna.says("/help")
    answer = await talk.anna.sees("/operator")
    words = answer["text"].split("\n")[0]
    await talk.anna.says(html="а <b>это</b> как?", reply_to=answer, quote=words)
    seen = await talk.oleg.sees(talk.topic, "а это как?")
    assert pieces(seen, "blockquote") == [words]
    assert pieces(seen, "bold")[-1] == "это"


async def test_a_customer_is_not_shown_what_was_quoted_inside(talk: Talk) -> None:
    await talk.replies("Какая модель?", to=talk.card, quote="Анна")
    got = await talk.anna.sees("Какая модель?")
    assert got["text"] == "Какая модель?"
    assert "quote" not in got
