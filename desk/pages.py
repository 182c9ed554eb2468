"""Pages of a list that is too long for one message."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def pages(count: int, size: int) -> int:
    """How many pages so many items fill; one if there are none."""
    return max(1, -(-count // size))


def on_page(items: Sequence[Item], page: int, size: int) -> Sequence[Item]:
    """The items of a page, counted from 0."""
    return items[page * size : (page + 1) * size]


def turns(page: int, count: int) -> list[tuple[str, int]]:
    """The pages one can turn to, counted from 0: `back` if there is one before, `on` if one after."""
    return [("back", page - 1)] * (page > 0) + [("on", page + 1)] * (page < count - 1)
