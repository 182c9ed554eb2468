"""/hooks/whatsapp: Meta tells what became of messages; it proves itself by a signature, we by a word."""

import asyncio
import hmac
from collections.abc import Sequence
from functools import partial

import structlog
from aiohttp import web

from bot.channels.letter_sender import OUTCOMES
from bot.channels.whatsapp_receipts import SIGNATURE, LetterReceipt, is_signed, receipts
from bot.config import Settings
from bot.config.backup_channels import WhatsappChannel
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.health.tally import Tally
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram.apart import parsed
from bot.web.server import LATER, whole_body
from desk.letters.letter import LetterTaken

log = structlog.get_logger("web")

BODY = 2**18
AT_ONCE = 50
"""So many receipts are kept in one transaction: people wait behind it."""
CHALLENGE = 100
"""Characters of what Meta wants to hear again."""
AGAIN, PENDING = 30.0, 1000
"""Seconds after which what was not known is looked at once more, since our own row may learn a message's name
after its receipt has come; and for how many at a time."""
KIND = "whatsapp"


class WhatsappReceipts:
    """The addresses of all desks that have WhatsApp with an app's secret, a single desk's at the root too."""

    def __init__(self, settings: Settings) -> None:
        channels = {name: desk.backup_channels.whatsapp for name, desk in settings.desk.items()}
        self._channels = {name: each for name, each in channels.items() if each.app_secret.get_secret_value()}
        self._single = next(iter(settings.desk)) if len(settings.desk) == 1 else ""
        self._open: dict[str, tuple[Units, Tally]] = {}
        self._decided = {name: asyncio.Event() for name in settings.desk}
        self._again: set[asyncio.Task[None]] = set()

    @property
    def wanted(self) -> bool:
        """Whether Meta may call."""
        return bool(self._channels)

    def add_to(self, app: web.Application) -> None:
        """The same address twice."""
        for prefix in ("", "/d/{desk}"):
            app.router.add_get(f"{prefix}/hooks/{KIND}", self._prove)
            app.router.add_post(f"{prefix}/hooks/{KIND}", self._receive)

    def begin(self, name: str, units: Units, tally: Tally) -> None:
        """A desk is ready."""
        self._open[name] = units, tally
        self._decided[name].set()

    def end(self, name: str) -> None:
        """Another process serves it, or none."""
        self._open.pop(name, None)
        self._decided[name].set()

    async def _prove(self, request: web.Request) -> web.Response:
        """Say again what Meta says, if it knows the word of the configuration."""
        _, channel = self._channel(request)
        said, word = request.query, channel.verify_token.get_secret_value().encode()
        known = hmac.compare_digest(said.get("hub.verify_token", "").encode(), word)
        challenge = said.get("hub.challenge", "")
        if said.get("hub.mode") != "subscribe" or not known or len(challenge) > CHALLENGE:
            raise web.HTTPForbidden
        return web.Response(text=challenge, headers={"X-Content-Type-Options": "nosniff"})

    async def _receive(self, request: web.Request) -> web.Response:
        """Answer 200 once the receipts are kept; what is no receipt of ours is nobody's fault."""
        name, channel = self._channel(request)
        body = await whole_body(request, BODY)
        secret = channel.app_secret.get_secret_value()
        if not is_signed(body, request.headers.get(SIGNATURE, ""), secret):
            raise web.HTTPUnauthorized
        try:
            told = receipts(parsed(body), channel.phone_id)
        except ValueError:
            raise web.HTTPBadRequest from None
        await self._decided[name].wait()
        if name not in self._open:
            raise web.HTTPServiceUnavailable(headers=LATER)
        try:
            unknown = await self._keep(name, told)
        except Exception as error:
            log.error("receipts could not be kept; Meta brings them again", desk=name, error=describe(error))
            raise web.HTTPServiceUnavailable(headers=LATER) from None
        self._look_again(name, unknown)
        return web.Response()

    def _channel(self, request: web.Request) -> tuple[str, WhatsappChannel]:
        name = request.match_info.get("desk", self._single)
        if name not in self._channels:
            raise web.HTTPNotFound
        return name, self._channels[name]

    async def _keep(self, name: str, told: Sequence[LetterReceipt]) -> list[LetterReceipt]:
        """Act on receipts, and count them; gives back those of messages that are not known."""
        unknown: list[LetterReceipt] = []
        for start in range(0, len(told), AT_ONCE):
            units, tally = self._open[name]
            some = told[start : start + AT_ONCE]
            known = await units.write(partial(_take, some))
            for receipt, was_known in zip(some, known, strict=True):
                if was_known:
                    arrived = isinstance(receipt.outcome, LetterTaken)
                    tally.letter(KIND, "delivered" if arrived else OUTCOMES[type(receipt.outcome)])
                else:
                    unknown.append(receipt)
        return unknown

    def _look_again(self, name: str, unknown: Sequence[LetterReceipt]) -> None:
        failed = [each for each in unknown if not isinstance(each.outcome, LetterTaken)]
        if failed and len(self._again) < PENDING:
            task = asyncio.create_task(self._once_more(name, failed), name="receipts")
            self._again.add(task)
            task.add_done_callback(self._again.discard)

    async def _once_more(self, name: str, failed: Sequence[LetterReceipt]) -> None:
        await asyncio.sleep(AGAIN)
        try:
            if name in self._open:
                await self._keep(name, failed)
        except Exception as error:
            log.error("receipts could not be kept", desk=name, error=describe(error))


def _take(told: Sequence[LetterReceipt], rooms: DeskRooms) -> list[bool]:
    return [rooms.managers.letters.told_later(KIND, each.message_id, each.outcome) for each in told]
