"""Telegram's pace: 1 a second per chat with bursts, 20 a minute per group, 30 a second per bot.

For Stars it is 1000 a second per bot: a paid call costs a tenth of a Star if that second has had its thirty.
"""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

from sandbox.accounts import BotAccount
from sandbox.chats import Chat
from sandbox.clock import Clock
from sandbox.errors import ApiError, Refusal, wait

MINUTE = 60.0
PAID = -1
"""The number under which a bot's paid calls are counted; no chat has it."""
LONGEST_PENALTY = 3600.0
ACTIONS_SHORT, ACTIONS_IN_SHORT = 5.0, 20
ACTIONS_LONG, ACTIONS_IN_LONG = 30.0, 40
ACTION_COOL_DOWN = 3
UNCOUNTED = {"sendchataction"}
COUNTED = {
    "createforumtopic",
    "editforumtopic",
    "closeforumtopic",
    "reopenforumtopic",
    "pinchatmessage",
    "stoppoll",
}


def is_counted(method: str) -> bool:
    """Whether a call costs the chat's budget: what leaves or changes a message there does."""
    name = method.lower()
    written = name.startswith(("send", "copymessage", "forwardmessage", "editmessage"))
    return (written and name not in UNCOUNTED) or name in COUNTED


@dataclass(slots=True)
class Pace:
    """How fast one chat (or one bot as a whole) has been going."""

    tokens: float
    at: float
    sent: deque[float] = field(default_factory=deque)
    until: float = 0.0
    penalty: float = 0.0


class Limits:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._paces: dict[tuple[int, int], Pace] = {}
        self._actions: dict[tuple[int, int], Pace] = {}
        self.enforced = True
        self.chat_per_second = 1.0
        self.chat_burst = 5
        self.group_per_minute = 20
        self.bulk_per_second = 30
        self.paid_per_second = 1000
        self.least_stars = 10_000

    def spend(self, bot: BotAccount, chat: Chat, messages: int = 1, *, paid: bool = False) -> int:
        """Take the cost of a call out of every budget it touches, or refuse with the wait.

        An album or a bulk copy goes through whole and leaves a debt that the next call waits for. Returns the
        tenths of a Star that it costs if it succeeds.
        """
        if not self.enforced:
            return 0
        now, paid = self._clock.now(), paid and bot.pays
        most = self.paid_per_second if paid else self.bulk_per_second
        own = self._pace(bot.id, chat.id, self.chat_burst, now)
        bulk = self._pace(bot.id, PAID if paid else 0, most, now)
        for pace in (own, bulk):
            if now < pace.until:
                self._punish(pace, 2 * pace.penalty, now)
        self._refill(own, self.chat_per_second, self.chat_burst, now)
        self._refill(bulk, most, most, now)
        self._demand(own, (1 - own.tokens) / self.chat_per_second, now)
        if chat.kind in {"group", "supergroup"}:
            self._demand(own, self._minute_wait(own, messages, now), now)
        self._demand(bulk, (1 - bulk.tokens) / most, now)
        above = self._above_free(bot.id, messages, now)
        if paid and above and bot.star_tenths < 10 * self.least_stars:
            raise ApiError(Refusal.BALANCE_TOO_LOW)
        if chat.kind in {"group", "supergroup"}:
            own.sent.extend([now] * messages)
        charged = above if paid else 0
        self._pace(bot.id, 0, self.bulk_per_second, now).sent.extend([now] * (messages - charged))
        own.tokens -= messages
        bulk.tokens -= messages
        own.penalty = bulk.penalty = 0.0
        return charged

    def act(self, bot_id: int, chat: Chat) -> None:
        """Chat actions have a pace of their own: 20 in 5 seconds, 40 in 30."""
        if not self.enforced:
            return
        now = self._clock.now()
        pace = self._actions.setdefault((bot_id, chat.id), Pace(0.0, now))
        while pace.sent and pace.sent[0] <= now - ACTIONS_LONG:
            pace.sent.popleft()
        recent = sum(at > now - ACTIONS_SHORT for at in pace.sent)
        if recent >= ACTIONS_IN_SHORT or len(pace.sent) >= ACTIONS_IN_LONG:
            raise wait(ACTION_COOL_DOWN)
        pace.sent.append(now)

    def _pace(self, bot_id: int, chat_id: int, burst: float, now: float) -> Pace:
        key = bot_id, chat_id
        if key not in self._paces:
            self._paces[key] = Pace(float(burst), now)
        return self._paces[key]

    def _refill(self, pace: Pace, per_second: float, most: float, now: float) -> None:
        pace.tokens = min(most, pace.tokens + (now - pace.at) * per_second)
        pace.at = now

    def _above_free(self, bot_id: int, messages: int, now: float) -> int:
        """How many of so many messages are above what is free in a second."""
        sent = self._pace(bot_id, 0, self.bulk_per_second, now).sent
        while sent and sent[0] <= now - 1:
            sent.popleft()
        return min(messages, max(0, len(sent) + messages - self.bulk_per_second))

    def _minute_wait(self, pace: Pace, messages: int, now: float) -> float:
        """How long until a group's last minute has room for so many more."""
        while pace.sent and pace.sent[0] <= now - MINUTE:
            pace.sent.popleft()
        excess = len(pace.sent) + min(messages, self.group_per_minute) - self.group_per_minute
        return pace.sent[excess - 1] + MINUTE - now if excess > 0 else 0.0

    def _demand(self, pace: Pace, delay: float, now: float) -> None:
        if delay > 0:
            self._punish(pace, delay, now)

    def _punish(self, pace: Pace, delay: float, now: float) -> None:
        """Say how long to wait; who calls again before that waits twice as long."""
        pace.penalty = float(ceil(min(delay, LONGEST_PENALTY)))
        pace.until = now + pace.penalty
        raise wait(int(pace.penalty))
