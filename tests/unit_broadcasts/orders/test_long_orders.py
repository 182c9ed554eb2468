"""Long orders, by chance: in private and in the group, several incidents with all steps, time that passes."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from tests.managers import GENERAL
from tests.unit_broadcasts.orders.rules import ACTIONS, RIGHTS, STEPS, Act
from tests.unit_broadcasts.orders.watched import PEOPLE, Watched, watched

LONG = 60
LEADS_ON = {
    "draft": ("publish", "submit", "submit", "glass", "color"),
    "submitted": ("approve", "decline", "reject"),
}
"""Presses that change something, on what is being written and on what waits."""
KINDS = {"alive": 10, "writes": 4, "drafts": 2, "begins": 2, "any": 2, "overtakes": 1, "waits": 1}
REACHED = (
    *((what, "published") for what in ("approve", "publish", "writes")),
    *((what, "settled") for what in ("reject", "takeback", "writes", "waits")),
    *((step, "changed") for step in STEPS),
)


class Chance:
    """Draws acts, more often such that lead on."""

    def __init__(self, world: Watched, seed: int) -> None:
        self._world, self._random = world, Random(seed)

    def act(self) -> Act:
        """The next one."""
        state, draw = self._world.state, self._random.choice
        kind = self._random.choices(list(KINDS), list(KINDS.values()))[0]
        who, role = draw(sorted(PEOPLE)), draw([*RIGHTS, "approve", "manager"])
        chat = draw([who, who, GENERAL.chat_id])
        asked = [each for each in state.drafts if each.asking is not None or each.text is None]
        rows = [each for each in (*state.drafts, *state.submissions) if each.token in self._world.shown]
        if kind == "alive" and rows:
            row = draw([*rows, *state.submissions, *asked, *state.submissions])
            fits = LEADS_ON["draft" if row.submitted is None else "submitted"]
            return Act(draw([*fits, *fits, *ACTIONS]), draw([who, row.author]), role, chat, row.token)
        if kind == "any" and self._world.shown:
            return Act(draw(ACTIONS), who, role, chat, draw(list(self._world.shown)))
        if kind == "begins" and state.notices:
            return Act(draw(sorted(STEPS)), who, role, chat, str(draw(state.notices).incident))
        if kind == "writes" and asked:
            row = draw(asked)
            return Act(kind, row.author, role, row.chat)
        return Act(kind if kind in {"waits", "overtakes"} else "drafts", who, role, chat)


def walks(seeds: range) -> None:
    happened: Counter[tuple[str, str]] = Counter()
    for seed, two_person in product(seeds, ("never", "red", "always")):
        with watched(two_person) as world:
            chance, done = Chance(world, seed), list[Act]()
            for _ in range(LONG):
                done.append(chance.act())
                assert world.does(done[-1]) == [], (seed, two_person, done)
                world.room.passes(seconds=1)
            happened.update(world.happened)
    assert [each for each in REACHED if not happened[each]] == []


def test_long_orders_publish_what_the_rules_say() -> None:
    walks(range(8))


@pytest.mark.proof
def test_many_long_orders() -> None:
    walks(range(1000, 2000))
