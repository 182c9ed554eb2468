"""Updates waiting for one bot: numbered, filtered, kept until confirmed or stale."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

from sandbox.accounts import Json
from sandbox.clock import Clock
from sandbox.errors import ApiError, Refusal

KINDS = frozenset(
    str.split(
        "message edited_message channel_post edited_channel_post business_connection business_message "
        "edited_business_message deleted_business_messages message_reaction message_reaction_count "
        "inline_query chosen_inline_result callback_query shipping_query pre_checkout_query poll poll_answer "
        "my_chat_member chat_member chat_join_request chat_boost removed_chat_boost purchased_paid_media"
    )
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT = KINDS - ON_REQUEST
GARBLED = "garbled"
DAY = 86_400.0
CALLBACK_LIFE = 150.0


@dataclass(frozen=True)
class Address:
    """Where a bot has its updates delivered."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True, eq=False)
class Update:
    id: int
    kind: str
    expires: float
    lane: str
    body: Json

    def json(self) -> Any:
        return self.body[GARBLED] if self.kind == GARBLED else {"update_id": self.id, **self.body}


class Mailbox:
    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._queue: deque[Update] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self.on_put: Callable[[Update], None] | None = None
        self._first_callback_ends = inf
        self._repeats: list[Update] = []
        self.allowed = DEFAULT

    def __len__(self) -> int:
        self._forget_stale()
        return len(self._queue)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """None keeps what was allowed before; nothing recognised means the default set."""
        if kinds is not None:
            self.allowed = frozenset(str(kind).lower() for kind in kinds) & KINDS or DEFAULT

    def push(self, kind: str, body: Json, lane: str = "") -> Update | None:
        """Queue an update, unless the bot does not want its kind."""
        if kind in KINDS and kind not in self.allowed:
            return None
        life = CALLBACK_LIFE if kind == "callback_query" else DAY
        update = Update(self._next_id, kind, self._clock.now() + life, lane, body)
        if kind == "callback_query":
            self._first_callback_ends = min(self._first_callback_ends, update.expires)
        self._next_id += 1
        self.put(update)
        return update

    def put(self, update: Update) -> None:
        self._queue.append(update)
        self._ring(update)

    def skip(self, count: int) -> None:
        """Leave a gap in the numbers."""
        self._next_id += count

    def repeat(self, update: Update) -> None:
        """Hand an update out once more, whatever was confirmed."""
        if self.on_put is None:
            self._repeats.append(update)
        self._ring(update)

    def confirm(self, offset: int) -> None:
        """Forget what is below a positive offset; a negative one keeps only the last so many."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        elif offset <= self._next_id:
            while self._queue and self._queue[0].id < offset:
                self._queue.popleft()

    def peek(self, limit: int) -> list[Update]:
        self._forget_stale()
        repeats, self._repeats = self._repeats[:limit], self._repeats[limit:]
        room = limit - len(repeats)
        return [*repeats, *(self._queue[i] for i in range(min(room, len(self._queue))))]

    def drop(self, update: Update) -> None:
        """Delivered by webhook: out of the queue, wherever it stands."""
        if self._queue and self._queue[0] is update:
            self._queue.popleft()
        elif update in self._queue:
            self._queue.remove(update)

    def clear(self) -> None:
        self._queue.clear()

    def end(self) -> int:
        """Hand out nothing more, not even to who is waiting; returns the number that would have come next."""
        self.clear()
        self._repeats.clear()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        return self._next_id

    async def news(self, within: float) -> None:
        """Wait until something is put in; another request may end the wait with a refusal."""
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiter, within)
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def interrupt(self, refusal: Refusal) -> None:
        """End a waiting getUpdates: somebody else has come."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(ApiError(refusal))

    def _ring(self, update: Update) -> None:
        if self.on_put is not None:
            self.on_put(update)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _forget_stale(self) -> None:
        now = self._clock.now()
        while self._queue and self._queue[0].expires < now:
            self._queue.popleft()
        if self._first_callback_ends < now:
            self._queue = deque(update for update in self._queue if update.expires >= now)
            ends = (update.expires for update in self._queue if update.kind == "callback_query")
            self._first_callback_ends = min(ends, default=inf)
