"""Whom a desk reaches by backup channels beside customers, and by which."""

from dataclasses import dataclass

from desk.letters.letter import BackupAddress

PREFERRED = ("max", "whatsapp", "email", "other")
"""The way that is seen soonest goes first; the next is tried where it reaches nobody."""


@dataclass(frozen=True, slots=True)
class BackupReach:
    """The channels that are set up, the best first; lists of addresses by component, "" for all; managers."""

    channels: tuple[str, ...] = ()
    lists: tuple[tuple[str, BackupAddress], ...] = ()
    managers: tuple[BackupAddress, ...] = ()

    def rank(self, channel: str) -> int | None:
        """How good a channel is, the best being 0; None if it is not set up."""
        return self.channels.index(channel) if channel in self.channels else None
