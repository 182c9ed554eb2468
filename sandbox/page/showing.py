"""The world as the page gets to see it: Bot API objects with a few fields the page needs besides."""

import json
from typing import Any

from sandbox.accounts import BotAccount, Json
from sandbox.chats import Chat, Message
from sandbox.delivery import view
from sandbox.icons import ICONS
from sandbox.log import Call, Made
from sandbox.page.cast import Cast, Part
from sandbox.world import World

MESSAGES_SHOWN = 1000


def key(chat: Chat) -> str:
    """A private chat is known to its person by the bot, so it takes both to name it."""
    return f"{chat.bot.id}:{chat.id}" if chat.bot else str(chat.id)


def person(part: Part) -> Json:
    account = part.account
    return {
        "id": account.id,
        "name": account.full_name,
        "role": part.role,
        "chats": [key(chat) for chat in part.chats],
    }


def message(shown: Message) -> Json:
    reactions: dict[str, list[int]] = {}
    for who, held in shown.get("_reactions", {}).items():
        for reaction in held:
            reactions.setdefault(reaction.get("emoji", "⭐"), []).append(who)
    extra = {"_author": shown["_by"]}
    found = [{"emoji": emoji, "by": by} for emoji, by in reactions.items()]
    return view(shown) | extra | ({"_reactions": found} if found else {})


def chat(cast: Cast, shown: Chat) -> Json:
    """A chat without its messages."""
    bot = shown.bot or cast.bot
    return {
        "key": key(shown),
        "chat": shown.card(),
        "title": bot.full_name if shown.bot else shown.title,
        "blocked": shown.standing == "blocked",
        "commands": _commands(bot, shown),
        "topics": [
            topic.card()
            | {"id": topic.id, "closed": topic.closed, "icon": ICONS.get(topic.icon_custom_emoji_id or "")}
            for topic in shown.topics.values()
            if not topic.deleted
        ],
        "pinned": list(reversed(shown.pinned)),
        "posters": [m.account.id for m in shown.members.values() if m.may("can_post_messages")],
        "keyboard": _keyboard(shown),
    }


def messages(shown: Chat) -> list[Json]:
    standing = [m for m in shown.messages.values() if not m.get("_deleted")]
    return [message(one) for one in standing[-MESSAGES_SHOWN:]]


def call(world: World, entry: Call | Made) -> Json:
    """A line of the log: a call with its answer, or an update."""
    line: Json = {"id": entry.n, "at": entry.at, "chat": _name(world, entry.bot, entry.chat)}
    if isinstance(entry, Made):
        return line | {"kind": "update", "method": entry.kind, "params": entry.body}
    spent = round((world.clock.now() - entry.at) * 1000, 1)
    line |= {
        "kind": "call",
        "method": entry.method,
        "params": {name: _unfolded(value) for name, value in entry.params.items()},
        "status": entry.status,
        "ms": spent,
    }
    result = entry.result if entry.ok else {"description": entry.error, "parameters": entry.result}
    return line | {"result": result} | ({"fault": entry.fault} if entry.fault else {})


def _unfolded(value: Any) -> Any:
    """A nested parameter travels as JSON inside a string; to be read it is better unfolded."""
    if not isinstance(value, str) or value[:1] not in {"[", "{"}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _name(world: World, bot: int, chat_id: int | None) -> str | None:
    if chat_id is None:
        return None
    group = world.groups.get(chat_id)
    account = world.accounts.get(chat_id)
    return group.title if group else account.full_name if account else str(chat_id)


def _commands(bot: BotAccount, shown: Chat) -> list[Json]:
    """The narrowest list the bot has set for such a chat, in the person's language if there is one."""
    language = shown.person.language if shown.person else None
    family = "all_private_chats" if shown.person else "all_group_chats"
    for scope in (f"chat/{shown.id}", f"{family}/", "default/"):
        for spoken in (language or "", ""):
            found = bot.commands.get(f"{scope}/{spoken}")
            if found:
                return found
    return []


def _keyboard(shown: Chat) -> list[list[str]]:
    """The reply keyboard that stands in the chat now."""
    for one in reversed(shown.messages.values()):
        markup = one.get("_markup") or {}
        if "keyboard" in markup:
            return [
                [button["text"] if isinstance(button, dict) else button for button in row]
                for row in markup["keyboard"]
            ]
        if "remove_keyboard" in markup:
            break
    return []
