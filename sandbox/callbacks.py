"""Presses of inline buttons, each to be answered once and soon."""

from dataclasses import dataclass

from sandbox.accounts import Account, BotAccount
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.errors import ApiError, Refusal

ANSWER_WINDOW = 30.0


@dataclass(eq=False)
class Callback:
    id: str
    bot: BotAccount
    person: Account
    chat: Chat
    message_id: int
    data: str
    at: float
    answered: bool = False
    text: str | None = None
    alert: bool = False


class Callbacks:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, Callback] = {}
        self.window = ANSWER_WINDOW

    def press(self, bot: BotAccount, person: Account, chat: Chat, message_id: int, data: str) -> Callback:
        query_id = str(4_400_000_000_000_001 + len(self._by_id))
        callback = Callback(query_id, bot, person, chat, message_id, data, self._clock.now())
        self._by_id[query_id] = callback
        return callback

    def answer(self, bot: BotAccount, query_id: str, text: str | None, *, alert: bool) -> Callback:
        callback = self._by_id.get(query_id)
        if callback is None or callback.bot is not bot or callback.answered:
            raise ApiError(Refusal.QUERY_TOO_OLD)
        if self._clock.now() - callback.at > self.window:
            raise ApiError(Refusal.QUERY_TOO_OLD)
        callback.answered, callback.text, callback.alert = True, text, alert
        return callback
