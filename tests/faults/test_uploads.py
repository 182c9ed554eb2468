"""Files leave with the call that names them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot

from bot.config import Telegram
from bot.telegram.client import NO_FILE, BotSession, CallAccepted, CallRefused, Client
from bot.telegram.routes import TelegramRoutes
from bot.telegram.uploads import DiskFile, MemoryFile
from sandbox import BotApiServer, Customer, World
from sandbox.content import samples


@pytest.fixture
async def ann() -> AsyncIterator[tuple[Client, Customer]]:
    world = World(seed=1)
    account = world.bot("support_bot")
    async with BotApiServer(world) as server:
        session = BotSession(TelegramRoutes.of(Telegram(api_url=server.url), account.token))
        bot = Bot(account.token, session=session)
        customer = Customer(world, account, "Ann")
        await customer.starts()
        yield Client(bot, session), customer
        await bot.session.close()


async def test_a_file_of_this_machine_and_one_made_for_the_occasion(
    ann: tuple[Client, Customer], tmp_path: Path
) -> None:
    door, customer = ann
    picture = tmp_path / "box.png"
    picture.write_bytes(samples.picture(1, 2, 3))
    to = {"chat_id": customer.chat.id}
    took = await door.call({"method": "sendPhoto", **to, "photo": DiskFile(picture), "caption": "box"})
    assert isinstance(took, CallAccepted)
    await customer.sees_photo("box")
    await door.call({"method": "sendDocument", **to, "document": MemoryFile("faq.yaml", "- id: ё\n")})
    document = (await customer.sees_kind("document"))["document"]
    assert (document["file_name"], document["file_size"]) == ("faq.yaml", len("- id: ё\n".encode()))
    media = {"type": "photo", "media": DiskFile(picture), "caption": "the same box"}
    edit = {"method": "editMessageMedia", **to, "message_id": took.result["message_id"], "media": media}
    assert isinstance(await door.call(edit), CallAccepted)
    await customer.sees_photo("the same box")


async def test_a_file_that_is_gone_is_refused_and_not_tried_for_ever(
    ann: tuple[Client, Customer], tmp_path: Path
) -> None:
    door, customer = ann
    call = {"method": "sendPhoto", "chat_id": customer.chat.id, "photo": DiskFile(tmp_path / "gone.png")}
    verdict = await door.call(call)
    assert isinstance(verdict, CallRefused)
    assert verdict.says(NO_FILE)
    assert str(tmp_path) not in verdict.description
