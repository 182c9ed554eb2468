"""Messages, and the pairs: where each message and its copies stand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, exists, func, insert, select, update

from desk.content import Content
from storage.tables import messages, outbox, pairs, questions
from storage.tables.columns import also_of
from tickets.ticket import Author, Message, Place

INSERT = insert(messages).returning(messages.c.id)
PAIR = insert(pairs)
FIND = (
    select(messages)
    .join(pairs, pairs.c.message_id == messages.c.id)
    .where(
        pairs.c.desk == bindparam("desk"),
        pairs.c.chat_id == bindparam("chat_id"),
        pairs.c.telegram_id == bindparam("telegram_id"),
    )
    .order_by(messages.c.id)
)
PLACES = (
    select(pairs.c.chat_id, pairs.c.telegram_id)
    .where(pairs.c.desk == bindparam("desk"), pairs.c.message_id == bindparam("message_id"))
    .order_by(pairs.c.original.desc(), pairs.c.telegram_id)
)
BY_ID = select(messages).where(messages.c.desk == bindparam("desk"), messages.c.id == bindparam("id"))
BY_IDS = (
    select(messages)
    .where(also_of(messages, bindparam("desk")), messages.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(messages.c.id)
)

LATELY = (
    select(messages)
    .where(
        messages.c.desk == bindparam("desk"),
        messages.c.customer_id == bindparam("customer_id"),
        messages.c.author == "customer",
        messages.c.at >= bindparam("since"),
    )
    .order_by(messages.c.id.desc())
    .limit(bindparam("limit"))
)


def read_message(row: Row[tuple[object, ...]]) -> Message:
    return Message(
        id=row.id,
        customer_id=row.customer_id,
        ticket_id=row.ticket_id,
        author=row.author,
        operator_id=row.operator_id,
        content=Content.from_json(row.content),
        at=row.at,
    )


class MessageStore:
    """The messages of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk
        self.kept: dict[int, Message] = {}
        """The messages that this transaction has inserted, as long as nothing else is done to them in it."""

    def keep(
        self,
        *,
        customer_id: int,
        ticket_id: int | None,
        author: Author,
        content: Content,
        at: datetime,
        operator_id: int | None = None,
        original: Place | None = None,
    ) -> Message:
        """Insert a message, with the place where it was written."""
        values = {
            "desk": self._desk,
            "customer_id": customer_id,
            "ticket_id": ticket_id,
            "author": author,
            "operator_id": operator_id,
            "content": content.as_json(),
            "at": at,
        }
        message_id: int = self._conn.execute(INSERT, values).scalar_one()
        if original is not None:
            self.pair(message_id, original, original=True)
            for number, _ in content.parts[1:]:
                self.pair(message_id, Place(original.chat_id, number), original=True)
        self.kept[message_id] = Message(
            id=message_id,
            customer_id=customer_id,
            ticket_id=ticket_id,
            author=author,
            operator_id=operator_id,
            content=content,
            at=at,
        )
        return self.kept[message_id]

    def get(self, ids: Sequence[int]) -> Sequence[Message]:
        """By our own ids, oldest first."""
        key: dict[str, object] = {"desk": self._desk}
        if len(ids) == 1:  # most often it is one, and a list costs more
            return [read_message(row) for row in self._conn.execute(BY_ID, {**key, "id": ids[0]})]
        return [read_message(row) for row in self._conn.execute(BY_IDS, {**key, "ids": list(ids)})]

    def find(self, place: Place) -> Sequence[Message]:
        """The messages shown at a place: several where a burst went as one; oldest first."""
        key = {"desk": self._desk, "chat_id": place.chat_id, "telegram_id": place.telegram_id}
        return [read_message(row) for row in self._conn.execute(FIND, key)]

    def places(self, message_id: int) -> Sequence[Place]:
        """Everywhere the message stands, the original first."""
        rows = self._conn.execute(PLACES, {"desk": self._desk, "message_id": message_id})
        return [Place(row.chat_id, row.telegram_id) for row in rows]

    def pair(self, message_id: int, place: Place, *, original: bool = False) -> None:
        """Insert the place of the message or of a copy."""
        values = {
            "desk": self._desk,
            "chat_id": place.chat_id,
            "telegram_id": place.telegram_id,
            "message_id": message_id,
            "original": original,
        }
        self._conn.execute(PAIR, values)

    def unpair(self, message_id: int, chat_id: int) -> None:
        """Delete the places of copies in that chat."""
        self._conn.execute(
            delete(pairs).where(
                pairs.c.desk == self._desk,
                pairs.c.message_id == message_id,
                pairs.c.chat_id == chat_id,
                pairs.c.original.is_(False),
            )
        )

    def rewrite(self, message_id: int, content: Content) -> None:
        """Set the new content of an edited message."""
        self.kept.pop(message_id, None)
        self._conn.execute(
            update(messages).where(*self._these([message_id])).values(content=content.as_json())
        )

    def adopt(self, message_ids: Sequence[int], ticket_id: int | None) -> None:
        """Put messages that were written before it under a ticket; None takes them out of theirs."""
        for each in message_ids:
            self.kept.pop(each, None)
        self._conn.execute(update(messages).where(*self._these(message_ids)).values(ticket_id=ticket_id))

    def lately(self, customer_id: int, since: datetime, limit: int) -> Sequence[Message]:
        """The newest messages that the customer has written since then, oldest first."""
        key = {"desk": self._desk, "customer_id": customer_id, "since": since, "limit": limit}
        return [read_message(row) for row in reversed(self._conn.execute(LATELY, key).all())]

    def unheard(self, customer_id: int, since: datetime) -> Sequence[Message]:
        """The customer's messages that stand under no ticket and were not wholly helped by the FAQ."""
        asked = exists().where(
            questions.c.customer_id == customer_id, questions.c.message_id == messages.c.id
        )
        helped = asked.where(questions.c.outcome == "helped")
        open_still = asked.where(func.coalesce(questions.c.outcome, "") != "helped")
        rows = self._conn.execute(
            select(messages)
            .where(
                messages.c.desk == self._desk,
                messages.c.customer_id == customer_id,
                messages.c.author == "customer",
                messages.c.ticket_id.is_(None),
                messages.c.at >= since,
                ~helped | open_still,
            )
            .order_by(messages.c.id)
        )
        return [read_message(row) for row in rows]

    def under(self, customer_id: int, ticket_id: int) -> Sequence[Message]:
        """Everything written under a ticket of the customer, oldest first."""
        rows = self._conn.execute(
            select(messages)
            .where(
                messages.c.desk == self._desk,
                messages.c.customer_id == customer_id,
                messages.c.ticket_id == ticket_id,
            )
            .order_by(messages.c.id)
        )
        return [read_message(row) for row in rows]

    def last_reply(self, customer_id: int, operator_id: int) -> Message | None:
        """The operator's newest reply to the customer, delivered or on its way, that is not being erased."""
        posted = exists().where(outbox.c.message_id == messages.c.id)
        copied = exists().where(pairs.c.message_id == messages.c.id, pairs.c.original.is_(False))
        row = self._conn.execute(
            select(messages)
            .where(
                messages.c.desk == self._desk,
                messages.c.customer_id == customer_id,
                messages.c.author == "operator",
                messages.c.operator_id == operator_id,
                copied | posted.where(outbox.c.act == "carry"),
                ~posted.where(outbox.c.act == "erase"),
            )
            .order_by(messages.c.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else read_message(row)

    def _these(self, ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
        return (also_of(messages, self._desk), messages.c.id.in_(ids))
