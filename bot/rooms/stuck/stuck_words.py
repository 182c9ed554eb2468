"""What is stuck, in words that a manager understands: what it is, from whom, since when, and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.rooms.stuck.stuck_lines import author_of
from desk.formatted import bare, cut
from desk.people import Customers, tamed
from desk.post import Carry, Lane, Rewrite, Say, ShowCard, ShowTitle
from desk.profile import Profile
from storage.outbox import WaitingParcel
from storage.stuck import StuckRow
from tickets.ticket import Messages

NAME, EXCERPT = 40, 1500
UNREADABLE = frozenset({"ValidationError", "address", "number", "depth"})
KINDS = {
    "edited_message": "edited",
    "callback_query": "press",
    "message_reaction": "reaction",
    "poll_answer": "vote",
    "my_chat_member": "member",
}


class StuckWords:
    """Describes what is stuck on one desk."""

    def __init__(self, profile: Profile, customers: Customers, messages: Messages, now: datetime) -> None:
        self._profile, self._customers, self._messages, self._now = profile, customers, messages, now

    def title(self, item: StuckRow, language: str) -> str:
        """What it is and from whom, without formatting."""
        kind, who = _of_parcel(item.parcel) if item.parcel else _of_update(item.raw or {})
        name = self._name(item.parcel) if item.parcel else who
        return self._profile.texts.plain(f"stuck.what.{kind}", language, who=cut(tamed(name or "…"), NAME))

    def when(self, item: StuckRow, language: str) -> str:
        """Since when."""
        at, now = (each.astimezone(self._profile.zone) for each in (item.at, self._now))
        return self._profile.texts.moment(language, at, now)

    def why(self, item: StuckRow, language: str) -> str:
        """A class of reasons, and what is wrong with our own program by its kind alone."""
        texts, kind = self._profile.texts, (item.error or "").partition(" ")[0]
        if item.uncertain:
            return texts.plain("stuck.why.uncertain", language)
        if kind in UNREADABLE:
            return texts.plain("stuck.why.unreadable", language)
        return texts.plain("stuck.why.ours", language, error=kind or "?")

    def says(self, item: StuckRow) -> str:
        """What is written in it, as far as that is words."""
        if item.parcel is None:
            return _excerpt(_written(item.raw or {}))
        match item.parcel.parcel.body:
            case Say(html=html) | Rewrite(html=html):
                return _excerpt(bare(html))
            case Carry(kept_id=kept_id):
                found = self._messages.get([kept_id])
                return _excerpt(found[0].content.text if found else "")
        return ""

    def _name(self, waiting: WaitingParcel) -> str | None:
        """The customer whom a parcel is for or about."""
        if waiting.parcel.topic_of is not None:
            return self._customers.get(waiting.parcel.topic_of).name
        known = self._customers.known(waiting.chat_id) if waiting.chat_id > 0 else None
        return None if known is None else known.name


def _of_update(raw: Mapping[str, Any]) -> tuple[str, str | None]:
    kind = next((name for name, value in raw.items() if isinstance(value, dict)), "")
    event = raw.get(kind) or {}
    user = event.get("from") or event.get("user")
    name = user.get("first_name") if isinstance(user, dict) else None
    who = name if isinstance(name, str) else None
    if kind == "message":
        return ("message" if author_of(raw) is not None else "in_group"), who
    return KINDS.get(kind, "unknown"), who


def _of_parcel(waiting: WaitingParcel) -> tuple[str, str | None]:
    parcel = waiting.parcel
    if isinstance(parcel.body, ShowCard | ShowTitle):
        return "card", None
    if parcel.lane is Lane.INCIDENT or parcel.lane.is_bulk:
        return "broadcast", None
    if parcel.topic_of is not None:
        return "to_topic", None
    return ("to_customer" if waiting.chat_id > 0 else "to_group"), None


def _written(raw: Mapping[str, Any]) -> str:
    for event in raw.values():
        if isinstance(event, dict):
            found = event.get("text") or event.get("caption") or event.get("data")
            return found if isinstance(found, str) else ""
    return ""


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
