"""What follows from a verdict: parcels settled, a call made again, a rest, or a remedy first."""

import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

import structlog

from bot.engine import settling
from bot.engine.backoff import ACCIDENT, BULK, Backoff
from bot.engine.front import C, Front, Step
from bot.engine.pace import Budget
from bot.engine.units import Units
from bot.engine.verdicts import (
    CallAccepted,
    CallFailed,
    CallRefused,
    ChatClosed,
    ChatMoved,
    ChatUnreachable,
    FrontUnreachable,
    RateLimited,
    Verdict,
)
from bot.rooms.desk_rooms import DeskRooms
from desk.post import UNPAID, Blocked, Failed, Lane, Outcome, Sent
from storage.outbox import WaitingParcel

log = structlog.get_logger("sender")


@dataclass(frozen=True, slots=True)
class RunResult(Generic[C]):
    """What follows from one call of a run.

    `gone` are the parcels that are settled, `rest` the seconds the stream must rest, `context` what was read
    for the next call; `moved`: chats have other ids now, and what waits in memory is to be read anew. `apart`
    are parcels that must go one by one from now on, `left` is what is left of the run's only parcel.
    """

    gone: Sequence[WaitingParcel] = ()
    rest: float = 0.0
    context: C | None = None
    moved: bool = False
    apart: Sequence[WaitingParcel] = ()
    left: WaitingParcel | None = None


class Outcomes(Generic[C]):
    """Acts on the verdicts of the sender's calls."""

    def __init__(self, units: Units, front: Front[C], budget: Budget, backoff: Backoff) -> None:
        self._units, self._front, self._budget, self._backoff = units, front, budget, backoff
        self._lost: set[int] = set()
        self._learnt: dict[int, Hashable] = {}
        self._refusals: dict[int, CallRefused] = {}

    def learnt(self, run: Sequence[WaitingParcel]) -> Hashable:
        """The options to send a run with, as earlier refusals have taught; None if there were none."""
        return self._learnt.get(run[0].id)

    async def expire(self, run: Sequence[WaitingParcel]) -> RunResult[C]:
        """Settle a run as failed because its parcels have become too old to send."""
        return await self._settle(run, Failed("expired"))

    async def unpaid(self, run: Sequence[WaitingParcel]) -> RunResult[C]:
        """Settle a run as failed because Telegram takes no Stars for it."""
        self._budget.refuse_paid(time.monotonic())
        return await self._settle(run, Failed(UNPAID, UNPAID))

    async def judge(self, context: C, step: Step, verdict: Verdict) -> RunResult[C]:
        """Act on the verdict of a step's call."""
        match verdict:
            case CallFailed(reason, ambiguous):
                log.warning("Telegram did not answer well", reason=reason, ambiguous=ambiguous)
                return await self._troubled(context, ambiguous=ambiguous)
            case FrontUnreachable(reason):
                self._pause(reason)
                return RunResult()
            case _:
                parcel = context.parcel
                bulk = parcel.lane.is_bulk
                self._backoff.over("", *((ACCIDENT, BULK) if bulk else (context.run[0].stream,)))
                return await self._answered(context, step, verdict)

    async def _troubled(self, context: C, *, ambiguous: bool) -> RunResult[C]:
        """Send a reply again, perhaps twice; let bulk rest, and set it aside if it is uncertain."""
        if not context.parcel.lane.is_bulk:
            return RunResult(rest=self._backoff.longer(context.run[0].stream))
        now = time.monotonic()
        if not ambiguous and not self._backoff.troubled(ACCIDENT):
            self._backoff.longer(ACCIDENT)
            return RunResult()
        if not self._backoff.troubled(BULK):
            self._backoff.longer(BULK)  # one may be an accident: the next goes alone and finds out
        elif not self._budget.holds_bulk(now):
            self._budget.hold_bulk(self._backoff.longer(BULK) / 2, now)
        if not ambiguous:
            return RunResult()
        await self._units.write(partial(settling.park, context.run))
        return RunResult(context.run)

    async def _answered(self, context: C, step: Step, verdict: Verdict) -> RunResult[C]:
        chat_id, paid = context.run[0].chat_id, context.parcel.lane is Lane.PAID
        match verdict:
            case CallAccepted(result):
                self._budget.accepted()
                await self._found(chat_id)
                return await self._took(context, step, result)
            case RateLimited(seconds):
                self._budget.penalise(chat_id, seconds, time.monotonic(), paid=paid)
                await self._units.write(partial(settling.rate_limited, chat_id, seconds))
                if paid and not self._budget.pays(time.monotonic()):
                    return await self.unpaid(context.run)
            case ChatClosed():
                return await self._settle(context.run, Blocked())
            case ChatUnreachable(reason) if chat_id in self._units.profile.places.groups:
                await self._lose(chat_id, reason)
            case ChatUnreachable(reason):  # whoever posted it hears why: news of an outage must not wait
                what = self._front.reason(CallRefused(reason))
                return await self._settle(context.run, Failed(reason, what))
            case ChatMoved(new):
                await self._units.write(lambda rooms: rooms.shared.group.moved(chat_id, new))
                return RunResult(moved=True)
            case CallRefused():
                return await self._refused(context, step, verdict)
        return RunResult()

    def _pause(self, reason: str) -> None:
        """The front cannot be reached: nothing is sent until a pause is over."""
        now = time.monotonic()
        if self._budget.whole_wait(now, bulk=False) <= 0:
            log.error("Telegram cannot be reached", reason=reason)
            self._budget.pause(self._backoff.longer(""), now)

    async def _lose(self, chat_id: int, reason: str) -> None:
        """The operators' group is out of reach: managers are told once, and its parcels wait."""
        self._budget.hold(chat_id, self._backoff.longer(str(chat_id)), time.monotonic())
        if chat_id not in self._lost:
            self._lost.add(chat_id)
            log.error("the operators' group is out of reach", chat=chat_id, reason=reason)
            await self._units.write(partial(settling.group_lost, reason))

    async def _found(self, chat_id: int) -> None:
        if chat_id in self._lost:
            self._lost.discard(chat_id)
            self._backoff.over(str(chat_id))
            await self._units.write(settling.group_found)

    async def _took(self, context: C, step: Step, result: Any) -> RunResult[C]:
        oddity = self._front.oddity(context, step, result)

        def keep(rooms: DeskRooms) -> None:
            step.keep(rooms, result)
            if oddity is not None:
                oddity(rooms)

        if step.last and step.lost:
            return await self._settle(context.run, self._failed(context, CallRefused("")), keep)
        if step.last:
            return await self._settle(context.run, Sent(self._front.sent_ids(result)), keep)
        first, left = context.run[0], step.left
        if left is None:  # what was refused stood before the run: it says nothing of the run itself
            self._forget(context.run)

        def go_on(rooms: DeskRooms) -> C:
            """What was told is kept, and what the next call needs is read, in one go."""
            keep(rooms)
            run = context.run if left is None else (rooms.stores.outbox.shrink(first, left),)
            return self._front.read(rooms, run, self.learnt(run))

        following = await self._units.write(go_on)
        shrunk = following.run[0] if left is not None and following.run else None
        return RunResult(context=following, left=shrunk)

    async def _refused(self, context: C, step: Step, refused: CallRefused) -> RunResult[C]:
        """Apply a remedy, take the run apart, or send it with less; else it has failed."""
        if self._front.is_done(refused):
            return await self._took(context, step, {})
        remedy = self._front.remedy(context, step, refused)
        if remedy is not None:
            await self._units.write(remedy)
            return RunResult()
        if step.last and len(context.run) > 1:
            return RunResult(apart=context.run)
        first = context.run[0].id
        self._refusals.setdefault(first, refused)
        known = self._learnt.get(first)
        learnt = await self._units.write(
            lambda rooms: self._front.fall_back(rooms, context, step, refused, known)
        )
        if learnt is None:
            return await self._settle(context.run, self._failed(context, refused))
        self._learnt[first] = learnt
        # what was learnt is about this parcel: no neighbour joins it now
        return RunResult(apart=context.run if step.last else ())

    def _failed(self, context: C, refused: CallRefused) -> Failed:
        """Failed for the first reason that was given: later ones are about what we tried instead."""
        refused = self._refusals.get(context.run[0].id, refused)
        body = type(context.parcel.body).__name__
        log.warning("Telegram refused", body=body, reason=refused.description)
        return Failed(refused.description, self._front.reason(refused))

    def _forget(self, run: Sequence[WaitingParcel]) -> None:
        for waiting in run:
            self._learnt.pop(waiting.id, None)
            self._refusals.pop(waiting.id, None)

    async def _settle(
        self,
        run: Sequence[WaitingParcel],
        outcome: Outcome,
        keep: settling.Kept = settling.nothing,
    ) -> RunResult[C]:
        try:
            await self._units.write(partial(settling.settle, run, outcome, keep))
        except Exception:
            # It has been sent: whoever should hear of it cannot, but sending it again would be worse.
            log.exception("an outcome could not be told", parcel=run[0].id)
            await self._units.write(partial(settling.settle, run, outcome, keep, tell=False))
        self._forget(run)
        return RunResult(run)
