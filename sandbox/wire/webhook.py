"""Delivering updates to a bot's own address: one in flight per queue, retried until stale."""

import asyncio
import json
import random
from collections import deque
from typing import TYPE_CHECKING

import aiohttp

from sandbox.accounts import BotAccount, Json
from sandbox.content.files import Upload
from sandbox.errors import ApiError
from sandbox.wire import bodies
from sandbox.wire.door import knock
from sandbox.wire.mailbox import Address, Mailbox, Update

if TYPE_CHECKING:
    from sandbox.world import World

RESPONSE_TIMEOUT = 60.0
LONGEST_RETRY_AFTER = 3600.0
LONGEST_PAUSE = 60.0
GONE_LIMIT = 23 * 3600.0
NEVER_RUN = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Delivery:
    """One bot's webhook at work."""

    def __init__(self, world: "World", bot: BotAccount, settings: Address) -> None:
        self.settings = settings
        self.last_error: tuple[int, str] | None = None
        self._world = world
        self.bot = bot
        self._mail: Mailbox = world.mail[bot.id]
        self._lanes: dict[str, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(settings.max_connections)
        self._session: aiohttp.ClientSession | None = None
        self._gone_since: float | None = None

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(RESPONSE_TIMEOUT))
        for update in self._mail.peek(len(self._mail)):
            self._take(update)
        self._mail.on_put = self._take

    async def stop(self) -> None:
        self._mail.on_put = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _take(self, update: Update) -> None:
        lane = self._lanes.setdefault(update.lane, deque())
        lane.append(update)
        if len(lane) == 1:
            task = asyncio.get_running_loop().create_task(self._work(update.lane, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, name: str, lane: deque[Update]) -> None:
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[name]

    async def _deliver(self, update: Update) -> None:
        """Try until it is taken or stale: at once, then after 1, 2, 4… seconds."""
        pause = 0.0
        while self._world.clock.now() < update.expires:
            async with self._room:
                delay = await self._post(update)
            if delay is None:
                break
            await asyncio.sleep((delay or pause) * self._world.webhooks.patience)
            pause = min(max(1.0, pause * 2), random.uniform(LONGEST_PAUSE, 2 * LONGEST_PAUSE))  # noqa: S311
        self._mail.drop(update)

    async def _post(self, update: Update) -> float | None:
        """One attempt: None when taken, else the pause the receiver asks for (0 if it does not say)."""
        headers = {"Content-Type": "application/json"}
        if self.settings.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.settings.secret
        if self._session is None:
            raise RuntimeError("the webhook is not started")
        body = json.dumps(update.json(), ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            async with self._session.post(
                self.settings.url, data=body, headers=headers, allow_redirects=False
            ) as response:
                returned = await _returned(response)
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientError as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            return self._failed("Connection refused" if refused else f"Connection closed: {error}")
        if 200 <= response.status < 300:
            await self._run_returned(*returned)
            return None
        self._note_gone(gone=response.status == 410)
        asked = response.headers.get("Retry-After", "0")
        reason = f"Wrong response from the webhook: {response.status} {response.reason}"
        return self._failed(reason, min(float(asked) if asked.isdigit() else 0.0, LONGEST_RETRY_AFTER))

    def _failed(self, reason: str, retry_after: float = 0.0) -> float:
        self.last_error = self._world.clock.date(), reason
        return retry_after

    def _note_gone(self, *, gone: bool) -> None:
        """An address that has been gone for 23 hours is forgotten."""
        now = self._world.clock.now()
        self._gone_since = (self._gone_since or now) if gone else None
        if self._gone_since is not None and now - self._gone_since > GONE_LIMIT:
            self._world.webhooks.forget(self.bot)

    async def _run_returned(self, params: Json, files: dict[str, Upload]) -> None:
        """The receiver may answer with a method to run; what comes of it nobody is told."""
        name = params.pop("method", None)
        if isinstance(name, str) and name and not name.lower().startswith(NEVER_RUN):
            await knock(self._world, self.bot.token, name, params, files)


async def _returned(response: aiohttp.ClientResponse) -> tuple[Json, dict[str, Upload]]:
    """What the receiver's answer says, as JSON, as a form or as a form with files; nothing, if it is none."""
    try:
        if response.content_type == "multipart/form-data":
            return await bodies.parts(aiohttp.MultipartReader.from_response(response))  # type: ignore[arg-type]
        return bodies.parsed(response.content_type, await response.read()), {}
    except (ApiError, *bodies.BROKEN):
        return {}, {}


class Webhooks:
    """Who has one; `patience` below 1 makes retries quicker than Telegram's."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._active: dict[int, Delivery] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self.patience = 1.0
        self._set_at: dict[int, float] = {}

    def of(self, bot: BotAccount) -> Delivery | None:
        return self._active.get(bot.id)

    def use(self, bot: BotAccount, settings: Address) -> None:
        self.forget(bot)
        delivery = self._active[bot.id] = Delivery(self._world, bot, settings)
        delivery.start()

    def set_lately(self, bot: BotAccount) -> bool:
        """Whether this bot's webhook was set within the last second; notes that it is being set now."""
        now = self._world.clock.now()
        before, self._set_at[bot.id] = self._set_at.get(bot.id, 0.0), now
        return now - before < 1.0

    def forget(self, bot: BotAccount) -> None:
        delivery = self._active.pop(bot.id, None)
        if delivery is not None:
            task = asyncio.get_running_loop().create_task(delivery.stop())
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    def reset(self) -> None:
        """Forget all of them."""
        for delivery in list(self._active.values()):
            self.forget(delivery.bot)
        self._set_at.clear()
        self.patience = 1.0

    async def close(self) -> None:
        for delivery in self._active.values():
            await delivery.stop()
        self._active.clear()
        await asyncio.gather(*self._leaving)
