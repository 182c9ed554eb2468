"""How a message comes to stand in a chat."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.accounts import ANONYMOUS_ADMIN, Account, Json
from sandbox.changes import Change
from sandbox.chats import Chat, Message
from sandbox.delivery import announce, quoted

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(frozen=True)
class Author:
    """Who stands above the message, and who really wrote it."""

    account: Account
    shown: Account | None
    chat: Chat | None = None
    signature: str | None = None

    @classmethod
    def of(cls, account: Account, chat: Chat) -> "Author":
        """In a channel the channel speaks; an anonymous administrator speaks as the group."""
        if chat.kind == "channel":
            return cls(account, None, chat)
        member = chat.member(account)
        if member and member.anonymous:
            return cls(account, ANONYMOUS_ADMIN, chat, member.title)
        return cls(account, account)

    def fields(self) -> Json:
        fields: Json = {}
        if self.shown is not None:
            fields["from"] = self.shown.card()
        if self.chat is not None:
            fields["sender_chat"] = self.chat.card()
        if self.signature:
            fields["author_signature"] = self.signature
        return fields


def post(
    world: "World",
    chat: Chat,
    author: Author,
    content: Json,
    *,
    thread: int | None = None,
    reply: Json | None = None,
) -> Message:
    """Put a message into the chat and tell everyone; the one way messages are born."""
    chat.last_id += 1
    message: Message = {"message_id": chat.last_id, **author.fields(), "chat": chat.card()}
    message["date"] = world.clock.date()
    message |= _place(chat, thread, reply)
    message |= reply or {}
    message |= content
    message["_by"] = author.account.id
    message["_files"] = has_file(message)
    chat.messages[chat.last_id] = message
    chat.threads.setdefault(thread, []).append(chat.last_id)
    world.changes.tell(Change("message", chat, message))
    announce(world, chat, message)
    return message


def _place(chat: Chat, thread: int | None, reply: Json | None) -> Json:
    """Thread fields: a topic's messages answer, unless they answer something else, the topic's first one."""
    if thread is not None:
        fields: Json = {"message_thread_id": thread, "is_topic_message": True}
        root = chat.messages.get(thread)
        if root is not None and not reply and chat.last_id != thread:
            fields["reply_to_message"] = quoted(root)
        return fields
    replied = (reply or {}).get("reply_to_message")
    if chat.has_threads and replied:
        return {"message_thread_id": replied.get("message_thread_id", replied["message_id"])}
    return {}


MEDIA = ("photo", "video", "voice", "video_note", "document", "audio", "sticker", "animation", "live_photo")


def has_file(message: Message) -> bool:
    if any(kind in message for kind in MEDIA):
        return True
    held = message.get("reply_to_message") or message.get("pinned_message") or message.get("external_reply")
    return held is not None and any(kind in held for kind in MEDIA)
