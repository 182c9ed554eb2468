"""getUpdates: confirm, wait, hand out; one poller at a time."""

import asyncio

from aiogram.methods import GetUpdates

from sandbox.accounts import Json
from sandbox.api.registry import Request, method
from sandbox.errors import ApiError, Refusal

LONGEST_WAIT = 50
MOST = 100


@method(GetUpdates)
async def get_updates(request: Request, asked: GetUpdates) -> list[Json]:
    world, bot = request.world, request.bot
    mail = world.mail[bot.id]
    if world.webhooks.of(bot) is not None:
        raise ApiError(Refusal.WEBHOOK_ACTIVE)
    mail.interrupt(Refusal.OTHER_POLLER)
    mail.allow(asked.allowed_updates)
    if asked.offset:
        mail.confirm(asked.offset)
    limit = max(1, min(asked.limit or MOST, MOST))
    updates = mail.peek(limit)
    timeout = max(0, min(asked.timeout or 0, LONGEST_WAIT))
    if not updates and timeout:
        # a request that is terminated here by another one answers 409
        await mail.news(timeout)
        updates = mail.peek(limit)
    else:
        await asyncio.sleep(0)
    return [update.json() for update in updates]
