"""MAX: a message of a bot, and what MAX's answers mean."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels.max_bot import MaxBot
from bot.channels.posting import JsonServer
from desk.letters.letter import (
    ChannelBroken,
    LetterLate,
    LetterOutcome,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)
from tests.outside.letters import letter
from tests.outside.max_api import LIMIT, MaxApi, error
from tests.outside.standing import HALF, HANG, HTML, RESET, StandIn


@pytest.fixture
def api() -> MaxApi:
    return MaxApi(people={42, 43}, stopped={43})


@pytest.fixture
async def server(api: MaxApi) -> AsyncIterator[StandIn]:
    async with api.stand_in() as server:
        yield server


@pytest.fixture
async def bot(api: MaxApi, server: StandIn) -> AsyncIterator[MaxBot]:
    channel = MaxBot(JsonServer(server.url, {"Authorization": api.token}, patience=0.5))
    yield channel
    await channel.close()


async def test_a_message_says_all_with_the_marks_max_knows(api: MaxApi, bot: MaxBot) -> None:
    assert await bot.send(letter(), "42") == LetterTaken("mid.sample1")
    [(person, said)] = api.sent
    assert person == 42
    assert said["text"].split("\n") == [
        "<b>Оплата не работает</b>",
        "",
        "Не проходит <b>оплата</b> картой &amp; СБП.",
        "Следующее обновление в 15:30.",
        'Подробности <a href="https://status.example.com/?a=1&amp;b=2">на странице</a>',
        "",
        "https://status.example.com/i/7",
    ]
    assert said["notify"] is True


async def test_what_is_too_long_is_cut_with_its_marks_whole(api: MaxApi, bot: MaxBot) -> None:
    long = letter(title="<" * 500, html="<b>" + "&lt;слово&gt; " * 1500 + "</b>")
    assert isinstance(await bot.send(long, "42"), LetterTaken)
    [(_, said)] = api.sent
    assert LIMIT - 200 < len(said["text"]) <= LIMIT
    assert said["text"].endswith("</b>…\n\nhttps://status.example.com/i/7")


async def test_who_has_stopped_the_bot_or_never_met_it_is_reached_otherwise(bot: MaxBot) -> None:
    assert await bot.send(letter(), "43") == NobodyThere("403")
    assert await bot.send(letter(), "44") == NobodyThere("404")
    assert await bot.send(letter(), "+79990000001") == NobodyThere("no user id")


async def test_a_wrong_token_breaks_the_channel(server: StandIn) -> None:
    channel = MaxBot(JsonServer(server.url, {"Authorization": "other"}))
    assert await channel.send(letter(), "42") == ChannelBroken("401")
    assert await channel.check() == ChannelBroken("401")
    await channel.close()


async def test_an_address_that_is_not_max_s_breaks_the_channel(api: MaxApi, server: StandIn) -> None:
    server.ill.append(web.Response(status=404, text="no such page"))
    channel = MaxBot(JsonServer(server.url, {"Authorization": api.token}))
    assert await channel.send(letter(), "42") == ChannelBroken("404")
    await channel.close()


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (error("too.many.requests", "Limit is reached", 429), LetterLate("429", 5.0)),
        (error("service.unavailable", "", 503), LetterLate("503", 60.0)),
        (HTML, LetterUncertain("502")),
        (RESET, LetterUncertain("ServerDisconnectedError")),
        (HANG, LetterUncertain("TimeoutError")),
        (HALF, LetterUncertain("ClientPayloadError")),
        (web.Response(text="[" * 100_000), LetterUncertain("200")),
    ],
)
async def test_trouble_says_whether_it_may_have_arrived(
    server: StandIn, bot: MaxBot, trouble: str | web.Response, outcome: LetterOutcome
) -> None:
    server.ill.append(trouble)
    assert await bot.send(letter(), "42") == outcome


async def test_without_a_connection_nothing_was_sent() -> None:
    channel = MaxBot(JsonServer("http://127.0.0.1:1", {"Authorization": "any"}))
    assert await channel.send(letter(), "42") == LetterLate("ClientConnectorError", 15.0)
    await channel.close()


async def test_logging_in_sends_nothing(api: MaxApi, bot: MaxBot) -> None:
    assert await bot.check() == LetterTaken()
    assert api.sent == []
