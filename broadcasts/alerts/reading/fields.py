"""Fields of JSON from outside: bounded, of the wanted type, fit to be kept and shown."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from unicodedata import category

from desk.formatted import cut
from desk.people import tamed

WORD, TITLE, TEXT, LABELS = 64, 200, 1000, 32
"""Characters of a word, of a title and of a text, and how many labels are read; the rest is left out."""
READ = 4
"""So many times as much is looked at before it is cut: what comes may be a megabyte of spaces."""
Table = Mapping[str, Any]


class MissingFieldsError(Exception):
    """Something is missing; the message says what."""


def table(given: object, where: str) -> Table:
    """An object of JSON."""
    if not isinstance(given, dict):
        raise MissingFieldsError(f"{where} must be an object")
    return given


def inner(given: Table, name: str) -> Table:
    """An object inside another; an empty one if there is none."""
    found = given.get(name)
    return found if isinstance(found, dict) else {}


def word(given: object, limit: int = WORD) -> str:
    """A short text on one line: of a string, a number or yes and no; empty for anything else."""
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, int | float):
        return str(given)[:limit] if abs(given) < 10**limit else ""
    return cut(_seen(given[: limit * READ]), limit) if isinstance(given, str) else ""


def text(given: object) -> str:
    """A longer text with its lines; empty if it is none."""
    if not isinstance(given, str):
        return word(given)
    lines = (tamed(line) if line.strip() else "" for line in _seen(given[: TEXT * READ]).splitlines())
    told = "\n".join(lines).strip()
    return told if len(told) <= TEXT else told[: TEXT - 1] + "…"


def title(*given: object) -> str:
    """The first of these that says something, as it may stand in a line of ours."""
    found = (tamed(each) for each in (word(one, TITLE) for one in given) if each)
    return next((each for each in found if each != "…"), "")


def labels(given: object) -> dict[str, str]:
    """Words by names."""
    if not isinstance(given, dict):
        return {}
    pairs = ((word(name), word(value, TITLE)) for name, value in list(given.items())[:LABELS])
    return {name: value for name, value in pairs if name and value}


def moment(given: object) -> datetime | None:
    """A time as sources write it; None if it is none, or has no zone, or is the year 1."""
    if not isinstance(given, str):
        return None
    try:
        at = datetime.fromisoformat(given[:WORD].strip())
        return at.astimezone(UTC) if at.tzinfo is not None and at.year > 1970 else None
    except (ValueError, OverflowError):
        return None


def name_of(given: object) -> str:
    """What a source calls something by; a very long one is shortened, so that it stays another's no less."""
    whole = word(given, 1000)
    return whole if len(whole) <= WORD else key(whole)


def key(*parts: str) -> str:
    """A key made of what tells one thing from another."""
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _seen(given: str) -> str:
    """Without what a database or Telegram would refuse: nothing, halves of signs, signs of control."""
    return "".join(each for each in given if each in "\n\t" or category(each) not in {"Cc", "Cs", "Cn", "Co"})
