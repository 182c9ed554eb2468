"""Training: evidence is read in one unit of work, studied in a thread, and lessons are kept in another."""

import asyncio
from datetime import datetime
from functools import partial

import structlog

from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from desk.post import Chat, Parcel, say
from editorial.digest import DigestText
from editorial.learning.lessons import EVERY, study
from editorial.weekly import Weekly
from faq.judging.lint import lint
from storage.timers import Due

log = structlog.get_logger("training")

LEARN, DIGEST = "learn", "digest"
WEEKLY = 0
"""The timer's subject for the weekly digest; any other is the chat that asked for one."""


class Training:
    """Studies one desk's evidence and writes its digests, one at a time."""

    DUE = frozenset({LEARN, DIGEST})
    CALENDAR = frozenset({(DIGEST, WEEKLY)})

    def __init__(self, units: Units, weekly: Weekly | None) -> None:
        self._units, self._weekly = units, weekly
        self._busy: asyncio.Task[None] | None = None
        self._told: datetime | None = None
        """For when the last weekly digest was set: a clock that is put back asks for no second one."""

    async def open(self) -> None:
        """Set the timers of the next lesson and digest; one that fell due meanwhile is begun at once."""
        await self._units.write(self._plan)

    def begin(self, due: Due) -> None:
        """Begin what a timer asks for, unless the last is still going on: then a later tick begins it."""
        if self._busy is None or self._busy.done():
            self._busy = asyncio.create_task(self._act(due), name=due.kind)

    async def stop(self) -> None:
        """Finish what has begun."""
        if self._busy is not None:
            await asyncio.wait({self._busy})

    async def _act(self, due: Due) -> None:
        try:
            await self._learn(due)
            if due.kind == DIGEST:
                await self._tell(due)
        except Exception:
            log.exception("a lesson failed; it is put off", kind=due.kind)
            await self._units.write(partial(_put_off, due))

    async def _learn(self, due: Due) -> None:
        faq = self._units.faq
        material = await self._units.look(lambda rooms: rooms.managers.lessons.material())
        lesson = await asyncio.to_thread(study, material, faq.knowledge, faq.matcher)

        def keep(rooms: DeskRooms) -> None:
            if due.kind != LEARN or rooms.stores.timers.done(due.id):
                rooms.managers.lessons.keep(lesson)
            self._plan(rooms)

        await self._units.write(keep)

    async def _tell(self, due: Due) -> None:
        faq = self._units.faq
        knowledge = faq.knowledge
        usage, now = await self._units.look(lambda rooms: (rooms.managers.digest.usage(), rooms.now))
        flaws = await asyncio.to_thread(lint, knowledge, faq.matcher, usage, now)

        def tell(rooms: DeskRooms) -> None:
            if rooms.stores.timers.done(due.id):
                if due.subject == WEEKLY:
                    self._told = due.due_at
                self._plan(rooms)
                _tell(rooms, due, rooms.managers.digest.tell(flaws, knowledge))

        await self._units.write(tell)

    def _plan(self, rooms: DeskRooms) -> None:
        """Set the timers of the next lesson and of the next digest as configured now."""
        timers, now = rooms.stores.timers, rooms.now
        if timers.when(LEARN, 0) is None:
            timers.set(LEARN, 0, now + EVERY)
        set_for = timers.when(DIGEST, WEEKLY)
        if self._weekly is None:
            timers.clear(DIGEST, WEEKLY)
        elif set_for is None or set_for > now:
            after = now if self._told is None else max(now, self._told)
            timers.set(DIGEST, WEEKLY, self._weekly.after(after, rooms.profile.zone))


def _put_off(due: Due, rooms: DeskRooms) -> None:
    rooms.stores.timers.set(due.kind, due.subject, rooms.now + EVERY)


def _tell(rooms: DeskRooms, due: Due, told: DigestText | None) -> None:
    """Send the digest to every manager, or to the chat that asked; an empty one only to who asked."""
    profile = rooms.profile
    if told is None:
        if due.subject != WEEKLY:
            html = profile.texts.say("digest.nothing", profile.language)
            rooms.stores.outbox.post(Parcel(to=Chat(due.subject), body=say(html)))
        return
    html = profile.texts.say(told.key, profile.language, **told.params)
    if due.subject != WEEKLY:
        rooms.stores.outbox.post(Parcel(to=Chat(due.subject), body=say(html, told.rows)))
    elif profile.managers:
        rooms.shared.alarm.say(html, told.rows)
