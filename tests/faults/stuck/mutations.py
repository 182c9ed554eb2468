"""What no Telegram would say: things that are no updates, and updates with one thing in them spoilt."""

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

NO_UPDATES: list[Any] = [
    *([1, 2], 7, "text", None, True, [], {}, [[{"update_id": 1}]]),
    *({"update_id": each} for each in ("12", None, 2**63, -5, 0, 1.5, True, [3], {"a": 1}, 10**70)),
]
"""None of them has a number that could be kept."""
ADDRESSES: list[Any] = [10**60, 2**63, -(2**63), "7" * 5000, "a\0b", "\ud800", None, True, 1.5, [1], {"a": 1}]
"""No chat is called so."""
SPOILT: list[Any] = [None, [], {}, "", "x" * 5000, "\0", "\ud800", 2**63, -1, 10**40, 1.5, True, [1, [2]]]


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


def message(number: int, chat: Any, **more: Any) -> dict[str, Any]:
    """A message as Telegram writes one, from a chat that is called so."""
    person = {"id": 7_007, "is_bot": False, "first_name": "Никто"}
    about = {"message_id": 5, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person}
    return {"update_id": number, "message": {**about, "text": "неважно", **more}}


def mutated(update: dict[str, Any], times: int, seed: int) -> Iterator[dict[str, Any]]:
    """The update so many times, each with one thing in it spoilt; numbers of updates are left."""
    chance = random.Random(seed)
    for _ in range(times):
        spoilt = deepcopy(update)
        places = [(owner, key) for owner, key in _places(spoilt) if key != "update_id"]
        owner, key = chance.choice(places)
        owner[key] = chance.choice([*SPOILT, nested(300)])
        yield spoilt


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield value, key
        yield from _places(each)
