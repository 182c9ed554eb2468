"""What came of one call to a front, as a value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CallAccepted:
    """It was done; `result` is the decoded JSON."""

    result: Any


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too many requests: not before so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CallFailed:
    """The way there failed; `ambiguous` if the call may have been carried out all the same."""

    reason: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class FrontUnreachable:
    """The front as a whole cannot be called now: no connection, or the token is refused; nothing was sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatClosed:
    """A person's chat is closed to the bot: blocked, deleted, or never started."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatUnreachable:
    """A group or a channel is out of reach: people must mend it, so the call waits."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The group lives under another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class CallRefused:
    """It was understood and declined; `description` is the front's own."""

    description: str

    def says(self, *parts: str) -> bool:
        """Whether the description has any of these in it."""
        return any(part.lower() in self.description.lower() for part in parts)


Verdict = (
    CallAccepted
    | RateLimited
    | CallFailed
    | FrontUnreachable
    | ChatClosed
    | ChatUnreachable
    | ChatMoved
    | CallRefused
)
