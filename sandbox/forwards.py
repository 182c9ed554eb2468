"""What of a message is carried on when it is copied or forwarded."""

from sandbox.accounts import Json
from sandbox.chats import Message
from sandbox.replies import origin

CONTENT = str.split(
    "text entities link_preview_options animation audio document live_photo photo sticker video video_note "
    "voice caption caption_entities show_caption_above_media "
    "has_media_spoiler contact dice poll venue location story game checklist rich_message "
    "paid_media giveaway giveaway_winners invoice"
)
UNCOPYABLE = frozenset({"paid_media", "giveaway", "giveaway_winners", "invoice"})
"""What can only be forwarded."""


def content_of(message: Message) -> Json:
    return {key: message[key] for key in CONTENT if key in message}


def forwarded(message: Message) -> Json:
    """The content with its origin, in today's field and the older ones."""
    where = origin(message)
    fields = content_of(message) | {"forward_origin": where, "forward_date": where["date"]}
    match where["type"]:
        case "user":
            fields["forward_from"] = where["sender_user"]
        case "hidden_user":
            fields["forward_sender_name"] = where["sender_user_name"]
        case "channel":
            fields["forward_from_chat"] = where["chat"]
            fields["forward_from_message_id"] = where["message_id"]
        case "chat":
            fields["forward_from_chat"] = where["sender_chat"]
    return fields
