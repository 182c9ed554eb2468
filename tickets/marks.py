"""The marks on an operator's message: delivered, kept inside, done."""

from typing import Any

from desk.content import Content
from tickets.ticket import Place

DELIVERED = "👍"
NOTED = "✍"
"""Kept inside: the message as a whole at once, or lines of it once the others were delivered."""
OBEYED = "👌"


def mark_of(content: Content) -> str:
    """The mark of a reply that was delivered."""
    return DELIVERED if content.inside is None else NOTED


def to_mark(content: Content, place: Place | None) -> dict[str, Any]:
    """What a parcel tells us of the mark that its delivery calls for."""
    return {} if place is None else {"mark": [place.chat_id, place.telegram_id], "emoji": mark_of(content)}
