"""What Telegram tells about a message is kept: whose words it passes on, what it answers, where one is."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.content import samples
from sandbox.people.looking import words
from tests.stories.conftest import Scene
from tests.stories.looks import pieces
from tests.stories.talk import Talk

SHOP = {"id": -1009900000002, "type": "channel", "title": "Магазин Ромашка", "username": "romashka_shop"}
TEAM = {"id": -1009900000003, "type": "supergroup", "title": "Наш двор"}
COURIER = {"id": 606, "is_bot": False, "first_name": "Курьер", "last_name": "Вася"}
FROM = {
    "user": ({"type": "user", "date": 1, "sender_user": COURIER}, "Курьер Вася"),
    "hidden": ({"type": "hidden_user", "date": 1, "sender_user_name": "Вася\nКурьер"}, "Вася Курьер"),
    "chat": ({"type": "chat", "date": 1, "sender_chat": TEAM}, "Наш двор"),
    "channel": ({"type": "channel", "date": 1, "chat": SHOP, "message_id": 5}, "Магазин Ромашка"),
}
POST = {"origin": FROM["channel"][0], "chat": SHOP, "message_id": 5}


@pytest.mark.parametrize("whose", FROM)
async def test_a_forward_says_whose_words_they_are(talk: Talk, whose: str) -> None:
    origin, name = FROM[whose]
    await talk.anna.sends({"text": "буду через час", "forward_origin": origin})
    seen = await talk.oleg.sees(talk.topic, "буду через час")
    assert f"➡ переслано от: {name}\nбуду через час" in words(seen)
    await talk.anna.sends(samples.photo(talk.scene.world) | {"caption": "вот", "forward_origin": origin})
    assert f"➡ переслано от: {name}\nвот" in words(await talk.oleg.sees_photo(talk.topic, "вот"))
    await talk.anna.sends(samples.sticker(talk.scene.world) | {"forward_origin": origin})
    await talk.oleg.sees(talk.topic, f"➡ переслано от: {name}")
    await talk.oleg.sees_kind(talk.topic, "sticker")


async def test_an_answer_to_a_post_says_which_post(talk: Talk) -> None:
    picture = samples.photo(talk.scene.world)
    await talk.anna.sends({"text": "а такой ещё есть?", "external_reply": POST | picture})
    seen = await talk.oleg.sees(talk.topic, "а такой ещё есть?")
    assert "↩ Магазин Ромашка: [фото]\nа такой ещё есть?" in words(seen)
    quote = {"text": "Скидка на зонтики", "position": 0}  # chosen by the server, not by her
    await talk.anna.sends({"text": "ещё действует?", "external_reply": POST, "quote": quote})
    seen = await talk.oleg.sees(talk.topic, "ещё действует?")
    assert "↩ Магазин Ромашка\nСкидка на зонтики\nещё действует?" in words(seen)
    assert pieces(seen, "blockquote") == ["Скидка на зонтики"]
    await talk.anna.sends(samples.voice(talk.scene.world) | {"external_reply": POST, "caption": "я" * 1020})
    await talk.oleg.sees(talk.topic, "↩ Магазин Ромашка")
    await talk.oleg.sees_kind(talk.topic, "voice", "я" * 1020)


async def test_an_edit_keeps_the_line_above(talk: Talk) -> None:
    hers = await talk.anna.sends({"text": "а синий?", "external_reply": POST})
    await talk.oleg.sees(talk.topic, "а синий?")
    await talk.settled()
    await talk.anna.edits(hers, "а красный?")
    assert "↩ Магазин Ромашка\nа красный?" in words(await talk.oleg.sees(talk.topic, "а красный?"))


async def test_an_album_that_was_passed_on_says_it_once(talk: Talk) -> None:
    origin = FROM["user"][0]
    items: list[Any] = [samples.photo(talk.scene.world) | {"forward_origin": origin} for _ in range(3)]
    await talk.anna.sends_album(items, caption="три снимка")
    first = await talk.oleg.sees_photo(talk.topic, "➡ переслано от: Курьер Вася\nтри снимка")
    await talk.settled()
    album = [each for each in await talk.group() if each.get("media_group_id") == first["media_group_id"]]
    assert [bool(each.get("caption")) for each in album] == [True, False, False]


async def test_customers_learn_of_public_channels_and_of_nobody_else(talk: Talk) -> None:
    await talk.oleg.sends(
        {"text": "как в посте", "forward_origin": FROM["channel"][0]}, talk.topic, to=talk.to
    )
    assert words(await talk.anna.sees("как в посте")) == "➡ переслано от: Магазин Ромашка\nкак в посте"
    for whose in ("user", "hidden", "chat"):
        text = f"внутреннее {whose}"
        await talk.oleg.sends({"text": text, "forward_origin": FROM[whose][0]}, talk.topic, to=talk.to)
        assert words(await talk.anna.sees(text)) == text


async def test_somebody_else_s_words_are_no_question_to_the_faq(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.sends({"text": "Сколько стоит доставка?", "forward_origin": FROM["user"][0]})
    await anna.sees("Передали вопрос людям")
    seen = await oleg.sees(await oleg.topic("Анна"), "➡ переслано от: Курьер Вася")
    assert words(seen).endswith("Сколько стоит доставка?")
    assert "300" not in "".join(words(each) for each in await anna.reads())


async def test_forwarded_thanks_and_anger_are_somebody_else_s(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.sends({"text": "это безобразие", "forward_origin": FROM["hidden"][0]})
    await anna.sees("Передали вопрос людям")
    await oleg.topic("🔵 Анна")


async def test_her_own_words_passed_on_are_her_question(scene: Scene) -> None:
    anna = scene.customer("Анна")
    own = {"type": "user", "date": 1, "sender_user": anna.account.card()}
    await anna.sends({"text": "цена доставки", "forward_origin": own})
    await anna.sees("Доставка стоит 300")


async def test_a_place_that_moves_is_followed_and_its_end_is_told(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tickets.relay.LIVE_PAUSE", timedelta(0))
    place = {"latitude": 55.75, "longitude": 37.62, "live_period": 900}
    hers = await talk.anna.sends({"location": place})
    await talk.oleg.sees(talk.topic, "📍 транслирует геопозицию: 15 минут")
    seen = await talk.oleg.sees_kind(talk.topic, "location")
    assert seen["location"]["live_period"] == 900
    await talk.settled()
    await talk.anna.moves(hers, 55.8, 37.7)
    moved = await talk.oleg.sees_kind(talk.topic, "location")
    assert moved["message_id"] == seen["message_id"]
    assert (moved["location"]["latitude"], moved["location"]["longitude"]) == (55.8, 37.7)
    await talk.anna.moves(hers, 55.8, 37.7, stops=True)
    await talk.oleg.sees(talk.topic, "📍 Клиент закончил трансляцию геопозиции.")
    assert "live_period" not in (await talk.oleg.sees_kind(talk.topic, "location"))["location"]


async def test_a_live_photo_stays_alive(talk: Talk) -> None:
    alive = samples.live_photo(talk.scene.world)
    await talk.anna.sends(alive | {"caption": "смотрите"})
    seen = await talk.oleg.sees_kind(talk.topic, "live_photo", "смотрите")
    assert seen["live_photo"]["file_unique_id"] == alive["live_photo"]["file_unique_id"]
    await talk.oleg.sends(samples.live_photo(talk.scene.world), talk.topic, caption="и вы", to=talk.to)
    await talk.anna.sees_kind("live_photo", "и вы")


async def test_votes_are_told_in_the_topic(talk: Talk) -> None:
    asked = await talk.oleg.sends_poll(talk.topic, question="Когда удобно?", to=talk.to)
    poll = await talk.anna.sees_kind("poll")
    await talk.delivered(asked)
    await talk.anna.votes(poll, "Вечером")
    line = await talk.oleg.sees(talk.topic, "🗳 Клиент выбрал в опросе «Когда удобно?»: «Вечером»")
    assert line["reply_to_message"]["message_id"] == asked["message_id"]
    await talk.anna.votes(poll)
    await talk.oleg.sees(talk.topic, "🗳 Клиент отозвал свой голос в опросе «Когда удобно?».")


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ({"story": {"chat": SHOP, "id": 7}}, "[история]"),
        ({"hologram": {"depth": 3}}, "[сообщение нового вида, Telegram называет его hologram]"),
        ({"checklist": {"title": "Взять", "tasks": [{"id": 1, "text": "зонт"}]}}, "[список дел]"),
    ],
)
async def test_an_unusual_kind_is_passed_on_with_its_name(
    talk: Talk, what: dict[str, Any], name: str
) -> None:
    await talk.anna.sends(what)
    await talk.oleg.sees(talk.topic, name)
    await talk.oleg.sees_kind(talk.topic, "forward_origin")
