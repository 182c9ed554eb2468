"""How one message refers to another: as a reply, as a quote, as its origin."""

from sandbox.accounts import Json
from sandbox.chats import Chat, Message
from sandbox.content import utf16
from sandbox.delivery import quoted
from sandbox.errors import ApiError, Refusal

KEPT_OF_OTHERS = str.split(
    "live_photo photo video voice video_note document audio sticker animation location venue contact poll "
    "dice"
)
MAX_QUOTE = 1024


def link(source: Chat, original: Message, chat: Chat, thread: int | None) -> Json:
    """How an answered message is shown: itself here, its outline from elsewhere."""
    here = source is chat
    topic = original["message_thread_id"] if original.get("is_topic_message") else None
    if here and (not chat.is_forum or topic == thread):
        return {"reply_to_message": quoted(original)}
    outline: Json = {"origin": origin(original), "message_id": original["message_id"]}
    if source.kind != "private":
        outline["chat"] = source.card()
    outline |= {kind: original[kind] for kind in KEPT_OF_OTHERS if kind in original}
    return {"external_reply": outline}


def origin(message: Message) -> Json:
    """Where a message was first written."""
    date = message["date"]
    if "forward_origin" in message:
        kept: Json = message["forward_origin"]
        return kept
    sender_chat = message.get("sender_chat")
    if sender_chat and sender_chat["type"] == "channel":
        found = {"type": "channel", "date": date, "chat": sender_chat}
        return found | {"message_id": message["message_id"]}
    if sender_chat:
        return {"type": "chat", "date": date, "sender_chat": sender_chat}
    return {"type": "user", "date": date, "sender_user": message["from"]}


def quote_of(original: Message, text: str, entities: list[Json], *, position: int | None = None) -> Json:
    """A TextQuote, if the text stands in the original word for word."""
    whole: str = original.get("text") or original.get("caption") or ""
    if len(text) > MAX_QUOTE or not text or text not in whole:
        raise ApiError(Refusal.QUOTE_INVALID)
    found = utf16.length(whole[: whole.index(text)]) if position is None else position
    quote: Json = {"text": text, "position": found, "is_manual": True}
    return quote | ({"entities": entities} if entities else {})
