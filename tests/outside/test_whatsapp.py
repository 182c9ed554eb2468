"""WhatsApp: an approved template, and what Meta's answers mean."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels.posting import JsonServer
from bot.channels.whatsapp import Whatsapp
from desk.letters.letter import (
    ChannelBroken,
    LetterLate,
    LetterOutcome,
    LetterRefused,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)
from tests.outside.cloud_api import CloudApi, error
from tests.outside.letters import letter
from tests.outside.standing import HALF, HANG, HTML, RESET, StandIn

ANNA = "+7 999 000-00-01"


@pytest.fixture
def meta() -> CloudApi:
    return CloudApi()


@pytest.fixture
async def server(meta: CloudApi) -> AsyncIterator[StandIn]:
    async with meta.stand_in() as server:
        yield server


@pytest.fixture
async def whatsapp(meta: CloudApi, server: StandIn) -> AsyncIterator[Whatsapp]:
    async with opened(meta, server) as channel:
        yield channel


class opened:  # noqa: N801 - read as a verb
    """A channel that is closed at the end."""

    def __init__(self, meta: CloudApi, server: StandIn, token: str = "", template: str = "incident") -> None:
        headers = {"Authorization": f"Bearer {token or meta.token}"}
        json_server = JsonServer(f"{server.url}/{meta.version}", headers, patience=0.5)
        self.channel = Whatsapp(json_server, meta.phone_id, template, ("ru", "en_US"))

    async def __aenter__(self) -> Whatsapp:
        return self.channel

    async def __aexit__(self, *_: object) -> None:
        await self.channel.close()


async def test_the_template_carries_the_words_in_the_form_whatsapp_takes(
    meta: CloudApi, whatsapp: Whatsapp
) -> None:
    said = letter(html="Не проходит <b>оплата</b>.\n\n\tВторая строка      и пробелы " + "слово " * 300)
    assert await whatsapp.send(said, ANNA) == LetterTaken("wamid.sample1")
    [sent] = meta.sent
    assert sent["to"] == "79990000001"
    title, text = [each["text"] for each in sent["template"]["components"][0]["parameters"]]
    assert title == "Оплата не работает"
    assert text.startswith("Не проходит оплата. Вторая строка и пробелы слово слово")
    assert text.endswith("слово… https://status.example.com/i/7")
    assert len(text) <= 700


async def test_a_reader_of_another_language_gets_the_template_s_own(
    meta: CloudApi, whatsapp: Whatsapp
) -> None:
    meta.templates["incident", "en_US"] = 2
    for language in ("en", "ru", "de"):
        said = letter()
        await whatsapp.send(type(said)(key="1", title="T", html=said.html, language=language), ANNA)
    assert [sent["template"]["language"]["code"] for sent in meta.sent] == ["en_US", "ru", "ru"]


async def test_who_is_not_on_whatsapp_is_reached_otherwise(meta: CloudApi, whatsapp: Whatsapp) -> None:
    meta.absent.add("79990000001")
    assert await whatsapp.send(letter(), ANNA) == NobodyThere("131026")
    assert await whatsapp.send(letter(), "anna@example.com") == NobodyThere("no telephone number")


async def test_a_template_or_a_token_that_is_not_there_breaks_the_channel(
    meta: CloudApi, server: StandIn
) -> None:
    async with opened(meta, server, template="gone") as channel:
        assert await channel.send(letter(), ANNA) == ChannelBroken("132001")
    async with opened(meta, server, token="EAAwrong") as channel:
        assert await channel.send(letter(), ANNA) == ChannelBroken("190")
        assert await channel.check() == ChannelBroken("190")


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (130429, LetterLate("130429", 10.0)),
        (131056, LetterLate("131056", 10.0)),
        (80007, LetterLate("80007", 300.0)),
        (131048, LetterLate("131048", 3600.0)),
        (131050, NobodyThere("131050")),
        (131049, LetterRefused("131049")),
        (132015, ChannelBroken("132015")),
        (131042, ChannelBroken("131042")),
        (999999, ChannelBroken("999999")),
    ],
)
async def test_a_code_says_what_to_do(
    server: StandIn, whatsapp: Whatsapp, code: int, outcome: LetterOutcome
) -> None:
    server.ill.append(error(code, "to +79990000001", 400))
    assert await whatsapp.send(letter(), ANNA) == outcome


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (web.Response(status=429, headers={"Retry-After": "7"}), LetterLate("429", 7.0)),
        (web.Response(status=500), LetterUncertain("500")),
        (HTML, LetterUncertain("502")),
        (RESET, LetterUncertain("ServerDisconnectedError")),
        (HANG, LetterUncertain("TimeoutError")),
        (HALF, LetterUncertain("ClientPayloadError")),
    ],
)
async def test_what_breaks_after_the_request_is_uncertain(
    server: StandIn, whatsapp: Whatsapp, trouble: str | web.Response, outcome: LetterOutcome
) -> None:
    server.ill.append(trouble)
    assert await whatsapp.send(letter(), ANNA) == outcome
    assert await whatsapp.send(letter(), ANNA) in (LetterTaken("wamid.sample1"), LetterTaken("wamid.sample2"))


async def test_without_a_connection_nothing_was_sent(meta: CloudApi) -> None:
    async with meta.stand_in() as server:
        gone = server
    async with opened(meta, gone) as channel:
        assert await channel.send(letter(), ANNA) == LetterLate("ClientConnectorError", 15.0)


async def test_a_template_that_meta_holds_back_is_refused(meta: CloudApi, whatsapp: Whatsapp) -> None:
    meta.status = "paused"
    assert await whatsapp.send(letter(), ANNA) == LetterRefused("paused")


async def test_logging_in_sends_nothing(meta: CloudApi, server: StandIn, whatsapp: Whatsapp) -> None:
    assert await whatsapp.check() == LetterTaken()
    assert (meta.sent, [request.method for request in server.asked]) == ([], ["GET"])
