"""An account as a table: a row for each notice, in words that stay the same in every language."""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, tzinfo

from broadcasts.deliveries.broadcast import DeliveryCounts
from broadcasts.exporting.account import IncidentAccount, NoticeAccount
from desk.formatted import bare

COUNTS = tuple(each.name for each in fields(DeliveryCounts))
HEADER = ("number", "at", "kind", "status", "severity", "audience", "promised_by", "promise_kept", "text")
FORMULA = frozenset("=+-@\t\r")
"""With these a cell begins that a spreadsheet would carry out."""
MARK = "\ufeff"
"""By this spreadsheets know that the letters are UTF-8."""


def table(account: IncidentAccount, zone: tzinfo) -> str:
    """The table as CSV, times with their distance from UTC."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([*HEADER, *COUNTS])
    rows.writerows(map(harmless, _cells(each, zone)) for each in account.notices)
    return MARK + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in FORMULA and cell else cell


def _cells(told: NoticeAccount, zone: tzinfo) -> Iterator[str]:
    notice = told.notice
    yield str(notice.number)
    yield _at(notice.at, zone)
    yield from (notice.kind.value, notice.status.value, notice.severity.value, notice.audience.value)
    yield _at(notice.next_by, zone)
    yield "" if told.kept is None else "yes" if told.kept else "no"
    yield bare(notice.text)
    yield from ("" if told.counts is None else str(getattr(told.counts, name)) for name in COUNTS)


def _at(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else at.astimezone(zone).isoformat(timespec="seconds")
