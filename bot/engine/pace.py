"""The pace: how fast a chat, a group and the whole bot may be sent to without being rate limited."""

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from bot.engine.pacing.star_pace import StarPace

MINUTE = 60.0
SPREAD = 2
"""Into so many parts a group's minute is divided for those served in turn; newcomers may use what is left.

Who fills the minute in its first seconds leaves nobody else room until its end.
"""
SHARE = 5
"""The part of it, one of so many, that is theirs however many newcomers there are."""
SPARED_OF = 30
"""One message of so many that bulk leaves to whatever else goes out, and one at least.

A reply finds it free, or soon the next one: bulk goes evenly, never up to the limit at once.
"""
BULK_BURST = 6
"""So many of bulk may go at once to make up for those that came late."""
SEVERAL, LONGEST_PAUSE = 3, 5.0
"""So many chats refused in a row mean that Telegram means the whole bot; it pauses for so long at most."""


class Pace(Protocol):
    """The configured limits; 0 switches one off."""

    @property
    def chat_per_second(self) -> float:
        """Sustained calls a second in one chat."""

    @property
    def chat_burst(self) -> int:
        """How many calls one chat may take at once before that limit holds."""

    @property
    def group_per_minute(self) -> float:
        """Calls a minute in one group, all its topics together."""

    @property
    def bulk_per_second(self) -> float:
        """Calls a second of the bot as a whole."""


class _Window:
    """Messages of the last so many seconds, those on their way among them.

    Telegram counts a message somewhere between the moment we send it and the moment it answers; so here it
    counts from the first, and the window begins with the second.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ended: deque[float] = deque()
        self._flying = 0

    def used(self, now: float) -> int:
        """How many there are."""
        while self._ended and self._ended[0] <= now - self._seconds:
            self._ended.popleft()
        return len(self._ended) + self._flying

    def wait(self, now: float, most: int, further: int = 1) -> float:
        """Seconds until so many further ones fit in; as long as it takes, where only a landing can help."""
        over = self.used(now) + min(further, most) - most
        if over <= 0:
            return 0.0
        return self._ended[over - 1] + self._seconds - now if over <= len(self._ended) else self._seconds

    def begin(self, messages: int) -> None:
        """They are on their way."""
        self._flying += messages

    def end(self, messages: int, now: float, sent: int | None = None) -> None:
        """Telegram has answered; perhaps fewer were sent than had begun."""
        self._flying -= messages
        at = max(now, self._ended[-1]) if self._ended else now  # they stand in the order of their times
        self._ended.extend([at] * (messages if sent is None else sent))
        self.used(now)  # what is long over is forgotten even where nobody asks


@dataclass(slots=True)
class _Chat:
    tokens: float
    counted: float
    minute: _Window = field(default_factory=lambda: _Window(MINUTE))
    spread: _Window = field(default_factory=lambda: _Window(MINUTE / SPREAD))
    in_turn: _Window = field(default_factory=lambda: _Window(MINUTE / SPREAD))
    free_at: float = 0.0
    turns_at: float = 0.0
    cramped_since: float | None = None


class Budget:
    """When a chat may next be called; times are seconds of a monotonic clock."""

    def __init__(self, pace: Pace, paid_per_second: float = 0.0) -> None:
        self._pace, self._paid = pace, StarPace(paid_per_second)
        self._chats: dict[int, _Chat] = {}
        self._second = _Window(1.0)
        self._paused_until = self._bulk_held_until = self._bulk_at = 0.0
        self._limited: set[int] = set()
        """The chats that were refused since a call was last accepted."""

    def penalty(self, chat_id: int, now: float) -> float:
        """Seconds for which no call to the chat may be made, not even a reaction."""
        chat = self._chats.get(chat_id)
        return 0.0 if chat is None else max(0.0, chat.free_at - now)

    def chat_wait(self, chat_id: int, now: float, messages: int = 1, *, new: bool = False) -> float:
        """Seconds that this chat's own limits ask for before it takes so many messages; 0 for at once.

        `new`: they are a newcomer's; the others spread theirs over a group's minute.
        """
        chat = self._chats.get(chat_id)
        if chat is None:
            return 0.0
        waits = [chat.free_at - now, 0.0]
        if self._pace.chat_per_second:
            self._refill(chat, now)
            waits.append((1.0 - chat.tokens) / self._pace.chat_per_second)
        if chat_id < 0 and self._pace.group_per_minute:
            most = max(1, int(self._pace.group_per_minute))
            waits.append(chat.minute.wait(now, most, messages))
            if not new:
                waits.append(chat.turns_at - now)
                waits.append(_spread_wait(chat, now, max(1, most // SPREAD), messages))
        return max(waits)

    def whole_wait(self, now: float, *, bulk: bool, overdue: bool = False) -> float:
        """Seconds that the bot's limit as a whole asks for; bulk leaves a part of it to replies.

        `overdue`: it has left replies everything for long enough.
        """
        until = max(self._paused_until, self._bulk_held_until) if bulk else self._paused_until
        if now < until:
            return until - now
        if not self._pace.bulk_per_second:
            return 0.0
        wait = self._second.wait(now, max(1, int(self._pace.bulk_per_second)))
        return wait if not bulk or overdue else max(wait, self._bulk_at - now)

    def paid_wait(self, now: float) -> float:
        """Seconds until a message for Stars may go; replies and what is free have their own second."""
        return max(0.0, max(self._paused_until, self._bulk_held_until, self._paid.at) - now)

    def pays(self, now: float) -> bool:
        """Whether Telegram takes Stars, as far as we know."""
        return self._paid.taken(now)

    def refuse_paid(self, now: float) -> None:
        """Telegram takes no Stars: none are offered for a while."""
        self._paid.refuse(now)

    def spend(
        self,
        chat_id: int,
        now: float,
        messages: int = 1,
        *,
        new: bool = False,
        bulk: bool = False,
        paid: bool = False,
    ) -> None:
        """Count a call that is being made; `landed` counts its end."""
        chat = self._known(chat_id, now)
        self._refill(chat, now)
        chat.tokens -= 1.0
        if messages > 1:
            chat.cramped_since = None
        if chat_id < 0:
            for window in _windows(chat, new):
                window.begin(messages)
        if paid:
            self._paid.spend(now)
            return
        self._second.begin(1)
        if bulk and self._pace.bulk_per_second:
            every = 1.0 / _for_bulk(self._pace.bulk_per_second)
            self._bulk_at = max(self._bulk_at, now - (BULK_BURST - 1) * every) + every

    def landed(
        self,
        chat_id: int,
        now: float,
        messages: int = 1,
        *,
        sent: int | None = None,
        new: bool = False,
        paid: bool = False,
        called: float | None = None,
    ) -> None:
        """Count the end of a call, whatever came of it; `sent` if it was of fewer messages.

        The bot's own second, far shorter than a group's minute, counts from when it was `called`: the time an
        answer takes, different for each, would be lost in every second.
        """
        if chat_id < 0:
            chat, sent = self._known(chat_id, now), messages if sent is None else sent
            for window in _windows(chat, new):
                window.end(messages, now, sent)
        if not paid:
            self._second.end(1, now if called is None else called)

    def used(self, chat_id: int, now: float) -> tuple[int, int]:
        """Messages of the last minute in a group, and calls of the last second in all chats."""
        chat = self._chats.get(chat_id)
        return 0 if chat is None else chat.minute.used(now), self._second.used(now)

    def make_room(self, chat_id: int, wait: float, now: float, *, new: bool) -> None:
        """A run of several messages does not fit yet: those served in turn wait with it, at last everyone."""
        chat = self._known(chat_id, now)
        if chat.cramped_since is None:
            chat.cramped_since = now
        if now - chat.cramped_since > MINUTE:
            self.hold(chat_id, wait, now)
        elif not new:
            chat.turns_at = max(chat.turns_at, now + wait)

    def penalise(self, chat_id: int, seconds: float, now: float, *, paid: bool = False) -> None:
        """Telegram asked to slow down: rest the chat, and the whole bot if it refuses one chat after another.

        Chats that were limited each for itself are not the whole bot: others are accepted between them.
        """
        self.hold(chat_id, seconds, now)
        chat = self._known(chat_id, now)
        chat.tokens = min(chat.tokens, 0.0)
        self._limited.add(chat_id)
        if paid:
            self._paid.limited(now, len(self._limited))
        if len(self._limited) >= SEVERAL:
            self._paid.refuse(now)  # Stars or not, there is no room beside them
        if len(self._limited) >= SEVERAL or (paid and not self.pays(now)):
            self.pause(min(seconds, LONGEST_PAUSE), now)

    def accepted(self) -> None:
        """Telegram has accepted a call: it does not mean the whole bot."""
        self._limited.clear()

    def hold(self, chat_id: int, seconds: float, now: float) -> None:
        """Rest the chat for a while."""
        chat = self._known(chat_id, now)
        chat.free_at = max(chat.free_at, now + seconds)

    def hold_bulk(self, seconds: float, now: float) -> None:
        """Rest all bulk parcels."""
        self._bulk_held_until = max(self._bulk_held_until, now + seconds)

    def holds_bulk(self, now: float) -> bool:
        """Whether bulk is resting."""
        return now < self._bulk_held_until

    def pause(self, seconds: float, now: float) -> None:
        """Rest the whole bot."""
        self._paused_until = max(self._paused_until, now + seconds)

    def _known(self, chat_id: int, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = _Chat(float(self._pace.chat_burst), now)
            self._tidy(now)
        return chat

    def _refill(self, chat: _Chat, now: float) -> None:
        gained = (now - chat.counted) * self._pace.chat_per_second
        chat.tokens = min(float(self._pace.chat_burst), chat.tokens + gained)
        chat.counted = now

    def _tidy(self, now: float) -> None:
        """Forget chats whose budget is full again."""
        if len(self._chats) % 4096:
            return
        idle = [
            each
            for each, chat in self._chats.items()
            if now - chat.counted > 2 * MINUTE and chat.free_at <= now and not chat.minute.used(now)
        ]
        for each in idle:
            del self._chats[each]


def _for_bulk(per_second: float) -> float:
    """What bulk may use of the calls a second: where there is but one, it is not spared."""
    spared = max(1, int(per_second) // SPARED_OF)
    return max(min(1.0, per_second), per_second - spared)


def _windows(chat: _Chat, new: bool) -> tuple[_Window, ...]:
    """Where a call in a group counts."""
    return (chat.minute, chat.spread) if new else (chat.minute, chat.spread, chat.in_turn)


def _spread_wait(chat: _Chat, now: float, most: int, messages: int) -> float:
    """Seconds until those served in turn may go: until there is room for anybody, or for their own share."""
    wait = chat.spread.wait(now, most, messages)
    share = max(1, most // SHARE)
    return wait if wait <= 0 or messages > share else min(wait, chat.in_turn.wait(now, share, messages))
