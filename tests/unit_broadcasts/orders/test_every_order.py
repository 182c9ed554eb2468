"""Whoever presses whatever in whatever order: what is published is what the rules say, and nothing else.

Two people act: the author of a draft and somebody else. At each act they have any role there is, so a role
that is given or taken away in between is among the orders. They press every button ever shown to anybody.
"""

import pytest

from desk.post import Chat
from tests.managers import GENERAL
from tests.unit_broadcasts.orders.broken import BROKEN
from tests.unit_broadcasts.orders.search import Bound, Found, Search
from tests.unit_broadcasts.orders.watched import BEGINNINGS, WatchedNewsroom, watched
from tests.unit_broadcasts.test_two_people import ALLA, PETR, VERA

PRIVATE = Chat(VERA.telegram_id)
FEW = ("nobody", "draft", "publish", "approve")
"""Managers may as much here as approvers."""
SETTINGS = ("never", "red", "always")
KNOWN = ("update", "submitted")
FAR = {("always", "first_yellow"): 3}
"""Where two people are needed from the start."""
REACHED = {
    ("publish", "published"),
    ("submit", "submitted"),
    ("approve", "published"),
    ("takeback", "settled"),
    ("reject", "settled"),
    ("decline", "changed"),
    ("glass", "changed"),
    ("color", "changed"),
    ("writes", "changed"),
    ("writes", "published"),
}
"""What has to have happened, each at least once."""
SHORT = [
    *((each, begins) for each in SETTINGS for begins in ("first_red", "first_yellow")),
    *(("never", "update"), ("red", "update"), ("red", "submitted"), ("red", "post_mortem")),
]
"""What is tried each time; of a red incident that is known "always" says no more than "red" does."""
OVERTAKEN = {
    ("approve", "published"),
    ("approve", "settled"),
    ("takeback", "settled"),
    ("overtakes", "published"),
}
both = pytest.mark.parametrize("two_person", SETTINGS)
beginning = pytest.mark.parametrize("begins", BEGINNINGS)


def searched(
    two_person: str,
    begins: str,
    bound: Bound,
    where: Chat = PRIVATE,
    kind: type[WatchedNewsroom] = WatchedNewsroom,
) -> Found:
    with watched(two_person, kind) as world:
        return Search(world, bound, where).run(BEGINNINGS[begins])


def holds(found: Found, two_person: str, begins: str) -> None:
    print(f"{two_person} {begins}: {found.states} states, {found.transitions} acts")  # noqa: T201 - figures
    assert found.wrong[:3] == []
    alone = two_person == "never" or begins.startswith("first")
    wanted = REACHED if alone else REACHED - {("publish", "published")}
    assert found.happened.keys() >= (wanted if begins != "submitted" else OVERTAKEN)
    assert begins not in KNOWN or two_person != "never" or found.happened["more", "published"] > 0


@pytest.mark.parametrize(("two_person", "begins"), SHORT)
def test_every_order(two_person: str, begins: str) -> None:
    acts = FAR.get((two_person, begins), 2)
    found = searched(two_person, begins, Bound(acts=acts, roles=FEW, goes_on=begins in KNOWN))
    holds(found, two_person, begins)


@pytest.mark.parametrize(("kind", "two_person"), BROKEN.items())
def test_a_newsroom_without_a_rule_is_found_out(kind: type[WatchedNewsroom], two_person: str) -> None:
    found = searched(two_person, "first_yellow", Bound(acts=3, roles=FEW, until="forbidden"), kind=kind)
    assert "forbidden" in found.faults


@pytest.mark.proof
@both
@beginning
@pytest.mark.parametrize("where", [PRIVATE, GENERAL], ids=["in private", "in the group"])
def test_every_longer_order(two_person: str, begins: str, where: Chat) -> None:
    bound = Bound(acts=3 if begins in KNOWN else 4, goes_on=begins in KNOWN)
    holds(searched(two_person, begins, bound, where), two_person, begins)


@pytest.mark.proof
@both
@beginning
def test_every_order_of_three_people(two_person: str, begins: str) -> None:
    bound = Bound(acts=3, people=(VERA.telegram_id, ALLA.telegram_id, PETR.telegram_id), roles=FEW)
    holds(searched(two_person, begins, bound), two_person, begins)


@pytest.mark.proof
@both
def test_every_order_of_six_acts(two_person: str) -> None:
    holds(searched(two_person, "first_yellow", Bound(acts=6, roles=FEW)), two_person, "first_yellow")
