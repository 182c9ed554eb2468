"""answerCallbackQuery."""

from aiogram.methods import AnswerCallbackQuery

from sandbox.api.registry import Request, method
from sandbox.changes import Change
from sandbox.errors import ApiError, Refusal

MAX_ANSWER = 200


@method(AnswerCallbackQuery)
def answer_callback_query(request: Request, asked: AnswerCallbackQuery) -> bool:
    if asked.text and len(asked.text) > MAX_ANSWER:
        raise ApiError(Refusal.ANSWER_TOO_LONG)
    callback = request.world.callbacks.answer(
        request.bot, asked.callback_query_id, asked.text, alert=bool(asked.show_alert)
    )
    message = callback.chat.messages.get(callback.message_id)
    request.world.changes.tell(Change("callback", callback.chat, message, {"callback": callback}))
    return True
