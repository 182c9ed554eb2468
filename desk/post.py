"""Parcels: what is to be sent, each an address and a body, posted in the transaction that decided it.

A body says in our own words what should stand there; a front's renderer turns it into calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any, Protocol

from desk.poll_bodies import AskPoll, ClosePoll

AT_ONCE = timedelta(0)
DROPPED = "dropped"
"""What a parcel failed for that stood aside and was given up."""
UNPAID = "unpaid"
"""What a parcel failed for because it may not be sent for Stars; without them it may well be."""


class Lane(IntEnum):
    """How urgent a parcel is; the lane that stands first here goes first. The outbox keeps the numbers.

    PAID: bulk that may cost Stars, so that it goes faster than what is free.
    """

    REPLY = 0
    INCIDENT = 1
    SURVEY = 2
    ALARM = 4
    PAID = 5
    BULK = 3

    @property
    def is_bulk(self) -> bool:
        """Whether it is one text to very many people, which nobody must get twice."""
        return self in {Lane.PAID, Lane.BULK}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat by its id, and perhaps a topic of it by its number."""

    chat_id: int
    thread_id: int | None = None

    @property
    def private(self) -> bool:
        """Whether it is a person's chat: Telegram gives groups and channels negative ids."""
        return self.chat_id > 0


@dataclass(frozen=True, slots=True)
class TopicOf:
    """The topic of a customer; it is looked up, or made, when the parcel is sent."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class OperatorsGroup:
    """The operators' group as a whole, in no customer's topic."""


Address = Chat | TopicOf | OperatorsGroup


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its caption, and what its press says (at most 64 bytes)."""

    caption: str
    press: str


Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Media:
    """A file with its kind of `desk.kinds`: a file_id, a web address, a path here, or a text made now."""

    kind: str
    file: str | Path
    text: str | None = None

    @property
    def name(self) -> str:
        """The name by which managers know the file."""
        return self.file.name if isinstance(self.file, Path) else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A new message of ours: HTML, buttons, a file; `answers` is the id of the message it replies to.

    `clears`: the keyboard that a former bot left below the chat goes away; there are no buttons then.
    """

    html: str = ""
    rows: Rows = ()
    media: Media | None = None
    answers: int | None = None
    quiet: bool = False
    clears: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """Another text, and other buttons or none, in a message of ours."""

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
    """The bot's own reaction on a message."""

    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """A kept message copied there; neighbours with the same `merge` may go as one.

    `suggest`: operators are offered answers under it. `rest`: what stands before this character of its text
    has arrived, and only what follows is to go.
    """

    kept_id: int
    reply_to: int | None = None
    merge: str | None = None
    suggest: bool = False
    rest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """The copy of a kept message brought up to date; `with_file` if its file has changed too."""

    kept_id: int
    with_file: bool = False
    suggest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """A person's reaction shown on a kept message; None removes it."""

    kept_id: int
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """The copy of a kept message deleted."""

    kept_id: int


@dataclass(frozen=True, slots=True)
class ShowCard:
    """The card of the customer's ticket put up or brought up to date."""


@dataclass(frozen=True, slots=True)
class ShowTitle:
    """The title of the customer's topic brought up to date."""


@dataclass(frozen=True, slots=True)
class CloseTopic:
    """The topic of the address closed, because it is one too many."""


Body = (
    Say
    | Rewrite
    | Rebutton
    | Mark
    | Carry
    | Amend
    | React
    | Erase
    | AskPoll
    | ClosePoll
    | ShowCard
    | ShowTitle
    | CloseTopic
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to be done at one address.

    `kind` and `ref` say which room hears the outcome. A parcel with the `dedupe` key of one that still waits
    replaces it. It is not sent before it has waited `wait`, nor once it is older than `lasts`: spans of time,
    whatever the clock on the wall shows meanwhile.
    """

    to: Address
    body: Body
    lane: Lane = Lane.REPLY
    kind: str = ""
    ref: Mapping[str, Any] = field(default_factory=dict)
    dedupe: str | None = None
    wait: timedelta = AT_ONCE
    lasts: timedelta | None = None

    @property
    def is_reaction(self) -> bool:
        """Whether it is a reaction, which Telegram does not count as a message."""
        return isinstance(self.body, React | Mark)

    @property
    def topic_of(self) -> int | None:
        """The customer to whose topic it goes; None for any other address."""
        return self.to.customer_id if isinstance(self.to, TopicOf) else None

    @property
    def merge(self) -> str | None:
        """The key of neighbours that may go as one message."""
        return self.body.merge if isinstance(self.body, Carry) and self.body.rest is None else None


class Outbox(Protocol):
    """The parcels that wait to be sent."""

    def post(self, parcel: Parcel) -> None:
        """Put a parcel into the outbox, in the transaction at hand."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The parcel was accepted; `ids` are the messages it became."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person has blocked the bot, left, or never started it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The parcel was refused for good.

    `reason` is the front's description, `what` our name for a reason that somebody can mend: "gone" (the
    message to be changed is not there), "no_topic", "no_right", "no_channel", UNPAID; DROPPED if nobody tries
    it any longer; "" for any other.
    """

    reason: str
    what: str = ""


Outcome = Sent | Blocked | Failed


def press(*parts: str | int) -> str:
    """The text of a press: its words, joined by colons."""
    return ":".join(str(part) for part in parts)


def say(html: str, rows: Rows = ()) -> Say:
    """A message of ours with inline buttons."""
    return Say(html=html, rows=rows)


def rewrite(message_id: int, html: str, rows: Rows = ()) -> Rewrite:
    """Another text, and other buttons or none, for a message of ours."""
    return Rewrite(message_id=message_id, html=html, rows=rows)


def rebutton(message_id: int, rows: Rows = ()) -> Rebutton:
    """Other buttons, or none, under a message of ours."""
    return Rebutton(message_id=message_id, rows=rows)
