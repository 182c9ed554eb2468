"""One desk with everything that runs for it, from its settings to its parts at work."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, Dispatcher

from bot.channels.hook_sender import HookSender, targets_of
from bot.channels.letter_sender import LetterSender
from bot.channels.opening import open_channels
from bot.config import Settings
from bot.engine.dispatch import Dispatch
from bot.engine.intake import Intake
from bot.engine.leaps import Leaps, steady
from bot.engine.lease import Lease, TakenFrom
from bot.engine.pacing.allowance import Allowance
from bot.engine.sender import Sender
from bot.engine.sweeping import Sweeper
from bot.engine.ticker import Ticker
from bot.engine.units import Units
from bot.engine.verdicts import Verdict
from bot.health.absence import AbsenceWatch
from bot.health.at_work import stay_present
from bot.health.backup_health import BackupHealth
from bot.health.database_pulse import DatabasePulse
from bot.health.desk_health import DeskHealth
from bot.health.tally import Tally
from bot.health.telegram_pulse import TelegramPulse
from bot.knowledge.editions import Editions
from bot.knowledge.encoding import encoder_of
from bot.knowledge.spike_watch import SpikeWatch
from bot.knowledge.training import Training
from bot.profiles import profile_of
from bot.rooms.managers import CONVERSATIONS
from bot.telegram.client import BotSession, Client
from bot.telegram.command_menu import CommandMenu
from bot.telegram.file_ids import FileIds
from bot.telegram.front import TelegramFront
from bot.telegram.poller import Poller
from bot.telegram.reader import UpdateReader
from bot.telegram.routes import TelegramRoutes
from bot.telegram.secrets_out import without_secrets
from bot.telegram.straight_alarm import StraightAlarm
from desk.profile import Profile
from editorial.weekly import Weekly
from faq.files.source import Source
from faq.library import Library
from faq.matching.matcher import weights_for
from handlers import audience, customer, managers, membership, operator, survey
from handlers.banned import keep_out
from locales import Texts
from storage.engine.ledger import Ledger
from storage.engine.patience import PatientEngine

log = structlog.get_logger("desk")

RELEASE = version("otklik")
"""What failed in another release is worth as many new tries."""
GRACE = 5.0
"""Seconds for what is in flight to land before the process ends all the same."""
SAYING = 3.0
"""Seconds for the alarms of a term that was lost to be said to their end."""
LONG_GAP = 60.0
"""Seconds without a way to Telegram after which managers are told, once there is one again."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What all desks of the process have in common."""

    settings: Settings
    ledger: Ledger
    engine: PatientEngine
    words: Texts
    backups: BackupHealth


class DeskAtWork:
    """One desk with everything that runs for it, for one term of its lease."""

    def __init__(self, name: str, shared: SharedParts) -> None:
        settings, ledger = shared.settings, shared.ledger
        desk, token = settings.desk[name], settings.desk[name].token.get_secret_value()
        self.routes = TelegramRoutes.of(settings.telegram, token, clock=steady)
        self.routes.returned = self._returned
        session = BotSession(self.routes)
        self.bot = Bot(token, session=session)
        source = Source(desk.faq, desk.glossary)
        self.library = Library(lambda: now().astimezone(ZoneInfo(desk.time_zone)), source.folders)
        self.lease = lease = Lease(self.bot.id, name, ledger, now)
        told = profile_of(settings, name, shared.words)
        self.units = Units(told, self.bot.id, self.library, ledger, now, lease.check)
        self.units.on_lost = lease.lose
        encoder = encoder_of(name, desk.semantic)
        thresholds = weights_for(encoder).thresholds(desk.faq_sure, desk.faq_unsure)
        self.editions = Editions(self.units, self.library, source, thresholds, encoder)
        self.client = client = Client(self.bot, session, lease)
        desk_profile = self.units.profile
        front = TelegramFront(client, FileIds(self.units), desk_profile.places)
        self.sender = Sender(self.units, front, settings.limits, settings.limits.in_flight)
        self.aside = Client(self.bot, session)  # a process without a database can prove no lease
        self.straight = StraightAlarm(self.aside, desk_profile, self.sender.budget)
        self.units.on_posted, self.units.on_versions = self.sender.posted, self.editions.ring
        self.hooks = HookSender(self.units, targets_of(desk))
        self.menu = CommandMenu(client, desk_profile)
        reader = UpdateReader(self.bot, routers(desk_profile, self.bot.id), client, self.menu.met)
        managers = frozenset(map(str, desk_profile.managers))
        self.dispatch = Dispatch(self.units, reader, Allowance(settings.limits, managers))
        self.units.on_released = self.dispatch.look_again
        self.intake = Intake(self.units, self.dispatch.taken, partial(without_secrets, desk_profile))
        self.poller = Poller(client, self.intake, lambda: self.dispatch.waiting)
        self.training = Training(self.units, Weekly.parse(desk.faq_digest))
        self.spikes = SpikeWatch(self.units)
        self.ticker = Ticker(self.units, self.training, Leaps(now, steady))
        self.sweeper = Sweeper(
            self.units, settings.retention, lambda: self.dispatch.waiting > 0, Leaps(now, steady)
        )
        self.letters = LetterSender(self.units, open_channels(desk.backup_channels))
        self._healthy = partial(self._health, shared)
        self.health = self._healthy()

    async def open(self) -> None:
        """Find out where the group is now, and open the FAQ. Raises BrokenFaq if there is nothing to open.

        The lease is ours by now. If the group had no topics when we stopped, it may have them by now.
        """
        places = self.units.profile.places
        configured = self.units.profile.configured_group
        places.group, forum = await self.units.look(lambda rooms: rooms.stores.places.now(configured))
        places.forum = forum or None
        await self.units.write(lambda rooms: rooms.stores.stuck.begin_again(RELEASE))
        await self.editions.open()
        await self.training.open()
        self.health = self._healthy()  # until now nobody could have been quick or slow

    async def work(self, stop: asyncio.Event, *, polling: bool) -> None:
        """Run until told to stop: then nothing new is fetched, and what is in hand is finished.

        If another process has taken the lease, all of it ends at once.
        """
        tasks = [
            asyncio.create_task(self.dispatch.run(), name="dispatch"),
            asyncio.create_task(self.sender.run(), name="sender"),
            asyncio.create_task(self.editions.run(), name="faq"),
            asyncio.create_task(self.routes.run(), name="routes"),
            asyncio.create_task(self.sweeper.run(), name="sweeping"),
            asyncio.create_task(self.spikes.run(), name="spikes"),
            asyncio.create_task(self.letters.run(), name="letters"),
        ]
        if polling:
            tasks.append(asyncio.create_task(self.poller.run(), name="ingest"))
        besides = self._besides()
        ends = [asyncio.create_task(stop.wait()), asyncio.create_task(self.lease.kept())]
        await asyncio.wait({*tasks, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if not self.lease.over:
            stop.set()  # if one has failed, the other desks stop in good order too
        parts = (self.poller, self.dispatch, self.sender, self.editions, self.routes, self.sweeper)
        for part in (*parts, self.spikes, self.letters):
            part.stop()
        await asyncio.wait(tasks, timeout=0 if self.lease.over else GRACE)
        for task in (*tasks, *ends, *besides):
            if not task.done():
                task.cancel()
            elif not task.cancelled():
                task.result()

    def _besides(self) -> list[asyncio.Task[None]]:
        """What nobody waits for at the end."""
        absence = AbsenceWatch(self.units, self.health.telegram, self.routes, steady)
        return [
            asyncio.create_task(self.menu.offer(), name="hints"),
            asyncio.create_task(self.ticker.watch(), name="clock"),
            asyncio.create_task(self._say_taken_over(), name="taken over"),
            asyncio.create_task(stay_present(self.units), name="presence"),
            asyncio.create_task(self.hooks.run(), name="hooks"),
            asyncio.create_task(absence.run(), name="absence"),
        ]

    def _health(self, shared: SharedParts) -> DeskHealth:
        """What is known about the desk, by those who may know it."""
        settings, places, tally = shared.settings, self.units.profile.places, Tally()
        pulse = TelegramPulse(self.routes, polling=settings.telegram.updates == "polling", clock=steady)

        def heard(method: str, verdict: Verdict, seconds: float) -> None:
            tally.heard(method, verdict, seconds)
            pulse.heard(method, verdict, seconds)

        self.client.heard = self.aside.heard = heard
        self.units.on_durable, self.letters.count = tally.durable, tally.letter
        database = DatabasePulse(self.units, shared.engine)
        name = self.units.profile.desk
        return DeskHealth(
            name,
            tally,
            database,
            pulse,
            self.sender,
            places,
            settings.limits,
            self.lease,
            shared.backups,
            self.editions,
        )

    async def close(self) -> None:
        """Hang up."""
        await self.straight.close(SAYING if self.lease.lost else 0.0)
        await self.bot.session.close()

    async def say_mended(self) -> None:
        """Tell managers that the database's file had vanished and is back."""
        await self.units.write(lambda rooms: rooms.shared.alarm.to_managers("alert.file_mended"))

    async def _say_taken_over(self) -> None:
        """Tell managers that the process that served the bot is silent, and another has taken over."""
        taken = self.lease.taken
        if taken is not None and taken.why is TakenFrom.SILENT and taken.before is not None:
            at = taken.before.holder.host
            await self.units.write(lambda rooms: rooms.shared.alarm.to_managers("alert.taken_over", at=at))

    async def _returned(self, seconds: float) -> None:
        """Tell managers that Telegram was out of reach, if it was for long."""
        if seconds >= LONG_GAP:
            desk = self.units.profile
            gap = desk.texts.spell(desk.language, timedelta(seconds=seconds))
            await self.units.write(lambda rooms: rooms.shared.alarm.to_managers("alert.no_way", gap=gap))


def routers(desk: Profile, bot_id: int) -> Dispatcher:
    """The desk's handlers: managers first, customers last."""
    dispatcher = Dispatcher(disable_fsm=True, desk=desk, bot_id=bot_id)
    dispatcher.include_routers(
        membership.build(),
        managers.build(CONVERSATIONS),
        audience.build(),
        operator.build(),
        survey.build(),
        customer.build(),
    )
    keep_out(dispatcher)
    return dispatcher
