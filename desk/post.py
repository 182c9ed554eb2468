"""What is to be sent: parcels, posted in the transaction that decided them and carried by the courier."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal, Protocol

Call = dict[str, Any]
"""A Bot API call without its destination: {"method": "sendMessage", "text": …}."""


class Lane(IntEnum):
    """Who goes first when not everybody can go at once."""

    REPLY = 0
    INCIDENT = 1
    SURVEY = 2
    BULK = 3


Act = Literal["call", "carry", "amend", "react", "erase", "card", "title"]
"""A plain call; a message's copy to the other side; that copy edited, given a reaction, or taken back;
the customer's card or the topic's title brought up to date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to be done in one chat.

    `topic_of` names the customer in whose topic of the operators' group it belongs; which topic that is (or
    that there is none yet) is found out when it is sent. `message_id` is the message it carries or is about,
    `reply_to` the message it answers. Neighbours in a stream with the same `merge` may be sent as one. `kind`
    and `ref` say who is to hear the outcome. A parcel with the `dedupe` of one still waiting replaces it.
    """

    chat_id: int
    act: Act = "call"
    call: Call | None = None
    lane: Lane = Lane.REPLY
    topic_of: int | None = None
    message_id: int | None = None
    reply_to: int | None = None
    merge: str | None = None
    kind: str = ""
    ref: dict[str, Any] = field(default_factory=dict)
    dedupe: str | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def is_reaction(self) -> bool:
        """Reactions are a courtesy: Telegram does not count them as messages."""
        return self.act == "react" or (self.call or {}).get("method") == "setMessageReaction"

    @property
    def stream(self) -> str:
        """Order is kept inside a stream: a chat, a customer's topic, the reactions on one message."""
        if self.is_reaction:
            place = self.message_id if self.act == "react" else (self.call or {}).get("message_id")
            return f"{self.chat_id}/{self.act}/{place}"
        return f"{self.chat_id}" if self.topic_of is None else f"{self.chat_id}/{self.topic_of}"


class Outbox(Protocol):
    """Where parcels wait for the courier."""

    def post(self, parcel: Parcel) -> None:
        """Put a parcel into the outbox, in the transaction at hand."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it; `ids` are the messages it became, if any."""

    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The customer has blocked the bot, left Telegram, or never started it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Telegram refused it for good; `reason` is Telegram's description."""

    reason: str


Outcome = Sent | Blocked | Failed


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its caption, and what its press says (at most 64 bytes)."""

    caption: str
    press: str


def press(*parts: str | int) -> str:
    """What a button's press says: words apart by colons."""
    return ":".join(str(part) for part in parts)


def keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    """The Bot API's shape of inline buttons."""
    return {
        "inline_keyboard": [
            [{"text": button.caption, "callback_data": button.press} for button in row] for row in rows
        ]
    }


def say(html: str, rows: Sequence[Sequence[Button]] = ()) -> Call:
    """Text as a call, with inline buttons if there are any; links show no preview."""
    call: Call = {
        "method": "sendMessage",
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if rows:
        call["reply_markup"] = keyboard(rows)
    return call


def rewrite(message_id: int, html: str, rows: Sequence[Sequence[Button]] = ()) -> Call:
    """Another text, and other buttons or none, for a message of ours."""
    return {
        **say(html, rows),
        "method": "editMessageText",
        "message_id": message_id,
        "reply_markup": keyboard(rows),
    }


def rebutton(message_id: int, rows: Sequence[Sequence[Button]] = ()) -> Call:
    """Other buttons, or none, under a message of ours."""
    return {"method": "editMessageReplyMarkup", "message_id": message_id, "reply_markup": keyboard(rows)}


def react(message_id: int, emoji: str | None) -> Call:
    """The bot's one reaction on a message, or none."""
    reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
    return {"method": "setMessageReaction", "message_id": message_id, "reaction": reaction}


def on_disk(path: Path) -> dict[str, str]:
    """A file of this machine as a call's parameter: the outbox keeps only where it is, never its bytes."""
    return {"upload": str(path)}


def written(name: str, text: str) -> dict[str, str]:
    """A text file made for the occasion, as a call's parameter."""
    return {"upload_text": text, "name": name}
