"""setMessageReaction."""

from aiogram.methods import SetMessageReaction

from sandbox.accounts import Json
from sandbox.api.access import chat_of, message_of
from sandbox.api.registry import Request, method, plain
from sandbox.changing import react
from sandbox.chats import Message
from sandbox.delivery import is_service
from sandbox.errors import ApiError, Refusal

EMOJI = frozenset(
    str.split(
        "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 "
        "🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 "
        "☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
    )
)


@method(SetMessageReaction)
def set_message_reaction(request: Request, asked: SetMessageReaction) -> bool:
    reactions = [plain(reaction) or {} for reaction in asked.reaction or []]
    if any(r["type"] == "custom_emoji" and not r["custom_emoji_id"].isdigit() for r in reactions):
        raise ApiError(Refusal.REACTION_UNREADABLE)
    chat = chat_of(request, asked.chat_id)
    message = message_of(chat, asked.message_id, Refusal.REACT_NOT_FOUND)
    if len(reactions) > 1:
        raise ApiError(Refusal.REACTIONS_TOO_MANY)
    if is_service(message) or not all(_allowed(reaction, message) for reaction in reactions):
        raise ApiError(Refusal.REACTION_INVALID)
    react(request.world, chat, message, request.bot, reactions)
    return True


def _allowed(reaction: Json, message: Message) -> bool:
    """An ordinary emoji, or a custom one that somebody else has already put there."""
    if reaction["type"] == "emoji":
        return reaction["emoji"] in EMOJI
    there = [held for each in message.get("_reactions", {}).values() for held in each]
    return reaction["type"] == "custom_emoji" and reaction in there
