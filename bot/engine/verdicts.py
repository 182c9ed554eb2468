"""Verdicts: what came of one call to a front, as a value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CallAccepted:
    """The front did it; `result` is the decoded JSON."""

    result: Any


@dataclass(frozen=True, slots=True)
class RateLimited:
    """The front asks for a rest of so many seconds before the next call."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CallFailed:
    """The network or the front's server failed; `ambiguous` if the call may have been carried out."""

    reason: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class FrontUnreachable:
    """No connection, or the token is refused: nothing was sent, and no other call can be made."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatClosed:
    """The person has blocked the bot, deleted the account, or never started the bot."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatUnreachable:
    """The bot cannot write to a group or a channel until people put it right."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The group has another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class CallRefused:
    """The front understood the call and refused it; `description` is the front's sentence."""

    description: str

    def says(self, *parts: str) -> bool:
        """Whether the description contains any of these, in capitals or not."""
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
