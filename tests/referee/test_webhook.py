"""Updates brought to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web

from sandbox import Customer
from sandbox.accounts import Json
from sandbox.content import samples
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
        async with asyncio.timeout(30), self.news:
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


async def test_a_method_in_the_answer_may_come_in_a_form_and_with_a_file(
    desk: Desk, receiver: Receiver
) -> None:
    """Source: tba WebhookActor.cpp:620: the arguments of the answer, however they are written."""
    form = urlencode({"method": "sendMessage", "chat_id": desk.anna.id, "text": "Из формы"})
    with aiohttp.MultipartWriter("form-data") as parts:
        fields: dict[str, object] = {"method": "sendPhoto", "chat_id": desk.anna.id, "caption": "С файлом"}
        for name, value in {**fields, "photo": samples.picture(1, 2, 3, 40, 30)}.items():
            part = parts.append(value if isinstance(value, bytes) else str(value))
            more = {"filename": "a.png"} if name == "photo" else {}
            part.set_content_disposition("form-data", name=name, **more)
    receiver.answers = [
        web.Response(text=form, content_type="application/x-www-form-urlencoded"),
        web.Response(body=parts),
        web.Response(body=b"\xff\xfe", content_type="application/json"),
    ]
    await desk.bot.set_webhook(receiver.url, drop_pending_updates=True)
    await desk.anna.starts()
    await desk.anna.sees("Из формы")
    await desk.anna.says("раз")
    assert (await desk.anna.sees_photo("С файлом"))["photo"][-1]["width"] == 40
    await desk.anna.says("два")
    await receiver.until(3)


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
