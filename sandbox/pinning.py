"""Pinned messages and the service message a pin leaves."""

from typing import TYPE_CHECKING

from sandbox.accounts import Account
from sandbox.changes import Change
from sandbox.chats import Chat, Message
from sandbox.delivery import quoted
from sandbox.posting import Author, post

if TYPE_CHECKING:
    from sandbox.world import World


def pin(world: "World", chat: Chat, message: Message, by: Account) -> None:
    if message["message_id"] in chat.pinned:
        return
    chat.pinned.append(message["message_id"])
    thread = message["message_thread_id"] if message.get("is_topic_message") else None
    post(world, chat, Author.of(by, chat), {"pinned_message": quoted(message)}, thread=thread)
    world.changes.tell(Change("pin", chat, message, {"pinned": True}))


def unpin(world: "World", chat: Chat, message_ids: list[int]) -> None:
    for message_id in message_ids:
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
            world.changes.tell(Change("pin", chat, chat.messages[message_id], {"pinned": False}))
