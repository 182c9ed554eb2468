"""The in-process door: an aiogram session that calls the world directly, without a socket."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.content.files import Upload
from sandbox.wire.door import Answer, knock
from sandbox.world import World


class WorldSession(BaseSession):
    """Says exactly what the HTTP session says, and hears exactly what it would hear."""

    def __init__(self, world: World, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.world = world

    async def close(self) -> None:
        """Nothing is held open; a webhook set in process is the world's to close."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        attached: dict[str, InputFile] = {}
        params = {}
        for key, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=attached)
            if prepared:
                params[key] = prepared
        files = {key: await _upload(bot, key, file) for key, file in attached.items()}
        patience = self.timeout if timeout is None else timeout
        try:
            called = knock(self.world, bot.token, method.__api_method__, params, files)
            answer = await asyncio.wait_for(called, patience)
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        return self._heard(bot, method, answer)

    def _heard(self, bot: Bot, method: TelegramMethod[TelegramType], answer: Answer) -> TelegramType:
        if answer.reset:
            raise TelegramNetworkError(method=method, message="ServerDisconnectedError: Server disconnected")
        content = answer.body.decode("utf-8", "surrogatepass")
        response = self.check_response(bot, method, answer.status, content)
        return cast("TelegramType", response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Bytes behind a `/file/bot<token>/<path>` address."""
        token, _, path = url.partition("/file/bot")[2].partition("/")
        stored = self.world.files.fetch(self.world.bot_by_token(token), path)
        if stored is None and raise_for_status:
            raise FileNotFoundError(url)
        data = stored.data if stored else b""
        for start in range(0, len(data), chunk_size):
            yield data[start : start + chunk_size]


async def _upload(bot: Bot, key: str, file: InputFile) -> Upload:
    data = b"".join([chunk async for chunk in file.read(bot)])
    return Upload(data, file.filename or key)
