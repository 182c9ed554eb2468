"""The audience of a broadcast is frozen at the press: who wishes to hear later is not in it."""

from datetime import timedelta

import pytest

from bot.rooms.stores import Stores
from broadcasts.audience.follower import Why
from broadcasts.audience.subscriber import ConsentSource
from broadcasts.deliveries.broadcast import AudiencePart, Broadcast, DeliveryState
from broadcasts.deliveries.expanding import Expanding
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from desk.formatted import Html
from desk.post import Chat
from tests.persistence.conftest import NOON, Archive

LATER = NOON + timedelta(seconds=1)
OPENED = Notice(
    number=1, kind=NoticeKind.OPENED, severity=Severity.RED, text=Html("Нет"), author_id=5, at=NOON
)


@pytest.mark.parametrize("components", [("payments",), ()])
async def test_who_wishes_to_hear_after_the_press_is_not_told_of_it(
    archive: Archive, components: tuple[str, ...]
) -> None:
    """All of them were known to the desk before."""
    anna, boris, clara, dmitri, eva, faina = [(await archive.meets(1000 + n)).id for n in range(6)]

    def unit(stores: Stores) -> list[int]:
        subscribers, followers = stores.subscribers, stores.followers
        subscribers.subscribe(anna, {"payments"}, ConsentSource.BOT, NOON - timedelta(days=1))
        subscribers.subscribe(boris, {"login"}, ConsentSource.BOT, NOON - timedelta(days=1))
        wrong = NOON + timedelta(days=1)  # the clock was put back since
        subscribers.subscribe(faina, {"payments"}, ConsentSource.BOT, wrong)
        number = stores.incidents.open(IncidentPlan(title="Нет", components=components), OPENED, "a")
        followers.follow(number, eva, Why.TICKET, NOON)  # linked by the press itself
        begun = Broadcast(incident_id=number, number=1, where=Chat(5), language="ru", at=NOON)
        broadcast, incident = (
            stores.broadcasts.get(stores.broadcasts.begin(begun)),
            stores.incidents.get(number),
        )
        assert broadcast is not None
        assert incident is not None

        subscribers.subscribe(boris, {"login", "payments"}, ConsentSource.BOT, LATER)
        subscribers.subscribe(clara, {"payments"}, ConsentSource.BOT, LATER)
        followers.follow(number, dmitri, Why.ASKED, LATER)
        expanding = Expanding(stores.broadcasts, stores.deliveries, stores.concerned, LATER)
        while broadcast.part is not AudiencePart.WHOLE:
            broadcast = expanding.go_on(broadcast, incident)
        told = stores.deliveries.among(broadcast.id, DeliveryState.WAITING, 100)
        return [each.customer_id for each in told]

    at_the_press = [anna, eva, faina] if components else [anna, boris, eva, faina]
    assert await archive.run(unit) == at_the_press
