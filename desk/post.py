"""What is to be sent: parcels, each an address and a body, posted in the transaction that decided them.

A body says what should stand there in our own words. How a front says it (which Bot API method, which
parameters) is the business of that front's renderer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol


class Lane(IntEnum):
    """Who goes first when not everybody can go at once."""

    REPLY = 0
    INCIDENT = 1
    SURVEY = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat by its number, and perhaps a topic in it by its number."""

    chat_id: int
    thread_id: int | None = None

    @property
    def private(self) -> bool:
        """Telegram gives people positive numbers and groups negative ones."""
        return self.chat_id > 0


@dataclass(frozen=True, slots=True)
class TopicOf:
    """Where operators see this customer; which topic that is, if there is one yet, is found out later."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class OperatorsGroup:
    """The operators' group at large, no customer's topic."""


Address = Chat | TopicOf | OperatorsGroup


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its caption, and what its press says (at most 64 bytes)."""

    caption: str
    press: str


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a kind of `desk.kinds`: by its id or web address, its path here, or as text made now."""

    kind: str
    file: str | Path
    text: str | None = None

    @property
    def name(self) -> str:
        """By which managers know it."""
        return self.file.name if isinstance(self.file, Path) else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A message of ours: Telegram HTML, buttons, a file; `answers` is the message there it replies to."""

    html: str = ""
    rows: Rows = ()
    media: Media | None = None
    answers: int | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A message of ours says something else from now on."""

    message_id: int
    html: str
    rows: Rows = ()
    media: Media | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebutton:
    """Other buttons, or none, under a message of ours."""

    message_id: int
    rows: Rows = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Our one reaction on a message by its number there."""

    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """A kept message is copied there, as a reply to another; neighbours with one `merge` may go as one.

    `suggest`: operators are offered answers under it.
    """

    kept_id: int
    reply_to: int | None = None
    merge: str | None = None
    suggest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """The copy of a kept message follows its edit; `with_file` if its file has changed too."""

    kept_id: int
    with_file: bool = False
    suggest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """A reaction on a kept message where it stands there; None takes it back."""

    kept_id: int
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """The copy of a kept message is taken away."""

    kept_id: int


@dataclass(frozen=True, slots=True)
class ShowCard:
    """The card at the head of the customer's ticket is put up or brought up to date."""


@dataclass(frozen=True, slots=True)
class ShowTitle:
    """The customer's topic bears the title it should."""


@dataclass(frozen=True, slots=True)
class CloseTopic:
    """A topic that is one too many is closed; the address names it."""


Body = Say | Rewrite | Rebutton | Mark | Carry | Amend | React | Erase | ShowCard | ShowTitle | CloseTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to be done at one address.

    `kind` and `ref` say which room hears the outcome. A parcel with the `dedupe` key of one that still waits
    replaces it. It is not sent before `due_at`, nor after `expires_at`.
    """

    to: Address
    body: Body
    lane: Lane = Lane.REPLY
    kind: str = ""
    ref: Mapping[str, Any] = field(default_factory=dict)
    dedupe: str | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def is_reaction(self) -> bool:
        """Reactions are a courtesy: Telegram does not count them as messages."""
        return isinstance(self.body, React | Mark)

    @property
    def topic_of(self) -> int | None:
        """The customer in whose topic it belongs."""
        return self.to.customer_id if isinstance(self.to, TopicOf) else None

    @property
    def merge(self) -> str | None:
        """Neighbours with the same key may go as one."""
        return self.body.merge if isinstance(self.body, Carry) else None


class Outbox(Protocol):
    """Where parcels wait to be sent."""

    def post(self, parcel: Parcel) -> None:
        """Put a parcel into the outbox, in the transaction at hand."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken; `ids` are the messages it became there, if any."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person has blocked the bot, left, or never started it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Refused for good.

    `reason` is the front's description, `what` our name for a reason that somebody can mend: "gone" (the
    message to be changed is not there), "no_right", "no_channel"; "" for any other.
    """

    reason: str
    what: str = ""


Outcome = Sent | Blocked | Failed


class Hearer(Protocol):
    """A room that hears what became of the parcels whose kinds it names in HEARS."""

    HEARS: frozenset[str]

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Act on the outcome, in the transaction that settles the parcel."""


def press(*parts: str | int) -> str:
    """What a button's press says: words apart by colons."""
    return ":".join(str(part) for part in parts)


def say(html: str, rows: Rows = ()) -> Say:
    """Text with inline buttons if there are any."""
    return Say(html=html, rows=rows)


def rewrite(message_id: int, html: str, rows: Rows = ()) -> Rewrite:
    """Another text, and other buttons or none, for a message of ours."""
    return Rewrite(message_id=message_id, html=html, rows=rows)


def rebutton(message_id: int, rows: Rows = ()) -> Rebutton:
    """Other buttons, or none, under a message of ours."""
    return Rebutton(message_id=message_id, rows=rows)
