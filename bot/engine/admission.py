"""Admission: which of the updates that were brought may come in, decided for each of them alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.engine.telling import describe
from storage.engine.trouble import trouble_of
from storage.inbox import cannot_be_kept, stream_of

LARGEST = 2**52
"""No number of Telegram's has more significant bits: what is larger is no update's number."""

Cleaned = Callable[[dict[str, Any]], dict[str, Any]]
"""Takes out of an update what nobody may see."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An update of which nothing but its number could be read."""

    number: int


@dataclass(frozen=True, slots=True)
class Admitted:
    """An update with a number; `unfit` says why it cannot be handled, whatever we try."""

    number: int
    raw: dict[str, Any]
    unfit: str | None = None

    def bare(self, unfit: str) -> "Admitted":
        """The same update without anything that could be wrong with it."""
        return Admitted(self.number, {"update_id": self.number}, unfit)


def number_of(brought: object) -> int | None:
    """The number of an update; None if it has none that Telegram could have given and we could keep."""
    match brought:
        case Unread(number) | {"update_id": int(number)} if not isinstance(number, bool):
            return number if 0 < number < LARGEST else None
    return None


def admit(brought: object, cleaned: Cleaned) -> Admitted | None:
    """Look at one update: fit for the inbox, unfit, or nothing that we could name.

    What could not be cleaned is not kept: only its number is.
    """
    number = number_of(brought)
    if number is None:
        return None
    bare = Admitted(number, {"update_id": number})
    if not isinstance(brought, dict):
        return bare.bare("depth")
    wrong = cannot_be_kept(brought)
    if wrong is not None:
        return bare.bare(wrong)
    try:
        clean = cleaned(brought)
    except Exception as error:
        if trouble_of(error) is not None:
            raise
        return bare.bare(describe(error))
    try:
        stream_of(clean)
    except ValueError:
        return Admitted(number, clean, "address")
    return Admitted(number, clean)
