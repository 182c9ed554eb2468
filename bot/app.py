"""The composition root: from settings to desks at work."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from functools import partial

import structlog

from bot.config import Settings
from bot.desk_at_work import DeskAtWork, SharedParts
from bot.ending import told_to
from bot.engine.outages import Outages
from bot.health.backup_health import BackupHealth
from bot.health.supervisor import Supervisor
from bot.health.timed_backups import TimedBackups
from bot.health.watch import Watch
from bot.terms import DeskTerms, unless
from bot.web.opening import WebDoor
from locales import Texts
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.patience import PatientEngine
from storage.engine.schema import ensure

log = structlog.get_logger("app")


@asynccontextmanager
async def desks_of(
    settings: Settings, door: WebDoor, watch: Watch, backups: BackupHealth
) -> AsyncIterator[list[DeskTerms]]:
    """All desks of the file over one database, ready to stand by or to work."""
    outages = Outages()
    engine = PatientEngine(partial(open_engine, settings.storage.url, outages.mended), outages)
    ledger = Ledger(engine)
    polling = settings.telegram.updates == "polling"
    async with AsyncExitStack() as stack:
        stack.push_async_callback(ledger.close)
        shared = SharedParts(settings, ledger, engine, Texts(), backups)
        desks = [
            DeskTerms(partial(DeskAtWork, name, shared), door, watch, polling=polling)
            for name in settings.desk
        ]
        for desk in desks:
            stack.push_async_callback(desk.close)
            outages.alarms.append(desk)  # before the database is asked for anything
            outages.on_mended.append(desk.say_mended)
        stack.callback(outages.end)
        if await ensure(ledger):
            log.info("the database was empty: nobody who has written before is known")
        yield desks


async def serve_until_told(settings: Settings, watch: Watch) -> None:
    """Serve every desk until a signal ends it; the process ends then, whatever hangs."""
    stop = asyncio.Event()
    with told_to(stop):
        await serve(settings, stop, watch)


async def serve(settings: Settings, stop: asyncio.Event, watch: Watch | None = None) -> None:
    """Serve every desk until told to `stop`; what is in flight is finished first."""
    watch, kept = watch or Watch(settings.desk), BackupHealth.of(settings)
    async with WebDoor(settings, watch) as door, AsyncExitStack() as desks_at:
        desks = await unless(stop, desks_at.enter_async_context(desks_of(settings, door, watch, kept)))
        if desks is None:
            return
        serving = [asyncio.create_task(desk.serve(stop), name=desk.name) for desk in desks]
        backups = asyncio.create_task(timed_backups(settings, kept, desks).run(), name="backups")
        try:
            await _settled(desks, serving)
            with ExitStack() as stack:
                stack.enter_context(watch.over({desk.name: desk.desk.health for desk in desks}, stop))
                stack.enter_context(Supervisor().told(watch.line, stop))
                await asyncio.wait(serving)
        finally:
            backups.cancel()
            for each in serving:
                each.cancel()
            await asyncio.wait(serving)
        for each in serving:
            each.result()
    log.info("stopped")


def timed_backups(settings: Settings, health: BackupHealth, desks: Sequence[DeskTerms]) -> TimedBackups:
    """Backups of the one database of all desks, while we are at work on any of them."""

    async def failed(reason: str, params: Mapping[str, object]) -> None:
        telling = [desk.say_no_backup(reason, params) for desk in desks]
        await asyncio.gather(*telling, return_exceptions=True)  # a desk's term may end meanwhile

    def at_work() -> bool:
        return any(desk.at_work for desk in desks)

    return TimedBackups(settings, health, at_work, failed)


async def _settled(desks: Sequence[DeskTerms], serving: Sequence[asyncio.Task[None]]) -> None:
    """Until every desk works or stands by, or one of them has ended."""

    async def every() -> None:
        for desk in desks:
            await desk.settled.wait()

    settled = asyncio.create_task(every())
    await asyncio.wait({settled, *serving}, return_when=asyncio.FIRST_COMPLETED)
    settled.cancel()
