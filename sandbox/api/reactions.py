"""setMessageReaction."""

from aiogram.methods import SetMessageReaction

from sandbox.api.access import chat_of, message_of
from sandbox.api.registry import Request, method, plain
from sandbox.changing import react
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
    chat = chat_of(request, asked.chat_id)
    message = message_of(chat, asked.message_id, Refusal.REACT_NOT_FOUND)
    reactions = [plain(reaction) or {} for reaction in asked.reaction or []]
    if len(reactions) > 1:
        raise ApiError(Refusal.REACTIONS_TOO_MANY)
    if is_service(message) or any(
        r["type"] == "paid" or r.get("emoji", "👍") not in EMOJI for r in reactions
    ):
        raise ApiError(Refusal.REACTION_INVALID)
    react(request.world, chat, message, request.bot, reactions)
    return True
