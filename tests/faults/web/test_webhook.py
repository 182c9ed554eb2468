"""Updates by webhook: two desks in one process, strangers kept out, nothing lost and nothing taken twice."""

import asyncio
from typing import Any

import pytest

from sandbox import BotApiServer
from sandbox.log import judge
from tests.faults.database import inbox, sql
from tests.faults.sights import QUESTION, called
from tests.faults.troubles import heard, until
from tests.faults.web.brought import SECRET, Brought
from tests.stories.managers.test_incidents import channel_posts

WRONG = [None, b"", b"a-wrong-secret", SECRET.encode() + b"1", "секрет".encode(), b"s\xe9cret", b"\xff\xfe"]
NO_UPDATES = [b"", b"{", b"\xff\xfe", b"[]", b"null", b"17", b'{"message": {}}', b'{"update_id": "1"}']


async def test_two_desks_are_served_and_not_one_update_is_asked_for(brought: Brought) -> None:
    async with brought.at_work():
        anna, oleg, topic = await called(brought.shop)
        boris, irina, other = await called(brought.florist, "Борис")
        await oleg.replies(topic, "от магазина")
        await irina.replies(other, "от цветов")
        await anna.sees("от магазина")
        await boris.sees("от цветов")
        assert "от цветов" not in heard(anna)
    assert brought.shop.world.log.calls("getUpdates") == []


async def test_what_came_while_we_were_down_is_brought_again(brought: Brought) -> None:
    async with brought.at_work():
        anna, oleg, topic = await called(brought.shop)
    said = [f"слово {n}" for n in range(5)]
    for text in said:
        await anna.says(text)
    await asyncio.sleep(0.3)
    async with brought.at_work():
        await oleg.sees(topic, said[-1])
    assert judge(said, heard(oleg, topic)).clean


def strangers(brought: Brought) -> list[tuple[Any, ...]]:
    """What was kept of updates that Telegram has never made: its own have long numbers."""
    return sql(brought.shop, "SELECT update_id FROM inbox WHERE update_id < 1000")


async def test_who_does_not_know_the_secret_is_turned_away(brought: Brought) -> None:
    async with brought.at_work():
        answers = [await brought.brings("shop", {"update_id": 1}, secret) for secret in WRONG]
        assert answers == [401] * len(WRONG)
    assert strangers(brought) == []


async def test_what_is_no_update_is_refused_and_kept_nowhere(brought: Brought) -> None:
    async with brought.at_work():
        assert [await brought.brings("shop", body) for body in NO_UPDATES] == [400] * len(NO_UPDATES)
        assert await brought.brings("shop", {"update_id": 1}) == 200
    assert strangers(brought) == [(1,)]


async def test_a_desk_nobody_has_is_not_found(brought: Brought) -> None:
    async with brought.at_work():
        assert await brought.brings("bakery", {"update_id": 1}) == 404
        assert await brought.brings("", {"update_id": 1}) == 404


async def test_an_update_brought_many_times_is_handled_once(brought: Brought) -> None:
    async with brought.at_work():
        anna, oleg, topic = await called(brought.shop)
        await anna.says("только раз")
        await oleg.sees(topic, "только раз")
        made = brought.shop.world.log.updates("message", chat=anna.id)[-1]
        again = {"update_id": made.update_id, **made.body}
        assert await asyncio.gather(*(brought.brings("shop", again) for _ in range(5))) == [200] * 5
        await anna.says("и дальше")
        await oleg.sees(topic, "и дальше")
        assert heard(oleg, topic).count("только раз") == 1


async def test_a_press_brought_many_times_publishes_once(brought: Brought) -> None:
    async with brought.at_work():
        scene = brought.shop
        maria = scene.manager()
        await maria.says("/broadcast red Не проходит оплата")
        preview = await maria.sees("Так будет выглядеть")
        assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
        made = scene.world.log.updates("callback_query", chat=maria.id)[-1]
        again = {"update_id": made.update_id, **made.body}
        assert await asyncio.gather(*(brought.brings("shop", again) for _ in range(5))) == [200] * 5
        renumbered = {"update_id": made.update_id + 1000, **made.body}
        assert await brought.brings("shop", renumbered) == 200
        await maria.says("/incidents")
        await maria.sees("не закрыто")
        assert len(channel_posts(scene)) == 1


async def test_a_poisoned_update_is_taken_and_not_brought_for_ever(brought: Brought) -> None:
    async with brought.at_work():
        anna = brought.shop.customer("Анна")
        brought.shop.world.poison(brought.shop.bot)
        await anna.says(QUESTION)
        await anna.sees("Передали вопрос людям")
        await until(lambda: inbox(brought.shop).get("quarantined") == 1)
        await until(lambda: len(brought.shop.world.mail[brought.shop.bot.id]) == 0)


async def test_telegram_is_told_the_address_as_soon_as_it_can_be(
    brought: Brought, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.webhook.AGAIN", 0.2)
    await brought.shop.server.stop()
    async with brought.at_work():
        await asyncio.sleep(0.3)
        async with BotApiServer(brought.shop.world, port=brought.shop.server.port):
            anna = brought.shop.customer("Анна")
            await anna.says("как вернуть деньги")
            await anna.sees("оформите возврат")
