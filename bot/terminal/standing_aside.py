"""A desk's rooms over its database without a bot at work, for a command that looks in or changes a little."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.engine.units import Units
from bot.profiles import profile
from faq.library import Library
from locales import Texts
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure


@asynccontextmanager
async def at_rest(settings: Settings, name: str) -> AsyncIterator[Units]:
    """Units of work on one desk; the bot may be at work beside them."""
    desk = settings.desk[name]
    bot_id = int(desk.token.get_secret_value().partition(":")[0])
    zone = ZoneInfo(desk.time_zone)
    ledger = Ledger(await open_engine(settings.storage.url))
    try:
        await ensure(ledger)
        now = partial(datetime.now, UTC)
        faq = Library(lambda: now().astimezone(zone), ())
        units = Units(profile(name, desk, Texts()), bot_id, faq, ledger, now)
        places = units.profile.places
        places.group, forum = await units.look(
            lambda rooms: rooms.stores.places.now(units.profile.configured_group)
        )
        places.forum = forum or None
        yield units
    finally:
        await ledger.close()
