"""A long history in every table, whatever the schema: one counting query makes all rows of a table."""

from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, Connection, Float, LargeBinary, String, Table, Text, text

from storage.engine.moment import Moment
from storage.tables import metadata
from storage.tables.columns import Json

YEARS = timedelta(days=3 * 365)
FEW = 200
MANY = 10_000
ROWS = {
    "messages": 100_000,
    "customers": 60_000,
    "pairs": 60_000,
    "deliveries": 150_000,
    "ballots": 150_000,
    "polls": 1_000,
    "questions": 20_000,
    "subscribers": 30_000,
    "subscriptions": 50_000,
    "counters": 2,
    "places": 2,
    "operators": 40,
    "faq_filed": FEW,
    "drafts": 20,
    "absences": 2,
    "faq_drafts": 20,
}
"""How many rows a table gets, where that is not MANY."""

DESK = "CASE WHEN n % 10 = 0 THEN 'second' ELSE 'main' END"
SPECIAL = {
    "desk": DESK,
    "inbox.bot_id": "7",
    "inbox.stream": "'' || (n % 500)",
    "inbox.state": "CASE WHEN n > 9950 THEN 0 WHEN n % 1000 = 0 THEN 2 ELSE 1 END",
    "inbox.done_at": "CASE WHEN n > 9950 THEN NULL ELSE {at} END",
    "outbox.act": "'erase'",
    "outbox.body": "NULL",
    "outbox.lane": "CASE WHEN n % 20 = 0 THEN n % 3 ELSE 3 END",
    "outbox.state": "CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END",
    "outbox.dedupe": "CASE WHEN n % 3 = 0 THEN 'card:' || n END",
    "outbox.started_at": "CASE WHEN n % 500 = 0 THEN {at} END",
    "retried": "0",
    "retried_by": "NULL",
    "timers.kind": "'survey'",
    "topics.chat_id": "-100",
    "topics.title": "CASE WHEN n % 2 = 0 THEN 'topic ' || n END",
    "topics.current": "n % 10 < 8",
    "placements.subject": "'card:' || n",
    "placements.chat_id": "-100",
    "customers.blocked_at": "NULL",
    "bans.customer_id": "1 + n",
    "bans.lifted_at": "CASE WHEN n % 100 = 0 THEN NULL ELSE {at} END",
    "tickets.closed_at": "CASE WHEN n % 100 = 0 THEN NULL ELSE {at} END",
    "tickets.payload": "NULL",
    "messages.ticket_id": "CASE WHEN n % 5 = 0 THEN NULL ELSE 1 + n % 10000 END",
    "messages.author": "CASE WHEN n % 1000 = 20 THEN 'held' WHEN n % 3 = 0 THEN 'customer' WHEN n % 3 = 1"
    " THEN 'operator' ELSE 'bot' END",
    "messages.operator_id": "CASE n % 3 WHEN 1 THEN 5 + n % 7 END",
    "messages.content": """'{{"text": "one of many"}}'""",
    "pairs.chat_id": "CASE n % 2 WHEN 0 THEN -100 ELSE 1000 + n % 10000 END",
    "pairs.message_id": "n",
    "pairs.original": "n % 2 = 1",
    "questions.message_id": "20000 + n",
    "questions.zone": "CASE n % 3 WHEN 0 THEN 'answer' WHEN 1 THEN 'choice' ELSE 'person' END",
    "questions.offered": """'["entry 1"]'""",
    "questions.chosen": "CASE n % 4 WHEN 0 THEN 'entry ' || (n % 200) END",
    "questions.outcome": "CASE n % 4 WHEN 0 THEN 'helped' WHEN 1 THEN 'escalated' END",
    "questions.replied": "CASE n % 9 WHEN 0 THEN 'entry ' || (n % 200) END",
    "surveys.comment_message": "20000 + n",
    "surveys.rating": "CASE n % 2 WHEN 0 THEN 5 END",
    "subscribers.source": "'bot'",
    "subscribers.stopped_at": "CASE WHEN n % 10 = 1 THEN {at} END",
    "subscriptions.component": "'c' || (n % 20)",
    "incident_followers.why": "'asked'",
    "incident_askers.outcome": "CASE n % 3 WHEN 0 THEN 'same' WHEN 1 THEN 'other' END",
    "deliveries.broadcast_id": "1 + n / 3000",
    "deliveries.incident_id": "1 + n / 9000",
    "deliveries.customer_id": "1 + n % 60000",
    "deliveries.state": "CASE WHEN n % 300 = 0 THEN 0 WHEN n % 301 = 0 THEN 1"
    " WHEN n % 302 = 0 THEN 5 ELSE 2 END",
    "ballots.poll_id": "1 + n / 3000",
    "ballots.customer_id": "1 + n % 60000",
    "ballots.state": "CASE WHEN n % 300 = 0 THEN 0 WHEN n % 301 = 0 THEN 1"
    " WHEN n % 302 = 0 THEN 5 ELSE 2 END",
    "ballots.chosen": "CASE n % 3 WHEN 0 THEN 0 ELSE n % 3 END",
    "ballots.chosen_at": "CASE WHEN n % 3 > 0 THEN {at} END",
    "ballots.comment": "CASE WHEN n % 50 = 0 THEN 'why' END",
    "ballots.comment_message": "CASE WHEN n % 50 = 0 THEN n END",
    "polls.state": "CASE WHEN n % 250 = 0 THEN 'open' WHEN n % 100 = 1 THEN 'draft' ELSE 'ended' END",
    "polls.author_id": "n",
    "polls.options": """'["1", "2"]'""",
    "polls.in_channel": "'[]'",
    "polls.in_private": "'[]'",
    "polls.audience": "'both'",
    "polls.standing": "'closed'",
    "polls.front_id": "'' || n",
    "broadcasts.kind": "'tell'",
    "broadcasts.payment": "''",
    "broadcasts.state": "'done'",
    "broadcasts.part": "'whole'",
    "broadcasts.language": "'ru'",
    "broadcasts.shown": "''",
    "incidents.state": "CASE WHEN n % 2500 = 0 THEN 'live' ELSE 'resolved' END",
    "hook_deliveries.state": "CASE WHEN n % 500 = 0 THEN 0 ELSE 1 END",
    "hook_deliveries.hook": "'x' || (n % 5)",
    "incidents.severity": "'red'",
    "incidents.kind": "'incident'",
    "incidents.components": "NULL",
    "status": "'investigating'",
    "audience": "'concerned'",
    "notices.severity": "'red'",
    "drafts.components": "NULL",
    "submissions.components": "NULL",
    "submissions.kind": "'opened'",
    "submissions.severity": "NULL",
    "alerts.source": "'kuma'",
    "alerts.severity": "'red'",
    "alerts.draft_id": "n",
    "alerts.shown": """'["1001"]'""",
    "alerts.asked": "NULL",
    "alerts.people": "NULL",
    "drafts.kind": "'opened'",
    "drafts.severity": "NULL",
    "notices.kind": "'opened'",
    "absences.desk": "'desk ' || n",
    "backup_addresses.channel": "'email'",
    "backup_addresses.component": "'x' || (n % 20)",
    "backup_letters.subject": "(n / 100) || ':1'",
    "backup_letters.incident_id": "1 + n / 100",
    "backup_letters.person": "'customer:' || n",
    "backup_letters.customer_id": "n",
    "backup_letters.channel": "'email'",
    "backup_letters.rank": "0",
    "backup_letters.state": "CASE WHEN n % 1000 = 0 THEN 0 WHEN n % 1000 = 1 THEN 1 ELSE 2 END",
    "faq_versions.entry_id": "'entry ' || (n % 200)",
    "faq_versions.number": "1 + (n - 1) / 200",
    "faq_versions.newest": "n > 9800",
    "faq_versions.action": "'edited'",
    "faq_versions.body": "NULL",
    "faq_filed.body": "NULL",
    "faq_filed.offered": "NULL",
    "faq_filed.disputed": "n % 100 = 0",
    "faq_vectors.model": "'m'",
    "faq_proposals.kind": "'phrasing'",
    "faq_proposals.state": "CASE WHEN n % 500 = 0 THEN 'open' ELSE 'approved' END",
    "faq_proposals.asked": "'[1, 2]'",
    "counters.name": "CASE n WHEN 1 THEN 'tickets' ELSE 'versions' END",
    "counters.desk": "'main'",
    "counters.value": "10000",
}
"""What planners have to know of: how common a value is, and what is unique."""


def fill(conn: Connection, until: datetime) -> None:
    """Three years that end at a moment; rows are numbered from 1."""
    if conn.dialect.name == "postgresql":
        spare_references(conn)
    for table in metadata.sorted_tables:
        count = rows(table)
        columns = [column for column in table.columns if not column.computed]
        values = ", ".join(f"{_value(column, count, until)} AS {column.name}" for column in columns)
        names = ", ".join(column.name for column in columns)
        counting = "WITH RECURSIVE counting (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting"
        conn.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) {counting} WHERE n < {count}) SELECT {values} FROM counting"  # noqa: S608
        )


def spare_references(conn: Connection) -> None:
    """References hold by how rows are made; who may do without having them checked is done sooner."""
    if conn.execute(text("SELECT usesuper FROM pg_user WHERE usename = current_user")).scalar_one():
        conn.execute(text("SET LOCAL session_replication_role = replica"))


def rows(table: Table) -> int:
    """How many rows a table gets."""
    return ROWS.get(table.name, MANY)


def analyze(conn: Connection) -> None:
    """Let the database look at what it has."""
    conn.execute(text("ANALYZE"))


def _value(column: Column[object], count: int, until: datetime) -> str:
    start = round((until - YEARS).timestamp() * 1000)
    at = f"{start} + n * CAST({round(YEARS.total_seconds() * 1000 / count)} AS BIGINT)"
    special = SPECIAL.get(f"{column.table.name}.{column.name}", SPECIAL.get(column.name))
    return (special or _by_type(column, at)).format(at=at)


def _by_type(column: Column[object], at: str) -> str:
    for foreign in column.foreign_keys:
        return f"1 + n % {rows(foreign.column.table)}"
    match column.type:
        case Moment():
            return at
        case Boolean():
            return "false"
        case Float():
            return "0.5"
        case LargeBinary():
            return "'x'"
        case String() | Text():
            return "'x' || n"
        case kind if kind is Json:
            return "'{{}}'"
        case _:
            return "n"
