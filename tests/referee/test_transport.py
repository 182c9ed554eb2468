"""The HTTP door, spoken to by hand: every way of saying the same thing, and what breaks on the wire."""

import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox import BotApiServer, Fault
from sandbox.accounts import Json
from sandbox.content import samples
from tests.referee.front import Desk


class Wire:
    def __init__(self, http: aiohttp.ClientSession, base: str) -> None:
        self.http, self.base = http, base

    async def post(self, name: str, data: object = None, **how: object) -> tuple[int, Json]:
        async with self.http.post(f"{self.base}/{name}", data=data, **how) as response:  # type: ignore[arg-type]
            return response.status, json.loads(await response.read())


@pytest.fixture
async def wire(desk: Desk) -> AsyncIterator[Wire]:
    await desk.anna.starts()
    async with BotApiServer(desk.world) as server, aiohttp.ClientSession() as http:
        yield Wire(http, f"{server.url}/bot{desk.account.token}")


async def test_get_post_form_json_and_multipart_say_the_same(desk: Desk, wire: Wire) -> None:
    message = {"chat_id": str(desk.anna.id), "text": "да"}
    async with wire.http.get(f"{wire.base}/SendMESSAGE", params=message) as response:
        assert (await response.json())["result"]["text"] == "да"
    multipart = aiohttp.FormData(message)
    multipart.add_field("photo", b"", filename="")
    assert (await wire.post("sendMessage", message))[0] == 200
    assert (await wire.post("sendMessage", None, json={"chat_id": desk.anna.id, "text": "да"}))[0] == 200
    assert (await wire.post("sendMessage?text=query", {"chat_id": message["chat_id"]}))[0] == 200
    status, body = await wire.post("sendMessage", multipart)
    assert (status, body["description"]) == (400, "Bad Request: sandbox: sendMessage has no parameter photo")


async def test_a_file_may_come_under_the_parameters_own_name(desk: Desk, wire: Wire) -> None:
    form = aiohttp.FormData({"chat_id": str(desk.anna.id)})
    form.add_field("photo", samples.picture(1, 2, 3, 40, 30), filename="a.png")
    status, body = await wire.post("sendPhoto", form)
    assert status == 200
    assert body["result"]["photo"][-1]["height"] == 30
    status, body = await wire.post("sendPhoto", {"chat_id": str(desk.anna.id), "photo": "attach://nothing"})
    assert body["description"] == "Bad Request: there is no photo in the request"


async def test_uploads_have_a_limit(desk: Desk, wire: Wire) -> None:
    form = aiohttp.FormData({"chat_id": str(desk.anna.id)})
    form.add_field("document", io.BytesIO(bytes((50 << 20) + 1)), filename="big.bin")
    status, body = await wire.post("sendDocument", form)
    assert (status, body["description"]) == (413, "Request Entity Too Large")


async def test_files_are_served_for_an_hour_to_the_bot_that_asked(desk: Desk, wire: Wire) -> None:
    await desk.anna.sends_document(data=b"bytes", name="a.txt")
    file_id = (await desk.updates("message"))[-1]["document"]["file_id"]
    _, body = await wire.post("getFile", {"file_id": file_id})
    address = f"{wire.base.replace('/bot', '/file/bot')}/{body['result']['file_path']}"
    async with wire.http.get(address) as response:
        assert await response.read() == b"bytes"
    desk.world.clock.shift(3601)
    async with wire.http.get(address) as response:
        assert response.status == 404


async def test_wrong_tokens_and_addresses(desk: Desk, wire: Wire) -> None:
    server = wire.base.rpartition("/")[0]
    for path, status, description in (
        ("/bot123:abc/getMe", 401, "Unauthorized"),
        ("/botjunk/getMe", 401, "Unauthorized: invalid token specified"),
        ("/somewhere", 404, "Not Found"),
    ):
        async with wire.http.get(server + path) as response:
            body = await response.json()
            assert (response.status, body["description"]) == (status, description)
    desk.account.revoked = True
    assert (await wire.post("getMe"))[0] == 401


async def test_the_status_is_the_error_code_and_a_wait_stands_in_the_header(desk: Desk, wire: Wire) -> None:
    desk.world.faults.add(Fault.too_many_requests(7), times=1)
    async with wire.http.get(f"{wire.base}/getMe") as response:
        assert (response.status, response.headers["Retry-After"]) == (429, "7")
        assert (await response.json())["parameters"] == {"retry_after": 7}


async def test_what_breaks_on_the_wire(desk: Desk, wire: Wire) -> None:
    message = {"chat_id": str(desk.anna.id), "text": "раз"}
    for fault in (Fault.reset_before(), Fault.reset_after()):
        desk.world.faults.add(fault, times=1)
        with pytest.raises(aiohttp.ClientConnectionError):
            await wire.post("sendMessage", message)
    assert [m["text"] for m in await desk.anna.reads()] == ["/start", "раз"], "only the second was applied"
    desk.world.faults.add(Fault.bad_gateway(), times=1)
    async with wire.http.get(f"{wire.base}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")
    desk.world.faults.add(Fault.truncated_json(), times=1)
    with pytest.raises(json.JSONDecodeError):
        await wire.post("sendMessage", message)
    desk.world.faults.add(Fault.hangs(5), times=1)
    with pytest.raises(TimeoutError):
        await wire.post("sendMessage", message, timeout=aiohttp.ClientTimeout(0.1))
    assert len(await desk.anna.reads()) == 4


async def test_only_two_verbs_are_spoken(wire: Wire) -> None:
    """Source: td HttpReader.cpp:726-737: anything but GET and POST is not implemented."""
    for verb in ("PUT", "DELETE", "PATCH"):
        async with wire.http.request(verb, f"{wire.base}/getMe") as response:
            body = await response.json()
            assert (response.status, body["description"]) == (501, "Not Implemented")


async def test_a_body_that_cannot_be_read_is_refused_like_anything_else(wire: Wire) -> None:
    """Whatever comes in, the answer is JSON with a 400."""
    bodies = [
        (b"\xff\xfe\x00", "application/json"),
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"\xff=\xff", "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    ]
    for body, kind in bodies:
        status, answer = await wire.post("sendMessage", body, headers={"Content-Type": kind})
        assert (status, answer["error_code"], answer["ok"]) == (400, 400, False), body
