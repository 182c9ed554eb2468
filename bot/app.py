"""The composition root: from settings to desks at work."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from datetime import UTC
from functools import partial
from typing import Any, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.config import Settings
from bot.desk_at_work import DeskAtWork
from bot.ending import told_to
from bot.engine.intake import Intake
from bot.engine.outages import Outages
from bot.health.supervisor import Supervisor
from bot.health.watch import Watch
from bot.telegram.client import Client
from bot.web.opening import WebDoor
from locales import Texts
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.patience import PatientEngine
from storage.engine.schema import ensure

T = TypeVar("T")

log = structlog.get_logger("app")

TICKS_END = 1.0
"""Seconds that the desks' last ticks have to end."""


@asynccontextmanager
async def desks_at_work(settings: Settings) -> AsyncIterator[list[DeskAtWork]]:
    """All desks of the file over one database, ready to work."""
    outages = Outages()
    engine = PatientEngine(partial(open_engine, settings.storage.url, outages.mended), outages)
    ledger = Ledger(engine)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(ledger.close)
        words = Texts()
        desks = [DeskAtWork(name, settings, ledger, engine, words) for name in settings.desk]
        for desk in desks:
            stack.push_async_callback(desk.close)
            outages.alarms.append(desk.straight)  # before the database is asked for anything
        await ensure(ledger)
        for desk in desks:
            await desk.open()
            outages.on_mended.append(desk.say_mended)
        yield desks


async def serve_until_told(settings: Settings, watch: Watch) -> None:
    """Serve every desk until a signal ends it; the process ends then, whatever hangs."""
    stop = asyncio.Event()
    with told_to(stop):
        await serve(settings, stop, watch)


async def serve(settings: Settings, stop: asyncio.Event, watch: Watch | None = None) -> None:
    """Serve every desk until told to `stop`; what is in flight is finished first."""
    watch = watch or Watch(settings.desk)
    polling = settings.telegram.updates == "polling"
    async with WebDoor(settings, watch) as door, AsyncExitStack() as desks_at:
        desks = await unless(stop, desks_at.enter_async_context(desks_at_work(settings)))
        if desks is None:
            return
        with ExitStack() as stack:
            stack.enter_context(watch.over({desk.health.name: desk.health for desk in desks}, stop))
            stack.enter_context(door.open_for(*_webhook_of(desks)))
            scheduler = AsyncIOScheduler(timezone=UTC)
            for desk in desks:
                desk.ticker.wind(scheduler)
            scheduler.start()
            stack.callback(scheduler.shutdown, wait=False)
            log.info("at work", desks=[desk.units.profile.desk for desk in desks])
            stack.enter_context(Supervisor().told(watch.line, stop))
            await asyncio.gather(*(desk.work(stop, polling=polling) for desk in desks))
            with suppress(TimeoutError):  # a tick may wait for a database that is away
                async with asyncio.timeout(TICKS_END):
                    await asyncio.gather(*(desk.ticker.stop() for desk in desks))
    log.info("stopped")


async def unless(stop: asyncio.Event, wanted: Coroutine[Any, Any, T]) -> T | None:
    """The result of what is wanted, or None if we are told to stop before it is there."""
    begun, stopped = asyncio.ensure_future(wanted), asyncio.ensure_future(stop.wait())
    await asyncio.wait({begun, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if begun.done():
        return begun.result()
    begun.cancel()
    await asyncio.wait({begun})
    return None


def _webhook_of(desks: list[DeskAtWork]) -> tuple[dict[str, Intake], dict[str, Client]]:
    """What a webhook needs of each desk."""
    names = {desk.units.profile.desk: desk for desk in desks}
    return (
        {name: desk.intake for name, desk in names.items()},
        {name: desk.client for name, desk in names.items()},
    )
