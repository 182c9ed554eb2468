"""`python -m sandbox` as another process sees it: a bot on one side, people by remote on the other."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox.accounts import Json
from sandbox.log import judge


class Outside:
    def __init__(self, about: Json, http: aiohttp.ClientSession) -> None:
        self.about, self.http = about, http

    async def act(self, who: str, does: str, *args: Any, **kwargs: Any) -> Any:
        return (await self.post("act", {"who": who, "does": does, "args": args, "kwargs": kwargs}))["result"]

    async def rule(self, does: str, **params: Any) -> Any:
        return (await self.post("world", {"does": does, **params}))["result"]

    async def post(self, where: str, body: Json | list[Json]) -> Any:
        async with self.http.post(f"{self.about['url']}/sandbox/{where}", json=body) as response:
            return await response.json()

    async def get(self, where: str, **query: Any) -> Any:
        async with self.http.get(f"{self.about['url']}/sandbox/{where}", params=query) as response:
            return await response.json()


@pytest.fixture(scope="module")
def about() -> Iterator[Json]:
    """One process for all: starting one takes seconds, most of them aiogram's."""
    command = [sys.executable, "-m", "sandbox", "--people", "3", "--no-limits"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
            assert process.wait(60) == 0


@pytest.fixture
async def outside(about: Json) -> AsyncIterator[Outside]:
    async with aiohttp.ClientSession() as http:
        outside = Outside(about, http)
        yield outside
        await outside.rule("no_faults")
        await outside.rule("pace", enforced=False)


@pytest.fixture
async def bot(outside: Outside) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(outside.about["url"]))
    async with Bot(outside.about["token"], session=session) as bot:
        yield bot


async def test_a_day_by_remote(outside: Outside, bot: Bot) -> None:
    group, anna = outside.about["group"], outside.about["people"]["customer-1"]
    await outside.act("customer-1", "starts")
    batch = [{"who": "customer-1", "does": "says", "args": [f"№{n}"]} for n in range(50)]
    assert len((await outside.post("act", batch))["results"]) == 50
    topic = await bot.create_forum_topic(group, "Клиент 1")
    for update in await bot.get_updates():
        if update.message and update.message.from_user and update.message.from_user.id == anna:
            await bot.copy_message(
                group, anna, update.message.message_id, message_thread_id=topic.message_thread_id
            )
    there = await outside.act("operator", "topic", "Клиент 1")
    assert there["message_thread_id"] == topic.message_thread_id
    place = {"topic": topic.message_thread_id}
    seen = await outside.act("operator", "sees", place, "№49")
    await outside.act("operator", "replies", place, "Ответ", to={"message": seen["message_id"]})
    carried = await outside.get("history", chat=group, thread=topic.message_thread_id)
    assert carried[-1]["reply_to_message"]["text"] == "№49"
    texts = [message.get("text") for message in carried]
    assert judge([f"№{n}" for n in range(50)], texts).clean
    copies = (await outside.get("log", method="copyMessage"))["entries"]
    assert [call["applied"] for call in copies] == [True] * 51
    assert (await outside.get("log", kind="message", chat=anna))["entries"][0]["body"]["message"][
        "text"
    ] == "/start"


async def test_the_world_is_set_up_and_upset(outside: Outside, bot: Bot) -> None:
    await outside.act("customer-2", "starts")
    him = outside.about["people"]["customer-2"]
    await outside.rule("fault", kind="topic_deleted", details={"spelling": "TOPIC_DELETED"}, times=1)
    assert "TOPIC_DELETED" in (await _refused(bot, him))
    await outside.rule("pace", enforced=True, chat_burst=1)
    assert await bot.send_message(him, "раз")
    assert "Too Many Requests" in (await _refused(bot, him))
    await outside.rule("shift", seconds=60)
    assert await bot.send_message(him, "два")
    assert (await outside.rule("person", who="vera", role="customer", name="Вера", id=2**40))["id"] == 2**40
    plain = await outside.rule("group", title="Запас")
    await outside.rule("admit", chat=plain["id"], who="support_bot", can_pin_messages=True)
    moved = await outside.rule("migrate", chat=plain["id"], forum=True)
    assert moved["type"] == "supergroup"
    await outside.rule("poison")
    state = await outside.get("state")
    assert "vera" in state["people"]
    assert state["bots"][0]["pending"] > 0


async def test_mistakes_are_explained(outside: Outside) -> None:
    mistakes = [
        ("act", {"who": "nobody", "does": "says"}, "nobody called 'nobody'"),
        ("act", {"who": "customer-1", "does": "flies"}, "Customer cannot flies"),
        ("act", {"who": "customer-1", "does": "_write"}, "Customer cannot _write"),
        (
            "act",
            {"who": "customer-1", "does": "sees", "args": ["?"], "kwargs": {"within": 0.05}},
            "does not see",
        ),
        ("world", {"does": "end"}, "the world does not 'end'"),
        ("world", {"does": "fault", "kind": "flood"}, "no fault 'flood'"),
    ]
    for where, body, said in mistakes:
        assert said in (await outside.post(where, body))["error"]
    async with outside.http.post(f"{outside.about['url']}/sandbox/act", data={"who": "x"}) as response:
        assert response.status == 415


async def _refused(bot: Bot, chat: int) -> str:
    with pytest.raises(Exception, match=r"Telegram server says|Too Many") as refused:
        await bot.send_message(chat, "?")
    return str(refused.value)


async def test_the_page_shows_the_people_of_the_process(outside: Outside) -> None:
    url = outside.about["url"]
    async with outside.http.get(url) as response:
        assert "<html" in await response.text()
    await outside.rule("person", who="late", role="customer", name="Опоздавший")
    async with outside.http.get(f"{url}/page/snapshot") as response:
        people = {each["name"] for each in (await response.json())["people"]}
    assert {"Оператор", "Менеджер", "Клиент 1", "Опоздавший"} <= people


async def test_a_reset_empties_the_world_and_begins_as_at_the_start(outside: Outside, bot: Bot) -> None:
    await outside.rule("reset")  # whatever others have left
    await outside.act("customer-1", "starts")
    before = (await bot.get_updates())[-1].update_id
    waiting = asyncio.create_task(bot.get_updates(before + 1, timeout=30))
    await outside.rule("fault", kind="internal_error", method="getMe")
    # the call that waits is in the log as soon as it has come
    asked: list[Json] = []
    while len(asked) < 2:
        asked = (await outside.get("log", method="getUpdates"))["entries"]

    again = await outside.rule("reset")

    assert again == {key: value for key, value in outside.about.items() if key != "url"}
    assert await waiting == []
    assert (await bot.get_me()).username == outside.about["bot"]
    assert (await outside.get("history", chat=outside.about["people"]["customer-1"])) == []
    await outside.act("customer-1", "starts")
    numbers = [each.update_id for each in await bot.get_updates(before + 1)]
    assert min(numbers) > before


async def test_a_reset_forgets_people_who_came_later(outside: Outside) -> None:
    await outside.rule("person", who="guest", role="customer", name="Гость")
    await outside.rule("reset")
    assert "guest" not in (await outside.get("state"))["people"]
