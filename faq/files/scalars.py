"""Values that are written as one short text; None for a text that does not say one."""

from datetime import date, datetime

_FLAGS = dict.fromkeys(("true", "yes", "on", "y", "1"), True) | dict.fromkeys(
    ("false", "no", "off", "n", "0"), False
)


def moment(text: str) -> date | datetime | None:
    """A day or a moment as ISO 8601 writes them."""
    for reader in (date.fromisoformat, datetime.fromisoformat):
        try:
            return reader(text)
        except ValueError:
            continue
    return None


def flag(text: str) -> bool | None:
    """Yes or no in one of YAML's ways."""
    return _FLAGS.get(text.lower())


def share(text: str) -> float | None:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
