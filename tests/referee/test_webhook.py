"""Updates brought to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from aiogram import Dispatcher
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from sandbox import Customer
from sandbox.accounts import Json
from tests.referee.front import Desk


class Receiver:
    """A bot's web server that answers as it is told and notes what came."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[web.Response] = []
        self.got: list[Json] = []
        self.secrets: list[str] = []
        self.inside = 0
        self.most_inside = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.news = asyncio.Condition()

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        async with self.news:
            self.got.append(await request.json())
            self.news.notify_all()
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        await self.gate.wait()
        self.inside -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> list[Json]:
        async with asyncio.timeout(5), self.news:
            await self.news.wait_for(lambda: len(self.got) >= count)
        return self.got


@pytest.fixture
async def receiver(desk: Desk) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    desk.world.webhooks.patience = 0.001
    yield receiver
    receiver.gate.set()
    await desk.world.webhooks.close()
    await runner.cleanup()


async def test_updates_come_with_the_secret_those_that_waited_first(desk: Desk, receiver: Receiver) -> None:
    await desk.anna.starts()
    await desk.bot.set_webhook(receiver.url, secret_token="s3cret", drop_pending_updates=True)
    await desk.anna.says("Привет")
    (update,) = await receiver.until(1)
    assert update["message"]["text"] == "Привет"
    assert receiver.secrets == ["s3cret"]
    await asyncio.sleep(0.05)
    info = await desk.bot.get_webhook_info()
    assert info.pending_update_count == 0
    assert info.last_error_message is None


async def test_one_chat_has_one_update_in_flight_and_chats_go_side_by_side(
    desk: Desk, receiver: Receiver
) -> None:
    boris = Customer(desk.world, desk.account, "Борис")
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    receiver.gate.clear()
    await desk.anna.starts()
    await desk.anna.says("раз")
    await boris.starts()
    await receiver.until(2)
    await asyncio.sleep(0.05)
    assert sorted(update["message"]["from"]["first_name"] for update in receiver.got) == ["Анна", "Борис"]
    receiver.gate.set()
    texts = [update["message"]["text"] for update in await receiver.until(3)]
    assert texts[-1] == "раз"
    assert receiver.most_inside == 2


async def test_what_is_not_taken_is_brought_again_in_order(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500), web.Response(status=503, headers={"Retry-After": "2"})]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await desk.anna.says("раз")
    texts = [update["message"]["text"] for update in await receiver.until(4)]
    assert texts == ["/start", "/start", "/start", "раз"]
    info = await desk.bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_method_in_the_answer_is_carried_out(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [
        web.json_response({"method": "sendMessage", "chat_id": desk.anna.id, "text": "Сразу"}),
        web.json_response({"method": "getMe"}),
    ]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await desk.anna.sees("Сразу")
    await desk.anna.says("раз")
    await receiver.until(2)
    assert desk.world.log.calls("getMe") == []


def as_form(desk: Desk) -> web.Response:
    return web.Response(
        text=urlencode({"method": "sendMessage", "chat_id": desk.anna.id, "text": "Да & нет"}),
        content_type="application/x-www-form-urlencoded",
    )


async def as_aiogram_answers(desk: Desk) -> web.StreamResponse:
    """The very answer that aiogram's own webhook handler would give."""
    handler = SimpleRequestHandler(Dispatcher(), desk.bot)
    method = SendDocument(
        chat_id=desk.anna.id, document=BufferedInputFile(b"%PDF", "invoice.pdf"), caption="Да & нет"
    )
    return web.Response(body=handler._build_response_writer(desk.bot, method))


async def test_a_method_in_a_form_is_carried_out(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [as_form(desk)]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await desk.anna.sees("Да & нет")


async def test_a_method_with_a_file_is_carried_out(desk: Desk, receiver: Receiver) -> None:
    receiver.answers = [await as_aiogram_answers(desk)]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    carried = await desk.anna.sees("Да & нет")
    assert carried["document"]["file_name"] == "invoice.pdf"


@pytest.mark.parametrize(
    "answer",
    [
        web.Response(text="{not json", content_type="application/json"),
        web.Response(text="--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=y"}),
        web.Response(body=b"\xff\xfe", content_type="application/x-www-form-urlencoded"),
        web.json_response(["sendMessage"]),
    ],
)
async def test_an_answer_that_is_no_call_counts_as_taken(
    desk: Desk, receiver: Receiver, answer: web.Response
) -> None:
    receiver.answers = [answer]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await desk.anna.says("раз")
    got = await receiver.until(2)
    assert [each["message"]["text"] for each in got] == ["/start", "раз"]


async def test_what_nobody_takes_in_a_day_is_dropped(desk: Desk, receiver: Receiver) -> None:
    await desk.bot.set_webhook("http://127.0.0.1:9/", drop_pending_updates=True)
    await desk.anna.starts()
    await asyncio.sleep(0.05)
    assert (await desk.bot.get_webhook_info()).last_error_message == "Connection refused"
    assert (await desk.bot.get_webhook_info()).pending_update_count == 1
    desk.world.clock.shift(24 * 3600 + 1)
    await asyncio.sleep(0.05)
    await desk.bot.delete_webhook()
    assert await desk.bot.get_updates() == []


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"url": "not an address"}, "Bad Request: invalid webhook URL specified"),
        (
            {"url": "http://example.com/x"},
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        ({"url": "http://127.0.0.1:9/", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        (
            {"url": "http://127.0.0.1:9/", "secret_token": "пароль"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
async def test_odd_webhooks_are_refused(desk: Desk, params: dict[str, str], said: str) -> None:
    assert await desk.refusal("setWebhook", **params) == said


async def test_polling_resumes_where_the_webhook_left_off(desk: Desk, receiver: Receiver) -> None:
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await receiver.until(1)
    await asyncio.sleep(0.02)
    await desk.bot.delete_webhook()
    await desk.anna.says("дальше")
    assert [u.message.text for u in await desk.bot.get_updates() if u.message] == ["дальше"]
