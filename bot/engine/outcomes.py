"""What follows from what Telegram said: gone, once more, after a rest, in another manner, or elsewhere."""

import time
from collections.abc import Sequence
from functools import partial

import structlog

from bot.engine import settling
from bot.engine.backoff import BULK, Backoff
from bot.engine.pace import Budget
from bot.engine.units import Units
from bot.telegram import recovery
from bot.telegram.client import Away, Lost, Moved, Refused, Shut, SlowDown, Took, Trouble, Verdict
from bot.telegram.context import Load
from bot.telegram.steps import Manner, Step, sent_ids
from desk.post import Blocked, Failed, Lane, Outcome, Sent
from storage.outbox import Waiting

log = structlog.get_logger("sender")


class Outcomes:
    """Settles what came of the sender's calls."""

    def __init__(self, units: Units, budget: Budget, backoff: Backoff) -> None:
        self._units, self._budget, self._backoff = units, budget, backoff
        self._lost: set[int] = set()
        self._manners: dict[int, Manner] = {}

    def manner(self, loaded: Load) -> Manner:
        """How a run is to be sent, from what was learnt about it."""
        return self._manners.get(loaded.run[0].id, Manner())

    async def expire(self, run: Sequence[Waiting]) -> Sequence[Waiting]:
        """Too late to be worth a call."""
        return await self._settle(run, Failed("expired"))

    async def outcomes(self, loaded: Load, step: Step, verdict: Verdict) -> tuple[Sequence[Waiting], float]:
        """Which parcels are gone, and how long their stream must rest."""
        match verdict:
            case Trouble(reason, ambiguous):
                log.warning("Telegram did not answer well", reason=reason, ambiguous=ambiguous)
                return await self._troubled(loaded, ambiguous=ambiguous)
            case Away(reason):
                self._pause(reason)
                return (), 0.0
            case _:
                self._backoff.over("", BULK if loaded.parcel.lane is Lane.BULK else loaded.parcel.stream)
                return await self._answered(loaded, step, verdict), 0.0

    async def _troubled(self, loaded: Load, *, ambiguous: bool) -> tuple[Sequence[Waiting], float]:
        """Replies are sent again, for a double is better than silence; bulk holds back until it passes."""
        if loaded.parcel.lane is not Lane.BULK:
            return (), self._backoff.longer(loaded.parcel.stream)
        now = time.monotonic()
        if not self._budget.holds_bulk(now):
            self._budget.hold_bulk(self._backoff.longer(BULK), now)
        if not ambiguous:
            return (), 0.0
        await self._units.write(partial(settling.park, [waiting.id for waiting in loaded.run]))
        return loaded.run, 0.0

    async def _answered(self, loaded: Load, step: Step, verdict: Verdict) -> Sequence[Waiting]:
        """Telegram has spoken: which parcels are gone."""
        parcel = loaded.parcel
        match verdict:
            case Took(result):
                self._found(parcel.chat_id)
                return await self._took(loaded, step, result)
            case SlowDown(seconds):
                self._budget.penalise(parcel.chat_id, seconds, time.monotonic())
            case Shut():
                return await self._settle(loaded.run, Blocked())
            case Lost(reason) if parcel.chat_id == self._units.profile.places.group:
                await self._lose(parcel.chat_id, reason)
            case Lost(reason):  # whoever posted it hears why: an outage's news must not wait unsaid
                return await self._settle(loaded.run, Failed(reason))
            case Moved(chat_id):
                await self._move(parcel.chat_id, chat_id)
            case Refused():
                return await self._refused(loaded, step, verdict)
        return ()

    def _pause(self, reason: str) -> None:
        """Nothing was sent and nothing can be: everybody waits, and one call after the pause tries."""
        now = time.monotonic()
        if self._budget.whole_wait(now, bulk=False) <= 0:
            log.error("Telegram cannot be reached", reason=reason)
            self._budget.pause(self._backoff.longer(""), now)

    async def _lose(self, chat_id: int, reason: str) -> None:
        """The operators' group is out of reach: managers hear of it once, and everything for it waits."""
        self._budget.hold(chat_id, self._backoff.longer(str(chat_id)), time.monotonic())
        if chat_id not in self._lost:
            self._lost.add(chat_id)
            log.error("the operators' group is out of reach", chat=chat_id, reason=reason)
            await self._units.write(partial(settling.group_lost, reason))

    def _found(self, chat_id: int) -> None:
        if chat_id in self._lost:
            self._lost.discard(chat_id)
            self._backoff.over(str(chat_id))

    async def _took(self, loaded: Load, step: Step, result: object) -> Sequence[Waiting]:
        gone: Sequence[Waiting] = ()
        if step.last:
            gone = await self._settle(loaded.run, Sent(sent_ids(result)), step, result)
        else:
            await self._units.write(lambda rooms: step.keep(rooms, result))
        remedy = recovery.unthreaded(loaded, step, result)
        if remedy is not None:
            await self._units.write(remedy)
        return gone

    async def _refused(self, loaded: Load, step: Step, refused: Refused) -> Sequence[Waiting]:
        """Mend what can be mended and try again; else the parcel has failed."""
        if refused.says("not modified", "TOPIC_NOT_MODIFIED"):
            return await self._took(loaded, step, {})
        remedy = recovery.remedy(loaded, step, refused)
        if remedy is not None:
            await self._units.write(remedy)
            return ()
        first = loaded.run[0].id
        manner = self._manners.get(first, Manner())
        learnt = recovery.learn(manner, refused)
        if learnt != manner:
            self._manners[first] = learnt
            return ()
        log.warning("Telegram refused", act=loaded.parcel.act, reason=refused.description)
        return await self._settle(loaded.run, Failed(refused.description))

    async def _settle(
        self, run: Sequence[Waiting], outcome: Outcome, step: Step | None = None, result: object = None
    ) -> Sequence[Waiting]:
        try:
            await self._units.write(partial(settling.settled, run, outcome, step, result))
        except Exception:
            # Telegram has it: whoever should hear of it cannot, but sending it again would be worse.
            log.exception("an outcome could not be told", parcel=run[0].id)
            await self._units.write(partial(settling.settled, run, outcome, step, result, tell=False))
        for waiting in run:
            self._manners.pop(waiting.id, None)
        return run

    async def _move(self, old: int, new: int) -> None:
        """The group is a supergroup now: everything that waits for it is addressed anew."""
        await self._units.write(lambda rooms: rooms.moved(old, new))
