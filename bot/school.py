"""Learning goes on beside everything else: read in one unit, thought over in a thread, kept in another."""

import asyncio
from functools import partial

import structlog

from bot.office import Office
from bot.opened import Opened
from editorial.digest import Told
from editorial.lessons import EVERY, study
from editorial.weekly import Weekly
from faq.lint import lint
from storage.timers import Due
from tickets.post import Parcel, say

log = structlog.get_logger("school")

LEARN, DIGEST = "learn", "digest"
KINDS = frozenset({LEARN, DIGEST})
WEEKLY = 0
"""The digest's own subject; any other is the chat that asked for one."""


class School:
    """One desk's lessons and digests, one at a time."""

    def __init__(self, office: Office, weekly: Weekly | None) -> None:
        self._office, self._weekly = office, weekly
        self._busy: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Set what comes back by itself; what fell due while nobody worked is made up for."""
        await self._office.read(self._plan)

    def begin(self, due: Due) -> None:
        """Act on a timer, unless another lesson is still going on: then it waits for a later tick."""
        if self._busy is None or self._busy.done():
            self._busy = asyncio.create_task(self._act(due), name=due.kind)

    async def stop(self) -> None:
        """What has begun is finished."""
        if self._busy is not None:
            await self._busy

    async def _act(self, due: Due) -> None:
        try:
            await self._learn(due)
            if due.kind == DIGEST:
                await self._tell(due)
        except Exception:
            log.exception("a lesson failed; it is put off", kind=due.kind)
            await self._office.read(partial(_put_off, due))

    async def _learn(self, due: Due) -> None:
        faq = self._office.faq
        material = await self._office.read(lambda opened: opened.lessons.material())
        lesson = await asyncio.to_thread(study, material, faq.knowledge, faq.matcher)

        def keep(opened: Opened) -> None:
            if due.kind != LEARN or opened.books.timers.done(due.id):
                opened.lessons.keep(lesson)
            self._plan(opened)

        await self._office.read(keep)

    async def _tell(self, due: Due) -> None:
        faq = self._office.faq
        knowledge = faq.knowledge
        usage, now = await self._office.read(lambda opened: (opened.digest.usage(), opened.now))
        flaws = await asyncio.to_thread(lint, knowledge, faq.matcher, usage, now)

        def tell(opened: Opened) -> None:
            if opened.books.timers.done(due.id):
                self._plan(opened)
                _tell(opened, due, opened.digest.tell(flaws, knowledge))

        await self._office.run(tell)

    def _plan(self, opened: Opened) -> None:
        """The next lesson, and the next digest by the configuration as it is now."""
        timers, now = opened.books.timers, opened.now
        if timers.when(LEARN, 0) is None:
            timers.set(LEARN, 0, now + EVERY)
        set_for = timers.when(DIGEST, WEEKLY)
        if self._weekly is None:
            timers.clear(DIGEST, WEEKLY)
        elif set_for is None or set_for > now:
            timers.set(DIGEST, WEEKLY, self._weekly.after(now, opened.profile.zone))


def _put_off(due: Due, opened: Opened) -> None:
    opened.books.timers.set(due.kind, due.subject, opened.now + EVERY)


def _tell(opened: Opened, due: Due, told: Told | None) -> None:
    """To every manager, or where it was asked for; a week with nothing in it is told only to who asks."""
    profile = opened.profile
    if told is None:
        if due.subject != WEEKLY:
            html = profile.texts.say("digest.nothing", profile.language)
            opened.books.outbox.post(Parcel(chat_id=due.subject, call=say(html)))
        return
    html = profile.texts.say(told.key, profile.language, **told.params)
    if due.subject != WEEKLY:
        opened.books.outbox.post(Parcel(chat_id=due.subject, call=say(html, told.rows)))
    elif profile.managers:
        opened.alarm.say(html, told.rows)
