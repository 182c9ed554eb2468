"""The door in: takes secrets out of raw updates before they are kept anywhere."""

from typing import Any

from desk.kinds import MEDIA
from desk.profile import Profile
from handlers.reading import MASKED

PEOPLE = ("from", "user", "chat", "sender_chat")
AROUND = frozenset(str.split("via_bot reply_to_message external_reply forward_origin pinned_message")).union(
    PEOPLE
)
"""Fields of a message that are not what its author has just written."""


def without_secrets(profile: Profile, raw: dict[str, Any]) -> dict[str, Any]:
    """The update with signs in place of secrets, or the update itself if it has none; it is left unchanged.

    Offsets of entities stay true. A message says under MASKED in which fields of its own something is hidden.
    In groups one-time codes and names of files are left; so is what managers write where they talk to us.
    """
    clean = {name: _clean(profile, event) for name, event in raw.items() if isinstance(event, dict)}
    return raw | clean


def _clean(profile: Profile, event: dict[str, Any]) -> dict[str, Any]:
    """A message without secrets; of any other event, and of what a manager dictates, only names."""
    chat = event.get("chat")
    whole = "message_id" in event and not _may_dictate(profile, event)
    private = isinstance(chat, dict) and chat.get("type") == "private"
    hidden = {
        name: clean
        for name in (event if whole else PEOPLE)
        if (value := event.get(name)) is not None
        and (private or name not in MEDIA)
        and (clean := profile.secrets.within(value, codes=private, name=name)) is not value
    }
    if not hidden:
        return event
    mine = [name for name in hidden if name not in AROUND]
    return event | hidden | _quote_of(event, hidden) | ({MASKED: mine} if mine else {})


def _quote_of(event: dict[str, Any], hidden: dict[str, Any]) -> dict[str, Any]:
    """The quote as it stands in what is hidden of the answered message: a part of a number is no number."""
    quote: Any = event.get("quote")
    replied: Any = hidden.get("reply_to_message")
    try:
        said = next(replied[name] for name in ("text", "caption") if name in replied)
        start = quote["position"] * 2
        units = said.encode("utf-16-le")[start : start + len(quote["text"].encode("utf-16-le"))]
        return {"quote": quote | {"text": units.decode("utf-16-le", "ignore")}}
    except (AttributeError, KeyError, StopIteration, TypeError):
        return {}  # nothing is quoted, or nothing as Telegram does


def _may_dictate(profile: Profile, message: dict[str, Any]) -> bool:
    """Whether a manager may be writing an entry or an incident, in which a number is meant to be read.

    What a customer or an operator would be shown of it is looked at again in the room that shows it.
    """
    author = message.get("from")
    known = isinstance(author, dict) and author.get("id") in profile.managers
    return known and not message.get("is_topic_message")
