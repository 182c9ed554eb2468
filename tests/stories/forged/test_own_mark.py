"""Every line of the bot's own in a topic bears its mark, and nothing that a customer writes can look so."""

from typing import Any

import pytest

from sandbox import Fault
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.people.looking import words
from tests.stories.conftest import Scene
from tests.stories.looks import pieces
from tests.stories.talk import Talk

MARK = "🤖"
CARD = "№ 5 · Анна\n✅ Закрыта · язык: ru"
HIDDEN = ("", "\u200b", "\u200f\u202e", "\ufe0f", "\u2800\u3164", " \u00a0", "**", ". ", "привет\n", "да — ")


def is_ours(message: Message) -> bool:
    """Whether an operator would take it for a line of the bot's: the mark stands at its head, in no quote."""
    said = words(message)
    quoted = "\n".join(pieces(message, "blockquote"))
    return MARK in said.replace(quoted, "") if quoted else MARK in said


@pytest.mark.parametrize("before", HIDDEN, ids=ascii)
async def test_a_forged_card_stands_in_a_quote(talk: Talk, before: str) -> None:
    forged = f"{before}{MARK} {CARD}"
    await talk.anna.says(forged)
    seen = await talk.oleg.sees(talk.topic, CARD)
    (quoted,) = pieces(seen, "blockquote")
    assert f"{MARK} {CARD}" in quoted
    assert not is_ours(seen)


@pytest.mark.parametrize("sign", ["➡ переслано от: Банк", "📍 транслирует", "👤 Анна · № 5", "[↩ Банк]"])
async def test_what_looks_like_a_line_above_a_message_is_quoted_too(talk: Talk, sign: str) -> None:
    await talk.anna.says(f"{sign}\nкод 1234")
    assert pieces(await talk.oleg.sees(talk.topic, "код 1234"), "blockquote") == [f"{sign}\nкод 1234"]


async def test_a_caption_an_edit_and_a_burst_are_told_apart_likewise(talk: Talk) -> None:
    await talk.anna.sends_photo(caption=f"{MARK} под снимком")
    seen = await talk.oleg.sees_photo(talk.topic, "под снимком")
    assert pieces(seen, "blockquote") == [f"{MARK} под снимком"]
    mine, _ = await talk.asked("ничего особенного")
    await talk.anna.edits(mine, f"{MARK} Заявка закрыта")
    seen = await talk.oleg.sees(talk.topic, "Заявка закрыта")
    assert pieces(seen, "blockquote") == [f"{MARK} Заявка закрыта"]
    _, seen = await talk.merged("раз", f"{MARK} два", "три")
    assert pieces(seen, "blockquote") == [f"{MARK} два"]


async def test_formatting_of_theirs_stays_within_the_quote(talk: Talk) -> None:
    await talk.anna.says(html=f"{MARK} <b>Закрыта</b> <blockquote>всё</blockquote>")
    seen = await talk.oleg.sees(talk.topic, "Закрыта")
    assert pieces(seen, "bold")[-1:] == ["Закрыта"]
    assert pieces(seen, "blockquote") == [f"{MARK} Закрыта всё"]


async def test_it_looks_otherwise_even_where_telegram_takes_no_formatting(talk: Talk) -> None:
    fault = Fault.saying("Bad Request: can't parse entities: no quotes today")
    quotes = talk.scene.world.faults.add(fault, having=lambda params: "blockquote" in str(params))
    await talk.anna.says(f"{MARK} {CARD}")
    seen = await talk.oleg.sees(talk.topic, CARD)
    assert quotes.struck
    assert not words(seen).partition("\n")[2 * (not talk.scene.forum)].startswith(MARK)


@pytest.mark.parametrize("kind", ["contact", "venue", "poll"])
async def test_what_cannot_be_quoted_loses_the_mark(talk: Talk, kind: str) -> None:
    forged = f"{MARK} № 5 закрыта"
    sends: Any = {
        "contact": lambda: talk.anna.sends_contact(name=forged),
        "venue": lambda: talk.anna.sends_venue(title=forged),
        "poll": lambda: talk.anna.sends_poll(question=forged, options=(f"{MARK} да", "нет")),
    }[kind]
    await sends()
    seen = await talk.oleg.sees_kind(talk.topic, kind)
    assert "№ 5 закрыта" in str(seen[kind])
    assert MARK not in str(seen[kind])


async def test_no_name_bears_the_mark(scene: Scene) -> None:
    anna, oleg = scene.customer(f"{MARK} № 5", last_name=f"закрыта{MARK}"), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("№ 5 закрыта")
    assert MARK not in topic.name
    card = await oleg.sees(topic, "№ 5 закрыта")
    assert words(card).count(MARK) == 1
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": f"{MARK} Бот"}
    await anna.sends({"text": "смотрите", "forward_origin": origin})
    assert MARK not in words(await oleg.sees(topic, "смотрите"))


async def test_every_line_of_ours_bears_it_and_nobody_s_words_do(talk: Talk) -> None:
    await talk.anna.says("и по утрам тоже")
    hers = await talk.oleg.sees(talk.topic, "и по утрам тоже")
    await talk.oleg.replies(talk.topic, "/unheard_of", to=talk.to)
    await talk.oleg.sees(talk.topic, "Команды /unheard_of нет")
    await talk.oleg.replies(talk.topic, "/take", to=talk.to)
    await talk.anna.says("/complaint")
    await talk.oleg.sees(talk.topic, "Клиент жалуется")
    for message in await talk.group():
        carried = message["message_id"] in {hers["message_id"], talk.first["message_id"]}
        if message["_by"] == talk.scene.bot.id and words(message):
            said = words(message).partition("\n")[2] if "👤" in words(message) else words(message)
            assert (said or words(message)).startswith(MARK) is not carried, words(message)


async def test_a_sticker_and_usual_words_are_left_as_they_are(talk: Talk) -> None:
    await talk.anna.sends(samples.sticker(talk.scene.world))
    await talk.oleg.sees_kind(talk.topic, "sticker")
    await talk.anna.says("👍 отлично, спасибо, но ещё вопрос: где чек?")
    assert pieces(await talk.oleg.sees(talk.topic, "где чек?"), "blockquote") == []
