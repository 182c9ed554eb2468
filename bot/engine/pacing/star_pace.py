"""The pace of what costs Stars, apart from what is free."""

from dataclasses import dataclass, field

PAID_BURST = 0.05
"""So many seconds' worth of what is paid for may go at once."""
PROBED, PROBE = 150, 40.0
"""So many go first, hardly faster than is free: if Telegram takes no Stars, few calls are on their way.

Who calls again while in a penalty is told to wait twice as long.
"""
SEVERAL, LATELY = 3, 10.0
"""So many of it that were limited within so many seconds mean that Telegram takes no Stars."""
PAID_AGAIN, UNPAID_FOR = 60.0, 60.0
"""Seconds without any after which it is probed anew, and for which none is tried after a refusal."""


@dataclass(slots=True)
class StarPace:
    """How fast what costs Stars goes: slowly until it is known that Telegram takes them."""

    per_second: float
    at: float = 0.0
    sent: int = 0
    refused_until: float = 0.0
    slowed: list[float] = field(default_factory=list)

    def taken(self, now: float) -> bool:
        """Whether Telegram takes Stars, as far as we know."""
        return self.per_second > 0 and now >= self.refused_until

    def refuse(self, now: float) -> None:
        """Telegram takes none for a while."""
        self.refused_until = now + UNPAID_FOR

    def limited(self, now: float, in_a_row: int) -> None:
        """Telegram asked one to slow down: several in short mean all, at first two chats in a row do."""
        self.slowed = [each for each in self.slowed if each > now - LATELY] + [now]
        if len(self.slowed) >= SEVERAL or (self.sent <= PROBED and in_a_row > 1):
            self.refuse(now)

    def spend(self, now: float) -> None:
        """Count a message that goes now."""
        if now - self.at > PAID_AGAIN:
            self.sent = 0
        self.sent += 1
        rate = self.per_second if self.sent > PROBED else min(self.per_second, PROBE)
        self.at = max(self.at, now - PAID_BURST) + 1.0 / rate
