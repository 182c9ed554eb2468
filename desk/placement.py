"""Where something of ours stands, kept beside the thing itself: a card, an incident's post, a reply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Placement:
    """A message in a chat by its number there; None while it is on its way."""

    chat_id: int
    message_id: int | None = None


class Placements(Protocol):
    """The placements of one desk, by what stands there: "incident:12", "notice:12:3", "card:7"."""

    def of(self, subject: str) -> Placement | None:
        """Where the thing stands, or is on its way to."""

    def among(self, subjects: Iterable[str]) -> Mapping[str, Placement]:
        """Those of the things that stand somewhere."""

    def put(self, subject: str, placement: Placement) -> None:
        """It stands there from now on, and nowhere else."""

    def forget(self, subject: str) -> None:
        """It stands nowhere any more."""
