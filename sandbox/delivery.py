"""Who hears of what: turning changes of the world into updates for bots."""

from typing import TYPE_CHECKING

from sandbox.accounts import BotAccount, Json
from sandbox.chats import Chat, Member, Message
from sandbox.content.files import with_ids_for
from sandbox.log import Made

if TYPE_CHECKING:
    from sandbox.world import World

SERVICE = frozenset(
    str.split(
        "new_chat_members left_chat_member new_chat_title pinned_message migrate_to_chat_id "
        "migrate_from_chat_id forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened "
        "general_forum_topic_hidden group_chat_created supergroup_chat_created channel_chat_created"
    )
)


def view(message: Message, bot: BotAccount | None = None) -> Message:
    """The message without the sandbox's own fields; for a bot, with that bot's file ids."""
    shown = {key: value for key, value in message.items() if key[0] != "_"}
    if bot is not None and message.get("_files"):
        return {key: with_ids_for(bot, value) for key, value in shown.items()}
    return shown


def quoted(message: Message) -> Message:
    """A message as it stands inside another one."""
    return {k: v for k, v in message.items() if k[0] != "_" and k not in {"reply_to_message", "reply_markup"}}


def is_service(message: Message) -> bool:
    return not SERVICE.isdisjoint(message)


def announce(world: "World", chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Tell every bot that may see the message; its own ordinary messages a bot never gets."""
    kind = "channel_post" if chat.kind == "channel" else "message"
    if edited:
        kind = f"edited_{kind}"
    service = is_service(message)
    for bot in listeners(chat):
        own = message.get("_by") == bot.account.id
        if (own and not service) or not may_see(bot, chat, message, service=service):
            continue
        account = bot_in(bot)
        push(world, account, kind, {kind: view(message, account)}, chat)


def bot_in(member: Member) -> BotAccount:
    if not isinstance(member.account, BotAccount):
        raise TypeError(f"{member.account.first_name} is no bot")
    return member.account


def listeners(chat: Chat) -> list[Member]:
    if chat.bot is not None:
        return [Member(chat.bot)] if chat.standing != "stranger" else []
    return list(chat.bots)


def may_see(bot: Member, chat: Chat, message: Message, *, service: bool) -> bool:
    """Privacy mode: in a group a plain member bot sees only what is meant for it.

    Another bot's words no bot hears, not even an administrator.
    """
    if chat.kind == "private" or service:
        return True
    if chat.kind == "channel":
        return bot.is_admin
    if message.get("from", {}).get("is_bot") and "sender_chat" not in message:
        return False
    if bot.is_admin:
        return True
    account = bot_in(bot)
    return not account.privacy or _meant_for(account, message)


def _meant_for(bot: BotAccount, message: Message) -> bool:
    text: str = message.get("text") or message.get("caption") or ""
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0]
        return "@" not in command or command.endswith(f"@{bot.username}")
    replied = message.get("reply_to_message", {})
    return bool(replied.get("from", {}).get("id") == bot.id) or f"@{bot.username}" in text


def push(world: "World", bot: BotAccount, kind: str, body: Json, chat: Chat | None, lane: str = "") -> None:
    """Into the bot's mailbox, if it wants this kind, and into the log."""
    where = chat.id if chat else None
    update = world.mail[bot.id].push(kind, body, lane or f"chat {where}")
    if update is not None:
        world.log.add(Made(len(world.log), world.clock.now(), bot.id, update.id, kind, where, body))
