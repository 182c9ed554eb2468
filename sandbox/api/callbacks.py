"""answerCallbackQuery."""

import re

from aiogram.methods import AnswerCallbackQuery

from sandbox.api.registry import Request, method
from sandbox.changes import Change
from sandbox.errors import ApiError, Refusal

MAX_ANSWER = 200
OWN_LINK = re.compile(
    r"(?:https?://)?(?:t\.me|telegram\.(?:me|dog))/\w+\?\w+=|tg://resolve\?domain=", re.IGNORECASE
)
"""Without a game only a link that opens a bot with a parameter will do."""


@method(AnswerCallbackQuery)
def answer_callback_query(request: Request, asked: AnswerCallbackQuery) -> bool:
    if asked.text and len(asked.text) > MAX_ANSWER:
        raise ApiError(Refusal.ANSWER_TOO_LONG)
    if asked.url and not OWN_LINK.match(asked.url):
        raise ApiError(Refusal.URL_INVALID)
    callback = request.world.callbacks.answer(
        request.bot, asked.callback_query_id, asked.text, alert=bool(asked.show_alert)
    )
    message = callback.chat.messages.get(callback.message_id)
    request.world.changes.tell(Change("callback", callback.chat, message, {"callback": callback}))
    return True
