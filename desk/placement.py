"""Placements: where a message of ours about something stands, by the thing's name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Placement:
    """A message by its chat and id; the id is None while the message is on its way."""

    chat_id: int
    message_id: int | None = None


class Placements(Protocol):
    """The placements of one desk, by what stands there: "incident:12", "notice:12:3", "card:7"."""

    def of(self, subject: str) -> Placement | None:
        """The placement of a thing; None if it stands nowhere."""

    def among(self, subjects: Iterable[str]) -> Mapping[str, Placement]:
        """The placements of those things that have one."""

    def put(self, subject: str, placement: Placement) -> None:
        """Set the thing's only placement."""

    def forget(self, subject: str) -> None:
        """Remove the thing's placement."""
