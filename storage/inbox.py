"""The inbox: raw updates, kept before Telegram is told that they arrived."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, literal_column, select, update

from storage.engine.json_text import json_text
from storage.engine.upsert import adding
from storage.tables import inbox

WAITS, DONE, QUARANTINE = 0, 1, 2
LARGEST = 2**63
"""A larger number neither Telegram nor a database has."""
DEEPEST = 64
"""Floors of an update; Telegram's own have a few, and what is deeper nobody can walk through."""
WAITING_ONES, DONE_ONES, QUARANTINED = (
    inbox.c.state == literal_column(str(state)) for state in (WAITS, DONE, QUARANTINE)
)
"""Each as a literal: the index of such rows serves no parameter."""

WAITING = (
    select(inbox.c.update_id, inbox.c.stream, inbox.c.body, inbox.c.attempts, inbox.c.retried)
    .where(inbox.c.bot_id == bindparam("bot_id"), WAITING_ONES)
    .where(inbox.c.update_id > bindparam("after"))
    .order_by(inbox.c.update_id)
    .limit(bindparam("limit"))
)
WAITING_OF = WAITING.where(inbox.c.stream == bindparam("stream"))
MINE = (inbox.c.bot_id == bindparam("b_bot_id"), inbox.c.update_id == bindparam("b_update_id"))
FINISH = (
    update(inbox)
    .where(*MINE, inbox.c.state == WAITS)
    .values(state=DONE, body="", done_at=bindparam("b_done_at"))
)


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update that is still to be handled; `raw` is as Telegram sent it.

    `parts`: those that are handled as this one. `retried`: how often a start has let it out of quarantine.
    """

    update_id: int
    stream: str
    raw: dict[str, Any]
    attempts: int = 0
    retried: int = 0
    parts: tuple["WaitingUpdate", ...] = ()

    @property
    def whole(self) -> tuple["WaitingUpdate", ...]:
        """All that is handled with it."""
        return self.parts or (self,)


def stream_of(raw: dict[str, Any]) -> str:
    """The name of what keeps an update's order: its topic or chat, else its person, else none.

    Raises ValueError for an address that nobody can have.
    """
    for name, event in raw.items():
        if name == "update_id" or not isinstance(event, dict):
            continue
        message = event["message"] if isinstance(event.get("message"), dict) else event
        chat = message.get("chat") or event.get("from") or event.get("user")
        if isinstance(chat, dict):
            topic = message.get("message_thread_id") if message.get("is_topic_message") else None
            number = _number(chat.get("id"))
            return number if topic is None else f"{number}/{_number(topic)}"
    return ""


def _number(found: object) -> str:
    if not isinstance(found, int) or isinstance(found, bool) or not -LARGEST < found < LARGEST:
        raise ValueError("no number of a chat or a topic")
    return str(found)


def cannot_be_kept(raw: object) -> str | None:
    """Why a database could not keep all that an update says: the kind of the first such thing in it."""
    level: list[Any] = [raw]
    for _ in range(DEEPEST):
        for each in level:
            if isinstance(each, str):
                if not each.isascii() and not _is_text(each):
                    return "letters"
                if "\0" in each:
                    return "zeros"
            elif isinstance(each, int) and not -LARGEST < each < LARGEST:
                return "number"
        inside = [each.values() if isinstance(each, dict) else each for each in level if _holds(each)]
        level = [each for group in inside for each in group]
    return "depth" if level else None


def _holds(value: object) -> bool:
    return isinstance(value, dict | list)


def _is_text(said: str) -> bool:
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


class InboxStore:
    """The updates of one bot, on one transaction."""

    def __init__(self, conn: Connection, desk: str, bot_id: int) -> None:
        self._conn, self._desk, self._bot_id = conn, desk, bot_id
        self.taken: list[int] = []
        self.handled: list[int] = []
        self.failed = 0

    def take_in(self, updates: Sequence[dict[str, Any]], at: datetime) -> Sequence[WaitingUpdate]:
        """Insert updates and return those that are new."""
        streams = {raw["update_id"]: (stream_of(raw), raw) for raw in updates}
        rows = [self._row(raw, stream, at) for stream, raw in streams.values()]
        if not rows:
            return []
        fresh = frozenset(self._conn.execute(_taking(self._conn.dialect.name), rows).scalars())
        self.taken += fresh
        return [WaitingUpdate(each, *found) for each, found in streams.items() if each in fresh]

    def take_unfit(self, raw: dict[str, Any], error: str, at: datetime) -> bool:
        """Insert an update into quarantine; False if it came before."""
        row = self._row(raw, "", at) | {"state": QUARANTINE, "error": error, "failed_at": at}
        fresh = list(self._conn.execute(_taking(self._conn.dialect.name), [row]).scalars())
        self.taken += fresh
        self.failed += len(fresh)
        return bool(fresh)

    def _row(self, raw: dict[str, Any], stream: str, at: datetime) -> dict[str, Any]:
        return {
            "bot_id": self._bot_id,
            "update_id": raw["update_id"],
            "desk": self._desk,
            "stream": stream,
            "body": json_text(raw),
            "received_at": at,
        }

    def waiting(self, limit: int, after: int = -1) -> Sequence[WaitingUpdate]:
        """The oldest updates that are still to be handled."""
        key = {"bot_id": self._bot_id, "limit": limit, "after": after}
        rows = self._conn.execute(WAITING, key)
        return [WaitingUpdate(row[0], row[1], read(row[2]), row[3], row[4]) for row in rows]

    def waiting_of(self, stream: str, limit: int, after: int) -> Sequence[WaitingUpdate]:
        """The same of one stream."""
        key = {"bot_id": self._bot_id, "limit": limit, "after": after, "stream": stream}
        rows = self._conn.execute(WAITING_OF, key)
        return [WaitingUpdate(row[0], row[1], read(row[2]), row[3], row[4]) for row in rows]

    def finish(self, update_id: int, at: datetime) -> bool:
        """Mark an update as handled and delete its text; False if it was marked already."""
        key = {"b_bot_id": self._bot_id, "b_update_id": update_id, "b_done_at": at}
        if self._conn.execute(FINISH, key).rowcount != 1:
            return False
        self.handled.append(update_id)
        return True

    def fail(self, update_id: int, error: str, at: datetime, *, for_good: bool) -> None:
        """Count a failed try; `for_good` puts the update into quarantine."""
        mine = (inbox.c.bot_id == self._bot_id, inbox.c.update_id == update_id)
        self.failed += 1
        self._conn.execute(
            update(inbox)
            .where(*mine)
            .values(
                attempts=inbox.c.attempts + 1,
                error=error,
                failed_at=at,
                state=case((inbox.c.state == WAITS, QUARANTINE if for_good else WAITS), else_=inbox.c.state),
            )
        )

    def counts(self) -> dict[str, int]:
        """How many updates wait, and how many are in quarantine."""
        mine = select(func.count()).select_from(inbox).where(inbox.c.bot_id == self._bot_id)
        found = {"waiting": mine.where(WAITING_ONES), "quarantine": mine.where(QUARANTINED)}
        return {name: self._conn.execute(count).scalar_one() for name, count in found.items()}


def read(body: str) -> dict[str, Any]:
    """The update as it came; one that cannot be read comes empty, and is set aside like any other poison."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@lru_cache
def _taking(dialect: str) -> Any:
    """The statement that inserts updates and returns those that are new."""
    return adding(dialect, inbox).returning(inbox.c.update_id)
