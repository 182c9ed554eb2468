"""The client of the Bot API: makes one call and returns its verdict."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.types import InputFile
from aiohttp import ClientConnectorError, ClientError, ClientTimeout, FormData
from pydantic import ValidationError

from bot.engine.verdicts import (
    CallAccepted,
    CallFailed,
    CallRefused,
    ChatClosed,
    ChatMoved,
    ChatUnreachable,
    FrontUnreachable,
    RateLimited,
    Verdict,
)
from bot.telegram.refusals import OUT_OF_REACH
from bot.telegram.uploads import Call, with_files

RETRY_AFTER = re.compile(r"retry after (\d+)")
PATIENCE = 30
"""Seconds to wait for an answer."""
NO_FILE = "the file cannot be read"
UNSAID_PAUSE = 5.0
"""Seconds to wait after a 429 that does not say how long."""
AS_JSON = {"Content-Type": "application/json"}


class BotSession(AiohttpSession):
    """Aiogram's session; it closes without a rest of its own, because aiohttp waits for its connections."""

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


class Client:
    """Calls Telegram for one bot.

    A call without files goes as JSON, which costs a third of a form; aiogram builds the forms.
    """

    def __init__(self, bot: Bot, session: AiohttpSession) -> None:
        self._bot, self._session = bot, session

    async def call(self, call: Call, patience: int | None = None) -> Verdict:
        """Make one call; never raises for what Telegram or the network do."""
        try:
            parameters = await with_files(call)
        except OSError as error:
            return CallRefused(f"{NO_FILE}: {error.strerror or type(error).__name__}")
        name = parameters.pop("method")
        body: str | FormData
        if any(_is_file(value) for value in parameters.values()):
            try:
                body = self._form(name, parameters)
            except ValidationError as error:
                return CallRefused(f"the call does not fit the Bot API: {error.error_count()} mistakes")
        else:
            given = {key: value for key, value in parameters.items() if value is not None}
            body = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
        return await self._post(name, body, patience or PATIENCE, call.get("chat_id", 0))

    def _form(self, name: str, parameters: Call) -> FormData:
        return self._session.build_form_data(self._bot, _model(name)(**parameters))

    async def _post(self, name: str, body: str | FormData, patience: int, chat_id: int) -> Verdict:
        url = self._session.api.api_url(token=self._bot.token, method=name)
        headers = AS_JSON if isinstance(body, str) else None
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        try:
            session = await self._session.create_session()
            async with session.post(
                url, data=data, headers=headers, timeout=ClientTimeout(total=patience)
            ) as answer:
                return _verdict(answer.status, await answer.read(), chat_id)
        except ClientConnectorError as error:  # without a connection nothing was sent
            return FrontUnreachable(type(error).__name__)
        except (ClientError, OSError) as error:  # with one it may have been; time-outs are among these
            return CallFailed(type(error).__name__, ambiguous=True)


@cache
def _model(name: str) -> type[methods.TelegramMethod[Any]]:
    model: type[methods.TelegramMethod[Any]] = getattr(methods, name[0].upper() + name[1:])
    return model


def _is_file(value: object) -> bool:
    return isinstance(value, InputFile) or (
        isinstance(value, dict) and isinstance(value.get("media"), InputFile)
    )


def _verdict(status: int, body: bytes, chat_id: int) -> Verdict:
    """The verdict of a response, which a proxy in between may have written."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        return CallFailed("the answer was no JSON", ambiguous=True)
    if answer["ok"] and status < 300:
        return CallAccepted(answer.get("result"))
    description = str(answer.get("description", ""))
    parameters = answer.get("parameters")
    told = _told(parameters) if isinstance(parameters, dict) else None
    return told or _refusal(status, description, chat_id)


def _told(parameters: Mapping[str, Any]) -> Verdict | None:
    """The fields that Telegram adds to a refusal: a rest, a group's new id."""
    match parameters:
        case {"retry_after": int(seconds)}:
            return RateLimited(float(seconds))
        case {"migrate_to_chat_id": int(chat_id)}:
            return ChatMoved(chat_id)
    return None


def _refusal(status: int, description: str, chat_id: int) -> Verdict:
    if status == 401 or (status == 404 and description == "Not Found"):
        return FrontUnreachable(description)  # the token is refused, or there is no Bot API at the address
    if status == 403:
        return ChatClosed(description) if chat_id > 0 else ChatUnreachable(description)
    if status >= 500:
        return CallFailed(description, ambiguous=False)
    if "Too Many Requests" in description:
        said = RETRY_AFTER.search(description)
        return RateLimited(float(said[1]) if said else UNSAID_PAUSE)
    refused = CallRefused(description)
    if not refused.says(*OUT_OF_REACH):
        return refused
    return ChatClosed(description) if chat_id > 0 else ChatUnreachable(description)
