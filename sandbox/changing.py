"""What happens to a message after it was written: edited, deleted, pinned, reacted to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox.accounts import Account, Json
from sandbox.changes import Change
from sandbox.chats import Chat, Message
from sandbox.delivery import announce, bot_in, listeners, push
from sandbox.posting import has_file

if TYPE_CHECKING:
    from sandbox.world import World


def rewrite(
    world: "World", chat: Chat, message: Message, content: Json, fields: Iterable[str], *, quiet: bool = False
) -> None:
    """Replace these fields; `quiet` is a change of the keyboard alone, which is no edit to a reader."""
    for name in fields:
        message.pop(name, None)
    message |= content
    message["_files"] = has_file(message)
    message["_version"] = message.get("_version", 0) + 1
    if not quiet:
        message["edit_date"] = world.clock.date()
    world.changes.tell(Change("edited", chat, message))
    announce(world, chat, message, edited=True)


def erase(world: "World", chat: Chat, message: Message) -> None:
    """Deleted messages stay in the sandbox's memory, marked; bots hear nothing."""
    message["_deleted"] = True
    if message["message_id"] in chat.pinned:
        chat.pinned.remove(message["message_id"])
    world.changes.tell(Change("deleted", chat, message))


def react(world: "World", chat: Chat, message: Message, who: Account, emoji: list[Json]) -> None:
    """Set somebody's reactions to a message; administrators' bots hear of people's."""
    held: dict[int, list[Json]] = message.setdefault("_reactions", {})
    old = held.get(who.id, [])
    if emoji:
        held[who.id] = emoji
    else:
        held.pop(who.id, None)
    world.changes.tell(Change("reaction", chat, message, {"by": who.id, "old": old, "new": emoji}))
    if who.is_bot or old == emoji:
        return
    body: Json = {"chat": chat.card(), "message_id": message["message_id"], "date": world.clock.date()}
    member = chat.member(who)
    anonymous = member is not None and member.anonymous
    body |= {"actor_chat": chat.card()} if anonymous else {"user": who.card()}
    body |= {"old_reaction": old, "new_reaction": emoji}
    for bot in listeners(chat):
        if chat.kind == "private" or bot.is_admin:
            push(world, bot_in(bot), "message_reaction", {"message_reaction": body}, chat)
