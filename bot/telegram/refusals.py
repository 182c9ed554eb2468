"""The table of Telegram's refusals: its sentences, and what they mean to us."""

from bot.engine.verdicts import CallRefused
from desk.post import UNPAID

OUT_OF_REACH = (
    "chat not found",
    "have no write access",
    "CHAT_WRITE_FORBIDDEN",
    "not enough rights to send text",
    "not enough rights to send messages",
    "need administrator rights in the channel",
)
NO_TOPIC = ("thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID", "TOPIC_CLOSED", "PEER_ID_INVALID")
"""The address is refused: nothing would arrive there, in whatever form."""
STANDS_SO = ("not modified", "TOPIC_NOT_MODIFIED", "poll has already been closed")
REASONS = {
    UNPAID: ("BALANCE_TOO_LOW",),
    "no_topic": NO_TOPIC,
    "gone": (
        "message to edit not found",
        "poll to stop not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
    ),
    "no_right": (
        "not enough rights",
        "administrator rights",
        "write access",
        "write_forbidden",
        "admin_required",
    ),
    "no_channel": ("chat not found", "kicked", "not a member", "channel_private"),
}
"""Reasons that somebody can act upon, by the names that `desk.post.Failed.what` gives them."""


def reason_of(description: str) -> str:
    """The reason under our own name; "" for one that only Telegram's sentence can tell."""
    refused = CallRefused(description)
    return next((name for name, signs in REASONS.items() if refused.says(*signs)), "")
