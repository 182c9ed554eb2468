"""The dispatch: takes updates from the inbox and runs the work of each in one transaction."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog

from bot.engine import settling
from bot.engine.backlog import MOST_OF_ONE, Backlog
from bot.engine.floods import Floods, finish
from bot.engine.foresight import Foresight, NotForeseen
from bot.engine.pacing.allowance import Allowance
from bot.engine.telling import describe
from bot.engine.units import Units
from bot.rooms.desk_rooms import DeskRooms
from faq.understanding.small_talk import small_talk
from faq.understanding.wishes import wants_person
from handlers.work import FaqWork, Work
from storage.engine.trouble import trouble_of
from storage.inbox import WaitingUpdate

log = structlog.get_logger("dispatch")

AT_ONCE = 64
PORTION = 1000
TRIES = 3
REST = 0.3
TROUBLE_REST = 2.0
"""Seconds until an update is tried again that failed for a trouble of the machine."""
PULSE = 0.1
AT_A_GLANCE = 200
"""Texts up to so many characters are understood at once."""
QUIET = 10_000
"""So many quiet streams are remembered, the newest."""


class Reader(Protocol):
    """Reads the updates of one front."""

    async def route(self, raw: dict[str, Any]) -> Work | None:
        """The work an update asks for, None if it asks for nothing; raises if it cannot be read."""

    def joined(self, raws: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], int]:
        """One update that says what the first of these say, and how many they are."""

    def moves(self, raw: dict[str, Any]) -> bool:
        """Whether it says that a chat has another id: only behind it is known whose the next ones are."""

    def is_hopeless(self, error: Exception) -> bool:
        """Whether an update that failed with this error will fail with it every time."""

    def answer_press(self, raw: dict[str, Any], toast: str | None) -> None:
        """Answer the press of a button, with a toast if there is one; other updates are left alone."""

    async def stop(self) -> None:
        """Wait for answers that are on their way."""


@dataclass(frozen=True, slots=True)
class Poison:
    """An update that cannot be routed, with the error that says why."""

    error: Exception


@dataclass(slots=True)
class RoutedUpdate:
    """An update with the work it asks for and the matches made for that work."""

    update: WaitingUpdate
    work: Work | Poison | None
    foresight: Foresight | None = None
    left: bool = False


class Dispatch:
    """Works the inbox of one desk: people in turn, and what one chat sends in the order in which it came."""

    def __init__(self, units: Units, reader: Reader, allowance: Allowance) -> None:
        self._units, self._reader = units, reader
        self._backlog = Backlog(allowance)
        self._foresights: dict[int, Foresight] = {}
        self._quiet: dict[str, None] = {}
        """Streams that asked the FAQ nothing when last looked at; one that asks after all is run again."""
        self._floods = Floods()
        self._behind, self._news = True, False
        """Whether more waits in the inbox than is held here; whether any came while we were reading."""
        self._bell = asyncio.Event()
        self._stopping = False

    @property
    def waiting(self) -> int:
        """How many updates are held in the backlog."""
        return len(self._backlog)

    def taken(self, updates: Sequence[WaitingUpdate]) -> None:
        """Take over updates that were just committed to the inbox."""
        if self._behind or self._backlog.is_full:
            self._behind = self._news = True
        else:
            self._backlog.add(updates)
        self._bell.set()

    def look_again(self) -> None:
        """Updates have come back into the inbox."""
        self._behind = self._news = True
        self._bell.set()

    def stop(self) -> None:
        """Begin no more updates; those that have begun are finished."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Handle updates until stopped."""
        while not self._stopping:
            self._bell.clear()
            if self._behind and len(self._backlog) < PORTION:
                await self._catch_up()
            await self._read_on()
            batch = self._backlog.take(AT_ONCE, time.monotonic())
            if batch:
                await self._handle(batch)
            else:
                await self._wait(PULSE if self._backlog.rests else None)
        await self._reader.stop()

    async def _catch_up(self) -> None:
        """Read waiting updates from the inbox, always from its beginning: update ids need not grow."""
        self._news, after = False, -1
        while not self._backlog.is_full:
            found = await self._units.look(partial(_waiting, after))
            self._backlog.add(found)
            if len(found) < PORTION:
                self._behind = self._news
                return
            after = found[-1].update_id

    async def _read_on(self) -> None:
        """Read more of a person who has sent more than is held here."""
        while (wanted := self._backlog.wanted()) is not None:
            stream, after = wanted
            found = await self._units.look(partial(_waiting_of, stream, after))
            self._backlog.read_on(stream, found, all_of_it=len(found) < MOST_OF_ONE // 2)

    async def _wait(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _handle(self, batch: Sequence[WaitingUpdate]) -> None:
        moved = next((n for n, each in enumerate(batch, 1) if self._reader.moves(each.raw)), len(batch))
        self._backlog.put_back(batch[moved:])
        batch = [self._joined(each) for each in batch[:moved]]
        tasks = [
            RoutedUpdate(each, await self._route(each), self._foresights.get(each.update_id))
            for each in batch
        ]
        await self._foresee([task for task in tasks if task.foresight is None])
        stalled: dict[str, int] = {}
        await asyncio.gather(*(self._finish(task, number, stalled) for number, task in enumerate(tasks)))
        self._backlog.put_back([task.update for task in tasks if task.left])

    def _joined(self, update: WaitingUpdate) -> WaitingUpdate:
        """What was gathered as one update, as many as go together; the others wait again."""
        if not update.parts or update.raw is not update.parts[0].raw:
            return update
        raw, many = self._reader.joined([each.raw for each in update.parts])
        self._backlog.put_back(update.parts[many:])
        return replace(update, raw=raw, parts=update.parts[:many] if many > 1 else ())

    async def _route(self, update: WaitingUpdate) -> Work | Poison | None:
        """Which work an update asks for; nothing is read or written here."""
        try:
            return await self._reader.route(update.raw)
        except Exception as error:
            return Poison(error)

    async def _foresee(self, tasks: Sequence[RoutedUpdate]) -> None:
        """Find out in one read what all of these updates will ask the FAQ, and match it before they begin."""
        considered = [
            (task, task.work)
            for task in tasks
            if isinstance(task.work, FaqWork) and task.update.stream not in self._quiet
        ]
        if not considered:
            return
        await _ponder([work.text for _, work in considered])

        def look(rooms: DeskRooms) -> list[tuple[str, str] | None]:
            return [work.wants(rooms) for _, work in considered]

        try:
            wanted = await self._units.look(look)
        except Exception as error:
            log.error("what will be asked could not be foreseen", error=describe(error))
            return
        for (task, _), asked in zip(considered, wanted, strict=True):
            if asked is None:
                self._quiet[task.update.stream] = None
            else:
                task.foresight = Foresight(self._units.faq)
                await task.foresight.think(asked)

    async def _finish(self, task: RoutedUpdate, number: int, stalled: dict[str, int]) -> None:
        update = task.update
        foresight = task.foresight or Foresight(self._units.faq)

        def unit(rooms: DeskRooms) -> tuple[bool, str | None]:
            if stalled.get(update.stream, number) < number:
                return False, None  # an earlier one of this chat has failed: order is kept
            try:
                if not isinstance(task.work, Poison) and not finish(update, rooms):
                    return True, None
                toast = _do(task.work, rooms)
                self._floods.tell(update, rooms)
                return True, toast
            except Exception:
                stalled.setdefault(update.stream, number)
                raise

        try:
            handled, toast = await self._units.write(unit, foresight)
        except NotForeseen as wanted:
            self._quiet.pop(update.stream, None)
            task.left = True
            self._foresights[update.update_id] = foresight
            await foresight.think(wanted.asked, explained=wanted.explained)
        except Exception as error:
            await self._failed(task, error)
        else:
            task.left = not handled
            if handled:
                self._done(task)
                self._reader.answer_press(update.raw, toast)

    def _done(self, task: RoutedUpdate) -> None:
        self._foresights.pop(task.update.update_id, None)
        while len(self._quiet) > QUIET:
            del self._quiet[next(iter(self._quiet))]
        self._floods.done(task.update)
        self._backlog.done(task.update)

    async def _failed(self, task: RoutedUpdate, error: Exception) -> None:
        """Try again a little later; what cannot be parsed, or has failed too often, is set aside.

        What the machine lacks, as memory or open files, is no update's fault: it is tried until it passes.
        """
        update = task.update
        if update.parts:
            self._backlog.put_back(update.parts)
            self._backlog.keep_apart(update.stream)
            return
        trouble = trouble_of(error)
        if trouble is not None:
            log.error("the system lacks something; an update waits", trouble=trouble.value)
            task.left = True
            self._backlog.rest(update, time.monotonic() + TROUBLE_REST)
            return
        for_good = self._reader.is_hopeless(error) or update.attempts + 1 >= TRIES
        log.error("an update failed", update=update.update_id, error=describe(error), quarantine=for_good)

        if not for_good:
            task.left, task.update = True, replace(update, attempts=update.attempts + 1)
            self._backlog.rest(update, time.monotonic() + REST * (update.attempts + 1))
        failed = partial(settling.fail, update, describe(error), for_good=for_good)
        try:
            await self._units.write(failed)
        except Exception as untold:  # nobody hears of it, but its neighbours go on
            log.error("whoever waits for an update could not be told", error=describe(untold))
            await self._units.write(partial(failed, tell=False))
        if for_good:
            self._done(task)


async def _ponder(texts: Sequence[str]) -> None:
    """Find out what long texts are before anybody's transaction has to: that is remembered for a while."""
    if long := [text for text in texts if len(text) > AT_A_GLANCE]:
        await asyncio.to_thread(lambda: [(small_talk(text), wants_person(text)) for text in long])


def _waiting(after: int, rooms: DeskRooms) -> Sequence[WaitingUpdate]:
    return rooms.stores.inbox.waiting(PORTION, after)


def _waiting_of(stream: str, after: int, rooms: DeskRooms) -> Sequence[WaitingUpdate]:
    return rooms.stores.inbox.waiting_of(stream, MOST_OF_ONE // 2, after)


def _do(work: Work | Poison | None, rooms: DeskRooms) -> str | None:
    if isinstance(work, Poison):
        raise work.error
    return None if work is None else work(rooms)
