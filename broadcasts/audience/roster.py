"""A list of subscribers from a file: who can be taken, and why others are left out, line by line."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from broadcasts.audience.subscriber import EVERYTHING
from desk.component import Component

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "telegram_id": ("telegram_id", "telegram id", "telegram"),
    "components": ("components", "component", "component_ids", "component names"),
    "consented_at": (
        *("consented_at", "consent", "created_at", "created at", "subscribed_at", "date subscribed"),
        *("confirmed_at", "confirmed at", "subscription date"),
    ),
    "language": ("language", "locale"),
    "address": ("email", "e-mail", "endpoint", "recipient", "phone", "phone_number", "phone number"),
}
"""What a column is called by us and by Statuspage and its kin."""
_PARTS = re.compile(r"[;,|]")
_WRITTEN = ("%d.%m.%Y", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M UTC", "%b %d, %Y", "%m/%d/%Y")
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\"]{2,}", re.ASCII)
LARGEST_ID = 2**52


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody whom a line of the file subscribes."""

    line: int
    telegram_id: int
    components: frozenset[str]
    consented_at: datetime
    language: str | None


@dataclass(frozen=True, slots=True)
class RosterAddress:
    """An e-mail address that a line gives for when Telegram is away; `telegram_id`: whose it is, if known."""

    line: int
    address: str
    telegram_id: int | None
    components: frozenset[str]
    consented_at: datetime


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that subscribes nobody, or less than it says: the key of the reason, and what it names."""

    line: int
    why: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file says: who is told in Telegram, which addresses it gives, and what of it cannot be taken."""

    lines: Sequence[RosterLine]
    addresses: Sequence[RosterAddress]
    left_out: Sequence[LeftOut]


def read_roster(
    text: str, components: Sequence[Component], languages: Sequence[str], zone: tzinfo, now: datetime
) -> Roster:
    """Everybody in the file who can be told, once, with the date of their consent."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=_separator(text))
    header = [name.strip().casefold() for name in next(rows, [])]
    places = {
        ours: header.index(name)
        for ours, names in COLUMNS.items()
        for name in reversed(names)
        if name in header
    }
    reader = _RosterReader(places, components, languages, zone, now)
    found = list(reader.read(rows))
    return Roster(
        [each for each in found if isinstance(each, RosterLine)],
        [each for each in found if isinstance(each, RosterAddress)],
        [each for each in found if isinstance(each, LeftOut)],
    )


Found = RosterLine | RosterAddress | LeftOut


class _RosterReader:
    """Reads one file's lines, by the places of its columns."""

    def __init__(
        self,
        places: Mapping[str, int],
        components: Sequence[Component],
        languages: Sequence[str],
        zone: tzinfo,
        now: datetime,
    ) -> None:
        self._places, self._languages, self._zone, self._now = places, languages, zone, now
        self._ids = {
            name.casefold(): each.id for each in components for name in (*each.names.values(), each.id)
        }
        self._seen: set[int | str] = set()

    def read(self, rows: Iterable[list[str]]) -> Iterator[Found]:
        """Each line as it can be taken, and what of it cannot."""
        for number, row in enumerate(rows, 2):
            if any(each.strip() for each in row):
                yield from self._line(number, row)

    def _line(self, number: int, row: list[str]) -> Iterator[Found]:
        said, address = self._value(row, "telegram_id"), self._value(row, "address")
        telegram_id = int(said) if said.isascii() and said.isdigit() and len(said) < 17 else 0
        if not said and address and not _EMAIL.fullmatch(address):
            yield LeftOut(number, "no_telegram", _hidden(address))
        elif (said or not address) and not 0 < telegram_id < LARGEST_ID:
            yield LeftOut(number, "no_id", said[:40])
        else:
            yield from self._wish(number, row, telegram_id or None, address)

    def _wish(self, number: int, row: list[str], telegram_id: int | None, address: str) -> Iterator[Found]:
        """What somebody who can be told wants, if they have agreed to it."""
        consent = self._moment(self._value(row, "consented_at"))
        if consent is None or consent > self._now:
            yield LeftOut(number, "no_consent", self._value(row, "consented_at")[:40])
            return
        if (telegram_id or address.casefold()) in self._seen:
            yield LeftOut(number, "twice")
            return
        known, unknown = self._components(self._value(row, "components"))
        if unknown:
            yield LeftOut(number, "unknown_component" if known else "no_component", ", ".join(unknown)[:80])
        if not known:
            return
        self._seen.add(telegram_id or address.casefold())
        if telegram_id is not None:
            yield RosterLine(number, telegram_id, frozenset(known), consent, self._language(row))
        if _EMAIL.fullmatch(address):
            yield RosterAddress(number, address, telegram_id, frozenset(known), consent)

    def _language(self, row: list[str]) -> str | None:
        language = self._value(row, "language").replace("_", "-").partition("-")[0].lower()
        return language if language in self._languages else None

    def _components(self, said: str) -> tuple[list[str], list[str]]:
        """Ids of those that are known, and what the others are called; nothing said is everything."""
        names = [name.strip() for name in _PARTS.split(said) if name.strip()]
        if not names or names == ["*"]:
            return [EVERYTHING], []
        known = [self._ids[name.casefold()] for name in names if name.casefold() in self._ids]
        return known, [name for name in names if name.casefold() not in self._ids]

    def _moment(self, said: str) -> datetime | None:
        at: datetime | None
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            at = next((found for form in _WRITTEN if (found := _parsed(said, form))), None)
        if at is None:
            return None
        try:
            return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(UTC)
        except OverflowError:
            return None

    def _value(self, row: list[str], column: str) -> str:
        place = self._places.get(column)
        return "" if place is None or place >= len(row) else row[place].strip()


def _parsed(said: str, form: str) -> datetime | None:
    try:
        at = datetime.strptime(said, form)  # noqa: DTZ007 - the zone is the desk's, or named in the form
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if form.endswith("UTC") else at


def _hidden(address: str) -> str:
    """Enough of an address to find its line, and no more."""
    name, at, home = address.partition("@")
    return f"{name[:2]}…{at}{home}" if at else f"{address[:4]}…"


def _separator(text: str) -> str:
    """A semicolon, as Russian spreadsheets write it, where the first line has more of them than commas."""
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","
