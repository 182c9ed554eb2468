"""The evidence: questions of a desk for learning, and figures about its FAQ."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, null, or_, select

from desk.content import Content
from editorial.learning.evidence import AskedQuestion, Label, OperatorReply, QuestionFigures
from faq.judging.flaws import Use
from faq.matching.judged import Judged
from storage.questions import TOLD
from storage.tables import customers, messages, questions
from storage.tables.columns import also_of

AT_ONCE = 500
FROM_MENU = and_(
    questions.c.zone == "answer",
    questions.c.chosen.is_not(None),
    questions.c.chosen == func.coalesce(questions.c.offered[0].as_string(), ""),
)
"""Questions opened by a button of the menu, which are no evidence of matching."""
TO_PEOPLE = or_(questions.c.zone == "person", questions.c.outcome == "escalated")
SHOWN = or_(questions.c.zone == "answer", questions.c.chosen.is_not(None))
"""Questions for which an answer was shown."""
WITH_NAMES = select(
    questions,
    customers.c.first_name,
    customers.c.last_name,
    customers.c.username,
).join(customers, customers.c.id == questions.c.customer_id)
NAMELESS = select(questions, *(null().label(name) for name in ("first_name", "last_name", "username")))
"""Questions without their customers' names, which the matcher does not need."""


def _names(row: Row[Any]) -> tuple[str, ...]:
    return tuple(name for name in (row.first_name, row.last_name, row.username) if name)


def _asked(row: Row[Any]) -> AskedQuestion:
    return AskedQuestion(
        id=row.id,
        customer_id=row.customer_id,
        text=row.text,
        language=row.language,
        asked_at=row.asked_at,
        names=_names(row),
    )


def _labels(row: Row[Any]) -> list[Label]:
    """The labels of one question: of what was pressed, and of the entry that operators sent."""
    right, wrong = _right(row), _wrong(row)
    if row.replied is not None:
        right.append(row.replied)
    asked = _asked(row)
    return [
        *(Label(asked, entry_id, right=False) for entry_id in wrong if entry_id not in right),
        *(Label(asked, entry_id, right=True) for entry_id in dict.fromkeys(right)),
    ]


def _right(row: Row[Any]) -> list[str]:
    """What helped, or was chosen among several and not complained of since."""
    shown = row.chosen or next(iter(row.offered if row.zone == "answer" else ()), None)
    content = row.outcome == "helped" or (row.chosen is not None and row.outcome is None)
    return [shown] if shown is not None and content else []


def _wrong(row: Row[Any]) -> list[str]:
    """All that was offered to somebody who called a person instead, or the first if another was chosen."""
    if row.chosen is None:
        return list(row.offered) if row.outcome == "escalated" else []
    return [each for each in row.offered[:1] if each != row.chosen]


def _judged(labels: Sequence[Label]) -> Sequence[Label]:
    """As little as tells the matcher the same: an entry that is right says which are wrong."""
    return [label for label in labels if label.right] or labels


class EvidenceStore:
    """The evidence of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def labels(self, since: datetime, settled: datetime, limit: int) -> Sequence[Label]:
        """The newest labels of questions asked since, oldest first.

        Who chose among three and then kept silent is content, but only if that was before `settled`.
        """
        rows = self._settled(WITH_NAMES, since, settled, limit)
        return [label for row in rows for label in _labels(row)]

    def judged(self, since: datetime, limit: int) -> Sequence[Judged]:
        """The newest labels for the matcher, oldest first."""
        ever = datetime.max.replace(tzinfo=UTC)
        rows = self._settled(NAMELESS, since, ever, limit)
        return [label.judged for row in rows for label in _judged(_labels(row))]

    def _settled(self, of: Select[Any], since: datetime, settled: datetime, limit: int) -> Sequence[Row[Any]]:
        chose = and_(questions.c.chosen.is_not(None), questions.c.asked_at <= settled)
        judged = or_(questions.c.outcome.is_not(None), questions.c.replied.is_not(None), chose)
        told = or_(~FROM_MENU, questions.c.replied.is_not(None))
        return self._newest(questions.c.asked_at >= since, judged, told, limit=limit, of=of)

    def lately(self, since: datetime, limit: int) -> Sequence[AskedQuestion]:
        """The newest questions put to the matcher, newest first, without names; erased ones are left out."""
        rows = self._newest(questions.c.asked_at >= since, ~FROM_MENU, limit=limit, of=NAMELESS)
        return [_asked(row) for row in reversed(rows)]

    def unanswered(self, since: datetime, limit: int) -> Sequence[AskedQuestion]:
        """The newest questions that ended with people and with no entry, oldest first."""
        nothing = (questions.c.replied.is_(None), ~FROM_MENU)
        return [
            _asked(row)
            for row in self._newest(questions.c.asked_at >= since, TO_PEOPLE, *nothing, limit=limit)
        ]

    def asked(self, ids: Sequence[int]) -> Sequence[AskedQuestion]:
        """The questions with these ids, oldest first; erased ones are left out."""
        few = list(ids)[:AT_ONCE]
        these = (also_of(questions, self._desk), questions.c.id.in_(few), TOLD)
        rows = self._conn.execute(WITH_NAMES.where(*these).order_by(questions.c.id))
        return [_asked(row) for row in rows]

    def replies(self, ids: Sequence[int]) -> Sequence[OperatorReply]:
        """The operators' replies to these questions; the newest hundreds."""
        asking = messages.alias("asking")
        rows = self._conn.execute(
            select(
                questions.c.id,
                messages.c.author,
                messages.c.content,
                customers.c.first_name,
                customers.c.last_name,
                customers.c.username,
            )
            .join(asking, asking.c.id == questions.c.message_id)
            .join(messages, messages.c.ticket_id == asking.c.ticket_id)
            .join(customers, customers.c.id == questions.c.customer_id)
            .where(
                also_of(questions, self._desk),
                questions.c.id.in_(list(ids)[-AT_ONCE:]),
                messages.c.id > asking.c.id,
                messages.c.author.in_(("operator", "customer")),
            )
            .order_by(questions.c.id, messages.c.id)
        )
        return _first_replies(rows)

    def figures(self, since: datetime, until: datetime) -> QuestionFigures:
        """What came of the questions between two times."""
        span = (questions.c.asked_at >= since, questions.c.asked_at < until)
        seen = and_(~FROM_MENU, or_(SHOWN, questions.c.folded))
        counted = select(
            _count(~FROM_MENU),
            _count(and_(~FROM_MENU, questions.c.zone == "answer")),
            _count(questions.c.zone == "choice"),
            _count(and_(~FROM_MENU, TO_PEOPLE)),
            _count(and_(seen, questions.c.outcome == "helped")),
            _count(and_(seen, questions.c.outcome == "escalated")),
        ).where(questions.c.desk == self._desk, *span)
        asked, answered, offered, to_people, helped, not_helped = self._conn.execute(counted).one()
        return QuestionFigures(
            asked=asked,
            answered=answered,
            offered=offered,
            to_people=to_people,
            helped=helped,
            not_helped=not_helped,
        )

    def began(self) -> datetime | None:
        """When the first question was kept."""
        asked = select(questions.c.asked_at).where(questions.c.desk == self._desk)
        first = asked.order_by(questions.c.asked_at).limit(1)
        began: datetime | None = self._conn.execute(first).scalar_one_or_none()
        return began

    def since(self, moment: datetime) -> Mapping[str, Use]:
        """How often each entry was shown since, and what came of it."""
        entry_id = func.coalesce(questions.c.chosen, questions.c.offered[0].as_string(), "")
        shown = (
            select(entry_id.label("entry_id"), questions.c.outcome)
            .where(questions.c.desk == self._desk, questions.c.asked_at >= moment, SHOWN)
            .subquery()
        )
        counted = select(
            shown.c.entry_id,
            func.count(),
            _count(shown.c.outcome == "helped"),
            _count(shown.c.outcome == "escalated"),
        ).group_by(shown.c.entry_id)
        return {row[0]: Use(*row[1:]) for row in self._conn.execute(counted)}

    def _newest(
        self, *which: ColumnElement[bool], limit: int, of: Select[Any] = WITH_NAMES
    ) -> Sequence[Row[Any]]:
        chosen = of.where(questions.c.desk == self._desk, TOLD, *which)
        newest = (questions.c.asked_at.desc(), questions.c.id.desc())
        rows = self._conn.execute(chosen.order_by(*newest).limit(limit)).all()
        return rows[::-1]


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _first_replies(rows: Any) -> list[OperatorReply]:
    """What operators wrote before the customer spoke again, for each question."""
    said: dict[int, list[str]] = {}
    names: dict[int, tuple[str, ...]] = {}
    ended: set[int] = set()
    for row in rows:
        if row.author == "customer":
            if row.id in said:
                ended.add(row.id)
        elif row.id not in ended and (text := Content.from_json(row.content).text.strip()):
            said.setdefault(row.id, []).append(text)
            names[row.id] = _names(row)
    return [OperatorReply("\n".join(texts), names[number]) for number, texts in said.items()]
