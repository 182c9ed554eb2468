"""Whatever is brought to the webhook is answered 200 or 400: it is kept, or it is nothing that could be."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.log import judge
from tests.faults.sights import called
from tests.faults.stuck.mutations import ADDRESSES, NO_UPDATES, message, mutated, nested
from tests.faults.stuck.test_apart import DEEP, LONG
from tests.faults.troubles import heard
from tests.faults.web.brought import Brought, beside
from tests.stories.conftest import SetUp


@pytest.fixture
async def anywhere(set_up: SetUp, migrated_url: str) -> AsyncIterator[Brought]:
    """Two desks of one process on either database."""
    database = migrated_url if migrated_url.startswith("postgresql") else ""
    async with set_up(database=database) as shop:
        yield beside(shop)


async def test_never_500(anywhere: Brought) -> None:
    brought = anywhere
    async with brought.at_work():
        anna, oleg, topic = await called(brought.shop)
        assert [await brought.brings("shop", each) for each in NO_UPDATES] == [400] * len(NO_UPDATES)
        assert [await brought.brings("shop", body.encode()) for body in (DEEP, LONG)] == [400, 400]
        kept: list[Any] = [message(number, each) for number, each in enumerate(ADDRESSES, 10)]
        kept += [message(40, 7, reply_to_message=nested(300)), message(41, 7, text="\ud800"), message(42, 7)]
        assert [await brought.brings("shop", each) for each in kept] == [200] * len(kept)
        made = brought.shop.world.log.updates("message")[-1]
        said = [f"слово {number}" for number in range(10)]
        for number, text in enumerate(said):
            for place, spoilt in enumerate(mutated(made.body, 4, seed=number)):
                again = {"update_id": 1_000 + number * 10 + place, **spoilt}
                assert await brought.brings("shop", json.dumps(again).encode()) == 200
            await anna.says(text)
        await oleg.sees(topic, said[-1], within=30)
        assert judge(said, heard(oleg, topic)).clean
