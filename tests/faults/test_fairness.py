"""Nobody waits behind somebody else's backlog: streams are served in turn, and newcomers go first."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import pytest

from bot.config import Limits
from bot.engine.pace import Budget
from bot.engine.queue import Queue
from bot.engine.turns import Flight, Turns
from desk.post import Carry, Chat, Lane, Parcel, TopicOf, say
from sandbox.log import judge
from storage.outbox import WaitingParcel
from tests.faults.sights import QUESTION, called
from tests.faults.test_pace import refusals, short_minutes
from tests.faults.troubles import heard
from tests.stories.conftest import SetUp

__all__ = ["short_minutes"]

GROUP = -100
ON_THE_WAY = STEP = 0.1
"""Seconds that a call takes."""
PROMISED = 30.0
"""Seconds that one customer's backlog may delay another's first question in one group."""
ANNA, BELLA, CLARA = 1, 2, 3


class Rehearsal:
    """The outbox of one group on a clock of its own: what was called when, with nothing in between."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._queue = Queue()
        self._turns = Turns(self._queue, Budget(limits or Limits()))
        self._flying: list[tuple[float, Flight]] = []
        self._steps: dict[int, int] = {}
        self._number = 0
        self.now = 1000.0
        self.called: list[tuple[float, int]] = []
        self.sent: list[tuple[float, int, int]] = []

    def posts(self, customer: int, *kinds: str | None, lane: Lane = Lane.REPLY) -> None:
        """Messages of a customer, for their topic; each with what it may be merged with."""
        self._add(
            Parcel(to=TopicOf(customer), lane=lane, body=Carry(kept_id=1, merge=kind)) for kind in kinds
        )

    def says(self, chat_id: int, lane: Lane) -> None:
        """Words of ours to a chat."""
        self._add([Parcel(to=Chat(chat_id), lane=lane, body=say("!"))])

    def runs(self, seconds: float, meanwhile: Callable[[float], None] = lambda _: None) -> None:
        """Let so many seconds go by, step by step."""
        end = self.now + seconds
        while self.now < end:
            meanwhile(self.now)
            self._land()
            for lane in self._turns.overdue(self.now):
                self._take_off(self._turns.next(lane, self.now, overdue=True))
            for lane in Lane:
                while self._take_off(self._turns.next(lane, self.now)):
                    pass
            self.now += STEP

    def when(self, customer: int) -> Sequence[float]:
        """When the messages of a customer stood in the group."""
        return [at for at, whose, _ in self.sent if whose == customer]

    def _add(self, parcels: Iterable[Parcel]) -> None:
        for parcel in parcels:
            self._number += 1
            chat = parcel.to.chat_id if isinstance(parcel.to, Chat) else GROUP
            self._queue.add([WaitingParcel(self._number, parcel, chat)])

    def _take_off(self, flight: Flight | None) -> bool:
        if flight is None:
            return False
        self._flying.append((self.now + ON_THE_WAY, flight))
        self.called.append((self.now, flight.run[0].chat_id))
        return True

    def _land(self) -> None:
        """The first run of a topic needs the topic and its card before."""
        for each in [each for each in self._flying if each[0] <= self.now]:
            self._flying.remove(each)
            flight, customer = each[1], each[1].run[0].parcel.topic_of or 0
            done = self._steps.setdefault(customer, 0) >= 2 or not customer
            self._steps[customer] += 1
            flight.sent = flight.messages if done else 1
            whole = flight.run if flight.run[0].parcel.merge == "text" else flight.run[: flight.messages]
            gone = whole if done else []
            self._turns.landed(flight, gone, self.now, 0.0)
            self.sent += [(self.now, customer, waiting.id) for waiting in gone]


def most_within(seconds: float, moments: Sequence[float]) -> int:
    """How many of the moments fall into the fullest stretch of so many seconds."""
    return max(sum(first <= at < first + seconds for at in moments) for first in moments)


@pytest.mark.parametrize("kind", [None, "document", "text"], ids=["voices", "documents", "texts"])
@pytest.mark.parametrize("busy", [1, 2, 3])
@pytest.mark.parametrize("asks_after", [0.0, 5.0, 12.0, 18.0, 25.0, 31.0, 47.0, 59.0, 75.0])
def test_forty_messages_of_others_delay_a_first_question_by_half_a_minute_at_most(
    kind: str | None, busy: int, asks_after: float
) -> None:
    desk = Rehearsal()
    for other in range(busy):
        desk.posts(100 + other, *[kind] * 40)
    desk.runs(asks_after)
    asked = desk.now
    desk.posts(BELLA, "text")
    desk.runs(40)
    assert desk.when(BELLA)[0] - asked <= PROMISED


def test_the_backlog_itself_goes_on_at_the_group_s_full_pace() -> None:
    desk = Rehearsal()
    desk.posts(ANNA, *[None] * 60)
    desk.runs(240)
    assert len(desk.when(ANNA)) == 60, "twenty a minute, less what a call takes"
    assert most_within(60, [at for at, _ in desk.called]) <= 20


def test_of_three_backlogs_each_has_its_turn_and_keeps_its_order() -> None:
    desk = Rehearsal()
    for customer in (ANNA, BELLA, CLARA):
        desk.posts(customer, *[None] * 20)
    desk.runs(120)
    counts = [len(desk.when(customer)) for customer in (ANNA, BELLA, CLARA)]
    assert max(counts) - min(counts) <= 2
    for customer in (ANNA, BELLA, CLARA):
        numbers = [number for _, whose, number in desk.sent if whose == customer]
        assert numbers == sorted(numbers)


def test_a_crowd_of_newcomers_does_not_silence_whoever_was_there_before() -> None:
    desk = Rehearsal()
    desk.posts(ANNA, *[None] * 40)
    desk.runs(30)
    for customer in range(10, 50):
        desk.posts(customer, "text")
    before = len(desk.when(ANNA))
    desk.runs(120)
    assert len(desk.when(ANNA)) - before >= 5, "one run in four"


def test_an_album_finds_room_between_single_messages() -> None:
    desk = Rehearsal()
    desk.posts(ANNA, *["picture"] * 10, None)
    desk.posts(BELLA, *[None] * 60)
    desk.runs(150)
    assert len(desk.when(ANNA)) == 11


def test_whoever_writes_after_a_while_is_new_again() -> None:
    desk = Rehearsal()
    desk.posts(BELLA, "text")
    desk.runs(70)
    desk.posts(ANNA, *[None] * 40)
    desk.runs(20)
    asked = desk.now
    desk.posts(BELLA, "text")
    desk.runs(40)
    assert desk.when(BELLA)[1] - asked < 3


def test_replies_that_use_up_the_whole_pace_leave_bulk_a_little() -> None:
    """Without that, a broadcast would stand still for as long as the rush lasts."""
    desk = Rehearsal()
    for person in range(1, 400):
        desk.says(person, Lane.BULK)

    def rush(now: float) -> None:
        for person in range(1000, 1015):
            desk.says(person * 1000 + int(now * 10), Lane.REPLY)

    desk.runs(20, rush)
    bulk = [at for at, chat in desk.called if chat < 400]
    assert 15 <= len(bulk) <= 40
    assert max(later - sooner for sooner, later in pairwise(bulk)) < 2.5


def test_chats_are_served_in_turn_when_the_whole_bot_is_at_its_limit() -> None:
    desk = Rehearsal(Limits(chat_per_second=0, bulk_per_second=10))
    for person in (ANNA, BELLA, CLARA):
        for _ in range(40):
            desk.says(person, Lane.REPLY)
    desk.runs(6)
    counts = [sum(chat == person for _, chat in desk.called) for person in (ANNA, BELLA, CLARA)]
    assert max(counts) - min(counts) <= 1


def test_a_pick_costs_the_same_with_twenty_thousand_parcels() -> None:
    """As with two hundred; the quickest of several, as machines are busy."""

    def cost(streams: int) -> float:
        queue = Queue()
        parcels = (Parcel(to=TopicOf(number), body=Carry(kept_id=1)) for number in range(streams))
        queue.add(WaitingParcel(number, each, GROUP) for number, each in enumerate(parcels))
        costs = []
        for _ in range(5):
            begun = time.perf_counter()
            for _ in range(40):
                [waiting], _ = queue.pick(Lane.REPLY, 0.0, lambda gate, new: True)
                queue.leave(waiting.stream, [waiting], 0.0)
            costs.append(time.perf_counter() - begun)
        return min(costs)

    assert cost(20_000) < 10 * cost(400)


async def test_forty_documents_do_not_stand_before_another_customer_s_question(
    set_up: SetUp, short_minutes: float
) -> None:
    """Half a minute is a second and a half here."""
    async with set_up(limits=True) as scene:
        scene.limits = {"chat_per_second": 50, "chat_burst": 20}
        scene.world.limits.chat_per_second, scene.world.limits.chat_burst = 50.0, 20
        async with scene.at_work():
            anna, oleg, hers = await called(scene)
            for number in range(40):
                await anna.sends_document(caption=f"Документ {number}")
            await oleg.sees_kind(hers, "document", "Документ 0")
            bella = scene.customer("Белла")
            asked = time.monotonic()
            await bella.says(QUESTION)
            await oleg.sees(await oleg.topic("Белла"), QUESTION)
            card_at = time.monotonic()
            assert card_at - asked < short_minutes / 2
            await asyncio.wait_for(oleg.sees_kind(hers, "document", "Документ 39", within=20), 20)
        said = [each.get("caption", "") for each in await oleg.reads(hers) if "document" in each]
        assert judge([f"Документ {number}" for number in range(40)], said).clean
        albums = scene.world.log.calls("sendMediaGroup", chat=scene.group.id)
        assert 4 <= len(albums) <= 6, "a burst goes as albums"
        assert heard(oleg, hers)
        assert refusals(scene) == []
